/* SPDX-License-Identifier: EUPL-1.2 */
/* Signed digits of numbers below 2^256. Variable time, PUBLIC DATA ONLY. */
#include "crypto/vartime/digits.h"

#include <assert.h>
#include <string.h>

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

/* Invariant: the digits below pos are worth (k mod 2^pos) - carry 2^pos. A carry leaves only if
 * window + carry >= 2^(width-1) and is odd. Then window >= 2^(width-1), as the one other way,
 * 2^(width-1) - 1 + 1, is even: so bit pos + width - 1 of k is set, and the next pos is <= 256.
 * There the window is 0, and the carry itself is the last digit. */
size_t
urne_wnaf(int8_t digit[URNE_WNAF_DIGITS], const uint64_t k[4], unsigned width)
{
	int carry = 0;
	size_t num = 0;
	unsigned pos = 0;

	memset(digit, 0, URNE_WNAF_DIGITS);
	while (pos < URNE_WNAF_DIGITS) {
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

/* A byte and the carry into it are at most 256; above 128 a carry leaves, and what stays is at
 * least 129 - 256. The last digit is the last carry. */
void
urne_windows(int16_t digit[URNE_WINDOW_DIGITS], const uint64_t k[4])
{
	int carry = 0;

	for (unsigned i = 0; i < URNE_WINDOW_DIGITS - 1; i++) {
		int value = (int)(k[i / 8] >> (8 * (i % 8)) & 0xff) + carry;

		carry = value > 128;
		digit[i] = (int16_t)(carry != 0 ? value - 256 : value);
	}
	digit[URNE_WINDOW_DIGITS - 1] = (int16_t)carry;
}

struct urne_digit_form
urne_digit_form_of(unsigned bits, unsigned width)
{
	/* Of the top digit's bits one at least is above 2^bits: the carry finds room, whatever bits
	 * and width are. */
	struct urne_digit_form form = {.width = width, .num = bits / width + 1};

	for (unsigned i = 0; i + 1 < form.num; i++) {
		unsigned pos = width * i + width - 1;

		form.half[pos / 64] |= UINT64_C(1) << (pos % 64);
	}
	return form;
}
