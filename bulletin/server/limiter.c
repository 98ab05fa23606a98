/* SPDX-License-Identifier: EUPL-1.2 */
/* Token buckets in sets of eight. Which set an address falls into is drawn at start, so that nobody
 * can choose addresses to push a victim's bucket out, or his own. */
#include "bulletin/server/limiter.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define NUM_SETS   ((size_t)4096)
#define SET_SIZE   ((size_t)8)
#define FULL_TIMES 10		    /* tokens of a full bucket, in seconds of the rate */
#define UNIT	   ((uint64_t)1000) /* a token, so that a millisecond brings `rate` units */

struct bucket {
	struct urne_address address; /* zero: free */
	uint64_t units, at_ms;
};

struct urne_limiter {
	pthread_mutex_t lock;
	uint64_t rate;
	uint8_t key[URNE_ADDRESS_KEY];
	struct bucket buckets[NUM_SETS][SET_SIZE];
};

struct urne_limiter *
urne_limiter_new(unsigned rate)
{
	struct urne_limiter *l = calloc(1, sizeof(*l));

	if (l == NULL || getrandom(l->key, sizeof(l->key), 0) != (ssize_t)sizeof(l->key) ||
	    pthread_mutex_init(&l->lock, NULL) != 0) {
		free(l);
		return NULL;
	}
	l->rate = rate;
	return l;
}

void
urne_limiter_free(struct urne_limiter *l)
{
	if (l != NULL) {
		(void)pthread_mutex_destroy(&l->lock);
		free(l);
	}
}

static uint64_t
units_now(const struct urne_limiter *l, const struct bucket *b, uint64_t now_ms)
{
	uint64_t full = l->rate * FULL_TIMES * UNIT;
	uint64_t ms = now_ms > b->at_ms ? now_ms - b->at_ms : 0;

	if (ms >= FULL_TIMES * UNIT) {
		return full;
	}
	return b->units + ms * l->rate < full ? b->units + ms * l->rate : full;
}

/* find returns the address's bucket, or the one that gives way, filled. */
static struct bucket *
find(struct urne_limiter *l, const struct urne_address *a, uint64_t now_ms)
{
	struct bucket *set = l->buckets[urne_address_slot(a, l->key, NUM_SETS)], *fullest = set;
	const struct urne_address none = {{0}};

	for (size_t i = 0; i < SET_SIZE; i++) {
		if (urne_address_eq(&set[i].address, a)) {
			return &set[i];
		}
	}
	for (size_t i = 0; i < SET_SIZE; i++) {
		if (urne_address_eq(&set[i].address, &none)) {
			fullest = &set[i];
			break;
		}
		if (units_now(l, &set[i], now_ms) > units_now(l, fullest, now_ms)) {
			fullest = &set[i];
		}
	}
	*fullest = (struct bucket){*a, l->rate * FULL_TIMES * UNIT, now_ms};
	return fullest;
}

void
urne_limiter_take(
    struct urne_limiter *l, const struct urne_address *a, uint64_t now_ms, unsigned *retry_after)
{
	struct bucket *b;

	(void)pthread_mutex_lock(&l->lock);
	b = find(l, a, now_ms);
	b->units = units_now(l, b, now_ms);
	b->at_ms = now_ms;
	*retry_after = 0;
	if (b->units >= UNIT) {
		b->units -= UNIT;
	} else {
		uint64_t ms = (UNIT - b->units + l->rate - 1) / l->rate;

		*retry_after = (unsigned)((ms + UNIT - 1) / UNIT);
	}
	(void)pthread_mutex_unlock(&l->lock);
}
