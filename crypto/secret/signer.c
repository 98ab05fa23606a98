/* SPDX-License-Identifier: EUPL-1.2 */
/* Keys that sign notes. The seed goes into libsodium and into the text of the key, nowhere else;
 * the public key is made of it anew for every signature, so that a damaged key cannot sign.
 * Spec: docs/formats.md#signed-notes */
#include "crypto/secret/signer.h"

#include <sodium.h>
#include <string.h>

#include "base/b64.h"
#include "crypto/secret/declassify.h"

#define PREFIX "URNE-SIGNER-KEY+"

_Static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_PUBLICKEYBYTES == URNE_ED25519_KEY_LEN &&
		   crypto_sign_BYTES == URNE_ED25519_SIG_LEN,
    "libsodium signs with Ed25519");

/* derive makes both keys of a seed. */
static enum urne_err
derive(uint8_t public[URNE_ED25519_KEY_LEN], uint8_t both[crypto_sign_SECRETKEYBYTES],
    const uint8_t seed[32])
{
	if (sodium_init() < 0 || crypto_sign_seed_keypair(public, both, seed) != 0) {
		return URNE_ERR_INTERNAL;
	}
	urne_declassify(public, URNE_ED25519_KEY_LEN); /* everybody gets the public key */
	return URNE_OK;
}

/* complete sets the public side of a signer whose name and seed are there. */
static enum urne_err
complete(struct urne_signer *s, struct urne_diag *d, struct urne_view name)
{
	uint8_t both[crypto_sign_SECRETKEYBYTES] = {0};
	enum urne_err e = derive(s->key.key, both, s->seed);

	urne_wipe(both, sizeof(both));
	if (e != URNE_OK) {
		return urne_fail(d, e, "libsodium makes no key");
	}
	memcpy(s->name, name.p, name.len);
	s->key.name = (struct urne_view){s->name, name.len};
	s->key.id = urne_note_key_id(s->key.name, s->key.key);
	return URNE_OK;
}

enum urne_err
urne_signer_new(
    struct urne_signer *out, struct urne_diag *d, struct urne_view name, struct urne_rng *rng)
{
	enum urne_err e = urne_note_name_check(d, name);

	*out = (struct urne_signer){.name = ""};
	if (e == URNE_OK) {
		urne_rng_fill(rng, out->seed, sizeof(out->seed));
		e = complete(out, d, name);
	}
	if (e != URNE_OK) {
		urne_signer_clear(out);
	}
	return e;
}

enum urne_err
urne_signer_of_seed(
    struct urne_signer *out, struct urne_diag *d, struct urne_view name, const uint8_t seed[32])
{
	enum urne_err e = urne_note_name_check(d, name);

	*out = (struct urne_signer){.name = ""};
	if (e == URNE_OK) {
		memcpy(out->seed, seed, sizeof(out->seed));
		e = complete(out, d, name);
	}
	if (e != URNE_OK) {
		urne_signer_clear(out);
	}
	return e;
}

enum urne_err
urne_signer_read(struct urne_signer *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_note_key key;
	enum urne_err e;

	*out = (struct urne_signer){.name = ""};
	if (!urne_view_starts(text, PREFIX)) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "a signer key begins with " PREFIX ", this file does not");
	}
	text.p += sizeof(PREFIX) - 1;
	text.len -= sizeof(PREFIX) - 1;
	e = urne_note_key_split(&key, out->seed, d, text);
	if (e == URNE_OK) {
		e = complete(out, d, key.name);
	}
	if (e == URNE_OK && out->key.id != key.id) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "the hash in a signer key is not that of its name and public key; take the "
		    "file from its backup");
	}
	if (e != URNE_OK) {
		urne_signer_clear(out);
	}
	return e;
}

enum urne_err
urne_signer_rename(struct urne_signer *out, struct urne_diag *d, const struct urne_signer *s,
    struct urne_view name)
{
	return urne_signer_of_seed(out, d, name, s->seed);
}

void
urne_signer_write(struct urne_buf *out, const struct urne_signer *s)
{
	struct urne_note_key like = s->key;

	/* a verifier key's text, with the seed in the place of the public key */
	memcpy(like.key, s->seed, sizeof(s->seed));
	urne_buf_puts(out, PREFIX);
	urne_note_key_write(out, &like);
	urne_wipe(&like, sizeof(like));
}

void
urne_signer_clear(struct urne_signer *s)
{
	urne_wipe(s, sizeof(*s));
}

enum urne_err
urne_signer_sign(struct urne_buf *out, const struct urne_signer *s, struct urne_view text)
{
	uint8_t both[crypto_sign_SECRETKEYBYTES] = {0};
	uint8_t public[URNE_ED25519_KEY_LEN] = {0}, signature[URNE_ED25519_SIG_LEN] = {0};
	enum urne_err e;

	if (text.len == 0 || text.p[text.len - 1] != '\n') {
		return URNE_ERR_SYNTAX;
	}
	e = derive(public, both, s->seed);
	if (e == URNE_OK &&
	    crypto_sign_detached(signature, NULL, (const uint8_t *)text.p, text.len, both) != 0) {
		e = URNE_ERR_INTERNAL;
	}
	urne_wipe(both, sizeof(both));
	if (e != URNE_OK) {
		return e;
	}
	urne_declassify(signature, sizeof(signature)); /* it is published with the text */
	urne_note_line_write(out, &s->key, signature);
	return urne_buf_error(out);
}
