/* SPDX-License-Identifier: EUPL-1.2 */
/* urne board push: a sealed folder goes to a board. The first time as drafts and with the order to
 * seal them; later what trustees handed to the officials. Ballots never go this way: they are their
 * voters' to send. */
#include <inttypes.h>

#include "client/cli/board_compare.h"
#include "client/cli/commands.h"
#include "client/cli/draft_put.h"
#include "client/cli/event_send.h"
#include "client/cli/order_flow.h"

struct push {
	struct urne_cli *cli;
	struct urne_state s;
	struct urne_remote r; /* of the election */
	struct urne_order_flow flow;
	uint64_t num_sent;
};

static enum urne_err
refuse_ballots(struct push *p, uint64_t done)
{
	for (size_t i = 0; i < p->s.num_ballots; i++) {
		if (p->s.ballots[i].height >= done) {
			return urne_fail(&p->cli->diag, URNE_ERR_ORDER,
			    "%s: event %" PRIu64
			    " is a ballot that the board does not have; ballots are sent one by "
			    "one, by \"urne vote --board %s --ballot FILE\", before anything that "
			    "follows them",
			    p->s.path.data, p->s.ballots[i].height, p->r.address.data);
		}
	}
	return URNE_OK;
}

/* --- the first time: drafts, and the order to seal --- */

static enum urne_err
seal(struct push *p)
{
	struct urne_cli *cli = p->cli;
	struct urne_order_flow *f = &p->flow;
	struct urne_order_words w = {
	    .action = URNE_ACTION_SEAL, .election = p->s.sealed.election.uuid};
	struct urne_order_subject s;
	struct urne_note room;
	enum urne_err e = refuse_ballots(p, 0);

	if (e == URNE_OK && cli->num_args < 2) {
		e = urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "%s: the election is not on this board yet, and officials seal it: name the "
		    "key file of an official at the end",
		    p->r.address.data);
	}
	if (e == URNE_OK) {
		e = urne_order_known(&f->known, &f->board, cli, w.action, w.election, cli->args[0]);
	}
	if (e == URNE_OK) {
		e = urne_order_text_write(&f->text, cli, &w, &f->known,
		    urne_buf_view(&f->board.r.origin), urne_order_board_clock(&f->board));
	}
	if (e != URNE_OK) {
		return e;
	}
	s = urne_order_flow_subject(f, &room);
	e = urne_order_flow_present(f, &s);
	if (e == URNE_OK) {
		e = urne_order_flow_sign(f, &s, NULL, cli->args + 1, cli->num_args - 1);
	}
	if (e == URNE_OK) {
		e = urne_draft_put(&p->r, &p->s, urne_buf_view(&f->note));
	}
	/* what lies there now is what was signed */
	if (e == URNE_OK) {
		e = urne_order_flow_check(f, s.order, true);
	}
	return e == URNE_OK ? urne_order_flow_send(f, &s) : e;
}

/* --- later: partial decryptions --- */

static enum urne_err
send_decryption(struct push *p, const struct urne_log_item *item)
{
	uint64_t height = item->event.height;
	struct urne_buf records;
	enum urne_err e;

	urne_buf_init(&records, URNE_MAX_RECORD);
	e = urne_item_frame(&p->s, &records, item);
	if (e == URNE_OK) {
		e = urne_event_send(&p->r, &height, item->event.type, urne_buf_view(&records));
		p->cli->unconfirmed = e != URNE_OK && urne_err_is_ours(e);
	}
	urne_buf_clear(&records);
	if (e == URNE_OK) {
		e = urne_remote_stands(&p->r, item->event.type, &item->event.payload, height);
		p->cli->unconfirmed = e != URNE_OK;
	}
	if (e != URNE_OK) {
		urne_diag_within(&p->cli->diag, "%s, event %" PRIu64 ": ",
		    urne_event_type_name(item->event.type), item->event.height);
		return e;
	}
	p->num_sent++;
	urne_cli_say(
	    p->cli, "%s: taken as event %" PRIu64, urne_event_type_name(item->event.type), height);
	return URNE_OK;
}

/* What may not be sent ends the sending: whatever stands behind it has another place at the board.
 */
static enum urne_err
refuse_other(struct push *p, const struct urne_log_item *item)
{
	const char *name = urne_event_type_name(item->event.type);

	if (p->num_sent == 0) {
		return urne_fail(&p->cli->diag, URNE_ERR_ORDER,
		    "%s: event %" PRIu64
		    " is %s, which comes to a board by an order of the officials or by the board "
		    "itself; ask \"urne status --board %s\" what comes next there",
		    p->s.path.data, item->event.height, name, p->r.address.data);
	}
	urne_cli_say(p->cli,
	    "%s is not sent: it comes by an order of the officials or by the board itself; ask "
	    "\"urne status --board %s\" what comes next there.",
	    name, p->r.address.data);
	return URNE_OK;
}

static enum urne_err
send_missing(struct push *p)
{
	uint64_t done;
	enum urne_err e = urne_remote_checkpoint(&p->r);

	if (e == URNE_OK) {
		e = urne_board_compare(&p->r, &p->s);
	}
	done = p->r.checkpoint.size;
	if (e == URNE_OK) {
		e = refuse_ballots(p, done);
	}
	for (size_t i = 0; e == URNE_OK && i < p->s.num_others; i++) {
		const struct urne_log_item *item = &p->s.others[i];

		if (item->event.height >= done &&
		    item->event.type != URNE_EVENT_PARTIAL_DECRYPTION) {
			return refuse_other(p, item);
		}
		if (item->event.height >= done) {
			e = send_decryption(p, item);
		}
	}
	return e;
}

static enum urne_err
send_decryptions(struct push *p)
{
	enum urne_err e = send_missing(p);

	if (e != URNE_OK) {
		return e;
	}
	if (p->num_sent == 0) {
		urne_cli_say(p->cli, "%s has everything of %s that goes to a board.",
		    p->r.address.data, p->s.path.data);
	}
	urne_cli_put_string(p->cli, "state", "sealed");
	urne_cli_put_u64(p->cli, "sent", p->num_sent);
	urne_cli_put_u64(p->cli, "size", p->r.checkpoint.size);
	return URNE_OK;
}

static enum urne_err
push(struct push *p)
{
	struct urne_order_board *b = &p->flow.board;
	bool there = false;
	enum urne_err e = urne_order_board_open(b, p->cli, urne_cli_option(p->cli, "board"));

	if (e == URNE_OK) {
		e = urne_remote_election(&b->given, p->s.sealed.election.uuid);
	}
	if (e == URNE_OK) {
		e = urne_order_board_election(b, &p->r, p->s.sealed.election.uuid);
	}
	if (e == URNE_OK) {
		const struct urne_journal_election *j =
		    urne_journal_find(b->journal, p->s.sealed.election.uuid);
		there = j != NULL && j->stage >= URNE_JOURNAL_SEALED;
		e = there ? send_decryptions(p) : seal(p);
	}
	if (e == URNE_OK) {
		urne_cli_put_string(p->cli, "address", p->r.address.data);
	}
	return e;
}

static enum urne_err
run_board_push(struct urne_cli *cli)
{
	struct push p = {.cli = cli};
	enum urne_err e = urne_state_open(&p.s, cli, cli->args[0], false);

	urne_order_flow_init(&p.flow, cli);
	if (e == URNE_OK) {
		e = push(&p);
	}
	urne_order_flow_clear(&p.flow);
	urne_remote_close(&p.r);
	urne_state_close(&p.s);
	return e;
}

static const struct urne_option options[] = {
    {"board", "URL", "The board, https://HOST, or the election's address on it.", true},
    URNE_OPTION_LANG_OF_ORDERS,
    URNE_OPTION_YES,
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Brings a sealed election to a board. The vote definition and the Setup go there as drafts, "
    "which everybody can read; the order \"seal\" is shown with everything that it seals, "
    "confirmed, "
    "signed with the keys of officials and sent. It waits there until enough officials have "
    "signed: "
    "each runs this command with an own copy of the folder, or \"urne order sign\", which fetches "
    "the drafts and checks them whole.",
    "Once the election is sealed, the partial decryptions that the archive has and the board has "
    "not are sent; nothing else goes this way. Ballots are sent by \"urne vote --board\", and what "
    "officials order by \"urne order give\".",
    NULL};

const struct urne_command urne_cmd_board_push = {
    .name = "board push",
    .summary = "bring a sealed election to a board",
    .synopsis = "DIR --board URL [--lang fr|en] [--yes] [--log-key KEY] [--passphrase-file FILE] "
		"[--ca FILE] [KEYFILE...]",
    .min_args = 1,
    .max_args = 1 + URNE_MAX_OFFICIALS,
    .options = options,
    .description = description,
    .refusal = "Archive and board part, the archive has what does not go to a board this way, or "
	       "the board refuses the order.",
    .unconfirmed = "No answer came, or the log does not show what was sent; run it again.",
    .example = "urne board push first --board https://vote.example.org ines.key",
    .run = run_board_push,
};
