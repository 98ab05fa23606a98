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

/* What lists of hints have in common that are opened together. */
struct urne_edwards_hint_shape {
	size_t num;	     /* hints of a list */
	size_t num_eight;    /* the first of them, of which 8 times the hint is wanted as a point */
	size_t eight_stride; /* from one such point to the next, in words of 64 bits */
	/* Sum s is of the hints addend[end[s - 1]] to addend[end[s] - 1], from addend[0] for s = 0.
	 */
	size_t num_sums;
	const size_t *addend, *end;
};

/* A list, and what becomes of it: each hint as a point, for `place` of this version and no other;
 * the encodings of 8 times each hint, and behind them of 8 times each sum; and the points that are
 * wanted, in the limbs of struct urne_edwards, normalised. */
struct urne_edwards_hints {
	const uint8_t *in; /* 64 bytes for each */
	struct urne_edwards_opened *q;
	uint8_t (*encoding)[32];
	uint64_t *eight;
};

struct urne_edwards_bulk {
	/* hints_open: are the 64 bytes of each hint the numbers x and y of a point of the curve, 32
	 * bytes each, below 2^255 - 19, least significant first? If all hints of all lists are, the
	 * lists become what stands above. If not, nothing that was written is to be used. `room` is
	 * open_size bytes, aligned at 64; what is in it is of no interest before and after. */
	bool (*hints_open)(const struct urne_edwards_hints *lists, size_t num,
	    const struct urne_edwards_hint_shape *shape, void *room);
	size_t open_size; /* a multiple of 64 */
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

/* One of the points that are made when lists are opened: of a list, a hint or, from shape->num on,
 * a sum. */
struct urne_edwards_place {
	size_t list, index;
};

/* urne_edwards_places: num of them one after the other, from the hint or the sum `first` of all
 * lists on. */
static inline void
urne_edwards_places(struct urne_edwards_place *out, size_t num,
    const struct urne_edwards_hint_shape *shape, bool sums, size_t first)
{
	const size_t from = sums ? shape->num : 0, each = sums ? shape->num_sums : shape->num;
	size_t list = first / each, i = first % each;

	for (size_t n = 0; n < num; n++) {
		out[n] = (struct urne_edwards_place){list, from + i};
		if (++i == each) {
			list++;
			i = 0;
		}
	}
}

/* urne_edwards_bulk_room: memory for vectors, at least `size` bytes, to be freed; NULL without. */
void *urne_edwards_bulk_room(size_t size);

#endif
