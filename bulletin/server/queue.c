/* SPDX-License-Identifier: EUPL-1.2 */
/* A linked list, a lock and a condition that knows the monotonic clock. */
#include "bulletin/server/queue.h"

#include <errno.h>
#include <time.h>

enum urne_err
urne_queue_init(struct urne_queue *q)
{
	pthread_condattr_t attr;
	int err;

	*q = (struct urne_queue){.num = 0};
	q->end = &q->first;
	if (pthread_condattr_init(&attr) != 0) {
		return URNE_ERR_MEMORY;
	}
	err = pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	err = err == 0 ? pthread_cond_init(&q->some, &attr) : err;
	(void)pthread_condattr_destroy(&attr);
	if (err == 0 && pthread_mutex_init(&q->lock, NULL) != 0) {
		(void)pthread_cond_destroy(&q->some);
		err = ENOMEM;
	}
	return err == 0 ? URNE_OK : URNE_ERR_MEMORY;
}

void
urne_queue_clear(struct urne_queue *q)
{
	(void)pthread_mutex_destroy(&q->lock);
	(void)pthread_cond_destroy(&q->some);
}

void
urne_queue_push(struct urne_queue *q, struct urne_submission *s)
{
	s->next = NULL;
	(void)pthread_mutex_lock(&q->lock);
	*q->end = s;
	q->end = &s->next;
	q->num++;
	(void)pthread_cond_signal(&q->some);
	(void)pthread_mutex_unlock(&q->lock);
}

/* take takes the first; the lock is held. */
static struct urne_submission *
take(struct urne_queue *q)
{
	struct urne_submission *s = q->first;

	if (s != NULL) {
		q->first = s->next;
		q->end = q->first == NULL ? &q->first : q->end;
		q->num--;
		s->next = NULL;
	}
	return s;
}

/* take_joining appends to `first`, which is taken, those that come along, `max` in all with it; the
 * lock is held. */
static void
take_joining(struct urne_queue *q, struct urne_submission *first, size_t max,
    bool (*joins)(
	const struct urne_submission *first, size_t num, const struct urne_submission *next))
{
	struct urne_submission **at = &q->first, **end = &first->next;

	for (size_t num = 1; num < max && *at != NULL;) {
		struct urne_submission *s = *at;

		if (!joins(first, num, s)) {
			at = &s->next;
			continue;
		}
		*at = s->next;
		q->end = *at == NULL ? at : q->end;
		q->num--;
		s->next = NULL;
		*end = s;
		end = &s->next;
		num++;
	}
}

struct urne_submission *
urne_queue_take(struct urne_queue *q, size_t num_takers,
    bool (*joins)(
	const struct urne_submission *first, size_t num, const struct urne_submission *next))
{
	struct urne_submission *first;
	size_t share;

	(void)pthread_mutex_lock(&q->lock);
	while (q->first == NULL && !q->closed) {
		(void)pthread_cond_wait(&q->some, &q->lock);
	}
	share = (q->num + num_takers - 1) / num_takers;
	first = take(q);
	if (first != NULL) {
		take_joining(q, first, share, joins);
	}
	(void)pthread_mutex_unlock(&q->lock);
	return first;
}

static struct timespec
later(unsigned ms)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += (long)(ms % 1000) * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	return t;
}

struct urne_submission *
urne_queue_gather(struct urne_queue *q, unsigned ms, size_t max)
{
	struct urne_submission *first, **end = &first;
	struct timespec until;
	int err = 0;

	(void)pthread_mutex_lock(&q->lock);
	while (q->first == NULL && !q->closed) {
		(void)pthread_cond_wait(&q->some, &q->lock);
	}
	until = later(ms);
	while (q->num < max && !q->closed && err != ETIMEDOUT) {
		err = pthread_cond_timedwait(&q->some, &q->lock, &until);
	}
	for (first = NULL; max > 0 && q->first != NULL; max--) {
		*end = take(q);
		end = &(*end)->next;
	}
	(void)pthread_mutex_unlock(&q->lock);
	return first;
}

void
urne_queue_close(struct urne_queue *q)
{
	(void)pthread_mutex_lock(&q->lock);
	q->closed = true;
	(void)pthread_cond_broadcast(&q->some);
	(void)pthread_mutex_unlock(&q->lock);
}
