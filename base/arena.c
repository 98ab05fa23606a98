/* SPDX-License-Identifier: EUPL-1.2 */
/* A list of blocks, each handed out from start to end; the first block is the one in use. */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ALIGN	  (_Alignof(max_align_t))
#define MIN_BLOCK ((size_t)4096)
#define MAX_BLOCK ((size_t)1 << 20)

struct urne_arena_block {
	struct urne_arena_block *next;
	size_t size; /* bytes of data */
	size_t used;
	_Alignas(max_align_t) unsigned char data[];
};

void
urne_arena_init(struct urne_arena *a, size_t max)
{
	*a = (struct urne_arena){.max = max};
}

void
urne_arena_init_secret(struct urne_arena *a, size_t max)
{
	*a = (struct urne_arena){.max = max, .secret = true};
}

static void
empty(const struct urne_arena *a, struct urne_arena_block *b)
{
	if (a->secret) {
		urne_wipe(b->data, b->used);
	}
	b->used = 0;
}

static void
release(const struct urne_arena *a, struct urne_arena_block *b)
{
	if (b != NULL) {
		empty(a, b);
		free(b);
	}
}

void
urne_arena_clear(struct urne_arena *a)
{
	while (a->head != NULL) {
		struct urne_arena_block *b = a->head;

		a->head = b->next;
		release(a, b);
	}
	a->used = 0;
}

/* Several blocks become one when they are needed again, with room for all that was in them. */
void
urne_arena_reset(struct urne_arena *a)
{
	size_t used = a->used;

	if (a->head != NULL && a->head->next != NULL) {
		urne_arena_clear(a);
		a->wanted = used;
	}
	if (a->head != NULL) {
		empty(a, a->head);
	}
	a->used = 0;
}

/* need_of sets *need to the aligned bytes of num objects; false when that is above max. */
static bool
need_of(size_t *need, const struct urne_arena *a, size_t num, size_t size)
{
	if (!urne_mul_size(need, num, size) || !urne_add_size(need, *need, ALIGN - 1)) {
		return false;
	}
	*need -= *need % ALIGN;
	return a->used <= a->max && *need <= a->max - a->used;
}

bool
urne_arena_fits(const struct urne_arena *a, size_t num, size_t size)
{
	size_t need = 0;

	return need_of(&need, a, num, size);
}

/* add_block puts a block with room for `need` in the list and returns it, or NULL. A request that
 * is large beside the usual block gets one of its own, behind the head, whose rest stays in use. */
static struct urne_arena_block *
add_block(struct urne_arena *a, size_t need)
{
	size_t before = a->head == NULL ? MIN_BLOCK : a->head->size;
	size_t size = before >= MAX_BLOCK / 2 ? MAX_BLOCK : before * 2, total = 0;
	struct urne_arena_block *b;
	bool own = need > size / 4 && a->head != NULL;

	if (a->head == NULL && a->wanted > size) {
		size = a->wanted;
	}
	if (own || need > size) {
		size = need;
	}
	if (!urne_add_size(&total, size, sizeof(*b))) {
		return NULL;
	}
	b = malloc(total);
	if (b == NULL) {
		return NULL;
	}
	b->size = size;
	b->used = 0;
	b->next = own ? a->head->next : a->head;
	if (own) {
		a->head->next = b;
	} else {
		a->head = b;
	}
	return b;
}

void *
urne_arena_room(struct urne_arena *a, size_t num, size_t size)
{
	size_t need = 0;
	struct urne_arena_block *b = a->head;
	void *p;

	if (!need_of(&need, a, num, size)) {
		return NULL;
	}
	if (b == NULL || need > b->size - b->used) {
		b = add_block(a, need);
	}
	if (b == NULL) {
		return NULL;
	}
	p = b->data + b->used;
	b->used += need;
	a->used += need;
	return p;
}

void *
urne_arena_alloc(struct urne_arena *a, size_t num, size_t size)
{
	void *p = urne_arena_room(a, num, size);

	if (p != NULL) {
		memset(p, 0, num * size);
	}
	return p;
}

enum urne_err
urne_arena_copy(struct urne_arena *a, struct urne_view *out, struct urne_view v)
{
	size_t size = 0;
	char *p;

	*out = (struct urne_view){"", 0};
	if (!urne_add_size(&size, v.len, 1) || !urne_arena_fits(a, 1, size)) {
		return URNE_ERR_LIMIT;
	}
	p = urne_arena_alloc(a, 1, size);
	if (p == NULL) {
		return URNE_ERR_MEMORY;
	}
	if (v.len > 0) {
		memcpy(p, v.p, v.len);
	}
	*out = (struct urne_view){p, v.len};
	return URNE_OK;
}
