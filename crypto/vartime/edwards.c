/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: edwards25519 in extended coordinates, with formulas that have no exception, and
 * scalar multiplication by signed windows. Variable time, PUBLIC DATA ONLY: never to be linked
 * into encryption, decryption or anything that touches a key.
 *
 * Formulas: Hisil, Wong, Carter, Dawson, "Twisted Edwards curves revisited" (2008), with a = -1:
 * section 3.1 for addition, section 3.3 for doubling. R, S, L are the bounds of fe51.h. */
#include "crypto/vartime/edwards.h"

#include <assert.h>
#include <string.h>

/* A point without T. It is a type of its own so that a doubling, which does not need T, can
 * leave it out, and nothing can read a T that is out of date. X, Y, Z are R. */
struct projective {
	struct urne_fe X, Y, Z;
};

/* What both formulas end with: X = EF, Y = GH, Z = FG, T = EH. All are L. */
struct completed {
	struct urne_fe E, F, G, H;
};

/* A point to be added many times: Y + X is S, Y - X is L, 2Z is S, 2dT is R. */
struct cached {
	struct urne_fe sum, diff, z2, t2d;
};

/* The same with Z = 1: y + x, y - x, 2dxy, all R. */
struct affine_cached {
	struct urne_fe sum, diff, t2d;
};

#include "crypto/vartime/base_table.inc"

enum {
	WIDTH_POINT = 5, /* for a table made on the spot: 1, 3, .., 15 */
	NUM_POINT = 1 << (WIDTH_POINT - 2),
	WIDTH_BASE = 8, /* for the static table: 1, 3, .., 127 */
	NUM_BASE = 1 << (WIDTH_BASE - 2),
	NUM_DIGITS = 257, /* 256 bits and the carry out of them */
	BATCH = 64, /* points per inversion: 2560 bytes of stack, inversion under 5 products */
};

_Static_assert(sizeof(base_table) / sizeof(base_table[0]) == NUM_BASE, "table and width agree");

/* q = 2^252 + 27742317777372353535851937790883648493, the order of B. */
static const uint64_t order[4] = {
    UINT64_C(0x5812631a5cf5d3ed), UINT64_C(0x14def9dea2f79cd6), 0, UINT64_C(0x1000000000000000)};

static void
to_projective(struct projective *out, const struct completed *c)
{
	urne_fe_mul(&out->X, &c->E, &c->F);
	urne_fe_mul(&out->Y, &c->G, &c->H);
	urne_fe_mul(&out->Z, &c->F, &c->G);
}

static void
to_extended(struct urne_edwards *out, const struct completed *c)
{
	urne_fe_mul(&out->X, &c->E, &c->F);
	urne_fe_mul(&out->Y, &c->G, &c->H);
	urne_fe_mul(&out->Z, &c->F, &c->G);
	urne_fe_mul(&out->T, &c->E, &c->H);
}

static void
to_cached(struct cached *out, const struct urne_edwards *p)
{
	urne_fe_add(&out->sum, &p->Y, &p->X);
	urne_fe_sub(&out->diff, &p->Y, &p->X);
	urne_fe_add(&out->z2, &p->Z, &p->Z);
	urne_fe_mul(&out->t2d, &p->T, &edwards_2d);
}

/* double_point: out = 2 p. The paper's F and H are negated here, which negates X, Y, Z, T all
 * four, and so is the same point: F = 2Z^2 + X^2 - Y^2, H = X^2 + Y^2. Bounds: squares are R,
 * H is S, 2Z^2 + X^2 is a sum of three R and so S, and E, F, G are differences of S, so L. */
static void
double_point(struct completed *out, const struct projective *p)
{
	struct urne_fe xx, yy, zz, t;

	urne_fe_sq(&xx, &p->X);
	urne_fe_sq(&yy, &p->Y);
	urne_fe_sq(&zz, &p->Z);
	urne_fe_add(&t, &p->X, &p->Y);
	urne_fe_sq(&t, &t);
	urne_fe_add(&out->H, &xx, &yy);
	urne_fe_sub(&out->E, &t, &out->H);
	urne_fe_sub(&out->G, &yy, &xx);
	urne_fe_add(&t, &zz, &zz);
	urne_fe_add(&t, &t, &xx);
	urne_fe_sub(&out->F, &t, &yy);
}

/* add_parts: out = p + r, where `sum`, `diff` and `t2d` are those of r, and D = 2 Z_p Z_r is S.
 * With `minus`, out = p - r: -r has sum and diff exchanged and t2d negated.
 * Bounds: A, B, C are products, so R. E, F, G, H are sums or differences of R and S: D + C is a
 * sum of at most three R, all are L. */
static void
add_parts(struct completed *out, const struct urne_edwards *p, const struct urne_fe *sum,
    const struct urne_fe *diff, const struct urne_fe *t2d, const struct urne_fe *D, bool minus)
{
	struct urne_fe A, B, C;

	urne_fe_sub(&A, &p->Y, &p->X);
	urne_fe_mul(&A, &A, minus ? sum : diff);
	urne_fe_add(&B, &p->Y, &p->X);
	urne_fe_mul(&B, &B, minus ? diff : sum);
	urne_fe_mul(&C, &p->T, t2d);
	urne_fe_sub(&out->E, &B, &A);
	urne_fe_add(&out->H, &B, &A);
	urne_fe_sub(minus ? &out->G : &out->F, D, &C);
	urne_fe_add(minus ? &out->F : &out->G, D, &C);
}

static void
add_cached(struct completed *out, const struct urne_edwards *p, const struct cached *r, bool minus)
{
	struct urne_fe D;

	urne_fe_mul(&D, &p->Z, &r->z2);
	add_parts(out, p, &r->sum, &r->diff, &r->t2d, &D, minus);
}

static void
add_affine(
    struct completed *out, const struct urne_edwards *p, const struct affine_cached *r, bool minus)
{
	struct urne_fe D;

	urne_fe_add(&D, &p->Z, &p->Z);
	add_parts(out, p, &r->sum, &r->diff, &r->t2d, &D, minus);
}

void
urne_edwards_identity(struct urne_edwards *out)
{
	urne_fe_zero(&out->X);
	urne_fe_one(&out->Y);
	urne_fe_one(&out->Z);
	urne_fe_zero(&out->T);
}

void
urne_edwards_base(struct urne_edwards *out)
{
	*out = base_point;
}

void
urne_edwards_add(
    struct urne_edwards *out, const struct urne_edwards *p, const struct urne_edwards *q)
{
	struct cached r;
	struct completed c;

	to_cached(&r, q);
	add_cached(&c, p, &r, false);
	to_extended(out, &c);
}

void
urne_edwards_neg(struct urne_edwards *out, const struct urne_edwards *p)
{
	/* urne_fe_neg carries, so X and T stay R */
	urne_fe_neg(&out->X, &p->X);
	out->Y = p->Y;
	out->Z = p->Z;
	urne_fe_neg(&out->T, &p->T);
}

void
urne_edwards_double(struct urne_edwards *out, const struct urne_edwards *p)
{
	struct projective r = {p->X, p->Y, p->Z};
	struct completed c;

	double_point(&c, &r);
	to_extended(out, &c);
}

bool
urne_edwards_equal(const struct urne_edwards *p, const struct urne_edwards *q)
{
	struct urne_fe a, b;

	urne_fe_mul(&a, &p->X, &q->Z);
	urne_fe_mul(&b, &q->X, &p->Z);
	if (!urne_fe_equal(&a, &b)) {
		return false;
	}
	urne_fe_mul(&a, &p->Y, &q->Z);
	urne_fe_mul(&b, &q->Y, &p->Z);
	return urne_fe_equal(&a, &b);
}

bool
urne_edwards_is_identity(const struct urne_edwards *p)
{
	/* x = 0 is not enough: (0, -1) has order 2 */
	return urne_fe_is_zero(&p->X) && urne_fe_equal(&p->Y, &p->Z);
}

bool
urne_edwards_decompress(struct urne_edwards *out, const uint8_t in[32])
{
	bool sign = (in[31] & 0x80) != 0;
	bool canonical = urne_fe_bytes_canonical(in);
	struct urne_fe y, u, v, x, t, one;

	urne_fe_from_bytes(&y, in);
	urne_edwards_identity(out);
	if (!canonical) {
		return false;
	}

	/* x^2 = u / v, u = y^2 - 1, v = d y^2 + 1. v is not 0, because -1/d is no square. */
	urne_fe_one(&one);
	urne_fe_sq(&t, &y);
	urne_fe_sub(&u, &t, &one);
	urne_fe_carry(&u, &u); /* R, so that v x^2 + u is a sum of two R */
	urne_fe_mul(&v, &t, &edwards_d);
	urne_fe_add(&v, &v, &one);

	/* x = u v^3 (u v^7)^((p-5)/8) */
	urne_fe_sq(&t, &v);
	urne_fe_mul(&t, &t, &v);
	urne_fe_mul(&x, &u, &t); /* u v^3 */
	urne_fe_sq(&t, &t);
	urne_fe_mul(&t, &t, &v);
	urne_fe_mul(&t, &t, &u); /* u v^7 */
	urne_fe_pow22523(&t, &t);
	urne_fe_mul(&x, &x, &t);

	/* v x^2 = u: x is the root. v x^2 = -u: x sqrt(-1) is. Else there is none. */
	urne_fe_sq(&t, &x);
	urne_fe_mul(&t, &t, &v);
	if (!urne_fe_equal(&t, &u)) {
		urne_fe_add(&t, &t, &u);
		if (!urne_fe_is_zero(&t)) {
			return false;
		}
		urne_fe_mul(&x, &x, &sqrt_minus_one);
	}
	if (sign && urne_fe_is_zero(&x)) {
		return false;
	}
	if (sign != urne_fe_is_negative(&x)) {
		urne_fe_neg(&x, &x);
	}

	out->X = x;
	out->Y = y;
	urne_fe_one(&out->Z);
	urne_fe_mul(&out->T, &x, &y);
	return true;
}

/* compress_with: out = the encoding of p, given 1/Z. */
static void
compress_with(uint8_t out[32], const struct urne_edwards *p, const struct urne_fe *z_inverse)
{
	struct urne_fe x, y;

	urne_fe_mul(&x, &p->X, z_inverse);
	urne_fe_mul(&y, &p->Y, z_inverse);
	urne_fe_to_bytes(out, &y);
	if (urne_fe_is_negative(&x)) {
		out[31] |= 0x80;
	}
}

void
urne_edwards_compress(uint8_t out[32], const struct urne_edwards *p)
{
	struct urne_fe t;

	urne_fe_invert(&t, &p->Z);
	compress_with(out, p, &t);
}

/* compress_chunk: Montgomery's trick, for 1 <= num <= BATCH. before[i] is the product of the
 * Z of all points before i. From the inverse of the whole product, each step backwards peels
 * off one Z: inverse * before[i] is 1/Z_i, and inverse * Z_i is the inverse without Z_i. */
static void
compress_chunk(uint8_t (*out)[32], const struct urne_edwards *in, size_t num)
{
	struct urne_fe before[BATCH], inverse, t;

	assert(num >= 1 && num <= BATCH);
	urne_fe_one(&t);
	for (size_t i = 0; i < num; i++) {
		before[i] = t;
		urne_fe_mul(&t, &t, &in[i].Z);
	}
	urne_fe_invert(&inverse, &t);
	for (size_t i = num; i-- > 0;) {
		urne_fe_mul(&t, &inverse, &before[i]);
		compress_with(out[i], &in[i], &t);
		urne_fe_mul(&inverse, &inverse, &in[i].Z);
	}
}

void
urne_edwards_compress_batch(uint8_t (*out)[32], const struct urne_edwards *in, size_t num)
{
	for (size_t i = 0; i < num;) {
		size_t n = num - i < BATCH ? num - i : BATCH;

		compress_chunk(out + i, in + i, n);
		i += n;
	}
}

/* window: the `width` bits of k from bit `pos` up, with zeros above bit 255. */
static unsigned
window(const uint64_t k[4], unsigned pos, unsigned width)
{
	unsigned i = pos / 64, shift = pos % 64;
	uint64_t x = 0;

	if (i < 4) {
		x = k[i] >> shift;
	}
	if (i < 3 && shift + width > 64) {
		x |= k[i + 1] << (64 - shift); /* shift > 0, because width < 64 */
	}
	return (unsigned)(x & ((UINT64_C(1) << width) - 1));
}

/* wnaf: k = sum of digit[i] 2^i, each digit 0 or odd and < 2^(width-1) in absolute value, for
 * 2 <= width <= 8. It returns the number of digits up to the last that is not 0: 0 for k = 0.
 *
 * Invariant: the digits below pos are worth (k mod 2^pos) - carry 2^pos. A carry leaves only if
 * window + carry >= 2^(width-1) and is odd. Then window >= 2^(width-1), as the one other way,
 * 2^(width-1) - 1 + 1, is even: so bit pos + width - 1 of k is set, and the next pos is <= 256.
 * There the window is 0, and the carry itself is the last digit. */
static size_t
wnaf(int8_t digit[NUM_DIGITS], const uint64_t k[4], unsigned width)
{
	int carry = 0;
	size_t num = 0;
	unsigned pos = 0;

	memset(digit, 0, NUM_DIGITS);
	while (pos < NUM_DIGITS) {
		int value = (int)window(k, pos, width) + carry;

		if (value % 2 == 0) {
			pos++; /* the carry, if any, meets a bit 1 and moves up with it */
			continue;
		}
		carry = value >= 1 << (width - 1);
		if (carry != 0) {
			value -= 1 << width;
		}
		digit[pos] = (int8_t)value;
		num = pos + 1;
		pos += width;
	}
	assert(carry == 0);
	return num;
}

/* odd_multiples: out[i] = (2i + 1) p. */
static void
odd_multiples(struct cached out[NUM_POINT], const struct urne_edwards *p)
{
	struct urne_edwards t;
	struct cached twice;
	struct completed c;

	urne_edwards_double(&t, p);
	to_cached(&twice, &t);
	to_cached(&out[0], p);
	t = *p;
	for (size_t i = 1; i < NUM_POINT; i++) {
		add_cached(&c, &t, &twice, false);
		to_extended(&t, &c);
		to_cached(&out[i], &t);
	}
}

/* step_point: c = c + digit r, where `table` has the odd multiples of r. */
static void
step_point(struct completed *c, const struct cached table[NUM_POINT], int digit)
{
	struct urne_edwards t;

	if (digit == 0) {
		return;
	}
	to_extended(&t, c);
	add_cached(c, &t, &table[(digit < 0 ? -digit : digit) / 2], digit < 0);
}

/* step_base: c = c + digit B. */
static void
step_base(struct completed *c, int digit)
{
	struct urne_edwards t;

	if (digit == 0) {
		return;
	}
	to_extended(&t, c);
	add_affine(c, &t, &base_table[(digit < 0 ? -digit : digit) / 2], digit < 0);
}

/* One term of a sum of products: digits, and the odd multiples they choose from. A NULL table
 * stands for the base point's. */
struct term {
	const struct cached *table;
	size_t num_digits;
	int8_t digit[NUM_DIGITS];
};

/* sum_terms: out = the sum of all terms, by Straus: the terms share their doublings. */
static void
sum_terms(struct urne_edwards *out, const struct term *term, size_t num_terms)
{
	struct projective r;
	struct completed c;
	size_t top = 0;

	for (size_t j = 0; j < num_terms; j++) {
		top = term[j].num_digits > top ? term[j].num_digits : top;
	}
	urne_edwards_identity(out);
	if (top == 0) {
		return;
	}
	r = (struct projective){out->X, out->Y, out->Z};
	for (size_t i = top; i-- > 0;) {
		double_point(&c, &r);
		for (size_t j = 0; j < num_terms; j++) {
			if (term[j].table == NULL) {
				step_base(&c, term[j].digit[i]);
			} else {
				step_point(&c, term[j].table, term[j].digit[i]);
			}
		}
		to_projective(&r, &c);
	}
	/* c is the last sum: T comes from it, never from an earlier one */
	to_extended(out, &c);
}

void
urne_edwards_mul_vartime(
    struct urne_edwards *out, const struct urne_edwards *p, const uint64_t k[4])
{
	struct cached table[NUM_POINT];
	struct term term;

	odd_multiples(table, p);
	term.table = table;
	term.num_digits = wnaf(term.digit, k, WIDTH_POINT);
	sum_terms(out, &term, 1);
}

void
urne_edwards_mul2_vartime(struct urne_edwards *out, const struct urne_edwards *p,
    const uint64_t a[4], const struct urne_edwards *q, const uint64_t b[4])
{
	struct cached table_p[NUM_POINT], table_q[NUM_POINT];
	struct term term[2];

	odd_multiples(table_p, p);
	odd_multiples(table_q, q);
	term[0].table = table_p;
	term[0].num_digits = wnaf(term[0].digit, a, WIDTH_POINT);
	term[1].table = table_q;
	term[1].num_digits = wnaf(term[1].digit, b, WIDTH_POINT);
	sum_terms(out, term, 2);
}

void
urne_edwards_mul_base_vartime(struct urne_edwards *out, const uint64_t a[4])
{
	struct term term;

	term.table = NULL;
	term.num_digits = wnaf(term.digit, a, WIDTH_BASE);
	sum_terms(out, &term, 1);
}

void
urne_edwards_mul2_base_vartime(struct urne_edwards *out, const uint64_t a[4],
    const struct urne_edwards *q, const uint64_t b[4])
{
	struct cached table[NUM_POINT];
	struct term term[2];

	odd_multiples(table, q);
	term[0].table = NULL;
	term[0].num_digits = wnaf(term[0].digit, a, WIDTH_BASE);
	term[1].table = table;
	term[1].num_digits = wnaf(term[1].digit, b, WIDTH_POINT);
	sum_terms(out, term, 2);
}

bool
urne_edwards_in_subgroup_vartime(const struct urne_edwards *p)
{
	struct urne_edwards t;

	urne_edwards_mul_vartime(&t, p, order);
	return urne_edwards_is_identity(&t);
}
