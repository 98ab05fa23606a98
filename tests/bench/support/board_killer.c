/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/bench/support/board_killer.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A board needs some tens of milliseconds from one batch to the next: the kills come earlier and
 * later in that time, by steps that meet all of it. */
#define BATCH_MS 50
#define STEP_MS	 7

bool
board_killer_init(
    struct board_killer *k, const char *victim, size_t kills, size_t voters, size_t connections)
{
	*k = (struct board_killer){.victim = victim,
	    .kills = kills,
	    .apart = voters / (kills + 1),
	    .connections = connections,
	    .fewest_asking = SIZE_MAX};
	return k->apart > connections + 1;
}

static bool
kill_victim(const struct board_killer *k)
{
	FILE *f = fopen(k->victim, "re");
	long pid = 0;
	bool ok = f != NULL && fscanf(f, "%ld", &pid) == 1 && pid > 1;

	if (f != NULL) {
		(void)fclose(f);
	}
	/* nobody is killed twice: the next board writes its own */
	ok = ok && unlink(k->victim) == 0 && kill((pid_t)pid, SIGKILL) == 0;
	if (!ok) {
		fprintf(stderr, "board_killer: nobody to kill in %s (%ld): %s\n", k->victim, pid,
		    strerror(errno));
	}
	return ok;
}

bool
board_killer_look(struct board_killer *k, size_t receipts, size_t asking, double now)
{
	size_t mark = (k->made + 1) * k->apart;
	/* What a dead board has sent must not reach the next mark. */
	size_t last = mark + k->apart - k->connections - 1;

	if (k->made == k->kills || receipts < mark) {
		return true;
	}
	if (!k->near) {
		k->near = true;
		k->due = now + 1e-3 * (double)(k->made * STEP_MS % BATCH_MS);
	}
	if (now < k->due && receipts < last) {
		return true;
	}
	if (!kill_victim(k)) {
		return false;
	}
	k->near = false;
	k->made++;
	if (asking < k->fewest_asking) {
		k->fewest_asking = asking;
	}
	return true;
}
