/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: sums of multiples from tables agree, in every version of the code that runs here, with
 * sums of multiples without, however many sums stand side by side and however many terms each has.
 * Variable time, public data only, never to be linked into encryption or keys. */
#include <stdlib.h>

#include "tests/unit/support/edwards_case.h"

#define MOST ((size_t)67) /* twice as many as stand side by side, and three */

static struct urne_edwards_table table[URNE_EDWARDS_TERMS];

struct sums {
	struct urne_edwards_table_sum each[MOST];
	struct edwards_scalar k[MOST][URNE_EDWARDS_TERMS];
	struct urne_edwards before[MOST];
};

/* The ends of the digits, of 7 bits and of 8, and the ends of the range. */
static const struct edwards_scalar edge[] = {
    {{0}},
    {{1}},
    {{63}},
    {{64}},
    {{65}},
    {{128}},
    {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX >> 3}},
    {{0x4081020408102040, 0x2040810204081020, 0x1020408102040810, 0x0810204081020408}},
    {{0x8080808080808080, 0x8080808080808080, 0x8080808080808080, 0x0080808080808080}},
    {{0, 0, 0, UINT64_C(1) << 60}},
};

static struct edwards_scalar
scalar(struct edwards_rng *g, size_t i)
{
	const size_t num_edges = sizeof(edge) / sizeof(edge[0]);
	struct edwards_scalar s = edwards_random_scalar(g);

	s.k[3] &= UINT64_MAX >> (256 - URNE_EDWARDS_MANY_BITS);
	return i % 2 == 0 ? edge[i / 2 % num_edges] : s;
}

/* check: num sums, of q[0] and q[1], of which the tables are; `terms` says how many each has. */
static void
check(struct sums *s, size_t num, const struct urne_edwards q[URNE_EDWARDS_TERMS],
    size_t (*terms)(size_t i), struct edwards_rng *g)
{
	for (size_t i = 0; i < num; i++) {
		struct urne_edwards_table_sum *sum = &s->each[i];

		sum->num = terms(i);
		s->before[i] = sum->r = edwards_random_point(g);
		for (size_t j = 0; j < URNE_EDWARDS_TERMS; j++) {
			s->k[i][j] = scalar(g, i + 3 * j);
			sum->k[j] = s->k[i][j].k;
			sum->table[j] = &table[(i + j) % 2];
		}
	}
	edwards_bulk->table_sums(s->each, num);
	for (size_t i = 0; i < num; i++) {
		struct urne_edwards want = s->before[i], t;

		for (size_t j = 0; j < terms(i); j++) {
			edwards_mul(&t, &q[(i + j) % 2], s->k[i][j].k);
			edwards_code->add(&want, &want, &t);
		}
		assert_sound(&s->each[i].r);
		assert_same(&s->each[i].r, &want);
	}
}

static size_t
one_term(size_t i)
{
	(void)i;
	return 1;
}

static size_t
none_to_two_terms(size_t i)
{
	return i % (URNE_EDWARDS_TERMS + 1);
}

static void
any_number_of_sums_with_any_number_of_terms_is_what_it_is_without_tables(void **state)
{
	static struct sums s;
	struct edwards_rng g;
	struct urne_edwards q[URNE_EDWARDS_TERMS];

	(void)state;
	edwards_rng_init(&g, 25);
	for (size_t j = 0; j < URNE_EDWARDS_TERMS; j++) {
		q[j] = edwards_random_point(&g);
		edwards_bulk->table_make(&table[j], &q[j]);
	}
	for (size_t num = 0; num < 6; num++) {
		check(&s, num, q, none_to_two_terms, &g);
		check(&s, num, q, one_term, &g);
	}
	for (size_t num = MOST - 4; num <= MOST; num++) {
		check(&s, num, q, none_to_two_terms, &g);
	}
}

static void
tables_of_points_of_small_order_and_of_sums_with_them_are_exact(void **state)
{
	static struct sums s;
	struct edwards_rng g;
	struct urne_edwards t[EDWARDS_NUM_TORSION], q[URNE_EDWARDS_TERMS];

	(void)state;
	edwards_rng_init(&g, 26);
	edwards_torsion(t);
	for (size_t i = 0; i < EDWARDS_NUM_TORSION; i++) {
		struct urne_edwards r = edwards_random_point(&g);

		q[0] = t[i];
		edwards_code->add(&q[1], &r, &t[i]);
		edwards_bulk->table_make(&table[0], &q[0]);
		edwards_bulk->table_make(&table[1], &q[1]);
		check(&s, 21, q, none_to_two_terms, &g);
	}
}

/* Every digit in the lowest place and in one further up, with its sign and its carry. */
static void
every_digit_of_a_place_takes_its_multiple(void **state)
{
	static struct urne_edwards_table_sum s[256];
	static uint64_t k[256][4];
	struct edwards_rng g;
	struct urne_edwards p, want;

	(void)state;
	edwards_rng_init(&g, 27);
	p = edwards_random_point(&g);
	edwards_bulk->table_make(&table[0], &p);
	for (size_t i = 0; i < 256; i++) {
		k[i][0] = i;
		k[i][3] = i << 52;
		s[i] = (struct urne_edwards_table_sum){.table = {&table[0]}, .k = {k[i]}, .num = 1};
		urne_edwards_identity(&s[i].r);
	}
	edwards_bulk->table_sums(s, 256);
	for (size_t i = 0; i < 256; i++) {
		edwards_mul(&want, &p, k[i]);
		assert_same(&s[i].r, &want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		any_number_of_sums_with_any_number_of_terms_is_what_it_is_without_tables),
	    cmocka_unit_test(tables_of_points_of_small_order_and_of_sums_with_them_are_exact),
	    cmocka_unit_test(every_digit_of_a_place_takes_its_multiple),
	};
	const char *version;
	int num_failed = 0;

	if (!edwards_case_begin()) {
		return EXIT_FAILURE;
	}
	while ((version = edwards_bulk_next()) != NULL) {
		num_failed += cmocka_run_group_tests_name(version, tests, NULL, NULL);
	}
	return num_failed;
}
