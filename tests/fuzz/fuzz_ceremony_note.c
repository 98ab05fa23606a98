/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee's note of the ceremony: what is read is written again as the same bytes. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/log/ceremony_note.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_diag d = {{0}};
	struct urne_ceremony_note n;
	struct urne_buf again;

	urne_buf_init(&again, (size_t)1 << 20);
	if (fuzz_verdict(urne_ceremony_note_read(&n, &d, text), &d)) {
		urne_ceremony_note_write(&again, &n);
		fuzz_same(&again, text);
	}
	urne_buf_clear(&again);
	return 0;
}
