/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots with hints against the exact check of the same ballots, by turns in one run and on one
 * thread: microseconds for each, for several sizes of a batch. From the text to the verdict. One
 * JSON object per line. */
#include "tests/bench/bench.h"

#include "election/ballot_batch.h"

#define REPEATS	  5
#define DIFFERENT ((size_t)64)
#define MOST	  ((size_t)1500)
#define EXACT	  ((size_t)32)

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

static double
together(struct hints_bench *x, size_t num)
{
	double start = bench_cpu(), took;

	bench_check(
	    &x->b, urne_ballots_check_together(x->list, num, &x->b.d, &x->b.e, 1), "together");
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

int
main(void)
{
	static const size_t sizes[] = {1, 16, 128, MOST};
	static struct hints_bench x;

	bench_init(&x.b, &urne_group_ed25519);
	bench_check(&x.b, urne_election_prepare(&x.b.e, &x.b.arena, &x.b.d), "prepare");
	make_ballots(&x);
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
