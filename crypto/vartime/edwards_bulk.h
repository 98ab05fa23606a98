/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: what is done to many points of edwards25519 at once, multiples of each, hints and sums
 * of multiples, has versions of its own, since vector instructions serve it and little else. A
 * table of functions is all that anybody sees of a version. Variable time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_BULK_H
#define URNE_CRYPTO_VARTIME_EDWARDS_BULK_H

#include "crypto/vartime/digits.h"
#include "crypto/vartime/edwards.h"

/* Many terms: weight[i] point[i]. */
struct urne_edwards_terms {
	struct urne_edwards_opened *point;
	uint64_t (*weight)[4]; /* four limbs each */
	size_t num;
};

struct urne_edwards_bulk {
	/* hints_open: are the 64 bytes of each of num hints the numbers x and y of a point of the
	 * curve, 32 bytes each, below 2^255 - 19, least significant first? If all are, q[i] is that
	 * point, for `place` of this version and no other, and eight[i] is 8 times it, normalised.
	 * If not, neither is to be used. */
	bool (*hints_open)(struct urne_edwards *eight, struct urne_edwards_opened *q,
	    const uint8_t *in, size_t num);
	/* place: out = the sum of d point[i] over all terms of num lists, d the digit of weight[i]
	 * at `place`. The weights are prepared, and no |d| is above num_buckets, a power of 2.
	 * `buckets` is room for num_buckets times bucket_size bytes, at least four buckets, aligned
	 * at 64; what is in it is of no interest before and after. */
	void (*place)(struct urne_edwards *out, void *buckets, size_t num_buckets,
	    const struct urne_edwards_terms *lists, size_t num, const struct urne_digit_form *form,
	    unsigned place);
	/* mul_many: urne_edwards_mul_many_vartime, with room for many_size bytes, aligned at 64;
	 * what is in it is of no interest before and after. */
	void (*mul_many)(struct urne_edwards_multiples *points, size_t num, void *room);
	size_t many_size; /* a multiple of 64 */
	/* decompress: urne_edwards_decompress_many */
	void (*decompress)(struct urne_edwards *out, bool *ok, const uint8_t (*in)[32], size_t num);
	/* table_make, table_sums: those of edwards.h, with tables of this version and no other */
	void (*table_make)(struct urne_edwards_table *out, const struct urne_edwards *p);
	void (*table_sums)(struct urne_edwards_table_sum *sums, size_t num);
	size_t bucket_size;
	/* the most bits of a digit, such that the buckets stay in a processor's own cache */
	unsigned max_width;
};

/* A version, and whether this processor and system run it. */
struct urne_edwards_bulk_version {
	const char *name;
	const struct urne_edwards_bulk *bulk;
	bool (*runs)(void);
};

/* The versions that were compiled, the fastest first; the last runs everywhere. */
extern const struct urne_edwards_bulk_version urne_edwards_bulk_versions[];
extern const size_t urne_edwards_num_bulk_versions;

/* urne_edwards_bulk_fastest returns the first of them that runs here. */
const struct urne_edwards_bulk *urne_edwards_bulk_fastest(void);

/* For every processor, on fe51.h. */
extern const struct urne_edwards_bulk urne_edwards_bulk_portable;
/* For x86-64 with BMI2 and ADX, on fe64.h. */
extern const struct urne_edwards_bulk urne_edwards_bulk_adx;
/* For x86-64 with AVX-512 F, DQ and IFMA, on lanes_ifma.h. */
extern const struct urne_edwards_bulk urne_edwards_bulk_ifma;
/* For x86-64 with AVX2, on lanes_avx2.h. */
extern const struct urne_edwards_bulk urne_edwards_bulk_avx2;

/* urne_edwards_bulk_room: memory for vectors, at least `size` bytes, to be freed; NULL without. */
void *urne_edwards_bulk_room(size_t size);

#endif
