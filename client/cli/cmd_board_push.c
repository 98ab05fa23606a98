/* SPDX-License-Identifier: EUPL-1.2 */
/* urne board push: what the officials' archive has and the board does not, as orders that they
 * sign. Ballots never go this way: they are their voters' to send. */
#include <inttypes.h>

#include "client/cli/board_compare.h"
#include "client/cli/commands.h"
#include "client/cli/keys.h"
#include "client/cli/orders.h"
#include "crypto/sha256.h"

struct push {
	struct urne_cli *cli;
	struct urne_state s;
	struct urne_remote r;
	struct urne_signers signers;
	struct urne_buf json;
	uint64_t done; /* events that the board has */
};

/* --- before anything is sent --- */

static enum urne_err
find_start(struct push *p)
{
	bool there = false;
	enum urne_err e = urne_remote_key(&p->r, &there);

	if (e != URNE_OK) {
		return e;
	}
	if (!there) {
		return p->r.has_key
			   ? URNE_OK
			   : urne_fail(&p->cli->diag, URNE_ERR_INCOMPLETE,
				 "%s: the election is not on this board yet, so an order for it "
				 "must name the board's log: give its public key with --log-key",
				 p->r.address.data);
	}
	e = urne_remote_checkpoint(&p->r);
	if (e == URNE_OK) {
		e = urne_board_compare(&p->r, &p->s);
	}
	p->done = p->r.checkpoint.size;
	return e;
}

static enum urne_err
refuse_ballots(struct push *p)
{
	for (size_t i = 0; i < p->s.num_ballots; i++) {
		if (p->s.ballots[i].height >= p->done) {
			return urne_fail(&p->cli->diag, URNE_ERR_ORDER,
			    "%s: event %" PRIu64
			    " is a ballot that the board does not have; ballots "
			    "are sent one by one, by \"urne vote --board %s --ballot FILE\", "
			    "before "
			    "anything that follows them",
			    p->s.path.data, p->s.ballots[i].height, p->r.address.data);
		}
	}
	return URNE_OK;
}

/* --- one event --- */

/* The records in archive framing; a Setup's begin with the archive's own first record. */
static enum urne_err
frame(struct push *p, struct urne_buf *out, const struct urne_log_item *item)
{
	struct urne_hash hash;
	struct urne_buf body;
	enum urne_err e = URNE_OK;

	if (item->event.type == URNE_EVENT_SETUP) {
		urne_record_put_header(out, p->s.timestamp);
	}
	urne_buf_init(&body, URNE_MAX_RECORD);
	for (size_t i = 0; e == URNE_OK && i < item->num_data; i++) {
		urne_buf_reset(&body);
		e = urne_archive_load(p->s.archive, &body, &p->cli->diag, &item->data[i]);
		if (e == URNE_OK) {
			urne_record_put(
			    out, &hash, URNE_RECORD_DATA, urne_buf_view(&body), p->s.timestamp);
		}
	}
	urne_buf_clear(&body);
	if (e == URNE_OK && urne_buf_error(out) != URNE_OK) {
		e = urne_fail(&p->cli->diag, urne_buf_error(out), "no memory for the event");
	}
	return e;
}

/* When the answer got lost, the log itself says whether the event is in it. */
static bool
stands_there(struct push *p, const struct urne_log_item *item)
{
	struct urne_diag before = p->cli->diag;
	bool there = false, known = urne_remote_key(&p->r, &there) == URNE_OK && there &&
				    urne_remote_checkpoint(&p->r) == URNE_OK &&
				    p->r.checkpoint.size > item->event.height &&
				    urne_board_agrees(&p->r, &p->s);

	p->cli->diag = before;
	return known;
}

static enum urne_err
push_event(struct push *p, const struct urne_log_item *item)
{
	const struct urne_event *event = &item->event;
	const char *name = urne_event_type_name(event->type);
	uint64_t height = event->height;
	struct urne_buf records;
	enum urne_err e;

	urne_buf_init(&records, 2 * URNE_MAX_RECORD);
	e = frame(p, &records, item);
	if (e == URNE_OK) {
		e = urne_event_order_send(&p->r, &height, &p->signers, event->type,
		    event->has_payload ? &event->payload : NULL, urne_buf_view(&records));
		if (e != URNE_OK && stands_there(p, item)) {
			e = URNE_OK;
		} else if (e != URNE_OK) {
			p->cli->unconfirmed = urne_err_is_ours(e);
			urne_diag_within(
			    &p->cli->diag, "%s, event %" PRIu64 ": ", name, event->height);
		}
	}
	urne_buf_clear(&records);
	if (e == URNE_OK && height != event->height) {
		e = urne_fail(&p->cli->diag, URNE_ERR_MISMATCH,
		    "%s: the board took it as event %" PRIu64 ", and it is event %" PRIu64
		    " of %s: ballots came meanwhile; go on with an archive that \"urne board "
		    "pull\" puts into a new folder",
		    name, height, event->height, p->s.path.data);
	}
	if (e == URNE_OK) {
		urne_cli_say(p->cli, "%s: taken as event %" PRIu64, name, height);
		urne_buf_printf(&p->json, "%s{\"event\":\"%s\",\"height\":%" PRIu64 "}",
		    p->json.len > 1 ? "," : "", name, height);
	}
	return e;
}

/* The text whose hash the election seals, once the board has the election. */
static enum urne_err
push_definition(struct push *p)
{
	static const char *const headers[] = {"Content-Type: application/json", NULL};
	struct urne_buf body;
	bool sealed = false, found = false;
	enum urne_err e = urne_sealed_definition(&p->s.sealed, &sealed);

	if (e != URNE_OK || !sealed) {
		return e;
	}
	urne_buf_init(&body, URNE_MAX_TEXT_FILE);
	e = urne_remote_try(&p->r, &body, &found, "vote.json");
	if (e == URNE_OK && !found) {
		e = urne_remote_send(&p->r, &body, "PUT", "vote.json", headers,
		    urne_buf_view(&p->s.sealed.definition_text));
		if (e == URNE_OK) {
			urne_cli_say(p->cli, "the vote definition: taken");
		} else {
			urne_diag_within(&p->cli->diag, "the vote definition: ");
		}
	}
	urne_buf_clear(&body);
	return e;
}

static enum urne_err
push_all(struct push *p)
{
	uint64_t at = p->done;
	enum urne_err e = p->done > 0 ? push_definition(p) : URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < p->s.num_others; i++) {
		const struct urne_log_item *item = &p->s.others[i];
		if (item->event.height < p->done) {
			continue;
		}
		e = push_event(p, item);
		at = item->event.height + 1;
		if (e == URNE_OK && item->event.type == URNE_EVENT_SETUP) {
			e = push_definition(p);
		}
	}
	if (e != URNE_OK || at == p->done) {
		return e;
	}
	/* what the board said is one thing, what it signs another */
	e = urne_remote_known(&p->r);
	if (e == URNE_OK && p->r.checkpoint.size < at) {
		e = urne_fail(&p->cli->diag, URNE_ERR_MISMATCH,
		    "%s: said that it took %" PRIu64 " events and shows %" PRIu64,
		    p->r.address.data, at, p->r.checkpoint.size);
	}
	return e == URNE_OK ? urne_board_compare(&p->r, &p->s) : e;
}

static enum urne_err
push(struct push *p, const char *const *keys, size_t num_keys)
{
	struct urne_cli *cli = p->cli;
	enum urne_err e = urne_remote_open(&p->r, cli, urne_cli_option(cli, "board"));

	if (e == URNE_OK) {
		e = urne_remote_election(&p->r, p->s.sealed.election.uuid);
	}
	if (e == URNE_OK) {
		e = find_start(p);
	}
	if (e == URNE_OK) {
		e = refuse_ballots(p);
	}
	if (e == URNE_OK) {
		e = urne_signers_open(&p->signers, cli, keys, num_keys);
	}
	return e == URNE_OK ? push_all(p) : e;
}

static void
report(struct push *p)
{
	uint64_t here = p->s.num_leaves, there = p->r.checkpoint.size;

	if (there > here) {
		urne_cli_say(p->cli,
		    "The board has %" PRIu64 " events more: get them with \"urne board pull\".",
		    there - here);
	} else {
		urne_cli_say(p->cli, "%s has all %" PRIu64 " events of %s.", p->r.address.data,
		    there, p->s.path.data);
	}
	urne_buf_putc(&p->json, ']');
	urne_cli_put_raw(p->cli, "pushed", urne_buf_view(&p->json));
	urne_cli_put_string(p->cli, "address", p->r.address.data);
	urne_cli_put_u64(p->cli, "size", there);
}

static enum urne_err
run_board_push(struct urne_cli *cli)
{
	struct push p = {.cli = cli};
	enum urne_err e = urne_state_open(&p.s, cli, cli->args[0], false);

	urne_buf_init(&p.json, URNE_MAX_TEXT_FILE);
	urne_buf_putc(&p.json, '[');
	if (e == URNE_OK) {
		e = push(&p, cli->args + 1, cli->num_args - 1);
	}
	if (e == URNE_OK) {
		report(&p);
	}
	urne_signers_clear(&p.signers);
	urne_remote_close(&p.r);
	urne_buf_clear(&p.json);
	urne_state_close(&p.s);
	return e;
}

static const struct urne_option options[] = {
    {"board", "URL", "The board, https://HOST, or the election's address on it.", true},
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Sends what the archive has and the board does not: the Setup with the vote definition, the "
    "end "
    "of the voting, the encrypted tally, the partial decryptions, the result. Each event goes as "
    "an "
    "order signed with the keys of officials, as many as the board asks for. What the board has "
    "already must be the beginning of the archive, or the sentence says at which event they part.",
    "Ballots are not sent by this but by \"urne vote --board\". While members vote, close with "
    "\"urne board close\" rather than here: a ballot that comes in between would stand before the "
    "EndBallots of the archive.",
    "The first time, before the board knows the election, --log-key is needed: an order names the "
    "log it is for.",
    NULL};

const struct urne_command urne_cmd_board_push = {
    .name = "board push",
    .summary = "send the officials' events to a board",
    .synopsis = "DIR --board URL [--log-key KEY] [--passphrase-file FILE] [--ca FILE] KEYFILE...",
    .min_args = 2,
    .max_args = 1 + URNE_MAX_OFFICIALS,
    .options = options,
    .description = description,
    .refusal = "Archive and board part, the archive has ballots that the board lacks, or the board "
	       "refuses the order. Events that were taken before stay taken, and a second run goes "
	       "on behind them.",
    .unconfirmed = "No answer came for an event; the next run finds out whether the board has it.",
    .example = "urne board push first --board https://vote.example.org ines.key",
    .run = run_board_push,
};
