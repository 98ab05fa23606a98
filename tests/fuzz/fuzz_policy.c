/* SPDX-License-Identifier: EUPL-1.2 */
/* Policies: people write them with comments, so it is the policy that was read which is written,
 * read again, and comes out the same. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/log/policy.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_policy p, q;
	struct urne_diag d = {{0}};
	struct urne_buf first, again;

	urne_buf_init(&first, (size_t)1 << 20);
	urne_buf_init(&again, (size_t)1 << 20);
	if (fuzz_verdict(urne_policy_read(&p, &d, text), &d)) {
		urne_policy_write(&first, &p);
		if (urne_policy_read(&q, &d, urne_buf_view(&first)) != URNE_OK) {
			fprintf(stderr, "not read again: %s\n", d.text);
			abort();
		}
		urne_policy_write(&again, &q);
		fuzz_same(&again, urne_buf_view(&first));
	}
	urne_buf_clear(&first);
	urne_buf_clear(&again);
	return 0;
}
