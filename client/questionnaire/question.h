/* SPDX-License-Identifier: EUPL-1.2 */
/* One question put into words: what it is about, how many may be chosen, the answers by number. */
#ifndef URNE_CLIENT_QUESTIONNAIRE_QUESTION_H
#define URNE_CLIENT_QUESTIONNAIRE_QUESTION_H

#include "client/questionnaire/lines.h"
#include "client/questionnaire/paper.h"

/* urne_question_introduce says where the question stands: the titles of item and section, and with
 * `texts` what these say, each where it begins; urne_question_read says it anywhere. */
void urne_question_introduce(
    struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a, bool texts);
/* urne_question_say says the question and its numbered answers. Of a lists question: the lists, or
 * with `list` the names of one. */
#define URNE_NO_LIST SIZE_MAX
void urne_question_say(struct urne_lines *l, const struct urne_paper *p, const struct urne_asked *a,
    size_t num_open, size_t list);
/* urne_question_read says every text there is about it; `only`: that of one answer, by its number
 * from 1, or 0 for all. */
void urne_question_read(struct urne_lines *l, const struct urne_paper *p,
    const struct urne_asked *a, size_t list, size_t only);
/* urne_question_prompt leaves the cursor behind what may be typed. kept: it was answered before. */
void urne_question_prompt(struct urne_lines *l, const struct urne_asked *a, size_t list, bool kept);

/* urne_question_num_options: the largest number of an answer; blank is the last. */
size_t urne_question_num_options(const struct urne_asked *a, size_t list);

#endif
