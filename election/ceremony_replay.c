/* SPDX-License-Identifier: EUPL-1.2 */
/* The whole ceremony from the trustees' files: what was given out between the rounds follows from
 * them, so nobody has to be believed about it.
 * Spec: election/ceremony.h */
#include "base/limits.h"
#include "election/ceremony.h"
#include "election/threshold.h"

/* clear_all frees what is given out of one round, and makes it empty. */
static void
clear_all(struct urne_buf *given, size_t size)
{
	for (size_t j = 0; j < size; j++) {
		urne_buf_clear(&given[j]);
		urne_buf_init(&given[j], URNE_TRUSTEES_MEMORY);
	}
}

/* collect makes what trustee 1 is given in the next round, in the place of what it was given. */
static enum urne_err
collect(struct urne_view *before, struct urne_arena *arena, struct urne_buf *given,
    struct urne_diag *d, enum urne_ceremony_round round,
    const struct urne_ceremony_context *context, const struct urne_view *files)
{
	size_t size = context->size, num = 0;
	enum urne_err e =
	    urne_ceremony_collect(given, &num, d, round, context->group, *before, files, size);

	if (e == URNE_OK) {
		e = urne_buf_error(&given[0]);
	}
	if (e == URNE_OK) {
		e = urne_arena_copy(arena, before, urne_buf_view(&given[0]));
	}
	clear_all(given, size);
	return e;
}

enum urne_err
urne_ceremony_replay(struct urne_threshold *out, struct urne_arena *arena, struct urne_buf *shares,
    struct urne_diag *d, const struct urne_ceremony_context *context, const struct urne_view *files)
{
	size_t size = context->size, round = 0;
	struct urne_buf *given = urne_arena_alloc(arena, size, sizeof(*given));
	struct urne_buf invitation;
	struct urne_view before = {"", 0};
	enum urne_err e;

	*out = (struct urne_threshold){.size = 0};
	if (given == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the ceremony");
	}
	clear_all(given, size);
	urne_buf_init(&invitation, URNE_MAX_SMALL_FILE);
	urne_ceremony_invitation(&invitation, context->group, size, context->threshold, 1);
	e = urne_buf_error(&invitation);
	before = urne_buf_view(&invitation);
	for (; e == URNE_OK && round < URNE_CEREMONY_KEY; round++) {
		e = collect(&before, arena, given, d, (enum urne_ceremony_round)round, context,
		    files + round * size);
		if (e != URNE_OK) {
			break;
		}
	}
	if (e == URNE_OK) {
		e = urne_ceremony_finish(
		    out, arena, shares, d, context->group, before, files + round * size, size);
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "round %zu: ", round + 1);
	}
	clear_all(given, size);
	urne_buf_clear(&invitation);
	return e;
}
