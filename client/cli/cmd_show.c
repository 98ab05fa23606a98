/* SPDX-License-Identifier: EUPL-1.2 */
/* urne show: what is voted on, and the counts once they are there. */
#include "client/cli/commands.h"
#include "client/cli/decided.h"
#include "client/cli/show.h"
#include "client/cli/state.h"

/* An election of bare questions: its counts. */
static enum urne_err
show_counts(struct urne_state *s)
{
	struct urne_cli *cli = s->cli;
	struct urne_result r = {NULL};
	enum urne_err e = URNE_OK;

	if (s->chain.stage == URNE_STAGE_DONE && !s->sealed.election.has_non_homomorphic) {
		e = urne_state_load_result(s, &r);
	}
	if (e == URNE_OK) {
		urne_show_questions(cli, &s->sealed.election, r.counts);
	}
	return e;
}

/* An election with a definition: the vote as members read it, or what was decided. */
static enum urne_err
show_vote(struct urne_state *s)
{
	struct urne_cli *cli = s->cli;
	struct urne_reader r = urne_reader_for(&s->sealed.definition, urne_view_of(""));
	struct urne_decided decided = {.result = {NULL}};
	struct urne_buf json;
	struct urne_page p;
	enum urne_err e = URNE_OK;

	urne_buf_init(&json, URNE_MAX_DOCUMENT);
	if (s->chain.stage == URNE_STAGE_DONE) {
		e = urne_decided_make(&decided, s, NULL);
		if (e == URNE_OK) {
			e = urne_decided_page(&p, &decided, s, r);
		}
		if (e == URNE_OK) {
			urne_outcome_json(&json, &decided.heading, &decided.outcome);
			urne_cli_put_raw(cli, "outcome", urne_buf_view(&json));
			e = urne_buf_error(&json);
		}
	} else {
		e = urne_definition_page(&p, &s->arena, r, &s->sealed.definition);
	}
	if (e == URNE_OK) {
		urne_page_render_text(&cli->text, &p, URNE_TERMINAL_COLUMNS);
		urne_cli_put_view(cli, "definition", s->sealed.election.vote_definition);
	}
	urne_buf_clear(&json);
	urne_decided_clear(&decided);
	return e;
}

static enum urne_err
show_state(struct urne_cli *cli)
{
	struct urne_state s;
	enum urne_err e = urne_state_open(&s, cli, cli->args[0], false);

	if (e == URNE_OK) {
		e = s.sealed.has_definition ? show_vote(&s) : show_counts(&s);
	}
	if (e == URNE_OK) {
		urne_cli_say(cli, "\nThe election %s: %zu ballots of %zu voters, %zu members.",
		    urne_stage_words(s.chain.stage), s.num_ballots, s.num_voters,
		    urne_credentials_count(s.sealed.credentials));
		urne_cli_say(cli, "uuid %.*s, group %s, fingerprint %s",
		    (int)s.sealed.election.uuid.len, s.sealed.election.uuid.p,
		    s.sealed.election.group->name,
		    urne_cli_hash_text(&s.sealed.election.fingerprint).s);
		if (s.chain.stage == URNE_STAGE_DONE) {
			urne_cli_say(cli, "Verify this with: urne-verify %s", s.path.data);
		}
		urne_cli_put_view(cli, "uuid", s.sealed.election.uuid);
		urne_cli_put_string(cli, "group", s.sealed.election.group->name);
		urne_cli_put_hash(cli, "fingerprint", &s.sealed.election.fingerprint);
		urne_cli_put_u64(cli, "ballots", s.num_ballots);
		urne_cli_put_u64(cli, "voters", s.num_voters);
		urne_cli_put_u64(cli, "members", urne_credentials_count(s.sealed.credentials));
	}
	urne_state_close(&s);
	return e;
}

static enum urne_err
show_draft_vote(struct urne_workdir *w, const struct urne_definition *v)
{
	struct urne_reader r;
	struct urne_page p;
	enum urne_err e;

	if (v == NULL) {
		urne_show_questions(w->cli, &w->draft, NULL);
		return URNE_OK;
	}
	r = urne_reader_for(v, urne_view_of(""));
	e = urne_definition_page(&p, &w->arena, r, v);
	if (e == URNE_OK) {
		urne_page_render_text(&w->cli->text, &p, URNE_TERMINAL_COLUMNS);
		urne_cli_put_view(w->cli, "definition", w->draft.vote_definition);
	}
	return e;
}

static enum urne_err
show_draft(struct urne_cli *cli)
{
	const struct urne_definition *v = NULL;
	struct urne_workdir w;
	enum urne_err e = urne_workdir_open(&w, cli, cli->args[0], false);

	if (e == URNE_OK) {
		e = urne_workdir_definition(&w, &v);
	}
	if (e == URNE_OK) {
		e = show_draft_vote(&w, v);
	}
	if (e == URNE_OK) {
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
