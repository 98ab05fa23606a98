/* SPDX-License-Identifier: EUPL-1.2 */
/* What must be read to answer is said at once: names on a proposed list, an article. Full texts of
 * commitments and presentations of candidates come when they are asked for. */
#include "client/questionnaire/question.h"

#include "client/questionnaire/review.h"

static const struct urne_noun noun_answer = {{{"réponse", "answer"}}, {{"réponses", "answers"}}};

size_t
urne_question_num_options(const struct urne_asked *a, size_t list)
{
	if (list != URNE_NO_LIST) {
		return a->q->lists[list].num_labels - 1;
	}
	return a->q->kind == URNE_QUESTION_LISTS ? a->q->num_lists
						 : a->q->num_answers + (a->q->blank ? 1 : 0);
}

/* --- the item --- */

/* The proposed list: what "for" is for. */
static void
say_proposed(struct urne_lines *l, const struct urne_paper *p, const struct urne_item *item)
{
	static const struct urne_phrase proposed = {
	    {"La liste proposée, dans l’ordre~:", "The proposed list, in its order:"}};
	static const struct urne_phrase rank = {{"rang {0}~: {1}", "rank {0}: {1}"}};

	urne_lines_say(l, "", &proposed, NULL, 0);
	for (size_t i = 0; i < item->num_entries; i++) {
		const struct urne_word words[] = {urne_word_number(i + 1),
		    urne_word_text(item->entries[i].title.by_language[p->r.index])};
		urne_lines_say(l, "- ", &rank, words, 2);
	}
}

static void
say_item(struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a)
{
	const struct urne_item *item = a->item;
	struct urne_buf instruction;

	urne_lines_text(l, "", item->text.by_language[p->r.index]);
	if (item->kind == URNE_ITEM_LIST_RATIFICATION) {
		say_proposed(l, p, item);
	}
	urne_buf_init(&instruction, URNE_MAX_SMALL_FILE);
	urne_words_instruction(&instruction, p->r.lang, item);
	urne_lines_text(l, "", urne_buf_view(&instruction));
	urne_buf_clear(&instruction);
}

static void
say_section(struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a)
{
	const struct urne_section *section = urne_asked_section(a);

	urne_review_section(l, p, a);
	if (section != NULL) {
		urne_lines_text(l, "", section->text.by_language[p->r.index]);
	}
}

static bool
begins_section(const struct urne_asked *a)
{
	const struct urne_section *section = urne_asked_section(a);

	return section != NULL && section->first == a->entry;
}

void
urne_question_introduce(
    struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a, bool texts)
{
	if (a->item == NULL) {
		return;
	}
	if (!texts) {
		urne_review_item(l, p, a);
		urne_review_section(l, p, a);
		return;
	}
	if (a->number == a->item->first_question) {
		urne_review_item(l, p, a);
		say_item(l, p, a);
	}
	if (begins_section(a)) {
		say_section(l, p, a);
	}
}

/* --- the question --- */

static void
say_options(
    struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a, size_t list)
{
	static const struct urne_phrase abstain = {
	    {"S’abstenir (ne rien choisir)", "Abstain (choose nothing)"}};
	size_t num = urne_question_num_options(a, list);
	char mark[URNE_LINES_MARK];

	for (size_t i = 0; i < num; i++) {
		struct urne_view label;

		if (list != URNE_NO_LIST) {
			label = urne_asked_list_label(p, a, list, i);
		} else if (a->q->kind == URNE_QUESTION_LISTS) {
			label = urne_asked_list_label(p, a, i, URNE_THE_LIST);
		} else {
			label =
			    i < a->q->num_answers ? urne_asked_label(p, a, i) : urne_paper_blank(p);
		}
		urne_lines_number(mark, i + 1);
		urne_lines_text(l, mark, label);
	}
	if (urne_asked_may_abstain(a)) {
		urne_lines_number(mark, 0);
		urne_lines_say(l, mark, &abstain, NULL, 0);
	}
}

/* How many may be chosen, where the item has not said it. */
static void
say_limits(struct urne_lines *l, const struct urne_asked *a, size_t list)
{
	static const struct urne_phrase names = {
	    {"Choisissez un nom au moins, {0} au plus.", "Choose one name at least, {0} at most."}};
	static const struct urne_phrase lists = {
	    {"Choisissez une liste, puis des noms dans cette liste.",
		"Choose one list, and then names in that list."}};
	static const struct urne_phrase exactly = {{"Choisissez {1}.", "Choose {1}."}};
	static const struct urne_phrase up_to = {{"Choisissez jusqu’à {1}.", "Choose up to {1}."}};
	static const struct urne_phrase range = {
	    {"Choisissez de {0} à {1}.", "Choose from {0} to {1}."}};
	const struct urne_word words[] = {
	    urne_word_number(a->q->min), urne_word_count(a->q->max, &noun_answer)};

	if (list != URNE_NO_LIST) {
		urne_lines_say1(
		    l, "", &names, urne_word_number(urne_question_num_options(a, list)));
	} else if (a->item != NULL) {
		return;
	} else if (a->q->kind == URNE_QUESTION_LISTS) {
		urne_lines_say(l, "", &lists, NULL, 0);
	} else {
		urne_lines_say(l, "",
		    a->q->min == a->q->max ? &exactly
		    : a->q->min == 0	   ? &up_to
					   : &range,
		    words, 2);
	}
}

/* What an article says is what is voted on. */
static void
say_article(struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a)
{
	if (a->item != NULL && a->item->kind == URNE_ITEM_TEXT && a->entry < a->item->num_entries) {
		urne_lines_text(l, "", a->item->entries[a->entry].text.by_language[p->r.index]);
	}
}

void
urne_question_say(struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a,
    size_t num_open, size_t list)
{
	static const struct urne_phrase which[] = {
	    {{"Question {0} sur {1}~; tout a une réponse.",
		"Question {0} of {1}; everything is answered."}},
	    {{"Question {0} sur {1}~; encore {2} sans réponse.",
		"Question {0} of {1}; {2} still unanswered."}},
	};
	static const struct urne_phrase of_list = {
	    {"Liste choisie~: {0}", "The list you chose: {0}"}};
	const struct urne_word words[] = {urne_word_number(a->number + 1),
	    urne_word_number(p->election->num_questions), urne_word_number(num_open)};

	urne_lines_empty(l);
	urne_lines_say(l, "", &which[num_open > 0 ? 1 : 0], words, 3);
	if (!urne_asked_is_item(a)) {
		urne_lines_text(l, "", urne_asked_title(p, a));
	}
	if (list != URNE_NO_LIST) {
		urne_lines_say1(l, "", &of_list,
		    urne_word_text(urne_asked_list_label(p, a, list, URNE_THE_LIST)));
	} else {
		say_article(l, p, a);
	}
	say_limits(l, a, list);
	say_options(l, p, a, list);
}

/* --- every text --- */

static bool
read_entry(
    struct urne_lines *l, const struct urne_paper *p, const struct urne_entry *e, size_t number)
{
	static const struct urne_phrase who = {{"{0}~: {1}", "{0}: {1}"}};
	char mark[URNE_LINES_MARK];
	struct urne_word words[2];

	if (e == NULL || e->text.by_language[p->r.index].len == 0) {
		return false;
	}
	words[0] = urne_word_text(e->title.by_language[p->r.index]);
	words[1] = urne_word_text(e->text.by_language[p->r.index]);
	urne_lines_number(mark, number);
	urne_lines_say(l, mark, &who, words, 2);
	return true;
}

/* The text of a list behind its title. */
static bool
read_list(
    struct urne_lines *l, const struct urne_paper *p, const struct urne_section *s, size_t number)
{
	const struct urne_entry as_entry = {.title = s->title, .text = s->text};

	return read_entry(l, p, &as_entry, number);
}

static bool
read_option(struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a,
    size_t list, size_t i)
{
	if (list != URNE_NO_LIST) {
		return read_entry(l, p, urne_asked_list_entry(a, list, i), i + 1);
	}
	if (a->q->kind == URNE_QUESTION_LISTS) {
		return read_list(l, p, &a->item->sections[i], i + 1);
	}
	return i < a->q->num_answers && read_entry(l, p, urne_asked_entry(a, i), i + 1);
}

void
urne_question_read(struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a,
    size_t list, size_t only)
{
	static const struct urne_phrase nothing = {
	    {"Il n’y a pas d’autre texte.", "There is no further text."}};
	size_t num = urne_question_num_options(a, list);
	bool said = false;

	if (a->item != NULL && only == 0) {
		urne_review_item(l, p, a);
		say_item(l, p, a);
		say_section(l, p, a);
		said = true;
	}
	if (a->item != NULL && only == 0 && a->entry < a->item->num_entries) {
		const struct urne_entry *e = &a->item->entries[a->entry];
		urne_lines_empty(l);
		urne_lines_text(l, "", e->title.by_language[p->r.index]);
		urne_lines_text(l, "", e->text.by_language[p->r.index]);
	}
	for (size_t i = 0; a->item != NULL && i < num; i++) {
		if (only == 0 || only == i + 1) {
			said = read_option(l, p, a, list, i) || said;
		}
	}
	if (!said) {
		urne_lines_say(l, "", &nothing, NULL, 0);
	}
}

void
urne_question_prompt(struct urne_lines *l, const struct urne_asked *a, size_t list, bool kept)
{
	static const struct urne_phrase one = {{"Votre réponse, un numéro (ou ?, <, q){0}~:",
	    "Your answer, a number (or ?, <, q){0}:"}};
	static const struct urne_phrase some = {{"Votre réponse, des numéros (ou ?, <, q){0}~:",
	    "Your answer, numbers (or ?, <, q){0}:"}};
	static const struct urne_phrase keep = {
	    {", ou une ligne vide pour la garder", ", or an empty line to keep it"}};
	const struct urne_word word =
	    kept ? urne_word_phrase(l->lang, &keep) : urne_word_text((struct urne_view){"", 0});

	urne_lines_prompt(
	    l, list == URNE_NO_LIST && urne_asked_picks_one(a) ? &one : &some, &word, 1);
}
