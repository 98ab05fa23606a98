/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: one disjunction alone is verified by a queue that it is the only one in. */
#ifndef URNE_TESTS_OR_VERIFY_H
#define URNE_TESTS_OR_VERIFY_H

#include "crypto/proof_queue.h"

static inline enum urne_err
or_verify(const struct urne_group *g, const struct urne_proof *p, size_t num,
    const struct urne_bases *bases, const struct urne_or_branch *branch,
    const struct urne_sha256 *transcript)
{
	static struct urne_or_queue q;
	const struct urne_or_place place = {.field = "alone"};
	enum urne_err err = URNE_OK;

	urne_or_queue_init(&q, g, bases);
	err = urne_or_queue_put(&q, p, num, branch, transcript, &place);
	return err == URNE_OK ? urne_or_queue_finish(&q) : err;
}

#endif
