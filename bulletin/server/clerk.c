/* SPDX-License-Identifier: EUPL-1.2 */
/* One thread that submits like anybody else. It keeps nothing but when to try again: what is to be
 * done follows from the stage of each log, so that a restart goes on where a crash stopped. */
#include "bulletin/server/clerk.h"

#include <time.h>

#include "base/oplog.h"
#include "bulletin/server/admission.h"
#include "bulletin/server/board.h"

/* Seconds until what could not be done is tried again. */
#define PATIENCE ((int64_t)60)

/* What can be done for an election. */
enum act {
	NOTHING,
	RECORD_OPENED,
	END_BALLOTS,
	RECORD_CLOSED,
	TALLY,
	RECORD_TALLIED,
};

static const struct {
	const char *name;
	enum urne_submission_kind kind;
	enum urne_event_type type;		 /* of an event */
	enum urne_record_kind_of_journal record; /* of a record */
} acts[] = {
    [NOTHING] = {.name = ""},
    [RECORD_OPENED] = {"opened", URNE_SUBMIT_RECORD, .record = URNE_JOURNAL_OPENED},
    [END_BALLOTS] = {"EndBallots", URNE_SUBMIT_EVENT, .type = URNE_EVENT_END_BALLOTS},
    [RECORD_CLOSED] = {"closed", URNE_SUBMIT_RECORD, .record = URNE_JOURNAL_CLOSED},
    [TALLY] = {"EncryptedTally", URNE_SUBMIT_EVENT, .type = URNE_EVENT_ENCRYPTED_TALLY},
    [RECORD_TALLIED] = {"tallied", URNE_SUBMIT_RECORD, .record = URNE_JOURNAL_TALLIED},
};

/* --- words for the operator --- */

static void
say_done(const struct urne_board_log *l, const struct urne_submission *s, enum act act)
{
	struct urne_oplog o;

	urne_oplog_begin(&o, URNE_OPLOG_INFO, "done without an order");
	urne_oplog_string(&o, "election", l->uuid);
	urne_oplog_string(&o, "type", acts[act].name);
	urne_oplog_u64(&o, "height", s->height);
	urne_oplog_end(&o);
}

static void
say_not_done(const struct urne_board_log *l, const struct urne_submission *s, enum act act)
{
	struct urne_oplog o;

	urne_oplog_begin(&o, urne_err_is_ours(s->err) ? URNE_OPLOG_ERROR : URNE_OPLOG_WARNING,
	    "not done without an order");
	urne_oplog_string(&o, "election", l->uuid);
	urne_oplog_string(&o, "type", acts[act].name);
	urne_oplog_string(&o, "reason", s->diag.text);
	urne_oplog_end(&o);
}

/* --- one event --- */

static void
came_back(struct urne_submission *s)
{
	struct urne_clerk *c = s->context;

	(void)pthread_mutex_lock(&c->lock);
	c->came_back = true;
	(void)pthread_cond_signal(&c->wake);
	(void)pthread_mutex_unlock(&c->lock);
}

/* submit waits for the outcome; false when the board is too busy to take it. */
static bool
submit(struct urne_clerk *c, struct urne_submission *s)
{
	unsigned retry_after = 0;

	s->done = came_back;
	s->context = c;
	c->came_back = false;
	if (urne_board_submit(c->board, s, &retry_after) != URNE_OK) {
		return false;
	}
	(void)pthread_mutex_lock(&c->lock);
	while (!c->came_back) {
		(void)pthread_cond_wait(&c->wake, &c->lock);
	}
	(void)pthread_mutex_unlock(&c->lock);
	return true;
}

static enum urne_err
make_tally(struct urne_clerk *c, struct urne_submission *s)
{
	struct urne_reader_log l = {c->reader, s->log->id, &c->stop};
	struct urne_records records = urne_reader_records(&l);

	return urne_make_tally(s, s->log->election, &records, c->pool);
}

/* add: whether it is done. */
static bool
add(struct urne_clerk *c, struct urne_board_log *l, enum act act, int64_t now)
{
	struct urne_submission *s = urne_submission_new(acts[act].kind);
	bool done = false;

	l->try_at = now + PATIENCE;
	if (s == NULL) {
		return false;
	}
	s->log = l;
	s->type = acts[act].type;
	s->record = acts[act].record;
	s->err = act == TALLY ? make_tally(c, s) : URNE_OK;
	if (s->err == URNE_OK && !submit(c, s)) {
		l->try_at = 0;
	} else if (s->err == URNE_OK) {
		done = true;
		l->try_at = 0;
		l->told = false;
		say_done(l, s, act);
	} else if (!atomic_load(&c->stop) && !l->told) {
		l->told = true;
		say_not_done(l, s, act);
	}
	urne_submission_free(s);
	return done;
}

/* --- what is to be done --- */

/* What the journal says of an election now. */
struct standing {
	struct urne_view uuid;
	int64_t now;
	enum urne_journal_stage stage;
	bool may_open, is_over;
};

static enum urne_err
read_standing(void *ctx, const struct urne_journal *j)
{
	struct standing *s = ctx;
	const struct urne_journal_election *e = urne_journal_find(j, s->uuid);

	if (e != NULL) {
		s->stage = e->stage;
		s->may_open = e->test || !e->has_hours || s->now >= e->opens;
		s->is_over = e->has_hours && s->now >= e->closes;
	}
	return URNE_OK;
}

/* next_act: what is published is ahead of the journal by one step at most, which comes first. */
static enum act
next_act(const struct standing *s, enum urne_stage stage)
{
	if (s->stage == URNE_JOURNAL_CALLED && s->may_open) {
		return RECORD_OPENED;
	}
	if (s->stage == URNE_JOURNAL_OPEN) {
		return stage != URNE_STAGE_OPEN ? RECORD_CLOSED
		       : s->is_over		? END_BALLOTS
						: NOTHING;
	}
	if (s->stage == URNE_JOURNAL_ENDED) {
		return stage == URNE_STAGE_CLOSED ? TALLY : RECORD_TALLIED;
	}
	return NOTHING;
}

/* look_after: whether something was done, so that there may be more to do. */
static bool
look_after(struct urne_clerk *c, struct urne_board_log *l)
{
	struct standing s = {.uuid = urne_board_log_uuid(l), .now = (int64_t)time(NULL)};
	struct urne_board_state state;
	enum act act;

	urne_board_log_state(l, &state);
	if (s.now < l->try_at || state.size == 0 || l->election == NULL ||
	    urne_board_journal_use(c->board, read_standing, &s) != URNE_OK) {
		return false;
	}
	act = next_act(&s, state.stage);
	return act != NOTHING && add(c, l, act, s.now);
}

static void
pause_a_second(struct urne_clerk *c)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec++;
	(void)pthread_mutex_lock(&c->lock);
	if (!atomic_load(&c->stop)) {
		(void)pthread_cond_timedwait(&c->wake, &c->lock, &until);
	}
	(void)pthread_mutex_unlock(&c->lock);
}

static void *
run(void *ctx)
{
	struct urne_clerk *c = ctx;

	while (!atomic_load(&c->stop)) {
		for (struct urne_board_log *l = urne_registry_first(c->registry);
		     l != NULL && !atomic_load(&c->stop); l = l->next) {
			while (!atomic_load(&c->stop) && look_after(c, l)) {
			}
		}
		pause_a_second(c);
	}
	return NULL;
}

/* A clock that is set back must not make the pause an hour. */
static bool
init_wake(struct urne_clerk *c)
{
	pthread_condattr_t attr;
	bool good;

	if (pthread_condattr_init(&attr) != 0) {
		return false;
	}
	good = pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0 &&
	       pthread_cond_init(&c->wake, &attr) == 0;
	(void)pthread_condattr_destroy(&attr);
	return good;
}

enum urne_err
urne_clerk_start(struct urne_clerk *c, struct urne_diag *d)
{
	atomic_init(&c->stop, false);
	if (pthread_mutex_init(&c->lock, NULL) != 0 || !init_wake(c) ||
	    pthread_create(&c->thread, NULL, run, c) != 0) {
		return urne_fail(d, URNE_ERR_MEMORY, "the board's threads cannot be started");
	}
	c->is_running = true;
	return URNE_OK;
}

void
urne_clerk_stop(struct urne_clerk *c)
{
	if (!c->is_running) {
		return;
	}
	(void)pthread_mutex_lock(&c->lock);
	atomic_store(&c->stop, true);
	(void)pthread_cond_signal(&c->wake);
	(void)pthread_mutex_unlock(&c->lock);
	(void)pthread_join(c->thread, NULL);
	(void)pthread_mutex_destroy(&c->lock);
	(void)pthread_cond_destroy(&c->wake);
	c->is_running = false;
}
