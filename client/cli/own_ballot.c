/* SPDX-License-Identifier: EUPL-1.2 */
/* A member's choices become an encrypted ballot. Whoever sends the signed one on, to a file or to a
 * board, has nothing secret in hand any more. An opened ballot has no signature and its seed is
 * public, so there is no way from it to one that could be cast. */
#include "client/cli/own_ballot.h"

#include <stdlib.h>
#include <string.h>

#include "client/cli/keys.h"
#include "election/compile.h"
#include "election/credential.h"
#include "election/opened.h"

void
urne_own_ballot_init(struct urne_own_ballot *b, struct urne_sealed *s)
{
	*b = (struct urne_own_ballot){.sealed = s, .member = SIZE_MAX};
	/* until it is opened the seed is a secret, and the choices are encrypted with it */
	urne_buf_init_secret(&b->prepared, URNE_MAX_BALLOT);
	urne_buf_init(&b->text, URNE_MAX_BALLOT);
}

/* Forgets the ballot, not the credential. */
static void
forget(struct urne_own_ballot *b)
{
	b->stage = URNE_OWN_NONE;
	urne_ballot_seed_clear(&b->seed);
	urne_rng_clear(&b->rng);
	urne_choices_clear(&b->choices);
	urne_buf_clear(&b->prepared);
	urne_buf_clear(&b->text);
}

void
urne_own_ballot_clear(struct urne_own_ballot *b)
{
	forget(b);
	urne_secret_clear(&b->x);
}

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

enum urne_err
urne_own_ballot_credential_text(struct urne_own_ballot *b, struct urne_view text)
{
	const struct urne_election *e = &b->sealed->election;
	struct urne_diag *d = &b->sealed->cli->diag;
	char encoded[URNE_TEXT_MAX];
	enum urne_err err = urne_credential_derive(&b->x, d, e->group, e->uuid, trim(text));

	if (err != URNE_OK) {
		return err;
	}
	urne_secret_base(e->group, &b->credential, &b->x);
	err = urne_credentials_find(b->sealed->credentials, &b->member,
	    (struct urne_view){encoded, urne_elem_encode(e->group, encoded, &b->credential)});
	return err == URNE_OK ? err
			      : urne_fail(d, URNE_ERR_UNKNOWN,
				    "this credential is not on the list of this election, check "
				    "that it is of this one and typed right");
}

enum urne_err
urne_own_ballot_credential(struct urne_own_ballot *b)
{
	struct urne_cli *cli = b->sealed->cli;
	const char *path = urne_cli_option(cli, "credential");
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init_secret(&text, URNE_MAX_SMALL_FILE);
	if (path == NULL) {
		e = urne_prompt(cli, &text, "credential",
		    "give it with --credential FILE (or - for standard input)");
	} else {
		urne_warn_readable(path);
		e = urne_cli_read(cli, &text, path);
	}
	if (e == URNE_OK) {
		e = urne_own_ballot_credential_text(b, urne_buf_view(&text));
		if (e != URNE_OK) {
			urne_diag_within(&cli->diag, "%s: ", path != NULL ? path : "credential");
		}
	}
	urne_buf_clear(&text);
	return e;
}

/* --choices */
static enum urne_err
read_choices(struct urne_own_ballot *b, struct urne_choices *out)
{
	struct urne_sealed *s = b->sealed;
	const char *path = urne_cli_option(s->cli, "choices");
	struct urne_buf file;
	bool sealed = false;
	enum urne_err e = urne_sealed_definition(s, &sealed);

	urne_buf_init_secret(&file, URNE_MAX_TEXT_FILE);
	if (e == URNE_OK) {
		e = urne_cli_read(s->cli, &file, path);
	}
	if (e != URNE_OK) {
		goto out;
	}
	e = sealed
		? urne_definition_choices(out, &s->cli->diag, &s->definition, urne_buf_view(&file))
		: urne_choices_read(out, &s->cli->diag, &s->election, urne_buf_view(&file));
	if (e == URNE_OK) {
		e = urne_choices_check(out, &s->cli->diag, &s->election);
	}
	if (e != URNE_OK) {
		urne_diag_within(&s->cli->diag, "%s: ", path);
	}
out:
	urne_buf_clear(&file);
	return e;
}

static enum urne_err
copy_choices(struct urne_own_ballot *b, const struct urne_choices *choices)
{
	b->choices.m = calloc(choices->num + 1, sizeof(*b->choices.m));
	if (b->choices.m == NULL) {
		return urne_fail(
		    &b->sealed->cli->diag, URNE_ERR_MEMORY, "no memory for the choices");
	}
	b->choices.num = choices->num;
	memcpy(b->choices.m, choices->m, choices->num * sizeof(*choices->m));
	return URNE_OK;
}

enum urne_err
urne_own_ballot_prepare(struct urne_own_ballot *b, const struct urne_choices *choices)
{
	const struct urne_election *e = &b->sealed->election;
	struct urne_diag *d = &b->sealed->cli->diag;
	enum urne_err err;

	forget(b);
	err = copy_choices(b, choices);
	if (err == URNE_OK) {
		err = urne_choices_check(&b->choices, d, e);
	}
	if (err != URNE_OK) {
		return err;
	}
	err = urne_rng_init(&b->rng);
	if (err != URNE_OK) {
		return urne_fail(d, err, "the system gives no randomness");
	}
	urne_ballot_seed_draw(&b->seed, e, &b->choices, &b->x, &b->rng);
	err = urne_ballot_prepare(
	    &b->prepared, &b->fingerprint, d, e, &b->choices, &b->credential, &b->seed);
	b->stage = err == URNE_OK ? URNE_OWN_PREPARED : URNE_OWN_NONE;
	return err;
}

static enum urne_err
demand_prepared(struct urne_own_ballot *b)
{
	return b->stage == URNE_OWN_PREPARED
		   ? URNE_OK
		   : urne_fail(&b->sealed->cli->diag, URNE_ERR_ORDER,
			 "a ballot is cast or opened, once, and this one was already");
}

/* What we made must pass the checks that everybody makes. */
static enum urne_err
check_own(struct urne_own_ballot *b)
{
	struct urne_arena arena;
	struct urne_ballot read;
	size_t member = SIZE_MAX;
	enum urne_err e;

	urne_arena_init(&arena, (size_t)512 << 20);
	e = urne_sealed_check_ballot(
	    b->sealed, &read, &member, &arena, &b->sealed->cli->diag, urne_buf_view(&b->text));
	if (e == URNE_OK && (member != b->member || !urne_hash_eq(&read.tracker, &b->tracker) ||
				!urne_hash_eq(&read.hash, &b->fingerprint))) {
		e = URNE_ERR_MISMATCH;
	}
	urne_arena_clear(&arena);
	if (e != URNE_OK) {
		urne_diag_within(&b->sealed->cli->diag, "the new ballot does not verify: ");
		return URNE_ERR_INTERNAL;
	}
	return URNE_OK;
}

enum urne_err
urne_own_ballot_sign(struct urne_own_ballot *b)
{
	enum urne_err e = demand_prepared(b);

	if (e == URNE_OK) {
		b->stage = URNE_OWN_SIGNED;
		urne_ballot_seed_clear(&b->seed); /* nobody can open it from here on */
		urne_choices_clear(&b->choices);
		e = urne_ballot_sign(&b->text, &b->tracker, &b->sealed->cli->diag,
		    &b->sealed->election, urne_buf_view(&b->prepared), &b->x, &b->rng);
	}
	return e == URNE_OK ? check_own(b) : e;
}

enum urne_err
urne_own_ballot_open(struct urne_own_ballot *b, const char *path)
{
	struct urne_diag *d = &b->sealed->cli->diag;
	struct urne_buf file;
	enum urne_err e = demand_prepared(b);

	if (e != URNE_OK) {
		return e;
	}
	/* whatever becomes of the file, somebody may have seen it: this ballot is spoiled */
	b->stage = URNE_OWN_OPENED;
	urne_buf_init_secret(&file, 2 * URNE_MAX_BALLOT);
	urne_opened_write(
	    &file, &b->sealed->election, urne_buf_view(&b->prepared), &b->choices, &b->seed);
	e = urne_buf_error(&file) == URNE_OK
		? urne_file_create(d, path, URNE_FILE_SECRET, urne_buf_view(&file))
		: urne_fail(d, urne_buf_error(&file), "no memory for the opened ballot");
	urne_buf_clear(&file);
	return e;
}

enum urne_err
urne_own_ballot_make(struct urne_own_ballot *b)
{
	const char *audit = urne_cli_option(b->sealed->cli, "audit");
	struct urne_choices choices = {NULL, 0};
	enum urne_err e = urne_own_ballot_credential(b);

	if (e == URNE_OK) {
		e = read_choices(b, &choices);
	}
	if (e == URNE_OK) {
		e = urne_own_ballot_prepare(b, &choices);
	}
	if (e == URNE_OK) {
		e = audit != NULL ? urne_own_ballot_open(b, audit) : urne_own_ballot_sign(b);
	}
	urne_choices_clear(&choices);
	return e;
}

void
urne_own_ballot_tell_opened(struct urne_own_ballot *b)
{
	struct urne_cli *cli = b->sealed->cli;
	const char *path = urne_cli_option(cli, "audit");

	urne_cli_say(cli, "%s: opened ballot with fingerprint %s", path,
	    urne_cli_hash_text(&b->fingerprint).s);
	urne_cli_say(cli, "Nothing was cast, and this ballot cannot be. It shows its choices: "
			  "\"urne ballot audit\" "
			  "computes it again, best on another machine.");
	urne_cli_put_hash(cli, "fingerprint", &b->fingerprint);
	urne_cli_put_string(cli, "opened", path);
	urne_cli_put_bool(cli, "cast", false);
}
