/* SPDX-License-Identifier: EUPL-1.2 */
/* Opened ballots. Nothing in them is secret any more, so they are compared in variable time. What
 * is compared in the end are the bytes; what is compared before only finds words for a difference.
 * Spec: docs/formats.md#opened-ballot, docs/protocol.md#the-randomness-of-a-ballot */
#include "election/opened.h"

#include <string.h>

#include "crypto/sha256.h"

/* Two ballots of URNE_MAX_CHOICES choices, decoded. */
#define MAX_DECODED ((size_t)2 << 30)

static void
codec_choices(struct urne_codec *c, const struct urne_election *e, uint64_t *m)
{
	urne_codec_array(c);
	for (size_t i = 0; i < e->num_questions && urne_codec_ok(c); i++) {
		size_t num = urne_question_num_choices(&e->questions[i]);

		urne_codec_item(c);
		urne_codec_array(c);
		for (size_t j = 0; j < num && urne_codec_ok(c); j++) {
			urne_codec_item(c);
			urne_codec_u64(c, m++, 1);
		}
		urne_codec_array_end(c);
	}
	urne_codec_array_end(c);
}

/* The fields behind the ballot. */
static void
codec_opening(
    struct urne_codec *c, const struct urne_election *e, uint64_t *m, struct urne_ballot_seed *seed)
{
	struct urne_hash hex;

	memcpy(hex.b, seed->b, sizeof(hex.b));
	urne_codec_field(c, "choices");
	codec_choices(c, e, m);
	urne_codec_field(c, "seed");
	urne_codec_hash_hex(c, &hex);
	urne_codec_object_end(c);
	memcpy(seed->b, hex.b, sizeof(seed->b));
	urne_wipe(&hex, sizeof(hex));
}

#define HEAD "{\"urne_audit\":"

static void
codec_head(struct urne_codec *c)
{
	urne_codec_object(c);
	urne_codec_field(c, "urne_audit");
	urne_codec_literal(c, "1");
	urne_codec_field(c, "ballot");
}

void
urne_opened_write(struct urne_buf *out, const struct urne_election *e, struct urne_view prepared,
    const struct urne_choices *choices, const struct urne_ballot_seed *seed)
{
	struct urne_ballot_seed shown = *seed;
	struct urne_codec c;

	urne_codec_write(&c, out);
	codec_head(&c);
	urne_buf_put_view(out, prepared);
	codec_opening(&c, e, choices->m, &shown); /* writing, it changes neither */
	if (!urne_codec_ok(&c) && out->err == URNE_OK) {
		out->err = c.err;
	}
	urne_ballot_seed_clear(&shown);
}

bool
urne_opened_is(struct urne_view text)
{
	return urne_view_starts(text, HEAD);
}

enum urne_err
urne_opened_read(struct urne_opened *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_election *e, struct urne_view text)
{
	static const struct urne_hash unread;
	struct urne_codec c;
	const char *start;
	enum urne_err err;

	*out = (struct urne_opened){.choices = {.num = e->num_choices}};
	err = urne_ballot_alloc(&out->ballot, arena, e);
	out->choices.m = urne_arena_alloc(arena, e->num_choices, sizeof(*out->choices.m));
	if (err != URNE_OK || out->choices.m == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a ballot");
	}
	urne_codec_read(&c, text, arena);
	codec_head(&c);
	start = c.p;
	urne_codec_unsigned_ballot(&c, e, &out->ballot);
	out->prepared = (struct urne_view){start, (size_t)(c.p - start)};
	codec_opening(&c, e, out->choices.m, &out->seed);
	/* lengths follow from the election: of another one they are wrong, which is not the point
	 */
	if (!urne_hash_eq(&out->ballot.election_hash, &unread)) {
		err = urne_ballot_check_election(&out->ballot, d, e);
	}
	if (err == URNE_OK) {
		err = urne_codec_end(&c, d);
	}
	if (err == URNE_OK) {
		err = urne_ballot_check_members(&out->ballot, d, e);
	}
	if (err == URNE_OK) {
		urne_sha256_of(&out->fingerprint, out->prepared);
	}
	return err;
}

/* --- what differs --- */

struct comparison {
	const struct urne_election *e;
	const struct urne_answer *given, *made;
	urne_opened_difference_fn *fn;
	void *ctx;
	size_t num;
};

static void
differ(
    struct comparison *c, enum urne_opened_what what, size_t question, size_t choice, size_t other)
{
	const struct urne_opened_difference x = {what, question, choice, other};

	c->num++;
	c->fn(c->ctx, &x);
}

/* The answer to question i was made for question j. */
static bool
is_answer_to(const struct comparison *c, size_t i, size_t j)
{
	size_t num = urne_question_num_choices(&c->e->questions[i]);

	if (num != urne_question_num_choices(&c->e->questions[j])) {
		return false;
	}
	for (size_t k = 0; k < num; k++) {
		if (!urne_ciphertext_eq(
			c->e->group, &c->given[i].choices[k], &c->made[j].choices[k])) {
			return false;
		}
	}
	return true;
}

static bool
has_randomness(const struct comparison *c, size_t i, size_t choice)
{
	return urne_elem_eq(
	    c->e->group, &c->given[i].choices[choice].alpha, &c->made[i].choices[choice].alpha);
}

/* beta is y^r g^m: with the same r one with m = 1 is g times one with m = 0. */
static void
compare_choice(struct comparison *c, size_t i, size_t choice)
{
	const struct urne_group *g = c->e->group;
	const struct urne_elem *given = &c->given[i].choices[choice].beta;
	const struct urne_elem *made = &c->made[i].choices[choice].beta;
	struct urne_elem generator, more;

	if (urne_elem_eq(g, given, made)) {
		return;
	}
	urne_elem_generator(g, &generator);
	urne_elem_mul(g, &more, made, &generator);
	if (urne_elem_eq(g, &more, given)) {
		differ(c, URNE_OPENED_MARKED, i, choice, 0);
		return;
	}
	urne_elem_mul(g, &more, given, &generator);
	differ(c, urne_elem_eq(g, &more, made) ? URNE_OPENED_UNMARKED : URNE_OPENED_FORGED, i,
	    choice, 0);
}

static bool
is_of_seed(const struct comparison *c, size_t i)
{
	size_t num = urne_question_num_choices(&c->e->questions[i]);

	for (size_t k = 0; k < num; k++) {
		if (!has_randomness(c, i, k)) {
			return false;
		}
	}
	return true;
}

static void
compare_answer(struct comparison *c, size_t i)
{
	const struct urne_question *q = &c->e->questions[i];
	size_t before = c->num;

	if (!is_of_seed(c, i)) {
		size_t j = 0;
		while (j < c->e->num_questions && !is_answer_to(c, i, j)) {
			j++;
		}
		differ(
		    c, j < c->e->num_questions ? URNE_OPENED_SWAPPED : URNE_OPENED_ANSWER, i, 0, j);
		return;
	}
	for (size_t k = 0; k < urne_question_num_choices(q); k++) {
		compare_choice(c, i, k);
	}
	if (c->num == before && !urne_answer_proofs_eq(q, c->e->group, &c->given[i], &c->made[i])) {
		differ(c, URNE_OPENED_PROOF, i, 0, 0);
	}
}

static void
compare(struct comparison *c)
{
	size_t num_of_seed = 0, num_swapped = 0;

	for (size_t i = 0; i < c->e->num_questions; i++) {
		bool here = is_of_seed(c, i);
		num_of_seed += here ? 1 : 0;
		for (size_t j = 0; !here && j < c->e->num_questions; j++) {
			num_swapped += is_answer_to(c, i, j) ? 1 : 0;
		}
	}
	if (num_of_seed == 0 && num_swapped == 0) {
		differ(c, URNE_OPENED_EVERYTHING, 0, 0, 0);
		return;
	}
	for (size_t i = 0; i < c->e->num_questions; i++) {
		compare_answer(c, i);
	}
}

/* Reads what was just made. */
static enum urne_err
read_made(struct urne_ballot *b, struct urne_arena *arena, const struct urne_election *e,
    struct urne_view prepared)
{
	struct urne_codec c;
	enum urne_err err = urne_ballot_alloc(b, arena, e);

	if (err != URNE_OK) {
		return err;
	}
	urne_codec_read(&c, prepared, arena);
	urne_codec_unsigned_ballot(&c, e, b);
	return urne_codec_end(&c, NULL) == URNE_OK ? URNE_OK : URNE_ERR_INTERNAL;
}

enum urne_err
urne_opened_check(const struct urne_opened *o, struct urne_diag *d, const struct urne_election *e,
    urne_opened_difference_fn *fn, void *ctx)
{
	struct comparison c = {.e = e, .given = o->ballot.answers, .fn = fn, .ctx = ctx};
	struct urne_arena arena;
	struct urne_ballot made;
	struct urne_buf text;
	struct urne_hash hash;
	enum urne_err err = urne_choices_check(&o->choices, d, e);

	if (err != URNE_OK) {
		urne_diag_within(d, "no ballot may say this: ");
		return err;
	}
	urne_arena_init(&arena, MAX_DECODED);
	urne_buf_init(&text, URNE_MAX_BALLOT);
	err = urne_ballot_prepare(&text, &hash, d, e, &o->choices, &o->ballot.credential, &o->seed);
	if (err == URNE_OK && !urne_view_eq(urne_buf_view(&text), o->prepared)) {
		err = read_made(&made, &arena, e, urne_buf_view(&text));
		if (err == URNE_OK) {
			c.made = made.answers;
			compare(&c);
			err = urne_fail(d, URNE_ERR_MISMATCH,
			    "the ballot is not what its choices and its seed make: %zu "
			    "difference%s",
			    c.num, c.num == 1 ? "" : "s");
		} else {
			(void)urne_fail(d, err, "no memory to compare a ballot");
		}
	}
	urne_arena_clear(&arena);
	urne_buf_clear(&text);
	return err;
}
