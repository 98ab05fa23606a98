/* SPDX-License-Identifier: EUPL-1.2 */
/* The rows of drafts. */
#include "bulletin/server/draft.h"

enum urne_err
urne_store_draft(struct urne_store *s, struct urne_buf *out, bool *there, struct urne_diag *d,
    struct urne_view election, struct urne_view part)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_DRAFT];
	enum urne_err e;

	*there = false;
	urne_stmt_bind_text(q, 1, election);
	urne_stmt_bind_text(q, 2, part);
	e = urne_stmt_step(q, d, there);
	if (e == URNE_OK && *there) {
		urne_buf_put_view(out, urne_stmt_view(q, 0));
		e = urne_buf_error(out);
		if (e != URNE_OK) {
			(void)urne_fail(d, e, "a draft is larger than expected");
		}
		urne_stmt_reset(q);
	}
	return e;
}

enum urne_err
urne_store_put_draft(struct urne_store *s, struct urne_diag *d, struct urne_view election,
    struct urne_view part, struct urne_view data)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_PUT_DRAFT];

	urne_stmt_bind_text(q, 1, election);
	urne_stmt_bind_text(q, 2, part);
	urne_stmt_bind_blob(q, 3, data);
	return urne_stmt_run(q, d);
}

/* read_u64 takes the one number of a query that gives one row at most. */
static enum urne_err
read_u64(struct urne_stmt *q, uint64_t *out, bool *there, struct urne_diag *d)
{
	enum urne_err e = urne_stmt_step(q, d, there);

	*out = 0;
	if (e == URNE_OK && *there) {
		*out = urne_stmt_u64(q, 0);
		urne_stmt_reset(q);
	}
	return e;
}

enum urne_err
urne_store_draft_length(struct urne_store *s, uint64_t *len, bool *there, struct urne_diag *d,
    struct urne_view election, struct urne_view part)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_DRAFT_LENGTH];

	urne_stmt_bind_text(q, 1, election);
	urne_stmt_bind_text(q, 2, part);
	return read_u64(q, len, there, d);
}

enum urne_err
urne_store_drafted(struct urne_store *s, struct urne_diag *d, struct urne_view election,
    enum urne_err (*visit)(void *ctx, struct urne_view other), void *ctx)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_DRAFTED];
	bool row = true;
	enum urne_err e = URNE_OK;

	urne_stmt_bind_text(q, 1, election);
	while (e == URNE_OK && (e = urne_stmt_step(q, d, &row)) == URNE_OK && row) {
		e = visit(ctx, urne_stmt_view(q, 0));
	}
	urne_stmt_reset(q);
	return e;
}

enum urne_err
urne_store_drop_drafts(struct urne_store *s, struct urne_diag *d, struct urne_view election)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_DROP_DRAFTS];

	urne_stmt_bind_text(q, 1, election);
	return urne_stmt_run(q, d);
}
