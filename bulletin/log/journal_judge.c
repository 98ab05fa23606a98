/* SPDX-License-Identifier: EUPL-1.2 */
/* The questions that an order is asked before it is obeyed, in their order: form, journal, who
 * signed, replay, when it was written; then what its action asks. How many must have signed comes
 * last, since the others may still sign. Spec: docs/journal.md#orders */
#include <inttypes.h>
#include <string.h>

#include "bulletin/log/journal_state.h"

#define MAX_AHEAD ((int64_t)5 * 60)

static enum urne_err
check_origin(const struct urne_journal *j, struct urne_diag *d, const struct urne_order *o)
{
	return urne_view_eq(o->origin, j->origin)
		   ? URNE_OK
		   : urne_fail(d, URNE_ERR_MISMATCH,
			 "the order is for %.*s, and this journal is %.*s; write it for this one",
			 (int)o->origin.len, o->origin.p, (int)j->origin.len, j->origin.p);
}

/* Whose signatures count: the registrar's, or those of officials in force. */
static enum urne_err
check_signers(const struct urne_journal *j, struct urne_order_signers *out, size_t *needed,
    struct urne_diag *d, const struct urne_note *note, const struct urne_order *o)
{
	bool by_registrar = urne_action_form(o->action)->by_registrar;
	struct urne_official_key registrar = {.key = j->genesis.registrar};
	enum urne_err e;

	if (by_registrar && !j->genesis.has_registrar) {
		return urne_fail(d, URNE_ERR_UNKNOWN,
		    "this journal has no registrar, who could order a roll; the officials seal "
		    "without");
	}
	*needed = by_registrar ? 1 : j->genesis.agree;
	e = by_registrar
		? urne_order_signers_of(out, d, note, &registrar, 1)
		: urne_order_signers_of(out, d, note, j->head.officials, j->head.num_officials);
	if (e == URNE_OK && out->num == 0) {
		return urne_fail(d, URNE_ERR_INCOMPLETE, "the order has no signature of %s",
		    by_registrar ? "the registrar, who alone orders a roll"
				 : "an official of this journal");
	}
	return e;
}

static enum urne_err
check_replay(const struct urne_journal *j, struct urne_diag *d, const struct urne_note *note)
{
	struct urne_hash hash;
	uint64_t entry;

	urne_order_text_hash(&hash, note->text);
	if (urne_journal_executed(j, &entry, &hash)) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "this order was executed as entry %" PRIu64 " of the journal; an order is "
		    "executed once, write a new one",
		    entry);
	}
	return URNE_OK;
}

static enum urne_err
check_age(struct urne_diag *d, const struct urne_order *o, int64_t at)
{
	char issued[URNE_UTC_LEN + 1], now[URNE_UTC_LEN + 1];

	urne_utc_text(issued, o->issued);
	urne_utc_text(now, at);
	if (o->issued > at + MAX_AHEAD) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "the order was written at %s, and the board's clock says %s: one of the clocks "
		    "is wrong by more than five minutes",
		    issued, now);
	}
	if (o->issued < at - URNE_ORDER_SECONDS) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "the order was written at %s, more than 14 days before %s; write a new one",
		    issued, now);
	}
	return URNE_OK;
}

enum urne_err
urne_journal_judge(const struct urne_journal *j, struct urne_order *out,
    struct urne_order_signers *signers, size_t *needed, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view note, int64_t at)
{
	struct urne_order o;
	struct urne_note n;
	enum urne_err e;

	*out = (struct urne_order){.origin = {"", 0}, .election = {"", 0}};
	*signers = (struct urne_order_signers){.num = 0};
	*needed = 0;
	if ((e = urne_journal_check_time(j, d, at)) != URNE_OK ||
	    (e = urne_note_read(&n, arena, d, note)) != URNE_OK ||
	    (e = urne_order_read(&o, d, n.text)) != URNE_OK ||
	    (e = check_origin(j, d, &o)) != URNE_OK ||
	    (e = check_signers(j, signers, needed, d, &n, &o)) != URNE_OK ||
	    (e = check_replay(j, d, &n)) != URNE_OK || (e = check_age(d, &o, at)) != URNE_OK ||
	    (e = urne_journal_order_judge(j, d, &o, at)) != URNE_OK) {
		*signers = (struct urne_order_signers){.num = 0};
		*needed = 0;
		return e;
	}
	*out = o;
	return URNE_OK;
}

enum urne_err
urne_journal_signatures(struct urne_diag *d, const struct urne_order_signers *s, size_t needed)
{
	return s->num >= needed
		   ? URNE_OK
		   : urne_fail(d, URNE_ERR_INCOMPLETE,
			 "the order is signed by %zu and needs the signatures of %zu officials: "
			 "%zu missing",
			 s->num, needed, needed - s->num);
}
