/* SPDX-License-Identifier: EUPL-1.2 */
/* What a back end of the secret side provides: group elements that may be secret, as bytes in the
 * form of urne_group_ops.to_bytes. All constant time in the exponents and elements. */
#ifndef URNE_CRYPTO_SECRET_BACKEND_H
#define URNE_CRYPTO_SECRET_BACKEND_H

#include "crypto/secret/secret.h"

struct urne_secret_elem {
	uint8_t b[URNE_LIMBS * 8];
};

struct urne_secret_ops {
	/* out = g^x */
	void (*base)(
	    const struct urne_group *g, struct urne_secret_elem *out, const struct urne_secret *x);
	/* out = base^x; base is public */
	void (*pow)(const struct urne_group *g, struct urne_secret_elem *out,
	    const struct urne_elem *base, const struct urne_secret *x);
	/* out = a b */
	void (*mul)(const struct urne_group *g, struct urne_secret_elem *out,
	    const struct urne_secret_elem *a, const struct urne_secret_elem *b);
	/* the text form, appended to a secret buffer */
	void (*text)(
	    const struct urne_group *g, struct urne_buf *out, const struct urne_secret_elem *a);
};

extern const struct urne_secret_ops urne_secret_edwards_ops;
extern const struct urne_secret_ops urne_secret_field_ops;

/* urne_secret_limbs_to_decimal appends n limbs as a decimal number, constant time but for its
 * number of digits. */
void urne_secret_limbs_to_decimal(struct urne_buf *out, const uint64_t *limbs, size_t n);

#endif
