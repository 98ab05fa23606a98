/* SPDX-License-Identifier: EUPL-1.2 */
/* Messages of any length from blocks. docs/decisions/0003-sha256-low-level.md */
#include "crypto/sha256.h"

#include <endian.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "crypto/sha256_ends.h"

#define BLOCK URNE_SHA256_BLOCK

const uint32_t urne_sha256_start[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

void
urne_sha256_init(struct urne_sha256 *h)
{
	*h = (struct urne_sha256){.len = 0};
	memcpy(h->h, urne_sha256_start, sizeof(h->h));
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
		urne_sha256_fastest()->blocks(h->h, h->part, 1);
		in += BLOCK - have;
		len -= BLOCK - have;
	}
	if (len >= BLOCK) {
		urne_sha256_fastest()->blocks(h->h, in, len / BLOCK);
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
		urne_sha256_fastest()->pair(
		    a->h, (const uint8_t *)to_a.p, b->h, (const uint8_t *)to_b.p, num);
		a->len += num * BLOCK;
		b->len += num * BLOCK;
		to_a = (struct urne_view){to_a.p + num * BLOCK, to_a.len - num * BLOCK};
		to_b = (struct urne_view){to_b.p + num * BLOCK, to_b.len - num * BLOCK};
	}
	urne_sha256_put_view(a, to_a);
	urne_sha256_put_view(b, to_b);
}

size_t
urne_sha256_pad(uint8_t out[2 * BLOCK], const uint8_t *part, uint64_t len)
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

void
urne_sha256_write(struct urne_hash *out, const uint32_t h[8])
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
	size_t num = urne_sha256_pad(last, copy.part, copy.len);

	urne_sha256_fastest()->blocks(copy.h, last, num);
	urne_sha256_write(out, copy.h);
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
