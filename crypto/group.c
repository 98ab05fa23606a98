/* SPDX-License-Identifier: EUPL-1.2 */
/* The groups of the protocol, and the functions that every group has in common. */
#include "crypto/group.h"

#include "crypto/field_params.inc"

static const struct urne_field_params belenios_params = {
    .num_limbs = 32,
    .p = belenios_p,
    .g = belenios_g,
    .is_safe_prime = false,
};

static const struct urne_field_params rfc_3526_params = {
    .num_limbs = 32,
    .p = rfc_3526_p,
    .g = rfc_3526_g,
    .is_safe_prime = true,
};

const struct urne_group urne_group_ed25519 = {
    .name = "Ed25519",
    .kind = URNE_GROUP_EDWARDS,
    .elem_bytes = 32,
    .num_q_limbs = 4,
    .q_bits = 253,
    .q = ed25519_q,
    .field = NULL,
    .ops = &urne_group_edwards_ops,
};

const struct urne_group urne_group_belenios_2048 = {
    .name = "BELENIOS-2048",
    .kind = URNE_GROUP_FIELD,
    .elem_bytes = 256,
    .num_q_limbs = 4,
    .q_bits = 256,
    .q = belenios_q,
    .field = &belenios_params,
    .ops = &urne_group_field_ops,
};

const struct urne_group urne_group_rfc_3526_2048 = {
    .name = "RFC-3526-2048",
    .kind = URNE_GROUP_FIELD,
    .elem_bytes = 256,
    .num_q_limbs = 32,
    .q_bits = 2047,
    .q = rfc_3526_q,
    .field = &rfc_3526_params,
    .ops = &urne_group_field_ops,
};

static const struct urne_group *const groups[] = {
    &urne_group_ed25519,
    &urne_group_belenios_2048,
    &urne_group_rfc_3526_2048,
};

const struct urne_group *
urne_group_list(size_t i)
{
	return i < sizeof(groups) / sizeof(groups[0]) ? groups[i] : NULL;
}

const struct urne_group *
urne_group_find(struct urne_view name)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (urne_view_is(name, groups[i]->name)) {
			return groups[i];
		}
	}
	return NULL;
}

enum urne_err
urne_elem_decode_unproved(const struct urne_group *g, struct urne_elem *out, struct urne_view text)
{
	if (!g->ops->decode(g, out, text)) {
		urne_elem_identity(g, out);
		return URNE_ERR_GROUP;
	}
	return URNE_OK;
}

void
urne_elem_decode_each_unproved(const struct urne_group *g, struct urne_elem *out, bool *ok,
    const struct urne_view *text, size_t num)
{
	g->ops->decode_each(g, out, ok, text, num);
}

enum urne_err
urne_elem_decode(const struct urne_group *g, struct urne_elem *out, struct urne_view text)
{
	enum urne_err e = urne_elem_decode_unproved(g, out, text);

	if (e == URNE_OK && !urne_elem_is_member(g, out)) {
		urne_elem_identity(g, out);
		e = URNE_ERR_GROUP;
	}
	return e;
}

bool
urne_elem_is_member(const struct urne_group *g, const struct urne_elem *a)
{
	return g->ops->is_member(g, a);
}

size_t
urne_elem_text_max(const struct urne_group *g)
{
	switch (g->kind) {
	case URNE_GROUP_EDWARDS:
		return 2 * g->elem_bytes;
	case URNE_GROUP_FIELD:
		/* a number of n bits has at most 1 + n log10(2) digits, and log10(2) < 0.30103 */
		return 1 + g->field->num_limbs * 64 * 30103 / 100000;
	}
	return URNE_TEXT_MAX;
}

size_t
urne_elem_text_fixed(const struct urne_group *g)
{
	return g->kind == URNE_GROUP_EDWARDS ? 2 * g->elem_bytes : 0;
}

size_t
urne_elem_encode(const struct urne_group *g, char out[URNE_TEXT_MAX], const struct urne_elem *a)
{
	uint8_t encoding[URNE_ENCODING_MAX];

	urne_elem_encoding(g, encoding, a);
	return urne_encoding_text(g, out, encoding);
}

void
urne_elem_encoding(const struct urne_group *g, uint8_t *out, const struct urne_elem *a)
{
	g->ops->to_bytes(g, out, a);
}

size_t
urne_encoding_text(const struct urne_group *g, char out[URNE_TEXT_MAX], const uint8_t *encoding)
{
	return g->ops->text(g, out, encoding);
}

void
urne_elem_hash(const struct urne_group *g, struct urne_sha256 *h, const struct urne_elem *a)
{
	char text[URNE_TEXT_MAX];

	urne_sha256_put(h, text, urne_elem_encode(g, text, a));
}

void
urne_encodings_hash(
    const struct urne_group *g, struct urne_sha256 *h, const uint8_t *encodings, size_t num)
{
	char text[URNE_TEXT_MAX];

	for (size_t i = 0; i < num; i++) {
		urne_sha256_puts(h, i > 0 ? "," : "");
		urne_sha256_put(
		    h, text, urne_encoding_text(g, text, encodings + i * g->elem_bytes));
	}
}

void
urne_elem_identity(const struct urne_group *g, struct urne_elem *out)
{
	g->ops->identity(g, out);
}

void
urne_elem_generator(const struct urne_group *g, struct urne_elem *out)
{
	g->ops->generator(g, out);
}

bool
urne_elem_is_identity(const struct urne_group *g, const struct urne_elem *a)
{
	struct urne_elem one;

	urne_elem_identity(g, &one);
	return urne_elem_eq(g, a, &one);
}

bool
urne_elem_eq(const struct urne_group *g, const struct urne_elem *a, const struct urne_elem *b)
{
	return g->ops->eq(g, a, b);
}

int
urne_elem_compare(const struct urne_group *g, const struct urne_elem *a, const struct urne_elem *b)
{
	return g->ops->compare(g, a, b);
}

void
urne_elem_mul(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_elem *b)
{
	g->ops->mul(g, out, a, b);
}

void
urne_elem_inv(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a)
{
	g->ops->inv(g, out, a);
}

void
urne_elem_div(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_elem *b)
{
	struct urne_elem inverse;

	urne_elem_inv(g, &inverse, b);
	urne_elem_mul(g, out, a, &inverse);
}

void
urne_elem_pow(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_scalar *x)
{
	g->ops->pow(g, out, a, x);
}

void
urne_elem_pow_base(const struct urne_group *g, struct urne_elem *out, const struct urne_scalar *x)
{
	g->ops->pow_base(g, out, x);
}

void
urne_elem_pow2(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_scalar *x, const struct urne_elem *b, const struct urne_scalar *y)
{
	g->ops->pow2(g, out, a, x, b, y);
}

void
urne_elem_pow2_base(const struct urne_group *g, struct urne_elem *out, const struct urne_scalar *x,
    const struct urne_elem *b, const struct urne_scalar *y)
{
	g->ops->pow2_base(g, out, x, b, y);
}

void
urne_elem_pow_u64(
    const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a, uint64_t n)
{
	struct urne_scalar x;

	urne_scalar_from_u64(g, &x, n);
	urne_elem_pow(g, out, a, &x);
}

void
urne_elem_base_u64(const struct urne_group *g, struct urne_elem *out, uint64_t n)
{
	struct urne_scalar x;

	urne_scalar_from_u64(g, &x, n);
	urne_elem_pow_base(g, out, &x);
}

void
urne_elem_pow_many(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_scalar *const x[], size_t num, bool *is_member)
{
	struct urne_elem_powers p = {.a = *a, .ask_member = is_member != NULL};
	size_t done = 0;

	do {
		p.num = num - done < URNE_POW_MANY ? num - done : URNE_POW_MANY;
		for (size_t i = 0; i < p.num; i++) {
			p.x[i] = x[done + i];
		}
		urne_elem_pow_each(g, &p, 1);
		for (size_t i = 0; i < p.num; i++) {
			out[done + i] = p.out[i];
		}
		p.ask_member = false; /* once is enough */
		done += p.num;
	} while (done < num);
	if (is_member != NULL) {
		*is_member = p.is_member;
	}
}

void
urne_elem_pow_each(const struct urne_group *g, struct urne_elem_powers *p, size_t num)
{
	g->ops->pow_each(g, p, num);
}

enum urne_err
urne_powers_make(const struct urne_powers **out, struct urne_arena *arena,
    const struct urne_group *g, const struct urne_elem *a)
{
	size_t size = g->ops->powers_size(g);
	struct urne_powers *p = urne_arena_alloc(arena, 1, size);

	*out = NULL;
	if (p == NULL) {
		return urne_arena_fits(arena, 1, size) ? URNE_ERR_MEMORY : URNE_ERR_LIMIT;
	}
	g->ops->powers_make(g, p, a);
	*out = p;
	return URNE_OK;
}

void
urne_elem_mul_pow(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_powers *powers, const struct urne_scalar *x)
{
	struct urne_elem_product p = {.out = out, .factor = {{a, powers, x}}, .num = 1};

	urne_elem_mul_pow_each(g, &p, 1);
}

static bool
all_have_powers(const struct urne_elem_product *p, size_t num)
{
	bool all = true;

	for (size_t i = 0; i < num; i++) {
		for (size_t j = 0; j < p[i].num; j++) {
			all &= p[i].factor[j].powers != NULL;
		}
	}
	return all;
}

void
urne_elem_mul_pow_each(const struct urne_group *g, struct urne_elem_product *p, size_t num)
{
	struct urne_elem power;

	if (all_have_powers(p, num)) {
		g->ops->mul_powers(g, p, num);
		return;
	}
	for (size_t i = 0; i < num; i++) {
		for (size_t j = 0; j < p[i].num; j++) {
			urne_elem_pow(g, &power, p[i].factor[j].a, p[i].factor[j].x);
			urne_elem_mul(g, p[i].out, p[i].out, &power);
		}
	}
}

void
urne_elem_normalise(const struct urne_group *g, struct urne_elem *a, size_t num)
{
	g->ops->normalise(g, a, num);
}
