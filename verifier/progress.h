/* SPDX-License-Identifier: EUPL-1.2 */
/* A bar on standard error while a person is watching; nothing otherwise. */
#ifndef URNE_VERIFIER_PROGRESS_H
#define URNE_VERIFIER_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct urne_progress {
	bool shown;
	uint64_t total;
	unsigned percent;
};

void urne_progress_begin(struct urne_progress *p, uint64_t total);
void urne_progress_show(struct urne_progress *p, uint64_t bytes);
void urne_progress_end(struct urne_progress *p);

#endif
