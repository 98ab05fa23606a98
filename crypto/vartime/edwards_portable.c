/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: edwards25519 compiled for every processor, on five limbs of 51 bits. Variable time,
 * PUBLIC DATA ONLY: never to be linked into encryption, decryption or anything that touches a key.
 */
#include "crypto/vartime/fe51.h"

typedef struct urne_fe fe;
#define fe_zero	       urne_fe_zero
#define fe_one	       urne_fe_one
#define fe_carry       urne_fe_carry
#define fe_add	       urne_fe_add
#define fe_sub	       urne_fe_sub
#define fe_neg	       urne_fe_neg
#define fe_mul	       urne_fe_mul
#define fe_sq	       urne_fe_sq
#define fe_invert      urne_fe_invert
#define fe_pow22523    urne_fe_pow22523
#define fe_from_limbs  urne_fe_from_limbs
#define fe_to_limbs    urne_fe_to_limbs
#define fe_from_bytes  urne_fe_from_bytes
#define fe_to_bytes    urne_fe_to_bytes
#define fe_is_zero     urne_fe_is_zero
#define fe_is_negative urne_fe_is_negative
#define fe_equal       urne_fe_equal

#include "crypto/vartime/edwards_buckets.h"
#include "crypto/vartime/edwards_encoding.h"
#include "crypto/vartime/edwards_hint.h"
#include "crypto/vartime/edwards_many.h"
#include "crypto/vartime/edwards_points.h"
#include "crypto/vartime/edwards_sum.h"
#include "crypto/vartime/edwards_table.h"

const struct urne_edwards_code urne_edwards_portable = {
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

const struct urne_edwards_bulk urne_edwards_bulk_portable = {
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
