/* SPDX-License-Identifier: EUPL-1.2 */
/* The outcome's page: for every item the summary, its tables and what has still to happen, in the
 * language of the reader. */
#include <string.h>

#include "tests/unit/support/decided_vote.h"
#include "tests/unit/support/pages.h"

static struct decided_vote vote;

/* The page of the vote for a reader of that language, as text without wrapping. */
static const char *
page(void **state, const char *language)
{
	struct test_page *f = *state;

	urne_outcome_compose(
	    &f->page, urne_reader_for(&vote.v, urne_view_of(language)), &vote.h, &vote.o);
	assert_ok(urne_page_error(&f->page));
	return test_page_as_text(f, 0);
}

static int
setup(void **state)
{
	decided_vote_init(&vote);
	return test_page_setup(state);
}

static void
assert_shows(const char *text, const char *what)
{
	if (strstr(text, what) == NULL) {
		fail_msg("not on the page: %s\n%s", what, text);
	}
}

static void
every_item_begins_with_its_summary(void **state)
{
	const char *text = page(state, "fr");

	assert_shows(text, "La liste\n--------\n\nListe adoptée, 7 voix pour et 1 voix contre.\n");
	assert_shows(text, "La tête\n-------\n\n2 places attribuées sur 2, 1 suppléant.\n");
	assert_shows(text, "Le programme\n------------\n\n1 engagement adopté sur 2.\n");
	assert_shows(text, "La charte\n---------\n\nTexte adopté, avec 2 articles sur 3.\n");
	assert_shows(text, "Quorum atteint\u202f: 10 voix déposées, il en fallait 4.\n");
}

static void
a_reader_of_english_reads_english(void **state)
{
	const char *text = page(state, "en");

	assert_shows(text, "The programme\n-------------\n\n1 commitment adopted out of 2.\n");
	assert_shows(text, "Bicycles");
	assert_null(strstr(text, "Vélos"));
	assert_null(strstr(text, "adopté"));
}

static void
what_waits_for_the_draw_says_what_has_to_happen(void **state)
{
	const char *text = page(state, "fr");

	assert_shows(text,
	    "! Des ex æquo restent à départager par tirage au sort\u202f: la valeur du tour "
	    "12345678 de la balise publique drand «\u202fquicknet\u202f», publiée le 1er mars 2027 "
	    "à 7\u202fh\u202f00 (UTC). Dès que les responsables en auront déclaré la valeur, le "
	    "résultat de ce point sera recalculé et définitif.\n");
	assert_int_equal(test_page_count(text, "restent à départager"), 1);
}

static void
places_come_with_their_reason_and_substitutes_behind(void **state)
{
	const char *text = page(state, "fr");

	assert_shows(text,
	    "femme suivante selon les voix, 4 voix\u202f; Paul Noir, avec 5 voix, est au rang 2");
	assert_shows(text, "1 suppléant\n");
	assert_true(strstr(text, "1 suppléant\n") < strstr(text, "Hugo Gris"));
	assert_shows(
	    text, "Retirés après le scellement du vote, et donc sans rang\u202f:\n\n- Rosa Vert");
}

static void
decisions_have_bars_and_reasons(void **state)
{
	const char *text = page(state, "fr");

	assert_shows(text, "Voix pour, en part des suffrages exprimés");
	assert_shows(text, "6 voix, 60,00\u202f%");
	assert_shows(text, "Écarté\u202f: «\u202fVélos\u202f» a obtenu plus de voix");
	assert_shows(text, "1 voix, 10,00\u202f%");
}

static void
blank_has_a_column_only_where_it_is_offered(void **state)
{
	assert_null(strstr(page(state, "fr"), "Contre  Blancs"));
	vote.items[URNE_ITEM_PROGRAMME].blank = URNE_BLANK_EXCLUDED;
	assert_shows(page(state, "fr"), "Blancs  Abstentions");
}

static void
nobody_who_was_not_on_the_ballot_has_a_row_of_grades(void **state)
{
	const char *text = page(state, "fr");

	assert_shows(text, "Mention majoritaire");
	assert_shows(text, "Ian");
	assert_null(strstr(text, "Ivo"));
}

static void
rival_lists_show_their_seats(void **state)
{
	const char *text = page(state, "en");

	assert_shows(text, "1 seat: 6 votes out of 10 expressed votes, 60.00%.");
	assert_shows(text, "list “List B”, in the list’s order, 2 votes");
}

static void
the_adopted_text_is_there_with_its_hash(void **state)
{
	const char *text = page(state, "en");

	assert_shows(text, "The text as adopted\n");
	assert_shows(text, "Two, “apart”.\n");
	assert_null(strstr(text, "Zero."));
	assert_shows(text, "in the authentic language (fr):\n\n  " DECIDED_TEXT_SHA256 "\n");
}

static void
a_rejected_text_has_no_consolidated_one(void **state)
{
	vote.text[3].state = URNE_DECISION_REJECTED;
	assert_null(strstr(page(state, "en"), "as adopted"));
}

static void
a_vote_without_voters_is_shown_without_shares(void **state)
{
	memset(vote.programme, 0, sizeof(vote.programme));
	vote.programme[1].entry = 1;
	vote.programme[0].needed = vote.programme[1].needed = 1;
	memset(&vote.list[0], 0, sizeof(vote.list[0]));
	vote.parts[URNE_ITEM_LIST_CHOICE].expressed = 0;
	assert_shows(page(state, "fr"), "0 voix, —");
}

static void
places_nobody_could_take_are_counted(void **state)
{
	vote.parts[URNE_ITEM_LIST_CANDIDATES].num_unfilled = 1;
	assert_shows(
	    page(state, "fr"), "1 place reste vacante, faute de noms que les règles admettent.\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		every_item_begins_with_its_summary, setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		a_reader_of_english_reads_english, setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		what_waits_for_the_draw_says_what_has_to_happen, setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		places_come_with_their_reason_and_substitutes_behind, setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		decisions_have_bars_and_reasons, setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		blank_has_a_column_only_where_it_is_offered, setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		nobody_who_was_not_on_the_ballot_has_a_row_of_grades, setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		rival_lists_show_their_seats, setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		the_adopted_text_is_there_with_its_hash, setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		a_rejected_text_has_no_consolidated_one, setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		a_vote_without_voters_is_shown_without_shares, setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		places_nobody_could_take_are_counted, setup, test_page_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
