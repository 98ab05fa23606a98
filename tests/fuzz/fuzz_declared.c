/* SPDX-License-Identifier: EUPL-1.2 */
/* The reader of declared.json: what is accepted has a canonical form that reads as itself. */
#include "tests/fuzz/fuzz.h"

#include "documents/declared.h"
#include "tests/unit/support/sample_vote.h"

/* definition is the sample vote, read once. */
static const struct urne_definition *
definition(void)
{
	static struct urne_definition v;
	static struct urne_arena arena;

	if (v.num_items == 0) {
		urne_arena_init(&arena, (size_t)1 << 26);
		if (urne_definition_read(&v, &arena, NULL, urne_view_of(SAMPLE_VOTE)) != URNE_OK) {
			abort();
		}
	}
	return &v;
}

static void
emit(struct urne_buf *out, const struct urne_declared *declared)
{
	urne_declared_json(out, definition(), declared);
	if (urne_buf_error(out) != URNE_OK) {
		abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	struct urne_declared declared;
	struct urne_buf third;
	enum urne_err e;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	urne_buf_init(&third, (size_t)16 << 20);
	e = urne_declared_read(&declared, &f.arena, &f.d, definition(), f.text);
	if (fuzz_verdict(e, &f.d)) {
		emit(&f.again, &declared);
		e = urne_declared_read(
		    &declared, &f.arena, &f.d, definition(), urne_buf_view(&f.again));
		if (e != URNE_OK) {
			fprintf(stderr, "%s\n", f.d.text);
			abort();
		}
		emit(&third, &declared);
		fuzz_same(&third, urne_buf_view(&f.again));
	}
	urne_buf_clear(&third);
	fuzz_end(&f);
	return 0;
}
