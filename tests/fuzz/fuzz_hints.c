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
	uint8_t encoding[MOST][URNE_ENCODING_LEN];
	size_t num = data_len / URNE_HINT_LEN < MOST ? data_len / URNE_HINT_LEN : MOST;
	const struct urne_hint_shape shape = {.num = num, .num_elems = num};
	const struct urne_hint_list list = {data, q, encoding, p};
	void *room = urne_hints_room();

	if (room == NULL) {
		abort();
	}
	if (!urne_hints_open(&list, 1, &shape, room)) {
		num = 0;
	}
	for (size_t i = 0; i < num; i++) {
		char text[URNE_TEXT_MAX];
		struct urne_elem again;
		struct urne_view v = {text, urne_encoding_text(g, text, encoding[i])};

		if (urne_elem_decode(g, &again, v) != URNE_OK || !urne_elem_eq(g, &again, &p[i])) {
			fprintf(stderr, "8 times hint %zu is no member of the group\n", i);
			abort();
		}
	}
	free(room);
	return 0;
}
