/* SPDX-License-Identifier: EUPL-1.2 */
/* Minutes of the sample vote, made as urne makes them: definition read, declaration read, outcome
 * computed; only the record and the verifier's report are written by hand. And looking for blocks
 * on a page. */
#ifndef URNE_TESTS_SAMPLE_MINUTES_H
#define URNE_TESTS_SAMPLE_MINUTES_H

#include "documents/minutes.h"

#define SAMPLE_UUID "GnQagTgeJqLsvY"
#define SAMPLE_PHI  "7Hqv2Nn0Tn9YzZ0m3kq5v1cXo2pLr8sUeWbQd4FhJkM"

struct sample_minutes {
	struct urne_arena arena;
	struct urne_diag d;
	struct urne_definition definition;
	struct urne_declared declared;
	struct urne_outcome outcome;
	struct urne_minutes_check checks[3];
	struct urne_minutes_trustee trustees[2];
	uint64_t decrypted[3];
	struct urne_minutes minutes;
	struct urne_buf json;
	struct urne_hash sha256; /* of json */
};

/* sample_minutes_make reads `declared` (NULL: nothing) and fills everything; the test fails when
 * that is not possible. */
void sample_minutes_make(struct sample_minutes *s, const char *declared);
void sample_minutes_clear(struct sample_minutes *s);
/* For cmocka: *state is a struct sample_minutes with this declaration. */
int sample_minutes_setup(void **state, const char *declared);
int sample_minutes_teardown(void **state);
/* sample_minutes_write writes s->json and its hash from s->minutes. */
void sample_minutes_write(struct sample_minutes *s);

/* sample_page_find returns the first block of that kind, below `root`, whose text or label contains
 * `needle`, or NULL. */
const struct urne_block *sample_page_find(
    const struct urne_page *p, enum urne_block_kind kind, const char *needle);
size_t sample_page_count(const struct urne_page *p, enum urne_block_kind kind, const char *needle);

#endif
