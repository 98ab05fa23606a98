/* SPDX-License-Identifier: EUPL-1.2 */
/* Every question is said, also those without a choice: what is missing must be heard. */
#include "client/questionnaire/review.h"

static void
put_label(struct urne_buf *out, bool first, struct urne_view label)
{
	urne_buf_puts(out, first ? "" : ", ");
	urne_buf_put_view(out, label);
}

/* "Liste A (Aldo, Bea)" */
static size_t
put_lists(
    struct urne_buf *out, const struct urne_paper *p, const struct urne_asked *a, const uint64_t *m)
{
	size_t num = 0;

	for (size_t list = 0; list < a->q->num_lists; list++) {
		size_t names = 0;

		if (m[urne_asked_list_place(a, list, URNE_THE_LIST)] == 0) {
			continue;
		}
		put_label(out, num == 0, urne_asked_list_label(p, a, list, URNE_THE_LIST));
		urne_buf_puts(out, " (");
		for (size_t i = 0; i + 1 < a->q->lists[list].num_labels; i++) {
			if (m[urne_asked_list_place(a, list, i)] != 0) {
				put_label(out, names == 0, urne_asked_list_label(p, a, list, i));
				names++;
			}
		}
		urne_buf_putc(out, ')');
		num++;
	}
	return num;
}

static size_t
put_chosen(
    struct urne_buf *out, const struct urne_paper *p, const struct urne_asked *a, const uint64_t *m)
{
	size_t num = 0;

	if (a->q->blank && m[a->first] != 0) {
		put_label(out, true, urne_paper_blank(p));
		num++;
	}
	for (size_t i = 0; i < a->q->num_answers; i++) {
		if (m[urne_asked_place(a, i)] != 0) {
			put_label(out, num == 0, urne_asked_label(p, a, i));
			num++;
		}
	}
	return num;
}

void
urne_review_answer(
    struct urne_buf *out, const struct urne_paper *p, const struct urne_asked *a, const uint64_t *m)
{
	static const struct urne_phrase abstention = {
	    {"abstention, rien n’est choisi", "abstention, nothing is chosen"}};
	size_t num =
	    a->q->kind == URNE_QUESTION_LISTS ? put_lists(out, p, a, m) : put_chosen(out, p, a, m);

	if (num == 0) {
		urne_words_fill(out, p->r.lang, &abstention, NULL, 0);
	}
}

void
urne_review_item(struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a)
{
	static const struct urne_phrase item_is = {
	    {"Point {0} sur {1}~: {2}", "Item {0} of {1}: {2}"}};

	if (a->item != NULL) {
		const struct urne_word words[] = {urne_word_number(a->item_number + 1),
		    urne_word_number(p->definition->num_items),
		    urne_word_text(a->item->title.by_language[p->r.index])};

		urne_lines_empty(l);
		urne_lines_say(l, "", &item_is, words, 3);
	}
}

void
urne_review_section(struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a)
{
	static const struct urne_phrase section_is = {{"Partie~: {0}", "Section: {0}"}};
	const struct urne_section *section = urne_asked_section(a);

	if (section != NULL && section->title.by_language[p->r.index].len > 0) {
		urne_lines_empty(l);
		urne_lines_say1(
		    l, "", &section_is, urne_word_text(section->title.by_language[p->r.index]));
	}
}

/* The titles above the question, where they are others than those above the one before. */
static void
say_titles(struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a,
    const struct urne_asked *before)
{
	if (before->item != a->item) {
		urne_review_item(l, p, a);
	}
	if (before->item != a->item || urne_asked_section(before) != urne_asked_section(a)) {
		urne_review_section(l, p, a);
	}
}

void
urne_review(struct urne_lines *l, const struct urne_paper *p, const uint64_t *m)
{
	static const struct urne_phrase about = {{"{0}~: {1}", "{0}: {1}"}};
	static const struct urne_phrase alone = {{"Réponse~: {1}", "Answer: {1}"}};
	struct urne_asked before = {.item = NULL};
	struct urne_buf answer;

	urne_buf_init_secret(&answer, l->out->max);
	for (size_t i = 0; i < p->election->num_questions; i++) {
		struct urne_asked a = urne_paper_ask(p, i);
		char mark[URNE_LINES_MARK];
		struct urne_word words[2];

		urne_buf_reset(&answer);
		urne_review_answer(&answer, p, &a, m);
		if (urne_buf_error(&answer) != URNE_OK && l->out->err == URNE_OK) {
			l->out->err = urne_buf_error(&answer);
		}
		say_titles(l, p, &a, &before);
		urne_lines_number(mark, i + 1);
		words[0] = urne_word_text(urne_asked_title(p, &a));
		words[1] = urne_word_text(urne_buf_view(&answer));
		urne_lines_say(l, mark, urne_asked_is_item(&a) ? &alone : &about, words, 2);
		before = a;
	}
	urne_buf_clear(&answer);
}
