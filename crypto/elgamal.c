/* SPDX-License-Identifier: EUPL-1.2 */
/* Public arithmetic on ciphertexts, and the codecs of elements, scalars and ciphertexts. */
#include "crypto/elgamal.h"

void
urne_ciphertext_one(const struct urne_group *g, struct urne_ciphertext *out)
{
	urne_elem_identity(g, &out->alpha);
	urne_elem_identity(g, &out->beta);
}

void
urne_ciphertext_mul(const struct urne_group *g, struct urne_ciphertext *out,
    const struct urne_ciphertext *a, const struct urne_ciphertext *b)
{
	urne_elem_mul(g, &out->alpha, &a->alpha, &b->alpha);
	urne_elem_mul(g, &out->beta, &a->beta, &b->beta);
}

void
urne_ciphertext_div(const struct urne_group *g, struct urne_ciphertext *out,
    const struct urne_ciphertext *a, const struct urne_ciphertext *b)
{
	urne_elem_div(g, &out->alpha, &a->alpha, &b->alpha);
	urne_elem_div(g, &out->beta, &a->beta, &b->beta);
}

void
urne_ciphertext_pow_u64(const struct urne_group *g, struct urne_ciphertext *out,
    const struct urne_ciphertext *a, uint64_t n)
{
	urne_elem_pow_u64(g, &out->alpha, &a->alpha, n);
	urne_elem_pow_u64(g, &out->beta, &a->beta, n);
}

bool
urne_ciphertext_eq(
    const struct urne_group *g, const struct urne_ciphertext *a, const struct urne_ciphertext *b)
{
	return urne_elem_eq(g, &a->alpha, &b->alpha) && urne_elem_eq(g, &a->beta, &b->beta);
}

size_t
urne_ciphertext_encode(
    const struct urne_group *g, char out[URNE_CIPHERTEXT_TEXT_MAX], const struct urne_ciphertext *a)
{
	size_t len = urne_elem_encode(g, out, &a->alpha);

	out[len++] = ',';
	return len + urne_elem_encode(g, out + len, &a->beta);
}

void
urne_ciphertext_hash(
    const struct urne_group *g, struct urne_sha256 *h, const struct urne_ciphertext *a)
{
	char text[URNE_CIPHERTEXT_TEXT_MAX];

	urne_sha256_put(h, text, urne_ciphertext_encode(g, text, a));
}

typedef enum urne_err decode_fn(
    const struct urne_group *g, struct urne_elem *out, struct urne_view text);

static void
codec_elem(struct urne_codec *c, const struct urne_group *g, struct urne_elem *e, decode_fn *decode)
{
	char text[URNE_TEXT_MAX];
	struct urne_view v = {text, 0};

	if (!c->reading) {
		v.len = urne_elem_encode(g, text, e);
	}
	urne_codec_plain(c, &v, URNE_TEXT_MAX);
	if (!c->reading) {
		return;
	}
	if (!urne_codec_ok(c)) {
		urne_elem_identity(g, e);
	} else if (decode(g, e, v) != URNE_OK) {
		urne_codec_fail(c, URNE_ERR_GROUP, URNE_GROUP_REFUSAL, g->name);
	}
}

void
urne_codec_elem(struct urne_codec *c, const struct urne_group *g, struct urne_elem *e)
{
	codec_elem(c, g, e, urne_elem_decode);
}

void
urne_codec_scalar(struct urne_codec *c, const struct urne_group *g, struct urne_scalar *s)
{
	char text[URNE_TEXT_MAX];
	struct urne_view v = {text, 0};
	enum urne_err e = URNE_OK;

	if (!c->reading) {
		v.len = urne_scalar_encode(g, text, s);
	}
	urne_codec_plain(c, &v, URNE_TEXT_MAX);
	if (!c->reading) {
		return;
	}
	if (!urne_codec_ok(c)) {
		urne_scalar_from_u64(g, s, 0);
		return;
	}
	e = urne_scalar_decode(g, s, v);
	if (e == URNE_ERR_RANGE) {
		urne_codec_fail(c, e, "not reduced modulo the group order");
	} else if (e != URNE_OK) {
		urne_codec_fail(c, e, "not a decimal number in canonical form");
	}
}

static void
codec_ciphertext(
    struct urne_codec *c, const struct urne_group *g, struct urne_ciphertext *ct, decode_fn *decode)
{
	urne_codec_object(c);
	urne_codec_field(c, "alpha");
	codec_elem(c, g, &ct->alpha, decode);
	urne_codec_field(c, "beta");
	codec_elem(c, g, &ct->beta, decode);
	urne_codec_object_end(c);
}

void
urne_codec_ciphertext(struct urne_codec *c, const struct urne_group *g, struct urne_ciphertext *ct)
{
	codec_ciphertext(c, g, ct, urne_elem_decode);
}

void
urne_codec_ciphertext_unproved(
    struct urne_codec *c, const struct urne_group *g, struct urne_ciphertext *ct)
{
	codec_ciphertext(c, g, ct, urne_elem_decode_unproved);
}
