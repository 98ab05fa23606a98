/* SPDX-License-Identifier: EUPL-1.2 */
/* urne append: ballots, and later partial decryptions, are checked whole and go into the archive,
 * all of the command line or none. */
#include <inttypes.h>
#include <string.h>

#include "client/cli/bundle.h"
#include "client/cli/commands.h"

struct append {
	struct urne_cli *cli;
	struct urne_state s;
	struct urne_arena arena;
	struct urne_buf records, json;
	struct urne_tally tally;
	bool has_tally;
};

static enum urne_err
append_ballot(struct append *a, const char *path, struct urne_view text)
{
	struct urne_state *s = &a->s;
	struct urne_record record = {.kind = URNE_RECORD_DATA};
	uint64_t height = s->chain.num_events;
	struct urne_ballot b;
	size_t member = SIZE_MAX, before = 0;
	enum urne_err e = urne_state_demand(s, URNE_STAGE_OPEN, "ballot to be taken");

	if (e == URNE_OK) {
		e = urne_sealed_hours_of_voting(&s->sealed);
	}
	if (e != URNE_OK) {
		return e;
	}
	e = urne_sealed_check_ballot(&s->sealed, &b, &member, &a->arena, &a->cli->diag, text);
	if (e == URNE_OK && urne_state_find_ballot(s, &b.tracker) != SIZE_MAX) {
		e = urne_fail(&a->cli->diag, URNE_ERR_DUPLICATE,
		    "the ballot with tracker %s is there already, nothing needs to be done",
		    urne_cli_hash_text(&b.tracker).s);
	}
	if (e == URNE_OK) {
		e = urne_event_append(&a->records, &s->chain, &a->cli->diag, URNE_EVENT_BALLOT,
		    &text, 1, s->timestamp);
	}
	if (e != URNE_OK) {
		return e;
	}
	before = s->last[member];
	record.hash = b.tracker;
	e = urne_state_note_ballot(s, &record, height, member);
	if (e != URNE_OK) {
		return e;
	}
	urne_cli_say(a->cli, "%s: cast as event %" PRIu64 ", tracker %s", path, height,
	    urne_cli_hash_text(&b.tracker).s);
	urne_buf_printf(&a->json, "%s{\"tracker\":\"%s\",\"height\":%" PRIu64,
	    a->json.len > 1 ? "," : "", urne_cli_hash_text(&b.tracker).s, height);
	if (before != 0) {
		const struct urne_hash *old = &s->ballots[before - 1].record.hash;
		urne_cli_say(a->cli, "  it replaces the ballot of the same credential, tracker %s",
		    urne_cli_hash_text(old).s);
		urne_buf_printf(&a->json, ",\"replaces\":\"%s\"", urne_cli_hash_text(old).s);
	}
	urne_buf_putc(&a->json, '}');
	return URNE_OK;
}

/* Whether a partial decryption in the archive is right: a wrong one, which another program may have
 * taken in, must not keep the right one out. */
static bool
is_right(struct append *a, const struct urne_share_ref *ref)
{
	struct urne_state *s = &a->s;
	const struct urne_trustee_item *item = NULL;
	struct urne_partial_decryption p;
	struct urne_elem key;
	struct urne_buf text;
	bool right = false;

	if (ref->record.size == 0) {
		return true; /* of this command line, and checked */
	}
	urne_buf_init(&text, URNE_MAX_BALLOT);
	right =
	    urne_archive_load(s->archive, &text, NULL, &ref->record) == URNE_OK &&
	    urne_partial_read(&p, &a->arena, NULL, &s->sealed.election, urne_buf_view(&text)) ==
		URNE_OK &&
	    urne_trustees_owner(&item, &key, &s->sealed.trustees, (size_t)ref->owner) == URNE_OK &&
	    urne_partial_check(&p, NULL, &s->sealed.election, &a->tally, &key) == URNE_OK;
	urne_buf_clear(&text);
	return right;
}

static enum urne_err
append_share(struct append *a, const char *path, struct urne_view text)
{
	struct urne_state *s = &a->s;
	struct urne_owned owned;
	struct urne_bundle bundle;
	struct urne_buf out;
	struct urne_view data[2];
	uint64_t height = s->chain.num_events;
	enum urne_err e =
	    urne_state_demand(s, URNE_STAGE_DECRYPTING, "partial decryption to be taken");

	if (e == URNE_OK && !a->has_tally) {
		e = urne_state_load_tally(s, &a->tally, &s->arena);
		a->has_tally = e == URNE_OK;
	}
	if (e == URNE_OK) {
		e = urne_bundle_read(&bundle, s, &a->arena, &a->tally, text);
	}
	for (size_t i = 0; e == URNE_OK && i < s->num_shares; i++) {
		if (s->shares[i].owner == bundle.owner && is_right(a, &s->shares[i])) {
			e = urne_fail(&a->cli->diag, URNE_ERR_DUPLICATE,
			    "the partial decryption of trustee %" PRIu64
			    " is there already, nothing needs to be done",
			    bundle.owner);
		}
	}
	if (e == URNE_OK && s->num_shares == URNE_MAX_SHARES) {
		e = urne_fail(&a->cli->diag, URNE_ERR_LIMIT, "too many partial decryptions");
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_buf_init(&out, URNE_MAX_SMALL_FILE);
	owned.owner = bundle.owner;
	urne_sha256_of(&owned.payload, bundle.partial);
	urne_owned_write(&out, &owned);
	data[0] = bundle.partial;
	data[1] = urne_buf_view(&out);
	e = urne_event_append(&a->records, &s->chain, &a->cli->diag, URNE_EVENT_PARTIAL_DECRYPTION,
	    data, 2, s->timestamp);
	urne_buf_clear(&out);
	if (e == URNE_OK) {
		s->shares[s->num_shares++] =
		    (struct urne_share_ref){.owner = bundle.owner, .height = height};
		urne_cli_say(a->cli,
		    "%s: partial decryption of trustee %" PRIu64 ", event %" PRIu64, path,
		    bundle.owner, height);
		urne_buf_printf(&a->json, "%s{\"owner\":%" PRIu64 ",\"height\":%" PRIu64 "}",
		    a->json.len > 1 ? "," : "", bundle.owner, height);
	}
	return e;
}

static enum urne_err
append_file(struct append *a, const char *path)
{
	struct urne_buf file;
	enum urne_err e;

	urne_buf_init(&file, URNE_MAX_BALLOT);
	e = urne_cli_read_line(a->cli, &file, path);
	if (e == URNE_OK) {
		struct urne_view text = urne_buf_view(&file);
		urne_arena_reset(&a->arena);
		e = urne_bundle_is(text) ? append_share(a, path, text)
					 : append_ballot(a, path, text);
		if (e != URNE_OK && !urne_err_is_ours(e)) {
			urne_diag_within(&a->cli->diag, "%s: ", path);
		}
	}
	urne_buf_clear(&file);
	return e;
}

static enum urne_err
run_append(struct urne_cli *cli)
{
	struct append a = {.cli = cli};
	enum urne_err e = urne_state_open(&a.s, cli, cli->args[0], true);

	urne_arena_init(&a.arena, (size_t)512 << 20);
	urne_buf_init(&a.records, URNE_MAX_RECORD);
	urne_buf_init(&a.json, URNE_MAX_TEXT_FILE);
	urne_buf_putc(&a.json, '[');
	for (size_t i = 1; e == URNE_OK && i < cli->num_args; i++) {
		e = append_file(&a, cli->args[i]);
	}
	if (e == URNE_OK) {
		e = urne_state_append(&a.s, urne_buf_view(&a.records), true);
	}
	urne_buf_putc(&a.json, ']');
	if (e == URNE_OK) {
		urne_cli_put_raw(cli, "appended", urne_buf_view(&a.json));
	}
	urne_buf_clear(&a.records);
	urne_buf_clear(&a.json);
	urne_arena_clear(&a.arena);
	urne_state_close(&a.s);
	return e;
}

static const struct urne_option options[] = {{NULL, NULL, NULL, false}};

static const char *const description[] = {
    "Checks ballots, or the trustees' partial decryptions that \"urne decrypt\" wrote, in every "
    "respect and appends them to the archive: all of the files given, or none.",
    "A second ballot of the same credential is a revote: it counts instead of the earlier one, "
    "whose tracker is named. The identical ballot is not taken twice.",
    "When an earlier append was interrupted, the incomplete bytes are saved beside the archive as "
    "UUID.bel.torn-HEIGHT first.",
    NULL};

const struct urne_command urne_cmd_append = {
    .name = "append",
    .summary = "cast ballots, or take in partial decryptions",
    .synopsis = "DIR FILE...",
    .min_args = 2,
    .max_args = 1000000,
    .options = options,
    .description = description,
    .refusal = "A file does not check, its credential is not on the list, it is there already, or "
	       "the election is at another stage.",
    .example = "urne append first ballot.json",
    .run = run_append,
};
