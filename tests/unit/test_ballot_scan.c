/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the scanner of ballots and their codec read the same texts with the same values:
 * ballots of every kind of question, whatever byte of them is changed, and values at every border.
 * The ballots here are of the right form only; no proof in them is one. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "tests/unit/support/ballot_case.h"
#include "tests/unit/support/both_readers.h"

#define ONE   "{\"answers\":[\"A\",\"B\"],\"min\":0,\"max\":1,\"question\":\"one\"}"
#define BLANK "{\"answers\":[\"A\",\"B\"],\"blank\":true,\"min\":1,\"max\":2,\"question\":\"two\"}"
#define LISTS                                                                                      \
	"{\"type\":\"Lists\",\"value\":{\"answers\":[[\"L1\",\"a\"],[\"L2\",\"b\"]],\"question\":" \
	"\"three\"}}"
#define WHOLE                                                                                      \
	"{\"type\":\"NonHomomorphic\",\"value\":{\"answers\":[\"A\",\"B\"],\"question\":\"four\"}" \
	"}"

/* In large groups every `step`th byte is changed: there a member is recognised by a power. */
static const struct {
	const struct urne_group *g;
	const char *questions;
	size_t step;
} elections[] = {
    {&urne_group_ed25519, "[" ONE "]", 1},
    {&urne_group_ed25519, "[" BLANK "]", 1},
    {&urne_group_ed25519, "[" LISTS "]", 1},
    {&urne_group_ed25519, "[" WHOLE "," ONE "]", 1},
    {&urne_group_ed25519, "[" ONE "," LISTS "," BLANK "]", 3},
    {&urne_group_belenios_2048, "[" BLANK "," LISTS "]", 31},
    {&urne_group_rfc_3526_2048, "[" WHOLE "," ONE "]", 31},
};
#define NUM_ELECTIONS (sizeof(elections) / sizeof(elections[0]))

static void
random_elem(struct ballot_case *f, struct urne_elem *out)
{
	urne_elem_base_u64(f->e.group, out, 1 + urne_rng_below(&f->rng, 1000000));
	urne_elem_normalise(f->e.group, out, 1);
}

/* Numbers of all lengths. */
static void
random_scalar(struct ballot_case *f, struct urne_scalar *out)
{
	struct urne_hash h;
	uint64_t cut = urne_rng_below(&f->rng, 64);

	urne_rng_fill(&f->rng, h.b, sizeof(h.b));
	if (cut < sizeof(h.b)) {
		memset(h.b, 0, cut);
	}
	urne_scalar_from_hash(f->e.group, out, &h);
}

static void
random_proofs(struct ballot_case *f, struct urne_proof *p, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		random_scalar(f, &p[i].challenge);
		random_scalar(f, &p[i].response);
	}
}

static void
random_answer(struct ballot_case *f, const struct urne_question *q, struct urne_answer *a)
{
	size_t num = urne_question_num_choices(q);
	struct urne_proof nonzero[2];

	for (size_t i = 0; i < num; i++) {
		random_elem(f, &a->choices[i].alpha);
		random_elem(f, &a->choices[i].beta);
	}
	random_proofs(f, a->individual, q->kind == URNE_QUESTION_NON_HOMOMORPHIC ? 0 : 2 * num);
	random_proofs(f, a->overall, urne_answer_num_overall(q));
	random_proofs(f, a->list_proofs,
	    q->kind == URNE_QUESTION_LISTS ? 2 * q->num_lists
	    : q->blank			   ? 2
					   : 0);
	random_elem(f, &a->nonzero.commitment);
	random_proofs(f, nonzero, 2);
	a->nonzero.challenge = nonzero[0].challenge;
	a->nonzero.response[0] = nonzero[0].response;
	a->nonzero.response[1] = nonzero[1].response;
}

/* A ballot of the right form, in `b` and as a text. */
static void
random_ballot(struct ballot_case *f, struct urne_ballot *b, struct urne_buf *text)
{
	urne_buf_init(text, URNE_MAX_BALLOT);
	assert_ok(urne_ballot_alloc(b, &f->arena, &f->e));
	b->election_uuid = f->e.uuid;
	b->election_hash = f->e.fingerprint;
	random_elem(f, &b->credential);
	for (size_t i = 0; i < f->e.num_questions; i++) {
		random_answer(f, &f->e.questions[i], &b->answers[i]);
	}
	urne_rng_fill(&f->rng, b->hash.b, sizeof(b->hash.b));
	random_proofs(f, &b->signature, 1);
	urne_ballot_write(text, &f->e, b);
	assert_ok(urne_buf_error(text));
}

/* The ways in which the byte at `at` is changed. */
enum change {
	OTHER_VALUE,
	OTHER_CASE,
	QUOTE,
	ZERO,
	BRACKET,
	NUL,
	NOT_ASCII,
	LEFT_OUT,
	TWICE,
	SPACE_BEFORE,
	CUT_OFF,
	NUM_CHANGES,
};

static size_t
change(char *out, struct urne_view in, size_t at, enum change how)
{
	static const struct {
		char put;  /* in its place, unless 0 */
		int flip;  /* these bits of it */
		int shift; /* what follows moves by so much */
	} ways[NUM_CHANGES] = {
	    [OTHER_VALUE] = {0, 1, 0},
	    [OTHER_CASE] = {0, 0x20, 0},
	    [QUOTE] = {'"', 0, 0},
	    [ZERO] = {'0', 0, 0},
	    [BRACKET] = {']', 0, 0},
	    [NUL] = {0, 0, 0},
	    [NOT_ASCII] = {(char)0xc3, 0, 0},
	    [LEFT_OUT] = {0, 0, -1},
	    [TWICE] = {0, 0, 1},
	    [SPACE_BEFORE] = {' ', 0, 1},
	    [CUT_OFF] = {0, 0, 0},
	};
	size_t rest = in.len - at;

	memcpy(out, in.p, in.len);
	if (how == CUT_OFF) {
		return at;
	}
	if (ways[how].shift > 0) {
		memmove(out + at + 1, in.p + at, rest);
	} else if (ways[how].shift < 0) {
		memmove(out + at, in.p + at + 1, rest - 1);
		return in.len - 1;
	}
	out[at] = (char)(ways[how].put != 0 ? ways[how].put : out[at] ^ ways[how].flip);
	if (how == NUL) {
		out[at] = '\0';
	}
	return in.len + (ways[how].shift > 0 ? 1 : 0);
}

/* The elements of a ballot in the order of its text. */
static size_t
collect(struct urne_elem *out, const struct urne_election *e, const struct urne_ballot *b)
{
	size_t n = 0;

	out[n++] = b->credential;
	for (size_t i = 0; i < e->num_questions; i++) {
		for (size_t k = 0; k < urne_question_num_choices(&e->questions[i]); k++) {
			out[n++] = b->answers[i].choices[k].alpha;
			out[n++] = b->answers[i].choices[k].beta;
		}
		if (e->questions[i].kind == URNE_QUESTION_LISTS) {
			out[n++] = b->answers[i].nonzero.commitment;
		}
	}
	return n;
}

enum { MOST_ELEMS = 64 };

/* Elements that are known change nothing: with those of a ballot, the texts that are taken are
 * those that have them. */
static bool
agrees_with_known(struct urne_arena *arena, const struct urne_election *e, struct urne_view text,
    struct urne_known_elems *known, enum both_readers both)
{
	struct urne_elem elem[MOST_ELEMS];
	struct urne_ballot b, read;
	bool taken, same = both == BOTH_TAKE;

	known->at = 0;
	taken = urne_ballot_read_known(&read, arena, e, text, known) == URNE_OK;
	if (same) {
		assert_ok(urne_ballot_read_unproved(&b, arena, NULL, e, text));
		assert_int_equal(collect(elem, e, &b), known->num);
		for (size_t i = 0; i < known->num; i++) {
			same = same && urne_elem_eq(e->group, &elem[i], &known->elem[i]);
		}
	}
	return taken == same && (!taken || both_readers_same(e, &read, &b));
}

static void
the_readers_agree_whatever_byte_is_changed(void **state)
{
	for (size_t i = 0; i < NUM_ELECTIONS; i++) {
		size_t seen[3] = {0};
		struct ballot_case f;
		struct urne_ballot b;
		struct urne_buf text;
		struct urne_arena arena;
		struct urne_elem elem[MOST_ELEMS];
		struct urne_known_elems known = {.elem = elem};
		struct urne_view v;
		char *changed;

		ballot_case_init(&f, elections[i].g, elections[i].questions);
		random_ballot(&f, &b, &text);
		known.num = collect(elem, &f.e, &b);
		urne_arena_init(&arena, (size_t)1 << 24);
		v = urne_buf_view(&text);
		assert_int_equal(both_readers(&arena, &f.e, v), BOTH_TAKE);
		for (size_t k = 0; k < 4 * v.len; k += elections[i].step) {
			/* four of the ways for each byte, and its neighbours have others */
			enum change how = (enum change)((k / 4 * 3 + k % 4) % NUM_CHANGES);
			enum both_readers both;
			size_t len;

			/* of exactly this length, so that a sanitizer sees a read past the end */
			changed = malloc(v.len + 1);
			assert_non_null(changed);
			len = change(changed, v, k / 4, how);
			changed = realloc(changed, len > 0 ? len : 1);
			assert_non_null(changed);
			urne_arena_reset(&arena);
			both = both_readers(&arena, &f.e, (struct urne_view){changed, len});
			if (both == READERS_DIFFER ||
			    !agrees_with_known(
				&arena, &f.e, (struct urne_view){changed, len}, &known, both)) {
				fail_msg("election %zu, byte %zu, change %d", i, k / 4, (int)how);
			}
			seen[both]++;
			free(changed);
		}
		/* digits of numbers are changed into others, and brackets into what nobody takes */
		assert_true(seen[BOTH_TAKE] > 4 * v.len / elections[i].step / 50);
		assert_true(seen[BOTH_REFUSE] > 4 * v.len / elections[i].step / 3);
		urne_arena_clear(&arena);
		urne_buf_clear(&text);
		ballot_case_clear(&f);
	}
}

/* puts `value` in the place of the first one in quotes behind `name`. */
static void
put(struct urne_buf *out, struct urne_view text, const char *name, struct urne_view value)
{
	char *copy = malloc(text.len + 1);
	const char *at, *end;

	assert_non_null(copy);
	memcpy(copy, text.p, text.len);
	copy[text.len] = '\0';
	at = strstr(copy, name);
	assert_non_null(at);
	at += strlen(name) + strlen("\":\"");
	end = strchr(at, '"');
	assert_non_null(end);
	urne_buf_reset(out);
	urne_buf_put(out, copy, (size_t)(at - copy));
	urne_buf_put_view(out, value);
	urne_buf_puts(out, end);
	free(copy);
}

static const struct {
	const char *name;
	const char *value;
	enum both_readers want;
} values[] = {
    {"response", "0", BOTH_TAKE},
    {"response", "00", BOTH_REFUSE},
    {"response", "01", BOTH_REFUSE},
    {"response", "", BOTH_REFUSE},
    {"response", "-1", BOTH_REFUSE},
    {"response", "1x", BOTH_REFUSE},
    {"response", "1234567/", BOTH_REFUSE},
    {"response", "1234567:", BOTH_REFUSE},
    {"response", "12345678", BOTH_TAKE},
    {"response", "1234567890123456", BOTH_TAKE},
    {"response", "12345678901234567", BOTH_TAKE},
    {"response", "18446744073709551616", BOTH_TAKE},
    /* 64 digits, 65, and 76 that are below q; a sign, a space and a letter at their ends */
    {"response", "9999999999999999999999999999999999999999999999999999999999999999", BOTH_TAKE},
    {"response", "10000000000000000000000000000000000000000000000000000000000000000", BOTH_TAKE},
    {"response", "1000000000000000000000000000000000000000000000000000000000000000000000000001",
	BOTH_TAKE},
    {"response", "0000000000000000000000000000000000000000000000000000000000000000000000000001",
	BOTH_REFUSE},
    {"response", "-000000000000000000000000000000000000000000000000000000000000000000000000001",
	BOTH_REFUSE},
    {"response", "+100000000000000000000000000000000000000000000000000000000000000000000000001",
	BOTH_REFUSE},
    {"response", "100000000000000000000000000000000000000000000000000000000000000000000000000 ",
	BOTH_REFUSE},
    {"response", "100000000000000000000000000000000000000000000000000000000000000000000000000a",
	BOTH_REFUSE},
    {"response",
	"1000000000000000000000000000000000000000000000000000000000000000a00000000000"
	"0",
	BOTH_REFUSE},
    /* 80 digits and 81 */
    {"response", "10000000000000000000000000000000000000000000000000000000000000000000000000000000",
	BOTH_REFUSE},
    {"response",
	"100000000000000000000000000000000000000000000000000000000000000000000000000000000",
	BOTH_REFUSE},
    /* q - 1, q, q + 1, 2^253, 2^256 - 1, 2^256 */
    {"response", "7237005577332262213973186563042994240857116359379907606001950938285454250988",
	BOTH_TAKE},
    {"response", "7237005577332262213973186563042994240857116359379907606001950938285454250989",
	BOTH_REFUSE},
    {"response", "7237005577332262213973186563042994240857116359379907606001950938285454250990",
	BOTH_REFUSE},
    {"response",
	"1447401115466452442794637312608598848165874808320507050493219800098914120499"
	"2",
	BOTH_REFUSE},
    {"response",
	"11579208923731619542357098500868790785326998466564056403945758400791312963993"
	"5",
	BOTH_REFUSE},
    {"response",
	"11579208923731619542357098500868790785326998466564056403945758400791312963993"
	"6",
	BOTH_REFUSE},
    /* 2^256 + 1: modulo 2^256 it would be 1 */
    {"response",
	"11579208923731619542357098500868790785326998466564056403945758400791312963993"
	"7",
	BOTH_REFUSE},
    {"alpha", "01", BOTH_REFUSE},
    {"alpha", "0000000000000000000000000000000000000000000000000000000000000001",
	BOTH_TAKE}, /* the identity */
    {"alpha", "0000000000000000000000000000000000000000000000000000000000000000",
	BOTH_TAKE}, /* of order 4: membership is for the proofs */
    {"credential", "0000000000000000000000000000000000000000000000000000000000000000", BOTH_REFUSE},
    {"alpha", "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee",
	BOTH_REFUSE}, /* a second form of the identity */
    {"commitment", "0000000000000000000000000000000000000000000000000000000000000000", BOTH_REFUSE},
    {"election_uuid", "", BOTH_TAKE},
    {"election_uuid", "\xc3\xa9lection", BOTH_TAKE},
    {"election_uuid", "\xc3(", BOTH_REFUSE},
    {"election_uuid", "a\\u0001", BOTH_REFUSE},
    {"election_uuid", "a\nb", BOTH_REFUSE},
    {"election_uuid", "a\x7f", BOTH_REFUSE},
    {"election_hash", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", BOTH_TAKE},
    {"election_hash", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB", BOTH_REFUSE},
    {"election_hash", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", BOTH_REFUSE},
    {"hash", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", BOTH_REFUSE},
};

static enum both_readers
with_value(struct ballot_case *f, struct urne_view text, const char *name, struct urne_view value)
{
	struct urne_buf altered;
	enum both_readers both;

	urne_buf_init(&altered, URNE_MAX_BALLOT);
	put(&altered, text, name, value);
	both = both_readers(&f->arena, &f->e, urne_buf_view(&altered));
	urne_buf_clear(&altered);
	return both;
}

static void
the_readers_agree_about_values_at_every_border(void **state)
{
	char value[URNE_TEXT_MAX + 1];
	struct ballot_case f;
	struct urne_ballot b;
	struct urne_buf text;
	struct urne_view v;

	ballot_case_init(&f, &urne_group_ed25519, "[" ONE "," LISTS "]");
	random_ballot(&f, &b, &text);
	v = urne_buf_view(&text);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		enum both_readers both =
		    with_value(&f, v, values[i].name, urne_view_of(values[i].value));

		if (both != values[i].want) {
			fail_msg("%s %s: %d", values[i].name, values[i].value, (int)both);
		}
	}
	/* the election's own hash is known to the scanner: it is not to be taken twice */
	memcpy(value, f.e.phi, sizeof(f.e.phi));
	memcpy(value + sizeof(f.e.phi), f.e.phi, sizeof(f.e.phi));
	assert_int_equal(
	    with_value(&f, v, "election_hash", (struct urne_view){value, 2 * sizeof(f.e.phi)}),
	    BOTH_REFUSE);
	assert_int_equal(
	    with_value(&f, v, "election_hash", (struct urne_view){value, sizeof(f.e.phi)}),
	    BOTH_TAKE);
	memset(value, 'u', sizeof(value));
	assert_int_equal(
	    with_value(&f, v, "election_uuid", (struct urne_view){value, sizeof(value) - 1}),
	    BOTH_TAKE);
	assert_int_equal(
	    with_value(&f, v, "election_uuid", (struct urne_view){value, sizeof(value)}),
	    BOTH_REFUSE);
	assert_int_equal(both_readers(&f.arena, &f.e, (struct urne_view){NULL, 0}), BOTH_REFUSE);
	urne_buf_clear(&text);
	ballot_case_clear(&f);
}

/* assert_hashed_as_read: alone, and beside a longer one on both sides, a ballot that is known gets
 * the hashes that a ballot gets which is read without. */
static void
assert_hashed_as_read(const struct urne_ballot *known, struct ballot_case *f, struct urne_view text)
{
	const struct urne_sha256 *const none[3] = {NULL, NULL, NULL};
	struct urne_ballot want, a = *known, b = *known, *list[3] = {&a, &b, &a};
	struct urne_arena arena;
	struct urne_diag d;

	urne_arena_init(&arena, (size_t)1 << 24);
	assert_ok(urne_ballot_read(&want, &arena, &d, &f->e, text));
	b.unsigned_len -= 99;
	for (size_t num = 1; num <= 3; num++) {
		memset(&a.signed_hash, 0, sizeof(a.signed_hash));
		memset(&a.tracker, 0, sizeof(a.tracker));
		/* the last is alone again when there are three */
		urne_ballots_hash(list, none, num);
		assert_true(urne_hash_eq(&a.signed_hash, &want.signed_hash));
		assert_true(urne_hash_eq(&a.tracker, &want.tracker));
		if (num > 1) {
			assert_false(urne_hash_eq(&b.signed_hash, &want.signed_hash));
			assert_true(urne_hash_eq(&b.tracker, &want.tracker));
		}
	}
	urne_ballots_hash((struct urne_ballot *[]){&b, &a}, none, 2);
	assert_true(urne_hash_eq(&a.signed_hash, &want.signed_hash));
	/* from a beginning on, wherever it ends: one behind the signature's place is of no use */
	for (size_t len = 0; len <= a.text.len; len++) {
		struct urne_sha256 begun;

		urne_sha256_init(&begun);
		urne_sha256_put(&begun, a.text.p, len);
		memset(&a.signed_hash, 0, sizeof(a.signed_hash));
		memset(&a.tracker, 0, sizeof(a.tracker));
		urne_ballots_hash((struct urne_ballot *[]){&b, &a},
		    (const struct urne_sha256 *[]){NULL, &begun}, 2);
		assert_true(urne_hash_eq(&a.signed_hash, &want.signed_hash));
		assert_true(urne_hash_eq(&a.tracker, &want.tracker));
		assert_true(urne_hash_eq(&b.tracker, &want.tracker));
	}
	urne_arena_clear(&arena);
}

/* Memory of an arena that was in use before. */
static void
fill_memory(struct urne_arena *arena)
{
	size_t size = (size_t)1 << 18;
	void *p;

	urne_arena_reset(arena);
	p = urne_arena_room(arena, 1, size);
	assert_non_null(p);
	memset(p, 0xa5, size);
	urne_arena_reset(arena);
}

static void
what_was_in_memory_before_is_in_no_ballot(void **state)
{
	for (size_t i = 0; i < NUM_ELECTIONS; i++) {
		struct ballot_case f;
		struct urne_ballot b, read;
		struct urne_buf text;
		struct urne_arena arena;
		struct urne_elem elem[MOST_ELEMS];
		struct urne_known_elems known = {.elem = elem};

		ballot_case_init(&f, elections[i].g, elections[i].questions);
		random_ballot(&f, &b, &text);
		known.num = collect(elem, &f.e, &b);
		urne_arena_init(&arena, (size_t)1 << 24);
		fill_memory(&arena);
		assert_int_equal(both_readers(&arena, &f.e, urne_buf_view(&text)), BOTH_TAKE);
		fill_memory(&arena);
		assert_ok(
		    urne_ballot_read_known(&read, &arena, &f.e, urne_buf_view(&text), &known));
		b.election_uuid = read.election_uuid; /* the same, in the text */
		assert_true(both_readers_same(&f.e, &read, &b));
		urne_buf_reset(&f.text);
		urne_ballot_write(&f.text, &f.e, &read);
		assert_true(urne_view_eq(urne_buf_view(&f.text), urne_buf_view(&text)));
		urne_arena_clear(&arena);
		urne_buf_clear(&text);
		ballot_case_clear(&f);
	}
}

static void
elements_that_are_known_are_those_of_the_text_or_it_is_not_read(void **state)
{
	for (size_t i = 0; i < NUM_ELECTIONS; i++) {
		struct ballot_case f;
		struct urne_ballot b, read;
		struct urne_buf text;
		struct urne_elem elem[MOST_ELEMS];
		struct urne_known_elems known = {.elem = elem};

		ballot_case_init(&f, elections[i].g, elections[i].questions);
		random_ballot(&f, &b, &text);
		known.num = collect(elem, &f.e, &b);
		assert_true(known.num <= MOST_ELEMS);
		assert_ok(
		    urne_ballot_read_known(&read, &f.arena, &f.e, urne_buf_view(&text), &known));
		assert_int_equal(known.at, known.num);
		urne_buf_reset(&f.text);
		urne_ballot_write(&f.text, &f.e, &read);
		assert_true(urne_view_eq(urne_buf_view(&f.text), urne_buf_view(&text)));
		assert_hashed_as_read(&read, &f, urne_buf_view(&text));
		for (size_t k = 0; k < known.num; k++) {
			struct urne_elem kept = elem[k];

			urne_elem_mul(f.e.group, &elem[k], &kept, &kept);
			known.at = 0;
			assert_err(urne_ballot_read_known(
				       &read, &f.arena, &f.e, urne_buf_view(&text), &known),
			    URNE_ERR_GROUP);
			elem[k] = kept;
		}
		known.at = 0;
		known.num--;
		assert_err(
		    urne_ballot_read_known(&read, &f.arena, &f.e, urne_buf_view(&text), &known),
		    URNE_ERR_GROUP);
		urne_buf_clear(&text);
		ballot_case_clear(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_readers_agree_whatever_byte_is_changed),
	    cmocka_unit_test(the_readers_agree_about_values_at_every_border),
	    cmocka_unit_test(what_was_in_memory_before_is_in_no_ballot),
	    cmocka_unit_test(elements_that_are_known_are_those_of_the_text_or_it_is_not_read),
	};

	return cmocka_run_group_tests_name("the scanner of ballots", tests, NULL, NULL);
}
