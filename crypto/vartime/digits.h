/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: numbers below 2^256 as sums of few signed digits, for the multiplications of
 * edwards25519. Variable time, PUBLIC DATA ONLY: never to be linked into encryption, decryption or
 * anything that touches a key.
 *
 * A number is four limbs of 64 bits, least significant first. */
#ifndef URNE_CRYPTO_VARTIME_DIGITS_H
#define URNE_CRYPTO_VARTIME_DIGITS_H

#include <stddef.h>
#include <stdint.h>

enum {
	URNE_WNAF_DIGITS = 257,	 /* 256 bits and the carry out of them */
	URNE_WINDOW_DIGITS = 33, /* 32 bytes and the carry out of them */
};

/* urne_wnaf: k = sum of digit[i] 2^i, each digit 0 or odd and < 2^(width-1) in absolute value, with
 * at least width - 1 zeros after each that is not 0, for 2 <= width <= 8. It returns the number of
 * digits up to the last that is not 0: 0 for k = 0. */
size_t urne_wnaf(int8_t digit[URNE_WNAF_DIGITS], const uint64_t k[4], unsigned width);

/* urne_windows: k = sum of digit[i] 256^i, each digit from -128 to 128. */
void urne_windows(int16_t digit[URNE_WINDOW_DIGITS], const uint64_t k[4]);

/* Digits of `width` bits, `num` of them, for many numbers at once: each digit is had alone, from a
 * number that urne_digits_prepare changed. */
struct urne_digit_form {
	unsigned width, num;
	uint64_t half[4]; /* 2^(width-1) at the place of every digit but the top one */
};

/* urne_digit_form_of: the form for numbers below 2^bits, bits <= 255, 2 <= width <= 16. The top
 * digit has room for the carry into it: it is at most 2^(bits mod width). */
struct urne_digit_form urne_digit_form_of(unsigned bits, unsigned width);

/* urne_digits_prepare adds 2^(width-1) at the place of every digit but the top one, so that the
 * digit there is the window's value less 2^(width-1), and the carries are done. What it gives is
 * below 2^bits + 2^(width (num - 1)), and width (num - 1) <= bits: at most 2^256 - 1, for bits <=
 * 255. */
static inline void
urne_digits_prepare(uint64_t k[4], const struct urne_digit_form *form)
{
	uint64_t carry = 0;

#pragma GCC unroll 4
	for (size_t i = 0; i < 4; i++) {
		uint64_t sum = k[i] + form->half[i];
		uint64_t out = sum < form->half[i];

		k[i] = sum + carry;
		carry = out | (k[i] < carry);
	}
}

/* urne_digit_size: a digit without its sign. Half of all digits are negative, which no processor
 * can guess: there is no branch. */
static inline size_t
urne_digit_size(int digit)
{
	uint32_t x = (uint32_t)digit, is_minus = x >> 31;

	return (x ^ (0 - is_minus)) + is_minus;
}

/* Where one digit of every such number stands: in two limbs at most. */
struct urne_digit_place {
	unsigned limb, next, shift;
	uint64_t mask;
	int less; /* what preparing added to it */
};

/* urne_digit_place_of: digit i < form->num. */
static inline struct urne_digit_place
urne_digit_place_of(const struct urne_digit_form *form, unsigned i)
{
	unsigned pos = form->width * i, limb = pos / 64;
	unsigned width = form->width < 256 - pos ? form->width : 256 - pos;

	return (struct urne_digit_place){
	    .limb = limb,
	    .next = limb < 3 ? limb + 1 : limb, /* of the last limb, nothing is wanted twice */
	    .shift = pos % 64,
	    .mask = (UINT64_C(1) << width) - 1,
	    .less = i + 1 < form->num ? 1 << (form->width - 1) : 0,
	};
}

/* urne_digit: that digit of the number that k was before it was prepared, which is the sum of digit
 * i times 2^(width i): at most 2^(width-1) in absolute value. */
static inline int
urne_digit(const uint64_t k[4], const struct urne_digit_place *place)
{
	/* in two steps, as a shift by 64 is none */
	uint64_t above = k[place->next] << 1 << (63 - place->shift);

	return (int)((k[place->limb] >> place->shift | above) & place->mask) - place->less;
}

#endif
