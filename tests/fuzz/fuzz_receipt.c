/* SPDX-License-Identifier: EUPL-1.2 */
/* Receipt documents: what is read is written again as the same bytes, and what holds says the same
 * thing in all of its places. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/log/receipt.h"

#define KEY                                                                                        \
	"vote.example.org/bb/8GpLcyFqQvDrUn+f2700923+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"

static void
holds(struct urne_arena *arena, struct urne_diag *d, struct urne_view text)
{
	struct urne_receipt_facts f;
	struct urne_note_key key;

	if (urne_note_key_read(&key, d, urne_view_of(KEY)) != URNE_OK) {
		abort();
	}
	if (fuzz_verdict(urne_receipt_verify(&f, arena, d, text, &key), d) &&
	    (f.event.height != f.receipt.height || f.event.height != f.proof.index ||
		f.event.height >= f.checkpoint.size ||
		!urne_hash_eq(&f.event.payload, &f.receipt.tracker) ||
		!urne_view_eq(f.checkpoint.origin, key.name))) {
		abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_receipt r;
	struct urne_arena arena;
	struct urne_diag d = {{0}};
	struct urne_buf again;

	urne_arena_init(&arena, (size_t)1 << 22);
	urne_buf_init(&again, (size_t)1 << 20);
	if (fuzz_verdict(urne_receipt_read(&r, &arena, &d, text), &d)) {
		urne_receipt_write(&again, &r);
		fuzz_same(&again, text);
		holds(&arena, &d, text);
	}
	urne_buf_clear(&again);
	urne_arena_clear(&arena);
	return 0;
}
