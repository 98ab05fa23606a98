/* SPDX-License-Identifier: EUPL-1.2 */
/* Names of tiles, and which of them a tree has. A name is read digit by digit and refused unless it
 * is the one that would be written, so a file has one name and a name one file.
 * Spec: docs/log.md#tiles */
#include "bulletin/log/tile.h"

#include "bulletin/log/merkle.h"

#define WIDTH ((uint64_t)URNE_TILE_WIDTH)
/* A hash of a tile of level l stands for 2^(8 l) entries. */
#define LEVEL_BITS ((unsigned)8)
#define MAX_LEVEL  ((unsigned)7)
/* Three digits each hold any 64-bit number. */
#define MAX_GROUPS ((size_t)7)

/* put_three: a group of digits of an index. */
static void
put_three(struct urne_buf *out, unsigned v)
{
	urne_buf_putc(out, (char)('0' + v / 100));
	urne_buf_putc(out, (char)('0' + v / 10 % 10));
	urne_buf_putc(out, (char)('0' + v % 10));
}

void
urne_tile_path(struct urne_buf *out, const struct urne_tile *t)
{
	unsigned groups[MAX_GROUPS];
	uint64_t rest = t->index;
	size_t num = 0;

	urne_buf_puts(out, "tile/");
	if (t->entries) {
		urne_buf_puts(out, "entries");
	} else {
		urne_buf_put_u64(out, t->level);
	}
	do {
		groups[num++] = (unsigned)(rest % 1000);
		rest /= 1000;
	} while (rest > 0);
	while (num-- > 0) {
		urne_buf_puts(out, num > 0 ? "/x" : "/");
		put_three(out, groups[num]);
	}
	if (t->width < URNE_TILE_WIDTH) {
		urne_buf_puts(out, ".p/");
		urne_buf_put_u64(out, t->width);
	}
}

/* take_three takes three digits off *v. */
static bool
take_three(unsigned *out, struct urne_view *v)
{
	*out = 0;
	if (v->len < 3) {
		return false;
	}
	for (size_t i = 0; i < 3; i++) {
		if (v->p[i] < '0' || v->p[i] > '9') {
			return false;
		}
		*out = *out * 10 + (unsigned)(v->p[i] - '0');
	}
	v->p += 3;
	v->len -= 3;
	return true;
}

/* take_index takes "x001/x234/067"; every group but the last has an x, and the first of several is
 * not zero. */
static bool
take_index(uint64_t *out, struct urne_view *v)
{
	unsigned group = 0;

	*out = 0;
	for (size_t i = 0; i < MAX_GROUPS; i++) {
		bool more = urne_view_starts(*v, "x");

		v->p += more ? 1 : 0;
		v->len -= more ? 1 : 0;
		if (!take_three(&group, v) || *out > (UINT64_MAX - group) / 1000) {
			return false;
		}
		*out = *out * 1000 + group;
		if (!more) {
			return true;
		}
		if (*out == 0 || !urne_view_starts(*v, "/")) {
			return false;
		}
		v->p++;
		v->len--;
	}
	return false;
}

/* take_width takes ".p/17" or the end. */
static bool
take_width(unsigned *out, struct urne_view v)
{
	uint64_t width = 0;

	*out = URNE_TILE_WIDTH;
	if (v.len == 0) {
		return true;
	}
	if (!urne_view_starts(v, ".p/")) {
		return false;
	}
	v.p += sizeof(".p/") - 1;
	v.len -= sizeof(".p/") - 1;
	if (urne_decimal_decode(&width, v, WIDTH - 1) != URNE_OK || width == 0) {
		return false;
	}
	*out = (unsigned)width;
	return true;
}

enum urne_err
urne_tile_path_read(struct urne_tile *out, struct urne_view path)
{
	struct urne_tile t = {.level = 0};
	struct urne_view word, rest = path;
	uint64_t level = 0;

	*out = t;
	if (!urne_view_cut(&word, &rest, '/') || !urne_view_is(word, "tile") ||
	    !urne_view_cut(&word, &rest, '/')) {
		return URNE_ERR_SYNTAX;
	}
	t.entries = urne_view_is(word, "entries");
	if (!t.entries && urne_decimal_decode(&level, word, MAX_LEVEL) != URNE_OK) {
		return URNE_ERR_SYNTAX;
	}
	t.level = (unsigned)level;
	if (!take_index(&t.index, &rest) || !take_width(&t.width, rest)) {
		return URNE_ERR_SYNTAX;
	}
	/* no tree is large enough for it */
	if (t.index > (URNE_MERKLE_MAX_SIZE >> LEVEL_BITS * t.level) / WIDTH ||
	    t.index * WIDTH + t.width > URNE_MERKLE_MAX_SIZE >> LEVEL_BITS * t.level) {
		return URNE_ERR_SYNTAX;
	}
	*out = t;
	return URNE_OK;
}

/* each_of visits the tiles of one level, or the entries, that `size` hashes have and `old` did
 * not. */
static enum urne_err
each_of(struct urne_tile t, uint64_t old, uint64_t size,
    enum urne_err (*visit)(void *ctx, const struct urne_tile *t), void *ctx)
{
	enum urne_err e = URNE_OK;

	if (old == size) {
		return URNE_OK;
	}
	for (t.index = old / WIDTH; t.index * WIDTH < size && e == URNE_OK; t.index++) {
		uint64_t left = size - t.index * WIDTH;

		t.width = left < WIDTH ? (unsigned)left : URNE_TILE_WIDTH;
		e = visit(ctx, &t);
	}
	return e;
}

enum urne_err
urne_tile_each(uint64_t old, uint64_t size,
    enum urne_err (*visit)(void *ctx, const struct urne_tile *t), void *ctx)
{
	struct urne_tile t = {.entries = true};
	enum urne_err e;

	if (old > size || size > URNE_MERKLE_MAX_SIZE) {
		return URNE_ERR_RANGE;
	}
	e = each_of(t, old, size, visit, ctx);
	t.entries = false;
	for (; t.level <= MAX_LEVEL && e == URNE_OK; t.level++) {
		e = each_of(
		    t, old >> LEVEL_BITS * t.level, size >> LEVEL_BITS * t.level, visit, ctx);
	}
	return e;
}

void
urne_tile_node(const struct urne_tile *t, unsigned i, unsigned *level, uint64_t *index)
{
	*level = LEVEL_BITS * t->level;
	*index = t->index * WIDTH + i;
}

void
urne_entry_put(struct urne_buf *out, struct urne_view event)
{
	if (event.len > URNE_ENTRY_MAX) {
		out->err = out->err == URNE_OK ? URNE_ERR_LIMIT : out->err;
		return;
	}
	urne_buf_putc(out, (char)(event.len >> 8));
	urne_buf_putc(out, (char)(event.len & 0xff));
	urne_buf_put_view(out, event);
}

enum urne_err
urne_entry_next(struct urne_view *out, struct urne_view *rest)
{
	size_t len;

	*out = (struct urne_view){"", 0};
	if (rest->len < 2) {
		return URNE_ERR_INCOMPLETE;
	}
	len = (size_t)(uint8_t)rest->p[0] << 8 | (uint8_t)rest->p[1];
	if (rest->len - 2 < len) {
		return URNE_ERR_INCOMPLETE;
	}
	*out = (struct urne_view){rest->p + 2, len};
	rest->p += 2 + len;
	rest->len -= 2 + len;
	return URNE_OK;
}
