/* SPDX-License-Identifier: EUPL-1.2 */
/* One thread that submits like anybody else. It keeps nothing but when to try again: what is to be
 * done follows from the stage of each log, so that a restart goes on where a crash stopped. */
#include "bulletin/server/clerk.h"

#include <time.h>

#include "base/oplog.h"
#include "bulletin/server/admission.h"

/* Seconds until what could not be done is tried again. */
#define PATIENCE ((int64_t)60)

/* --- words for the operator --- */

static void
say_done(const struct urne_board_log *l, const struct urne_submission *s)
{
	struct urne_oplog o;

	urne_oplog_begin(&o, URNE_OPLOG_INFO, "done without an order");
	urne_oplog_string(&o, "election", l->uuid);
	urne_oplog_string(&o, "type", urne_event_type_name(s->type));
	urne_oplog_u64(&o, "height", s->height);
	urne_oplog_end(&o);
}

static void
say_not_done(const struct urne_board_log *l, const struct urne_submission *s)
{
	struct urne_oplog o;

	urne_oplog_begin(&o, urne_err_is_ours(s->err) ? URNE_OPLOG_ERROR : URNE_OPLOG_WARNING,
	    "not done without an order");
	urne_oplog_string(&o, "election", l->uuid);
	urne_oplog_string(&o, "type", urne_event_type_name(s->type));
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

	return urne_make_tally(s, s->log->election, &records, c->num_threads);
}

static void
add(struct urne_clerk *c, struct urne_board_log *l, enum urne_event_type type, int64_t now)
{
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_EVENT);

	l->try_at = now + PATIENCE;
	if (s == NULL) {
		return;
	}
	s->log = l;
	s->type = type;
	s->err = type == URNE_EVENT_ENCRYPTED_TALLY ? make_tally(c, s) : URNE_OK;
	if (s->err == URNE_OK && !submit(c, s)) {
		l->try_at = 0;
	} else if (s->err == URNE_OK) {
		l->try_at = 0;
		l->told = false;
		say_done(l, s);
	} else if (!atomic_load(&c->stop) && !l->told) {
		l->told = true;
		say_not_done(l, s);
	}
	urne_submission_free(s);
}

/* --- what is to be done --- */

static bool
is_over(const struct urne_board_election *e, int64_t now)
{
	return !e->test && atomic_load_explicit(&e->has_definition, memory_order_acquire) &&
	       now >= e->definition.closes.seconds;
}

static void
look_after(struct urne_clerk *c, struct urne_board_log *l)
{
	int64_t now = (int64_t)time(NULL);
	struct urne_board_state state;

	urne_board_log_state(l, &state);
	if (now < l->try_at) {
		return;
	}
	switch (state.stage) {
	case URNE_STAGE_OPEN:
		if (is_over(l->election, now)) {
			add(c, l, URNE_EVENT_END_BALLOTS, now);
		}
		break;
	case URNE_STAGE_CLOSED:
		add(c, l, URNE_EVENT_ENCRYPTED_TALLY, now);
		break;
	case URNE_STAGE_EMPTY:
	case URNE_STAGE_SHUFFLING:
	case URNE_STAGE_DECRYPTING:
	case URNE_STAGE_DONE:
	case URNE_STAGE_JOURNAL:
		break;
	}
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
			look_after(c, l);
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
