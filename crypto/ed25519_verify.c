/* SPDX-License-Identifier: EUPL-1.2 */
/* Ed25519 signatures (RFC 8032, section 5.1.7), with keys that can have one owner only: a canonical
 * encoding, and no point of small order, for which anybody can sign anything. Public data, our own
 * curve; SHA-512 by OpenSSL's low-level functions, for the reasons of
 * docs/decisions/0003-sha256-low-level.md.
 * Spec: docs/formats.md#signed-notes */
#define OPENSSL_API_COMPAT 0x10100000L /* these functions are marked deprecated from 3.0 on */
#include <openssl/sha.h>
#include <string.h>

#include "crypto/group.h"
#include "crypto/note.h"
#include "crypto/scalar.h"
#include "crypto/vartime/edwards.h"

#define HALF ((size_t)32)

enum urne_err
urne_ed25519_key_check(const uint8_t key[URNE_ED25519_KEY_LEN])
{
	struct urne_edwards p;

	if (!urne_edwards_decompress(&p, key)) {
		return URNE_ERR_GROUP;
	}
	/* the small orders are 1, 2, 4 and 8 */
	for (size_t i = 0; i < 3; i++) {
		urne_edwards_double(&p, &p);
	}
	return urne_edwards_is_identity(&p) ? URNE_ERR_GROUP : URNE_OK;
}

/* 32 bytes as a little-endian number, modulo q. */
static void
reduce(struct urne_scalar *out, const uint8_t in[HALF])
{
	struct urne_hash h;

	for (size_t i = 0; i < HALF; i++) {
		h.b[i] = in[HALF - 1 - i];
	}
	urne_scalar_from_hash(&urne_group_ed25519, out, &h);
}

/* The hash of 64 bytes as a little-endian number, modulo q: low + 2^256 high. */
static void
challenge(struct urne_scalar *k, const uint8_t hash[2 * HALF])
{
	const struct urne_group *g = &urne_group_ed25519;
	uint8_t two_to_128[HALF] = {0};
	struct urne_scalar low, high, shift;

	two_to_128[16] = 1;
	reduce(&shift, two_to_128);
	urne_scalar_mul(g, &shift, &shift, &shift);
	reduce(&low, hash);
	reduce(&high, hash + HALF);
	urne_scalar_mul(g, &high, &high, &shift);
	urne_scalar_add(g, k, &low, &high);
}

/* Whether S, little-endian, is below q: then its reduction is itself. */
static bool
is_reduced(const struct urne_scalar *s, const uint8_t in[HALF])
{
	for (size_t i = 0; i < HALF; i++) {
		if ((uint8_t)(s->v[i / 8] >> (8 * (i % 8))) != in[i]) {
			return false;
		}
	}
	return true;
}

enum urne_err
urne_ed25519_verify(const uint8_t signature[URNE_ED25519_SIG_LEN], struct urne_view message,
    const uint8_t key[URNE_ED25519_KEY_LEN])
{
	uint8_t hash[2 * HALF], again[HALF];
	struct urne_scalar k, s;
	struct urne_edwards a, r;
	SHA512_CTX ctx;

	reduce(&s, signature + HALF);
	if (urne_ed25519_key_check(key) != URNE_OK || !urne_edwards_decompress(&a, key) ||
	    !is_reduced(&s, signature + HALF)) {
		return URNE_ERR_PROOF;
	}
	(void)SHA512_Init(&ctx); /* these return 1 always */
	(void)SHA512_Update(&ctx, signature, HALF);
	(void)SHA512_Update(&ctx, key, URNE_ED25519_KEY_LEN);
	(void)SHA512_Update(&ctx, message.len > 0 ? message.p : "", message.len);
	(void)SHA512_Final(hash, &ctx);
	challenge(&k, hash);
	/* R = S B - k A, as bytes: so R is canonical too */
	urne_edwards_neg(&a, &a);
	urne_edwards_mul2_base_vartime(&r, s.v, &a, k.v);
	urne_edwards_compress(again, &r);
	return memcmp(again, signature, HALF) == 0 ? URNE_OK : URNE_ERR_PROOF;
}
