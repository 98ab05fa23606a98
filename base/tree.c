/* SPDX-License-Identifier: EUPL-1.2 */
/* fts walks the tree; a link inside could lead to any file of the machine, so none is followed. */
#include "base/tree.h"

#include <fts.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"

/* A tree that is being read. */
struct reading {
	struct urne_tree *tree;
	struct urne_diag *d;
	size_t root_len; /* of the folder's path, with the slash behind */
	size_t max_files, max_bytes, bytes;
};

static enum urne_err
no_memory(struct urne_diag *d)
{
	return urne_fail(d, URNE_ERR_MEMORY, "no memory for a folder's files");
}

static enum urne_err
take_file(struct reading *r, const FTSENT *entry)
{
	struct urne_tree_file *f = &r->tree->files[r->tree->num];
	struct urne_buf text;
	enum urne_err e;

	if (r->tree->num == r->max_files) {
		return urne_fail(r->d, URNE_ERR_LIMIT, "%s: more than %zu files below the folder",
		    entry->fts_path, r->max_files);
	}
	urne_buf_init(&text, r->max_bytes - r->bytes);
	e = urne_file_read(&text, r->d, entry->fts_path);
	r->bytes += text.len;
	if (e == URNE_OK &&
	    (urne_arena_copy(&r->tree->arena, &f->path,
		 urne_view_of(entry->fts_path + r->root_len)) != URNE_OK ||
		urne_arena_copy(&r->tree->arena, &f->text, urne_buf_view(&text)) != URNE_OK)) {
		e = no_memory(r->d);
	}
	r->tree->num += e == URNE_OK ? 1 : 0;
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
take(struct reading *r, FTS *walk, FTSENT *entry)
{
	switch (entry->fts_info) {
	case FTS_D:
		if (entry->fts_level > 0 && entry->fts_name[0] == '.') {
			(void)fts_set(walk, entry, FTS_SKIP);
		}
		return URNE_OK;
	case FTS_DP:
		return URNE_OK;
	case FTS_F:
		if (entry->fts_level == 0) {
			return urne_fail(
			    r->d, URNE_ERR_IO, "%s: is a file, no folder", entry->fts_path);
		}
		return entry->fts_name[0] == '.' ? URNE_OK : take_file(r, entry);
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		return urne_fail(
		    r->d, URNE_ERR_IO, "%s: %s", entry->fts_path, strerror(entry->fts_errno));
	default:
		return urne_fail(r->d, URNE_ERR_UNSUPPORTED,
		    "%s: is a link or a device; put a file in its place", entry->fts_path);
	}
}

enum urne_err
urne_tree_read(struct urne_tree *out, struct urne_diag *d, const char *folder, size_t max_files,
    size_t max_bytes)
{
	struct reading r = {.tree = out,
	    .d = d,
	    .root_len = strlen(folder) + 1,
	    .max_files = max_files,
	    .max_bytes = max_bytes};
	char path[4096], *const roots[] = {path, NULL};
	enum urne_err e = URNE_OK;
	FTSENT *entry;
	FTS *walk;

	*out = (struct urne_tree){.num = 0};
	if (strlen(folder) >= sizeof(path)) {
		return urne_fail(d, URNE_ERR_LIMIT, "%s: the name is too long", folder);
	}
	memcpy(path, folder, strlen(folder) + 1);
	/* every text once, a path and two NULs for each, and the list */
	urne_arena_init(&out->arena,
	    max_bytes + max_files * (sizeof(path) + sizeof(*out->files)) + URNE_MAX_SMALL_FILE);
	out->files = urne_arena_alloc(&out->arena, max_files, sizeof(*out->files));
	walk = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, NULL);
	if (out->files == NULL || walk == NULL) {
		e = no_memory(d);
	}
	while (e == URNE_OK && (entry = fts_read(walk)) != NULL) {
		e = take(&r, walk, entry);
	}
	if (walk != NULL) {
		(void)fts_close(walk);
	}
	if (e != URNE_OK) {
		urne_tree_clear(out);
	}
	return e;
}

void
urne_tree_clear(struct urne_tree *t)
{
	urne_arena_clear(&t->arena);
	*t = (struct urne_tree){.num = 0};
}
