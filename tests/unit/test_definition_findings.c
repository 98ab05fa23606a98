/* SPDX-License-Identifier: EUPL-1.2 */
/* What is found in a vote definition as a whole: all of it, in order, cut off where nobody reads
 * on, and soon enough for large votes. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tests/unit/support/vote_text.h"

#define NUM(list) (sizeof(list) / sizeof((list)[0]))

static void
eight_different_faults_are_all_reported_in_the_order_of_lines(void **state)
{
	static const char text[] =
	    "{\"urne_vote\":1,\"languages\":[\"fr\",\"en\"],\n"
	    "\"items\":[{\"id\":\"L\",\"kind\":\"list-candidates\",\"title\":{\"fr\":\"Tête\"},\n"
	    "  \"candidates\":[{\"id\":\"a\",\"name\":\"Ada Lormier\"},\n"
	    "                {\"id\":\"b\",\"name\":\"Ada Lormier\"}],\n"
	    "  \"rules\":{\"seats\":3,\n"
	    "           \"choose\":{\"min\":2,\"max\":1},\"ties\":1}}],\n"
	    "\"title\":" BOTH("A", "B") ",\"description\":" BOTH("A", "B") ",\"organiser\":" BOTH(
		"A", "B") ",\n"
			  "\"opens\":\"2027-03-01T08:00:00Z\",\"closes\":\"2027-02-30T08:00:00Z\"}";
	static const struct vote_fault faults[] = {
	    {2, "items[0].id", "\"L\" is no id"},
	    {2, "items[0].title", "the language \"en\" is missing"},
	    {4, "items[0].candidates[1].name", "\"Ada Lormier\" stands before on line 3"},
	    {5, "items[0].rules", "\"tie\" is missing"},
	    {5, "items[0].rules.seats", "\"seats\" is 3"},
	    {6, "items[0].rules.choose", "no choice satisfies both"},
	    {6, "items[0].rules.ties", "\"ties\" is no field"},
	    {8, "closes", "no such day"},
	};
	struct urne_buf buf;

	urne_buf_init(&buf, 1 << 16);
	urne_buf_puts(&buf, text);
	vote_text_expect(&buf, "eight", faults, NUM(faults));
}

static void
columns_are_those_of_the_value(void **state)
{
	struct urne_definition v;
	struct urne_findings found;
	struct urne_arena arena;
	struct urne_buf text;

	urne_arena_init(&arena, (size_t)16 << 20);
	vote_text_head(&text, "floor", "1");
	assert_ok(urne_definition_check(&v, &found, &arena, urne_buf_view(&text)));
	assert_int_equal(found.num, 1);
	assert_int_equal(found.list[0].line, 8);
	assert_int_equal(found.list[0].column, strlen(",\"floor\":") + 1);
	assert_true(urne_view_is(found.list[0].remedy, "write a number from 2 to 10000000"));
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
}

static void
a_misspelt_name_is_met_with_the_nearest_one(void **state)
{
	static const struct {
		const char *rules, *remedy;
	} cases[] = {
	    {"\"choose\":{\"min\":0,\"max\":1},\"tie\":\"all\",\"quorrum\":1",
		"write \"quorum\" if that was meant, or remove it"},
	    {"\"choose\":{\"min\":0,\"max\":1},\"tie\":\"all\",\"setas\":1",
		"write \"seats\" if that was meant, or remove it"},
	    {"\"choose\":{\"min\":0,\"max\":1},\"tie\":\"drow\"",
		"write \"draw\" if that was meant"},
	    {"\"choose\":{\"min\":0,\"max\":1},\"tie\":\"al\"", "write \"all\" if that was meant"},
	    {"\"choose\":{\"min\":0,\"max\":1},\"tie\":\"all\",\"colour\":1",
		"remove it; possible here: quorum, blank, choose, seats, tie, order"},
	    {"\"choose\":{\"min\":0,\"mni\":1,\"max\":1},\"tie\":\"all\"",
		"write \"min\" if that was meant, or remove it"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_definition v;
		struct urne_findings found;
		struct urne_arena arena;
		struct urne_buf text;

		urne_arena_init(&arena, (size_t)16 << 20);
		vote_text_rules(&text, URNE_ITEM_PRIORITIES, cases[i].rules);
		assert_ok(urne_definition_check(&v, &found, &arena, urne_buf_view(&text)));
		assert_int_equal(found.num_errors, 1);
		assert_string_equal(found.list[0].remedy.p, cases[i].remedy);
		urne_buf_clear(&text);
		urne_arena_clear(&arena);
	}
}

static void
text_that_is_no_json_has_one_fault_with_its_place(void **state)
{
	static const struct {
		const char *text;
		uint32_t line, column;
		const char *problem;
	} cases[] = {
	    {"", 1, 1, "the text ends too early"},
	    {"{\"urne_vote\":1,\n \"floor\" 5}", 2, 10, "':' is expected"},
	    {"{\"floor\":5,\n\n\"floor\":5}", 3, 9,
		"the field \"floor\" stands before in this object"},
	    {"{\"floor\":2.5}", 1, 11, "only whole numbers are possible"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_definition v;
		struct urne_findings found;
		struct urne_arena arena;

		urne_arena_init(&arena, (size_t)1 << 20);
		assert_ok(urne_definition_check(&v, &found, &arena, urne_view_of(cases[i].text)));
		assert_int_equal(found.num, 1);
		assert_int_equal(found.num_errors, 1);
		assert_int_equal(found.list[0].line, cases[i].line);
		assert_int_equal(found.list[0].column, cases[i].column);
		assert_string_equal(found.list[0].problem.p, cases[i].problem);
		assert_true(found.list[0].remedy.len > 0);
		urne_arena_clear(&arena);
	}
}

static void
text_that_is_no_object_has_one_fault(void **state)
{
	static const struct vote_fault fault = {1, "document", "must be an object"};
	struct urne_buf text;

	urne_buf_init(&text, 64);
	urne_buf_puts(&text, "[1]");
	vote_text_expect(&text, "a list", &fault, 1);
}

static void
the_first_fault_is_the_sentence_of_a_text_that_must_be_right(void **state)
{
	struct urne_definition v;
	struct urne_arena arena;
	struct urne_buf text;
	struct urne_diag d = {{0}};

	urne_arena_init(&arena, (size_t)16 << 20);
	/* the warning in front of it is none */
	vote_text_rules(&text, URNE_ITEM_PROGRAMME,
	    "\"majority\":{\"more_than\":\"1/3\",\"of\":\"roll\"},\n\"seats\":1");
	assert_err(urne_definition_read(&v, &arena, &d, urne_buf_view(&text)), URNE_ERR_SYNTAX);
	assert_string_equal(d.text,
	    "line 20: items[0].rules.seats: \"seats\" is no field of the rules of a programme "
	    "item; remove it; possible here: majority, quorum, blank, tie, order, alternatives");
	assert_int_equal(v.num_items, 0);
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
}

static void
odd_heads_are_warned_of(void **state)
{
	static const struct {
		const char *name, *value;
		struct vote_fault warning;
	} cases[] = {
	    {"floor", "4", {8, "floor", "how each of them voted"}},
	    {"closes", "\"2027-03-02T07:59:59+01:00\"", {7, "closes", "less than a day"}},
	    {"title", BOTH("Europe", "Europe"), {3, "title", "the same in \"fr\" and \"en\""}},
	    {"draw", "{\"drand\":{\"chain\":\"quicknet\",\"round\":37127813}}",
		{9, "draw.drand.round", "less than a day after closing"}},
	    {"draw", "{\"drand\":{\"chain\":\"quicknet\",\"round\":37156611}}",
		{9, "draw.drand.round", "less than a day after closing"}},
	    {"draw",
		"{\"public\":{\"source\":" BOTH(
		    "Dés", "Dice") ",\"published\":\"2027-03-05T19:59:59+01:00\"}}",
		{9, "draw.public.published", "less than a day after closing"}},
	    {"officials",
		"{\"required\":1,\"keys\":[{\"name\":\"A\",\"role\":" BOTH(
		    "a", "b") ",\"key\":\"" KEY_ALBANE "\"},{\"name\":\"B\",\"role\":" BOTH("a",
		    "b") ",\"key\":\"" KEY_HELENE "\"},{\"name\":\"C\",\"role\":" BOTH("a",
		    "b") ",\"key\":\"" KEY_IDRISS "\"}]}",
		{10, "officials.required", "fewer than half"}},
	    {"items",
		"[{\"id\":\"p\",\"kind\":\"priorities\",\"title\":" BOTH(
		    "A", "B") ",\"commitments\":[{\"id\":\"a\",\"title\":" BOTH("A",
		    "B") "},"
			 "{\"id\":\"b\",\"title\":" BOTH(
			     "C", "D") "}],\"rules\":{\"choose\":{\"min\":0,"
				       "\"max\":1},\"tie\":\"all\"}}]",
		{12, "items[0]", "no \"text\""}},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_buf text;

		vote_text_head(&text, cases[i].name, cases[i].value);
		vote_text_expect_warning(&text, cases[i].name, &cases[i].warning);
	}
}

static void
a_vote_without_french_or_english_is_warned_of(void **state)
{
	static const struct vote_fault warning = {2, "languages", "no texts in \"fr\""};
	struct urne_buf text;

	urne_buf_init(&text, 1 << 16);
	urne_buf_puts(&text,
	    "{\"urne_vote\":1,\n\"languages\":[\"en\"],\"title\":{\"en\":\"A\"},"
	    "\"description\":{\"en\":\"A\"},\"organiser\":{\"en\":\"A\"},"
	    "\"opens\":\"2027-03-01T08:00:00Z\",\"closes\":\"2027-03-03T08:00:00Z\","
	    "\"items\":[{\"id\":\"p\",\"kind\":\"priorities\",\"title\":{\"en\":\"A\"},"
	    "\"commitments\":[{\"id\":\"a\",\"title\":{\"en\":\"A\"}}],"
	    "\"rules\":{\"choose\":{\"min\":0,\"max\":1},\"tie\":\"all\"}}]}");
	vote_text_expect_warning(&text, "English", &warning);
}

static void
a_day_between_closing_and_the_draw_is_enough(void **state)
{
	struct urne_definition v;
	struct urne_findings found;
	struct urne_arena arena;
	struct urne_buf text;

	urne_arena_init(&arena, (size_t)16 << 20);
	vote_text_head(&text, "draw", "{\"drand\":{\"chain\":\"quicknet\",\"round\":37156612}}");
	assert_ok(urne_definition_check(&v, &found, &arena, urne_buf_view(&text)));
	assert_int_equal(found.num, 0);
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
}

/* many writes `num` commitments of one section, each with the same text in both languages (a
 * warning), `bad` of them with an id that is none. */
static void
many(struct urne_buf *text, size_t num, size_t bad)
{
	struct urne_buf item;

	urne_buf_init(&item, (size_t)16 << 20);
	urne_buf_puts(&item,
	    "{\"id\":\"p\",\"kind\":\"priorities\",\"title\":" BOTH("A", "B") ",\"text\":" BOTH(
		"A", "B") ",\"rules\":{\"choose\":{\"min\":0,\"max\":1},\"tie\":\"all\"},"
			  "\"commitments\":[\n");
	for (size_t i = 0; i < num; i++) {
		urne_buf_printf(&item,
		    "%s{\"id\":\"%s%zu\",\"title\":{\"fr\":\"%zu\",\"en\":\"%zu\"}}",
		    i == 0 ? "" : ",\n", i >= num - bad ? "X" : "c-", i, i, i);
	}
	urne_buf_puts(&item, "]}");
	urne_buf_putc(&item, '\0');
	vote_text_items(text, item.data);
	urne_buf_clear(&item);
}

static void
findings_are_cut_off_and_faults_come_before_warnings(void **state)
{
	static const struct {
		size_t num, bad, found, errors;
		bool last_is_warning;
	} cases[] = {
	    {999, 0, 999, 0, true},
	    {1000, 0, 1000, 0, true},
	    {1001, 0, 1000, 0, true}, /* still lawful */
	    {600, 400, 1000, 400, true},
	    {1500, 1, 1000, 1, true}, /* behind 1,499 warnings */
	    {1500, 999, 1000, 999, true},
	    {1500, 1000, 1000, 1000, false},
	    {3000, 3000, 1000, 1000, false},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_definition v;
		struct urne_findings found;
		struct urne_arena arena;
		const struct urne_finding *last;
		struct urne_buf text;

		urne_arena_init(&arena, (size_t)64 << 20);
		many(&text, cases[i].num, cases[i].bad);
		assert_ok(urne_definition_check(&v, &found, &arena, urne_buf_view(&text)));
		assert_int_equal(found.num, cases[i].found);
		assert_int_equal(found.num_errors, cases[i].errors);
		last = &found.list[found.num - 1];
		/* every commitment is one warning, every bad id a fault besides */
		assert_int_equal(urne_view_starts(last->problem, "there are more findings"),
		    cases[i].num + cases[i].bad > 1000);
		assert_int_equal(last->is_warning, cases[i].last_is_warning);
		assert_true(last->remedy.len > 0);
		for (size_t k = 1; k < found.num; k++) {
			assert_true(found.list[k].line >= found.list[k - 1].line);
		}
		assert_int_equal(v.num_items, cases[i].errors == 0 ? 1 : 0);
		urne_buf_clear(&text);
		urne_arena_clear(&arena);
	}
}

/* large writes 4,096 candidates with a group each, all of them ordered, reserved or alternating. */
static void
large(struct urne_buf *text, size_t num)
{
	struct urne_buf item;

	urne_buf_init(&item, (size_t)16 << 20);
	urne_buf_puts(&item, "{\"id\":\"p\",\"kind\":\"list-candidates\",\"title\":" BOTH(
				 "A", "B") ",\"text\":" BOTH("A", "B") ",\"candidates\":[\n");
	for (size_t i = 0; i < num; i++) {
		urne_buf_printf(&item,
		    "%s{\"id\":\"c-%zu\",\"name\":\"Personne %zu\",\"gender\":\"%s\",\"groups\":["
		    "\"g-%zu\",\"all\"]}",
		    i == 0 ? "" : ",\n", i, i, i % 2 == 0 ? "f" : "m", i);
	}
	urne_buf_printf(&item,
	    "],\n\"rules\":{\"choose\":{\"min\":0,\"max\":9},\"seats\":%zu,\"parity\":{"
	    "\"alternate\":\"f\"},\"tie\":\"order\",\"order\":[",
	    num);
	for (size_t i = num; i-- > 0;) {
		urne_buf_printf(&item, "\"c-%zu\"%s", i, i == 0 ? "" : ",");
	}
	urne_buf_puts(&item, "],\"reserved\":[");
	for (size_t i = 0; i < num; i++) {
		urne_buf_printf(&item,
		    i % 2 == 0 ? "%s{\"rank\":%zu,\"group\":\"g-%zu\"}"
			       : "%s{\"rank\":%zu,\"group\":\"all\"}",
		    i == 0 ? "" : ",", i + 1, i);
	}
	urne_buf_puts(&item, "]}}");
	urne_buf_putc(&item, '\0');
	vote_text_items(text, item.data);
	urne_buf_clear(&item);
}

static void
thousands_of_candidates_take_less_than_a_second(void **state)
{
	struct urne_definition v;
	struct urne_findings found;
	struct urne_arena arena;
	struct urne_buf text;
	clock_t start;

	urne_arena_init(&arena, (size_t)64 << 20);
	large(&text, 4096);
	start = clock();
	assert_ok(urne_definition_check(&v, &found, &arena, urne_buf_view(&text)));
	assert_true(clock() - start < CLOCKS_PER_SEC);
	assert_int_equal(found.num, 0);
	assert_int_equal(v.items[0].num_reserves, 4096);
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
}

/* put_item writes an item of so many commitments on one line; with grades it is graded. */
static void
put_item(struct urne_buf *out, const char *kind, size_t entries, size_t grades)
{
	static size_t number;
	bool programme = strcmp(kind, "programme") == 0;

	urne_buf_printf(out,
	    "%s{\"id\":\"i-%zu\",\"kind\":\"%s\",\"title\":" BOTH("A", "B") ",\"text\":" BOTH(
		"A", "B") ",\"rules\":{%s},%s",
	    out->len == 0 ? "" : ",\n", number++, kind,
	    programme ? "\"majority\":{\"more_than\":\"1/2\",\"of\":\"roll\"}"
	    : grades > 0
		? "\"tie\":\"all\""
		: "\"tie\":\"all\",\"blank\":\"not-offered\",\"choose\":{\"min\":0,\"max\":1}",
	    grades > 0 ? "\"grades\":[" : "");
	for (size_t i = 0; i < grades; i++) {
		urne_buf_printf(out,
		    "{\"id\":\"g-%zu\",\"title\":{\"fr\":\"%zu\",\"en\":\"%zu.\"}}%s", i, i, i,
		    i + 1 < grades ? "," : "],");
	}
	if (programme) {
		urne_buf_puts(out, "\"sections\":[{\"id\":\"s\",\"title\":" BOTH("A", "B") ",");
	}
	urne_buf_puts(out, "\"commitments\":[");
	for (size_t i = 0; i < entries; i++) {
		urne_buf_printf(out,
		    "%s{\"id\":\"c-%zu\",\"title\":{\"fr\":\"%zu\",\"en\":\"%zu.\"}}",
		    i == 0 ? "" : ",", i, i, i);
	}
	urne_buf_puts(out, programme ? "]}]}" : "]}");
}

static void
no_vote_is_larger_than_an_election_can_be(void **state)
{
	static const struct {
		size_t items, entries, grades; /* behind `before` items with 4,096 choices each */
		size_t before;
		const char *kind;
		struct vote_fault fault;
	} cases[] = {
	    {1, 2048, 0, 0, "programme", {0, NULL, NULL}},
	    {1, 2049, 0, 0, "programme", {13, "items[0]", "more than 2048 questions"}},
	    {3, 1024, 0, 0, "programme", {15, "items[2]", "more than 2048 questions"}},
	    {256, 8, 0, 0, "programme", {0, NULL, NULL}},
	    {257, 1, 0, 0, "programme", {12, "items", "at most 256 items"}},
	    {1, 4096, 0, 15, "priorities", {0, NULL, NULL}},
	    {1, 4096, 0, 16, "priorities", {29, "items[16]", "69632 in the vote"}},
	    {1, 4097, 0, 0, "priorities", {13, "items[0].commitments", "at most 4096 commitments"}},
	    {1, 204, 20, 15, "grades", {0, NULL, NULL}},
	    {1, 205, 20, 15, "grades", {28, "items[15]", "more than 65536 choices"}},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_buf text, items;

		urne_buf_init(&items, (size_t)64 << 20);
		for (size_t k = 0; k < cases[i].before; k++) {
			put_item(&items, "priorities", 4096, 0);
		}
		for (size_t k = 0; k < cases[i].items; k++) {
			put_item(&items, cases[i].kind, cases[i].entries, cases[i].grades);
		}
		urne_buf_putc(&items, '\0');
		vote_text_items(&text, items.data);
		urne_buf_clear(&items);
		vote_text_expect(
		    &text, cases[i].kind, &cases[i].fault, cases[i].fault.says == NULL ? 0 : 1);
	}
}

static void
one_question_has_no_more_choices_than_a_person_can_answer(void **state)
{
	static const struct vote_fault fault = {13, "items[0]", "more than 4096 choices"};
	struct urne_buf text, items;
	char *blank;

	urne_buf_init(&items, (size_t)1 << 20);
	put_item(&items, "priorities", 4096, 0);
	urne_buf_putc(&items, '\0');
	blank = strstr(items.data, "\"not-offered\"");
	assert_non_null(blank);
	memcpy(blank, "\"excluded\"   ", strlen("\"not-offered\""));
	vote_text_items(&text, items.data);
	urne_buf_clear(&items);
	vote_text_expect(&text, "4,096 and blank", &fault, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(eight_different_faults_are_all_reported_in_the_order_of_lines),
	    cmocka_unit_test(columns_are_those_of_the_value),
	    cmocka_unit_test(a_misspelt_name_is_met_with_the_nearest_one),
	    cmocka_unit_test(text_that_is_no_json_has_one_fault_with_its_place),
	    cmocka_unit_test(text_that_is_no_object_has_one_fault),
	    cmocka_unit_test(the_first_fault_is_the_sentence_of_a_text_that_must_be_right),
	    cmocka_unit_test(odd_heads_are_warned_of),
	    cmocka_unit_test(a_vote_without_french_or_english_is_warned_of),
	    cmocka_unit_test(a_day_between_closing_and_the_draw_is_enough),
	    cmocka_unit_test(findings_are_cut_off_and_faults_come_before_warnings),
	    cmocka_unit_test(thousands_of_candidates_take_less_than_a_second),
	    cmocka_unit_test(no_vote_is_larger_than_an_election_can_be),
	    cmocka_unit_test(one_question_has_no_more_choices_than_a_person_can_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
