/* SPDX-License-Identifier: EUPL-1.2 */
/* What the board knows of one election from its Setup on: read once, checked whole, never changed;
 * any thread may read it. Only the definition comes behind it, once. */
#ifndef URNE_BULLETIN_SERVER_ELECTION_H
#define URNE_BULLETIN_SERVER_ELECTION_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/pool.h"
#include "bulletin/log/event.h"
#include "election/definition.h"
#include "election/election.h"
#include "election/setup.h"

struct urne_board_election {
	struct urne_arena arena;
	struct urne_buf election_text, trustees_text; /* the others borrow from them */
	struct urne_election election;
	struct urne_trustees trustees;
	struct urne_credentials *credentials;
	size_t max_ballot; /* no canonical ballot of this election has more bytes */
	size_t num_points; /* of a ballot; 0: hints do not serve it (election/ballot_hints.h) */
	size_t max_share;  /* the same of a partial decryption, with the records that carry it */
	bool test;	   /* marked as a test election */

	struct urne_buf definition_text;
	struct urne_definition definition;
	atomic_bool has_definition; /* set last, with release order */
};

/* urne_board_election_new reads and checks a Setup's three records: the election, every proof of
 * the trustees, that the key is theirs, the credentials; with texts->hints, hints for these are
 * made on the way. Non-homomorphic questions: URNE_ERR_UNSUPPORTED (this version cannot tally
 * them). The texts are copied. */
enum urne_err urne_board_election_new(struct urne_board_election **out, struct urne_diag *d,
    const struct urne_setup_texts *texts, struct urne_pool *pool) URNE_MUST_USE;
void urne_board_election_free(struct urne_board_election *e);

/* urne_board_election_seals: whether the election seals a definition; *hash is its SHA-256. */
bool urne_board_election_seals(const struct urne_board_election *e, struct urne_hash *hash);
/* urne_board_election_define takes over the definition that the election seals, which compiles to
 * its questions (one thread); when it is there already nothing changes. */
enum urne_err urne_board_election_define(
    struct urne_board_election *e, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

#endif
