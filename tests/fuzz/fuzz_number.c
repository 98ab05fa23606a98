/* SPDX-License-Identifier: EUPL-1.2 */
/* The decoders of scalars, secret scalars, elements and counts: one form for every number. */
#include "tests/fuzz/fuzz.h"

#include "base/codec.h"
#include "base/limits.h"
#include "crypto/secret/secret.h"

static void
scalars(struct fuzz_input *f)
{
	struct urne_scalar a;
	struct urne_secret s;
	char text[URNE_TEXT_MAX];
	enum urne_err public = urne_scalar_decode(f->group, &a, f->text);
	enum urne_err secret = urne_secret_from_decimal(f->group, &s, f->text);

	if ((public == URNE_OK) != (secret == URNE_OK)) {
		abort();
	}
	if (public == URNE_OK) {
		urne_buf_reset(&f->again);
		urne_buf_put(&f->again, text, urne_scalar_encode(f->group, text, &a));
		fuzz_same(&f->again, f->text);
		urne_buf_reset(&f->again);
		urne_secret_to_decimal(f->group, &f->again, &s);
		fuzz_same(&f->again, f->text);
	}
}

static void
elements(struct fuzz_input *f)
{
	struct urne_elem a, b;
	char text[URNE_TEXT_MAX];

	if (fuzz_verdict(urne_elem_decode(f->group, &a, f->text), NULL)) {
		urne_buf_reset(&f->again);
		urne_buf_put(&f->again, text, urne_elem_encode(f->group, text, &a));
		fuzz_same(&f->again, f->text);
		urne_elem_inv(f->group, &b, &a);
		urne_elem_mul(f->group, &b, &b, &a);
		if (!urne_elem_is_identity(f->group, &b)) {
			abort();
		}
	}
}

static void
count(struct fuzz_input *f)
{
	struct urne_codec c;
	uint64_t n = 0;

	urne_codec_read(&c, f->text, &f->arena);
	urne_codec_count(&c, &n, URNE_MAX_TOTAL_WEIGHT);
	if (fuzz_verdict(urne_codec_end(&c, &f->d), &f->d)) {
		urne_buf_reset(&f->again);
		urne_codec_write(&c, &f->again);
		urne_codec_count(&c, &n, URNE_MAX_TOTAL_WEIGHT);
		if (urne_codec_end(&c, &f->d) != URNE_OK) {
			abort();
		}
		fuzz_same(&f->again, f->text);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	scalars(&f);
	elements(&f);
	count(&f);
	fuzz_end(&f);
	return 0;
}
