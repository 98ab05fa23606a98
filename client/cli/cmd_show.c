/* SPDX-License-Identifier: EUPL-1.2 */
/* urne show: what is voted on, and the counts once they are there. */
#include <inttypes.h>

#include "client/cli/commands.h"
#include "client/cli/show.h"
#include "client/cli/state.h"

static enum urne_err
show_state(struct urne_cli *cli)
{
	struct urne_result r = {NULL};
	struct urne_view copy = {"", 0};
	struct urne_state s;
	struct urne_buf text;
	enum urne_err e = urne_state_open(&s, cli, cli->args[0], false);

	urne_buf_init(&text, URNE_MAX_BALLOT);
	if (e == URNE_OK && s.chain.stage == URNE_STAGE_DONE && !s.election.has_non_homomorphic) {
		e = urne_archive_load(s.archive, &text, &cli->diag, &s.result_record);
		if (e == URNE_OK) {
			e = urne_arena_copy(&s.arena, &copy, urne_buf_view(&text));
		}
		if (e == URNE_OK) {
			e = urne_result_read(&r, &s.arena, &cli->diag, &s.election, copy);
		}
	}
	if (e == URNE_OK) {
		urne_show_questions(cli, &s.election, r.counts);
		urne_cli_say(cli, "\nThe election %s: %zu ballots of %zu voters, %zu members.",
		    urne_stage_words(s.chain.stage), s.num_ballots, s.num_voters,
		    urne_credentials_count(s.credentials));
		urne_cli_say(cli, "uuid %.*s, group %s, fingerprint %s", (int)s.election.uuid.len,
		    s.election.uuid.p, s.election.group->name,
		    urne_cli_hash_text(&s.election.fingerprint).s);
		if (r.counts != NULL) {
			urne_cli_say(cli, "Verify this with: urne-verify %s", s.path.data);
		}
		urne_cli_put_view(cli, "uuid", s.election.uuid);
		urne_cli_put_string(cli, "group", s.election.group->name);
		urne_cli_put_hash(cli, "fingerprint", &s.election.fingerprint);
		urne_cli_put_u64(cli, "ballots", s.num_ballots);
		urne_cli_put_u64(cli, "voters", s.num_voters);
		urne_cli_put_u64(cli, "members", urne_credentials_count(s.credentials));
	}
	urne_buf_clear(&text);
	urne_state_close(&s);
	return e;
}

static enum urne_err
show_draft(struct urne_cli *cli)
{
	struct urne_workdir w;
	enum urne_err e = urne_workdir_open(&w, cli, cli->args[0], false);

	if (e == URNE_OK) {
		urne_show_questions(cli, &w.draft, NULL);
		urne_cli_say(cli, "\nThe election is not sealed yet.");
		urne_cli_put_view(cli, "uuid", w.draft.uuid);
		urne_cli_put_string(cli, "group", w.draft.group->name);
	}
	urne_workdir_close(&w);
	return e;
}

static enum urne_err
run_show(struct urne_cli *cli)
{
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_find_archive(cli, &path, cli->args[0]);
	if (e == URNE_OK) {
		e = path.len > 0 ? show_state(cli) : show_draft(cli);
	}
	urne_buf_clear(&path);
	return e;
}

static const struct urne_option options[] = {{NULL, NULL, NULL, false}};

static const char *const description[] = {
    "Prints the election, its questions, and for each choice its count once the result is there. "
    "This is reading, not verifying: \"urne-verify\" recomputes everything.",
    NULL};

const struct urne_command urne_cmd_show = {
    .name = "show",
    .summary = "print questions and counts",
    .synopsis = "DIR|ARCHIVE",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "There is no election, or its archive is damaged.",
    .example = "urne show first",
    .run = run_show,
};
