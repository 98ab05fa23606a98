/* SPDX-License-Identifier: EUPL-1.2 */
/* Partial decryptions: their form, and the check of their proofs.
 * Spec: docs/protocol.md#tally */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "election/statement.h"
#include "tally/shape.h"
#include "tally/tally.h"
#include "tally/transcript.h"

struct partial_codec {
	const struct urne_group *group;
	struct urne_partial_decryption *p;
	struct urne_known_elems *known; /* reading: the factors, or NULL */
};

/* take_factor: the next factor that is known, if this is its text. */
static void
take_factor(struct urne_codec *c, struct partial_codec *p, size_t i)
{
	struct urne_known_elems *known = p->known;
	char own[URNE_TEXT_MAX];
	struct urne_view text = {own, 0};

	urne_codec_plain(c, &text, URNE_TEXT_MAX);
	if (!urne_codec_ok(c) || known->at == known->num) {
		urne_codec_fail(c, URNE_ERR_GROUP, URNE_GROUP_REFUSAL, p->group->name);
		return;
	}
	p->p->factors[i] = known->elem[known->at++];
	if (!urne_view_eq(text,
		(struct urne_view){own, urne_elem_encode(p->group, own, &p->p->factors[i])})) {
		urne_codec_fail(c, URNE_ERR_GROUP, URNE_GROUP_REFUSAL, p->group->name);
	}
}

static void
codec_factor(struct urne_codec *c, void *ctx, size_t i)
{
	struct partial_codec *p = ctx;

	if (p->known != NULL) {
		take_factor(c, p, i);
	} else {
		urne_codec_elem(c, p->group, &p->p->factors[i]);
	}
}

static void
codec_factor_proof(struct urne_codec *c, void *ctx, size_t i)
{
	struct partial_codec *p = ctx;

	urne_codec_proof(c, p->group, &p->p->proofs[i]);
}

static void
codec_partial(struct urne_codec *c, const struct urne_election *e,
    struct urne_partial_decryption *p, struct urne_known_elems *known)
{
	struct partial_codec ctx = {e->group, p, known};

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
	codec_partial(&c, e, &copy, NULL);
}

enum urne_err
urne_partial_read(struct urne_partial_decryption *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_election *e, struct urne_view text)
{
	return urne_partial_read_known(out, arena, d, e, text, NULL);
}

enum urne_err
urne_partial_read_known(struct urne_partial_decryption *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_election *e, struct urne_view text,
    struct urne_known_elems *known)
{
	struct urne_codec c;

	out->factors = urne_arena_alloc(arena, e->num_choices, sizeof(*out->factors));
	out->proofs = urne_arena_alloc(arena, e->num_choices, sizeof(*out->proofs));
	if (out->factors == NULL || out->proofs == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a partial decryption");
	}
	urne_codec_read(&c, text, arena);
	codec_partial(&c, e, out, known);
	return urne_codec_end(&c, d);
}

/* Two of them differ in length only where their numbers do: q - 1 stands for all of them, and the
 * generator, made up to the longest there could be, for the elements. */
enum urne_err
urne_partial_max_len(size_t *out, const struct urne_election *e)
{
	struct urne_partial_decryption p = {NULL, NULL};
	struct urne_scalar largest, one;
	struct urne_elem g;
	struct urne_buf text;
	char encoded[URNE_TEXT_MAX];
	size_t missing;
	enum urne_err err = URNE_ERR_MEMORY;

	*out = 0;
	urne_buf_init(&text, URNE_MAX_BALLOT);
	urne_elem_generator(e->group, &g);
	missing = urne_elem_text_max(e->group) - urne_elem_encode(e->group, encoded, &g);
	urne_scalar_from_u64(e->group, &one, 1);
	urne_scalar_from_u64(e->group, &largest, 0);
	urne_scalar_sub(e->group, &largest, &largest, &one);
	p.factors = calloc(e->num_choices + 1, sizeof(*p.factors));
	p.proofs = calloc(e->num_choices + 1, sizeof(*p.proofs));
	if (p.factors != NULL && p.proofs != NULL) {
		for (size_t i = 0; i < e->num_choices; i++) {
			p.factors[i] = g;
			p.proofs[i] = (struct urne_proof){largest, largest};
		}
		urne_partial_write(&text, e, &p);
		err = urne_buf_error(&text);
		*out = err == URNE_OK ? text.len + e->num_choices * missing : 0;
	}
	free(p.factors);
	free(p.proofs);
	urne_buf_clear(&text);
	return err;
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
