/* SPDX-License-Identifier: EUPL-1.2 */
/* Signed notes and their keys: what is read is written again as the same bytes. An input that
 * begins with 'K' is the text of a verifier key, with 'S' of a signer key; any other is a note. */
#include "tests/fuzz/fuzz.h"

#include "base/b64.h"
#include "crypto/note.h"
#include "crypto/secret/signer.h"

#define KEY "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

static void
verifier_key(struct urne_buf *again, struct urne_diag *d, struct urne_view text)
{
	struct urne_note_key key;

	if (fuzz_verdict(urne_note_key_read(&key, d, text), d)) {
		urne_note_key_write(again, &key);
		fuzz_same(again, text);
	}
}

static void
signer_key(struct urne_buf *again, struct urne_diag *d, struct urne_view text)
{
	struct urne_signer s;

	if (fuzz_verdict(urne_signer_read(&s, d, text), d)) {
		urne_signer_write(again, &s);
		fuzz_same(again, text);
	}
	urne_signer_clear(&s);
}

/* A line of any algorithm. */
static void
put_line(struct urne_buf *out, const struct urne_note_line *l)
{
	struct urne_buf raw;

	urne_buf_init(&raw, URNE_NOTE_MAX);
	for (unsigned shift = 32; shift > 0; shift -= 8) {
		urne_buf_putc(&raw, (char)(l->id >> (shift - 8) & 0xffU));
	}
	urne_buf_put_view(&raw, l->signature);
	urne_buf_puts(out, "\xe2\x80\x94 ");
	urne_buf_put_view(out, l->name);
	urne_buf_putc(out, ' ');
	urne_b64_put(out, (const uint8_t *)raw.data, raw.len);
	urne_buf_putc(out, '\n');
	urne_buf_clear(&raw);
}

static void
note(struct urne_buf *again, struct urne_diag *d, struct urne_view text)
{
	struct urne_note_key key;
	struct urne_arena arena;
	struct urne_note n;

	urne_arena_init(&arena, (size_t)1 << 22);
	if (urne_note_key_read(&key, d, urne_view_of(KEY)) != URNE_OK) {
		abort();
	}
	if (fuzz_verdict(urne_note_read(&n, &arena, d, text), d)) {
		urne_buf_put_view(again, n.text);
		urne_buf_putc(again, '\n');
		for (size_t i = 0; i < n.num_lines; i++) {
			put_line(again, &n.lines[i]);
		}
		fuzz_same(again, text);
		(void)fuzz_verdict(urne_note_verify(d, &n, &key), d);
	}
	urne_arena_clear(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_view key = {text.p + 1, data_len > 0 ? data_len - 1 : 0};
	struct urne_diag d = {{0}};
	struct urne_buf again;

	urne_buf_init(&again, (size_t)1 << 20);
	if (urne_view_starts(text, "K")) {
		verifier_key(&again, &d, key);
	} else if (urne_view_starts(text, "S")) {
		signer_key(&again, &d, key);
	} else {
		note(&again, &d, text);
	}
	urne_buf_clear(&again);
	return 0;
}
