/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/support/board_request.h"

#include <string.h>

#include "base/b64.h"
#include "base/limits.h"
#include "tests/unit/support/check.h"

/* A request on its way. The exchange stands first, and its request first in it. */
struct asked {
	struct urne_exchange x;
	const struct board_ask *ask;
	struct urne_buf value; /* of the header */
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool woken;
};

static struct urne_view
header(const struct urne_request *r, const char *name)
{
	const struct asked *a = (const struct asked *)(const void *)r;

	return a->ask->header != NULL && strcmp(name, a->ask->header) == 0
		   ? urne_buf_view(&a->value)
		   : (struct urne_view){"", 0};
}

static void
wake(struct urne_request *r)
{
	struct asked *a = (struct asked *)(void *)r;

	(void)pthread_mutex_lock(&a->lock);
	a->woken = true;
	(void)pthread_cond_signal(&a->cond);
	(void)pthread_mutex_unlock(&a->lock);
}

static void
wait_for(struct asked *a)
{
	(void)pthread_mutex_lock(&a->lock);
	while (!a->woken) {
		(void)pthread_cond_wait(&a->cond, &a->lock);
	}
	(void)pthread_mutex_unlock(&a->lock);
	assert_int_equal(urne_exchange_finish(&a->x), URNE_STEP_ANSWER);
}

static void
go(struct asked *a, struct board_reply *reply, struct urne_limiter *limiter)
{
	const struct urne_http_head head = {.length = a->ask->body.len, .expects = true};
	const struct urne_asked asked = {.method = urne_view_of(a->ask->method),
	    .head = &head,
	    .limiter = limiter,
	    .now_ms = 1000000};
	enum urne_step step = urne_exchange_head(&a->x, &asked);

	reply->read = step == URNE_STEP_READ && !a->x.refused;
	if (step == URNE_STEP_READ) {
		assert_int_equal(urne_exchange_piece(&a->x, a->ask->body), URNE_STEP_READ);
		step = urne_exchange_end(&a->x);
	}
	if (step == URNE_STEP_WAIT) {
		wait_for(a);
	}
	assert_true(a->x.out.fd < 0);
}

void
board_ask(struct board_reply *reply, struct urne_service *s, const struct board_ask *ask)
{
	static const struct urne_carrier carrier = {header, wake};
	struct urne_limiter *limiter = urne_limiter_new(100000);
	struct asked a = {
	    .ask = ask, .lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};

	assert_non_null(limiter);
	urne_buf_clear(&reply->body);
	urne_buf_init(&reply->body, URNE_MAX_DOCUMENT);
	urne_buf_init(&a.value, URNE_NOTE_MAX * 2);
	urne_b64_put(&a.value, (const uint8_t *)ask->note.p, ask->note.len);
	urne_exchange_init(&a.x, s, &carrier, ask->path);
	go(&a, reply, limiter);
	reply->status = a.x.status;
	urne_buf_put_view(&reply->body, urne_buf_view(&a.x.out.body));
	urne_exchange_clear(&a.x);
	urne_buf_clear(&a.value);
	urne_limiter_free(limiter);
}
