/* SPDX-License-Identifier: EUPL-1.2 */
/* Checkpoints: what is read is written again as the same bytes. An input is the three lines, or a
 * signed note, which opens with the key of its log or not at all. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/log/checkpoint.h"

#define KEY                                                                                        \
	"vote.example.org/bb/8GpLcyFqQvDrUn+f2700923+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"

static void
signed_note(struct urne_diag *d, struct urne_view text)
{
	struct urne_checkpoint c;
	struct urne_note_key key;
	struct urne_arena arena;

	urne_arena_init(&arena, (size_t)1 << 22);
	if (urne_note_key_read(&key, d, urne_view_of(KEY)) != URNE_OK) {
		abort();
	}
	/* what opens was signed under its own name */
	if (fuzz_verdict(urne_checkpoint_open(&c, &arena, d, text, &key), d) &&
	    !urne_view_eq(c.origin, key.name)) {
		abort();
	}
	urne_arena_clear(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_checkpoint c;
	struct urne_diag d = {{0}};
	struct urne_buf again;

	urne_buf_init(&again, (size_t)1 << 20);
	if (fuzz_verdict(urne_checkpoint_read(&c, &d, text), &d)) {
		urne_checkpoint_write(&again, &c);
		fuzz_same(&again, text);
	} else {
		signed_note(&d, text);
	}
	urne_buf_clear(&again);
	return 0;
}
