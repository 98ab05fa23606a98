/* SPDX-License-Identifier: EUPL-1.2 */
/* Steps 3 and 4 of a batch. One flipped bit between hashing and signing ends a log for ever, as
 * happened to a certificate log in 2021; so nothing that the writer has in memory is signed before
 * the file has given it back, through a connection that shares no cache with the one that wrote. */
#include "bulletin/server/sign.h"

#include <inttypes.h>

#include "base/limits.h"
#include "bulletin/log/checkpoint.h"

struct rereading {
	struct urne_board_log *log;
	struct urne_store *store;
	struct urne_diag *diag;
	struct urne_ledger_nodes nodes;
	struct urne_merkle_tree tree; /* from the nodes of the signed tree and the bytes read */
	struct urne_chain chain;
	uint64_t archive_len;
	struct urne_buf object;
};

static enum urne_err
differs(struct urne_diag *d, const struct urne_board_log *l, uint64_t index)
{
	return urne_fail(d, URNE_ERR_INTERNAL,
	    "%s: entry %" PRIu64 " comes back from main.db otherwise than it was written; nothing "
	    "is signed: check memory and disk, then move main.db away and fill a new one with "
	    "\"urne-board refill\"",
	    l->uuid, index);
}

/* One row and the objects that it names, as a start-up will read them: what it would refuse must
 * not be signed. */
static enum urne_err
reread(void *ctx, const struct urne_entry_row *row)
{
	struct rereading *r = ctx;
	struct urne_view data[URNE_MAX_EVENT_DATA];
	struct urne_hash leaf;
	struct urne_event ev;
	size_t num = 0;
	enum urne_err e = urne_ledger_step(&r->chain, &r->archive_len, &ev, &leaf, r->diag, row);

	urne_buf_reset(&r->object);
	if (e == URNE_OK) {
		e = urne_ledger_data(data, &num, &r->object, r->store, r->diag, &ev);
	}
	if (e != URNE_OK) {
		urne_diag_within(r->diag, "%s: nothing is signed: ", r->log->uuid);
		return e;
	}
	return urne_ledger_append(&r->tree, &leaf, &r->nodes);
}

/* The root of the tree in memory must be that of the signed tree's rows and the new bytes. */
static enum urne_err
verify(struct urne_board_log *l, struct urne_hash *root, struct urne_store *s, struct urne_diag *d)
{
	struct rereading r = {.log = l,
	    .store = s,
	    .diag = d,
	    .nodes = {s, l->id, d},
	    .chain = l->head_chain,
	    .archive_len = l->head_archive_len};
	struct urne_merkle_source source = urne_ledger_source(&r.nodes);
	struct urne_hash again;
	enum urne_err e;

	urne_buf_init(&r.object, URNE_MAX_RECORD);
	e = urne_merkle_load(&r.tree, l->head_size, &source);
	if (e == URNE_OK) {
		e = urne_store_entries(s, d, l->id, l->head_size, l->tree.size, reread, &r);
	}
	if (e == URNE_OK) {
		urne_merkle_root(&l->tree, root);
		urne_merkle_root(&r.tree, &again);
		if (!urne_hash_eq(root, &again)) {
			e = differs(d, l, l->tree.size - 1);
		}
	}
	urne_buf_clear(&r.object);
	return e;
}

static enum urne_err
make_note(struct urne_buf *out, struct urne_diag *d, const struct urne_board_log *l,
    const struct urne_hash *root, const struct urne_signer *signer)
{
	struct urne_view origin = urne_view_of(l->origin);
	struct urne_checkpoint c = {origin, l->tree.size, *root};
	struct urne_signer own;
	struct urne_buf text;
	enum urne_err e = urne_signer_rename(&own, d, signer, origin);

	urne_buf_init(&text, URNE_NOTE_MAX);
	if (e == URNE_OK) {
		urne_checkpoint_write(&text, &c);
		urne_buf_put_view(out, urne_buf_view(&text));
		urne_buf_putc(out, '\n');
		e = urne_signer_sign(out, &own, urne_buf_view(&text));
	}
	if (e == URNE_OK) {
		e = urne_buf_error(out);
	}
	urne_signer_clear(&own);
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
sign_one(struct urne_board_log *l, struct urne_store *s, struct urne_head *head,
    struct urne_diag *d, const struct urne_signer *signer)
{
	struct urne_head_row old = {.size = l->head_size, .root = l->head_root};
	struct urne_head_row new = {.size = l->tree.size};
	enum urne_err e = verify(l, &new.root, s, d);

	if (e != URNE_OK) {
		return e;
	}
	urne_buf_reset(&l->head_note);
	e = make_note(&l->head_note, d, l, &new.root, signer);
	if (e == URNE_OK) {
		new.note = urne_buf_view(&l->head_note);
		e = urne_head_swap(
		    head, d, urne_view_of(l->origin), l->has_head ? &old : NULL, &new);
	}
	if (e == URNE_OK) {
		l->has_head = true;
		l->head_size = new.size;
		l->head_root = new.root;
		l->head_chain = l->chain;
		l->head_archive_len = l->archive_len;
	}
	return e;
}

enum urne_err
urne_sign_heads(struct urne_board_log *const *logs, size_t num, struct urne_store *s,
    struct urne_head *head, struct urne_diag *d, const struct urne_signer *signer)
{
	enum urne_err e = urne_head_begin(head, d);

	for (size_t i = 0; e == URNE_OK && i < num; i++) {
		if (logs[i]->tree.size > logs[i]->head_size) {
			e = sign_one(logs[i], s, head, d, signer);
		}
	}
	return e == URNE_OK ? urne_head_commit(head, d) : e;
}
