/* SPDX-License-Identifier: EUPL-1.2 */
/* The questions' own codec; election/election.h has their types. */
#ifndef URNE_ELECTION_QUESTIONS_H
#define URNE_ELECTION_QUESTIONS_H

#include "election/election.h"

/* urne_questions_emit appends the array of questions in canonical form. */
void urne_questions_emit(struct urne_buf *out, const struct urne_question *questions, size_t num);

#endif
