/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee's seed: the one secret of the ceremony that is kept, made and read, and the keys that
 * follow from it. */
#include <string.h>

#include "election/ceremony.h"
#include "election/election.h"

void
urne_seed_generate(struct urne_seed *out, struct urne_rng *rng)
{
	for (size_t i = 0; i < URNE_SEED_LEN; i++) {
		out->text[i] = urne_base58_alphabet[urne_rng_below(rng, 58)];
	}
	out->text[URNE_SEED_LEN] = '\0';
}

enum urne_err
urne_seed_read(struct urne_seed *out, struct urne_diag *d, struct urne_view text)
{
	uint32_t found = 0;

	urne_seed_clear(out);
	if (text.len > 0 && text.p[text.len - 1] == '\n') {
		text.len--;
	}
	if (text.len != URNE_SEED_LEN) {
		return urne_fail(d, URNE_ERR_SYNTAX, "a trustee's key has %zu characters, not %zu",
		    URNE_SEED_LEN, text.len);
	}
	for (size_t i = 0; i < URNE_SEED_LEN; i++) {
		/* every character of the alphabet is looked at; exactly one can be equal */
		for (size_t k = 0; k < 58; k++) {
			uint32_t differ = (uint32_t)(uint8_t)text.p[i] ^
					  (uint32_t)(uint8_t)urne_base58_alphabet[k];
			found += ((differ - 1) >> 31) & 1;
		}
	}
	if (found != URNE_SEED_LEN) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "the trustee's key has a character that keys do not use");
	}
	memcpy(out->text, text.p, URNE_SEED_LEN);
	return URNE_OK;
}

/* hash_tagged: SHA-256(tag|seed), to be wiped. */
static void
hash_tagged(struct urne_hash *out, const char *tag, const struct urne_seed *seed)
{
	struct urne_sha256 h;

	urne_sha256_init(&h);
	urne_sha256_puts(&h, tag);
	urne_sha256_put(&h, seed->text, URNE_SEED_LEN);
	urne_sha256_final(&h, out);
	urne_wipe(&h, sizeof(h));
}

void
urne_seed_derive(struct urne_secret *out, const struct urne_group *g, const char *tag,
    const struct urne_seed *seed)
{
	struct urne_hash hash;

	hash_tagged(&hash, tag, seed);
	urne_secret_reduce(g, out, hash.b, sizeof(hash.b));
	urne_wipe(&hash, sizeof(hash));
}

void
urne_seed_verification(
    struct urne_elem *out, const struct urne_group *g, const struct urne_seed *seed)
{
	struct urne_secret sk;

	urne_seed_derive(&sk, g, "sk|", seed);
	urne_secret_base(g, out, &sk);
	urne_secret_clear(&sk);
}

enum urne_err
urne_seed_identity(struct urne_signer *out, struct urne_diag *d, struct urne_view name,
    const struct urne_seed *seed)
{
	struct urne_hash hash;
	enum urne_err e;

	hash_tagged(&hash, "urne-identity|", seed);
	e = urne_signer_of_seed(out, d, name, hash.b);
	urne_wipe(&hash, sizeof(hash));
	return e;
}

void
urne_seed_clear(struct urne_seed *s)
{
	urne_wipe(s, sizeof(*s));
}
