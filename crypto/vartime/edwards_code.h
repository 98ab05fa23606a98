/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: what a compiled version of the arithmetic of edwards25519 offers to edwards.c. The same
 * source is compiled once for each representation of the field; a table of functions is all that
 * anybody sees of it. What the functions do stands in edwards.h. Variable time, PUBLIC DATA ONLY.
 */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_CODE_H
#define URNE_CRYPTO_VARTIME_EDWARDS_CODE_H

#include "crypto/vartime/edwards.h"

/* One term k p of a sum of products; p = NULL stands for the base point. */
struct urne_edwards_term {
	const struct urne_edwards *p;
	const uint64_t *k; /* four limbs */
};

struct urne_edwards_code {
	void (*base)(struct urne_edwards *out);
	void (*add)(
	    struct urne_edwards *out, const struct urne_edwards *p, const struct urne_edwards *q);
	void (*neg)(struct urne_edwards *out, const struct urne_edwards *p);
	void (*twice)(struct urne_edwards *out, const struct urne_edwards *p);
	bool (*equal)(const struct urne_edwards *p, const struct urne_edwards *q);
	bool (*is_identity)(const struct urne_edwards *p);
	bool (*decompress)(struct urne_edwards *out, const uint8_t in[32]);
	void (*compress)(uint8_t out[32], const struct urne_edwards *p);
	void (*normalise)(struct urne_edwards *points, size_t num);
	/* out = the sum of the terms, at most URNE_EDWARDS_TERMS */
	void (*sum)(
	    struct urne_edwards *out, const struct urne_edwards_term *term, size_t num_terms);
	void (*mul_many)(struct urne_edwards *out, const struct urne_edwards *p,
	    const uint64_t *const k[], size_t num);
	void (*table_make)(struct urne_edwards_table *out, const struct urne_edwards *p);
	void (*add_table_mul)(
	    struct urne_edwards *p, const struct urne_edwards_table *table, const uint64_t k[4]);
	/* hint_write: x and y of a point that was normalised, 32 bytes each, below 2^255 - 19,
	 * least significant first */
	void (*hint_write)(uint8_t out[64], const struct urne_edwards *q);
};

/* For every processor, on fe51.h. */
extern const struct urne_edwards_code urne_edwards_portable;
/* For x86-64 with BMI2 and ADX, on fe64.h. */
extern const struct urne_edwards_code urne_edwards_adx;

/* urne_edwards_fastest returns the fastest version for this processor. */
const struct urne_edwards_code *urne_edwards_fastest(void);

#endif
