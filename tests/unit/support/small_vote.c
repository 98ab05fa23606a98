/* SPDX-License-Identifier: EUPL-1.2 */
/* The small vote, written out by hand so that its tests depend on no reader. */
#include "tests/unit/support/small_vote.h"

#include <string.h>

#include "tests/unit/support/check.h"
#include "tests/unit/support/definition_texts.h"

static const struct vote draft = {
    .liste = {{.id = V("c-1"), .title = T("Aline Roy", "Aline Roy")},
	{.id = V("c-2"), .title = T("Marc Petit", "Marc Petit")}},
    .tete = {{.id = V("t-1"), .title = T("Nora \"N\" Blanc", "Nora \"N\" Blanc")},
	{.id = V("t-2"), .title = T("Paul Noir", "Paul Noir"), .withdrawn = true},
	{.id = V("t-3"), .title = T("Rosa Vert", "Rosa Vert")}},
    .listes = {{.id = V("a-1"), .title = T("Ana", "Ana"), .withdrawn = true},
	{.id = V("a-2"), .title = T("Aldo", "Aldo")},
	{.id = V("b-1"), .title = T("Bea", "Bea"), .section = 1},
	{.id = V("b-2"), .title = T("Bela", "Bela"), .section = 1}},
    .programme = {{.id = V("climat-1"), .title = T("Sobriété", "Restraint")},
	{.id = V("climat-2"), .title = T("Trains", "Trains")},
	{.id = V("emploi-1"), .title = T("Semaine", "Week"), .section = 1}},
    .priorites = {{.id = V("p-1"), .title = T("Eau", "Water")},
	{.id = V("p-2"), .title = T("École", "School")},
	{.id = V("p-3"), .title = T("Rail", "Rail")}},
    .notes = {{.id = V("r-1"), .title = T("Ida", "Ida")},
	{.id = V("r-2"), .title = T("Ivo", "Ivo"), .withdrawn = true},
	{.id = V("r-3"), .title = T("Ian", "Ian")}},
    .texte = {{.id = V("art-1"), .title = T("Article 1er", "Article 1")},
	{.id = V("art-2"), .title = T("Article 2", "Article 2 of it")}},
    .lists = {{.id = V("list-a"), .title = T("Liste A", "List A"), .first = 0, .num = 2},
	{.id = V("list-b"), .title = T("Liste B", "List B"), .first = 2, .num = 2}},
    .chapters = {{.id = V("climat"), .title = T("Climat", "Climate"), .first = 0, .num = 2},
	{.id = V("emploi"), .title = T("Emploi", "Work"), .first = 2, .num = 1}},
    .grades = {{.id = V("good"), .title = T("Bien", "Good")},
	{.id = V("fair"), .title = T("Passable", "Fair")},
	{.id = V("poor"), .title = T("Insuffisant", "Poor")}},
    .items = {{.kind = URNE_ITEM_LIST_RATIFICATION,
		  .id = V("liste"),
		  .title = T("La liste", "The list"),
		  .blank = URNE_BLANK_EXCLUDED},
	{.kind = URNE_ITEM_LIST_CANDIDATES,
	    .id = V("tete"),
	    .title = T("La tête", "The head"),
	    .choose_min = 1,
	    .choose_max = 1},
	{.kind = URNE_ITEM_LIST_CHOICE,
	    .id = V("listes"),
	    .title = T("Les listes", "The lists"),
	    .num_sections = 2},
	{.kind = URNE_ITEM_PROGRAMME,
	    .id = V("programme"),
	    .title = T("Le programme", "The programme"),
	    .num_sections = 2},
	{.kind = URNE_ITEM_PRIORITIES,
	    .id = V("priorites"),
	    .title = T("Les priorités", "Priorities"),
	    .blank = URNE_BLANK_INCLUDED,
	    .choose_min = 0,
	    .choose_max = 2},
	{.kind = URNE_ITEM_GRADES,
	    .id = V("notes"),
	    .title = T("Les notes", "Grades"),
	    .num_grades = 3},
	{.kind = URNE_ITEM_TEXT,
	    .id = V("texte"),
	    .title = T("La charte", "The charter"),
	    .blank = URNE_BLANK_EXCLUDED}},
    .v = {.languages = {V("fr"), V("en")},
	.num_languages = 2,
	.title = T("Vote de mars", "Vote of March"),
	.description = T("Le vote", "The vote"),
	.num_items = 7},
};

static void
swap_texts(struct urne_texts *t)
{
	struct urne_view other = t->by_language[0];

	t->by_language[0] = t->by_language[1];
	t->by_language[1] = other;
}

/* The same vote with English as its authentic language. */
void
vote_make_english(struct vote *f)
{
	f->v.languages[0] = VIEW("en");
	f->v.languages[1] = VIEW("fr");
	swap_texts(&f->v.title);
	swap_texts(&f->v.description);
	for (size_t i = 0; i < f->v.num_items; i++) {
		swap_texts(&f->items[i].title);
	}
	for (size_t i = 0; i < 3; i++) {
		swap_texts(&f->programme[i].title);
		swap_texts(&f->priorites[i].title);
		swap_texts(&f->grades[i].title);
	}
	for (size_t i = 0; i < 2; i++) {
		swap_texts(&f->texte[i].title);
		swap_texts(&f->lists[i].title);
		swap_texts(&f->chapters[i].title);
	}
}

void
vote_init(struct vote *f)
{
	*f = draft;
	const struct {
		struct urne_entry *entries;
		size_t num;
	} entries[7] = {{f->liste, 2}, {f->tete, 3}, {f->listes, 4}, {f->programme, 3},
	    {f->priorites, 3}, {f->notes, 3}, {f->texte, 2}};

	for (size_t i = 0; i < 7; i++) {
		f->items[i].entries = entries[i].entries;
		f->items[i].num_entries = entries[i].num;
	}
	f->items[2].sections = f->lists;
	f->items[3].sections = f->chapters;
	f->items[5].grades = f->grades;
	memset(f->texte[0].sha256.b, 0x11, URNE_HASH_LEN);
	memset(f->texte[1].sha256.b, 0x22, URNE_HASH_LEN);
	memset(f->v.sha256.b, 0xab, URNE_HASH_LEN);
	f->v.items = f->items;
	urne_definition_layout(&f->v);
}

void
sealed_init(struct sealed *s)
{
	const struct urne_question *q = NULL;
	struct urne_diag d = {{0}};
	size_t num = 0;

	vote_init(&s->f);
	urne_arena_init(&s->arena, 1 << 20);
	assert_ok(urne_definition_compile(&q, &num, &s->arena, &d, &s->f.v));
	assert_int_equal(num, sizeof(s->q) / sizeof(s->q[0]));
	memcpy(s->q, q, sizeof(s->q));
	s->e = (struct urne_election){.questions = s->q,
	    .num_questions = num,
	    .num_choices = s->f.v.num_choices,
	    .name = VIEW("Vote de mars"),
	    .description = VIEW("Le vote"),
	    .vote_definition = VIEW(H_FILE)};
}

void
sealed_clear(struct sealed *s)
{
	urne_arena_clear(&s->arena);
}
