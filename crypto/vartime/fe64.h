/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: arithmetic in GF(p), p = 2^255 - 19, on four limbs of 64 bits, for x86-64 processors
 * that have mulx (BMI2), adcx and adox (ADX). Only files compiled for those include it.
 *
 * Variable time, PUBLIC DATA ONLY. This belongs to the verifier's group arithmetic. It must
 * never be linked into encryption, decryption or anything that touches a key.
 *
 * An element is v[0] + v[1] 2^64 + v[2] 2^128 + v[3] 2^192, modulo p. There are no bounds to keep:
 * every function takes and gives any number below 2^256. What reaches 2^256 comes back times 38,
 * because 2^256 = 2 2^255 = 38 modulo p.
 *
 * Every output may be the same object as any input. */
#ifndef URNE_CRYPTO_VARTIME_FE64_H
#define URNE_CRYPTO_VARTIME_FE64_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct urne_fe64 {
	uint64_t v[4];
};

/* urne_fe64_zero: out = 0. */
static inline void
urne_fe64_zero(struct urne_fe64 *out)
{
	*out = (struct urne_fe64){{0, 0, 0, 0}};
}

/* urne_fe64_one: out = 1. */
static inline void
urne_fe64_one(struct urne_fe64 *out)
{
	*out = (struct urne_fe64){{1, 0, 0, 0}};
}

/* urne_fe64_add: out = a + b.
 * The sum is below 2^257. A carry is worth 38, and adding it carries once more only if the limbs
 * were above 2^256 - 39: then they are below 38 now, and the second 38 goes into limb 0 alone. That
 * almost never happens, so that a jump, which the processor foresees, costs less than adding 0. */
static inline void
urne_fe64_add(struct urne_fe64 *out, const struct urne_fe64 *a, const struct urne_fe64 *b)
{
	uint64_t r0 = a->v[0], r1 = a->v[1], r2 = a->v[2], r3 = a->v[3], fold;

	__asm__("addq %[b0], %[r0]\n\t"
		"adcq %[b1], %[r1]\n\t"
		"adcq %[b2], %[r2]\n\t"
		"adcq %[b3], %[r3]\n\t"
		"sbbq %[fold], %[fold]\n\t"
		"andl $38, %k[fold]\n\t"
		"addq %[fold], %[r0]\n\t"
		"adcq $0, %[r1]\n\t"
		"adcq $0, %[r2]\n\t"
		"adcq $0, %[r3]\n\t"
		"jnc 1f\n\t"
		"addq $38, %[r0]\n"
		"1:"
		: [r0] "+&r"(r0), [r1] "+&r"(r1), [r2] "+&r"(r2), [r3] "+&r"(r3), [fold] "=&r"(fold)
		: [b0] "rm"(b->v[0]), [b1] "rm"(b->v[1]), [b2] "rm"(b->v[2]), [b3] "rm"(b->v[3])
		: "cc");
	*out = (struct urne_fe64){{r0, r1, r2, r3}};
}

/* urne_fe64_sub: out = a - b.
 * The same downwards: a borrow is worth 38, and taking it borrows once more only from limbs that
 * were below 38: then they are above 2^256 - 39 now, and limb 0 can give the second 38. */
static inline void
urne_fe64_sub(struct urne_fe64 *out, const struct urne_fe64 *a, const struct urne_fe64 *b)
{
	uint64_t r0 = a->v[0], r1 = a->v[1], r2 = a->v[2], r3 = a->v[3], fold;

	__asm__("subq %[b0], %[r0]\n\t"
		"sbbq %[b1], %[r1]\n\t"
		"sbbq %[b2], %[r2]\n\t"
		"sbbq %[b3], %[r3]\n\t"
		"sbbq %[fold], %[fold]\n\t"
		"andl $38, %k[fold]\n\t"
		"subq %[fold], %[r0]\n\t"
		"sbbq $0, %[r1]\n\t"
		"sbbq $0, %[r2]\n\t"
		"sbbq $0, %[r3]\n\t"
		"jnc 1f\n\t"
		"subq $38, %[r0]\n"
		"1:"
		: [r0] "+&r"(r0), [r1] "+&r"(r1), [r2] "+&r"(r2), [r3] "+&r"(r3), [fold] "=&r"(fold)
		: [b0] "rm"(b->v[0]), [b1] "rm"(b->v[1]), [b2] "rm"(b->v[2]), [b3] "rm"(b->v[3])
		: "cc");
	*out = (struct urne_fe64){{r0, r1, r2, r3}};
}

/* urne_fe64_neg: out = -a. */
static inline void
urne_fe64_neg(struct urne_fe64 *out, const struct urne_fe64 *a)
{
	struct urne_fe64 zero;

	urne_fe64_zero(&zero);
	urne_fe64_sub(out, &zero, a);
}

/* urne_fe64_carry: out = a. There is nothing to carry; fe51.h has the other. */
static inline void
urne_fe64_carry(struct urne_fe64 *out, const struct urne_fe64 *a)
{
	*out = *a;
}

/* r0..r3 = r0..r3 + 38 (r4..r7), the end of mul and sq; rdx, lo and hi are free. The four products
 * and their carries leave hi <= 38, which comes back as 38 hi <= 1444; a carry out of that finds
 * limbs 1 to 3 at 0 and limb 0 below 1444, so that the last 38 goes into limb 0 alone. */
#define URNE_FE64_FOLD                                                                             \
	"movl $38, %%edx\n\t"                                                                      \
	"xorl %k[lo], %k[lo]\n\t"                                                                  \
	"mulxq %[r4], %[r4], %[hi]\n\t"                                                            \
	"adcxq %[r4], %[r0]\n\t"                                                                   \
	"adoxq %[hi], %[r1]\n\t"                                                                   \
	"mulxq %[r5], %[r4], %[hi]\n\t"                                                            \
	"adcxq %[r4], %[r1]\n\t"                                                                   \
	"adoxq %[hi], %[r2]\n\t"                                                                   \
	"mulxq %[r6], %[r4], %[hi]\n\t"                                                            \
	"adcxq %[r4], %[r2]\n\t"                                                                   \
	"adoxq %[hi], %[r3]\n\t"                                                                   \
	"mulxq %[r7], %[r4], %[hi]\n\t"                                                            \
	"adcxq %[r4], %[r3]\n\t"                                                                   \
	"adoxq %[lo], %[hi]\n\t"                                                                   \
	"adcxq %[lo], %[hi]\n\t"                                                                   \
	"imulq %%rdx, %[hi]\n\t"                                                                   \
	"addq %[hi], %[r0]\n\t"                                                                    \
	"adcq $0, %[r1]\n\t"                                                                       \
	"adcq $0, %[r2]\n\t"                                                                       \
	"adcq $0, %[r3]\n\t"                                                                       \
	"jnc 1f\n\t"                                                                               \
	"addq %%rdx, %[r0]\n"                                                                      \
	"1:"

/* One row of the product, added to r_i..r_(i+3) and giving r_(i+4): limb `at` of a times b. One
 * chain of carries takes the low halves, the other the high ones; both end in the new limb. */
#define URNE_FE64_ROW(at, ri, ri1, ri2, ri3, ri4)                                                  \
	"movq " at "(%[a]), %%rdx\n\t"                                                             \
	"xorl %k[" ri4 "], %k[" ri4 "]\n\t"                                                        \
	"mulxq 0(%[b]), %[lo], %[hi]\n\t"                                                          \
	"adcxq %[lo], %[" ri "]\n\t"                                                               \
	"adoxq %[hi], %[" ri1 "]\n\t"                                                              \
	"mulxq 8(%[b]), %[lo], %[hi]\n\t"                                                          \
	"adcxq %[lo], %[" ri1 "]\n\t"                                                              \
	"adoxq %[hi], %[" ri2 "]\n\t"                                                              \
	"mulxq 16(%[b]), %[lo], %[hi]\n\t"                                                         \
	"adcxq %[lo], %[" ri2 "]\n\t"                                                              \
	"adoxq %[hi], %[" ri3 "]\n\t"                                                              \
	"mulxq 24(%[b]), %[lo], %[hi]\n\t"                                                         \
	"adcxq %[lo], %[" ri3 "]\n\t"                                                              \
	"adoxq %[" ri4 "], %[hi]\n\t"                                                              \
	"adcxq %[hi], %[" ri4 "]\n\t"

/* The first row: limb 0 of a times b. */
#define URNE_FE64_FIRST_ROW                                                                        \
	"movq 0(%[a]), %%rdx\n\t"                                                                  \
	"xorl %k[hi], %k[hi]\n\t"                                                                  \
	"mulxq 0(%[b]), %[r0], %[r1]\n\t"                                                          \
	"mulxq 8(%[b]), %[lo], %[r2]\n\t"                                                          \
	"adcxq %[lo], %[r1]\n\t"                                                                   \
	"mulxq 16(%[b]), %[lo], %[r3]\n\t"                                                         \
	"adcxq %[lo], %[r2]\n\t"                                                                   \
	"mulxq 24(%[b]), %[lo], %[r4]\n\t"                                                         \
	"adcxq %[lo], %[r3]\n\t"                                                                   \
	"adcxq %[hi], %[r4]\n\t"

/* urne_fe64_mul: out = a b. Never called: a call would take a tenth of it. The address of a is in
 * r7 until the last row, which begins by reading its last limb: instrumented code has no register
 * more to give. */
static inline __attribute__((always_inline)) void
urne_fe64_mul(struct urne_fe64 *out, const struct urne_fe64 *a, const struct urne_fe64 *b)
{
	uint64_t r0, r1, r2, r3, r4, r5, r6, r7, lo, hi;

	/* clang-format off */
	__asm__(URNE_FE64_FIRST_ROW
		URNE_FE64_ROW("8", "r1", "r2", "r3", "r4", "r5")
		URNE_FE64_ROW("16", "r2", "r3", "r4", "r5", "r6")
		URNE_FE64_ROW("24", "r3", "r4", "r5", "r6", "r7")
		URNE_FE64_FOLD
		: [r0] "=&r"(r0), [r1] "=&r"(r1), [r2] "=&r"(r2), [r3] "=&r"(r3), [r4] "=&r"(r4),
		  [r5] "=&r"(r5), [r6] "=&r"(r6), [r7] "=&r"(r7), [lo] "=&r"(lo), [hi] "=&r"(hi)
		: [a] "[r7]"(a), [b] "r"(b), "m"(*a), "m"(*b)
		: "rdx", "cc");
	/* clang-format on */
	*out = (struct urne_fe64){{r0, r1, r2, r3}};
}

/* The six products of different limbs, summed into r1..r6. They are below 2^447, so that no carry
 * leaves r6. */
#define URNE_FE64_CROSS                                                                            \
	"movq 0(%[a]), %%rdx\n\t"                                                                  \
	"xorl %k[r5], %k[r5]\n\t"                                                                  \
	"mulxq 8(%[a]), %[r1], %[r2]\n\t"                                                          \
	"mulxq 16(%[a]), %[lo], %[r3]\n\t"                                                         \
	"adcxq %[lo], %[r2]\n\t"                                                                   \
	"mulxq 24(%[a]), %[lo], %[r4]\n\t"                                                         \
	"adcxq %[lo], %[r3]\n\t"                                                                   \
	"adcxq %[r5], %[r4]\n\t"                                                                   \
	"movq 8(%[a]), %%rdx\n\t"                                                                  \
	"mulxq 16(%[a]), %[lo], %[hi]\n\t"                                                         \
	"adoxq %[lo], %[r3]\n\t"                                                                   \
	"adoxq %[hi], %[r4]\n\t"                                                                   \
	"movq 24(%[a]), %%rdx\n\t"                                                                 \
	"mulxq 8(%[a]), %[lo], %[hi]\n\t"                                                          \
	"adcxq %[lo], %[r4]\n\t"                                                                   \
	"adoxq %[hi], %[r5]\n\t"                                                                   \
	"mulxq 16(%[a]), %[lo], %[r6]\n\t"                                                         \
	"movl $0, %k[hi]\n\t"                                                                      \
	"adcxq %[lo], %[r5]\n\t"                                                                   \
	"adoxq %[hi], %[r6]\n\t"                                                                   \
	"adcxq %[hi], %[r6]\n\t"

/* One chain of carries doubles these, the other adds the four squares. */
#define URNE_FE64_SQUARES                                                                          \
	"movq 0(%[a]), %%rdx\n\t"                                                                  \
	"xorl %k[r7], %k[r7]\n\t"                                                                  \
	"mulxq %%rdx, %[r0], %[hi]\n\t"                                                            \
	"adcxq %[r1], %[r1]\n\t"                                                                   \
	"adoxq %[hi], %[r1]\n\t"                                                                   \
	"movq 8(%[a]), %%rdx\n\t"                                                                  \
	"mulxq %%rdx, %[lo], %[hi]\n\t"                                                            \
	"adcxq %[r2], %[r2]\n\t"                                                                   \
	"adoxq %[lo], %[r2]\n\t"                                                                   \
	"adcxq %[r3], %[r3]\n\t"                                                                   \
	"adoxq %[hi], %[r3]\n\t"                                                                   \
	"movq 16(%[a]), %%rdx\n\t"                                                                 \
	"mulxq %%rdx, %[lo], %[hi]\n\t"                                                            \
	"adcxq %[r4], %[r4]\n\t"                                                                   \
	"adoxq %[lo], %[r4]\n\t"                                                                   \
	"adcxq %[r5], %[r5]\n\t"                                                                   \
	"adoxq %[hi], %[r5]\n\t"                                                                   \
	"movq 24(%[a]), %%rdx\n\t"                                                                 \
	"mulxq %%rdx, %[lo], %[hi]\n\t"                                                            \
	"adcxq %[r6], %[r6]\n\t"                                                                   \
	"adoxq %[lo], %[r6]\n\t"                                                                   \
	"adcxq %[r7], %[r7]\n\t"                                                                   \
	"adoxq %[hi], %[r7]\n\t"

/* urne_fe64_sq: out = a^2. */
static inline void
urne_fe64_sq(struct urne_fe64 *out, const struct urne_fe64 *a)
{
	uint64_t r0, r1, r2, r3, r4, r5, r6, r7, lo, hi;

	/* clang-format off */
	__asm__(URNE_FE64_CROSS
		URNE_FE64_SQUARES
		URNE_FE64_FOLD
		: [r0] "=&r"(r0), [r1] "=&r"(r1), [r2] "=&r"(r2), [r3] "=&r"(r3), [r4] "=&r"(r4),
		  [r5] "=&r"(r5), [r6] "=&r"(r6), [r7] "=&r"(r7), [lo] "=&r"(lo), [hi] "=&r"(hi)
		: [a] "r"(a), "m"(*a)
		: "rdx", "cc");
	/* clang-format on */
	*out = (struct urne_fe64){{r0, r1, r2, r3}};
}

/* urne_fe64_from_limbs, urne_fe64_to_limbs: a number below 2^256, which is what an element is. */
static inline void
urne_fe64_from_limbs(struct urne_fe64 *out, const uint64_t in[4])
{
	memcpy(out->v, in, sizeof(out->v));
}

static inline void
urne_fe64_to_limbs(uint64_t out[4], const struct urne_fe64 *a)
{
	memcpy(out, a->v, sizeof(a->v));
}

/* The rest is as in fe51.h. */

void urne_fe64_invert(struct urne_fe64 *out, const struct urne_fe64 *a);
void urne_fe64_pow22523(struct urne_fe64 *out, const struct urne_fe64 *a);
void urne_fe64_from_bytes(struct urne_fe64 *out, const uint8_t in[32]);
void urne_fe64_to_bytes(uint8_t out[32], const struct urne_fe64 *a);
bool urne_fe64_is_zero(const struct urne_fe64 *a);
bool urne_fe64_is_negative(const struct urne_fe64 *a);
bool urne_fe64_equal(const struct urne_fe64 *a, const struct urne_fe64 *b);

#endif
