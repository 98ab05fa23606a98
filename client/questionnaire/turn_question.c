/* SPDX-License-Identifier: EUPL-1.2 */
/* A question is asked and answered. Choices change only by an answer that the rules of the question
 * allow; going back and forth changes nothing. */
#include <string.h>

#include "client/questionnaire/question.h"
#include "client/questionnaire/review.h"
#include "client/questionnaire/turn.h"

static size_t
num_open(const struct urne_questionnaire *q)
{
	size_t n = 0;

	for (size_t i = 0; i < q->paper.election->num_questions; i++) {
		n += q->answered[i] ? 0 : 1;
	}
	return n;
}

/* --- asking --- */

static void
say_answer(struct urne_turn *t, const struct urne_phrase *phrase)
{
	struct urne_buf answer;

	urne_buf_init_secret(&answer, t->l.out->max);
	urne_review_answer(&answer, &t->q->paper, &t->a, t->q->choices.m);
	if (urne_buf_error(&answer) != URNE_OK && t->l.out->err == URNE_OK) {
		t->l.out->err = urne_buf_error(&answer);
	}
	urne_lines_say1(&t->l, "", phrase, urne_word_text(urne_buf_view(&answer)));
	urne_buf_clear(&answer);
}

static bool
keeps_names(const struct urne_turn *t)
{
	return t->q->answered[t->q->at] &&
	       t->q->choices.m[urne_asked_list_place(&t->a, t->q->list, URNE_THE_LIST)] != 0;
}

/* Whether an empty line keeps the answer that is there. */
static bool
keeps(const struct urne_turn *t)
{
	return t->q->phase == URNE_PHASE_NAMES ? keeps_names(t) : t->q->answered[t->q->at];
}

static void
prompt(struct urne_turn *t)
{
	urne_question_prompt(&t->l, &t->a, t->q->list, keeps(t));
}

static void
ask(struct urne_turn *t)
{
	static const struct urne_phrase now = {
	    {"Votre réponse pour l’instant~: {0}.", "Your answer so far: {0}."}};
	const struct urne_paper *p = &t->q->paper;

	t->a = urne_paper_ask(p, t->q->at);
	if (t->q->phase == URNE_PHASE_QUESTION) {
		urne_question_introduce(&t->l, p, &t->a, t->q->at >= t->q->num_asked);
		if (t->q->at >= t->q->num_asked) {
			t->q->num_asked = t->q->at + 1;
		}
	}
	urne_question_say(&t->l, p, &t->a, num_open(t->q), t->q->list);
	if (keeps(t)) {
		say_answer(t, &now);
	}
	prompt(t);
}

void
urne_turn_go_to(struct urne_turn *t, size_t question)
{
	t->q->phase = URNE_PHASE_QUESTION;
	t->q->list = URNE_NO_LIST;
	t->q->at = question;
	ask(t);
}

/* The question is answered: the next that has to be. */
static void
go_on(struct urne_turn *t)
{
	if (t->q->one_change || t->q->at + 1 == t->q->paper.election->num_questions) {
		urne_turn_review(t);
	} else {
		urne_turn_go_to(t, t->q->at + 1);
	}
}

static void
go_back(struct urne_turn *t)
{
	static const struct urne_phrase first = {
	    {"C’est la première question.", "This is the first question."}};

	if (t->q->phase == URNE_PHASE_NAMES) {
		urne_turn_go_to(t, t->q->at);
	} else if (t->q->one_change) {
		urne_turn_review(t);
	} else if (t->q->at > 0) {
		urne_turn_go_to(t, t->q->at - 1);
	} else {
		urne_turn_say(t, &first);
		prompt(t);
	}
}

/* --- answers --- */

static void
set_answer(struct urne_turn *t)
{
	static const struct urne_phrase noted = {{"Noté~: {0}.", "Noted: {0}."}};

	t->q->answered[t->q->at] = true;
	say_answer(t, &noted);
	go_on(t);
}

static uint64_t *
marks(struct urne_turn *t)
{
	uint64_t *m = t->q->choices.m + t->a.first;

	memset(m, 0, urne_question_num_choices(t->a.q) * sizeof(*m));
	return t->q->choices.m;
}

static void
take_names(struct urne_turn *t)
{
	uint64_t *m = marks(t);

	m[urne_asked_list_place(&t->a, t->q->list, URNE_THE_LIST)] = 1;
	for (size_t i = 1; i <= t->q->picks.max; i++) {
		m[urne_asked_list_place(&t->a, t->q->list, i - 1)] = t->q->picks.picked[i];
	}
	set_answer(t);
}

static void
take_choices(struct urne_turn *t)
{
	const uint64_t *picked = t->q->picks.picked;
	uint64_t *m = marks(t);

	for (size_t i = 0; i < t->a.q->num_answers; i++) {
		m[urne_asked_place(&t->a, i)] = picked[i + 1];
	}
	if (t->a.q->blank) {
		m[t->a.first] = picked[t->a.q->num_answers + 1];
	}
	set_answer(t);
}

/* Why the numbers are no answer: says so. They are distinct and those of answers. */
static bool
breaks_rule(struct urne_turn *t)
{
	static const struct urne_phrase alone = {
	    {"Un vote blanc ou une abstention se choisit seul.",
		"A blank vote, or an abstention, is chosen alone."}};
	static const struct urne_phrase too_few = {
	    {"Vous en avez choisi {0}~; il en faut au moins {1}.",
		"You chose {0}; at least {1} are needed."}};
	static const struct urne_phrase too_many = {
	    {"Vous en avez choisi {0}~; {1} au plus sont possibles.",
		"You chose {0}; at most {1} are possible."}};
	const struct urne_picks *picks = &t->q->picks;
	const struct urne_question *q = t->a.q;
	bool names = t->q->phase == URNE_PHASE_NAMES;
	bool lists = q->kind == URNE_QUESTION_LISTS && !names;
	size_t min = names || lists ? 1 : q->min, max = names ? picks->max : lists ? 1 : q->max;
	bool apart = !names && !lists &&
		     (picks->picked[0] != 0 || (q->blank && picks->picked[picks->max] != 0));
	struct urne_word words[] = {urne_word_number(picks->num), urne_word_number(min)};

	if (apart && picks->num > 1) {
		urne_turn_say(t, &alone);
		return true;
	}
	if (apart) {
		return false;
	}
	if (picks->num < min) {
		urne_lines_say(&t->l, "", &too_few, words, 2);
		return true;
	}
	words[1] = urne_word_number(max);
	if (picks->num > max) {
		urne_lines_say(&t->l, "", &too_many, words, 2);
		return true;
	}
	return false;
}

static bool
is_unreadable(struct urne_turn *t, enum urne_picks_fault fault)
{
	static const struct urne_phrase faults[] = {
	    [URNE_PICKS_UNREADABLE] = {{"Répondez par un numéro, de {1} à {2}. «~?~» lit tous les "
					"textes, «~<~» revient, «~q~» quitte.",
		"Answer with a number, from {1} to {2}. “?” reads all texts, “<” goes back, “q” "
		"leaves."}},
	    [URNE_PICKS_NO_SUCH] = {{"Le numéro {0} n’existe pas ici~: répondez de {1} à {2}.",
		"There is no number {0} here: answer from {1} to {2}."}},
	    [URNE_PICKS_TWICE] = {{"Le numéro {0} est là deux fois.", "Number {0} stands twice."}},
	};
	const struct urne_word words[] = {urne_word_number(t->q->picks.number),
	    urne_word_number(t->q->picks.zero ? 0 : 1), urne_word_number(t->q->picks.max)};

	if (fault == URNE_PICKS_FINE) {
		return false;
	}
	urne_lines_say(&t->l, "", &faults[fault], words, 3);
	return true;
}

static void
take_numbers(struct urne_turn *t)
{
	struct urne_picks *picks = &t->q->picks;

	picks->max = urne_question_num_options(&t->a, t->q->list);
	picks->zero = t->q->phase == URNE_PHASE_QUESTION && urne_asked_may_abstain(&t->a);
	if (is_unreadable(t, urne_picks_read(picks, t->line)) || breaks_rule(t)) {
		prompt(t);
	} else if (t->q->phase == URNE_PHASE_NAMES) {
		take_names(t);
	} else if (t->a.q->kind == URNE_QUESTION_LISTS) {
		t->q->list = 0;
		while (picks->picked[t->q->list + 1] == 0) {
			t->q->list++;
		}
		t->q->phase = URNE_PHASE_NAMES;
		ask(t);
	} else {
		take_choices(t);
	}
}

static void
take_empty(struct urne_turn *t, bool again)
{
	static const struct urne_phrase once_more = {
	    {"Vous n’avez rien choisi. Une deuxième ligne vide vaut abstention.",
		"You chose nothing. A second empty line abstains."}};
	static const struct urne_phrase needed = {
	    {"Ici il faut une réponse~: l’abstention n’est pas possible.",
		"An answer is needed here: abstaining is not possible."}};
	static const struct urne_phrase kept = {{"Réponse gardée.", "The answer is kept."}};

	if (keeps(t)) {
		urne_turn_say(t, &kept);
		go_on(t);
	} else if (!urne_asked_may_abstain(&t->a)) {
		urne_turn_say(t, &needed);
		prompt(t);
	} else if (!again) {
		t->q->empty_before = true;
		urne_turn_say(t, &once_more);
		prompt(t);
	} else {
		(void)marks(t);
		set_answer(t);
	}
}

/* "?" reads everything, "? 12" what is there about answer 12. */
static void
read_texts(struct urne_turn *t, struct urne_view which)
{
	static const struct urne_phrase none = {
	    {"Il n’y a pas de numéro {0} ici.", "There is no number {0} here."}};
	uint64_t number = 0;
	size_t max = urne_question_num_options(&t->a, t->q->list);

	if (which.len > 0 && (urne_decimal_decode(&number, which, max) != URNE_OK || number == 0)) {
		urne_lines_say1(&t->l, "", &none, urne_word_text(which));
		prompt(t);
		return;
	}
	urne_question_read(&t->l, &t->q->paper, &t->a, t->q->list, (size_t)number);
	if (number == 0) {
		urne_question_say(&t->l, &t->q->paper, &t->a, num_open(t->q), t->q->list);
	}
	prompt(t);
}

enum urne_questionnaire_next
urne_turn_question(struct urne_turn *t)
{
	struct urne_view rest = t->line, word = urne_picks_word(&rest);
	bool again = t->q->empty_before;

	t->q->empty_before = false;
	t->a = urne_paper_ask(&t->q->paper, t->q->at);
	if (word.len == 0) {
		take_empty(t, again);
	} else if (urne_view_is(word, "<")) {
		go_back(t);
	} else if (word.p[0] == '?') {
		word.p++;
		word.len--;
		read_texts(t, word.len > 0 ? word : urne_picks_word(&rest));
	} else {
		take_numbers(t);
	}
	return URNE_NEXT_LINE;
}
