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

static inline bool
both_readers_same_answer(const struct urne_question *q, const struct urne_group *g,
    const struct urne_answer *a, const struct urne_answer *b)
{
	for (size_t i = 0; i < urne_question_num_choices(q); i++) {
		if (!urne_elem_eq(g, &a->choices[i].alpha, &b->choices[i].alpha) ||
		    !urne_elem_eq(g, &a->choices[i].beta, &b->choices[i].beta)) {
			return false;
		}
	}
	return urne_answer_proofs_eq(q, g, a, b);
}

static inline bool
both_readers_same(
    const struct urne_election *e, const struct urne_ballot *a, const struct urne_ballot *b)
{
	for (size_t i = 0; i < e->num_questions; i++) {
		if (!both_readers_same_answer(
			&e->questions[i], e->group, &a->answers[i], &b->answers[i])) {
			return false;
		}
	}
	return a->election_uuid.p == b->election_uuid.p &&
	       a->election_uuid.len == b->election_uuid.len &&
	       memcmp(&a->election_hash, &b->election_hash, sizeof(a->election_hash)) == 0 &&
	       urne_elem_eq(e->group, &a->credential, &b->credential) &&
	       memcmp(&a->hash, &b->hash, sizeof(a->hash)) == 0 &&
	       urne_scalar_eq(&a->signature.challenge, &b->signature.challenge) &&
	       urne_scalar_eq(&a->signature.response, &b->signature.response);
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
