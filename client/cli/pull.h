/* SPDX-License-Identifier: EUPL-1.2 */
/* An election's archive, fetched from its board and proved to be what the log has signed. */
#ifndef URNE_CLIENT_CLI_PULL_H
#define URNE_CLIENT_CLI_PULL_H

#include "client/cli/progress.h"
#include "client/cli/remote.h"
#include "client/cli/state.h"

struct urne_pull {
	struct urne_cli *cli;
	const char *dir;
	struct urne_remote r;			   /* with the checkpoint that was fetched first */
	struct urne_buf archive, part, definition; /* names, with a NUL */
	uint64_t before;			   /* events of the archive there was */
	bool got_definition;			   /* it was not here before */

	/* at work */
	struct urne_state here; /* the archive there was */
	bool has_here;
	int lock; /* of the folder, locked: two pulls at once wait for each other; or -1 */
	int fd;	  /* of the new file, or -1 */
	struct urne_progress progress;
};

/* urne_pull brings DIR/UUID.bel up to what the board has signed, and fetches the definition when it
 * is not there. An archive that is longer than the board's log stays (p->before says so); one that
 * parts from it is left as it is, URNE_ERR_MISMATCH. Clear always. */
enum urne_err urne_pull(
    struct urne_pull *p, struct urne_cli *cli, const char *address, const char *dir) URNE_MUST_USE;
void urne_pull_clear(struct urne_pull *p);

#endif
