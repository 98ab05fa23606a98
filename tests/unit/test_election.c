/* SPDX-License-Identifier: EUPL-1.2 */
/* The election object and the list of public credentials: what is read, what is refused, and that
 * what is written is read again. Negative tests for threats A5, A15, A26, A30, A31, A41. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "crypto/secret/secret.h"
#include "election/credentials.h"
#include "election/election.h"
#include "election/questions.h"

#define BASE_POINT "6666666666666666666666666666666666666666666666666666666666666658"
#define IDENTITY   "0000000000000000000000000000000000000000000000000000000000000001"
#define HEAD	   "{\"version\":1,\"description\":\"d\",\"name\":\"n\",\"group\":\"Ed25519\","
#define KEY	   "\"public_key\":\"" BASE_POINT "\","
#define QUESTIONS                                                                                  \
	"\"questions\":[{\"answers\":[\"a\",\"b\"],\"min\":0,\"max\":1,\"question\":\"q\"}],"
#define UUID "\"uuid\":\"GnQagTgeJqLsvY\""
#define GOOD HEAD KEY QUESTIONS UUID "}"

static enum urne_err
parse(const char *text, struct urne_diag *d)
{
	struct urne_arena arena;
	struct urne_election e;
	enum urne_err err;

	urne_arena_init(&arena, (size_t)1 << 24);
	err = urne_election_parse(&e, &arena, d, urne_view_of(text));
	urne_arena_clear(&arena);
	return err;
}

static void
a_canonical_election_is_written_as_it_was_read(void **state)
{
	static const char *const texts[] = {
	    GOOD,
	    HEAD KEY
	    "\"questions\":[{\"answers\":[\"é \\\"x\\\"\\n\"],\"blank\":false,\"min\":0,\"max\":1,"
	    "\"question\":\"q\"},{\"type\":\"NonHomomorphic\",\"value\":{\"answers\":[\"a\",\"b\"],"
	    "\"question\":\"r\"},\"extra\":{\"method\":[1]}},{\"type\":\"Lists\",\"value\":{"
	    "\"answers\":[[\"L\",\"c\"],[\"M\",\"d\",\"e\"]],\"question\":\"s\"}}]," UUID
	    ",\"administrator\":\"A\",\"credential_authority\":\"B\"}",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct urne_arena arena;
		struct urne_election e;
		struct urne_buf out;
		struct urne_diag d = {{0}};

		urne_arena_init(&arena, (size_t)1 << 24);
		urne_buf_init(&out, 1 << 16);
		if (urne_election_parse(&e, &arena, &d, urne_view_of(texts[i])) != URNE_OK) {
			fail_msg("%s", d.text);
		}
		urne_election_emit(&out, &e);
		assert_true(urne_view_is(urne_buf_view(&out), texts[i]));
		urne_buf_clear(&out);
		urne_arena_clear(&arena);
	}
}

static void
every_fault_of_an_election_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {"", URNE_ERR_SYNTAX, "line 1"},
	    {"[]", URNE_ERR_SYNTAX, "object"},
	    {GOOD "x", URNE_ERR_SYNTAX, "line 1"},
	    /* A30: a field twice */
	    {HEAD KEY KEY QUESTIONS UUID "}", URNE_ERR_DUPLICATE, "public_key"},
	    {"{\"version\":2}", URNE_ERR_UNSUPPORTED, "version"},
	    {"{\"version\":1}", URNE_ERR_SYNTAX, "questions"},
	    /* A5, A41: groups are compiled in */
	    {"{\"version\":1,\"description\":\"\",\"name\":\"\",\"group\":\"RSA-512\"," KEY
		    QUESTIONS UUID "}",
		URNE_ERR_UNKNOWN, "group"},
	    {"{\"version\":1,\"description\":\"\",\"name\":\"\",\"group\":{\"p\":\"23\"}," KEY
		    QUESTIONS UUID "}",
		URNE_ERR_SYNTAX, "group"},
	    {HEAD "\"public_key\":\"12\"," QUESTIONS UUID "}", URNE_ERR_GROUP, "public key"},
	    {HEAD "\"public_key\":\"" IDENTITY "\"," QUESTIONS UUID "}", URNE_ERR_GROUP, "neutral"},
	    {HEAD KEY QUESTIONS "\"uuid\":\"short\"}", URNE_ERR_SYNTAX, "uuid"},
	    {HEAD KEY QUESTIONS "\"uuid\":\"GnQagTgeJqLs0O\"}", URNE_ERR_SYNTAX, "uuid"},
	    {HEAD KEY "\"questions\":[]," UUID "}", URNE_ERR_SYNTAX, "questions"},
	    {HEAD KEY
		"\"questions\":[{\"answers\":[],\"min\":0,\"max\":0,\"question\":\"q\"}]," UUID "}",
		URNE_ERR_RANGE, "questions[0].answers"},
	    {HEAD KEY
		"\"questions\":[{\"answers\":[\"a\"],\"min\":1,\"max\":0,\"question\":\"q\"}]," UUID
		"}",
		URNE_ERR_RANGE, "no answer can satisfy"},
	    {HEAD KEY
		"\"questions\":[{\"answers\":[\"a\"],\"min\":0,\"max\":2,\"question\":\"q\"}]," UUID
		"}",
		URNE_ERR_RANGE, "questions[0].max"},
	    {HEAD KEY "\"questions\":[{\"answers\":[\"a\"],\"min\":-1,\"max\":1,\"question\":\"q\"}"
		      "]," UUID "}",
		URNE_ERR_RANGE, "questions[0].min"},
	    {HEAD KEY "\"questions\":[{\"answers\":[\"a\"],\"min\":0,\"max\":1,\"question\":\"q\","
		      "\"weight\":2}]," UUID "}",
		URNE_ERR_UNKNOWN, "weight"},
	    {HEAD KEY
		"\"questions\":[{\"answers\":[1],\"min\":0,\"max\":1,\"question\":\"q\"}]," UUID
		"}",
		URNE_ERR_SYNTAX, "questions[0].answers[0]"},
	    {HEAD KEY "\"questions\":[{\"type\":\"Other\",\"value\":{\"answers\":[\"a\"],"
		      "\"question\":\"q\"}}]," UUID "}",
		URNE_ERR_UNKNOWN, "type"},
	    {HEAD KEY "\"questions\":[{\"type\":\"Lists\",\"value\":{\"answers\":[[\"L\"]],"
		      "\"question\":\"q\"}}]," UUID "}",
		URNE_ERR_SYNTAX, "candidate"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_diag d = {{0}};
		enum urne_err e = parse(cases[i].text, &d);

		assert_refusal(&cases[i], i, e, &d);
	}
}

/* A15: another wording is another election: every ballot and decryption signs its fingerprint. */
static void
a15_the_fingerprint_covers_every_byte(void **state)
{
	struct urne_arena arena;
	struct urne_election a, b;
	struct urne_diag d = {{0}};

	urne_arena_init(&arena, (size_t)1 << 24);
	assert_ok(urne_election_parse(&a, &arena, &d, urne_view_of(GOOD)));
	assert_ok(
	    urne_election_parse(&b, &arena, &d, urne_view_of(HEAD KEY QUESTIONS " " UUID "}")));
	assert_false(urne_hash_eq(&a.fingerprint, &b.fingerprint));
	assert_memory_not_equal(a.phi, b.phi, sizeof(a.phi));
	urne_arena_clear(&arena);
}

static enum urne_err
parse_credentials(const char *text, struct urne_diag *d)
{
	struct urne_credentials *c = NULL;
	enum urne_err e =
	    urne_credentials_parse(&c, &urne_group_ed25519, d, urne_view_of(text), NULL);

	urne_credentials_free(c);
	return e;
}

static void
every_fault_of_a_roll_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {"[\"" BASE_POINT "\"]", URNE_OK, ""},
	    {"[\"" BASE_POINT ",0\"]", URNE_OK, ""},
	    {"[]", URNE_OK, ""},
	    {"[\"" IDENTITY "\"]", URNE_ERR_GROUP, "credential 0"},
	    {"[\"" BASE_POINT "\",\"" BASE_POINT "\"]", URNE_ERR_DUPLICATE, "credential 1"},
	    {"[\"" BASE_POINT "\", \"" BASE_POINT "\"]", URNE_ERR_SYNTAX, ""},
	    {"[\"" BASE_POINT ",-1\"]", URNE_ERR_RANGE, "weight"},
	    {"[\"" BASE_POINT ",01\"]", URNE_ERR_RANGE, "weight"},
	    {"[\"" BASE_POINT ",1,somebody\"]", URNE_ERR_RANGE, "weight"},
	    {"[\"" BASE_POINT ",\"]", URNE_ERR_RANGE, "weight"},
	    /* A31: no total that the logarithm could not find or the counters not hold */
	    {"[\"" BASE_POINT ",99999999999999999999999\"]", URNE_ERR_RANGE, "weight"},
	    {"[\"" BASE_POINT ",1000000000001\"]", URNE_ERR_RANGE, "weight"},
	    {"[\"" BASE_POINT "\"", URNE_ERR_SYNTAX, ""},
	    {"{}", URNE_ERR_SYNTAX, ""},
	    {"[\"\"]", URNE_ERR_GROUP, "credential 0"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_diag d = {{0}};
		enum urne_err e = parse_credentials(cases[i].text, &d);

		assert_refusal(&cases[i], i, e, &d);
	}
}

/* Only whether its elements are members is left out: what was verified before under the same hash.
 */
static void
a_roll_that_is_known_is_read_as_strictly_but_for_membership(void **state)
{
	static const struct refusal cases[] = {
	    {"[\"" BASE_POINT ",7\"]", URNE_OK, ""},
	    {"[\"" IDENTITY "\"]", URNE_OK, ""},
	    {"[\"" BASE_POINT "\",\"" BASE_POINT "\"]", URNE_ERR_DUPLICATE, "credential 1"},
	    {"[\"" BASE_POINT "\",\"" IDENTITY "\"]", URNE_ERR_ORDER, "credential 1"},
	    {"[\"" BASE_POINT ",01\"]", URNE_ERR_RANGE, "weight"},
	    {"[\"" BASE_POINT "\"", URNE_ERR_SYNTAX, ""},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_credentials *c = NULL;
		struct urne_diag d = {{0}};
		enum urne_err e = urne_credentials_read_known(
		    &c, &urne_group_ed25519, &d, urne_view_of(cases[i].text));

		assert_refusal(&cases[i], i, e, &d);
		urne_credentials_free(c);
	}
}

/* Written sorted, read again, each found with its weight; A26: counts and totals agree. */
static void
a26_every_member_of_a_roll_is_found(void **state)
{
	static const struct urne_group *const groups[] = {
	    &urne_group_ed25519, &urne_group_belenios_2048, &urne_group_rfc_3526_2048};
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t k = 0; k < 3; k++) {
		enum { NUM = 20 };
		struct urne_credential_entry entries[NUM];
		struct urne_credentials *c = NULL;
		struct urne_diag d = {{0}};
		struct urne_buf out;
		char text[URNE_TEXT_MAX];
		size_t index = 0, len = 0;

		urne_buf_init(&out, 1 << 20);
		for (size_t i = 0; i < NUM; i++) {
			struct urne_secret x;
			urne_secret_random(groups[k], &x, &rng);
			urne_secret_base(groups[k], &entries[i].public_credential, &x);
			entries[i].weight = i;
		}
		urne_credentials_emit(&out, groups[k], entries, NUM, true);
		if (urne_credentials_parse(&c, groups[k], &d, urne_buf_view(&out), NULL) !=
		    URNE_OK) {
			fail_msg("%s", d.text);
		}
		assert_int_equal(urne_credentials_count(c), NUM);
		assert_int_equal(urne_credentials_total_weight(c), NUM * (NUM - 1) / 2);
		for (size_t i = 0; i < NUM; i++) {
			len = urne_elem_encode(groups[k], text, &entries[i].public_credential);
			assert_ok(urne_credentials_find(c, &index, (struct urne_view){text, len}));
			assert_int_equal(urne_credentials_weight(c, index), entries[i].weight);
		}
		text[0] = text[0] == '1' ? '2' : '1';
		assert_err(urne_credentials_find(c, &index, (struct urne_view){text, len}),
		    URNE_ERR_UNKNOWN);
		urne_credentials_free(c);
		urne_buf_clear(&out);
	}
}

/* Longer than what is made room for at first, with weights and without. */
static void
a_roll_of_two_thousand_keeps_every_weight(void **state)
{
	enum { NUM = 2100 };
	static struct urne_credential_entry entries[NUM];
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t i = 0; i < NUM; i++) {
		struct urne_secret x;

		urne_secret_random(&urne_group_ed25519, &x, &rng);
		urne_secret_base(&urne_group_ed25519, &entries[i].public_credential, &x);
		entries[i].weight = i;
	}
	for (int weighted = 0; weighted < 2; weighted++) {
		struct urne_credentials *c = NULL;
		struct urne_diag d = {{0}};
		struct urne_buf out;

		urne_buf_init(&out, 1 << 20);
		urne_credentials_emit(&out, &urne_group_ed25519, entries, NUM, weighted == 1);
		assert_ok(
		    urne_credentials_parse(&c, &urne_group_ed25519, &d, urne_buf_view(&out), NULL));
		assert_int_equal(urne_credentials_count(c), NUM);
		for (size_t i = 0; i < NUM; i++) {
			char text[URNE_TEXT_MAX];
			size_t index = 0, len = urne_elem_encode(&urne_group_ed25519, text,
					      &entries[i].public_credential);

			assert_ok(urne_credentials_find(c, &index, (struct urne_view){text, len}));
			assert_int_equal(index, i);
			assert_int_equal(
			    urne_credentials_weight(c, i), weighted == 1 ? entries[i].weight : 1);
		}
		urne_credentials_free(c);
		urne_buf_clear(&out);
	}
}

static void
another_text_of_a_member_of_a_roll_is_nobodys(void **state)
{
	static const struct urne_group *const groups[] = {
	    &urne_group_ed25519, &urne_group_belenios_2048};

	for (size_t k = 0; k < 2; k++) {
		struct urne_credential_entry entry = {.weight = 1};
		struct urne_credentials *c = NULL;
		struct urne_diag d = {{0}};
		struct urne_buf out;
		char text[2 * URNE_TEXT_MAX] = "0";
		size_t index = 0, len = 0;

		urne_buf_init(&out, 1 << 20);
		/* a member short enough for a zero in front */
		for (uint64_t n = 1; len == 0 || (k == 1 && len == urne_elem_text_max(groups[k]));
		     n++) {
			urne_elem_base_u64(groups[k], &entry.public_credential, n);
			len = urne_elem_encode(groups[k], text, &entry.public_credential);
		}
		text[0] = '0';
		urne_credentials_emit(&out, groups[k], &entry, 1, false);
		assert_ok(urne_credentials_parse(&c, groups[k], &d, urne_buf_view(&out), NULL));
		len = urne_elem_encode(groups[k], text + 1, &entry.public_credential);
		text[len + 1] = '0';
		assert_ok(urne_credentials_find(c, &index, (struct urne_view){text + 1, len}));
		for (size_t i = 0; i < 4; i++) {
			static const size_t from[] = {0, 0, 1, 1}, more[] = {1, 0, 1, 0};
			struct urne_view v = {text + from[i], len + more[i]};

			v.len = i == 3 ? 0 : v.len;
			assert_err(urne_credentials_find(c, &index, v), URNE_ERR_UNKNOWN);
		}
		for (size_t i = 1; i <= len; i++) {
			bool small = text[i] >= 'a';

			text[i] = (char)(small ? text[i] - 'a' + 'A' : text[i]);
			assert_err(
			    urne_credentials_find(c, &index, (struct urne_view){text + 1, len}),
			    small ? URNE_ERR_UNKNOWN : URNE_OK);
			text[i] = (char)(small ? text[i] - 'A' + 'a' : text[i]);
		}
		urne_credentials_free(c);
		urne_buf_clear(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_canonical_election_is_written_as_it_was_read),
	    cmocka_unit_test(every_fault_of_an_election_is_named),
	    cmocka_unit_test(a15_the_fingerprint_covers_every_byte),
	    cmocka_unit_test(every_fault_of_a_roll_is_named),
	    cmocka_unit_test(a_roll_that_is_known_is_read_as_strictly_but_for_membership),
	    cmocka_unit_test(a26_every_member_of_a_roll_is_found),
	    cmocka_unit_test(a_roll_of_two_thousand_keeps_every_weight),
	    cmocka_unit_test(another_text_of_a_member_of_a_roll_is_nobodys),
	};

	return cmocka_run_group_tests_name("election", tests, NULL, NULL);
}
