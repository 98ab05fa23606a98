/* SPDX-License-Identifier: EUPL-1.2 */
/* Writes the archive of a whole test election, from setup to result, for measuring verifiers:
 *     bench_archive GROUP BALLOTS > GnQagTgeJqLsvY.bel
 * Without arguments it does nothing, so that every benchmark program can be run plainly. */
#include "tests/bench/bench.h"

#include "bulletin/log/event.h"
#include "crypto/secret/prove.h"
#include "election/credentials.h"
#include "tally/decrypt.h"

#define TIMESTAMP 1700000000

struct writer {
	struct bench b;
	struct urne_secret *credentials;
	size_t num;
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

static void
put_credentials(struct writer *w)
{
	struct urne_credential_entry *entries = calloc(w->num, sizeof(*entries));

	w->credentials = calloc(w->num, sizeof(*w->credentials));
	if (entries == NULL || w->credentials == NULL) {
		abort();
	}
	for (size_t i = 0; i < w->num; i++) {
		urne_secret_random(w->b.group, &w->credentials[i], &w->b.rng);
		urne_secret_base(w->b.group, &entries[i].public_credential, &w->credentials[i]);
		entries[i].weight = 1;
	}
	urne_credentials_emit(&w->more, w->b.group, entries, w->num, false);
	free(entries);
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

static void
write_ballots(struct writer *w)
{
	bench_check(&w->b, urne_tally_init(&w->tally, &w->b.arena, &w->b.e), "tally");
	for (size_t i = 0; i < w->num; i++) {
		struct urne_arena arena;
		struct urne_ballot ballot;
		struct urne_view data;

		urne_arena_init(&arena, (size_t)1 << 24);
		bench_cast(&w->b, &w->data, &w->credentials[i]);
		data = urne_buf_view(&w->data);
		bench_check(
		    &w->b, urne_ballot_read(&ballot, &arena, &w->b.d, &w->b.e, data), "ballot");
		urne_tally_add(&w->tally, &w->b.e, &ballot, 1);
		append(w, URNE_EVENT_BALLOT, &data, 1);
		urne_arena_clear(&arena);
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

int
main(int argc, char **argv)
{
	static struct writer w;
	const struct urne_group *g;

	if (argc == 1) {
		return 0;
	}
	g = argc == 3 ? urne_group_find(urne_view_of(argv[1])) : NULL;
	if (g == NULL) {
		fprintf(stderr, "usage: bench_archive GROUP BALLOTS\n");
		return 2;
	}
	bench_init(&w.b, g);
	w.num = (size_t)strtoul(argv[2], NULL, 10);
	urne_buf_init(&w.data, (size_t)64 << 20);
	urne_buf_init(&w.more, (size_t)64 << 20);
	urne_buf_init(&w.setup, (size_t)1 << 20);
	urne_buf_init(&w.out, (size_t)256 << 20);
	write_setup(&w);
	write_ballots(&w);
	write_tally(&w);
	write_result(&w);
	urne_buf_clear(&w.data);
	urne_buf_clear(&w.more);
	urne_buf_clear(&w.setup);
	urne_buf_clear(&w.out);
	free(w.credentials);
	bench_clear(&w.b);
	return fflush(stdout) == 0 ? 0 : 1;
}
