/* SPDX-License-Identifier: EUPL-1.2 */
/* The decided vote. Nobody withdrew but one person before the vote (grades, entry 1) and one after
 * it (candidates, entry 3). */
#include "tests/unit/support/decided_vote.h"

#include <string.h>

#include "tests/unit/support/definition_texts.h"

static const struct urne_entry ratified[] = {
    {.id = V("c-1"), .title = T("Aline Roy", "Aline Roy")},
    {.id = V("c-2"), .title = T("Marc Petit", "Marc Petit")},
};
static const struct urne_entry candidates[] = {
    {.id = V("t-1"),
	.title = T("Nora \"N\" Blanc", "Nora \"N\" Blanc"),
	.gender = URNE_GENDER_WOMAN},
    {.id = V("t-2"), .title = T("Paul Noir", "Paul Noir"), .gender = URNE_GENDER_MAN},
    {.id = V("t-3"), .title = T("Hugo Gris", "Hugo Gris"), .gender = URNE_GENDER_MAN},
    {.id = V("t-4"), .title = T("Rosa Vert", "Rosa Vert"), .gender = URNE_GENDER_WOMAN},
};
static const struct urne_entry rivals[] = {
    {.id = V("a-1"), .title = T("Ana", "Ana")},
    {.id = V("a-2"), .title = T("Aldo", "Aldo")},
    {.id = V("b-1"), .title = T("Bea", "Bea"), .section = 1},
};
static const struct urne_section lists[] = {
    {.id = V("list-a"), .title = T("Liste A", "List A"), .first = 0, .num = 2},
    {.id = V("list-b"), .title = T("Liste B", "List B"), .first = 2, .num = 1},
};
static const struct urne_entry commitments[] = {
    {.id = V("trains"), .title = T("Trains", "Trains")},
    {.id = V("velos"), .title = T("Vélos", "Bicycles")},
};
static const struct urne_section chapters[] = {
    {.id = V("climat"), .title = T("Climat", "Climate"), .first = 0, .num = 2},
};
static const struct urne_entry priorities[] = {
    {.id = V("p-1"), .title = T("=1+1", "=1+1")},
    {.id = V("p-2"), .title = T("École", "School")},
};
static const struct urne_section alone[] = {{.num = 2}};
static const struct urne_entry graded[] = {
    {.id = V("r-1"), .title = T("Ida", "Ida")},
    {.id = V("r-2"), .title = T("Ivo", "Ivo"), .withdrawn = true},
    {.id = V("r-3"), .title = T("Ian", "Ian")},
};
static const struct urne_grade grades[] = {
    {.id = V("good"), .title = T("Bien", "Good")},
    {.id = V("poor"), .title = T("Insuffisant", "Poor")},
};
static const uint64_t histograms[][2] = {{8, 2}, {0, 0}, {5, 5}};
static const struct urne_entry articles[] = {
    {.id = V("art-1"), .title = T("Article 1er", "Article 1"), .text = T("Zéro.", "Zero.")},
    {.id = V("art-2"),
	.title = T("Article 2", "Article 2"),
	.text = T("Un.\nDeux, « à part ».", "One.\nTwo, “apart”."),
	.section = 1},
    {.id = V("art-3"),
	.title = T("Article 3", "Article 3"),
	.text = T("Trois.", "Three."),
	.section = 1},
};
static const struct urne_section titles[] = {
    {.id = V("t-i"), .title = T("Titre Ier", "Title I"), .first = 0, .num = 1},
    {.id = V("t-ii"), .title = T("Titre II", "Title II"), .first = 1, .num = 2},
};
static const size_t withdrawn[] = {3};

static const struct decided_vote draft = {
    .v = {.languages = {V("fr"), V("en")},
	.num_languages = 2,
	.title = T("Vote de mars", "Vote of March"),
	.num_items = URNE_NUM_ITEM_KINDS,
	.draw = {.kind = URNE_DRAW_DRAND,
	    .chain = V("quicknet"),
	    .round = 12345678,
	    .published = {.seconds = 1803884400}}},
    .items = {{.kind = URNE_ITEM_LIST_RATIFICATION,
		  .id = V("liste"),
		  .title = T("La liste", "The list"),
		  .blank = URNE_BLANK_EXCLUDED},
	{.kind = URNE_ITEM_LIST_CANDIDATES,
	    .id = V("tete"),
	    .title = T("La tête", "The head"),
	    .seats = 2},
	{.kind = URNE_ITEM_LIST_CHOICE,
	    .id = V("listes"),
	    .title = T("Les listes", "The lists"),
	    .seats = 2},
	{.kind = URNE_ITEM_PROGRAMME,
	    .id = V("programme"),
	    .title = T("Le programme", "The programme")},
	{.kind = URNE_ITEM_PRIORITIES,
	    .id = V("priorites"),
	    .title = T("Les priorités", "Priorities"),
	    .tie = URNE_TIE_DRAW},
	{.kind = URNE_ITEM_GRADES, .id = V("notes"), .title = T("Les notes", "Grades"), .seats = 1},
	{.kind = URNE_ITEM_TEXT, .id = V("texte"), .title = T("La charte", "The charter")}},
    .list = {{.votes_for = 7,
	.against = 1,
	.blank = 1,
	.abstained = 1,
	.expressed = 8,
	.base = 8,
	.needed = 5,
	.other = SIZE_MAX}},
    .programme = {{.entry = 0,
		      .votes_for = 6,
		      .against = 4,
		      .expressed = 10,
		      .base = 10,
		      .needed = 6,
		      .state = URNE_DECISION_SET_ASIDE,
		      .reason = URNE_REASON_ALTERNATIVE,
		      .other = 1},
	{.entry = 1,
	    .votes_for = 9,
	    .abstained = 1,
	    .expressed = 9,
	    .base = 9,
	    .needed = 5,
	    .other = SIZE_MAX}},
    .text = {{.entry = 0,
		 .votes_for = 2,
		 .against = 8,
		 .expressed = 10,
		 .base = 10,
		 .needed = 6,
		 .state = URNE_DECISION_REJECTED,
		 .other = SIZE_MAX},
	{.entry = 1,
	    .votes_for = 8,
	    .against = 2,
	    .expressed = 10,
	    .base = 10,
	    .needed = 6,
	    .other = SIZE_MAX},
	{.entry = 2,
	    .votes_for = 7,
	    .against = 3,
	    .expressed = 10,
	    .base = 10,
	    .needed = 6,
	    .other = SIZE_MAX},
	{.entry = 3, .votes_for = 10, .expressed = 10, .base = 10, .needed = 6, .other = SIZE_MAX}},
    .candidates = {{.rank = 1,
		       .entry = 0,
		       .votes = 4,
		       .in = true,
		       .reason = URNE_PLACE_PARITY,
		       .wanted = URNE_GENDER_WOMAN,
		       .passed = 1,
		       .num_tied = 1},
	{.rank = 2,
	    .entry = 1,
	    .votes = 5,
	    .in = true,
	    .wanted = URNE_GENDER_MAN,
	    .passed = SIZE_MAX,
	    .num_tied = 1},
	{.rank = 3, .entry = 2, .votes = 1, .passed = SIZE_MAX, .num_tied = 1}},
    .elected = {{.rank = 1,
		    .entry = 0,
		    .votes = 3,
		    .in = true,
		    .reason = URNE_PLACE_ORDER,
		    .passed = SIZE_MAX,
		    .num_tied = 1},
	{.rank = 1,
	    .entry = 2,
	    .votes = 2,
	    .in = true,
	    .reason = URNE_PLACE_ORDER,
	    .passed = SIZE_MAX,
	    .num_tied = 1}},
    .priorities = {{.rank = 1,
		       .entry = 0,
		       .votes = 5,
		       .in = true,
		       .reason = URNE_PLACE_UNDRAWN,
		       .passed = SIZE_MAX,
		       .num_tied = 2},
	{.rank = 2,
	    .entry = 1,
	    .votes = 5,
	    .in = true,
	    .reason = URNE_PLACE_UNDRAWN,
	    .passed = SIZE_MAX,
	    .num_tied = 1}},
    .ranking = {{.rank = 1,
		    .entry = 0,
		    .in = true,
		    .reason = URNE_PLACE_GRADE,
		    .passed = SIZE_MAX,
		    .num_tied = 1},
	{.rank = 2, .entry = 2, .reason = URNE_PLACE_GRADE, .passed = SIZE_MAX, .num_tied = 1}},
    .lists = {{.section = 0, .votes = 6, .above_threshold = true, .seats = 1},
	{.section = 1, .votes = 4, .above_threshold = true, .seats = 1}},
    .rows = {{.histogram = histograms[0], .majority_grade = 0, .worse = 2},
	{.histogram = histograms[1], .majority_grade = 1},
	{.histogram = histograms[2], .majority_grade = 1, .better = 5}},
    .o = {.turnout = {.members = 12, .roll = 12, .voters = 10, .votes = 10},
	.num_items = URNE_NUM_ITEM_KINDS,
	.draw_needed = true},
};

/* Of every entry, t-4 and a-2 too, who have no place. */
static const uint64_t candidate_votes[] = {4, 5, 1, 3};
static const uint64_t list_votes[] = {6, 2, 4};
static const uint64_t priority_votes[] = {5, 5};

void
decided_vote_init(struct decided_vote *f)
{
	static const struct {
		const struct urne_entry *entries;
		size_t num_entries;
		const struct urne_section *sections;
		size_t num_sections;
	} contents[URNE_NUM_ITEM_KINDS] = {
	    {ratified, 2, alone, 1},
	    {candidates, 4, alone, 1},
	    {rivals, 3, lists, 2},
	    {commitments, 2, chapters, 1},
	    {priorities, 2, alone, 1},
	    {graded, 3, alone, 1},
	    {articles, 3, titles, 2},
	};

	*f = draft;
	memset(f->v.sha256.b, 0xab, URNE_HASH_LEN);
	f->v.items = f->items;
	for (size_t i = 0; i < URNE_NUM_ITEM_KINDS; i++) {
		f->items[i].entries = contents[i].entries;
		f->items[i].num_entries = contents[i].num_entries;
		f->items[i].sections = contents[i].sections;
		f->items[i].num_sections = contents[i].num_sections;
		f->items[i].grades = grades;
		f->items[i].num_grades = i == URNE_ITEM_GRADES ? 2 : 0;
		f->parts[i] = (struct urne_item_outcome){.item = &f->items[i],
		    .quorum = {.required = true, .met = true, .value = 10, .needed = 4},
		    .expressed = 10};
	}
	f->parts[1].votes = candidate_votes;
	f->parts[2].votes = list_votes;
	f->parts[4].votes = priority_votes;
	f->parts[0].decisions = f->list;
	f->parts[0].num_decisions = 1;
	f->parts[1].places = f->candidates;
	f->parts[1].num_places = 3;
	f->parts[1].withdrawn = withdrawn;
	f->parts[1].num_withdrawn = 1;
	f->parts[2].lists = f->lists;
	f->parts[2].num_lists = 2;
	f->parts[2].places = f->elected;
	f->parts[2].num_places = 2;
	f->parts[3].decisions = f->programme;
	f->parts[3].num_decisions = 2;
	f->parts[4].places = f->priorities;
	f->parts[4].num_places = 2;
	f->parts[4].undrawn = true;
	f->parts[5].rows = f->rows;
	f->parts[5].num_rows = 3;
	f->parts[5].places = f->ranking;
	f->parts[5].num_places = 2;
	f->parts[6].decisions = f->text;
	f->parts[6].num_decisions = 4;
	f->o.items = f->parts;
	f->h = (struct urne_outcome_heading){.uuid = urne_view_of("GnQagTgeJqLsvY"),
	    .fingerprint = urne_view_of("AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdE"),
	    .definition = &f->v};
}
