/* SPDX-License-Identifier: EUPL-1.2 */
/* What the two files of the outcome's JSON share: a writer of fields, and one function per kind of
 * item.
 * Spec: docs/outcome.md#documents */
#ifndef URNE_DOCUMENTS_OUTCOME_JSON_H
#define URNE_DOCUMENTS_OUTCOME_JSON_H

#include "documents/declared.h"
#include "documents/outcome_documents.h"
#include "documents/words_fill.h"

struct urne_outcome_writer {
	struct urne_buf *out;
	const struct urne_outcome_heading *h;
	struct urne_reader readers[URNE_NUM_LANGS]; /* French, English */
	struct urne_buf said;			    /* one sentence */
};

/* Fields. A comma stands in front of every one but the first of its object. */
void urne_json_name(struct urne_buf *out, const char *name);
void urne_json_number(struct urne_buf *out, const char *name, uint64_t n);
void urne_json_bool(struct urne_buf *out, const char *name, bool value);
void urne_json_string(struct urne_buf *out, const char *name, struct urne_view text);
void urne_json_hash(struct urne_buf *out, const char *name, const struct urne_hash *h);
/* urne_json_object opens number `index` of a list of objects. */
void urne_json_object(struct urne_buf *out, size_t index);
void urne_json_texts(
    struct urne_outcome_writer *w, const char *name, const struct urne_texts *texts);
/* urne_json_say: an empty buffer for one sentence; urne_json_said puts it under its language into
 * the object of that name, which French opens and English closes. */
struct urne_buf *urne_json_say(struct urne_outcome_writer *w);
void urne_json_said(struct urne_outcome_writer *w, enum urne_lang lang, const char *object);

/* The fields of one kind of item. */
void urne_json_ratification(struct urne_outcome_writer *w, const struct urne_item_outcome *o);
void urne_json_candidates(struct urne_outcome_writer *w, const struct urne_item_outcome *o);
void urne_json_lists(struct urne_outcome_writer *w, const struct urne_item_outcome *o);
void urne_json_decisions(struct urne_outcome_writer *w, const struct urne_item_outcome *o);
void urne_json_priorities(struct urne_outcome_writer *w, const struct urne_item_outcome *o);
void urne_json_grades(struct urne_outcome_writer *w, const struct urne_item_outcome *o);
void urne_json_text(struct urne_outcome_writer *w, const struct urne_item_outcome *o);

#endif
