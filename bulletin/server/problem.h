/* SPDX-License-Identifier: EUPL-1.2 */
/* What a request can be refused for, and the document that says so (RFC 9457). Statuses from 400 on
 * blame the request, from 500 on us; a sentence about us never leaves the process.
 * Spec: docs/log.md#problems */
#ifndef URNE_BULLETIN_SERVER_PROBLEM_H
#define URNE_BULLETIN_SERVER_PROBLEM_H

#include "base/buf.h"
#include "base/err.h"

enum urne_problem {
	URNE_PROBLEM_NONE,
	/* of HTTP */
	URNE_PROBLEM_REQUEST,
	URNE_PROBLEM_NOT_FOUND,
	URNE_PROBLEM_METHOD,
	URNE_PROBLEM_TOO_LARGE,
	URNE_PROBLEM_HEAD,
	URNE_PROBLEM_RANGE,
	URNE_PROBLEM_RATE,
	URNE_PROBLEM_BUSY,
	/* of what was sent */
	URNE_PROBLEM_NOT_AUTHORISED,
	URNE_PROBLEM_FORM,
	URNE_PROBLEM_BOUNDS,
	URNE_PROBLEM_PROOF,
	URNE_PROBLEM_MISMATCH,
	URNE_PROBLEM_STAGE,
	URNE_PROBLEM_UNKNOWN,
	URNE_PROBLEM_DUPLICATE,
	URNE_PROBLEM_INCOMPLETE,
	URNE_PROBLEM_UNSUPPORTED,
	/* ours */
	URNE_PROBLEM_OURS,
};
#define URNE_NUM_PROBLEMS 20

/* urne_problem_of: what an error of the parts below means to a client. */
enum urne_problem urne_problem_of(enum urne_err e);
unsigned urne_problem_status(enum urne_problem p);
/* "urn:urne:problem:NAME"; NULL for NONE. */
const char *urne_problem_type(enum urne_problem p);
bool urne_problem_is_ours(enum urne_problem p);
/* urne_problem_write appends the document; the detail is left out when it is empty or when the
 * problem is ours. */
void urne_problem_write(struct urne_buf *out, enum urne_problem p, const struct urne_diag *d);

#endif
