/* SPDX-License-Identifier: EUPL-1.2 */
/* The decoder of events. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/log/event.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	struct urne_event e;
	struct urne_chain chain = {0};

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	if (fuzz_verdict(urne_event_read(&e, &f.d, f.text), &f.d)) {
		urne_event_write(&f.again, &e);
		fuzz_same(&f.again, f.text);
		(void)fuzz_verdict(urne_chain_step(&chain, &f.d, &e, &e.payload), &f.d);
	}
	fuzz_end(&f);
	return 0;
}
