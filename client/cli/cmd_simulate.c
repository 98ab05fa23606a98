/* SPDX-License-Identifier: EUPL-1.2 */
/* urne simulate: many random valid votes into a test election, on all cores. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/pool.h"
#include "client/cli/commands.h"
#include "client/cli/progress.h"
#include "client/cli/state.h"
#include "election/credential.h"
#include "election/vote.h"

/* Ballots made before each write: enough for all cores, little memory. */
#define PER_THREAD ((size_t)64)
#define MAX_VOTES  ((uint64_t)100000000)

struct slot {
	struct urne_buf ballot;
	struct urne_hash tracker;
	enum urne_err err;
	struct urne_diag diag;
};

struct simulate {
	struct urne_cli *cli;
	struct urne_state s;
	struct urne_arena arena;
	struct urne_buf private_file;
	struct urne_view *credentials; /* secret */
	size_t num_credentials;
	uint64_t num_ballots, num_revotes;
	struct urne_pool *pool;
	struct slot *slots;
	struct urne_rng *rngs; /* one per thread */
	struct urne_rng order;
	size_t first, num_first; /* ballot at work; ballots that are no revotes */
};

/* --- the private credentials --- */

static enum urne_err
read_json_list(struct simulate *m)
{
	const struct urne_json *root = NULL;
	enum urne_err e =
	    urne_json_parse(&root, &m->arena, &m->cli->diag, urne_buf_view(&m->private_file));

	if (e != URNE_OK) {
		return e;
	}
	m->credentials = urne_arena_alloc(&m->arena, root->num_children, sizeof(*m->credentials));
	if (m->credentials == NULL) {
		return urne_fail(&m->cli->diag, URNE_ERR_MEMORY, "no memory");
	}
	for (const struct urne_json *v = root->child; v != NULL; v = v->next) {
		if (v->type != URNE_JSON_STRING) {
			return urne_json_fail(
			    &m->cli->diag, URNE_ERR_SYNTAX, v, "a credential is a string");
		}
		m->credentials[m->num_credentials++] = v->text;
	}
	return URNE_OK;
}

static enum urne_err
read_line_list(struct simulate *m)
{
	struct urne_view text = urne_buf_view(&m->private_file);
	size_t max = 1;

	for (size_t i = 0; i < text.len; i++) {
		max += text.p[i] == '\n' ? 1 : 0;
	}
	m->credentials = urne_arena_alloc(&m->arena, max, sizeof(*m->credentials));
	if (m->credentials == NULL) {
		return urne_fail(&m->cli->diag, URNE_ERR_MEMORY, "no memory");
	}
	for (size_t line = 1; text.len > 0; line++) {
		const char *end = memchr(text.p, '\n', text.len);
		size_t len = end != NULL ? (size_t)(end - text.p) : text.len;
		const char *blank = memchr(text.p, ' ', len);

		if (blank == NULL) {
			return urne_fail(&m->cli->diag, URNE_ERR_SYNTAX,
			    "line %zu: write \"identifier credential\"", line);
		}
		m->credentials[m->num_credentials++] =
		    (struct urne_view){blank + 1, len - (size_t)(blank + 1 - text.p)};
		text.p += end != NULL ? len + 1 : len;
		text.len -= end != NULL ? len + 1 : len;
	}
	return URNE_OK;
}

static enum urne_err
read_credentials(struct simulate *m)
{
	const char *path = urne_cli_option(m->cli, "credentials");
	enum urne_err e = urne_cli_read(m->cli, &m->private_file, path);

	if (e != URNE_OK) {
		return e;
	}
	e = urne_view_starts(urne_buf_view(&m->private_file), "{") ? read_json_list(m)
								   : read_line_list(m);
	if (e != URNE_OK) {
		urne_diag_within(&m->cli->diag, "%s: ", path);
	} else if (m->num_first > m->num_credentials) {
		e = urne_fail(&m->cli->diag, URNE_ERR_RANGE,
		    "%s: %zu credentials cannot cast %zu first votes; ask for fewer ballots or for "
		    "more --revotes",
		    path, m->num_credentials, m->num_first);
	}
	return e;
}

/* --- the votes --- */

/* Fisher and Yates, as far as it is needed: the first num_first credentials vote, then some of
 * them vote again. */
static void
shuffle(struct simulate *m)
{
	for (size_t i = 0; i < m->num_first; i++) {
		size_t j = i + (size_t)urne_rng_below(&m->order, m->num_credentials - i);
		struct urne_view v = m->credentials[i];
		m->credentials[i] = m->credentials[j];
		m->credentials[j] = v;
	}
}

static void
vote_one(void *ctx, size_t i, size_t t)
{
	struct simulate *m = ctx;
	struct slot *slot = &m->slots[i];
	const struct urne_election *e = &m->s.sealed.election;
	size_t n = m->first + i;
	struct urne_choices choices = {NULL, 0};
	struct urne_secret x;

	memset(&x, 0, sizeof(x));
	if (n >= m->num_first) {
		n = (size_t)urne_rng_below(&m->rngs[t], m->num_first);
	}
	urne_buf_reset(&slot->ballot);
	slot->err = urne_credential_derive(&x, &slot->diag, e->group, e->uuid, m->credentials[n]);
	if (slot->err == URNE_OK) {
		slot->err = urne_choices_random(&choices, e, &m->rngs[t]);
	}
	if (slot->err == URNE_OK) {
		slot->err = urne_ballot_encrypt(
		    &slot->ballot, &slot->tracker, &slot->diag, e, &choices, &x, &m->rngs[t]);
	}
	if (slot->err == URNE_OK) {
		slot->err = urne_buf_error(&slot->ballot);
	}
	urne_choices_clear(&choices);
	urne_secret_clear(&x);
}

static enum urne_err
write_chunk(struct simulate *m, struct urne_buf *records, size_t num)
{
	urne_buf_reset(records);
	for (size_t i = 0; i < num; i++) {
		struct urne_view text = urne_buf_view(&m->slots[i].ballot);
		enum urne_err e = m->slots[i].err;
		if (e != URNE_OK) {
			return urne_fail(&m->cli->diag, e, "ballot %zu: %s", m->first + i + 1,
			    m->slots[i].diag.text);
		}
		e = urne_event_append(records, &m->s.chain, &m->cli->diag, URNE_EVENT_BALLOT, &text,
		    1, m->s.timestamp);
		if (e != URNE_OK) {
			return e;
		}
	}
	return urne_state_append(&m->s, urne_buf_view(records), m->first + num >= m->num_ballots);
}

static enum urne_err
vote_all(struct simulate *m)
{
	uint64_t end = m->s.end;
	struct urne_progress p;
	struct urne_buf records;
	enum urne_err e = URNE_OK;

	urne_buf_init(&records, URNE_MAX_RECORD);
	urne_progress_start(&p, "ballots cast", (size_t)m->num_ballots);
	while (e == URNE_OK && m->first < m->num_ballots) {
		size_t left = (size_t)m->num_ballots - m->first;
		size_t max = urne_pool_size(m->pool) * PER_THREAD;
		size_t num = left < max ? left : max;

		urne_pool_for(m->pool, num, vote_one, m);
		e = write_chunk(m, &records, num);
		m->first += num;
		urne_progress_add(&p, num);
	}
	urne_progress_end(&p);
	urne_buf_clear(&records);
	if (e != URNE_OK && m->s.torn == 0) {
		/* all or nothing */
		(void)!ftruncate(m->s.lock, (off_t)end);
	}
	return e;
}

static enum urne_err
prepare(struct simulate *m)
{
	enum urne_err e = urne_rng_init(&m->order);

	m->slots = calloc(urne_pool_size(m->pool) * PER_THREAD, sizeof(*m->slots));
	m->rngs = calloc(urne_pool_size(m->pool), sizeof(*m->rngs));
	if (m->slots == NULL || m->rngs == NULL) {
		return urne_fail(&m->cli->diag, URNE_ERR_MEMORY, "no memory for the ballots");
	}
	for (size_t i = 0; i < urne_pool_size(m->pool) * PER_THREAD; i++) {
		urne_buf_init(&m->slots[i].ballot, URNE_MAX_BALLOT);
	}
	for (size_t t = 0; e == URNE_OK && t < urne_pool_size(m->pool); t++) {
		e = urne_rng_init(&m->rngs[t]);
	}
	if (e != URNE_OK) {
		return urne_fail(&m->cli->diag, e, "the system gives no randomness");
	}
	shuffle(m);
	return URNE_OK;
}

static enum urne_err
numbers(struct simulate *m)
{
	uint64_t percent = 0, threads = 0;
	enum urne_err e = urne_cli_number(m->cli, &m->num_ballots, "ballots", 1, MAX_VOTES);

	if (e == URNE_OK) {
		e = urne_cli_number(m->cli, &percent, "revotes", 0, 99);
	}
	if (e == URNE_OK) {
		e = urne_cli_number(m->cli, &threads, "threads", 1, URNE_MAX_THREADS);
	}
	m->pool = urne_pool_new((size_t)threads);
	m->num_revotes = m->num_ballots * percent / 100;
	m->num_first = (size_t)(m->num_ballots - m->num_revotes);
	return e;
}

static void
clear(struct simulate *m)
{
	for (size_t i = 0; m->slots != NULL && i < urne_pool_size(m->pool) * PER_THREAD; i++) {
		urne_buf_clear(&m->slots[i].ballot);
	}
	urne_pool_free(m->pool);
	free(m->slots);
	free(m->rngs);
	urne_rng_clear(&m->order);
	urne_arena_clear(&m->arena);
	urne_buf_clear(&m->private_file);
	urne_state_close(&m->s);
}

static enum urne_err
run_simulate(struct urne_cli *cli)
{
	struct simulate m = {.cli = cli};
	enum urne_err e = numbers(&m);

	if (e != URNE_OK) {
		return e;
	}
	urne_arena_init_secret(&m.arena, (size_t)4 << 30);
	urne_buf_init_secret(&m.private_file, URNE_MAX_RECORD);
	e = urne_state_open(&m.s, cli, cli->args[0], true);
	if (e == URNE_OK && !m.s.sealed.test) {
		e = urne_fail(&cli->diag, URNE_ERR_ORDER,
		    "%s: this is a real election; only those made with \"urne new --test\" can be "
		    "filled with random votes",
		    cli->args[0]);
	}
	if (e == URNE_OK) {
		e = urne_state_demand(&m.s, URNE_STAGE_OPEN, "voting");
	}
	if (e == URNE_OK) {
		e = read_credentials(&m);
	}
	if (e == URNE_OK) {
		e = prepare(&m);
	}
	if (e == URNE_OK) {
		e = vote_all(&m);
	}
	if (e == URNE_OK) {
		urne_cli_say(cli, "%s: %" PRIu64 " random votes cast, %" PRIu64 " of them revotes",
		    cli->args[0], m.num_ballots, m.num_revotes);
		urne_cli_put_u64(cli, "ballots", m.num_ballots);
		urne_cli_put_u64(cli, "revotes", m.num_revotes);
	}
	clear(&m);
	return e;
}

static const struct urne_option options[] = {
    {"ballots", "N", "How many ballots to cast.", true},
    {"credentials", "PRIVATE", "The private credentials that \"urne credentials\" wrote.", true},
    {"revotes", "P", "How many per cent of the ballots are revotes; none by default.", false},
    {"threads", "N", "How many threads encrypt; all cores by default.", false},
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Casts random valid votes into a test election: one made with \"urne new --test\", whose name "
    "says so to everybody. For rehearsals and benchmarks.",
    NULL};

const struct urne_command urne_cmd_simulate = {
    .name = "simulate",
    .summary = "cast random votes into a test election",
    .synopsis = "DIR --ballots N --credentials PRIVATE [--revotes P] [--threads N]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The election is no test election or not open, or there are too few credentials.",
    .example = "urne simulate rehearsal --ballots 1000 --credentials private.json --revotes 10",
    .run = run_simulate,
};
