/* SPDX-License-Identifier: EUPL-1.2 */
/* The head of a vote definition, its values and its items: every fault is named once, with its
 * place. What is read: test_definition_reading.c; rules: test_definition_rules.c. */
#include "tests/unit/support/check.h"

#include <stdio.h>

#include "tests/unit/support/vote_text.h"

#define NUM(list) (sizeof(list) / sizeof((list)[0]))
#define ZERO	  "0000000000000000000000000000000000000000000000000000000000000000"

/* A field of the head with another value, and the one fault of it. */
struct head_case {
	const char *name, *value;
	struct vote_fault fault;
};

static void
each_head_fault(const struct head_case *cases, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		struct urne_buf text;
		char what[64];

		(void)snprintf(what, sizeof(what), "case %zu: %s", i, cases[i].name);
		vote_text_head(&text, cases[i].name, cases[i].value);
		vote_text_expect(&text, what, &cases[i].fault, 1);
	}
}

static void
the_head_without_change_has_no_fault(void **state)
{
	struct urne_buf text;

	vote_text_head(&text, "urne_vote", "1");
	vote_text_expect(&text, "unchanged", NULL, 0);
}

static void
every_fault_of_the_head_is_named(void **state)
{
	static const struct head_case cases[] = {
	    {"urne_vote", NULL, {1, "document", "\"urne_vote\" is missing"}},
	    {"urne_vote", "2", {1, "urne_vote", "version"}},
	    {"organiser", NULL, {1, "document", "\"organiser\" is missing"}},
	    {"items", NULL, {1, "document", "\"items\" is missing"}},
	    {"items", "[]", {12, "items", "at least 1 items"}},
	    {"colour", "1", {13, "colour", "\"colour\" is no field of a vote definition"}},
	    {"a\\u001b[2Jb", "1", {13, "[\"a\\u001b[2Jb\"]", "\"a?[2Jb\" is no field"}},
	    {"languages", "[]", {2, "languages", "at least 1"}},
	    {"languages", "[\"fr\",\"en\",\"f\"]", {2, "languages[2]", "no language"}},
	    {"languages", "[\"fr\",\"en\",\"EN\"]", {2, "languages[2]", "no language"}},
	    {"languages", "[\"fr\",\"en\",1]", {2, "languages[2]", "no language"}},
	    {"languages", "[\"fr\",\"en\",\"fr\"]", {2, "languages[2]", "stands before"}},
	    {"floor", "1", {8, "floor", "1 is out of bounds"}},
	    {"floor", "-5", {8, "floor", "-5 is out of bounds"}},
	    {"floor", "\"5\"", {8, "floor", "whole number"}},
	    {"software", "{}", {11, "software", "list of programs"}},
	    {"software", "[7]", {11, "software[0]", "must be an object"}},
	    {"software", "[{\"name\":\"u\",\"release\":\"1\",\"sha256\":\"AB\"}]",
		{11, "software[0].sha256", "\"AB\" is no SHA-256"}},
	    {"software", "[{\"name\":\"u\",\"sha256\":\"" ZERO "\"}]",
		{11, "software[0]", "\"release\" is missing"}},
	};

	each_head_fault(cases, NUM(cases));
}

static void
the_first_language_is_french_or_english(void **state)
{
	struct urne_buf text;
	static const struct vote_fault fault = {2, "languages[0]", "\"de\" cannot be that"};

	urne_buf_init(&text, 1 << 16);
	urne_buf_puts(&text,
	    "{\"urne_vote\":1,\n\"languages\":[\"de\"],\"title\":{\"de\":\"A\"},"
	    "\"description\":{\"de\":\"A\"},\"organiser\":{\"de\":\"A\"},"
	    "\"opens\":\"2027-03-01T08:00:00Z\",\"closes\":\"2027-03-03T08:00:00Z\","
	    "\"items\":[{\"id\":\"p\",\"kind\":\"priorities\",\"title\":{\"de\":\"A\"},"
	    "\"commitments\":[{\"id\":\"a\",\"title\":{\"de\":\"A\"}}],"
	    "\"rules\":{\"choose\":{\"min\":0,\"max\":1},\"tie\":\"all\"}}]}");
	vote_text_expect(&text, "German", &fault, 1);
}

static void
every_fault_of_a_text_is_named(void **state)
{
	static const struct head_case cases[] = {
	    {"title", "\"Congrès\"", {3, "title", "string for each language"}},
	    {"title", "{\"fr\":\"A\"}", {3, "title", "the language \"en\" is missing"}},
	    {"title", "{\"fr\":\"A\",\"en\":\"B\",\"de\":\"C\"}",
		{3, "title.de", "\"de\" is not among the languages"}},
	    {"title", "{\"fr\":\"A\",\n\"en\":\"\"}", {4, "title.en", "empty"}},
	    {"title", "{\"fr\":\"A\",\"en\":\" \"}", {3, "title.en", "empty"}},
	    {"title", "{\"fr\":\"A\",\"en\":null}", {3, "title.en", "must be a string"}},
	    {"title", "{\"fr\":\"A\",\"en\":\"B\\u0007\"}", {3, "title.en", "control character"}},
	    {"title", "{\"fr\":\"A\",\"en\":\"B\\u009b\"}", {3, "title.en", "control character"}},
	    {"title", "{\"fr\":\"A\",\"en\":\"B\\u202e\"}", {3, "title.en", "control character"}},
	    {"title", "{\"fr\":\"A\",\"en\":\"B\\nC\"}", {3, "title.en", "control character"}},
	    {"description", "{\"fr\":\"A\",\"en\":\"B\\tC\"}",
		{4, "description.en", "control character"}},
	};
	struct urne_buf text;

	each_head_fault(cases, NUM(cases));
	vote_text_head(&text, "description", "{\"fr\":\"A\\nB\",\"en\":\"B\\nC\"}");
	vote_text_expect(&text, "line breaks in the description", NULL, 0);
}

static void
every_fault_of_a_moment_is_named(void **state)
{
	static const struct head_case cases[] = {
	    {"opens", "1", {6, "opens", "no moment"}},
	    {"opens", "\"2027-03-01\"", {6, "opens", "no moment"}},
	    {"opens", "\"2027-03-01T08:00:00\"", {6, "opens", "no moment"}},
	    {"opens", "\"2027-03-01 08:00:00Z\"", {6, "opens", "no moment"}},
	    {"opens", "\"2027-03-01T08:00:00.5Z\"", {6, "opens", "no moment"}},
	    {"opens", "\"2027-03-01T08:00:00+01:00 \"", {6, "opens", "no moment"}},
	    {"opens", "\"2027-00-01T08:00:00Z\"", {6, "opens", "no such month"}},
	    {"opens", "\"2026-13-01T08:00:00Z\"", {6, "opens", "no such month"}},
	    {"opens", "\"2027-02-00T08:00:00Z\"", {6, "opens", "no such day"}},
	    {"opens", "\"2027-02-29T08:00:00Z\"", {6, "opens", "no such day"}},
	    {"opens", "\"2024-02-30T08:00:00Z\"", {6, "opens", "no such day"}},
	    {"opens", "\"2100-02-29T08:00:00Z\"", {6, "opens", "no such day"}},
	    {"opens", "\"2026-04-31T08:00:00Z\"", {6, "opens", "no such day"}},
	    {"opens", "\"2027-03-01T24:00:00Z\"", {6, "opens", "from 00 to 23"}},
	    {"opens", "\"2027-03-01T08:60:00Z\"", {6, "opens", "from 00 to 23"}},
	    {"opens", "\"2016-12-31T23:59:60Z\"", {6, "opens", "leap second"}},
	    {"opens", "\"2027-03-01T08:00:00+24:00\"", {6, "opens", "no such offset"}},
	    {"opens", "\"2027-03-01T08:00:00-00:00\"", {6, "opens", "not known"}},
	    {"opens", "\"1969-12-31T23:59:59Z\"", {6, "opens", "before 1970"}},
	    {"opens", "\"2027-03-04T20:00:00+01:00\"", {7, "closes", "before it opens"}},
	    {"opens", "\"2027-03-04T14:30:00-05:00\"", {7, "closes", "before it opens"}},
	};

	each_head_fault(cases, NUM(cases));
}

#define DRAND(chain, round) "{\"drand\":{\"chain\":\"" chain "\",\"round\":" round "}}"
#define PUBLIC(at)	    "{\"public\":{\"source\":" BOTH("Dés", "Dice") ",\"published\":\"" at "\"}}"

/* The vote closes at 1804186800: round 37127812 of quicknet is published at that very second. */
static void
a_draw_is_published_after_closing(void **state)
{
	static const struct head_case cases[] = {
	    {"draw", "{}", {9, "draw", "\"drand\" or \"public\" is missing"}},
	    {"draw", DRAND("fast", "41000000"), {9, "draw.drand.chain", "none of the words"}},
	    {"draw", DRAND("quicknet", "0"), {9, "draw.drand.round", "out of bounds"}},
	    {"draw", DRAND("quicknet", "18446744073709551616"),
		{9, "draw.drand.round", "out of bounds"}},
	    {"draw", DRAND("quicknet", "18446744073709551615"),
		{9, "draw.drand.round", "out of bounds"}},
	    {"draw", DRAND("quicknet", "83903165812"), {9, "draw.drand.round", "out of bounds"}},
	    {"draw", DRAND("quicknet", "1"), {9, "draw.drand.round", "before the vote has closed"}},
	    {"draw", DRAND("quicknet", "37127812"),
		{9, "draw.drand.round", "before the vote has closed"}},
	    {"draw", DRAND("default", "6958526"),
		{9, "draw.drand.round", "before the vote has closed"}},
	    {"draw", PUBLIC("2027-03-04T19:00:00Z"),
		{9, "draw.public.published", "before the vote has closed"}},
	    {"draw", "{\"public\":{\"published\":\"2027-03-06T19:00:00Z\"}}",
		{9, "draw.public", "\"source\" is missing"}},
	};
	static const char *const good[] = {DRAND("quicknet", "37127813"),
	    DRAND("quicknet", "83903165811"), DRAND("default", "6958527"),
	    PUBLIC("2027-03-04T20:00:01+01:00")};

	each_head_fault(cases, NUM(cases));
	for (size_t i = 0; i < NUM(good); i++) {
		struct urne_buf text;

		vote_text_head(&text, "draw", good[i]);
		vote_text_expect(&text, good[i], NULL, 0);
	}
}

#define OFFICIAL(name, key)                                                                        \
	"{\"name\":\"" name "\",\"role\":" BOTH("Juge", "Judge") ",\n\"key\":\"" key "\"}"
#define OFFICIALS(required, keys) "{\"required\":" required ",\"keys\":[\n" keys "]}"

static void
every_fault_of_the_officials_is_named(void **state)
{
	static const struct head_case cases[] = {
	    {"officials", OFFICIALS("2", OFFICIAL("A", KEY_ALBANE)),
		{10, "officials.required", "2 signatures are required, but there are 1"}},
	    {"officials", OFFICIALS("0", OFFICIAL("A", KEY_ALBANE)),
		{10, "officials.required", "out of bounds"}},
	    {"officials", OFFICIALS("1", ""), {10, "officials.keys", "at least 1"}},
	    {"officials", OFFICIALS("1", OFFICIAL("A", KEY_ALBANE) ",\n" OFFICIAL("A", KEY_HELENE)),
		{13, "officials.keys[1].name", "\"A\" stands before on line 11"}},
	    {"officials", OFFICIALS("1", OFFICIAL("A", KEY_ALBANE) ",\n" OFFICIAL("B", KEY_ALBANE)),
		{14, "officials.keys[1].key", "sign for two"}},
	    {"officials", OFFICIALS("1", OFFICIAL("A", "a+00000000+AaPA")),
		{12, "officials.keys[0].key", "no verifier key"}},
	};

	each_head_fault(cases, NUM(cases));
}

#define TWO    BOTH("Un", "One")
#define HEADED "{\"id\":\"i\",\"kind\":\"priorities\",\"title\":" TWO ",\"text\":" TWO ",\n"
#define COM(id, title)                                                                             \
	"{\"id\":\"" id "\",\"title\":{\"fr\":\"" title "\",\"en\":\"" title " (en)\"}}"
#define CHOOSE "\"rules\":{\"choose\":{\"min\":0,\"max\":1},\"tie\":\"all\"}}"
#define GOOD   HEADED "\"commitments\":[" COM("a", "A") "],\n" CHOOSE
#define LONG   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void
every_fault_of_an_item_is_named(void **state)
{
	static const struct {
		const char *items;
		struct vote_fault fault;
	} cases[] = {
	    {"1", {13, "items[0]", "an item must be an object"}},
	    {GOOD ",\n" GOOD, {16, "items[1].id", "the id \"i\" stands before on line 13"}},
	    {"{\"id\":\"i\",\"title\":" TWO "}", {13, "items[0]", "\"kind\" is missing"}},
	    {"{\"kind\":\"ranking\",\"id\":\"i\",\"title\":" TWO "}",
		{13, "items[0].kind", "they need shuffles"}},
	    {"{\"kind\":\"programe\",\"id\":\"i\",\"title\":" TWO ",\"x\":1}",
		{13, "items[0].kind", "\"programe\" is none of the words"}},
	    {HEADED "\"commitment\":[],\n\"commitments\":[" COM("a", "A") "]," CHOOSE,
		{14, "items[0].commitment", "no field of a priorities item"}},
	    {HEADED "\"candidates\":[],\n\"commitments\":[" COM("a", "A") "]," CHOOSE,
		{14, "items[0].candidates", "no field of a priorities item"}},
	    {HEADED CHOOSE, {13, "items[0]", "\"commitments\" is missing"}},
	    {HEADED "\"commitments\":[]," CHOOSE, {14, "items[0].commitments", "at least 1"}},
	    {HEADED "\"commitments\":[" COM("a", "A") "]}",
		{13, "items[0]", "\"rules\" is missing"}},
	    {HEADED "\"commitments\":[" COM("a", "A") ",\n" COM("a", "B") "]," CHOOSE,
		{15, "items[0].commitments[1].id", "the id \"a\" stands before on line 14"}},
	    {HEADED "\"commitments\":[" COM("a", "A") ",\n" COM("b", "A") "]," CHOOSE,
		{15, "items[0].commitments[1].title", "the title \"A\" stands before"}},
	    {HEADED "\"commitments\":[" COM("", "A") "]," CHOOSE,
		{14, "items[0].commitments[0].id", "\"\" is no id"}},
	    {HEADED "\"commitments\":[" COM("-a", "A") "]," CHOOSE,
		{14, "items[0].commitments[0].id", "\"-a\" is no id"}},
	    {HEADED "\"commitments\":[" COM("a_b", "A") "]," CHOOSE,
		{14, "items[0].commitments[0].id", "\"a_b\" is no id"}},
	    {HEADED "\"commitments\":[" COM(LONG, "A") "]," CHOOSE,
		{14, "items[0].commitments[0].id", "is no id"}},
	    {HEADED "\"commitments\":[" COM("whole", "A") "]," CHOOSE,
		{14, "items[0].commitments[0].id", "\"whole\" is reserved"}},
	    /* no id is missing in an order whose ids are not distinct */
	    {HEADED "\"commitments\":[" COM("a", "A") ",\n" COM(
		 "a", "B") "],\"rules\":{\"choose\":{"
			   "\"min\":0,\"max\":1},\"tie\":\"order\",\"order\":[\"a\",\"b\"]}}",
		{15, "items[0].commitments[1].id", "the id \"a\" stands before"}},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_buf text;
		char what[32];

		(void)snprintf(what, sizeof(what), "case %zu", i);
		vote_text_items(&text, cases[i].items);
		vote_text_expect(&text, what, &cases[i].fault, 1);
	}
}

/* An item of a kind, up to what it holds. */
#define KIND(kind) "{\"id\":\"i\",\"kind\":\"" kind "\",\"title\":" TWO ",\"text\":" TWO ",\n"
#define TEXT_RULES "\"rules\":{\"majority\":{\"more_than\":\"1/2\",\"of\":\"voters\"}}}"
#define ARTICLE(paragraphs, hash)                                                                  \
	KIND("text")                                                                               \
	"\"titles\":[{\"id\":\"t\",\"title\":" TWO ",\"articles\":[\n"                             \
	"{\"id\":\"a\",\"title\":" BOTH("Titre", "Title") ",\"paragraphs\":[" paragraphs "]" hash  \
							  "}]}]," TEXT_RULES
/* printf 'Titre\nUn\nDeux\n' | sha256sum */
#define HASH "93dddcbd70b252959a633a62caa884745f8185bb385ecb8349452b8763d59718"
#define PARS TWO "," BOTH("Deux", "Two")

static void
every_fault_of_contents_is_named(void **state)
{
	static const struct {
		const char *item;
		struct vote_fault fault;
	} cases[] = {
	    {ARTICLE(PARS, ",\n\"sha256\":\"" ZERO "\""),
		{16, "items[0].titles[0].articles[0].sha256",
		    "written as " ZERO ", but the text has " HASH}},
	    {ARTICLE(PARS, ""), {15, "items[0].titles[0].articles[0]", "\"sha256\" is missing"}},
	    {ARTICLE("", ",\"sha256\":\"" ZERO "\""),
		{15, "items[0].titles[0].articles[0].paragraphs", "at least 1 paragraphs"}},
	    {ARTICLE(BOTH("A\\nB", "C"), ",\"sha256\":\"" ZERO "\""),
		{15, "items[0].titles[0].articles[0].paragraphs[0].fr", "control character"}},
	    {KIND("list-ratification") "\"list\":[{\"id\":\"a\",\"name\":\"A\"},\n{\"id\":\"b\","
				       "\"name\":\"A\"}]," TEXT_RULES,
		{15, "items[0].list[1].name", "the name \"A\" stands before on line 14"}},
	    {KIND("list-ratification") "\"list\":[{\"id\":\"a\",\"name\":" TWO "}]," TEXT_RULES,
		{14, "items[0].list[0].name", "must be a string"}},
	    {KIND("list-ratification") "\"list\":[{\"id\":\"a\",\"name\":\"A\",\"gender\":\"x\"}]"
				       "," TEXT_RULES,
		{14, "items[0].list[0].gender", "\"x\" is none of the words"}},
	    {KIND("list-ratification") "\"list\":[{\"id\":\"a\",\"name\":\"A\",\"groups\":[\"g\","
				       "\"g\"]}]," TEXT_RULES,
		{14, "items[0].list[0].groups[1]", "the group \"g\" stands before"}},
	    {KIND(
		 "programme") "\"sections\":[],\"rules\":{\"majority\":{\"more_than\":\"1/2\","
			      "\"of\":\"roll\"},\"tie\":\"all\",\"alternatives\":[[\"a\",\"b\"]]}}",
		{14, "items[0].sections", "at least 1 sections"}},
	    {KIND("list-choice") "\"lists\":[{\"id\":\"l\",\"title\":" TWO ",\"candidates\":["
				 "{\"id\":\"a\",\"name\":\"A\"}]}],\"rules\":{}}",
		{14, "items[0].lists", "at least 2 lists"}},
	    {KIND("list-choice") "\"lists\":[{\"id\":\"l\",\"title\":" TWO ",\"candidates\":["
				 "{\"id\":\"a\",\"name\":\"A\"}]},\n{\"id\":\"m\",\"title\":" TWO
				 ",\"candidates\":[{\"id\":\"b\",\"name\":\"B\"}]}],\"rules\":{}}",
		{15, "items[0].lists[1].title", "the title \"Un\" stands before"}},
	    {KIND("grades") "\"grades\":[" COM("a", "A") ",\n" COM(
		 "a", "B") "],\"commitments\":[" COM("x", "X") "],\"rules\":{\"tie\":\"all\"}}",
		{15, "items[0].grades[1].id", "the id \"a\" stands before"}},
	    {KIND("grades") "\"grades\":[" COM("a", "A") ",\n" COM(
		 "b", "A") "],\"commitments\":[" COM("x", "X") "],\"rules\":{\"tie\":\"all\"}}",
		{15, "items[0].grades[1].title", "the title \"A\" stands before"}},
	    {KIND("grades") "\"grades\":[" COM("a", "A") "],\"commitments\":[" COM(
		 "x", "X") "],\"rules\":{\"tie\":\"all\"}}",
		{14, "items[0].grades", "at least 2 grades"}},
	    {KIND("grades") "\"grades\":[" COM("a", "A") "," COM(
		 "b", "B") "],\"rules\":{\"tie\":\"all\",\"withdrawn\":[\"x\"]}}",
		{13, "items[0]", "\"candidates\" or \"commitments\" is missing"}},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_buf text;
		char what[32];

		(void)snprintf(what, sizeof(what), "case %zu", i);
		vote_text_items(&text, cases[i].item);
		vote_text_expect(&text, what, &cases[i].fault, 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_head_without_change_has_no_fault),
	    cmocka_unit_test(every_fault_of_the_head_is_named),
	    cmocka_unit_test(the_first_language_is_french_or_english),
	    cmocka_unit_test(every_fault_of_a_text_is_named),
	    cmocka_unit_test(every_fault_of_a_moment_is_named),
	    cmocka_unit_test(a_draw_is_published_after_closing),
	    cmocka_unit_test(every_fault_of_the_officials_is_named),
	    cmocka_unit_test(every_fault_of_an_item_is_named),
	    cmocka_unit_test(every_fault_of_contents_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
