/* SPDX-License-Identifier: EUPL-1.2 */
/* The key ceremony of nine trustees, five of whom are needed: what all trustees and the official
 * (the board) compute in each round and in all of them; and the rehearsal of one trustee with the
 * board's check of it. Medians, one JSON object per line. */
#include "tests/bench/bench.h"

#include "election/ceremony.h"
#include "election/threshold.h"
#include "tally/decrypt.h"
#include "tally/rehearsal.h"

#define SIZE	   9
#define THRESHOLD  5
#define TEXT(x)	   #x
#define TEXT_OF(x) TEXT(x)
#define REPEATS	   5
#define MAX_FILE   ((size_t)4 << 20)

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* who: fields about the trustees, with a comma behind each; or nothing. */
static void
report(const char *name, const struct urne_group *g, const char *who, double sample[REPEATS])
{
	qsort(sample, REPEATS, sizeof(sample[0]), compare);
	printf("{\"bench\":\"%s\",\"group\":\"%s\",%s\"median_us\":%.2f,\"repeats\":%d}\n", name,
	    g->name, who, sample[REPEATS / 2] * 1e6, REPEATS);
}

/* --- the ceremony --- */

struct ceremony {
	struct bench *b;
	struct urne_seed seed[SIZE];
	struct urne_buf given[SIZE], answer[SIZE], next[SIZE];
};

static void
each_file(struct ceremony *c, void (*what)(struct urne_buf *f))
{
	for (size_t j = 0; j < SIZE; j++) {
		what(&c->given[j]);
		what(&c->answer[j]);
		what(&c->next[j]);
	}
}

static void
init_file(struct urne_buf *f)
{
	urne_buf_init(f, MAX_FILE);
}

/* given_to: the certificates and the commitments are one file for everybody. */
static struct urne_view
given_to(const struct ceremony *c, enum urne_ceremony_round round, size_t j)
{
	bool same = round == URNE_CEREMONY_COMMITMENT || round == URNE_CEREMONY_POLYNOMIAL;

	return urne_buf_view(&c->given[same ? 0 : j]);
}

/* run_round: every trustee's step, then the check of all files and those of the next round. */
static double
run_round(struct ceremony *c, enum urne_ceremony_round round)
{
	struct bench *b = c->b;
	struct urne_view files[SIZE];
	struct urne_threshold t;
	struct urne_arena arena;
	double start = bench_now();
	size_t num = 0;

	urne_arena_init(&arena, URNE_TRUSTEES_MEMORY);
	for (size_t j = 0; j < SIZE; j++) {
		bench_check(b,
		    urne_ceremony_step(
			&c->answer[j], &b->d, &c->seed[j], given_to(c, round, j), &b->rng),
		    "step");
		files[j] = urne_buf_view(&c->answer[j]);
	}
	bench_check(b,
	    round == URNE_CEREMONY_KEY ? urne_ceremony_finish(&t, &arena, c->next, &b->d, b->group,
					     given_to(c, round, 0), files, SIZE)
				       : urne_ceremony_collect(c->next, &num, &b->d, round,
					     b->group, given_to(c, round, 0), files, SIZE),
	    "collect");
	urne_arena_clear(&arena);
	return bench_now() - start;
}

static void
run_ceremony(struct bench *b, double of_round[URNE_CEREMONY_NUM_ROUNDS])
{
	struct ceremony c = {.b = b};

	each_file(&c, init_file);
	for (size_t j = 0; j < SIZE; j++) {
		urne_seed_generate(&c.seed[j], &b->rng);
		urne_ceremony_invitation(&c.given[j], b->group, SIZE, THRESHOLD, j + 1);
	}
	for (size_t r = 0; r < URNE_CEREMONY_NUM_ROUNDS; r++) {
		of_round[r] = run_round(&c, (enum urne_ceremony_round)r);
		for (size_t j = 0; j < SIZE; j++) {
			struct urne_buf given = c.given[j];

			c.given[j] = c.next[j];
			c.next[j] = given;
			urne_buf_reset(&c.next[j]);
			urne_buf_reset(&c.answer[j]);
		}
	}
	for (size_t j = 0; j < SIZE; j++) {
		urne_seed_clear(&c.seed[j]);
	}
	each_file(&c, urne_buf_clear);
}

static void
measure_ceremony(struct bench *b)
{
	static const char *const names[URNE_CEREMONY_NUM_ROUNDS] = {"ceremony_certificates",
	    "ceremony_commitments", "ceremony_polynomials", "ceremony_keys"};
	static const char who[] =
	    "\"trustees\":" TEXT_OF(SIZE) ",\"threshold\":" TEXT_OF(THRESHOLD) ",";
	double whole[REPEATS] = {0}, rounds[URNE_CEREMONY_NUM_ROUNDS][REPEATS];
	double of_round[URNE_CEREMONY_NUM_ROUNDS];

	for (size_t i = 0; i < REPEATS; i++) {
		run_ceremony(b, of_round);
		for (size_t r = 0; r < URNE_CEREMONY_NUM_ROUNDS; r++) {
			rounds[r][i] = of_round[r];
			whole[i] += of_round[r];
		}
	}
	for (size_t r = 0; r < URNE_CEREMONY_NUM_ROUNDS; r++) {
		report(names[r], b->group, who, rounds[r]);
	}
	report("ceremony", b->group, who, whole);
}

/* --- the rehearsal --- */

static void
measure_rehearsal(struct bench *b)
{
	double made[REPEATS], checked[REPEATS];

	for (size_t i = 0; i < REPEATS; i++) {
		struct urne_hash setup = {{(uint8_t)i}};
		struct urne_partial_decryption p;
		struct urne_tally t;
		double start = bench_now();

		bench_check(
		    b, urne_rehearsal_tally(&t, &b->arena, &b->d, &b->e, &setup), "test tally");
		bench_check(
		    b, urne_partial_make(&p, &b->arena, &b->e, &t, &b->key, &b->rng), "decrypt");
		made[i] = bench_now() - start;
		start = bench_now();
		bench_check(
		    b, urne_rehearsal_tally(&t, &b->arena, &b->d, &b->e, &setup), "test tally");
		bench_check(b, urne_partial_check(&p, &b->d, &b->e, &t, &b->e.public_key), "check");
		checked[i] = bench_now() - start;
	}
	report("rehearsal_10", b->group, "", made);
	report("rehearsal_check_10", b->group, "", checked);
}

int
main(void)
{
	for (size_t i = 0; urne_group_list(i) != NULL; i++) {
		struct bench b;

		bench_init(&b, urne_group_list(i));
		measure_ceremony(&b);
		measure_rehearsal(&b);
		bench_clear(&b);
		(void)fflush(stdout);
	}
	return 0;
}
