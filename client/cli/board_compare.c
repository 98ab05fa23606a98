/* SPDX-License-Identifier: EUPL-1.2 */
/* Roots decide whether they agree; entries are only looked at to say where they part. */
#include "client/cli/board_compare.h"

#include <inttypes.h>

#include "bulletin/log/tile.h"

#define MAX_BUNDLE ((size_t)URNE_TILE_WIDTH * (URNE_ENTRY_MAX + 2))

/* The root of the first `size` events of the archive. */
static enum urne_err
root_of(const struct urne_state *s, uint64_t size, struct urne_hash *out)
{
	struct urne_merkle_tree t = {.size = 0};
	enum urne_err e = URNE_OK;

	for (uint64_t i = 0; e == URNE_OK && i < size; i++) {
		e = urne_merkle_append(&t, &s->leaves[i].hash, NULL, NULL);
	}
	urne_merkle_root(&t, out);
	return e;
}

bool
urne_board_agrees(const struct urne_remote *r, const struct urne_state *s)
{
	struct urne_hash root;

	return r->checkpoint.size <= s->num_leaves &&
	       root_of(s, r->checkpoint.size, &root) == URNE_OK &&
	       urne_hash_eq(&root, &r->checkpoint.root);
}

/* The first of the events in one bundle that differs, or `end`. */
static enum urne_err
first_different(const struct urne_state *s, uint64_t *at, uint64_t end, struct urne_view bundle)
{
	struct urne_view entry;
	struct urne_hash leaf;
	enum urne_err e = URNE_OK;

	while (*at < end) {
		e = urne_entry_next(&entry, &bundle);
		if (e != URNE_OK) {
			return e;
		}
		urne_merkle_leaf(&leaf, entry);
		if (!urne_hash_eq(&leaf, &s->leaves[*at].hash)) {
			return URNE_OK;
		}
		*at += 1;
	}
	return URNE_OK;
}

static enum urne_err
say_where(struct urne_remote *r, const struct urne_state *s)
{
	uint64_t both = s->num_leaves < r->checkpoint.size ? s->num_leaves : r->checkpoint.size;
	uint64_t at = 0, end = 0;
	struct urne_buf bundle;
	enum urne_err e = URNE_OK;

	urne_buf_init(&bundle, MAX_BUNDLE);
	while (e == URNE_OK && at == end && at < both) {
		end = at + URNE_TILE_WIDTH < both ? at + URNE_TILE_WIDTH : both;
		e = urne_remote_bundle(r, &bundle, at);
		if (e == URNE_OK) {
			e = first_different(s, &at, end, urne_buf_view(&bundle));
		}
	}
	urne_buf_clear(&bundle);
	if (e != URNE_OK && urne_err_is_ours(e)) {
		return e;
	}
	if (e == URNE_OK && at < both) {
		return urne_fail(&r->cli->diag, URNE_ERR_MISMATCH,
		    "%s and %s part at event %" PRIu64 ", and neither was changed; \"urne board "
		    "pull\" into a new folder shows what the board has",
		    s->path.data, r->address.data, at);
	}
	return urne_fail(&r->cli->diag, URNE_ERR_MISMATCH,
	    "%s: shows events that are not those it has signed, do not use this board",
	    r->address.data);
}

enum urne_err
urne_board_compare(struct urne_remote *r, const struct urne_state *s)
{
	struct urne_hash root;
	enum urne_err e;

	if (r->checkpoint.size <= s->num_leaves) {
		return urne_board_agrees(r, s) ? URNE_OK : say_where(r, s);
	}
	e = root_of(s, s->num_leaves, &root);
	if (e != URNE_OK) {
		return urne_fail(&r->cli->diag, e, "the tree of the archive could not be made");
	}
	e = urne_remote_extends(r, s->num_leaves, &root);
	return e == URNE_ERR_MISMATCH ? say_where(r, s) : e;
}
