/* SPDX-License-Identifier: EUPL-1.2 */
/* A division limb by limb, of which the remainder alone is kept. q = 2^252 + c with c < 2^125, so
 * that a digit of the quotient is what stands above bit 252, and the rest is to lose that digit
 * times c. Variable time, PUBLIC DATA ONLY. */
#include "crypto/vartime/order.h"

__extension__ typedef unsigned __int128 u128;

/* c, least significant limb first; C1 < 2^61. */
#define C0 UINT64_C(0x5812631a5cf5d3ed)
#define C1 UINT64_C(0x14def9dea2f79cd6)

/* Bit 252 is in the upper half of a number, and in its highest limb. */
#define BIT_IN_LIMB 60
#define BIT_252	    ((u128)1 << (64 + BIT_IN_LIMB))

/* low + high 2^128 */
struct number {
	u128 low, high;
};

/* less_product: r - digit c modulo q. Takes r < 2^252 + 2^189 with r - digit c < q; gives a number
 * below q.
 *
 *   digit C0 < 2^128; digit C1 + 2^64 < 2^125 + 2^64, so `upper` fits, and digit c < 2^189.
 *   `above`, which is taken from the upper half, is < 2^61 + 1.
 *   What is below zero is above -2^189, and one q brings it between 0 and q. That almost never
 *   happens, other than the borrow, which no processor can guess: there is no branch for it. */
static inline struct number
less_product(struct number r, uint64_t digit)
{
	const u128 c = (u128)C1 << 64 | C0;
	u128 lower = (u128)digit * C0, upper = (u128)digit * C1 + (uint64_t)(lower >> 64);
	u128 product = upper << 64 | (uint64_t)lower;
	uint64_t borrow = r.low < product, above = (uint64_t)(upper >> 64) + borrow;
	struct number out = {r.low - product, r.high - above};

	if (r.high < above) {
		out.low += c;
		out.high += BIT_252 + (out.low < c ? 1 : 0);
	}
	return out;
}

/* next: r 2^64 + limb modulo q. Takes and gives numbers below q.
 *
 *   Below 2^252, r has `high` < 2^124: the digit, what r 2^64 has above bit 252, is < 2^64, and
 *   what is left is < 2^252.
 *   Otherwise r = 2^252 + d with d < c. The digit would be 2^64, as d 2^64 < 2^189; it is one less,
 *   and what is left is 2^252 + d 2^64 + limb. Less (2^64 - 1) c that is q - (2^64 (q - r) - limb):
 *   below q, because q - r >= 1, and above 0, because q - r <= c. */
static inline struct number
next(struct number r, uint64_t limb)
{
	struct number rest = {r.low << 64 | limb, (r.high << 64 | r.low >> 64) & (BIT_252 - 1)};
	uint64_t digit =
	    (uint64_t)(r.high >> 64) << (64 - BIT_IN_LIMB) | (uint64_t)r.high >> BIT_IN_LIMB;

	if (r.high >= BIT_252) {
		digit = UINT64_MAX;
		rest.high += BIT_252;
	}
	return less_product(rest, digit);
}

/* Three limbs are below q already. */
void
urne_order_reduce(uint64_t out[4], const uint64_t *a, size_t n)
{
	struct number r = {0, 0};

	if (n >= 3) {
		n -= 3;
		r = (struct number){(u128)a[n + 1] << 64 | a[n], a[n + 2]};
	}
	while (n > 0) {
		r = next(r, a[--n]);
	}
	out[0] = (uint64_t)r.low;
	out[1] = (uint64_t)(r.low >> 64);
	out[2] = (uint64_t)r.high;
	out[3] = (uint64_t)(r.high >> 64);
}
