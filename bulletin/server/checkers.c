/* SPDX-License-Identifier: EUPL-1.2 */
/* A thread takes what waits and never waits for more: with one voter at a time a batch is one
 * ballot, under load they grow by themselves. */
#include "bulletin/server/checkers.h"

#include <time.h>

#include "bulletin/server/examine.h"
#include "bulletin/server/ledger.h"

/* How large batches are, as /metrics tells it. */
static const struct {
	size_t max;
	enum urne_metric metric;
} sizes[] = {
    {1, URNE_METRIC_HINTED_1},
    {15, URNE_METRIC_HINTED_15},
    {63, URNE_METRIC_HINTED_63},
    {URNE_CHECK_TOGETHER, URNE_METRIC_HINTED_MORE},
};
#define NUM_SIZES (sizeof(sizes) / sizeof(sizes[0]))

static bool
is_hinted(const struct urne_submission *s)
{
	return s->kind == URNE_SUBMIT_BALLOT && s->hints.len > 0;
}

/* joins: ballots of one log, as many as are cheaper together and fit. */
static bool
joins(const struct urne_submission *first, size_t num, const struct urne_submission *next)
{
	return is_hinted(first) && is_hinted(next) && next->log == first->log &&
	       num < URNE_CHECK_TOGETHER &&
	       (num + 1) * first->log->election->num_points <= URNE_CHECK_TOGETHER_POINTS;
}

static int64_t
cpu_micros(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* note_time keeps a running mean, each new ballot an eighth of it; a batch is some of them. */
static void
note_time(struct urne_checkers *c, const struct urne_submission *first, size_t num, int64_t spent)
{
	int64_t mean = atomic_load(&c->micros), each = spent / (int64_t)num;

	urne_metrics_add(c->metrics, URNE_METRIC_CHECK_MICROS, spent);
	for (size_t i = 0; first->kind == URNE_SUBMIT_BALLOT && i < num; i++) {
		mean += (each - mean) / 8;
	}
	atomic_store(&c->micros, mean);
}

static void
note_batch(struct urne_metrics *m, size_t num, size_t num_good)
{
	size_t i = 0;

	while (i + 1 < NUM_SIZES && num > sizes[i].max) {
		i++;
	}
	urne_metrics_add(m, sizes[i].metric, 1);
	urne_metrics_add(m, URNE_METRIC_HINTED_GOOD, (int64_t)num_good);
	urne_metrics_add(m, URNE_METRIC_HINTED_EXACT, (int64_t)(num - num_good));
}

/* check sets err of all `num` that were taken. */
static void
check(struct urne_checkers *c, struct urne_submission *const taken[], size_t num)
{
	/* nobody waits for hints that somebody else can make */
	bool wants = c->makes_hints && urne_checkers_ahead_ms(c) <= URNE_HINTS_AHEAD_MS;

	for (size_t i = 0; i < num; i++) {
		/* those of a list are made now or at the next start */
		taken[i]->wants_hints =
		    taken[i]->kind == URNE_SUBMIT_BALLOT ? wants : c->makes_hints;
	}
	if (is_hinted(taken[0])) {
		note_batch(c->metrics, num, urne_examine_hinted(taken, num, c->room));
	} else {
		taken[0]->err = urne_examine(taken[0], c->room);
	}
}

static void
hand_on(struct urne_checkers *c, struct urne_submission *s)
{
	if (s->err == URNE_OK) {
		urne_metrics_add(c->metrics, URNE_METRIC_QUEUE_WRITE, 1);
		urne_queue_push(c->passed, s);
	} else {
		c->answered(c->ctx, s);
	}
}

static void *
run(void *ctx)
{
	struct urne_checkers *c = ctx;
	struct urne_submission *list;

	while ((list = urne_queue_take(&c->queue, c->num_threads, joins)) != NULL) {
		struct urne_submission *taken[URNE_CHECK_TOGETHER];
		int64_t start = cpu_micros();
		size_t num = 0;

		for (; list != NULL; list = list->next) {
			taken[num++] = list;
		}
		urne_metrics_add(c->metrics, URNE_METRIC_QUEUE_CHECK, -(int64_t)num);
		check(c, taken, num);
		note_time(c, taken[0], num, cpu_micros() - start);
		for (size_t i = 0; i < num; i++) {
			hand_on(c, taken[i]);
		}
	}
	return NULL;
}

enum urne_err
urne_checkers_start(struct urne_checkers *c, struct urne_diag *d)
{
	while (c->num < c->num_threads && pthread_create(&c->thread[c->num], NULL, run, c) == 0) {
		c->num++;
	}
	return c->num > 0 ? URNE_OK
			  : urne_fail(d, URNE_ERR_MEMORY, "the board's threads cannot be started");
}

void
urne_checkers_stop(struct urne_checkers *c)
{
	urne_queue_close(&c->queue);
	for (size_t i = 0; i < c->num; i++) {
		(void)pthread_join(c->thread[i], NULL);
	}
}

int64_t
urne_checkers_ahead_ms(struct urne_checkers *c)
{
	return atomic_load(&c->micros) * urne_metrics_get(c->metrics, URNE_METRIC_QUEUE_CHECK) /
	       (1000 * (int64_t)c->num_threads);
}
