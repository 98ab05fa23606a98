/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee's partial decryption of an archive's tally, in the order that protects the key: first
 * everything is checked, then the key is opened, then it is noted what it decrypts, and only then
 * does it decrypt. */
#ifndef URNE_CLIENT_CLI_DECRYPTION_H
#define URNE_CLIENT_CLI_DECRYPTION_H

#include "client/cli/state.h"
#include "client/cli/trustee_key.h"

/* The options of every command that decrypts. */
#define URNE_OPTION_TRUSTEE_KEY                                                                    \
	{                                                                                          \
		"key", "FILE", "The trustee's private key.", true                                  \
	}
#define URNE_OPTION_SHARE                                                                          \
	{                                                                                          \
		"share", "FILE",                                                                   \
		    "A threshold trustee's share file; KEY.dkey when it is not given.", false      \
	}

struct urne_decryption {
	struct urne_cli *cli;
	struct urne_state *s;
	struct urne_arena arena;
	struct urne_tally tally; /* computed here */
	struct urne_trustee_key key;
	struct urne_buf partial; /* its text */
};

/* urne_decryption_check verifies every ballot, computes the tally, compares the recorded one, and
 * keeps the definition's floor (threats A18, A19, A43). Clear always; the state is borrowed. */
enum urne_err urne_decryption_check(
    struct urne_decryption *x, struct urne_cli *cli, struct urne_state *s) URNE_MUST_USE;
/* urne_decryption_open opens the key and finds whose it is. */
enum urne_err urne_decryption_open(struct urne_decryption *x) URNE_MUST_USE;
/* urne_decryption_write decrypts a tally, checks that as everybody will, and appends it. */
enum urne_err urne_decryption_write(struct urne_buf *out, struct urne_cli *cli,
    struct urne_arena *arena, const struct urne_election *election, const struct urne_tally *tally,
    const struct urne_trustee_key *key) URNE_MUST_USE;
/* urne_decryption_make notes the tally beside the key, makes x->partial, and writes it to the new
 * file `out`, as the official takes it in, unless that is NULL. */
enum urne_err urne_decryption_make(struct urne_decryption *x, const char *out) URNE_MUST_USE;
void urne_decryption_clear(struct urne_decryption *x);

#endif
