/* SPDX-License-Identifier: EUPL-1.2 */
/* The field of eight lanes, for tests. Compiled for AVX-512 IFMA. */
#if defined(__x86_64__)
#include "crypto/vartime/lanes_ifma.h"

#include "tests/unit/support/lanes_case.inc"

const struct lanes_case lanes_case_ifma = {
    .name = "ifma",
    .num_lanes = LANES,
    .limbs_in_word = 1,
    .reduced = {(UINT64_C(1) << 51) + (1 << 16), 0},
    .loose = {UINT64_C(1) << 52, 0},
    LANES_CASE_FUNCTIONS,
};

#else
/* ISO C wants something in every file. */
typedef int urne_lanes_ifma_is_for_x86_64;
#endif
