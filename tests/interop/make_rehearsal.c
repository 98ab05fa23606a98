/* SPDX-License-Identifier: EUPL-1.2 */
/* Writes what a single trustee sends as its rehearsal: make_rehearsal ELECTION.bel KEY OUT, with
 * the key as "urne trustee key --no-passphrase" leaves it. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/limits.h"
#include "bulletin/log/event.h"
#include "tally/decrypt.h"
#include "tally/rehearsal.h"

struct job {
	struct urne_arena arena;
	struct urne_buf election_text, key, out;
	struct urne_election election;
	struct urne_hash setup;
	struct urne_secret x;
};

static void
want(enum urne_err e, const struct urne_diag *d, const char *what)
{
	if (e != URNE_OK) {
		(void)fprintf(
		    stderr, "make_rehearsal: %s: %s (%s)\n", what, urne_err_name(e), d->text);
		exit(1);
	}
}

static void
read_setup(struct job *j, const char *path)
{
	struct urne_diag d = {""};
	struct urne_archive *a = NULL;
	struct urne_chain chain = {.stage = URNE_STAGE_EMPTY};
	struct urne_log_item item;
	enum urne_log_fault fault;
	bool done;

	want(urne_archive_open(&a, &d, path), &d, path);
	want(urne_log_next(a, &chain, &item, &done, &fault, &d), &d, path);
	want(urne_archive_load(a, &j->election_text, &d, &item.data[0]), &d, path);
	j->setup = item.event.payload;
	urne_archive_close(a);
	want(urne_election_parse(&j->election, &j->arena, &d, urne_buf_view(&j->election_text)), &d,
	    path);
}

/* The key is a number in quotation marks. */
static void
read_key(struct job *j, const char *path)
{
	struct urne_diag d = {""};
	struct urne_view text;

	want(urne_file_read(&j->key, &d, path), &d, path);
	text = urne_buf_view(&j->key);
	text.len -= text.len > 0 && text.p[text.len - 1] == '\n' ? 1 : 0;
	if (text.len < 2) {
		want(URNE_ERR_SYNTAX, &d, path);
	}
	want(urne_secret_from_decimal(
		 j->election.group, &j->x, (struct urne_view){text.p + 1, text.len - 2}),
	    &d, path);
}

static void
write_partial(struct job *j, const char *path)
{
	struct urne_partial_decryption p;
	struct urne_tally tally;
	struct urne_diag d = {""};
	struct urne_rng rng;

	want(urne_rehearsal_tally(&tally, &j->arena, &d, &j->election, &j->setup), &d, "tally");
	want(urne_rng_init(&rng), &d, "randomness");
	want(urne_partial_make(&p, &j->arena, &j->election, &tally, &j->x, &rng), &d, "proofs");
	urne_rng_clear(&rng);
	urne_partial_write(&j->out, &j->election, &p);
	want(urne_file_create(&d, path, URNE_FILE_PUBLIC, urne_buf_view(&j->out)), &d, path);
}

int
main(int argc, char **argv)
{
	struct job j = {.setup = {{0}}};

	if (argc != 4) {
		(void)fputs("usage: make_rehearsal ELECTION.bel KEY OUT\n", stderr);
		return 2;
	}
	urne_arena_init(&j.arena, (size_t)1 << 28);
	urne_buf_init(&j.election_text, URNE_MAX_TEXT_FILE);
	urne_buf_init_secret(&j.key, URNE_MAX_SMALL_FILE);
	urne_buf_init(&j.out, URNE_MAX_BALLOT);
	read_setup(&j, argv[1]);
	read_key(&j, argv[2]);
	write_partial(&j, argv[3]);
	urne_secret_clear(&j.x);
	urne_buf_clear(&j.key);
	urne_buf_clear(&j.out);
	urne_buf_clear(&j.election_text);
	urne_arena_clear(&j.arena);
	return 0;
}
