/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: an element of the Ed25519 group is a point, kept in the first of the element's limbs;
 * the others are not set. Public data only. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_ELEM_H
#define URNE_CRYPTO_VARTIME_EDWARDS_ELEM_H

#include <string.h>

#include "crypto/group.h"
#include "crypto/vartime/edwards.h"

_Static_assert(sizeof(struct urne_edwards) <= sizeof(struct urne_elem), "a point fits");

static inline struct urne_edwards
urne_edwards_of_elem(const struct urne_elem *a)
{
	struct urne_edwards p;

	memcpy(&p, a->v, sizeof(p));
	return p;
}

/* urne_edwards_clear_rest: what a point leaves of an element. */
static inline void
urne_edwards_clear_rest(struct urne_elem *out)
{
	memset((char *)out + sizeof(struct urne_edwards), 0,
	    sizeof(*out) - sizeof(struct urne_edwards));
}

static inline void
urne_edwards_to_elem(struct urne_elem *out, const struct urne_edwards *p)
{
	memcpy(out->v, p, sizeof(*p));
	urne_edwards_clear_rest(out);
}

#endif
