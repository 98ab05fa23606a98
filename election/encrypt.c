/* SPDX-License-Identifier: EUPL-1.2 */
/* Encrypting a vote: ciphertexts and proofs, then the signature. Constant time in choices, seed and
 * credential.
 *
 * The two halves share no randomness. Everything up to the signature is computed from the choices
 * and a seed of 32 bytes, and from nothing else that is secret: whoever is given both computes the
 * same bytes again. The credential's key goes into the seed only through the hash of a generator
 * that the system seeded, and the signature's nonce is drawn from that generator later, under
 * another key: a seed that was revealed tells nothing about either.
 * Spec: docs/protocol.md#answers-and-their-proofs, docs/protocol.md#the-randomness-of-a-ballot */
#include <stdlib.h>

#include "crypto/secret/prove.h"
#include "election/statement.h"
#include "election/vote.h"

struct voter {
	const struct urne_election *e;
	struct urne_rng rng; /* the stream of the seed */
	struct urne_arena arena;
	struct urne_ballot ballot;
	struct urne_ciphertext *parts;
	struct urne_opening *openings; /* of the parts; secret */
	const struct urne_opening **branch_openings;
	struct urne_or_branch *branch;
	size_t *part;
	size_t num_openings;
	struct urne_buf s0, s;
};

static void
voter_clear(struct voter *v)
{
	if (v->openings != NULL) {
		urne_wipe(v->openings, v->num_openings * sizeof(*v->openings));
	}
	free(v->openings);
	urne_rng_clear(&v->rng);
	urne_arena_clear(&v->arena);
	urne_buf_clear(&v->s0);
	urne_buf_clear(&v->s);
}

static enum urne_err
voter_init(struct voter *v, const struct urne_election *e, const struct urne_ballot_seed *seed)
{
	size_t parts = 0, branches = 0;
	enum urne_err err = URNE_OK;

	urne_election_max_statement(e, &parts, &branches);
	v->e = e;
	urne_rng_init_fixed(&v->rng, seed->b);
	v->num_openings = parts;
	urne_arena_init(&v->arena, (size_t)1 << 32);
	urne_buf_init(&v->s0, 2 * URNE_TEXT_MAX);
	urne_buf_init(&v->s, URNE_MAX_BALLOT);
	err = urne_ballot_alloc(&v->ballot, &v->arena, e);
	v->openings = calloc(parts, sizeof(*v->openings));
	v->parts = urne_arena_alloc(&v->arena, parts, sizeof(*v->parts));
	v->branch = urne_arena_alloc(&v->arena, branches, sizeof(*v->branch));
	v->part = urne_arena_alloc(&v->arena, branches, sizeof(*v->part));
	v->branch_openings = urne_arena_alloc(&v->arena, branches, sizeof(*v->branch_openings));
	if (err != URNE_OK || v->openings == NULL || v->parts == NULL || v->branch == NULL ||
	    v->part == NULL || v->branch_openings == NULL) {
		return URNE_ERR_MEMORY;
	}
	return URNE_OK;
}

static void
add_to_part(void *ctx, size_t part, size_t choice)
{
	struct voter *v = ctx;
	const struct urne_group *g = v->e->group;
	struct urne_opening *sum = &v->openings[part];

	urne_ciphertext_mul(g, &v->parts[part], &v->parts[part], &v->parts[choice]);
	urne_secret_add(g, &sum->r, &sum->r, &v->openings[choice].r);
	sum->m += v->openings[choice].m;
}

/* alpha = g^r, beta = y^r g^m for every choice, then the sums. */
static void
encrypt_choices(
    struct voter *v, const struct urne_question *q, struct urne_answer *a, const uint64_t *m)
{
	const struct urne_group *g = v->e->group;
	size_t num = urne_question_num_choices(q);

	for (size_t i = 0; i < num; i++) {
		v->openings[i].m = m[i];
		urne_encrypt(g, &a->choices[i], &v->openings[i], &v->rng, &v->e->public_key);
		v->parts[i] = a->choices[i];
	}
	for (size_t i = num; i < urne_answer_num_parts(q); i++) {
		urne_ciphertext_one(g, &v->parts[i]);
		urne_secret_from_u64(g, &v->openings[i].r, 0);
		v->openings[i].m = 0;
	}
	urne_answer_each_addend(q, add_to_part, v);
}

static void
prove_answer(struct voter *v, const struct urne_question *q, struct urne_answer *a)
{
	const struct urne_group *g = v->e->group;
	struct urne_answer_context ctx = {
	    .group = g,
	    .question = q,
	    .answer = a,
	    .parts = v->parts,
	    .s0 = urne_buf_view(&v->s0),
	    .s = urne_buf_view(&v->s),
	};
	struct urne_sha256 h;

	for (size_t i = 0; i < urne_answer_num_statements(q); i++) {
		struct urne_statement s;

		urne_answer_statement(&s, v->branch, v->part, &ctx, i);
		for (size_t j = 0; j < s.num; j++) {
			v->branch_openings[j] = &v->openings[v->part[j]];
		}
		urne_statement_hash(&h, &ctx, &s);
		urne_or_prove(g, s.proof, s.num, &v->rng, &v->e->public_key, v->branch,
		    v->branch_openings, &h);
	}
	if (q->kind == URNE_QUESTION_LISTS) {
		size_t total = urne_answer_nonzero_part(q);

		urne_transcript(&h, "nonzero", ctx.s);
		urne_nonzero_prove(g, &a->nonzero, &v->rng, &v->e->public_key, &v->parts[total],
		    &v->openings[total], &h);
	}
}

static enum urne_err
answer_all(struct voter *v, struct urne_diag *d, const struct urne_choices *choices)
{
	const struct urne_election *e = v->e;
	size_t at = 0;

	urne_ballot_prefix(&v->s0, e, &v->ballot);
	for (size_t i = 0; i < e->num_questions; i++) {
		const struct urne_question *q = &e->questions[i];
		size_t num = urne_question_num_choices(q);

		if (q->kind == URNE_QUESTION_NON_HOMOMORPHIC) {
			return urne_fail(d, URNE_ERR_UNSUPPORTED,
			    "question %zu is non-homomorphic: this version cannot vote on it",
			    i + 1);
		}
		encrypt_choices(v, q, &v->ballot.answers[i], choices->m + at);
		urne_buf_reset(&v->s);
		urne_answer_text(
		    &v->s, e->group, urne_buf_view(&v->s0), v->ballot.answers[i].choices, num);
		if (urne_buf_error(&v->s0) != URNE_OK || urne_buf_error(&v->s) != URNE_OK) {
			return urne_fail(d, URNE_ERR_LIMIT, "the ballot is too long");
		}
		prove_answer(v, q, &v->ballot.answers[i]);
		at += num;
	}
	return URNE_OK;
}

void
urne_ballot_seed_draw(struct urne_ballot_seed *out, const struct urne_election *e,
    const struct urne_choices *choices, const struct urne_secret *credential, struct urne_rng *rng)
{
	urne_rng_mix(rng, credential, sizeof(*credential));
	urne_rng_mix(rng, choices->m, choices->num * sizeof(*choices->m));
	urne_rng_mix(rng, &e->fingerprint, sizeof(e->fingerprint));
	urne_rng_fill(rng, out->b, sizeof(out->b));
}

void
urne_ballot_seed_clear(struct urne_ballot_seed *s)
{
	urne_wipe(s, sizeof(*s));
}

enum urne_err
urne_ballot_prepare(struct urne_buf *out, struct urne_hash *hash, struct urne_diag *d,
    const struct urne_election *e, const struct urne_choices *choices,
    const struct urne_elem *credential, const struct urne_ballot_seed *seed)
{
	struct voter v = {0};
	struct urne_buf text;
	enum urne_err err = voter_init(&v, e, seed);

	*hash = (struct urne_hash){{0}};
	urne_buf_init(&text, URNE_MAX_BALLOT);
	if (err != URNE_OK) {
		(void)urne_fail(d, err, "no memory to encrypt a ballot");
		goto out;
	}
	v.ballot.election_uuid = e->uuid;
	v.ballot.election_hash = e->fingerprint;
	v.ballot.credential = *credential;
	err = answer_all(&v, d, choices);
	if (err != URNE_OK) {
		goto out;
	}
	urne_ballot_write_unsigned(&text, e, &v.ballot);
	urne_buf_put_view(out, urne_buf_view(&text));
	err = urne_buf_error(&text) != URNE_OK ? urne_buf_error(&text) : urne_buf_error(out);
	if (err != URNE_OK) {
		(void)urne_fail(d, err, "the ballot is too long");
		goto out;
	}
	urne_sha256_of(hash, urne_buf_view(&text));
out:
	urne_buf_clear(&text);
	voter_clear(&v);
	return err;
}

enum urne_err
urne_ballot_sign(struct urne_buf *out, struct urne_hash *tracker, struct urne_diag *d,
    const struct urne_election *e, struct urne_view prepared, const struct urne_secret *credential,
    struct urne_rng *rng)
{
	size_t before = out->len;
	struct urne_proof signature;
	struct urne_sha256 h;
	struct urne_hash hash;

	*tracker = (struct urne_hash){{0}};
	urne_sha256_of(&hash, prepared);
	/* witness and statement: two texts never share a nonce */
	urne_rng_mix(rng, credential, sizeof(*credential));
	urne_rng_mix(rng, &hash, sizeof(hash));
	urne_ballot_signature_transcript(&h, &hash);
	urne_schnorr_prove(e->group, &signature, rng, credential, &h);
	urne_ballot_write_signed(out, e, prepared, &hash, &signature);
	if (urne_buf_error(out) != URNE_OK) {
		return urne_fail(d, urne_buf_error(out), "the ballot is too long");
	}
	urne_sha256_of(tracker, (struct urne_view){out->data + before, out->len - before});
	return URNE_OK;
}

enum urne_err
urne_ballot_encrypt(struct urne_buf *out, struct urne_hash *tracker, struct urne_diag *d,
    const struct urne_election *e, const struct urne_choices *choices,
    const struct urne_secret *credential, struct urne_rng *rng)
{
	struct urne_ballot_seed seed;
	struct urne_elem public_credential;
	struct urne_buf prepared;
	struct urne_hash hash;
	enum urne_err err;

	*tracker = (struct urne_hash){{0}};
	urne_buf_init(&prepared, URNE_MAX_BALLOT);
	urne_ballot_seed_draw(&seed, e, choices, credential, rng);
	urne_secret_base(e->group, &public_credential, credential);
	err = urne_ballot_prepare(&prepared, &hash, d, e, choices, &public_credential, &seed);
	urne_ballot_seed_clear(&seed);
	if (err == URNE_OK) {
		err =
		    urne_ballot_sign(out, tracker, d, e, urne_buf_view(&prepared), credential, rng);
	}
	urne_buf_clear(&prepared);
	return err;
}
