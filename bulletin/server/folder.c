/* SPDX-License-Identifier: EUPL-1.2 */
/* flock rather than a record lock: it belongs to the open file, so that closing another descriptor
 * of the same file, as libraries do, cannot lose it. */
#include "bulletin/server/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"

static enum urne_err
join(struct urne_buf *out, struct urne_diag *d, const char *dir, const char *name)
{
	enum urne_err e = urne_path_join(out, dir, name);

	return e == URNE_OK ? e : urne_fail(d, e, "%s: the name is too long", dir);
}

static enum urne_err
read_config(struct urne_folder *f, struct urne_diag *d)
{
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = join(&path, d, f->dir, "board.json");
	if (e == URNE_OK && !urne_file_exists(path.data)) {
		e = urne_fail(d, URNE_ERR_UNKNOWN,
		    "%s: there is no board in this folder, make one with \"urne-board init\"",
		    f->dir);
	}
	if (e == URNE_OK) {
		e = urne_file_read(&f->text, d, path.data);
	}
	if (e == URNE_OK) {
		e = urne_board_config_read(&f->config, &f->arena, d, urne_buf_view(&f->text));
		if (e != URNE_OK) {
			urne_diag_within(d, "%s: ", path.data);
		}
	}
	urne_buf_clear(&path);
	return e;
}

/* The head file may lie elsewhere. */
static enum urne_err
find_head(struct urne_folder *f, struct urne_diag *d)
{
	struct urne_view head = f->config.head;
	struct urne_buf name;
	enum urne_err e;

	urne_buf_init(&name, URNE_MAX_SMALL_FILE);
	urne_buf_put_view(&name, head);
	urne_buf_put(&name, "", 1);
	e = urne_buf_error(&name);
	if (e == URNE_OK && urne_view_starts(head, "/")) {
		urne_buf_put_view(&f->head, urne_buf_view(&name));
		e = urne_buf_error(&f->head);
	} else if (e == URNE_OK) {
		e = join(&f->head, d, f->dir, name.data);
	}
	urne_buf_clear(&name);
	return e;
}

enum urne_err
urne_folder_read(struct urne_folder *f, struct urne_diag *d, const char *dir)
{
	enum urne_err e;

	*f = (struct urne_folder){.dir = dir, .lock = -1};
	urne_arena_init(&f->arena, URNE_MAX_SMALL_FILE);
	urne_buf_init(&f->text, URNE_MAX_SMALL_FILE);
	urne_buf_init(&f->main, URNE_MAX_SMALL_FILE);
	urne_buf_init(&f->head, URNE_MAX_SMALL_FILE);
	e = read_config(f, d);
	if (e == URNE_OK) {
		e = join(&f->main, d, dir, "main.db");
	}
	return e == URNE_OK ? find_head(f, d) : e;
}

static enum urne_err
take_lock(struct urne_folder *f, struct urne_diag *d)
{
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = join(&path, d, f->dir, "lock");
	if (e == URNE_OK) {
		f->lock = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (f->lock < 0) {
			e = urne_fail_errno(d, "%s", path.data);
		} else if (flock(f->lock, LOCK_EX | LOCK_NB) != 0) {
			e = errno == EWOULDBLOCK
				? urne_fail(d, URNE_ERR_ORDER,
				      "%s: another urne-board works on this folder, and two would "
				      "sign two histories; stop it first",
				      f->dir)
				: urne_fail_errno(d, "%s", path.data);
		}
	}
	urne_buf_clear(&path);
	return e;
}

enum urne_err
urne_folder_open(struct urne_folder *f, struct urne_diag *d, const char *dir)
{
	enum urne_err e = urne_folder_read(f, d, dir);

	return e == URNE_OK ? take_lock(f, d) : e;
}

void
urne_folder_close(struct urne_folder *f)
{
	if (f->dir == NULL) {
		return; /* it was never opened */
	}
	if (f->lock >= 0) {
		(void)close(f->lock);
	}
	urne_arena_clear(&f->arena);
	urne_buf_clear(&f->text);
	urne_buf_clear(&f->main);
	urne_buf_clear(&f->head);
	*f = (struct urne_folder){.lock = -1};
}

static struct urne_view
first_line(struct urne_view v)
{
	if (v.len > 0 && v.p[v.len - 1] == '\n') {
		v.len--;
	}
	return v;
}

static enum urne_err
check_name(const struct urne_folder *f, const struct urne_note_key *key, struct urne_diag *d,
    const char *path)
{
	if (urne_view_eq(key->name, f->config.service)) {
		return URNE_OK;
	}
	return urne_fail(d, URNE_ERR_MISMATCH, "%s: is the key of %.*s, not of %.*s", path,
	    (int)key->name.len, key->name.p, (int)f->config.service.len, f->config.service.p);
}

enum urne_err
urne_folder_public_key(const struct urne_folder *f, struct urne_note_key *out,
    struct urne_buf *text, struct urne_diag *d)
{
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = join(&path, d, f->dir, "log.pub");
	if (e == URNE_OK) {
		e = urne_file_read(text, d, path.data);
	}
	if (e == URNE_OK) {
		e = urne_note_key_read(out, d, first_line(urne_buf_view(text)));
	}
	if (e == URNE_OK) {
		e = check_name(f, out, d, path.data);
	}
	urne_buf_clear(&path);
	return e;
}

/* Whoever checks the logs has log.pub; what another key signs they would refuse. */
static enum urne_err
check_public(const struct urne_folder *f, const struct urne_note_key *key, struct urne_diag *d,
    const char *path)
{
	struct urne_note_key published;
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	e = urne_folder_public_key(f, &published, &text, d);
	if (e == URNE_OK && memcmp(published.key, key->key, sizeof(key->key)) != 0) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "%s: is not the key that log.pub names, so nobody would accept what it signs; "
		    "put "
		    "back the key of this board",
		    path);
	}
	urne_buf_clear(&text);
	return e;
}

enum urne_err
urne_folder_key(
    const struct urne_folder *f, struct urne_signer *out, struct urne_diag *d, const char *path)
{
	struct urne_buf name, text;
	enum urne_err e;

	urne_buf_init(&name, URNE_MAX_SMALL_FILE);
	urne_buf_init_secret(&text, URNE_MAX_SMALL_FILE);
	e = join(&name, d, f->dir, "log.key");
	path = path != NULL ? path : name.data;
	if (e == URNE_OK) {
		e = urne_file_read(&text, d, path);
	}
	if (e == URNE_OK) {
		e = urne_signer_read(out, d, first_line(urne_buf_view(&text)));
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "the log's key: ");
	}
	if (e == URNE_OK) {
		e = check_name(f, &out->key, d, path);
	}
	if (e == URNE_OK) {
		e = check_public(f, &out->key, d, path);
	}
	urne_buf_clear(&name);
	urne_buf_clear(&text);
	return e;
}
