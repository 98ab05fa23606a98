/* SPDX-License-Identifier: EUPL-1.2 */
/* The decoder of the record of what a key has decrypted. */
#include "tests/fuzz/fuzz.h"

#include "tally/decrypted.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	struct urne_decrypted_list o;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	if (fuzz_verdict(urne_decrypted_read(&o, &f.d, f.text), &f.d)) {
		urne_decrypted_write(&f.again, &o);
		fuzz_same(&f.again, f.text);
	}
	fuzz_end(&f);
	return 0;
}
