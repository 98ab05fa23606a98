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
	struct urne_buf hints;			   /* its name; of those beside the archive */
	bool has_hints, new_hints;		   /* the board has some; and more than were here */
	uint64_t before;			   /* events of the archive there was */
	bool got_definition;			   /* it was not here before */
	uint64_t journal_before, journal_size;	   /* entries of the journal; 0: there is none */

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
/* urne_pull_journal, behind urne_pull: brings the journal of the board beside the archive, with its
 * policy and checkpoint, as urne-verify --keep does (bulletin/log/kept.h). One that was set back,
 * or does not continue the one here, is refused (URNE_ERR_MISMATCH), and its checkpoint kept as
 * evidence. A board without a journal is fine unless there was one here. */
enum urne_err urne_pull_journal(struct urne_pull *p) URNE_MUST_USE;
/* urne_pull_hints, behind urne_pull: brings DIR/UUID.hints up to what the board has. A note says
 * when that fails; only what is ours is an error. */
enum urne_err urne_pull_hints(struct urne_pull *p) URNE_MUST_USE;
void urne_pull_clear(struct urne_pull *p);

/* urne_pull_lock makes the folder and locks it (pull.c). */
enum urne_err urne_pull_lock(struct urne_pull *p) URNE_MUST_USE;

#endif
