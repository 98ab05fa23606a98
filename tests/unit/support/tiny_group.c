/* SPDX-License-Identifier: EUPL-1.2 */
/* Two subgroups of order 11. */
#include "tests/unit/support/tiny_group.h"

static const uint64_t q11[] = {11};
static const uint64_t p23[] = {23}, g23[] = {4};
static const uint64_t p67[] = {67}, g67[] = {64};

static const struct urne_field_params field23 = {1, p23, g23, true};
static const struct urne_field_params field67 = {1, p67, g67, false};

const struct urne_group tiny_safe = {
    .name = "tiny-23",
    .kind = URNE_GROUP_FIELD,
    .elem_bytes = 8,
    .num_q_limbs = 1,
    .q_bits = 4,
    .q = q11,
    .field = &field23,
    .ops = &urne_group_field_ops,
};

const struct urne_group tiny_cofactor = {
    .name = "tiny-67",
    .kind = URNE_GROUP_FIELD,
    .elem_bytes = 8,
    .num_q_limbs = 1,
    .q_bits = 4,
    .q = q11,
    .field = &field67,
    .ops = &urne_group_field_ops,
};

const struct urne_group *const every_group[NUM_GROUPS] = {
    &urne_group_ed25519,
    &urne_group_belenios_2048,
    &urne_group_rfc_3526_2048,
    &tiny_safe,
    &tiny_cofactor,
};
