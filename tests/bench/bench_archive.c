/* SPDX-License-Identifier: EUPL-1.2 */
/* Writes the archive of a whole test election, from setup to result, for measuring verifiers:
 *     bench_archive GROUP BALLOTS [REVOTES [HINTS]] > GnQagTgeJqLsvY.bel
 * There are BALLOTS credentials; REVOTES of a hundred ballots (0) replace an earlier one, and as
 * many credentials cast none. HINTS becomes a file with the hints of the credentials and of all
 * ballots. The same arguments give the same bytes, however many processors there are. Without
 * arguments it does nothing, so that every benchmark program can be run plainly. */
#include "tests/bench/bench.h"

#include "base/pool.h"
#include "bulletin/log/event.h"
#include "crypto/secret/prove.h"
#include "election/credentials.h"
#include "tally/decrypt.h"
#include "tests/bench/support/open_ballot.h"
#include "verifier/hint_file.h"

#define TIMESTAMP 1700000000
/* Ballots that are made together, and credentials. */
#define SLICE ((size_t)1024)

/* What each thread has for itself. */
struct desk {
	struct open_booth booth;
	struct urne_arena arena; /* the tally's */
	struct urne_tally tally;
};

struct writer {
	struct bench b;
	size_t num;
	size_t *voter; /* of each ballot */
	size_t *last;  /* ballot of each voter */
	struct urne_credential_entry *entries;
	struct desk *desks;
	struct urne_pool *pool;
	size_t num_threads, first; /* first: of the slice */
	struct urne_buf text[SLICE];
	uint8_t *hints;	     /* of a slice, or NULL */
	uint8_t *list_hints; /* of the credentials, while they are made */
	struct urne_hint_writer *hint_file;
	struct urne_tally tally;
	struct urne_chain chain;
	struct urne_buf data, more, setup, out;
};

static void
append(struct writer *w, enum urne_event_type type, const struct urne_view *data, size_t num_data)
{
	bench_check(&w->b,
	    urne_event_append(&w->out, &w->chain, &w->b.d, type, data, num_data, TIMESTAMP),
	    urne_event_type_name(type));
	bench_check(&w->b, urne_buf_error(&w->out), "buffer");
	if (fwrite(w->out.data, 1, w->out.len, stdout) != w->out.len) {
		perror("bench_archive");
		exit(1);
	}
	urne_buf_reset(&w->out);
	urne_buf_reset(&w->data);
	urne_buf_reset(&w->more);
}

static void
put_trustees(struct writer *w)
{
	const struct urne_group *g = w->b.group;
	struct urne_trustee_item item = {.first_owner = 1, .num_owners = 1};
	struct urne_trustees t = {&item, 1, 1};
	struct urne_sha256 h;

	item.single.public_key = w->b.e.public_key;
	urne_sha256_init(&h);
	urne_sha256_puts(&h, "pok|");
	urne_sha256_puts(&h, g->name);
	urne_sha256_puts(&h, "|");
	urne_elem_hash(g, &h, &item.single.public_key);
	urne_sha256_puts(&h, "|");
	urne_schnorr_prove(g, &item.single.pok, &w->b.rng, &w->b.key, &h);
	bench_check(&w->b, urne_trustees_check(&t, &w->b.d, g), "trustees");
	urne_trustees_write(&w->data, g, &t);
}

/* derive: number i of a kind, the same in every run. */
static void
derive(struct urne_hash *out, const char *kind, size_t i)
{
	struct urne_sha256 h;

	urne_sha256_init(&h);
	urne_sha256_puts(&h, kind);
	urne_sha256_put_u64(&h, i);
	urne_sha256_final(&h, out);
}

static void
credential_of(const struct writer *w, struct urne_scalar *out, size_t voter)
{
	struct urne_hash h;

	derive(&h, "credential ", voter);
	urne_scalar_from_hash(w->b.group, out, &h);
}

/* make_credentials runs in a thread: those of one slice. */
static void
make_credentials(void *ctx, size_t slice, size_t t)
{
	struct writer *w = ctx;
	const struct urne_group *g = w->b.group;
	size_t first = slice * SLICE, num = w->num - first < SLICE ? w->num - first : SLICE;
	struct urne_elem *made = calloc(num, sizeof(*made));

	(void)t;
	if (made == NULL) {
		abort();
	}
	for (size_t i = 0; i < num; i++) {
		struct urne_scalar x;

		credential_of(w, &x, first + i);
		urne_elem_pow_base(g, &made[i], &x);
	}
	urne_elem_normalise(g, made, num);
	for (size_t i = 0; i < num; i++) {
		w->entries[first + i] = (struct urne_credential_entry){made[i], 1};
	}
	free(made);
}

/* eighth_of runs in a thread: the hints of one slice of the list, as it is sorted. */
static void
eighth_of(void *ctx, size_t slice, size_t t)
{
	struct writer *w = ctx;
	const struct urne_group *g = w->b.group;
	size_t first = slice * SLICE, num = w->num - first < SLICE ? w->num - first : SLICE;
	struct urne_elem *made = calloc(num, sizeof(*made));
	struct urne_scalar eighth;

	(void)t;
	if (made == NULL) {
		abort();
	}
	urne_eighth(&eighth);
	for (size_t i = 0; i < num; i++) {
		urne_elem_pow(g, &made[i], &w->entries[first + i].public_credential, &eighth);
	}
	urne_hints_write(w->list_hints + first * URNE_HINT_LEN, made, num);
	free(made);
}

static void
write_list_hints(struct writer *w)
{
	struct urne_hash hash;

	w->list_hints = calloc(w->num, URNE_HINT_LEN);
	if (w->list_hints == NULL) {
		abort();
	}
	urne_pool_for(w->pool, (w->num + SLICE - 1) / SLICE, eighth_of, w);
	urne_sha256_of(&hash, urne_buf_view(&w->more));
	bench_check(&w->b, urne_hint_writer_begin(w->hint_file, &w->b.d, &hash, w->num), "hints");
	bench_check(
	    &w->b, urne_hint_writer_put(w->hint_file, &w->b.d, w->list_hints, w->num), "hints");
	free(w->list_hints);
	w->list_hints = NULL;
}

static void
put_credentials(struct writer *w)
{
	w->entries = calloc(w->num, sizeof(*w->entries));
	if (w->entries == NULL) {
		abort();
	}
	urne_pool_for(w->pool, (w->num + SLICE - 1) / SLICE, make_credentials, w);
	urne_credentials_emit(&w->more, w->b.group, w->entries, w->num, false);
	if (w->hint_file != NULL) {
		write_list_hints(w);
	}
	free(w->entries);
	w->entries = NULL;
}

static void
write_setup(struct writer *w)
{
	struct urne_setup_data s = {.has_certificate = false};
	struct urne_view data[4];

	put_trustees(w);
	put_credentials(w);
	data[0] = urne_buf_view(&w->b.text);
	data[1] = urne_buf_view(&w->data);
	data[2] = urne_buf_view(&w->more);
	urne_sha256_of(&s.election, data[0]);
	urne_sha256_of(&s.trustees, data[1]);
	urne_sha256_of(&s.credentials, data[2]);
	urne_setup_data_write(&w->setup, &s);
	data[3] = urne_buf_view(&w->setup);
	urne_record_put_header(&w->out, TIMESTAMP);
	append(w, URNE_EVENT_SETUP, data, 4);
}

/* cast_one runs in a thread; voters whose last ballot this is are counted there. */
static void
cast_one(void *ctx, size_t i, size_t t)
{
	struct writer *w = ctx;
	struct desk *d = &w->desks[t];
	size_t ballot = w->first + i, voter = w->voter[ballot];
	struct urne_scalar credential;
	struct urne_hash seed;

	credential_of(w, &credential, voter);
	derive(&seed, "ballot ", ballot);
	urne_buf_reset(&w->text[i]);
	bench_check(&w->b,
	    open_booth_cast(&d->booth, &w->text[i],
		w->hints == NULL ? NULL : w->hints + i * d->booth.num_points * URNE_HINT_LEN,
		&credential, &seed),
	    "ballot");
	if (w->last[voter] == ballot) {
		urne_tally_add(&d->tally, &w->b.e, &d->booth.ballot, 1);
	}
}

static void
write_ballot(struct writer *w, size_t i)
{
	struct urne_view data = urne_buf_view(&w->text[i]);
	size_t num_points = w->desks[0].booth.num_points;
	struct urne_hash hash;

	append(w, URNE_EVENT_BALLOT, &data, 1);
	if (w->hint_file != NULL) {
		urne_sha256_of(&hash, data);
		bench_check(&w->b, urne_hint_writer_begin(w->hint_file, &w->b.d, &hash, num_points),
		    "hints");
		bench_check(&w->b,
		    urne_hint_writer_put(w->hint_file, &w->b.d,
			w->hints + i * num_points * URNE_HINT_LEN, num_points),
		    "hints");
	}
}

static void
write_ballots(struct writer *w)
{
	for (w->first = 0; w->first < w->num; w->first += SLICE) {
		size_t num = w->num - w->first < SLICE ? w->num - w->first : SLICE;

		urne_pool_for(w->pool, num, cast_one, w);
		for (size_t i = 0; i < num; i++) {
			write_ballot(w, i);
		}
	}
	bench_check(&w->b, urne_tally_init(&w->tally, &w->b.arena, &w->b.e), "tally");
	for (size_t t = 0; t < w->num_threads; t++) {
		urne_tally_join(&w->tally, &w->b.e, &w->desks[t].tally);
	}
	/* the same sums, however they came about: the decryption's nonces depend on how they are
	 * written */
	for (size_t i = 0; i < w->b.e.num_choices; i++) {
		urne_elem_normalise(w->b.group, &w->tally.sum[i].alpha, 1);
		urne_elem_normalise(w->b.group, &w->tally.sum[i].beta, 1);
	}
	append(w, URNE_EVENT_END_BALLOTS, NULL, 0);
}

static void
write_tally(struct writer *w)
{
	struct urne_sized_tally s = {w->tally.num_tallied, w->tally.total_weight, {{0}}};
	struct urne_view data[2];

	urne_tally_write(&w->data, &w->b.e, &w->tally);
	data[0] = urne_buf_view(&w->data);
	urne_sha256_of(&s.encrypted_tally, data[0]);
	urne_sized_tally_write(&w->more, &s);
	data[1] = urne_buf_view(&w->more);
	append(w, URNE_EVENT_ENCRYPTED_TALLY, data, 2);
}

static void
write_result(struct writer *w)
{
	const struct urne_election *e = &w->b.e;
	struct urne_partial_decryption p;
	const struct urne_partial_decryption *by_owner[1] = {&p};
	struct urne_trustee_item item = {.first_owner = 1, .num_owners = 1};
	struct urne_trustees t = {&item, 1, 1};
	struct urne_elem combined[10];
	struct urne_owned o = {.owner = 1};
	struct urne_result r;
	struct urne_view data[2];

	bench_check(&w->b, urne_partial_make(&p, &w->b.arena, e, &w->tally, &w->b.key, &w->b.rng),
	    "decrypt");
	urne_partial_write(&w->data, e, &p);
	data[0] = urne_buf_view(&w->data);
	urne_sha256_of(&o.payload, data[0]);
	urne_owned_write(&w->more, &o);
	data[1] = urne_buf_view(&w->more);
	append(w, URNE_EVENT_PARTIAL_DECRYPTION, data, 2);
	bench_check(&w->b, urne_combine(combined, &w->b.d, e, &t, &w->tally, by_owner), "combine");
	bench_check(&w->b,
	    urne_result_solve(&r, &w->b.arena, &w->b.d, e, combined, w->tally.total_weight),
	    "result");
	urne_result_write(&w->data, e, &r);
	data[0] = urne_buf_view(&w->data);
	append(w, URNE_EVENT_RESULT, data, 1);
}

/* assign: who casts which ballot. */
static void
assign(struct writer *w, size_t revotes)
{
	w->voter = calloc(w->num, sizeof(*w->voter));
	w->last = calloc(w->num, sizeof(*w->last));
	if (w->voter == NULL || w->last == NULL) {
		abort();
	}
	for (size_t i = 0; i < w->num; i++) {
		bool again = i * revotes / 100 != (i + 1) * revotes / 100 && i > 0;

		w->voter[i] = again ? w->voter[i / 2] : i;
		w->last[w->voter[i]] = i;
	}
}

static void
writer_init(struct writer *w, const struct urne_group *g, size_t num, size_t revotes)
{
	bench_init(&w->b, g);
	bench_check(&w->b, urne_election_prepare(&w->b.e, &w->b.arena, &w->b.d), "election");
	w->num = num;
	assign(w, revotes);
	w->pool = urne_pool_new(0);
	w->num_threads = urne_pool_size(w->pool);
	w->desks = calloc(w->num_threads, sizeof(*w->desks));
	if (w->desks == NULL) {
		abort();
	}
	for (size_t t = 0; t < w->num_threads; t++) {
		struct desk *d = &w->desks[t];

		bench_check(&w->b, open_booth_init(&d->booth, &w->b.e), "booth");
		urne_arena_init(&d->arena, (size_t)1 << 24);
		bench_check(&w->b, urne_tally_init(&d->tally, &d->arena, &w->b.e), "tally");
	}
	for (size_t i = 0; i < SLICE; i++) {
		urne_buf_init(&w->text[i], URNE_MAX_BALLOT);
	}
	urne_buf_init(&w->data, (size_t)64 << 20);
	urne_buf_init(&w->more, (size_t)4 << 30);
	urne_buf_init(&w->setup, (size_t)1 << 20);
	urne_buf_init(&w->out, (size_t)4 << 30);
}

static void
open_hints(struct writer *w, const char *path)
{
	size_t len = w->desks[0].booth.num_points * URNE_HINT_LEN;

	w->hints = calloc(SLICE, len);
	if (w->hints == NULL) {
		abort();
	}
	bench_check(&w->b, urne_hint_writer_open(&w->hint_file, &w->b.d, path, &w->b.e), "hints");
}

static void
writer_clear(struct writer *w)
{
	urne_pool_free(w->pool);
	for (size_t t = 0; t < w->num_threads; t++) {
		open_booth_clear(&w->desks[t].booth);
		urne_arena_clear(&w->desks[t].arena);
	}
	for (size_t i = 0; i < SLICE; i++) {
		urne_buf_clear(&w->text[i]);
	}
	free(w->desks);
	free(w->voter);
	free(w->last);
	free(w->hints);
	urne_hint_writer_close(w->hint_file);
	urne_buf_clear(&w->data);
	urne_buf_clear(&w->more);
	urne_buf_clear(&w->setup);
	urne_buf_clear(&w->out);
	bench_clear(&w->b);
}

/* number: a decimal argument up to max. */
static bool
number(uint64_t *out, const char *text, uint64_t max)
{
	return urne_decimal_decode(out, urne_view_of(text), max) == URNE_OK;
}

int
main(int argc, char **argv)
{
	static struct writer w;
	const struct urne_group *g;
	uint64_t num = 0, revotes = 0;

	if (argc == 1) {
		return 0;
	}
	g = argc >= 3 && argc <= 5 ? urne_group_find(urne_view_of(argv[1])) : NULL;
	if (g == NULL || !number(&num, argv[2], URNE_MAX_CREDENTIALS) || num == 0 ||
	    (argc > 3 && !number(&revotes, argv[3], 100)) ||
	    (argc > 4 && g->kind != URNE_GROUP_EDWARDS)) {
		fprintf(stderr, "usage: bench_archive GROUP BALLOTS [REVOTES [HINTS]], hints for "
				"Ed25519 only\n");
		return 2;
	}
	writer_init(&w, g, (size_t)num, (size_t)revotes);
	if (argc > 4) {
		open_hints(&w, argv[4]);
	}
	write_setup(&w);
	write_ballots(&w);
	write_tally(&w);
	write_result(&w);
	if (w.hint_file != NULL) {
		bench_check(&w.b, urne_hint_writer_finish(w.hint_file, &w.b.d), "hints");
	}
	writer_clear(&w);
	return fflush(stdout) == 0 ? 0 : 1;
}
