/* SPDX-License-Identifier: EUPL-1.2 */
/* The outcome for programs (JSON, CSV) and for people (a page), and the definition as members read
 * it. Same inputs, same bytes.
 * Spec: docs/outcome.md#documents */
#ifndef URNE_DOCUMENTS_OUTCOME_DOCUMENTS_H
#define URNE_DOCUMENTS_OUTCOME_DOCUMENTS_H

#include "documents/page.h"
#include "documents/words.h"
#include "tally/outcome.h"

/* Which vote this is the outcome of. */
struct urne_outcome_heading {
	struct urne_view uuid;
	struct urne_view fingerprint; /* φ */
	const struct urne_definition *definition;
	const struct urne_hash *draw; /* used, or NULL */
};

/* urne_outcome_json appends the canonical outcome document: compact JSON, fields in the order of
 * docs/outcome.md, every decision and place with its reason as data and a sentence in fr and en.
 * No newline at the end. */
void urne_outcome_json(
    struct urne_buf *out, const struct urne_outcome_heading *h, const struct urne_outcome *o);
/* urne_outcome_items_json: only the value of its "items". */
void urne_outcome_items_json(
    struct urne_buf *out, const struct urne_outcome_heading *h, const struct urne_outcome *o);
/* urne_outcome_csv: RFC 4180, UTF-8, one header line, one line per entry (or list, or row and
 * grade); cells that a spreadsheet could take for a formula are made harmless. */
void urne_outcome_csv(
    struct urne_buf *out, const struct urne_outcome_heading *h, const struct urne_outcome *o);
/* urne_outcome_compose adds the decisions in words, bars, the ordered list with reasons, and the
 * tables they come from. Headings from level 2. */
void urne_outcome_compose(struct urne_page *p, struct urne_reader r,
    const struct urne_outcome_heading *h, const struct urne_outcome *o);

/* urne_outcome_text_adopted: a text item whose vote on the whole was adopted.
 * urne_outcome_consolidated appends what was adopted then, in that language of the definition: for
 * every title with an adopted article, the title and an empty line; for every adopted article its
 * title, its paragraphs and an empty line. Each line ends with a newline. */
bool urne_outcome_text_adopted(const struct urne_item_outcome *o);
void urne_outcome_consolidated(
    struct urne_buf *out, const struct urne_item_outcome *o, size_t language);

/* urne_definition_compose adds the vote as members will read it: texts, items with all entries,
 * how to answer, and every rule in words. Its title is the heading of level 1, or of level 2 on a
 * page that has one. */
void urne_definition_compose(
    struct urne_page *p, struct urne_reader r, const struct urne_definition *v);

#endif
