/* SPDX-License-Identifier: EUPL-1.2 */
/* The conversation as a whole: how it begins, which phase takes a line, the review. */
#include "client/questionnaire/questionnaire.h"

#include <stdlib.h>

#include "client/questionnaire/question.h"
#include "client/questionnaire/review.h"
#include "client/questionnaire/turn.h"

enum urne_err
urne_questionnaire_init(
    struct urne_questionnaire *q, struct urne_diag *d, const struct urne_paper *paper, bool to_file)
{
	const struct urne_election *e = paper->election;

	*q = (struct urne_questionnaire){.paper = *paper, .to_file = to_file, .list = URNE_NO_LIST};
	if (e->has_non_homomorphic) {
		return urne_fail(d, URNE_ERR_UNSUPPORTED,
		    "a question is non-homomorphic: this version cannot vote on it");
	}
	q->choices.num = e->num_choices;
	q->choices.m = calloc(e->num_choices + 1, sizeof(*q->choices.m));
	q->answered = calloc(e->num_questions + 1, sizeof(*q->answered));
	/* every answer of a question has a choice, but "abstain" and lists' names do not add up */
	q->picks.picked = calloc(e->num_choices + 2, sizeof(*q->picks.picked));
	if (q->choices.m == NULL || q->answered == NULL || q->picks.picked == NULL) {
		urne_questionnaire_clear(q);
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the choices");
	}
	return URNE_OK;
}

void
urne_questionnaire_clear(struct urne_questionnaire *q)
{
	if (q->picks.picked != NULL) {
		urne_wipe(q->picks.picked, (q->choices.num + 2) * sizeof(*q->picks.picked));
	}
	if (q->answered != NULL) {
		urne_wipe(q->answered, q->paper.election->num_questions * sizeof(*q->answered));
	}
	free(q->picks.picked);
	free(q->answered);
	urne_choices_clear(&q->choices);
	urne_wipe(q, sizeof(*q));
}

/* --- the review --- */

void
urne_turn_review(struct urne_turn *t)
{
	static const struct urne_phrase all = {
	    {"Voici tout votre vote. Rien n’est encore chiffré ni déposé.",
		"Here is your whole vote. Nothing is encrypted or cast yet."}};
	static const struct urne_phrase prompt_is = {
	    {"«~ok~» pour chiffrer ce vote, un numéro pour changer la réponse (ou <, q)~:",
		"“ok” to encrypt this vote, a number to change that answer (or <, q):"}};

	t->q->phase = URNE_PHASE_REVIEW;
	t->q->list = URNE_NO_LIST;
	t->q->one_change = false;
	urne_lines_empty(&t->l);
	urne_turn_say(t, &all);
	urne_review(&t->l, &t->q->paper, t->q->choices.m);
	urne_lines_empty(&t->l);
	urne_lines_prompt(&t->l, &prompt_is, NULL, 0);
}

static bool
is_any(struct urne_view word, const char *const *words)
{
	for (; *words != NULL; words++) {
		if (urne_view_is(word, *words)) {
			return true;
		}
	}
	return false;
}

static enum urne_questionnaire_next
line_of_review(struct urne_turn *t)
{
	static const char *const yes[] = {"ok", "OK", "Ok", "oui", "yes", NULL};
	static const struct urne_phrase hint = {
	    {"Tapez «~ok~» pour chiffrer, un numéro de 1 à {0} pour changer cette réponse, «~?~» "
	     "pour "
	     "relire tout, «~<~» pour revenir à la dernière question, «~q~» pour quitter~:",
		"Type “ok” to encrypt, a number from 1 to {0} to change that answer, “?” to read "
		"everything again, “<” to go back to the last question, “q” to leave:"}};
	size_t num = t->q->paper.election->num_questions;
	struct urne_view rest = t->line, word = urne_picks_word(&rest);
	const struct urne_word last = urne_word_number(num);
	uint64_t number = 0;

	if (is_any(word, yes)) {
		return URNE_NEXT_ENCRYPT;
	}
	if (urne_view_is(word, "<")) {
		urne_turn_go_to(t, num - 1);
	} else if (urne_view_is(word, "?")) {
		urne_turn_review(t);
	} else if (urne_decimal_decode(&number, word, num) == URNE_OK && number > 0) {
		t->q->one_change = true;
		urne_turn_go_to(t, (size_t)number - 1);
	} else {
		urne_lines_prompt(&t->l, &hint, &last, 1);
	}
	return URNE_NEXT_LINE;
}

/* --- from outside --- */

void
urne_turn_init(struct urne_turn *t, struct urne_questionnaire *q, struct urne_buf *out)
{
	*t = (struct urne_turn){.q = q};
	urne_lines_init(&t->l, out, q->paper.r.lang);
}

void
urne_turn_clear(struct urne_turn *t)
{
	urne_lines_clear(&t->l);
}

void
urne_turn_say(struct urne_turn *t, const struct urne_phrase *phrase)
{
	urne_lines_say(&t->l, "", phrase, NULL, 0);
}

void
urne_questionnaire_start(struct urne_questionnaire *q, struct urne_buf *out)
{
	static const struct urne_phrase keys = {{"Une question à la fois~; répondez par des "
						 "numéros. À tout moment~: «~?~» lit tous les "
						 "textes de la question, «~<~» revient à la "
						 "question d’avant, «~q~» quitte. Tout se relit et "
						 "se change avant l’envoi.",
	    "One question at a time; answer with numbers. At any moment: “?” reads all texts of "
	    "the question, “<” goes back to the question before, “q” leaves. Everything can be "
	    "read again and changed before it is sent."}};
	const struct urne_definition *v = q->paper.definition;
	const struct urne_election *e = q->paper.election;
	struct urne_turn t;

	urne_turn_init(&t, q, out);
	urne_lines_empty(&t.l);
	urne_lines_text(&t.l, "", v != NULL ? v->title.by_language[q->paper.r.index] : e->name);
	urne_lines_text(
	    &t.l, "", v != NULL ? v->description.by_language[q->paper.r.index] : e->description);
	urne_lines_empty(&t.l);
	urne_turn_say(&t, &keys);
	urne_turn_go_to(&t, 0);
	urne_turn_clear(&t);
}

/* The first q warns; answers are lost by the second. */
static enum urne_questionnaire_next
take_quit(struct urne_turn *t, bool again)
{
	static const struct urne_phrase sure = {{"Quitter sans voter~? Vos réponses seront perdues "
						 "et rien n’est déposé. Tapez encore «~q~» "
						 "pour quitter, ou continuez~:",
	    "Leave without voting? Your answers will be lost, and nothing is cast. Type “q” again "
	    "to "
	    "leave, or go on:"}};

	if (again) {
		return URNE_NEXT_LEAVE;
	}
	t->q->quit_before = true;
	urne_lines_prompt(&t->l, &sure, NULL, 0);
	return URNE_NEXT_LINE;
}

enum urne_questionnaire_next
urne_questionnaire_line(struct urne_questionnaire *q, struct urne_buf *out, struct urne_view line)
{
	static const char *const quit[] = {"q", "Q", "quit", "quitter", NULL};
	static enum urne_questionnaire_next (*const by_phase[])(struct urne_turn *) = {
	    [URNE_PHASE_QUESTION] = urne_turn_question,
	    [URNE_PHASE_NAMES] = urne_turn_question,
	    [URNE_PHASE_REVIEW] = line_of_review,
	    [URNE_PHASE_ENCRYPTED] = urne_turn_encrypted,
	};
	struct urne_view rest = line;
	enum urne_questionnaire_next next;
	bool again = q->quit_before;
	struct urne_turn t;

	urne_turn_init(&t, q, out);
	t.line = line;
	q->quit_before = false;
	next = is_any(urne_picks_word(&rest), quit) ? take_quit(&t, again) : by_phase[q->phase](&t);
	urne_turn_clear(&t);
	return next;
}
