/* SPDX-License-Identifier: EUPL-1.2 */
/* What the programs that hold keys have in common around their work: no key in a core dump, output
 * printed whole, one exit status for each kind of error. */
#ifndef URNE_BASE_PROGRAM_H
#define URNE_BASE_PROGRAM_H

#include "base/buf.h"
#include "base/err.h"

enum urne_program_exit {
	URNE_EXIT_DONE = 0,
	URNE_EXIT_REFUSED = 1, /* because of what was given or what is there */
	URNE_EXIT_USAGE = 2,
	URNE_EXIT_OURS = 3, /* the machine or we: I/O, memory */
};

/* urne_program_protect: no core dump of this process, and no debugger of the same user. */
void urne_program_protect(void);
/* urne_program_exit: one of the above, for main() to return. */
int urne_program_exit(enum urne_err e);
/* urne_program_print writes a buffer to standard output and flushes it; an error of the buffer is
 * reported. */
enum urne_err urne_program_print(struct urne_diag *d, const struct urne_buf *b) URNE_MUST_USE;

#endif
