/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots with hints, right and forged. */
#include "tests/unit/support/hinted_case.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "crypto/secret/prove.h"
#include "election/statement.h"
#include "tests/unit/support/check.h"

void
hinted_remake_hints(struct hinted *b, struct ballot_case *f)
{
	size_t len = urne_ballot_num_points(&f->e) * URNE_HINT_LEN;
	char *room;

	urne_buf_reset(&b->hints);
	room = urne_buf_grow(&b->hints, len);
	assert_non_null(room);
	assert_ok(urne_ballot_hints_make((uint8_t *)room, &b->own, &f->e));
	b->hints.len = len;
}

void
hinted_vote(struct hinted *b, struct ballot_case *f, uint64_t *m)
{
	size_t num = urne_ballot_num_points(&f->e);
	struct urne_choices choices = {m, f->e.num_choices};
	struct urne_diag d = {{0}};
	struct urne_hash tracker;

	memset(b, 0, sizeof(*b));
	urne_arena_init(&b->arena, (size_t)1 << 24);
	urne_arena_init(&b->made, (size_t)1 << 24);
	urne_buf_init(&b->text, URNE_MAX_BALLOT);
	urne_buf_init(&b->hints, (size_t)1 << 20);
	assert_ok(
	    urne_ballot_encrypt(&b->text, &tracker, &d, &f->e, &choices, &f->credential, &f->rng));
	assert_ok(urne_ballot_read(&b->own, &b->made, &d, &f->e, urne_buf_view(&b->text)));
	hinted_remake_hints(b, f);
	b->h.sum.point = calloc(num, sizeof(*b->h.sum.point));
	b->h.sum.weight = calloc(num, sizeof(*b->h.sum.weight));
	assert_non_null(b->h.sum.point);
	assert_non_null(b->h.sum.weight);
}

void
hinted_init(struct hinted *b, struct ballot_case *f)
{
	uint64_t m[HINTED_CHOICES] = {0};

	assert_int_equal(f->e.num_choices, HINTED_CHOICES);
	m[urne_rng_below(&f->rng, 3)] = urne_rng_below(&f->rng, 2);
	if (urne_rng_below(&f->rng, 3) == 0) {
		m[3] = 1;
	} else {
		m[4 + urne_rng_below(&f->rng, 3)] = 1;
		m[4 + urne_rng_below(&f->rng, 3)] = 1;
	}
	if (urne_rng_below(&f->rng, 2) == 0) {
		m[7] = m[8] = 1;
		m[9] = urne_rng_below(&f->rng, 2);
	} else {
		m[10] = m[11] = 1;
	}
	hinted_vote(b, f, m);
}

void
hinted_clear(struct hinted *b)
{
	urne_arena_clear(&b->arena);
	urne_arena_clear(&b->made);
	urne_buf_clear(&b->text);
	urne_buf_clear(&b->hints);
	free(b->h.sum.point);
	free(b->h.sum.weight);
}

void
hinted_write(struct hinted *b, struct ballot_case *f, bool sign)
{
	size_t len = urne_ballot_num_points(&f->e) * URNE_HINT_LEN;
	struct urne_buf text;
	struct urne_sha256 h;
	uint8_t *kept = malloc(len);

	assert_non_null(kept);
	urne_buf_init(&text, URNE_MAX_BALLOT);
	if (sign) {
		urne_ballot_write_unsigned(&text, &f->e, &b->own);
		urne_sha256_of(&b->own.hash, urne_buf_view(&text));
		urne_ballot_signature_transcript(&h, &b->own.hash);
		urne_schnorr_prove(f->e.group, &b->own.signature, &f->rng, &f->credential, &h);
		urne_buf_reset(&text);
		memcpy(kept, b->hints.data, len);
		hinted_remake_hints(b, f);
		memcpy(b->hints.data, kept, len - URNE_HINT_LEN);
	}
	free(kept);
	/* what `own` borrows is not of the text that is written over */
	urne_ballot_write(&text, &f->e, &b->own);
	assert_ok(urne_buf_error(&text));
	b->own.election_uuid = f->e.uuid;
	urne_buf_clear(&b->text);
	b->text = text;
}

static void
change(const struct urne_group *g, struct urne_scalar *x, bool minus)
{
	struct urne_scalar one;

	urne_scalar_from_u64(g, &one, 1);
	if (minus) {
		urne_scalar_sub(g, x, x, &one);
	} else {
		urne_scalar_add(g, x, x, &one);
	}
}

/* number: what a forgery changes; for challenges, the first of the two. */
static struct urne_scalar *
number(struct hinted *b, enum forgery which)
{
	struct urne_answer *a = b->own.answers;

	switch (which) {
	case RESPONSE_OF_A_CHOICE:
		return &a[0].individual[2].response;
	case RESPONSE_OF_THE_SUM:
		return &a[0].overall[0].response;
	case RESPONSE_OF_BLANK:
		return &a[1].list_proofs[1].response;
	case RESPONSE_OF_ONE_LIST:
		return &a[2].overall[0].response;
	case RESPONSE_OF_A_LIST:
		return &a[2].list_proofs[3].response;
	case FIRST_RESPONSE_OF_NONZERO:
		return &a[2].nonzero.response[0];
	case SECOND_RESPONSE_OF_NONZERO:
		return &a[2].nonzero.response[1];
	case RESPONSE_OF_THE_SIGNATURE:
		return &b->own.signature.response;
	case CHALLENGES_OF_A_CHOICE:
		return &a[1].individual[4].challenge;
	case CHALLENGES_OF_THE_SUM:
		return &a[1].overall[1].challenge;
	case CHALLENGES_OF_BLANK:
		return &a[1].list_proofs[0].challenge;
	case CHALLENGES_OF_A_LIST:
		return &a[2].list_proofs[2].challenge;
	case NUM_FORGERIES:
		break;
	}
	fail_msg("there is no forgery %d", (int)which);
	return NULL;
}

void
hinted_forge(struct hinted *b, struct ballot_case *f, enum forgery which, bool minus)
{
	const struct urne_group *g = f->e.group;
	struct urne_scalar *x = number(b, which);

	change(g, x, minus);
	if (which >= CHALLENGES_OF_A_CHOICE) {
		struct urne_proof *p = (struct urne_proof *)(void *)x; /* begins with it */

		change(g, &p[1].challenge, !minus);
	}
	hinted_write(b, f, which != RESPONSE_OF_THE_SIGNATURE);
}

struct urne_elem *
hinted_point(struct hinted *b, const struct ballot_case *f, size_t i)
{
	if (i == 0) {
		return &b->own.credential;
	}
	i--;
	for (size_t k = 0; k < f->e.num_questions; k++) {
		size_t num = urne_answer_num_text_points(&f->e.questions[k]);
		struct urne_answer *a = &b->own.answers[k];

		if (i < 2 * urne_question_num_choices(&f->e.questions[k])) {
			return i % 2 == 0 ? &a->choices[i / 2].alpha : &a->choices[i / 2].beta;
		}
		if (i < num) {
			return &a->nonzero.commitment;
		}
		i -= num;
	}
	fail_msg("the ballot has fewer points");
	return NULL;
}

void
hinted_together(struct hinted *b, size_t num, struct ballot_case *f, size_t num_threads)
{
	struct urne_pool *pool = urne_pool_new(num_threads);
	struct urne_hinted_ballot **list = calloc(num, sizeof(*list));
	struct urne_diag d = {{0}};

	assert_non_null(list);
	for (size_t i = 0; i < num; i++) {
		b[i].h.text = urne_buf_view(&b[i].text);
		b[i].h.hints = (const uint8_t *)b[i].hints.data;
		b[i].h.arena = &b[i].arena;
		b[i].h.ballot = &b[i].ballot;
		list[i] = &b[i].h;
	}
	assert_ok(urne_ballots_check_together(list, num, &d, &f->e, pool));
	urne_pool_free(pool);
	free(list);
}

enum urne_err
hinted_exact(struct hinted *b, struct ballot_case *f, struct urne_diag *d)
{
	struct urne_arena arena;
	struct urne_ballot ballot;
	enum urne_err err;

	urne_arena_init(&arena, (size_t)1 << 24);
	err = urne_ballot_read_unproved(&ballot, &arena, d, &f->e, urne_buf_view(&b->text));
	if (err == URNE_OK) {
		err = urne_ballot_check_proofs(&ballot, d, &f->e);
	}
	if (err == URNE_OK) {
		err = urne_ballot_check_signature(&ballot, d, &f->e);
	}
	urne_arena_clear(&arena);
	return err;
}
