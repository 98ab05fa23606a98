/* SPDX-License-Identifier: EUPL-1.2 */
/* The exact check of a ballot, and what it is made of: nanoseconds of the field and group
 * operations in every version of the code that this processor runs, of one point and of many,
 * microseconds of whole ballots, and beside them the same exponentiations by libsodium, by turns in
 * one run, so that the ratio means something. One JSON object per line. */
#include "tests/bench/bench.h"

#include <sodium.h>

#include "crypto/vartime/edwards_code.h"
#include "crypto/vartime/fe51.h"
#include "tests/bench/support/bulk_ops.h"
#if defined(__x86_64__)
#include "crypto/vartime/fe64.h"
#endif

#define REPEATS	 31
#define NUM_RUNS 4
#define OPTIONS	 ((size_t)10)

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

/* What the operations work on. */
struct work {
	const struct urne_edwards_code *code;
	struct urne_edwards p, q, many[URNE_EDWARDS_MANY];
	struct urne_edwards_table table;
	uint64_t k[3][4];
	uint8_t bytes[32];
	struct urne_fe fe[2];
#if defined(__x86_64__)
	struct urne_fe64 fe64[2];
#endif
};

static void
run_add(struct work *w)
{
	w->code->add(&w->q, &w->q, &w->p);
}

static void
run_twice(struct work *w)
{
	w->code->twice(&w->q, &w->q);
}

static void
run_one(struct work *w)
{
	const struct urne_edwards_term term = {&w->p, w->k[0]};

	w->code->sum(&w->q, &term, 1);
}

static void
run_base_and_one(struct work *w)
{
	const struct urne_edwards_term term[2] = {{NULL, w->k[0]}, {&w->p, w->k[1]}};

	w->code->sum(&w->q, term, 2);
}

static void
run_three_of_one(struct work *w)
{
	const uint64_t *const k[3] = {w->k[0], w->k[1], w->k[2]};

	w->code->mul_many(w->many, &w->p, k, 3);
}

static void
run_table(struct work *w)
{
	w->code->add_table_mul(&w->q, &w->table, w->k[0]);
}

static void
run_decompress(struct work *w)
{
	if (!w->code->decompress(&w->q, w->bytes)) {
		abort();
	}
}

static void
run_fe51_mul(struct work *w)
{
	urne_fe_mul(&w->fe[0], &w->fe[0], &w->fe[1]);
}

static void
run_fe51_sq(struct work *w)
{
	urne_fe_sq(&w->fe[0], &w->fe[0]);
}

#if defined(__x86_64__)
static void
run_fe64_mul(struct work *w)
{
	urne_fe64_mul(&w->fe64[0], &w->fe64[0], &w->fe64[1]);
}

static void
run_fe64_sq(struct work *w)
{
	urne_fe64_sq(&w->fe64[0], &w->fe64[0]);
}
#endif

struct op {
	const char *name;
	void (*run)(struct work *w);
	size_t per;
};

static const struct op point_ops[] = {
    {"point_add", run_add, 1000},
    {"point_double", run_twice, 1000},
    {"point_multiple", run_one, 20},
    {"base_and_point_multiple", run_base_and_one, 20},
    {"three_multiples_of_one_point", run_three_of_one, 20},
    {"multiple_from_table", run_table, 100},
    {"decompress", run_decompress, 100},
};
static const struct op fe51_ops[] = {
    {"field_mul", run_fe51_mul, 10000},
    {"field_square", run_fe51_sq, 10000},
};
#if defined(__x86_64__)
static const struct op fe64_ops[] = {
    {"field_mul", run_fe64_mul, 10000},
    {"field_square", run_fe64_sq, 10000},
};
#endif

static void
measure(struct work *w, const struct op *ops, size_t num, const char *version)
{
	double sample[REPEATS];

	for (size_t i = 0; i < num; i++) {
		for (size_t r = 0; r < REPEATS; r++) {
			double start = bench_cpu();

			for (size_t k = 0; k < ops[i].per; k++) {
				ops[i].run(w);
			}
			sample[r] = (bench_cpu() - start) / (double)ops[i].per;
		}
		printf("{\"bench\":\"%s\",\"group\":\"%s\",\"median_ns\":%.1f,\"repeats\":%d}\n",
		    ops[i].name, version, median(sample) * 1e9, REPEATS);
	}
}

static void
measure_version(struct work *w, const struct urne_edwards_code *code, const char *version)
{
	w->code = code;
	code->base(&w->p);
	code->twice(&w->p, &w->p);
	code->twice(&w->q, &w->p);
	code->table_make(&w->table, &w->p);
	code->compress(w->bytes, &w->q);
	measure(w, point_ops, sizeof(point_ops) / sizeof(point_ops[0]), version);
}

static void
measure_operations(void)
{
	struct work *w = calloc(1, sizeof(*w));

	if (w == NULL) {
		abort();
	}
	for (size_t i = 0; i < 3; i++) {
		randombytes_buf(w->k[i], sizeof(w->k[i]));
		w->k[i][3] >>= 4;
	}
	urne_fe_from_limbs(&w->fe[0], w->k[0]);
	urne_fe_from_limbs(&w->fe[1], w->k[1]);
	measure(w, fe51_ops, sizeof(fe51_ops) / sizeof(fe51_ops[0]), "portable");
	measure_version(w, &urne_edwards_portable, "portable");
#if defined(__x86_64__)
	if (urne_edwards_fastest() == &urne_edwards_adx) {
		urne_fe64_from_limbs(&w->fe64[0], w->k[0]);
		urne_fe64_from_limbs(&w->fe64[1], w->k[1]);
		measure(w, fe64_ops, sizeof(fe64_ops) / sizeof(fe64_ops[0]), "adx");
		measure_version(w, &urne_edwards_adx, "adx");
	}
#endif
	free(w);
}

/* A ballot as libsodium takes it: encodings and scalars of 32 bytes. */
struct sodium_proof {
	uint8_t challenge[32], response[32];
};

struct sodium_ballot {
	uint8_t y[32], g[32], credential[32];
	uint8_t alpha[OPTIONS + 1][32], beta[OPTIONS + 1][32]; /* the last is the sum */
	struct sodium_proof proof[OPTIONS + 1][2], signature;
};

static void
must(int rc)
{
	if (rc != 0) {
		fprintf(stderr, "bench: libsodium refuses\n");
		exit(1);
	}
}

/* out = a^x b^y. */
static void
sodium_pow2(uint8_t out[32], const uint8_t a[32], const uint8_t x[32], const uint8_t b[32],
    const uint8_t y[32])
{
	uint8_t s[32], t[32];

	must(crypto_scalarmult_ed25519_noclamp(s, x, a));
	must(crypto_scalarmult_ed25519_noclamp(t, y, b));
	must(crypto_core_ed25519_add(out, s, t));
}

/* out = g^x b^y. */
static void
sodium_pow2_base(uint8_t out[32], const uint8_t x[32], const uint8_t b[32], const uint8_t y[32])
{
	uint8_t s[32], t[32];

	must(crypto_scalarmult_ed25519_base_noclamp(s, x));
	must(crypto_scalarmult_ed25519_noclamp(t, y, b));
	must(crypto_core_ed25519_add(out, s, t));
}

/* The exponentiations of the exact check and its membership tests; no texts, no hashes. */
static void
sodium_check(const struct sodium_ballot *b)
{
	uint8_t A[32], B[32], shifted[32];

	for (size_t i = 0; i <= OPTIONS; i++) {
		if (i < OPTIONS) {
			must(!crypto_core_ed25519_is_valid_point(b->alpha[i]));
			must(!crypto_core_ed25519_is_valid_point(b->beta[i]));
		}
		for (size_t j = 0; j < 2; j++) {
			const struct sodium_proof *p = &b->proof[i][j];

			sodium_pow2_base(A, p->response, b->alpha[i], p->challenge);
			memcpy(shifted, b->beta[i], sizeof(shifted));
			if (j == 1) {
				must(crypto_core_ed25519_sub(shifted, b->beta[i], b->g));
			}
			sodium_pow2(B, b->y, p->response, shifted, p->challenge);
		}
	}
	must(!crypto_core_ed25519_is_valid_point(b->credential));
	sodium_pow2_base(A, b->signature.response, b->credential, b->signature.challenge);
}

static void
sodium_proof(struct sodium_proof *out, const struct urne_proof *p)
{
	memcpy(out->challenge, p->challenge.v, 32); /* little-endian machines */
	memcpy(out->response, p->response.v, 32);
}

static void
sodium_ballot(struct sodium_ballot *out, const struct bench *b, const struct urne_ballot *ballot)
{
	const struct urne_group *g = b->group;
	const struct urne_answer *a = &ballot->answers[0];
	struct urne_ciphertext sum;
	struct urne_elem base;

	urne_ciphertext_one(g, &sum);
	for (size_t i = 0; i < OPTIONS; i++) {
		g->ops->to_bytes(g, out->alpha[i], &a->choices[i].alpha);
		g->ops->to_bytes(g, out->beta[i], &a->choices[i].beta);
		urne_ciphertext_mul(g, &sum, &sum, &a->choices[i]);
		for (size_t j = 0; j < 2; j++) {
			sodium_proof(&out->proof[i][j], &a->individual[2 * i + j]);
		}
	}
	g->ops->to_bytes(g, out->alpha[OPTIONS], &sum.alpha);
	g->ops->to_bytes(g, out->beta[OPTIONS], &sum.beta);
	sodium_proof(&out->proof[OPTIONS][0], &a->overall[0]);
	sodium_proof(&out->proof[OPTIONS][1], &a->overall[1]);
	sodium_proof(&out->signature, &ballot->signature);
	g->ops->to_bytes(g, out->credential, &ballot->credential);
	g->ops->to_bytes(g, out->y, &b->e.public_key);
	urne_elem_generator(g, &base);
	g->ops->to_bytes(g, out->g, &base);
}

/* From the text to the verdict. */
static void
exact_check(struct bench *b, struct urne_view text)
{
	struct urne_arena arena;
	struct urne_ballot ballot;

	urne_arena_init(&arena, (size_t)1 << 24);
	bench_check(b, urne_ballot_read_unproved(&ballot, &arena, &b->d, &b->e, text), "read");
	bench_check(b, urne_ballot_check_election(&ballot, &b->d, &b->e), "election");
	bench_check(b, urne_ballot_check_proofs(&ballot, &b->d, &b->e), "proofs");
	bench_check(b, urne_ballot_check_signature(&ballot, &b->d, &b->e), "signature");
	urne_arena_clear(&arena);
}

static void
measure_ballots(const struct urne_group *g)
{
	bool with_sodium = g == &urne_group_ed25519;
	struct bench b;
	struct urne_secret credential;
	struct urne_buf text;
	struct urne_ballot ballot;
	struct sodium_ballot theirs;
	double exact[REPEATS], sodium[REPEATS], ratio[REPEATS];

	bench_init(&b, g);
	bench_check(&b, urne_election_prepare(&b.e, &b.arena, &b.d), "prepare");
	urne_secret_random(g, &credential, &b.rng);
	urne_buf_init(&text, URNE_MAX_BALLOT);
	bench_cast(&b, &text, &credential);
	bench_check(
	    &b, urne_ballot_read(&ballot, &b.arena, &b.d, &b.e, urne_buf_view(&text)), "read");
	if (with_sodium) {
		sodium_ballot(&theirs, &b, &ballot);
	}
	for (size_t r = 0; r < REPEATS; r++) {
		double start = bench_cpu();

		for (size_t i = 0; i < NUM_RUNS; i++) {
			exact_check(&b, urne_buf_view(&text));
		}
		exact[r] = (bench_cpu() - start) / NUM_RUNS;
		if (with_sodium) {
			start = bench_cpu();
			sodium_check(&theirs);
			sodium[r] = bench_cpu() - start;
			ratio[r] = sodium[r] / exact[r];
		}
	}
	printf(
	    "{\"bench\":\"exact_ballot_10\",\"group\":\"%s\",\"median_us\":%.1f,\"repeats\":%d}\n",
	    g->name, median(exact) * 1e6, REPEATS);
	if (with_sodium) {
		printf(
		    "{\"bench\":\"exact_ballot_10_libsodium\",\"group\":\"%s\",\"median_us\":%.1f,"
		    "\"repeats\":%d,\"ratio\":%.2f}\n",
		    g->name, median(sodium) * 1e6, REPEATS, median(ratio));
	}
	urne_buf_clear(&text);
	bench_clear(&b);
}

int
main(void)
{
	if (sodium_init() < 0) {
		return 1;
	}
	measure_operations();
	bench_bulk_ops();
	measure_ballots(&urne_group_ed25519);
	measure_ballots(&urne_group_belenios_2048);
	return 0;
}
