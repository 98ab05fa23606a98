/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: numbers go between 32 bytes and lanes without leaving them: limbs are cut out of words
 * and words put together, in all lanes at once. Whoever includes this has named its field before:
 * see edwards_lanes.h. R and L are its bounds. Variable time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_LANES_NUMBERS_H
#define URNE_CRYPTO_VARTIME_LANES_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A word of 64 bits in each lane. */
typedef uint64_t wide __attribute__((vector_size(8 * LANES)));

/* A number below 2^256 in each lane, least significant word first. */
struct numbers {
	wide word[4];
};

/* reaches_p: 0 in the lanes where a number of five limbs is below p. Takes limbs < 2^63; limbs 0 to
 * 3 may carry. It is what comes out of the top when 19 are added. */
static inline wide
reaches_p(const wide limb[LIMB_WORDS])
{
	wide q = (limb[0] + 19) >> 51;

	for (size_t k = 1; k < LIMB_WORDS; k++) {
		q = (limb[k] + q) >> 51;
	}
	return q;
}

/* settled: the limbs of a in 51 bits each, a number below 2p. Takes L: unpacked they are < 2^53, so
 * that at most 2^2 + 1 come back from the top times 19, and limb 0 is < 2^51 + 2^7. */
static inline void
settled(wide limb[LIMB_WORDS], const struct lanes *a)
{
	wide carry = {0};

	for (size_t k = 0; k < LIMB_WORDS; k++) {
		limb[k] = (wide)lanes_unpack(a->v[k]) + carry;
		carry = limb[k] >> 51;
		limb[k] &= URNE_FE_MASK51;
	}
	limb[0] += carry + (carry << 1) + (carry << 4);
}

/* canonical: the one number below p that a is. Takes L. A settled number is below 2p: from p on 19
 * more, modulo 2^255, are p less. */
static inline void
canonical(struct numbers *out, const struct lanes *a)
{
	wide limb[LIMB_WORDS], q;

	settled(limb, a);
	q = reaches_p(limb);
	limb[0] += q + (q << 1) + (q << 4);
	for (size_t k = 0; k + 1 < LIMB_WORDS; k++) {
		limb[k + 1] += limb[k] >> 51;
		limb[k] &= URNE_FE_MASK51;
	}
	limb[4] &= URNE_FE_MASK51;
	out->word[0] = limb[0] | limb[1] << 51;
	out->word[1] = limb[1] >> 13 | limb[2] << 38;
	out->word[2] = limb[2] >> 26 | limb[3] << 25;
	out->word[3] = limb[3] >> 39 | limb[4] << 12;
}

/* parity: the lowest bit of that number. Takes L. p is odd. */
static inline wide
parity(const struct lanes *a)
{
	wide limb[LIMB_WORDS];

	settled(limb, a);
	return (limb[0] ^ reaches_p(limb)) & 1;
}

/* not_zero: 0 in the lanes where a is 0 modulo p. Takes L. */
static inline wide
not_zero(const struct lanes *a)
{
	struct numbers n;

	canonical(&n, a);
	return n.word[0] | n.word[1] | n.word[2] | n.word[3];
}

/* give: the number in lane i goes to the 32 bytes at to[i]. */
static inline void
give(void *const to[LANES], const struct numbers *n)
{
	const vec word[4] = {(vec)n->word[0], (vec)n->word[1], (vec)n->word[2], (vec)n->word[3]};

	lanes_give(to, word);
}

/* of_words: numbers of four words as lanes, R. Returns 0 in the lanes where the number is below p;
 * where it is not, bit 255 is left out. */
static inline wide
of_words(struct lanes *out, const vec word[4])
{
	const wide w[4] = {(wide)word[0], (wide)word[1], (wide)word[2], (wide)word[3]};
	wide limb[LIMB_WORDS] = {w[0], w[0] >> 51 | w[1] << 13, w[1] >> 38 | w[2] << 26,
	    w[2] >> 25 | w[3] << 39, w[3] >> 12};
	wide q;

	for (size_t k = 0; k + 1 < LIMB_WORDS; k++) {
		limb[k] &= URNE_FE_MASK51;
	}
	q = reaches_p(limb);
	limb[4] &= URNE_FE_MASK51;
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		out->v[k] = lanes_pack((vec)limb[k]);
	}
	return q;
}

/* any: is a bit set in any lane? */
static inline bool
any(wide a)
{
	uint64_t all = 0;

	for (size_t i = 0; i < LANES; i++) {
		all |= a[i];
	}
	return all != 0;
}

#endif
