/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots with hints against the exact check of the same ballots, by turns in one run and on one
 * thread: microseconds for each, for several sizes of a batch. From the text to the verdict. Then
 * where the time of a ballot goes, and reading one by the scanner beside the codec. One JSON object
 * per line. */
#include "tests/bench/bench.h"

#include "election/ballot_batch.h"
#include "election/ballot_hints.h"
#include "election/ballot_scan.h"
#include "election/hinted_room.h"

#define REPEATS	  5
#define DIFFERENT ((size_t)64)
#define MOST	  ((size_t)1500)
#define EXACT	  ((size_t)32)
#define TOGETHER  URNE_HINT_LISTS

struct item {
	struct urne_hinted_ballot h;
	struct urne_ballot ballot;
	struct urne_arena arena;
};

struct hints_bench {
	struct bench b;
	struct urne_buf text[DIFFERENT];
	uint8_t *hints[DIFFERENT];
	struct item item[MOST];
	struct urne_hinted_ballot *list[MOST];
};

static void *
room(size_t num, size_t size)
{
	void *p = calloc(num, size);

	if (p == NULL) {
		abort();
	}
	return p;
}

static void
make_ballots(struct hints_bench *x)
{
	size_t num = urne_ballot_num_points(&x->b.e);

	for (size_t i = 0; i < DIFFERENT; i++) {
		struct urne_secret credential;
		struct urne_arena arena;
		struct urne_ballot ballot;

		urne_secret_random(x->b.group, &credential, &x->b.rng);
		urne_buf_init(&x->text[i], URNE_MAX_BALLOT);
		urne_arena_init(&arena, (size_t)1 << 24);
		bench_cast(&x->b, &x->text[i], &credential);
		bench_check(&x->b,
		    urne_ballot_read(&ballot, &arena, &x->b.d, &x->b.e, urne_buf_view(&x->text[i])),
		    "read");
		x->hints[i] = room(num, URNE_HINT_LEN);
		bench_check(&x->b, urne_ballot_hints_make(x->hints[i], &ballot, &x->b.e), "hints");
		urne_arena_clear(&arena);
	}
	for (size_t i = 0; i < MOST; i++) {
		struct item *it = &x->item[i];

		urne_arena_init(&it->arena, (size_t)1 << 24);
		it->h.text = urne_buf_view(&x->text[i % DIFFERENT]);
		it->h.hints = x->hints[i % DIFFERENT];
		it->h.arena = &it->arena;
		it->h.ballot = &it->ballot;
		it->h.sum.point = room(num, sizeof(*it->h.sum.point));
		it->h.sum.weight = room(num, sizeof(*it->h.sum.weight));
		x->list[i] = &it->h;
	}
}

static double
exact(struct hints_bench *x)
{
	struct bench *b = &x->b;
	double start = bench_cpu();

	for (size_t i = 0; i < EXACT; i++) {
		struct item *it = &x->item[i];

		urne_arena_reset(&it->arena);
		bench_check(b,
		    urne_ballot_read_unproved(&it->ballot, &it->arena, &b->d, &b->e, it->h.text),
		    "read");
		bench_check(b, urne_ballot_check_proofs(&it->ballot, &b->d, &b->e), "proofs");
		bench_check(b, urne_ballot_check_signature(&it->ballot, &b->d, &b->e), "signature");
	}
	return (bench_cpu() - start) / (double)EXACT;
}

/* The same, and hints are made on the way. */
static double
exact_and_hint(struct hints_bench *x)
{
	struct bench *b = &x->b;
	double start = bench_cpu();

	for (size_t i = 0; i < EXACT; i++) {
		struct item *it = &x->item[i];

		urne_arena_reset(&it->arena);
		bench_check(b,
		    urne_ballot_read_unproved(&it->ballot, &it->arena, &b->d, &b->e, it->h.text),
		    "read");
		bench_check(b,
		    urne_ballot_check_proofs_and_hint(
			x->hints[i % DIFFERENT], &it->ballot, &b->d, &b->e),
		    "proofs and hints");
		bench_check(b, urne_ballot_check_signature(&it->ballot, &b->d, &b->e), "signature");
	}
	return (bench_cpu() - start) / (double)EXACT;
}

static double
together(struct hints_bench *x, size_t num)
{
	double start = bench_cpu(), took;

	bench_check(
	    &x->b, urne_ballots_check_together(x->list, num, &x->b.d, &x->b.e, NULL), "together");
	took = bench_cpu() - start;
	for (size_t i = 0; i < num; i++) {
		if (!x->list[i]->good) {
			fprintf(stderr, "bench: a ballot is not good by its hints\n");
			exit(1);
		}
	}
	return took / (double)num;
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double
median(double *sample)
{
	qsort(sample, REPEATS, sizeof(*sample), compare);
	return sample[REPEATS / 2];
}

/* A part of the work on a group of ballots, and a sum that nobody can leave out. */
struct parts {
	struct hints_bench *x;
	struct urne_hinted_room room; /* for one group after the other */
	struct urne_coefficients coefficients;
	uint64_t sum;
};

/* What a group is: ballots from `first` on. */
struct group {
	struct urne_hinted_room *room;
	struct item *item;
	size_t num;
};

static struct group
group(struct parts *p, size_t i)
{
	size_t left = MOST - i * TOGETHER;

	return (struct group){
	    .room = &p->room,
	    .item = &p->x->item[i * TOGETHER],
	    .num = left < TOGETHER ? left : TOGETHER,
	};
}

static void
part_open(struct parts *p, size_t i)
{
	struct group g = group(p, i);
	const uint8_t *hints[TOGETHER];
	struct urne_edwards_opened *q[TOGETHER];

	for (size_t k = 0; k < g.num; k++) {
		hints[k] = g.item[k].h.hints;
		q[k] = g.item[k].h.sum.point;
		g.item[k].h.sum.num = g.room->points.shape.num;
	}
	if (!urne_hinted_room_open(g.room, 0, hints, q, g.num)) {
		abort();
	}
}

static struct urne_known_elems
known_of(const struct group *g, size_t k)
{
	return (struct urne_known_elems){
	    urne_hinted_room_elems(g->room, k), g->room->points.shape.num_elems, 0};
}

/* part_read: the whole of it, with the two hashes of the text. */
static void
part_read(struct parts *p, size_t i)
{
	struct group g = group(p, i);
	struct urne_ballot *read[TOGETHER];
	const struct urne_sha256 *begun[TOGETHER] = {NULL};

	for (size_t k = 0; k < g.num; k++) {
		struct item *it = &g.item[k];
		struct urne_known_elems known = known_of(&g, k);

		urne_arena_reset(&it->arena);
		bench_check(&p->x->b,
		    urne_ballot_read_known(&it->ballot, &it->arena, &p->x->b.e, it->h.text, &known),
		    "known");
		read[k] = &it->ballot;
	}
	urne_ballots_hash(read, begun, g.num);
}

/* part_check: the hashes of the statements, and the weights. */
static void
part_check(struct parts *p, size_t i)
{
	struct group g = group(p, i);
	bool agree[TOGETHER];

	for (size_t k = 0; k < g.num; k++) {
		struct item *it = &g.item[k];

		urne_coefficients_init(&p->coefficients, &p->coefficients.seed, i * TOGETHER + k);
		bench_check(&p->x->b,
		    urne_equations_make(&g.room->equations, &it->h.sum, &p->coefficients,
			&it->ballot, urne_hinted_room_encodings(g.room, k), &agree[k]),
		    "hinted");
	}
	bench_check(&p->x->b, urne_equations_settle(&g.room->equations), "no memory");
	for (size_t k = 0; k < g.num; k++) {
		if (!agree[k]) {
			abort();
		}
	}
}

/* part_weights: as many coefficients, products and remainders as part_check takes, for a question
 * with 10 options: 22 branches, a signature, and weights of 21 points, g and y. */
static void
weights_of(struct parts *p, size_t i)
{
	const struct urne_scalar *s = &p->x->item[i].ballot.signature.response;
	struct urne_weight w = {{0}};

	urne_coefficients_init(&p->coefficients, &p->coefficients.seed, i);
	for (size_t k = 0; k < 2 * 22 + 1; k++) {
		struct urne_coefficient c;

		urne_coefficients_next(&p->coefficients, &c);
		urne_weight_add(&w, &c, s);
		urne_weight_add(&w, &c, s);
	}
	for (size_t k = 0; k < 21 + 2; k++) {
		struct urne_scalar out;

		urne_weight_minus(p->x->b.group, &out, &w);
		p->sum += out.v[0];
	}
}

static void
part_weights(struct parts *p, size_t i)
{
	for (size_t k = 0; k < TOGETHER; k++) {
		weights_of(p, i * TOGETHER + k);
	}
}

static void
scan(struct parts *p, struct item *it, struct urne_known_elems *known)
{
	size_t unsigned_len = 0;

	urne_arena_reset(&it->arena);
	bench_check(&p->x->b, urne_ballot_alloc(&it->ballot, &it->arena, &p->x->b.e), "no memory");
	if (!urne_ballot_scan(&it->ballot, &unsigned_len, &p->x->b.e, it->h.text, known)) {
		abort();
	}
	p->sum += unsigned_len;
}

static void
part_scan(struct parts *p, size_t i)
{
	struct group g = group(p, i);

	for (size_t k = 0; k < g.num; k++) {
		struct urne_known_elems known = known_of(&g, k);

		scan(p, &g.item[k], &known);
	}
}

/* The same with the points decompressed, by the scanner and by the codec. */
static void
part_scan_points(struct parts *p, size_t i)
{
	struct group g = group(p, i);

	for (size_t k = 0; k < g.num; k++) {
		scan(p, &g.item[k], NULL);
	}
}

static void
codec(struct parts *p, struct item *it)
{
	struct urne_codec c;
	size_t unsigned_len = 0;

	urne_arena_reset(&it->arena);
	bench_check(&p->x->b, urne_ballot_alloc(&it->ballot, &it->arena, &p->x->b.e), "no memory");
	urne_codec_read(&c, it->h.text, &it->arena);
	urne_codec_ballot(&c, &p->x->b.e, &it->ballot, &unsigned_len);
	bench_check(&p->x->b, urne_codec_end(&c, &p->x->b.d), "codec");
	p->sum += unsigned_len;
}

static void
part_codec_points(struct parts *p, size_t i)
{
	struct group g = group(p, i);

	for (size_t k = 0; k < g.num; k++) {
		codec(p, &g.item[k]);
	}
}

enum {
	OPEN,
	READ,
	HASH_AND_WEIGHTS,
	WEIGHTS,
	SCANNER,
	SCANNER_WITH_POINTS,
	CODEC_WITH_POINTS,
	NUM_PARTS,
};

static const struct {
	const char *name;
	void (*run)(struct parts *p, size_t i);
} part_list[NUM_PARTS] = {
    [OPEN] = {"open", part_open},
    [READ] = {"read", part_read},
    [HASH_AND_WEIGHTS] = {"hash_and_weights", part_check},
    [WEIGHTS] = {"weights", part_weights},
    [SCANNER] = {"scanner", part_scan},
    [SCANNER_WITH_POINTS] = {"scanner_with_points", part_scan_points},
    [CODEC_WITH_POINTS] = {"codec_with_points", part_codec_points},
};

/* The sum of a chunk, for each of its ballots. It uses the weights up: they are made before it. */
static double
sum_of_all(struct parts *p)
{
	const struct urne_batch_sum **sums = room(MOST, sizeof(*sums));
	struct urne_bases bases;
	double start;
	bool holds = false;

	for (size_t i = 0; i * TOGETHER < MOST; i++) {
		part_open(p, i);
		part_read(p, i);
		part_check(p, i);
	}
	for (size_t i = 0; i < MOST; i++) {
		sums[i] = &p->x->item[i].h.sum;
	}
	urne_election_bases(&bases, &p->x->b.e);
	start = bench_cpu();
	bench_check(&p->x->b, urne_batch_holds(&holds, &bases, sums, MOST, NULL), "sum");
	start = bench_cpu() - start;
	free(sums);
	if (!holds) {
		abort();
	}
	return start / (double)MOST;
}

static void
print_part(const char *name, double seconds)
{
	printf("{\"bench\":\"hinted_ballot_part\",\"group\":\"Ed25519\",\"part\":\"%s\","
	       "\"least_us\":%.2f}\n",
	    name, seconds * 1e6);
}

/* run_parts: on one group, as the batch does. */
static void
run_parts(struct parts *p, double took[NUM_PARTS], size_t i)
{
	for (size_t k = 0; k < NUM_PARTS; k++) {
		double start = bench_cpu();

		part_list[k].run(p, i);
		took[k] += bench_cpu() - start;
	}
}

/* By turns, in the order of the work; the smallest of many: what the machine can. */
static void
measure_parts(struct hints_bench *x)
{
	struct parts p = {.x = x};
	double least[NUM_PARTS], sum = 1;

	bench_check(&x->b, urne_hinted_room_init(&p.room, &x->b.e, TOGETHER), "no memory");
	for (size_t r = 0; r < 20 * REPEATS; r++) {
		double took[NUM_PARTS] = {0};

		for (size_t i = 0; i < DIFFERENT / TOGETHER; i++) {
			run_parts(&p, took, i);
		}
		for (size_t k = 0; k < NUM_PARTS; k++) {
			double each = took[k] / (double)DIFFERENT;

			least[k] = r == 0 || each < least[k] ? each : least[k];
		}
	}
	for (size_t r = 0; r < REPEATS; r++) {
		double took = sum_of_all(&p);

		sum = took < sum ? took : sum;
	}
	for (size_t k = 0; k < NUM_PARTS; k++) {
		print_part(part_list[k].name, least[k]);
	}
	print_part("hash", least[HASH_AND_WEIGHTS] - least[WEIGHTS]);
	print_part("sum", sum);
	if (p.sum == 0) {
		abort();
	}
	urne_hinted_room_clear(&p.room);
}

static void
print_making(struct hints_bench *x)
{
	double with[REPEATS], without[REPEATS], more[REPEATS];

	for (size_t r = 0; r < REPEATS; r++) {
		without[r] = exact(x);
		with[r] = exact_and_hint(x);
		more[r] = with[r] - without[r];
	}
	printf("{\"bench\":\"making_hints_10\",\"group\":\"Ed25519\",\"median_us\":%.1f,"
	       "\"exact_us\":%.1f,\"repeats\":%d,\"besides_us\":%.1f}\n",
	    median(with) * 1e6, median(without) * 1e6, REPEATS, median(more) * 1e6);
}

int
main(void)
{
	static const size_t sizes[] = {1, 16, 128, MOST};
	static struct hints_bench x;

	bench_init(&x.b, &urne_group_ed25519);
	bench_check(&x.b, urne_election_prepare(&x.b.e, &x.b.arena, &x.b.d), "prepare");
	make_ballots(&x);
	print_making(&x);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		double with[REPEATS], without[REPEATS], ratio[REPEATS];

		for (size_t r = 0; r < REPEATS; r++) {
			without[r] = exact(&x);
			with[r] = together(&x, sizes[i]);
			ratio[r] = without[r] / with[r];
		}
		printf("{\"bench\":\"hinted_ballot_10\",\"group\":\"Ed25519\",\"ballots\":%zu,"
		       "\"median_us\":%.1f,\"exact_us\":%.1f,\"repeats\":%d,\"gain\":%.1f}\n",
		    sizes[i], median(with) * 1e6, median(without) * 1e6, REPEATS, median(ratio));
	}
	measure_parts(&x);
	for (size_t i = 0; i < MOST; i++) {
		urne_arena_clear(&x.item[i].arena);
		free(x.item[i].h.sum.point);
		free(x.item[i].h.sum.weight);
	}
	for (size_t i = 0; i < DIFFERENT; i++) {
		urne_buf_clear(&x.text[i]);
		free(x.hints[i]);
	}
	bench_clear(&x.b);
	return 0;
}
