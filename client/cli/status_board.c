/* SPDX-License-Identifier: EUPL-1.2 */
/* Where an election stands, from the journal and the log that its board has signed: the Setup, and
 * the events behind the last ballot. What the board says of itself is not asked. */
#include "client/cli/status_board.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "base/limits.h"
#include "base/safe_text.h"
#include "client/cli/order_waiting.h"
#include "client/cli/remote.h"
#include "client/cli/state.h"
#include "client/cli/status_elections.h"
#include "client/cli/status_journal.h"
#include "documents/journal_page.h"

#define MAX_WHO ((size_t)64)

struct seen {
	struct urne_cli *cli;
	struct urne_order_board board;
	const struct urne_journal_election *j; /* NULL: the journal does not know it */
	struct urne_remote r;
	bool is_sealed; /* it has a log */
	struct urne_sealed s;
	enum urne_stage stage;
	uint64_t num_ballots;
	bool given[URNE_MAX_TRUSTEES + 1]; /* by owner */
	size_t num_given;
	bool has_count; /* of the tally */
	uint64_t num_tallied;
};

/* --- the end of the log --- */

static enum urne_err
take_owner(struct seen *v, const struct urne_event *event)
{
	struct urne_owned owned = {.owner = 0};
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	e = urne_remote_object(&v->r, &text, &event->payload);
	if (e == URNE_OK) {
		e = urne_owned_read(&owned, &v->cli->diag, urne_buf_view(&text));
	}
	if (e == URNE_OK && owned.owner <= URNE_MAX_TRUSTEES && !v->given[owned.owner]) {
		v->given[owned.owner] = true;
		v->num_given++;
	}
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
take_tally(struct seen *v, const struct urne_event *event)
{
	struct urne_sized_tally sized;
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	e = urne_remote_object(&v->r, &text, &event->payload);
	if (e == URNE_OK) {
		e = urne_sized_tally_read(&sized, &v->cli->diag, urne_buf_view(&text));
	}
	if (e == URNE_OK) {
		v->has_count = true;
		v->num_tallied = sized.num_tallied;
	}
	urne_buf_clear(&text);
	return e;
}

/* What the last event of each type leads to. */
static const enum urne_stage stage_after[URNE_NUM_EVENT_TYPES] = {
    [URNE_EVENT_SETUP] = URNE_STAGE_OPEN,
    [URNE_EVENT_BALLOT] = URNE_STAGE_OPEN,
    [URNE_EVENT_END_BALLOTS] = URNE_STAGE_CLOSED,
    [URNE_EVENT_ENCRYPTED_TALLY] = URNE_STAGE_DECRYPTING,
    [URNE_EVENT_SHUFFLE] = URNE_STAGE_SHUFFLING,
    [URNE_EVENT_END_SHUFFLES] = URNE_STAGE_DECRYPTING,
    [URNE_EVENT_PARTIAL_DECRYPTION] = URNE_STAGE_DECRYPTING,
    [URNE_EVENT_RESULT] = URNE_STAGE_DONE,
};

/* Backwards up to the last ballot; all events before that are ballots, but for the Setup. */
static enum urne_err
read_end(struct seen *v)
{
	uint64_t at = v->r.checkpoint.size;
	struct urne_event event = {.type = URNE_EVENT_SETUP};
	enum urne_err e = URNE_OK;

	for (bool is_last = true; e == URNE_OK && at > 1; is_last = false, at--) {
		e = urne_remote_event(&v->r, &event, at - 1);
		if (e != URNE_OK) {
			break;
		}
		v->stage = is_last ? stage_after[event.type] : v->stage;
		if (event.type == URNE_EVENT_BALLOT) {
			break;
		}
		if (event.type == URNE_EVENT_PARTIAL_DECRYPTION) {
			e = take_owner(v, &event);
		} else if (event.type == URNE_EVENT_ENCRYPTED_TALLY) {
			e = take_tally(v, &event);
		}
	}
	v->num_ballots = at - 1;
	return e;
}

/* --- what it means --- */

static void
say_hours(struct seen *v)
{
	const struct urne_definition *d = &v->s.definition;

	if (!v->s.has_definition) {
		return;
	}
	urne_cli_say(v->cli, "Voting: from %.*s to %.*s%s", (int)d->opens.text.len, d->opens.text.p,
	    (int)d->closes.text.len, d->closes.text.p,
	    v->s.test ? ", and officials may close a test before" : "");
	urne_cli_put_view(v->cli, "opens", d->opens.text);
	urne_cli_put_view(v->cli, "closes", d->closes.text);
}

/* missing_of: how many more of a group, or of one single trustee, have to decrypt. */
static uint64_t
missing_of(const struct seen *v, const struct urne_trustee_item *item)
{
	uint64_t needed = item->is_threshold ? item->threshold.threshold : 1, there = 0;

	for (size_t k = 0; k < item->num_owners; k++) {
		there += v->given[item->first_owner + k] ? 1 : 0;
	}
	return there < needed ? needed - there : 0;
}

static uint64_t
missing_of_all(const struct seen *v)
{
	uint64_t missing = 0;

	for (size_t i = 0; i < v->s.trustees.num_items; i++) {
		missing += missing_of(v, &v->s.trustees.items[i]);
	}
	return missing;
}

static void
say_trustees(struct seen *v)
{
	struct urne_buf list;

	urne_buf_init(&list, URNE_MAX_SMALL_FILE);
	for (size_t owner = 1; owner <= v->s.trustees.num_owners; owner++) {
		if (v->given[owner]) {
			urne_buf_printf(&list, "%s%zu", list.len > 1 ? "," : "[", owner);
		}
	}
	urne_buf_puts(&list, list.len > 0 ? "]" : "[]");
	urne_cli_say(v->cli,
	    "Partial decryptions: %.*s of %zu trustees are there, %" PRIu64 " more needed",
	    (int)list.len, list.data, v->s.trustees.num_owners, missing_of_all(v));
	urne_cli_put_raw(v->cli, "decrypted", urne_buf_view(&list));
	urne_cli_put_u64(v->cli, "missing", missing_of_all(v));
	urne_buf_clear(&list);
}

static void
say_journal(struct seen *v)
{
	enum urne_journal_stage stage = v->j != NULL ? v->j->stage : URNE_JOURNAL_NONE;

	urne_cli_say(
	    v->cli, "Journal: the election is %s.", urne_words_journal_stage(URNE_LANG_EN, stage));
	urne_cli_put_string(v->cli, "journal", urne_journal_stage_name(stage));
}

static void
say_stage(struct seen *v)
{
	struct urne_buf name;

	urne_cli_put_string(v->cli, "address", v->r.address.data);
	if (!v->is_sealed) {
		urne_cli_say(v->cli, "%s: the election is not sealed yet.", v->r.address.data);
		say_journal(v);
		return;
	}
	urne_buf_init(&name, URNE_MAX_TEXT_FILE);
	urne_put_safe_text(&name, v->s.election.name);
	urne_cli_say(v->cli, "%s: the election \"%.*s\" %s. %" PRIu64 " ballots, %zu members.",
	    v->r.address.data, (int)name.len, name.data, urne_stage_words(v->stage), v->num_ballots,
	    urne_credentials_count(v->s.credentials));
	urne_buf_clear(&name);
	say_journal(v);
	say_hours(v);
	urne_cli_put_u64(v->cli, "size", v->r.checkpoint.size);
	urne_cli_put_u64(v->cli, "ballots", v->num_ballots);
	if (v->has_count) {
		urne_cli_say(v->cli, "Counted: %" PRIu64 " voters", v->num_tallied);
		urne_cli_put_u64(v->cli, "num_tallied", v->num_tallied);
		say_trustees(v);
	}
}

/* --- what comes next --- */

static void
next_open(struct seen *v, struct urne_next_steps *n, const char *key)
{
	bool by_itself = v->j->has_hours;

	if (by_itself && (int64_t)time(NULL) >= v->j->closes) {
		urne_next_step(n, "nobody", "the board closes within seconds; ask again",
		    "urne status --board %s%s", v->r.address.data, key);
		return;
	}
	urne_next_step(n, "member", "vote",
	    "urne vote --board %s%s --credential mine.txt --choices choices.json --receipt "
	    "receipt.json",
	    v->r.address.data, key);
	if (by_itself) {
		urne_next_step(n, "nobody", "the board closes by itself when the hours are over",
		    "urne status --board %s%s", v->r.address.data, key);
	}
	if (!by_itself || v->j->test) {
		urne_next_step(n, "official",
		    by_itself ? "or close before, since it is a test"
			      : "when the time is over, close",
		    "urne order give close --board %s%s official.key", v->r.address.data, key);
	}
}

static void
next_decrypting(struct seen *v, struct urne_next_steps *n, const char *key)
{
	for (size_t i = 0; i < v->s.trustees.num_items; i++) {
		const struct urne_trustee_item *item = &v->s.trustees.items[i];
		uint64_t missing = missing_of(v, item);

		for (size_t k = 0; missing > 0 && k < item->num_owners; k++) {
			char who[MAX_WHO], what[MAX_WHO] = "decrypt (needed)";
			if (v->given[item->first_owner + k]) {
				continue;
			}
			(void)snprintf(who, sizeof(who), "trustee %zu", item->first_owner + k);
			if (item->is_threshold) {
				(void)snprintf(what, sizeof(what),
				    "decrypt (%" PRIu64 " more of this group)", missing);
			}
			urne_next_step(n, who, what, "urne decrypt --board %s%s --key my.key%s",
			    v->r.address.data, key, item->is_threshold ? " --share my.dkey" : "");
		}
	}
	urne_next_step(n, "official",
	    missing_of_all(v) > 0 ? "then publish the result" : "publish the result",
	    "urne order give release --board %s%s official.key", v->r.address.data, key);
}

static void
next_done(struct seen *v, struct urne_next_steps *n, const char *key)
{
	urne_next_step(n, "everybody", "get the whole record", "urne board pull DIR --board %s%s",
	    v->r.address.data, key);
	urne_next_step(n, "everybody",
	    v->s.has_definition ? "then read the decisions" : "then read the result",
	    v->s.has_definition ? "urne outcome DIR" : "urne show DIR");
	if (v->s.has_definition) {
		urne_next_step(
		    n, "official", "then write the minutes", "urne minutes DIR --out minutes");
	}
	if (v->j->stage == URNE_JOURNAL_RELEASED) {
		urne_next_step(n, "official", "then certify them in the journal",
		    "urne order give certify --minutes minutes/minutes.json --board %s%s "
		    "official.key",
		    v->r.address.data, key);
	}
	urne_next_step(n, "everybody", "verify the whole record and its log", "urne-verify %s%s",
	    v->r.address.data, key);
}

static enum urne_err
next_of_log(struct seen *v, struct urne_next_steps *n, const char *key)
{
	switch (v->stage) {
	case URNE_STAGE_EMPTY:
	case URNE_STAGE_SHUFFLING:
	case URNE_STAGE_JOURNAL:
		urne_cli_say(v->cli, "  this version has no command for it");
		break;
	case URNE_STAGE_OPEN:
		next_open(v, n, key);
		break;
	case URNE_STAGE_CLOSED:
		urne_next_step(n, "nobody",
		    "the board adds the ballots up within seconds, unless fewer members voted than "
		    "the floor; ask again",
		    "urne status --board %s%s", v->r.address.data, key);
		break;
	case URNE_STAGE_DECRYPTING:
		next_decrypting(v, n, key);
		break;
	case URNE_STAGE_DONE:
		next_done(v, n, key);
		break;
	}
	return URNE_OK;
}

static enum urne_err
say_next(struct seen *v, struct urne_next_steps *n, const char *key)
{
	struct urne_status_journal s = {
	    .next = n, .board = &v->board, .r = &v->r, .key = key, .election = v->j};
	enum urne_err e;

	if (v->is_sealed) {
		urne_status_hours(&s);
	}
	urne_next_stage(n, urne_stage_name(v->is_sealed ? v->stage : URNE_STAGE_EMPTY));
	e = v->j != NULL && v->j->stage >= URNE_JOURNAL_OPEN ? next_of_log(v, n, key)
							     : urne_status_before(&s);
	if (e == URNE_OK && v->board.num_waiting > 0) {
		urne_cli_say(v->cli, "Orders that wait:");
	}
	return e == URNE_OK ? urne_order_waiting_say(&v->board, v->r.uuid) : e;
}

/* The log first: what it shows must be what the board has signed, before anything is asked of the
 * journal. */
static enum urne_err
look(struct seen *v, const char *address)
{
	const struct urne_view any = {"", 0};
	enum urne_err e = urne_remote_election(&v->r, any);

	if (e == URNE_OK) {
		e = urne_remote_key(&v->r, &v->is_sealed);
	}
	if (e == URNE_OK && v->is_sealed) {
		e = urne_remote_checkpoint(&v->r);
	}
	if (e == URNE_OK && v->is_sealed) {
		v->s.place = v->r.address.data;
		e = urne_remote_setup(&v->r, &v->s);
	}
	if (e == URNE_OK && v->is_sealed) {
		e = read_end(v);
	}
	if (e == URNE_OK) {
		e = urne_order_board_open(&v->board, v->cli, address);
	}
	if (e == URNE_ERR_UNKNOWN && !v->is_sealed) {
		e = urne_fail(&v->cli->diag, e,
		    "%s: there is no such election on this board, check the address",
		    v->r.address.data);
	}
	if (e != URNE_OK) {
		return e;
	}
	v->j = urne_journal_find(v->board.journal, v->r.uuid);
	if (v->is_sealed != (v->j != NULL && v->j->stage >= URNE_JOURNAL_SEALED)) {
		e = urne_fail(&v->cli->diag, URNE_ERR_MISMATCH,
		    v->is_sealed
			? "%s: has a log, and the journal does not know that the election "
			  "was sealed; do not use this board"
			: "%s: is sealed, as the journal says, and the board does not show "
			  "its log; do not use this board",
		    v->r.address.data);
	}
	return e;
}

static enum urne_err
say_election(struct seen *v, struct urne_next_steps *n, const char *address, const char *key)
{
	enum urne_err e = look(v, address);

	if (e == URNE_OK) {
		say_stage(v);
		e = say_next(v, n, key);
	}
	return e;
}

enum urne_err
urne_status_board(struct urne_next_steps *n)
{
	const char *address = urne_cli_option(n->cli, "board");
	const char *given = urne_cli_option(n->cli, "log-key");
	struct seen v = {.cli = n->cli, .stage = URNE_STAGE_OPEN};
	struct urne_buf key; /* as the commands that are printed want it */
	enum urne_err e;

	urne_buf_init(&key, URNE_MAX_SMALL_FILE);
	urne_buf_printf(
	    &key, "%s%s", given != NULL ? " --log-key " : "", given != NULL ? given : "");
	urne_buf_put(&key, "", 1);
	urne_sealed_init(&v.s, n->cli, "");
	e = urne_buf_error(&key);
	if (e == URNE_OK) {
		e = urne_remote_open(&v.r, v.cli, address);
	}
	if (e == URNE_OK && v.r.uuid.len == 0) {
		e = urne_status_elections(n, address, key.data);
	} else if (e == URNE_OK) {
		e = say_election(&v, n, address, key.data);
	}
	urne_sealed_clear(&v.s);
	urne_order_board_close(&v.board);
	urne_remote_close(&v.r);
	urne_buf_clear(&key);
	return e;
}
