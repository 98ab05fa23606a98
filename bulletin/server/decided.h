/* SPDX-License-Identifier: EUPL-1.2 */
/* The outcome of an election on the board, computed of what is published with the functions that
 * everybody uses. */
#ifndef URNE_BULLETIN_SERVER_DECIDED_H
#define URNE_BULLETIN_SERVER_DECIDED_H

#include "bulletin/server/request.h"
#include "documents/declared.h"
#include "documents/outcome_documents.h"

struct urne_board_decided {
	struct urne_arena arena; /* everything lives in it */
	struct urne_buf tally_text, result_text;
	struct urne_declared declared;
	struct urne_outcome outcome;
	struct urne_outcome_heading heading;
};

/* urne_board_decide computes the outcome with what is declared, a JSON object ("{}" is nothing). It
 * is for requests: an election without a result or without a definition is URNE_PROBLEM_NOT_FOUND,
 * with the sentence. urne_board_decided_clear is legal after any answer. */
enum urne_problem urne_board_decide(struct urne_board_decided *out, struct urne_diag *d,
    struct urne_board *b, const struct urne_request *r, struct urne_view declared) URNE_MUST_USE;
void urne_board_decided_clear(struct urne_board_decided *g);

#endif
