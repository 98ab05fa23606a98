/* SPDX-License-Identifier: EUPL-1.2 */
/* The bar is drawn again only when the percentage changes. */
#include "verifier/progress.h"

#include <stdio.h>
#include <unistd.h>

#define WIDTH 40

static void
draw(const struct urne_progress *p)
{
	unsigned full = p->percent * WIDTH / 100;
	unsigned i;

	(void)fputs("\r  [", stderr);
	for (i = 0; i < WIDTH; i++) {
		(void)fputc(i < full ? '#' : ' ', stderr);
	}
	(void)fprintf(stderr, "] %3u %%", p->percent);
	(void)fflush(stderr);
}

void
urne_progress_begin(struct urne_progress *p, uint64_t total)
{
	*p = (struct urne_progress){
	    .shown = total > 0 && isatty(STDERR_FILENO) == 1, .total = total};
	if (p->shown) {
		draw(p);
	}
}

void
urne_progress_show(struct urne_progress *p, uint64_t bytes)
{
	/* in floating point, so that no product can be too large */
	unsigned percent = 0;

	if (!p->shown) {
		return;
	}
	percent = bytes >= p->total ? 100 : (unsigned)((double)bytes * 100.0 / (double)p->total);
	if (percent != p->percent) {
		p->percent = percent;
		draw(p);
	}
}

void
urne_progress_end(struct urne_progress *p)
{
	if (p->shown) {
		(void)fputs("\r\033[K", stderr);
		(void)fflush(stderr);
	}
}
