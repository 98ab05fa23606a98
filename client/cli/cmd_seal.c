/* SPDX-License-Identifier: EUPL-1.2 */
/* urne seal: questions, credentials and trustees become the election, and its archive begins. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/pool.h"
#include "bulletin/log/event.h"
#include "client/cli/commands.h"
#include "client/cli/rounds.h"
#include "crypto/sha256.h"
#include "election/credentials.h"

enum part { ELECTION, TRUSTEES, CREDENTIALS, SETUP, NUM_PARTS };

struct seal {
	struct urne_cli *cli;
	struct urne_workdir w;
	struct urne_trustees trustees;
	struct urne_credentials *credentials;
	struct urne_buf part[NUM_PARTS];
	struct urne_hash hash[NUM_PARTS];
	struct urne_buf archive;
};

/* Everything must be there, and the ceremony at its end. */
static enum urne_err
check_there(struct seal *s)
{
	struct urne_diag *d = &s->cli->diag;
	struct urne_rounds r;
	enum urne_err e = urne_rounds_open(&r, &s->w);

	if (e == URNE_OK && !urne_workdir_has(&s->w, "public_credentials.json")) {
		return urne_fail(d, URNE_ERR_INCOMPLETE,
		    "%s: there are no credentials, make them with \"urne credentials\"", s->w.dir);
	}
	if (e == URNE_OK && r.size > 0 && r.round <= URNE_NUM_ROUNDS) {
		return urne_fail(d, URNE_ERR_INCOMPLETE,
		    "%s: the ceremony is at round %zu of 4, finish it with \"urne ceremony "
		    "collect\"",
		    s->w.dir, r.round);
	}
	if (e == URNE_OK) {
		e = urne_workdir_trustees(&s->w, &s->trustees);
	}
	if (e == URNE_OK && s->trustees.num_items == 0) {
		e = urne_fail(d, URNE_ERR_INCOMPLETE,
		    "%s: there are no trustees, add them with \"urne trustee add\" or \"urne "
		    "ceremony open\"",
		    s->w.dir);
	}
	return e;
}

static enum urne_err
make_parts(struct seal *s)
{
	struct urne_setup_data setup = {.has_certificate = false};
	struct urne_election *e = &s->w.draft;
	enum urne_err err = urne_cli_read_line(
	    s->cli, &s->part[CREDENTIALS], urne_workdir_path(&s->w, "public_credentials.json"));

	if (err != URNE_OK) {
		return err;
	}
	err = urne_credentials_parse(&s->credentials, e->group, &s->cli->diag,
	    urne_buf_view(&s->part[CREDENTIALS]), urne_cli_pool(s->cli));
	if (err != URNE_OK) {
		urne_diag_within(&s->cli->diag, "%s/public_credentials.json: ", s->w.dir);
		return err;
	}
	urne_trustees_key(&e->public_key, e->group, &s->trustees);
	if (urne_elem_is_identity(e->group, &e->public_key)) {
		return urne_fail(&s->cli->diag, URNE_ERR_GROUP,
		    "%s: the trustees' keys cancel out, start again with new ones", s->w.dir);
	}
	urne_election_emit(&s->part[ELECTION], e);
	urne_trustees_write(&s->part[TRUSTEES], e->group, &s->trustees);
	for (size_t i = 0; i < SETUP; i++) {
		urne_sha256_of(&s->hash[i], urne_buf_view(&s->part[i]));
	}
	setup.election = s->hash[ELECTION];
	setup.trustees = s->hash[TRUSTEES];
	setup.credentials = s->hash[CREDENTIALS];
	urne_setup_data_write(&s->part[SETUP], &setup);
	for (size_t i = 0; i < NUM_PARTS; i++) {
		err = urne_buf_error(&s->part[i]);
		if (err != URNE_OK) {
			return urne_fail(&s->cli->diag, err, "the election is too large");
		}
	}
	return URNE_OK;
}

/* The definition must still be the one the draft was made of, and its rules possible on this roll.
 */
static enum urne_err
check_definition(struct seal *s)
{
	uint64_t roll = urne_credentials_total_weight(s->credentials);
	size_t members = urne_credentials_count(s->credentials);
	const struct urne_definition *v = NULL;
	enum urne_err e = urne_workdir_definition(&s->w, &v);

	if (e != URNE_OK || v == NULL) {
		return e;
	}
	if (members < v->floor) {
		return urne_fail(&s->cli->diag, URNE_ERR_RANGE,
		    "%s: the roll has %zu members, and the definition lets nothing be decrypted "
		    "below %" PRIu64 " voters; lower its \"floor\" or complete the roll",
		    s->w.dir, members, v->floor);
	}
	for (size_t i = 0; i < v->num_items; i++) {
		const struct urne_item *item = &v->items[i];
		if (item->quorum.kind == URNE_QUORUM_NUMBER && item->quorum.number > roll) {
			return urne_fail(&s->cli->diag, URNE_ERR_RANGE,
			    "%s: item %.*s needs a quorum of %" PRIu64 " votes, and the whole roll "
			    "has %" PRIu64 ", so it can never be met; change the definition and "
			    "begin anew with \"urne new\"",
			    s->w.dir, (int)item->id.len, item->id.p, item->quorum.number, roll);
		}
	}
	return URNE_OK;
}

static enum urne_err
write_all(struct seal *s)
{
	struct urne_view data[NUM_PARTS];
	struct urne_chain chain = {.stage = URNE_STAGE_EMPTY};
	uint64_t now = (uint64_t)time(NULL);
	struct urne_batch batch;
	struct urne_buf name;
	enum urne_err e;

	for (size_t i = 0; i < NUM_PARTS; i++) {
		data[i] = urne_buf_view(&s->part[i]);
	}
	urne_record_put_header(&s->archive, now);
	e = urne_event_append(
	    &s->archive, &chain, &s->cli->diag, URNE_EVENT_SETUP, data, NUM_PARTS, now);
	if (e != URNE_OK) {
		return e;
	}
	urne_batch_init(&batch, s->cli);
	urne_buf_init(&name, URNE_MAX_SMALL_FILE);
	urne_buf_put_view(&name, s->w.draft.uuid);
	urne_buf_puts(&name, ".bel");
	urne_buf_put(&name, "", 1);
	e = urne_buf_error(&name);
	if (e == URNE_OK) {
		e = urne_batch_file(
		    &batch, s->w.dir, "election.json", URNE_FILE_PUBLIC, data[ELECTION]);
	}
	if (e == URNE_OK) {
		e = urne_batch_file(
		    &batch, s->w.dir, "trustees.json", URNE_FILE_PUBLIC, data[TRUSTEES]);
	}
	/* last: with it the election is sealed */
	if (e == URNE_OK) {
		e = urne_batch_file(
		    &batch, s->w.dir, name.data, URNE_FILE_PUBLIC, urne_buf_view(&s->archive));
	}
	urne_buf_clear(&name);
	return urne_batch_end(&batch, e);
}

static void
report(struct seal *s)
{
	struct urne_cli *cli = s->cli;

	urne_cli_say(cli, "%s/%.*s.bel: the election is sealed and open for ballots", s->w.dir,
	    (int)s->w.draft.uuid.len, s->w.draft.uuid.p);
	urne_cli_say(cli, "%zu credentials, total weight %" PRIu64 ", %zu trustees",
	    urne_credentials_count(s->credentials), urne_credentials_total_weight(s->credentials),
	    s->trustees.num_owners);
	urne_cli_say(cli, "Compare these fingerprints aloud, everybody with their own copy:");
	urne_cli_say(cli, "  election     %s", urne_cli_hash_text(&s->hash[ELECTION]).s);
	urne_cli_say(cli, "  credentials  %s", urne_cli_hash_text(&s->hash[CREDENTIALS]).s);
	urne_cli_say(cli, "  trustees     %s", urne_cli_hash_text(&s->hash[TRUSTEES]).s);
	if (s->w.draft.vote_definition.len > 0) {
		urne_cli_say(cli, "  definition   %.*s (SHA-256 of %.*s.vote.json)",
		    (int)s->w.draft.vote_definition.len, s->w.draft.vote_definition.p,
		    (int)s->w.draft.uuid.len, s->w.draft.uuid.p);
		urne_cli_put_view(cli, "definition", s->w.draft.vote_definition);
	}
	urne_cli_put_view(cli, "uuid", s->w.draft.uuid);
	urne_cli_put_hash(cli, "election", &s->hash[ELECTION]);
	urne_cli_put_hash(cli, "credentials", &s->hash[CREDENTIALS]);
	urne_cli_put_hash(cli, "trustees", &s->hash[TRUSTEES]);
}

static enum urne_err
run_seal(struct urne_cli *cli)
{
	struct seal s = {.cli = cli};
	enum urne_err e;

	urne_buf_init(&s.part[ELECTION], URNE_MAX_TEXT_FILE);
	urne_buf_init(&s.part[TRUSTEES], (size_t)64 << 20);
	urne_buf_init(&s.part[CREDENTIALS], URNE_MAX_RECORD);
	urne_buf_init(&s.part[SETUP], URNE_MAX_SMALL_FILE);
	urne_buf_init(&s.archive, URNE_MAX_RECORD);
	e = urne_workdir_open(&s.w, cli, cli->args[0], true);
	if (e == URNE_OK) {
		e = check_there(&s);
	}
	if (e == URNE_OK) {
		e = make_parts(&s);
	}
	if (e == URNE_OK) {
		e = check_definition(&s);
	}
	if (e == URNE_OK) {
		e = write_all(&s);
	}
	if (e == URNE_OK) {
		report(&s);
	}
	urne_credentials_free(s.credentials);
	for (size_t i = 0; i < NUM_PARTS; i++) {
		urne_buf_clear(&s.part[i]);
	}
	urne_buf_clear(&s.archive);
	urne_workdir_close(&s.w);
	return e;
}

static const struct urne_option options[] = {{NULL, NULL, NULL, false}};

static const char *const description[] = {
    "Puts trustees (single ones first, then the threshold group), credentials and questions "
    "together into the election, DIR/election.json, and begins its archive DIR/UUID.bel with the "
    "Setup event. From then on nothing of it can change.",
    "Prints the fingerprints of the election, the credentials and the trustees: officials and "
    "trustees compare them aloud before the first ballot.",
    NULL};

const struct urne_command urne_cmd_seal = {
    .name = "seal",
    .summary = "fix the election and open it for ballots",
    .synopsis = "DIR",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "Credentials or trustees are missing or not right (the sentence names the command "
	       "that provides them), a rule of the vote definition can never be met on this roll, "
	       "or the election is sealed already.",
    .example = "urne seal first",
    .run = run_seal,
};
