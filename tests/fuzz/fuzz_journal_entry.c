/* SPDX-License-Identifier: EUPL-1.2 */
/* The payloads of the journal's entries: what is read is written again as the same bytes, and a
 * journal that refuses one is as large as before. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/log/journal.h"

#define KEY "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define GENESIS                                                                                    \
	"{\"at\":\"2026-11-26T18:00:00Z\",\"format\":\"urne-journal/1\",\"name\":\"x\","           \
	"\"service\":\"vote.example.org/bb\",\"agree\":1,\"officials\":[\"" KEY "\"]}"

static void
again(struct urne_arena *arena, struct urne_diag *d, struct urne_view text)
{
	struct urne_genesis g;
	struct urne_journal_order o;
	struct urne_journal_record r;
	struct urne_buf out;

	urne_buf_init(&out, (size_t)1 << 24);
	if (fuzz_verdict(urne_genesis_read(&g, arena, d, text), d)) {
		urne_genesis_write(&out, &g);
		fuzz_same(&out, text);
	} else if (fuzz_verdict(urne_journal_order_read(&o, arena, d, text), d)) {
		urne_journal_order_write(&out, &o);
		fuzz_same(&out, text);
	} else if (fuzz_verdict(urne_journal_record_read(&r, d, text), d)) {
		urne_journal_record_write(&out, &r);
		fuzz_same(&out, text);
	}
	urne_buf_clear(&out);
}

static void
step(struct urne_journal *j, struct urne_diag *d, enum urne_event_type type, struct urne_view text)
{
	uint64_t size = urne_journal_size(j);
	bool taken = fuzz_verdict(urne_journal_step(j, d, type, text), d);

	if (urne_journal_size(j) != size + (taken ? 1 : 0)) {
		abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_journal *j = NULL;
	struct urne_diag d = {{0}};
	struct urne_arena arena;

	urne_arena_init(&arena, (size_t)1 << 24);
	again(&arena, &d, text);
	if (urne_journal_new(&j, &d) != URNE_OK) {
		abort();
	}
	step(j, &d, URNE_EVENT_GENESIS, text);
	step(j, &d, URNE_EVENT_GENESIS, urne_view_of(GENESIS));
	step(j, &d, URNE_EVENT_ORDER, text);
	step(j, &d, URNE_EVENT_RECORD, text);
	urne_journal_free(j);
	urne_arena_clear(&arena);
	return 0;
}
