/* SPDX-License-Identifier: EUPL-1.2 */
/* One batch after the other: rows, signature, files, answers, in that order. */
#include "bulletin/server/writer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/oplog.h"
#include "bulletin/server/kept_hints.h"
#include "bulletin/server/place.h"
#include "bulletin/server/proof.h"
#include "bulletin/server/publish.h"
#include "bulletin/server/sign.h"

/* Batches between two checkpoints of the WAL: with full batches some hundred megabytes. */
#define WAL_BATCHES 64
/* What the process ends with when it may not go on. */
#define EXIT_FATAL 3

static int64_t
micros(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* After a failed write nobody knows what the disk holds; a second fsync may lie. Whoever waits gets
 * no answer, sends the same again, and gets the same receipt. */
static _Noreturn void
give_up(const char *step, enum urne_err e, const struct urne_diag *d)
{
	struct urne_oplog l;

	urne_oplog_begin(&l, URNE_OPLOG_ERROR, "fatal");
	urne_oplog_string(&l, "step", step);
	urne_oplog_string(&l, "error", urne_err_name(e));
	urne_oplog_string(&l, "reason", d->text);
	urne_oplog_string(&l, "what now",
	    "the board has stopped; once the cause is gone start it again, it finds out what is "
	    "durable and goes on");
	urne_oplog_end(&l);
	_exit(EXIT_FATAL);
}

/* --- a batch --- */

/* Logs that a batch has changed: an order changes two. */
struct changed {
	struct urne_board_log *log[URNE_BATCH_MAX + 1];
	size_t num;
};

static void
find_changed(struct changed *c, const struct urne_writer *w)
{
	for (struct urne_board_log *l = w->registry->first; l != NULL; l = l->next) {
		if (l->tree.size > l->head_size) {
			c->log[c->num++] = l;
		}
	}
}

void
urne_writer_hold_journal(struct urne_writer *w)
{
	if (!w->journal_held) {
		(void)pthread_mutex_lock(&w->journal_lock);
		w->journal_held = true;
	}
}

void
urne_writer_release_journal(struct urne_writer *w)
{
	if (w->journal_held) {
		w->journal_held = false;
		(void)pthread_mutex_unlock(&w->journal_lock);
	}
}

/* main.db learns what was published with the next batch: one commit less for each. */
static enum urne_err
record_published(struct urne_writer *w, struct urne_diag *d)
{
	enum urne_err e = URNE_OK;

	for (struct urne_board_log *l = w->registry->first; e == URNE_OK && l != NULL;
	     l = l->next) {
		if (l->recorded < l->published) {
			e = urne_store_set_published(&w->store, d, l->id, l->published);
			l->recorded = l->published;
		}
	}
	return e;
}

/* write_rows is step 2: everything of the batch in one transaction. */
static enum urne_err
write_rows(struct urne_writer *w, struct urne_diag *d, struct urne_submission *list)
{
	int64_t now = (int64_t)time(NULL);
	enum urne_err e = urne_store_begin(&w->store, d);

	if (e == URNE_OK) {
		e = record_published(w, d);
	}
	for (struct urne_submission *s = list; e == URNE_OK && s != NULL; s = s->next) {
		s->err = urne_place_submission(w, s, now);
		if (urne_err_is_ours(s->err)) {
			*d = s->diag;
			e = s->err;
		}
	}
	if (e == URNE_OK) {
		e = urne_store_commit(&w->store, d);
	}
	urne_writer_release_journal(w);
	return e;
}

enum urne_err
urne_writer_settle(
    struct urne_writer *w, struct urne_board_log *const *logs, size_t num, struct urne_diag *d)
{
	int64_t start = micros();
	enum urne_err e;

	if (num == 0 && !w->stale_list) {
		return URNE_OK;
	}
	e = urne_sign_heads(logs, num, &w->again, &w->head, d, &w->signer);
	urne_metrics_add(w->metrics, URNE_METRIC_COMMIT_MICROS, micros() - start);
	start = micros();
	if (e == URNE_OK) {
		e = urne_publish(&w->placer, logs, num, &w->store, d, &w->signer.key, w->url);
	}
	if (e == URNE_OK && w->stale_list) {
		e = urne_publish_list(&w->placer, w->registry->first, d, &w->signer.key, w->url);
		w->stale_list = e != URNE_OK;
	}
	for (size_t i = 0; e == URNE_OK && i < num; i++) {
		e = urne_ledger_show(logs[i]);
	}
	urne_metrics_add(w->metrics, URNE_METRIC_PUBLISH_MICROS, micros() - start);
	return e;
}

static enum urne_err
make_receipt(struct urne_writer *w, struct urne_submission *s, struct urne_diag *d)
{
	struct urne_ballot_row row = {s->height, s->has_replaced, s->replaces};

	if (s->kind != URNE_SUBMIT_BALLOT || s->err != URNE_OK) {
		return URNE_OK;
	}
	return urne_proof_receipt(&s->receipt, &w->store, d, s->log, &s->tracker, &row,
	    s->log->head_size, urne_buf_view(&s->log->head_note));
}

static void
say_batch(const struct changed *c, size_t num, int64_t spent)
{
	struct urne_oplog l;

	urne_oplog_begin(&l, URNE_OPLOG_INFO, "batch");
	urne_oplog_u64(&l, "submissions", num);
	urne_oplog_u64(&l, "logs", c->num);
	urne_oplog_u64(&l, "micros", spent < 0 ? 0 : (uint64_t)spent);
	urne_oplog_end(&l);
}

/* answer hands each one back; an event whose log has moved on since it was checked goes back to the
 * checks instead. */
static void
answer(struct urne_writer *w, struct urne_submission *list)
{
	while (list != NULL) {
		struct urne_submission *s = list;

		list = s->next;
		s->next = NULL;
		urne_metrics_add(w->metrics, URNE_METRIC_QUEUE_WRITE, -1);
		if (s->again) {
			s->again = false;
			urne_metrics_add(w->metrics, URNE_METRIC_QUEUE_CHECK, 1);
			urne_queue_push(w->checks, s);
		} else {
			w->answered(w->ctx, s);
		}
	}
}

static void
run_batch(struct urne_writer *w, struct urne_submission *list)
{
	struct changed c = {.num = 0};
	struct urne_diag d = {{0}};
	int64_t start = micros();
	size_t num = 0;
	enum urne_err e = write_rows(w, &d, list);

	if (e != URNE_OK) {
		give_up("main.db", e, &d);
	}
	find_changed(&c, w);
	urne_metrics_add(w->metrics, URNE_METRIC_COMMIT_MICROS, micros() - start);
	e = urne_writer_settle(w, c.log, c.num, &d);
	for (struct urne_submission *s = list; e == URNE_OK && s != NULL; s = s->next, num++) {
		e = make_receipt(w, s, &d);
	}
	if (e != URNE_OK) {
		give_up("signing and publishing", e, &d);
	}
	/* nothing depends on them, and nobody is refused for them */
	for (size_t i = 0; w->keeps_hints && i < c.num; i++) {
		urne_kept_hints_append(c.log[i], w->placer.top, w->metrics, list);
	}
	urne_metrics_add(w->metrics, URNE_METRIC_BATCHES, 1);
	if (c.num > 0) {
		say_batch(&c, num, micros() - start);
	}
	answer(w, list);
}

void
urne_writer_run(struct urne_writer *w)
{
	struct urne_submission *list;
	struct urne_diag d = {{0}};
	unsigned batches = 0;

	while ((list = urne_queue_gather(&w->queue, w->batch_ms, URNE_BATCH_MAX)) != NULL) {
		run_batch(w, list);
		if (++batches % WAL_BATCHES == 0) {
			enum urne_err e = urne_store_checkpoint(&w->store, &d);

			if (e != URNE_OK) {
				give_up("checkpoint of main.db", e, &d);
			}
		}
	}
}

void
urne_writer_end(struct urne_writer *w)
{
	struct urne_diag d = {{0}};
	enum urne_err e = urne_store_begin(&w->store, &d);

	e = e == URNE_OK ? record_published(w, &d) : e;
	e = e == URNE_OK ? urne_store_commit(&w->store, &d) : e;
	e = e == URNE_OK ? urne_store_checkpoint(&w->store, &d) : e;
	if (e != URNE_OK) {
		struct urne_oplog l;

		urne_oplog_begin(&l, URNE_OPLOG_WARNING, "closing");
		urne_oplog_string(&l, "reason", d.text);
		urne_oplog_end(&l);
	}
}
