/* SPDX-License-Identifier: EUPL-1.2 */
/* What an election begins with: the three objects of its Setup, read and checked together.
 * Spec: docs/formats.md#events-and-setup */
#ifndef URNE_ELECTION_SETUP_H
#define URNE_ELECTION_SETUP_H

#include "base/pool.h"
#include "election/credentials.h"
#include "election/election.h"
#include "election/trustees.h"

struct urne_setup_texts {
	struct urne_view election, trustees, credentials;
	/* this list was read before, as its hash shows: see urne_credentials_read_known */
	bool credentials_known;
	/* of the credentials, used or made where hints serve the group; NULL: none, as for a list
	 * that is known */
	struct urne_credential_hints *hints;
};

/* urne_setup_read reads the three and checks every proof of the trustees, that the election's key
 * is theirs, the credentials (on the threads of a pool). Election and trustees live in `arena` and
 * borrow from their texts, and the election is prepared; the credentials are to be freed, NULL
 * after an error. */
enum urne_err urne_setup_read(struct urne_election *election, struct urne_trustees *trustees,
    struct urne_credentials **credentials, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_setup_texts *texts, struct urne_pool *pool) URNE_MUST_USE;

#endif
