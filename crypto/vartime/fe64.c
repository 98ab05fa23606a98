/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the parts of GF(2^255 - 19) on four limbs that are too long for the header, which are
 * powers, bytes and comparisons. Variable time, PUBLIC DATA ONLY: never to be linked into
 * encryption, decryption or anything that touches a key. */
#if defined(__x86_64__)
#include "crypto/vartime/fe64.h"

#include "crypto/vartime/fe_inverse.h"

__extension__ typedef unsigned __int128 u128;

typedef struct urne_fe64 fe;
#define fe_mul urne_fe64_mul
#define fe_sq  urne_fe64_sq
#include "crypto/vartime/fe_powers.h"

void
urne_fe64_pow22523(struct urne_fe64 *out, const struct urne_fe64 *a)
{
	fe_power_22523(out, a);
}

/* add_19_times: r = r + 19 n, which must stay below 2^256. Returns bit 255. */
static uint64_t
add_19_times(uint64_t r[4], uint64_t n)
{
	u128 t = (u128)r[0] + 19 * n;

	r[0] = (uint64_t)t;
	for (int i = 1; i < 4; i++) {
		t = (u128)r[i] + (uint64_t)(t >> 64);
		r[i] = (uint64_t)t;
	}
	return r[3] >> 63;
}

/* canonical: out = the representative of a in [0, p). Bit 255 is worth 19, so that the value is
 * below 2^255 + 19 < 2p. It is p or more exactly when 19 more reach 2^255, and what is left of that
 * is the value less p. */
static void
canonical(uint64_t out[4], const struct urne_fe64 *a)
{
	static const uint64_t low_63 = UINT64_MAX >> 1;
	uint64_t more[4];

	memcpy(out, a->v, sizeof(a->v));
	out[3] &= low_63;
	(void)add_19_times(out, a->v[3] >> 63);
	memcpy(more, out, sizeof(more));
	if (add_19_times(more, 1) != 0) {
		memcpy(out, more, sizeof(more));
		out[3] &= low_63;
	}
}

void
urne_fe64_invert(struct urne_fe64 *out, const struct urne_fe64 *a)
{
	uint64_t v[4];

	canonical(v, a);
	urne_fe_inverse(out->v, v);
}

void
urne_fe64_from_bytes(struct urne_fe64 *out, const uint8_t in[32])
{
	memcpy(out->v, in, sizeof(out->v)); /* x86-64 is little-endian */
	out->v[3] &= UINT64_MAX >> 1;
}

void
urne_fe64_to_bytes(uint8_t out[32], const struct urne_fe64 *a)
{
	uint64_t v[4];

	canonical(v, a);
	/* limb by limb: whoever reads what was just written in parts waits */
	for (size_t i = 0; i < 4; i++) {
		memcpy(out + 8 * i, &v[i], sizeof(v[i]));
	}
}

bool
urne_fe64_is_zero(const struct urne_fe64 *a)
{
	uint64_t v[4];

	canonical(v, a);
	return (v[0] | v[1] | v[2] | v[3]) == 0;
}

bool
urne_fe64_is_negative(const struct urne_fe64 *a)
{
	uint64_t v[4];

	canonical(v, a);
	return (v[0] & 1) != 0;
}

bool
urne_fe64_equal(const struct urne_fe64 *a, const struct urne_fe64 *b)
{
	struct urne_fe64 difference;

	urne_fe64_sub(&difference, a, b);
	return urne_fe64_is_zero(&difference);
}

#else
/* ISO C wants something in every file. */
typedef int urne_fe64_is_for_x86_64;
#endif
