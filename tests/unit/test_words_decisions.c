/* SPDX-License-Identifier: EUPL-1.2 */
/* The sentences of decisions, of a quorum and over an item, in French and English, compared to the
 * letter. */
#include "tests/unit/support/check.h"
#include "tests/unit/support/words_case.h"

static void
assert_decision(const struct urne_item_outcome *o, const struct urne_decision *x, const char *fr,
    const char *en)
{
	urne_words_decision(said(), words_readers[0], o, x);
	assert_said(fr);
	urne_words_decision(said(), words_readers[1], o, x);
	assert_said(en);
}

static void
assert_quorum(const struct urne_item_outcome *o, const char *fr, const char *en)
{
	urne_words_quorum_test(said(), URNE_LANG_FR, o);
	assert_said(fr);
	urne_words_quorum_test(said(), URNE_LANG_EN, o);
	assert_said(en);
}

static void
assert_summary(const struct urne_item_outcome *o, const char *fr, const char *en)
{
	urne_words_summary(said(), URNE_LANG_FR, o);
	assert_said(fr);
	urne_words_summary(said(), URNE_LANG_EN, o);
	assert_said(en);
}

static void
a_decision_says_votes_base_and_what_was_needed(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_PROGRAMME);
	struct urne_item_outcome o = {.item = &item};
	struct urne_decision x = words_decision(1203, 2000, 1001);

	assert_decision(&o, &x,
	    "Adopté~: 1~203 voix pour sur 2~000 suffrages exprimés~; il en fallait 1~001.",
	    "Adopted: 1,203 votes for out of 2,000 expressed votes; 1,001 were needed.");
	x.state = URNE_DECISION_REJECTED;
	x.votes_for = 900;
	assert_decision(&o, &x,
	    "Rejeté~: 900 voix pour sur 2~000 suffrages exprimés~; il en fallait 1~001.",
	    "Rejected: 900 votes for out of 2,000 expressed votes; 1,001 were needed.");
}

static void
one_is_singular_in_both_languages_and_zero_in_french(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_PROGRAMME);
	struct urne_item_outcome o = {.item = &item};
	struct urne_decision x = words_decision(1, 1, 1);

	assert_decision(&o, &x, "Adopté~: 1 voix pour sur 1 suffrage exprimé~; il en fallait 1.",
	    "Adopted: 1 vote for out of 1 expressed vote; 1 was needed.");
	x = words_decision(0, 2, 2);
	x.state = URNE_DECISION_REJECTED;
	assert_decision(&o, &x, "Rejeté~: 0 voix pour sur 2 suffrages exprimés~; il en fallait 2.",
	    "Rejected: 0 votes for out of 2 expressed votes; 2 were needed.");
}

static void
a_majority_of_nothing_cannot_be_reached(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_PROGRAMME);
	struct urne_item_outcome o = {.item = &item};
	struct urne_decision x = words_decision(0, 0, 1);

	x.state = URNE_DECISION_REJECTED;
	assert_decision(&o, &x,
	    "Rejeté~: 0 voix pour sur 0 suffrage exprimé~; aucun nombre de voix n’aurait suffi.",
	    "Rejected: 0 votes for out of 0 expressed votes; no number of votes would have been "
	    "enough.");
}

static void
a_list_is_adoptee_and_rejetee(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_RATIFICATION);
	struct urne_item_outcome o = {.item = &item};
	struct urne_decision x = words_decision(700, 1000, 600);

	item.majority.of = URNE_BASE_ROLL;
	assert_decision(&o, &x,
	    "Adoptée~: 700 voix pour sur 1~000 voix inscrites~; il en fallait 600.",
	    "Adopted: 700 votes for out of 1,000 votes on the roll; 600 were needed.");
	x.state = URNE_DECISION_REJECTED;
	x.votes_for = 10;
	assert_decision(&o, &x,
	    "Rejetée~: 10 voix pour sur 1~000 voix inscrites~; il en fallait 600.",
	    "Rejected: 10 votes for out of 1,000 votes on the roll; 600 were needed.");
}

static void
the_whole_text_has_a_majority_of_its_own(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_TEXT);
	struct urne_item_outcome o = {.item = &item};
	struct urne_decision x = words_decision(2, 3, 2);

	x.entry = item.num_entries;
	assert_decision(&o, &x, "Adopté~: 2 voix pour sur 3 voix déposées~; il en fallait 2.",
	    "Adopted: 2 votes for out of 3 votes cast; 2 were needed.");
}

static void
an_article_falls_with_the_whole(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_TEXT);
	struct urne_item_outcome o = {.item = &item};
	struct urne_decision x = words_decision(8, 10, 6);

	x.state = URNE_DECISION_REJECTED;
	x.reason = URNE_REASON_WHOLE;
	assert_decision(&o, &x,
	    "Rejeté~: 8 voix pour sur 10 suffrages exprimés, la majorité de 6 était atteinte, mais "
	    "le texte entier n’est pas adopté.",
	    "Rejected: 8 votes for out of 10 expressed votes, the majority of 6 was reached, but "
	    "the whole text is not adopted.");
}

static void
without_quorum_a_decision_says_who_voted(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_PROGRAMME);
	struct urne_item_outcome o = {
	    .item = &item, .quorum = {.required = true, .value = 412, .needed = 500}};
	struct urne_decision x = words_decision(300, 350, 176);

	x.state = URNE_DECISION_NO_QUORUM;
	x.reason = URNE_REASON_QUORUM;
	assert_decision(&o, &x, "Quorum non atteint~: 412 voix déposées, il en fallait 500.",
	    "Quorum not met: 412 votes cast, 500 were needed.");
	item.quorum.counts_expressed = true;
	assert_decision(&o, &x, "Quorum non atteint~: 350 suffrages exprimés, il en fallait 500.",
	    "Quorum not met: 350 expressed votes, 500 were needed.");
}

static void
an_alternative_is_set_aside_by_the_one_with_more_votes(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_PROGRAMME);
	struct urne_decision x[2] = {
	    words_decision(900, 1600, 801), words_decision(1203, 1600, 801)};
	struct urne_item_outcome o = {.item = &item, .decisions = x, .num_decisions = 2};

	x[1].entry = 1;
	x[0].state = URNE_DECISION_SET_ASIDE;
	x[0].reason = URNE_REASON_ALTERNATIVE;
	x[0].other = 1;
	assert_decision(&o, &x[0],
	    "Écarté~: «~Vélos~» a obtenu plus de voix, 1~203 voix pour au lieu de 900 voix~; la "
	    "majorité de 801 était atteinte, mais un seul engagement de l’alternative peut être "
	    "adopté.",
	    "Set aside: “Bicycles” has more votes, 1,203 votes for instead of 900 votes; the "
	    "majority of 801 was reached, but only one of the alternatives can be adopted.");
}

static void
equal_alternatives_are_told_apart_by_the_rule(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_PROGRAMME);
	struct urne_item_outcome o = {.item = &item};
	struct urne_decision x = words_decision(9, 10, 6);
	static const struct {
		enum urne_tie tie;
		const char *fr, *en;
	} cases[] = {
	    {URNE_TIE_DRAW,
		"Adopté~: 9 voix pour sur 10 suffrages exprimés, il en fallait 6~; autant que "
		"«~Vélos~», départagé par tirage au sort.",
		"Adopted: 9 votes for out of 10 expressed votes, 6 were needed; as many as "
		"“Bicycles”, decided by the draw."},
	    {URNE_TIE_ORDER,
		"Adopté~: 9 voix pour sur 10 suffrages exprimés, il en fallait 6~; autant que "
		"«~Vélos~», départagé par l’ordre fixé avant le vote.",
		"Adopted: 9 votes for out of 10 expressed votes, 6 were needed; as many as "
		"“Bicycles”, decided by the order fixed before the vote."},
	    {URNE_TIE_ALL,
		"Adopté~: 9 voix pour sur 10 suffrages exprimés, il en fallait 6~; autant que "
		"«~Vélos~», et à égalité tous sont adoptés.",
		"Adopted: 9 votes for out of 10 expressed votes, 6 were needed; as many as "
		"“Bicycles”, and equals are all adopted."},
	};

	x.reason = URNE_REASON_ALTERNATIVE_TIE;
	x.other = 1;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		item.tie = cases[i].tie;
		assert_decision(&o, &x, cases[i].fr, cases[i].en);
	}
}

static void
the_loser_of_a_tie_says_who_came_first_and_how(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_PROGRAMME);
	struct urne_item_outcome o = {.item = &item};
	struct urne_decision x = words_decision(9, 10, 6);

	x.state = URNE_DECISION_SET_ASIDE;
	x.reason = URNE_REASON_ALTERNATIVE_TIE;
	x.other = 0;
	item.tie = URNE_TIE_DRAW;
	assert_decision(&o, &x,
	    "Écarté~: «~Trains~» a obtenu autant de voix, 9 voix pour, et le tirage au sort lui "
	    "donne la priorité.",
	    "Set aside: “Trains” has as many votes, 9 votes for, and the draw puts it first.");
	item.tie = URNE_TIE_ORDER;
	assert_decision(&o, &x,
	    "Écarté~: «~Trains~» a obtenu autant de voix, 9 voix pour, et l’ordre fixé avant le "
	    "vote lui donne la priorité.",
	    "Set aside: “Trains” has as many votes, 9 votes for, and the order fixed before the "
	    "vote puts it first.");
}

static void
an_undrawn_alternative_waits(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_PROGRAMME);
	struct urne_item_outcome o = {.item = &item};
	struct urne_decision x = words_decision(9, 10, 6);

	x.state = URNE_DECISION_UNDRAWN;
	x.reason = URNE_REASON_ALTERNATIVE_TIE;
	x.other = 1;
	assert_decision(&o, &x,
	    "En attente du tirage au sort~: 9 voix pour, autant que «~Vélos~»~; un seul engagement "
	    "de l’alternative peut être adopté.",
	    "Waiting for the draw: 9 votes for, as many as “Bicycles”; only one of the "
	    "alternatives can be adopted.");
}

static void
titles_are_never_read_as_templates(void **state)
{
	static const struct urne_entry odd[] = {{.id = V("a"), .title = T("{1}~{", "{1}~{")}};
	struct urne_item item = words_item(URNE_ITEM_PROGRAMME);
	struct urne_item_outcome o = {.item = &item};
	struct urne_decision x = words_decision(9, 10, 6);

	item.entries = odd;
	item.num_entries = 1;
	x.state = URNE_DECISION_UNDRAWN;
	x.other = 0;
	urne_words_decision(said(), words_readers[1], &o, &x);
	assert_said("Waiting for the draw: 9 votes for, as many as “{1}~{”; only one of the "
		    "alternatives can be adopted.");
}

static void
a_quorum_test_says_both_numbers(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CANDIDATES);
	struct urne_item_outcome o = {.item = &item, .quorum = {.met = true}};

	assert_quorum(&o, "Aucun quorum n’était requis.", "No quorum was required.");
	o.quorum = (struct urne_quorum_test){true, true, 612, 500};
	assert_quorum(&o, "Quorum atteint~: 612 voix déposées, il en fallait 500.",
	    "Quorum met: 612 votes cast, 500 were needed.");
	o.quorum = (struct urne_quorum_test){true, false, 0, 1};
	assert_quorum(&o, "Quorum non atteint~: 0 voix déposée, il en fallait 1.",
	    "Quorum not met: 0 votes cast, 1 was needed.");
}

static void
a_quorum_of_expressed_votes_is_that_of_the_weakest_vote(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_PROGRAMME);
	struct urne_item_outcome o = {.item = &item, .num_decisions = 2};

	item.quorum.counts_expressed = true;
	o.quorum = (struct urne_quorum_test){true, true, 612, 500};
	assert_quorum(&o,
	    "Quorum atteint partout~: 612 suffrages exprimés au moins, il en fallait 500.",
	    "Quorum met everywhere: 612 expressed votes at least, 500 were needed.");
	o.quorum = (struct urne_quorum_test){true, false, 1, 500};
	assert_quorum(&o,
	    "Quorum non atteint partout~: 1 suffrage exprimé pour le vote qui en compte le moins, "
	    "il en fallait 500.",
	    "Quorum not met everywhere: 1 expressed vote in the vote with the fewest, 500 were "
	    "needed.");
}

static void
a_programme_is_summed_up_by_what_was_adopted(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_PROGRAMME);
	struct urne_decision x[2] = {words_decision(9, 10, 6), words_decision(9, 10, 6)};
	struct urne_item_outcome o = {.item = &item, .decisions = x, .num_decisions = 2};

	x[1].entry = 1;
	assert_summary(&o, "2 engagements adoptés sur 2.", "2 commitments adopted out of 2.");
	x[1].state = URNE_DECISION_REJECTED;
	assert_summary(&o, "1 engagement adopté sur 2.", "1 commitment adopted out of 2.");
	x[0].state = URNE_DECISION_UNDRAWN;
	o.undrawn = true;
	assert_summary(&o,
	    "0 engagement adopté sur 2~; provisoire, dans l’attente d’un tirage au sort.",
	    "0 commitments adopted out of 2; provisional, a draw is still to come.");
	o.undrawn = false;
	o.quorum = (struct urne_quorum_test){true, false, 1, 2};
	assert_summary(
	    &o, "Quorum non atteint~: rien n’est décidé.", "Quorum not met: nothing is decided.");
	item.quorum.counts_expressed = true;
	assert_summary(&o, "0 engagement adopté sur 2.", "0 commitments adopted out of 2.");
}

static void
a_ratification_is_summed_up_by_both_sides(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_RATIFICATION);
	struct urne_decision x = words_decision(1203, 2000, 1001);
	struct urne_item_outcome o = {.item = &item, .decisions = &x, .num_decisions = 1};

	x.against = 1;
	assert_summary(&o, "Liste adoptée, 1~203 voix pour et 1 voix contre.",
	    "List adopted, 1,203 votes for and 1 vote against.");
	x.state = URNE_DECISION_REJECTED;
	assert_summary(&o, "Liste rejetée, 1~203 voix pour et 1 voix contre.",
	    "List rejected, 1,203 votes for and 1 vote against.");
}

static void
a_text_is_summed_up_by_its_articles(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_TEXT);
	struct urne_decision x[3] = {
	    words_decision(9, 10, 6), words_decision(9, 10, 6), words_decision(9, 10, 6)};
	struct urne_item_outcome o = {.item = &item, .decisions = x, .num_decisions = 3};

	x[1].entry = 1;
	x[1].state = URNE_DECISION_REJECTED;
	x[2].entry = 2;
	assert_summary(
	    &o, "Texte adopté, avec 1 article sur 2.", "Text adopted, with 1 article out of 2.");
	x[2].state = URNE_DECISION_REJECTED;
	assert_summary(&o, "Texte~: rejeté.", "Text: rejected.");
}

static void
lists_and_rankings_are_summed_up_by_what_was_given(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CANDIDATES);
	struct urne_place x[3] = {words_place(1, 0, 3, URNE_PLACE_VOTES),
	    words_place(2, 1, 2, URNE_PLACE_VOTES), words_place(3, 2, 1, URNE_PLACE_VOTES)};
	struct urne_list_share l[2] = {{.votes = 3, .seats = 2}, {.section = 0, .votes = 1}};
	struct urne_item_outcome o = {.item = &item, .places = x, .num_places = 3};

	item.seats = 2;
	x[2].in = false;
	assert_summary(&o, "2 places attribuées sur 2, 1 suppléant.",
	    "2 seats filled out of 2, 1 substitute.");
	item = words_item(URNE_ITEM_PRIORITIES);
	item.seats = 2;
	assert_summary(&o, "2 engagements retenus sur 3.", "2 commitments selected out of 3.");
	x[2].in = true;
	item.seats = 0;
	assert_summary(&o, "3 engagements classés.", "3 commitments ranked.");
	item = words_item(URNE_ITEM_GRADES);
	assert_summary(&o, "3 rangs attribués.", "3 ranks given.");
	item = words_item(URNE_ITEM_LIST_CHOICE);
	item.seats = 2;
	o.lists = l;
	o.num_lists = 2;
	o.expressed = 4;
	assert_summary(&o, "2 sièges attribués sur 2~; 1 liste sur 2 a obtenu des sièges.",
	    "2 seats given out of 2; 1 list out of 2 has seats.");
	item.seats = 0;
	assert_summary(&o, "4 suffrages exprimés pour 2 listes.", "4 expressed votes for 2 lists.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_decision_says_votes_base_and_what_was_needed),
	    cmocka_unit_test(one_is_singular_in_both_languages_and_zero_in_french),
	    cmocka_unit_test(a_majority_of_nothing_cannot_be_reached),
	    cmocka_unit_test(a_list_is_adoptee_and_rejetee),
	    cmocka_unit_test(the_whole_text_has_a_majority_of_its_own),
	    cmocka_unit_test(an_article_falls_with_the_whole),
	    cmocka_unit_test(without_quorum_a_decision_says_who_voted),
	    cmocka_unit_test(an_alternative_is_set_aside_by_the_one_with_more_votes),
	    cmocka_unit_test(equal_alternatives_are_told_apart_by_the_rule),
	    cmocka_unit_test(the_loser_of_a_tie_says_who_came_first_and_how),
	    cmocka_unit_test(an_undrawn_alternative_waits),
	    cmocka_unit_test(titles_are_never_read_as_templates),
	    cmocka_unit_test(a_quorum_test_says_both_numbers),
	    cmocka_unit_test(a_quorum_of_expressed_votes_is_that_of_the_weakest_vote),
	    cmocka_unit_test(a_programme_is_summed_up_by_what_was_adopted),
	    cmocka_unit_test(a_ratification_is_summed_up_by_both_sides),
	    cmocka_unit_test(a_text_is_summed_up_by_its_articles),
	    cmocka_unit_test(lists_and_rankings_are_summed_up_by_what_was_given),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	words_case_clear();
	return failed;
}
