/* SPDX-License-Identifier: EUPL-1.2 */
/* A ballot's text by the scanner and by the codec, and whether they say the same. Tests only. */
#ifndef URNE_TESTS_BOTH_READERS_H
#define URNE_TESTS_BOTH_READERS_H

#include <string.h>

#include "election/ballot_scan.h"

enum both_readers {
	BOTH_REFUSE,
	BOTH_TAKE, /* with the same values */
	READERS_DIFFER,
};

/* Arrays are compared byte by byte: what both decode is written the same way. */
static inline bool
both_readers_same_answer(
    const struct urne_question *q, const struct urne_answer *a, const struct urne_answer *b)
{
	size_t num = urne_question_num_choices(q);
	bool individual = q->kind != URNE_QUESTION_NON_HOMOMORPHIC;
	size_t lists = q->kind == URNE_QUESTION_LISTS ? 2 * q->num_lists : q->blank ? 2 : 0;

	return memcmp(a->choices, b->choices, num * sizeof(*a->choices)) == 0 &&
	       memcmp(a->individual, b->individual,
		   (individual ? 2 * num : 0) * sizeof(*a->individual)) == 0 &&
	       memcmp(a->overall, b->overall, urne_answer_num_overall(q) * sizeof(*a->overall)) ==
		   0 &&
	       memcmp(a->list_proofs, b->list_proofs, lists * sizeof(*a->list_proofs)) == 0 &&
	       memcmp(&a->nonzero, &b->nonzero, sizeof(a->nonzero)) == 0;
}

static inline bool
both_readers_same(
    const struct urne_election *e, const struct urne_ballot *a, const struct urne_ballot *b)
{
	for (size_t i = 0; i < e->num_questions; i++) {
		if (!both_readers_same_answer(&e->questions[i], &a->answers[i], &b->answers[i])) {
			return false;
		}
	}
	return a->election_uuid.p == b->election_uuid.p &&
	       a->election_uuid.len == b->election_uuid.len &&
	       memcmp(&a->election_hash, &b->election_hash, sizeof(a->election_hash)) == 0 &&
	       memcmp(&a->credential, &b->credential, sizeof(a->credential)) == 0 &&
	       memcmp(&a->hash, &b->hash, sizeof(a->hash)) == 0 &&
	       memcmp(&a->signature, &b->signature, sizeof(a->signature)) == 0;
}

/* both_readers reads `text` twice, into the arena. */
static inline enum both_readers
both_readers(struct urne_arena *arena, const struct urne_election *e, struct urne_view text)
{
	struct urne_ballot scanned, decoded;
	size_t scanned_len = 0, decoded_len = 0;
	struct urne_codec c;
	bool scan, codec;

	if (urne_ballot_alloc(&scanned, arena, e) != URNE_OK ||
	    urne_ballot_alloc(&decoded, arena, e) != URNE_OK) {
		return READERS_DIFFER;
	}
	scan = urne_ballot_scan(&scanned, &scanned_len, e, text, NULL);
	urne_codec_read(&c, text, arena);
	urne_codec_ballot(&c, e, &decoded, &decoded_len);
	codec = urne_codec_end(&c, NULL) == URNE_OK;
	if (!scan && !codec) {
		return BOTH_REFUSE;
	}
	return scan && codec && scanned_len == decoded_len &&
		       both_readers_same(e, &scanned, &decoded)
		   ? BOTH_TAKE
		   : READERS_DIFFER;
}

#endif
