/* SPDX-License-Identifier: EUPL-1.2 */
/* From a definition to questions, and from a flattened result to its numbers. Negative tests for
 * threats A14 and A15: an election that asks anything else than the definition is refused. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "election/questions.h"
#include "tests/unit/support/definition_texts.h"
#include "tests/unit/support/small_vote.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))

static void
assert_compiles_to(const struct vote *f, const char *want)
{
	const struct urne_question *q = NULL;
	struct urne_diag d = {{0}};
	struct urne_arena arena;
	struct urne_buf out;
	size_t num = 0;

	urne_arena_init(&arena, 1 << 20);
	urne_buf_init(&out, 1 << 16);
	assert_ok(urne_definition_compile(&q, &num, &arena, &d, &f->v));
	assert_int_equal(num, f->v.num_questions);
	urne_questions_emit(&out, q, num);
	urne_buf_putc(&out, '\0');
	assert_ok(urne_buf_error(&out));
	assert_string_equal(out.data, want);
	urne_buf_clear(&out);
	urne_arena_clear(&arena);
}

static void
every_kind_compiles_to_its_questions_in_french(void **state)
{
	struct vote f;

	vote_init(&f);
	assert_compiles_to(&f,
	    "[{\"answers\":[\"Pour\",\"Contre\"],\"blank\":true,\"min\":0,\"max\":1,"
	    "\"question\":\"La liste\"},"
	    "{\"answers\":[\"Nora \\\"N\\\" Blanc\",\"Rosa Vert\"],\"min\":1,\"max\":1,"
	    "\"question\":\"La tête\"},"
	    "{\"type\":\"Lists\",\"value\":{\"answers\":[[\"Liste A\",\"Aldo\"],"
	    "[\"Liste B\",\"Bea\",\"Bela\"]],\"question\":\"Les listes\"}},"
	    "{\"answers\":[\"Pour\",\"Contre\"],\"min\":0,\"max\":1,"
	    "\"question\":\"Climat — Sobriété\"},"
	    "{\"answers\":[\"Pour\",\"Contre\"],\"min\":0,\"max\":1,"
	    "\"question\":\"Climat — Trains\"},"
	    "{\"answers\":[\"Pour\",\"Contre\"],\"min\":0,\"max\":1,"
	    "\"question\":\"Emploi — Semaine\"},"
	    "{\"answers\":[\"Eau\",\"École\",\"Rail\"],\"blank\":true,\"min\":0,\"max\":2,"
	    "\"question\":\"Les priorités\"},"
	    "{\"answers\":[\"Bien\",\"Passable\",\"Insuffisant\"],\"min\":1,\"max\":1,"
	    "\"question\":\"Les notes — Ida\"},"
	    "{\"answers\":[\"Bien\",\"Passable\",\"Insuffisant\"],\"min\":1,\"max\":1,"
	    "\"question\":\"Les notes — Ian\"},"
	    "{\"answers\":[\"Pour\",\"Contre\"],\"blank\":true,\"min\":0,\"max\":1,"
	    "\"question\":\"Article 1er [sha256:" H11 "]\"},"
	    "{\"answers\":[\"Pour\",\"Contre\"],\"blank\":true,\"min\":0,\"max\":1,"
	    "\"question\":\"Article 2 [sha256:" H22 "]\"},"
	    "{\"answers\":[\"Pour\",\"Contre\"],\"blank\":true,\"min\":0,\"max\":1,"
	    "\"question\":\"La charte [sha256:" H_WHOLE "]\"}]");
}

static void
every_kind_compiles_to_its_questions_in_english(void **state)
{
	struct vote f;

	vote_init(&f);
	vote_make_english(&f);
	assert_compiles_to(&f,
	    "[{\"answers\":[\"For\",\"Against\"],\"blank\":true,\"min\":0,\"max\":1,"
	    "\"question\":\"The list\"},"
	    "{\"answers\":[\"Nora \\\"N\\\" Blanc\",\"Rosa Vert\"],\"min\":1,\"max\":1,"
	    "\"question\":\"The head\"},"
	    "{\"type\":\"Lists\",\"value\":{\"answers\":[[\"List A\",\"Aldo\"],"
	    "[\"List B\",\"Bea\",\"Bela\"]],\"question\":\"The lists\"}},"
	    "{\"answers\":[\"For\",\"Against\"],\"min\":0,\"max\":1,"
	    "\"question\":\"Climate — Restraint\"},"
	    "{\"answers\":[\"For\",\"Against\"],\"min\":0,\"max\":1,"
	    "\"question\":\"Climate — Trains\"},"
	    "{\"answers\":[\"For\",\"Against\"],\"min\":0,\"max\":1,"
	    "\"question\":\"Work — Week\"},"
	    "{\"answers\":[\"Water\",\"School\",\"Rail\"],\"blank\":true,\"min\":0,\"max\":2,"
	    "\"question\":\"Priorities\"},"
	    "{\"answers\":[\"Good\",\"Fair\",\"Poor\"],\"min\":1,\"max\":1,"
	    "\"question\":\"Grades — Ida\"},"
	    "{\"answers\":[\"Good\",\"Fair\",\"Poor\"],\"min\":1,\"max\":1,"
	    "\"question\":\"Grades — Ian\"},"
	    "{\"answers\":[\"For\",\"Against\"],\"blank\":true,\"min\":0,\"max\":1,"
	    "\"question\":\"Article 1 [sha256:" H11 "]\"},"
	    "{\"answers\":[\"For\",\"Against\"],\"blank\":true,\"min\":0,\"max\":1,"
	    "\"question\":\"Article 2 of it [sha256:" H22 "]\"},"
	    "{\"answers\":[\"For\",\"Against\"],\"blank\":true,\"min\":0,\"max\":1,"
	    "\"question\":\"The charter [sha256:" H_WHOLE "]\"}]");
}

/* The canonical form leaves them out; a reader sets them. */
static void
a_question_of_lists_lets_choose_one(void **state)
{
	struct sealed s;

	sealed_init(&s);
	assert_int_equal(s.q[2].min, 1);
	assert_int_equal(s.q[2].max, 1);
	sealed_clear(&s);
}

static void
more_than_an_election_holds_is_refused(void **state)
{
	static struct urne_entry many[4097];
	static const struct {
		enum urne_item_kind kind;
		size_t num;
		enum urne_err want;
	} cases[] = {
	    {URNE_ITEM_LIST_CANDIDATES, 4096, URNE_OK},
	    {URNE_ITEM_LIST_CANDIDATES, 4097, URNE_ERR_LIMIT},
	    {URNE_ITEM_LIST_CHOICE, 4095, URNE_OK}, {URNE_ITEM_LIST_CHOICE, 4096, URNE_ERR_LIMIT},
	    {URNE_ITEM_PROGRAMME, 2048, URNE_OK}, {URNE_ITEM_PROGRAMME, 2049, URNE_ERR_LIMIT},
	    {URNE_ITEM_GRADES, 2048, URNE_ERR_LIMIT}, /* 40 grades: too many choices */
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_grade grades[40] = {{.title = T("g", "g")}};
		struct urne_section section = {.num = cases[i].num};
		struct urne_item item = {.kind = cases[i].kind,
		    .id = V("x"),
		    .entries = many,
		    .num_entries = cases[i].num,
		    .sections = &section,
		    .num_sections = 1,
		    .grades = grades,
		    .num_grades = 40};
		struct urne_definition v = {.items = &item, .num_items = 1};
		const struct urne_question *q = NULL;
		struct urne_diag d = {{0}};
		struct urne_arena arena;
		size_t num = 0;

		urne_arena_init(&arena, 1 << 24);
		urne_definition_layout(&v);
		assert_err(urne_definition_compile(&q, &num, &arena, &d, &v), cases[i].want);
		assert_true((strstr(d.text, "make two") != NULL) == (cases[i].want != URNE_OK));
		urne_arena_clear(&arena);
	}
}

static void
an_election_made_of_the_definition_agrees(void **state)
{
	struct sealed s;
	struct urne_diag d = {{0}};

	sealed_init(&s);
	assert_ok(urne_definition_agrees(&d, &s.f.v, &s.e));
	s.e.name = VIEW("[TEST] Vote de mars");
	assert_ok(urne_definition_agrees(&d, &s.f.v, &s.e));
	sealed_clear(&s);
}

static const struct urne_view other_answers[3] = {V("Pour"), V("contre"), V("Rail")};
static const struct urne_view other_list[2] = {V("Liste A"), V("Ana")};
static const struct urne_question_list other_lists[2] = {{other_list, 2}, {other_list, 2}};

static void
alter_hash(struct sealed *s)
{
	s->e.vote_definition = VIEW(H11);
}

static void
drop_hash(struct sealed *s)
{
	s->e.vote_definition = VIEW("");
}

static void
alter_name(struct sealed *s)
{
	s->e.name = VIEW("Vote de mai");
}

static void
mark_name_twice(struct sealed *s)
{
	s->e.name = VIEW("[TEST] [TEST] Vote de mars");
}

static void
alter_description(struct sealed *s)
{
	s->e.description = VIEW("Le vote ");
}

static void
alter_commitment(struct sealed *s)
{
	s->q[4].title = VIEW("Climat — Avions");
}

static void
alter_answer(struct sealed *s)
{
	s->q[5].answers = other_answers;
}

static void
alter_list(struct sealed *s)
{
	s->q[2].lists = other_lists;
}

static void
alter_min(struct sealed *s)
{
	s->q[6].min = 1;
}

static void
alter_max(struct sealed *s)
{
	s->q[1].max = 2;
}

static void
drop_blank(struct sealed *s)
{
	s->q[0].has_blank = s->q[0].blank = false;
}

static void
say_no_blank(struct sealed *s)
{
	s->q[3].has_blank = true;
}

static void
swap_questions(struct sealed *s)
{
	struct urne_question other = s->q[7];

	s->q[7] = s->q[8];
	s->q[8] = other;
}

static void
drop_question(struct sealed *s)
{
	s->e.num_questions--;
}

static void
a14_a15_whatever_differs_from_the_definition_is_named(void **state)
{
	static const struct {
		void (*alter)(struct sealed *);
		const char *says;
	} cases[] = {
	    {alter_hash, "seals the vote definition with SHA-256 " H11 ", this file has " H_FILE},
	    {drop_hash, "seals no vote definition"},
	    {alter_name, "the name of the election is \"Vote de mai\""},
	    {mark_name_twice, "the name of the election is"},
	    {alter_description, "the description of the election"},
	    {alter_commitment, "question 5, item programme: the election asks \"Climat — Avions\", "
			       "the definition \"Climat — Trains\""},
	    {alter_answer, "question 6, item programme: \"Emploi — Semaine\" does not have the "
			   "answers of the definition"},
	    {alter_list, "question 3, item listes: \"Les listes\" does not have the answers"},
	    {alter_min, "question 7, item priorites: \"Les priorités\" lets choose 1 to 2, the "
			"definition 0 to 2"},
	    {alter_max, "question 2, item tete: \"La tête\" lets choose 1 to 2, the definition 1 "
			"to 1"},
	    {drop_blank, "question 1, item liste: \"La liste\" lacks blank votes"},
	    {say_no_blank, "question 4, item programme: \"Climat — Sobriété\" is not written as"},
	    {swap_questions, "question 8, item notes: the election asks \"Les notes — Ian\""},
	    {drop_question, "the election has 11 questions, the definition 12"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct sealed s;
		struct urne_diag d = {{0}};
		enum urne_err e = URNE_OK;

		sealed_init(&s);
		cases[i].alter(&s);
		e = urne_definition_agrees(&d, &s.f.v, &s.e);
		if (e != URNE_ERR_MISMATCH || strstr(d.text, cases[i].says) == NULL) {
			fail_msg("case %zu: %s: %s", i, urne_err_name(e), d.text);
		}
		sealed_clear(&s);
	}
}

/* A long title is cut between characters, so that the sentence stays a text. */
static void
a_sentence_about_a_long_title_stays_utf_8(void **state)
{
	char title[2 * 200 + 1];
	struct sealed s;
	struct urne_diag d = {{0}};
	struct urne_view left;

	for (size_t shift = 0; shift < 2; shift++) {
		memset(title, 'x', sizeof(title));
		for (size_t i = shift; i + 1 < sizeof(title); i += 2) {
			memcpy(title + i, "é", 2);
		}
		sealed_init(&s);
		s.e.name = (struct urne_view){title, sizeof(title) - 1};
		assert_err(urne_definition_agrees(&d, &s.f.v, &s.e), URNE_ERR_MISMATCH);
		assert_non_null(strstr(d.text, "\", the title of the definition"));
		left = urne_view_of(d.text);
		while (left.len > 0) {
			size_t len = urne_utf8_len(left);

			assert_true(len > 0);
			left.p += len;
			left.len -= len;
		}
		sealed_clear(&s);
	}
}

/* The counts are 100, 101, ... in the order of the questions as they are written above. */
static void
every_number_of_a_result_is_found(void **state)
{
	static const struct {
		size_t item, row;
		uint64_t blank, votes_for, against;
	} rows[] = {{0, 0, 100, 101, 102}, {3, 0, 0, 110, 111}, {3, 2, 0, 114, 115},
	    {6, 0, 126, 127, 128}, {6, 1, 129, 130, 131}, {6, 2, 132, 133, 134}};
	static const struct {
		size_t item, entry;
		uint64_t votes;
	} votes[] = {{1, 0, 103}, {1, 1, 0}, {1, 2, 104}, {2, 0, 0}, {2, 1, 106}, {2, 2, 108},
	    {2, 3, 109}, {4, 0, 117}, {4, 2, 119}};
	uint64_t counts[35];
	struct vote f;

	vote_init(&f);
	assert_int_equal(f.v.num_choices, NUM(counts));
	for (size_t i = 0; i < NUM(counts); i++) {
		counts[i] = 100 + i;
	}
	for (size_t i = 0; i < NUM(rows); i++) {
		struct urne_row_counts c =
		    urne_item_row(&f.items[rows[i].item], counts, rows[i].row);
		assert_int_equal(c.blank, rows[i].blank);
		assert_int_equal(c.votes_for, rows[i].votes_for);
		assert_int_equal(c.against, rows[i].against);
	}
	for (size_t i = 0; i < NUM(votes); i++) {
		assert_int_equal(urne_item_votes(&f.items[votes[i].item], counts, votes[i].entry),
		    votes[i].votes);
	}
	assert_int_equal(urne_item_blank(&f.items[1], counts), 0);
	assert_int_equal(urne_item_blank(&f.items[4], counts), 116);
	assert_int_equal(urne_item_list_votes(&f.items[2], counts, 0), 105);
	assert_int_equal(urne_item_list_votes(&f.items[2], counts, 1), 107);
	assert_int_equal(urne_item_grade_votes(&f.items[5], counts, 0, 0), 120);
	assert_int_equal(urne_item_grade_votes(&f.items[5], counts, 0, 2), 122);
	assert_int_equal(urne_item_grade_votes(&f.items[5], counts, 1, 0), 0);
	assert_int_equal(urne_item_grade_votes(&f.items[5], counts, 2, 1), 124);
}

/* Places are computed from counts of parts; here they are counted one by one. */
static void
places_behind_many_withdrawn_are_right(void **state)
{
	static const size_t sizes[] = {1, 63, 64, 65, 127, 128, 129, 4095, 4096};
	static struct urne_entry entries[4096];
	static uint64_t counts[4096];

	for (size_t i = 0; i < NUM(counts); i++) {
		counts[i] = i + 1;
		entries[i].withdrawn = i % 7 == 2 || i % 64 == 0 || (i > 200 && i < 300);
	}
	for (size_t k = 0; k < NUM(sizes); k++) {
		struct urne_item item = {
		    .kind = URNE_ITEM_LIST_CANDIDATES, .entries = entries, .num_entries = sizes[k]};
		struct urne_definition v = {.items = &item, .num_items = 1};
		size_t next = 0;

		urne_definition_layout(&v);
		for (size_t i = 0; i < sizes[k]; i++) {
			uint64_t want = entries[i].withdrawn ? 0 : ++next;
			assert_int_equal(urne_item_votes(&item, counts, i), want);
		}
		assert_int_equal(v.num_choices, next);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_kind_compiles_to_its_questions_in_french),
	    cmocka_unit_test(every_kind_compiles_to_its_questions_in_english),
	    cmocka_unit_test(a_question_of_lists_lets_choose_one),
	    cmocka_unit_test(more_than_an_election_holds_is_refused),
	    cmocka_unit_test(an_election_made_of_the_definition_agrees),
	    cmocka_unit_test(a14_a15_whatever_differs_from_the_definition_is_named),
	    cmocka_unit_test(a_sentence_about_a_long_title_stays_utf_8),
	    cmocka_unit_test(every_number_of_a_result_is_found),
	    cmocka_unit_test(places_behind_many_withdrawn_are_right),
	};

	return cmocka_run_group_tests_name("compile", tests, NULL, NULL);
}
