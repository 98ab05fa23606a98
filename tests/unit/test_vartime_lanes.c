/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: each lane of the vector arithmetic computes what GMP and fe51.h compute, on random
 * numbers, at the bounds that the headers state, and on 0, 1, p and their neighbours. Variable
 * time, public data only.
 *
 * Random inputs come from one 64-bit seed, printed; URNE_TEST_SEED sets it. */
#include "tests/unit/support/check.h"

#include <gmp.h>
#include <stdio.h>
#include <string.h>

#include "crypto/vartime/edwards_bulk.h"
#include "crypto/vartime/fe51.h"
#include "tests/unit/support/lanes_case.h"

enum {
	ROUNDS = 2000,
	MANY = 200000, /* times the lanes */
};

static const struct lanes_case *lanes;
static mpz_t p;

static uint64_t
draw(struct urne_rng *rng)
{
	uint64_t x = 0;

	urne_rng_fill(rng, &x, sizeof(x));
	return x;
}

/* limb: the word's limb number i < 10, or 5. */
static uint64_t
limb(const struct lanes_words *a, size_t lane, size_t i)
{
	uint64_t word = a->word[i / lanes->limbs_in_word][lane];

	if (lanes->limbs_in_word == 1) {
		return word;
	}
	return i % 2 == 0 ? word & UINT32_MAX : word >> 32;
}

static void
value(mpz_t out, const struct lanes_words *a, size_t lane)
{
	mpz_set_ui(out, 0);
	for (size_t i = LANES_WORDS * lanes->limbs_in_word; i-- > 0;) {
		mpz_mul_2exp(out, out, lanes->limbs_in_word == 1 ? 51 : i % 2 == 0 ? 26 : 25);
		mpz_add_ui(out, out, limb(a, lane, i));
	}
	mpz_mod(out, out, p);
}

static void
assert_below(const struct lanes_words *a, const uint64_t bound[2])
{
	for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
		for (size_t i = 0; i < LANES_WORDS * lanes->limbs_in_word; i++) {
			assert_true(limb(a, lane, i) < bound[i % lanes->limbs_in_word]);
		}
	}
}

/* Limbs below `bound`: random ones, the largest, zero, and all ones of their width. */
static uint64_t
draw_limb(struct urne_rng *rng, uint64_t bound)
{
	uint64_t ones = (UINT64_C(1) << (63 - __builtin_clzll(bound))) - 1;

	switch (draw(rng) % 5) {
	case 0:
		return bound - 1;
	case 1:
		return 0;
	case 2:
		return ones;
	default:
		return draw(rng) % bound;
	}
}

/* One lane in eight has the largest limbs everywhere. */
static void
draw_lanes(struct urne_rng *rng, struct lanes_words *out, const uint64_t bound[2])
{
	memset(out, 0, sizeof(*out));
	for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
		bool top = draw(rng) % 8 == 0;

		for (size_t k = 0; k < LANES_WORDS; k++) {
			uint64_t first = top ? bound[0] - 1 : draw_limb(rng, bound[0]);
			uint64_t second = 0;

			if (lanes->limbs_in_word == 2) {
				second = top ? bound[1] - 1 : draw_limb(rng, bound[1]);
			}
			out->word[k][lane] = first | second << 32;
		}
	}
}

static void
assert_value(const struct lanes_words *a, size_t lane, mpz_t want)
{
	mpz_t v;

	mpz_init(v);
	value(v, a, lane);
	mpz_mod(want, want, p);
	assert_int_equal(mpz_cmp(v, want), 0);
	mpz_clear(v);
}

static void
products_are_gmps_up_to_the_bounds(void **state)
{
	struct urne_rng rng;
	struct lanes_words a, b, x;
	mpz_t va, vb, want;

	test_rng_init(&rng);
	mpz_inits(va, vb, want, NULL);
	for (int i = 0, n = test_times(ROUNDS); i < n; i++) {
		draw_lanes(&rng, &a, lanes->loose);
		draw_lanes(&rng, &b, lanes->loose);
		lanes->mul(&x, &a, &b);
		assert_below(&x, lanes->reduced);
		for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
			value(va, &a, lane);
			value(vb, &b, lane);
			mpz_mul(want, va, vb);
			assert_value(&x, lane, want);
		}
		lanes->sq(&x, &a);
		assert_below(&x, lanes->reduced);
		for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
			value(va, &a, lane);
			mpz_mul(want, va, va);
			assert_value(&x, lane, want);
		}
	}
	mpz_clears(va, vb, want, NULL);
}

static void
sums_are_gmps_up_to_the_bounds(void **state)
{
	struct urne_rng rng;
	struct lanes_words a, b, c, sum, difference, three, carried;
	mpz_t va, vb, vc, want;

	test_rng_init(&rng);
	mpz_inits(va, vb, vc, want, NULL);
	for (int i = 0, n = test_times(ROUNDS); i < n; i++) {
		draw_lanes(&rng, &a, lanes->reduced);
		draw_lanes(&rng, &b, lanes->reduced);
		draw_lanes(&rng, &c, lanes->reduced);
		lanes->add(&sum, &a, &b);
		lanes->sub(&difference, &a, &b);
		lanes->twice_and(&three, &a, &b, &c);
		assert_below(&sum, lanes->loose);
		assert_below(&difference, lanes->loose);
		assert_below(&three, lanes->reduced);
		for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
			value(va, &a, lane);
			value(vb, &b, lane);
			value(vc, &c, lane);
			mpz_add(want, va, vb);
			assert_value(&sum, lane, want);
			mpz_sub(want, va, vb);
			assert_value(&difference, lane, want);
			mpz_add(want, va, va);
			mpz_add(want, want, vb);
			mpz_sub(want, want, vc);
			assert_value(&three, lane, want);
		}
		draw_lanes(&rng, &a, lanes->loose);
		lanes->carry(&carried, &a);
		assert_below(&carried, lanes->reduced);
		for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
			value(want, &a, lane);
			assert_value(&carried, lane, want);
		}
	}
	mpz_clears(va, vb, vc, want, NULL);
}

/* What an addition of points does with its products. */
static void
sums_and_differences_of_two_products_are_gmps_up_to_the_bounds(void **state)
{
	struct urne_rng rng;
	struct lanes_words in[4], x;
	mpz_t v[4], want;

	test_rng_init(&rng);
	mpz_inits(v[0], v[1], v[2], v[3], want, NULL);
	for (int i = 0, n = test_times(ROUNDS); i < n; i++) {
		for (size_t j = 0; j < 4; j++) {
			draw_lanes(&rng, &in[j], lanes->loose);
		}
		lanes->two_products(&x, &in[0], &in[1], &in[2], &in[3]);
		assert_below(&x, lanes->loose);
		for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
			for (size_t j = 0; j < 4; j++) {
				value(v[j], &in[j], lane);
			}
			mpz_mul(want, v[0], v[1]);
			if (lane % 4 == 0 || lane % 4 == 3) {
				mpz_submul(want, v[2], v[3]);
			} else {
				mpz_addmul(want, v[2], v[3]);
			}
			assert_value(&x, lane, want);
		}
	}
	mpz_clears(v[0], v[1], v[2], v[3], want, NULL);
}

/* The limbs of one lane as fe51.h has them: S. */
static void
of_lane(struct urne_fe *out, const struct lanes_words *a, size_t lane)
{
	for (size_t k = 0; k < LANES_WORDS; k++) {
		uint64_t word = a->word[k][lane];

		out->v[k] =
		    lanes->limbs_in_word == 1 ? word : (word & UINT32_MAX) + (word >> 32 << 26);
	}
}

static void
a_million_chained_products_are_those_of_51_bits(void **state)
{
	struct urne_rng rng;
	struct lanes_words a, b, x;
	struct urne_fe fa[LANES_MOST], fb[LANES_MOST], fx;

	test_rng_init(&rng);
	draw_lanes(&rng, &a, lanes->reduced);
	draw_lanes(&rng, &b, lanes->reduced);
	for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
		of_lane(&fa[lane], &a, lane);
		of_lane(&fb[lane], &b, lane);
	}
	/* a, b become b, (a b)^2 - a and so on, which look like random numbers */
	for (int i = 0, n = test_times(MANY); i < n; i++) {
		lanes->mul(&x, &a, &b);
		lanes->sq(&x, &x);
		lanes->sub(&x, &x, &a);
		lanes->carry(&x, &x);
		a = b;
		b = x;
		for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
			urne_fe_mul(&fx, &fa[lane], &fb[lane]);
			urne_fe_sq(&fx, &fx);
			urne_fe_sub(&fx, &fx, &fa[lane]);
			urne_fe_carry(&fx, &fx);
			fa[lane] = fb[lane];
			fb[lane] = fx;
		}
		if (i % 16 == 0) {
			for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
				of_lane(&fx, &b, lane);
				assert_true(urne_fe_equal(&fx, &fb[lane]));
			}
		}
	}
}

enum { EDGES = 8 };

/* edges: 0, 1, p - 1, p, p + 1, 2p - 1, 2p, 2^255 - 1 in all lanes. */
static void
edges(struct lanes_words in[EDGES], mpz_t v[EDGES])
{
	static const int from_p[EDGES][2] = {
	    {0, 0}, {0, 1}, {1, -1}, {1, 0}, {1, 1}, {2, -1}, {2, 0}, {1, 18}};
	mpz_t rest, low;

	mpz_inits(rest, low, NULL);
	for (size_t e = 0; e < EDGES; e++) {
		memset(&in[e], 0, sizeof(in[e]));
		mpz_init(v[e]);
		mpz_mul_ui(v[e], p, (unsigned)from_p[e][0]);
		if (from_p[e][1] < 0) {
			mpz_sub_ui(v[e], v[e], 1);
		} else {
			mpz_add_ui(v[e], v[e], (unsigned)from_p[e][1]);
		}
		mpz_set(rest, v[e]);
		for (size_t i = 0; i < LANES_WORDS * lanes->limbs_in_word; i++) {
			unsigned width = lanes->limbs_in_word == 1 ? 51 : i % 2 == 0 ? 26 : 25;
			bool last = i + 1 == LANES_WORDS * lanes->limbs_in_word;

			mpz_fdiv_r_2exp(low, rest, last ? width + 1 : width);
			mpz_fdiv_q_2exp(rest, rest, width);
			for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
				in[e].word[i / lanes->limbs_in_word][lane] |=
				    mpz_get_ui(low) << (i % lanes->limbs_in_word * 32);
			}
		}
	}
	mpz_clears(rest, low, NULL);
}

static void
edges_clear(mpz_t v[EDGES])
{
	for (size_t e = 0; e < EDGES; e++) {
		mpz_clear(v[e]);
	}
}

/* each with each */
static void
numbers_around_0_and_p_and_2p_multiply_as_gmp_says(void **state)
{
	struct lanes_words in[EDGES], x;
	mpz_t v[EDGES], want;

	mpz_init(want);
	edges(in, v);
	for (size_t e = 0; e < EDGES * EDGES; e++) {
		lanes->mul(&x, &in[e / EDGES], &in[e % EDGES]);
		for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
			mpz_mul(want, v[e / EDGES], v[e % EDGES]);
			assert_value(&x, lane, want);
		}
		lanes->sq(&x, &in[e / EDGES]);
		mpz_mul(want, v[e / EDGES], v[e / EDGES]);
		assert_value(&x, e % lanes->num_lanes, want);
	}
	edges_clear(v);
	mpz_clear(want);
}

/* assert_bytes: each lane becomes its one number below p. */
static void
assert_bytes(const struct lanes_words *a)
{
	uint8_t bytes[LANES_MOST][33];
	void *to[LANES_MOST];
	bool is_odd[LANES_MOST];
	mpz_t got, want;

	mpz_inits(got, want, NULL);
	for (size_t lane = 0; lane < LANES_MOST; lane++) {
		to[lane] = bytes[lane];
		bytes[lane][32] = 0xa5;
	}
	lanes->to_bytes(to, is_odd, a);
	for (size_t lane = 0; lane < lanes->num_lanes; lane++) {
		value(want, a, lane);
		mpz_import(got, 32, -1, 1, 0, 0, bytes[lane]);
		assert_int_equal(mpz_cmp(got, want), 0);
		assert_int_equal(is_odd[lane], mpz_odd_p(want) != 0);
		assert_int_equal(bytes[lane][32], 0xa5);
	}
	mpz_clears(got, want, NULL);
}

static void
numbers_become_the_bytes_of_the_one_below_p(void **state)
{
	struct urne_rng rng;
	struct lanes_words in[EDGES], a;
	mpz_t v[EDGES];

	test_rng_init(&rng);
	edges(in, v);
	for (size_t e = 0; e < EDGES; e++) {
		assert_bytes(&in[e]);
	}
	edges_clear(v);
	for (int i = 0, n = test_times(ROUNDS); i < n; i++) {
		draw_lanes(&rng, &a, lanes->loose);
		assert_bytes(&a);
	}
}

/* draw_bytes: 32 at random; or p and what is up to 2 around it; with the highest bit, or without.
 */
static void
draw_bytes(struct urne_rng *rng, uint8_t out[32])
{
	urne_rng_fill(rng, out, 32);
	if (draw(rng) % 2 == 0) {
		memset(out, 0xff, 32);
		out[0] = (uint8_t)(0xeb + draw(rng) % 5);
		out[31] = 0x7f;
	}
	/* and one of them spoilt, which is below p */
	if (draw(rng) % 4 == 0) {
		out[1 + draw(rng) % 31] &= 0x7e;
	}
	out[31] &= draw(rng) % 2 == 0 ? 0x7f : 0xff;
}

static void
bytes_become_numbers_when_they_are_below_p(void **state)
{
	struct urne_rng rng;
	uint8_t bytes[LANES_MOST][64];
	const void *from[LANES_MOST];
	mpz_t want;

	test_rng_init(&rng);
	mpz_init(want);
	for (int i = 0, n = test_times(ROUNDS); i < n; i++) {
		struct lanes_words x[2];
		bool is[2][LANES_MOST];

		for (size_t lane = 0; lane < LANES_MOST; lane++) {
			draw_bytes(&rng, bytes[lane]);
			draw_bytes(&rng, bytes[lane] + 32);
			from[lane] = bytes[lane];
		}
		lanes->from_bytes(x, is, from);
		for (size_t k = 0; k < 2 * lanes->num_lanes; k++) {
			size_t j = k % 2, lane = k / 2;

			mpz_import(want, 32, -1, 1, 0, 0, bytes[lane] + 32 * j);
			assert_int_equal(is[j][lane], mpz_cmp(want, p) < 0);
			assert_below(&x[j], lanes->reduced);
			if (is[j][lane]) {
				assert_value(&x[j], lane, want);
			}
		}
	}
	mpz_clear(want);
}

/* run: the tests over one version, unless this processor lacks it. */
static int
run(const struct lanes_case *version)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(products_are_gmps_up_to_the_bounds),
	    cmocka_unit_test(sums_are_gmps_up_to_the_bounds),
	    cmocka_unit_test(sums_and_differences_of_two_products_are_gmps_up_to_the_bounds),
	    cmocka_unit_test(a_million_chained_products_are_those_of_51_bits),
	    cmocka_unit_test(numbers_around_0_and_p_and_2p_multiply_as_gmp_says),
	    cmocka_unit_test(numbers_become_the_bytes_of_the_one_below_p),
	    cmocka_unit_test(bytes_become_numbers_when_they_are_below_p),
	};

	for (size_t i = 0; i < urne_edwards_num_bulk_versions; i++) {
		const struct urne_edwards_bulk_version *v = &urne_edwards_bulk_versions[i];

		if (strcmp(v->name, version->name) == 0 && v->runs()) {
			lanes = version;
			return cmocka_run_group_tests_name(version->name, tests, NULL, NULL);
		}
	}
	printf("not tried: %s, which this processor does not run\n", version->name);
	return 0;
}

int
main(void)
{
	int num_failed = 0;

	mpz_init(p);
	mpz_setbit(p, 255);
	mpz_sub_ui(p, p, 19);
#if defined(__x86_64__)
	num_failed += run(&lanes_case_avx2);
	num_failed += run(&lanes_case_ifma);
#endif
	mpz_clear(p);
	return num_failed;
}
