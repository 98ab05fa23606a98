/* SPDX-License-Identifier: EUPL-1.2 */
/* One of several statements "this ciphertext encrypts this value" holds: bits, intervals, blank
 * votes and lists are all of this shape, with different branches and texts.
 * Spec: docs/protocol.md#answers-and-their-proofs */
#include "crypto/proof.h"

void
urne_bases_of(struct urne_bases *out, const struct urne_group *g, const struct urne_elem *y)
{
	*out = (struct urne_bases){.y = *y};
	urne_elem_generator(g, &out->g);
}

/* Branches that are computed together: those of one ciphertext share the work on it. */
#define RUN ((size_t)URNE_POW_MANY)

/* complete: A = A g^response, B = B y^response g^(-value challenge), where A and B are the powers
 * of alpha and beta. */
static void
complete(const struct urne_group *g, struct urne_elem *A, struct urne_elem *B,
    const struct urne_bases *bases, const struct urne_proof *p, uint64_t value)
{
	struct urne_scalar zero, x;

	urne_elem_mul_pow(g, A, &bases->g, bases->g_powers, &p->response);
	urne_elem_mul_pow(g, B, &bases->y, bases->y_powers, &p->response);
	if (value != 0) {
		urne_scalar_from_u64(g, &zero, 0);
		urne_scalar_from_u64(g, &x, value);
		urne_scalar_mul(g, &x, &x, &p->challenge);
		urne_scalar_sub(g, &x, &zero, &x);
		urne_elem_mul_pow(g, B, &bases->g, bases->g_powers, &x);
	}
}

/* commitments: A_j and B_j of the branches from `branch` on that speak of the same ciphertext as
 * the first, at most `max` and RUN, one behind the other in `out`. Returns how many, 0 when the
 * ciphertext is outside the subgroup. (beta / g^value)^challenge is beta^challenge
 * g^(-value challenge), whatever the order of beta: g has the order q. */
static size_t
commitments(const struct urne_group *g, struct urne_elem out[2 * RUN],
    const struct urne_bases *bases, const struct urne_proof *p, const struct urne_or_branch *branch,
    size_t max)
{
	const struct urne_ciphertext *ct = branch[0].ct;
	const struct urne_scalar *challenge[RUN];
	struct urne_elem A[RUN], B[RUN];
	bool alpha_inside, beta_inside;
	size_t num = 0;

	while (num < max && num < RUN && branch[num].ct == ct) {
		challenge[num] = &p[num].challenge;
		num++;
	}
	urne_elem_pow_many(g, A, &ct->alpha, challenge, num, &alpha_inside);
	urne_elem_pow_many(g, B, &ct->beta, challenge, num, &beta_inside);
	if (!alpha_inside || !beta_inside) {
		return 0;
	}
	for (size_t j = 0; j < num; j++) {
		complete(g, &A[j], &B[j], bases, &p[j], branch[j].value);
		out[2 * j] = A[j];
		out[2 * j + 1] = B[j];
	}
	urne_elem_normalise(g, out, 2 * num);
	return num;
}

/* What is known of a challenge while the branches go by. */
struct agreement {
	struct urne_sha256 h;
	struct urne_scalar sum;
	bool any;
};

static void
begin(struct agreement *a, const struct urne_group *g, const struct urne_sha256 *transcript)
{
	a->h = *transcript;
	a->any = false;
	urne_scalar_from_u64(g, &a->sum, 0);
}

/* put: the challenges and commitments of num more branches. */
static void
put(struct agreement *a, const struct urne_group *g, const struct urne_proof *p,
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
agrees(const struct agreement *a, const struct urne_group *g)
{
	struct urne_hash hash;
	struct urne_scalar expected;

	urne_sha256_final(&a->h, &hash);
	urne_scalar_from_hash(g, &expected, &hash);
	return urne_scalar_eq(&expected, &a->sum) ? URNE_OK : URNE_ERR_PROOF;
}

enum urne_err
urne_or_verify(const struct urne_group *g, const struct urne_proof *p, size_t num,
    const struct urne_bases *bases, const struct urne_or_branch *branch,
    const struct urne_sha256 *transcript)
{
	struct urne_elem AB[2 * RUN];
	struct agreement a;

	begin(&a, g, transcript);
	for (size_t done = 0; done < num;) {
		size_t n = commitments(g, AB, bases, p + done, branch + done, num - done);

		if (n == 0) {
			return URNE_ERR_GROUP;
		}
		put(&a, g, p + done, AB, n);
		done += n;
	}
	return agrees(&a, g);
}
