/* SPDX-License-Identifier: EUPL-1.2 */
/* Credentials and partial decryptions: exactly, while hints are made, and by them, by turns in one
 * run and on one thread. Microseconds of processor time for each credential or factor. One JSON
 * object per line. */
#include "tests/bench/bench.h"

#include "crypto/batch.h"
#include "election/credentials.h"
#include "tally/decrypt.h"
#include "tally/partial_hints.h"

#define REPEATS ((size_t)5)
#define LIST	((size_t)16384)

enum way {
	EXACT,
	MAKING,
	BY_HINTS,
	NUM_WAYS,
};

struct records {
	struct bench b;
	struct urne_buf list;
	uint8_t *hints; /* of the list */
	struct urne_tally tally;
	struct urne_decryption_of of;
	struct urne_elem X;
	struct urne_buf partial;
	uint8_t partial_hints[30 * URNE_HINT_LEN];
};

static bool
read_hints(void *ctx, uint8_t *out, size_t first, size_t num)
{
	const struct records *x = ctx;

	memcpy(out, x->hints + first * URNE_HINT_LEN, num * URNE_HINT_LEN);
	return true;
}

static enum urne_err
write_hints(
    void *ctx, struct urne_diag *d, const uint8_t *hints, size_t first, size_t num, size_t total)
{
	struct records *x = ctx;

	(void)d;
	(void)total;
	memcpy(x->hints + first * URNE_HINT_LEN, hints, num * URNE_HINT_LEN);
	return URNE_OK;
}

static void
make_list(struct records *x)
{
	struct urne_credential_entry *entry = calloc(LIST, sizeof(*entry));

	x->hints = calloc(LIST, URNE_HINT_LEN);
	if (entry == NULL || x->hints == NULL) {
		abort();
	}
	for (size_t i = 0; i < LIST; i++) {
		urne_elem_base_u64(x->b.group, &entry[i].public_credential, i + 1);
	}
	urne_buf_init(&x->list, (size_t)1 << 24);
	urne_credentials_emit(&x->list, x->b.group, entry, LIST, false);
	free(entry);
}

static double
credentials(struct records *x, enum way way)
{
	struct urne_credential_hints h = {.ctx = x,
	    .read = way == BY_HINTS ? read_hints : NULL,
	    .write = way == MAKING ? write_hints : NULL};
	struct urne_credentials *c = NULL;
	double start = bench_cpu(), took;

	bench_check(&x->b,
	    urne_credentials_parse_hinted(
		&c, x->b.group, &x->b.d, urne_buf_view(&x->list), NULL, way == EXACT ? NULL : &h),
	    "credentials");
	took = bench_cpu() - start;
	urne_credentials_free(c);
	if (h.num_hinted != (way == BY_HINTS ? LIST : 0)) {
		fprintf(stderr, "bench: credentials are not good by their hints\n");
		exit(1);
	}
	return took / (double)LIST;
}

static void
make_partial(struct records *x)
{
	struct bench *b = &x->b;
	struct urne_partial_decryption p;

	bench_check(b, urne_tally_init(&x->tally, &b->arena, &b->e), "tally");
	for (size_t i = 0; i < b->e.num_choices; i++) {
		urne_elem_base_u64(b->group, &x->tally.sum[i].alpha, 1000 + i);
		urne_elem_base_u64(b->group, &x->tally.sum[i].beta, 2000 + i);
	}
	urne_secret_base(b->group, &x->X, &b->key);
	x->of = (struct urne_decryption_of){&b->e, &x->tally, &x->X};
	bench_check(
	    b, urne_partial_make(&p, &b->arena, &b->e, &x->tally, &b->key, &b->rng), "make");
	urne_buf_init(&x->partial, (size_t)1 << 20);
	urne_partial_write(&x->partial, &b->e, &p);
}

static double
factors(struct records *x, enum way way)
{
	struct bench *b = &x->b;
	struct urne_partial_decryption p;
	struct urne_view text = urne_buf_view(&x->partial);
	struct urne_arena arena;
	double start = bench_cpu();
	bool good = true;

	urne_arena_init(&arena, (size_t)1 << 20);
	if (way == BY_HINTS) {
		bench_check(b,
		    urne_partial_check_hinted(&p, &good, &arena, text, x->partial_hints, &x->of),
		    "by hints");
	} else {
		bench_check(b, urne_partial_read(&p, &arena, &b->d, &b->e, text), "read");
		bench_check(b,
		    way == EXACT ? urne_partial_check(&p, &b->d, &b->e, &x->tally, &x->X)
				 : urne_partial_check_and_hint(x->partial_hints, &p, &b->d, &x->of),
		    "check");
	}
	urne_arena_clear(&arena);
	if (!good) {
		fprintf(stderr, "bench: a partial decryption is not good by its hints\n");
		exit(1);
	}
	return (bench_cpu() - start) / (double)b->e.num_choices;
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
print(struct records *x, const char *name, double (*run)(struct records *x, enum way way))
{
	double took[NUM_WAYS][REPEATS];

	for (size_t r = 0; r < REPEATS; r++) {
		for (size_t way = 0; way < NUM_WAYS; way++) {
			took[way][r] = run(x, (enum way)way);
		}
	}
	for (size_t way = 0; way < NUM_WAYS; way++) {
		qsort(took[way], REPEATS, sizeof(took[way][0]), compare);
	}
	printf("{\"bench\":\"%s\",\"group\":\"Ed25519\",\"median_us\":%.2f,\"exact_us\":%.2f,"
	       "\"making_us\":%.2f,\"repeats\":%zu}\n",
	    name, took[BY_HINTS][REPEATS / 2] * 1e6, took[EXACT][REPEATS / 2] * 1e6,
	    took[MAKING][REPEATS / 2] * 1e6, REPEATS);
}

int
main(void)
{
	static struct records x;

	bench_init(&x.b, &urne_group_ed25519);
	bench_check(&x.b, urne_election_prepare(&x.b.e, &x.b.arena, &x.b.d), "prepare");
	make_list(&x);
	make_partial(&x);
	print(&x, "hinted_credential", credentials);
	print(&x, "hinted_factor_10", factors);
	urne_buf_clear(&x.list);
	urne_buf_clear(&x.partial);
	free(x.hints);
	bench_clear(&x.b);
	return 0;
}
