/* SPDX-License-Identifier: EUPL-1.2 */
/* The Ed25519 group as a table of functions: an element is a point in extended coordinates, its
 * text the 32 bytes of RFC 8032 reversed, in hex. Variable time, public data only: never to be
 * linked into encryption or keys.
 * Spec: docs/protocol.md#groups */
#include <string.h>

#include "crypto/group.h"
#include "crypto/vartime/edwards_elem.h"
#include "crypto/vartime/order.h"

#define BYTES ((size_t)32)

static void
edwards_identity(const struct urne_group *g, struct urne_elem *out)
{
	struct urne_edwards p;

	(void)g;
	urne_edwards_identity(&p);
	urne_edwards_to_elem(out, &p);
}

static void
edwards_generator(const struct urne_group *g, struct urne_elem *out)
{
	struct urne_edwards p;

	(void)g;
	urne_edwards_base(&p);
	urne_edwards_to_elem(out, &p);
}

static bool
edwards_from_bytes(const struct urne_group *g, struct urne_elem *out, const uint8_t *in)
{
	struct urne_edwards p;
	bool ok = urne_edwards_decompress(&p, in);

	if (!ok) {
		edwards_identity(g, out);
		return false;
	}
	urne_edwards_to_elem(out, &p);
	return true;
}

static void
edwards_to_bytes(const struct urne_group *g, uint8_t *out, const struct urne_elem *a)
{
	struct urne_edwards p = urne_edwards_of_elem(a);

	(void)g;
	urne_edwards_compress(out, &p);
}

typedef uint64_t pair __attribute__((vector_size(16)));

static uint64_t
reversed_word(const uint8_t in[8])
{
	uint64_t word;

	memcpy(&word, in, sizeof(word));
	return __builtin_bswap64(word);
}

/* reverse: the text has the last byte first. Words are read, as they were written, and pairs are
 * written, as they will be read: other parts of what was just written would have to be waited for.
 */
static void
reverse(uint8_t bytes[BYTES])
{
	pair first = {reversed_word(bytes + 24), reversed_word(bytes + 16)};
	pair last = {reversed_word(bytes + 8), reversed_word(bytes)};

	memcpy(bytes, &first, sizeof(first));
	memcpy(bytes + 16, &last, sizeof(last));
}

/* text_bytes: canonical hex, most significant byte first, to the bytes of RFC 8032. */
static bool
text_bytes(uint8_t le[BYTES], struct urne_view text)
{
	if (urne_hex_decode(le, BYTES, text) != URNE_OK) {
		return false;
	}
	reverse(le);
	return true;
}

/* On the curve (decompression refuses y >= p and -0). */
static bool
edwards_decode(const struct urne_group *g, struct urne_elem *out, struct urne_view text)
{
	uint8_t le[BYTES];

	return text_bytes(le, text) && edwards_from_bytes(g, out, le);
}

/* As many as are worked on together: whole vectors, one inversion, and a stack that stays small. */
#define RUN ((size_t)16)

/* decode_run: what is no hex is read as zeros, and refused. */
static void
decode_run(struct urne_elem *out, bool *ok, const struct urne_view *text, size_t num)
{
	struct urne_edwards p[RUN];
	uint8_t bytes[RUN][BYTES] = {{0}};
	bool is_hex[RUN];

	for (size_t i = 0; i < num; i++) {
		is_hex[i] = text_bytes(bytes[i], text[i]);
	}
	urne_edwards_decompress_many(p, ok, (const uint8_t(*)[BYTES])bytes, num);
	for (size_t i = 0; i < num; i++) {
		if (!is_hex[i]) {
			urne_edwards_identity(&p[i]);
			ok[i] = false;
		}
		urne_edwards_to_elem(&out[i], &p[i]);
	}
}

static void
edwards_decode_each(const struct urne_group *g, struct urne_elem *out, bool *ok,
    const struct urne_view *text, size_t num)
{
	(void)g;
	for (size_t done = 0; done < num; done += RUN) {
		size_t n = num - done < RUN ? num - done : RUN;

		decode_run(out + done, ok + done, text + done, n);
	}
}

static bool
edwards_is_member(const struct urne_group *g, const struct urne_elem *a)
{
	struct urne_edwards p = urne_edwards_of_elem(a);

	(void)g;
	return urne_edwards_in_subgroup_vartime(&p);
}

static size_t
edwards_text(const struct urne_group *g, char *out, const uint8_t *encoding)
{
	uint8_t bytes[BYTES];

	(void)g;
	memcpy(bytes, encoding, BYTES);
	reverse(bytes);
	urne_hex_encode(out, bytes, BYTES);
	return 2 * BYTES;
}

static bool
edwards_eq(const struct urne_group *g, const struct urne_elem *a, const struct urne_elem *b)
{
	struct urne_edwards p = urne_edwards_of_elem(a), q = urne_edwards_of_elem(b);

	(void)g;
	return urne_edwards_equal(&p, &q);
}

static int
edwards_compare(const struct urne_group *g, const struct urne_elem *a, const struct urne_elem *b)
{
	uint8_t ba[BYTES], bb[BYTES];

	edwards_to_bytes(g, ba, a);
	edwards_to_bytes(g, bb, b);
	return memcmp(ba, bb, BYTES);
}

static void
edwards_mul(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_elem *b)
{
	struct urne_edwards p = urne_edwards_of_elem(a), q = urne_edwards_of_elem(b), sum;

	(void)g;
	urne_edwards_add(&sum, &p, &q);
	urne_edwards_to_elem(out, &sum);
}

static void
edwards_inv(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a)
{
	struct urne_edwards p = urne_edwards_of_elem(a), negated;

	(void)g;
	urne_edwards_neg(&negated, &p);
	urne_edwards_to_elem(out, &negated);
}

static void
edwards_pow(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_scalar *x)
{
	struct urne_edwards p = urne_edwards_of_elem(a), r;

	(void)g;
	urne_edwards_mul_vartime(&r, &p, x->v);
	urne_edwards_to_elem(out, &r);
}

static void
edwards_pow_base(const struct urne_group *g, struct urne_elem *out, const struct urne_scalar *x)
{
	struct urne_edwards r;

	(void)g;
	urne_edwards_mul_base_vartime(&r, x->v);
	urne_edwards_to_elem(out, &r);
}

static void
edwards_pow2(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_scalar *x, const struct urne_elem *b, const struct urne_scalar *y)
{
	struct urne_edwards p = urne_edwards_of_elem(a), q = urne_edwards_of_elem(b), r;

	(void)g;
	urne_edwards_mul2_vartime(&r, &p, x->v, &q, y->v);
	urne_edwards_to_elem(out, &r);
}

static void
edwards_pow2_base(const struct urne_group *g, struct urne_elem *out, const struct urne_scalar *x,
    const struct urne_elem *b, const struct urne_scalar *y)
{
	struct urne_edwards q = urne_edwards_of_elem(b), r;

	(void)g;
	urne_edwards_mul2_base_vartime(&r, x->v, &q, y->v);
	urne_edwards_to_elem(out, &r);
}

_Static_assert(URNE_POW_MANY + 1 <= URNE_EDWARDS_MANY, "and the order");

/* Membership is one multiple more, by the order. */
static void
edwards_pow_run(struct urne_elem_powers *p, size_t num)
{
	struct urne_edwards_multiples m[RUN];

	for (size_t i = 0; i < num; i++) {
		m[i].p = urne_edwards_of_elem(&p[i].a);
		for (size_t j = 0; j < p[i].num; j++) {
			m[i].k[j] = p[i].x[j]->v;
		}
		m[i].k[p[i].num] = urne_edwards_order;
		m[i].num = p[i].ask_member ? p[i].num + 1 : p[i].num;
	}
	urne_edwards_mul_many_vartime(m, num);
	for (size_t i = 0; i < num; i++) {
		for (size_t j = 0; j < p[i].num; j++) {
			urne_edwards_to_elem(&p[i].out[j], &m[i].out[j]);
		}
		if (p[i].ask_member) {
			p[i].is_member = urne_edwards_is_identity(&m[i].out[p[i].num]);
		}
	}
}

static void
edwards_pow_each(const struct urne_group *g, struct urne_elem_powers *p, size_t num)
{
	(void)g;
	for (size_t done = 0; done < num; done += RUN) {
		edwards_pow_run(p + done, num - done < RUN ? num - done : RUN);
	}
}

struct urne_powers {
	struct urne_edwards_table table;
};

static size_t
edwards_powers_size(const struct urne_group *g)
{
	(void)g;
	return sizeof(struct urne_powers);
}

static void
edwards_powers_make(const struct urne_group *g, struct urne_powers *out, const struct urne_elem *a)
{
	struct urne_edwards p = urne_edwards_of_elem(a);

	(void)g;
	urne_edwards_table_make(&out->table, &p);
}

_Static_assert(URNE_FACTORS <= URNE_EDWARDS_TERMS, "a term for every factor");

static void
mul_powers_run(struct urne_elem_product *p, size_t num)
{
	struct urne_edwards_table_sum s[2 * RUN];

	for (size_t i = 0; i < num; i++) {
		s[i].r = urne_edwards_of_elem(p[i].out);
		s[i].num = p[i].num;
		for (size_t j = 0; j < p[i].num; j++) {
			s[i].table[j] = &p[i].factor[j].powers->table;
			s[i].k[j] = p[i].factor[j].x->v;
		}
	}
	urne_edwards_table_sums_vartime(s, num);
	for (size_t i = 0; i < num; i++) {
		urne_edwards_to_elem(p[i].out, &s[i].r);
	}
}

static void
edwards_mul_powers(const struct urne_group *g, struct urne_elem_product *p, size_t num)
{
	(void)g;
	for (size_t done = 0; done < num; done += 2 * RUN) {
		mul_powers_run(p + done, num - done < 2 * RUN ? num - done : 2 * RUN);
	}
}

static void
edwards_normalise(const struct urne_group *g, struct urne_elem *a, size_t num)
{
	struct urne_edwards p[RUN];

	(void)g;
	for (size_t done = 0; done < num;) {
		size_t n = num - done < RUN ? num - done : RUN;

		for (size_t i = 0; i < n; i++) {
			p[i] = urne_edwards_of_elem(&a[done + i]);
		}
		urne_edwards_normalise(p, n);
		for (size_t i = 0; i < n; i++) {
			urne_edwards_to_elem(&a[done + i], &p[i]);
		}
		done += n;
	}
}

static void
edwards_reduce(const struct urne_group *g, uint64_t *out, const uint64_t *a, size_t n)
{
	(void)g;
	urne_order_reduce(out, a, n);
}

const struct urne_group_ops urne_group_edwards_ops = {
    .decode = edwards_decode,
    .decode_each = edwards_decode_each,
    .is_member = edwards_is_member,
    .to_bytes = edwards_to_bytes,
    .text = edwards_text,
    .from_bytes = edwards_from_bytes,
    .identity = edwards_identity,
    .generator = edwards_generator,
    .compare = edwards_compare,
    .eq = edwards_eq,
    .mul = edwards_mul,
    .inv = edwards_inv,
    .pow = edwards_pow,
    .pow_base = edwards_pow_base,
    .pow2 = edwards_pow2,
    .pow2_base = edwards_pow2_base,
    .pow_each = edwards_pow_each,
    .powers_size = edwards_powers_size,
    .powers_make = edwards_powers_make,
    .mul_powers = edwards_mul_powers,
    .normalise = edwards_normalise,
    .reduce = edwards_reduce,
};
