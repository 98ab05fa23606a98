/* SPDX-License-Identifier: EUPL-1.2 */
/* Which checks a submission goes through, as tables: one row per kind, one per type of event. */
#include "bulletin/server/admission.h"

#include "base/limits.h"
#include "bulletin/server/admission_parts.h"
#include "bulletin/server/list_hints.h"

/* The order of the data records of Setup. */
enum {
	ELECTION,
	TRUSTEES,
	CREDENTIALS,
};

static enum urne_err
admit_setup(const struct urne_admission *a)
{
	struct urne_list_record record;
	struct urne_setup_texts texts = {
	    .election = a->data[ELECTION],
	    .trustees = a->data[TRUSTEES],
	    .credentials = a->data[CREDENTIALS],
	};

	if (a->s->wants_hints) {
		texts.hints = urne_list_record_begin(&record, &a->s->hints, texts.credentials);
	}
	return urne_board_election_new(&a->s->setup, a->d, &texts, a->pool);
}

/* EndBallots says nothing but that it stands there. */
static enum urne_err
admit_mark(const struct urne_admission *a)
{
	(void)a;
	return URNE_OK;
}

static enum urne_err
refuse_ballot_event(const struct urne_admission *a)
{
	return urne_fail(
	    a->d, URNE_ERR_UNSUPPORTED, "ballots are sent by members, not ordered by officials");
}

static enum urne_err
refuse_result(const struct urne_admission *a)
{
	return urne_fail(a->d, URNE_ERR_UNSUPPORTED,
	    "the result is computed by the board, once officials order its release");
}

static enum urne_err
refuse_shuffles(const struct urne_admission *a)
{
	return urne_fail(a->d, URNE_ERR_UNSUPPORTED,
	    "shuffles are for elections with non-homomorphic questions, which this version does "
	    "not take");
}

static enum urne_err
refuse_journal(const struct urne_admission *a)
{
	return urne_fail(
	    a->d, URNE_ERR_SYNTAX, "this event belongs to a journal and not to an election");
}

static enum urne_err (*const admit_event_of[URNE_NUM_EVENT_TYPES])(
    const struct urne_admission *a) = {
    [URNE_EVENT_SETUP] = admit_setup,
    [URNE_EVENT_BALLOT] = refuse_ballot_event,
    [URNE_EVENT_END_BALLOTS] = admit_mark,
    [URNE_EVENT_ENCRYPTED_TALLY] = urne_admit_tally,
    [URNE_EVENT_SHUFFLE] = refuse_shuffles,
    [URNE_EVENT_END_SHUFFLES] = refuse_shuffles,
    [URNE_EVENT_PARTIAL_DECRYPTION] = urne_admit_share,
    [URNE_EVENT_RESULT] = refuse_result,
    [URNE_EVENT_GENESIS] = refuse_journal,
    [URNE_EVENT_ORDER] = refuse_journal,
    [URNE_EVENT_RECORD] = refuse_journal,
};

static enum urne_err
admit_event(const struct urne_admission *a)
{
	struct urne_submission *s = a->s;
	struct urne_hash hash[URNE_MAX_EVENT_DATA];
	enum urne_err e = urne_event_check(hash, a->d, s->type, a->data, s->num_data);

	if (e == URNE_OK && s->num_data > 0) {
		s->tracker = hash[s->num_data - 1];
	}
	return e == URNE_OK ? admit_event_of[s->type](a) : e;
}

/* What the board found by itself the writer finds again. */
static enum urne_err
admit_record(const struct urne_admission *a)
{
	(void)a;
	return URNE_OK;
}

static enum urne_err (*const admit_kind[])(const struct urne_admission *a) = {
    [URNE_SUBMIT_BALLOT] = urne_admit_ballot,
    [URNE_SUBMIT_EVENT] = admit_event,
    [URNE_SUBMIT_ORDER] = admit_event, /* the one that it adds */
    [URNE_SUBMIT_REHEARSAL] = urne_admit_rehearsal,
    [URNE_SUBMIT_RECORD] = admit_record,
};

enum urne_err
urne_admit(struct urne_submission *s, const struct urne_board_election *e,
    const struct urne_records *records, struct urne_pool *pool)
{
	struct urne_admission a = {s, &s->diag, e, records, pool, {{NULL, 0}}};

	for (size_t i = 0; i < s->num_data && i < URNE_MAX_EVENT_DATA; i++) {
		a.data[i] = urne_buf_view(&s->data[i]);
	}
	return admit_kind[s->kind](&a);
}

enum urne_err
urne_make_tally(struct urne_submission *s, const struct urne_board_election *e,
    const struct urne_records *records, struct urne_pool *pool)
{
	const struct urne_admission a = {s, &s->diag, e, records, pool, {{NULL, 0}}};

	return urne_admission_make_tally(&a);
}

enum urne_err
urne_make_result(struct urne_submission *s, const struct urne_board_election *e,
    const struct urne_records *records)
{
	const struct urne_admission a = {s, &s->diag, e, records, NULL, {{NULL, 0}}};

	return urne_admission_make_result(&a);
}

enum urne_err
urne_admission_our_fault(const struct urne_admission *a, enum urne_err e)
{
	if (e == URNE_OK || urne_err_is_ours(e)) {
		return e;
	}
	urne_diag_within(a->d, "the store does not hold what was taken in: ");
	return URNE_ERR_INTERNAL;
}

enum urne_err
urne_admission_stored(
    const struct urne_admission *a, struct urne_buf *out, const struct urne_hash *hash)
{
	char hex[URNE_HASH_HEX_LEN];
	enum urne_err e = a->records->object(a->records->ctx, out, a->d, hash);

	if (e != URNE_OK && !urne_err_is_ours(e)) {
		urne_hex_encode(hex, hash->b, sizeof(hash->b));
		(void)urne_fail(a->d, e, "object %.*s", (int)sizeof(hex), hex);
	}
	return urne_admission_our_fault(a, e);
}
