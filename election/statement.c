/* SPDX-License-Identifier: EUPL-1.2 */
/* The statements of the three kinds of answers.
 * Spec: docs/protocol.md#answers-and-their-proofs */
#include "election/statement.h"

#include <string.h>

/* Homomorphic: the sum leaves out the blank choice. */
#define PART_SUM(num) (num)
/* Lists: list bits, then each list's candidates, then all candidates. */
#define PART_HEADS(num)	    (num)
#define PART_LIST(num, i)   ((num) + 1 + (i))
#define PART_TOTAL(num, nl) ((num) + 1 + (nl))

size_t
urne_answer_num_parts(const struct urne_question *q)
{
	size_t num = urne_question_num_choices(q);

	switch (q->kind) {
	case URNE_QUESTION_HOMOMORPHIC:
		return num + 1;
	case URNE_QUESTION_NON_HOMOMORPHIC:
		return num;
	case URNE_QUESTION_LISTS:
		return num + 2 + q->num_lists;
	}
	return num;
}

size_t
urne_answer_nonzero_part(const struct urne_question *q)
{
	return PART_TOTAL(urne_question_num_choices(q), q->num_lists);
}

static void
each_addend_of_lists(
    const struct urne_question *q, void (*visit)(void *ctx, size_t part, size_t choice), void *ctx)
{
	size_t num = urne_question_num_choices(q), at = 0;

	for (size_t i = 0; i < q->num_lists; i++) {
		visit(ctx, PART_HEADS(num), at);
		for (size_t j = 1; j < q->lists[i].num_labels; j++) {
			visit(ctx, PART_LIST(num, i), at + j);
			visit(ctx, PART_TOTAL(num, q->num_lists), at + j);
		}
		at += q->lists[i].num_labels;
	}
}

void
urne_answer_each_addend(
    const struct urne_question *q, void (*visit)(void *ctx, size_t part, size_t choice), void *ctx)
{
	size_t num = urne_question_num_choices(q);

	switch (q->kind) {
	case URNE_QUESTION_HOMOMORPHIC:
		for (size_t i = q->blank ? 1 : 0; i < num; i++) {
			visit(ctx, PART_SUM(num), i);
		}
		return;
	case URNE_QUESTION_NON_HOMOMORPHIC:
		return;
	case URNE_QUESTION_LISTS:
		each_addend_of_lists(q, visit, ctx);
		return;
	}
}

struct sums {
	const struct urne_group *g;
	struct urne_ciphertext *parts;
};

static void
add_to_part(void *ctx, size_t part, size_t choice)
{
	struct sums *s = ctx;

	urne_ciphertext_mul(s->g, &s->parts[part], &s->parts[part], &s->parts[choice]);
}

void
urne_answer_sums(
    struct urne_ciphertext *parts, const struct urne_group *g, const struct urne_question *q)
{
	struct sums s = {g, parts};

	for (size_t i = urne_question_num_choices(q); i < urne_answer_num_parts(q); i++) {
		urne_ciphertext_one(g, &parts[i]);
	}
	urne_answer_each_addend(q, add_to_part, &s);
	for (size_t i = urne_question_num_choices(q); i < urne_answer_num_parts(q); i++) {
		/* they go into texts: one inversion for both halves */
		struct urne_elem pair[2] = {parts[i].alpha, parts[i].beta};

		urne_elem_normalise(g, pair, 2);
		parts[i] = (struct urne_ciphertext){pair[0], pair[1]};
	}
}

size_t
urne_answer_num_statements(const struct urne_question *q)
{
	size_t num = urne_question_num_choices(q);

	switch (q->kind) {
	case URNE_QUESTION_HOMOMORPHIC:
		return num + 1 + (q->blank ? 1 : 0);
	case URNE_QUESTION_NON_HOMOMORPHIC:
		return 0;
	case URNE_QUESTION_LISTS:
		return num + 1 + q->num_lists;
	}
	return 0;
}

size_t
urne_answer_max_branches(const struct urne_question *q)
{
	size_t overall = urne_answer_num_overall(q);

	return overall < 2 ? 2 : overall;
}

void
urne_election_max_statement(const struct urne_election *e, size_t *num_parts, size_t *num_branches)
{
	*num_parts = 1;
	*num_branches = 2;
	for (size_t i = 0; i < e->num_questions; i++) {
		size_t parts = urne_answer_num_parts(&e->questions[i]);
		size_t branches = urne_answer_max_branches(&e->questions[i]);

		*num_parts = parts > *num_parts ? parts : *num_parts;
		*num_branches = branches > *num_branches ? branches : *num_branches;
	}
}

void
urne_transcript(struct urne_sha256 *h, const char *tag, struct urne_view s)
{
	urne_sha256_init(h);
	urne_sha256_puts(h, tag);
	urne_sha256_puts(h, "|");
	urne_sha256_put_view(h, s);
	urne_sha256_puts(h, "|");
}

/* part_text: "alpha,beta" of a part. When all elements have texts of the same length, a choice's
 * stands in S, and where; and so does that of a sum, if the texts of sums are there. */
static struct urne_view
part_text(char room[URNE_CIPHERTEXT_TEXT_MAX], const struct urne_answer_context *ctx, size_t part)
{
	size_t elem_len = urne_elem_text_fixed(ctx->group);
	size_t len = 2 * elem_len + 1, num = urne_question_num_choices(ctx->question);
	size_t at = part < num ? ctx->s0.len + 1 + part * (len + 1) : (part - num) * (len + 1);
	struct urne_view texts = part < num ? ctx->s : ctx->sums;

	if (elem_len > 0 && at + len <= texts.len) {
		return (struct urne_view){texts.p + at, len};
	}
	return (struct urne_view){
	    room, urne_ciphertext_encode(ctx->group, room, &ctx->parts[part])};
}

size_t
urne_statement_pieces(struct urne_view piece[URNE_STATEMENT_PIECES],
    char room[URNE_CIPHERTEXT_TEXT_MAX], const struct urne_answer_context *ctx,
    const struct urne_statement *s)
{
	piece[0] = urne_view_of(s->tag);
	piece[1] = urne_view_of("|");
	piece[2] = s->s;
	piece[3] = piece[1];
	if (s->speaks_of == URNE_OF_NO_PART) {
		return 4;
	}
	piece[4] = part_text(room, ctx, s->speaks_of);
	piece[5] = piece[1];
	return 6;
}

void
urne_statement_hash(
    struct urne_sha256 *h, const struct urne_answer_context *ctx, const struct urne_statement *s)
{
	struct urne_view piece[URNE_STATEMENT_PIECES];
	char room[URNE_CIPHERTEXT_TEXT_MAX];
	size_t num = urne_statement_pieces(piece, room, ctx, s);

	urne_sha256_init(h);
	for (size_t i = 0; i < num; i++) {
		urne_sha256_put_view(h, piece[i]);
	}
}

/* begins: tag|s| */
static void
begins(struct urne_statement *out, const char *tag, struct urne_view s)
{
	out->tag = tag;
	out->s = s;
	out->speaks_of = URNE_OF_NO_PART;
}

/* interval: prove|S|alpha,beta| for an interval proof on one part */
static void
interval(struct urne_statement *out, struct urne_view s, size_t part)
{
	begins(out, "prove", s);
	out->speaks_of = part;
}

static void
set_branch(struct urne_statement *out, struct urne_or_branch *branch, size_t *part,
    const struct urne_answer_context *ctx, size_t of, uint64_t value)
{
	branch[out->num] =
	    (struct urne_or_branch){ctx->parts != NULL ? &ctx->parts[of] : NULL, value};
	part[out->num] = of;
	out->num++;
}

/* a choice is 0 or 1: iprove(S0, .., 0, 1) */
static void
individual(struct urne_statement *out, struct urne_or_branch *branch, size_t *part,
    const struct urne_answer_context *ctx, size_t i)
{
	out->field = "individual_proofs";
	out->index = i;
	out->proof = &ctx->answer->individual[2 * i];
	interval(out, ctx->s0, i);
	set_branch(out, branch, part, ctx, i, 0);
	set_branch(out, branch, part, ctx, i, 1);
}

/* blank_proof: m0 = 0 or the sum = 0 */
static void
blank(struct urne_statement *out, struct urne_or_branch *branch, size_t *part,
    const struct urne_answer_context *ctx)
{
	size_t num = urne_question_num_choices(ctx->question);

	out->field = "blank_proof";
	out->proof = ctx->answer->list_proofs;
	begins(out, "bproof0", ctx->s);
	set_branch(out, branch, part, ctx, 0, 0);
	set_branch(out, branch, part, ctx, PART_SUM(num), 0);
}

/* overall_proof: the sum is in min..max; with blank: m0 = 1, or that */
static void
overall(struct urne_statement *out, struct urne_or_branch *branch, size_t *part,
    const struct urne_answer_context *ctx)
{
	const struct urne_question *q = ctx->question;
	size_t sum = PART_SUM(urne_question_num_choices(q));

	out->field = "overall_proof";
	out->proof = ctx->answer->overall;
	if (q->blank) {
		begins(out, "bproof1", ctx->s);
		set_branch(out, branch, part, ctx, 0, 1);
	} else {
		interval(out, ctx->s, sum);
	}
	for (size_t m = q->min; m <= q->max; m++) {
		set_branch(out, branch, part, ctx, sum, m);
	}
}

/* lists: exactly one list */
static void
one_list(struct urne_statement *out, struct urne_or_branch *branch, size_t *part,
    const struct urne_answer_context *ctx)
{
	size_t heads = PART_HEADS(urne_question_num_choices(ctx->question));

	out->field = "overall_proof";
	out->proof = ctx->answer->overall;
	interval(out, ctx->s, heads);
	set_branch(out, branch, part, ctx, heads, 1);
}

/* lists: list i is chosen, or none of its candidates is */
static void
list_or_nobody(struct urne_statement *out, struct urne_or_branch *branch, size_t *part,
    const struct urne_answer_context *ctx, size_t i)
{
	const struct urne_question *q = ctx->question;
	size_t head = 0;

	for (size_t k = 0; k < i; k++) {
		head += q->lists[k].num_labels;
	}
	out->field = "list_proofs";
	out->index = i;
	out->proof = &ctx->answer->list_proofs[2 * i];
	begins(out, "lproof", ctx->s);
	set_branch(out, branch, part, ctx, head, 1);
	set_branch(out, branch, part, ctx, PART_LIST(urne_question_num_choices(q), i), 0);
}

void
urne_answer_statement(struct urne_statement *out, struct urne_or_branch *branch, size_t *part,
    const struct urne_answer_context *ctx, size_t i)
{
	size_t num = urne_question_num_choices(ctx->question);
	bool lists = ctx->question->kind == URNE_QUESTION_LISTS;

	*out = (struct urne_statement){.num = 0};
	if (i < num) {
		individual(out, branch, part, ctx, i);
	} else if (i == num && lists) {
		one_list(out, branch, part, ctx);
	} else if (i == num) {
		overall(out, branch, part, ctx);
	} else if (lists) {
		list_or_nobody(out, branch, part, ctx, i - num - 1);
	} else {
		blank(out, branch, part, ctx);
	}
}

void
urne_answer_text(struct urne_buf *out, const struct urne_group *g, struct urne_view s0,
    const struct urne_ciphertext *choices, size_t num)
{
	char text[URNE_CIPHERTEXT_TEXT_MAX];

	urne_buf_put_view(out, s0);
	urne_buf_putc(out, '|');
	for (size_t i = 0; i < num; i++) {
		urne_buf_puts(out, i == 0 ? "" : ",");
		urne_buf_put(out, text, urne_ciphertext_encode(g, text, &choices[i]));
	}
}

void
urne_ballot_signature_text(char out[URNE_SIGNATURE_TEXT_LEN], const struct urne_hash *hash)
{
	memcpy(out, "sig|", 4);
	urne_b64_hash_encode(out + 4, hash);
	out[4 + URNE_HASH_B64_LEN] = '|';
}

void
urne_ballot_signature_transcript(struct urne_sha256 *h, const struct urne_hash *hash)
{
	char text[URNE_SIGNATURE_TEXT_LEN];

	urne_ballot_signature_text(text, hash);
	urne_sha256_init(h);
	urne_sha256_put(h, text, sizeof(text));
}
