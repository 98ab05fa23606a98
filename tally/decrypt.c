/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee's own work: alpha^x and its proof for every ciphertext of the tally.
 * Spec: docs/protocol.md#tally */
#include "tally/decrypt.h"

#include "crypto/secret/prove.h"
#include "tally/transcript.h"

enum urne_err
urne_partial_make(struct urne_partial_decryption *out, struct urne_arena *arena,
    const struct urne_election *e, const struct urne_tally *t, const struct urne_secret *x,
    struct urne_rng *rng)
{
	struct urne_sha256 h;
	struct urne_elem X;

	out->factors = urne_arena_alloc(arena, e->num_choices, sizeof(*out->factors));
	out->proofs = urne_arena_alloc(arena, e->num_choices, sizeof(*out->proofs));
	if (out->factors == NULL || out->proofs == NULL) {
		return URNE_ERR_MEMORY;
	}
	urne_rng_mix(rng, x, sizeof(*x));
	urne_rng_mix(rng, &e->fingerprint, sizeof(e->fingerprint));
	urne_rng_mix(rng, t->sum, e->num_choices * sizeof(*t->sum));
	urne_secret_base(e->group, &X, x);
	urne_decrypt_transcript(&h, e, &X);
	for (size_t i = 0; i < e->num_choices; i++) {
		urne_dleq_prove(
		    e->group, &out->proofs[i], &out->factors[i], rng, x, &t->sum[i].alpha, &h);
	}
	return URNE_OK;
}
