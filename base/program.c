/* SPDX-License-Identifier: EUPL-1.2 */
/* Around main(). */
#include "base/program.h"

#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>

void
urne_program_protect(void)
{
	static const struct rlimit none = {0, 0};

	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	(void)setrlimit(RLIMIT_CORE, &none);
}

int
urne_program_exit(enum urne_err e)
{
	if (e == URNE_OK) {
		return URNE_EXIT_DONE;
	}
	if (e == URNE_ERR_USAGE) {
		return URNE_EXIT_USAGE;
	}
	return urne_err_is_ours(e) ? URNE_EXIT_OURS : URNE_EXIT_REFUSED;
}

enum urne_err
urne_program_print(struct urne_diag *d, const struct urne_buf *b)
{
	if (urne_buf_error(b) != URNE_OK) {
		return urne_fail(d, urne_buf_error(b), "no memory for the output");
	}
	if (b->len > 0 && fwrite(b->data, 1, b->len, stdout) != b->len) {
		return urne_fail_errno(d, "standard output");
	}
	return fflush(stdout) == 0 ? URNE_OK : urne_fail_errno(d, "standard output");
}
