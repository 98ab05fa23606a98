/* SPDX-License-Identifier: EUPL-1.2 */
/* One of several statements "this ciphertext encrypts this value" holds: bits, intervals, blank
 * votes and lists are all of this shape, with different branches and texts.
 * Spec: docs/protocol.md#answers-and-their-proofs */
#include "crypto/proof_queue.h"

void
urne_bases_of(struct urne_bases *out, const struct urne_group *g, const struct urne_elem *y)
{
	*out = (struct urne_bases){.y = *y};
	urne_elem_generator(g, &out->g);
}

/* complete: what A = A g^response and B = B y^response g^(-value challenge) take, where A and B are
 * the powers of alpha and beta; *minus is room for an exponent. (beta / g^value)^challenge is
 * beta^challenge g^(-value challenge), whatever the order of beta: g has the order q. */
static void
complete(struct urne_elem_product out[2], struct urne_scalar *minus, const struct urne_group *g,
    const struct urne_bases *bases, const struct urne_proof *p, uint64_t value)
{
	struct urne_scalar zero, x;

	out[0].factor[0] = (struct urne_elem_factor){&bases->g, bases->g_powers, &p->response};
	out[0].num = 1;
	out[1].factor[0] = (struct urne_elem_factor){&bases->y, bases->y_powers, &p->response};
	out[1].num = 1;
	if (value != 0) {
		urne_scalar_from_u64(g, &zero, 0);
		urne_scalar_from_u64(g, &x, value);
		urne_scalar_mul(g, &x, &x, &p->challenge);
		urne_scalar_sub(g, minus, &zero, &x);
		out[1].factor[1] = (struct urne_elem_factor){&bases->g, bases->g_powers, minus};
		out[1].num = 2;
	}
}

static void
begin(struct urne_or_agreement *a, const struct urne_group *g, const struct urne_sha256 *transcript)
{
	a->h = *transcript;
	a->any = false;
	urne_scalar_from_u64(g, &a->sum, 0);
}

/* put: the challenges and commitments of num more branches. */
static void
put(struct urne_or_agreement *a, const struct urne_group *g, const struct urne_proof *p,
    const struct urne_elem *AB, size_t num)
{
	for (size_t j = 0; j < 2 * num; j++) {
		urne_sha256_puts(&a->h, a->any ? "," : "");
		urne_elem_hash(g, &a->h, &AB[j]);
		a->any = true;
	}
	for (size_t j = 0; j < num; j++) {
		urne_scalar_add(g, &a->sum, &a->sum, &p[j].challenge);
	}
}

/* agrees: the challenges sum to the hash. */
static enum urne_err
agrees(const struct urne_or_agreement *a, const struct urne_group *g)
{
	struct urne_hash hash;
	struct urne_scalar expected;

	urne_sha256_final(&a->h, &hash);
	urne_scalar_from_hash(g, &expected, &hash);
	return urne_scalar_eq(&expected, &a->sum) ? URNE_OK : URNE_ERR_PROOF;
}

void
urne_or_queue_init(
    struct urne_or_queue *q, const struct urne_group *g, const struct urne_bases *bases)
{
	q->g = g;
	q->bases = bases;
	q->num = 0;
}

/* of_power: `to` the challenges of a run, and is it in the subgroup? */
static void
of_power(struct urne_elem_powers *out, const struct urne_elem *a, const struct urne_or_run *run)
{
	out->a = *a;
	out->num = run->num;
	out->ask_member = true;
	for (size_t j = 0; j < run->num; j++) {
		out->x[j] = &run->p[j].challenge;
	}
}

/* judge: the runs one after the other, with the powers that they asked for. */
static enum urne_err
judge(struct urne_or_queue *q)
{
	for (size_t i = 0; i < q->num; i++) {
		const struct urne_or_run *run = &q->run[i];
		const struct urne_elem_powers *alpha = &q->powers[2 * i], *beta = alpha + 1;
		enum urne_err err = URNE_OK;

		q->place = run->place;
		if (!alpha->is_member || !beta->is_member) {
			return URNE_ERR_GROUP;
		}
		if (run->begins) {
			begin(&q->agreement, q->g, &run->transcript);
		}
		put(&q->agreement, q->g, run->p, q->AB + q->first[i], run->num);
		err = run->ends ? agrees(&q->agreement, q->g) : URNE_OK;
		if (err != URNE_OK) {
			return err;
		}
	}
	return URNE_OK;
}

enum urne_err
urne_or_queue_finish(struct urne_or_queue *q)
{
	enum urne_err err = URNE_OK;
	size_t num = 0;

	urne_elem_pow_each(q->g, q->powers, 2 * q->num);
	for (size_t i = 0; i < q->num; i++) {
		const struct urne_or_run *run = &q->run[i];

		q->first[i] = num;
		for (size_t j = 0; j < run->num; j++) {
			struct urne_elem_product *p = &q->product[num];

			q->AB[num] = q->powers[2 * i].out[j];
			q->AB[num + 1] = q->powers[2 * i + 1].out[j];
			p[0].out = &q->AB[num];
			p[1].out = &q->AB[num + 1];
			complete(p, &q->minus[num / 2], q->g, q->bases, &run->p[j], run->value[j]);
			num += 2;
		}
	}
	urne_elem_mul_pow_each(q->g, q->product, num);
	urne_elem_normalise(q->g, q->AB, num);
	err = judge(q);
	q->num = 0;
	return err;
}

/* put_run: the branches from `branch` on that speak of the same ciphertext as the first, at most
 * `max` and as many as are computed together. Returns how many. */
static size_t
put_run(struct urne_or_queue *q, const struct urne_proof *p, const struct urne_or_branch *branch,
    size_t max)
{
	struct urne_or_run *run = &q->run[q->num];
	const struct urne_ciphertext *ct = branch[0].ct;

	run->p = p;
	run->num = 0;
	while (run->num < max && run->num < URNE_POW_MANY && branch[run->num].ct == ct) {
		run->value[run->num] = branch[run->num].value;
		run->num++;
	}
	of_power(&q->powers[2 * q->num], &ct->alpha, run);
	of_power(&q->powers[2 * q->num + 1], &ct->beta, run);
	return run->num;
}

enum urne_err
urne_or_queue_put(struct urne_or_queue *q, const struct urne_proof *p, size_t num,
    const struct urne_or_branch *branch, const struct urne_sha256 *transcript,
    const struct urne_or_place *place)
{
	for (size_t done = 0; done < num;) {
		struct urne_or_run *run = &q->run[q->num];
		enum urne_err err = URNE_OK;

		run->begins = done == 0;
		if (run->begins) {
			run->transcript = *transcript;
		}
		run->place = *place;
		done += put_run(q, p + done, branch + done, num - done);
		run->ends = done == num;
		q->num++;
		err = q->num == URNE_OR_RUNS ? urne_or_queue_finish(q) : URNE_OK;
		if (err != URNE_OK) {
			return err;
		}
	}
	return URNE_OK;
}
