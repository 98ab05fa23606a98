/* SPDX-License-Identifier: EUPL-1.2 */
/* GMP finds s with 1 = s a + t p: s is the inverse. Variable time, PUBLIC DATA ONLY: never to be
 * linked into encryption, decryption or anything that touches a key. */
#include "crypto/vartime/fe_inverse.h"

#include <gmp.h>
#include <string.h>

#define LIMBS 4

_Static_assert(GMP_NUMB_BITS == 64, "limbs of 64 bits");

static const mp_limb_t prime[LIMBS] = {
    UINT64_C(0xffffffffffffffed), UINT64_MAX, UINT64_MAX, UINT64_MAX >> 1};

void
urne_fe_inverse(uint64_t out[4], const uint64_t a[4])
{
	/* mpn_gcdext writes one limb more, and over what it is given. */
	mp_limb_t u[LIMBS + 1] = {0}, v[LIMBS + 1] = {0}, g[LIMBS + 1], s[LIMBS + 1] = {0};
	mp_size_t len = 0, size;

	for (size_t i = 0; i < LIMBS; i++) {
		u[i] = a[i];
		v[i] = prime[i];
	}
	if (mpn_zero_p(u, LIMBS) != 0) {
		memset(out, 0, LIMBS * sizeof(*out));
		return;
	}
	(void)mpn_gcdext(g, s, &len, u, LIMBS, v, LIMBS);
	/* |s| < p, of |len| limbs, with the sign of len; the limbs above are not written */
	size = len < 0 ? -len : len;
	mpn_zero(s + size, LIMBS + 1 - size);
	if (len < 0) {
		(void)mpn_sub_n(s, prime, s, LIMBS);
	}
	for (size_t i = 0; i < LIMBS; i++) {
		out[i] = s[i];
	}
}
