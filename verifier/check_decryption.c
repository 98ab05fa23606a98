/* SPDX-License-Identifier: EUPL-1.2 */
/* The family of checks of partial decryptions. One that is well formed but whose proof is wrong is
 * not counted and its trustee is named: it must not block the tally when enough others are right.
 * Spec: docs/protocol.md#tally */
#include <inttypes.h>
#include <stdlib.h>

#include "crypto/batch.h"
#include "tally/partial_hints.h"
#include "verifier/hints.h"
#include "verifier/verify.h"

/* The order of the data records of PartialDecryption. */
enum {
	OBJECT,
	OWNED,
};

#define MAX_OWNED ((size_t)4096)

/* unable: what is missing to check partial decryptions, or NULL. */
static const char *
unable(const struct urne_verification *v)
{
	if (!v->can_tally) {
		return "the election has non-homomorphic questions, which this version does not "
		       "verify";
	}
	if (!v->has_trustees) {
		return "the trustees are not right";
	}
	return v->has_recorded ? NULL : "the encrypted tally could not be read";
}

static enum urne_err
read_owner(struct urne_verification *v, uint64_t *owner, struct urne_diag *d,
    const struct urne_record *rec)
{
	struct urne_owned owned = {.owner = 0};
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, MAX_OWNED);
	e = urne_verify_load(v, &text, d, rec);
	if (e == URNE_OK) {
		e = urne_owned_read(&owned, d, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	*owner = owned.owner;
	if (e == URNE_OK && (owned.owner < 1 || owned.owner > v->trustees.num_owners)) {
		e = urne_fail(d, URNE_ERR_UNKNOWN, "there is no trustee %" PRIu64, owned.owner);
	}
	return e;
}

/* keep copies a valid partial decryption to where it stays until the result. */
static enum urne_err
keep(struct urne_verification *v, struct urne_diag *d, const struct urne_partial_decryption *p,
    uint64_t owner)
{
	size_t i, n = v->election.num_choices;
	struct urne_partial_decryption *copy = urne_arena_alloc(&v->tally_arena, 1, sizeof(*copy));
	struct urne_elem *factors =
	    copy != NULL ? urne_arena_alloc(&v->tally_arena, n, sizeof(factors[0])) : NULL;

	if (factors == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for partial decryptions");
	}
	for (i = 0; i < n; i++) {
		factors[i] = p->factors[i];
	}
	copy->factors = factors;
	copy->proofs = NULL; /* have done their work */
	v->by_owner[owner - 1] = copy;
	v->num_valid++;
	return URNE_OK;
}

/* One partial decryption on its way. */
struct decryption {
	const struct urne_record *record;
	uint64_t owner, height;
	struct urne_elem X; /* the owner's key */
	struct urne_arena arena;
	struct urne_buf text;
	struct urne_partial_decryption p;
	uint8_t *hints; /* room for them, or NULL */
	bool by_hints;	/* read, and good by them */
};

static struct urne_decryption_of
decryption_of(const struct urne_verification *v, const struct decryption *x)
{
	return (struct urne_decryption_of){&v->election, &v->recorded, &x->X};
}

/* try_hints: x->by_hints, if there are hints for it and they are right. */
static enum urne_err
try_hints(struct urne_verification *v, struct urne_diag *d, struct decryption *x)
{
	struct urne_decryption_of of = decryption_of(v, x);
	size_t num = urne_partial_num_points(&v->election);
	struct urne_hint_place place;
	enum urne_err e;

	urne_hint_reader_look(v->hint_reader, &place, &x->record->hash);
	if (num == 0 || place.num_points != num ||
	    !urne_hint_reader_read(v->hint_reader, x->hints, &place, 0, num)) {
		return URNE_OK;
	}
	e = urne_partial_check_hinted(
	    &x->p, &x->by_hints, &x->arena, urne_buf_view(&x->text), x->hints, &of);
	if (e != URNE_OK) {
		return urne_fail(d, e,
		    "a partial decryption cannot be checked with hints: %s; verify without them",
		    e == URNE_ERR_RANDOM ? "the system gives no randomness" : "no memory");
	}
	v->num_hinted_factors += x->by_hints ? v->election.num_choices : 0;
	return URNE_OK;
}

/* check_and_hint writes the hints of one that is right. */
static enum urne_err
check_and_hint(struct urne_verification *v, struct urne_diag *d, struct decryption *x)
{
	struct urne_decryption_of of = decryption_of(v, x);
	size_t num = urne_partial_num_points(&v->election);
	enum urne_err e = urne_partial_check_and_hint(x->hints, &x->p, d, &of);

	if (e == URNE_OK) {
		e = urne_hint_writer_begin(v->hint_writer, d, &x->record->hash, num);
	}
	return e == URNE_OK ? urne_hint_writer_put(v->hint_writer, d, x->hints, num) : e;
}

/* judge_proofs: exactly, unless hints have done it. */
static enum urne_err
judge_proofs(struct urne_verification *v, struct urne_diag *d, struct decryption *x)
{
	if (x->by_hints) {
		return URNE_OK;
	}
	if (v->hint_writer != NULL && urne_partial_num_points(&v->election) > 0) {
		return check_and_hint(v, d, x);
	}
	return urne_partial_check(&x->p, d, &v->election, &v->recorded, &x->X);
}

/* check_proofs: of one that is well formed. */
static enum urne_err
check_proofs(struct urne_verification *v, struct urne_diag *d, struct decryption *x)
{
	uint64_t owner = x->owner, height = x->height;
	enum urne_err e = judge_proofs(v, d, x);

	if (e != URNE_OK && urne_err_is_ours(e)) {
		return e;
	}
	if (e != URNE_OK) {
		urne_report_note(v->report,
		    "trustee %" PRIu64 ": the partial decryption in event %" PRIu64
		    " is wrong and was not counted: %s",
		    owner, height, d->text);
		return URNE_OK;
	}
	if (v->by_owner[owner - 1] != NULL) {
		(void)urne_fail(d, URNE_ERR_DUPLICATE,
		    "trustee %" PRIu64 " has a valid partial decryption already", owner);
		urne_report_fail(v->report, URNE_CHECK_DECRYPTION_PROOFS, d,
		    "event %" PRIu64 " (partial decryption)", height);
		return URNE_OK;
	}
	urne_report_item(v->report, URNE_CHECK_DECRYPTION_PROOFS, 1);
	return keep(v, d, &x->p, owner);
}

/* read_it: the owner and his key, and the partial decryption, by hints or as it is. */
static enum urne_err
read_it(struct urne_verification *v, struct urne_diag *d, struct decryption *x,
    const struct urne_record *owned)
{
	const struct urne_trustee_item *trustee = NULL;
	enum urne_err e = read_owner(v, &x->owner, d, owned);

	if (e == URNE_OK) {
		e = urne_verify_load(v, &x->text, d, x->record);
	}
	if (e == URNE_OK &&
	    urne_trustees_owner(&trustee, &x->X, &v->trustees, (size_t)x->owner) != URNE_OK) {
		e = urne_fail(d, URNE_ERR_INTERNAL, "a trustee is missing");
	}
	if (e == URNE_OK) {
		e = try_hints(v, d, x);
	}
	if (e != URNE_OK || x->by_hints) {
		return e;
	}
	urne_arena_reset(&x->arena);
	return urne_partial_read(&x->p, &x->arena, d, &v->election, urne_buf_view(&x->text));
}

enum urne_err
urne_verify_decryption(
    struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct decryption x = {.record = &item->data[OBJECT], .height = item->event.height};
	enum urne_err e = URNE_ERR_MEMORY;

	if (unable(v) != NULL) {
		return URNE_OK; /* urne_verify_shares says why */
	}
	urne_arena_init(&x.arena, (size_t)1 << 30);
	urne_buf_init(&x.text, urne_verify_text_cap(v, 3 * v->election.num_choices));
	x.hints = calloc(urne_partial_num_points(&v->election) + 1, URNE_HINT_LEN);
	e = x.hints != NULL ? read_it(v, d, &x, &item->data[OWNED])
			    : urne_fail(d, e, "no memory for hints");
	if (e == URNE_OK) {
		urne_report_item(v->report, URNE_CHECK_DECRYPTION_FORM, 1);
		e = check_proofs(v, d, &x);
	} else if (!urne_err_is_ours(e)) {
		urne_report_fail(v->report, URNE_CHECK_DECRYPTION_FORM, d,
		    "event %" PRIu64 " (partial decryption)", item->event.height);
		e = URNE_OK;
	}
	free(x.hints);
	urne_buf_clear(&x.text);
	urne_arena_clear(&x.arena);
	return e;
}

enum urne_err
urne_verify_shares(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_report *r = v->report;
	bool has_result = v->chain.num_of[URNE_EVENT_RESULT] > 0;
	const char *why = unable(v);
	struct urne_elem *combined;
	enum urne_err e;

	if (why != NULL) {
		urne_report_skip(r, URNE_CHECK_DECRYPTION_FORM, "%s", why);
		urne_report_skip(r, URNE_CHECK_DECRYPTION_PROOFS, "%s", why);
		urne_report_skip(r, URNE_CHECK_DECRYPTION_SHARES, "%s", why);
		return URNE_OK;
	}
	urne_report_complete(r, URNE_CHECK_DECRYPTION_FORM);
	urne_report_complete(r, URNE_CHECK_DECRYPTION_PROOFS);
	combined = urne_arena_alloc(&v->tally_arena, v->election.num_choices, sizeof(combined[0]));
	if (combined == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the decryption");
	}
	e = urne_combine(combined, d, &v->election, &v->trustees, &v->recorded, v->by_owner);
	if (e != URNE_OK && urne_err_is_ours(e)) {
		return e;
	}
	if (e == URNE_ERR_INCOMPLETE && !has_result) {
		urne_report_skip(r, URNE_CHECK_DECRYPTION_SHARES, "not there yet: %s", d->text);
	} else if (e != URNE_OK) {
		urne_report_fail(
		    r, URNE_CHECK_DECRYPTION_SHARES, d, "event %" PRIu64, v->chain.num_events - 1);
	} else {
		v->combined = combined;
		urne_report_item(r, URNE_CHECK_DECRYPTION_SHARES, v->num_valid);
		urne_report_complete(r, URNE_CHECK_DECRYPTION_SHARES);
	}
	return URNE_OK;
}
