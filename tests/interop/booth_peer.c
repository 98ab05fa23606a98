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

struct peer {
	struct urne_arena arena;
	struct urne_election e;
	struct urne_diag d;
};

static void
want(const struct peer *p, enum urne_err e, const char *what)
{
	if (e != URNE_OK) {
		(void)fprintf(
		    stderr, "booth_peer: %s: %s (%s)\n", what, urne_err_name(e), p->d.text);
		exit(1);
	}
}

static struct urne_view
read_file(struct peer *p, const char *path)
{
	struct urne_view content;
	struct urne_buf file;

	urne_buf_init(&file, URNE_MAX_BALLOT);
	want(p, urne_file_read(&file, &p->d, path), path);
	want(p, urne_arena_copy(&p->arena, &content, urne_buf_view(&file)), path);
	urne_buf_clear(&file);
	return content;
}

static void
print(struct urne_view v)
{
	(void)printf("%.*s\n", (int)v.len, v.p);
}

/* A definition begins with an object, questions with an array. */
static void
read_source(struct peer *p, struct urne_election *e, struct urne_view text)
{
	const struct urne_json *root = NULL;
	struct urne_definition v;
	struct urne_hash sha256;
	char *hex = urne_arena_alloc(&p->arena, URNE_HASH_HEX_LEN, 1);

	want(p, urne_json_parse(&root, &p->arena, &p->d, text), "source");
	e->name = urne_view_of("n");
	e->description = urne_view_of("d");
	if (root->type == URNE_JSON_ARRAY) {
		want(p,
		    urne_questions_parse(&e->questions, &e->num_questions, &p->arena, &p->d, root),
		    "questions");
		return;
	}
	want(p, urne_definition_read(&v, &p->arena, &p->d, text), "definition");
	want(p, urne_definition_compile(&e->questions, &e->num_questions, &p->arena, &p->d, &v),
	    "questions");
	e->name = v.title.by_language[0];
	e->description = v.description.by_language[0];
	sha256 = v.sha256;
	want(p, hex == NULL ? URNE_ERR_MEMORY : URNE_OK, "hash");
	urne_hex_encode(hex, sha256.b, sizeof(sha256.b));
	e->vote_definition = (struct urne_view){hex, URNE_HASH_HEX_LEN};
}

static void
make_election(struct peer *p, const char *group, const char *source)
{
	static const uint8_t seed[32] = {1};
	struct urne_election e = {.uuid = urne_view_of(UUID)};
	struct urne_secret x;
	struct urne_rng rng;
	struct urne_buf out;

	e.group = urne_group_find(urne_view_of(group));
	want(p, e.group == NULL ? URNE_ERR_UNKNOWN : URNE_OK, group);
	urne_rng_init_fixed(&rng, seed);
	urne_secret_random(e.group, &x, &rng);
	urne_secret_base(e.group, &e.public_key, &x);
	read_source(p, &e, read_file(p, source));
	urne_buf_init(&out, URNE_MAX_TEXT_FILE);
	urne_election_emit(&out, &e);
	want(p, urne_buf_error(&out), "election");
	(void)printf("%.*s", (int)out.len, out.data);
	urne_buf_clear(&out);
}

static void
read_choices(struct urne_choices *out, struct peer *p, const char *choices, const char *definition)
{
	struct urne_definition v;

	if (definition == NULL) {
		want(p, urne_choices_read(out, &p->d, &p->e, read_file(p, choices)), "choices");
		return;
	}
	want(p, urne_definition_read(&v, &p->arena, &p->d, read_file(p, definition)), "definition");
	want(p, urne_definition_agrees(&p->d, &v, &p->e), "agreement");
	want(p, urne_definition_choices(out, &p->d, &v, read_file(p, choices)), "choices");
}

static void
prepare(struct peer *p, char **argv)
{
	const struct urne_election *e = &p->e;
	struct urne_ballot_seed seed;
	struct urne_choices choices;
	struct urne_secret secret;
	struct urne_elem credential;
	struct urne_hash hash;
	struct urne_buf prepared, opened;
	char text[URNE_TEXT_MAX], b64[URNE_HASH_B64_LEN];

	want(p, urne_hex_decode(seed.b, sizeof(seed.b), urne_view_of(argv[2])), "seed");
	want(p, urne_credential_derive(&secret, &p->d, e->group, e->uuid, urne_view_of(argv[0])),
	    "credential");
	read_choices(&choices, p, argv[1], argv[3]);
	urne_secret_base(e->group, &credential, &secret);
	urne_buf_init(&prepared, URNE_MAX_BALLOT);
	urne_buf_init(&opened, URNE_MAX_BALLOT);
	want(p, urne_ballot_prepare(&prepared, &hash, &p->d, e, &choices, &credential, &seed),
	    "ballot");
	urne_opened_write(&opened, e, urne_buf_view(&prepared), &choices, &seed);
	want(p, urne_buf_error(&opened), "opened ballot");
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
	urne_buf_clear(&prepared);
	urne_buf_clear(&opened);
}

static enum urne_err
check_exactly(struct peer *p, struct urne_view text)
{
	const struct urne_election *e = &p->e;
	struct urne_ballot b;
	enum urne_err err = urne_ballot_read(&b, &p->arena, &p->d, e, text);

	if (err == URNE_OK) {
		err = urne_ballot_check_election(&b, &p->d, e);
	}
	if (err == URNE_OK) {
		err = urne_ballot_check_proofs(&b, &p->d, e);
	}
	return err == URNE_OK ? urne_ballot_check_signature(&b, &p->d, e) : err;
}

/* By its hints alone. */
static enum urne_err
check_hinted(struct peer *p, struct urne_view text, struct urne_view hints)
{
	const struct urne_election *e = &p->e;
	size_t num = urne_ballot_num_points(e);
	struct urne_ballot b;
	struct urne_arena own; /* cleared each time the ballot is read */
	struct urne_hinted_ballot h = {.text = text, .arena = &own, .ballot = &b};
	struct urne_hinted_ballot *list[] = {&h};

	if (num == 0 || hints.len != num * URNE_HINT_LEN) {
		return urne_fail(
		    &p->d, URNE_ERR_RANGE, "%zu bytes of hints for %zu points", hints.len, num);
	}
	urne_arena_init(&own, (size_t)1 << 28);
	h.hints = (const uint8_t *)hints.p;
	h.sum.point = urne_arena_alloc(&p->arena, num, sizeof(*h.sum.point));
	h.sum.weight = urne_arena_alloc(&p->arena, num, sizeof(*h.sum.weight));
	want(p, h.sum.point == NULL || h.sum.weight == NULL ? URNE_ERR_MEMORY : URNE_OK, "hints");
	want(p, urne_ballots_check_together(list, 1, &p->d, e, NULL), "hints");
	urne_arena_clear(&own);
	return h.good ? URNE_OK : urne_fail(&p->d, URNE_ERR_PROOF, "not good by its hints");
}

static int
check(struct peer *p, const char *ballot, const char *hints)
{
	struct urne_view text = read_file(p, ballot);
	enum urne_err err;

	want(p, urne_election_prepare(&p->e, &p->arena, &p->d), "powers");
	err = check_exactly(p, text);
	if (err == URNE_OK && hints != NULL) {
		err = check_hinted(p, text, read_file(p, hints));
	}
	(void)printf("%s\n", err == URNE_OK ? "good" : p->d.text);
	return err == URNE_OK ? 0 : 1;
}

/* Which command: 2 for none. */
static int
run(struct peer *p, int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "election") == 0) {
		make_election(p, argv[2], argv[3]);
		return 0;
	}
	if (argc < 4) {
		(void)fputs("usage: booth_peer election|prepare|check ...\n", stderr);
		return 2;
	}
	want(p, urne_election_parse(&p->e, &p->arena, &p->d, read_file(p, argv[2])), "election");
	if (argc >= 6 && strcmp(argv[1], "prepare") == 0) {
		prepare(p, argv + 3); /* argv ends with NULL */
		return 0;
	}
	return check(p, argv[3], argv[4]);
}

int
main(int argc, char **argv)
{
	struct peer p = {.d = {""}};
	int status;

	urne_arena_init(&p.arena, (size_t)1 << 30);
	status = run(&p, argc, argv);
	urne_arena_clear(&p.arena);
	return status;
}
