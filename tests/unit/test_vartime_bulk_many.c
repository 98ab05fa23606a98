/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: multiples of many points at once agree, in every version of the code that runs here,
 * with multiples of one, whatever lane a point is in, what its neighbours are, and how many are
 * left over. Variable time, public data only, never to be linked into encryption or keys. */
#include <stdlib.h>

#include "crypto/vartime/edwards_bulk.h"
#include "tests/unit/support/edwards_case.h"

#define MOST ((size_t)19) /* two vectors of eight lanes and three */

struct points {
	struct urne_edwards_multiples each[MOST];
	struct edwards_scalar k[MOST][URNE_EDWARDS_MANY];
};

/* What is not a random scalar: the ends of the digits, and the order. */
static const uint64_t edge[][4] = {
    {0},
    {1},
    {7},
    {8},
    {9},
    {0x8888888888888888, 0x8888888888888888, 0x8888888888888888, 0x0888888888888888},
    {0x7777777777777777, 0x7777777777777777, 0x7777777777777777, 0x1777777777777777},
    {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX >> 3},
    {0, 0, 0, UINT64_C(1) << 60},
};

static void
below_limit(struct edwards_scalar *s)
{
	s->k[3] &= UINT64_MAX >> (256 - URNE_EDWARDS_MANY_BITS);
}

static void
use_scalars(struct points *p, struct edwards_rng *g)
{
	const size_t num_edges = sizeof(edge) / sizeof(edge[0]);

	for (size_t i = 0; i < MOST; i++) {
		for (size_t j = 0; j < URNE_EDWARDS_MANY; j++) {
			p->k[i][j] = edwards_random_scalar(g);
			below_limit(&p->k[i][j]);
			if ((i + j) % 3 == 0) {
				memcpy(p->k[i][j].k, edge[(i / 3 + 2 * j) % num_edges],
				    sizeof(edge[0]));
			}
			p->each[i].k[j] = p->k[i][j].k;
		}
		p->k[i][i % URNE_EDWARDS_MANY] = (struct edwards_scalar){{0}};
		memcpy(p->k[i][i % URNE_EDWARDS_MANY].k, urne_edwards_order, 32);
	}
}

static void
mul_many(struct points *p, size_t num)
{
	void *room = urne_edwards_bulk_room(edwards_bulk->many_size);

	assert_non_null(room);
	memset(room, 0xee, edwards_bulk->many_size);
	edwards_bulk->mul_many(p->each, num, room);
	free(room);
}

/* check: the first num points, by the version at hand. */
static void
check(struct points *p, size_t num)
{
	for (size_t i = 0; i < MOST; i++) {
		memset(p->each[i].out, 0xee, sizeof(p->each[i].out));
	}
	mul_many(p, num);
	for (size_t i = 0; i < num; i++) {
		for (size_t j = 0; j < p->each[i].num; j++) {
			struct urne_edwards want;

			edwards_mul(&want, &p->each[i].p, p->k[i][j].k);
			assert_sound(&p->each[i].out[j]);
			assert_same(&p->each[i].out[j], &want);
		}
		for (size_t j = p->each[i].num; j < URNE_EDWARDS_MANY; j++) {
			assert_int_equal(p->each[i].out[j].X[0], 0xeeeeeeeeeeeeeeee);
		}
	}
}

static void
every_number_of_points_and_scalars_gives_what_one_alone_gives(void **state)
{
	struct edwards_rng g;
	struct points p = {0};

	(void)state;
	edwards_rng_init(&g, 21);
	use_scalars(&p, &g);
	for (size_t i = 0; i < MOST; i++) {
		p.each[i].p = edwards_random_point(&g);
	}
	for (size_t num = 0; num <= MOST; num++) {
		for (size_t i = 0; i < MOST; i++) {
			p.each[i].num = (i + num) % (URNE_EDWARDS_MANY + 1);
		}
		check(&p, num);
	}
}

/* Points of order 1, 2, 4, 8 in each lane, alone and added to a point of the subgroup. */
static void
points_of_small_order_are_exact_in_each_lane(void **state)
{
	struct edwards_rng g;
	struct urne_edwards t[EDWARDS_NUM_TORSION];
	struct points p = {0};

	(void)state;
	edwards_rng_init(&g, 22);
	edwards_torsion(t);
	use_scalars(&p, &g);
	for (size_t shift = 0; shift < EDWARDS_NUM_TORSION; shift++) {
		for (size_t i = 0; i < MOST; i++) {
			p.each[i].p = t[(i + shift) % EDWARDS_NUM_TORSION];
			p.each[i].num = 3;
			if (i % 2 == 1) {
				struct urne_edwards r = edwards_random_point(&g);

				edwards_code->add(&p.each[i].p, &p.each[i].p, &r);
			}
		}
		check(&p, MOST);
	}
}

/* One point outside the subgroup at a time, in every lane and left over: the multiple by q of it
 * and of no other is not the identity. */
static void
only_the_point_outside_the_subgroup_is_found_in_whatever_lane(void **state)
{
	struct edwards_rng g;
	struct urne_edwards t[EDWARDS_NUM_TORSION];
	struct points p = {0};

	(void)state;
	edwards_rng_init(&g, 23);
	edwards_torsion(t);
	for (size_t bad = 0; bad < MOST; bad++) {
		for (size_t i = 0; i < MOST; i++) {
			p.each[i].p = edwards_random_point(&g);
			p.each[i].k[0] = urne_edwards_order;
			p.each[i].num = 1;
		}
		edwards_code->add(
		    &p.each[bad].p, &p.each[bad].p, &t[1 + bad % (EDWARDS_NUM_TORSION - 1)]);
		mul_many(&p, MOST);
		for (size_t i = 0; i < MOST; i++) {
			assert_int_equal(urne_edwards_is_identity(&p.each[i].out[0]), i != bad);
		}
	}
}

/* Each multiple is libsodium's, encoded. */
static void
multiples_of_many_points_are_libsodiums(void **state)
{
	struct edwards_rng g;
	struct points p = {0};
	uint8_t bytes[MOST][32], ours[32], theirs[32];

	(void)state;
	edwards_rng_init(&g, 24);
	for (size_t i = 0; i < MOST; i++) {
		edwards_random_bytes(&g, bytes[i]);
		p.each[i].p = edwards_decode(bytes[i]);
		for (size_t j = 0; j < 3; j++) {
			edwards_rng_bytes(&g, p.k[i][j].k, 32);
			p.k[i][j].k[3] >>= 4; /* below q, and not 0 */
			p.each[i].k[j] = p.k[i][j].k;
		}
		p.each[i].num = 3;
	}
	mul_many(&p, MOST);
	for (size_t i = 0; i < MOST; i++) {
		for (size_t j = 0; j < 3; j++) {
			edwards_code->compress(ours, &p.each[i].out[j]);
			assert_int_equal(crypto_scalarmult_ed25519_noclamp(
					     theirs, (const uint8_t *)p.k[i][j].k, bytes[i]),
			    0);
			assert_memory_equal(ours, theirs, 32);
		}
	}
}

/* What is no encoding, in the order of the reasons: y = p + 1; x = 0 with its sign; y = 2, for
 * which x^2 is no square. */
static const uint8_t refused[][32] = {
    {0xee, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0x7f},
    {[0] = 1, [31] = 0x80},
    {[0] = 2},
};

static void
encodings_are_opened_together_as_one_by_one_in_whatever_lane(void **state)
{
	struct edwards_rng g;
	struct urne_edwards t[EDWARDS_NUM_TORSION], out[MOST], want;
	uint8_t in[MOST][32];
	bool ok[MOST];

	(void)state;
	edwards_rng_init(&g, 28);
	edwards_torsion(t);
	for (size_t round = 0; round < 60; round++) {
		size_t num = round % (MOST + 1);

		for (size_t i = 0; i < MOST; i++) {
			switch ((i + round) % 4) {
			case 0:
				memcpy(in[i], refused[(i / 4 + round) % 3], 32);
				break;
			case 1:
				edwards_rng_bytes(&g, in[i], 32); /* half of them are none */
				break;
			case 2:
				edwards_code->compress(
				    in[i], &t[(i + round) / 4 % EDWARDS_NUM_TORSION]);
				break;
			default:
				edwards_random_bytes(&g, in[i]);
			}
		}
		edwards_bulk->decompress(out, ok, (const uint8_t(*)[32])in, num);
		for (size_t i = 0; i < num; i++) {
			uint8_t again[32];

			assert_int_equal(ok[i], edwards_code->decompress(&want, in[i]));
			assert_same(&out[i], &want);
			assert_sound(&out[i]);
			if (ok[i]) {
				edwards_code->compress(again, &out[i]);
				assert_memory_equal(again, in[i], 32);
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_number_of_points_and_scalars_gives_what_one_alone_gives),
	    cmocka_unit_test(points_of_small_order_are_exact_in_each_lane),
	    cmocka_unit_test(only_the_point_outside_the_subgroup_is_found_in_whatever_lane),
	    cmocka_unit_test(multiples_of_many_points_are_libsodiums),
	    cmocka_unit_test(encodings_are_opened_together_as_one_by_one_in_whatever_lane),
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
