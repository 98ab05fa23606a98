/* SPDX-License-Identifier: EUPL-1.2 */
/* Groups and scalars: one form in, the same form out; everything else refused (threat A4); the
 * public and the secret side compute the same. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "crypto/dlog.h"
#include "crypto/secret/secret.h"
#include "tests/unit/support/tiny_group.h"

static struct urne_view
text_of(const struct urne_group *g, char out[URNE_TEXT_MAX], const struct urne_elem *e)
{
	return (struct urne_view){out, urne_elem_encode(g, out, e)};
}

static void
elements_have_one_text_form(void **state)
{
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t i = 0; i < NUM_GROUPS; i++) {
		const struct urne_group *g = every_group[i];
		for (size_t k = 0; k < 5; k++) {
			char text[URNE_TEXT_MAX], again[URNE_TEXT_MAX];
			struct urne_secret x;
			struct urne_elem e, back;

			urne_secret_random(g, &x, &rng);
			urne_secret_base(g, &e, &x);
			assert_ok(urne_elem_decode(g, &back, text_of(g, text, &e)));
			assert_true(urne_elem_eq(g, &e, &back));
			assert_true(urne_view_eq(text_of(g, text, &e), text_of(g, again, &back)));
		}
	}
}

static void
a4_only_canonical_members_are_decoded(void **state)
{
	static const struct {
		const struct urne_group *g;
		const char *text;
	} bad[] = {
	    /* not on the curve; y = p; y = p + 1 (the identity again); the sign of x = 0 */
	    {&urne_group_ed25519,
		"0000000000000000000000000000000000000000000000000000000000000002"},
	    {&urne_group_ed25519,
		"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed"},
	    {&urne_group_ed25519,
		"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee"},
	    {&urne_group_ed25519,
		"8000000000000000000000000000000000000000000000000000000000000001"},
	    /* points of order 2 and 4 */
	    {&urne_group_ed25519,
		"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"},
	    {&urne_group_ed25519,
		"0000000000000000000000000000000000000000000000000000000000000000"},
	    /* upper case; 63 and 65 digits; empty */
	    {&urne_group_ed25519,
		"666666666666666666666666666666666666666666666666666666666666665A"},
	    {&urne_group_ed25519,
		"666666666666666666666666666666666666666666666666666666666666658"},
	    {&urne_group_ed25519,
		"66666666666666666666666666666666666666666666666666666666666666580"},
	    {&urne_group_ed25519, ""},
	    /* 0, p, a non-member, leading zero, sign, hex, empty, spaces; order 2: p - 1 */
	    {&tiny_safe, "0"},
	    {&tiny_safe, "23"},
	    {&tiny_safe, "5"},
	    {&tiny_safe, "04"},
	    {&tiny_safe, "+4"},
	    {&tiny_safe, "0x4"},
	    {&tiny_safe, ""},
	    {&tiny_safe, " 4"},
	    {&tiny_safe, "4 "},
	    {&tiny_safe, "22"},
	    {&tiny_safe, "27"},
	    {&tiny_cofactor, "66"},
	    {&tiny_cofactor, "29"},
	    {&tiny_cofactor, "0"},
	    {&tiny_cofactor, "67"},
	    {&urne_group_belenios_2048, "0"},
	    {&urne_group_belenios_2048, "2"},
	    {&urne_group_belenios_2048, "01"},
	    {&urne_group_rfc_3526_2048, "0"},
	    {&urne_group_rfc_3526_2048, "11"},
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct urne_elem e;
		if (urne_elem_decode(bad[i].g, &e, urne_view_of(bad[i].text)) != URNE_ERR_GROUP) {
			fail_msg("%s: \"%s\" was decoded", bad[i].g->name, bad[i].text);
		}
		assert_true(urne_elem_is_identity(bad[i].g, &e));
	}
}

static void
exactly_the_members_of_tiny_groups_are_decoded(void **state)
{
	for (size_t k = 3; k < NUM_GROUPS; k++) {
		size_t num = 0;
		for (unsigned v = 0; v < 100; v++) {
			char text[16];
			struct urne_elem e;
			(void)snprintf(text, sizeof(text), "%u", v);
			num += urne_elem_decode(every_group[k], &e, urne_view_of(text)) == URNE_OK;
		}
		assert_int_equal(num, 11);
	}
}

static void
the_identity_and_the_generator_are_members(void **state)
{
	for (size_t i = 0; i < NUM_GROUPS; i++) {
		const struct urne_group *g = every_group[i];
		char text[URNE_TEXT_MAX];
		struct urne_elem one, base, back;

		urne_elem_identity(g, &one);
		urne_elem_generator(g, &base);
		assert_ok(urne_elem_decode(g, &back, text_of(g, text, &one)));
		assert_true(urne_elem_is_identity(g, &back));
		assert_ok(urne_elem_decode(g, &back, text_of(g, text, &base)));
		assert_false(urne_elem_is_identity(g, &back));
		/* 1 * b = b, b / b = 1 */
		urne_elem_mul(g, &back, &one, &base);
		assert_true(urne_elem_eq(g, &back, &base));
		urne_elem_div(g, &back, &base, &base);
		assert_true(urne_elem_is_identity(g, &back));
	}
	assert_memory_equal(urne_group_list(0)->name, "Ed25519", 8);
}

static void
the_secret_and_the_public_side_agree(void **state)
{
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t i = 0; i < 8 * NUM_GROUPS; i++) {
		const struct urne_group *g = every_group[i % NUM_GROUPS];
		struct urne_secret x, d, s;
		struct urne_scalar px, pd, ps, pt;
		struct urne_elem y, a, b, c;

		urne_secret_random(g, &x, &rng);
		urne_secret_random(g, &d, &rng);
		if (i < NUM_GROUPS) {
			urne_secret_from_u64(g, &d, 0); /* the identity as g^0 */
		}
		urne_secret_publish(g, &px, &x);
		urne_secret_publish(g, &pd, &d);
		urne_secret_base(g, &y, &x);
		urne_elem_pow_base(g, &a, &px);
		assert_true(urne_elem_eq(g, &y, &a));
		urne_secret_pow(g, &a, &y, &d);
		urne_elem_pow(g, &b, &y, &pd);
		assert_true(urne_elem_eq(g, &a, &b));
		/* y^x g^d */
		urne_secret_commit(g, &a, &y, &x, &d);
		urne_elem_pow2_base(g, &b, &pd, &y, &px);
		assert_true(urne_elem_eq(g, &a, &b));
		urne_elem_generator(g, &c);
		urne_elem_pow2(g, &c, &c, &pd, &y, &px);
		assert_true(urne_elem_eq(g, &a, &c));
		/* arithmetic */
		urne_secret_mul(g, &s, &x, &d);
		urne_secret_publish(g, &ps, &s);
		urne_scalar_mul(g, &pt, &px, &pd);
		assert_true(urne_scalar_eq(&ps, &pt));
		urne_secret_sub(g, &s, &d, &x);
		urne_secret_publish(g, &ps, &s);
		urne_scalar_sub(g, &pt, &pd, &px);
		assert_true(urne_scalar_eq(&ps, &pt));
		urne_secret_add(g, &s, &d, &x);
		urne_secret_publish(g, &ps, &s);
		urne_scalar_add(g, &pt, &pd, &px);
		assert_true(urne_scalar_eq(&ps, &pt));
		/* x / x = 1 */
		pt = px; /* the output may be the input */
		urne_scalar_inv(g, &pt, &pt);
		urne_scalar_mul(g, &pt, &pt, &px);
		urne_scalar_from_u64(g, &ps, urne_scalar_is_zero(&px) ? 0 : 1);
		assert_true(urne_scalar_eq(&ps, &pt));
	}
}

/* The ways to a power: alone, with others, from powers made before; as many as come in one go, and
 * more. Zero and q - 1 are among the exponents. */
static void
every_way_to_a_power_leads_to_the_same(void **state)
{
	struct urne_rng rng;
	struct urne_arena arena;

	test_rng_init(&rng);
	urne_arena_init(&arena, (size_t)1 << 26);
	for (size_t i = 0; i < NUM_GROUPS; i++) {
		enum { NUM = 2 * URNE_POW_MANY + 1 };
		const struct urne_group *g = every_group[i];
		struct urne_secret s;
		struct urne_scalar x[NUM];
		const struct urne_scalar *px[NUM];
		const struct urne_powers *powers = NULL;
		struct urne_elem a, out[NUM], want, product;
		bool is_member = false;

		urne_secret_random(g, &s, &rng);
		urne_secret_base(g, &a, &s);
		for (size_t k = 0; k < NUM; k++) {
			urne_secret_random(g, &s, &rng);
			urne_secret_publish(g, &x[k], &s);
			px[k] = &x[k];
		}
		urne_scalar_from_u64(g, &x[1], 0);
		urne_scalar_from_u64(g, &x[2], 1);
		urne_scalar_sub(g, &x[3], &x[1], &x[2]);
		assert_ok(urne_powers_make(&powers, &arena, g, &a));
		urne_elem_pow_many(g, out, &a, px, NUM, &is_member);
		assert_true(is_member);
		urne_elem_normalise(g, out, NUM);
		for (size_t k = 0; k < NUM; k++) {
			urne_elem_pow(g, &want, &a, &x[k]);
			assert_true(urne_elem_eq(g, &out[k], &want));
			urne_elem_mul(g, &want, &want, &out[0]);
			product = out[0];
			urne_elem_mul_pow(g, &product, &a, powers, &x[k]);
			assert_true(urne_elem_eq(g, &product, &want));
			product = out[0];
			urne_elem_mul_pow(g, &product, &a, NULL, &x[k]);
			assert_true(urne_elem_eq(g, &product, &want));
		}
		urne_elem_pow_many(g, out, &a, px, 1, NULL);
		urne_elem_pow(g, &want, &a, &x[0]);
		assert_true(urne_elem_eq(g, &out[0], &want));
	}
	urne_arena_clear(&arena);
}

/* What is a member: asked alone, asked beside other powers, asked of the decoder. */
static void
a4_membership_has_one_answer_however_it_is_asked(void **state)
{
	static const struct {
		const struct urne_group *g;
		const char *text;
		bool is_member;
	} cases[] = {
	    {&urne_group_ed25519,
		"7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", false},
	    {&urne_group_ed25519,
		"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec", false},
	    {&urne_group_ed25519,
		"0000000000000000000000000000000000000000000000000000000000000001", true},
	    {&urne_group_ed25519,
		"6666666666666666666666666666666666666666666666666666666666666658", true},
	    {&urne_group_belenios_2048, "2", false},
	    {&urne_group_belenios_2048, "1", true},
	    {&urne_group_rfc_3526_2048, "2", true},
	    {&urne_group_rfc_3526_2048, "11", false},
	    {&tiny_cofactor, "66", false},
	    {&tiny_cofactor, "29", false},
	    {&tiny_cofactor, "64", true},
	    {&tiny_safe, "22", false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct urne_group *g = cases[i].g;
		struct urne_elem a, b, power;
		struct urne_scalar x;
		const struct urne_scalar *px = &x;
		bool beside = !cases[i].is_member, alone = !cases[i].is_member;

		assert_ok(urne_elem_decode_unproved(g, &a, urne_view_of(cases[i].text)));
		assert_int_equal(urne_elem_decode(g, &b, urne_view_of(cases[i].text)) == URNE_OK,
		    cases[i].is_member);
		assert_int_equal(urne_elem_is_member(g, &a), cases[i].is_member);
		urne_scalar_from_u64(g, &x, 7);
		urne_elem_pow_many(g, &power, &a, &px, 1, &beside);
		assert_int_equal(beside, cases[i].is_member);
		urne_elem_pow_many(g, NULL, &a, NULL, 0, &alone);
		assert_int_equal(alone, cases[i].is_member);
	}
}

static void
secrets_have_the_same_decimal_form(void **state)
{
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t i = 0; i < 60 * NUM_GROUPS; i++) {
		const struct urne_group *g = every_group[i % NUM_GROUPS];
		char text[URNE_TEXT_MAX];
		struct urne_secret x, back;
		struct urne_scalar px;
		struct urne_buf out;
		size_t len = 0;

		urne_buf_init_secret(&out, URNE_TEXT_MAX);
		urne_secret_random(g, &x, &rng);
		if (i < 2 * NUM_GROUPS) {
			urne_secret_from_u64(g, &x, i / NUM_GROUPS);
		}
		urne_secret_publish(g, &px, &x);
		len = urne_scalar_encode(g, text, &px);
		urne_secret_to_decimal(g, &out, &x);
		assert_true(urne_view_eq(urne_buf_view(&out), (struct urne_view){text, len}));
		assert_ok(urne_secret_from_decimal(g, &back, urne_buf_view(&out)));
		assert_memory_equal(&back, &x, sizeof(x));
		urne_buf_clear(&out);
	}
}

static void
scalars_outside_their_form_are_refused(void **state)
{
	static const struct {
		const char *text;
		enum urne_err want;
	} cases[] = {
	    {"", URNE_ERR_SYNTAX},
	    {"01", URNE_ERR_SYNTAX},
	    {"+1", URNE_ERR_SYNTAX},
	    {"-1", URNE_ERR_SYNTAX},
	    {"0x1", URNE_ERR_SYNTAX},
	    {"1 ", URNE_ERR_SYNTAX},
	    {"1:", URNE_ERR_SYNTAX},
	    {"1/", URNE_ERR_SYNTAX},
	    {"0", URNE_OK},
	    {"1", URNE_OK},
	    {"7237005577332262213973186563042994240857116359379907606001950938285454250988",
		URNE_OK},
	    {"7237005577332262213973186563042994240857116359379907606001950938285454250989",
		URNE_ERR_RANGE},
	    {"17237005577332262213973186563042994240857116359379907606001950938285454250988",
		URNE_ERR_RANGE},
	    {"115792089237316195423570985008687907853269984665640564039457584007913129639936",
		URNE_ERR_RANGE},
	    {"9999999999999999999999999999999999999999999999999999999999999999999999999999999999999"
	     "9",
		URNE_ERR_RANGE},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_view v = urne_view_of(cases[i].text);
		struct urne_scalar s;
		struct urne_secret x;
		enum urne_err e = urne_scalar_decode(&urne_group_ed25519, &s, v);

		if (e != cases[i].want) {
			fail_msg("\"%s\": %s", cases[i].text, urne_err_name(e));
		}
		e = urne_secret_from_decimal(&urne_group_ed25519, &x, v);
		assert_int_equal(e == URNE_OK, cases[i].want == URNE_OK);
	}
}

static void
logarithms_are_found_up_to_their_bound(void **state)
{
	for (size_t i = 0; i < NUM_GROUPS; i++) {
		const struct urne_group *g = every_group[i];
		static const uint64_t maxima[] = {0, 1, 9, 10, 1000};
		for (size_t k = 0; k < 5; k++) {
			uint64_t max = maxima[k], n = 0;
			struct urne_dlog *d = NULL;
			struct urne_elem e;

			if (g->q_bits < 8 && max > 10) {
				continue;
			}
			assert_ok(urne_dlog_new(&d, g, max, 1 + k));
			for (uint64_t m = 0; m <= max + 1; m += max > 100 ? 37 : 1) {
				urne_elem_base_u64(g, &e, m);
				if (m <= max) {
					assert_ok(urne_dlog_find(d, &n, &e));
					assert_int_equal(n, m);
				} else if (g->q_bits > 8) {
					assert_err(urne_dlog_find(d, &n, &e), URNE_ERR_RANGE);
				}
			}
			urne_dlog_free(d);
		}
	}
}

static void
a_logarithm_below_a_thousand_million_is_found(void **state)
{
	struct urne_dlog *d = NULL;
	uint64_t n = 0;
	struct urne_elem e;

	assert_ok(urne_dlog_new(&d, &urne_group_ed25519, 1000000000, 1));
	urne_elem_base_u64(&urne_group_ed25519, &e, 999999999);
	assert_ok(urne_dlog_find(d, &n, &e));
	assert_int_equal(n, 999999999);
	urne_elem_base_u64(&urne_group_ed25519, &e, 1000000001);
	assert_err(urne_dlog_find(d, &n, &e), URNE_ERR_RANGE);
	urne_dlog_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(elements_have_one_text_form),
	    cmocka_unit_test(a4_only_canonical_members_are_decoded),
	    cmocka_unit_test(exactly_the_members_of_tiny_groups_are_decoded),
	    cmocka_unit_test(the_identity_and_the_generator_are_members),
	    cmocka_unit_test(the_secret_and_the_public_side_agree),
	    cmocka_unit_test(every_way_to_a_power_leads_to_the_same),
	    cmocka_unit_test(a4_membership_has_one_answer_however_it_is_asked),
	    cmocka_unit_test(secrets_have_the_same_decimal_form),
	    cmocka_unit_test(scalars_outside_their_form_are_refused),
	    cmocka_unit_test(logarithms_are_found_up_to_their_bound),
	    cmocka_unit_test(a_logarithm_below_a_thousand_million_is_found),
	};

	return cmocka_run_group_tests_name("group", tests, NULL, NULL);
}
