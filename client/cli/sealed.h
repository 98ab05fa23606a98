/* SPDX-License-Identifier: EUPL-1.2 */
/* What an election's Setup seals, read and checked: election, trustees, credentials, and the vote
 * definition. Where the texts come from, an archive or a board, is not its business. */
#ifndef URNE_CLIENT_CLI_SEALED_H
#define URNE_CLIENT_CLI_SEALED_H

#include "client/cli/cli.h"
#include "election/ballot.h"
#include "election/credentials.h"
#include "election/definition.h"
#include "election/election.h"
#include "election/trustees.h"

struct urne_sealed {
	struct urne_cli *cli;
	const char *place; /* the archive's path or the election's address: begins sentences */
	struct urne_arena arena;
	struct urne_buf election_text, trustees_text, credentials_text; /* the rest borrows */
	struct urne_buf definition_text;
	struct urne_election election;
	struct urne_trustees trustees;
	struct urne_credentials *credentials;
	struct urne_definition definition; /* the sealed one, compared with the election */
	bool has_definition;		   /* it is there */
	bool test;			   /* marked as a test election */
};

/* urne_sealed_init: empty; texts are then put into the buffers. `place` is borrowed. */
void urne_sealed_init(struct urne_sealed *s, struct urne_cli *cli, const char *place);
void urne_sealed_clear(struct urne_sealed *s);
/* urne_sealed_check reads the three texts: the election, every proof of the trustees, that the key
 * is theirs, the credentials. */
enum urne_err urne_sealed_check(struct urne_sealed *s) URNE_MUST_USE;

/* urne_sealed_need_definition refuses when there is none, saying where it belongs. */
enum urne_err urne_sealed_need_definition(struct urne_sealed *s) URNE_MUST_USE;
/* urne_sealed_definition: whether the election seals a definition; when it does, it must be
 * there, or the command is refused. */
enum urne_err urne_sealed_definition(struct urne_sealed *s, bool *sealed) URNE_MUST_USE;
/* The rules of the definition that commands keep; an election without definition has none, and a
 * test election keeps no hours. voting: from opening to closing. closing: not before closing. */
enum urne_err urne_sealed_hours_of_voting(struct urne_sealed *s) URNE_MUST_USE;
enum urne_err urne_sealed_hours_of_closing(struct urne_sealed *s) URNE_MUST_USE;
/* urne_sealed_floor refuses to count or decrypt fewer voters than the definition's floor. */
enum urne_err urne_sealed_floor(struct urne_sealed *s, uint64_t num_voters) URNE_MUST_USE;

/* urne_sealed_check_ballot reads and checks everything about a ballot; *member is whose it is. */
enum urne_err urne_sealed_check_ballot(const struct urne_sealed *s, struct urne_ballot *b,
    size_t *member, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text) URNE_MUST_USE;

#endif
