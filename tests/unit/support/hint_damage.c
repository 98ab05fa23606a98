/* SPDX-License-Identifier: EUPL-1.2 */
/* Hints as points. */
#include "tests/unit/support/hint_damage.h"

#include <string.h>

#include "crypto/vartime/edwards_code.h"
#include "tests/unit/support/check.h"

/* In the order of RFC 8032 reversed: the text form. */
static const char order_8[] = "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7";

void
hint_torsion(struct urne_elem *out)
{
	assert_ok(urne_elem_decode_unproved(&urne_group_ed25519, out, urne_view_of(order_8)));
}

/* The encoding of a point is y with the sign of x. */
static void
point_of(struct urne_edwards *q, const uint8_t hint[URNE_HINT_LEN])
{
	uint8_t y[32];

	memcpy(y, hint + 32, sizeof(y));
	y[31] |= (uint8_t)((hint[0] & 1) << 7);
	assert_true(urne_edwards_decompress(q, y));
}

void
hint_add_torsion(uint8_t hint[URNE_HINT_LEN])
{
	struct urne_edwards q, sum;
	struct urne_elem t;

	point_of(&q, hint);
	hint_torsion(&t);
	memcpy(&sum, t.v, sizeof(sum));
	urne_edwards_add(&sum, &sum, &q);
	urne_edwards_normalise(&sum, 1);
	urne_edwards_fastest()->hint_write(hint, &sum);
}

bool
hint_is_of_prime_order(const uint8_t hint[URNE_HINT_LEN])
{
	struct urne_edwards q;

	point_of(&q, hint);
	return urne_edwards_in_subgroup_vartime(&q);
}
