/* SPDX-License-Identifier: EUPL-1.2 */
/* Files are opened below the folder without following links, and read as far as they can be ours.
 */
#include "bulletin/server/published.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/oplog.h"
#include "bulletin/log/checkpoint.h"

/* open_below: *fd is -1 when there is no such file. */
static enum urne_err
open_below(int *fd, struct urne_diag *d, int top, const char *uuid, const char *name)
{
	struct urne_buf path;
	enum urne_err e;

	*fd = -1;
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&path, uuid, name);
	if (e != URNE_OK) {
		(void)urne_fail(d, e, "no memory");
	} else {
		*fd = openat(top, path.data, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
		if (*fd < 0 && errno != ENOENT && errno != ENOTDIR) {
			e = urne_fail_errno(d, "public/bb/%s", path.data);
		}
	}
	urne_buf_clear(&path);
	return e;
}

/* read_note appends what may be a checkpoint; one that is longer than any note stays cut short. */
static enum urne_err
read_note(struct urne_buf *out, bool *there, struct urne_diag *d, int top, const char *uuid)
{
	char *room = urne_buf_grow(out, URNE_NOTE_MAX);
	int fd = -1;
	enum urne_err e = open_below(&fd, d, top, uuid, "checkpoint");
	ssize_t n;

	*there = fd >= 0;
	if (fd < 0) {
		return e;
	}
	n = room != NULL ? read(fd, room, URNE_NOTE_MAX) : -1;
	if (room == NULL) {
		e = urne_fail(d, URNE_ERR_MEMORY, "no memory for a checkpoint");
	} else if (n < 0) {
		e = urne_fail_errno(d, "public/bb/%s/checkpoint", uuid);
	} else {
		out->len += (size_t)n;
	}
	(void)close(fd);
	return e;
}

static void
warn(const struct urne_board_log *l, const struct urne_diag *why)
{
	struct urne_oplog line;

	urne_oplog_begin(
	    &line, URNE_OPLOG_WARNING, "published checkpoint is not ours, it is replaced");
	urne_oplog_string(&line, "election", l->uuid);
	urne_oplog_string(&line, "reason", why->text);
	urne_oplog_end(&line);
}

static enum urne_err
read_checkpoint(struct urne_published *p, struct urne_diag *d, int top,
    const struct urne_board_log *l, const struct urne_note_key *key)
{
	struct urne_diag why = {{0}};
	struct urne_checkpoint c;
	struct urne_arena arena;
	struct urne_buf note;
	bool there = false;
	enum urne_err e;

	urne_arena_init(&arena, URNE_MAX_SMALL_FILE);
	urne_buf_init(&note, 2 * URNE_NOTE_MAX);
	e = read_note(&note, &there, d, top, l->uuid);
	if (e == URNE_OK && there) {
		if (urne_checkpoint_open(&c, &arena, &why, urne_buf_view(&note), key) == URNE_OK &&
		    urne_view_is(c.origin, l->origin)) {
			p->has_checkpoint = true;
			p->size = c.size;
			p->root = c.root;
			p->same = urne_view_eq(urne_buf_view(&note), urne_buf_view(&l->head_note));
		} else {
			warn(l, &why);
		}
	}
	urne_buf_clear(&note);
	urne_arena_clear(&arena);
	return e;
}

static enum urne_err
read_archive(struct urne_published *p, struct urne_diag *d, int top, const struct urne_board_log *l)
{
	struct stat st;
	int fd = -1;
	enum urne_err e = open_below(&fd, d, top, l->uuid, "election.bel");

	if (fd < 0) {
		return e;
	}
	if (fstat(fd, &st) != 0) {
		e = urne_fail_errno(d, "public/bb/%s/election.bel", l->uuid);
	} else {
		p->has_archive = true;
		p->archive_len = (uint64_t)st.st_size;
	}
	(void)close(fd);
	return e;
}

enum urne_err
urne_published_read(struct urne_published *out, struct urne_diag *d, int top,
    const struct urne_board_log *l, const struct urne_note_key *key)
{
	enum urne_err e;

	*out = (struct urne_published){.has_checkpoint = false};
	e = read_checkpoint(out, d, top, l, key);
	return e == URNE_OK ? read_archive(out, d, top, l) : e;
}

/* --- elections that nobody knows --- */

/* check_other looks whether the folder `name` has a checkpoint that the key signed for the log of
 * that name. */
static enum urne_err
check_other(struct urne_diag *d, int top, const char *name, struct urne_view service,
    const struct urne_note_key *key)
{
	struct urne_buf note, origin;
	struct urne_checkpoint c;
	struct urne_arena arena;
	bool there = false;
	enum urne_err e;

	urne_arena_init(&arena, URNE_MAX_SMALL_FILE);
	urne_buf_init(&note, 2 * URNE_NOTE_MAX);
	urne_buf_init(&origin, URNE_MAX_SMALL_FILE);
	urne_origin_write(&origin, service, urne_view_of(name));
	e = read_note(&note, &there, d, top, name);
	if (e == URNE_OK && there &&
	    urne_checkpoint_open(&c, &arena, NULL, urne_buf_view(&note), key) == URNE_OK &&
	    urne_view_eq(c.origin, urne_buf_view(&origin))) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "public/bb/%s: this board has published a log that neither main.db nor "
		    "head.db knows: both were made anew or are old copies; nothing is signed, put "
		    "back the newest head.db, and main.db or what \"urne-board refill\" makes of "
		    "the published files",
		    name);
	}
	urne_buf_clear(&origin);
	urne_buf_clear(&note);
	urne_arena_clear(&arena);
	return e;
}

enum urne_err
urne_published_others(struct urne_diag *d, int top, struct urne_registry *known,
    struct urne_view service, const struct urne_note_key *key)
{
	int fd = openat(top, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry = NULL;
	enum urne_err e = URNE_OK;

	if (dir == NULL) {
		e = urne_fail_errno(d, "public/bb");
		if (fd >= 0) {
			(void)close(fd);
		}
		return e;
	}
	while (e == URNE_OK) {
		errno = 0;
		entry = readdir(dir);
		if (entry == NULL) {
			e = errno == 0 ? URNE_OK : urne_fail_errno(d, "public/bb");
			break;
		}
		if (entry->d_name[0] != '.' &&
		    urne_registry_find(known, urne_view_of(entry->d_name)) == NULL) {
			e = check_other(d, top, entry->d_name, service, key);
		}
	}
	(void)closedir(dir);
	return e;
}
