/* SPDX-License-Identifier: EUPL-1.2 */
/* An official who was revoked has signed nothing that waits. What waits is read by whoever signs
 * next, who would find a line in it that counts no more and stop there. */
#include "base/limits.h"
#include "bulletin/server/waiting.h"

struct revoking {
	struct urne_view official;
	struct urne_arena *arena;
	struct urne_diag *diag;
	struct urne_hash signed_by[URNE_MAX_WAITING];
	size_t num;
};

static enum urne_err
find_signed(void *ctx, const struct urne_hash *order, struct urne_view text)
{
	struct revoking *r = ctx;
	struct urne_note note;
	enum urne_err e = urne_note_read(&note, r->arena, r->diag, text);

	for (size_t i = 0; e == URNE_OK && i < note.num_lines && r->num < URNE_MAX_WAITING; i++) {
		if (urne_view_eq(note.lines[i].name, r->official)) {
			r->signed_by[r->num++] = *order;
		}
	}
	return e;
}

/* put_others puts the note with the lines of the others back, or drops it when there are none. */
static enum urne_err
put_others(struct revoking *r, struct urne_store *s, const struct urne_hash *order,
    const struct urne_note *note)
{
	struct urne_buf out;
	size_t num = 0;
	enum urne_err e;

	urne_buf_init(&out, URNE_NOTE_MAX);
	urne_buf_put_view(&out, note->text);
	urne_buf_putc(&out, '\n');
	for (size_t i = 0; i < note->num_lines; i++) {
		const struct urne_note_line *line = &note->lines[i];
		const struct urne_note_key key = {.name = line->name, .id = line->id};

		if (line->signature.len == URNE_ED25519_SIG_LEN &&
		    !urne_view_eq(line->name, r->official)) {
			urne_note_line_write(&out, &key, (const uint8_t *)line->signature.p);
			num++;
		}
	}
	e = urne_buf_error(&out);
	if (e != URNE_OK) {
		(void)urne_fail(r->diag, e, "no memory for an order");
	} else {
		e = num > 0 ? urne_store_put_waiting(s, r->diag, order, urne_buf_view(&out))
			    : urne_store_drop_waiting(s, r->diag, order);
	}
	urne_buf_clear(&out);
	return e;
}

enum urne_err
urne_waiting_revoke(
    struct urne_store *s, struct urne_arena *arena, struct urne_diag *d, struct urne_view official)
{
	struct revoking r = {.official = official, .arena = arena, .diag = d};
	enum urne_err e = urne_store_waitings(s, d, find_signed, &r);

	for (size_t i = 0; e == URNE_OK && i < r.num; i++) {
		struct urne_buf text;
		struct urne_note note;
		bool there = false;

		urne_buf_init(&text, URNE_NOTE_MAX);
		e = urne_store_waiting(s, &text, &there, d, &r.signed_by[i]);
		if (e == URNE_OK) {
			e = urne_note_read(&note, arena, d, urne_buf_view(&text));
		}
		if (e == URNE_OK) {
			e = put_others(&r, s, &r.signed_by[i], &note);
		}
		urne_buf_clear(&text);
	}
	return e;
}
