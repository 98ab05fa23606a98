/* SPDX-License-Identifier: EUPL-1.2 */
/* Proofs of inclusion with their event: what is read is written again as the same bytes. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/log/receipt.h"
#include "bulletin/log/tile.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_tlog_proof p;
	struct urne_arena arena;
	struct urne_diag d = {{0}};
	struct urne_buf again;

	urne_arena_init(&arena, (size_t)1 << 22);
	urne_buf_init(&again, (size_t)1 << 20);
	if (fuzz_verdict(urne_tlog_proof_read(&p, &arena, &d, text), &d)) {
		if (p.event.len == 0 || p.event.len > URNE_ENTRY_MAX ||
		    p.inclusion.num > URNE_MERKLE_MAX_PROOF) {
			abort();
		}
		urne_tlog_proof_write(&again, &p);
		fuzz_same(&again, text);
	}
	urne_buf_clear(&again);
	urne_arena_clear(&arena);
	return 0;
}
