/* SPDX-License-Identifier: EUPL-1.2 */
/* The consolidated text: what is left of a text when only its adopted articles stand in it. Its
 * lines are fixed, so that everybody hashes the same bytes.
 * Spec: docs/outcome.md#consolidated-text */
#include "documents/outcome_documents.h"

bool
urne_outcome_text_adopted(const struct urne_item_outcome *o)
{
	return o->item->kind == URNE_ITEM_TEXT && o->num_decisions > 0 &&
	       o->decisions[o->num_decisions - 1].state == URNE_DECISION_ADOPTED;
}

static void
put_line(struct urne_buf *out, struct urne_view text)
{
	urne_buf_put_view(out, text);
	urne_buf_putc(out, '\n');
}

void
urne_outcome_consolidated(struct urne_buf *out, const struct urne_item_outcome *o, size_t language)
{
	size_t titled = SIZE_MAX; /* the section whose title stands there */

	for (size_t i = 0; i < o->num_decisions; i++) {
		const struct urne_decision *x = &o->decisions[i];
		const struct urne_entry *article = NULL;

		if (x->entry >= o->item->num_entries || x->state != URNE_DECISION_ADOPTED) {
			continue;
		}
		article = &o->item->entries[x->entry];
		if (article->section != titled) {
			titled = article->section;
			put_line(out, o->item->sections[titled].title.by_language[language]);
			urne_buf_putc(out, '\n');
		}
		put_line(out, article->title.by_language[language]);
		put_line(out, article->text.by_language[language]);
		urne_buf_putc(out, '\n');
	}
}
