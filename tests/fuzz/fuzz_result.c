/* SPDX-License-Identifier: EUPL-1.2 */
/* The decoder of results. */
#include "tests/fuzz/fuzz.h"

#include "tally/tally.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	const struct urne_election *e;
	struct urne_result r = {0};

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	e = fuzz_election(f.group);
	if (fuzz_verdict(urne_result_read(&r, &f.arena, &f.d, e, f.text), &f.d)) {
		urne_result_write(&f.again, e, &r);
		fuzz_same(&f.again, f.text);
	}
	fuzz_end(&f);
	return 0;
}
