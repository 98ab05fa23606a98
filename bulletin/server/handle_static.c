/* SPDX-License-Identifier: EUPL-1.2 */
/* Published files, as the board wrote them. Only paths of the route table get here, and each is
 * opened folder by folder without following links: what is outside cannot be named. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "bulletin/server/handlers.h"
#include "bulletin/server/kept_hints.h"
#include "bulletin/server/range.h"
#include "bulletin/server/routes.h"

#define ARCHIVE	   "/bb/{uuid}/election.bel"
#define DEFINITION "/bb/{uuid}/vote.json"

/* Each pattern of the route table that is a file: where below the public folder, and as what. */
static const struct file {
	const char *pattern;
	const char *folder, *name; /* name NULL: the rest of the path */
	const char *type, *cache;
} files[] = {
    {"/bb/log-list.1", NULL, "log-list.1", URNE_TYPE_TEXT, URNE_CACHE_NEVER},
    {"/bb/{uuid}/checkpoint", NULL, "checkpoint", URNE_TYPE_TEXT, URNE_CACHE_NEVER},
    {"/bb/{uuid}/tile/{tile}", "tile", NULL, URNE_TYPE_BYTES, URNE_CACHE_FOREVER},
    {"/bb/{uuid}/objects/{hash}", "objects", NULL, URNE_TYPE_BYTES, URNE_CACHE_FOREVER},
    {"/bb/{uuid}/last-event", NULL, "last-event", URNE_TYPE_JSON, URNE_CACHE_NEVER},
    {"/bb/{uuid}/archive-header", NULL, "archive-header", URNE_TYPE_JSON, URNE_CACHE_NEVER},
    {ARCHIVE, NULL, "election.bel", URNE_TYPE_BYTES, URNE_CACHE_NEVER},
    {"/bb/{uuid}/hints", NULL, URNE_KEPT_HINTS, URNE_TYPE_BYTES, URNE_CACHE_NEVER},
    {"/bb/{uuid}/policy", NULL, "policy", URNE_TYPE_TEXT, URNE_CACHE_NEVER},
    {DEFINITION, NULL, "vote.json", URNE_TYPE_JSON, URNE_CACHE_NEVER},
};
#define NUM_FILES (sizeof(files) / sizeof(files[0]))

static const struct file *
find_file(const char *pattern)
{
	for (size_t i = 0; i < NUM_FILES; i++) {
		if (strcmp(files[i].pattern, pattern) == 0) {
			return &files[i];
		}
	}
	return NULL;
}

/* open_below opens a path below the folder, one name after the other. */
static int
open_below(int folder, struct urne_view path)
{
	int at = folder;

	for (;;) {
		const char *slash = memchr(path.p, '/', path.len);
		size_t len = slash != NULL ? (size_t)(slash - path.p) : path.len;
		int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
		char name[128];
		int next = -1;

		if (len > 0 && len < sizeof(name)) {
			memcpy(name, path.p, len);
			name[len] = '\0';
			next = openat(at, name, flags | (slash != NULL ? O_DIRECTORY : 0));
		}
		if (at != folder) {
			int err = errno;

			(void)close(at);
			errno = err;
		}
		if (next < 0 || slash == NULL) {
			return next;
		}
		at = next;
		path = (struct urne_view){slash + 1, path.len - len - 1};
	}
}

/* What came without the archive's last bytes: those that no checkpoint holds yet. */
static uint64_t
published_size(const struct urne_service *s, const struct urne_request *r, uint64_t size)
{
	struct urne_board_log *log = urne_board_find(s->board, r->uuid);
	struct urne_board_state state = {.archive_len = 0};

	if (log == NULL || strcmp(r->route->pattern, ARCHIVE) != 0) {
		return size;
	}
	urne_board_log_state(log, &state);
	return state.archive_len < size ? state.archive_len : size;
}

static enum urne_problem
set_part(
    const struct urne_request *r, struct urne_response *out, struct urne_diag *d, uint64_t size)
{
	struct urne_view range = r->carrier->header(r, "Range");

	/* we give out nothing that If-Range could be compared with */
	if (r->carrier->header(r, "If-Range").len > 0) {
		range.len = 0;
	}
	switch (urne_range_read(&out->offset, &out->len, range, size)) {
	case URNE_RANGE_WHOLE:
		break;
	case URNE_RANGE_PART:
		out->status = 206;
		(void)snprintf(out->content_range, sizeof(out->content_range),
		    "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, out->offset,
		    out->offset + out->len - 1, size);
		break;
	case URNE_RANGE_BEYOND:
		(void)snprintf(
		    out->content_range, sizeof(out->content_range), "bytes */%" PRIu64, size);
		(void)urne_fail(d, URNE_ERR_RANGE, "it has %" PRIu64 " bytes", size);
		return URNE_PROBLEM_RANGE;
	}
	return URNE_PROBLEM_NONE;
}

static enum urne_problem
open_file(const struct urne_service *s, const struct urne_request *r, const struct file *f, int *fd,
    uint64_t *size, struct urne_diag *d)
{
	struct urne_buf path;
	struct stat st;

	urne_buf_init(&path, URNE_HTTP_PATH);
	urne_buf_put_view(&path, r->uuid);
	urne_buf_puts(&path, r->uuid.len > 0 ? "/" : "");
	urne_buf_puts(&path, f->folder != NULL ? f->folder : "");
	urne_buf_puts(&path, f->folder != NULL ? "/" : "");
	urne_buf_puts(&path, f->name != NULL ? f->name : "");
	urne_buf_put_view(&path, f->name != NULL ? (struct urne_view){"", 0} : r->rest);
	if (urne_buf_error(&path) != URNE_OK) {
		urne_buf_clear(&path);
		(void)urne_fail(d, URNE_ERR_MEMORY, "no memory for a path");
		return URNE_PROBLEM_OURS;
	}
	*fd = open_below(s->public, urne_buf_view(&path));
	urne_buf_clear(&path);
	if (*fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)) {
		return URNE_PROBLEM_NOT_FOUND;
	}
	if (*fd < 0 || fstat(*fd, &st) != 0) {
		(void)urne_fail_errno(d, "a published file");
		return URNE_PROBLEM_OURS;
	}
	*size = st.st_size > 0 ? (uint64_t)st.st_size : 0;
	return S_ISREG(st.st_mode) ? URNE_PROBLEM_NONE : URNE_PROBLEM_NOT_FOUND;
}

static enum urne_problem
handle_static(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	const struct file *f = find_file(r->route->pattern);
	uint64_t size = 0;
	enum urne_problem p;

	if (f == NULL) {
		return URNE_PROBLEM_NOT_FOUND;
	}
	if (strcmp(f->pattern, DEFINITION) == 0 && urne_view_is(r->uuid, URNE_JOURNAL_NAME)) {
		return urne_request_log(s, r, d); /* which says that it is no election */
	}
	p = open_file(s, r, f, &out->fd, &size, d);
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	out->type = f->type;
	out->has_ranges = true;
	out->cache = f->cache;
	return set_part(r, out, d, published_size(s, r, size));
}

const struct urne_handler urne_handle_static = {.handle = handle_static};
