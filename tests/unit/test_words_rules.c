/* SPDX-License-Identifier: EUPL-1.2 */
/* What rules ask for and how to answer, in French and English, compared to the letter. */
#include "tests/unit/support/check.h"
#include "tests/unit/support/words_case.h"

#include "documents/page.h"

static void
assert_instruction(const struct urne_item *item, const char *fr, const char *en)
{
	urne_words_instruction(said(), URNE_LANG_FR, item);
	assert_said(fr);
	urne_words_instruction(said(), URNE_LANG_EN, item);
	assert_said(en);
}

static void
assert_majority(
    const struct urne_majority *m, enum urne_blank blank, const char *fr, const char *en)
{
	urne_words_majority(said(), URNE_LANG_FR, m, blank);
	assert_said(fr);
	urne_words_majority(said(), URNE_LANG_EN, m, blank);
	assert_said(en);
}

static void
majorities_are_said_as_people_say_them(void **state)
{
	struct urne_majority m = {.more_than = true, .share = {1, 2}};

	assert_majority(&m, URNE_BLANK_NOT_OFFERED, "plus de la moitié des suffrages exprimés",
	    "more than half of the expressed votes");
	assert_majority(&m, URNE_BLANK_INCLUDED,
	    "plus de la moitié des suffrages exprimés (votes blancs compris)",
	    "more than half of the expressed votes (with blank votes)");
	m = (struct urne_majority){.share = {500000, 1000000}, .of = URNE_BASE_ROLL};
	assert_majority(&m, URNE_BLANK_EXCLUDED, "au moins la moitié des inscrits",
	    "at least half of the roll");
	m = (struct urne_majority){.share = {2, 3}, .of = URNE_BASE_VOTERS};
	assert_majority(&m, URNE_BLANK_EXCLUDED, "au moins les deux tiers des votants",
	    "at least two thirds of those who vote");
	m.share = (struct urne_fraction){125, 1000};
	assert_majority(&m, URNE_BLANK_EXCLUDED, "au moins 12,5~% des votants",
	    "at least 12.5% of those who vote");
	m.share = (struct urne_fraction){1, 10000};
	assert_majority(&m, URNE_BLANK_EXCLUDED, "au moins 0,01~% des votants",
	    "at least 0.01% of those who vote");
	m.share = (struct urne_fraction){3, 7};
	assert_majority(
	    &m, URNE_BLANK_EXCLUDED, "au moins 3/7 des votants", "at least 3/7 of those who vote");
}

static void
quorums_are_said_as_people_say_them(void **state)
{
	static const struct {
		struct urne_quorum q;
		const char *fr, *en;
	} cases[] = {
	    {{.kind = URNE_QUORUM_NONE}, "aucun quorum", "no quorum"},
	    {{.kind = URNE_QUORUM_SHARE, .share = {25, 100}},
		"au moins un quart des inscrits doivent voter",
		"at least one quarter of the roll must vote"},
	    {{.kind = URNE_QUORUM_SHARE, .share = {1, 5}, .counts_expressed = true},
		"au moins 20~% des inscrits doivent s’exprimer, vote par vote",
		"at least 20% of the roll must express a vote, decision by decision"},
	    {{.kind = URNE_QUORUM_NUMBER, .number = 1}, "au moins 1 voix déposée",
		"at least 1 vote cast"},
	    {{.kind = URNE_QUORUM_NUMBER, .number = 500, .counts_expressed = true},
		"au moins 500 suffrages exprimés, vote par vote",
		"at least 500 expressed votes, decision by decision"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		urne_words_quorum(said(), URNE_LANG_FR, &cases[i].q);
		assert_said(cases[i].fr);
		urne_words_quorum(said(), URNE_LANG_EN, &cases[i].q);
		assert_said(cases[i].en);
	}
}

static void
instructions_give_the_bounds_and_the_blank_vote(void **state)
{
	struct urne_item item = words_item(URNE_ITEM_LIST_CANDIDATES);

	item.choose_min = 1;
	item.choose_max = 10;
	item.blank = URNE_BLANK_EXCLUDED;
	assert_instruction(&item, "Choisissez de 1 à 10 noms, ou votez blanc.",
	    "Choose from 1 to 10 names, or vote blank.");
	item.choose_max = 1;
	item.blank = URNE_BLANK_NOT_OFFERED;
	assert_instruction(&item, "Choisissez 1 nom.", "Choose 1 name.");
	item.kind = URNE_ITEM_PRIORITIES;
	item.choose_min = 0;
	item.choose_max = 3;
	assert_instruction(&item,
	    "Choisissez jusqu’à 3 engagements. Ne rien choisir, c’est s’abstenir.",
	    "Choose up to 3 commitments. To choose nothing is to abstain.");
	item = words_item(URNE_ITEM_TEXT);
	assert_instruction(&item,
	    "Pour chaque article, puis pour le texte entier, répondez «~Pour~» ou «~Contre~». Ne "
	    "rien choisir, c’est s’abstenir.",
	    "For every article, and then for the whole text, answer “For” or “Against”. To choose "
	    "nothing is to abstain.");
	item = words_item(URNE_ITEM_GRADES);
	assert_instruction(&item, "Donnez une mention, et une seule, à chaque ligne.",
	    "Give every row one grade, and one only.");
	item = words_item(URNE_ITEM_LIST_CHOICE);
	assert_instruction(&item,
	    "Choisissez une liste~; dans cette liste, vous pouvez aussi choisir des noms.",
	    "Choose one list; in that list you may also choose names.");
}

/* The rules of an item as one text, an entry per line. */
static void
assert_rules(
    const struct urne_definition *v, const struct urne_item *item, size_t lang, const char *want)
{
	struct urne_arena arena;
	struct urne_page p;

	urne_arena_init(&arena, 1 << 20);
	urne_page_init(&p, &arena, VIEW("fr"), VIEW("x"));
	urne_page_open(&p, URNE_BLOCK_LIST, VIEW(""));
	urne_words_rules(&p, words_readers[lang], v, item);
	urne_page_close(&p);
	assert_ok(urne_page_error(&p));
	struct urne_buf *out = said();
	for (const struct urne_block *b = p.root.child->child; b != NULL; b = b->next) {
		urne_buf_put_view(out, b->text);
		urne_buf_putc(out, '\n');
	}
	assert_said(want);
	urne_arena_clear(&arena);
}

static void
every_rule_of_a_list_is_told(void **state)
{
	static const struct urne_definition v = {.draw = {.kind = URNE_DRAW_DRAND,
						     .chain = V("quicknet"),
						     .round = 12345678,
						     .published = {.seconds = 1803884400}}};
	struct urne_item item = words_item(URNE_ITEM_LIST_CANDIDATES);

	item.seats = 9;
	item.parity = URNE_PARITY_ALTERNATE;
	item.parity_first = URNE_GENDER_WOMAN;
	item.reserves = words_reserves;
	item.num_reserves = 2;
	item.tie = URNE_TIE_DRAW;
	item.quorum = (struct urne_quorum){.kind = URNE_QUORUM_NUMBER, .number = 500};
	item.blank = URNE_BLANK_EXCLUDED;
	assert_rules(&v, &item, 0,
	    "Les rangs vont du plus grand au plus petit nombre de voix.\n"
	    "La liste a 9 places~; les suivants sont suppléants.\n"
	    "Femmes et hommes alternent, à partir d’une femme.\n"
	    "Le rang 1 est réservé à Lise Morel.\n"
	    "Le rang 5 est réservé au groupe «~outre-mer~».\n"
	    "À égalité de voix, un tirage au sort décide~: la valeur du tour 12345678 de la balise "
	    "publique drand «~quicknet~», publiée le 1er mars 2027 à 7~h~00 (UTC).\n"
	    "Quorum~: au moins 500 voix déposées~; sinon rien n’est décidé.\n"
	    "Le vote blanc est proposé~; il est compté à part et ne fait pas partie des suffrages "
	    "exprimés.\n");
}

static void
every_rule_of_rival_lists_is_told(void **state)
{
	static const struct urne_definition v = {.draw = {.kind = URNE_DRAW_PUBLIC,
						     .source = T("le loto", "the lottery"),
						     .published = {.seconds = 1803884400}}};
	struct urne_item item = words_item(URNE_ITEM_LIST_CHOICE);

	item.seats = 1;
	item.threshold = (struct urne_fraction){5, 100};
	item.tie = URNE_TIE_DRAW;
	assert_rules(&v, &item, 1,
	    "1 seat to be shared among the lists by highest averages (D’Hondt).\n"
	    "A list has seats only with at least 5% of the expressed votes.\n"
	    "A list’s seats go to its names in the list’s order.\n"
	    "Equal votes are drawn: a public draw (“the lottery”), published on 1 March 2027 at "
	    "07:00 (UTC).\n"
	    "No quorum.\n");
}

static void
every_rule_of_a_programme_and_of_a_text_is_told(void **state)
{
	static const struct urne_definition v = {.num_languages = 2};
	static const size_t both[] = {0, 1}, order[] = {1, 0};
	static const struct urne_alternative set = {both, 2};
	struct urne_item item = words_item(URNE_ITEM_PROGRAMME);

	item.alternatives = &set;
	item.num_alternatives = 1;
	item.tie = URNE_TIE_ORDER;
	item.order = order;
	assert_rules(&v, &item, 1,
	    "Majority: more than half of the expressed votes.\n"
	    "At most one of these commitments is adopted, the one with most votes for: Trains, "
	    "Bicycles.\n"
	    "Of equals, whoever is first in this order wins: Bicycles, Trains.\n"
	    "No quorum.\n"
	    "A blank vote is not offered.\n");
	item = words_item(URNE_ITEM_TEXT);
	item.blank = URNE_BLANK_INCLUDED;
	assert_rules(&v, &item, 0,
	    "Majorité pour un article~: plus de la moitié des suffrages exprimés (votes blancs "
	    "compris).\n"
	    "Majorité pour le texte entier~: au moins les deux tiers des votants~; sans elle, "
	    "aucun article n’est adopté.\n"
	    "Aucun quorum.\n"
	    "Le vote blanc est proposé~; il fait partie des suffrages exprimés.\n");
}

static void
a_block_of_parity_has_half_rounded_up(void **state)
{
	static const struct urne_definition v = {.num_languages = 2};
	struct urne_item item = words_item(URNE_ITEM_LIST_RATIFICATION);

	item.parity = URNE_PARITY_HALF;
	item.parity_block = 5;
	assert_rules(&v, &item, 0,
	    "Majorité~: plus de la moitié des suffrages exprimés.\n"
	    "Aucun quorum.\n"
	    "Le vote blanc n’est pas proposé.\n"
	    "Dans chaque tranche de 5 rangs, au plus 3 femmes et au plus 3 hommes.\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(majorities_are_said_as_people_say_them),
	    cmocka_unit_test(quorums_are_said_as_people_say_them),
	    cmocka_unit_test(instructions_give_the_bounds_and_the_blank_vote),
	    cmocka_unit_test(every_rule_of_a_list_is_told),
	    cmocka_unit_test(every_rule_of_rival_lists_is_told),
	    cmocka_unit_test(every_rule_of_a_programme_and_of_a_text_is_told),
	    cmocka_unit_test(a_block_of_parity_has_half_rounded_up),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	words_case_clear();
	return failed;
}
