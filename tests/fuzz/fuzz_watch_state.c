/* SPDX-License-Identifier: EUPL-1.2 */
/* States of an observer: what is read is written again as the same bytes. An input is a state
 * without its last line, which is put behind it: no fuzzer finds a sum. */
#include "tests/fuzz/fuzz.h"

#include "crypto/sha256.h"
#include "observer/observer.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_observer o;
	struct urne_diag d = {{0}};
	struct urne_buf text, again;
	struct urne_hash sum;

	urne_buf_init(&text, (size_t)1 << 24);
	urne_buf_init(&again, (size_t)1 << 24);
	urne_observer_init(&o, NULL);
	urne_buf_put(&text, data, data_len);
	urne_sha256_of(&sum, urne_buf_view(&text));
	urne_buf_put_hex(&text, sum.b, sizeof(sum.b));
	urne_buf_putc(&text, '\n');
	if (fuzz_verdict(urne_observer_read(&o, &d, urne_buf_view(&text)), &d)) {
		urne_observer_write(&again, &o);
		fuzz_same(&again, urne_buf_view(&text));
	}
	urne_observer_clear(&o);
	urne_buf_clear(&text);
	urne_buf_clear(&again);
	return 0;
}
