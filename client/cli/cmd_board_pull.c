/* SPDX-License-Identifier: EUPL-1.2 */
/* urne board pull: the archive here becomes what the board has published. */
#include <inttypes.h>

#include "bulletin/log/kept.h"
#include "client/cli/commands.h"
#include "client/cli/pull.h"

static void
report(struct urne_pull *p)
{
	uint64_t before = p->before, there = p->r.checkpoint.size;

	if (before > there) {
		urne_cli_say(p->cli,
		    "%s has all %" PRIu64 " events of the board, and %" PRIu64
		    " more: send them with \"urne board push\".",
		    p->archive.data, there, before - there);
	} else {
		urne_cli_say(p->cli, "%s: %" PRIu64 " events, %" PRIu64 " of them new",
		    p->archive.data, there, there - before);
	}
	if (p->got_definition) {
		urne_cli_say(p->cli, "%s: the vote definition", p->definition.data);
	}
	if (p->journal_size > 0) {
		urne_cli_say(p->cli,
		    "%s/%s: the journal of the board, %" PRIu64 " entries, %" PRIu64 " of them new",
		    p->dir, urne_kept_journal.archive, p->journal_size,
		    p->journal_size - p->journal_before);
		urne_cli_put_u64(p->cli, "journal", p->journal_size);
	}
	if (p->new_hints) {
		urne_cli_say(p->cli,
		    "%s: hints of the board; with \"--hints %s\" urne-verify takes less time and "
		    "comes to the same verdict.",
		    p->hints.data, p->hints.data);
	}
	if (p->has_hints) {
		urne_cli_put_string(p->cli, "hints", p->hints.data);
	}
	urne_cli_say(p->cli,
	    "It is what the log has signed; whether every ballot and every step is right says "
	    "\"urne-verify %s\".",
	    p->archive.data);
	urne_cli_put_string(p->cli, "archive", p->archive.data);
	urne_cli_put_u64(p->cli, "size", there);
	urne_cli_put_u64(p->cli, "new", before < there ? there - before : 0);
	urne_cli_put_hash(p->cli, "root", &p->r.checkpoint.root);
}

static enum urne_err
run_board_pull(struct urne_cli *cli)
{
	struct urne_pull p;
	enum urne_err e = urne_pull(&p, cli, urne_cli_option(cli, "board"), cli->args[0]);

	if (e == URNE_OK) {
		e = urne_pull_journal(&p);
	}
	if (e == URNE_OK) {
		e = urne_pull_hints(&p);
	}
	if (e == URNE_OK) {
		report(&p);
	}
	urne_pull_clear(&p);
	return e;
}

static const struct urne_option options[] = {
    {"board", "URL", "The election's address: https://HOST/bb/UUID.", true},
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Brings DIR/UUID.bel, and the vote definition beside it, up to what the board has published. "
    "Only what is missing is fetched, also after an interruption. The archive takes its place once "
    "its chain holds and its events give the root of the checkpoint that the log signed; until "
    "then "
    "the old one stays. DIR is made when it is not there.",
    "When the archive in DIR is not the beginning of the board's, nothing is changed, and the "
    "sentence says at which event they part.",
    "The journal of the board comes beside it as journal.archive, proved in the same way, with "
    "journal.policy and journal.checkpoint: \"urne minutes\", \"urne certify\" and urne-verify "
    "find it there. A journal that was set back, or does not continue the one that was here, is "
    "not taken, and its checkpoint is kept as journal.checkpoint.refused.",
    "Where the board keeps hints they come as DIR/UUID.hints. Nobody vouches for them and nothing "
    "depends on them: urne-verify takes less time with them, when they are named with --hints.",
    "Afterwards the other commands work in DIR as they do without a board, and \"urne board push\" "
    "sends what they added.",
    NULL};

const struct urne_command urne_cmd_board_pull = {
    .name = "board pull",
    .summary = "get an election's archive from a board",
    .synopsis = "DIR --board URL [--log-key KEY] [--ca FILE]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "There is no such election, archive or journal and board part, or what the board "
	       "sends is not "
	       "what its log signed.",
    .example = "urne board pull first --board https://vote.example.org/bb/8GpLcyFqQvDrUn",
    .run = run_board_pull,
};
