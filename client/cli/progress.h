/* SPDX-License-Identifier: EUPL-1.2 */
/* How far long work is: a bar on a terminal, plain lines otherwise, nothing for short work. */
#ifndef URNE_CLIENT_CLI_PROGRESS_H
#define URNE_CLIENT_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct urne_progress {
	const char *what;
	size_t total, done;
	bool terminal, shown;
	double started, last;
};

void urne_progress_start(struct urne_progress *p, const char *what, size_t total);
void urne_progress_add(struct urne_progress *p, size_t num);
void urne_progress_end(struct urne_progress *p);

#endif
