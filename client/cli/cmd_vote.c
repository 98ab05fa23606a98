/* SPDX-License-Identifier: EUPL-1.2 */
/* urne vote: a member's choices become an encrypted, signed ballot in a file. */
#include <string.h>

#include "client/cli/commands.h"
#include "client/cli/keys.h"
#include "client/cli/state.h"
#include "election/compile.h"
#include "election/credential.h"
#include "election/vote.h"

struct vote {
	struct urne_cli *cli;
	struct urne_state s;
	struct urne_buf credential, file, ballot;
	struct urne_choices choices;
	struct urne_secret x;
	struct urne_hash tracker;
	size_t member;
};

static struct urne_view
trim(struct urne_view v)
{
	while (v.len > 0 && strchr(" \t\r\n", v.p[v.len - 1]) != NULL) {
		v.len--;
	}
	while (v.len > 0 && strchr(" \t\r\n", v.p[0]) != NULL) {
		v.p++;
		v.len--;
	}
	return v;
}

static enum urne_err
get_credential(struct vote *v)
{
	const char *path = urne_cli_option(v->cli, "credential");
	const struct urne_group *g = v->s.election.group;
	struct urne_diag *d = &v->cli->diag;
	char text[URNE_TEXT_MAX];
	struct urne_elem public_credential;
	enum urne_err e;

	if (path == NULL) {
		e = urne_prompt(v->cli, &v->credential, "credential",
		    "give it with --credential FILE (or - for standard input)");
	} else {
		urne_warn_readable(path);
		e = urne_cli_read(v->cli, &v->credential, path);
	}
	if (e != URNE_OK) {
		return e;
	}
	e = urne_credential_derive(
	    &v->x, d, g, v->s.election.uuid, trim(urne_buf_view(&v->credential)));
	if (e != URNE_OK) {
		urne_diag_within(d, "%s: ", path != NULL ? path : "credential");
		return e;
	}
	urne_secret_base(g, &public_credential, &v->x);
	e = urne_credentials_find(v->s.credentials, &v->member,
	    (struct urne_view){text, urne_elem_encode(g, text, &public_credential)});
	return e == URNE_OK ? e
			    : urne_fail(d, URNE_ERR_UNKNOWN,
				  "%s: this credential is not on the list of this election, check "
				  "that it is of this one and typed right",
				  path != NULL ? path : "credential");
}

static enum urne_err
get_choices(struct vote *v)
{
	const char *path = urne_cli_option(v->cli, "choices");
	bool sealed = false;
	enum urne_err e = urne_state_sealed_definition(&v->s, &sealed);

	if (e == URNE_OK) {
		e = urne_cli_read(v->cli, &v->file, path);
	}
	if (e != URNE_OK) {
		return e;
	}
	e = sealed ? urne_definition_choices(
			 &v->choices, &v->cli->diag, &v->s.definition, urne_buf_view(&v->file))
		   : urne_choices_read(
			 &v->choices, &v->cli->diag, &v->s.election, urne_buf_view(&v->file));
	if (e == URNE_OK) {
		e = urne_choices_check(&v->choices, &v->cli->diag, &v->s.election);
	}
	if (e != URNE_OK) {
		urne_diag_within(&v->cli->diag, "%s: ", path);
	}
	return e;
}

/* What we made must pass the checks that everybody makes. */
static enum urne_err
check_own(struct vote *v)
{
	struct urne_arena arena;
	struct urne_ballot b;
	size_t member = SIZE_MAX;
	enum urne_err e;

	urne_arena_init(&arena, (size_t)512 << 20);
	e = urne_state_check_ballot(
	    &v->s, &b, &member, &arena, &v->cli->diag, urne_buf_view(&v->ballot));
	if (e == URNE_OK && (member != v->member || !urne_hash_eq(&b.tracker, &v->tracker))) {
		e = URNE_ERR_MISMATCH;
	}
	urne_arena_clear(&arena);
	if (e != URNE_OK) {
		urne_diag_within(&v->cli->diag, "the new ballot does not verify: ");
		return URNE_ERR_INTERNAL;
	}
	return URNE_OK;
}

static enum urne_err
encrypt(struct vote *v)
{
	struct urne_rng rng;
	enum urne_err e = urne_rng_init(&rng);

	if (e != URNE_OK) {
		return urne_fail(&v->cli->diag, e, "the system gives no randomness");
	}
	e = urne_ballot_encrypt(
	    &v->ballot, &v->tracker, &v->cli->diag, &v->s.election, &v->choices, &v->x, &rng);
	urne_rng_clear(&rng);
	if (e == URNE_OK) {
		e = urne_buf_error(&v->ballot);
	}
	return e == URNE_OK ? check_own(v) : e;
}

static enum urne_err
do_vote(struct vote *v)
{
	enum urne_err e = urne_state_demand(&v->s, URNE_STAGE_OPEN, "voting");

	if (e == URNE_OK) {
		e = urne_state_hours_of_voting(&v->s);
	}
	if (e == URNE_OK) {
		e = get_credential(v);
	}
	if (e == URNE_OK) {
		e = get_choices(v);
	}
	if (e == URNE_OK) {
		e = encrypt(v);
	}
	if (e == URNE_OK) {
		e = urne_file_create(&v->cli->diag, urne_cli_option(v->cli, "out"),
		    URNE_FILE_PUBLIC, urne_buf_view(&v->ballot));
	}
	return e;
}

static enum urne_err
run_vote(struct urne_cli *cli)
{
	const char *out = urne_cli_option(cli, "out");
	struct vote v = {.cli = cli, .member = SIZE_MAX};
	enum urne_err e;

	urne_buf_init_secret(&v.credential, URNE_MAX_SMALL_FILE);
	urne_buf_init_secret(&v.file, URNE_MAX_TEXT_FILE);
	urne_buf_init(&v.ballot, URNE_MAX_BALLOT);
	e = urne_state_open(&v.s, cli, cli->args[0], false);
	if (e == URNE_OK) {
		e = do_vote(&v);
	}
	if (e == URNE_OK) {
		urne_cli_say(
		    cli, "%s: ballot with tracker %s", out, urne_cli_hash_text(&v.tracker).s);
		urne_cli_say(cli,
		    "It is not cast yet: it counts once it is in the archive. Send it to the "
		    "official, who runs \"urne append\". Keep the tracker to find it there.");
		urne_cli_put_hash(cli, "tracker", &v.tracker);
		urne_cli_put_string(cli, "ballot", out);
		urne_cli_put_bool(cli, "cast", false);
	}
	urne_secret_clear(&v.x);
	urne_choices_clear(&v.choices);
	urne_buf_clear(&v.credential);
	urne_buf_clear(&v.file);
	urne_buf_clear(&v.ballot);
	urne_state_close(&v.s);
	return e;
}

static const struct urne_option options[] = {
    {"credential", "FILE",
	"The member's private credential; - is standard input. Without it the credential is asked "
	"for on the terminal. It is never given on the command line itself, where others could "
	"see it.",
	false},
    {"choices", "FILE",
	"In the words of the vote definition: {\"liste\":\"for\",\"programme\":"
	"{\"climat-1\":\"for\",\"climat-2\":\"against\"}}; what is left out is an abstention. "
	"For an election of bare questions, an array with one entry per question: titles of what "
	"is chosen, [\"Pour\"]; or a 0 or 1 per choice, [1,0]; or \"blank\" where the question "
	"allows it.",
	true},
    {"out", "BALLOT", "The new ballot.", true},
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Encrypts a member's choices, proves that they follow the rules of each question, signs them "
    "with the credential, and checks the ballot as everybody will. DIR can be the election's "
    "directory or its archive.",
    "The ballot is not cast by this: \"urne append\" does that. Voting again replaces the earlier "
    "ballot; the last one counts.",
    NULL};

const struct urne_command urne_cmd_vote = {
    .name = "vote",
    .summary = "encrypt a ballot from a file of choices",
    .synopsis = "DIR [--credential FILE] --choices FILE --out BALLOT",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The credential is not of this election, the choices break a rule of a question "
	       "(the sentence says which), or the election is not open, or not yet.",
    .example = "urne vote first --credential mine.txt --choices choices.json --out ballot.json",
    .run = run_vote,
};
