/* SPDX-License-Identifier: EUPL-1.2 */
/* Hints from an address, as from a file. Whatever goes wrong on the way costs time and nothing
 * else: a note says so, and every ballot is checked exactly. */
#ifndef URNE_VERIFIER_HINT_FETCH_H
#define URNE_VERIFIER_HINT_FETCH_H

#include "base/buf.h"
#include "verifier/verify.h"

struct urne_fetched_hints {
	int fd; /* of a file without a name, or -1 */
	struct urne_buf path;
};

/* urne_fetch_hints: when v->files.hints is an address, what is there goes to a nameless file whose
 * path takes its place, or NULL with a note. No more is fetched than v's archive has bytes: right
 * hints are fewer. `ca` as in the options of a source. URNE_ERR_MEMORY. Clear always. */
enum urne_err urne_fetch_hints(struct urne_fetched_hints *f, struct urne_diag *d,
    struct urne_verification *v, const char *ca) URNE_MUST_USE;
void urne_fetched_hints_clear(struct urne_fetched_hints *f);

#endif
