/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of a ballot: one description that reads and writes it. All lengths follow from the
 * election.
 * Spec: docs/formats.md#ballot */
#include "election/ballot.h"

#include <string.h>

#include "base/limits.h"

/* A ballot of URNE_MAX_CHOICES choices, decoded. */
#define MAX_DECODED ((size_t)1 << 30)

size_t
urne_answer_num_overall(const struct urne_question *q)
{
	if (q->kind != URNE_QUESTION_HOMOMORPHIC) {
		return 1;
	}
	return q->max - q->min + 1 + (q->blank ? 1 : 0);
}

static size_t
num_list_proofs(const struct urne_question *q)
{
	return q->kind == URNE_QUESTION_LISTS ? 2 * q->num_lists : q->blank ? 2 : 0;
}

enum urne_err
urne_ballot_alloc(struct urne_ballot *b, struct urne_arena *arena, const struct urne_election *e)
{
	memset(b, 0, sizeof(*b));
	b->answers = urne_arena_room(arena, e->num_questions, sizeof(*b->answers));
	if (b->answers == NULL) {
		return URNE_ERR_MEMORY;
	}
	for (size_t i = 0; i < e->num_questions; i++) {
		const struct urne_question *q = &e->questions[i];
		struct urne_answer *a = &b->answers[i];
		size_t num = urne_question_num_choices(q);
		bool individual = q->kind != URNE_QUESTION_NON_HOMOMORPHIC;

		a->choices = urne_arena_room(arena, num, sizeof(*a->choices));
		a->individual =
		    urne_arena_room(arena, individual ? 2 * num : 0, sizeof(*a->individual));
		a->overall =
		    urne_arena_room(arena, urne_answer_num_overall(q), sizeof(*a->overall));
		a->list_proofs =
		    urne_arena_room(arena, num_list_proofs(q), sizeof(*a->list_proofs));
		if (a->choices == NULL || a->individual == NULL || a->overall == NULL ||
		    a->list_proofs == NULL) {
			return URNE_ERR_MEMORY;
		}
	}
	return URNE_OK;
}

static bool
proofs_eq(const struct urne_proof *a, const struct urne_proof *b, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		if (!urne_scalar_eq(&a[i].challenge, &b[i].challenge) ||
		    !urne_scalar_eq(&a[i].response, &b[i].response)) {
			return false;
		}
	}
	return true;
}

bool
urne_answer_proofs_eq(const struct urne_question *q, const struct urne_group *g,
    const struct urne_answer *a, const struct urne_answer *b)
{
	bool individual = q->kind != URNE_QUESTION_NON_HOMOMORPHIC;
	const struct urne_nonzero_proof *x = &a->nonzero, *y = &b->nonzero;

	return proofs_eq(a->individual, b->individual,
		   individual ? 2 * urne_question_num_choices(q) : 0) &&
	       proofs_eq(a->overall, b->overall, urne_answer_num_overall(q)) &&
	       proofs_eq(a->list_proofs, b->list_proofs, num_list_proofs(q)) &&
	       (q->kind != URNE_QUESTION_LISTS ||
		   (urne_elem_eq(g, &x->commitment, &y->commitment) &&
		       urne_scalar_eq(&x->challenge, &y->challenge) &&
		       urne_scalar_eq(&x->response[0], &y->response[0]) &&
		       urne_scalar_eq(&x->response[1], &y->response[1])));
}

static void
codec_ciphertexts(
    struct urne_codec *c, const struct urne_group *g, struct urne_ciphertext *ct, size_t num)
{
	urne_codec_array(c);
	for (size_t i = 0; i < num && urne_codec_ok(c); i++) {
		urne_codec_item(c);
		urne_codec_ciphertext_unproved(c, g, &ct[i]);
	}
	urne_codec_array_end(c);
}

static void
codec_proofs(struct urne_codec *c, const struct urne_group *g, struct urne_proof *p, size_t num)
{
	urne_codec_array(c);
	for (size_t i = 0; i < num && urne_codec_ok(c); i++) {
		urne_codec_item(c);
		urne_codec_proof(c, g, &p[i]);
	}
	urne_codec_array_end(c);
}

/* [[proof,proof],...]: num pairs */
static void
codec_pairs(struct urne_codec *c, const struct urne_group *g, struct urne_proof *p, size_t num)
{
	urne_codec_array(c);
	for (size_t i = 0; i < num && urne_codec_ok(c); i++) {
		urne_codec_item(c);
		codec_proofs(c, g, &p[2 * i], 2);
	}
	urne_codec_array_end(c);
}

static void
codec_homomorphic(struct urne_codec *c, const struct urne_group *g, const struct urne_question *q,
    struct urne_answer *a)
{
	size_t num = urne_question_num_choices(q);

	urne_codec_object(c);
	urne_codec_field(c, "choices");
	codec_ciphertexts(c, g, a->choices, num);
	urne_codec_field(c, "individual_proofs");
	codec_pairs(c, g, a->individual, num);
	urne_codec_field(c, "overall_proof");
	codec_proofs(c, g, a->overall, urne_answer_num_overall(q));
	if (q->blank) {
		urne_codec_field(c, "blank_proof");
		codec_proofs(c, g, a->list_proofs, 2);
	}
	urne_codec_object_end(c);
}

static void
codec_non_homomorphic(struct urne_codec *c, const struct urne_group *g, struct urne_answer *a)
{
	urne_codec_object(c);
	urne_codec_field(c, "choices");
	urne_codec_ciphertext_unproved(c, g, &a->choices[0]);
	urne_codec_field(c, "proof");
	urne_codec_proof(c, g, &a->overall[0]);
	urne_codec_object_end(c);
}

static void
codec_lists(struct urne_codec *c, const struct urne_group *g, const struct urne_question *q,
    struct urne_answer *a)
{
	size_t at = 0;

	urne_codec_object(c);
	urne_codec_field(c, "choices");
	urne_codec_array(c);
	for (size_t i = 0; i < q->num_lists && urne_codec_ok(c); i++) {
		urne_codec_item(c);
		codec_ciphertexts(c, g, &a->choices[at], q->lists[i].num_labels);
		at += q->lists[i].num_labels;
	}
	urne_codec_array_end(c);

	urne_codec_field(c, "individual_proofs");
	urne_codec_array(c);
	at = 0;
	for (size_t i = 0; i < q->num_lists && urne_codec_ok(c); i++) {
		urne_codec_item(c);
		codec_pairs(c, g, &a->individual[2 * at], q->lists[i].num_labels);
		at += q->lists[i].num_labels;
	}
	urne_codec_array_end(c);

	urne_codec_field(c, "overall_proof");
	urne_codec_proof(c, g, &a->overall[0]);
	urne_codec_field(c, "list_proofs");
	codec_pairs(c, g, a->list_proofs, q->num_lists);
	urne_codec_field(c, "nonzero_proof");
	urne_codec_nonzero_proof(c, g, &a->nonzero);
	urne_codec_object_end(c);
}

static void
codec_answer(struct urne_codec *c, const struct urne_group *g, const struct urne_question *q,
    struct urne_answer *a)
{
	switch (q->kind) {
	case URNE_QUESTION_HOMOMORPHIC:
		codec_homomorphic(c, g, q, a);
		return;
	case URNE_QUESTION_NON_HOMOMORPHIC:
		codec_non_homomorphic(c, g, a);
		return;
	case URNE_QUESTION_LISTS:
		codec_lists(c, g, q, a);
		return;
	}
}

/* The fields before the signature; no closing brace. */
static void
codec_fields(struct urne_codec *c, const struct urne_election *e, struct urne_ballot *b)
{
	urne_codec_object(c);
	urne_codec_field(c, "election_uuid");
	urne_codec_plain(c, &b->election_uuid, URNE_TEXT_MAX);
	urne_codec_field(c, "election_hash");
	urne_codec_hash_b64(c, &b->election_hash);
	urne_codec_field(c, "credential");
	urne_codec_elem(c, e->group, &b->credential);
	urne_codec_field(c, "answers");
	urne_codec_array(c);
	for (size_t i = 0; i < e->num_questions && urne_codec_ok(c); i++) {
		urne_codec_item(c);
		codec_answer(c, e->group, &e->questions[i], &b->answers[i]);
	}
	urne_codec_array_end(c);
}

void
urne_codec_unsigned_ballot(
    struct urne_codec *c, const struct urne_election *e, struct urne_ballot *b)
{
	codec_fields(c, e, b);
	urne_codec_object_end(c);
}

static void
codec_signature(struct urne_codec *c, const struct urne_group *g, struct urne_hash *hash,
    struct urne_proof *signature)
{
	urne_codec_object(c);
	urne_codec_field(c, "hash");
	urne_codec_hash_b64(c, hash);
	urne_codec_field(c, "proof");
	urne_codec_proof(c, g, signature);
	urne_codec_object_end(c);
}

void
urne_codec_ballot(struct urne_codec *c, const struct urne_election *e, struct urne_ballot *b,
    size_t *unsigned_len)
{
	codec_fields(c, e, b);
	*unsigned_len = c->reading ? (size_t)(c->p - c->start) : 0;
	urne_codec_field(c, "signature");
	codec_signature(c, e->group, &b->hash, &b->signature);
	urne_codec_object_end(c);
}

void
urne_ballot_write(struct urne_buf *out, const struct urne_election *e, const struct urne_ballot *b)
{
	struct urne_ballot copy = *b; /* the codec does not change what it writes */
	struct urne_codec c;
	size_t unused = 0;

	urne_codec_write(&c, out);
	urne_codec_ballot(&c, e, &copy, &unused);
	if (!urne_codec_ok(&c) && out->err == URNE_OK) {
		out->err = c.err;
	}
}

void
urne_ballot_write_unsigned(
    struct urne_buf *out, const struct urne_election *e, const struct urne_ballot *b)
{
	struct urne_ballot copy = *b;
	struct urne_codec c;

	urne_codec_write(&c, out);
	urne_codec_unsigned_ballot(&c, e, &copy);
	if (!urne_codec_ok(&c) && out->err == URNE_OK) {
		out->err = c.err;
	}
}

void
urne_ballot_write_signed(struct urne_buf *out, const struct urne_election *e,
    struct urne_view prepared, const struct urne_hash *hash, const struct urne_proof *signature)
{
	struct urne_hash signed_hash = *hash;
	struct urne_proof proof = *signature;
	struct urne_codec c;

	/* the signature is the last field */
	urne_buf_put(out, prepared.p, prepared.len - strlen("}"));
	urne_buf_puts(out, URNE_SIGNATURE_FIELD);
	urne_codec_write(&c, out);
	codec_signature(&c, e->group, &signed_hash, &proof);
	if (!urne_codec_ok(&c) && out->err == URNE_OK) {
		out->err = c.err;
	}
	urne_buf_putc(out, '}');
}

void
urne_ballot_prefix(struct urne_buf *s0, const struct urne_election *e, const struct urne_ballot *b)
{
	char credential[URNE_TEXT_MAX];
	size_t len = urne_elem_encode(e->group, credential, &b->credential);

	urne_buf_put(s0, e->phi, sizeof(e->phi));
	urne_buf_putc(s0, '|');
	urne_buf_put(s0, credential, len);
}

static void
fill(struct urne_proof *p, size_t num, const struct urne_scalar *s)
{
	for (size_t i = 0; i < num; i++) {
		p[i] = (struct urne_proof){*s, *s};
	}
}

/* Every number of the answer becomes s, every element g; returns how many elements it has. */
static size_t
fill_answer(struct urne_answer *a, const struct urne_question *q, const struct urne_scalar *s,
    const struct urne_elem *g)
{
	size_t num = urne_question_num_choices(q);

	for (size_t i = 0; i < num; i++) {
		a->choices[i] = (struct urne_ciphertext){*g, *g};
	}
	fill(a->individual, q->kind != URNE_QUESTION_NON_HOMOMORPHIC ? 2 * num : 0, s);
	fill(a->overall, urne_answer_num_overall(q), s);
	fill(a->list_proofs, num_list_proofs(q), s);
	a->nonzero = (struct urne_nonzero_proof){*g, *s, {*s, *s}};
	return 2 * num + (q->kind == URNE_QUESTION_LISTS ? 1 : 0);
}

/* Two ballots differ in length only where their numbers do. No number is longer than q - 1, which
 * stands here for all of them; elements are the generator, made up to the longest there could be.
 */
enum urne_err
urne_ballot_max_len(size_t *out, const struct urne_election *e)
{
	struct urne_scalar largest, one;
	struct urne_arena arena;
	struct urne_ballot b;
	struct urne_elem g;
	struct urne_buf text;
	char encoded[URNE_TEXT_MAX];
	size_t missing, num_elems = 1; /* the credential */
	enum urne_err err;

	*out = 0;
	urne_arena_init(&arena, MAX_DECODED);
	urne_buf_init(&text, URNE_MAX_BALLOT);
	urne_elem_generator(e->group, &g);
	missing = urne_elem_text_max(e->group) - urne_elem_encode(e->group, encoded, &g);
	urne_scalar_from_u64(e->group, &one, 1);
	urne_scalar_from_u64(e->group, &largest, 0);
	urne_scalar_sub(e->group, &largest, &largest, &one);
	err = urne_ballot_alloc(&b, &arena, e);
	if (err != URNE_OK) {
		goto out;
	}
	b.election_uuid = e->uuid;
	b.credential = g;
	fill(&b.signature, 1, &largest);
	for (size_t i = 0; i < e->num_questions; i++) {
		num_elems += fill_answer(&b.answers[i], &e->questions[i], &largest, &g);
	}
	urne_ballot_write(&text, e, &b);
	err = urne_buf_error(&text);
	if (err == URNE_OK && text.len + num_elems * missing > URNE_MAX_BALLOT) {
		err = URNE_ERR_LIMIT;
	}
	if (err == URNE_OK) {
		*out = text.len + num_elems * missing;
	}
out:
	urne_arena_clear(&arena);
	urne_buf_clear(&text);
	return err;
}
