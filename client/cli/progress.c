/* SPDX-License-Identifier: EUPL-1.2 */
/* How far long work is, on stderr. The first word comes after a second, then the terminal's bar
 * moves ten times a second, and plain lines follow every five seconds. */
#include "client/cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define BAR 40

static double
now(void)
{
	struct timespec t = {0, 0};

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void
urne_progress_start(struct urne_progress *p, const char *what, size_t total)
{
	*p = (struct urne_progress){.what = what, .total = total};
	p->terminal = isatty(STDERR_FILENO) != 0;
	p->started = p->last = now();
}

static void
draw(const struct urne_progress *p)
{
	size_t filled = p->total > 0 ? p->done * BAR / p->total : BAR;

	if (!p->terminal) {
		(void)fprintf(stderr, "%s: %zu of %zu\n", p->what, p->done, p->total);
		return;
	}
	(void)fprintf(stderr, "\r%s [%.*s%.*s] %zu of %zu", p->what, (int)filled,
	    "########################################", (int)(BAR - filled),
	    "........................................", p->done, p->total);
	(void)fflush(stderr);
}

void
urne_progress_add(struct urne_progress *p, size_t num)
{
	double t = now();

	p->done += num;
	if (t - p->started > 1.0 && t - p->last > (p->terminal ? 0.1 : 5.0)) {
		draw(p);
		p->shown = true;
		p->last = t;
	}
}

void
urne_progress_end(struct urne_progress *p)
{
	if (p->shown) {
		draw(p);
		(void)fputs(p->terminal ? "\n" : "", stderr);
	}
}
