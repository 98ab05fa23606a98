/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders: what is read is written again as the same bytes. An input is the four lines, or a signed
 * note under one official's eyes. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/log/event_order.h"

#define KEY "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

static void
signed_note(struct urne_diag *d, struct urne_view text)
{
	struct urne_note_key key;
	struct urne_arena arena;
	struct urne_event_order o;

	urne_arena_init(&arena, (size_t)1 << 22);
	if (urne_note_key_read(&key, d, urne_view_of(KEY)) != URNE_OK) {
		abort();
	}
	(void)fuzz_verdict(urne_event_order_check(&o, &arena, d, text, &key, 1, 1), d);
	urne_arena_clear(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_diag d = {{0}};
	struct urne_event_order o;
	struct urne_buf again;

	urne_buf_init(&again, (size_t)1 << 20);
	if (fuzz_verdict(urne_event_order_read(&o, &d, text), &d)) {
		urne_event_order_write(&again, &o);
		fuzz_same(&again, text);
	} else {
		signed_note(&d, text);
	}
	urne_buf_clear(&again);
	return 0;
}
