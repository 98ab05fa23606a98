/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: many messages beside each other, in lanes. The longest ones come first, so that at the
 * end no lane is left alone with a long one. docs/decisions/0003-sha256-low-level.md */
#include "crypto/sha256.h"

#include <string.h>

#include "crypto/sha256_ends.h"

#define BLOCK URNE_SHA256_BLOCK
#define LANES URNE_SHA256_LANES
/* So many messages are put in order at a time. */
#define BATCH ((size_t)128)
/* Messages of as many blocks or more are in no order among themselves. */
#define LONG ((size_t)32)

/* A message that is worked on: what is left of its whole blocks, and its last ones. */
struct lane {
	uint32_t h[8];
	const uint8_t *p;
	size_t left; /* blocks at p, at least one */
	uint8_t last[2 * BLOCK];
	size_t num_last; /* 0: they are at p already */
	struct urne_hash *out;
};

/* Messages that wait, the longest first, and those that are in lanes. */
struct work {
	const struct urne_sha256_version *v;
	struct urne_hash *out;
	const struct urne_view *text;
	uint8_t order[BATCH];
	size_t next, num;
	struct lane lane[LANES];
	size_t busy; /* lanes, the first ones */
};
_Static_assert(BATCH <= UINT8_MAX + 1, "order has room for every place");

/* length_class: by the blocks that a message has with its padding; the longest are 0. */
static size_t
length_class(struct urne_view text)
{
	size_t num = (text.len + sizeof(uint64_t)) / BLOCK + 1;

	return num < LONG ? LONG - num : 0;
}

/* put_in_order: a counting sort; what is counted becomes the place of the next one. */
static void
put_in_order(struct work *w)
{
	uint8_t place[LONG] = {0}, sum = 0;

	for (size_t i = 0; i < w->num; i++) {
		place[length_class(w->text[i])]++;
	}
	for (size_t k = 0; k < LONG; k++) {
		uint8_t count = place[k];

		place[k] = sum;
		sum = (uint8_t)(sum + count);
	}
	for (size_t i = 0; i < w->num; i++) {
		w->order[place[length_class(w->text[i])]++] = (uint8_t)i;
	}
}

/* lane_last: the whole blocks are done, and the last ones follow. */
static void
lane_last(struct lane *l)
{
	l->p = l->last;
	l->left = l->num_last;
	l->num_last = 0;
}

/* lane_begin takes the next message that waits. */
static void
lane_begin(struct lane *l, struct work *w)
{
	size_t i = w->order[w->next++];
	const uint8_t *p = (const uint8_t *)w->text[i].p;
	size_t len = w->text[i].len, whole = len / BLOCK;

	memcpy(l->h, urne_sha256_start, sizeof(l->h));
	l->out = &w->out[i];
	l->p = p;
	l->left = whole;
	l->num_last = urne_sha256_pad(l->last, whole > 0 ? p + whole * BLOCK : p, len);
	if (whole == 0) {
		lane_last(l);
	}
}

/* lane_end: the hash is there. The next message takes the lane, or else the last lane does: what it
 * leaves behind stays as it is, for it may point there. */
static void
lane_end(struct work *w, size_t k)
{
	struct lane *l = &w->lane[k];

	urne_sha256_write(l->out, l->h);
	if (w->next < w->num) {
		lane_begin(l, w);
		return;
	}
	w->busy--;
	if (k != w->busy) {
		*l = w->lane[w->busy];
	}
}

/* advance: num blocks of the first `of` lanes are done. From the back, so that a lane that moves
 * was looked at already. */
static void
advance(struct work *w, size_t of, size_t num)
{
	for (size_t k = of; k > 0; k--) {
		struct lane *l = &w->lane[k - 1];

		l->p += num * BLOCK;
		l->left -= num;
		if (l->left == 0 && l->num_last > 0) {
			lane_last(l);
		} else if (l->left == 0) {
			lane_end(w, k - 1);
		}
	}
}

/* least_left: for how many blocks the first `of` lanes stay together. */
static size_t
least_left(const struct work *w, size_t of)
{
	size_t n = w->lane[0].left;

	for (size_t k = 1; k < of; k++) {
		n = w->lane[k].left < n ? w->lane[k].left : n;
	}
	return n;
}

/* together: all lanes, of which those that are not busy do what the first one does, for nothing. */
static void
together(struct work *w)
{
	size_t num = least_left(w, w->busy);
	uint32_t idle[LANES][8] = {{0}}, *h[LANES];
	const uint8_t *p[LANES];

	for (size_t k = 0; k < LANES; k++) {
		h[k] = k < w->busy ? w->lane[k].h : idle[k];
		p[k] = k < w->busy ? w->lane[k].p : w->lane[0].p;
	}
	w->v->sixteen(h, p, num);
	advance(w, w->busy, num);
}

/* two: the first two lanes, or the only one. */
static void
two(struct work *w)
{
	struct lane *l = w->lane;
	size_t of = w->busy > 1 ? 2 : 1, num = least_left(w, of);

	if (of == 2) {
		w->v->pair(l[0].h, l[0].p, l[1].h, l[1].p, num);
	} else {
		w->v->blocks(l[0].h, l[0].p, num);
	}
	advance(w, of, num);
}

static void
one_batch(struct work *w)
{
	size_t most = w->v->sixteen != NULL ? LANES : 2;

	put_in_order(w);
	w->next = 0;
	w->busy = 0;
	while (w->next < w->num && w->busy < most) {
		lane_begin(&w->lane[w->busy++], w);
	}
	while (w->busy > 0) {
		if (w->v->sixteen != NULL && w->busy >= w->v->least) {
			together(w);
		} else {
			two(w);
		}
	}
}

void
urne_sha256_of_many_by(const struct urne_sha256_version *v, struct urne_hash *out,
    const struct urne_view *text, size_t num)
{
	struct work w;

	w.v = v;
	for (size_t i = 0; i < num; i += BATCH) {
		w.out = out + i;
		w.text = text + i;
		w.num = num - i < BATCH ? num - i : BATCH;
		one_batch(&w);
	}
}

void
urne_sha256_of_many(struct urne_hash *out, const struct urne_view *text, size_t num)
{
	urne_sha256_of_many_by(urne_sha256_fastest(), out, text, num);
}
