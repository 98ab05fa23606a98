/* SPDX-License-Identifier: EUPL-1.2 */
/* The tree is built again from all entries, since all of them are wanted: one comparison with the
 * signed root then stands for a proof of each. Their payloads come with the archive. */
#include "client/cli/journal_remote.h"

#include <inttypes.h>
#include <unistd.h>

#include "base/memfile.h"
#include "crypto/sha256.h"

#define MAX_BUNDLE  ((size_t)URNE_TILE_WIDTH * (URNE_ENTRY_MAX + 2))
#define MAX_ARCHIVE ((size_t)256 << 20)

/* --- its remote --- */

/* A service signs all its logs with one key, so whoever knows that of one log knows that of the
 * journal. */
static enum urne_err
take_key_of(struct urne_remote *out, bool *there, const struct urne_remote *r)
{
	struct urne_note_key key = r->key;
	enum urne_err e;

	if (key.name.len <= r->uuid.len + 1) {
		return urne_fail(&out->cli->diag, URNE_ERR_SYNTAX,
		    "%s: the log's key is of no service", r->address.data);
	}
	key.name.len -= r->uuid.len + 1;
	key.id = urne_note_key_id(key.name, key.key);
	e = urne_remote_try(out, &out->policy_text, there, "policy");
	return e == URNE_OK && *there ? urne_remote_keep_key(out, &key) : e;
}

enum urne_err
urne_journal_remote(struct urne_remote *out, bool *there, const struct urne_remote *r)
{
	enum urne_err e = urne_remote_open(out, r->cli, r->base.data);

	*there = false;
	out->told_key = r->told_key;
	if (e == URNE_OK) {
		e = urne_remote_election(out, urne_view_of(URNE_JOURNAL_NAME));
	}
	if (e == URNE_OK) {
		e = r->has_key ? take_key_of(out, there, r) : urne_remote_key(out, there);
	}
	return e;
}

/* --- its entries --- */

struct reading {
	struct urne_remote *r;
	struct urne_journal *journal;
	struct urne_chain chain, again; /* of the entries, of the archive */
	struct urne_merkle_tree tree;
	struct urne_hash *hashes; /* of the entries' texts, in r->arena */
};

static enum urne_err
take_entry(struct reading *g, struct urne_view entry)
{
	struct urne_diag *d = &g->r->cli->diag;
	uint64_t i = g->chain.num_events;
	struct urne_event event;
	struct urne_hash leaf;
	enum urne_err e = urne_event_read(&event, d, entry);

	urne_merkle_leaf(&leaf, entry);
	urne_sha256_of(&g->hashes[i], entry);
	if (e == URNE_OK) {
		e = urne_chain_step(&g->chain, d, &event, &g->hashes[i]);
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "%s: entry %" PRIu64 ": ", g->r->address.data, i);
		return e;
	}
	return urne_merkle_append(&g->tree, &leaf, NULL, NULL);
}

static enum urne_err
take_bundle(struct reading *g, struct urne_buf *bundle)
{
	uint64_t size = g->r->checkpoint.size, first = g->chain.num_events;
	struct urne_view rest, entry = {"", 0};
	enum urne_err e = urne_remote_bundle(g->r, bundle, first);

	rest = urne_buf_view(bundle);
	for (uint64_t i = first; e == URNE_OK && i < size && i < first + URNE_TILE_WIDTH; i++) {
		e = urne_entry_next(&entry, &rest);
		if (e != URNE_OK) {
			e = urne_fail(&g->r->cli->diag, e, "%s: ends before entry %" PRIu64,
			    g->r->request.data, i);
		} else {
			e = take_entry(g, entry);
		}
	}
	return e;
}

static enum urne_err
take_entries(struct reading *g)
{
	const struct urne_checkpoint *c = &g->r->checkpoint;
	struct urne_hash root;
	struct urne_buf bundle;
	enum urne_err e = URNE_OK;

	g->hashes = urne_arena_alloc(&g->r->arena, (size_t)c->size, sizeof(*g->hashes));
	if (g->hashes == NULL) {
		return urne_fail(&g->r->cli->diag, URNE_ERR_MEMORY,
		    "%s: no memory for its %" PRIu64 " entries", g->r->address.data, c->size);
	}
	urne_buf_init(&bundle, MAX_BUNDLE);
	while (e == URNE_OK && g->chain.num_events < c->size) {
		e = take_bundle(g, &bundle);
	}
	urne_buf_clear(&bundle);
	urne_merkle_root(&g->tree, &root);
	if (e == URNE_OK && !urne_hash_eq(&root, &c->root)) {
		e = urne_fail(&g->r->cli->diag, URNE_ERR_PROOF,
		    "%s: its entries do not lead to the root that the log has signed, do not use "
		    "this board",
		    g->r->address.data);
	}
	return e;
}

/* step takes one entry of the archive, which must be the one that the log has signed. */
static enum urne_err
step(struct reading *g, struct urne_archive *a, uint64_t i, urne_journal_visit visit, void *ctx)
{
	struct urne_diag *d = &g->r->cli->diag;
	struct urne_journal_line line = {.height = i, .event = g->hashes[i]};
	enum urne_log_fault fault;
	struct urne_log_item item;
	struct urne_buf payload;
	bool done = false;
	enum urne_err e = urne_log_next(a, &g->again, &item, &done, &fault, d);

	if (e == URNE_OK && (done || !urne_hash_eq(&item.hash, &g->hashes[i]))) {
		e = urne_fail(d, URNE_ERR_PROOF,
		    "it is not the one that the log has signed, do not use this board");
	}
	urne_buf_init(&payload, URNE_JOURNAL_MAX_PAYLOAD);
	if (e == URNE_OK) {
		line.type = item.event.type;
		e = urne_archive_load(a, &payload, d, &item.data[item.num_data - 1]);
		line.payload = urne_buf_view(&payload);
	}
	if (e == URNE_OK) {
		e = urne_journal_step(g->journal, d, line.type, line.payload);
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "%s/election.bel: entry %" PRIu64 ": ", g->r->address.data, i);
	} else if (visit != NULL) {
		e = visit(ctx, g->journal, &line);
	}
	urne_buf_clear(&payload);
	return e;
}

/* take_payloads: the archive has all of them in one answer, where the objects would be asked for
 * one by one. It may go further than the checkpoint; nothing is read of that. */
static enum urne_err
take_payloads(struct reading *g, urne_journal_visit visit, void *ctx)
{
	struct urne_diag *d = &g->r->cli->diag;
	struct urne_archive *a = NULL;
	struct urne_buf body;
	int fd = -1;
	enum urne_err e;

	urne_buf_init(&body, MAX_ARCHIVE);
	e = urne_remote_get(g->r, &body, "election.bel");
	if (e == URNE_OK) {
		e = urne_memfile_open(&fd, d, urne_buf_view(&body));
	}
	urne_buf_clear(&body);
	if (e == URNE_OK) {
		e = urne_archive_open_fd(&a, d, fd, NULL);
	}
	for (uint64_t i = 0; e == URNE_OK && i < g->r->checkpoint.size; i++) {
		e = step(g, a, i, visit, ctx);
	}
	urne_archive_close(a);
	if (fd >= 0) {
		(void)close(fd);
	}
	return e;
}

static enum urne_err
check_service(struct reading *g)
{
	const struct urne_genesis *genesis = urne_journal_genesis(g->journal);
	struct urne_buf origin;
	bool same;

	urne_buf_init(&origin, URNE_MAX_SMALL_FILE);
	urne_origin_write(&origin, genesis->service, g->r->uuid);
	same = urne_view_eq(urne_buf_view(&origin), urne_buf_view(&g->r->origin));
	urne_buf_clear(&origin);
	return same ? URNE_OK
		    : urne_fail(&g->r->cli->diag, URNE_ERR_MISMATCH,
			  "%s: its first entry is of the service %.*s, do not use this board",
			  g->r->address.data, (int)genesis->service.len, genesis->service.p);
}

enum urne_err
urne_journal_fetch(
    struct urne_remote *r, struct urne_journal **out, urne_journal_visit visit, void *ctx)
{
	struct reading g = {.r = r, .chain = {.is_journal = true}, .again = {.is_journal = true}};
	enum urne_err e;

	*out = NULL;
	e = urne_journal_new(&g.journal, &r->cli->diag);
	if (e == URNE_OK) {
		e = urne_remote_checkpoint(r);
	}
	if (e == URNE_OK) {
		e = take_entries(&g);
	}
	if (e == URNE_OK) {
		e = take_payloads(&g, visit, ctx);
	}
	if (e == URNE_OK) {
		e = check_service(&g);
	}
	if (e != URNE_OK) {
		urne_journal_free(g.journal);
		return e;
	}
	*out = g.journal;
	return URNE_OK;
}

enum urne_err
urne_remote_journal(struct urne_remote *r, struct urne_journal **out)
{
	struct urne_remote journal;
	bool there = false;
	enum urne_err e = urne_journal_remote(&journal, &there, r);

	*out = NULL;
	if (e == URNE_OK && !there) {
		e = urne_fail(&r->cli->diag, URNE_ERR_UNKNOWN,
		    "%s: this board keeps no journal, so nobody can order anything there",
		    r->base.data);
	}
	if (e == URNE_OK) {
		e = urne_journal_fetch(&journal, out, NULL, NULL);
	}
	urne_remote_close(&journal);
	return e;
}
