/* SPDX-License-Identifier: EUPL-1.2 */
/* A member's choices become an encrypted, signed ballot. Whoever sends it on, to a file or to a
 * board, has nothing secret in hand any more. */
#include "client/cli/own_ballot.h"

#include <string.h>

#include "client/cli/keys.h"
#include "election/compile.h"
#include "election/credential.h"
#include "election/vote.h"

struct vote {
	struct urne_cli *cli;
	struct urne_sealed *sealed;
	struct urne_buf credential, file;
	struct urne_buf *ballot;
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
	const struct urne_group *g = v->sealed->election.group;
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
	    &v->x, d, g, v->sealed->election.uuid, trim(urne_buf_view(&v->credential)));
	if (e != URNE_OK) {
		urne_diag_within(d, "%s: ", path != NULL ? path : "credential");
		return e;
	}
	urne_secret_base(g, &public_credential, &v->x);
	e = urne_credentials_find(v->sealed->credentials, &v->member,
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
	enum urne_err e = urne_sealed_definition(v->sealed, &sealed);

	if (e == URNE_OK) {
		e = urne_cli_read(v->cli, &v->file, path);
	}
	if (e != URNE_OK) {
		return e;
	}
	e = sealed ? urne_definition_choices(&v->choices, &v->cli->diag, &v->sealed->definition,
			 urne_buf_view(&v->file))
		   : urne_choices_read(
			 &v->choices, &v->cli->diag, &v->sealed->election, urne_buf_view(&v->file));
	if (e == URNE_OK) {
		e = urne_choices_check(&v->choices, &v->cli->diag, &v->sealed->election);
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
	e = urne_sealed_check_ballot(
	    v->sealed, &b, &member, &arena, &v->cli->diag, urne_buf_view(v->ballot));
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
	    v->ballot, &v->tracker, &v->cli->diag, &v->sealed->election, &v->choices, &v->x, &rng);
	urne_rng_clear(&rng);
	if (e == URNE_OK) {
		e = urne_buf_error(v->ballot);
	}
	return e == URNE_OK ? check_own(v) : e;
}

enum urne_err
urne_own_ballot_make(struct urne_sealed *s, struct urne_buf *out, struct urne_hash *tracker)
{
	struct vote v = {.cli = s->cli, .sealed = s, .ballot = out, .member = SIZE_MAX};
	enum urne_err e;

	urne_buf_init_secret(&v.credential, URNE_MAX_SMALL_FILE);
	urne_buf_init_secret(&v.file, URNE_MAX_TEXT_FILE);
	e = get_credential(&v);
	if (e == URNE_OK) {
		e = get_choices(&v);
	}
	if (e == URNE_OK) {
		e = encrypt(&v);
	}
	*tracker = v.tracker;
	urne_secret_clear(&v.x);
	urne_choices_clear(&v.choices);
	urne_buf_clear(&v.credential);
	urne_buf_clear(&v.file);
	return e;
}
