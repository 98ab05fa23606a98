/* SPDX-License-Identifier: EUPL-1.2 */
/* The equations of a partial decryption. With Q an eighth of a factor f or of a commitment,
 * A = g^r X^c is 8 Q_A - r g - c X = 0, and B = alpha^r f^c is 8 Q_B - r alpha - 8 c Q_f = 0.
 * Spec: docs/soundness.md#credentials-and-decryption-factors */
#include "tally/partial_hints.h"

#include <stdlib.h>
#include <string.h>

#include "base/public_random.h"
#include "crypto/batch.h"
#include "tally/transcript.h"

size_t
urne_partial_num_points(const struct urne_election *e)
{
	return urne_hints_serve(e->group) && !e->has_non_homomorphic ? 3 * e->num_choices : 0;
}

/* Where in the order of the hints. */
static size_t
at_A(const struct urne_election *e, size_t i)
{
	return e->num_choices + 2 * i;
}

static size_t
at_B(const struct urne_election *e, size_t i)
{
	return at_A(e, i) + 1;
}

/* make: eighths of a factor and of its commitments, by 1/8, r/8, c/8 modulo q. */
static void
make(struct urne_elem *q, size_t i, const struct urne_partial_decryption *p,
    const struct urne_decryption_of *of, const struct urne_scalar *eighth)
{
	const struct urne_election *e = of->election;
	const struct urne_group *g = e->group;
	struct urne_scalar r, c;
	const struct urne_scalar *x[2] = {&c, eighth};
	struct urne_elem f[2], power;

	urne_scalar_mul(g, &r, &p->proofs[i].response, eighth);
	urne_scalar_mul(g, &c, &p->proofs[i].challenge, eighth);
	urne_elem_pow_many(g, f, &p->factors[i], x, 2, NULL);
	q[i] = f[1];
	urne_elem_pow2_base(g, &q[at_A(e, i)], &r, of->X, &c);
	urne_elem_pow(g, &power, &of->tally->sum[i].alpha, &r);
	urne_elem_mul(g, &q[at_B(e, i)], &power, &f[0]);
}

/* check_challenges: every challenge is the hash of its text, with these commitments. */
static enum urne_err
check_challenges(const struct urne_partial_decryption *p, uint8_t (*encoding)[URNE_ENCODING_LEN],
    const struct urne_decryption_of *of)
{
	const struct urne_election *e = of->election;
	struct urne_sha256 h;
	enum urne_err err = URNE_OK;

	urne_decrypt_transcript(&h, e, of->X);
	for (size_t i = 0; i < e->num_choices && err == URNE_OK; i++) {
		err = urne_dleq_challenge(e->group, &p->proofs[i], encoding[at_A(e, i)], &h);
	}
	return err;
}

/* Where hints are opened: those of a partial decryption, and of every alpha behind them. */
struct opened {
	struct urne_elem *elem; /* of the factors, and room for the others */
	uint8_t (*encoding)[URNE_ENCODING_LEN];
	struct urne_edwards_opened *q;
	void *room;
};

static void
opened_clear(struct opened *o)
{
	free(o->elem);
	free(o->encoding);
	free(o->q);
	free(o->room);
}

static enum urne_err
opened_init(struct opened *o, const struct urne_election *e)
{
	size_t num = 4 * e->num_choices + 1;

	o->elem = calloc(num, sizeof(*o->elem));
	o->encoding = calloc(num, sizeof(*o->encoding));
	o->q = calloc(num, sizeof(*o->q));
	o->room = urne_hints_room();
	return o->elem != NULL && o->encoding != NULL && o->q != NULL && o->room != NULL
		   ? URNE_OK
		   : URNE_ERR_MEMORY;
}

static bool
open_hints(struct opened *o, const uint8_t *hints, size_t num, const struct urne_election *e)
{
	const struct urne_hint_shape shape = {.num = num, .num_elems = e->num_choices};
	const struct urne_hint_list list = {hints, o->q, o->encoding, o->elem};

	return urne_hints_open(&list, 1, &shape, o->room);
}

/* good_by: by hints that were made of it. */
static bool
good_by(struct opened *o, const uint8_t *hints, const struct urne_partial_decryption *p,
    const struct urne_decryption_of *of)
{
	const struct urne_election *e = of->election;
	bool same = open_hints(o, hints, urne_partial_num_points(e), e);

	for (size_t i = 0; same && i < e->num_choices; i++) {
		same = urne_elem_eq(e->group, &o->elem[i], &p->factors[i]);
	}
	return same && check_challenges(p, o->encoding, of) == URNE_OK;
}

enum urne_err
urne_partial_check_and_hint(uint8_t *hints, const struct urne_partial_decryption *p,
    struct urne_diag *d, const struct urne_decryption_of *of)
{
	const struct urne_election *e = of->election;
	struct opened o;
	struct urne_scalar eighth;
	bool good = false;
	enum urne_err err = opened_init(&o, e);

	if (err != URNE_OK) {
		(void)urne_fail(d, err, "no memory to check a partial decryption");
		goto out;
	}
	urne_eighth(&eighth);
	for (size_t i = 0; i < e->num_choices; i++) {
		make(o.elem, i, p, of, &eighth);
	}
	urne_hints_write(hints, o.elem, urne_partial_num_points(e));
	good = good_by(&o, hints, p, of);
	err = good ? URNE_OK : urne_partial_check(p, d, e, of->tally, of->X);
	if (!good && err == URNE_OK) {
		err = urne_fail(d, URNE_ERR_INTERNAL,
		    "two checks disagree whether a partial decryption is right");
	}
out:
	opened_clear(&o);
	return err;
}

/* What a check by hints works on. */
struct equations {
	struct opened opened;
	uint8_t *hints; /* of the partial decryption, and every alpha as if it were one */
	struct urne_batch_sum sum;
};

static void
equations_clear(struct equations *q)
{
	opened_clear(&q->opened);
	free(q->hints);
	free(q->sum.weight);
}

/* equations_init: a factor has three hints, and its alpha is a point of the sum as well. */
static enum urne_err
equations_init(struct equations *q, const struct urne_election *e)
{
	size_t num = 4 * e->num_choices;
	enum urne_err err;

	*q = (struct equations){.sum = {.num = num}};
	err = opened_init(&q->opened, e);
	q->sum.point = q->opened.q;
	q->hints = calloc(num + 1, URNE_HINT_LEN);
	q->sum.weight = calloc(num + 1, sizeof(*q->sum.weight));
	return q->hints != NULL && q->sum.weight != NULL ? err : URNE_ERR_MEMORY;
}

/* open_points: out of the hints, which are anybody's, and of alpha, which is a member. */
static bool
open_points(struct equations *q, const uint8_t *hints, const struct urne_decryption_of *of)
{
	size_t n = of->election->num_choices, num = urne_partial_num_points(of->election);

	for (size_t i = 0; i < n; i++) {
		q->opened.elem[i] = of->tally->sum[i].alpha;
	}
	memcpy(q->hints, hints, num * URNE_HINT_LEN);
	urne_hints_write(q->hints + num * URNE_HINT_LEN, q->opened.elem, n);
	return open_hints(&q->opened, q->hints, num + n, of->election);
}

static void
set_weight(uint64_t weight[4], const struct urne_scalar *x)
{
	for (size_t k = 0; k < 4; k++) {
		weight[k] = x->v[k];
	}
}

static void
next(struct urne_coefficients *coefficients, struct urne_coefficient *c, uint64_t weight[4])
{
	urne_coefficients_next(coefficients, c);
	weight[0] = c->v[0];
	weight[1] = c->v[1];
	weight[2] = weight[3] = 0;
}

/* add_equations of every proof, each with a coefficient of its own. X is the sum's y. Alpha stands
 * there as it is, not as an eighth, and so its weight is divided by 8. */
static void
add_equations(struct equations *q, const struct urne_partial_decryption *p,
    const struct urne_election *e, const struct urne_hash *seed)
{
	const struct urne_group *g = e->group;
	struct urne_weight base = {{0}}, key = {{0}};
	struct urne_coefficients coefficients;
	struct urne_scalar eighth, x;

	urne_eighth(&eighth);
	urne_coefficients_init(&coefficients, seed, 0);
	for (size_t i = 0; i < e->num_choices; i++) {
		const struct urne_proof *proof = &p->proofs[i];
		struct urne_weight alpha = {{0}}, factor = {{0}};
		struct urne_coefficient c;

		next(&coefficients, &c, q->sum.weight[at_A(e, i)]);
		urne_weight_add(&base, &c, &proof->response);
		urne_weight_add(&key, &c, &proof->challenge);
		next(&coefficients, &c, q->sum.weight[at_B(e, i)]);
		urne_weight_add(&alpha, &c, &proof->response);
		urne_weight_add(&factor, &c, &proof->challenge);
		urne_weight_minus(g, &x, &factor);
		set_weight(q->sum.weight[i], &x);
		urne_weight_minus(g, &x, &alpha);
		urne_scalar_mul(g, &x, &x, &eighth);
		set_weight(q->sum.weight[3 * e->num_choices + i], &x);
	}
	urne_weight_minus(g, &q->sum.g, &base);
	urne_weight_minus(g, &q->sum.y, &key);
}

enum urne_err
urne_partial_check_hinted(struct urne_partial_decryption *out, bool *good, struct urne_arena *arena,
    struct urne_view text, const uint8_t *hints, const struct urne_decryption_of *of)
{
	const struct urne_election *e = of->election;
	struct urne_known_elems known = {.num = e->num_choices};
	struct equations q;
	const struct urne_batch_sum *sums[1] = {&q.sum};
	struct urne_bases bases;
	struct urne_hash seed;
	enum urne_err err = equations_init(&q, e);

	*good = false;
	if (err != URNE_OK || urne_partial_num_points(e) == 0 || !open_points(&q, hints, of)) {
		goto out;
	}
	known.elem = q.opened.elem;
	err = urne_partial_read_known(out, arena, NULL, e, text, &known);
	if (err == URNE_OK) {
		err = check_challenges(out, q.opened.encoding, of);
	}
	if (err != URNE_OK) {
		err =
		    urne_err_is_ours(err) ? err : URNE_OK; /* the exact check will say what it is */
		goto out;
	}
	err = urne_public_random(&seed);
	if (err == URNE_OK) {
		urne_bases_of(&bases, e->group, of->X);
		bases.g_powers = e->generator_powers;
		add_equations(&q, out, e, &seed);
		err = urne_batch_holds(good, &bases, sums, 1, NULL);
	}
out:
	equations_clear(&q);
	return err;
}
