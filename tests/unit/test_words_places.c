/* SPDX-License-Identifier: EUPL-1.2 */
/* The sentences of places and of rival lists, in French and English, compared to the letter. */
#include "tests/unit/support/check.h"
#include "tests/unit/support/words_case.h"

static void
assert_place(
    const struct urne_item_outcome *o, const struct urne_place *x, const char *fr, const char *en)
{
	urne_words_place(said(), words_readers[0], o, x);
	assert_said(fr);
	urne_words_place(said(), words_readers[1], o, x);
	assert_said(en);
}

static void
assert_list(const struct urne_item_outcome *o, const char *fr, const char *en)
{
	urne_words_list_share(said(), words_readers[0], o, &o->lists[0]);
	assert_said(fr);
	urne_words_list_share(said(), words_readers[1], o, &o->lists[0]);
	assert_said(en);
}

static void
a_place_by_votes_says_so(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CANDIDATES);
	struct urne_item_outcome o = {.item = &item};
	struct urne_place x = words_place(1, 0, 1203, URNE_PLACE_VOTES);

	item.seats = 2;
	assert_place(&o, &x, "Rang 1~: 1~203 voix, le plus grand nombre parmi les noms restants.",
	    "Rank 1: 1,203 votes, the most of the names left.");
	item = words_item(URNE_ITEM_PRIORITIES);
	x.votes = 1;
	assert_place(&o, &x,
	    "Rang 1~: 1 voix, le plus grand nombre parmi les engagements restants.",
	    "Rank 1: 1 vote, the most of the commitments left.");
}

static void
who_has_to_wait_for_parity_is_named_with_their_own_rank(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CANDIDATES);
	struct urne_place x[2] = {
	    words_place(4, 1, 1203, URNE_PLACE_PARITY), words_place(5, 0, 1250, URNE_PLACE_VOTES)};
	struct urne_item_outcome o = {.item = &item, .places = x, .num_places = 2};

	item.seats = 9;
	x[0].wanted = URNE_GENDER_WOMAN;
	x[0].passed = 0;
	assert_place(&o, &x[0],
	    "Rang 4~: femme suivante selon les voix, 1~203 voix~; Jean Aubry, avec 1~250 voix, est "
	    "au rang 5.",
	    "Rank 4: next woman by votes, 1,203 votes; Jean Aubry, with 1,250 votes, is at rank "
	    "5.");
	x[0].wanted = URNE_GENDER_MAN;
	o.num_places = 1;
	assert_place(&o, &x[0],
	    "Rang 4~: homme suivant selon les voix, 1~203 voix~; Jean Aubry, avec plus de voix, "
	    "n’a pas de rang.",
	    "Rank 4: next man by votes, 1,203 votes; Jean Aubry, with more votes, has no rank.");
}

static void
kept_ranks_name_what_they_were_kept_for(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CANDIDATES);
	struct urne_item_outcome o = {.item = &item};
	struct urne_place x = words_place(1, 1, 12, URNE_PLACE_RESERVED_ENTRY);

	item.seats = 9;
	item.reserves = words_reserves;
	item.num_reserves = 2;
	assert_place(
	    &o, &x, "Rang 1~: réservé à ce nom, 12 voix.", "Rank 1: kept for this name, 12 votes.");
	x = words_place(5, 1, 12, URNE_PLACE_RESERVED_GROUP);
	assert_place(&o, &x,
	    "Rang 5~: réservé au groupe «~outre-mer~», premier nom restant de ce groupe selon les "
	    "voix, 12 voix.",
	    "Rank 5: kept for the group “outre-mer”, the next of that group by votes, 12 votes.");
	x.wanted = URNE_GENDER_WOMAN;
	x.num_tied = 2;
	item.tie = URNE_TIE_DRAW;
	assert_place(&o, &x,
	    "Rang 5~: réservé au groupe «~outre-mer~», première femme restante de ce groupe selon "
	    "les voix, 12 voix~; 2 ex æquo, départagées par tirage au sort.",
	    "Rank 5: kept for the group “outre-mer”, the next woman of that group by votes, 12 "
	    "votes; 2 tied, decided by the draw.");
}

static void
a_reserve_that_stayed_open_says_so(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CANDIDATES);
	struct urne_item_outcome o = {.item = &item};
	struct urne_place x = words_place(5, 0, 1100, URNE_PLACE_RESERVE_OPEN);

	item.seats = 9;
	item.reserves = words_reserves;
	item.num_reserves = 2;
	x.wanted = URNE_GENDER_MAN;
	assert_place(&o, &x,
	    "Rang 5~: réserve du groupe «~outre-mer~» restée ouverte, faute de nom pour ce rang~; "
	    "homme suivant selon les voix, 1~100 voix.",
	    "Rank 5: reserve of the group “outre-mer” left open, nobody of it could take this "
	    "rank; next man by votes, 1,100 votes.");
}

static void
equals_are_drawn_ordered_shared_or_wait(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_PRIORITIES);
	struct urne_item_outcome o = {.item = &item};
	struct urne_place x = words_place(3, 0, 50, URNE_PLACE_VOTES);
	static const struct {
		enum urne_place_reason reason;
		enum urne_tie tie;
		const char *fr, *en;
	} cases[] = {
	    {URNE_PLACE_DRAW, URNE_TIE_DRAW,
		"Rang 3~: 50 voix~; 2 ex æquo, départagés par tirage au sort.",
		"Rank 3: 50 votes; 2 tied, decided by the draw."},
	    {URNE_PLACE_ORDER, URNE_TIE_ORDER,
		"Rang 3~: 50 voix~; 2 ex æquo, départagés par l’ordre fixé avant le vote.",
		"Rank 3: 50 votes; 2 tied, decided by the order fixed before the vote."},
	    {URNE_PLACE_SHARED, URNE_TIE_ALL, "Rang 3~: 50 voix~; rang partagé, 2 ex æquo.",
		"Rank 3: 50 votes; shared rank, 2 tied."},
	    {URNE_PLACE_UNDRAWN, URNE_TIE_DRAW,
		"Rang 3~: 50 voix~; rang provisoire, les ex æquo attendent le tirage au sort.",
		"Rank 3: 50 votes; provisional rank, the tie waits for the draw."},
	};

	x.num_tied = 2;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		x.reason = cases[i].reason;
		item.tie = cases[i].tie;
		assert_place(&o, &x, cases[i].fr, cases[i].en);
	}
}

static void
the_last_of_equals_who_wait_is_undrawn_too(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_PRIORITIES);
	struct urne_item_outcome o = {.item = &item};
	struct urne_place x = words_place(4, 0, 50, URNE_PLACE_UNDRAWN);

	item.tie = URNE_TIE_DRAW;
	assert_place(&o, &x,
	    "Rang 4~: 50 voix~; rang provisoire, les ex æquo attendent le tirage au sort.",
	    "Rank 4: 50 votes; provisional rank, the tie waits for the draw.");
}

static void
a_tie_inside_a_turn_names_the_turn_and_who_waits(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CANDIDATES);
	struct urne_place x[2] = {
	    words_place(2, 1, 7, URNE_PLACE_DRAW), words_place(3, 0, 9, URNE_PLACE_VOTES)};
	struct urne_item_outcome o = {.item = &item, .places = x, .num_places = 2};

	item.tie = URNE_TIE_DRAW;
	item.seats = 3;
	x[0].wanted = URNE_GENDER_WOMAN;
	x[0].num_tied = 3;
	x[0].passed = 0;
	assert_place(&o, &x[0],
	    "Rang 2~: femme suivante selon les voix, 7 voix~; 3 ex æquo, départagées par tirage au "
	    "sort~; Jean Aubry, avec 9 voix, est au rang 3.",
	    "Rank 2: next woman by votes, 7 votes; 3 tied, decided by the draw; Jean Aubry, with 9 "
	    "votes, is at rank 3.");
}

static void
substitutes_and_those_not_selected_agree_in_gender(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CANDIDATES);
	struct urne_item_outcome o = {.item = &item};
	struct urne_place x = words_place(3, 1, 2, URNE_PLACE_VOTES);

	item.seats = 2;
	x.in = false;
	assert_place(&o, &x,
	    "Rang 3, suppléante~: 2 voix, le plus grand nombre parmi les noms restants.",
	    "Rank 3, substitute: 2 votes, the most of the names left.");
	x.entry = 0;
	assert_place(&o, &x,
	    "Rang 3, suppléant~: 2 voix, le plus grand nombre parmi les noms restants.",
	    "Rank 3, substitute: 2 votes, the most of the names left.");
	item = words_item(URNE_ITEM_PRIORITIES);
	item.seats = 2;
	assert_place(&o, &x,
	    "Rang 3, non retenu~: 2 voix, le plus grand nombre parmi les engagements restants.",
	    "Rank 3, not selected: 2 votes, the most of the commitments left.");
}

static void
majority_judgement_says_grade_and_share(void **state)
{
	static const uint64_t votes[] = {5432, 4568};
	struct urne_grade_row row = {.histogram = votes, .majority_grade = 0, .worse = 4568};
	struct urne_item item = words_item(URNE_ITEM_GRADES);
	struct urne_item_outcome o = {.item = &item, .rows = &row, .num_rows = 1};
	struct urne_place x = words_place(1, 0, 0, URNE_PLACE_GRADE);

	assert_place(&o, &x,
	    "Rang 1~: mention majoritaire «~Bien~»~; 54,32~% des votes lui donnent mieux ou "
	    "autant.",
	    "Rank 1: majority grade “Good”; 54.32% of the votes give it that or better.");
}

static void
a_place_in_a_rival_list_names_the_list(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CHOICE);
	struct urne_item_outcome o = {.item = &item};
	struct urne_place x = words_place(2, 1, 40, URNE_PLACE_ORDER);

	item.seats = 4;
	assert_place(&o, &x, "Rang 2~: liste «~Liste A~», dans l’ordre de la liste, 40 voix.",
	    "Rank 2: list “List A”, in the list’s order, 40 votes.");
	item.within_by_votes = true;
	x.num_tied = 2;
	assert_place(&o, &x,
	    "Rang 2~: liste «~Liste A~», selon les voix, 40 voix~; 2 ex æquo, départagés par "
	    "l’ordre de la liste.",
	    "Rank 2: list “List A”, by votes, 40 votes; 2 tied, decided by the list’s order.");
	x = words_place(2, 1, 1, URNE_PLACE_UNDRAWN);
	assert_place(&o, &x,
	    "Rang 2~: liste «~Liste A~», selon les voix, 1 voix~; siège provisoire, qui attend le "
	    "tirage au sort.",
	    "Rank 2: list “List A”, by votes, 1 vote; provisional seat, which waits for the "
	    "draw.");
}

static void
the_seats_of_a_list_come_with_its_votes(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CHOICE);
	struct urne_list_share x = {.votes = 1203, .seats = 12, .above_threshold = true};
	struct urne_item_outcome o = {
	    .item = &item, .lists = &x, .num_lists = 1, .expressed = 2000};

	item.seats = 20;
	assert_list(&o, "12 sièges~: 1~203 voix sur 2~000 suffrages exprimés, 60,15~%.",
	    "12 seats: 1,203 votes out of 2,000 expressed votes, 60.15%.");
	x.seats = 1;
	x.by_tie = true;
	item.tie = URNE_TIE_DRAW;
	assert_list(&o,
	    "1 siège~: 1~203 voix sur 2~000 suffrages exprimés, 60,15~%~; le dernier siège, entre "
	    "listes à égalité, lui revient par tirage au sort.",
	    "1 seat: 1,203 votes out of 2,000 expressed votes, 60.15%; the last seat, between tied "
	    "lists, fell to it by the draw.");
	item.tie = URNE_TIE_ORDER;
	assert_list(&o,
	    "1 siège~: 1~203 voix sur 2~000 suffrages exprimés, 60,15~%~; le dernier siège, entre "
	    "listes à égalité, lui revient par l’ordre fixé avant le vote.",
	    "1 seat: 1,203 votes out of 2,000 expressed votes, 60.15%; the last seat, between tied "
	    "lists, fell to it by the order fixed before the vote.");
	x.undrawn = true;
	assert_list(&o,
	    "1 siège~: 1~203 voix sur 2~000 suffrages exprimés, 60,15~%~; un siège, entre listes à "
	    "égalité, attend le tirage au sort.",
	    "1 seat: 1,203 votes out of 2,000 expressed votes, 60.15%; one seat, between tied "
	    "lists, waits for the draw.");
}

static void
a_list_below_the_threshold_is_told_what_it_lacked(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CHOICE);
	struct urne_list_share x = {.votes = 54};
	struct urne_item_outcome o = {
	    .item = &item, .lists = &x, .num_lists = 1, .expressed = 2000};

	item.seats = 20;
	item.threshold = (struct urne_fraction){5, 100};
	assert_list(&o,
	    "Aucun siège~: 54 voix sur 2~000 suffrages exprimés, 2,70~%~; il en fallait au moins "
	    "5~%.",
	    "No seat: 54 votes out of 2,000 expressed votes, 2.70%; at least 5% was needed.");
}

static void
lists_without_seats_to_give_have_votes_only(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CHOICE);
	struct urne_list_share x = {.above_threshold = true};
	struct urne_item_outcome o = {.item = &item, .lists = &x, .num_lists = 1};

	assert_list(
	    &o, "0 voix sur 0 suffrage exprimé, —.", "0 votes out of 0 expressed votes, —.");
	item.seats = 3;
	o.quorum = (struct urne_quorum_test){true, false, 1, 2};
	assert_list(&o,
	    "0 voix sur 0 suffrage exprimé, —~; quorum non atteint, aucun siège n’est attribué.",
	    "0 votes out of 0 expressed votes, —; quorum not met, no seat is given.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_place_by_votes_says_so),
	    cmocka_unit_test(who_has_to_wait_for_parity_is_named_with_their_own_rank),
	    cmocka_unit_test(kept_ranks_name_what_they_were_kept_for),
	    cmocka_unit_test(a_reserve_that_stayed_open_says_so),
	    cmocka_unit_test(equals_are_drawn_ordered_shared_or_wait),
	    cmocka_unit_test(the_last_of_equals_who_wait_is_undrawn_too),
	    cmocka_unit_test(a_tie_inside_a_turn_names_the_turn_and_who_waits),
	    cmocka_unit_test(substitutes_and_those_not_selected_agree_in_gender),
	    cmocka_unit_test(majority_judgement_says_grade_and_share),
	    cmocka_unit_test(a_place_in_a_rival_list_names_the_list),
	    cmocka_unit_test(the_seats_of_a_list_come_with_its_votes),
	    cmocka_unit_test(a_list_below_the_threshold_is_told_what_it_lacked),
	    cmocka_unit_test(lists_without_seats_to_give_have_votes_only),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	words_case_clear();
	return failed;
}
