/* SPDX-License-Identifier: EUPL-1.2 */
/* What ties the parts together: the folder and its lock, the threads, and what is on its way. */
#include "bulletin/server/board.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/pool.h"
#include "bulletin/server/checkers.h"
#include "bulletin/server/clerk.h"
#include "bulletin/server/draft.h"
#include "bulletin/server/folder.h"
#include "bulletin/server/journal_start.h"
#include "bulletin/server/kept_hints.h"
#include "bulletin/server/proof.h"
#include "bulletin/server/reader.h"
#include "bulletin/server/recover.h"
#include "bulletin/server/waiting.h"
#include "bulletin/server/writer.h"
#include "crypto/sha256.h"

struct urne_board {
	struct urne_folder folder;
	struct urne_buf public_path;
	struct urne_pages *pages;
	struct urne_registry registry;
	struct urne_metrics metrics;
	struct urne_writer writer;
	struct urne_pool *pool;

	struct urne_reader reader;
	struct urne_order_room room;
	struct urne_clerk clerk;

	/* what is on its way */
	pthread_mutex_t counting;
	pthread_cond_t none_left;
	size_t on_the_way;
	bool stopping;

	struct urne_checkers checkers;
	pthread_t writing;
	bool is_writing;
};

/* --- answers --- */

/* count_outcome: in numbers only; which ballot it was is nobody's business. */
static void
count_outcome(struct urne_metrics *m, const struct urne_submission *s)
{
	if (s->kind != URNE_SUBMIT_BALLOT) {
		urne_metrics_add(m, URNE_METRIC_EVENTS_ACCEPTED,
		    s->kind == URNE_SUBMIT_EVENT && s->err == URNE_OK && !s->repeated ? 1 : 0);
		return;
	}
	urne_metrics_add(m,
	    s->err != URNE_OK ? URNE_METRIC_BALLOTS_REFUSED
	    : s->repeated     ? URNE_METRIC_BALLOTS_REPEATED
			      : URNE_METRIC_BALLOTS_ACCEPTED,
	    1);
}

/* answered counts a submission out and gives it back. */
static void
answered(void *ctx, struct urne_submission *s)
{
	struct urne_board *b = ctx;

	count_outcome(&b->metrics, s);
	s->done(s);
	(void)pthread_mutex_lock(&b->counting);
	b->on_the_way--;
	if (b->on_the_way == 0) {
		(void)pthread_cond_broadcast(&b->none_left);
	}
	(void)pthread_mutex_unlock(&b->counting);
}

static void *
run_writer(void *ctx)
{
	urne_writer_run(ctx);
	return NULL;
}

/* --- opening and closing --- */

static enum urne_err
open_parts(struct urne_board *b, struct urne_diag *d)
{
	struct urne_writer *w = &b->writer;
	enum urne_err e = urne_head_open(&w->head, d, b->folder.head.data);

	if (e == URNE_OK) {
		e = urne_store_open(&w->store, d, b->folder.main.data, true);
	}
	if (e == URNE_OK) {
		e = urne_placer_open(&w->placer, d, b->folder.dir, false);
	}
	if (e == URNE_OK) {
		e = urne_recover(w, d, b->pool);
	}
	if (e == URNE_OK) {
		e = urne_journal_agrees(w, d, &b->folder.config);
	}
	/* up to here nothing has been written: who is refused finds the folder as it was */
	if (e == URNE_OK) {
		e = urne_store_use_wal(&w->store, d);
	}
	if (e == URNE_OK) {
		e = urne_store_open(&w->again, d, b->folder.main.data, false);
	}
	if (e == URNE_OK) {
		e = urne_store_open(&b->reader.store, d, b->folder.main.data, false);
	}
	if (e == URNE_OK) {
		e = urne_placer_tidy(&w->placer, d);
	}
	if (e == URNE_OK) {
		e = urne_recover_finish(w, d);
	}
	if (e == URNE_OK && w->keeps_hints) {
		urne_kept_hints_start(&b->registry, w->placer.top, &w->store, b->pool);
	}
	return e == URNE_OK ? urne_journal_begin(w, d, &b->folder.config, b->pages) : e;
}

static enum urne_err
start_threads(struct urne_board *b, struct urne_diag *d)
{
	b->is_writing = pthread_create(&b->writing, NULL, run_writer, &b->writer) == 0;
	return b->is_writing
		   ? urne_checkers_start(&b->checkers, d)
		   : urne_fail(d, URNE_ERR_MEMORY, "the board's threads cannot be started");
}

static enum urne_err
init(struct urne_board *b, struct urne_diag *d, const struct urne_board_options *o)
{
	struct urne_writer *w = &b->writer;
	enum urne_err e;

	b->pool = urne_pool_new(o->num_threads);
	w->placer.top = -1;
	w->placer.tmp = -1;
	w->registry = &b->registry;
	w->metrics = &b->metrics;
	w->checks = &b->checkers.queue;
	w->batch_ms = o->batch_ms > 0 ? o->batch_ms : URNE_BATCH_MS;
	w->answered = answered;
	w->ctx = b;
	w->keeps_hints = !o->no_hints;
	b->room = (struct urne_order_room){b, &b->reader, b->pool};
	b->checkers = (struct urne_checkers){.room = &b->room,
	    .metrics = &b->metrics,
	    .passed = &w->queue,
	    .makes_hints = w->keeps_hints,
	    .num_threads = urne_pool_size(b->pool),
	    .answered = answered,
	    .ctx = b};
	urne_buf_init(&b->public_path, URNE_MAX_SMALL_FILE);
	e = urne_registry_init(&b->registry);
	e = e == URNE_OK ? urne_queue_init(&b->checkers.queue) : e;
	e = e == URNE_OK ? urne_queue_init(&w->queue) : e;
	if (e != URNE_OK || pthread_mutex_init(&b->reader.lock, NULL) != 0 ||
	    pthread_mutex_init(&w->journal_lock, NULL) != 0 ||
	    pthread_mutex_init(&b->counting, NULL) != 0 ||
	    pthread_cond_init(&b->none_left, NULL) != 0) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the board");
	}
	return URNE_OK;
}

enum urne_err
urne_board_open(struct urne_board **out, struct urne_diag *d, const char *dir,
    const struct urne_board_options *options)
{
	struct urne_board *b = calloc(1, sizeof(*b));
	enum urne_err e;

	*out = NULL;
	if (b == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the board");
	}
	e = init(b, d, options);
	if (e != URNE_OK) {
		urne_pool_free(b->pool);
		free(b); /* locks and conditions of glibc hold no memory */
		return e;
	}
	e = urne_folder_open(&b->folder, d, dir);
	if (e == URNE_OK) {
		e = urne_folder_key(&b->folder, &b->writer.signer, d, options->log_key);
	}
	if (e == URNE_OK && options->pages != NULL) {
		e = urne_pages_load(&b->pages, d, options->pages, &b->writer.signer.key);
	}
	if (e == URNE_OK) {
		b->writer.service = b->folder.config.service;
		b->writer.url = b->folder.config.url;
		e = urne_path_join(&b->public_path, dir, "public/bb");
	}
	if (e == URNE_OK) {
		e = open_parts(b, d);
	}
	if (e == URNE_OK) {
		e = start_threads(b, d);
	}
	if (e == URNE_OK) {
		b->clerk = (struct urne_clerk){
		    .board = b, .registry = &b->registry, .reader = &b->reader, .pool = b->pool};
		e = urne_clerk_start(&b->clerk, d);
	}
	if (e != URNE_OK) {
		urne_board_close(b);
		return e;
	}
	*out = b;
	return URNE_OK;
}

static void
stop_threads(struct urne_board *b)
{
	(void)pthread_mutex_lock(&b->counting);
	b->stopping = true;
	while (b->on_the_way > 0) {
		(void)pthread_cond_wait(&b->none_left, &b->counting);
	}
	(void)pthread_mutex_unlock(&b->counting);
	urne_checkers_stop(&b->checkers);
	urne_queue_close(&b->writer.queue);
	if (b->is_writing) {
		(void)pthread_join(b->writing, NULL);
	}
}

void
urne_board_close(struct urne_board *b)
{
	if (b == NULL) {
		return;
	}
	urne_clerk_stop(&b->clerk);
	stop_threads(b);
	if (b->is_writing) {
		urne_writer_end(&b->writer);
	}
	urne_store_close(&b->reader.store);
	urne_store_close(&b->writer.again);
	urne_store_close(&b->writer.store);
	urne_head_close(&b->writer.head);
	urne_placer_close(&b->writer.placer);
	urne_signer_clear(&b->writer.signer);
	urne_registry_clear(&b->registry);
	urne_queue_clear(&b->checkers.queue);
	urne_queue_clear(&b->writer.queue);
	urne_folder_close(&b->folder);
	urne_buf_clear(&b->public_path);
	urne_pages_free(b->pages);
	urne_pool_free(b->pool);
	(void)pthread_mutex_destroy(&b->reader.lock);
	(void)pthread_mutex_destroy(&b->writer.journal_lock);
	(void)pthread_mutex_destroy(&b->counting);
	(void)pthread_cond_destroy(&b->none_left);
	free(b);
}

/* --- what is asked of it --- */

const struct urne_board_config *
urne_board_config(const struct urne_board *b)
{
	return &b->folder.config;
}

struct urne_metrics *
urne_board_metrics(struct urne_board *b)
{
	return &b->metrics;
}

const struct urne_pages *
urne_board_pages(const struct urne_board *b)
{
	return b->pages;
}

const char *
urne_board_public(const struct urne_board *b)
{
	return b->public_path.data;
}

struct urne_board_log *
urne_board_find(struct urne_board *b, struct urne_view uuid)
{
	struct urne_board_log *l = urne_registry_find(&b->registry, uuid);
	struct urne_board_state state;

	if (l != NULL) {
		urne_board_log_state(l, &state);
		l = state.size > 0 ? l : NULL; /* its first entry is not published yet */
	}
	return l;
}

bool
urne_board_wants_hints(const struct urne_board *b, const struct urne_board_log *l)
{
	const struct urne_board_election *e = urne_board_log_election(l);

	return b->writer.keeps_hints && e != NULL && e->num_points > 0;
}

void
urne_board_log_state(struct urne_board_log *l, struct urne_board_state *out)
{
	(void)pthread_mutex_lock(&l->lock);
	*out = l->state;
	(void)pthread_mutex_unlock(&l->lock);
}

enum urne_err
urne_board_payload(struct urne_board *b, const struct urne_board_log *l, struct urne_buf *out,
    struct urne_diag *d, enum urne_event_type type)
{
	struct urne_reader_log log = {&b->reader, l->id, NULL};

	return urne_reader_payload(&log, out, d, type);
}

enum urne_err
urne_board_journal_use(
    struct urne_board *b, enum urne_err (*use)(void *ctx, const struct urne_journal *j), void *ctx)
{
	struct urne_writer *w = &b->writer;
	enum urne_err e;

	(void)pthread_mutex_lock(&w->journal_lock);
	e = use(ctx, w->journal->journal);
	(void)pthread_mutex_unlock(&w->journal_lock);
	return e;
}

enum urne_err
urne_board_draft(struct urne_board *b, struct urne_buf *out, bool *there, struct urne_diag *d,
    struct urne_view election, struct urne_view part)
{
	enum urne_err e;

	(void)pthread_mutex_lock(&b->reader.lock);
	e = urne_store_draft(&b->reader.store, out, there, d, election, part);
	(void)pthread_mutex_unlock(&b->reader.lock);
	return e;
}

enum urne_err
urne_board_draft_length(struct urne_board *b, uint64_t *len, bool *there, struct urne_diag *d,
    struct urne_view election, struct urne_view part)
{
	enum urne_err e;

	(void)pthread_mutex_lock(&b->reader.lock);
	e = urne_store_draft_length(&b->reader.store, len, there, d, election, part);
	(void)pthread_mutex_unlock(&b->reader.lock);
	return e;
}

enum urne_err
urne_board_waiting(struct urne_board *b, struct urne_diag *d,
    enum urne_err (*visit)(void *ctx, const struct urne_hash *order, struct urne_view note),
    void *ctx)
{
	enum urne_err e;

	(void)pthread_mutex_lock(&b->reader.lock);
	e = urne_store_waitings(&b->reader.store, d, visit, ctx);
	(void)pthread_mutex_unlock(&b->reader.lock);
	return e;
}

enum urne_err
urne_board_waiting_check(
    struct urne_board *b, struct urne_arena *arena, struct urne_diag *d, struct urne_view note)
{
	enum urne_err e;

	(void)pthread_mutex_lock(&b->reader.lock);
	e = urne_waiting_check_sender(&b->reader.store, arena, d, note);
	(void)pthread_mutex_unlock(&b->reader.lock);
	return e;
}

enum urne_err
urne_board_submit(struct urne_board *b, struct urne_submission *s, unsigned *retry_after)
{
	int64_t ahead_ms = urne_checkers_ahead_ms(&b->checkers);
	bool taken;

	(void)pthread_mutex_lock(&b->counting);
	taken =
	    !b->stopping && b->on_the_way < URNE_MAX_ON_THE_WAY && ahead_ms <= URNE_MAX_AHEAD_MS;
	b->on_the_way += taken ? 1 : 0;
	(void)pthread_mutex_unlock(&b->counting);
	*retry_after = taken ? 0 : (unsigned)(1 + ahead_ms / 1000);
	if (!taken) {
		urne_metrics_add(&b->metrics, URNE_METRIC_OVERLOADS, 1);
		return URNE_ERR_LIMIT;
	}
	urne_metrics_add(&b->metrics, URNE_METRIC_QUEUE_CHECK, 1);
	urne_queue_push(&b->checkers.queue, s);
	return URNE_OK;
}

enum urne_err
urne_board_receipt(struct urne_board *b, struct urne_board_log *l, struct urne_buf *out,
    struct urne_diag *d, const struct urne_hash *tracker)
{
	struct urne_ballot_row row;
	struct urne_buf note;
	bool there = false;
	uint64_t size;
	enum urne_err e;

	urne_buf_init(&note, URNE_NOTE_MAX);
	(void)pthread_mutex_lock(&l->lock);
	size = l->state.size;
	urne_buf_put_view(&note, urne_buf_view(&l->note));
	(void)pthread_mutex_unlock(&l->lock);
	e = urne_buf_error(&note);
	(void)pthread_mutex_lock(&b->reader.lock);
	if (e == URNE_OK) {
		e = urne_store_ballot(&b->reader.store, &row, &there, d, l->id, tracker);
	}
	if (e == URNE_OK && (!there || row.index >= size)) {
		e = urne_fail(d, URNE_ERR_UNKNOWN, "no ballot with this hash is in the log");
	}
	if (e == URNE_OK) {
		e = urne_proof_receipt(
		    out, &b->reader.store, d, l, tracker, &row, size, urne_buf_view(&note));
	}
	(void)pthread_mutex_unlock(&b->reader.lock);
	urne_buf_clear(&note);
	return e;
}
