/* SPDX-License-Identifier: EUPL-1.2 */
/* What a board shows, proved: nodes and entries come from tiles that anybody could have written,
 * and count only once they lead to the root that the log has signed. */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/codec.h"
#include "bulletin/log/event.h"
#include "bulletin/log/record.h"
#include "bulletin/log/tile.h"
#include "client/cli/remote.h"
#include "client/cli/vote_file.h"
#include "crypto/sha256.h"

#define MAX_TILE   ((size_t)URNE_TILE_WIDTH * URNE_HASH_LEN)
#define MAX_BUNDLE ((size_t)URNE_TILE_WIDTH * (URNE_ENTRY_MAX + 2))

/* Seconds that a cache may show an older checkpoint than the one the board answered with. */
#define MAX_WAITS 5

struct urne_remote_tile {
	struct urne_tile tile;
	struct urne_hash hash[URNE_TILE_WIDTH];
	struct urne_remote_tile *next;
};

/* --- tiles --- */

/* The state of a tile in the tree of the checkpoint: full, or with what there is. */
static struct urne_tile
tile_at(const struct urne_remote *r, bool entries, unsigned level, uint64_t index)
{
	uint64_t there = r->checkpoint.size >> (8 * level), before = index * URNE_TILE_WIDTH;
	uint64_t width = there > before ? there - before : 0;

	return (struct urne_tile){
	    entries, level, index, width < URNE_TILE_WIDTH ? (unsigned)width : URNE_TILE_WIDTH};
}

/* A board may drop a partial tile once it is full; its beginning is the same. */
static enum urne_err
fetch_tile(struct urne_remote *r, struct urne_buf *out, const struct urne_tile *wanted)
{
	struct urne_tile t = *wanted;
	struct urne_buf path;
	bool found = false;
	enum urne_err e;

	urne_buf_init(&path, 2 * URNE_TILE_PATH_MAX);
	do {
		urne_buf_reset(&path);
		urne_tile_path(&path, &t);
		urne_buf_put(&path, "", 1);
		e = urne_buf_error(&path);
		if (e == URNE_OK) {
			e = t.width < URNE_TILE_WIDTH ? urne_remote_try(r, out, &found, path.data)
						      : urne_remote_get(r, out, path.data);
		}
		found |= t.width == URNE_TILE_WIDTH;
		t.width = URNE_TILE_WIDTH;
	} while (e == URNE_OK && !found);
	urne_buf_clear(&path);
	return e;
}

static enum urne_err
load_tile(struct urne_remote *r, const struct urne_remote_tile **out, const struct urne_tile *t)
{
	struct urne_remote_tile *new = NULL;
	struct urne_buf body;
	enum urne_err e;

	for (*out = r->tiles; *out != NULL; *out = (*out)->next) {
		const struct urne_tile *have = &(*out)->tile;
		if (have->level == t->level && have->index == t->index && have->width == t->width) {
			return URNE_OK;
		}
	}
	new = urne_arena_alloc(&r->arena, 1, sizeof(*new));
	if (new == NULL) {
		return urne_fail(&r->cli->diag, URNE_ERR_MEMORY, "no memory for the log's tiles");
	}
	urne_buf_init(&body, MAX_TILE);
	e = fetch_tile(r, &body, t);
	if (e == URNE_OK && body.len != t->width * URNE_HASH_LEN && body.len != MAX_TILE) {
		e = urne_fail(&r->cli->diag, URNE_ERR_SYNTAX, "%s: a tile of %zu bytes, not %zu",
		    r->request.data, body.len, t->width * URNE_HASH_LEN);
	}
	if (e == URNE_OK) {
		memcpy(new->hash, body.data, t->width * URNE_HASH_LEN);
		new->tile = *t;
		new->next = r->tiles;
		r->tiles = new; /* the list owns it now */
		*out = new;
	}
	urne_buf_clear(&body);
	return e;
}

/* A node of level 8L + k is made of 2^k hashes that stand together in one tile of level L. */
static enum urne_err
node(void *ctx, struct urne_hash *out, unsigned level, uint64_t index)
{
	struct urne_remote *r = ctx;
	const struct urne_remote_tile *tile = NULL;
	struct urne_hash row[URNE_TILE_WIDTH / 2];
	unsigned k = level % 8, num = 1u << k;
	uint64_t first = index << k;
	struct urne_tile t = tile_at(r, false, level / 8, first / URNE_TILE_WIDTH);
	unsigned at = (unsigned)(first % URNE_TILE_WIDTH);
	enum urne_err e;

	if (at + num > t.width) {
		return urne_fail(&r->cli->diag, URNE_ERR_RANGE,
		    "%s: the tree of %" PRIu64 " entries has no node %" PRIu64 " of level %u",
		    r->address.data, r->checkpoint.size, index, level);
	}
	e = load_tile(r, &tile, &t);
	if (e != URNE_OK) {
		return e;
	}
	memcpy(row, tile->hash + at, num * sizeof(row[0]));
	for (; num > 1; num /= 2) {
		for (unsigned i = 0; i < num / 2; i++) {
			struct urne_hash left = row[2 * i], right = row[2 * i + 1];
			urne_merkle_node(&row[i], &left, &right);
		}
	}
	*out = row[0];
	return URNE_OK;
}

struct urne_merkle_source
urne_remote_tiles(struct urne_remote *r)
{
	return (struct urne_merkle_source){node, r};
}

enum urne_err
urne_remote_each_tile(const struct urne_remote *r,
    enum urne_err (*visit)(void *ctx, const struct urne_tile *tile, const struct urne_hash *hashes),
    void *ctx)
{
	enum urne_err e = URNE_OK;

	for (const struct urne_remote_tile *t = r->tiles; e == URNE_OK && t != NULL; t = t->next) {
		e = visit(ctx, &t->tile, t->hash);
	}
	return e;
}

/* --- entries --- */

enum urne_err
urne_remote_bundle(struct urne_remote *r, struct urne_buf *out, uint64_t index)
{
	struct urne_tile t = tile_at(r, true, 0, index / URNE_TILE_WIDTH);

	urne_buf_reset(out);
	if (index >= r->checkpoint.size) {
		return urne_fail(&r->cli->diag, URNE_ERR_RANGE,
		    "%s: the log has %" PRIu64 " entries, so no entry %" PRIu64, r->address.data,
		    r->checkpoint.size, index);
	}
	return fetch_tile(r, out, &t);
}

static enum urne_err
entry_of(
    struct urne_remote *r, struct urne_view *entry, const struct urne_buf *bundle, uint64_t index)
{
	struct urne_view rest = urne_buf_view(bundle);
	enum urne_err e = URNE_OK;

	for (uint64_t i = 0; e == URNE_OK && i <= index % URNE_TILE_WIDTH; i++) {
		e = urne_entry_next(entry, &rest);
	}
	return e == URNE_OK ? e
			    : urne_fail(&r->cli->diag, e, "%s: ends before entry %" PRIu64,
				  r->request.data, index);
}

enum urne_err
urne_remote_entry(
    struct urne_remote *r, struct urne_buf *bundle, struct urne_view *entry, uint64_t index)
{
	struct urne_merkle_source tiles = urne_remote_tiles(r);
	struct urne_merkle_proof proof;
	struct urne_hash leaf;
	enum urne_err e = urne_remote_bundle(r, bundle, index);

	if (e == URNE_OK) {
		e = entry_of(r, entry, bundle, index);
	}
	if (e == URNE_OK) {
		e = urne_merkle_prove_inclusion(&proof, index, r->checkpoint.size, &tiles);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_merkle_leaf(&leaf, *entry);
	e = urne_merkle_verify_inclusion(
	    &proof, &leaf, index, r->checkpoint.size, &r->checkpoint.root);
	return e == URNE_OK ? e
			    : urne_fail(&r->cli->diag, e,
				  "%s: entry %" PRIu64 " is not the one in the tree that the log "
				  "has signed, do not use this board",
				  r->address.data, index);
}

enum urne_err
urne_remote_object(struct urne_remote *r, struct urne_buf *out, const struct urne_hash *hash)
{
	static const char folder[] = "objects/";
	char path[sizeof(folder) + URNE_HASH_HEX_LEN] = {0};
	size_t before = out->len;
	struct urne_hash is;
	enum urne_err e;

	memcpy(path, folder, sizeof(folder) - 1);
	urne_hex_encode(path + sizeof(folder) - 1, hash->b, sizeof(hash->b));
	e = urne_remote_get(r, out, path);
	if (e == URNE_OK) {
		urne_sha256_of(&is, (struct urne_view){out->data + before, out->len - before});
		if (!urne_hash_eq(&is, hash)) {
			e = urne_fail(&r->cli->diag, URNE_ERR_MISMATCH,
			    "%s: is not the object with this hash, do not use this board",
			    r->request.data);
		}
	}
	return e;
}

/* --- histories --- */

enum urne_err
urne_remote_beginning(struct urne_remote *r, struct urne_hash *root, uint64_t size)
{
	const struct urne_checkpoint *c = &r->checkpoint;
	struct urne_merkle_source tiles = urne_remote_tiles(r);
	struct urne_merkle_proof proof = {.num = 0};
	struct urne_hash all = {{0}};
	unsigned level = 0;
	enum urne_err e;

	if (size == c->size) {
		*root = c->root;
		return URNE_OK;
	}
	e = urne_merkle_prove_consistency(&proof, size, c->size, &tiles);
	if (e == URNE_OK && (size & (size - 1)) == 0) {
		while (size >> level != 1) {
			level++;
		}
		e = node(r, &all, level, 0);
	}
	if (e != URNE_OK) {
		return e;
	}
	e = urne_merkle_beginning(root, &proof, &all, size, c->size, &c->root);
	return e == URNE_OK ? e
			    : urne_fail(&r->cli->diag, e,
				  "%s: its tiles do not lead to the root of the %" PRIu64
				  " entries that it has signed",
				  r->address.data, c->size);
}

enum urne_err
urne_remote_extends(struct urne_remote *r, uint64_t size, const struct urne_hash *root)
{
	const struct urne_checkpoint *c = &r->checkpoint;
	struct urne_merkle_source tiles = urne_remote_tiles(r);
	struct urne_merkle_proof proof = {.num = 0};
	enum urne_err e = URNE_OK;

	if (size > c->size) {
		return urne_fail(&r->cli->diag, URNE_ERR_MISMATCH,
		    "%s: the log had %" PRIu64 " entries and shows %" PRIu64 " now",
		    r->address.data, size, c->size);
	}
	if (size > 0 && size < c->size) {
		e = urne_merkle_prove_consistency(&proof, size, c->size, &tiles);
	}
	if (e != URNE_OK) {
		return e;
	}
	e = urne_merkle_verify_consistency(&proof, size, root, c->size, &c->root);
	return e == URNE_OK ? e
			    : urne_fail(&r->cli->diag, URNE_ERR_MISMATCH,
				  "%s: its log of %" PRIu64 " entries does not begin with these "
				  "%" PRIu64,
				  r->address.data, c->size, size);
}

/* --- events --- */

enum urne_err
urne_remote_event(struct urne_remote *r, struct urne_event *event, uint64_t height)
{
	struct urne_view entry = {"", 0};
	struct urne_buf bundle;
	enum urne_err e;

	urne_buf_init(&bundle, MAX_BUNDLE);
	e = urne_remote_entry(r, &bundle, &entry, height);
	if (e == URNE_OK) {
		e = urne_event_read(event, &r->cli->diag, entry);
	}
	urne_buf_clear(&bundle);
	return e;
}

enum urne_err
urne_remote_stands(struct urne_remote *r, enum urne_event_type type,
    const struct urne_hash *payload, uint64_t height)
{
	const struct urne_checkpoint before = r->checkpoint;
	const struct urne_hash none = {{0}};
	struct urne_event event = {.type = type};
	enum urne_err e = URNE_OK;

	for (int waits = 0; waits == 0 || (waits <= MAX_WAITS && r->checkpoint.size <= height);
	     waits++) {
		(void)nanosleep(&(struct timespec){.tv_sec = waits > 0 ? 1 : 0}, NULL);
		e = urne_remote_checkpoint(r);
		if (e != URNE_OK) {
			return e;
		}
	}
	e = urne_remote_extends(r, before.size, &before.root);
	if (e == URNE_OK && r->checkpoint.size > height) {
		e = urne_remote_event(r, &event, height);
	}
	if (e == URNE_OK && (r->checkpoint.size <= height || event.type != type ||
				event.height != height || event.has_payload != (payload != NULL) ||
				!urne_hash_eq(&event.payload, payload != NULL ? payload : &none))) {
		e = urne_fail(&r->cli->diag, URNE_ERR_MISMATCH,
		    "%s: event %" PRIu64
		    " of the log that it has signed is not the %s that the board claims to have "
		    "taken; tell the other officials and the trustees",
		    r->address.data, height, urne_event_type_name(type));
	}
	return e;
}

/* --- the Setup --- */

static enum urne_err
first_event(struct urne_remote *r, struct urne_setup_data *names)
{
	struct urne_diag *d = &r->cli->diag;
	struct urne_event event;
	struct urne_buf data;
	enum urne_err e;

	urne_buf_init(&data, URNE_MAX_SMALL_FILE);
	e = urne_remote_event(r, &event, 0);
	if (e == URNE_OK && (event.type != URNE_EVENT_SETUP || !event.has_payload)) {
		e = urne_fail(d, URNE_ERR_ORDER, "the log does not begin with a Setup");
	}
	if (e == URNE_OK) {
		e = urne_remote_object(r, &data, &event.payload);
	}
	if (e == URNE_OK) {
		e = urne_setup_data_read(names, d, urne_buf_view(&data));
	}
	urne_buf_clear(&data);
	return e;
}

enum urne_err
urne_remote_definition(
    struct urne_remote *r, struct urne_sealed *s, const char *path, const char *missing)
{
	bool found = false;
	enum urne_err e;

	if (s->election.vote_definition.len == 0) {
		return URNE_OK;
	}
	e = urne_remote_try(r, &s->definition_text, &found, path);
	if (e == URNE_OK && !found) {
		return urne_fail(
		    &r->cli->diag, URNE_ERR_INCOMPLETE, "%s: %s", r->address.data, missing);
	}
	if (e == URNE_OK) {
		e = urne_vote_text_sealed(r->cli, &s->definition, &s->definition_text, &s->arena,
		    r->request.data, &s->election);
	}
	s->has_definition = e == URNE_OK;
	return e;
}

enum urne_err
urne_remote_setup(struct urne_remote *r, struct urne_sealed *s)
{
	struct urne_diag *d = &r->cli->diag;
	struct urne_setup_data names;
	enum urne_err e;

	if ((e = first_event(r, &names)) ||
	    (e = urne_remote_object(r, &s->election_text, &names.election)) ||
	    (e = urne_remote_object(r, &s->trustees_text, &names.trustees)) ||
	    (e = urne_remote_object(r, &s->credentials_text, &names.credentials))) {
		return e;
	}
	e = urne_sealed_check(s);
	if (e == URNE_OK && !urne_view_eq(s->election.uuid, r->uuid)) {
		e = urne_fail(d, URNE_ERR_MISMATCH, "it holds election %.*s",
		    (int)s->election.uuid.len, s->election.uuid.p);
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "%s: ", r->address.data);
	}
	return e == URNE_OK
		   ? urne_remote_definition(r, s, "vote.json",
			 "the officials have not sent the vote definition yet, come back later")
		   : e;
}

/* --- what nobody signs --- */

enum urne_err
urne_remote_timestamp(struct urne_remote *r, uint64_t *out)
{
	struct urne_codec c;
	struct urne_view v = {"", 0};
	struct urne_buf text;
	uint64_t version = 0;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	e = urne_remote_get(r, &text, "archive-header");
	if (e == URNE_OK) {
		urne_codec_read(&c, urne_buf_view(&text), NULL);
		urne_codec_object(&c);
		urne_codec_field(&c, "version");
		urne_codec_u64(&c, &version, 1);
		urne_codec_field(&c, "timestamp");
		urne_codec_plain(&c, &v, 20);
		urne_codec_object_end(&c);
		e = urne_codec_end(&c, &r->cli->diag);
		if (e == URNE_OK) {
			e = urne_decimal_decode(out, v, URNE_RECORD_FIELD_MAX);
		}
		if (e != URNE_OK) {
			(void)urne_fail(&r->cli->diag, e, "%s: is no first record of an archive",
			    r->request.data);
		}
	}
	urne_buf_clear(&text);
	return e;
}
