/* SPDX-License-Identifier: EUPL-1.2 */
/* The reader of private credentials: an accepted text gives a key in every group. */
#include "tests/fuzz/fuzz.h"

#include "election/credential.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	struct urne_secret x;
	enum urne_credential_form form;
	enum urne_err checked, derived;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	checked = urne_credential_check(&form, &f.d, f.text);
	derived = urne_credential_derive(&x, &f.d, f.group, urne_view_of("GnQagTgeJqLsvY"), f.text);
	(void)fuzz_verdict(checked, &f.d);
	if (checked != derived) {
		abort();
	}
	urne_secret_clear(&x);
	fuzz_end(&f);
	return 0;
}
