/* SPDX-License-Identifier: EUPL-1.2 */
/* Times of single operations in every group: medians over repetitions, one JSON object per line.
 * libsodium's multiplications stand beside ours as a yardstick. */
#include "tests/bench/bench.h"

#include <sodium.h>

#include "crypto/dlog.h"
#include "tally/decrypt.h"

#define REPEATS 11

/* One measured operation; `per` calls make one sample. */
struct op {
	const char *name;
	void (*run)(void *ctx);
	size_t per;
};

struct context {
	struct bench b;
	struct urne_secret credential;
	struct urne_buf text, scratch;
	struct urne_ballot ballot;
	struct urne_tally tally;
	struct urne_partial_decryption partial;
	struct urne_elem y, element;
	struct urne_scalar scalar;
	uint8_t n[32], p[32], q[32];
};

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
measure(struct context *c, const struct op *op, const char *group)
{
	double sample[REPEATS];

	op->run(c); /* tables, caches */
	for (size_t i = 0; i < REPEATS; i++) {
		double start = bench_now();

		for (size_t k = 0; k < op->per; k++) {
			op->run(c);
		}
		sample[i] = (bench_now() - start) / (double)op->per;
	}
	qsort(sample, REPEATS, sizeof(sample[0]), compare);
	printf("{\"bench\":\"%s\",\"group\":\"%s\",\"median_us\":%.2f,\"repeats\":%d}\n", op->name,
	    group, sample[REPEATS / 2] * 1e6, REPEATS);
}

static void
run_encrypt(void *ctx)
{
	struct context *c = ctx;

	urne_buf_reset(&c->scratch);
	bench_cast(&c->b, &c->scratch, &c->credential);
}

static void
run_verify(void *ctx)
{
	struct context *c = ctx;
	struct urne_arena arena;
	struct urne_ballot b;
	const struct urne_election *e = &c->b.e;

	urne_arena_init(&arena, (size_t)1 << 24);
	bench_check(&c->b,
	    urne_ballot_read_unproved(&b, &arena, &c->b.d, e, urne_buf_view(&c->text)), "read");
	bench_check(&c->b, urne_ballot_check_election(&b, &c->b.d, e), "election");
	bench_check(&c->b, urne_ballot_check_proofs(&b, &c->b.d, e), "proofs");
	bench_check(&c->b, urne_ballot_check_signature(&b, &c->b.d, e), "signature");
	urne_arena_clear(&arena);
}

static void
run_add(void *ctx)
{
	struct context *c = ctx;

	urne_tally_add(&c->tally, &c->b.e, &c->ballot, 1);
}

static void
run_decrypt(void *ctx)
{
	struct context *c = ctx;

	bench_check(&c->b,
	    urne_partial_make(&c->partial, &c->b.arena, &c->b.e, &c->tally, &c->b.key, &c->b.rng),
	    "decrypt");
}

static void
run_check(void *ctx)
{
	struct context *c = ctx;

	bench_check(&c->b,
	    urne_partial_check(&c->partial, &c->b.d, &c->b.e, &c->tally, &c->b.e.public_key),
	    "check");
}

static void
run_pow(void *ctx)
{
	struct context *c = ctx;

	urne_elem_pow(c->b.group, &c->element, &c->y, &c->scalar);
}

static void
run_secret_pow(void *ctx)
{
	struct context *c = ctx;

	urne_secret_pow(c->b.group, &c->element, &c->y, &c->credential);
}

/* The worst case: the table is made, and the largest number is looked up. */
static void
run_dlog(void *ctx)
{
	struct context *c = ctx;
	struct urne_dlog *d = NULL;
	struct urne_elem e;
	uint64_t n = 0;

	bench_check(&c->b, urne_dlog_new(&d, c->b.group, 1000000000, 1), "dlog");
	urne_elem_base_u64(c->b.group, &e, 1000000000);
	bench_check(&c->b, urne_dlog_find(d, &n, &e), "dlog");
	urne_dlog_free(d);
}

static void
run_sodium_pow(void *ctx)
{
	struct context *c = ctx;

	if (crypto_scalarmult_ed25519_noclamp(c->q, c->n, c->p) != 0) {
		abort();
	}
}

static void
run_sodium_base(void *ctx)
{
	struct context *c = ctx;

	if (crypto_scalarmult_ed25519_base_noclamp(c->q, c->n) != 0) {
		abort();
	}
}

static const struct op ops[] = {
    {"encrypt_ballot_10", run_encrypt, 1},
    {"verify_ballot_10", run_verify, 1},
    {"tally_add_10", run_add, 20},
    {"partial_decryption_10", run_decrypt, 1},
    {"partial_check_10", run_check, 1},
    {"public_power", run_pow, 10},
    {"secret_power", run_secret_pow, 10},
    {"dlog_1000000000", run_dlog, 1},
};
static const struct op sodium_ops[] = {
    {"libsodium_scalarmult", run_sodium_pow, 10},
    {"libsodium_scalarmult_base", run_sodium_base, 10},
};

static void
run_group(const struct urne_group *g)
{
	struct context *c = calloc(1, sizeof(*c));

	if (c == NULL) {
		abort();
	}
	bench_init(&c->b, g);
	urne_secret_random(g, &c->credential, &c->b.rng);
	urne_secret_publish(g, &c->scalar, &c->credential);
	c->y = c->b.e.public_key;
	bench_check(&c->b, urne_election_prepare(&c->b.e, &c->b.arena, &c->b.d), "prepare");
	urne_buf_init(&c->text, URNE_MAX_BALLOT);
	urne_buf_init(&c->scratch, URNE_MAX_BALLOT);
	bench_cast(&c->b, &c->text, &c->credential);
	bench_check(&c->b,
	    urne_ballot_read(&c->ballot, &c->b.arena, &c->b.d, &c->b.e, urne_buf_view(&c->text)),
	    "read");
	bench_check(&c->b, urne_tally_init(&c->tally, &c->b.arena, &c->b.e), "tally");
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		measure(c, &ops[i], g->name);
	}
	if (g == &urne_group_ed25519) {
		memcpy(c->n, c->credential.v, sizeof(c->n)); /* little-endian machines */
		if (crypto_scalarmult_ed25519_base_noclamp(c->p, c->n) != 0) {
			abort();
		}
		for (size_t i = 0; i < sizeof(sodium_ops) / sizeof(sodium_ops[0]); i++) {
			measure(c, &sodium_ops[i], g->name);
		}
	}
	urne_buf_clear(&c->text);
	urne_buf_clear(&c->scratch);
	bench_clear(&c->b);
	free(c);
}

int
main(void)
{
	if (sodium_init() < 0) {
		return 1;
	}
	for (size_t i = 0; urne_group_list(i) != NULL; i++) {
		run_group(urne_group_list(i));
		(void)fflush(stdout);
	}
	return 0;
}
