/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the parts of GF(2^255 - 19) that are too long for the header, which are powers,
 * bytes and comparisons. Variable time, PUBLIC DATA ONLY: never to be linked into encryption,
 * decryption or anything that touches a key.
 *
 * The bounds R, S and L are those of fe51.h. */
#include "crypto/vartime/fe51.h"

#include <string.h>

#include "crypto/vartime/fe_inverse.h"

typedef struct urne_fe fe;
#define fe_mul urne_fe_mul
#define fe_sq  urne_fe_sq
#include "crypto/vartime/fe_powers.h"

void
urne_fe_pow22523(struct urne_fe *out, const struct urne_fe *a)
{
	fe_power_22523(out, a);
}

static uint64_t
load64(const uint8_t in[8])
{
	uint64_t x = 0;

	for (int i = 7; i >= 0; i--) {
		x = (x << 8) | in[i];
	}
	return x;
}

static void
store64(uint8_t out[8], uint64_t x)
{
	for (int i = 0; i < 8; i++) {
		out[i] = (uint8_t)(x >> (8 * i));
	}
}

void
urne_fe_from_bytes(struct urne_fe *out, const uint8_t in[32])
{
	uint64_t w0 = load64(in), w1 = load64(in + 8), w2 = load64(in + 16), w3 = load64(in + 24);

	/* limb i starts at bit 51 i: 0, 51, 64 + 38, 128 + 25, 192 + 12 */
	out->v[0] = w0 & URNE_FE_MASK51;
	out->v[1] = ((w0 >> 51) | (w1 << 13)) & URNE_FE_MASK51;
	out->v[2] = ((w1 >> 38) | (w2 << 26)) & URNE_FE_MASK51;
	out->v[3] = ((w2 >> 25) | (w3 << 39)) & URNE_FE_MASK51;
	out->v[4] = (w3 >> 12) & URNE_FE_MASK51;
}

void
urne_fe_invert(struct urne_fe *out, const struct urne_fe *a)
{
	uint8_t bytes[32];
	uint64_t limb[4];

	urne_fe_to_bytes(bytes, a);
	for (int i = 0; i < 4; i++) {
		limb[i] = load64(bytes + 8 * i);
	}
	urne_fe_inverse(limb, limb);
	urne_fe_from_limbs(out, limb);
}

bool
urne_fe_bytes_canonical(const uint8_t in[32])
{
	/* p = 2^255 - 19 is ed ff .. ff 7f: only a first byte >= ed under all ones reaches it. */
	if ((in[31] & 0x7f) != 0x7f || in[0] < 0xed) {
		return true;
	}
	for (int i = 1; i < 31; i++) {
		if (in[i] != 0xff) {
			return true;
		}
	}
	return false;
}

void
urne_fe_to_bytes(uint8_t out[32], const struct urne_fe *a)
{
	struct urne_fe t;
	uint64_t q;

	/* After the carry, limb 0 < 2^51 + 2^13 and the others are < 2^51, so the value is
	 * < 2^255 + 2^13 < 2p. Hence value / p is 1 when value + 19 >= 2^255, and 0 otherwise:
	 * q is that bit, the carry out of limb 4. */
	urne_fe_carry(&t, a);
	q = (t.v[0] + 19) >> 51;
	for (int i = 1; i < 5; i++) {
		q = (t.v[i] + q) >> 51;
	}
	/* value - q p = value + 19 q - q 2^255, and masking limb 4 subtracts q 2^255. */
	t.v[0] += 19 * q;
	for (int i = 0; i < 4; i++) {
		t.v[i + 1] += t.v[i] >> 51;
		t.v[i] &= URNE_FE_MASK51;
	}
	t.v[4] &= URNE_FE_MASK51;

	store64(out, t.v[0] | (t.v[1] << 51));
	store64(out + 8, (t.v[1] >> 13) | (t.v[2] << 38));
	store64(out + 16, (t.v[2] >> 26) | (t.v[3] << 25));
	store64(out + 24, (t.v[3] >> 39) | (t.v[4] << 12));
}

/* After two carries limbs 1 to 4 are < 2^51 and limb 0 is < 2^51 + 19: the value is < 2p, and 0 and
 * p have one form each. */
bool
urne_fe_is_zero(const struct urne_fe *a)
{
	struct urne_fe t;

	urne_fe_carry(&t, a);
	urne_fe_carry(&t, &t);
	return (t.v[0] | t.v[1] | t.v[2] | t.v[3] | t.v[4]) == 0 ||
	       (t.v[0] == URNE_FE_MASK51 - 18 &&
		   (t.v[1] & t.v[2] & t.v[3] & t.v[4]) == URNE_FE_MASK51);
}

bool
urne_fe_is_negative(const struct urne_fe *a)
{
	uint8_t bytes[32];

	urne_fe_to_bytes(bytes, a);
	return (bytes[0] & 1) != 0;
}

bool
urne_fe_equal(const struct urne_fe *a, const struct urne_fe *b)
{
	uint8_t x[32], y[32];

	urne_fe_to_bytes(x, a);
	urne_fe_to_bytes(y, b);
	return memcmp(x, y, sizeof(x)) == 0;
}
