/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the sum of many multiples is the sum of the multiples one by one, in every version of
 * the code: for many sizes, weights at the edges, points of torsion and equal points, several lists
 * and threads. A hint is a point of the curve or nothing. */
#include "base/err.h"
#include "crypto/vartime/msm.h"

#include <stdlib.h>

#include "tests/unit/support/edwards_case.h"

enum { MOST = 700 };

struct many {
	struct urne_edwards plain[MOST];
	struct urne_edwards_opened point[MOST];
	uint64_t weight[MOST][4];
};

/* open_list: one list of hints without sums, all of them wanted as points, whose encodings are
 * looked at as well. */
static bool
open_list(const struct urne_edwards_bulk *bulk, struct urne_edwards *eight,
    struct urne_edwards_opened *q, const uint8_t *in, size_t num)
{
	const struct urne_edwards_hint_shape shape = {
	    .num = num, .num_eight = num, .eight_stride = sizeof(*eight) / sizeof(uint64_t)};
	uint8_t(*encoding)[32] = calloc(num + 1, sizeof(*encoding)), bytes[32];
	void *room = urne_edwards_bulk_room(bulk->open_size);
	const struct urne_edwards_hints list = {in, q, encoding, eight->X};
	bool all;

	assert_non_null(encoding);
	assert_non_null(room);
	all = bulk->hints_open(&list, 1, &shape, room);
	for (size_t i = 0; all && i < num; i++) {
		edwards_code->compress(bytes, &eight[i]);
		assert_memory_equal(encoding[i], bytes, sizeof(bytes));
	}
	free(encoding);
	free(room);
	return all;
}

/* The bytes of a point, and what opening makes of them. */
static void
open_point(struct urne_edwards_opened *out, const struct urne_edwards *p)
{
	struct urne_edwards affine = *p, eight;
	uint8_t hint[64];

	edwards_code->normalise(&affine, 1);
	edwards_code->hint_write(hint, &affine);
	assert_true(open_list(edwards_bulk, &eight, out, hint, 1));
	for (int i = 0; i < 3; i++) {
		edwards_code->twice(&affine, &affine);
	}
	assert_same(&eight, &affine);
}

/* Weights of 128 bits and of 253, 0, q - 1, and those whose digits are all halves or carry to the
 * top. */
static void
weight(uint64_t out[4], struct edwards_rng *g, size_t i)
{
	static const uint64_t edge[][4] = {
	    {0, 0, 0, 0},
	    {1, 0, 0, 0},
	    {0x5812631a5cf5d3ec, 0x14def9dea2f79cd6, 0, 0x1000000000000000},
	    {UINT64_MAX, UINT64_MAX, UINT64_MAX, 0x1fffffffffffffff},
	    {UINT64_MAX, 0x7fffffffffffffff, 0, 0},
	    {UINT64_MAX, UINT64_MAX, 0, 0},
	    {0x8000800080008000, 0x8000800080008000, 0, 0},
	    {0x8000800080008000, 0x8000800080008000, 0x8000800080008000, 0x0000800080008000},
	    {0x8080808080808080, 0x8080808080808080, 0x8080808080808080, 0x0080808080808080},
	    {0x7fff7fff7fff8000, 0x7fff7fff7fff7fff, 0, 0},
	};

	if (i % 3 == 0) {
		memcpy(out, edge[i / 3 % (sizeof(edge) / sizeof(edge[0]))], 32);
		return;
	}
	edwards_rng_bytes(g, out, 32);
	out[3] >>= 3;
	if (i % 3 == 1) {
		out[2] = out[3] = 0;
	}
}

static void
fill(struct many *m, struct edwards_rng *g, size_t num)
{
	struct urne_edwards torsion[EDWARDS_NUM_TORSION];

	edwards_torsion(torsion);
	for (size_t i = 0; i < num; i++) {
		m->plain[i] =
		    i % 16 == 5 ? torsion[i / 16 % EDWARDS_NUM_TORSION] : edwards_random_point(g);
		if (i % 16 == 9) {
			m->plain[i] = m->plain[i - 1];
		} else if (i % 16 == 10) {
			edwards_code->neg(&m->plain[i], &m->plain[i - 2]);
		} else if (i % 16 == 11) {
			edwards_code->add(
			    &m->plain[i], &m->plain[i], &torsion[i / 16 % EDWARDS_NUM_TORSION]);
		}
		open_point(&m->point[i], &m->plain[i]);
		weight(m->weight[i], g, i);
		if (i % 16 == 9 || i % 16 == 10) {
			memcpy(m->weight[i], m->weight[8], 32);
		}
	}
}

static void
naive(struct urne_edwards *out, const struct many *m, size_t num)
{
	urne_edwards_identity(out);
	for (size_t i = 0; i < num; i++) {
		struct urne_edwards t;

		edwards_mul(&t, &m->plain[i], m->weight[i]);
		edwards_code->add(out, out, &t);
	}
}

static void
the_sum_of_many_multiples_is_the_sum_one_by_one(void **state)
{
	static const size_t sizes[] = {0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 31, 64, 65, 200, MOST};
	struct many *m = calloc(1, sizeof(*m));
	struct edwards_rng g;

	assert_non_null(m);
	edwards_rng_init(&g, 31);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t n = sizes[i], cut = n / 3;
		struct urne_edwards want, got;
		struct urne_pool *pool = urne_pool_new(1 + i % 4);
		const struct urne_edwards_terms lists[3] = {{m->point, m->weight, cut},
		    {NULL, NULL, 0}, {m->point + cut, m->weight + cut, n - cut}};

		fill(m, &g, n);
		naive(&want, m, n);
		assert_int_equal(urne_msm_vartime(edwards_bulk, &got, lists, 3, pool), URNE_OK);
		urne_pool_free(pool);
		assert_same(&got, &want);
	}
	free(m);
}

/* One point, so that no other hides a digit; enough weight beside it for each width of digits. */
static void
each_width_of_digits_gives_the_same_sum(void **state)
{
	struct many *m = calloc(1, sizeof(*m));
	struct edwards_rng g;

	assert_non_null(m);
	edwards_rng_init(&g, 32);
	for (unsigned w = 3; w <= edwards_bulk->max_width; w++) {
		struct urne_digit_form form = urne_digit_form_of(URNE_MSM_BITS, w);
		struct urne_edwards_terms list = {m->point, m->weight, 40};
		struct urne_edwards want, got;
		void *bucket = urne_edwards_bulk_room(edwards_bulk->bucket_size << w);

		assert_non_null(bucket);
		fill(m, &g, list.num);
		naive(&want, m, list.num);
		for (size_t i = 0; i < list.num; i++) {
			urne_digits_prepare(m->weight[i], &form);
		}
		urne_edwards_identity(&got);
		for (unsigned place = form.num; place-- > 0;) {
			struct urne_edwards sum;

			edwards_bulk->place(
			    &sum, bucket, (size_t)1 << (w - 1), &list, 1, &form, place);
			for (unsigned k = 0; k < w; k++) {
				edwards_code->twice(&got, &got);
			}
			edwards_code->add(&got, &got, &sum);
		}
		assert_same(&got, &want);
		free(bucket);
	}
	free(m);
}

/* More weights never get narrower digits; a few get the narrowest, very many the widest. */
static void
the_width_of_digits_grows_with_the_weights(void **state)
{
	unsigned before = urne_msm_width(edwards_bulk, 0, 1);

	assert_int_equal(before, 3);
	for (size_t n = 1; n < 400000; n += n / 2 + 1) {
		unsigned w = urne_msm_width(edwards_bulk, 2 * n, n);

		assert_in_range(w, before, edwards_bulk->max_width);
		before = w;
	}
	assert_int_equal(before, edwards_bulk->max_width);
}

/* p = 2^255 - 19, and what a coordinate may not be. */
static void
a_hint_off_the_curve_or_in_a_second_form_is_nothing(void **state)
{
	struct edwards_rng g;
	struct urne_edwards eight, p;
	struct urne_edwards_opened q;
	uint8_t hint[64], kept;

	edwards_rng_init(&g, 33);
	for (unsigned i = 0; i < 300; i++) {
		p = edwards_random_point(&g);
		edwards_code->normalise(&p, 1);
		edwards_code->hint_write(hint, &p);
		assert_true(open_list(edwards_bulk, &eight, &q, hint, 1));
		kept = hint[i % 64];
		hint[i % 64] ^= (uint8_t)(1U << (i / 64));
		assert_false(open_list(edwards_bulk, &eight, &q, hint, 1));
		hint[i % 64] = kept;
	}
	/* (0, 1) is the identity; with p added to either it is not in its form; (0, 0) is no point
	 */
	memset(hint, 0, sizeof(hint));
	assert_false(open_list(edwards_bulk, &eight, &q, hint, 1));
	hint[32] = 1;
	assert_true(open_list(edwards_bulk, &eight, &q, hint, 1));
	assert_true(edwards_code->is_identity(&eight));
	memset(hint, 0xff, 32);
	hint[0] = 0xed;
	hint[31] = 0x7f;
	assert_false(open_list(edwards_bulk, &eight, &q, hint, 1));
	memset(hint, 0, 32);
	hint[63] = 0x80;
	assert_false(open_list(edwards_bulk, &eight, &q, hint, 1));
	memset(hint + 32, 0xff, 32);
	hint[32] = 0xee;
	hint[63] = 0x7f;
	assert_false(open_list(edwards_bulk, &eight, &q, hint, 1));
}

/* All weights are 1 or all -1 modulo 2^w, so that everything goes into one bucket. */
static void
equal_and_opposite_points_and_torsion_in_one_bucket_are_added(void **state)
{
	enum { NUM = 24 };
	struct many *m = calloc(1, sizeof(*m));
	struct urne_edwards torsion[EDWARDS_NUM_TORSION], p, want, got;
	struct edwards_rng g;

	assert_non_null(m);
	edwards_rng_init(&g, 34);
	edwards_torsion(torsion);
	for (size_t n = 1; n <= NUM; n++) {
		p = edwards_random_point(&g);
		for (size_t kind = 0; kind < 4; kind++) {
			const struct urne_edwards_terms list = {m->point, m->weight, n};

			for (size_t i = 0; i < n; i++) {
				/* P P P .., P -P P .., all of torsion, P and P + T */
				m->plain[i] = kind == 2 ? torsion[i % EDWARDS_NUM_TORSION] : p;
				if (kind == 1 && i % 2 == 1) {
					edwards_code->neg(&m->plain[i], &p);
				} else if (kind == 3) {
					edwards_code->add(&m->plain[i], &p,
					    &torsion[i / 2 % EDWARDS_NUM_TORSION]);
				}
				open_point(&m->point[i], &m->plain[i]);
				memset(m->weight[i], 0, sizeof(m->weight[i]));
				m->weight[i][0] = n % 2 == 1 ? 1 : 7;
			}
			naive(&want, m, n);
			assert_int_equal(
			    urne_msm_vartime(edwards_bulk, &got, &list, 1, NULL), URNE_OK);
			assert_same(&got, &want);
		}
	}
	free(m);
}

static void
the_sum_is_libsodiums(void **state)
{
	struct many *m = calloc(1, sizeof(*m));
	struct urne_edwards_terms list = {.num = MOST};
	struct urne_edwards got;
	uint8_t sum[32] = {1}, ours[32];
	struct edwards_rng g;

	assert_non_null(m);
	edwards_rng_init(&g, 35);
	for (size_t i = 0; i < MOST; i++) {
		uint8_t wide[64], k[32], bytes[32], term[32];

		edwards_random_bytes(&g, bytes);
		m->plain[i] = edwards_decode(bytes);
		open_point(&m->point[i], &m->plain[i]);
		edwards_rng_bytes(&g, wide, sizeof(wide));
		crypto_core_ed25519_scalar_reduce(k, wide);
		memcpy(m->weight[i], k, 32); /* this test runs on little-endian machines */
		assert_int_equal(crypto_scalarmult_ed25519_noclamp(term, k, bytes), 0);
		assert_int_equal(crypto_core_ed25519_add(sum, sum, term), 0);
	}
	list.point = m->point;
	list.weight = m->weight;
	assert_int_equal(urne_msm_vartime(edwards_bulk, &got, &list, 1, NULL), URNE_OK);
	edwards_code->compress(ours, &got);
	assert_memory_equal(ours, sum, 32);
	free(m);
}

struct batch {
	uint8_t hint[MOST][64];
	struct urne_edwards eight[MOST], want[MOST];
	struct urne_edwards_opened q[MOST], unused[MOST];
};

static struct batch *
batch_make(struct edwards_rng *g, size_t num)
{
	struct batch *b = calloc(1, sizeof(*b));

	assert_non_null(b);
	for (size_t i = 0; i < num; i++) {
		struct urne_edwards p = edwards_random_point(g);

		if (i % 11 == 3) {
			edwards_torsion(b->want);
			p = b->want[i / 11 % EDWARDS_NUM_TORSION];
		}
		edwards_code->normalise(&p, 1);
		edwards_code->hint_write(b->hint[i], &p);
	}
	return b;
}

static void
hints_opened_together_are_those_that_the_portable_version_opens(void **state)
{
	static const uint64_t one[4] = {1, 0, 0, 0};
	struct edwards_rng g;
	struct batch *b;

	edwards_rng_init(&g, 36);
	b = batch_make(&g, MOST);
	for (size_t n = 0; n <= MOST; n += n < 150 ? 1 : 110) {
		memset(b->eight, 0, sizeof(b->eight));
		memset(b->q, 0xff, sizeof(b->q));
		assert_true(
		    open_list(&urne_edwards_bulk_portable, b->want, b->unused, b->hint[0], n));
		assert_true(open_list(edwards_bulk, b->eight, b->q, b->hint[0], n));
		for (size_t i = 0; i < n; i++) {
			assert_memory_equal(b->eight[i].Z, one, sizeof(one));
			assert_same(&b->eight[i], &b->want[i]);
		}
		/* and nothing is written after the last */
		for (size_t i = n; i < MOST && i < n + 8; i++) {
			assert_int_equal(b->eight[i].Z[0], 0);
			assert_true(b->q[i].lanes[0] == UINT64_MAX);
		}
	}
	free(b);
}

enum { LISTS = 8, EACH = 85, SUMS = 7 };

/* What is made of lists that are opened together, and of each alone. */
struct opened_lists {
	struct urne_edwards_opened q[LISTS * EACH];
	uint8_t encoding[LISTS * (EACH + SUMS)][32];
	struct urne_edwards eight[LISTS * EACH];
};

static bool
open_lists(struct opened_lists *o, const struct batch *b, size_t first, size_t num,
    const struct urne_edwards_hint_shape *shape)
{
	struct urne_edwards_hints list[LISTS];
	void *room = urne_edwards_bulk_room(edwards_bulk->open_size);
	bool all;

	assert_non_null(room);
	memset(o, 0xa5, sizeof(*o));
	for (size_t i = 0; i < num; i++) {
		list[i] = (struct urne_edwards_hints){b->hint[(first + i) * shape->num],
		    o->q + i * shape->num, o->encoding + i * (shape->num + shape->num_sums),
		    o->eight[i * shape->num_eight].X};
	}
	all = edwards_bulk->hints_open(list, num, shape, room);
	free(room);
	return all;
}

/* assert_sums: the encodings behind those of the hints of a list. */
static void
assert_sums(const uint8_t (*encoding)[32], const uint8_t (*hint)[64],
    const struct urne_edwards_hint_shape *shape)
{
	for (size_t s = 0; s < shape->num_sums; s++) {
		struct urne_edwards want, p;
		uint8_t bytes[32];

		urne_edwards_identity(&want);
		for (size_t i = s > 0 ? shape->end[s - 1] : 0; i < shape->end[s]; i++) {
			struct urne_edwards_opened unused;

			/* 8 times the hint, by itself */
			assert_true(open_list(
			    &urne_edwards_bulk_portable, &p, &unused, hint[shape->addend[i]], 1));
			edwards_code->add(&want, &want, &p);
		}
		edwards_code->compress(bytes, &want);
		assert_memory_equal(encoding[shape->num + s], bytes, sizeof(bytes));
	}
}

/* Sums of nothing, of one, of a point twice, of everything; and two that are of different length
 * beside each other. */
static void
lists_opened_together_are_those_opened_alone_and_so_are_their_sums(void **state)
{
	static const size_t nums[] = {1, 2, 7, 8, 9, 66, EACH};
	struct opened_lists *o = calloc(2, sizeof(*o));
	size_t addend[3 * EACH + 8], end[SUMS];
	struct edwards_rng g;
	struct batch *b;

	assert_non_null(o);
	edwards_rng_init(&g, 38);
	b = batch_make(&g, LISTS * EACH);
	for (size_t k = 0; k < LISTS * sizeof(nums) / sizeof(nums[0]); k++) {
		size_t n = nums[k / LISTS], num = k % LISTS + 1, at = 0;
		const struct urne_edwards_hint_shape shape = {
		    .num = n,
		    .num_eight = (n + 2) / 3,
		    .eight_stride = sizeof(o->eight[0]) / sizeof(uint64_t),
		    .num_sums = k % 2 == 0 ? SUMS : SUMS - 1,
		    .addend = addend,
		    .end = end,
		};
		const size_t row = n + shape.num_sums;

		for (size_t s = 0; s < SUMS; s++) {
			size_t len = (const size_t[SUMS]){0, n, 1, 2, n, n / 2, 1}[s];

			for (size_t i = 0; i < len; i++) {
				addend[at++] = s == 3 ? n - 1 : (i + s) % n;
			}
			end[s] = at;
		}
		assert_true(open_lists(&o[0], b, 0, num, &shape));
		for (size_t i = 0; i < num; i++) {
			assert_true(open_lists(&o[1], b, i, 1, &shape));
			assert_memory_equal(o[0].encoding[i * row], o[1].encoding[0], row * 32);
			assert_memory_equal(&o[0].q[i * n], o[1].q, n * sizeof(o->q[0]) - 8);
			for (size_t j = 0; j < shape.num_eight; j++) {
				assert_same(&o[0].eight[i * shape.num_eight + j], &o[1].eight[j]);
			}
			assert_sums((const uint8_t(*)[32])o[1].encoding,
			    (const uint8_t(*)[64])(b->hint + i * n), &shape);
		}
		/* and nothing is written after the last */
		assert_int_equal(o[0].encoding[num * row][0], 0xa5);
		assert_true(o[0].eight[num * shape.num_eight].X[0] == UINT64_C(0xa5a5a5a5a5a5a5a5));
	}
	free(o);
	free(b);
}

static void
one_wrong_hint_among_many_spoils_them_wherever_it_stands(void **state)
{
	enum { NUM = 85 };
	struct edwards_rng g;
	struct batch *b;

	edwards_rng_init(&g, 37);
	b = batch_make(&g, NUM);
	for (size_t i = 0; i < 2 * NUM; i++) {
		uint8_t *coordinate = b->hint[i / 2] + i % 2 * 32, kept[32];

		memcpy(kept, coordinate, sizeof(kept));
		coordinate[i % 31] ^= 0x20;
		assert_false(open_list(edwards_bulk, b->eight, b->q, b->hint[0], NUM));
		memcpy(coordinate, kept, sizeof(kept));
		coordinate[31] |= 0x80;
		assert_false(open_list(edwards_bulk, b->eight, b->q, b->hint[0], NUM));
		/* p itself */
		memset(coordinate, 0xff, 32);
		coordinate[0] = 0xed;
		coordinate[31] = 0x7f;
		assert_false(open_list(edwards_bulk, b->eight, b->q, b->hint[0], NUM));
		memcpy(coordinate, kept, sizeof(kept));
		assert_true(open_list(edwards_bulk, b->eight, b->q, b->hint[0], NUM));
	}
	free(b);
}

static void
the_fastest_version_that_runs_here_is_chosen(void **state)
{
	size_t i = 0;

	while (urne_edwards_bulk_versions[i].bulk != urne_edwards_bulk_fastest()) {
		assert_false(urne_edwards_bulk_versions[i].runs());
		i++;
	}
	assert_true(urne_edwards_bulk_versions[i].runs());
	assert_true(urne_edwards_bulk_versions[urne_edwards_num_bulk_versions - 1].runs());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(equal_and_opposite_points_and_torsion_in_one_bucket_are_added),
	    cmocka_unit_test(the_sum_is_libsodiums),
	    cmocka_unit_test(hints_opened_together_are_those_that_the_portable_version_opens),
	    cmocka_unit_test(lists_opened_together_are_those_opened_alone_and_so_are_their_sums),
	    cmocka_unit_test(one_wrong_hint_among_many_spoils_them_wherever_it_stands),
	    cmocka_unit_test(the_fastest_version_that_runs_here_is_chosen),
	    cmocka_unit_test(the_sum_of_many_multiples_is_the_sum_one_by_one),
	    cmocka_unit_test(each_width_of_digits_gives_the_same_sum),
	    cmocka_unit_test(the_width_of_digits_grows_with_the_weights),
	    cmocka_unit_test(a_hint_off_the_curve_or_in_a_second_form_is_nothing),
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
