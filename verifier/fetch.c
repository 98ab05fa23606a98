/* SPDX-License-Identifier: EUPL-1.2 */
/* Fetching from a board: first the checkpoint, then the archive, so that the archive reaches at
 * least as far. A copy that is kept is held against its own checkpoint before anything is put
 * behind it: if the log later does not continue it, the board is to blame and not the disk. A copy
 * that is not kept is a file without a name, which is gone however this program ends. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/http/http.h"
#include "base/limits.h"
#include "bulletin/log/archive.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/log/merkle.h"
#include "bulletin/log/policy.h"
#include "bulletin/log/record.h"
#include "verifier/progress.h"
#include "verifier/source.h"

#define ARCHIVE	      "election.bel"
#define FIRST_WAIT_MS 250
#define LAST_WAIT_MS  2000

struct fetch {
	struct urne_source *s;
	struct urne_http *http;
	struct urne_progress progress;
	bool drawn;
	struct urne_buf url, path; /* of the file at work */
};

bool
urne_source_is_address(const char *given)
{
	return strncmp(given, "https://", 8) == 0 || strncmp(given, "http://", 7) == 0;
}

static enum urne_err
make_url(struct fetch *f, struct urne_diag *d, const char *name)
{
	const char *base = f->s->name;
	size_t len = strlen(base);

	if (strpbrk(base, "?# \t\n") != NULL) {
		return urne_fail(d, URNE_ERR_USAGE,
		    "%s: the address of an election ends with its identifier", base);
	}
	while (len > 0 && base[len - 1] == '/') {
		len--;
	}
	urne_buf_reset(&f->url);
	urne_buf_put(&f->url, base, len);
	urne_buf_putc(&f->url, '/');
	urne_buf_put(&f->url, name, strlen(name) + 1);
	return urne_buf_error(&f->url);
}

/* get appends a small file to `out`; *there is false when the server says 404. */
static enum urne_err
get(struct fetch *f, struct urne_buf *out, bool *there, struct urne_diag *d, const char *name)
{
	struct urne_http_answer answer = {.status = 0};
	enum urne_err e = make_url(f, d, name);

	*there = false;
	if (e == URNE_OK) {
		e = urne_http_get(f->http, &answer, out, d, f->url.data);
	}
	if (e == URNE_OK && answer.status != 200) {
		e = urne_http_refusal(d, &answer, urne_buf_view(out), f->url.data);
		urne_buf_reset(out);
		return answer.status == 404 ? URNE_OK : e;
	}
	*there = e == URNE_OK;
	return e;
}

static enum urne_err
must_get(struct fetch *f, struct urne_buf *out, struct urne_diag *d, const char *name)
{
	bool there;
	enum urne_err e = get(f, out, &there, d, name);

	/* the sentence of the refusal is in *d */
	return e == URNE_OK && !there ? URNE_ERR_UNKNOWN : e;
}

/* --- the archive --- */

/* shown_size: what the checkpoint says; whether it is signed the checks will see. */
static uint64_t
shown_size(const struct urne_source *s)
{
	struct urne_checkpoint c = {.size = 0};
	struct urne_note note;
	struct urne_arena arena;
	uint64_t size = 0;

	urne_arena_init(&arena, (size_t)1 << 20);
	if (urne_note_read(&note, &arena, NULL, urne_buf_view(&s->checkpoint)) == URNE_OK &&
	    urne_checkpoint_read(&c, NULL, note.text) == URNE_OK) {
		size = c.size;
	}
	urne_arena_clear(&arena);
	return size;
}

/* reaches: whether the headers of the archive tell of so many events, or of something that no
 * waiting mends. */
static bool
reaches(const struct urne_source *s, uint64_t size)
{
	uint8_t header[URNE_RECORD_BLOCK];
	uint64_t at = s->kept_len, num = s->kept_size;
	struct urne_record rec;
	struct stat st;

	if (fstat(s->fd, &st) != 0) {
		return true;
	}
	while (num < size && at < (uint64_t)st.st_size) {
		if (pread(s->fd, header, sizeof(header), (off_t)at) != (ssize_t)sizeof(header)) {
			return false;
		}
		if (urne_record_parse(&rec, NULL, header) != URNE_OK) {
			return true;
		}
		at += URNE_RECORD_BLOCK + rec.size + urne_record_padding(rec.size);
		num += rec.kind == URNE_RECORD_EVENT && at <= (uint64_t)st.st_size ? 1 : 0;
	}
	return num >= size;
}

static void
show(void *ctx, uint64_t bytes, uint64_t total)
{
	struct fetch *f = ctx;

	if (!f->drawn) {
		urne_progress_begin(&f->progress, total);
		f->drawn = true;
	}
	urne_progress_show(&f->progress, bytes);
}

static enum urne_err
fetch_once(struct fetch *f, struct urne_diag *d)
{
	struct urne_http_answer answer = {.status = 0};
	struct stat st;
	uint64_t total = 0;
	enum urne_err e = make_url(f, d, ARCHIVE);

	if (e == URNE_OK && fstat(f->s->fd, &st) != 0) {
		e = urne_fail_errno(d, "%s", f->s->archive.data);
	}
	if (e != URNE_OK) {
		return e;
	}
	e = urne_http_resume(
	    f->http, &answer, &total, d, f->url.data, f->s->fd, (uint64_t)st.st_size, show, f);
	if (f->drawn) {
		urne_progress_end(&f->progress);
		f->drawn = false;
	}
	if (e == URNE_ERR_MISMATCH && f->s->keep != NULL && st.st_size > 0) {
		urne_diag_within(d, "what is kept in %s cannot be continued: ", f->s->keep);
	}
	if (e == URNE_OK && answer.status > 299) {
		e = urne_http_refusal(d, &answer, urne_view_of(""), f->url.data);
	}
	return e;
}

/* fetch_archive waits a little for an archive that does not reach as far as the checkpoint: caches
 * show files of different ages. */
static enum urne_err
fetch_archive(struct fetch *f, struct urne_diag *d)
{
	uint64_t size = shown_size(f->s);
	int wait = FIRST_WAIT_MS;
	enum urne_err e = URNE_OK;

	/* nothing to fetch: the log shows less than is kept */
	while (size >= f->s->kept_size) {
		e = fetch_once(f, d);
		if (e != URNE_OK || wait > LAST_WAIT_MS || reaches(f->s, size)) {
			break;
		}
		(void)poll(NULL, 0, wait);
		wait *= 2;
	}
	return e;
}

/* open_nameless makes the file of a copy that is not kept. */
static enum urne_err
open_nameless(struct fetch *f, struct urne_diag *d)
{
	const char *dir = getenv("TMPDIR");
	char name[32];

	if (urne_path_join(&f->path, dir != NULL && dir[0] != '\0' ? dir : "/tmp",
		"urne-verify-XXXXXX") != URNE_OK) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a name");
	}
	f->s->fd = mkostemp(f->path.data, O_CLOEXEC);
	if (f->s->fd < 0 || unlink(f->path.data) != 0) {
		return urne_fail_errno(d, "%s", f->path.data);
	}
	(void)snprintf(name, sizeof(name), "/dev/fd/%d", f->s->fd);
	urne_buf_put(&f->s->archive, name, strlen(name) + 1);
	return urne_buf_error(&f->s->archive);
}

/* --- a copy that is kept --- */

static enum urne_err
read_kept(struct fetch *f, struct urne_buf *out, struct urne_diag *d, const char *name)
{
	enum urne_err e = urne_path_join(&f->path, f->s->keep, name);

	if (e == URNE_OK && urne_file_exists(f->path.data)) {
		e = urne_file_read(out, d, f->path.data);
	}
	return e;
}

static enum urne_err
open_kept(struct fetch *f, struct urne_diag *d)
{
	struct urne_source *s = f->s;
	enum urne_err e;

	if (mkdir(s->keep, 0755) != 0 && errno != EEXIST) {
		return urne_fail_errno(d, "%s", s->keep);
	}
	e = urne_path_join(&s->archive, s->keep, s->names->archive);
	if (e != URNE_OK) {
		return e;
	}
	s->fd = open(s->archive.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (s->fd < 0) {
		return urne_fail_errno(d, "%s", s->archive.data);
	}
	if (flock(s->fd, LOCK_EX | LOCK_NB) != 0) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "%s: another urne-verify is fetching into this folder", s->keep);
	}
	e = read_kept(f, &s->kept_policy, d, s->names->policy);
	return e == URNE_OK ? read_kept(f, &s->kept_checkpoint, d, s->names->checkpoint) : e;
}

/* root_at reads `size` events and sets *root and *end to the root over them and where they end. */
static enum urne_err
root_at(struct urne_hash *root, uint64_t *end, struct urne_diag *d, const char *path, uint64_t size)
{
	struct urne_archive *a = NULL;
	struct urne_merkle_tree tree = {.size = 0};
	bool done = false;
	enum urne_err e = urne_archive_open(&a, d, path);

	while (e == URNE_OK && !done && tree.size < size) {
		struct urne_record rec;

		e = urne_archive_next(a, &rec, &done, d);
		if (e == URNE_OK && !done && rec.kind == URNE_RECORD_EVENT && rec.body.p != NULL) {
			struct urne_hash leaf;

			urne_merkle_leaf(&leaf, rec.body);
			e = urne_merkle_append(&tree, &leaf, NULL, NULL);
		}
	}
	if (e == URNE_OK && tree.size < size) {
		e = urne_fail(d, URNE_ERR_INCOMPLETE,
		    "it has %" PRIu64 " events, and %" PRIu64 " were there", tree.size, size);
	}
	if (e == URNE_OK) {
		urne_merkle_root(&tree, root);
		*end = urne_archive_position(a);
	}
	urne_archive_close(a);
	return e;
}

/* check_kept: what is in the folder is what its own checkpoint covers. */
static enum urne_err
check_kept(struct fetch *f, struct urne_diag *d)
{
	struct urne_source *s = f->s;
	struct urne_checkpoint kept = {.size = 0};
	struct urne_policy policy;
	struct urne_arena arena;
	struct urne_hash root;
	enum urne_err e;

	urne_arena_init(&arena, (size_t)1 << 20);
	e = urne_policy_read(&policy, d, urne_buf_view(&s->kept_policy));
	if (e == URNE_OK) {
		e = urne_checkpoint_open(
		    &kept, &arena, d, urne_buf_view(&s->kept_checkpoint), &policy.log);
	}
	if (e == URNE_OK) {
		e = root_at(&root, &s->kept_len, d, s->archive.data, kept.size);
	}
	if (e == URNE_OK && !urne_hash_eq(&root, &kept.root)) {
		e = urne_fail(d, URNE_ERR_MISMATCH, "its root is another one");
	}
	s->kept_size = kept.size;
	urne_arena_clear(&arena);
	if (e != URNE_OK && !urne_err_is_ours(e)) {
		urne_diag_within(d,
		    "%s: what is kept there is not what its own checkpoint covers, it was damaged "
		    "since; keep into an empty folder: ",
		    s->keep);
	}
	return e;
}

/* --- all of it --- */

static enum urne_err
fetch_all(struct fetch *f, struct urne_diag *d)
{
	struct urne_source *s = f->s;
	bool there;
	enum urne_err e = must_get(f, &s->policy, d, "policy");

	if (e == URNE_OK) {
		e = must_get(f, &s->checkpoint, d, "checkpoint");
	}
	if (e == URNE_OK) {
		e = s->keep != NULL ? open_kept(f, d) : open_nameless(f, d);
	}
	if (e == URNE_OK && s->kept_checkpoint.len > 0) {
		e = check_kept(f, d);
	}
	if (e == URNE_OK) {
		e = fetch_archive(f, d);
	}
	if (e == URNE_OK && !s->is_journal) {
		e = get(f, &s->definition, &there, d, "vote.json");
	}
	return e;
}

enum urne_err
urne_source_fetch(
    struct urne_source *s, struct urne_diag *d, const struct urne_source_options *options)
{
	struct fetch f = {.s = s};
	enum urne_err e;

	s->is_board = true;
	urne_buf_init(&f.url, URNE_MAX_SMALL_FILE);
	urne_buf_init(&f.path, URNE_MAX_SMALL_FILE);
	e = urne_http_new(&f.http, d, options->ca);
	if (e == URNE_OK) {
		e = fetch_all(&f, d);
	}
	urne_http_free(f.http);
	urne_buf_clear(&f.url);
	urne_buf_clear(&f.path);
	return e;
}

/* --- what stays --- */

static enum urne_err
put_kept(
    const struct urne_source *s, struct urne_diag *d, const char *name, const struct urne_buf *text)
{
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&path, s->keep, name);
	if (e == URNE_OK && text->len > 0) {
		e = urne_file_replace(d, path.data, urne_buf_view(text));
	}
	urne_buf_clear(&path);
	return e;
}

enum urne_err
urne_source_settle(struct urne_source *s, struct urne_diag *d, bool good, uint64_t len)
{
	enum urne_err e;

	if (s->keep == NULL) {
		return URNE_OK;
	}
	if (!good) {
		/* without a checkpoint of before there is nothing to go back to, and the bytes may
		 * be the beginning of the right ones */
		if (s->kept_checkpoint.len > 0 && ftruncate(s->fd, (off_t)s->kept_len) != 0) {
			return urne_fail_errno(d, "%s", s->archive.data);
		}
		return put_kept(s, d, s->names->refused, &s->checkpoint);
	}
	/* the archive before the checkpoint that covers it */
	if (ftruncate(s->fd, (off_t)len) != 0 || fsync(s->fd) != 0) {
		return urne_fail_errno(d, "%s", s->archive.data);
	}
	e = put_kept(s, d, s->names->policy, &s->policy);
	if (e == URNE_OK) {
		e = put_kept(s, d, "vote.json", &s->definition);
	}
	return e == URNE_OK ? put_kept(s, d, s->names->checkpoint, &s->checkpoint) : e;
}
