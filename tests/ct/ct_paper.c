/* SPDX-License-Identifier: EUPL-1.2 */
/* A plain key going to paper and coming back: its characters choose no branch and no index. */
#include "tests/ct/ct.h"

#include "crypto/secret/paper.h"

int
main(void)
{
	static char key[] = "A4GavStfxpHKbSzusRcBM8";
	struct urne_paper p = {.kind = URNE_PAPER_SEED, .group = &urne_group_ed25519}, back;
	struct urne_paper_reader r;
	struct urne_diag d = {{0}};
	struct urne_buf lines, file;

	if (!ct_under_valgrind()) {
		return CT_SKIPPED;
	}
	urne_buf_init_secret(&lines, 1 << 12);
	urne_buf_init_secret(&file, 1 << 12);
	urne_classify(key, sizeof(key) - 1);
	ct_check(
	    urne_paper_write(&lines, &d, &p, (struct urne_view){key, sizeof(key) - 1}) == URNE_OK,
	    "lines are written");
	ct_check(lines.len == 3 * (URNE_TYPED_CHARS + 3), "three lines");
	urne_paper_reader_init(&r);
	for (size_t i = 0; i < 3; i++) {
		/* behind the number, before the newline: those are how the page looks */
		struct urne_view line = {
		    lines.data + i * (URNE_TYPED_CHARS + 3) + 2, URNE_TYPED_CHARS};

		ct_check(urne_paper_reader_line(&r, &d, line) == URNE_OK, "a line is read");
	}
	ct_check(urne_paper_reader_end(&back, &file, &r, &d) == URNE_OK, "the key is read");
	urne_paper_reader_clear(&r);
	urne_declassify(file.data, file.len);
	urne_declassify(key, sizeof(key));
	ct_check(urne_view_is(urne_buf_view(&file), key), "it is the same key");
	urne_buf_clear(&lines);
	urne_buf_clear(&file);
	return 0;
}
