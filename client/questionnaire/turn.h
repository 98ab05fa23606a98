/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the conversation: one line being taken, and what the phases do with it. */
#ifndef URNE_CLIENT_QUESTIONNAIRE_TURN_H
#define URNE_CLIENT_QUESTIONNAIRE_TURN_H

#include "client/questionnaire/questionnaire.h"

struct urne_turn {
	struct urne_questionnaire *q;
	struct urne_lines l;
	struct urne_view line;
	struct urne_asked a; /* the question at hand */
};
void urne_turn_init(struct urne_turn *t, struct urne_questionnaire *q, struct urne_buf *out);
void urne_turn_clear(struct urne_turn *t);
void urne_turn_say(struct urne_turn *t, const struct urne_phrase *phrase);

/* From phase to phase: a question is asked, the review is said. */
void urne_turn_go_to(struct urne_turn *t, size_t question);
void urne_turn_review(struct urne_turn *t);

/* What each phase does with the line: turn_question.c, turn_encrypted.c; the review is in
 * questionnaire.c. */
typedef enum urne_questionnaire_next urne_turn_fn(struct urne_turn *t);
urne_turn_fn urne_turn_question, urne_turn_encrypted;

#endif
