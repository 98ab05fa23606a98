/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders to the journal: what is read is written again as the same bytes. An input is the text of
 * an order, or a signed note, which a journal with one official judges. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/log/journal.h"

#define KEY "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define GENESIS                                                                                    \
	"{\"at\":\"2026-11-26T18:00:00Z\",\"format\":\"urne-journal/1\",\"name\":\"x\","           \
	"\"service\":\"vote.example.org/bb\",\"agree\":1,\"officials\":[\"" KEY "\"]}"
#define AT ((int64_t)1795716000)

static void
signed_note(struct urne_diag *d, struct urne_view note)
{
	struct urne_order_signers signers;
	struct urne_journal *j = NULL;
	struct urne_arena arena;
	struct urne_order o;
	size_t needed = 0;

	urne_arena_init(&arena, (size_t)1 << 22);
	if (urne_journal_new(&j, d) != URNE_OK ||
	    urne_journal_step(j, d, URNE_EVENT_GENESIS, urne_view_of(GENESIS)) != URNE_OK) {
		abort();
	}
	if (fuzz_verdict(urne_journal_judge(j, &o, &signers, &needed, &arena, d, note, AT), d) &&
	    (signers.num != 1 || needed != 1)) {
		abort();
	}
	urne_journal_free(j);
	urne_arena_clear(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_diag d = {{0}};
	struct urne_order o;
	struct urne_buf again;

	urne_buf_init(&again, (size_t)1 << 20);
	if (fuzz_verdict(urne_order_read(&o, &d, text), &d)) {
		urne_order_write(&again, &o);
		fuzz_same(&again, text);
	} else {
		signed_note(&d, text);
	}
	urne_buf_clear(&again);
	return 0;
}
