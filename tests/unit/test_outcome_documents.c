/* SPDX-License-Identifier: EUPL-1.2 */
/* The outcome as JSON: every number that went in comes out, and nothing else does. Negative test
 * for threat A20. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "tests/unit/support/decided_vote.h"

#define MAX_OUT ((size_t)1 << 20)

struct fixture {
	struct decided_vote vote;
	struct urne_arena arena;
	struct urne_buf out;
};

static int
setup(void **state)
{
	static struct fixture f;

	f = (struct fixture){.out = {.max = MAX_OUT}};
	decided_vote_init(&f.vote);
	urne_arena_init(&f.arena, (size_t)1 << 22);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	urne_arena_clear(&f->arena);
	urne_buf_clear(&f->out);
	return 0;
}

static const struct urne_json *
written(struct fixture *f)
{
	const struct urne_json *root = NULL;
	struct urne_diag d = {{0}};

	urne_buf_clear(&f->out);
	urne_outcome_json(&f->out, &f->vote.h, &f->vote.o);
	assert_ok(urne_buf_error(&f->out));
	if (urne_json_parse(&root, &f->arena, &d, urne_buf_view(&f->out)) != URNE_OK) {
		fail_msg("%s", d.text);
	}
	return root;
}

static const struct urne_json *
at(const struct urne_json *list, size_t index)
{
	const struct urne_json *v = list == NULL ? NULL : list->child;

	for (; v != NULL && index > 0; index--) {
		v = v->next;
	}
	assert_non_null(v);
	return v;
}

static const struct urne_json *
item(struct fixture *f, enum urne_item_kind kind)
{
	return at(urne_json_get(written(f), "items"), kind);
}

static void
assert_number(const struct urne_json *v, const char *name, uint64_t want)
{
	uint64_t n = 0;

	assert_non_null(urne_json_get(v, name));
	assert_ok(urne_json_u64(&n, urne_json_get(v, name), UINT64_MAX));
	assert_int_equal(n, want);
}

static void
assert_text(const struct urne_json *v, const char *name, const char *want)
{
	const struct urne_json *s = urne_json_get(v, name);

	assert_non_null(s);
	if (!urne_view_is(s->text, want)) {
		fail_msg("\"%s\" is %.*s, not %s", name, (int)s->text.len, s->text.p, want);
	}
}

static void
assert_bool(const struct urne_json *v, const char *name, bool want)
{
	assert_non_null(urne_json_get(v, name));
	assert_int_equal(urne_json_get(v, name)->boolean, want);
}

static void
the_document_says_which_vote_it_is_of(void **state)
{
	const struct urne_json *root = written(*state);

	assert_text(root, "format", "urne-outcome-1");
	assert_text(root, "uuid", "GnQagTgeJqLsvY");
	assert_text(root, "fingerprint", "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdE");
	assert_text(
	    root, "definition", "abababababababababababababababababababababababababababababababab");
	assert_text(urne_json_get(root, "title"), "en", "Vote of March");
	assert_number(urne_json_get(root, "turnout"), "members", 12);
	assert_number(urne_json_get(root, "turnout"), "roll", 12);
	assert_number(urne_json_get(root, "turnout"), "voters", 10);
	assert_number(urne_json_get(root, "turnout"), "votes", 10);
	assert_bool(root, "complete", false);
	assert_int_equal(urne_json_get(root, "items")->num_children, URNE_NUM_ITEM_KINDS);
}

static void
the_draw_stands_there_only_when_it_was_used(void **state)
{
	struct fixture *f = *state;
	struct urne_hash draw;

	assert_null(urne_json_get(written(f), "draw"));
	memset(draw.b, 0x5c, sizeof(draw.b));
	f->vote.h.draw = &draw;
	assert_text(
	    written(f), "draw", "5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c");
}

static void
every_item_has_its_kind_quorum_and_summary(void **state)
{
	static const char *const kinds[] = {"list-ratification", "list-candidates", "list-choice",
	    "programme", "priorities", "grades", "text"};

	for (size_t i = 0; i < URNE_NUM_ITEM_KINDS; i++) {
		const struct urne_json *v = item(*state, (enum urne_item_kind)i);
		const struct urne_json *q = urne_json_get(v, "quorum");

		assert_text(v, "kind", kinds[i]);
		assert_bool(q, "required", true);
		assert_bool(q, "met", true);
		assert_number(q, "value", 10);
		assert_number(q, "needed", 4);
		assert_bool(v, "undrawn", i == URNE_ITEM_PRIORITIES);
		assert_int_equal(urne_json_get(v, "withdrawn")->num_children,
		    i == URNE_ITEM_LIST_CANDIDATES ? 1 : 0);
		assert_int_equal(urne_json_get(v, "summary")->num_children, 2);
	}
}

static void
a_decision_comes_with_all_its_numbers(void **state)
{
	const struct urne_json *v = item(*state, URNE_ITEM_PROGRAMME);
	const struct urne_json *x = at(urne_json_get(v, "decisions"), 0);

	assert_text(x, "id", "trains");
	assert_text(urne_json_get(x, "title"), "fr", "Trains");
	assert_number(x, "for", 6);
	assert_number(x, "against", 4);
	assert_number(x, "blank", 0);
	assert_number(x, "abstained", 0);
	assert_number(x, "expressed", 10);
	assert_number(x, "base", 10);
	assert_number(x, "needed", 6);
	assert_text(x, "state", "set-aside");
	assert_text(x, "reason", "alternative");
	assert_text(x, "other", "velos");
	assert_text(urne_json_get(x, "sentence"), "en",
	    "Set aside: “Bicycles” has more votes, 9 votes for instead of 6 votes; the majority of "
	    "6 was reached, but only one of the alternatives can be adopted.");
	assert_null(urne_json_get(at(urne_json_get(v, "decisions"), 1), "other"));
}

static void
sentences_use_the_titles_of_their_language(void **state)
{
	struct fixture *f = *state;
	struct urne_view first = f->vote.v.languages[0];
	const struct urne_json *x = NULL;

	f->vote.v.languages[0] = f->vote.v.languages[1];
	f->vote.v.languages[1] = first;
	x = at(urne_json_get(item(f, URNE_ITEM_PROGRAMME), "decisions"), 0);
	assert_text(urne_json_get(x, "sentence"), "en",
	    "Set aside: “Vélos” has more votes, 9 votes for instead of 6 votes; the majority of 6 "
	    "was reached, but only one of the alternatives can be adopted.");
}

static void
a_ratified_list_is_there_in_its_order(void **state)
{
	struct fixture *f = *state;
	const struct urne_json *v = item(f, URNE_ITEM_LIST_RATIFICATION);

	assert_text(at(urne_json_get(v, "decisions"), 0), "id", "liste");
	assert_number(at(urne_json_get(v, "list"), 1), "rank", 2);
	assert_text(at(urne_json_get(v, "list"), 1), "id", "c-2");
	f->vote.list[0].state = URNE_DECISION_REJECTED;
	assert_null(urne_json_get(item(f, URNE_ITEM_LIST_RATIFICATION), "list"));
}

static void
a_place_says_who_was_passed_over_and_for_whose_turn(void **state)
{
	const struct urne_json *v = item(*state, URNE_ITEM_LIST_CANDIDATES);
	const struct urne_json *x = at(urne_json_get(v, "list"), 0);

	assert_number(v, "seats", 2);
	assert_number(v, "unfilled", 0);
	assert_number(x, "rank", 1);
	assert_text(x, "id", "t-1");
	assert_text(urne_json_get(x, "title"), "fr", "Nora \"N\" Blanc");
	assert_number(x, "votes", 4);
	assert_bool(x, "in", true);
	assert_text(x, "reason", "parity");
	assert_text(x, "wanted", "f");
	assert_text(x, "passed", "t-2");
	assert_null(urne_json_get(x, "tied"));
	x = at(urne_json_get(v, "list"), 2);
	assert_bool(x, "in", false);
	assert_null(urne_json_get(x, "wanted"));
	assert_text(at(urne_json_get(v, "withdrawn"), 0), "id", "t-4");
}

static void
every_vote_is_told_also_of_who_has_no_place(void **state)
{
	const struct urne_json *v = urne_json_get(item(*state, URNE_ITEM_LIST_CANDIDATES), "votes");

	assert_int_equal(v->num_children, 4);
	assert_text(at(v, 3), "id", "t-4");
	assert_number(at(v, 3), "votes", 3);
	v = urne_json_get(item(*state, URNE_ITEM_LIST_CHOICE), "votes");
	assert_int_equal(v->num_children, 3);
	assert_text(at(v, 1), "id", "a-2");
	assert_number(at(v, 1), "votes", 2);
	assert_null(urne_json_get(item(*state, URNE_ITEM_PROGRAMME), "votes"));
}

static void
equals_say_how_many_they_are(void **state)
{
	const struct urne_json *v = item(*state, URNE_ITEM_PRIORITIES);

	assert_number(at(urne_json_get(v, "ranking"), 0), "tied", 2);
	assert_text(at(urne_json_get(v, "ranking"), 0), "reason", "undrawn");
}

static void
rival_lists_have_seats_and_those_who_take_them(void **state)
{
	const struct urne_json *v = item(*state, URNE_ITEM_LIST_CHOICE);
	const struct urne_json *x = at(urne_json_get(v, "lists"), 1);

	assert_text(x, "id", "list-b");
	assert_number(x, "votes", 4);
	assert_bool(x, "above_threshold", true);
	assert_number(x, "seats", 1);
	assert_bool(x, "by_tie", false);
	assert_bool(x, "undrawn", false);
	assert_text(at(urne_json_get(v, "elected"), 1), "list", "list-b");
	assert_text(at(urne_json_get(v, "elected"), 1), "id", "b-1");
}

static void
rows_of_grades_leave_out_who_was_not_on_the_ballot(void **state)
{
	const struct urne_json *v = item(*state, URNE_ITEM_GRADES);
	const struct urne_json *x = at(urne_json_get(v, "rows"), 1);

	assert_int_equal(urne_json_get(v, "rows")->num_children, 2);
	assert_text(at(urne_json_get(v, "grades"), 1), "id", "poor");
	assert_text(x, "id", "r-3");
	assert_true(urne_view_is(urne_json_get(x, "histogram")->raw, "[5,5]"));
	assert_text(x, "majority_grade", "poor");
	assert_number(x, "better", 5);
	assert_number(x, "worse", 0);
	assert_null(urne_json_get(at(urne_json_get(v, "ranking"), 0), "votes"));
}

static void
the_consolidated_text_holds_the_adopted_articles_only(void **state)
{
	struct fixture *f = *state;
	const struct urne_json *v = urne_json_get(item(f, URNE_ITEM_TEXT), "consolidated");

	assert_true(urne_view_is(urne_json_get(v, "adopted")->raw, "[\"art-2\",\"art-3\"]"));
	assert_text(v, "sha256", DECIDED_TEXT_SHA256);
	assert_text(urne_json_get(v, "text"), "fr", DECIDED_TEXT_FR);
	assert_text(urne_json_get(v, "text"), "en",
	    "Title II\n\nArticle 2\nOne.\nTwo, “apart”.\n\nArticle 3\nThree.\n\n");
	assert_text(at(urne_json_get(item(f, URNE_ITEM_TEXT), "decisions"), 3), "id", "whole");
}

static void
without_the_whole_there_is_no_consolidated_text(void **state)
{
	struct fixture *f = *state;

	f->vote.text[3].state = URNE_DECISION_REJECTED;
	assert_null(urne_json_get(item(f, URNE_ITEM_TEXT), "consolidated"));
}

static void
the_same_outcome_gives_the_same_bytes(void **state)
{
	struct fixture *f = *state;
	struct urne_buf again = {.max = MAX_OUT};

	(void)written(f);
	urne_outcome_json(&again, &f->vote.h, &f->vote.o);
	assert_true(urne_view_eq(urne_buf_view(&again), urne_buf_view(&f->out)));
	urne_buf_clear(&again);
}

static void
the_items_alone_are_those_of_the_document(void **state)
{
	struct fixture *f = *state;
	const struct urne_json *items = urne_json_get(written(f), "items");
	struct urne_buf alone = {.max = MAX_OUT};

	urne_outcome_items_json(&alone, &f->vote.h, &f->vote.o);
	assert_true(urne_view_eq(urne_buf_view(&alone), items->raw));
	urne_buf_clear(&alone);
}

static void
every_limit_of_the_buffer_is_kept(void **state)
{
	struct fixture *f = *state;

	(void)written(f);
	for (size_t max = 0; max < f->out.len; max++) {
		struct urne_buf small = {.max = max};

		urne_outcome_json(&small, &f->vote.h, &f->vote.o);
		assert_err(urne_buf_error(&small), URNE_ERR_LIMIT);
		urne_buf_clear(&small);
	}
}

/* Every name in the tree is one that the documentation lists; none of them is about a ballot. */
static void
a20_no_field_of_the_document_is_about_a_ballot(void **state)
{
	static const char *const names[] = {"format", "uuid", "fingerprint", "definition", "title",
	    "turnout", "members", "roll", "voters", "votes", "draw", "complete", "items", "id",
	    "kind", "quorum", "required", "met", "value", "needed", "decisions", "for", "against",
	    "blank", "abstained", "expressed", "base", "state", "reason", "other", "sentence",
	    "list", "ranking", "elected", "lists", "rank", "in", "wanted", "passed", "tied",
	    "seats", "unfilled", "above_threshold", "by_tie", "undrawn", "grades", "rows",
	    "histogram", "majority_grade", "better", "worse", "withdrawn", "summary",
	    "consolidated", "adopted", "sha256", "text", "fr", "en", ""};
	const struct urne_json *v = written(*state);

	while (v != NULL) {
		bool known = false;

		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			known = known || urne_view_is(v->key, names[i]);
		}
		if (!known) {
			fail_msg("no such field: %.*s", (int)v->key.len, v->key.p);
		}
		if (v->child != NULL) {
			v = v->child;
			continue;
		}
		while (v != NULL && v->next == NULL) {
			v = v->parent;
		}
		v = v == NULL ? NULL : v->next;
	}
}

/* The example of the documentation is what the program writes for this vote's ratification. */
static void
the_documented_example_is_real(void **state)
{
	struct fixture *f = *state;
	struct urne_buf page = {.max = MAX_OUT}, example = {.max = MAX_OUT};
	const char *p = NULL, *end = NULL;
	bool quoted = false;

	f->vote.o.num_items = 1;
	f->vote.o.complete = true;
	(void)written(f);
	assert_ok(urne_file_read(&page, NULL, "docs/outcome.md"));
	urne_buf_putc(&page, '\0');
	p = strstr(page.data, "```json\n{\"format\"");
	assert_non_null(p);
	p += strlen("```json\n");
	end = strstr(p, "\n```");
	assert_non_null(end);
	for (; p < end; p++) {
		quoted = quoted != (*p == '"');
		if (quoted || (*p != '\n' && *p != ' ')) {
			urne_buf_putc(&example, *p);
		}
	}
	urne_buf_putc(&example, '\0');
	urne_buf_putc(&f->out, '\0');
	assert_string_equal(example.data, f->out.data);
	urne_buf_clear(&page);
	urne_buf_clear(&example);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(the_document_says_which_vote_it_is_of, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		the_draw_stands_there_only_when_it_was_used, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		every_item_has_its_kind_quorum_and_summary, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_decision_comes_with_all_its_numbers, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		sentences_use_the_titles_of_their_language, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_ratified_list_is_there_in_its_order, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		a_place_says_who_was_passed_over_and_for_whose_turn, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		every_vote_is_told_also_of_who_has_no_place, setup, teardown),
	    cmocka_unit_test_setup_teardown(equals_say_how_many_they_are, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		rival_lists_have_seats_and_those_who_take_them, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		rows_of_grades_leave_out_who_was_not_on_the_ballot, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		the_consolidated_text_holds_the_adopted_articles_only, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		without_the_whole_there_is_no_consolidated_text, setup, teardown),
	    cmocka_unit_test_setup_teardown(the_same_outcome_gives_the_same_bytes, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		the_items_alone_are_those_of_the_document, setup, teardown),
	    cmocka_unit_test_setup_teardown(every_limit_of_the_buffer_is_kept, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		a20_no_field_of_the_document_is_about_a_ballot, setup, teardown),
	    cmocka_unit_test_setup_teardown(the_documented_example_is_real, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
