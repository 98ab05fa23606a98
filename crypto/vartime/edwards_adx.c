/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: edwards25519 compiled for x86-64 processors with BMI2 and ADX, on four limbs
 * of 64 bits. Variable time,
 * PUBLIC DATA ONLY: never to be linked into encryption, decryption or anything that touches a key.
 */
#if defined(__x86_64__)
#include "crypto/vartime/fe51.h" /* urne_fe_bytes_canonical, which knows no limbs */
#include "crypto/vartime/fe64.h"

typedef struct urne_fe64 fe;
#define fe_zero	       urne_fe64_zero
#define fe_one	       urne_fe64_one
#define fe_carry       urne_fe64_carry
#define fe_add	       urne_fe64_add
#define fe_sub	       urne_fe64_sub
#define fe_neg	       urne_fe64_neg
#define fe_mul	       urne_fe64_mul
#define fe_sq	       urne_fe64_sq
#define fe_invert      urne_fe64_invert
#define fe_pow22523    urne_fe64_pow22523
#define fe_from_limbs  urne_fe64_from_limbs
#define fe_to_limbs    urne_fe64_to_limbs
#define fe_from_bytes  urne_fe64_from_bytes
#define fe_to_bytes    urne_fe64_to_bytes
#define fe_is_zero     urne_fe64_is_zero
#define fe_is_negative urne_fe64_is_negative
#define fe_equal       urne_fe64_equal

#include "crypto/vartime/edwards_buckets.h"
#include "crypto/vartime/edwards_encoding.h"
#include "crypto/vartime/edwards_hint.h"
#include "crypto/vartime/edwards_many.h"
#include "crypto/vartime/edwards_points.h"
#include "crypto/vartime/edwards_sum.h"
#include "crypto/vartime/edwards_table.h"

const struct urne_edwards_code urne_edwards_adx = {
    .base = code_base,
    .add = code_add,
    .neg = code_neg,
    .twice = code_twice,
    .equal = code_equal,
    .is_identity = code_is_identity,
    .decompress = code_decompress,
    .compress = code_compress,
    .normalise = code_normalise,
    .sum = code_sum,
    .mul_many = code_mul_many,
    .table_make = code_table_make,
    .add_table_mul = code_add_table_mul,
    .hint_write = code_hint_write,
};

const struct urne_edwards_bulk urne_edwards_bulk_adx = {
    .hints_open = code_hints_open,
    .open_size = (sizeof(struct eights) + 63) / 64 * 64,
    .place = code_place,
    .mul_many = code_mul_many_points,
    .many_size = 64,
    .decompress = code_decompress_many,
    .table_make = code_table_make,
    .table_sums = code_table_sums,
    .bucket_size = sizeof(struct urne_edwards),
    .max_width = 13, /* 512 KiB of buckets */
};

#else
/* ISO C wants something in every file. */
typedef int urne_edwards_adx_is_for_x86_64;
#endif
