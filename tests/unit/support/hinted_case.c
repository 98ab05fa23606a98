/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots with hints, right and forged. */
#include "tests/unit/support/hinted_case.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "crypto/secret/prove.h"
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
hinted_init(struct hinted *b, struct ballot_case *f)
{
	size_t num = urne_ballot_num_points(&f->e);
	struct urne_diag d = {{0}};
	struct urne_hash tracker;
	uint64_t m[7] = {0};
	struct urne_choices choices = {m, f->e.num_choices};

	memset(b, 0, sizeof(*b));
	urne_arena_init(&b->arena, (size_t)1 << 24);
	urne_arena_init(&b->made, (size_t)1 << 24);
	urne_buf_init(&b->text, URNE_MAX_BALLOT);
	urne_buf_init(&b->hints, (size_t)1 << 20);
	assert_int_equal(f->e.num_choices, 7);
	m[urne_rng_below(&f->rng, 3)] = urne_rng_below(&f->rng, 2);
	if (urne_rng_below(&f->rng, 3) == 0) {
		m[3] = 1;
	} else {
		m[4 + urne_rng_below(&f->rng, 3)] = 1;
		m[4 + urne_rng_below(&f->rng, 3)] = 1;
	}
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

void
hinted_forge(struct hinted *b, struct ballot_case *f, enum forgery which, bool minus)
{
	const struct urne_group *g = f->e.group;
	struct urne_proof *proof[NUM_FORGERIES] = {
	    [RESPONSE_OF_A_CHOICE] = &b->own.answers[0].individual[2],
	    [RESPONSE_OF_THE_SUM] = &b->own.answers[0].overall[0],
	    [RESPONSE_OF_BLANK] = &b->own.answers[1].list_proofs[1],
	    [RESPONSE_OF_THE_SIGNATURE] = &b->own.signature,
	    [CHALLENGES_OF_A_CHOICE] = &b->own.answers[1].individual[4],
	    [CHALLENGES_OF_THE_SUM] = &b->own.answers[1].overall[1],
	    [CHALLENGES_OF_BLANK] = &b->own.answers[1].list_proofs[0],
	};
	struct urne_proof *p = proof[which];

	if (which < CHALLENGES_OF_A_CHOICE) {
		change(g, &p->response, minus);
	} else {
		change(g, &p[0].challenge, minus);
		change(g, &p[1].challenge, !minus);
	}
	hinted_write(b, f, which != RESPONSE_OF_THE_SIGNATURE);
}

void
hinted_together(struct hinted *b, size_t num, struct ballot_case *f, size_t num_threads)
{
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
	assert_ok(urne_ballots_check_together(list, num, &d, &f->e, num_threads));
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
