/* SPDX-License-Identifier: EUPL-1.2 */
/* Hints become points, and all sums one. */
#include "crypto/batch.h"

#include <stdlib.h>

#include "crypto/vartime/edwards_bulk.h"
#include "crypto/vartime/edwards_code.h"
#include "crypto/vartime/edwards_elem.h"
#include "crypto/vartime/msm.h"

static const struct urne_group *const group = &urne_group_ed25519;

bool
urne_hints_serve(const struct urne_group *g)
{
	return g->kind == URNE_GROUP_EDWARDS;
}

void *
urne_hints_room(void)
{
	return urne_edwards_bulk_room(urne_edwards_bulk_fastest()->open_size);
}

bool
urne_hints_open(
    const struct urne_hint_list *lists, size_t num, const struct urne_hint_shape *shape, void *room)
{
	const struct urne_edwards_hint_shape s = {
	    .num = shape->num,
	    .num_eight = shape->num_elems,
	    .eight_stride = URNE_LIMBS,
	    .num_sums = shape->num_sums,
	    .addend = shape->addend,
	    .end = shape->end,
	};
	struct urne_edwards_hints list[URNE_HINT_LISTS];

	for (size_t i = 0; i < num; i++) {
		list[i] = (struct urne_edwards_hints){
		    lists[i].hints, lists[i].q, lists[i].encoding, (void *)lists[i].elem};
		for (size_t k = 0; k < shape->num_elems; k++) {
			urne_edwards_clear_rest(&lists[i].elem[k]);
		}
	}
	return urne_edwards_bulk_fastest()->hints_open(list, num, &s, room);
}

void
urne_hints_write(uint8_t *out, struct urne_elem *q, size_t num)
{
	const struct urne_edwards_code *code = urne_edwards_fastest();

	urne_elem_normalise(group, q, num);
	for (size_t i = 0; i < num; i++) {
		struct urne_edwards p = urne_edwards_of_elem(&q[i]);

		code->hint_write(out + i * URNE_HINT_LEN, &p);
	}
}

void
urne_eighth(struct urne_scalar *out)
{
	struct urne_scalar eight;

	urne_scalar_from_u64(group, &eight, 8);
	urne_scalar_inv(group, out, &eight);
}

/* Torsion in a hint ends here: 8 times it is the identity. */
static void
times_eight(struct urne_elem *out, struct urne_edwards *p)
{
	for (unsigned i = 0; i < 3; i++) {
		urne_edwards_double(p, p);
	}
	urne_edwards_to_elem(out, p);
}

enum urne_err
urne_batch_holds(bool *holds, const struct urne_bases *bases,
    const struct urne_batch_sum *const sums[], size_t num, struct urne_pool *pool)
{
	struct urne_edwards_terms *lists = calloc(num + 1, sizeof(*lists));
	struct urne_scalar g = {{0}}, y = {{0}};
	struct urne_edwards sum;
	struct urne_elem all;
	enum urne_err err = URNE_ERR_MEMORY;

	*holds = false;
	if (lists == NULL) {
		return err;
	}
	for (size_t i = 0; i < num; i++) {
		lists[i] =
		    (struct urne_edwards_terms){sums[i]->point, sums[i]->weight, sums[i]->num};
		urne_scalar_add(group, &g, &g, &sums[i]->g);
		urne_scalar_add(group, &y, &y, &sums[i]->y);
	}
	err = urne_msm_vartime(urne_edwards_bulk_fastest(), &sum, lists, num, pool);
	if (err == URNE_OK) {
		times_eight(&all, &sum);
		urne_elem_mul_pow(group, &all, &bases->g, bases->g_powers, &g);
		urne_elem_mul_pow(group, &all, &bases->y, bases->y_powers, &y);
		*holds = urne_elem_is_identity(group, &all);
	}
	free(lists);
	return err;
}
