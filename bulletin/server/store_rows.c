/* SPDX-License-Identifier: EUPL-1.2 */
/* What belongs to entries: objects, nodes of the tree, ballots. */
#include "bulletin/server/store.h"

#include <inttypes.h>

/* --- objects and nodes --- */

enum urne_err
urne_store_add_object(
    struct urne_store *s, struct urne_diag *d, const struct urne_hash *hash, struct urne_view data)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_ADD_OBJECT];

	urne_stmt_bind_hash(q, 1, hash);
	urne_stmt_bind_blob(q, 2, data);
	return urne_stmt_run(q, d);
}

static enum urne_err
no_object(struct urne_diag *d, const struct urne_hash *hash)
{
	char text[URNE_HASH_HEX_LEN];

	urne_hex_encode(text, hash->b, sizeof(hash->b));
	return urne_fail(d, URNE_ERR_UNKNOWN, "there is no object %.*s", (int)sizeof(text), text);
}

enum urne_err
urne_store_object(
    struct urne_store *s, struct urne_buf *out, struct urne_diag *d, const struct urne_hash *hash)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_OBJECT];
	bool row = false;
	enum urne_err e;

	urne_stmt_bind_hash(q, 1, hash);
	e = urne_stmt_step(q, d, &row);
	if (e == URNE_OK && !row) {
		return no_object(d, hash);
	}
	if (e == URNE_OK) {
		urne_buf_put_view(out, urne_stmt_view(q, 0));
		e = urne_buf_error(out);
		if (e != URNE_OK) {
			(void)urne_fail(d, e, "an object is larger than expected");
		}
	}
	urne_stmt_reset(q);
	return e;
}

enum urne_err
urne_store_object_length(
    struct urne_store *s, uint64_t *len, struct urne_diag *d, const struct urne_hash *hash)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_OBJECT_LENGTH];
	bool row = false;
	enum urne_err e;

	*len = 0;
	urne_stmt_bind_hash(q, 1, hash);
	e = urne_stmt_step(q, d, &row);
	if (e == URNE_OK && !row) {
		return no_object(d, hash);
	}
	*len = e == URNE_OK ? urne_stmt_u64(q, 0) : 0;
	urne_stmt_reset(q);
	return e;
}

enum urne_err
urne_store_add_node(struct urne_store *s, struct urne_diag *d, uint64_t log, unsigned level,
    uint64_t index, const struct urne_hash *hash)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_ADD_NODE];

	if (level == 0) {
		return URNE_OK; /* it stands with its entry */
	}
	urne_stmt_bind_u64(q, 1, log);
	urne_stmt_bind_u64(q, 2, level);
	urne_stmt_bind_u64(q, 3, index);
	urne_stmt_bind_hash(q, 4, hash);
	return urne_stmt_run(q, d);
}

enum urne_err
urne_store_node(struct urne_store *s, struct urne_hash *out, struct urne_diag *d, uint64_t log,
    unsigned level, uint64_t index)
{
	struct urne_stmt *q = &s->query[level == 0 ? URNE_QUERY_LEAF : URNE_QUERY_NODE];
	bool row = false;
	enum urne_err e;

	*out = (struct urne_hash){{0}};
	urne_stmt_bind_u64(q, 1, log);
	if (level == 0) {
		urne_stmt_bind_u64(q, 2, index);
	} else {
		urne_stmt_bind_u64(q, 2, level);
		urne_stmt_bind_u64(q, 3, index);
	}
	e = urne_stmt_step(q, d, &row);
	if (e == URNE_OK && !row) {
		return urne_fail(d, URNE_ERR_INTERNAL,
		    "main.db: node %" PRIu64 " of level %u is missing", index, level);
	}
	if (e == URNE_OK) {
		e = urne_stmt_hash(q, out, d, 0);
	}
	urne_stmt_reset(q);
	return e;
}

/* --- ballots --- */

enum urne_err
urne_store_add_ballot(struct urne_store *s, struct urne_diag *d, uint64_t log,
    const struct urne_hash *ballot, size_t member, const struct urne_ballot_row *row)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_ADD_BALLOT];
	struct urne_stmt *last = &s->query[URNE_QUERY_SET_LAST];
	enum urne_err e;

	urne_stmt_bind_u64(q, 1, log);
	urne_stmt_bind_hash(q, 2, ballot);
	urne_stmt_bind_u64(q, 3, row->index);
	if (row->has_replaced) {
		urne_stmt_bind_hash(q, 4, &row->replaces);
	} else {
		urne_stmt_bind_null(q, 4);
	}
	e = urne_stmt_run(q, d);
	if (e != URNE_OK) {
		return e;
	}
	urne_stmt_bind_u64(last, 1, log);
	urne_stmt_bind_u64(last, 2, member);
	urne_stmt_bind_hash(last, 3, ballot);
	return urne_stmt_run(last, d);
}

enum urne_err
urne_store_ballot(struct urne_store *s, struct urne_ballot_row *out, bool *there,
    struct urne_diag *d, uint64_t log, const struct urne_hash *ballot)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_BALLOT];
	enum urne_err e;

	*out = (struct urne_ballot_row){.index = 0};
	urne_stmt_bind_u64(q, 1, log);
	urne_stmt_bind_hash(q, 2, ballot);
	e = urne_stmt_step(q, d, there);
	if (e == URNE_OK && *there) {
		out->index = urne_stmt_u64(q, 0);
		out->has_replaced = !urne_stmt_is_null(q, 1);
		if (out->has_replaced) {
			e = urne_stmt_hash(q, &out->replaces, d, 1);
		}
		urne_stmt_reset(q);
	}
	return e;
}

enum urne_err
urne_store_last(struct urne_store *s, struct urne_hash *out, bool *there, struct urne_diag *d,
    uint64_t log, size_t member)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_LAST];
	enum urne_err e;

	*out = (struct urne_hash){{0}};
	urne_stmt_bind_u64(q, 1, log);
	urne_stmt_bind_u64(q, 2, member);
	e = urne_stmt_step(q, d, there);
	if (e == URNE_OK && *there) {
		e = urne_stmt_hash(q, out, d, 0);
		urne_stmt_reset(q);
	}
	return e;
}

enum urne_err
urne_store_lasts(struct urne_store *s, struct urne_diag *d, uint64_t log,
    enum urne_err (*visit)(void *ctx, size_t member, const struct urne_hash *ballot), void *ctx)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_LASTS];
	struct urne_hash h;
	bool row = true;
	enum urne_err e = URNE_OK;

	urne_stmt_bind_u64(q, 1, log);
	while (e == URNE_OK && (e = urne_stmt_step(q, d, &row)) == URNE_OK && row) {
		e = urne_stmt_hash(q, &h, d, 1);
		if (e == URNE_OK) {
			e = visit(ctx, (size_t)urne_stmt_u64(q, 0), &h);
		}
	}
	urne_stmt_reset(q);
	return e;
}
