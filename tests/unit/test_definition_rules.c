/* SPDX-License-Identifier: EUPL-1.2 */
/* The rules of items: values that cannot be, rules that contradict each other or what the item
 * holds, and what is lawful but odd. In every case one thing is wrong, and one thing is said. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/support/vote_text.h"

#define NUM(list) (sizeof(list) / sizeof((list)[0]))

/* Rules of an item of a kind, and the one fault in them; no fault when it says nothing. The item
 * holds a (woman, nord), b (man, sud), c (woman), d (man); list-choice l-a with a, b and l-b with
 * c; a programme a, b and, in another section, c; a text article a. Rules stand on line 19. */
struct rule_case {
	enum urne_item_kind kind;
	const char *rules;
	struct vote_fault fault;
};

#define RATIFICATION URNE_ITEM_LIST_RATIFICATION
#define CANDIDATES   URNE_ITEM_LIST_CANDIDATES
#define CHOICE	     URNE_ITEM_LIST_CHOICE
#define PROGRAMME    URNE_ITEM_PROGRAMME
#define PRIORITIES   URNE_ITEM_PRIORITIES
#define GRADES	     URNE_ITEM_GRADES
#define TEXT	     URNE_ITEM_TEXT

static void
each_rule(const struct rule_case *cases, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		struct urne_buf text;
		char what[400];

		(void)snprintf(what, sizeof(what), "case %zu: %s: %s", i,
		    urne_item_kind_name(cases[i].kind), cases[i].rules);
		vote_text_rules(&text, cases[i].kind, cases[i].rules);
		vote_text_expect(&text, what, &cases[i].fault, cases[i].fault.says == NULL ? 0 : 1);
	}
}

#define AT(path) 19, "items[0].rules" path

#define MAJORITY "\"majority\":{\"more_than\":\"1/2\",\"of\":\"expressed\"}"

static void
every_kind_has_its_rules_and_no_others(void **state)
{
	static const struct rule_case cases[] = {
	    {RATIFICATION, MAJORITY, {0, NULL, NULL}},
	    {RATIFICATION, "", {AT(""), "\"majority\" is missing"}},
	    {RATIFICATION, MAJORITY ",\"seats\":1", {AT(".seats"), "no field of the rules"}},
	    {PROGRAMME, "", {AT(""), "\"majority\" is missing"}},
	    {PROGRAMME, MAJORITY ",\"choose\":{}", {AT(".choose"), "no field of the rules"}},
	    {TEXT, "", {AT(""), "\"majority\" is missing"}},
	    {TEXT, MAJORITY ",\"tie\":\"all\"", {AT(".tie"), "no field of the rules"}},
	    {CHOICE, "", {0, NULL, NULL}},
	    {CHOICE, "\"blank\":\"excluded\"", {AT(".blank"), "no field of the rules"}},
	    {GRADES, "", {AT(""), "\"tie\" is missing"}},
	    {GRADES, "\"tie\":\"all\",\"parity\":\"none\"", {AT(".parity"), "no field"}},
	    {PRIORITIES, "\"tie\":\"all\"", {AT(""), "\"choose\" is missing"}},
	    {CANDIDATES, "\"tie\":\"draw\",\"choose\":{\"min\":1,\"max\":1}",
		{AT(""), "\"seats\" is missing"}},
	};

	each_rule(cases, NUM(cases));
}

#define MORE(share)  "\"majority\":{\"more_than\":\"" share "\",\"of\":\"voters\"}"
#define LEAST(share) "\"majority\":{\"at_least\":\"" share "\",\"of\":\"roll\"}"

static void
every_fault_of_a_majority_or_quorum_is_named(void **state)
{
	static const struct rule_case cases[] = {
	    {PROGRAMME, MORE("999999/1000000"), {0, NULL, NULL}},
	    {PROGRAMME, MORE("99.9999%"), {0, NULL, NULL}},
	    {PROGRAMME, LEAST("100%"), {0, NULL, NULL}},
	    {PROGRAMME, MORE("1/1"), {AT(".majority.more_than"), "never be met"}},
	    {PROGRAMME, MORE("100.0%"), {AT(".majority.more_than"), "never be met"}},
	    {PROGRAMME, LEAST("0/7"), {AT(".majority.at_least"), "no majority"}},
	    {PROGRAMME, LEAST("3/2"), {AT(".majority.at_least"), "\"3/2\" is no share"}},
	    {PROGRAMME, LEAST("1/0"), {AT(".majority.at_least"), "no share"}},
	    {PROGRAMME, LEAST("1/1000001"), {AT(".majority.at_least"), "no share"}},
	    {PROGRAMME, LEAST("1/02"), {AT(".majority.at_least"), "no share"}},
	    {PROGRAMME, LEAST("-1/2"), {AT(".majority.at_least"), "no share"}},
	    {PROGRAMME, LEAST("1"), {AT(".majority.at_least"), "no share"}},
	    {PROGRAMME, LEAST("%"), {AT(".majority.at_least"), "no share"}},
	    {PROGRAMME, LEAST("5.%"), {AT(".majority.at_least"), "no share"}},
	    {PROGRAMME, LEAST("5.12345%"), {AT(".majority.at_least"), "no share"}},
	    {PROGRAMME, LEAST("5.1x%"), {AT(".majority.at_least"), "no share"}},
	    {PROGRAMME, LEAST("100.1%"), {AT(".majority.at_least"), "no share"}},
	    {PROGRAMME, "\"majority\":{\"of\":\"roll\"}",
		{AT(".majority"), "\"more_than\" or \"at_least\" is missing"}},
	    {PROGRAMME, "\"majority\":{\"at_least\":\"1/2\",\"more_than\":\"1/2\",\"of\":\"roll\"}",
		{AT(".majority.at_least"), "exclude each other"}},
	    {PROGRAMME, "\"majority\":{\"at_least\":\"1/2\"}",
		{AT(".majority"), "\"of\" is missing"}},
	    {PROGRAMME, "\"majority\":{\"at_least\":\"1/2\",\"of\":\"all\"}",
		{AT(".majority.of"), "\"all\" is none of the words"}},
	    {TEXT, MAJORITY ",\"whole\":{}", {AT(".whole"), "\"majority\" is missing"}},
	    {TEXT, MAJORITY ",\"whole\":{" MORE("1/1") "}",
		{AT(".whole.majority.more_than"), "never be met"}},
	    {TEXT, MAJORITY ",\"quorum\":{\"at_least\":1000000000001}",
		{AT(".quorum.at_least"), "out of bounds"}},
	    {TEXT, MAJORITY ",\"quorum\":{\"counting\":\"voters\"}",
		{AT(".quorum"), "\"at_least\" is missing"}},
	    {TEXT, MAJORITY ",\"quorum\":{\"at_least\":9,\"counting\":\"expressed\"}",
		{0, NULL, NULL}},
	    {GRADES, "\"tie\":\"all\",\"quorum\":{\"at_least\":9,\"counting\":\"voters\"}",
		{0, NULL, NULL}},
	    {GRADES, "\"tie\":\"all\",\"quorum\":{\"at_least\":9,\"counting\":\"expressed\"}",
		{AT(".quorum.counting"), "expressed votes cannot be counted in a grades item"}},
	};

	each_rule(cases, NUM(cases));
}

#define CHOOSE(min, max) "\"choose\":{\"min\":" min ",\"max\":" max "}"
#define LIST(seats)	 CHOOSE("1", "2") ",\"seats\":" seats ",\"tie\":\"draw\""

static void
seats_and_choices_are_held_against_who_is_left(void **state)
{
	static const struct rule_case cases[] = {
	    {CANDIDATES, LIST("4"), {0, NULL, NULL}},
	    {CANDIDATES, LIST("5"),
		{AT(".seats"), "\"seats\" is 5, but those left for them are 4"}},
	    {CANDIDATES, LIST("0"), {AT(".seats"), "out of bounds"}},
	    {CANDIDATES, LIST("4") ",\"withdrawn\":[\"a\"]",
		{AT(".seats"), "\"seats\" is 4, but those left for them are 3"}},
	    {CANDIDATES, LIST("3") ",\"withdrawn\":[\"a\",\"a\"]",
		{AT(".withdrawn[1]"), "\"a\" stands before"}},
	    {CANDIDATES, LIST("3") ",\"withdrawn\":[\"x\"]",
		{AT(".withdrawn[0]"), "\"x\" is not the id of a candidate"}},
	    {CANDIDATES, LIST("3") ",\"withdrawn\":[7]",
		{AT(".withdrawn[0]"), "must be the id of a candidate"}},
	    {CANDIDATES, LIST("3") ",\"withdrawn\":[\"a\",\"b\",\"c\",\"d\"]",
		{AT(".withdrawn"), "all candidates have withdrawn"}},
	    {PRIORITIES, CHOOSE("2", "1") ",\"tie\":\"all\"",
		{AT(".choose"), "no choice satisfies both"}},
	    {PRIORITIES, CHOOSE("0", "4") ",\"tie\":\"all\"",
		{AT(".choose.max"), "only 3 to choose from"}},
	    {PRIORITIES, CHOOSE("0", "0") ",\"tie\":\"all\"", {AT(".choose.max"), "out of bounds"}},
	    {PRIORITIES, CHOOSE("0", "2") ",\"tie\":\"all\",\"seats\":4",
		{AT(".seats"), "those left for them are 3"}},
	    {GRADES, "\"tie\":\"all\",\"seats\":5", {AT(".seats"), "those left for them are 4"}},
	    {CHOICE, "\"withdrawn\":[\"c\"]",
		{16, "items[0].lists[1]", "no candidate of this list is left"}},
	    {CHOICE, "\"seats\":2,\"tie\":\"draw\"", {AT(""), "\"apportionment\" is missing"}},
	    {CHOICE, "\"seats\":2,\"apportionment\":\"dhondt\"", {AT(""), "\"tie\" is missing"}},
	    {CHOICE, "\"seats\":4,\"apportionment\":\"dhondt\",\"tie\":\"draw\"",
		{AT(".seats"), "those left for them are 3"}},
	    {CHOICE, "\"apportionment\":\"dhondt\"", {AT(".apportionment"), "without \"seats\""}},
	    {CHOICE, "\"threshold\":\"5%\"", {AT(".threshold"), "without \"seats\""}},
	    {CHOICE, "\"within\":\"votes\"", {AT(".within"), "without \"seats\""}},
	};

	each_rule(cases, NUM(cases));
}

#define TIE(tie) CHOOSE("1", "2") ",\"tie\":\"" tie "\""

static void
equals_are_told_apart_by_a_rule_that_can(void **state)
{
	static const struct rule_case cases[] = {
	    {PRIORITIES, TIE("order") ",\"order\":[\"c\",\"a\",\"b\"]", {0, NULL, NULL}},
	    {PRIORITIES, TIE("order"), {AT(".tie"), "\"order\" is missing"}},
	    {PRIORITIES, TIE("ordre") ",\"order\":[\"c\",\"a\",\"b\"]",
		{AT(".tie"), "\"ordre\" is none of the words"}},
	    {PRIORITIES, TIE("coin"), {AT(".tie"), "\"coin\" is none of the words"}},
	    {PRIORITIES, TIE("all") ",\"order\":[\"c\",\"a\",\"b\"]",
		{AT(".order"), "no effect without"}},
	    {PRIORITIES, TIE("order") ",\"order\":[\"c\"]",
		{AT(".order"), "the order lacks 2 ids: \"a\", \"b\""}},
	    {PRIORITIES, TIE("order") ",\"order\":[\"a\",\"b\",\"c\",\"b\"]",
		{AT(".order[3]"), "\"b\" stands before"}},
	    {PRIORITIES, TIE("order") ",\"order\":[\"a\",\"b\",\"c\",\"d\"]",
		{AT(".order[3]"), "\"d\" is not the id"}},
	    {CANDIDATES, CHOOSE("1", "2") ",\"seats\":1,\"tie\":\"all\"",
		{AT(".tie"), "two cannot share a rank"}},
	    {CHOICE, "\"tie\":\"all\"", {0, NULL, NULL}},
	    {CHOICE, "\"seats\":1,\"apportionment\":\"dhondt\",\"tie\":\"all\"",
		{AT(".tie"), "two lists cannot share a seat"}},
	    {CHOICE, "\"tie\":\"order\",\"order\":[\"l-b\",\"l-a\"]", {0, NULL, NULL}},
	    {CHOICE, "\"tie\":\"order\",\"order\":[\"l-b\",\"a\",\"l-a\"]",
		{AT(".order[1]"), "\"a\" is not the id of a list"}},
	    {CHOICE, "\"order\":[\"l-b\",\"l-a\"]", {AT(".order"), "no effect without"}},
	    {PROGRAMME, MAJORITY ",\"tie\":\"all\",\"alternatives\":[[\"a\",\"b\"]]",
		{0, NULL, NULL}},
	    {PROGRAMME, MAJORITY ",\"alternatives\":[[\"a\",\"b\"]]",
		{AT(""), "\"tie\" is missing: alternatives"}},
	    {PROGRAMME, MAJORITY ",\"alternatives\":[]", {0, NULL, NULL}},
	    {PROGRAMME, MAJORITY ",\"tie\":\"all\",\"alternatives\":[[\"a\"]]",
		{AT(".alternatives[0]"), "at least 2"}},
	    {PROGRAMME, MAJORITY ",\"tie\":\"all\",\"alternatives\":[[\"a\",\"x\"]]",
		{AT(".alternatives[0][1]"), "\"x\" is not the id of a commitment"}},
	    {PROGRAMME, MAJORITY ",\"tie\":\"all\",\"alternatives\":[[\"a\",\"b\"],[\"c\",\"a\"]]",
		{AT(".alternatives[1][1]"), "\"a\" stands among alternatives before"}},
	};

	each_rule(cases, NUM(cases));
}

static void
lots_need_a_draw(void **state)
{
	static const struct vote_fault fault = {19, "items[0].rules.tie", "no \"draw\""};
	struct urne_buf with, without;
	const char *draw, *end;

	vote_text_rules(&with, PRIORITIES, TIE("draw"));
	draw = memmem(with.data, with.len, ",\"draw\":", 8);
	assert_non_null(draw);
	end = memchr(draw, '\n', with.len - (size_t)(draw - with.data));
	assert_non_null(end);
	urne_buf_init(&without, 1 << 16);
	urne_buf_put(&without, with.data, (size_t)(draw - with.data));
	urne_buf_put(&without, end, with.len - (size_t)(end - with.data));
	urne_buf_clear(&with);
	vote_text_expect(&without, "no draw", &fault, 1);
}

#define PARITY(seats, parity)	  LIST(seats) ",\"parity\":" parity
#define KEPT(seats, parity, kept) PARITY(seats, parity) ",\"reserved\":[" kept "]"
#define PROPOSED(parity, kept)	  MAJORITY ",\"parity\":" parity ",\"reserved\":[" kept "]"
#define VOTES			  "{\"alternate\":\"votes\"}"
#define WOMEN			  "{\"alternate\":\"f\"}"
#define MEN			  "{\"alternate\":\"m\"}"
#define HALF(block)		  "{\"half\":" block "}"
#define RANK(rank, id)		  "{\"rank\":" rank ",\"candidate\":\"" id "\"}"
#define GROUP(rank, group)	  "{\"rank\":" rank ",\"group\":\"" group "\"}"

static void
kept_ranks_are_for_somebody_who_can_have_them(void **state)
{
	static const struct rule_case cases[] = {
	    {CANDIDATES, KEPT("4", "\"none\"", RANK("4", "a") "," GROUP("1", "sud")),
		{0, NULL, NULL}},
	    {CANDIDATES, KEPT("3", "\"none\"", RANK("4", "a")),
		{AT(".reserved[0].rank"), "rank 4 is kept, but there are only 3"}},
	    {CANDIDATES, KEPT("3", "\"none\"", RANK("0", "a")),
		{AT(".reserved[0].rank"), "out of bounds"}},
	    {CANDIDATES, KEPT("3", "\"none\"", RANK("2", "a") "," GROUP("2", "sud")),
		{AT(".reserved[1]"), "rank 2 is kept before"}},
	    {CANDIDATES, KEPT("3", "\"none\"", RANK("2", "a") "," RANK("1", "a")),
		{AT(".reserved[1].candidate"), "another rank is kept for \"a\""}},
	    {CANDIDATES, KEPT("3", "\"none\"", RANK("2", "x")),
		{AT(".reserved[0].candidate"), "\"x\" is not the id of a candidate"}},
	    {CANDIDATES, KEPT("3", "\"none\"", RANK("2", "a")) ",\"withdrawn\":[\"a\"]",
		{AT(".reserved[0].candidate"), "\"a\" has withdrawn"}},
	    {CANDIDATES, KEPT("3", "\"none\"", GROUP("2", "est")),
		{AT(".reserved[0].group"), "of the group \"est\""}},
	    {CANDIDATES, KEPT("3", "\"none\"", GROUP("2", "nord")) ",\"withdrawn\":[\"a\"]",
		{AT(".reserved[0].group"), "of the group \"nord\""}},
	    {CANDIDATES, KEPT("3", "\"none\"", "{\"rank\":2}"),
		{AT(".reserved[0]"), "\"candidate\" or \"group\" is missing"}},
	    {CANDIDATES,
		KEPT("3", "\"none\"", "{\"rank\":2,\"group\":\"sud\",\"candidate\":\"a\"}"),
		{AT(".reserved[0].group"), "exclude each other"}},
	    {RATIFICATION, PROPOSED("\"none\"", RANK("3", "c") "," GROUP("2", "sud")),
		{0, NULL, NULL}},
	    {RATIFICATION, PROPOSED("\"none\"", RANK("2", "c")),
		{AT(".reserved[0]"), "held by \"b\""}},
	    {RATIFICATION, PROPOSED("\"none\"", GROUP("2", "nord")),
		{AT(".reserved[0]"), "held by \"b\""}},
	    {RATIFICATION, PROPOSED("\"none\"", RANK("5", "c")),
		{AT(".reserved[0].rank"), "there are only 4"}},
	};

	each_rule(cases, NUM(cases));
}

static void
parity_can_be_kept_whatever_the_votes(void **state)
{
	static const struct rule_case cases[] = {
	    {CANDIDATES, PARITY("4", VOTES), {0, NULL, NULL}},
	    {CANDIDATES, PARITY("4", WOMEN), {0, NULL, NULL}},
	    {CANDIDATES, PARITY("4", HALF("2")), {0, NULL, NULL}},
	    {CANDIDATES, PARITY("3", VOTES), {0, NULL, NULL}},
	    {CANDIDATES, PARITY("3", "\"some\""), {AT(".parity"), "\"some\" is none of"}},
	    {CANDIDATES, PARITY("3", "{\"alternate\":\"x\"}"), {AT(".parity.alternate"), "\"x\""}},
	    {CANDIDATES, PARITY("3", HALF("1")), {AT(".parity.half"), "out of bounds"}},
	    {CANDIDATES, PARITY("3", "{}"),
		{AT(".parity"), "\"alternate\" or \"half\" is missing"}},
	    /* a, b and d: of the women only one is left */
	    {CANDIDATES, PARITY("3", VOTES) ",\"withdrawn\":[\"c\"]",
		{AT(".parity"), "3 seats can need 2 women, and those left are 1"}},
	    {CANDIDATES, PARITY("3", WOMEN) ",\"withdrawn\":[\"c\"]",
		{AT(".parity"), "3 seats can need 2 women, and those left are 1"}},
	    {CANDIDATES, PARITY("3", MEN) ",\"withdrawn\":[\"c\"]", {0, NULL, NULL}},
	    {CANDIDATES, KEPT("3", VOTES, RANK("2", "a")) ",\"withdrawn\":[\"c\"]",
		{0, NULL, NULL}},
	    {CANDIDATES, KEPT("3", VOTES, RANK("3", "a")) ",\"withdrawn\":[\"c\"]",
		{AT(".parity"), "3 seats can need 2 women"}},
	    /* half: two blocks of 2; the second, of one rank, needs nobody */
	    {CANDIDATES, PARITY("3", HALF("2")) ",\"withdrawn\":[\"c\"]", {0, NULL, NULL}},
	    /* a block of 3 may take two women; the next one has one rank */
	    {CANDIDATES, PARITY("3", HALF("3")) ",\"withdrawn\":[\"a\"]", {0, NULL, NULL}},
	    {CANDIDATES, PARITY("2", HALF("2")) ",\"withdrawn\":[\"a\",\"c\"]",
		{AT(".parity"), "2 seats can need 1 women, and those left are 0"}},
	    {CANDIDATES, KEPT("4", WOMEN, RANK("2", "a")),
		{AT(".reserved[0]"), "rank 2 is a man's by \"parity\""}},
	    /* who is too few follows from the rank that is kept wrongly */
	    {CANDIDATES, KEPT("3", WOMEN, RANK("2", "a")) ",\"withdrawn\":[\"c\"]",
		{AT(".reserved[0]"), "rank 2 is a man's by \"parity\""}},
	    {CANDIDATES, KEPT("4", VOTES, RANK("1", "a") "," RANK("3", "b")),
		{AT(".reserved[1]"), "rank 3 is a woman's by \"parity\""}},
	    {CANDIDATES, KEPT("4", VOTES, RANK("3", "b") "," RANK("2", "a")), {0, NULL, NULL}},
	    {CANDIDATES, KEPT("4", MEN, GROUP("1", "nord")),
		{AT(".reserved[0]"), "the group \"nord\" has none"}},
	    {CANDIDATES, KEPT("4", VOTES, GROUP("1", "nord")), {0, NULL, NULL}},
	    {CANDIDATES, KEPT("4", HALF("2"), RANK("1", "a") "," RANK("2", "c")),
		{AT(".reserved[1]"), "more than 1 women"}},
	    {CANDIDATES, KEPT("4", HALF("2"), RANK("2", "a") "," RANK("3", "c")), {0, NULL, NULL}},
	    {RATIFICATION, PROPOSED(VOTES, ""), {0, NULL, NULL}},
	    {RATIFICATION, PROPOSED(WOMEN, ""), {0, NULL, NULL}},
	    {RATIFICATION, PROPOSED(MEN, ""),
		{14, "items[0].list[0]", "rank 1 cannot be a woman's"}},
	    {RATIFICATION, PROPOSED(HALF("2"), ""), {0, NULL, NULL}},
	};

	each_rule(cases, NUM(cases));
}

/* Women w-1, w-2, ... and men m-1, m-2, ... for 6 seats in two blocks of 3. */
static void
no_block_lacks_a_gender_whatever_the_votes(void **state)
{
	static const struct {
		int women, men;
		const char *reserved, *says;
	} cases[] = {
	    {3, 3, "", NULL},
	    /* the first block may take two of them */
	    {2, 4, "", "6 seats can need 3 women, and those left are 2"},
	    {4, 2, "", "6 seats can need 3 men, and those left are 2"},
	    /* but one has a rank of the second block */
	    {2, 4, RANK("4", "w-1"), NULL},
	    {3, 3, RANK("1", "w-1"), NULL},
	    {2, 4, RANK("1", "w-1"), "6 seats can need 3 women, and those left are 2"},
	    /* and here the first block has room for one only */
	    {2, 4, RANK("1", "m-1") "," RANK("3", "m-2"), NULL},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		const struct vote_fault fault = {15, "items[0].rules.parity", cases[i].says};
		struct urne_buf text, item;

		urne_buf_init(&item, 1 << 16);
		urne_buf_puts(
		    &item, "{\"id\":\"l\",\"kind\":\"list-candidates\",\"title\":" BOTH(
			       "A", "B") ",\"text\":" BOTH("A", "B") ",\n\"candidates\":[");
		for (int k = 0; k < cases[i].women + cases[i].men; k++) {
			bool woman = k < cases[i].women;
			int number = woman ? k + 1 : k + 1 - cases[i].women;
			char id[16];

			(void)snprintf(id, sizeof(id), "%c-%d", woman ? 'w' : 'm', number);
			urne_buf_printf(&item,
			    "%s{\"id\":\"%s\",\"name\":\"%s\",\"gender\":\"%c\"}",
			    k == 0 ? "" : ",", id, id, woman ? 'f' : 'm');
		}
		urne_buf_printf(&item,
		    "],\n\"rules\":{" LIST("6") ",\"parity\":" HALF("3") ",\"reserved\":[%s]}}",
		    cases[i].reserved);
		urne_buf_putc(&item, '\0');
		vote_text_items(&text, item.data);
		urne_buf_clear(&item);
		vote_text_expect(&text, cases[i].reserved, &fault, cases[i].says == NULL ? 0 : 1);
	}
}

#define PERSON(id, gender) "{\"id\":\"" id "\",\"name\":\"" id "\",\"gender\":\"" gender "\"}"
#define PROPOSED_LIST(people, rules)                                                               \
	"{\"id\":\"l\",\"kind\":\"list-ratification\",\"title\":" BOTH(                            \
	    "A", "B") ",\"text\":" BOTH("A", "B") ",\"list\":[\n" people                           \
						  "],\n\"rules\":{" MAJORITY "," rules "}}"

static void
a_proposed_list_obeys_its_own_parity(void **state)
{
	static const struct {
		const char *item;
		struct vote_fault fault;
	} cases[] = {
	    {PROPOSED_LIST(PERSON("a", "f") ",\n" PERSON("b", "f"), "\"parity\":" VOTES),
		{15, "items[0].list[1]", "rank 2 cannot be a woman's"}},
	    {PROPOSED_LIST(PERSON("a", "f") ",\n" PERSON("b", "m") ",\n" PERSON(
			       "c", "f") ",\n" PERSON("d", "f"),
		 "\"parity\":" HALF("3")),
		{0, NULL, NULL}},
	    {PROPOSED_LIST(PERSON("a", "f") ",\n" PERSON("b", "m") ",\n" PERSON(
			       "c", "f") ",\n" PERSON("d", "f"),
		 "\"parity\":" HALF("4")),
		{17, "items[0].list[3]", "rank 4 cannot be a woman's"}},
	    {PROPOSED_LIST(
		 PERSON("a", "f") ",\n{\"id\":\"b\",\"name\":\"b\"}", "\"parity\":" VOTES),
		{15, "items[0].list[1]", "\"gender\" is missing"}},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_buf text;

		vote_text_items(&text, cases[i].item);
		vote_text_expect(
		    &text, cases[i].item, &cases[i].fault, cases[i].fault.says == NULL ? 0 : 1);
	}
}

static void
what_is_lawful_but_odd_is_a_warning(void **state)
{
	static const struct rule_case cases[] = {
	    {PROGRAMME, LEAST("49.9999%"), {AT(".majority"), "fewer than half"}},
	    {TEXT, MAJORITY ",\"whole\":{" LEAST("1/3") "}",
		{AT(".whole.majority"), "fewer than half"}},
	    {PROGRAMME, MAJORITY ",\"quorum\":{\"at_least\":0}", {AT(".quorum"), "always met"}},
	    {PROGRAMME, MAJORITY ",\"quorum\":{\"at_least\":\"0%\"}", {AT(".quorum"), "always"}},
	    {PROGRAMME, MORE("1/2") ",\"blank\":\"included\"", {AT(".blank"), "changes nothing"}},
	    {CANDIDATES, CHOOSE("1", "4") ",\"seats\":2,\"tie\":\"draw\"",
		{AT(".choose"), "choose all 4"}},
	    {CANDIDATES,
		CHOOSE("1", "1") ",\"seats\":1,\"tie\":\"draw\",\"withdrawn\":[\"b\",\"c\",\"d\"]",
		{AT(".seats"), "one candidate for one seat"}},
	    {PROGRAMME, MAJORITY ",\"tie\":\"all\",\"alternatives\":[[\"a\",\"c\"]]",
		{AT(".alternatives[0]"), "in different sections"}},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_buf text;

		vote_text_rules(&text, cases[i].kind, cases[i].rules);
		vote_text_expect_warning(&text, cases[i].rules, &cases[i].fault);
	}
}

static void
what_is_usual_is_no_warning(void **state)
{
	static const struct {
		enum urne_item_kind kind;
		const char *rules;
	} cases[] = {
	    {PROGRAMME, MAJORITY ",\"blank\":\"included\""},
	    {PROGRAMME, MORE("1/2") ",\"blank\":\"excluded\""},
	    {PROGRAMME, MORE("1/2") ",\"blank\":\"included\",\"quorum\":{\"at_least\":1,"
				    "\"counting\":\"expressed\"}"},
	    {TEXT, MORE("1/2") ",\"blank\":\"included\",\"whole\":{" MAJORITY "}"},
	    {TEXT, MAJORITY ",\"blank\":\"included\",\"whole\":{" MORE("1/2") "}"},
	    {PROGRAMME, LEAST("50%")},
	    {PROGRAMME, MAJORITY ",\"tie\":\"all\",\"alternatives\":[[\"a\",\"b\"]]"},
	    {CANDIDATES, LIST("1")},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_buf text;

		vote_text_rules(&text, cases[i].kind, cases[i].rules);
		vote_text_expect_nothing(&text, cases[i].rules);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_kind_has_its_rules_and_no_others),
	    cmocka_unit_test(every_fault_of_a_majority_or_quorum_is_named),
	    cmocka_unit_test(seats_and_choices_are_held_against_who_is_left),
	    cmocka_unit_test(equals_are_told_apart_by_a_rule_that_can),
	    cmocka_unit_test(lots_need_a_draw),
	    cmocka_unit_test(kept_ranks_are_for_somebody_who_can_have_them),
	    cmocka_unit_test(parity_can_be_kept_whatever_the_votes),
	    cmocka_unit_test(no_block_lacks_a_gender_whatever_the_votes),
	    cmocka_unit_test(a_proposed_list_obeys_its_own_parity),
	    cmocka_unit_test(what_is_lawful_but_odd_is_a_warning),
	    cmocka_unit_test(what_is_usual_is_no_warning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
