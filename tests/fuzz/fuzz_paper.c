/* SPDX-License-Identifier: EUPL-1.2 */
/* The reader of keys on paper. What it accepts, printed again, gives the same key; and the lines of
 * an input are also taken one by one, as a person types them. */
#include "tests/fuzz/fuzz.h"

#include "base/limits.h"
#include "crypto/secret/paper.h"

static void
type_lines(struct fuzz_input *f)
{
	struct urne_paper_reader r;
	struct urne_view rest = f->text, line;

	urne_paper_reader_init(&r);
	while (urne_view_cut(&line, &rest, '\n')) {
		size_t next = r.next;

		if (fuzz_verdict(urne_paper_reader_line(&r, &f->d, line), &f->d) !=
		    (r.next == next + 1)) {
			abort();
		}
	}
	urne_paper_reader_clear(&r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_buf file, lines, file2;
	struct urne_paper paper, paper2;
	struct fuzz_input f;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	urne_buf_init_secret(&file, URNE_MAX_SMALL_FILE);
	urne_buf_init_secret(&file2, URNE_MAX_SMALL_FILE);
	urne_buf_init_secret(&lines, URNE_MAX_SMALL_FILE);
	type_lines(&f);
	if (fuzz_verdict(urne_paper_read(&paper, &file, &f.d, f.text), &f.d)) {
		if (urne_paper_write(&lines, &f.d, &paper, urne_buf_view(&file)) != URNE_OK ||
		    urne_paper_read(&paper2, &file2, &f.d, urne_buf_view(&lines)) != URNE_OK) {
			abort();
		}
		fuzz_same(&file2, urne_buf_view(&file));
	}
	urne_buf_clear(&file);
	urne_buf_clear(&file2);
	urne_buf_clear(&lines);
	fuzz_end(&f);
	return 0;
}
