/* SPDX-License-Identifier: EUPL-1.2 */
/* The reader of choices files: what is accepted obeys the rules of the questions. */
#include "tests/fuzz/fuzz.h"

#include "election/vote.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	const struct urne_election *e;
	struct urne_choices c = {0};

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	e = fuzz_election(f.group);
	if (fuzz_verdict(urne_choices_read(&c, &f.d, e, f.text), &f.d)) {
		if (c.num != e->num_choices || urne_choices_check(&c, &f.d, e) != URNE_OK) {
			abort();
		}
		urne_choices_clear(&c);
	}
	fuzz_end(&f);
	return 0;
}
