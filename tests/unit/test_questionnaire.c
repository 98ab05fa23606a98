/* SPDX-License-Identifier: EUPL-1.2 */
/* The conversation with a member: every kind of question, back and forth, limits, nonsense; what is
 * said, and what is chosen in the end. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "client/questionnaire/questionnaire.h"
#include "client/questionnaire/review.h"
#include "tests/unit/support/ballot_case.h"
#include "tests/unit/support/small_vote.h"

/* A conversation over the small vote, in the language of `index`. */
struct talk {
	struct sealed s;
	struct ballot_case bare; /* or over bare questions */
	bool is_bare;
	struct urne_questionnaire q;
	struct urne_buf said;
	enum urne_questionnaire_next next;
};

static void
begin(struct talk *t, const struct urne_paper *paper)
{
	struct urne_diag d = {{0}};

	assert_ok(urne_questionnaire_init(&t->q, &d, paper, false));
	urne_buf_init_secret(&t->said, (size_t)1 << 20);
	urne_questionnaire_start(&t->q, &t->said);
}

static void
talk_init(struct talk *t, enum urne_lang lang)
{
	memset(t, 0, sizeof(*t));
	sealed_init(&t->s);
	begin(t, &(struct urne_paper){.election = &t->s.e,
		     .definition = &t->s.f.v,
		     .r = {.lang = lang, .index = lang == URNE_LANG_FR ? 0 : 1}});
}

static void
talk_init_bare(struct talk *t)
{
	memset(t, 0, sizeof(*t));
	t->is_bare = true;
	ballot_case_init(&t->bare, &urne_group_ed25519, BALLOT_CASE_QUESTIONS);
	begin(t, &(struct urne_paper){.election = &t->bare.e, .r = {.lang = URNE_LANG_EN}});
}

static void
talk_clear(struct talk *t)
{
	urne_questionnaire_clear(&t->q);
	urne_buf_clear(&t->said);
	if (t->is_bare) {
		ballot_case_clear(&t->bare);
	} else {
		sealed_clear(&t->s);
	}
}

/* What was said, in one line, without the no-break spaces of French. */
static const char *
heard(struct talk *t)
{
	static char line[1 << 16];
	size_t n = 0;

	for (size_t i = 0; i < t->said.len && n + 1 < sizeof(line); i++) {
		if (strncmp(t->said.data + i, "\u202f", 3) == 0) {
			line[n++] = ' ';
			i += 2;
		} else {
			line[n++] = t->said.data[i] == '\n' ? ' ' : t->said.data[i];
		}
	}
	line[n] = '\0';
	return line;
}

static void
hears(struct talk *t, const char *piece)
{
	assert_ok(urne_buf_error(&t->said));
	if (strstr(heard(t), piece) == NULL) {
		fail_msg("not said: %s\nbut: %s", piece, heard(t));
	}
}

static void
hears_not(struct talk *t, const char *piece)
{
	if (strstr(heard(t), piece) != NULL) {
		fail_msg("said: %s\nin: %s", piece, heard(t));
	}
}

static void
type(struct talk *t, const char *line)
{
	assert_int_equal(t->next, URNE_NEXT_LINE);
	urne_buf_reset(&t->said);
	t->next = urne_questionnaire_line(&t->q, &t->said, urne_view_of(line));
}

/* Types a line and hears a piece of what follows. */
static void
says(struct talk *t, const char *line, const char *piece)
{
	type(t, line);
	hears(t, piece);
}

/* marks: "01 00101", spaces for reading only. */
static void
assert_marks(struct talk *t, const char *marks)
{
	for (size_t i = 0; i < t->q.choices.num; i++, marks++) {
		marks += *marks == ' ' ? 1 : 0;
		if (t->q.choices.m[i] != (uint64_t)(*marks - '0')) {
			fail_msg("choice %zu is not as in %s", i, marks);
		}
	}
	assert_int_equal(*marks, '\0');
}

/* Answers everything there is to the review: for, Rosa, list B with Bela, for, against, blank,
 * École and Rail, good, poor, for, against, abstention. */
static void
answer_all(struct talk *t)
{
	static const char *const lines[] = {
	    "1", "2", "2", "2", "1", "2", "0", "2 3", "1", "3", "1", "2", "0"};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		type(t, lines[i]);
	}
}
#define ALL_MARKS "010 01 00101 100100 0011 100001 010001000"

static void
every_kind_is_asked_in_its_own_words(void **state)
{
	struct talk t;

	talk_init(&t, URNE_LANG_FR);
	hears(&t, "Vote de mars");
	hears(&t, "Point 1 sur 7 : La liste");
	hears(&t, "- rang 2 : Marc Petit");
	hears(&t, "Question 1 sur 12 ; encore 12 sans réponse.");
	hears(&t, "1. Pour 2. Contre 3. Vote blanc 0. S’abstenir");
	says(&t, "1", "Noté : Pour.");
	hears(&t, "Point 2 sur 7 : La tête");
	hears(&t, "1. Nora \"N\" Blanc 2. Rosa Vert Votre"); /* Paul has withdrawn */
	says(&t, "2", "Noté : Rosa Vert.");
	hears(&t, "1. Liste A 2. Liste B");
	says(&t, "2", "Liste choisie : Liste B");
	hears(&t, "Choisissez un nom au moins, 2 au plus. 1. Bea 2. Bela");
	says(&t, "2", "Noté : Liste B (Bela).");
	hears(&t, "Partie : Climat");
	hears(&t, "Sobriété 1. Pour");
	says(&t, "1", "Noté : Pour.");
	hears_not(&t, "Partie");
	says(&t, "2", "Partie : Emploi");
	says(&t, "0", "Noté : abstention, rien n’est choisi.");
	hears(&t, "Choisissez jusqu’à 2 engagements, ou votez blanc.");
	says(&t, "2 3", "Noté : École, Rail.");
	hears(&t, "Ida 1. Bien 2. Passable 3. Insuffisant");
	hears_not(&t, "S’abstenir");
	says(&t, "1", "Noté : Bien.");
	hears(&t, "Ian 1. Bien"); /* Ivo has withdrawn */
	says(&t, "3", "Noté : Insuffisant.");
	hears(&t, "Article 1er");
	says(&t, "1", "Article 2");
	says(&t, "2", "Le texte dans son ensemble");
	hears(&t, "encore 1 sans réponse");
	says(&t, "0", "Voici tout votre vote. Rien n’est encore chiffré ni déposé.");
	hears(&t, "1. Réponse : Pour");
	hears(&t, "3. Réponse : Liste B (Bela)");
	hears(&t, "5. Trains : Contre");
	hears(&t, "12. Le texte dans son ensemble : abstention, rien n’est choisi");
	assert_marks(&t, ALL_MARKS);
	talk_clear(&t);
}

static void
the_same_in_english(void **state)
{
	struct talk t;

	talk_init(&t, URNE_LANG_EN);
	hears(&t, "Vote of March");
	hears(&t, "1. For 2. Against 3. Blank vote 0. Abstain (choose nothing)");
	answer_all(&t);
	hears(&t, "4. Restraint: For");
	hears(&t, "12. The whole text: abstention, nothing is chosen");
	assert_marks(&t, ALL_MARKS);
	says(&t, "ok", "");
	assert_int_equal(t.next, URNE_NEXT_ENCRYPT);
	talk_clear(&t);
}

static void
going_back_and_forth_loses_nothing(void **state)
{
	struct talk t;

	talk_init(&t, URNE_LANG_FR);
	says(&t, "<", "C’est la première question.");
	answer_all(&t);
	for (size_t i = 12; i > 0; i--) {
		char piece[64];

		type(&t, "<");
		(void)snprintf(
		    piece, sizeof(piece), "Question %zu sur 12 ; tout a une réponse.", i);
		hears(&t, piece);
		hears(&t, "Votre réponse pour l’instant : ");
	}
	assert_marks(&t, ALL_MARKS);
	for (size_t i = 0; i < 12; i++) {
		says(&t, "", "Réponse gardée.");
	}
	hears(&t, "Voici tout votre vote");
	assert_marks(&t, ALL_MARKS);
	talk_clear(&t);
}

static void
one_answer_is_changed_from_the_review(void **state)
{
	struct talk t;

	talk_init(&t, URNE_LANG_FR);
	answer_all(&t);
	says(&t, "5", "Votre réponse pour l’instant : Contre.");
	says(&t, "1", "Voici tout votre vote");
	assert_marks(&t, "010 01 00101 101000 0011 100001 010001000");
	says(&t, "5", "Trains");
	says(&t, "<", "Voici tout votre vote"); /* as it was */
	/* another list: its names, and none of the old ones */
	says(&t, "3", "Les listes");
	says(&t, "1", "1. Aldo");
	says(&t, "<", "1. Liste A 2. Liste B");
	assert_marks(&t, "010 01 00101 101000 0011 100001 010001000");
	type(&t, "1");
	says(&t, "", "Ici il faut une réponse");
	says(&t, "1", "3. Réponse : Liste A (Aldo)");
	assert_marks(&t, "010 01 11000 101000 0011 100001 010001000");
	/* the same list again: its names are kept by an empty line */
	type(&t, "3");
	says(&t, "1", "ou une ligne vide pour la garder");
	says(&t, "", "Voici tout votre vote");
	assert_marks(&t, "010 01 11000 101000 0011 100001 010001000");
	says(&t, "13", "un numéro de 1 à 12");
	says(&t, "?", "Voici tout votre vote");
	says(&t, "<", "Question 12 sur 12");
	talk_clear(&t);
}

static void
an_empty_line_abstains_only_after_it_says_so(void **state)
{
	struct talk t;

	talk_init(&t, URNE_LANG_FR);
	says(&t, "", "Une deuxième ligne vide vaut abstention.");
	assert_false(t.q.answered[0]);
	/* anything in between takes it back */
	says(&t, "?", "Point 1 sur 7");
	says(&t, "", "Une deuxième ligne vide vaut abstention.");
	says(&t, "", "Noté : abstention");
	assert_true(t.q.answered[0]);
	/* where abstaining is not possible it never does */
	says(&t, "", "l’abstention n’est pas possible");
	says(&t, "", "l’abstention n’est pas possible");
	says(&t, "0", "Le numéro 0 n’existe pas ici : répondez de 1 à 2.");
	assert_false(t.q.answered[1]);
	talk_clear(&t);
}

static void
limits_are_told_in_a_sentence_and_change_nothing(void **state)
{
	static const struct {
		const char *line, *says;
	} cases[] = {
	    {"1 2 3", "Vous en avez choisi 3 ; 2 au plus sont possibles."},
	    {"1-3", "Vous en avez choisi 3 ; 2 au plus sont possibles."},
	    {"1 4", "Un vote blanc ou une abstention se choisit seul."},
	    {"0 1", "Un vote blanc ou une abstention se choisit seul."},
	    {"5", "Le numéro 5 n’existe pas ici : répondez de 0 à 4."},
	    {"1 99999999999999999999", "Répondez par un numéro, de 0 à 4."},
	    {"1 1", "Le numéro 1 est là deux fois."},
	    {"1-2 2", "Le numéro 2 est là deux fois."},
	    {"2-1", "Répondez par un numéro"},
	    {"1-", "Répondez par un numéro"},
	    {"-", "Répondez par un numéro"},
	    {"01", "Répondez par un numéro"},
	    {"École", "Répondez par un numéro"},
	    {"1.5", "Répondez par un numéro"},
	    {", ;", "Vous n’avez rien choisi."},
	    {"\x1b[2J", "Répondez par un numéro"},
	};
	struct talk t;

	talk_init(&t, URNE_LANG_FR);
	answer_all(&t);
	type(&t, "7");
	type(&t, "4");
	hears(&t, "7. Réponse : Vote blanc");
	type(&t, "7");
	t.q.answered[6] = false;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		says(&t, cases[i].line, cases[i].says);
		assert_int_equal(t.q.phase, URNE_PHASE_QUESTION);
		assert_int_equal(t.q.at, 6);
		hears_not(&t, "\x1b");
	}
	assert_marks(&t, "010 01 00101 100100 1000 100001 010001000");
	says(&t, " 3,1 ", "Réponse : Eau, Rail");
	talk_clear(&t);
}

static void
one_of_several_is_one(void **state)
{
	struct talk t;

	talk_init(&t, URNE_LANG_FR);
	says(&t, "1 2", "Vous en avez choisi 2 ; 1 au plus sont possibles.");
	type(&t, "1");
	says(&t, "1 2", "Vous en avez choisi 2 ; 1 au plus");
	type(&t, "1");
	says(&t, "1-2", "Vous en avez choisi 2 ; 1 au plus");
	talk_clear(&t);
}

static void
texts_are_read_when_they_are_asked_for(void **state)
{
	struct talk t;

	talk_init(&t, URNE_LANG_EN);
	t.s.f.tete[0].text.by_language[1] = urne_view_of("A painter.");
	t.s.f.tete[2].text.by_language[1] = urne_view_of("A baker.");
	t.s.f.programme[1].text.by_language[1] = urne_view_of("Faster, and at night.");
	t.s.f.items[3].text.by_language[1] = urne_view_of("Three commitments.");
	type(&t, "1");
	hears_not(&t, "A painter.");
	says(&t, "?", "1. Nora \"N\" Blanc: A painter. 2. Rosa Vert: A baker.");
	hears(&t, "Question 2 of 12");
	says(&t, "? 2", "2. Rosa Vert: A baker.");
	hears_not(&t, "A painter.");
	says(&t, "?1", "A painter.");
	says(&t, "? 3", "There is no number 3 here.");
	says(&t, "? x", "There is no number x here.");
	type(&t, "2");
	type(&t, "2");
	says(&t, "2", "Three commitments.");
	says(&t, "? 1", "There is no further text.");
	type(&t, "1");
	hears_not(&t, "Faster, and at night.");
	says(&t, "?", "Faster, and at night.");
	hears(&t, "Three commitments.");
	talk_clear(&t);
}

static void
an_article_is_read_before_it_is_voted_on(void **state)
{
	struct talk t;

	talk_init(&t, URNE_LANG_FR);
	t.s.f.texte[1].text.by_language[0] = urne_view_of("Un.\nDeux.");
	answer_all(&t);
	says(&t, "11", "Article 2 Un. Deux. 1. Pour");
	talk_clear(&t);
}

static void
bare_questions_are_asked_as_they_are(void **state)
{
	struct talk t;

	talk_init_bare(&t);
	hears(&t,
	    "Question 1 of 3; 3 still unanswered. one Choose up to 1 answer. 1. A 2. B 3. C 0.");
	says(&t, "?", "There is no further text.");
	says(&t, "2", "Noted: B.");
	hears(&t, "two Choose from 1 to 2 answers. 1. A 2. B 3. C 4. Blank vote Your");
	says(&t, "", "abstaining is not possible");
	says(&t, "4 1", "is chosen alone");
	says(&t, "1 2 3", "You chose 3; at most 2");
	says(&t, "4", "Noted: Blank vote.");
	hears(&t, "three Choose one list, and then names in that list. 1. L1 2. L2");
	says(&t, "1", "The list you chose: L1");
	says(&t, "3", "There is no number 3 here: answer from 1 to 2.");
	says(&t, "2", "Noted: L1 (b).");
	hears(&t, "2. two: Blank vote");
	assert_marks(&t, "010 1000 10100");
	talk_clear(&t);
}

static void
what_becomes_of_the_ballot_is_asked_after_it_is_encrypted(void **state)
{
	const struct urne_hash hash = {{7}};
	struct talk t;

	talk_init(&t, URNE_LANG_FR);
	answer_all(&t);
	for (size_t i = 0; i < 2; i++) {
		type(&t, i == 0 ? "ok" : "oui");
		assert_int_equal(t.next, URNE_NEXT_ENCRYPT);
		t.next = URNE_NEXT_LINE;
		urne_questionnaire_encrypted(&t.q, &t.said, &hash);
		hears(&t, "Il N’EST PAS ENCORE déposé.");
		hears(&t, "Empreinte du bulletin : BwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
		says(&t, "", "Répondez 1, 2, 3 ou 4. Rien n’est encore déposé.");
		says(&t, "oui", "Répondez 1, 2, 3 ou 4.");
		says(&t, "?", "contrôlez avec d’autres réponses");
		says(&t, "3", "Voici tout votre vote");
	}
	type(&t, "ok");
	t.next = URNE_NEXT_LINE;
	urne_questionnaire_encrypted(&t.q, &t.said, &hash);
	type(&t, "2");
	assert_int_equal(t.next, URNE_NEXT_OPEN);
	t.next = URNE_NEXT_LINE;
	urne_questionnaire_opened(&t.q, &t.said, "audit.json");
	hears(&t, "Le bulletin est ouvert dans le fichier audit.json. Il ne sera jamais déposé.");
	urne_questionnaire_encrypted(&t.q, &t.said, &hash);
	assert_marks(&t, ALL_MARKS);
	type(&t, "1");
	assert_int_equal(t.next, URNE_NEXT_CAST);
	talk_clear(&t);
}

static void
leaving_is_asked_twice_from_everywhere(void **state)
{
	static const char *const before[] = {"", "1 1 2 2", "1 1 2", "1 2 2 2 1 2 0 2 1 3 1 2 0"};
	const struct urne_hash hash = {{0}};

	for (size_t i = 0; i < 5; i++) {
		struct talk t;
		struct urne_view lines = urne_view_of(before[i < 4 ? i : 3]), line;

		talk_init(&t, URNE_LANG_FR);
		while ((line = urne_picks_word(&lines)).len > 0) {
			const char one[2] = {line.p[0], '\0'};
			type(&t, one);
		}
		if (i == 4) {
			type(&t, "ok");
			t.next = URNE_NEXT_LINE;
			urne_questionnaire_encrypted(&t.q, &t.said, &hash);
		}
		says(&t, "q", "Quitter sans voter ?");
		type(&t, "?"); /* goes on */
		says(&t, "quitter", "Quitter sans voter ?");
		type(&t, "q");
		assert_int_equal(t.next, URNE_NEXT_LEAVE);
		talk_clear(&t);
	}
}

/* Wherever the input ends, the caller clears the conversation: no choice is left in its memory. */
static void
nothing_is_left_behind(void **state)
{
	static const struct urne_questionnaire nothing;
	struct talk t;

	talk_init(&t, URNE_LANG_FR);
	answer_all(&t);
	urne_questionnaire_clear(&t.q);
	assert_memory_equal(&t.q, &nothing, sizeof(nothing));
	urne_questionnaire_clear(&t.q); /* legal twice */
	assert_true(t.said.secret);
	talk_clear(&t);
}

static void
questions_that_cannot_be_voted_on_are_refused(void **state)
{
	struct urne_election e = {.has_non_homomorphic = true};
	struct urne_paper paper = {.election = &e};
	struct urne_questionnaire q;
	struct urne_diag d = {{0}};

	assert_err(urne_questionnaire_init(&q, &d, &paper, false), URNE_ERR_UNSUPPORTED);
	urne_questionnaire_clear(&q);
}

/* Whatever is typed: after every line the choices of answered questions follow their rules. */
static void
typing_at_random_never_breaks_a_rule(void **state)
{
	static const char *const lines[] = {"", "0", "1", "2", "3", "4", "1 2", "1-3", "<", "?",
	    "q", "x", "5", "ok", "12", "? 1", "2 4"};
	struct urne_rng rng;
	struct talk t;
	size_t num_votes = 0;

	test_rng_init(&rng);
	talk_init(&t, URNE_LANG_EN);
	for (size_t i = 0; i < 20000; i++) {
		struct urne_diag d = {{0}};
		bool all = true;

		type(&t, lines[urne_rng_below(&rng, sizeof(lines) / sizeof(lines[0]))]);
		if (t.next == URNE_NEXT_ENCRYPT) {
			for (size_t k = 0; k < 12; k++) {
				all = all && t.q.answered[k];
			}
			assert_true(all);
			assert_ok(urne_choices_check(&t.q.choices, &d, &t.s.e));
			num_votes++;
			talk_clear(&t);
			talk_init(&t, URNE_LANG_EN);
		} else if (t.next == URNE_NEXT_LEAVE) {
			t.next = URNE_NEXT_LINE;
		}
	}
	assert_in_range(num_votes, 5, 20000);
	talk_clear(&t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_kind_is_asked_in_its_own_words),
	    cmocka_unit_test(the_same_in_english),
	    cmocka_unit_test(going_back_and_forth_loses_nothing),
	    cmocka_unit_test(one_answer_is_changed_from_the_review),
	    cmocka_unit_test(an_empty_line_abstains_only_after_it_says_so),
	    cmocka_unit_test(limits_are_told_in_a_sentence_and_change_nothing),
	    cmocka_unit_test(one_of_several_is_one),
	    cmocka_unit_test(texts_are_read_when_they_are_asked_for),
	    cmocka_unit_test(an_article_is_read_before_it_is_voted_on),
	    cmocka_unit_test(bare_questions_are_asked_as_they_are),
	    cmocka_unit_test(what_becomes_of_the_ballot_is_asked_after_it_is_encrypted),
	    cmocka_unit_test(leaving_is_asked_twice_from_everywhere),
	    cmocka_unit_test(nothing_is_left_behind),
	    cmocka_unit_test(questions_that_cannot_be_voted_on_are_refused),
	    cmocka_unit_test(typing_at_random_never_breaks_a_rule),
	};

	return cmocka_run_group_tests_name("questionnaire", tests, NULL, NULL);
}
