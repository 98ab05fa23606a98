/* SPDX-License-Identifier: EUPL-1.2 */
/* The vector arithmetic of GF(2^255 - 19) for tests: what lanes_avx2.h and lanes_ifma.h define, in
 * a form that code without vector instructions can hold. Tests and benchmarks only. */
#ifndef URNE_TESTS_LANES_CASE_H
#define URNE_TESTS_LANES_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	LANES_WORDS = 5,
	LANES_MOST = 8,
};

/* The words of up to LANES_MOST elements. */
struct lanes_words {
	uint64_t word[LANES_WORDS][LANES_MOST];
};

struct lanes_case {
	const char *name; /* of the version in edwards_bulk.h */
	size_t num_lanes;
	/* a word is one limb of 51 bits, or two of 26 and 25, the second from bit 32 up */
	size_t limbs_in_word;
	/* first limb, second limb: below these */
	uint64_t reduced[2], loose[2];
	/* L, L to R */
	void (*mul)(
	    struct lanes_words *out, const struct lanes_words *a, const struct lanes_words *b);
	void (*sq)(struct lanes_words *out, const struct lanes_words *a);
	/* a = a b and a = a^2, num times, for who measures */
	void (*mul_repeatedly)(struct lanes_words *a, const struct lanes_words *b, size_t num);
	void (*sq_repeatedly)(struct lanes_words *a, size_t num);
	/* R, R to L */
	void (*add)(
	    struct lanes_words *out, const struct lanes_words *a, const struct lanes_words *b);
	void (*sub)(
	    struct lanes_words *out, const struct lanes_words *a, const struct lanes_words *b);
	/* L to R */
	void (*carry)(struct lanes_words *out, const struct lanes_words *a);
	/* 2a + b - c: R, R, R to R */
	void (*twice_and)(struct lanes_words *out, const struct lanes_words *a,
	    const struct lanes_words *b, const struct lanes_words *c);
	/* a b - c d in the lanes 0 and 3 of every four, a b + c d in the others: L to L */
	void (*two_products)(struct lanes_words *out, const struct lanes_words *a,
	    const struct lanes_words *b, const struct lanes_words *c, const struct lanes_words *d);
	/* the two numbers in the 64 bytes at from[i], R; `is` says of each whether it is below p */
	void (*from_bytes)(
	    struct lanes_words out[2], bool is[2][LANES_MOST], const void *const from[LANES_MOST]);
	/* the number below p that a lane is, into the 32 bytes at to[i], and whether it is odd: L
	 */
	void (*to_bytes)(
	    void *const to[LANES_MOST], bool is_odd[LANES_MOST], const struct lanes_words *a);
};

#if defined(__x86_64__)
extern const struct lanes_case lanes_case_avx2, lanes_case_ifma;
#endif

#endif
