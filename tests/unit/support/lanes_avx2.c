/* SPDX-License-Identifier: EUPL-1.2 */
/* The field of four lanes, for tests. Compiled for AVX2. */
#if defined(__x86_64__)
#include "crypto/vartime/lanes_avx2.h"

#include "tests/unit/support/lanes_case.inc"

const struct lanes_case lanes_case_avx2 = {
    .name = "avx2",
    .num_lanes = LANES,
    .limbs_in_word = 2,
    .reduced = {(1 << 26) + (1 << 10), (1 << 25) + (1 << 10)},
    .loose = {3 * (1 << 26) + (1 << 12), 3 * (1 << 25) + (1 << 12)},
    LANES_CASE_FUNCTIONS,
};

#else
/* ISO C wants something in every file. */
typedef int urne_lanes_avx2_is_for_x86_64;
#endif
