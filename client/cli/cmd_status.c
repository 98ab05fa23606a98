/* SPDX-License-Identifier: EUPL-1.2 */
/* urne status: where the election stands, and what comes next, for whom, with which command. */
#include <inttypes.h>
#include <stdio.h>

#include "client/cli/commands.h"
#include "client/cli/next_steps.h"
#include "client/cli/order_show.h"
#include "client/cli/remote.h"
#include "client/cli/rounds.h"
#include "client/cli/state.h"
#include "client/cli/status_board.h"

static void
ceremony_next(struct urne_next_steps *s, struct urne_rounds *r)
{
	const char *dir = r->w->dir;

	for (size_t j = 1; j <= r->size; j++) {
		char who[64];
		if (urne_rounds_has(r, j)) {
			continue;
		}
		(void)snprintf(who, sizeof(who), "trustee %zu", j);
		urne_next_step(s, who,
		    "round of the ceremony, then hand the answer to the official",
		    "urne trustee step --key trustee-%zu.key --in %s/%s --out answer-%zu-%zu.json",
		    j, dir, urne_rounds_given(r, r->round, j), r->round, j);
	}
	urne_next_step(
	    s, "official", "take in the answers", "urne ceremony collect %s FILE...", dir);
}

static enum urne_err
status_draft(struct urne_next_steps *s)
{
	struct urne_trustees trustees = {0};
	struct urne_workdir w;
	struct urne_rounds r;
	enum urne_err e = urne_workdir_open(&w, s->cli, s->cli->args[0], false);
	bool credentials = false, ceremony = false;

	if (e == URNE_OK) {
		e = urne_rounds_open(&r, &w);
	}
	if (e == URNE_OK) {
		e = urne_workdir_trustees(&w, &trustees);
	}
	if (e != URNE_OK) {
		urne_workdir_close(&w);
		return e;
	}
	credentials = urne_workdir_has(&w, "public_credentials.json");
	ceremony = r.size > 0 && r.round <= URNE_NUM_ROUNDS;
	urne_cli_say(s->cli, "%s: being set up. Credentials: %s. Trustees: %zu.", w.dir,
	    credentials ? "there" : "none yet", trustees.num_owners);
	if (ceremony) {
		urne_cli_say(s->cli, "Ceremony of %zu trustees, %zu needed: round %zu of 4.",
		    r.size, r.threshold, r.round);
	}
	urne_next_stage(s, "setup");
	if (!credentials) {
		urne_next_step(s, "registrar", "make the credentials",
		    "urne credentials %s --roll roll.csv --out private.json", w.dir);
	}
	if (ceremony) {
		ceremony_next(s, &r);
	} else if (trustees.num_items == 0) {
		urne_next_step(s, "trustee", "make a key",
		    "urne trustee key --group %s --key my.key --out my.public.json",
		    w.draft.group->name);
		urne_next_step(
		    s, "official", "take in the public keys", "urne trustee add %s FILE...", w.dir);
		urne_next_step(s, "official", "or share one key among trustees",
		    "urne ceremony open %s --size 3 --threshold 2", w.dir);
	} else if (credentials) {
		urne_next_step(s, "official", "fix the election", "urne seal %s", w.dir);
	}
	urne_workdir_close(&w);
	return URNE_OK;
}

static void
decrypting(struct urne_next_steps *s, const struct urne_state *st, const char *dir)
{
	for (size_t owner = 1; owner <= st->sealed.trustees.num_owners; owner++) {
		const struct urne_trustee_item *item = NULL;
		struct urne_elem key;
		char who[64];
		bool there = false;

		for (size_t i = 0; i < st->num_shares; i++) {
			there |= st->shares[i].owner == owner;
		}
		if (there ||
		    urne_trustees_owner(&item, &key, &st->sealed.trustees, owner) != URNE_OK) {
			continue;
		}
		(void)snprintf(who, sizeof(who), "trustee %zu", owner);
		urne_next_step(s, who,
		    item->is_threshold ? "decrypt (threshold: not everybody is needed)"
				       : "decrypt (needed)",
		    "urne decrypt %s --key my.key%s --out decryption-%zu.json", dir,
		    item->is_threshold ? " --share my.dkey" : "", owner);
	}
	urne_next_step(s, "official", "take in the decryptions", "urne append %s FILE...", dir);
	urne_next_step(s, "official", "then make the result", "urne result %s", dir);
}

static enum urne_err
status_sealed(struct urne_next_steps *s)
{
	const char *dir = s->cli->args[0];
	struct urne_state st;
	enum urne_err e = urne_state_open(&st, s->cli, dir, false);

	if (e != URNE_OK) {
		urne_state_close(&st);
		return e;
	}
	urne_cli_say(s->cli, "%s: the election %s. %zu ballots of %zu voters, %zu members.", dir,
	    urne_stage_words(st.chain.stage), st.num_ballots, st.num_voters,
	    urne_credentials_count(st.sealed.credentials));
	urne_next_stage(s, urne_stage_name(st.chain.stage));
	urne_cli_put_u64(s->cli, "ballots", st.num_ballots);
	urne_cli_put_u64(s->cli, "voters", st.num_voters);
	switch (st.chain.stage) {
	case URNE_STAGE_EMPTY:
	case URNE_STAGE_SHUFFLING:
		urne_cli_say(s->cli, "  this version has no command for it");
		break;
	case URNE_STAGE_OPEN:
		urne_next_step(s, "member", "vote",
		    "urne vote %s --credential mine.txt --choices choices.json --out ballot.json",
		    dir);
		urne_next_step(s, "official", "cast the ballots", "urne append %s FILE...", dir);
		urne_next_step(s, "official", "when the time is over, close", "urne close %s", dir);
		break;
	case URNE_STAGE_CLOSED:
		urne_next_step(
		    s, "official", "verify all ballots and add them up", "urne tally %s", dir);
		break;
	case URNE_STAGE_DECRYPTING:
		decrypting(s, &st, dir);
		break;
	case URNE_STAGE_DONE:
		if (st.sealed.has_definition) {
			urne_next_step(
			    s, "everybody", "read the decisions", "urne outcome %s", dir);
			urne_next_step(s, "official", "write the minutes",
			    "urne minutes %s --out %s-minutes", dir, dir);
		} else {
			urne_next_step(s, "everybody", "read the result", "urne show %s", dir);
		}
		urne_next_step(
		    s, "everybody", "verify the whole record", "urne-verify %s", st.path.data);
		break;
	case URNE_STAGE_JOURNAL:
		break;
	}
	urne_state_close(&st);
	return URNE_OK;
}

static enum urne_err
status_here(struct urne_next_steps *s)
{
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_find_archive(s->cli, &path, s->cli->args[0]);
	if (e == URNE_OK) {
		e = path.len > 0 ? status_sealed(s) : status_draft(s);
	}
	urne_buf_clear(&path);
	return e;
}

static enum urne_err
run_status(struct urne_cli *cli)
{
	const char *board = urne_cli_option(cli, "board");
	struct urne_next_steps s;
	enum urne_err e;

	if ((board != NULL) == (cli->num_args > 0)) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "give the election's folder, or its address with --board, one of the two");
	}
	urne_next_steps_init(&s, cli);
	e = board != NULL ? urne_status_board(&s) : status_here(&s);
	return urne_next_steps_end(&s, e);
}

static const struct urne_option options[] = {
    {"board", "URL",
	"Ask this board; URL is the election's address, or the board's for a list of its "
	"elections.",
	false},
    URNE_OPTION_LANG_OF_ORDERS,
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Says where the election stands and what comes next: for whom, and the exact command. Changes "
    "nothing.",
    "With --board URL everything but the present hour comes from the journal and the log that the "
    "board has signed, proved entry by entry; the ballots themselves are not fetched, and not "
    "verified. Before the voting it says who is next: trustees in the ceremony and the rehearsal, "
    "the registrar, the officials with their orders; and which orders wait for signatures.",
    NULL};

const struct urne_command urne_cmd_status = {
    .name = "status",
    .summary = "say where the election stands and what comes next",
    .synopsis = "DIR|ARCHIVE, or --board URL [--lang fr|en] [--log-key KEY] [--ca FILE]",
    .min_args = 0,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal =
	"There is no election, its files are damaged, or the board shows what it did not sign.",
    .example = "urne status first",
    .run = run_status,
};
