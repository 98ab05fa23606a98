/* SPDX-License-Identifier: EUPL-1.2 */
/* The reader of opened ballots, and the comparison with what choices and seed make. */
#include "tests/fuzz/fuzz.h"

#include "election/opened.h"

static void
ignore(void *ctx, const struct urne_opened_difference *x)
{
	size_t *num = ctx;

	*num += x->question < 3 ? 1 : 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	const struct urne_election *e;
	struct urne_opened o;
	size_t num = 0;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	e = fuzz_election(f.group);
	if (fuzz_verdict(urne_opened_read(&o, &f.arena, &f.d, e, f.text), &f.d)) {
		urne_opened_write(&f.again, e, o.prepared, &o.choices, &o.seed);
		fuzz_same(&f.again, f.text);
		/* refused with a difference, or with a rule that the choices break */
		if (fuzz_verdict(urne_opened_check(&o, &f.d, e, ignore, &num), &f.d) && num > 0) {
			abort();
		}
	}
	fuzz_end(&f);
	return 0;
}
