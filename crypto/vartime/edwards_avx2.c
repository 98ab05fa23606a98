/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: very many points at once, compiled for x86-64 processors with AVX2. Variable time,
 * PUBLIC DATA ONLY: never to be linked into encryption, decryption or anything that touches a key.
 */
#if defined(__x86_64__)
#include "crypto/vartime/lanes_avx2.h"

#include "crypto/vartime/edwards_lanes_buckets.h"
#include "crypto/vartime/edwards_lanes_hint.h"
#include "crypto/vartime/edwards_lanes_many.h"
#include "crypto/vartime/edwards_lanes_root.h"
#include "crypto/vartime/edwards_lanes_table.h"

const struct urne_edwards_bulk urne_edwards_bulk_avx2 = {
    .hints_open = code_hints_open,
    .open_size = sizeof(struct opening),
    .place = code_place,
    .mul_many = code_mul_many,
    .many_size = sizeof(struct gatherings),
    .decompress = code_decompress_many,
    .table_make = code_table_make,
    .table_sums = code_table_sums,
    .bucket_size = sizeof(struct quad),
    .max_width = 13, /* 640 KiB of buckets */
};

#else
/* ISO C wants something in every file. */
typedef int urne_edwards_avx2_is_for_x86_64;
#endif
