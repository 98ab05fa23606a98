/* SPDX-License-Identifier: EUPL-1.2 */
/* Minutes read back for their recomputation: what is taken out of them is sound by itself. */
#include "tests/fuzz/fuzz.h"

#include "base/json.h"
#include "documents/minutes.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	struct urne_minutes_inputs inputs;
	const struct urne_json *v = NULL;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	if (fuzz_verdict(urne_minutes_inputs(&inputs, &f.arena, &f.d, f.text), &f.d)) {
		if (urne_json_parse(&v, &f.arena, &f.d, inputs.declared) != URNE_OK ||
		    v->type != URNE_JSON_OBJECT) {
			abort();
		}
	} else if (!urne_view_is(inputs.declared, "{}") || inputs.journal_size != 0) {
		abort();
	}
	fuzz_end(&f);
	return 0;
}
