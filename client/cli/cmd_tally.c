/* SPDX-License-Identifier: EUPL-1.2 */
/* urne tally: verify every ballot and write the encrypted tally. */
#include <inttypes.h>

#include "client/cli/commands.h"
#include "client/cli/state.h"
#include "crypto/sha256.h"

static enum urne_err
tally(struct urne_state *s)
{
	struct urne_sized_tally sized;
	struct urne_buf text, size;
	struct urne_view data[2];
	struct urne_tally t;
	enum urne_err e = urne_state_tally(s, &t, &s->arena);

	if (e != URNE_OK) {
		return e;
	}
	urne_buf_init(&text, URNE_MAX_BALLOT);
	urne_buf_init(&size, URNE_MAX_SMALL_FILE);
	urne_tally_write(&text, &s->sealed.election, &t);
	sized.num_tallied = t.num_tallied;
	sized.total_weight = t.total_weight;
	urne_sha256_of(&sized.encrypted_tally, urne_buf_view(&text));
	urne_sized_tally_write(&size, &sized);
	e = urne_buf_error(&text);
	if (e == URNE_OK) {
		e = urne_buf_error(&size);
	}
	if (e == URNE_OK) {
		data[0] = urne_buf_view(&text);
		data[1] = urne_buf_view(&size);
		e = urne_state_event(s, URNE_EVENT_ENCRYPTED_TALLY, data, 2);
	}
	if (e == URNE_OK) {
		urne_cli_say(s->cli,
		    "%s: %zu ballots verified; %" PRIu64 " voters counted, total weight %" PRIu64,
		    s->path.data, s->num_ballots, t.num_tallied, t.total_weight);
		urne_cli_put_u64(s->cli, "ballots", s->num_ballots);
		urne_cli_put_u64(s->cli, "num_tallied", t.num_tallied);
		urne_cli_put_u64(s->cli, "total_weight", t.total_weight);
	}
	urne_buf_clear(&text);
	urne_buf_clear(&size);
	return e;
}

static enum urne_err
run_tally(struct urne_cli *cli)
{
	struct urne_state s;
	enum urne_err e = urne_state_open(&s, cli, cli->args[0], true);

	if (e == URNE_OK) {
		e = urne_state_demand(&s, URNE_STAGE_CLOSED, "tally to be made");
	}
	if (e == URNE_OK) {
		e = urne_sealed_floor(&s.sealed, s.num_voters);
	}
	if (e == URNE_OK) {
		e = tally(&s);
	}
	urne_state_close(&s);
	return e;
}

static const struct urne_option options[] = {{NULL, NULL, NULL, false}};

static const char *const description[] = {
    "Verifies every ballot, multiplies the last one of each credential raised to its weight, and "
    "writes the EncryptedTally event. Nothing is decrypted.",
    NULL};

const struct urne_command urne_cmd_tally = {
    .name = "tally",
    .summary = "verify all ballots and add them up, encrypted",
    .synopsis = "DIR",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal =
	"The election is not closed or is tallied already, a ballot does not verify, or fewer "
	"members voted than the vote definition's floor.",
    .example = "urne tally first",
    .run = run_tally,
};
