/* SPDX-License-Identifier: EUPL-1.2 */
/* The rows of waiting orders, and whose signatures stand in them. */
#include "bulletin/server/waiting.h"

#include "bulletin/log/order.h"

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

/* --- who has signed already --- */

enum urne_err
urne_waiting_check_new(
    struct urne_diag *d, const struct urne_note *waiting, const struct urne_note *note)
{
	for (size_t i = 0; i < waiting->num_lines; i++) {
		const struct urne_note_line *old = &waiting->lines[i];

		for (size_t k = 0; k < note->num_lines; k++) {
			if (note->lines[k].id == old->id &&
			    urne_view_eq(note->lines[k].name, old->name)) {
				return urne_fail(d, URNE_ERR_DUPLICATE,
				    "%.*s has signed this order already; it waits for others",
				    (int)old->name.len, old->name.p);
			}
		}
	}
	return URNE_OK;
}

enum urne_err
urne_waiting_check_sender(
    struct urne_store *s, struct urne_arena *arena, struct urne_diag *d, struct urne_view note)
{
	struct urne_note new, old;
	struct urne_hash hash;
	struct urne_buf text;
	bool there = false;
	enum urne_err e = urne_note_read(&new, arena, d, note);

	if (e != URNE_OK) {
		return e;
	}
	urne_order_text_hash(&hash, new.text);
	urne_buf_init(&text, URNE_NOTE_MAX);
	e = urne_store_waiting(s, &text, &there, d, &hash);
	if (e == URNE_OK && there) {
		e = urne_note_read(&old, arena, d, urne_buf_view(&text)) == URNE_OK
			? urne_waiting_check_new(d, &old, &new)
			: URNE_ERR_INTERNAL; /* it was read when it came */
	}
	urne_buf_clear(&text);
	return e;
}
