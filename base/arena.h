/* SPDX-License-Identifier: EUPL-1.2 */
/* Memory that is released all at once: whatever belongs to one election, one ballot, one
 * command lives in one arena, so no object inside has an owner of its own. */
#ifndef URNE_BASE_ARENA_H
#define URNE_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/err.h"

struct urne_arena_block;

/* urne_arena: the zero state with `max` set is an empty arena. */
struct urne_arena {
	struct urne_arena_block *head;
	size_t used;   /* bytes handed out */
	size_t wanted; /* by whoever used it before */
	size_t max;
	bool secret; /* wipe whatever is released */
};

void urne_arena_init(struct urne_arena *a, size_t max);
/* urne_arena_init_secret: the same, and memory is wiped before it is released or used again. */
void urne_arena_init_secret(struct urne_arena *a, size_t max);
/* urne_arena_clear releases everything; always legal. */
void urne_arena_clear(struct urne_arena *a);
/* urne_arena_reset forgets everything but keeps the memory for use again, in one block. */
void urne_arena_reset(struct urne_arena *a);
/* urne_arena_alloc returns num zeroed objects of `size` bytes (aligned for anything), or NULL
 * when memory or `max` is exhausted. num == 0 gives a valid pointer. */
void *urne_arena_alloc(struct urne_arena *a, size_t num, size_t size);
/* urne_arena_room: the same, but nothing is zeroed: the objects are not set. */
void *urne_arena_room(struct urne_arena *a, size_t num, size_t size);
/* urne_arena_fits: whether `max` still allows that; so after a NULL it tells a limit from a lack of
 * memory. */
bool urne_arena_fits(const struct urne_arena *a, size_t num, size_t size);
/* urne_arena_copy copies the bytes of `v`, adds a NUL behind them, and sets *out.
 * URNE_ERR_LIMIT or URNE_ERR_MEMORY. */
enum urne_err urne_arena_copy(
    struct urne_arena *a, struct urne_view *out, struct urne_view v) URNE_MUST_USE;

#endif
