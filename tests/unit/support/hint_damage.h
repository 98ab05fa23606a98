/* SPDX-License-Identifier: EUPL-1.2 */
/* What tests do to hints, and ask of them. Tests only. */
#ifndef URNE_TESTS_HINT_DAMAGE_H
#define URNE_TESTS_HINT_DAMAGE_H

#include "crypto/batch.h"

/* hint_torsion: a point of order 8. */
void hint_torsion(struct urne_elem *out);
/* hint_add_torsion adds it to what a hint says. */
void hint_add_torsion(uint8_t hint[URNE_HINT_LEN]);
/* hint_is_of_prime_order: it is then the only one with its 8 Q that is. */
bool hint_is_of_prime_order(const uint8_t hint[URNE_HINT_LEN]);

#endif
