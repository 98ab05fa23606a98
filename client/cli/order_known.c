/* SPDX-License-Identifier: EUPL-1.2 */
/* One function for each action whose arguments follow from something. */
#include "client/cli/order_known.h"

#include <inttypes.h>

#include "base/pool.h"
#include "client/cli/draft_setup.h"
#include "client/cli/fetched.h"
#include "crypto/sha256.h"

#define KNOWN_MEMORY ((size_t)512 << 20)

struct source {
	struct urne_order_board *b; /* NULL: no board */
	struct urne_view election;
	const char *from; /* NULL: the board */
};

/* --- values --- */

static enum urne_err
know(struct urne_order_known *k, size_t i, struct urne_view value)
{
	enum urne_err e = urne_arena_copy(&k->arena, &k->value[i], value);

	k->there[i] = e == URNE_OK;
	return e == URNE_OK ? e : urne_fail(&k->cli->diag, e, "no memory for the order");
}

static enum urne_err
know_hash(struct urne_order_known *k, size_t i, const struct urne_hash *h)
{
	char hex[URNE_HASH_HEX_LEN];

	urne_hex_encode(hex, h->b, URNE_HASH_LEN);
	return know(k, i, (struct urne_view){hex, sizeof(hex)});
}

static enum urne_err
know_number(struct urne_order_known *k, size_t i, uint64_t n)
{
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_buf_put_u64(&text, n);
	e = know(k, i, urne_buf_view(&text));
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
know_time(struct urne_order_known *k, size_t i, int64_t seconds)
{
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_utc_write(&text, seconds);
	e = urne_buf_error(&text);
	if (e == URNE_OK) {
		e = know(k, i, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	return e;
}

/* same_election: a folder of another one would lend its values to this order. */
static enum urne_err
same_election(const struct urne_order_known *k, const struct source *s, struct urne_view uuid)
{
	return urne_view_eq(uuid, s->election)
		   ? URNE_OK
		   : urne_fail(&k->cli->diag, URNE_ERR_MISMATCH,
			 "%s: holds election %.*s, and the order is for %.*s", s->from,
			 (int)uuid.len, uuid.p, (int)s->election.len, s->election.p);
}

/* --- prepare --- */

/* What the vote is about stands in the folder of whoever prepares it. Without one nobody can know
 * it before it is ordered: then the usual values fill a new order, and judge none. */
static enum urne_err
know_prepare(struct urne_order_known *k, const struct source *s)
{
	struct urne_workdir w;
	enum urne_err e;

	if (s->from == NULL) {
		k->usual = true;
		e = know(k, URNE_PREPARE_DEFINITION, (struct urne_view){"-", 1});
		return e == URNE_OK
			   ? know(k, URNE_PREPARE_GROUP, urne_view_of(urne_group_ed25519.name))
			   : e;
	}
	e = urne_workdir_open(&w, k->cli, s->from, false);
	if (e == URNE_OK) {
		e = same_election(k, s, w.draft.uuid);
	}
	if (e == URNE_OK) {
		e = know(k, URNE_PREPARE_DEFINITION,
		    w.draft.vote_definition.len > 0 ? w.draft.vote_definition
						    : (struct urne_view){"-", 1});
	}
	if (e == URNE_OK) {
		e = know(k, URNE_PREPARE_GROUP, urne_view_of(w.draft.group->name));
	}
	urne_workdir_close(&w);
	return e;
}

/* --- roll --- */

static enum urne_err
know_credentials(
    struct urne_order_known *k, const struct urne_credentials *c, struct urne_view text)
{
	struct urne_hash hash;
	enum urne_err e;

	urne_sha256_of(&hash, text);
	if ((e = know_hash(k, URNE_ROLL_CREDENTIALS, &hash)) ||
	    (e = know_number(k, URNE_ROLL_COUNT, urne_credentials_count(c)))) {
		return e;
	}
	return know_number(k, URNE_ROLL_WEIGHT, urne_credentials_total_weight(c));
}

static enum urne_err
know_roll(struct urne_order_known *k, const struct source *s)
{
	struct urne_credentials *credentials = NULL;
	struct urne_workdir w;
	struct urne_buf text;
	enum urne_err e;

	if (s->from == NULL) {
		return URNE_OK;
	}
	urne_buf_init(&text, URNE_MAX_RECORD);
	e = urne_workdir_open(&w, k->cli, s->from, false);
	if (e == URNE_OK) {
		e = urne_cli_read_line(
		    k->cli, &text, urne_workdir_path(&w, "public_credentials.json"));
	}
	if (e == URNE_OK) {
		e = urne_credentials_parse(&credentials, w.draft.group, &k->cli->diag,
		    urne_buf_view(&text), urne_cli_pool(k->cli));
	}
	if (e == URNE_OK) {
		e = know_credentials(k, credentials, urne_buf_view(&text));
	}
	urne_credentials_free(credentials);
	urne_workdir_close(&w);
	urne_buf_clear(&text);
	return e;
}

/* --- seal --- */

static enum urne_err
know_sealed(struct urne_order_known *k)
{
	const struct urne_sealed *s = k->sealed;
	const struct urne_view none = {"-", 1};
	bool sealed = s->election.vote_definition.len > 0;
	enum urne_err e;

	if (sealed && !s->has_definition) {
		return urne_fail(&k->cli->diag, URNE_ERR_INCOMPLETE,
		    "%s: the vote definition is missing, put it beside the archive as "
		    "%.*s.vote.json",
		    s->place, (int)s->election.uuid.len, s->election.uuid.p);
	}
	if ((e = know_hash(k, URNE_SEAL_SETUP, &k->setup)) ||
	    (e = know(k, URNE_SEAL_DEFINITION, sealed ? s->election.vote_definition : none)) ||
	    (e = know_number(k, URNE_SEAL_TRUSTEES, s->trustees.num_owners)) ||
	    (e = sealed ? know_time(k, URNE_SEAL_OPENS, s->definition.opens.seconds)
			: know(k, URNE_SEAL_OPENS, none)) ||
	    (e = sealed ? know_time(k, URNE_SEAL_CLOSES, s->definition.closes.seconds)
			: know(k, URNE_SEAL_CLOSES, none))) {
		return e;
	}
	return know(k, URNE_SEAL_KIND, urne_view_of(s->test ? "test" : "vote"));
}

/* What the registrar ordered and who was to hold the key bind the officials too. */
static enum urne_err
compare_journal(const struct urne_order_known *k)
{
	const struct urne_sealed *s = k->sealed;
	const struct urne_journal_election *j = k->journal;
	const struct urne_trustee_item *item = s->trustees.num_items > 0 ? s->trustees.items : NULL;
	struct urne_hash roll;

	if (j == NULL) {
		return URNE_OK;
	}
	urne_sha256_of(&roll, urne_buf_view(&s->credentials_text));
	if (j->has_roll && (!urne_hash_eq(&roll, &j->credentials) ||
			       j->num_credentials != urne_credentials_count(s->credentials) ||
			       j->weight != urne_credentials_total_weight(s->credentials))) {
		return urne_fail(&k->cli->diag, URNE_ERR_MISMATCH,
		    "%s: do not sign: its list of credentials is not the roll that the registrar "
		    "ordered; ask the registrar",
		    s->place);
	}
	if (j->num_prepared > 0 && (s->trustees.num_items != 1 || !item->is_threshold ||
				       item->threshold.size != j->num_prepared ||
				       item->threshold.threshold != j->threshold ||
				       !urne_view_is(j->group, s->election.group->name))) {
		return urne_fail(&k->cli->diag, URNE_ERR_MISMATCH,
		    "%s: do not sign: its trustees are not the %zu of the order \"prepare\", of "
		    "whom %" PRIu64 " suffice; ask who made it",
		    s->place, j->num_prepared, j->threshold);
	}
	return URNE_OK;
}

static enum urne_err
know_seal(struct urne_order_known *k, const struct source *s)
{
	enum urne_err e;

	if (s->from != NULL) {
		e = urne_state_open(&k->state, k->cli, s->from, false);
		k->sealed = &k->state.sealed;
		if (e == URNE_OK) {
			e = same_election(k, s, k->sealed->election.uuid);
		}
		if (e == URNE_OK) {
			k->setup = k->state.others[0].event.payload;
		}
	} else if (s->b != NULL) {
		e = urne_order_board_election(s->b, &k->remote, s->election);
		if (e == URNE_OK) {
			k->draft.place = k->remote.address.data;
			e = urne_draft_setup(&k->remote, &k->draft, &k->setup);
		}
		k->sealed = e == URNE_OK ? &k->draft : NULL;
	} else {
		return URNE_OK;
	}
	if (e == URNE_OK && s->b != NULL) {
		k->journal = urne_journal_find(s->b->journal, s->election);
		e = compare_journal(k);
	}
	return e == URNE_OK ? know_sealed(k) : e;
}

/* --- checklist --- */

static enum urne_err
know_checklist(struct urne_order_known *k, const struct source *s)
{
	const struct urne_journal_election *j;
	struct urne_hash root, software;
	enum urne_err e;

	if (s->b == NULL) {
		return URNE_OK;
	}
	j = urne_journal_find(s->b->journal, s->election);
	if (j == NULL || j->stage < URNE_JOURNAL_SEALED) {
		return urne_fail(&k->cli->diag, URNE_ERR_ORDER,
		    "%.*s: is not sealed yet, so there is nothing to check; ask \"urne status "
		    "--board\" what comes first",
		    (int)s->election.len, s->election.p);
	}
	e = urne_order_board_election(s->b, &k->remote, s->election);
	if (e == URNE_OK) {
		e = urne_remote_checkpoint(&k->remote);
	}
	if (e == URNE_OK) {
		e = urne_remote_beginning(&k->remote, &root, 1);
	}
	if (e == URNE_OK) {
		e = know_hash(k, URNE_CHECKLIST_URN, &root);
	}
	if (e == URNE_OK && urne_journal_software(s->b->journal, &software)) {
		e = know_hash(k, URNE_CHECKLIST_SOFTWARE, &software);
	}
	return e == URNE_OK ? know_number(k, URNE_CHECKLIST_REHEARSED, j->num_rehearsed) : e;
}

/* --- release --- */

static enum urne_err
result_of(struct urne_fetched *f, struct urne_result *result, struct urne_arena *arena)
{
	struct urne_state *s = &f->s;
	struct urne_tally tally;
	enum urne_err e;

	if (s->chain.stage == URNE_STAGE_DONE) {
		return urne_state_load_result(s, result);
	}
	e = urne_state_demand(s, URNE_STAGE_DECRYPTING, "result to be released");
	if (e == URNE_OK) {
		e = urne_state_check_tally(s, &tally, arena);
	}
	if (e == URNE_OK) {
		e = urne_sealed_floor(&s->sealed, tally.num_tallied);
	}
	return e == URNE_OK ? urne_state_combine(s, result, &tally) : e;
}

static enum urne_err
know_release(struct urne_order_known *k, const struct source *s)
{
	struct urne_result result = {NULL};
	struct urne_fetched f;
	struct urne_buf address, text;
	struct urne_hash hash;
	enum urne_err e;

	if (s->b == NULL) {
		return URNE_OK;
	}
	urne_buf_init(&address, URNE_MAX_SMALL_FILE);
	urne_buf_init(&text, URNE_MAX_BALLOT);
	urne_buf_printf(
	    &address, "%s/bb/%.*s", s->b->given.base.data, (int)s->election.len, s->election.p);
	urne_buf_put(&address, "", 1);
	e = urne_fetched_open(&f, k->cli, address.data);
	if (e == URNE_OK) {
		e = result_of(&f, &result, &k->arena);
	}
	if (e == URNE_OK) {
		urne_result_write(&text, &f.s.sealed.election, &result);
		e = urne_buf_error(&text);
	}
	if (e == URNE_OK) {
		urne_sha256_of(&hash, urne_buf_view(&text));
		e = know_hash(k, URNE_RELEASE_RESULT, &hash);
	}
	urne_fetched_clear(&f);
	urne_buf_clear(&address);
	urne_buf_clear(&text);
	return e;
}

/* --- certify --- */

static enum urne_err
know_certify(struct urne_order_known *k, const struct source *s)
{
	const char *path = urne_cli_option(k->cli, "minutes");
	struct urne_hash hash;
	enum urne_err e;

	(void)s;
	if (path == NULL) {
		return urne_fail(&k->cli->diag, URNE_ERR_USAGE,
		    "nobody certifies minutes unread: give the file with --minutes, as \"urne "
		    "minutes\" wrote it and \"urne-verify --minutes\" checks it");
	}
	e = urne_cli_hash_file(k->cli, &hash, path);
	return e == URNE_OK ? know_hash(k, URNE_CERTIFY_MINUTES, &hash) : e;
}

/* --- all of them --- */

static enum urne_err (*const knowers[URNE_NUM_ACTIONS])(
    struct urne_order_known *k, const struct source *s) = {
    [URNE_ACTION_PREPARE] = know_prepare,
    [URNE_ACTION_ROLL] = know_roll,
    [URNE_ACTION_SEAL] = know_seal,
    [URNE_ACTION_CHECKLIST] = know_checklist,
    [URNE_ACTION_RELEASE] = know_release,
    [URNE_ACTION_CERTIFY] = know_certify,
};

enum urne_err
urne_order_known(struct urne_order_known *k, struct urne_order_board *b, struct urne_cli *cli,
    enum urne_action action, struct urne_view election, const char *from)
{
	const struct source s = {.b = b, .election = election, .from = from};

	*k = (struct urne_order_known){.cli = cli, .action = action, .state = {.lock = -1}};
	urne_arena_init(&k->arena, KNOWN_MEMORY);
	urne_sealed_init(&k->draft, cli, "");
	return knowers[action] != NULL ? knowers[action](k, &s) : URNE_OK;
}

void
urne_order_known_clear(struct urne_order_known *k)
{
	urne_state_close(&k->state);
	urne_remote_close(&k->remote);
	urne_sealed_clear(&k->draft);
	urne_arena_clear(&k->arena);
}

enum urne_err
urne_order_known_check(const struct urne_order_known *k, const struct urne_order *o)
{
	const struct urne_action_form *form = urne_action_form(k->action);

	for (size_t i = 0; !k->usual && i < URNE_ORDER_MAX_NAMES && i < o->num_values; i++) {
		if (k->there[i] && !urne_view_eq(k->value[i], o->value[i])) {
			return urne_fail(&k->cli->diag, URNE_ERR_MISMATCH,
			    "do not sign: the order says %s %.*s, and by what is here and at the "
			    "board it is "
			    "%.*s; ask who wrote it",
			    form->argument[i].name, (int)o->value[i].len, o->value[i].p,
			    (int)k->value[i].len, k->value[i].p);
		}
	}
	return URNE_OK;
}
