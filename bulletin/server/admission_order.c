/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal judges first: nothing is read, and nothing computed, for an order of nobody, nor for
 * one that whoever reads what waits has sent again. */
#include "bulletin/server/admission_order.h"

#include "base/limits.h"
#include "bulletin/server/draft.h"
#include "bulletin/server/event_body.h"
#include "bulletin/server/ledger.h"
#include "bulletin/server/place_journal.h"
#include "bulletin/server/sealing.h"
#include "crypto/sha256.h"

#define ARENA ((size_t)1 << 20)

struct order_admission {
	struct urne_submission *s;
	const struct urne_order_room *room;
	int64_t now;
	struct urne_arena arena;
	struct urne_order order;
	/* what the journal says of the election */
	bool is_known;
	struct urne_journal_election election;
};

static enum urne_err
judge(void *ctx, const struct urne_journal *j)
{
	struct order_admission *a = ctx;
	struct urne_order_signers signers;
	const struct urne_journal_election *election;
	size_t needed = 0;
	enum urne_err e = urne_journal_judge(j, &a->order, &signers, &needed, &a->arena,
	    &a->s->diag, urne_buf_view(&a->s->ballot), urne_journal_clock(j, a->now));

	a->s->num_signed = signers.num;
	election = e == URNE_OK ? urne_journal_find(j, a->order.election) : NULL;
	a->is_known = election != NULL;
	if (a->is_known) {
		a->election = *election; /* what it points to stays as long as the journal */
	}
	return e;
}

/* --- seal --- */

static enum urne_err
read_draft(const struct order_admission *a, struct urne_buf *out, const char *part)
{
	struct urne_reader *r = a->room->reader;
	bool there = false;
	enum urne_err e;

	(void)pthread_mutex_lock(&r->lock);
	e = urne_store_draft(
	    &r->store, out, &there, &a->s->diag, a->order.election, urne_view_of(part));
	(void)pthread_mutex_unlock(&r->lock);
	if (e == URNE_OK && !there) {
		e = urne_fail(&a->s->diag, URNE_ERR_UNKNOWN,
		    "there is no draft \"%s\" of the election %.*s here; send it first", part,
		    (int)a->order.election.len, a->order.election.p);
	}
	return e;
}

/* take_definition makes the draft that the Setup seals part of the election. */
static enum urne_err
take_definition(struct order_admission *a)
{
	struct urne_buf text;
	struct urne_hash hash;
	enum urne_err e;

	if (!urne_board_election_seals(a->s->setup, &hash)) {
		return URNE_OK;
	}
	urne_buf_init(&text, URNE_MAX_TEXT_FILE);
	e = read_draft(a, &text, "definition");
	if (e == URNE_OK) {
		e = urne_board_election_define(a->s->setup, &a->s->diag, urne_buf_view(&text));
		if (e != URNE_OK) {
			urne_diag_within(&a->s->diag, "draft of the definition: ");
		}
	}
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
admit_setup(struct order_admission *a, struct urne_view text)
{
	struct urne_submission *s = a->s;
	enum urne_err e = urne_event_body_read_text(s, &s->diag, text);

	if (e == URNE_OK) {
		s->type = URNE_EVENT_SETUP;
		e = urne_admit(s, NULL, NULL, a->room->pool);
	}
	if (e != URNE_OK) {
		urne_diag_within(&s->diag, "draft of the Setup: ");
	}
	return e;
}

static enum urne_err
admit_seal(struct order_admission *a)
{
	struct urne_submission *s = a->s;
	struct urne_sealing sealing;
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_HTTP_EVENT);
	e = read_draft(a, &text, "setup");
	if (e == URNE_OK) {
		e = admit_setup(a, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	if (e == URNE_OK) {
		e = take_definition(a);
	}
	if (e == URNE_OK) {
		sealing = (struct urne_sealing){s->setup, s->tracker, urne_buf_view(&s->data[2])};
		e = urne_sealing_check(
		    &sealing, &s->diag, &a->order, a->is_known ? &a->election : NULL);
	}
	return e;
}

/* --- release --- */

static enum urne_err
admit_release(struct order_admission *a)
{
	struct urne_submission *s = a->s;
	struct urne_board_log *l = urne_board_find(a->room->board, a->order.election);
	struct urne_reader_log rows = {a->room->reader, l != NULL ? l->id : 0, NULL};
	struct urne_records records = urne_reader_records(&rows);
	struct urne_hash hash, named;
	bool there = false;
	char hex[URNE_HASH_HEX_LEN];
	enum urne_err e;

	if (l == NULL) {
		return urne_fail(&s->diag, URNE_ERR_UNKNOWN, "no election %.*s is on this board",
		    (int)a->order.election.len, a->order.election.p);
	}
	s->log = l;
	e = urne_make_result(s, l->election, &records);
	if (e != URNE_OK) {
		return e;
	}
	urne_sha256_of(&hash, urne_buf_view(&s->data[0]));
	named = urne_order_hash(&a->order, URNE_RELEASE_RESULT, &there);
	if (!urne_hash_eq(&hash, &named)) {
		urne_hex_encode(hex, hash.b, sizeof(hash.b));
		return urne_fail(&s->diag, URNE_ERR_MISMATCH,
		    "result is not the hash of what the partial decryptions give, which is %.*s",
		    (int)sizeof(hex), hex);
	}
	return URNE_OK;
}

static enum urne_err (*const admit_action[URNE_NUM_ACTIONS])(struct order_admission *a) = {
    [URNE_ACTION_SEAL] = admit_seal,
    [URNE_ACTION_RELEASE] = admit_release,
};

enum urne_err
urne_admit_order(struct urne_submission *s, const struct urne_order_room *room, int64_t now)
{
	struct order_admission a = {.s = s, .room = room, .now = now};
	enum urne_err e;

	urne_arena_init(&a.arena, ARENA);
	e = urne_board_journal_use(room->board, judge, &a);
	if (e == URNE_OK) {
		e = urne_board_waiting_check(
		    room->board, &a.arena, &s->diag, urne_buf_view(&s->ballot));
	}
	if (e == URNE_OK && admit_action[a.order.action] != NULL) {
		e = admit_action[a.order.action](&a);
	}
	urne_arena_clear(&a.arena);
	return e;
}
