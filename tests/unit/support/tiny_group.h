/* SPDX-License-Identifier: EUPL-1.2 */
/* Groups small enough to try everything, and the list of all groups. Tests only. */
#ifndef URNE_TESTS_TINY_GROUP_H
#define URNE_TESTS_TINY_GROUP_H

#include "crypto/group.h"

/* order 11 in Z_23*: a safe prime, membership by the Jacobi symbol */
extern const struct urne_group tiny_safe;
/* order 11 in Z_67*: cofactor 6, so there are elements of order 2 and 3 outside */
extern const struct urne_group tiny_cofactor;

/* the three of elections, and those */
#define NUM_GROUPS ((size_t)5)
extern const struct urne_group *const every_group[NUM_GROUPS];

#endif
