/* SPDX-License-Identifier: EUPL-1.2 */
/* That every public credential of a list is a member of the group: one by one, or by hints. In
 * pieces of bounded size, on several threads.
 * Spec: docs/formats.md#public-credentials, docs/soundness.md#credentials-and-decryption-factors */
#ifndef URNE_ELECTION_CREDENTIAL_MEMBERS_H
#define URNE_ELECTION_CREDENTIAL_MEMBERS_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/pool.h"
#include "crypto/group.h"

/* Hints of a list, from anybody, or a place for them. They are asked for and given in the order of
 * the list, some thousands at a time. Only for groups that urne_hints_serve says yes to. */
struct urne_credential_hints {
	void *ctx;
	/* read: the hints of num credentials from `first` on; false when there are none. NULL: none
	 * are there. */
	bool (*read)(void *ctx, uint8_t *out, size_t first, size_t num);
	/* write: those that were made, of num credentials from `first` on; there are `total`.
	 * Errors are our own. NULL: none are to be made. A credential that is no member has 64 zero
	 * bytes, which are the hint of nothing. */
	enum urne_err (*write)(void *ctx, struct urne_diag *d, const uint8_t *hints, size_t first,
	    size_t num, size_t total);
	size_t num_hinted; /* out: members that were found by hints that were read */
};

struct urne_credential_texts {
	const struct urne_group *group;
	const void *list;
	/* text: that of credential i, which may be put into `room` */
	struct urne_view (*text)(const void *list, char room[URNE_TEXT_MAX], size_t i);
	size_t num;
};

/* urne_credentials_check_members: every text is the canonical form of a member of the group that is
 * not the identity; else URNE_ERR_GROUP says which is the first that is not. `hints` may be NULL.
 * URNE_ERR_MEMORY, and what `write` gives. */
enum urne_err urne_credentials_check_members(const struct urne_credential_texts *c,
    struct urne_diag *d, struct urne_pool *pool, struct urne_credential_hints *hints) URNE_MUST_USE;

#endif
