/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the long power in GF(2^255 - 19), written once for every representation. A file
 * that includes this has named its type fe and its functions fe_mul and fe_sq, which take what they
 * give: in the terms of fe51.h, the base is L, and all else comes out of mul and sq and is R.
 * Variable time, PUBLIC DATA ONLY: never to be linked into encryption, decryption or anything that
 * touches a key. */
#ifndef URNE_CRYPTO_VARTIME_FE_POWERS_H
#define URNE_CRYPTO_VARTIME_FE_POWERS_H

/* square_times: out = a^(2^num), num >= 1. */
static void
square_times(fe *out, const fe *a, unsigned num)
{
	fe_sq(out, a);
	for (unsigned i = 1; i < num; i++) {
		fe_sq(out, out);
	}
}

/* pow_2_250_1: out = a^(2^250 - 1). Write x_n for a^(2^n - 1): then
 * x_(m+n) = x_m^(2^n) x_n, so lengths of runs of ones add up: 5, 10, 20, 40, 50, 100, 200, 250. */
static void
pow_2_250_1(fe *out, const fe *a)
{
	fe a2, a9, a11, x5, x10, x20, x40, x50, x100, x200, t;

	fe_sq(&a2, a);
	square_times(&t, &a2, 2); /* a^8 */
	fe_mul(&a9, &t, a);
	fe_mul(&a11, &a9, &a2);
	fe_sq(&t, &a11); /* a^22 */
	fe_mul(&x5, &t, &a9);
	square_times(&t, &x5, 5);
	fe_mul(&x10, &t, &x5);
	square_times(&t, &x10, 10);
	fe_mul(&x20, &t, &x10);
	square_times(&t, &x20, 20);
	fe_mul(&x40, &t, &x20);
	square_times(&t, &x40, 10);
	fe_mul(&x50, &t, &x10);
	square_times(&t, &x50, 50);
	fe_mul(&x100, &t, &x50);
	square_times(&t, &x100, 100);
	fe_mul(&x200, &t, &x100);
	square_times(&t, &x200, 50);
	fe_mul(out, &t, &x50);
}

/* fe_power_22523: out = a^((p-5)/8). */
static void
fe_power_22523(fe *out, const fe *a)
{
	fe t;

	/* 2^252 - 3 = 2^2 (2^250 - 1) + 1 */
	pow_2_250_1(&t, a);
	square_times(&t, &t, 2);
	fe_mul(out, &t, a);
}

#endif
