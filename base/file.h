/* SPDX-License-Identifier: EUPL-1.2 */
/* Files: read whole with a cap, made new and durable, never overwritten. */
#ifndef URNE_BASE_FILE_H
#define URNE_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"

/* Who may read a new file. */
enum urne_file_mode {
	URNE_FILE_PUBLIC, /* 0644 */
	URNE_FILE_SECRET, /* 0600 */
};

/* urne_file_read appends the whole file to `out` (whose max is the cap). "-" is standard input.
 * A directory, a missing file or one above the cap is refused with its name. */
enum urne_err urne_file_read(
    struct urne_buf *out, struct urne_diag *d, const char *path) URNE_MUST_USE;

/* urne_file_create writes a new file: it must not exist (URNE_ERR_EXISTS). The content is written
 * to a temporary file in the same folder, fsynced, linked to its name, and the folder fsynced; so
 * the file is there whole or not at all, and after URNE_OK it survives a power cut. */
enum urne_err urne_file_create(struct urne_diag *d, const char *path, enum urne_file_mode mode,
    struct urne_view content) URNE_MUST_USE;

/* urne_file_replace puts new content in place of the file, or makes it: whoever reads sees the old
 * one or the new one, whole, also after a power cut. Only for files that grow by design, such as
 * the signatures of a note. */
enum urne_err urne_file_replace(
    struct urne_diag *d, const char *path, struct urne_view content) URNE_MUST_USE;

/* urne_file_exists: whether anything has this name. */
bool urne_file_exists(const char *path);

/* urne_file_others_can_read: whether group or others may read the file at `path` (a warning for
 * files with keys). */
bool urne_file_others_can_read(const char *path);

/* urne_dir_create makes a folder (0755, or 0700 when secret); an existing empty one is fine, a
 * non-empty one is URNE_ERR_EXISTS. */
enum urne_err urne_dir_create(
    struct urne_diag *d, const char *path, enum urne_file_mode mode) URNE_MUST_USE;

/* urne_path_join writes "dir/name" with a NUL behind to `out` (emptied first), so that out->data is
 * a C string; the NUL does not count in out->len. */
enum urne_err urne_path_join(struct urne_buf *out, const char *dir, const char *name) URNE_MUST_USE;

/* urne_path_beside writes the name of a file that lies beside `path`: `path` with `ending` (".bel")
 * cut off where it has it, and `other` (".vote.json") put there; with a NUL like urne_path_join. */
enum urne_err urne_path_beside(
    struct urne_buf *out, const char *path, const char *ending, const char *other) URNE_MUST_USE;

/* urne_path_find writes the name of a file that may be given, or lie beside `path`: `given` itself
 * unless it is NULL, else urne_path_beside. *there: it was given, or something has that name. */
enum urne_err urne_path_find(struct urne_buf *out, bool *there, const char *given, const char *path,
    const char *ending, const char *other) URNE_MUST_USE;

#endif
