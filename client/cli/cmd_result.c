/* SPDX-License-Identifier: EUPL-1.2 */
/* urne result: valid partial decryptions together give the counts. A wrong one names its author and
 * is left aside; what remains may still be enough. */
#include <inttypes.h>

#include "client/cli/commands.h"
#include "client/cli/show.h"
#include "client/cli/state.h"
#include "tally/shares.h"

/* Reads and checks one; a wrong one is only noted. */
static enum urne_err
check_share(struct urne_state *s, struct urne_shares *all, const struct urne_share_ref *ref)
{
	struct urne_diag d = {{0}};
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_BALLOT);
	e = urne_archive_load(s->archive, &text, &d, &ref->record);
	if (e == URNE_OK) {
		e = urne_shares_add(all, &d, ref->owner, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	if (e != URNE_OK && urne_err_is_ours(e)) {
		s->cli->diag = d;
		return e;
	}
	if (e != URNE_OK) {
		urne_cli_note("urne: note: trustee %" PRIu64 ", event %" PRIu64
			      ": the partial decryption is wrong and left aside: %s",
		    ref->owner, ref->height, d.text);
	}
	return URNE_OK;
}

static enum urne_err
combine(struct urne_state *s, struct urne_result *r, const struct urne_tally *t)
{
	struct urne_elem *combined = NULL;
	struct urne_shares all;
	enum urne_err e = URNE_OK;

	urne_shares_init(&all, &s->arena, &s->sealed.election, &s->sealed.trustees, t);
	for (size_t i = 0; e == URNE_OK && i < s->num_shares; i++) {
		e = check_share(s, &all, &s->shares[i]);
	}
	if (e != URNE_OK) {
		return e;
	}
	e = urne_shares_combine(&all, &combined, &s->cli->diag);
	if (e != URNE_OK) {
		urne_diag_within(&s->cli->diag, "%s: ", s->path.data);
		return e;
	}
	e = urne_result_solve(
	    r, &s->arena, &s->cli->diag, &s->sealed.election, combined, t->total_weight);
	if (e == URNE_OK) {
		e = urne_result_check(
		    r, &s->cli->diag, &s->sealed.election, combined, t->total_weight);
	}
	return e;
}

static enum urne_err
result(struct urne_state *s)
{
	struct urne_result r = {NULL};
	struct urne_tally t;
	struct urne_view data;
	struct urne_buf text;
	enum urne_err e = urne_state_load_tally(s, &t, &s->arena);

	if (e == URNE_OK) {
		e = combine(s, &r, &t);
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
