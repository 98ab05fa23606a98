/* SPDX-License-Identifier: EUPL-1.2 */
/* urne board release: the officials' order that publishes the result. It is made here, from an
 * archive that was fetched and checked whole; the board checks it again. */
#include <inttypes.h>

#include "client/cli/commands.h"
#include "client/cli/fetched.h"
#include "client/cli/keys.h"
#include "client/cli/orders.h"
#include "client/cli/show.h"

struct release {
	struct urne_cli *cli;
	struct urne_fetched f;
	struct urne_arena arena;
	struct urne_signers signers;
	struct urne_tally tally;
	struct urne_result result;
	bool is_there; /* another run has released it */
	uint64_t height;
};

static enum urne_err
send(struct release *r)
{
	struct urne_buf text, records;
	struct urne_hash payload;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_BALLOT);
	urne_buf_init(&records, 2 * URNE_MAX_BALLOT);
	urne_result_write(&text, &r->f.s.sealed.election, &r->result);
	urne_record_put(
	    &records, &payload, URNE_RECORD_DATA, urne_buf_view(&text), r->f.s.timestamp);
	e = urne_buf_error(&text);
	if (e == URNE_OK) {
		e = urne_buf_error(&records);
	}
	if (e == URNE_OK) {
		e = urne_event_order_send(&r->f.pull.r, &r->height, &r->signers, URNE_EVENT_RESULT,
		    &payload, urne_buf_view(&records));
		r->cli->unconfirmed = e == URNE_OK || urne_err_is_ours(e);
	}
	if (e == URNE_OK) {
		e = urne_remote_stands(&r->f.pull.r, URNE_EVENT_RESULT, &payload, r->height);
		r->cli->unconfirmed = e != URNE_OK;
	}
	urne_buf_clear(&text);
	urne_buf_clear(&records);
	return e;
}

static enum urne_err
release(struct release *r)
{
	struct urne_cli *cli = r->cli;
	struct urne_state *s = &r->f.s;
	enum urne_err e = urne_fetched_open(&r->f, cli, cli->args[0]);

	if (e != URNE_OK) {
		return e;
	}
	if (s->chain.stage == URNE_STAGE_DONE) {
		r->is_there = true;
		r->height = s->chain.num_events - 1;
		return urne_state_load_result(s, &r->result);
	}
	e = urne_state_demand(s, URNE_STAGE_DECRYPTING, "result to be released");
	if (e == URNE_OK) {
		e = urne_state_check_tally(s, &r->tally, &r->arena);
	}
	if (e == URNE_OK) {
		e = urne_sealed_floor(&s->sealed, r->tally.num_tallied);
	}
	if (e == URNE_OK) {
		e = urne_state_combine(s, &r->result, &r->tally);
	}
	if (e == URNE_OK) {
		e = urne_signers_open(&r->signers, cli, cli->args + 1, cli->num_args - 1);
	}
	return e == URNE_OK ? send(r) : e;
}

static void
report(struct release *r)
{
	const char *address = r->f.pull.r.address.data;

	urne_cli_say(r->cli,
	    r->is_there ? "%s: the result is in the log already, as event %" PRIu64
			: "%s: the result is in the signed log, as event %" PRIu64,
	    address, r->height);
	if (r->f.s.sealed.has_definition) {
		urne_cli_say(r->cli,
		    "Get the whole archive with \"urne board pull DIR --board %s\"; \"urne outcome "
		    "DIR\" then says what is decided.",
		    address);
	} else {
		urne_show_questions(r->cli, &r->f.s.sealed.election, r->result.counts);
	}
	urne_cli_put_string(r->cli, "address", address);
	urne_cli_put_u64(r->cli, "height", r->height);
	urne_cli_put_bool(r->cli, "repeated", r->is_there);
}

static enum urne_err
run_board_release(struct urne_cli *cli)
{
	struct release r = {.cli = cli};
	enum urne_err e;

	urne_arena_init(&r.arena, (size_t)512 << 20);
	e = release(&r);
	if (e == URNE_OK) {
		report(&r);
	}
	urne_signers_clear(&r.signers);
	urne_arena_clear(&r.arena);
	urne_fetched_clear(&r.f);
	return e;
}

static const struct urne_option options[] = {
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_STATE,
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Combines the trustees' partial decryptions into the result and orders the board to publish "
    "it, "
    "signed with the keys of officials, as many as the board asks for. URL is the election's "
    "address, https://HOST/bb/UUID. There is no way back.",
    "The archive is fetched from the board and must be what the log has signed; every ballot, the "
    "tally and every partial decryption are verified here before anything is signed. A wrong "
    "partial "
    "decryption is named and left aside.",
    "For the decisions and the minutes get the archive with \"urne board pull\" afterwards.", NULL};

const struct urne_command urne_cmd_board_release = {
    .name = "board release",
    .summary = "publish the result on a board",
    .synopsis = "URL [--log-key KEY] [--state DIR] [--passphrase-file FILE] [--ca FILE] KEYFILE...",
    .min_args = 2,
    .max_args = 1 + URNE_MAX_OFFICIALS,
    .options = options,
    .description = description,
    .refusal =
	"Too few valid partial decryptions are there (the sentence says whose), something in "
	"the archive does not verify, or the board refuses the order.",
    .unconfirmed = "No answer came, or the result is not seen in the signed log; run it again.",
    .example = "urne board release https://vote.example.org/bb/8GpLcyFqQvDrUn ines.key odile.key",
    .run = run_board_release,
};
