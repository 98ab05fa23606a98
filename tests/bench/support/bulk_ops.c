/* SPDX-License-Identifier: EUPL-1.2 */
/* What is done to many points at once, in every version that this processor runs, by turns in
 * one run: the field, doublings, multiples of each point and from tables, encodings, hints, adding
 * buckets up, adding points to buckets (which has the former in it), and sums of
 * 1,000, 10,000 and 100,000 multiples. Processor time, the least of all repeats, in nanoseconds for
 * each product, doubling, point, multiple, encoding, hint, addition or bucket; the gain is over the
 * portable version. */
#include "tests/bench/support/bulk_ops.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/vartime/edwards_code.h"
#include "crypto/vartime/msm.h"
#include "tests/bench/bench.h"
#include "tests/unit/support/lanes_case.h"

#define REPEATS	 9
#define MOST	 ((size_t)100000)
#define HINTS	 ((size_t)66) /* of a ballot of ten options, */
#define ELEMS	 ((size_t)21) /* of which these stand in its text, */
#define BALLOTS	 ((size_t)8)  /* and so many ballots are opened together */
#define VERSIONS 4
#define POINTS	 ((size_t)24) /* of a ballot of ten options, and two more */
#define SUMS	 ((size_t)44) /* commitments of such a ballot, of which 11 have two terms */
#define PRODUCTS ((size_t)20000)

/* What the operations work on. */
struct work {
	const struct urne_edwards_bulk *bulk;
	const struct lanes_case *lanes; /* NULL where the field has no lanes */
	uint8_t hint[HINTS][64], hint_encoding[BALLOTS * HINTS][32];
	struct urne_edwards eight[BALLOTS * ELEMS];
	void *open_room;
	struct urne_edwards_opened point[MOST];
	uint64_t weight[MOST][4], kept[MOST][4];
	struct urne_edwards_multiples many[POINTS];
	uint8_t encoding[POINTS][32];
	struct urne_edwards_table table[2];
	struct urne_edwards_table_sum sum[SUMS];
	void *buckets;
};

static void
must(bool ok)
{
	if (!ok) {
		fprintf(stderr, "bench: a step fails that cannot\n");
		exit(1);
	}
}

static void
run_mul(struct work *w, size_t num)
{
	struct lanes_words a = {{{1}}}, b = {{{2}}};

	(void)num;
	w->lanes->mul_repeatedly(&a, &b, PRODUCTS / w->lanes->num_lanes);
}

static void
run_sq(struct work *w, size_t num)
{
	struct lanes_words a = {{{2}}};

	(void)num;
	w->lanes->sq_repeatedly(&a, PRODUCTS / w->lanes->num_lanes);
}

static void
run_hints(struct work *w, size_t num)
{
	const struct urne_edwards_hint_shape shape = {.num = HINTS,
	    .num_eight = ELEMS,
	    .eight_stride = sizeof(w->eight[0]) / sizeof(uint64_t)};
	struct urne_edwards_hints list[BALLOTS];

	for (size_t k = 0; k < BALLOTS; k++) {
		list[k] = (struct urne_edwards_hints){w->hint[0], w->point + k * HINTS,
		    w->hint_encoding + k * HINTS, w->eight[k * ELEMS].X};
	}
	for (size_t i = 0; i < num; i += BALLOTS * HINTS) {
		must(w->bulk->hints_open(list, BALLOTS, &shape, w->open_room));
	}
}

/* One multiple by 2^252, which is doublings and one addition; every fourth has its T. */
static void
run_doublings(struct work *w, size_t num)
{
	static const uint64_t k[4] = {0, 0, 0, UINT64_C(1) << 60};
	struct urne_edwards_multiples p[POINTS];

	(void)num;
	for (size_t i = 0; i < POINTS; i++) {
		p[i] = (struct urne_edwards_multiples){.p = w->many[i].p, .k = {k}, .num = 1};
	}
	w->bulk->mul_many(p, POINTS, w->buckets);
}

/* Two multiples of each point, and the test of the subgroup. */
static void
run_many(struct work *w, size_t num)
{
	for (size_t i = 0; i < num; i += POINTS) {
		w->bulk->mul_many(w->many, POINTS, w->buckets);
	}
}

static void
run_decompress(struct work *w, size_t num)
{
	bool ok[POINTS];

	for (size_t i = 0; i < num; i += POINTS) {
		w->bulk->decompress(w->eight, ok, (const uint8_t(*)[32])w->encoding, POINTS);
		must(ok[0] && ok[POINTS - 1]);
	}
}

/* The commitments of a ballot: a quarter of the sums has two terms. */
static void
run_tables(struct work *w, size_t num)
{
	for (size_t i = 0; i < num; i += SUMS) {
		w->bulk->table_sums(w->sum, SUMS);
	}
}

/* One place of the widest digits. */
static void
run_place(struct work *w, size_t num)
{
	const struct urne_edwards_terms list = {w->point, w->weight, num};
	const struct urne_digit_form form = urne_digit_form_of(URNE_MSM_BITS, w->bulk->max_width);
	struct urne_edwards out;

	w->bulk->place(&out, w->buckets, (size_t)1 << (form.width - 1), &list, 1, &form, 1);
}

static void
run_sum(struct work *w, size_t num)
{
	const struct urne_edwards_terms list = {w->point, w->weight, num};
	struct urne_edwards out;

	memcpy(w->weight, w->kept, num * sizeof(w->weight[0]));
	must(urne_msm_vartime(w->bulk, &out, &list, 1, NULL) == URNE_OK);
}

struct op {
	const char *name;
	void (*run)(struct work *w, size_t num);
	size_t num, per;
	bool is_field;
};

static const struct op ops[] = {
    {"field_mul", run_mul, 0, PRODUCTS, true},
    {"field_square", run_sq, 0, PRODUCTS, true},
    {"doubling_of_many", run_doublings, 0, 252 * POINTS, false},
    {"two_multiples_and_order", run_many, 4 * POINTS, 4 * POINTS, false},
    {"multiple_from_table_side_by_side", run_tables, 20 * SUMS, 25 * SUMS, false},
    {"decompress_many", run_decompress, 4 * POINTS, 4 * POINTS, false},
    {"hint_open", run_hints, 10 * BALLOTS *HINTS, 10 * BALLOTS *HINTS, false},
    {"buckets_add_up", run_place, 0, 4096, false},
    {"bucket_additions", run_place, MOST, MOST, false},
    {"sum_1000", run_sum, 1000, 1000, false},
    {"sum_10000", run_sum, 10000, 10000, false},
    {"sum_100000", run_sum, MOST, MOST, false},
};

static const struct lanes_case *
lanes_of(const char *name)
{
#if defined(__x86_64__)
	static const struct lanes_case *const cases[] = {&lanes_case_avx2, &lanes_case_ifma};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (strcmp(cases[i]->name, name) == 0) {
			return cases[i];
		}
	}
#endif
	(void)name;
	return NULL;
}

/* HINTS different points, and each version opens them for itself; sums go over them again and
 * again. */
static void
begin(struct work *w)
{
	uint64_t x = 1;
	struct urne_edwards p;

	urne_edwards_base(&p);
	for (size_t i = 0; i < HINTS; i++) {
		urne_edwards_double(&p, &p);
		urne_edwards_normalise(&p, 1);
		urne_edwards_fastest()->hint_write(w->hint[i], &p);
	}
	for (size_t i = 0; i < MOST; i++) {
		for (size_t k = 0; k < 4; k++) {
			/* Knuth's generator: its upper half looks random enough */
			x = x * UINT64_C(6364136223846793005) + 1442695040888963407;
			w->kept[i][k] = x >> 32;
			x = x * UINT64_C(6364136223846793005) + 1442695040888963407;
			w->kept[i][k] |= x >> 32 << 32;
		}
		w->kept[i][3] >>= 12; /* 252 bits */
	}
	for (size_t i = 0; i < POINTS; i++) {
		w->many[i].p = p;
		urne_edwards_compress(w->encoding[i], &p);
		urne_edwards_double(&p, &p);
		w->many[i].k[0] = w->kept[2 * i];
		w->many[i].k[1] = w->kept[2 * i + 1];
		w->many[i].k[2] = urne_edwards_order;
		w->many[i].num = 3;
	}
	for (size_t i = 0; i < SUMS; i++) {
		w->sum[i] = (struct urne_edwards_table_sum){
		    .r = p,
		    .table = {&w->table[i % 2], &w->table[0]},
		    .k = {w->kept[i], w->kept[SUMS + i]},
		    .num = i % 4 == 3 ? 2 : 1,
		};
	}
	w->buckets = aligned_alloc(64, (size_t)1 << 20);
	w->open_room = aligned_alloc(64, (size_t)1 << 20);
	must(w->buckets != NULL && w->open_room != NULL);
}

static void
use(struct work *w, size_t version)
{
	w->bulk = urne_edwards_bulk_versions[version].bulk;
	w->lanes = lanes_of(urne_edwards_bulk_versions[version].name);
	must(w->bulk->bucket_size << (w->bulk->max_width - 1) <= (size_t)1 << 20);
	must(w->bulk->open_size <= (size_t)1 << 20);
	for (size_t i = 0; i < 2; i++) {
		w->bulk->table_make(&w->table[i], &w->many[i].p);
	}
	run_hints(w, HINTS);
	for (size_t i = HINTS; i < MOST; i++) {
		w->point[i] = w->point[i - HINTS];
	}
	memcpy(w->weight, w->kept, sizeof(w->weight));
}

static void
measure(struct work *w, const struct op *op)
{
	const size_t num = urne_edwards_num_bulk_versions;
	double best[VERSIONS] = {0};

	for (size_t r = 0; r < REPEATS * num; r++) {
		size_t v = r % num;
		double start, took;

		if (!urne_edwards_bulk_versions[v].runs()) {
			continue;
		}
		use(w, v);
		if (op->is_field && w->lanes == NULL) {
			continue;
		}
		start = bench_cpu();
		op->run(w, op->num);
		took = (bench_cpu() - start) / (double)op->per;
		best[v] = r < num || took < best[v] ? took : best[v];
	}
	for (size_t v = 0; v < num; v++) {
		if (best[v] > 0) {
			printf(
			    "{\"bench\":\"%s\",\"group\":\"%s\",\"least_ns\":%.1f,\"repeats\":%d",
			    op->name, urne_edwards_bulk_versions[v].name, best[v] * 1e9, REPEATS);
			if (!op->is_field) {
				printf(",\"gain\":%.2f", best[num - 1] / best[v]);
			}
			printf("}\n");
		}
	}
}

void
bench_bulk_ops(void)
{
	struct work *w = calloc(1, sizeof(*w));

	must(w != NULL && urne_edwards_num_bulk_versions <= VERSIONS);
	begin(w);
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		measure(w, &ops[i]);
	}
	free(w->buckets);
	free(w->open_room);
	free(w);
}
