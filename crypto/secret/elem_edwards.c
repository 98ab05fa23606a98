/* SPDX-License-Identifier: EUPL-1.2 */
/* Ed25519 elements from secrets, by libsodium. Elements are the 32 bytes of RFC 8032. Its two
 * multiplications answer -1 for a zero scalar or the identity as base or result: the result is the
 * identity then. A secret is zero with probability 2^-252, so that branch tells nothing. */
#include <sodium.h>
#include <string.h>

#include "crypto/secret/backend.h"
#include "crypto/secret/declassify.h"

#define BYTES ((size_t)32)

static void
identity(struct urne_secret_elem *out)
{
	memset(out, 0, sizeof(*out));
	out->b[0] = 1;
}

static void
scalar_bytes(uint8_t out[BYTES], const struct urne_secret *x)
{
	for (size_t i = 0; i < BYTES; i++) {
		out[i] = (uint8_t)(x->v[i / 8] >> (8 * (i % 8)));
	}
}

static void
edwards_base(const struct urne_group *g, struct urne_secret_elem *out, const struct urne_secret *x)
{
	uint8_t n[BYTES];
	int rc = 0;

	(void)g;
	scalar_bytes(n, x);
	rc = crypto_scalarmult_ed25519_base_noclamp(out->b, n);
	/* whether the scalar was zero: see above */
	urne_declassify(&rc, sizeof(rc));
	if (rc != 0) {
		identity(out);
	}
	urne_wipe(n, sizeof(n));
}

static void
edwards_pow(const struct urne_group *g, struct urne_secret_elem *out, const struct urne_elem *base,
    const struct urne_secret *x)
{
	uint8_t n[BYTES], p[BYTES];
	int rc = 0;

	scalar_bytes(n, x);
	g->ops->to_bytes(g, p, base);
	rc = crypto_scalarmult_ed25519_noclamp(out->b, n, p);
	/* whether the scalar was zero or the public base the identity: see above */
	urne_declassify(&rc, sizeof(rc));
	if (rc != 0) {
		identity(out);
	}
	urne_wipe(n, sizeof(n));
}

static void
edwards_mul(const struct urne_group *g, struct urne_secret_elem *out,
    const struct urne_secret_elem *a, const struct urne_secret_elem *b)
{
	(void)g;
	/* fails only for bytes that are no point: members are points */
	(void)crypto_core_ed25519_add(out->b, a->b, b->b);
}

/* RFC 8032 bytes reversed, in hex; sodium_bin2hex has no secret-dependent branch or index. */
static void
edwards_text(const struct urne_group *g, struct urne_buf *out, const struct urne_secret_elem *a)
{
	uint8_t be[BYTES];
	char hex[2 * BYTES + 1];

	(void)g;
	for (size_t i = 0; i < BYTES; i++) {
		be[i] = a->b[BYTES - 1 - i];
	}
	(void)sodium_bin2hex(hex, sizeof(hex), be, BYTES);
	urne_buf_put(out, hex, 2 * BYTES);
	urne_wipe(be, sizeof(be));
	urne_wipe(hex, sizeof(hex));
}

const struct urne_secret_ops urne_secret_edwards_ops = {
    .base = edwards_base,
    .pow = edwards_pow,
    .mul = edwards_mul,
    .text = edwards_text,
};
