/* SPDX-License-Identifier: EUPL-1.2 */
/* From ballots to the result: weights and revotes count as they should, every way of decrypting
 * gives the same counts, and a wrong share, aggregate or count is refused (threats A23, A25,
 * A31). */
#include "tests/unit/support/check.h"

#include <string.h>

#include "base/limits.h"
#include "crypto/secret/prove.h"
#include "election/vote.h"
#include "tally/decrypt.h"
#include "tally/shares.h"
#include "tally/sum.h"
#include "tests/unit/support/tally_case.h"

/* The ciphertexts of a vote; a tally does not look at proofs, which were checked before. */
static struct urne_ballot
vote(struct tally_case *f, const uint64_t m[TALLY_CHOICES])
{
	struct urne_ballot b;
	size_t at = 0;

	memset(&b, 0, sizeof(b));
	assert_ok(urne_ballot_alloc(&b, &f->arena, &f->e));
	for (size_t i = 0; i < f->e.num_questions; i++) {
		for (size_t j = 0; j < urne_question_num_choices(&f->e.questions[i]); j++) {
			struct urne_opening o = {.m = m[at++]};

			urne_encrypt(
			    f->e.group, &b.answers[i].choices[j], &o, &f->rng, &f->e.public_key);
		}
	}
	return b;
}

/*                                              one       two */
static const uint64_t vote_a[TALLY_CHOICES] = {0, 1, 0, 1, 1, 0, 0};
static const uint64_t vote_b[TALLY_CHOICES] = {0, 0, 1, 0, 0, 1, 1};
static const uint64_t vote_blank[TALLY_CHOICES] = {1, 0, 0, 1, 1, 0, 0};

static void
decrypt_one(struct tally_case *f, struct urne_partial_decryption *p, const struct urne_tally *t,
    size_t owner)
{
	assert_ok(urne_partial_make(p, &f->arena, &f->e, t, &f->key[owner - 1], &f->rng));
	assert_ok(urne_partial_check(p, &f->d, &f->e, t, &f->public_key[owner - 1]));
}

/* The combination with the partial decryptions of the owners whose bit is set in `mask`. */
static enum urne_err
combine(struct tally_case *f, struct urne_elem out[TALLY_CHOICES], const struct urne_tally *t,
    unsigned mask)
{
	struct urne_partial_decryption p[4];
	const struct urne_partial_decryption *by_owner[4] = {NULL};

	for (size_t i = 0; i < 4; i++) {
		if ((mask >> i & 1) != 0) {
			decrypt_one(f, &p[i], t, i + 1);
			by_owner[i] = &p[i];
		}
	}
	return urne_combine(out, &f->d, &f->e, &f->trustees, t, by_owner);
}

static void
assert_counts(struct tally_case *f, const struct urne_tally *t, const uint64_t want[TALLY_CHOICES])
{
	struct urne_elem combined[TALLY_CHOICES];
	struct urne_result r;

	assert_ok(combine(f, combined, t, 0xf));
	assert_ok(urne_result_solve(&r, &f->arena, &f->d, &f->e, combined, t->total_weight));
	assert_memory_equal(r.counts, want, TALLY_CHOICES * sizeof(*want));
	assert_ok(urne_result_check(&r, &f->d, &f->e, combined, t->total_weight));
}

static void
weights_and_revotes_count_as_they_should(void **state)
{
	static const struct urne_group *const groups[] = {
	    &urne_group_ed25519, &urne_group_belenios_2048};

	for (size_t k = 0; k < 2; k++) {
		struct tally_case f;
		struct urne_tally t;
		struct urne_ballot a, b, blank;

		tally_case_init(&f, groups[k]);
		a = vote(&f, vote_a);
		b = vote(&f, vote_b);
		blank = vote(&f, vote_blank);
		assert_ok(urne_tally_init(&t, &f.arena, &f.e));
		urne_tally_add(&t, &f.e, &a, 1);
		urne_tally_add(&t, &f.e, &blank, 5);
		urne_tally_add(&t, &f.e, &b, 0);
		assert_counts(&f, &t, (const uint64_t[]){5, 1, 0, 6, 6, 0, 0});
		/* the member with weight 5 votes again */
		urne_tally_remove(&t, &f.e, &blank, 5);
		urne_tally_add(&t, &f.e, &b, 5);
		assert_int_equal(t.num_tallied, 3);
		assert_int_equal(t.total_weight, 6);
		assert_counts(&f, &t, (const uint64_t[]){0, 1, 5, 1, 1, 5, 5});
		tally_case_clear(&f);
	}
}

/* What was added and removed leaves no trace, so the order of revotes does not matter. */
static void
a_ballot_removed_leaves_the_tally_as_it_was(void **state)
{
	struct tally_case f;
	struct urne_tally t, empty;
	struct urne_ballot a;

	tally_case_init(&f, &urne_group_ed25519);
	a = vote(&f, vote_a);
	assert_ok(urne_tally_init(&t, &f.arena, &f.e));
	assert_ok(urne_tally_init(&empty, &f.arena, &f.e));
	urne_tally_add(&t, &f.e, &a, 123456789012);
	assert_false(urne_ciphertext_eq(f.e.group, &t.sum[1], &empty.sum[1]));
	urne_tally_remove(&t, &f.e, &a, 123456789012);
	for (size_t i = 0; i < TALLY_CHOICES; i++) {
		assert_true(urne_ciphertext_eq(f.e.group, &t.sum[i], &empty.sum[i]));
	}
	assert_int_equal(t.num_tallied, 0);
	assert_int_equal(t.total_weight, 0);
	tally_case_clear(&f);
}

static void
any_two_of_three_and_the_single_trustee_give_the_same(void **state)
{
	static const struct {
		unsigned mask;
		enum urne_err e;
	} cases[] = {
	    {0x7, URNE_OK},
	    {0xb, URNE_OK},
	    {0xd, URNE_OK},
	    {0xf, URNE_OK},
	    {0x3, URNE_ERR_INCOMPLETE},
	    {0x1, URNE_ERR_INCOMPLETE},
	    {0xe, URNE_ERR_INCOMPLETE},
	    {0x0, URNE_ERR_INCOMPLETE},
	};
	struct tally_case f;
	struct urne_tally t;
	struct urne_ballot a;
	struct urne_elem first[TALLY_CHOICES], other[TALLY_CHOICES];

	tally_case_init(&f, &urne_group_ed25519);
	a = vote(&f, vote_a);
	assert_ok(urne_tally_init(&t, &f.arena, &f.e));
	urne_tally_add(&t, &f.e, &a, 7);
	assert_ok(combine(&f, first, &t, 0xf));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_err(combine(&f, other, &t, cases[i].mask), cases[i].e);
		for (size_t j = 0; cases[i].e == URNE_OK && j < TALLY_CHOICES; j++) {
			assert_true(urne_elem_eq(f.e.group, &first[j], &other[j]));
		}
	}
	tally_case_clear(&f);
}

static void
a_changed_count_is_refused(void **state)
{
	struct tally_case f;
	struct urne_tally t;
	struct urne_ballot a;
	struct urne_elem combined[TALLY_CHOICES];
	uint64_t counts[TALLY_CHOICES];
	struct urne_result r = {counts};

	tally_case_init(&f, &urne_group_ed25519);
	a = vote(&f, vote_a);
	assert_ok(urne_tally_init(&t, &f.arena, &f.e));
	urne_tally_add(&t, &f.e, &a, 1);
	assert_ok(combine(&f, combined, &t, 0xf));
	for (size_t i = 0; i < TALLY_CHOICES; i++) {
		memcpy(counts, vote_a, sizeof(counts));
		assert_ok(urne_result_check(&r, &f.d, &f.e, combined, 1));
		counts[i] ^= 1;
		assert_err(urne_result_check(&r, &f.d, &f.e, combined, 1), URNE_ERR_MISMATCH);
	}
	tally_case_clear(&f);
}

/* A23: one bad factor or proof anywhere in a partial decryption is found, so it cannot block the
 * tally: the others go on without it. */
static void
a23_invalid_partial_decryption_is_refused_and_the_others_suffice(void **state)
{
	struct tally_case f;
	struct urne_tally t;
	struct urne_ballot a;
	struct urne_partial_decryption p;
	struct urne_elem combined[TALLY_CHOICES];

	tally_case_init(&f, &urne_group_ed25519);
	a = vote(&f, vote_a);
	assert_ok(urne_tally_init(&t, &f.arena, &f.e));
	urne_tally_add(&t, &f.e, &a, 1);
	for (size_t i = 0; i < TALLY_CHOICES; i++) {
		const struct urne_elem *X = &f.public_key[3];
		struct urne_scalar one;

		urne_scalar_from_u64(f.e.group, &one, 1);
		decrypt_one(&f, &p, &t, 4);
		urne_elem_mul(f.e.group, &p.factors[i], &p.factors[i], &f.public_key[0]);
		assert_err(urne_partial_check(&p, &f.d, &f.e, &t, X), URNE_ERR_PROOF);
		decrypt_one(&f, &p, &t, 4);
		urne_scalar_add(f.e.group, &p.proofs[i].response, &p.proofs[i].response, &one);
		assert_err(urne_partial_check(&p, &f.d, &f.e, &t, X), URNE_ERR_PROOF);
		decrypt_one(&f, &p, &t, 4);
		urne_scalar_add(f.e.group, &p.proofs[i].challenge, &p.proofs[i].challenge, &one);
		assert_err(urne_partial_check(&p, &f.d, &f.e, &t, X), URNE_ERR_PROOF);
	}
	/* somebody else's is refused as well */
	decrypt_one(&f, &p, &t, 3);
	assert_err(urne_partial_check(&p, &f.d, &f.e, &t, &f.public_key[3]), URNE_ERR_PROOF);
	/* without owner 4, trustees 2 and 3 of the group suffice */
	assert_ok(combine(&f, combined, &t, 0x7));
	tally_case_clear(&f);
}

/* A17: the proofs of version 1 leave room for a wrong factor that trustee and last voter prepared
 * together; one share more than is needed contradicts it. */
static void
a17_shares_that_contradict_each_other_are_refused(void **state)
{
	struct tally_case f;
	struct urne_tally t;
	struct urne_ballot a;
	struct urne_partial_decryption p[4];
	const struct urne_partial_decryption *by_owner[4];
	struct urne_elem combined[TALLY_CHOICES], base;

	tally_case_init(&f, &urne_group_ed25519);
	a = vote(&f, vote_a);
	assert_ok(urne_tally_init(&t, &f.arena, &f.e));
	urne_tally_add(&t, &f.e, &a, 1);
	for (size_t i = 0; i < 4; i++) {
		decrypt_one(&f, &p[i], &t, i + 1);
		by_owner[i] = &p[i];
	}
	assert_ok(urne_combine(combined, &f.d, &f.e, &f.trustees, &t, by_owner));
	urne_elem_generator(f.e.group, &base);
	for (size_t owner = 2; owner <= 4; owner++) {
		struct urne_elem right = p[owner - 1].factors[2];

		urne_elem_mul(f.e.group, &p[owner - 1].factors[2], &right, &base);
		assert_err(urne_combine(combined, &f.d, &f.e, &f.trustees, &t, by_owner),
		    URNE_ERR_MISMATCH);
		assert_non_null(strstr(f.d.text, "choice 2"));
		p[owner - 1].factors[2] = right;
	}
	tally_case_clear(&f);
}

/* A25: an aggregate that is not the product of the ballots differs from what is recomputed, and
 * partial decryptions made for it do not verify against the right one. */
static void
a25_a_recorded_aggregate_is_not_trusted(void **state)
{
	struct tally_case f;
	struct urne_tally t, recorded;
	struct urne_ballot a, stuffed;
	struct urne_partial_decryption p;
	struct urne_buf one, other;

	tally_case_init(&f, &urne_group_ed25519);
	a = vote(&f, vote_a);
	stuffed = vote(&f, vote_b);
	assert_ok(urne_tally_init(&t, &f.arena, &f.e));
	assert_ok(urne_tally_init(&recorded, &f.arena, &f.e));
	urne_tally_add(&t, &f.e, &a, 1);
	urne_tally_add(&recorded, &f.e, &a, 1);
	urne_tally_add(&recorded, &f.e, &stuffed, 1);
	urne_buf_init(&one, (size_t)1 << 20);
	urne_buf_init(&other, (size_t)1 << 20);
	urne_tally_write(&one, &f.e, &t);
	urne_tally_write(&other, &f.e, &recorded);
	assert_false(urne_view_eq(urne_buf_view(&one), urne_buf_view(&other)));
	decrypt_one(&f, &p, &recorded, 1);
	assert_err(urne_partial_check(&p, &f.d, &f.e, &t, &f.public_key[0]), URNE_ERR_PROOF);
	urne_buf_clear(&one);
	urne_buf_clear(&other);
	tally_case_clear(&f);
}

/* Two hundred ballots in memory: every third is replaced, number i has weight i. */
#define NUM_MANY ((size_t)200)

struct many {
	struct urne_ballot ballots[2];
	size_t next;   /* that is to be loaded */
	size_t bad[2]; /* that cannot be read */
	size_t num_done;
};

static enum urne_err
many_load(void *ctx, struct urne_buf *text, struct urne_diag *d, size_t i)
{
	struct many *m = ctx;

	if (i != m->next++) {
		return urne_fail(d, URNE_ERR_INTERNAL, "ballot %zu is not the next", i);
	}
	urne_buf_put_u64(text, i);
	return urne_buf_error(text);
}

static enum urne_err
many_read(void *ctx, struct urne_counted_ballot *out, struct urne_arena *arena, struct urne_diag *d,
    size_t i, struct urne_view text)
{
	const struct many *m = ctx;
	uint64_t n = 0;

	if (urne_decimal_decode(&n, text, NUM_MANY) != URNE_OK || n != i) {
		return urne_fail(d, URNE_ERR_INTERNAL, "ballot %zu has another's text", i);
	}
	if (i == m->bad[0] || i == m->bad[1]) {
		return urne_fail(d, URNE_ERR_PROOF, "ballot %zu is bad", i);
	}
	*out = (struct urne_counted_ballot){m->ballots[i % 2], i % 3 != 0, i};
	return URNE_OK;
}

static void
many_progress(void *ctx, size_t num)
{
	((struct many *)ctx)->num_done += num;
}

static void
the_sum_is_the_same_on_any_number_of_threads(void **state)
{
	struct tally_case f;
	struct many m = {.bad = {SIZE_MAX, SIZE_MAX}};
	struct urne_tally one, other;

	tally_case_init(&f, &urne_group_ed25519);
	m.ballots[0] = vote(&f, vote_a);
	m.ballots[1] = vote(&f, vote_b);
	assert_ok(urne_tally_init(&one, &f.arena, &f.e));
	for (size_t i = 0; i < NUM_MANY; i++) {
		if (i % 3 != 0) {
			urne_tally_add(&one, &f.e, &m.ballots[i % 2], i);
		}
	}
	for (size_t threads = 1; threads <= 4; threads++) {
		struct urne_pool *pool = urne_pool_new(threads);
		struct urne_ballot_source from = {
		    NUM_MANY, many_load, many_read, many_progress, &m};

		m.next = 0;
		m.num_done = 0;
		assert_ok(urne_tally_sum(&other, &f.arena, &f.d, &f.e, &from, pool));
		urne_pool_free(pool);
		assert_int_equal(m.num_done, NUM_MANY);
		assert_int_equal(other.num_tallied, one.num_tallied);
		assert_int_equal(other.total_weight, one.total_weight);
		for (size_t i = 0; i < TALLY_CHOICES; i++) {
			assert_true(urne_ciphertext_eq(f.e.group, &one.sum[i], &other.sum[i]));
		}
	}
	tally_case_clear(&f);
}

static void
the_sum_names_the_first_ballot_that_cannot_be_read(void **state)
{
	struct tally_case f;
	struct many m = {.bad = {41, 35}};
	struct urne_ballot_source from = {NUM_MANY, many_load, many_read, NULL, &m};
	struct urne_pool *pool = urne_pool_new(3);
	struct urne_tally t;

	tally_case_init(&f, &urne_group_ed25519);
	m.ballots[0] = vote(&f, vote_a);
	m.ballots[1] = vote(&f, vote_b);
	assert_err(urne_tally_sum(&t, &f.arena, &f.d, &f.e, &from, pool), URNE_ERR_PROOF);
	urne_pool_free(pool);
	assert_string_equal(f.d.text, "ballot 35 is bad");
	tally_case_clear(&f);
}

/* A23: whoever hands in rubbish, or comes twice, changes nothing for the others. */
static void
a23_shares_keep_the_right_ones_each_once(void **state)
{
	struct tally_case f;
	struct urne_tally t;
	struct urne_ballot a;
	struct urne_partial_decryption p;
	struct urne_shares shares;
	struct urne_elem *combined = NULL;
	struct urne_buf text;
	size_t max = 0;

	tally_case_init(&f, &urne_group_ed25519);
	f.items[1].threshold.verification_keys =
	    urne_arena_alloc(&f.arena, 3, sizeof(struct urne_trustee_public_key));
	assert_non_null(f.items[1].threshold.verification_keys);
	f.items[0].single.public_key = f.public_key[0];
	for (size_t i = 0; i < 3; i++) {
		f.items[1].threshold.verification_keys[i].public_key = f.public_key[i + 1];
	}
	a = vote(&f, vote_a);
	assert_ok(urne_tally_init(&t, &f.arena, &f.e));
	urne_tally_add(&t, &f.e, &a, 1);
	urne_shares_init(&shares, &f.arena, &f.e, &f.trustees, &t);
	urne_buf_init(&text, (size_t)1 << 20);
	for (size_t owner = 1; owner <= 3; owner++) {
		decrypt_one(&f, &p, &t, owner);
		urne_buf_reset(&text);
		urne_partial_write(&text, &f.e, &p);
		/* numbers are a digit or two shorter now and then, never longer */
		assert_ok(urne_partial_max_len(&max, &f.e));
		assert_in_range(text.len, max - 4 * f.e.num_choices, max);
		/* in the name of another */
		assert_err(urne_shares_add(&shares, &f.d, owner + 1, urne_buf_view(&text)),
		    URNE_ERR_PROOF);
		assert_err(urne_shares_combine(&shares, &combined, &f.d), URNE_ERR_INCOMPLETE);
		assert_ok(urne_shares_add(&shares, &f.d, owner, urne_buf_view(&text)));
		assert_err(urne_shares_add(&shares, &f.d, owner, urne_buf_view(&text)),
		    URNE_ERR_DUPLICATE);
	}
	assert_err(urne_shares_add(&shares, &f.d, 0, urne_buf_view(&text)), URNE_ERR_UNKNOWN);
	assert_err(urne_shares_add(&shares, &f.d, 5, urne_buf_view(&text)), URNE_ERR_UNKNOWN);
	assert_ok(urne_shares_combine(&shares, &combined, &f.d));
	assert_ok(urne_result_check(
	    &(struct urne_result){(uint64_t[]){0, 1, 0, 1, 1, 0, 0}}, &f.d, &f.e, combined, 1));
	urne_buf_clear(&text);
	tally_case_clear(&f);
}

/* A31: the logarithm is looked for up to the total weight and no further; counts above it are
 * refused though they would fit the ciphertext; the largest weight allowed still counts. */
static void
a31_logarithms_are_bounded_by_the_total_weight(void **state)
{
	struct tally_case f;
	struct urne_elem combined[TALLY_CHOICES];
	uint64_t counts[TALLY_CHOICES] = {0};
	struct urne_result r = {counts}, solved;
	static const uint64_t weight = 1000000007;

	tally_case_init(&f, &urne_group_ed25519);
	for (size_t i = 0; i < TALLY_CHOICES; i++) {
		urne_elem_base_u64(f.e.group, &combined[i], 0);
	}
	urne_elem_base_u64(f.e.group, &combined[2], weight);
	assert_ok(urne_result_solve(&solved, &f.arena, &f.d, &f.e, combined, weight));
	assert_int_equal(solved.counts[2], weight);
	assert_int_equal(solved.counts[0], 0);
	assert_err(
	    urne_result_solve(&solved, &f.arena, &f.d, &f.e, combined, weight - 1), URNE_ERR_RANGE);
	counts[2] = weight;
	assert_ok(urne_result_check(&r, &f.d, &f.e, combined, weight));
	assert_err(urne_result_check(&r, &f.d, &f.e, combined, weight - 1), URNE_ERR_RANGE);
	/* a negative count: g^-1 has no logarithm in the range */
	urne_elem_generator(f.e.group, &combined[1]);
	urne_elem_inv(f.e.group, &combined[1], &combined[1]);
	assert_err(
	    urne_result_solve(&solved, &f.arena, &f.d, &f.e, combined, 1000), URNE_ERR_RANGE);
	/* the largest weight: one ballot of 10^12 */
	urne_elem_generator(f.e.group, &combined[1]);
	urne_elem_pow_u64(f.e.group, &combined[1], &combined[1], URNE_MAX_TOTAL_WEIGHT);
	counts[1] = URNE_MAX_TOTAL_WEIGHT;
	assert_ok(urne_result_check(&r, &f.d, &f.e, combined, URNE_MAX_TOTAL_WEIGHT));
	tally_case_clear(&f);
}

static void
records_are_read_as_they_are_written(void **state)
{
	struct tally_case f;
	struct urne_tally t, t2;
	struct urne_ballot a;
	struct urne_partial_decryption p, p2;
	struct urne_buf one, other;

	tally_case_init(&f, &urne_group_belenios_2048);
	a = vote(&f, vote_a);
	assert_ok(urne_tally_init(&t, &f.arena, &f.e));
	urne_tally_add(&t, &f.e, &a, 3);
	urne_buf_init(&one, (size_t)1 << 20);
	urne_buf_init(&other, (size_t)1 << 20);
	urne_tally_write(&one, &f.e, &t);
	assert_ok(urne_tally_read(&t2, &f.arena, &f.d, &f.e, urne_buf_view(&one)));
	urne_tally_write(&other, &f.e, &t2);
	assert_true(urne_view_eq(urne_buf_view(&one), urne_buf_view(&other)));
	/* one byte less is no tally */
	assert_err(
	    urne_tally_read(&t2, &f.arena, &f.d, &f.e, (struct urne_view){one.data, one.len - 1}),
	    URNE_ERR_SYNTAX);
	urne_buf_reset(&one);
	urne_buf_reset(&other);
	decrypt_one(&f, &p, &t, 2);
	urne_partial_write(&one, &f.e, &p);
	assert_ok(urne_partial_read(&p2, &f.arena, &f.d, &f.e, urne_buf_view(&one)));
	assert_ok(urne_partial_check(&p2, &f.d, &f.e, &t, &f.public_key[1]));
	urne_partial_write(&other, &f.e, &p2);
	assert_true(urne_view_eq(urne_buf_view(&one), urne_buf_view(&other)));
	urne_buf_clear(&one);
	urne_buf_clear(&other);
	tally_case_clear(&f);
}

static void
small_records_have_one_form_only(void **state)
{
	static const char sized[] =
	    "{\"num_tallied\":3,\"total_weight\":\"1073741824\",\"encrypted_tally\":\""
	    "00000000000000000000000000000000000000000000000000000000000000ff\"}";
	static const char owned[] =
	    "{\"owner\":3,\"payload\":\""
	    "00000000000000000000000000000000000000000000000000000000000000ff\"}";
	static const char *const results[] = {
	    "{\"result\":[[0,1,2],[[3,4],[5,\"1000000000000\"]]]}",
	    "{\"result\":[[0,1,2],[[3,4],[5,1073741823]]]}",
	};
	static const char *const bad[] = {
	    "{\"result\":[[0,1,2],[[3,4],[5,\"6\"]]]}",
	    "{\"result\":[[0,1,2],[[3,4],[5,1073741824]]]}",
	    "{\"result\":[[0,1,2],[[3,4],[5,\"1000000000001\"]]]}",
	    "{\"result\":[[0,1,2],[[3,4],[5,-1]]]}",
	    "{\"result\":[[0,1,2],[[3,4],[5]]]}",
	    "{\"result\":[[0,1],[2,3,4],[5,6]]}",
	    "{\"result\":[[0,1,2],[[3,4],[5,6]]]} ",
	};
	struct tally_case f;
	struct urne_buf out;
	struct urne_sized_tally s;
	struct urne_owned o;
	struct urne_result r;

	tally_case_init(&f, &urne_group_ed25519);
	urne_buf_init(&out, (size_t)1 << 16);
	assert_ok(urne_sized_tally_read(&s, &f.d, urne_view_of(sized)));
	urne_sized_tally_write(&out, &s);
	assert_true(urne_view_is(urne_buf_view(&out), sized));
	urne_buf_reset(&out);
	assert_ok(urne_owned_read(&o, &f.d, urne_view_of(owned)));
	urne_owned_write(&out, &o);
	assert_true(urne_view_is(urne_buf_view(&out), owned));
	for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++) {
		urne_buf_reset(&out);
		assert_ok(urne_result_read(&r, &f.arena, &f.d, &f.e, urne_view_of(results[i])));
		urne_result_write(&out, &f.e, &r);
		assert_true(urne_view_is(urne_buf_view(&out), results[i]));
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		enum urne_err e = urne_result_read(&r, &f.arena, &f.d, &f.e, urne_view_of(bad[i]));

		if (e == URNE_OK || urne_err_is_ours(e)) {
			fail_msg("%s: %s", bad[i], urne_err_name(e));
		}
	}
	urne_buf_clear(&out);
	tally_case_clear(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(weights_and_revotes_count_as_they_should),
	    cmocka_unit_test(a_ballot_removed_leaves_the_tally_as_it_was),
	    cmocka_unit_test(any_two_of_three_and_the_single_trustee_give_the_same),
	    cmocka_unit_test(a_changed_count_is_refused),
	    cmocka_unit_test(a17_shares_that_contradict_each_other_are_refused),
	    cmocka_unit_test(a23_invalid_partial_decryption_is_refused_and_the_others_suffice),
	    cmocka_unit_test(a25_a_recorded_aggregate_is_not_trusted),
	    cmocka_unit_test(the_sum_is_the_same_on_any_number_of_threads),
	    cmocka_unit_test(the_sum_names_the_first_ballot_that_cannot_be_read),
	    cmocka_unit_test(a23_shares_keep_the_right_ones_each_once),
	    cmocka_unit_test(a31_logarithms_are_bounded_by_the_total_weight),
	    cmocka_unit_test(records_are_read_as_they_are_written),
	    cmocka_unit_test(small_records_have_one_form_only),
	};

	return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
