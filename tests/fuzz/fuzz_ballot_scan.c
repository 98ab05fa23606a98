/* SPDX-License-Identifier: EUPL-1.2 */
/* The scanner of ballots takes what the codec takes, with the same values, and nothing else. */
#include "tests/fuzz/fuzz.h"

#include "tests/unit/support/both_readers.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	if (both_readers(&f.arena, fuzz_election(f.group), f.text) == READERS_DIFFER) {
		fprintf(stderr, "scanner and codec differ:\n%.*s\n", (int)f.text.len, f.text.p);
		abort();
	}
	fuzz_end(&f);
	return 0;
}
