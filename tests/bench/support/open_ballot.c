/* SPDX-License-Identifier: EUPL-1.2 */
/* Everything is made as an eighth first, Q, and the ballot gets 8 Q: the hints come with it. The
 * nonces of the proofs are those of crypto/secret/prove_or.c. */
#include "tests/bench/support/open_ballot.h"

#include <stdlib.h>
#include <string.h>

#include "crypto/secret/rng.h"

/* A ciphertext's randomness, an eighth of it, and its plaintext. */
struct open_opening {
	struct urne_scalar r8;
	uint64_t m;
};

/* Of one branch: its commitment's power, an eighth of it, and its challenge. */
struct open_nonce {
	struct urne_scalar w8, c;
};

enum urne_err
open_booth_init(struct open_booth *b, const struct urne_election *e)
{
	const struct urne_question *q = &e->questions[0];
	struct urne_scalar eight;
	size_t parts = urne_answer_num_parts(q), num = urne_question_num_choices(q);
	enum urne_err err;

	*b = (struct open_booth){.e = e, .num_statements = urne_answer_num_statements(q)};
	b->num_branches = 2 * num + urne_answer_num_overall(q);
	b->num_points = 2 + 2 * num + 2 * b->num_branches;
	urne_arena_init(&b->arena, (size_t)1 << 26);
	urne_buf_init(&b->s0, (size_t)1 << 20);
	urne_buf_init(&b->s, (size_t)1 << 20);
	urne_buf_init(&b->text, (size_t)1 << 24);
	urne_election_bases(&b->bases, e);
	urne_scalar_from_u64(e->group, &eight, 8);
	urne_scalar_inv(e->group, &b->eighth, &eight);
	urne_elem_pow_base(e->group, &b->vote, &b->eighth);
	err = urne_ballot_alloc(&b->ballot, &b->arena, e);
	b->q = urne_arena_alloc(&b->arena, b->num_points, sizeof(*b->q));
	b->p = urne_arena_alloc(&b->arena, b->num_points, sizeof(*b->p));
	b->stream = urne_arena_alloc(&b->arena, b->num_points + 1, sizeof(*b->stream));
	b->opening = urne_arena_alloc(&b->arena, parts, sizeof(*b->opening));
	b->parts = urne_arena_alloc(&b->arena, parts, sizeof(*b->parts));
	b->statement = urne_arena_alloc(&b->arena, b->num_statements, sizeof(*b->statement));
	b->branch = urne_arena_alloc(&b->arena, b->num_branches, sizeof(*b->branch));
	b->part = urne_arena_alloc(&b->arena, b->num_branches, sizeof(*b->part));
	b->nonce = urne_arena_alloc(&b->arena, b->num_branches, sizeof(*b->nonce));
	if (err != URNE_OK || b->q == NULL || b->p == NULL || b->stream == NULL ||
	    b->opening == NULL || b->parts == NULL || b->statement == NULL || b->branch == NULL ||
	    b->part == NULL || b->nonce == NULL) {
		return URNE_ERR_MEMORY;
	}
	return URNE_OK;
}

void
open_booth_clear(struct open_booth *b)
{
	urne_arena_clear(&b->arena);
	urne_buf_clear(&b->s0);
	urne_buf_clear(&b->s);
	urne_buf_clear(&b->text);
}

/* power: out = g^x y^z; z may be NULL. */
static void
power(const struct open_booth *b, struct urne_elem *out, const struct urne_scalar *x,
    const struct urne_scalar *z)
{
	const struct urne_group *g = b->e->group;

	urne_elem_identity(g, out);
	if (!urne_scalar_is_zero(x)) {
		urne_elem_mul_pow(g, out, &b->bases.g, b->bases.g_powers, x);
	}
	if (z != NULL) {
		urne_elem_mul_pow(g, out, &b->bases.y, b->bases.y_powers, z);
	}
}

/* eight_times: the points of num eighths, ready to be encoded. */
static void
eight_times(struct open_booth *b, size_t first, size_t num)
{
	const struct urne_group *g = b->e->group;

	for (size_t i = first; i < first + num; i++) {
		b->p[i] = b->q[i];
		for (size_t k = 0; k < 3; k++) {
			urne_elem_mul(g, &b->p[i], &b->p[i], &b->p[i]);
		}
	}
	urne_elem_normalise(g, &b->p[first], num);
}

/* encrypt: credential and choices, and what opens the choices and their sum. */
static void
encrypt(struct open_booth *b, const struct urne_scalar *credential8, const struct urne_hash *stream)
{
	const struct urne_group *g = b->e->group;
	size_t num = urne_question_num_choices(&b->e->questions[0]);
	struct open_opening *sum = &b->opening[num];
	size_t chosen = stream[num].b[0] % num;

	*sum = (struct open_opening){.m = 0};
	power(b, &b->q[0], credential8, NULL);
	for (size_t k = 0; k < num; k++) {
		struct open_opening *o = &b->opening[k];
		struct urne_elem *beta = &b->q[2 + 2 * k];
		struct urne_scalar zero = {{0}};

		urne_scalar_from_hash(g, &o->r8, &stream[k]);
		o->m = k == chosen ? 1 : 0;
		power(b, &b->q[1 + 2 * k], &o->r8, NULL);
		power(b, beta, &zero, &o->r8);
		if (o->m == 1) {
			urne_elem_mul(g, beta, beta, &b->vote);
		}
		urne_scalar_add(g, &sum->r8, &sum->r8, &o->r8);
		sum->m += o->m;
	}
	eight_times(b, 0, 1 + 2 * num);
	b->ballot.credential = b->p[0];
	for (size_t k = 0; k < num; k++) {
		b->parts[k] = (struct urne_ciphertext){b->p[1 + 2 * k], b->p[2 + 2 * k]};
		b->ballot.answers[0].choices[k] = b->parts[k];
	}
	urne_answer_sums(b->parts, g, &b->e->questions[0]);
}

/* describe: what is to be proved. */
static void
describe(struct open_booth *b)
{
	const struct urne_question *q = &b->e->questions[0];
	size_t num = urne_question_num_choices(q), at = 0;

	b->ctx = (struct urne_answer_context){
	    .group = b->e->group,
	    .question = q,
	    .answer = &b->ballot.answers[0],
	    .parts = b->parts,
	};
	urne_buf_reset(&b->s0);
	urne_buf_reset(&b->s);
	urne_ballot_prefix(&b->s0, b->e, &b->ballot);
	urne_answer_text(&b->s, b->e->group, urne_buf_view(&b->s0), b->ctx.answer->choices, num);
	b->ctx.s0 = urne_buf_view(&b->s0);
	b->ctx.s = urne_buf_view(&b->s);
	for (size_t i = 0; i < b->num_statements; i++) {
		urne_answer_statement(&b->statement[i], &b->branch[at], &b->part[at], &b->ctx, i);
		at += b->statement[i].num;
	}
}

/* commit: A = g^w, B = y^w g^((m - M) c) of every branch. */
static void
commit(struct open_booth *b, size_t first, const struct urne_hash *stream)
{
	const struct urne_group *g = b->e->group;

	for (size_t j = 0; j < b->num_branches; j++) {
		const struct open_opening *o = &b->opening[b->part[j]];
		struct open_nonce *n = &b->nonce[j];
		struct urne_scalar m, M, d8;

		urne_scalar_from_hash(g, &n->w8, &stream[2 * j]);
		urne_scalar_from_hash(g, &n->c, &stream[2 * j + 1]);
		urne_scalar_from_u64(g, &m, o->m);
		urne_scalar_from_u64(g, &M, b->branch[j].value);
		urne_scalar_sub(g, &d8, &m, &M);
		urne_scalar_mul(g, &d8, &d8, &n->c);
		urne_scalar_mul(g, &d8, &d8, &b->eighth);
		power(b, &b->q[first + 2 * j], &n->w8, NULL);
		power(b, &b->q[first + 2 * j + 1], &d8, &n->w8);
	}
}

/* respond: w - x c, from eighths of w and x. */
static void
respond(const struct urne_group *g, struct urne_proof *p, const struct urne_scalar *w8,
    const struct urne_scalar *x8)
{
	struct urne_scalar t;

	urne_scalar_mul(g, &t, x8, &p->challenge);
	urne_scalar_sub(g, &t, w8, &t);
	urne_scalar_from_u64(g, &p->response, 8);
	urne_scalar_mul(g, &p->response, &p->response, &t);
}

/* answer: the proof of one statement, whose branches begin at `at` and commitments at p. */
static void
answer(struct open_booth *b, const struct urne_statement *s, size_t at, const struct urne_elem *p)
{
	const struct urne_group *g = b->e->group;
	struct urne_sha256 h;
	struct urne_scalar rest;
	struct urne_hash hash;
	size_t right = 0;

	urne_statement_hash(&h, &b->ctx, s);
	for (size_t k = 0; k < 2 * s->num; k++) {
		urne_sha256_puts(&h, k == 0 ? "" : ",");
		urne_elem_hash(g, &h, &p[k]);
	}
	urne_sha256_final(&h, &hash);
	urne_scalar_from_hash(g, &rest, &hash);
	for (size_t j = 0; j < s->num; j++) {
		s->proof[j].challenge = b->nonce[at + j].c;
		if (b->opening[b->part[at + j]].m == b->branch[at + j].value) {
			right = j;
		} else {
			urne_scalar_sub(g, &rest, &rest, &b->nonce[at + j].c);
		}
	}
	s->proof[right].challenge = rest;
	for (size_t j = 0; j < s->num; j++) {
		respond(g, &s->proof[j], &b->nonce[at + j].w8, &b->opening[b->part[at + j]].r8);
	}
}

/* sign_it: with the commitment of the last point. */
static void
sign_it(struct open_booth *b, struct urne_buf *out, const struct urne_scalar *credential8,
    const struct urne_scalar *w8)
{
	const struct urne_group *g = b->e->group;
	struct urne_ballot *ballot = &b->ballot;
	struct urne_sha256 h;
	struct urne_hash hash;

	urne_buf_reset(&b->text);
	urne_ballot_write_unsigned(&b->text, b->e, ballot);
	urne_sha256_of(&ballot->hash, urne_buf_view(&b->text));
	urne_ballot_signature_transcript(&h, &ballot->hash);
	urne_elem_hash(g, &h, &b->p[b->num_points - 1]);
	urne_sha256_final(&h, &hash);
	urne_scalar_from_hash(g, &ballot->signature.challenge, &hash);
	respond(g, &ballot->signature, w8, credential8);
	urne_ballot_write_signed(
	    out, b->e, urne_buf_view(&b->text), &ballot->hash, &ballot->signature);
}

enum urne_err
open_booth_cast(struct open_booth *b, struct urne_buf *out, uint8_t *hints,
    const struct urne_scalar *credential, const struct urne_hash *seed)
{
	const struct urne_group *g = b->e->group;
	size_t num = urne_question_num_choices(&b->e->questions[0]), at = 0;
	size_t first = 1 + 2 * num; /* of the commitments */
	const struct urne_hash *stream = b->stream;
	struct urne_scalar credential8, w8;
	struct urne_rng rng;

	urne_rng_init_fixed(&rng, seed->b);
	urne_rng_fill(&rng, b->stream, (b->num_points + 1) * sizeof(*b->stream));
	urne_scalar_mul(g, &credential8, credential, &b->eighth);
	b->ballot.election_uuid = b->e->uuid;
	b->ballot.election_hash = b->e->fingerprint;
	encrypt(b, &credential8, stream);
	describe(b);
	commit(b, first, stream + num + 1);
	urne_scalar_from_hash(g, &w8, &stream[num + 1 + 2 * b->num_branches]);
	power(b, &b->q[b->num_points - 1], &w8, NULL);
	eight_times(b, first, b->num_points - first);
	for (size_t i = 0; i < b->num_statements; i++) {
		answer(b, &b->statement[i], at, &b->p[first + 2 * at]);
		at += b->statement[i].num;
	}
	sign_it(b, out, &credential8, &w8);
	if (hints != NULL) {
		urne_hints_write(hints, b->q, b->num_points);
	}
	return urne_buf_error(&b->text) != URNE_OK ? urne_buf_error(&b->text) : urne_buf_error(out);
}
