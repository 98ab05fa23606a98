/* SPDX-License-Identifier: EUPL-1.2 */
/* The board adds the ballots up right after the end: nobody has to come back for that unless there
 * are very many, or fewer than the definition's floor. */
#include "client/cli/order_after.h"

#include <time.h>

/* Seconds that the tally of a few thousand ballots takes. */
#define MAX_WAITS 10

static enum urne_err
wait_for_tally(struct urne_order_board *b, struct urne_view election, bool *tallied)
{
	const struct urne_journal_election *j = NULL;
	struct urne_journal *newer = NULL;
	enum urne_err e = URNE_OK;

	*tallied = false;
	for (int waits = 0; e == URNE_OK && !*tallied && waits < MAX_WAITS; waits++) {
		(void)nanosleep(&(struct timespec){.tv_sec = waits > 0 ? 1 : 0}, NULL);
		urne_remote_forget(&b->r);
		e = urne_journal_fetch(&b->r, &newer, NULL, NULL);
		j = e == URNE_OK ? urne_journal_find(newer, election) : NULL;
		*tallied = j != NULL && j->tallied.there;
		urne_journal_free(newer);
		newer = NULL;
	}
	return e;
}

enum urne_err
urne_order_after(struct urne_order_board *b, const struct urne_order *o)
{
	const char *base = b->given.base.data;
	bool tallied = false;
	enum urne_err e = URNE_OK;

	if (o->action == URNE_ACTION_CLOSE) {
		e = wait_for_tally(b, o->election, &tallied);
		urne_cli_put_bool(b->cli, "tallied", tallied);
	}
	if (e != URNE_OK || o->election.len == 0) {
		return e;
	}
	if (tallied) {
		urne_cli_say(b->cli,
		    "The ballots are added up. Next are the trustees, each with: urne decrypt "
		    "--board %s/bb/%.*s --key KEY",
		    base, (int)o->election.len, o->election.p);
		return e;
	}
	urne_cli_say(b->cli,
	    o->action == URNE_ACTION_CLOSE
		? "The board has not added the ballots up yet: there are many, or fewer than the "
		  "floor. Ask with: urne status --board %s/bb/%.*s"
		: "What comes next: urne status --board %s/bb/%.*s",
	    base, (int)o->election.len, o->election.p);
	return e;
}
