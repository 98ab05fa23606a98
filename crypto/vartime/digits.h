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

#endif
