/* SPDX-License-Identifier: EUPL-1.2 */
/* All files below a folder, read at once: for a small tree that is one thing, such as the sources
 * of the pages. */
#ifndef URNE_BASE_TREE_H
#define URNE_BASE_TREE_H

#include "base/arena.h"

/* A file: its path below the folder, "js/core/group.js", and its bytes; each has a NUL behind. */
struct urne_tree_file {
	struct urne_view path, text;
};

struct urne_tree {
	struct urne_arena arena;
	struct urne_tree_file *files; /* in no order that means anything */
	size_t num;
};

/* urne_tree_read reads at most `max_files` files of `max_bytes` together (URNE_ERR_LIMIT). What
 * begins with a dot is passed over; a symbolic link, or anything else that is no file and no
 * folder, is refused with its path (URNE_ERR_UNSUPPORTED); the folder itself may be a link. A
 * folder that cannot be read is URNE_ERR_IO with its name. */
enum urne_err urne_tree_read(struct urne_tree *out, struct urne_diag *d, const char *folder,
    size_t max_files, size_t max_bytes) URNE_MUST_USE;
/* urne_tree_clear is always legal on what urne_tree_read or {0} left. */
void urne_tree_clear(struct urne_tree *t);

#endif
