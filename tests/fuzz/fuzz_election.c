/* SPDX-License-Identifier: EUPL-1.2 */
/* The reader of election objects. Its bytes may have any form, so what is compared is the canonical
 * form: it reads as an election again and is then its own canonical form. */
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	struct urne_election e, e2;
	struct urne_buf third;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	urne_buf_init(&third, (size_t)16 << 20);
	if (fuzz_verdict(urne_election_parse(&e, &f.arena, &f.d, f.text), &f.d)) {
		urne_election_emit(&f.again, &e);
		if (urne_buf_error(&f.again) != URNE_OK ||
		    urne_election_parse(&e2, &f.arena, &f.d, urne_buf_view(&f.again)) != URNE_OK) {
			fprintf(stderr, "%s\n", f.d.text);
			abort();
		}
		urne_election_emit(&third, &e2);
		fuzz_same(&third, urne_buf_view(&f.again));
	}
	urne_buf_clear(&third);
	fuzz_end(&f);
	return 0;
}
