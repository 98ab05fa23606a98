/* SPDX-License-Identifier: EUPL-1.2 */
/* The rows of waiting orders. */
#include "bulletin/server/waiting.h"

enum urne_err
urne_store_waiting(struct urne_store *s, struct urne_buf *out, bool *there, struct urne_diag *d,
    const struct urne_hash *order)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_WAITING];
	enum urne_err e;

	*there = false;
	urne_stmt_bind_hash(q, 1, order);
	e = urne_stmt_step(q, d, there);
	if (e == URNE_OK && *there) {
		urne_buf_put_view(out, urne_stmt_view(q, 0));
		e = urne_buf_error(out);
		if (e != URNE_OK) {
			(void)urne_fail(d, e, "no memory for a waiting order");
		}
		urne_stmt_reset(q);
	}
	return e;
}

enum urne_err
urne_store_waitings(struct urne_store *s, struct urne_diag *d,
    enum urne_err (*visit)(void *ctx, const struct urne_hash *order, struct urne_view note),
    void *ctx)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_WAITINGS];
	struct urne_hash order;
	bool row = true;
	enum urne_err e = URNE_OK;

	while (e == URNE_OK && (e = urne_stmt_step(q, d, &row)) == URNE_OK && row) {
		e = urne_stmt_hash(q, &order, d, 0);
		if (e == URNE_OK) {
			e = visit(ctx, &order, urne_stmt_view(q, 1));
		}
	}
	urne_stmt_reset(q);
	return e;
}

enum urne_err
urne_store_put_waiting(
    struct urne_store *s, struct urne_diag *d, const struct urne_hash *order, struct urne_view note)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_PUT_WAITING];

	urne_stmt_bind_hash(q, 1, order);
	urne_stmt_bind_blob(q, 2, note);
	return urne_stmt_run(q, d);
}

enum urne_err
urne_store_drop_waiting(struct urne_store *s, struct urne_diag *d, const struct urne_hash *order)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_DROP_WAITING];

	urne_stmt_bind_hash(q, 1, order);
	return urne_stmt_run(q, d);
}
