/* SPDX-License-Identifier: EUPL-1.2 */
/* The files of the key ceremony, as a trustee with a fixed seed meets them. */
#include "tests/fuzz/fuzz.h"

#include "base/limits.h"
#include "election/ceremony.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	const struct urne_group *g = NULL;
	enum urne_ceremony_round round;
	struct urne_seed seed;
	struct urne_secret x;
	struct urne_rng rng;
	uint8_t fixed[32] = {1};

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	urne_rng_init_fixed(&rng, fixed);
	if (urne_seed_read(&seed, &f.d, urne_view_of("ERqRfv9LR35LDpTiQfYFQP")) != URNE_OK) {
		abort();
	}
	(void)fuzz_verdict(urne_ceremony_round_of(&round, &g, &f.d, f.text), &f.d);
	if (!fuzz_verdict(urne_ceremony_step(&f.again, &f.d, &seed, f.text, &rng), &f.d) &&
	    f.again.len != 0) {
		abort();
	}
	(void)fuzz_verdict(urne_share_open(&x, &f.d, f.group, &seed, f.text), &f.d);
	fuzz_end(&f);
	return 0;
}
