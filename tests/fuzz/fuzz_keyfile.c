/* SPDX-License-Identifier: EUPL-1.2 */
/* The reader of key files. Inputs that ask Argon2 for real work are left out. */
#include "tests/fuzz/fuzz.h"

#include "base/json.h"
#include "base/limits.h"
#include "crypto/secret/keyfile.h"

/* Either no key file at all, or one that opens in a millisecond. */
static bool
cheap(struct fuzz_input *f)
{
	const struct urne_json *v;
	uint64_t mem = 0, ops = 0;

	if (urne_json_parse(&v, &f->arena, NULL, f->text) != URNE_OK) {
		return true;
	}
	return urne_json_u64(&mem, urne_json_get(v, "mem"), 65536) == URNE_OK &&
	       urne_json_u64(&ops, urne_json_get(v, "ops"), 2) == URNE_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	if (cheap(&f)) {
		enum urne_err e;

		urne_buf_init_secret(&f.again, URNE_MAX_SMALL_FILE);
		e = urne_keyfile_unlock(&f.again, &f.d, f.text, urne_view_of("passphrase"));
		if (!fuzz_verdict(e, &f.d) && f.again.len != 0) {
			abort();
		}
		(void)urne_keyfile_is_locked(f.text);
	}
	fuzz_end(&f);
	return 0;
}
