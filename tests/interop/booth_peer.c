/* SPDX-License-Identifier: EUPL-1.2 */
/* The C side of the comparison with the booth (tests/booth/core.mjs). What is random here is fixed,
 * so that both sides can make the same bytes; it votes in no election.
 *
 *   booth_peer election GROUP SOURCE      an election of a vote definition or an array of questions
 *   booth_peer prepare ELECTION CREDENTIAL CHOICES SEED [DEFINITION]
 *                                         lines: public credential, marks, fingerprint, ballot
 * without its signature, opened ballot booth_peer check ELECTION BALLOT [HINTS] a ballot and its
 * hints: "good", or the reason and status 1
 *
 * SOURCE, ELECTION, CHOICES, DEFINITION, BALLOT and HINTS are files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/b64.h"
#include "base/file.h"
#include "base/limits.h"
#include "election/ballot_batch.h"
#include "election/compile.h"
#include "election/credential.h"
#include "election/opened.h"
#include "election/questions.h"

#define UUID "GnQagTgeJqLsvY"

static struct urne_diag diag;

static void
want(enum urne_err e, const char *what)
{
	if (e != URNE_OK) {
		(void)fprintf(
		    stderr, "booth_peer: %s: %s (%s)\n", what, urne_err_name(e), diag.text);
		exit(1);
	}
}

static struct urne_view
read_file(const char *path)
{
	struct urne_buf *file = calloc(1, sizeof(*file));

	want(file == NULL ? URNE_ERR_MEMORY : URNE_OK, path);
	urne_buf_init(file, URNE_MAX_BALLOT);
	want(urne_file_read(file, &diag, path), path);
	return urne_buf_view(file);
}

static void
print(struct urne_view v)
{
	(void)printf("%.*s\n", (int)v.len, v.p);
}

/* A definition begins with an object, questions with an array. */
static void
read_source(struct urne_election *e, struct urne_arena *arena, struct urne_view text)
{
	const struct urne_json *root = NULL;
	struct urne_definition v;
	struct urne_hash sha256;
	char *hex = urne_arena_alloc(arena, URNE_HASH_HEX_LEN, 1);

	want(urne_json_parse(&root, arena, &diag, text), "source");
	e->name = urne_view_of("n");
	e->description = urne_view_of("d");
	if (root->type == URNE_JSON_ARRAY) {
		want(urne_questions_parse(&e->questions, &e->num_questions, arena, &diag, root),
		    "questions");
		return;
	}
	want(urne_definition_read(&v, arena, &diag, text), "definition");
	want(urne_definition_compile(&e->questions, &e->num_questions, arena, &diag, &v),
	    "questions");
	e->name = v.title.by_language[0];
	e->description = v.description.by_language[0];
	sha256 = v.sha256;
	want(hex == NULL ? URNE_ERR_MEMORY : URNE_OK, "hash");
	urne_hex_encode(hex, sha256.b, sizeof(sha256.b));
	e->vote_definition = (struct urne_view){hex, URNE_HASH_HEX_LEN};
}

static void
make_election(struct urne_arena *arena, const char *group, const char *source)
{
	static const uint8_t seed[32] = {1};
	struct urne_election e = {.uuid = urne_view_of(UUID)};
	struct urne_secret x;
	struct urne_rng rng;
	struct urne_buf out;

	e.group = urne_group_find(urne_view_of(group));
	want(e.group == NULL ? URNE_ERR_UNKNOWN : URNE_OK, group);
	urne_rng_init_fixed(&rng, seed);
	urne_secret_random(e.group, &x, &rng);
	urne_secret_base(e.group, &e.public_key, &x);
	read_source(&e, arena, read_file(source));
	urne_buf_init(&out, URNE_MAX_TEXT_FILE);
	urne_election_emit(&out, &e);
	want(urne_buf_error(&out), "election");
	(void)printf("%.*s", (int)out.len, out.data);
}

static void
read_choices(struct urne_choices *out, struct urne_arena *arena, const struct urne_election *e,
    const char *choices, const char *definition)
{
	struct urne_definition v;

	if (definition == NULL) {
		want(urne_choices_read(out, &diag, e, read_file(choices)), "choices");
		return;
	}
	want(urne_definition_read(&v, arena, &diag, read_file(definition)), "definition");
	want(urne_definition_agrees(&diag, &v, e), "agreement");
	want(urne_definition_choices(out, &diag, &v, read_file(choices)), "choices");
}

static void
prepare(struct urne_arena *arena, const struct urne_election *e, char **argv)
{
	struct urne_ballot_seed seed;
	struct urne_choices choices;
	struct urne_secret secret;
	struct urne_elem credential;
	struct urne_hash hash;
	struct urne_buf prepared, opened;
	char text[URNE_TEXT_MAX], b64[URNE_HASH_B64_LEN];

	want(urne_hex_decode(seed.b, sizeof(seed.b), urne_view_of(argv[2])), "seed");
	want(urne_credential_derive(&secret, &diag, e->group, e->uuid, urne_view_of(argv[0])),
	    "credential");
	read_choices(&choices, arena, e, argv[1], argv[3]);
	urne_secret_base(e->group, &credential, &secret);
	urne_buf_init(&prepared, URNE_MAX_BALLOT);
	urne_buf_init(&opened, URNE_MAX_BALLOT);
	want(urne_ballot_prepare(&prepared, &hash, &diag, e, &choices, &credential, &seed),
	    "ballot");
	urne_opened_write(&opened, e, urne_buf_view(&prepared), &choices, &seed);
	want(urne_buf_error(&opened), "opened ballot");
	print((struct urne_view){text, urne_elem_encode(e->group, text, &credential)});
	for (size_t i = 0; i < choices.num; i++) {
		(void)printf("%d", choices.m[i] != 0);
	}
	(void)printf("\n");
	urne_b64_hash_encode(b64, &hash);
	print((struct urne_view){b64, sizeof(b64)});
	print(urne_buf_view(&prepared));
	print(urne_buf_view(&opened));
	urne_choices_clear(&choices);
}

static enum urne_err
check_exactly(struct urne_arena *arena, const struct urne_election *e, struct urne_view text)
{
	struct urne_ballot b;
	enum urne_err err = urne_ballot_read(&b, arena, &diag, e, text);

	if (err == URNE_OK) {
		err = urne_ballot_check_election(&b, &diag, e);
	}
	if (err == URNE_OK) {
		err = urne_ballot_check_proofs(&b, &diag, e);
	}
	return err == URNE_OK ? urne_ballot_check_signature(&b, &diag, e) : err;
}

/* By its hints alone. */
static enum urne_err
check_hinted(struct urne_arena *arena, const struct urne_election *e, struct urne_view text,
    struct urne_view hints)
{
	size_t num = urne_ballot_num_points(e);
	struct urne_ballot b;
	struct urne_arena own; /* cleared each time the ballot is read */
	struct urne_hinted_ballot h = {.text = text, .arena = &own, .ballot = &b};
	struct urne_hinted_ballot *list[] = {&h};

	if (num == 0 || hints.len != num * URNE_HINT_LEN) {
		return urne_fail(
		    &diag, URNE_ERR_RANGE, "%zu bytes of hints for %zu points", hints.len, num);
	}
	urne_arena_init(&own, (size_t)1 << 28);
	h.hints = (const uint8_t *)hints.p;
	h.sum.point = urne_arena_alloc(arena, num, sizeof(*h.sum.point));
	h.sum.weight = urne_arena_alloc(arena, num, sizeof(*h.sum.weight));
	want(h.sum.point == NULL || h.sum.weight == NULL ? URNE_ERR_MEMORY : URNE_OK, "hints");
	want(urne_ballots_check_together(list, 1, &diag, e, 1), "hints");
	urne_arena_clear(&own);
	return h.good ? URNE_OK : urne_fail(&diag, URNE_ERR_PROOF, "not good by its hints");
}

static int
check(struct urne_arena *arena, struct urne_election *e, const char *ballot, const char *hints)
{
	struct urne_view text = read_file(ballot);
	enum urne_err err;

	want(urne_election_prepare(e, arena, &diag), "powers");
	err = check_exactly(arena, e, text);
	if (err == URNE_OK && hints != NULL) {
		err = check_hinted(arena, e, text, read_file(hints));
	}
	(void)printf("%s\n", err == URNE_OK ? "good" : diag.text);
	return err == URNE_OK ? 0 : 1;
}

int
main(int argc, char **argv)
{
	struct urne_arena arena;
	struct urne_election e;

	urne_arena_init(&arena, (size_t)1 << 30);
	if (argc == 4 && strcmp(argv[1], "election") == 0) {
		make_election(&arena, argv[2], argv[3]);
		return 0;
	}
	if (argc < 4) {
		(void)fputs("usage: booth_peer election|prepare|check ...\n", stderr);
		return 2;
	}
	want(urne_election_parse(&e, &arena, &diag, read_file(argv[2])), "election");
	if (argc >= 6 && strcmp(argv[1], "prepare") == 0) {
		prepare(&arena, &e, argv + 3); /* argv ends with NULL */
		return 0;
	}
	return check(&arena, &e, argv[3], argv[4]);
}
