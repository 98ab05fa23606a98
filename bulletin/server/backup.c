/* SPDX-License-Identifier: EUPL-1.2 */
/* The database by SQLite's own means, two small files by copying. */
#include "bulletin/server/backup.h"

#include "base/file.h"
#include "base/limits.h"
#include "bulletin/server/folder.h"
#include "bulletin/server/store.h"

/* Small files that a copy needs to be of use. */
static const char *const small_files[] = {"board.json", "log.pub"};
#define NUM_SMALL_FILES (sizeof(small_files) / sizeof(small_files[0]))

static enum urne_err
copy_file(struct urne_diag *d, const char *dir, const char *out, const char *name)
{
	struct urne_buf from, to, text;
	enum urne_err e;

	urne_buf_init(&from, URNE_MAX_SMALL_FILE);
	urne_buf_init(&to, URNE_MAX_SMALL_FILE);
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&from, dir, name);
	e = e == URNE_OK ? urne_path_join(&to, out, name) : e;
	if (e != URNE_OK) {
		(void)urne_fail(d, e, "%s: the name is too long", out);
	} else {
		e = urne_file_read(&text, d, from.data);
	}
	if (e == URNE_OK) {
		e = urne_file_create(d, to.data, URNE_FILE_PUBLIC, urne_buf_view(&text));
	}
	urne_buf_clear(&from);
	urne_buf_clear(&to);
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
copy_database(struct urne_diag *d, const struct urne_folder *f, const char *out)
{
	struct urne_store store;
	struct urne_buf to;
	enum urne_err e = urne_store_open(&store, d, f->main.data, false);

	urne_buf_init(&to, URNE_MAX_SMALL_FILE);
	if (e == URNE_OK) {
		e = urne_path_join(&to, out, "main.db");
		if (e != URNE_OK) {
			(void)urne_fail(d, e, "%s: the name is too long", out);
		}
	}
	if (e == URNE_OK) {
		e = urne_sql_copy(store.sql, d, to.data);
	}
	urne_buf_clear(&to);
	urne_store_close(&store);
	return e;
}

enum urne_err
urne_board_backup(struct urne_diag *d, const char *dir, const char *out)
{
	struct urne_folder f;
	enum urne_err e = urne_folder_read(&f, d, dir);

	if (e == URNE_OK) {
		e = urne_dir_create(d, out, URNE_FILE_SECRET);
	}
	if (e == URNE_OK) {
		e = copy_database(d, &f, out);
	}
	for (size_t i = 0; e == URNE_OK && i < NUM_SMALL_FILES; i++) {
		e = copy_file(d, dir, out, small_files[i]);
	}
	urne_folder_close(&f);
	return e;
}
