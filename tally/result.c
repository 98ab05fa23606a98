/* SPDX-License-Identifier: EUPL-1.2 */
/* Partial decryptions combined, and the counts they hold.
 * Spec: docs/protocol.md#tally */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "crypto/dlog.h"
#include "tally/shape.h"
#include "tally/tally.h"

/* The weight of share chosen[j] in the value at x of the polynomial that goes through all chosen
 * shares: prod (x - k)/(chosen[j] - k) over the other chosen k, modulo q. At x = 0 this is the
 * lambda_j of the specification. */
static void
lagrange(const struct urne_group *g, struct urne_scalar *out, const size_t *chosen, size_t num,
    size_t j, size_t x)
{
	struct urne_scalar numerator, denominator, at, own, other, t;

	urne_scalar_from_u64(g, &numerator, 1);
	urne_scalar_from_u64(g, &denominator, 1);
	urne_scalar_from_u64(g, &at, x);
	urne_scalar_from_u64(g, &own, chosen[j]);
	for (size_t i = 0; i < num; i++) {
		if (i == j) {
			continue;
		}
		urne_scalar_from_u64(g, &other, chosen[i]);
		urne_scalar_sub(g, &t, &at, &other);
		urne_scalar_mul(g, &numerator, &numerator, &t);
		urne_scalar_sub(g, &t, &own, &other);
		urne_scalar_mul(g, &denominator, &denominator, &t);
	}
	urne_scalar_inv(g, &denominator, &denominator);
	urne_scalar_mul(g, out, &numerator, &denominator);
}

/* Multiplies F[i] by one owner's factors raised to lambda (NULL: as they are). */
static void
multiply_in(struct urne_elem *F, const struct urne_election *e,
    const struct urne_partial_decryption *p, const struct urne_scalar *lambda)
{
	for (size_t i = 0; i < e->num_choices; i++) {
		struct urne_elem factor = p->factors[i];

		if (lambda != NULL) {
			urne_elem_pow(e->group, &factor, &factor, lambda);
		}
		urne_elem_mul(e->group, &F[i], &F[i], &factor);
	}
}

/* Shares beyond those that are needed must lie on the same polynomial: the proofs of version 1 do
 * not rule out every wrong factor (docs/threat-model.md, A17), agreement does. */
static enum urne_err
check_agreement(struct urne_diag *d, const struct urne_election *e,
    const struct urne_partial_decryption *const *shares, const size_t *chosen, size_t num,
    size_t extra)
{
	for (size_t i = 0; i < e->num_choices; i++) {
		struct urne_elem expected;

		urne_elem_identity(e->group, &expected);
		for (size_t j = 0; j < num; j++) {
			struct urne_scalar lambda;
			struct urne_elem t;

			lagrange(e->group, &lambda, chosen, num, j, extra);
			urne_elem_pow(e->group, &t, &shares[chosen[j] - 1]->factors[i], &lambda);
			urne_elem_mul(e->group, &expected, &expected, &t);
		}
		if (!urne_elem_eq(e->group, &expected, &shares[extra - 1]->factors[i])) {
			return urne_fail(d, URNE_ERR_MISMATCH,
			    "choice %zu: the threshold trustees' decryptions contradict each other",
			    i);
		}
	}
	return URNE_OK;
}

static enum urne_err
combine_threshold(struct urne_elem *F, struct urne_diag *d, const struct urne_election *e,
    const struct urne_trustee_item *item, const struct urne_partial_decryption *const *by_owner)
{
	const struct urne_partial_decryption *const *shares = by_owner + item->first_owner - 1;
	size_t chosen[URNE_MAX_TRUSTEES]; /* indices in the group of trustees, from 1 */
	size_t num = 0, needed = (size_t)item->threshold.threshold;

	for (size_t k = 1; k <= item->num_owners; k++) {
		if (shares[k - 1] == NULL) {
			continue;
		}
		if (num < needed) {
			chosen[num++] = k;
			continue;
		}
		enum urne_err err = check_agreement(d, e, shares, chosen, num, k);
		if (err != URNE_OK) {
			return err;
		}
	}
	if (num < needed) {
		return urne_fail(d, URNE_ERR_INCOMPLETE,
		    "trustees %zu to %zu: %zu valid partial decryptions are there, %zu are needed",
		    item->first_owner, item->first_owner + item->num_owners - 1, num, needed);
	}
	for (size_t j = 0; j < num; j++) {
		struct urne_scalar lambda;

		lagrange(e->group, &lambda, chosen, num, j, 0);
		multiply_in(F, e, shares[chosen[j] - 1], &lambda);
	}
	return URNE_OK;
}

enum urne_err
urne_combine(struct urne_elem *out, struct urne_diag *d, const struct urne_election *e,
    const struct urne_trustees *trustees, const struct urne_tally *t,
    const struct urne_partial_decryption *const *by_owner)
{
	/* F: the product of the items' factors */
	for (size_t i = 0; i < e->num_choices; i++) {
		urne_elem_identity(e->group, &out[i]);
	}
	for (size_t k = 0; k < trustees->num_items; k++) {
		const struct urne_trustee_item *item = &trustees->items[k];

		if (item->is_threshold) {
			enum urne_err err = combine_threshold(out, d, e, item, by_owner);
			if (err != URNE_OK) {
				return err;
			}
			continue;
		}
		if (by_owner[item->first_owner - 1] == NULL) {
			return urne_fail(d, URNE_ERR_INCOMPLETE,
			    "trustee %zu: no valid partial decryption is there, and it is needed",
			    item->first_owner);
		}
		multiply_in(out, e, by_owner[item->first_owner - 1], NULL);
	}
	/* g^m = beta / F */
	for (size_t i = 0; i < e->num_choices; i++) {
		urne_elem_div(e->group, &out[i], &t->sum[i].beta, &out[i]);
	}
	return URNE_OK;
}

static void
codec_count(struct urne_codec *c, void *ctx, size_t i)
{
	struct urne_result *r = ctx;

	urne_codec_count(c, &r->counts[i], URNE_MAX_TOTAL_WEIGHT);
}

static void
codec_result(struct urne_codec *c, const struct urne_election *e, struct urne_result *r)
{
	urne_codec_object(c);
	urne_codec_field(c, "result");
	urne_codec_shape(c, e, codec_count, r);
	urne_codec_object_end(c);
}

void
urne_result_write(struct urne_buf *out, const struct urne_election *e, const struct urne_result *r)
{
	struct urne_result copy = *r;
	struct urne_codec c;

	urne_codec_write(&c, out);
	codec_result(&c, e, &copy);
}

enum urne_err
urne_result_read(struct urne_result *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_election *e, struct urne_view text)
{
	struct urne_codec c;

	if (e->has_non_homomorphic) {
		return urne_fail(d, URNE_ERR_UNSUPPORTED,
		    "results of non-homomorphic questions are not read by this version");
	}
	out->counts = urne_arena_alloc(arena, e->num_choices, sizeof(*out->counts));
	if (out->counts == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the result");
	}
	urne_codec_read(&c, text, arena);
	codec_result(&c, e, out);
	return urne_codec_end(&c, d);
}

enum urne_err
urne_result_solve(struct urne_result *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_election *e, const struct urne_elem *combined, uint64_t total_weight)
{
	struct urne_dlog *dlog = NULL;
	enum urne_err err = URNE_OK;

	out->counts = urne_arena_alloc(arena, e->num_choices, sizeof(*out->counts));
	if (out->counts == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the result");
	}
	err = urne_dlog_new(&dlog, e->group, total_weight, e->num_choices);
	if (err != URNE_OK) {
		return urne_fail(d, err, "no memory for the discrete logarithms");
	}
	for (size_t i = 0; i < e->num_choices && err == URNE_OK; i++) {
		err = urne_dlog_find(dlog, &out->counts[i], &combined[i]);
		if (err != URNE_OK) {
			(void)urne_fail(d, err,
			    "choice %zu: the decrypted value is no count from 0 to %llu", i,
			    (unsigned long long)total_weight);
		}
	}
	urne_dlog_free(dlog);
	return err;
}

enum urne_err
urne_result_check(const struct urne_result *r, struct urne_diag *d, const struct urne_election *e,
    const struct urne_elem *combined, uint64_t total_weight)
{
	for (size_t i = 0; i < e->num_choices; i++) {
		struct urne_elem expected;

		if (r->counts[i] > total_weight) {
			return urne_fail(d, URNE_ERR_RANGE,
			    "choice %zu: the count is above the total weight", i);
		}
		urne_elem_base_u64(e->group, &expected, r->counts[i]);
		if (!urne_elem_eq(e->group, &expected, &combined[i])) {
			return urne_fail(d, URNE_ERR_MISMATCH,
			    "choice %zu: the count is not what the decryptions give", i);
		}
	}
	return URNE_OK;
}
