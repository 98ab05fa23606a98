/* SPDX-License-Identifier: EUPL-1.2 */
/* Tiles: a path, or a bundle of entries, is written again as the same bytes. An input that begins
 * with 'P' is a path behind it; any other is a bundle. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/log/merkle.h"
#include "bulletin/log/tile.h"

static void
path(struct urne_buf *again, struct urne_view text)
{
	struct urne_tile t;
	unsigned level = 0;
	uint64_t index = 0;

	if (!fuzz_verdict(urne_tile_path_read(&t, text), NULL)) {
		return;
	}
	urne_tile_path(again, &t);
	fuzz_same(again, text);
	/* its last hash is of a tree that can be */
	urne_tile_node(&t, t.width - 1, &level, &index);
	if (text.len > URNE_TILE_PATH_MAX || level >= URNE_MERKLE_MAX_LEVEL ||
	    index >= URNE_MERKLE_MAX_SIZE >> level) {
		abort();
	}
}

static void
bundle(struct urne_buf *again, struct urne_view text)
{
	struct urne_view entry, rest = text;

	while (rest.len > 0) {
		if (!fuzz_verdict(urne_entry_next(&entry, &rest), NULL)) {
			urne_buf_put_view(again, rest);
			break;
		}
		urne_entry_put(again, entry);
	}
	fuzz_same(again, text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_buf again;

	urne_buf_init(&again, (size_t)1 << 20);
	if (urne_view_starts(text, "P")) {
		path(&again, (struct urne_view){text.p + 1, text.len - 1});
	} else {
		bundle(&again, text);
	}
	urne_buf_clear(&again);
	return 0;
}
