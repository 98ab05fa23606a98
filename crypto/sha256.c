/* SPDX-License-Identifier: EUPL-1.2 */
/* SHA-256 by OpenSSL's low-level functions: the state is a plain value, no call can fail, and the
 * processor's SHA instructions are used. docs/decisions/0003-sha256-low-level.md */
#define OPENSSL_API_COMPAT 0x10100000L /* these functions are marked deprecated from 3.0 on */
#include "crypto/sha256.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void
urne_sha256_init(struct urne_sha256 *h)
{
	(void)SHA256_Init(&h->ctx); /* always 1 */
}

void
urne_sha256_put(struct urne_sha256 *h, const void *p, size_t len)
{
	(void)SHA256_Update(&h->ctx, p, len); /* always 1 */
}

void
urne_sha256_puts(struct urne_sha256 *h, const char *s)
{
	urne_sha256_put(h, s, strlen(s));
}

void
urne_sha256_put_view(struct urne_sha256 *h, struct urne_view v)
{
	urne_sha256_put(h, v.p, v.len);
}

void
urne_sha256_put_u64(struct urne_sha256 *h, uint64_t v)
{
	char text[24];
	int len = snprintf(text, sizeof(text), "%" PRIu64, v);

	urne_sha256_put(h, text, (size_t)len);
}

void
urne_sha256_final(const struct urne_sha256 *h, struct urne_hash *out)
{
	struct urne_sha256 copy = *h;

	(void)SHA256_Final(out->b, &copy.ctx); /* always 1 */
	urne_wipe(&copy, sizeof(copy));
}

void
urne_sha256_of(struct urne_hash *out, struct urne_view v)
{
	struct urne_sha256 h;

	urne_sha256_init(&h);
	urne_sha256_put_view(&h, v);
	urne_sha256_final(&h, out);
}
