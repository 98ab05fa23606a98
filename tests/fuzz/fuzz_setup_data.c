/* SPDX-License-Identifier: EUPL-1.2 */
/* The decoder of setup data. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/log/event.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	struct urne_setup_data s;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	if (fuzz_verdict(urne_setup_data_read(&s, &f.d, f.text), &f.d)) {
		urne_setup_data_write(&f.again, &s);
		fuzz_same(&f.again, f.text);
	}
	fuzz_end(&f);
	return 0;
}
