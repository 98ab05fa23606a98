/* SPDX-License-Identifier: EUPL-1.2 */
/* urne status: where the election stands, and what comes next, for whom, with which command. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "client/cli/commands.h"
#include "client/cli/rounds.h"
#include "client/cli/state.h"

struct status {
	struct urne_cli *cli;
	struct urne_buf json;
	size_t num;
};

/* One next step. */
static void URNE_PRINTF(4, 5)
    next(struct status *s, const char *who, const char *what, const char *fmt, ...)
{
	char command[1024];
	va_list va;

	va_start(va, fmt);
	(void)vsnprintf(command, sizeof(command), fmt, va);
	va_end(va);
	urne_cli_say(s->cli, "  %s: %s\n    %s", who, what, command);
	urne_buf_puts(&s->json, s->num++ > 0 ? ",{\"who\":" : "{\"who\":");
	urne_buf_put_json_string(&s->json, urne_view_of(who));
	urne_buf_puts(&s->json, ",\"what\":");
	urne_buf_put_json_string(&s->json, urne_view_of(what));
	urne_buf_puts(&s->json, ",\"command\":");
	urne_buf_put_json_string(&s->json, urne_view_of(command));
	urne_buf_putc(&s->json, '}');
}

static void
stage(struct status *s, const char *name)
{
	urne_cli_put_string(s->cli, "stage", name);
	urne_cli_say(s->cli, "Next:");
}

static void
ceremony_next(struct status *s, struct urne_rounds *r)
{
	const char *dir = r->w->dir;

	for (size_t j = 1; j <= r->size; j++) {
		char who[64];
		if (urne_rounds_has(r, j)) {
			continue;
		}
		(void)snprintf(who, sizeof(who), "trustee %zu", j);
		next(s, who, "round of the ceremony, then hand the answer to the official",
		    "urne trustee step --key trustee-%zu.key --in %s/%s --out answer-%zu-%zu.json",
		    j, dir, urne_rounds_given(r, r->round, j), r->round, j);
	}
	next(s, "official", "take in the answers", "urne ceremony collect %s FILE...", dir);
}

static enum urne_err
status_draft(struct status *s)
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
	stage(s, "setup");
	if (!credentials) {
		next(s, "registrar", "make the credentials",
		    "urne credentials %s --roll roll.csv --out private.json", w.dir);
	}
	if (ceremony) {
		ceremony_next(s, &r);
	} else if (trustees.num_items == 0) {
		next(s, "trustee", "make a key",
		    "urne trustee key --group %s --key my.key --out my.public.json",
		    w.draft.group->name);
		next(
		    s, "official", "take in the public keys", "urne trustee add %s FILE...", w.dir);
		next(s, "official", "or share one key among trustees",
		    "urne ceremony open %s --size 3 --threshold 2", w.dir);
	} else if (credentials) {
		next(s, "official", "fix the election", "urne seal %s", w.dir);
	}
	urne_workdir_close(&w);
	return URNE_OK;
}

static void
decrypting(struct status *s, const struct urne_state *st, const char *dir)
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
		next(s, who,
		    item->is_threshold ? "decrypt (threshold: not everybody is needed)"
				       : "decrypt (needed)",
		    "urne decrypt %s --key my.key%s --out decryption-%zu.json", dir,
		    item->is_threshold ? " --share my.dkey" : "", owner);
	}
	next(s, "official", "take in the decryptions", "urne append %s FILE...", dir);
	next(s, "official", "then make the result", "urne result %s", dir);
}

static enum urne_err
status_sealed(struct status *s)
{
	static const char *const names[] = {
	    [URNE_STAGE_EMPTY] = "empty",
	    [URNE_STAGE_OPEN] = "open",
	    [URNE_STAGE_CLOSED] = "closed",
	    [URNE_STAGE_SHUFFLING] = "shuffling",
	    [URNE_STAGE_DECRYPTING] = "decrypting",
	    [URNE_STAGE_DONE] = "done",
	};
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
	stage(s, names[st.chain.stage]);
	urne_cli_put_u64(s->cli, "ballots", st.num_ballots);
	urne_cli_put_u64(s->cli, "voters", st.num_voters);
	switch (st.chain.stage) {
	case URNE_STAGE_EMPTY:
	case URNE_STAGE_SHUFFLING:
		urne_cli_say(s->cli, "  this version has no command for it");
		break;
	case URNE_STAGE_OPEN:
		next(s, "member", "vote",
		    "urne vote %s --credential mine.txt --choices choices.json --out ballot.json",
		    dir);
		next(s, "official", "cast the ballots", "urne append %s FILE...", dir);
		next(s, "official", "when the time is over, close", "urne close %s", dir);
		break;
	case URNE_STAGE_CLOSED:
		next(s, "official", "verify all ballots and add them up", "urne tally %s", dir);
		break;
	case URNE_STAGE_DECRYPTING:
		decrypting(s, &st, dir);
		break;
	case URNE_STAGE_DONE:
		if (st.sealed.has_definition) {
			next(s, "everybody", "read the decisions", "urne outcome %s", dir);
			next(s, "official", "write the minutes", "urne minutes %s --out %s-minutes",
			    dir, dir);
		} else {
			next(s, "everybody", "read the result", "urne show %s", dir);
		}
		next(s, "everybody", "verify the whole record", "urne-verify %s", st.path.data);
		break;
	}
	urne_state_close(&st);
	return URNE_OK;
}

static enum urne_err
run_status(struct urne_cli *cli)
{
	struct status s = {.cli = cli};
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&s.json, URNE_MAX_TEXT_FILE);
	urne_buf_putc(&s.json, '[');
	e = urne_find_archive(cli, &path, cli->args[0]);
	if (e == URNE_OK) {
		e = path.len > 0 ? status_sealed(&s) : status_draft(&s);
	}
	urne_buf_putc(&s.json, ']');
	if (e == URNE_OK) {
		urne_cli_put_raw(cli, "next", urne_buf_view(&s.json));
		e = urne_buf_error(&s.json);
	}
	urne_buf_clear(&path);
	urne_buf_clear(&s.json);
	return e;
}

static const struct urne_option options[] = {{NULL, NULL, NULL, false}};

static const char *const description[] = {
    "Says where the election stands and what comes next: for whom, and the exact command. Changes "
    "nothing.",
    NULL};

const struct urne_command urne_cmd_status = {
    .name = "status",
    .summary = "say where the election stands and what comes next",
    .synopsis = "DIR|ARCHIVE",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "There is no election, or its files are damaged.",
    .example = "urne status first",
    .run = run_status,
};
