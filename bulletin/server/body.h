/* SPDX-License-Identifier: EUPL-1.2 */
/* The body of a request while it comes in: small ones in memory, those of events in a file that has
 * no name. All together are bounded by budgets, which a body draws on before it takes anything. */
#ifndef URNE_BULLETIN_SERVER_BODY_H
#define URNE_BULLETIN_SERVER_BODY_H

#include <stdatomic.h>

#include "base/buf.h"
#include "bulletin/server/problem.h"

struct urne_budget {
	_Atomic uint64_t used;
	uint64_t max;
};
/* urne_budget_take: false when it would be overdrawn; otherwise give the same back later. */
bool urne_budget_take(struct urne_budget *b, uint64_t len);
void urne_budget_give(struct urne_budget *b, uint64_t len);

enum urne_body_kind {
	URNE_BODY_NONE,
	URNE_BODY_MEMORY,
	URNE_BODY_FILE,
};

/* The zero state with fd = -1 is a body that is not there; urne_body_clear is always legal. */
struct urne_body {
	enum urne_body_kind kind;
	struct urne_buf memory;
	int fd;
	uint64_t len, max;
	struct urne_budget *budget;
	uint64_t taken; /* from the budget */
};

void urne_body_init(struct urne_body *b);
/* urne_body_begin gets ready for `expected` bytes (0 when nobody said) of at most `max`, in memory
 * or in a nameless file in the folder `tmp`. URNE_PROBLEM_TOO_LARGE, _BUSY or _OURS. */
enum urne_problem urne_body_begin(struct urne_body *b, struct urne_diag *d,
    enum urne_body_kind kind, uint64_t expected, uint64_t max, struct urne_budget *budget, int tmp);
/* urne_body_put appends what came, under the same conditions. */
enum urne_problem urne_body_put(struct urne_body *b, struct urne_diag *d, struct urne_view piece);
/* urne_body_read appends a body that is in a file. */
enum urne_err urne_body_read(
    const struct urne_body *b, struct urne_buf *out, struct urne_diag *d) URNE_MUST_USE;
void urne_body_clear(struct urne_body *b);

#endif
