/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal in words, entry by entry, in French and English: when, what, who signed.
 * Spec: docs/journal.md#entries */
#ifndef URNE_DOCUMENTS_JOURNAL_PAGE_H
#define URNE_DOCUMENTS_JOURNAL_PAGE_H

#include "bulletin/log/journal.h"
#include "documents/page.h"
#include "documents/words.h"

/* urne_journal_compose_title begins the page with its heading of level 1. */
void urne_journal_compose_title(struct urne_page *p, enum urne_lang lang);
/* urne_journal_compose_entry adds one entry that the journal has taken: `j` is the state behind it,
 * which says whose signatures on an order are those of officials. */
enum urne_err urne_journal_compose_entry(struct urne_page *p, struct urne_diag *d,
    enum urne_lang lang, const struct urne_journal *j, uint64_t height, enum urne_event_type type,
    struct urne_view payload) URNE_MUST_USE;

/* urne_words_journal_stage: where an election stands, in the words of the journal: "scellée",
 * "sealed". */
const char *urne_words_journal_stage(enum urne_lang lang, enum urne_journal_stage s);

#endif
