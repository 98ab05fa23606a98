/* SPDX-License-Identifier: EUPL-1.2 */
/* Secret numbers modulo q, and what may become of them. Constant time in the secret: no branch,
 * index or loop count depends on it. A secret is passed by pointer and cleared by its owner; it
 * has no printer. Functions that publish a value say so, and declassify it in one place. */
#ifndef URNE_CRYPTO_SECRET_SECRET_H
#define URNE_CRYPTO_SECRET_SECRET_H

#include "base/buf.h"
#include "crypto/group.h"
#include "crypto/secret/rng.h"

/* urne_secret: always reduced modulo q; the zero state is zero and safe to clear. */
struct urne_secret {
	uint64_t v[URNE_LIMBS];
};

void urne_secret_clear(struct urne_secret *s);
/* urne_secret_random: uniform in Z_q up to 2^-128. */
void urne_secret_random(const struct urne_group *g, struct urne_secret *out, struct urne_rng *r);
/* urne_secret_reduce: `len` bytes (at most 256 + 32) as a big-endian number, modulo q. */
void urne_secret_reduce(
    const struct urne_group *g, struct urne_secret *out, const uint8_t *be, size_t len);
void urne_secret_from_u64(const struct urne_group *g, struct urne_secret *out, uint64_t v);
void urne_secret_from_scalar(
    const struct urne_group *g, struct urne_secret *out, const struct urne_scalar *a);
void urne_secret_add(const struct urne_group *g, struct urne_secret *out,
    const struct urne_secret *a, const struct urne_secret *b);
void urne_secret_sub(const struct urne_group *g, struct urne_secret *out,
    const struct urne_secret *a, const struct urne_secret *b);
void urne_secret_mul(const struct urne_group *g, struct urne_secret *out,
    const struct urne_secret *a, const struct urne_secret *b);
/* urne_secret_mask: s if bit is 1, zero if bit is 0; bit may be secret. */
void urne_secret_mask(
    const struct urne_group *g, struct urne_secret *out, const struct urne_secret *s, uint64_t bit);

/* Decimal text, as private keys are stored. to: appended to a buffer that must be secret, constant
 * time but for the number of digits. from: digits only, no leading zeros, below q. */
void urne_secret_to_decimal(
    const struct urne_group *g, struct urne_buf *out, const struct urne_secret *s);
enum urne_err urne_secret_from_decimal(
    const struct urne_group *g, struct urne_secret *out, struct urne_view text) URNE_MUST_USE;

/* urne_secret_publish declassifies: use where the protocol publishes the number. */
void urne_secret_publish(
    const struct urne_group *g, struct urne_scalar *out, const struct urne_secret *s);
/* urne_secret_response publishes w - x*c mod q. w must be a fresh nonce, cleared after. */
void urne_secret_response(const struct urne_group *g, struct urne_scalar *out,
    const struct urne_secret *w, const struct urne_secret *x, const struct urne_scalar *c);

/* These publish a group element: g^x; base^x; y^x g^d. */
void urne_secret_base(
    const struct urne_group *g, struct urne_elem *out, const struct urne_secret *x);
void urne_secret_pow(const struct urne_group *g, struct urne_elem *out,
    const struct urne_elem *base, const struct urne_secret *x);
void urne_secret_commit(const struct urne_group *g, struct urne_elem *out,
    const struct urne_elem *y, const struct urne_secret *x, const struct urne_secret *d);

/* These give the text form of an element that stays secret, for deriving symmetric keys; appended
 * to a secret buffer: g^x; beta / alpha^x. */
void urne_secret_base_text(
    const struct urne_group *g, struct urne_buf *out, const struct urne_secret *x);
void urne_secret_unmask_text(const struct urne_group *g, struct urne_buf *out,
    const struct urne_elem *alpha, const struct urne_elem *beta, const struct urne_secret *x);

#endif
