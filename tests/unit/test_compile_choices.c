/* SPDX-License-Identifier: EUPL-1.2 */
/* From choices in the words of the definition to marks, and every way they can be wrong. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "tests/unit/support/small_vote.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))

/* What must always be answered: the head, one list, a grade for both. */
#define HEAD  "\"tete\":[\"t-3\"]"
#define LISTS "\"listes\":{\"list-b\":[\"b-2\"]}"
#define ROWS  "\"notes\":{\"r-3\":\"poor\",\"r-1\":\"good\"}"
#define MUST  HEAD "," LISTS "," ROWS
/* liste, tete, listes, programme, priorites, notes, texte */
#define MARKS(liste, programme, priorites, texte)                                                  \
	liste " 01 00101 " programme " " priorites " 100001 " texte

static void
choices_become_the_marks_of_their_entries(void **state)
{
	static const struct {
		const char *text, *marks;
	} cases[] = {
	    {"{" MUST "}", MARKS("000", "000000", "0000", "000000000")},
	    {"{" MUST ",\"liste\":\"for\"}", MARKS("010", "000000", "0000", "000000000")},
	    {"{" MUST ",\"liste\":\"against\"}", MARKS("001", "000000", "0000", "000000000")},
	    {"{" MUST ",\"liste\":\"blank\"}", MARKS("100", "000000", "0000", "000000000")},
	    {"{" MUST ",\"liste\":\"abstain\"}", MARKS("000", "000000", "0000", "000000000")},
	    {"{\"programme\":{\"emploi-1\":\"against\",\"climat-1\":\"for\","
	     "\"climat-2\":\"abstain\"}," MUST "}",
		MARKS("000", "100001", "0000", "000000000")},
	    {"{" MUST ",\"programme\":\"abstain\"}", MARKS("000", "000000", "0000", "000000000")},
	    {"{" MUST ",\"priorites\":[\"p-3\",\"p-1\"]}",
		MARKS("000", "000000", "0101", "000000000")},
	    {"{" MUST ",\"priorites\":[]}", MARKS("000", "000000", "0000", "000000000")},
	    {"{" MUST ",\"priorites\":\"blank\"}", MARKS("000", "000000", "1000", "000000000")},
	    {"{" MUST ",\"texte\":{\"whole\":\"for\",\"art-2\":\"blank\",\"art-1\":\"against\"}}",
		MARKS("000", "000000", "0000", "001100010")},
	    {"{" MUST ",\"texte\":\"blank\"}", MARKS("000", "000000", "0000", "100100100")},
	    {"{\"tete\":[\"t-1\"],\"listes\":{\"list-a\":[\"a-2\"]},"
	     "\"notes\":{\"r-1\":\"fair\",\"r-3\":\"fair\"}}",
		"000 10 11000 000000 0000 010010 000000000"},
	};
	struct sealed s;

	sealed_init(&s);
	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_choices c = {0};
		struct urne_diag d = {{0}};
		const char *want = cases[i].marks;

		if (urne_definition_choices(&c, &d, &s.f.v, urne_view_of(cases[i].text)) !=
		    URNE_OK) {
			fail_msg("case %zu: %s", i, d.text);
		}
		assert_int_equal(c.num, s.f.v.num_choices);
		for (size_t j = 0; j < c.num; j++, want++) {
			want += *want == ' ' ? 1 : 0;
			if (c.m[j] != (uint64_t)(*want - '0')) {
				fail_msg("case %zu: choice %zu", i, j);
			}
		}
		assert_int_equal(*want, '\0');
		assert_ok(urne_choices_check(&c, &d, &s.e));
		urne_choices_clear(&c);
	}
	sealed_clear(&s);
}

static void
every_fault_of_choices_is_named_with_line_path_and_way_out(void **state)
{
	static const struct {
		const char *text;
		enum urne_err want;
		const char *place, *says;
	} cases[] = {
	    {"", URNE_ERR_SYNTAX, "line 1", "ends too early"},
	    {"[]", URNE_ERR_SYNTAX, "line 1: document: ", "{\"liste\":...}"},
	    {"{\n\"x\":\"for\"}", URNE_ERR_UNKNOWN, "line 2: x: ", "urne definition show"},
	    {"{" MUST ",\n\"liste\":\"for\",\"liste\":\"for\"}", URNE_ERR_DUPLICATE, "line 2",
		"liste"},
	    /* for or against */
	    {"{\"liste\":\"yes\"}", URNE_ERR_SYNTAX, "line 1: liste: ", "or \"blank\""},
	    {"{\"liste\":[\"c-1\"]}", URNE_ERR_SYNTAX, "line 1: liste: ", "\"against\""},
	    {"{\"liste\":1}", URNE_ERR_SYNTAX, "line 1: liste: ", "\"against\""},
	    {"{\"programme\":\"for\"}", URNE_ERR_SYNTAX,
		"line 1: programme: ", "{\"climat-1\":\"for\"}"},
	    {"{\"programme\":\"blank\"}", URNE_ERR_RANGE, "line 1: programme: ", "no blank vote"},
	    {"{\"programme\":{\"climat-2\":\n\"blank\"}}", URNE_ERR_RANGE,
		"line 2: programme.climat-2: ", "no blank vote"},
	    {"{\"programme\":{\"climat-2\":true}}", URNE_ERR_SYNTAX,
		"line 1: programme.climat-2: ", "\"for\", \"against\" or \"abstain\" is possible"},
	    {"{\"programme\":{\"climat-9\":\"for\"}}", URNE_ERR_UNKNOWN,
		"line 1: programme.climat-9: ", "no commitment of this id"},
	    {"{\"programme\":{\"whole\":\"for\"}}", URNE_ERR_UNKNOWN,
		"line 1: programme.whole: ", "no commitment of this id"},
	    {"{\"texte\":{\"art-3\":\"for\"}}", URNE_ERR_UNKNOWN,
		"line 1: texte.art-3: ", "no article of this id"},
	    /* chosen */
	    {"{\"tete\":\"t-1\"}", URNE_ERR_SYNTAX, "line 1: tete: ", "[\"t-1\"]"},
	    {"{\"tete\":\"blank\"}", URNE_ERR_RANGE, "line 1: tete: ", "no blank vote"},
	    {"{\"tete\":\"abstain\"}", URNE_ERR_INCOMPLETE,
		"line 1: tete: ", "allows no abstention; choose 1 to 1"},
	    {"{\"tete\":[]}", URNE_ERR_RANGE, "line 1: tete: ", "0 are chosen; choose 1 to 1"},
	    {"{\"tete\":[\"t-1\",\"t-3\"]}", URNE_ERR_RANGE,
		"line 1: tete: ", "2 are chosen; choose 1 to 1"},
	    {"{\"tete\":[\n3]}", URNE_ERR_SYNTAX, "line 2: tete[0]: ", "the id of a candidate"},
	    {"{\"tete\":[\"t-1\",\n\"t-2\"]}", URNE_ERR_RANGE,
		"line 2: tete[1]: ", "t-2 has withdrawn and is not on the ballot; take it out"},
	    {"{\"tete\":[\"t-4\"]}", URNE_ERR_UNKNOWN, "line 1: tete[0]: ", "of this id"},
	    {"{\"priorites\":[\"p-1\",\"p-2\",\"p-3\"]}", URNE_ERR_RANGE,
		"line 1: priorites: ", "3 are chosen; choose 0 to 2, or \"blank\""},
	    {"{\"priorites\":[\"p-1\",\"p-1\"]}", URNE_ERR_DUPLICATE,
		"line 1: priorites[1]: ", "p-1 stands here twice"},
	    {"{" LISTS "," ROWS "}", URNE_ERR_INCOMPLETE,
		"line 1: document: ", "item tete allows no abstention; choose 1 to 1"},
	    /* lists */
	    {"{" HEAD "," ROWS "}", URNE_ERR_INCOMPLETE,
		"line 1: document: ", "item listes allows no abstention; choose one list"},
	    {"{\"listes\":{\"list-a\":[\"a-2\"],\"list-b\":[\"b-1\"]}}", URNE_ERR_RANGE,
		"line 1: listes: ", "exactly one list"},
	    {"{\"listes\":{}}", URNE_ERR_RANGE, "line 1: listes: ", "exactly one list"},
	    {"{\"listes\":[\"b-1\"]}", URNE_ERR_RANGE, "line 1: listes: ", "exactly one list"},
	    {"{\"listes\":{\"list-c\":[\"b-1\"]}}", URNE_ERR_UNKNOWN,
		"line 1: listes.list-c: ", "no list of this id"},
	    {"{\"listes\":{\"list-b\":[]}}", URNE_ERR_RANGE,
		"line 1: listes.list-b: ", "none of its candidates; choose at least one"},
	    {"{\"listes\":{\"list-b\":\"blank\"}}", URNE_ERR_SYNTAX,
		"line 1: listes.list-b: ", "the ids of those chosen"},
	    {"{\"listes\":{\"list-b\":[\"b-1\",\"a-2\"]}}", URNE_ERR_RANGE,
		"line 1: listes.list-b[1]: ", "a-2 is on list list-a, not on list list-b"},
	    {"{\"listes\":{\"list-a\":[\"a-1\"]}}", URNE_ERR_RANGE,
		"line 1: listes.list-a[0]: ", "a-1 has withdrawn"},
	    {"{\"listes\":\"blank\"}", URNE_ERR_RANGE, "line 1: listes: ", "no blank vote"},
	    /* grades */
	    {"{" HEAD "," LISTS "}", URNE_ERR_INCOMPLETE,
		"line 1: document: ", "item notes allows no abstention; every row needs a grade"},
	    {"{\"notes\":{\"r-1\":\"good\"}}", URNE_ERR_INCOMPLETE,
		"line 1: notes: ", "r-3 has no grade; every row needs one, 2 rows here"},
	    {"{\"notes\":{}}", URNE_ERR_INCOMPLETE, "line 1: notes: ", "r-1 has no grade"},
	    {"{\"notes\":{\"r-2\":\"good\"}}", URNE_ERR_RANGE,
		"line 1: notes.r-2: ", "r-2 has withdrawn"},
	    {"{\"notes\":{\"r-1\":\"best\"}}", URNE_ERR_UNKNOWN,
		"line 1: notes.r-1: ", "no such grade; the best is \"good\""},
	    {"{\"notes\":{\"r-1\":1}}", URNE_ERR_UNKNOWN, "line 1: notes.r-1: ", "no such grade"},
	    {"{\"notes\":{\"r-4\":\"good\"}}", URNE_ERR_UNKNOWN,
		"line 1: notes.r-4: ", "of this id"},
	    {"{\"notes\":[\"good\"]}", URNE_ERR_SYNTAX, "line 1: notes: ", "{\"r-1\":\"good\"}"},
	};
	struct vote f;

	vote_init(&f);
	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_choices c = {0};
		struct urne_diag d = {{0}};
		enum urne_err e =
		    urne_definition_choices(&c, &d, &f.v, urne_view_of(cases[i].text));

		if (e != cases[i].want || !urne_view_starts(urne_view_of(d.text), cases[i].place) ||
		    strstr(d.text, cases[i].says) == NULL) {
			fail_msg("case %zu: %s: %s", i, urne_err_name(e), d.text);
		}
		assert_null(c.m);
		assert_int_equal(c.num, 0);
	}
}

/* What the file says never reaches the terminal raw. */
static void
a_sentence_holds_no_control_character_of_the_choices(void **state)
{
	static const char *const texts[] = {"{\"\\u001b[2J\":\"for\"}",
	    "{\"tete\":[\"\\u001b[2J\"]}", "{\"liste\":\"\\u001b[2J\"}",
	    "{\"notes\":{\"\\u001b[2J\":\"good\"}}", "{\"listes\":{\"\\u001b[2J\":[\"b-1\"]}}"};
	struct vote f;

	vote_init(&f);
	for (size_t i = 0; i < NUM(texts); i++) {
		struct urne_choices c = {0};
		struct urne_diag d = {{0}};

		assert_true(
		    urne_definition_choices(&c, &d, &f.v, urne_view_of(texts[i])) != URNE_OK);
		assert_true(d.text[0] != '\0');
		assert_null(strchr(d.text, '\x1b'));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(choices_become_the_marks_of_their_entries),
	    cmocka_unit_test(every_fault_of_choices_is_named_with_line_path_and_way_out),
	    cmocka_unit_test(a_sentence_holds_no_control_character_of_the_choices),
	};

	return cmocka_run_group_tests_name("compile_choices", tests, NULL, NULL);
}
