/* SPDX-License-Identifier: EUPL-1.2 */
/* The ceremony of an election over a board: what the journal says of it, the files that lie at the
 * board, and how a trustee sends its own. Spec: docs/journal.md#ceremony */
#ifndef URNE_CLIENT_CLI_CEREMONY_REMOTE_H
#define URNE_CLIENT_CLI_CEREMONY_REMOTE_H

#include "client/cli/journal_remote.h"
#include "crypto/secret/signer.h"
#include "election/ceremony.h"

struct urne_ceremony_remote {
	struct urne_cli *cli;
	struct urne_remote r;	/* of the election */
	struct urne_buf origin; /* of the journal */
	struct urne_buf path;	/* of the part that was asked for last, with a NUL */
	struct urne_journal *journal;
	const struct urne_journal_election *election; /* its trustees are prepared */
	struct urne_ceremony_context context;
};

/* urne_ceremony_remote_open fetches and verifies the journal of the board at `address` and finds in
 * it the election of the address, which must be `uuid` unless this is empty. One that has no
 * trustees yet is refused. Close always. */
enum urne_err urne_ceremony_remote_open(struct urne_ceremony_remote *c, struct urne_cli *cli,
    const char *address, struct urne_view uuid) URNE_MUST_USE;
void urne_ceremony_remote_close(struct urne_ceremony_remote *c);

/* The parts of the draft, in c->path, to be fetched: trustee j's file of a round, and the note
 * under which it was sent; what trustee j was given for a round from the second on; its share. */
enum urne_err urne_ceremony_part_from(
    struct urne_ceremony_remote *c, size_t round, size_t j) URNE_MUST_USE;
enum urne_err urne_ceremony_part_note(
    struct urne_ceremony_remote *c, size_t round, size_t j) URNE_MUST_USE;
enum urne_err urne_ceremony_part_for(
    struct urne_ceremony_remote *c, size_t round, size_t j) URNE_MUST_USE;
enum urne_err urne_ceremony_part_share(struct urne_ceremony_remote *c, size_t j) URNE_MUST_USE;
/* urne_ceremony_remote_has: whether the part is there. _get appends it, if it is. */
enum urne_err urne_ceremony_remote_has(struct urne_ceremony_remote *c, bool *there) URNE_MUST_USE;
enum urne_err urne_ceremony_remote_get(
    struct urne_ceremony_remote *c, struct urne_buf *out, bool *there) URNE_MUST_USE;
/* urne_ceremony_remote_missing writes "trustees 1 (anna) and 3 (chloe)", whose files of the round
 * are not there; how many. */
enum urne_err urne_ceremony_remote_missing(
    struct urne_ceremony_remote *c, struct urne_buf *out, size_t *num, size_t round) URNE_MUST_USE;

/* urne_ceremony_remote_self finds which of the trustees the seed is of, from 1, by its identity. */
enum urne_err urne_ceremony_remote_self(struct urne_ceremony_remote *c, struct urne_signer *self,
    size_t *j, const struct urne_seed *seed) URNE_MUST_USE;
/* urne_ceremony_remote_send sends trustee j's file of a round, signed with its identity, and looks
 * whether the board has it. */
enum urne_err urne_ceremony_remote_send(struct urne_ceremony_remote *c,
    const struct urne_signer *self, size_t round, size_t j, struct urne_view file) URNE_MUST_USE;

/* --- who signed (ceremony_signed.c) --- */

/* urne_ceremony_signed_file appends trustee j's file of a round, if it is there, and checks that
 * the key which the officials named for that trustee signed it; what differs is said with the name
 * of the trustee. */
enum urne_err urne_ceremony_signed_file(struct urne_ceremony_remote *c, struct urne_buf *out,
    bool *there, size_t round, size_t j) URNE_MUST_USE;
/* urne_ceremony_signed_input: what the board gives trustee j for a round from the second on is what
 * follows from the files that all trustees have signed for the rounds before. */
enum urne_err urne_ceremony_signed_input(
    struct urne_ceremony_remote *c, struct urne_view given, size_t round, size_t j) URNE_MUST_USE;

/* urne_ceremony_remote_result fetches all files of all trustees and makes of them what the ceremony
 * has made, all checked again. In arena. Files that are missing: URNE_ERR_INCOMPLETE. */
enum urne_err urne_ceremony_remote_result(struct urne_ceremony_remote *c,
    struct urne_threshold *out, struct urne_arena *arena) URNE_MUST_USE;

#endif
