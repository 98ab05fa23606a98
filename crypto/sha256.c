/* SPDX-License-Identifier: EUPL-1.2 */
/* Messages of any length from blocks. docs/decisions/0003-sha256-low-level.md */
#include "crypto/sha256.h"

#include <endian.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "crypto/sha256_blocks.h"

#define BLOCK URNE_SHA256_BLOCK

static const uint32_t start[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/* fastest: the first version that runs here. */
static const struct urne_sha256_version *
fastest(void)
{
	size_t i = 0;

	while (!urne_sha256_versions[i].runs()) {
		i++;
	}
	return &urne_sha256_versions[i];
}

void
urne_sha256_init(struct urne_sha256 *h)
{
	*h = (struct urne_sha256){.len = 0};
	memcpy(h->h, start, sizeof(h->h));
}

void
urne_sha256_put(struct urne_sha256 *h, const void *p, size_t len)
{
	const uint8_t *in = p;
	size_t have = h->len % BLOCK;

	if (len == 0) {
		return; /* p may be NULL then */
	}
	h->len += len;
	if (have + len < BLOCK) {
		memcpy(h->part + have, in, len);
		return;
	}
	if (have > 0) {
		memcpy(h->part + have, in, BLOCK - have);
		fastest()->blocks(h->h, h->part, 1);
		in += BLOCK - have;
		len -= BLOCK - have;
	}
	if (len >= BLOCK) {
		fastest()->blocks(h->h, in, len / BLOCK);
	}
	memcpy(h->part, in + len / BLOCK * BLOCK, len % BLOCK);
}

void
urne_sha256_puts(struct urne_sha256 *h, const char *s)
{
	urne_sha256_put(h, s, strlen(s));
}

void
urne_sha256_put_view(struct urne_sha256 *h, struct urne_view v)
{
	urne_sha256_put(h, v.p, v.len);
}

void
urne_sha256_put_u64(struct urne_sha256 *h, uint64_t v)
{
	char text[24];
	int len = snprintf(text, sizeof(text), "%" PRIu64, v);

	urne_sha256_put(h, text, (size_t)len);
}

/* fill puts as much of the text as makes the last block whole, if there is a part of one, and
 * leaves the rest of the text. */
static void
fill(struct urne_sha256 *h, struct urne_view *text)
{
	size_t missing = (BLOCK - h->len % BLOCK) % BLOCK;
	size_t n = text->len < missing ? text->len : missing;

	urne_sha256_put(h, text->p, n);
	*text = (struct urne_view){n > 0 ? text->p + n : text->p, text->len - n};
}

void
urne_sha256_put_both(
    struct urne_sha256 *a, struct urne_view to_a, struct urne_sha256 *b, struct urne_view to_b)
{
	size_t num;

	fill(a, &to_a);
	fill(b, &to_b);
	num = (to_a.len < to_b.len ? to_a.len : to_b.len) / BLOCK;
	if (num > 0) {
		fastest()->pair(a->h, (const uint8_t *)to_a.p, b->h, (const uint8_t *)to_b.p, num);
		a->len += num * BLOCK;
		b->len += num * BLOCK;
		to_a = (struct urne_view){to_a.p + num * BLOCK, to_a.len - num * BLOCK};
		to_b = (struct urne_view){to_b.p + num * BLOCK, to_b.len - num * BLOCK};
	}
	urne_sha256_put_view(a, to_a);
	urne_sha256_put_view(b, to_b);
}

/* pad: the end of a message of `len` bytes, whose last len % 64 are `part`: a one bit, zeros, and
 * the number of bits. Returns how many blocks that makes. */
static size_t
pad(uint8_t out[2 * BLOCK], const uint8_t *part, uint64_t len)
{
	size_t have = len % BLOCK;
	size_t num = have + 1 + sizeof(uint64_t) <= BLOCK ? 1 : 2;
	uint64_t bits = htobe64(len << 3);

	memset(out, 0, num * BLOCK);
	if (have > 0) {
		memcpy(out, part, have);
	}
	out[have] = 0x80;
	memcpy(out + num * BLOCK - sizeof(bits), &bits, sizeof(bits));
	return num;
}

static void
write_out(struct urne_hash *out, const uint32_t h[8])
{
	for (size_t i = 0; i < 8; i++) {
		uint32_t word = htobe32(h[i]);

		memcpy(out->b + 4 * i, &word, sizeof(word));
	}
}

void
urne_sha256_final(const struct urne_sha256 *h, struct urne_hash *out)
{
	struct urne_sha256 copy = *h;
	uint8_t last[2 * BLOCK];
	size_t num = pad(last, copy.part, copy.len);

	fastest()->blocks(copy.h, last, num);
	write_out(out, copy.h);
	urne_wipe(&copy, sizeof(copy));
	urne_wipe(last, sizeof(last));
}

void
urne_sha256_of(struct urne_hash *out, struct urne_view v)
{
	struct urne_sha256 h;

	urne_sha256_init(&h);
	urne_sha256_put_view(&h, v);
	urne_sha256_final(&h, out);
}

/* Messages that wait for one of two lanes: from `first` on, up to `end`. One lane takes them from
 * the front and the other from the back, so that a long one at an end is not left for last. */
struct queue {
	struct urne_hash *out;
	const struct urne_view *text;
	size_t first, end;
};

/* One of two messages that are worked on: what is left of its whole blocks, and its last ones. */
struct lane {
	uint32_t h[8];
	const uint8_t *p;
	size_t left; /* blocks at p */
	uint8_t last[2 * BLOCK];
	size_t num_last;       /* 0: they are at p already */
	struct urne_hash *out; /* NULL: there is no message */
	bool from_back;
};

static void
lane_begin(struct lane *l, struct urne_hash *out, struct urne_view text)
{
	size_t whole = text.len / BLOCK;

	memcpy(l->h, start, sizeof(l->h));
	l->out = out;
	l->p = (const uint8_t *)text.p;
	l->left = whole;
	l->num_last = pad(l->last, whole > 0 ? l->p + whole * BLOCK : l->p, text.len);
}

/* lane_ready: how many blocks are at l->p, after the next message was taken from the queue if it
 * had to be; 0 when there is none. */
static size_t
lane_ready(struct lane *l, struct queue *q)
{
	size_t i;

	if (l->left == 0 && l->num_last == 0) {
		if (l->out != NULL) {
			write_out(l->out, l->h);
			l->out = NULL;
		}
		if (q->first == q->end) {
			return 0;
		}
		i = l->from_back ? --q->end : q->first++;
		lane_begin(l, &q->out[i], q->text[i]);
	}
	if (l->left == 0) {
		l->p = l->last;
		l->left = l->num_last;
		l->num_last = 0;
	}
	return l->left;
}

static void
lane_advance(struct lane *l, size_t num)
{
	l->p += num * BLOCK;
	l->left -= num;
}

/* When one message ends, the next takes its lane beside the other one. */
void
urne_sha256_of_many(struct urne_hash *out, const struct urne_view *text, size_t num)
{
	const struct urne_sha256_version *v = fastest();
	struct queue q = {out, text, 0, num};
	struct lane a = {.out = NULL}, b = {.from_back = true};

	for (;;) {
		size_t na = lane_ready(&a, &q), nb = lane_ready(&b, &q), n = na < nb ? na : nb;

		if (na == 0 && nb == 0) {
			return;
		}
		if (n > 0) {
			v->pair(a.h, a.p, b.h, b.p, n);
			lane_advance(&a, n);
			lane_advance(&b, n);
		} else if (na > 0) {
			v->blocks(a.h, a.p, na);
			lane_advance(&a, na);
		} else {
			v->blocks(b.h, b.p, nb);
			lane_advance(&b, nb);
		}
	}
}
