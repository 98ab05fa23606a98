/* SPDX-License-Identifier: EUPL-1.2 */
/* A small vote whose sentences are compared to the letter, and what compares them. Tests only. */
#ifndef URNE_TESTS_WORDS_CASE_H
#define URNE_TESTS_WORDS_CASE_H

#include "documents/words.h"
#include "tests/unit/support/definition_texts.h"

/* French with the first text of the definition, English with the second. */
extern const struct urne_reader words_readers[2];
/* Rank 1 for entry 1, rank 5 for the group "outre-mer". */
extern const struct urne_reserve words_reserves[2];

/* words_item: three people (a man, two women) or two commitments; a majority of more than half of
 * the expressed votes, of two thirds of the voters for a whole text; one rival list; two grades. */
struct urne_item words_item(enum urne_item_kind kind);
struct urne_decision words_decision(uint64_t votes_for, uint64_t base, uint64_t needed);
/* words_place: within the seats, without tie, nobody passed over. */
struct urne_place words_place(
    size_t rank, size_t entry, uint64_t votes, enum urne_place_reason reason);

/* said: the buffer to speak into, empty; assert_said compares what is in it. In what is expected, ~
 * stands for the narrow no-break space. */
struct urne_buf *said(void);
void assert_said(const char *want);
void words_case_clear(void);

#endif
