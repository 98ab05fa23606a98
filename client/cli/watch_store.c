/* SPDX-License-Identifier: EUPL-1.2 */
/* FILE is the state, replaced whole. FILE.d holds what is large and does not change: the objects of
 * the Setup, partial decryptions, the definition, and evidence. Who holds its lock, watches. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "client/cli/watch.h"
#include "client/cli/workdir.h"
#include "crypto/sha256.h"

static enum urne_err
make_folder(struct urne_watch *w, const char *name)
{
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&path, w->folder.data, name);
	if (e == URNE_OK && mkdir(path.data, 0755) != 0 && errno != EEXIST) {
		e = urne_fail_errno(&w->cli->diag, "%s", path.data);
	}
	urne_buf_clear(&path);
	return e;
}

static enum urne_err
lock_folder(struct urne_watch *w)
{
	static const char *const parts[] = {"objects", "alarms"};
	enum urne_err e = urne_observer_lock(&w->lock, &w->cli->diag, w->state, w->folder.data);

	for (size_t i = 0; e == URNE_OK && i < sizeof(parts) / sizeof(parts[0]); i++) {
		e = make_folder(w, parts[i]);
	}
	return e;
}

/* same_log: the state is of the election that the address names, and of the key that was given. */
static enum urne_err
same_log(struct urne_watch *w)
{
	struct urne_diag *d = &w->cli->diag;
	struct urne_view name = w->o.key.name, uuid = w->r.uuid;
	struct urne_note_key given, key;
	struct urne_buf text;
	bool has_given = false;
	enum urne_err e;

	if (name.len <= uuid.len || name.p[name.len - uuid.len - 1] != '/' ||
	    strncmp(name.p + name.len - uuid.len, uuid.p, uuid.len) != 0) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "is the state of %.*s, which is another election than %s; name another file",
		    (int)name.len, name.p, w->r.address.data);
	}
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	e = urne_log_key_option(w->cli, &given, &has_given, &text);
	if (e == URNE_OK && has_given &&
	    (urne_log_key_of(&key, NULL, &given, name) != URNE_OK ||
		memcmp(key.key, w->o.key.key, sizeof(key.key)) != 0)) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "is the state of a log with another key than that of --log-key; ask the "
		    "officials which is right, and name another file");
	}
	urne_buf_clear(&text);
	return e == URNE_OK ? urne_remote_keep_key(&w->r, &w->o.key) : e;
}

static enum urne_err
read_state(struct urne_watch *w)
{
	struct urne_diag *d = &w->cli->diag;
	struct urne_checkpoint kept;
	enum urne_err e = urne_observer_load(&w->o, d, w->state);

	if (e != URNE_OK) {
		return e;
	}
	e = w->o.note.len > 0 ? same_log(w)
			      : urne_fail(d, URNE_ERR_INCOMPLETE,
				    "is the state of an archive that no log has signed; verify the "
				    "board's address with \"urne-verify --state\" first, or name "
				    "another file");
	if (e == URNE_OK) {
		e = urne_checkpoint_open(
		    &kept, &w->r.arena, d, urne_buf_view(&w->o.note), &w->o.key);
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "%s: ", w->state);
		return e;
	}
	w->kept_size = kept.size;
	w->kept_root = kept.root;
	return URNE_OK;
}

enum urne_err
urne_watch_open(struct urne_watch *w)
{
	enum urne_err e;

	urne_buf_printf(&w->folder, "%s.d", w->state);
	urne_buf_put(&w->folder, "", 1);
	e = urne_buf_error(&w->folder);
	if (e != URNE_OK) {
		return urne_fail(&w->cli->diag, e, "the name of the state is too long");
	}
	e = lock_folder(w);
	return e == URNE_OK && urne_file_exists(w->state) ? read_state(w) : e;
}

enum urne_err
urne_watch_save(struct urne_watch *w)
{
	return urne_observer_save(&w->cli->diag, w->state, &w->o);
}

static enum urne_err
object_path(struct urne_watch *w, struct urne_buf *path, const struct urne_hash *hash)
{
	static const char folder[] = "objects/";
	char name[sizeof(folder) + URNE_HASH_HEX_LEN] = {0};

	memcpy(name, folder, sizeof(folder) - 1);
	urne_hex_encode(name + sizeof(folder) - 1, hash->b, sizeof(hash->b));
	urne_buf_init(path, URNE_MAX_SMALL_FILE);
	return urne_path_join(path, w->folder.data, name);
}

enum urne_err
urne_watch_kept(
    struct urne_watch *w, struct urne_buf *out, bool *found, const struct urne_hash *hash)
{
	size_t before = out->len;
	struct urne_buf path;
	struct urne_hash is;
	enum urne_err e = object_path(w, &path, hash);

	*found = e == URNE_OK && urne_file_exists(path.data);
	if (*found) {
		e = urne_file_read(out, &w->cli->diag, path.data);
	}
	if (*found && e == URNE_OK) {
		urne_sha256_of(&is, (struct urne_view){out->data + before, out->len - before});
		*found = urne_hash_eq(&is, hash);
		out->len = *found ? out->len : before;
	}
	urne_buf_clear(&path);
	return e;
}

enum urne_err
urne_watch_keep(struct urne_watch *w, const struct urne_hash *hash, struct urne_view text)
{
	struct urne_buf path;
	enum urne_err e = object_path(w, &path, hash);

	if (e == URNE_OK) {
		e = urne_file_replace(&w->cli->diag, path.data, text);
	}
	urne_buf_clear(&path);
	return e;
}
