/* SPDX-License-Identifier: EUPL-1.2 */
/* A list under one lock. Whoever closes a socket takes it off the list first, so that the sweeper
 * never shuts down a number that means another socket by then. */
#include "bulletin/server/connections.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#define SWEEP_MS 200
/* Many times as many as there are connections, so that two addresses hardly ever share a place; the
 * two would share their limit. */
#define NUM_PLACES ((size_t)65536)

struct urne_connection {
	int fd;
	bool cut;
	uint64_t deadline_ms; /* 0: none */
	struct urne_address address;
	size_t place; /* of its household */
	struct urne_connection *prev, *next;
};

struct urne_connections {
	pthread_mutex_t lock;
	pthread_cond_t stop_now;
	pthread_t sweeper;
	bool stop;
	size_t max_per_address;
	const struct urne_address *proxies;
	size_t num_proxies;
	struct urne_metrics *metrics;
	struct urne_connection *head;
	uint8_t key[URNE_ADDRESS_KEY];
	unsigned num_at[NUM_PLACES]; /* open connections by household */
};

static struct timespec
clock_after(uint64_t ms)
{
	struct timespec t = {0};

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += (time_t)(ms / 1000);
	t.tv_nsec += (long)(ms % 1000) * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	return t;
}

uint64_t
urne_now_ms(void)
{
	struct timespec t = clock_after(0);

	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void
cut(struct urne_connections *cs, struct urne_connection *c)
{
	c->cut = true;
	urne_metrics_add(cs->metrics, URNE_METRIC_CONNECTIONS_CUT, 1);
	(void)shutdown(c->fd, SHUT_RDWR); /* it may be gone already */
}

static void *
sweep(void *arg)
{
	struct urne_connections *cs = arg;

	(void)pthread_mutex_lock(&cs->lock);
	while (!cs->stop) {
		struct timespec next = clock_after(SWEEP_MS);
		uint64_t now = urne_now_ms();

		for (struct urne_connection *c = cs->head; c != NULL; c = c->next) {
			if (!c->cut && c->deadline_ms != 0 && c->deadline_ms <= now) {
				cut(cs, c);
			}
		}
		(void)pthread_cond_timedwait(&cs->stop_now, &cs->lock, &next);
	}
	(void)pthread_mutex_unlock(&cs->lock);
	return NULL;
}

/* start makes lock, condition and thread, or leaves nothing behind. */
static bool
start(struct urne_connections *cs)
{
	pthread_condattr_t attr;
	bool lock = false, cond = false, thread = false;

	if (pthread_condattr_init(&attr) != 0) {
		return false;
	}
	lock = pthread_mutex_init(&cs->lock, NULL) == 0;
	cond = lock && pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0 &&
	       pthread_cond_init(&cs->stop_now, &attr) == 0;
	thread = cond && pthread_create(&cs->sweeper, NULL, sweep, cs) == 0;
	(void)pthread_condattr_destroy(&attr);
	if (!thread && cond) {
		(void)pthread_cond_destroy(&cs->stop_now);
	}
	if (!thread && lock) {
		(void)pthread_mutex_destroy(&cs->lock);
	}
	return thread;
}

struct urne_connections *
urne_connections_new(size_t max_per_address, const struct urne_address *proxies, size_t num_proxies,
    struct urne_metrics *metrics)
{
	struct urne_connections *cs = calloc(1, sizeof(*cs));

	if (cs == NULL) {
		return NULL;
	}
	cs->max_per_address = max_per_address;
	cs->proxies = proxies;
	cs->num_proxies = num_proxies;
	cs->metrics = metrics;
	if (getrandom(cs->key, sizeof(cs->key), 0) != (ssize_t)sizeof(cs->key) || !start(cs)) {
		free(cs);
		return NULL;
	}
	return cs;
}

void
urne_connections_free(struct urne_connections *cs)
{
	if (cs == NULL) {
		return;
	}
	(void)pthread_mutex_lock(&cs->lock);
	cs->stop = true;
	(void)pthread_cond_signal(&cs->stop_now);
	(void)pthread_mutex_unlock(&cs->lock);
	(void)pthread_join(cs->sweeper, NULL);
	(void)pthread_cond_destroy(&cs->stop_now);
	(void)pthread_mutex_destroy(&cs->lock);
	free(cs);
}

bool
urne_connections_is_proxy(const struct urne_connections *cs, const struct urne_address *a)
{
	for (size_t i = 0; i < cs->num_proxies; i++) {
		if (urne_address_eq(&cs->proxies[i], a)) {
			return true;
		}
	}
	return false;
}

static size_t
place_of(const struct urne_connections *cs, const struct urne_address *a)
{
	struct urne_address household = urne_address_household(a);

	return urne_address_slot(&household, cs->key, NUM_PLACES);
}

bool
urne_connections_may_open(struct urne_connections *cs, const struct urne_address *a)
{
	size_t place = place_of(cs, a), num;

	if (urne_connections_is_proxy(cs, a)) {
		return true;
	}
	(void)pthread_mutex_lock(&cs->lock);
	num = cs->num_at[place];
	(void)pthread_mutex_unlock(&cs->lock);
	if (num >= cs->max_per_address) {
		urne_metrics_add(cs->metrics, URNE_METRIC_CONNECTIONS_CUT, 1);
	}
	return num < cs->max_per_address;
}

struct urne_connection *
urne_connections_open(struct urne_connections *cs, int fd, const struct urne_address *a)
{
	struct urne_connection *c = calloc(1, sizeof(*c));

	if (c == NULL) {
		return NULL;
	}
	c->fd = fd;
	c->address = *a;
	c->place = place_of(cs, a);
	(void)pthread_mutex_lock(&cs->lock);
	c->next = cs->head;
	if (c->next != NULL) {
		c->next->prev = c;
	}
	cs->head = c;
	cs->num_at[c->place]++;
	(void)pthread_mutex_unlock(&cs->lock);
	urne_metrics_add(cs->metrics, URNE_METRIC_CONNECTIONS, 1);
	return c;
}

void
urne_connections_close(struct urne_connections *cs, struct urne_connection *c)
{
	if (c == NULL) {
		return;
	}
	(void)pthread_mutex_lock(&cs->lock);
	cs->num_at[c->place]--;
	*(c->prev != NULL ? &c->prev->next : &cs->head) = c->next;
	if (c->next != NULL) {
		c->next->prev = c->prev;
	}
	(void)pthread_mutex_unlock(&cs->lock);
	urne_metrics_add(cs->metrics, URNE_METRIC_CONNECTIONS, -1);
	free(c);
}

const struct urne_address *
urne_connection_address(const struct urne_connection *c)
{
	return &c->address;
}

void
urne_connection_deadline(struct urne_connections *cs, struct urne_connection *c, uint64_t seconds)
{
	(void)pthread_mutex_lock(&cs->lock);
	c->deadline_ms = seconds == 0 ? 0 : urne_now_ms() + seconds * 1000;
	(void)pthread_mutex_unlock(&cs->lock);
}

void
urne_connections_cut(struct urne_connections *cs)
{
	(void)pthread_mutex_lock(&cs->lock);
	for (struct urne_connection *c = cs->head; c != NULL; c = c->next) {
		if (!c->cut) {
			cut(cs, c);
		}
	}
	(void)pthread_mutex_unlock(&cs->lock);
}
