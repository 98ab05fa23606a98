/* SPDX-License-Identifier: EUPL-1.2 */
/* The decoder of trustees, in all three families, and their check. */
#include "tests/fuzz/fuzz.h"

#include "election/trustees.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	struct urne_trustees t;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	if (fuzz_verdict(urne_trustees_read(&t, &f.arena, &f.d, f.group, f.text), &f.d)) {
		urne_trustees_write(&f.again, f.group, &t);
		fuzz_same(&f.again, f.text);
		(void)fuzz_verdict(urne_trustees_check(&t, &f.d, f.group), &f.d);
	}
	fuzz_end(&f);
	return 0;
}
