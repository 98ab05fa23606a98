/* SPDX-License-Identifier: EUPL-1.2 */
/* The decoder of sized tallies. */
#include "tests/fuzz/fuzz.h"

#include "tally/tally.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	struct urne_sized_tally s;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	if (fuzz_verdict(urne_sized_tally_read(&s, &f.d, f.text), &f.d)) {
		urne_sized_tally_write(&f.again, &s);
		fuzz_same(&f.again, f.text);
	}
	fuzz_end(&f);
	return 0;
}
