/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: both representations of GF(2^255 - 19) compute what GMP computes, on random numbers and
 * at the bounds that their headers state. Variable time, public data only.
 *
 * Random inputs come from one 64-bit seed, printed; URNE_TEST_SEED sets it. */
#include "tests/unit/support/check.h"

#include <gmp.h>
#include <string.h>

#include "crypto/vartime/fe51.h"
#if defined(__x86_64__)
#include <sys/platform/x86.h>

#include "crypto/vartime/fe64.h"
#endif

enum {
	ROUNDS = 3000,
	NUM_LIMBS = 5,
};

#define R_BOUND ((UINT64_C(1) << 51) + (UINT64_C(1) << 13))
#define S_BOUND ((UINT64_C(1) << 53) - 76)
#define L_BOUND (UINT64_C(1) << 54)

static mpz_t p;

/* What an element is worth, in [0, p), from its limbs alone. */
static void
value(mpz_t out, const struct urne_fe *a)
{
	mpz_set_ui(out, 0);
	for (size_t i = NUM_LIMBS; i-- > 0;) {
		mpz_mul_2exp(out, out, 51);
		mpz_add_ui(out, out, a->v[i]);
	}
	mpz_mod(out, out, p);
}

static void
assert_value(const struct urne_fe *a, const mpz_t want)
{
	mpz_t v;

	mpz_init(v);
	value(v, a);
	assert_int_equal(mpz_cmp(v, want), 0);
	mpz_clear(v);
}

static void
assert_below(const struct urne_fe *a, uint64_t bound)
{
	for (size_t i = 0; i < NUM_LIMBS; i++) {
		assert_true(a->v[i] < bound);
	}
}

static uint64_t
draw(struct urne_rng *rng)
{
	uint64_t x = 0;

	urne_rng_fill(rng, &x, sizeof(x));
	return x;
}

/* Limbs below `bound`: random ones, the largest and zero. */
static void
random_limbs(struct urne_rng *rng, struct urne_fe *out, uint64_t bound)
{
	for (size_t i = 0; i < NUM_LIMBS; i++) {
		uint64_t choice = draw(rng) % 4;

		out->v[i] = choice == 0 ? bound - 1 : choice == 1 ? 0 : draw(rng) % bound;
	}
}

static void
products_on_51_bits_are_right_up_to_their_bounds(void **state)
{
	struct urne_rng rng;
	struct urne_fe a, b, x;
	mpz_t va, vb, want;

	test_rng_init(&rng);
	mpz_inits(va, vb, want, NULL);
	for (int i = 0, n = test_times(ROUNDS); i < n; i++) {
		random_limbs(&rng, &a, L_BOUND);
		random_limbs(&rng, &b, L_BOUND);
		value(va, &a);
		value(vb, &b);
		urne_fe_mul(&x, &a, &b);
		assert_below(&x, R_BOUND);
		mpz_mul(want, va, vb);
		mpz_mod(want, want, p);
		assert_value(&x, want);
		urne_fe_sq(&x, &a);
		assert_below(&x, R_BOUND);
		mpz_mul(want, va, va);
		mpz_mod(want, want, p);
		assert_value(&x, want);
	}
	mpz_clears(va, vb, want, NULL);
}

static void
sums_on_51_bits_are_right_up_to_their_bounds(void **state)
{
	struct urne_rng rng;
	struct urne_fe a, b, c, x;
	mpz_t va, vb, want;

	test_rng_init(&rng);
	mpz_inits(va, vb, want, NULL);
	for (int i = 0, n = test_times(ROUNDS); i < n; i++) {
		random_limbs(&rng, &a, S_BOUND);
		random_limbs(&rng, &b, S_BOUND);
		value(va, &a);
		value(vb, &b);
		urne_fe_add(&x, &a, &b);
		assert_below(&x, L_BOUND);
		mpz_add(want, va, vb);
		mpz_mod(want, want, p);
		assert_value(&x, want);
		urne_fe_sub(&x, &a, &b);
		assert_below(&x, L_BOUND);
		mpz_sub(want, va, vb);
		mpz_mod(want, want, p);
		assert_value(&x, want);
		urne_fe_neg(&x, &b);
		assert_below(&x, R_BOUND);
		mpz_neg(want, vb);
		mpz_mod(want, want, p);
		assert_value(&x, want);
		/* R + R + R is S */
		random_limbs(&rng, &a, R_BOUND);
		random_limbs(&rng, &b, R_BOUND);
		random_limbs(&rng, &c, R_BOUND);
		urne_fe_add(&x, &a, &b);
		urne_fe_add(&x, &x, &c);
		assert_below(&x, S_BOUND);
		random_limbs(&rng, &a, UINT64_C(1) << 59);
		value(want, &a);
		urne_fe_carry(&x, &a);
		assert_below(&x, R_BOUND);
		assert_value(&x, want);
	}
	mpz_clears(va, vb, want, NULL);
}

/* A number below 2^256: random, close to a multiple of p, or with limbs that carry far. */
static void
random_number(struct urne_rng *rng, uint64_t out[4])
{
	/* 0, p, 2p, 2^256 - 1 */
	static const uint64_t near[4][4] = {
	    {0, 0, 0, 0},
	    {UINT64_MAX - 18, UINT64_MAX, UINT64_MAX, UINT64_MAX >> 1},
	    {UINT64_MAX - 37, UINT64_MAX, UINT64_MAX, UINT64_MAX},
	    {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX},
	};
	uint64_t choice = draw(rng) % 16;

	if (choice < 4) {
		memcpy(out, near[choice], sizeof(near[choice]));
		out[0] += choice == 0	? draw(rng) % 100
			  : choice == 3 ? -(draw(rng) % 100)
					: draw(rng) % 37 - 18;
		return;
	}
	for (size_t i = 0; i < 4; i++) {
		choice = draw(rng) % 8;
		out[i] = choice == 0 ? UINT64_MAX : choice == 1 ? 0 : draw(rng);
	}
}

static void
number(mpz_t out, const uint64_t v[4])
{
	mpz_import(out, 4, -1, sizeof(v[0]), 0, 0, v);
	mpz_mod(out, out, p);
}

static void
bytes_of(uint8_t out[32], const mpz_t v)
{
	memset(out, 0, 32);
	(void)mpz_export(out, NULL, -1, 1, 0, 0, v);
}

static void
numbers_become_51_bits_and_come_back(void **state)
{
	struct urne_rng rng;
	uint64_t in[4], out[4];
	uint8_t bytes[32], want[32];
	struct urne_fe a;
	mpz_t v, w;

	test_rng_init(&rng);
	mpz_inits(v, w, NULL);
	for (int i = 0, n = test_times(ROUNDS); i < n; i++) {
		random_number(&rng, in);
		number(v, in);
		urne_fe_from_limbs(&a, in);
		assert_below(&a, R_BOUND);
		assert_value(&a, v);
		random_limbs(&rng, &a, L_BOUND);
		value(v, &a);
		urne_fe_to_limbs(out, &a);
		number(w, out);
		assert_int_equal(mpz_cmp(v, w), 0);
		urne_fe_to_bytes(bytes, &a);
		bytes_of(want, v);
		assert_memory_equal(bytes, want, 32);
		urne_fe_from_bytes(&a, bytes);
		assert_value(&a, v);
	}
	mpz_clears(v, w, NULL);
}

/* a^(p-2) and a^((p-5)/8) of a number, by GMP. */
static void
powers_of(mpz_t inverse, mpz_t root, const mpz_t v)
{
	mpz_t e;

	mpz_init(e);
	mpz_sub_ui(e, p, 2);
	mpz_powm(inverse, v, e, p);
	mpz_sub_ui(e, p, 5);
	mpz_fdiv_q_2exp(e, e, 3);
	mpz_powm(root, v, e, p);
	mpz_clear(e);
}

static void
powers_on_51_bits_are_gmps(void **state)
{
	struct urne_rng rng;
	struct urne_fe a, x;
	mpz_t v, inverse, root;

	test_rng_init(&rng);
	mpz_inits(v, inverse, root, NULL);
	for (int i = 0, n = test_times(ROUNDS / 10); i < n; i++) {
		random_limbs(&rng, &a, L_BOUND);
		value(v, &a);
		powers_of(inverse, root, v);
		urne_fe_invert(&x, &a);
		assert_value(&x, inverse);
		urne_fe_pow22523(&x, &a);
		assert_value(&x, root);
	}
	mpz_clears(v, inverse, root, NULL);
}

static void
bytes_are_canonical_exactly_below_p(void **state)
{
	uint8_t in[32], out[32];
	struct urne_fe a;

	memset(in, 0xff, sizeof(in));
	in[31] = 0x7f;
	for (unsigned low = 0; low < 256; low++) {
		in[0] = (uint8_t)low;
		assert_int_equal(urne_fe_bytes_canonical(in), low < 0xed);
		urne_fe_from_bytes(&a, in);
		urne_fe_to_bytes(out, &a);
		assert_int_equal(memcmp(in, out, 32) == 0, low < 0xed);
	}
	in[0] = 0xff;
	for (size_t i = 1; i < 31; i++) {
		in[i] = 0xfe;
		assert_true(urne_fe_bytes_canonical(in));
		in[i] = 0xff;
	}
	in[31] = 0x7e;
	assert_true(urne_fe_bytes_canonical(in));
}

#if defined(__x86_64__)
static void
assert_number(const struct urne_fe64 *a, const mpz_t want)
{
	uint8_t bytes[32], expected[32];
	mpz_t v;

	mpz_init(v);
	number(v, a->v);
	assert_int_equal(mpz_cmp(v, want), 0);
	urne_fe64_to_bytes(bytes, a);
	bytes_of(expected, want);
	assert_memory_equal(bytes, expected, 32);
	assert_int_equal(urne_fe64_is_zero(a), mpz_sgn(want) == 0);
	assert_int_equal(urne_fe64_is_negative(a), mpz_odd_p(want));
	mpz_clear(v);
}

/* skip_without_adx: mulx, adcx and adox are not instructions of every processor. */
static void
skip_without_adx(void)
{
	if (!CPU_FEATURE_ACTIVE(BMI2) || !CPU_FEATURE_ACTIVE(ADX)) {
		skip();
	}
}

static void
arithmetic_on_64_bits_is_right_for_every_number_below_2_256(void **state)
{
	struct urne_rng rng;
	struct urne_fe64 a, b, x;
	mpz_t va, vb, want;

	skip_without_adx();
	test_rng_init(&rng);
	mpz_inits(va, vb, want, NULL);
	for (int i = 0, n = test_times(20 * ROUNDS); i < n; i++) {
		random_number(&rng, a.v);
		random_number(&rng, b.v);
		number(va, a.v);
		number(vb, b.v);
		urne_fe64_mul(&x, &a, &b);
		mpz_mul(want, va, vb);
		mpz_mod(want, want, p);
		assert_number(&x, want);
		urne_fe64_sq(&x, &a);
		mpz_mul(want, va, va);
		mpz_mod(want, want, p);
		assert_number(&x, want);
		urne_fe64_add(&x, &a, &b);
		mpz_add(want, va, vb);
		mpz_mod(want, want, p);
		assert_number(&x, want);
		urne_fe64_sub(&x, &a, &b);
		mpz_sub(want, va, vb);
		mpz_mod(want, want, p);
		assert_number(&x, want);
		urne_fe64_neg(&x, &a);
		mpz_neg(want, va);
		mpz_mod(want, want, p);
		assert_number(&x, want);
		assert_int_equal(urne_fe64_equal(&a, &b), mpz_cmp(va, vb) == 0);
		/* outputs may be inputs */
		x = a;
		urne_fe64_mul(&x, &x, &x);
		urne_fe64_sq(&a, &a);
		assert_memory_equal(&x, &a, sizeof(x));
	}
	mpz_clears(va, vb, want, NULL);
}

static void
numbers_that_are_equal_modulo_p_are_equal_on_64_bits(void **state)
{
	struct urne_fe64 a, b;
	uint8_t bytes[32];

	skip_without_adx();
	/* n, n + p and, below 38, n + 2p */
	for (uint64_t n = 0; n < 100; n++) {
		a = (struct urne_fe64){{n, 0, 0, 0}};
		b = (struct urne_fe64){{n - 19, UINT64_MAX, UINT64_MAX, UINT64_MAX >> 1}};
		if (n >= 19) {
			b = (struct urne_fe64){{n - 19, 0, 0, UINT64_C(1) << 63}};
		}
		assert_true(urne_fe64_equal(&a, &b));
		urne_fe64_to_bytes(bytes, &b);
		assert_int_equal(bytes[0], n);
		urne_fe64_from_bytes(&b, bytes);
		assert_memory_equal(&a, &b, sizeof(a));
		if (n < 38) {
			b = (struct urne_fe64){{n - 38, UINT64_MAX, UINT64_MAX, UINT64_MAX}};
			assert_true(urne_fe64_equal(&a, &b));
		}
	}
}

static void
powers_on_64_bits_are_gmps(void **state)
{
	struct urne_rng rng;
	struct urne_fe64 a, x;
	mpz_t v, inverse, root;

	skip_without_adx();
	test_rng_init(&rng);
	mpz_inits(v, inverse, root, NULL);
	for (int i = 0, n = test_times(ROUNDS / 10); i < n; i++) {
		random_number(&rng, a.v);
		number(v, a.v);
		powers_of(inverse, root, v);
		urne_fe64_invert(&x, &a);
		assert_number(&x, inverse);
		urne_fe64_pow22523(&x, &a);
		assert_number(&x, root);
	}
	mpz_clears(v, inverse, root, NULL);
}
#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(products_on_51_bits_are_right_up_to_their_bounds),
		cmocka_unit_test(sums_on_51_bits_are_right_up_to_their_bounds),
		cmocka_unit_test(numbers_become_51_bits_and_come_back),
		cmocka_unit_test(powers_on_51_bits_are_gmps),
		cmocka_unit_test(bytes_are_canonical_exactly_below_p),
#if defined(__x86_64__)
		cmocka_unit_test(arithmetic_on_64_bits_is_right_for_every_number_below_2_256),
		cmocka_unit_test(numbers_that_are_equal_modulo_p_are_equal_on_64_bits),
		cmocka_unit_test(powers_on_64_bits_are_gmps),
#endif
	};

	mpz_init_set_ui(p, 1);
	mpz_mul_2exp(p, p, 255);
	mpz_sub_ui(p, p, 19);
	return cmocka_run_group_tests_name("field of edwards25519", tests, NULL, NULL);
}
