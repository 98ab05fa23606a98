/* SPDX-License-Identifier: EUPL-1.2 */
/* Choices in words: what a member is about to vote, or what an opened ballot would have voted. */
#ifndef URNE_CLIENT_QUESTIONNAIRE_REVIEW_H
#define URNE_CLIENT_QUESTIONNAIRE_REVIEW_H

#include "client/questionnaire/lines.h"
#include "client/questionnaire/paper.h"

/* urne_review_answer appends the answer to one question: "Pour", "Alma Roux, Cléo Petit",
 * "abstention (rien n’est choisi)". `m` are the choices of all questions. */
void urne_review_answer(struct urne_buf *out, const struct urne_paper *p,
    const struct urne_asked *a, const uint64_t *m);
/* urne_review says all answers: "3. Planter des arbres : Pour", under the titles of items and
 * sections. */
void urne_review(struct urne_lines *l, const struct urne_paper *p, const uint64_t *m);
/* urne_review_item says the title of the item, urne_review_section that of the section, if there is
 * one. */
void urne_review_item(struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a);
void urne_review_section(
    struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a);

#endif
