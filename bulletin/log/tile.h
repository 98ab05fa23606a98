/* SPDX-License-Identifier: EUPL-1.2 */
/* Tiles: the tree and its entries as files that never change (C2SP tlog-tiles v0.1.0). A tile has
 * up to 256 hashes of one level, an entries tile up to 256 entries. Names, contents, and which
 * files a tree of a given size has. Spec: docs/log.md#tiles */
#ifndef URNE_BULLETIN_LOG_TILE_H
#define URNE_BULLETIN_LOG_TILE_H

#include "base/buf.h"
#include "base/bytes.h"

#define URNE_TILE_WIDTH ((unsigned)256)
/* tile/<level>/x001/x234/x067/890.p/255 and room to spare */
#define URNE_TILE_PATH_MAX ((size_t)64)
/* An entry stands behind its length as two bytes. */
#define URNE_ENTRY_MAX ((size_t)65535)

struct urne_tile {
	bool entries;	/* a bundle of entries; level is 0 */
	unsigned level; /* its hashes are nodes of level 8 * level of the tree */
	uint64_t index;
	unsigned width; /* 1..256; below 256 it is a partial tile */
};

/* urne_tile_path appends "tile/0/x001/234" or "tile/entries/001.p/7", no NUL. */
void urne_tile_path(struct urne_buf *out, const struct urne_tile *t);
/* urne_tile_path_read is the other way: exactly what urne_tile_path writes of a tile that a tree
 * can have, else URNE_ERR_SYNTAX. */
enum urne_err urne_tile_path_read(struct urne_tile *out, struct urne_view path) URNE_MUST_USE;

/* urne_tile_each calls visit(ctx, tile) for every tile of the tree of `size` entries that the tree
 * of `old` entries did not have: entries first, then hashes from the lowest level up; of a tile
 * that grew only its state at `size`. An error of visit ends the walk. old > size or a size that no
 * tree has: URNE_ERR_RANGE. */
enum urne_err urne_tile_each(uint64_t old, uint64_t size,
    enum urne_err (*visit)(void *ctx, const struct urne_tile *t), void *ctx) URNE_MUST_USE;

/* urne_tile_node: the level and index in the tree of hash i of the tile (i < width). */
void urne_tile_node(const struct urne_tile *t, unsigned i, unsigned *level, uint64_t *index);

/* urne_entry_put appends an entry with its length in front (URNE_ENTRY_MAX at most, else the buffer
 * takes URNE_ERR_LIMIT). */
void urne_entry_put(struct urne_buf *out, struct urne_view event);
/* urne_entry_next takes the next entry off *rest; borrows. URNE_ERR_INCOMPLETE when it is cut
 * short. */
enum urne_err urne_entry_next(struct urne_view *out, struct urne_view *rest) URNE_MUST_USE;

#endif
