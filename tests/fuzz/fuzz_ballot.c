/* SPDX-License-Identifier: EUPL-1.2 */
/* The decoder of ballots, and the checks that everybody makes of one. */
#include "tests/fuzz/fuzz.h"

#include "election/ballot.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	const struct urne_election *e;
	struct urne_ballot b;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	e = fuzz_election(f.group);
	if (fuzz_verdict(urne_ballot_read(&b, &f.arena, &f.d, e, f.text), &f.d)) {
		urne_ballot_write(&f.again, e, &b);
		fuzz_same(&f.again, f.text);
		(void)fuzz_verdict(urne_ballot_check_election(&b, &f.d, e), &f.d);
		(void)fuzz_verdict(urne_ballot_check_proofs(&b, &f.d, e), &f.d);
		(void)fuzz_verdict(urne_ballot_check_signature(&b, &f.d, e), &f.d);
	}
	fuzz_end(&f);
	return 0;
}
