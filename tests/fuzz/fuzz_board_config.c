/* SPDX-License-Identifier: EUPL-1.2 */
/* board.json: what is read and written is read again as the same. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/server/config.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_board_config config, config2;
	struct urne_buf first, second;
	struct urne_arena arena;
	struct urne_diag d = {{0}};

	urne_arena_init(&arena, (size_t)64 << 20);
	urne_buf_init(&first, (size_t)1 << 22);
	urne_buf_init(&second, (size_t)1 << 22);
	if (fuzz_verdict(urne_board_config_read(&config, &arena, &d, text), &d)) {
		if (config.agree < 1 || config.agree > config.num_officials ||
		    config.num_officials > sizeof(config.officials) / sizeof(config.officials[0])) {
			abort();
		}
		urne_board_config_write(&first, &config);
		if (!fuzz_verdict(
			urne_board_config_read(&config2, &arena, &d, urne_buf_view(&first)), &d)) {
			abort();
		}
		urne_board_config_write(&second, &config2);
		fuzz_same(&second, urne_buf_view(&first));
	}
	urne_arena_clear(&arena);
	urne_buf_clear(&first);
	urne_buf_clear(&second);
	return 0;
}
