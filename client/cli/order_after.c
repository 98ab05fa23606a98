/* SPDX-License-Identifier: EUPL-1.2 */
/* The board adds the ballots up right after the end: nobody has to come back for that unless there
 * are very many, or fewer than the definition's floor. */
#include "client/cli/order_after.h"

#include <time.h>

#include "base/file.h"

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

/* put_minutes sends one file. The order is executed whatever becomes of it. */
static void
put_minutes(struct urne_order_board *b, struct urne_remote *r, const char *file, const char *name)
{
	struct urne_buf text, answer;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_TEXT_FILE);
	urne_buf_init(&answer, URNE_MAX_SMALL_FILE);
	e = urne_file_read(&text, &b->cli->diag, file);
	if (e == URNE_OK) {
		e = urne_remote_send(r, &answer, "PUT", name, NULL, urne_buf_view(&text));
	}
	if (e == URNE_OK) {
		urne_cli_say(b->cli, "%s: is on the board for everybody: %s/%s", file,
		    r->address.data, name);
	} else {
		urne_cli_note("urne: note: %s is not on the board: %s", file, b->cli->diag.text);
		b->cli->diag.text[0] = '\0';
	}
	urne_buf_clear(&answer);
	urne_buf_clear(&text);
}

/* bring_minutes: members download them where they voted. */
static enum urne_err
bring_minutes(struct urne_order_board *b, struct urne_view election)
{
	const char *file = urne_cli_option(b->cli, "minutes");
	struct urne_remote r;
	struct urne_buf note;
	bool there = false;
	enum urne_err e = urne_order_board_election(b, &r, election);

	urne_buf_init(&note, URNE_MAX_SMALL_FILE);
	if (e == URNE_OK && file != NULL) {
		e = urne_path_find(&note, &there, NULL, file, ".json", ".note");
	}
	if (e == URNE_OK && file != NULL) {
		put_minutes(b, &r, file, "minutes.json");
	}
	if (e == URNE_OK && there) {
		put_minutes(b, &r, note.data, "minutes.note");
	}
	urne_buf_clear(&note);
	urne_remote_close(&r);
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
	if (o->action == URNE_ACTION_CERTIFY) {
		e = bring_minutes(b, o->election);
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
