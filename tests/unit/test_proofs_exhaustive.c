/* SPDX-License-Identifier: EUPL-1.2 */
/* In groups of order 11 every challenge and response is tried: exactly those verify that a second,
 * naive computation on small integers says. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "crypto/challenges.h"
#include "crypto/proof.h"
#include "crypto/secret/prove.h"
#include "tests/unit/support/tiny_group.h"
#include "tests/unit/support/or_verify.h"

#define Q 11

static const struct urne_group *const tiny[] = {&tiny_safe, &tiny_cofactor};

/* g^n as a plain number, by repeated multiplication. */
static unsigned
power(const struct urne_group *g, unsigned n)
{
	unsigned p = (unsigned)g->field->p[0], b = (unsigned)g->field->g[0], r = 1;

	for (unsigned i = 0; i < n % Q; i++) {
		r = r * b % p;
	}
	return r;
}

static struct urne_elem
elem(const struct urne_group *g, unsigned exponent)
{
	struct urne_elem e = {{power(g, exponent)}};

	return e;
}

static struct urne_scalar
scalar(unsigned v)
{
	struct urne_scalar s = {{v}};

	return s;
}

static struct urne_secret
secret(unsigned v)
{
	struct urne_secret s = {{v}};

	return s;
}

/* SHA-256 of "t|" and the numbers joined by commas, as a big-endian number modulo 11. */
static unsigned
naive_hash(const unsigned *v, size_t num)
{
	struct urne_sha256 h;
	struct urne_hash digest;
	unsigned r = 0;

	urne_sha256_init(&h);
	urne_sha256_puts(&h, "t|");
	for (size_t i = 0; i < num; i++) {
		char text[16];
		(void)snprintf(text, sizeof(text), "%s%u", i == 0 ? "" : ",", v[i]);
		urne_sha256_puts(&h, text);
	}
	urne_sha256_final(&h, &digest);
	for (size_t i = 0; i < URNE_HASH_LEN; i++) {
		r = (r * 256 + digest.b[i]) % Q;
	}
	return r;
}

/* The bases of key y, with the powers of both or without. */
static struct urne_bases
bases_of(const struct urne_group *g, unsigned y, struct urne_arena *arena, bool with_powers)
{
	struct urne_elem Y = elem(g, y);
	struct urne_bases b;

	urne_bases_of(&b, g, &Y);
	if (with_powers) {
		assert_ok(urne_powers_make(&b.g_powers, arena, g, &b.g));
		assert_ok(urne_powers_make(&b.y_powers, arena, g, &b.y));
	}
	return b;
}

static struct urne_sha256
transcript(void)
{
	struct urne_sha256 h;

	urne_sha256_init(&h);
	urne_sha256_puts(&h, "t|");
	return h;
}

static void
schnorr_verifies_exactly_the_right_pairs(void **state)
{
	struct urne_sha256 t = transcript();

	for (size_t k = 0; k < 2; k++) {
		const struct urne_group *g = tiny[k];
		for (unsigned i = 0; i < Q * Q * Q; i++) {
			unsigned x = i % Q, c = i / Q % Q, z = i / Q / Q;
			struct urne_elem X = elem(g, x);
			struct urne_proof p = {scalar(c), scalar(z)};
			unsigned A = power(g, z + x * c);
			bool want = naive_hash(&A, 1) == c;
			assert_int_equal(urne_schnorr_verify(g, &p, &X, &t) == URNE_OK, want);
		}
	}
}

static bool
agrees(const struct urne_group *g, const struct urne_proof *p, size_t num, const uint8_t *A,
    size_t num_A)
{
	const struct urne_view pieces[2] = {urne_view_of("t"), urne_view_of("|")};
	struct urne_challenges c;
	bool all;

	urne_challenges_init(&c, g);
	urne_challenges_begin(&c, &all);
	urne_challenges_add(&c, pieces, 2, p, num, A, num_A);
	assert_ok(urne_challenges_end(&c));
	urne_challenges_clear(&c);
	return all;
}

/* Sets that are gathered together, and as many challenges as are never hashed in one go. */
#define SETS	 ((size_t)3)
#define EACH_SET ((size_t)URNE_CHALLENGES / 2 + 1)

/* add_sets: `pair` everywhere, but for `one` at the place `other`. */
static void
add_sets(struct urne_challenges *c, bool agree[SETS], const struct urne_proof p[2],
    const uint8_t *given, size_t other)
{
	const struct urne_view piece = urne_view_of("t|");

	for (size_t i = 0; i < SETS * EACH_SET; i++) {
		bool pair = i != other;

		if (i % EACH_SET == 0) {
			urne_challenges_begin(c, &agree[i / EACH_SET]);
		}
		urne_challenges_add(c, &piece, 1, p, pair ? 2 : 1, given, pair ? 4 : 1);
	}
}

/* With commitments from elsewhere only the hash is judged, whatever the proof says. */
static void
challenges_are_judged_by_the_commitments_that_are_given(void **state)
{
	struct urne_challenges many;
	uint8_t given[4 * 8]; /* encodings of the tiny groups, one behind the other */

	for (size_t k = 0; k < 2; k++) {
		const struct urne_group *g = tiny[k];

		urne_challenges_init(&many, g); /* for one end after the other */
		for (unsigned i = 0; i < Q * Q * Q * Q; i++) {
			unsigned c[2] = {i % Q, i / Q % Q};
			struct urne_proof p[2] = {
			    {scalar(c[0]), scalar(3)}, {scalar(c[1]), scalar(4)}};
			unsigned AB[4] = {power(g, i / Q / Q % Q), power(g, 5),
			    power(g, i / Q / Q / Q), power(g, i % Q)};
			bool sum = naive_hash(AB, 4) == (c[0] + c[1]) % Q;
			bool one = naive_hash(AB, 1) == c[0], agree[SETS];
			size_t other = i % (SETS * EACH_SET);

			for (size_t j = 0; j < 4; j++) {
				struct urne_elem e = {{AB[j]}};

				urne_elem_encoding(g, given + 8 * j, &e);
			}
			assert_int_equal(agrees(g, p, 2, given, 4), sum);
			assert_int_equal(agrees(g, p, 1, given, 1), one);
			/* one that does not agree is found, and harms its own set alone */
			add_sets(&many, agree, p, given, other);
			assert_ok(urne_challenges_end(&many));
			for (size_t s = 0; s < SETS; s++) {
				assert_int_equal(agree[s], sum && (one || s != other / EACH_SET));
			}
		}
		urne_challenges_clear(&many);
	}
}

static void
dleq_verifies_exactly_the_right_pairs(void **state)
{
	struct urne_sha256 t = transcript();

	for (size_t k = 0; k < 2; k++) {
		const struct urne_group *g = tiny[k];
		for (unsigned i = 0; i < Q * Q * Q * Q * Q; i++) {
			unsigned x = i % Q, a = i / Q % Q, f = i / Q / Q % Q;
			unsigned c = i / Q / Q / Q % Q, z = i / Q / Q / Q / Q;
			struct urne_elem X = elem(g, x), alpha = elem(g, a), factor = elem(g, f);
			struct urne_proof p = {scalar(c), scalar(z)};
			unsigned AB[2] = {power(g, z + x * c), power(g, a * z + f * c)};
			bool want = naive_hash(AB, 2) == c;
			assert_int_equal(
			    urne_dleq_verify(g, &p, &X, &alpha, &factor, &t) == URNE_OK, want);
		}
	}
}

static void
or_verifies_exactly_the_right_quadruples(void **state)
{
	struct urne_sha256 t = transcript();
	const unsigned y = 7, r = 5;
	struct urne_arena arena;

	urne_arena_init(&arena, (size_t)1 << 20);
	for (size_t k = 0; k < 4; k++) {
		const struct urne_group *g = tiny[k % 2];
		struct urne_bases bases = bases_of(g, y, &arena, k >= 2);
		for (unsigned m = 0; m < 3; m++) {
			unsigned b = (y * r + m) % Q;
			struct urne_ciphertext ct = {elem(g, r), elem(g, b)};
			struct urne_or_branch branch[2] = {{&ct, 0}, {&ct, 1}};
			for (unsigned i = 0; i < Q * Q * Q * Q; i++) {
				unsigned c[2] = {i % Q, i / Q % Q};
				unsigned z[2] = {i / Q / Q % Q, i / Q / Q / Q};
				struct urne_proof p[2] = {
				    {scalar(c[0]), scalar(z[0])}, {scalar(c[1]), scalar(z[1])}};
				unsigned AB[4] = {
				    power(g, z[0] + r * c[0]),
				    power(g, y * z[0] + b * c[0]),
				    power(g, z[1] + r * c[1]),
				    power(g, y * z[1] + (b + Q - 1) * c[1]),
				};
				bool want = naive_hash(AB, 4) == (c[0] + c[1]) % Q;
				assert_int_equal(
				    or_verify(g, p, 2, &bases, branch, &t) == URNE_OK, want);
			}
		}
	}
	urne_arena_clear(&arena);
}

static void
nonzero_verifies_exactly_the_right_quadruples(void **state)
{
	struct urne_sha256 t = transcript();
	const unsigned y = 7, r = 5;
	struct urne_arena arena;

	urne_arena_init(&arena, (size_t)1 << 20);
	for (size_t k = 0; k < 4; k++) {
		const struct urne_group *g = tiny[k % 2];
		struct urne_bases bases = bases_of(g, y, &arena, k >= 2);
		for (unsigned m = 0; m < 3; m++) {
			unsigned b = (y * r + m) % Q;
			struct urne_ciphertext ct = {elem(g, r), elem(g, b)};
			for (unsigned i = 0; i < Q * Q * Q * Q; i++) {
				unsigned a0 = i % Q, c = i / Q % Q;
				unsigned t1 = i / Q / Q % Q, t2 = i / Q / Q / Q;
				struct urne_nonzero_proof p = {
				    elem(g, a0), scalar(c), {scalar(t1), scalar(t2)}};
				unsigned A[3] = {
				    power(g, a0),
				    power(g, r * t1 + t2),
				    power(g, b * t1 + y * t2 + a0 * c),
				};
				bool want = a0 != 0 && naive_hash(A, 3) == c;
				assert_int_equal(
				    urne_nonzero_verify(g, &p, &bases, &ct, &t) == URNE_OK, want);
			}
		}
	}
	urne_arena_clear(&arena);
}

/* The members are the powers of g. */
static bool
is_power_of_g(const struct urne_group *g, unsigned v)
{
	for (unsigned i = 0; i < Q; i++) {
		if (power(g, i) == v) {
			return true;
		}
	}
	return false;
}

static void
a4_or_refuses_exactly_the_ciphertexts_outside_the_subgroup(void **state)
{
	struct urne_sha256 t = transcript();

	for (size_t k = 0; k < 2; k++) {
		const struct urne_group *g = tiny[k];
		struct urne_bases bases = bases_of(g, 7, NULL, false);
		unsigned p = (unsigned)g->field->p[0];

		for (unsigned i = 0; i < (p - 1) * (p - 1) * Q; i++) {
			unsigned a = 1 + i % (p - 1), b = 1 + i / (p - 1) % (p - 1);
			unsigned c = i / (p - 1) / (p - 1);
			struct urne_ciphertext ct = {{{a}}, {{b}}}, good = {elem(g, 1), elem(g, 2)};
			struct urne_or_branch branch[2] = {{&good, 0}, {&ct, 1}};
			struct urne_proof proof[2] = {
			    {scalar(c), scalar(3)}, {scalar((c + 4) % Q), scalar(c)}};
			bool inside = is_power_of_g(g, a) && is_power_of_g(g, b);

			assert_int_equal(
			    or_verify(g, proof, 2, &bases, branch, &t) != URNE_ERR_GROUP, inside);
			assert_int_equal(urne_elem_is_member(g, &ct.alpha), is_power_of_g(g, a));
		}
	}
}

/* Numbers outside the subgroup have powers too; exponents go up to q - 1, and q is asked for. */
static void
many_powers_are_the_powers_one_by_one(void **state)
{
	struct urne_arena arena;

	urne_arena_init(&arena, (size_t)1 << 20);
	for (size_t k = 0; k < 2; k++) {
		const struct urne_group *g = tiny[k];
		unsigned p = (unsigned)g->field->p[0];

		for (unsigned v = 1; v < p; v++) {
			struct urne_scalar x[Q];
			const struct urne_scalar *px[Q];
			struct urne_elem a = {{v}}, out[Q], product;
			const struct urne_powers *powers = NULL;
			bool is_member = false;
			unsigned want = 1;

			for (unsigned i = 0; i < Q; i++) {
				x[i] = scalar(i);
				px[i] = &x[i];
			}
			assert_ok(urne_powers_make(&powers, &arena, g, &a));
			urne_elem_pow_many(g, out, &a, px, Q, &is_member);
			assert_int_equal(is_member, is_power_of_g(g, v));
			for (unsigned i = 0; i < Q; i++) {
				assert_int_equal(out[i].v[0], want);
				for (unsigned j = 0; j < 2; j++) {
					product = (struct urne_elem){{3}};
					urne_elem_mul_pow(
					    g, &product, &a, j == 0 ? NULL : powers, &x[i]);
					assert_int_equal(product.v[0], 3 * want % p);
				}
				want = want * v % p;
			}
			urne_elem_pow_many(g, out, &a, NULL, 0, &is_member);
			assert_int_equal(is_member, is_power_of_g(g, v));
		}
	}
	urne_arena_clear(&arena);
}

static void
what_is_proved_verifies_for_every_witness(void **state)
{
	struct urne_sha256 t = transcript();
	struct urne_rng rng;

	test_rng_init(&rng);
	for (unsigned i = 0; i < 2 * Q * Q * 3; i++) {
		const struct urne_group *g = tiny[i % 2];
		unsigned y = i / 2 % Q, r = i / 2 / Q % Q, m = i / 2 / Q / Q;
		struct urne_elem Y = elem(g, y), X = elem(g, r), alpha = elem(g, m + 1), factor;
		struct urne_secret x = secret(r);
		struct urne_ciphertext ct = {elem(g, r), elem(g, y * r + m)};
		struct urne_opening o = {secret(r), m};
		const struct urne_opening *openings[3] = {&o, &o, &o};
		struct urne_or_branch branch[3] = {{&ct, 0}, {&ct, 1}, {&ct, 2}};
		struct urne_proof p[3];
		struct urne_nonzero_proof n;
		struct urne_bases bases = bases_of(g, y, NULL, false);

		urne_schnorr_prove(g, p, &rng, &x, &t);
		assert_ok(urne_schnorr_verify(g, p, &X, &t));
		urne_dleq_prove(g, p, &factor, &rng, &x, &alpha, &t);
		assert_int_equal(factor.v[0], power(g, r * (m + 1)));
		assert_ok(urne_dleq_verify(g, p, &X, &alpha, &factor, &t));
		urne_or_prove(g, p, 3, &rng, &Y, branch, openings, &t);
		assert_ok(or_verify(g, p, 3, &bases, branch, &t));
		urne_nonzero_prove(g, &n, &rng, &Y, &ct, &o, &t);
		if (m == 0) {
			assert_err(urne_nonzero_verify(g, &n, &bases, &ct, &t), URNE_ERR_PROOF);
		} else if (!urne_elem_is_identity(g, &n.commitment)) {
			assert_ok(urne_nonzero_verify(g, &n, &bases, &ct, &t));
		}
	}
}

/* Nothing in a proof tells which branch was true: whichever it is, all accepting proofs of the
 * statement come out equally often. */
static void
or_proofs_are_uniform_whichever_branch_is_true(void **state)
{
	static unsigned seen[Q * Q * Q * Q];
	const struct urne_group *g = &tiny_safe;
	struct urne_sha256 t = transcript();
	struct urne_rng rng;
	const unsigned mean = 60, num = Q * Q * Q * mean;

	test_rng_init(&rng);
	for (unsigned m = 0; m < 2; m++) {
		struct urne_elem Y = elem(g, 7);
		struct urne_ciphertext ct = {elem(g, 5), elem(g, 35 + m)};
		struct urne_opening o = {secret(5), m};
		const struct urne_opening *openings[2] = {&o, &o};
		struct urne_or_branch branch[2] = {{&ct, 0}, {&ct, 1}};
		unsigned num_seen = 0;

		memset(seen, 0, sizeof(seen));
		for (unsigned i = 0; i < num; i++) {
			struct urne_proof p[2];
			unsigned cell = 0;

			urne_or_prove(g, p, 2, &rng, &Y, branch, openings, &t);
			for (unsigned j = 0; j < 2; j++) {
				cell = cell * Q + (unsigned)p[j].challenge.v[0];
				cell = cell * Q + (unsigned)p[j].response.v[0];
			}
			seen[cell]++;
		}
		/* 11^3 accepting proofs, 60 of each expected, standard deviation 7.7 */
		for (unsigned i = 0; i < Q * Q * Q * Q; i++) {
			if (seen[i] > 0) {
				num_seen++;
				assert_in_range(seen[i], mean - 50, mean + 50);
			}
		}
		assert_int_equal(num_seen, Q * Q * Q);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(schnorr_verifies_exactly_the_right_pairs),
	    cmocka_unit_test(challenges_are_judged_by_the_commitments_that_are_given),
	    cmocka_unit_test(dleq_verifies_exactly_the_right_pairs),
	    cmocka_unit_test(or_verifies_exactly_the_right_quadruples),
	    cmocka_unit_test(nonzero_verifies_exactly_the_right_quadruples),
	    cmocka_unit_test(a4_or_refuses_exactly_the_ciphertexts_outside_the_subgroup),
	    cmocka_unit_test(many_powers_are_the_powers_one_by_one),
	    cmocka_unit_test(what_is_proved_verifies_for_every_witness),
	    cmocka_unit_test(or_proofs_are_uniform_whichever_branch_is_true),
	};

	return cmocka_run_group_tests_name("proofs, exhaustively", tests, NULL, NULL);
}
