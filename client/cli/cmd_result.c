/* SPDX-License-Identifier: EUPL-1.2 */
/* urne result: valid partial decryptions together give the counts. */
#include <inttypes.h>

#include "client/cli/commands.h"
#include "client/cli/show.h"
#include "client/cli/state.h"

static enum urne_err
result(struct urne_state *s)
{
	struct urne_result r = {NULL};
	struct urne_tally t;
	struct urne_view data;
	struct urne_buf text;
	enum urne_err e = urne_state_load_tally(s, &t, &s->arena);

	if (e == URNE_OK) {
		e = urne_state_combine(s, &r, &t);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_buf_init(&text, URNE_MAX_BALLOT);
	urne_result_write(&text, &s->sealed.election, &r);
	e = urne_buf_error(&text);
	data = urne_buf_view(&text);
	if (e == URNE_OK) {
		e = urne_state_event(s, URNE_EVENT_RESULT, &data, 1);
	}
	urne_buf_clear(&text);
	if (e == URNE_OK && s->sealed.has_definition) {
		urne_cli_say(s->cli,
		    "%s: the result is there; \"urne outcome\" says what it decides", s->path.data);
	} else if (e == URNE_OK) {
		urne_show_questions(s->cli, &s->sealed.election, r.counts);
	}
	if (e == URNE_OK) {
		urne_cli_put_u64(s->cli, "num_tallied", t.num_tallied);
		urne_cli_put_u64(s->cli, "total_weight", t.total_weight);
	}
	return e;
}

static enum urne_err
run_result(struct urne_cli *cli)
{
	struct urne_state s;
	enum urne_err e = urne_state_open(&s, cli, cli->args[0], true);

	if (e == URNE_OK) {
		e = urne_state_demand(&s, URNE_STAGE_DECRYPTING, "result to be made");
	}
	if (e == URNE_OK) {
		e = result(&s);
	}
	urne_state_close(&s);
	return e;
}

static const struct urne_option options[] = {{NULL, NULL, NULL, false}};

static const char *const description[] = {
    "Checks the partial decryptions in the archive, combines as many as are needed, finds the "
    "counts and writes the Result event, with which the archive is complete. A wrong partial "
    "decryption is named and left aside.",
    NULL};

const struct urne_command urne_cmd_result = {
    .name = "result",
    .summary = "combine the partial decryptions into the result",
    .synopsis = "DIR",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "Too few valid partial decryptions are there (the sentence says whose), or the "
	       "election is at another stage.",
    .example = "urne result first",
    .run = run_result,
};
