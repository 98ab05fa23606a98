/* SPDX-License-Identifier: EUPL-1.2 */
/* Partial decryptions: their form, and the check of their proofs.
 * Spec: docs/protocol.md#tally */
#include <string.h>

#include "base/limits.h"
#include "election/statement.h"
#include "tally/shape.h"
#include "tally/tally.h"
#include "tally/transcript.h"

struct partial_codec {
	const struct urne_group *group;
	struct urne_partial_decryption *p;
};

static void
codec_factor(struct urne_codec *c, void *ctx, size_t i)
{
	struct partial_codec *p = ctx;

	urne_codec_elem(c, p->group, &p->p->factors[i]);
}

static void
codec_factor_proof(struct urne_codec *c, void *ctx, size_t i)
{
	struct partial_codec *p = ctx;

	urne_codec_proof(c, p->group, &p->p->proofs[i]);
}

static void
codec_partial(
    struct urne_codec *c, const struct urne_election *e, struct urne_partial_decryption *p)
{
	struct partial_codec ctx = {e->group, p};

	urne_codec_object(c);
	urne_codec_field(c, "decryption_factors");
	urne_codec_shape(c, e, codec_factor, &ctx);
	urne_codec_field(c, "decryption_proofs");
	urne_codec_shape(c, e, codec_factor_proof, &ctx);
	urne_codec_object_end(c);
}

void
urne_partial_write(
    struct urne_buf *out, const struct urne_election *e, const struct urne_partial_decryption *p)
{
	struct urne_partial_decryption copy = *p;
	struct urne_codec c;

	urne_codec_write(&c, out);
	codec_partial(&c, e, &copy);
}

enum urne_err
urne_partial_read(struct urne_partial_decryption *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_election *e, struct urne_view text)
{
	struct urne_codec c;

	out->factors = urne_arena_alloc(arena, e->num_choices, sizeof(*out->factors));
	out->proofs = urne_arena_alloc(arena, e->num_choices, sizeof(*out->proofs));
	if (out->factors == NULL || out->proofs == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a partial decryption");
	}
	urne_codec_read(&c, text, arena);
	codec_partial(&c, e, out);
	return urne_codec_end(&c, d);
}

void
urne_decrypt_transcript(
    struct urne_sha256 *h, const struct urne_election *e, const struct urne_elem *X)
{
	urne_transcript(h, "decrypt", (struct urne_view){e->phi, sizeof(e->phi)});
	urne_elem_hash(e->group, h, X);
	urne_sha256_puts(h, "|");
}

enum urne_err
urne_partial_check(const struct urne_partial_decryption *p, struct urne_diag *d,
    const struct urne_election *e, const struct urne_tally *t, const struct urne_elem *X)
{
	struct urne_sha256 h;

	urne_decrypt_transcript(&h, e, X);
	for (size_t i = 0; i < e->num_choices; i++) {
		if (urne_dleq_verify(e->group, &p->proofs[i], X, &t->sum[i].alpha, &p->factors[i],
			&h) != URNE_OK) {
			return urne_fail(d, URNE_ERR_PROOF,
			    "choice %zu: the decryption factor's proof does not verify", i);
		}
	}
	return URNE_OK;
}

static void
codec_owned(struct urne_codec *c, struct urne_owned *o)
{
	urne_codec_object(c);
	urne_codec_field(c, "owner");
	urne_codec_u64(c, &o->owner, URNE_MAX_TRUSTEES);
	urne_codec_field(c, "payload");
	urne_codec_hash_hex(c, &o->payload);
	urne_codec_object_end(c);
}

void
urne_owned_write(struct urne_buf *out, const struct urne_owned *o)
{
	struct urne_owned copy = *o;
	struct urne_codec c;

	urne_codec_write(&c, out);
	codec_owned(&c, &copy);
}

enum urne_err
urne_owned_read(struct urne_owned *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_codec c;

	memset(out, 0, sizeof(*out));
	urne_codec_read(&c, text, NULL);
	codec_owned(&c, out);
	return urne_codec_end(&c, d);
}
