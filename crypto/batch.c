/* SPDX-License-Identifier: EUPL-1.2 */
/* Hints become points, and all sums one. */
#include "crypto/batch.h"

#include <stdlib.h>

#include "crypto/vartime/edwards_code.h"
#include "crypto/vartime/edwards_elem.h"
#include "crypto/vartime/msm.h"

/* As many as one inversion serves well, and a ballot of ten options has. */
#define RUN ((size_t)72)

static const struct urne_group *const group = &urne_group_ed25519;

bool
urne_hints_serve(const struct urne_group *g)
{
	return g->kind == URNE_GROUP_EDWARDS;
}

bool
urne_hints_open(
    struct urne_elem *out, struct urne_edwards_opened *q, const uint8_t *hints, size_t num)
{
	const struct urne_edwards_bulk *bulk = urne_edwards_bulk_fastest();
	struct urne_edwards eight[RUN];

	for (size_t done = 0; done < num;) {
		size_t n = num - done < RUN ? num - done : RUN;

		if (!bulk->hints_open(eight, &q[done], hints + done * URNE_HINT_LEN, n)) {
			return false;
		}
		for (size_t i = 0; i < n; i++) {
			urne_edwards_to_elem(&out[done + i], &eight[i]);
		}
		done += n;
	}
	return true;
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
    const struct urne_batch_sum *const sums[], size_t num, size_t num_threads)
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
	err = urne_msm_vartime(urne_edwards_bulk_fastest(), &sum, lists, num, num_threads);
	if (err == URNE_OK) {
		times_eight(&all, &sum);
		urne_elem_mul_pow(group, &all, &bases->g, bases->g_powers, &g);
		urne_elem_mul_pow(group, &all, &bases->y, bases->y_powers, &y);
		*holds = urne_elem_is_identity(group, &all);
	}
	free(lists);
	return err;
}
