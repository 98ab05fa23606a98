/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: with hints the same ballots are good as without. Honest ones always are; a forgery in
 * which only a linear equation is false is found, alone and among others; and hints that are not
 * the right ones, whatever they are, neither make a ballot good nor bad. URNE_HINTED_RUNS: how many
 * honest ones (make check-long: 100,000). */
#include "tests/unit/support/check.h"

#include <stdlib.h>
#include <string.h>

#include "crypto/secret/prove.h"
#include "election/hinted_room.h"
#include "election/statement.h"
#include "tests/unit/support/hint_damage.h"
#include "tests/unit/support/hinted_case.h"

#define AMONG ((size_t)16)

static void
begin(struct ballot_case *f)
{
	struct urne_diag d = {{0}};

	ballot_case_init(f, &urne_group_ed25519, BALLOT_CASE_QUESTIONS);
	assert_ok(urne_election_prepare(&f->e, &f->arena, &d));
}

/* Alone, by the batch: true says that nothing was left to the exact check. */
static bool
good(struct hinted *b, struct ballot_case *f)
{
	hinted_together(b, 1, f, 1);
	return b->h.good;
}

static void
honest_ballots_never_fail(void **state)
{
	const char *wanted = getenv("URNE_HINTED_RUNS");
	size_t runs = wanted != NULL ? strtoul(wanted, NULL, 10) : 400;
	struct hinted b[AMONG];
	struct ballot_case f;

	begin(&f);
	for (size_t i = 0; i < AMONG; i++) {
		hinted_init(&b[i], &f);
	}
	/* new coefficients every time, and now and then new ballots */
	for (size_t i = 0; i < runs; i += AMONG) {
		hinted_together(b, AMONG, &f, 1 + i / AMONG % 3);
		for (size_t k = 0; k < AMONG; k++) {
			struct urne_diag d = {{0}};

			assert_true(b[k].h.good);
			assert_true(urne_elem_eq(
			    f.e.group, &b[k].h.ballot->credential, &b[k].own.credential));
			if (i < AMONG) {
				assert_ok(hinted_exact(&b[k], &f, &d));
			}
		}
		hinted_clear(&b[i / AMONG % AMONG]);
		hinted_init(&b[i / AMONG % AMONG], &f);
	}
	for (size_t i = 0; i < AMONG; i++) {
		hinted_clear(&b[i]);
	}
	ballot_case_clear(&f);
}

/* read_hinted: by its hints, which are points of the curve. */
static enum urne_err
read_hinted(struct urne_hinted_room *r, struct hinted *b, struct ballot_case *f)
{
	const uint8_t *hints = (const uint8_t *)b->hints.data;
	struct urne_known_elems known = {.num = urne_ballot_num_text_points(&f->e)};

	assert_ok(urne_hinted_room_init(r, &f->e, 1));
	assert_true(urne_hinted_room_open(r, 0, &hints, &b->h.sum.point, 1));
	known.elem = urne_hinted_room_elems(r, 0);
	urne_arena_reset(&b->arena);
	return urne_ballot_read_known(
	    &b->ballot, &b->arena, &f->e, urne_buf_view(&b->text), &known);
}

/* Everything but the equations is right: the first half of the check says so. */
static void
assert_only_the_equations_are_false(struct hinted *b, struct ballot_case *f)
{
	struct urne_hinted_room r;
	struct urne_coefficients c;
	struct urne_hash seed = {{7}};
	struct urne_ballot *read = &b->ballot;
	bool agree = false;

	urne_coefficients_init(&c, &seed, 0);
	assert_ok(read_hinted(&r, b, f));
	urne_ballots_hash(&read, &(const struct urne_sha256 *){NULL}, 1);
	assert_ok(urne_equations_make(
	    &r.equations, &b->h.sum, &c, &b->ballot, urne_hinted_room_encodings(&r, 0), &agree));
	assert_ok(urne_equations_settle(&r.equations));
	assert_true(agree);
	urne_hinted_room_clear(&r);
}

static void
a_forgery_in_which_only_an_equation_is_false_is_found_alone_and_among_others(void **state)
{
	struct hinted b[AMONG];
	struct ballot_case f;

	begin(&f);
	for (size_t i = 0; i < AMONG; i++) {
		hinted_init(&b[i], &f);
	}
	for (size_t run = 0; run < 5 * NUM_FORGERIES; run++) {
		size_t at = run % AMONG;
		struct urne_diag d = {{0}};

		hinted_forge(&b[at], &f, (enum forgery)(run % NUM_FORGERIES), run % 2 != 0);
		assert_only_the_equations_are_false(&b[at], &f);
		assert_false(good(&b[at], &f));
		assert_err(hinted_exact(&b[at], &f, &d), URNE_ERR_PROOF);
		hinted_together(b, AMONG, &f, 2);
		for (size_t i = 0; i < AMONG; i++) {
			assert_int_equal(b[i].h.good, i != at);
		}
		hinted_clear(&b[at]);
		hinted_init(&b[at], &f);
	}
	for (size_t i = 0; i < AMONG; i++) {
		hinted_clear(&b[i]);
	}
	ballot_case_clear(&f);
}

/* The hints are those that the equations ask for: all of them hold, and a hash does not. */
static void
a_challenge_that_is_not_the_hash_is_found(void **state)
{
	struct ballot_case f;

	begin(&f);
	for (size_t which = 0; which < NUM_FORGERIES; which++) {
		struct hinted b;
		struct urne_diag d = {{0}};

		hinted_init(&b, &f);
		hinted_forge(&b, &f, (enum forgery)which, false);
		hinted_remake_hints(&b, &f);
		assert_false(good(&b, &f));
		assert_err(hinted_exact(&b, &f, &d), URNE_ERR_PROOF);
		hinted_clear(&b);
	}
	ballot_case_clear(&f);
}

/* In groups of eight, whose challenges are settled together. */
static void
a_challenge_that_is_not_the_hash_harms_no_other_ballot(void **state)
{
	struct hinted b[AMONG];
	struct ballot_case f;

	begin(&f);
	for (size_t i = 0; i < AMONG; i++) {
		hinted_init(&b[i], &f);
	}
	for (size_t at = 0; at < AMONG; at++) {
		hinted_forge(&b[at], &f, (enum forgery)(at % NUM_FORGERIES), false);
		hinted_remake_hints(&b[at], &f);
		hinted_together(b, AMONG, &f, 1);
		for (size_t i = 0; i < AMONG; i++) {
			assert_int_equal(b[i].h.good, i != at);
		}
		hinted_clear(&b[at]);
		hinted_init(&b[at], &f);
	}
	/* and in every other one, another challenge each */
	for (size_t at = 0; at < AMONG; at += 2) {
		hinted_forge(&b[at], &f, (enum forgery)(at % NUM_FORGERIES), true);
		hinted_remake_hints(&b[at], &f);
	}
	hinted_together(b, AMONG, &f, 1);
	for (size_t i = 0; i < AMONG; i++) {
		assert_int_equal(b[i].h.good, i % 2 == 1);
		hinted_clear(&b[i]);
	}
	ballot_case_clear(&f);
}

/* The credential signed another hash than that of the ballot, and rightly. */
static void
a_signature_of_another_hash_is_found(void **state)
{
	struct ballot_case f;
	struct hinted b;
	struct urne_diag d = {{0}};
	struct urne_sha256 h;

	begin(&f);
	hinted_init(&b, &f);
	b.own.hash.b[3] ^= 1;
	urne_ballot_signature_transcript(&h, &b.own.hash);
	urne_schnorr_prove(f.e.group, &b.own.signature, &f.rng, &f.credential, &h);
	hinted_write(&b, &f, false);
	hinted_remake_hints(&b, &f);
	assert_false(good(&b, &f));
	assert_err(hinted_exact(&b, &f, &d), URNE_ERR_MISMATCH);
	hinted_clear(&b);
	ballot_case_clear(&f);
}

/* Equal coefficients would add to nothing: one response is larger by 1, another smaller by 1. */
static void
two_forgeries_that_cancel_are_both_found(void **state)
{
	struct ballot_case f;

	begin(&f);
	for (size_t which = 0; which < NUM_FORGERIES; which++) {
		struct hinted b[2];

		for (size_t i = 0; i < 2; i++) {
			hinted_init(&b[i], &f);
			hinted_forge(&b[i], &f, (enum forgery)which, i == 1);
		}
		hinted_together(b, 2, &f, 1);
		for (size_t i = 0; i < 2; i++) {
			assert_false(b[i].h.good);
			hinted_clear(&b[i]);
		}
	}
	ballot_case_clear(&f);
}

/* In one ballot: the response of one choice + 1, of another - 1, both times for g and y. */
static void
two_equations_of_one_ballot_that_cancel_are_found(void **state)
{
	struct ballot_case f;
	struct hinted b;
	struct urne_scalar one, *up, *down;

	begin(&f);
	hinted_init(&b, &f);
	urne_scalar_from_u64(f.e.group, &one, 1);
	up = &b.own.answers[0].individual[0].response;
	down = &b.own.answers[0].individual[3].response;
	urne_scalar_add(f.e.group, up, up, &one);
	urne_scalar_sub(f.e.group, down, down, &one);
	hinted_write(&b, &f, true);
	assert_only_the_equations_are_false(&b, &f);
	assert_false(good(&b, &f));
	hinted_clear(&b);
	ballot_case_clear(&f);
}

static void
one_bad_ballot_among_many_is_the_only_one_left_over(void **state)
{
	enum { MANY = 150 };
	struct hinted *b = calloc(MANY, sizeof(*b));
	struct ballot_case f;

	assert_non_null(b);
	begin(&f);
	for (size_t i = 0; i < MANY; i++) {
		hinted_init(&b[i], &f);
	}
	hinted_forge(&b[97], &f, RESPONSE_OF_THE_SUM, false);
	hinted_together(b, MANY, &f, 2);
	for (size_t i = 0; i < MANY; i++) {
		assert_int_equal(b[i].h.good, i != 97);
	}
	/* and a few more, of which two stand beside each other */
	hinted_forge(&b[0], &f, RESPONSE_OF_THE_SIGNATURE, false);
	hinted_forge(&b[96], &f, CHALLENGES_OF_THE_SUM, true);
	hinted_forge(&b[MANY - 1], &f, RESPONSE_OF_BLANK, true);
	hinted_together(b, MANY, &f, 2);
	for (size_t i = 0; i < MANY; i++) {
		bool bad = i == 0 || i == 96 || i == 97 || i == MANY - 1;

		assert_int_equal(b[i].h.good, !bad);
		hinted_clear(&b[i]);
	}
	free(b);
	ballot_case_clear(&f);
}

enum damage {
	HINT_OFF_THE_CURVE, /* which spoils the opening of all that are opened with it */
	HINT_OF_ANOTHER_POINT,
	TEXT_OF_ANOTHER_POINT,
	TEXT_OF_ANOTHER_NUMBER,
	NUM_DAMAGES,
};

/* damage: what is done once is undone the second time. `at` says where in the ballot. */
static void
damage(struct hinted *b, const struct ballot_case *f, enum damage kind, size_t at)
{
	static const char point[] = "\"alpha\":\"", number[] = "\"response\":\"";
	const char *before = kind == TEXT_OF_ANOTHER_POINT ? point : number;
	uint8_t kept[URNE_HINT_LEN], *hint = (uint8_t *)b->hints.data;
	char *place = b->text.data;

	hint += at % (urne_ballot_num_points(&f->e) - 1) * URNE_HINT_LEN;
	switch (kind) {
	case HINT_OFF_THE_CURVE:
		hint[at % URNE_HINT_LEN] ^= 1;
		return;
	case HINT_OF_ANOTHER_POINT:
		memcpy(kept, hint, sizeof(kept));
		memcpy(hint, hint + URNE_HINT_LEN, sizeof(kept));
		memcpy(hint + URNE_HINT_LEN, kept, sizeof(kept));
		return;
	case TEXT_OF_ANOTHER_POINT:
	case TEXT_OF_ANOTHER_NUMBER:
		for (size_t i = 0; i <= at % 5; i++) {
			place = memmem(place, (size_t)(b->text.data + b->text.len - place), before,
			    strlen(before));
			assert_non_null(place);
			place += strlen(before);
		}
		place[at % 30 + 1] ^= 1; /* another digit */
		return;
	case NUM_DAMAGES:
		break;
	}
	fail_msg("there is no damage %d", (int)kind);
}

static void
assert_all_good_but(struct hinted *b, size_t num, struct ballot_case *f, size_t bad)
{
	for (size_t threads = 1; threads <= 2; threads++) {
		hinted_together(b, num, f, threads);
		for (size_t i = 0; i < num; i++) {
			assert_int_equal(b[i].h.good, i != bad);
		}
	}
}

/* Ballots are opened, read and hashed in groups of eight. */
static void
damage_is_to_one_ballot_only_wherever_it_stands_in_a_group(void **state)
{
	static const size_t sizes[] = {1, 7, 8, 9, 15, 16, 17};
	struct hinted b[17];
	struct ballot_case f;

	begin(&f);
	for (size_t i = 0; i < 17; i++) {
		hinted_init(&b[i], &f);
	}
	for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
		size_t num = sizes[k];

		assert_all_good_but(b, num, &f, num);
		for (size_t i = 0; i < num * NUM_DAMAGES; i++) {
			enum damage kind = (enum damage)(i % NUM_DAMAGES);
			size_t bad = i / NUM_DAMAGES;

			damage(&b[bad], &f, kind, 7 * i + num);
			assert_all_good_but(b, num, &f, bad);
			damage(&b[bad], &f, kind, 7 * i + num);
		}
	}
	/* and to every other one, in a different way each */
	for (size_t i = 0; i < 17; i += 2) {
		damage(&b[i], &f, (enum damage)(i / 2 % NUM_DAMAGES), i);
	}
	hinted_together(b, 17, &f, 1);
	for (size_t i = 0; i < 17; i++) {
		assert_int_equal(b[i].h.good, i % 2 == 1);
		hinted_clear(&b[i]);
	}
	ballot_case_clear(&f);
}

static void
torsion_in_a_hint_is_harmless_wherever_it_stands(void **state)
{
	struct ballot_case f;
	struct hinted b;

	begin(&f);
	hinted_init(&b, &f);
	for (size_t i = 0; i < urne_ballot_num_points(&f.e); i++) {
		hint_add_torsion((uint8_t *)b.hints.data + i * URNE_HINT_LEN);
		assert_true(good(&b, &f));
	}
	hinted_clear(&b);
	ballot_case_clear(&f);
}

/* The first half of the check says that the text has another element than the hints. */
static void
assert_not_read(struct hinted *b, struct ballot_case *f)
{
	struct urne_hinted_room r;

	assert_err(read_hinted(&r, b, f), URNE_ERR_GROUP);
	urne_hinted_room_clear(&r);
}

static void
a4_torsion_in_a_ciphertext_or_credential_is_not_good_whatever_the_hints_say(void **state)
{
	struct ballot_case f;
	struct urne_elem t;

	begin(&f);
	hint_torsion(&t);
	for (size_t i = 0; i < urne_ballot_num_text_points(&f.e); i++) {
		struct hinted b;
		struct urne_diag d = {{0}};
		struct urne_elem *place;

		hinted_init(&b, &f);
		place = hinted_point(&b, &f, i);
		urne_elem_mul(f.e.group, place, place, &t);
		hinted_write(&b, &f, false);
		for (size_t k = 0; k < 8; k++) {
			assert_not_read(&b, &f);
			assert_false(good(&b, &f));
			hint_add_torsion((uint8_t *)b.hints.data + i * URNE_HINT_LEN);
		}
		assert_err(hinted_exact(&b, &f, &d), URNE_ERR_GROUP);
		hinted_clear(&b);
	}
	ballot_case_clear(&f);
}

/* The prover hashes A + T where A would be right; the exact check refuses, and so no hint helps. */
static void
a_commitment_with_torsion_that_was_hashed_is_not_good(void **state)
{
	struct ballot_case f;
	struct hinted b;
	struct urne_diag d = {{0}};
	struct urne_elem A, t;
	struct urne_sha256 h;
	struct urne_hash hash;
	struct urne_scalar x;
	char text[URNE_TEXT_MAX];

	begin(&f);
	hinted_init(&b, &f);
	/* a signature by hand, whose credential is g: A = g^5 + T */
	urne_elem_generator(f.e.group, &b.own.credential);
	hinted_write(&b, &f, true);
	urne_elem_base_u64(f.e.group, &A, 5);
	hint_torsion(&t);
	urne_elem_mul(f.e.group, &A, &A, &t);
	urne_ballot_signature_transcript(&h, &b.own.hash);
	urne_sha256_put(&h, text, urne_elem_encode(f.e.group, text, &A));
	urne_sha256_final(&h, &hash);
	urne_scalar_from_hash(f.e.group, &b.own.signature.challenge, &hash);
	urne_scalar_from_u64(f.e.group, &x, 5);
	urne_scalar_sub(f.e.group, &b.own.signature.response, &x, &b.own.signature.challenge);
	hinted_write(&b, &f, false);
	assert_err(hinted_exact(&b, &f, &d), URNE_ERR_PROOF);
	assert_false(good(&b, &f));
	for (size_t i = 0; i < 8; i++) {
		hint_add_torsion((uint8_t *)b.hints.data + b.hints.len - URNE_HINT_LEN);
		assert_false(good(&b, &f));
	}
	hinted_clear(&b);
	ballot_case_clear(&f);
}

static void
hints_off_the_curve_swapped_or_of_another_ballot_leave_it_to_the_exact_check(void **state)
{
	struct ballot_case f;
	struct hinted b, other;
	struct urne_diag d = {{0}};
	size_t num;

	begin(&f);
	num = urne_ballot_num_points(&f.e);
	hinted_init(&b, &f);
	hinted_init(&other, &f);
	for (size_t i = 0; i < num; i++) {
		uint8_t *hint = (uint8_t *)b.hints.data + i * URNE_HINT_LEN,
			kept[2 * URNE_HINT_LEN];
		size_t with = (i + 1) % num;
		uint8_t *next = (uint8_t *)b.hints.data + with * URNE_HINT_LEN;

		memcpy(kept, hint, URNE_HINT_LEN);
		memcpy(kept + URNE_HINT_LEN, next, URNE_HINT_LEN);
		hint[i % URNE_HINT_LEN] ^= 1;
		assert_false(good(&b, &f));
		memcpy(hint, next, URNE_HINT_LEN);
		memcpy(next, kept, URNE_HINT_LEN);
		assert_false(good(&b, &f));
		memcpy(next, kept + URNE_HINT_LEN, URNE_HINT_LEN);
		/* the credential is the same in both */
		memcpy(hint, other.hints.data + i * URNE_HINT_LEN, URNE_HINT_LEN);
		assert_int_equal(good(&b, &f), i == 0);
		memset(hint, 0, URNE_HINT_LEN);
		assert_false(good(&b, &f));
		hint[32] = 1; /* the identity */
		assert_false(good(&b, &f));
		memcpy(hint, kept, URNE_HINT_LEN);
		assert_true(good(&b, &f));
	}
	assert_ok(hinted_exact(&b, &f, &d));
	hinted_clear(&b);
	hinted_clear(&other);
	ballot_case_clear(&f);
}

/* The same ballot twice: no weight is what it was before. */
static void
a_ballot_gets_other_weights_in_every_try(void **state)
{
	struct ballot_case f;
	struct hinted b;
	struct urne_elem *elem;
	uint64_t(*before)[4];
	size_t num;

	begin(&f);
	num = urne_ballot_num_points(&f.e);
	elem = calloc(num, sizeof(*elem));
	before = calloc(num, sizeof(*before));
	assert_non_null(elem);
	assert_non_null(before);
	hinted_init(&b, &f);
	for (int run = 0; run < 2; run++) {
		assert_true(good(&b, &f));
		/* used up: what the digits were made of */
		for (size_t i = 0; i < num; i++) {
			assert_memory_not_equal(b.h.sum.weight[i], before[i], sizeof(before[i]));
		}
		memcpy(before, b.h.sum.weight, num * sizeof(*before));
	}
	hinted_clear(&b);
	free(elem);
	free(before);
	ballot_case_clear(&f);
}

static void
hints_serve_homomorphic_and_lists_questions_in_ed25519_only(void **state)
{
	struct ballot_case f;

	begin(&f);
	/* credential; 7 choices; 5 choices and A0 */
	assert_int_equal(urne_ballot_num_text_points(&f.e), 1 + 14 + 11);
	/* (7 + 1) proofs of 2, 3 of the sum and blank, 2 of blank; 5 of 2, one list, 2 of 2, A1 and
	 * A2; signature */
	assert_int_equal(
	    urne_ballot_num_points(&f.e), 26 + 2 * (14 + 2 + 3 + 2) + 2 * (10 + 1 + 4 + 1) + 1);
	ballot_case_clear(&f);
	ballot_case_init(&f, &urne_group_belenios_2048, BALLOT_CASE_QUESTIONS);
	assert_int_equal(urne_ballot_num_points(&f.e), 0);
	ballot_case_clear(&f);
	ballot_case_init(&f, &urne_group_ed25519,
	    "[{\"type\":\"NonHomomorphic\",\"value\":{\"answers\":[\"A\",\"B\"],\"question\":\"q\"}"
	    "}]");
	assert_int_equal(urne_ballot_num_points(&f.e), 0);
	ballot_case_clear(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hints_serve_homomorphic_and_lists_questions_in_ed25519_only),
	    cmocka_unit_test(honest_ballots_never_fail),
	    cmocka_unit_test(
		a_forgery_in_which_only_an_equation_is_false_is_found_alone_and_among_others),
	    cmocka_unit_test(a_challenge_that_is_not_the_hash_is_found),
	    cmocka_unit_test(a_challenge_that_is_not_the_hash_harms_no_other_ballot),
	    cmocka_unit_test(a_signature_of_another_hash_is_found),
	    cmocka_unit_test(two_forgeries_that_cancel_are_both_found),
	    cmocka_unit_test(two_equations_of_one_ballot_that_cancel_are_found),
	    cmocka_unit_test(one_bad_ballot_among_many_is_the_only_one_left_over),
	    cmocka_unit_test(damage_is_to_one_ballot_only_wherever_it_stands_in_a_group),
	    cmocka_unit_test(torsion_in_a_hint_is_harmless_wherever_it_stands),
	    cmocka_unit_test(
		a4_torsion_in_a_ciphertext_or_credential_is_not_good_whatever_the_hints_say),
	    cmocka_unit_test(a_commitment_with_torsion_that_was_hashed_is_not_good),
	    cmocka_unit_test(
		hints_off_the_curve_swapped_or_of_another_ballot_leave_it_to_the_exact_check),
	    cmocka_unit_test(a_ballot_gets_other_weights_in_every_try),
	};

	return cmocka_run_group_tests_name("ballots with hints", tests, NULL, NULL);
}
