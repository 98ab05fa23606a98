/* SPDX-License-Identifier: EUPL-1.2 */
/* Hints from anybody: what is taken gives members of the group and nothing else. */
#include "tests/fuzz/fuzz.h"

#include "crypto/batch.h"

#define MOST ((size_t)8)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	const struct urne_group *g = &urne_group_ed25519;
	struct urne_edwards_opened q[MOST];
	struct urne_elem p[MOST];
	size_t num = data_len / URNE_HINT_LEN;

	num = num < MOST ? num : MOST;
	if (!urne_hints_open(p, q, data, num)) {
		return 0;
	}
	for (size_t i = 0; i < num; i++) {
		char text[URNE_TEXT_MAX];
		struct urne_elem again;
		struct urne_view v = {text, urne_elem_encode(g, text, &p[i])};

		if (urne_elem_decode(g, &again, v) != URNE_OK || !urne_elem_eq(g, &again, &p[i])) {
			fprintf(stderr, "8 times hint %zu is no member of the group\n", i);
			abort();
		}
	}
	return 0;
}
