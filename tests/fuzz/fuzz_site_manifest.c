/* SPDX-License-Identifier: EUPL-1.2 */
/* The manifest of the pages, which observers fetch and obey: what is read is written again as the
 * same bytes, and nothing in it has more than one line. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "documents/site_manifest.h"

static void
one_line(struct urne_view v)
{
	if (v.len > 0 && (memchr(v.p, '\n', v.len) != NULL || memchr(v.p, '\0', v.len) != NULL)) {
		abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_site_manifest m;
	struct urne_diag d = {{0}};
	struct urne_arena arena;
	struct urne_buf out;

	urne_arena_init(&arena, (size_t)1 << 24);
	urne_buf_init(&out, (size_t)1 << 24);
	if (fuzz_verdict(urne_site_manifest_read(&m, &arena, &d, text), &d)) {
		for (size_t i = 0; i < m.num; i++) {
			one_line(m.entries[i].path);
			one_line(m.entries[i].type);
			one_line(m.entries[i].csp);
		}
		urne_site_manifest_write(&out, &m);
		fuzz_same(&out, text);
	}
	urne_buf_clear(&out);
	urne_arena_clear(&arena);
	return 0;
}
