/* SPDX-License-Identifier: EUPL-1.2 */
/* A member's own ballot: credential and choices become an encrypted text; that is signed, to be
 * cast, or opened, to be looked into, and never both. */
#ifndef URNE_CLIENT_CLI_OWN_BALLOT_H
#define URNE_CLIENT_CLI_OWN_BALLOT_H

#include "client/cli/sealed.h"
#include "election/vote.h"

enum urne_own_stage {
	URNE_OWN_NONE,
	URNE_OWN_PREPARED, /* encrypted; neither of the two yet */
	URNE_OWN_SIGNED,
	URNE_OWN_OPENED,
};

struct urne_own_ballot {
	struct urne_sealed *sealed;
	enum urne_own_stage stage;
	size_t member;	      /* whose credential it is */
	struct urne_secret x; /* the credential's key */
	struct urne_elem credential;
	struct urne_choices choices;  /* secret; of this ballot */
	struct urne_rng rng;	      /* of this ballot */
	struct urne_ballot_seed seed; /* secret; wiped when the ballot is signed */
	struct urne_buf prepared;     /* its text without the signature */
	struct urne_hash fingerprint; /* of that */
	struct urne_buf text;	      /* signed */
	struct urne_hash tracker;
};

/* urne_own_ballot_init: `s` is borrowed. Clear always: secrets are wiped. */
void urne_own_ballot_init(struct urne_own_ballot *b, struct urne_sealed *s);
void urne_own_ballot_clear(struct urne_own_ballot *b);

/* urne_own_ballot_credential takes --credential, or asks for it. urne_own_ballot_credential_text
 * takes what somebody typed; the sentence of a refusal does not repeat it. */
enum urne_err urne_own_ballot_credential(struct urne_own_ballot *b) URNE_MUST_USE;
enum urne_err urne_own_ballot_credential_text(
    struct urne_own_ballot *b, struct urne_view text) URNE_MUST_USE;

/* urne_own_ballot_prepare encrypts a copy of `choices`, with new randomness each time; an earlier
 * ballot that was only prepared, or opened, is forgotten. */
enum urne_err urne_own_ballot_prepare(
    struct urne_own_ballot *b, const struct urne_choices *choices) URNE_MUST_USE;
/* Then one of the two. sign: b->text passes the checks that everybody makes. open: the file `path`
 * shows choices and seed. Whatever comes first, the other one is URNE_ERR_ORDER. */
enum urne_err urne_own_ballot_sign(struct urne_own_ballot *b) URNE_MUST_USE;
enum urne_err urne_own_ballot_open(struct urne_own_ballot *b, const char *path) URNE_MUST_USE;

/* urne_own_ballot_make is all of this with --credential and --choices: opened where there is
 * --audit, else signed. urne_own_ballot_tell_opened says so as the result of the command. */
enum urne_err urne_own_ballot_make(struct urne_own_ballot *b) URNE_MUST_USE;
void urne_own_ballot_tell_opened(struct urne_own_ballot *b);

#endif
