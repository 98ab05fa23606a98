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

enum urne_err
urne_store_drop_draft(
    struct urne_store *s, struct urne_diag *d, struct urne_view election, struct urne_view part)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_DROP_DRAFT];

	urne_stmt_bind_text(q, 1, election);
	urne_stmt_bind_text(q, 2, part);
	return urne_stmt_run(q, d);
}
