/* SPDX-License-Identifier: EUPL-1.2 */
/* Questions and counts in words and as JSON. Titles come from others: control characters do not
 * reach the terminal. */
#include "client/cli/show.h"

#include <inttypes.h>

#include "base/safe_text.h"

struct show {
	struct urne_cli *cli;
	struct urne_buf json;
	const uint64_t *counts; /* of the next choice, or NULL */
};

static void
choice(struct show *s, bool first, const char *indent, struct urne_view label)
{
	struct urne_buf *text = &s->cli->text;

	urne_buf_puts(text, indent);
	urne_put_safe_text(text, label);
	urne_buf_puts(&s->json, first ? "{\"label\":" : ",{\"label\":");
	urne_buf_put_json_string(&s->json, label);
	if (s->counts != NULL) {
		urne_buf_printf(text, ": %" PRIu64, *s->counts);
		urne_buf_printf(&s->json, ",\"count\":%" PRIu64, *s->counts);
		s->counts++;
	}
	urne_buf_putc(text, '\n');
	urne_buf_putc(&s->json, '}');
}

static void
rule(struct urne_buf *out, const struct urne_question *q)
{
	if (q->kind == URNE_QUESTION_LISTS) {
		urne_buf_puts(out, "one list, and candidates in it");
	} else if (q->kind == URNE_QUESTION_NON_HOMOMORPHIC) {
		urne_buf_puts(out, "a number for each answer");
	} else if (q->min == q->max) {
		urne_buf_printf(out, "choose %zu", q->min);
	} else {
		urne_buf_printf(out, "choose %zu to %zu", q->min, q->max);
	}
	urne_buf_puts(out, q->blank ? ", or vote blank" : "");
}

static void
question(struct show *s, const struct urne_question *q, size_t number)
{
	struct urne_buf *text = &s->cli->text;
	bool first = true;

	urne_buf_printf(text, "\nQuestion %zu: ", number);
	urne_put_safe_text(text, q->title);
	urne_buf_puts(text, " (");
	rule(text, q);
	urne_buf_puts(text, ")\n");
	urne_buf_puts(&s->json, number == 1 ? "{\"question\":" : ",{\"question\":");
	urne_buf_put_json_string(&s->json, q->title);
	urne_buf_puts(&s->json, ",\"choices\":[");
	if (q->blank) {
		choice(s, first, "  ", urne_view_of("blank"));
		first = false;
	}
	for (size_t i = 0; i < q->num_answers; i++) {
		choice(s, first, "  ", q->answers[i]);
		first = false;
	}
	for (size_t i = 0; i < q->num_lists; i++) {
		for (size_t j = 0; j < q->lists[i].num_labels; j++) {
			choice(s, first, j == 0 ? "  " : "    ", q->lists[i].labels[j]);
			first = false;
		}
	}
	urne_buf_puts(&s->json, "]}");
}

void
urne_show_questions(struct urne_cli *cli, const struct urne_election *e, const uint64_t *counts)
{
	struct show s = {.cli = cli, .counts = counts};

	urne_buf_init(&s.json, (size_t)256 << 20);
	urne_buf_putc(&s.json, '[');
	urne_put_safe_text(&cli->text, e->name);
	urne_buf_puts(&cli->text, counts != NULL ? ": the result\n" : "\n");
	urne_put_safe_text(&cli->text, e->description);
	urne_buf_putc(&cli->text, '\n');
	for (size_t i = 0; i < e->num_questions; i++) {
		question(&s, &e->questions[i], i + 1);
	}
	urne_buf_putc(&s.json, ']');
	if (urne_buf_error(&s.json) == URNE_OK) {
		urne_cli_put_view(cli, "name", e->name);
		urne_cli_put_raw(cli, "questions", urne_buf_view(&s.json));
	} else {
		cli->fields.err = urne_buf_error(&s.json);
	}
	urne_buf_clear(&s.json);
}
