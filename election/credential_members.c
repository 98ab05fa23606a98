/* SPDX-License-Identifier: EUPL-1.2 */
/* A hint of a credential is right when 8 times it has the credential's text: that text is then
 * canonical, of the curve and of the subgroup. Whatever is not right by hints is decoded.
 * Spec: docs/soundness.md#credentials-and-decryption-factors */
#include "election/credential_members.h"

#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "crypto/batch.h"

/* Credentials whose hints are in memory at once, in a megabyte; and as many as one inversion serves
 * well. */
#define PIECE ((size_t)16384)
#define RUN   ((size_t)32)

enum state {
	UNKNOWN,
	MEMBER,
	MEMBER_BY_HINT,
	NO_MEMBER,
};

struct work {
	const struct urne_credential_texts *c;
	struct urne_scalar eighth;
	uint8_t *state; /* of every credential */
	uint8_t *hints; /* of a piece */
	size_t first, num;
	bool read, make;
};

static bool
has_text(const struct urne_credential_texts *c, size_t i, const struct urne_elem *e)
{
	char text[URNE_TEXT_MAX], room[URNE_TEXT_MAX];
	struct urne_view v = {text, urne_elem_encode(c->group, text, e)};

	return !urne_elem_is_identity(c->group, e) && urne_view_eq(v, c->text(c->list, room, i));
}

/* by_hints: the credentials of a run of which 8 Q is the text are in `state`. */
static void
by_hints(struct work *w, size_t at, size_t num, enum state state)
{
	struct urne_edwards_opened q[RUN];
	struct urne_elem e[RUN];

	if (!urne_hints_open(e, q, w->hints + (at - w->first) * URNE_HINT_LEN, num)) {
		return;
	}
	for (size_t k = 0; k < num; k++) {
		if (has_text(w->c, at + k, &e[k])) {
			w->state[at + k] = (uint8_t)state;
		}
	}
}

/* make_hints: an eighth of each point, in the subgroup or not; of what is no point, that of the
 * identity. */
static void
make_hints(struct work *w, size_t at, size_t num)
{
	const struct urne_group *g = w->c->group;
	struct urne_elem q[RUN];

	for (size_t k = 0; k < num; k++) {
		char room[URNE_TEXT_MAX];
		struct urne_elem e;

		urne_elem_identity(g, &q[k]);
		if (urne_elem_decode_unproved(g, &e, w->c->text(w->c->list, room, at + k)) ==
		    URNE_OK) {
			urne_elem_pow(g, &q[k], &e, &w->eighth);
		}
	}
	urne_hints_write(w->hints + (at - w->first) * URNE_HINT_LEN, q, num);
}

/* exact: of those whose state is not known yet. */
static void
exact(struct work *w, size_t at, size_t num)
{
	const struct urne_group *g = w->c->group;

	for (size_t i = at; i < at + num; i++) {
		char room[URNE_TEXT_MAX];
		struct urne_elem e;

		if (w->state[i] == UNKNOWN) {
			bool member =
			    urne_elem_decode(g, &e, w->c->text(w->c->list, room, i)) == URNE_OK &&
			    !urne_elem_is_identity(g, &e);

			w->state[i] = member ? MEMBER : NO_MEMBER;
		}
	}
}

/* check_run runs in a thread and touches its run only. */
static void
check_run(void *ctx, size_t i, size_t t)
{
	struct work *w = ctx;
	size_t at = w->first + i * RUN, left = w->first + w->num - at;
	size_t num = left < RUN ? left : RUN;

	(void)t;
	if (w->make) {
		make_hints(w, at, num);
	}
	if (w->read || w->make) {
		by_hints(w, at, num, w->read ? MEMBER_BY_HINT : MEMBER);
	}
	exact(w, at, num);
	for (size_t k = at; w->make && k < at + num; k++) {
		if (w->state[k] == NO_MEMBER) {
			memset(w->hints + (k - w->first) * URNE_HINT_LEN, 0, URNE_HINT_LEN);
		}
	}
}

static enum urne_err
check_piece(
    struct work *w, struct urne_diag *d, size_t num_threads, struct urne_credential_hints *h)
{
	w->read = h != NULL && h->read != NULL && h->read(h->ctx, w->hints, w->first, w->num);
	w->make = h != NULL && h->write != NULL;
	urne_parallel_for(num_threads, (w->num + RUN - 1) / RUN, check_run, w);
	for (size_t i = w->first; w->read && i < w->first + w->num; i++) {
		h->num_hinted += w->state[i] == MEMBER_BY_HINT ? 1 : 0;
	}
	return w->make ? h->write(h->ctx, d, w->hints, w->first, w->num, w->c->num) : URNE_OK;
}

enum urne_err
urne_credentials_check_members(const struct urne_credential_texts *c, struct urne_diag *d,
    size_t num_threads, struct urne_credential_hints *hints)
{
	struct work w = {.c = c};
	enum urne_err err = URNE_OK;

	urne_eighth(&w.eighth);
	w.state = calloc(c->num + 1, 1);
	w.hints = hints != NULL ? calloc(PIECE, URNE_HINT_LEN) : NULL;
	if (w.state == NULL || (hints != NULL && w.hints == NULL)) {
		err = urne_fail(d, URNE_ERR_MEMORY, "no memory for the roll");
	}
	while (err == URNE_OK && w.first < c->num) {
		w.num = c->num - w.first < PIECE ? c->num - w.first : PIECE;
		err = check_piece(&w, d, num_threads, hints);
		w.first += w.num;
	}
	for (size_t i = 0; err == URNE_OK && i < c->num; i++) {
		if (w.state[i] == NO_MEMBER) {
			err = urne_fail(d, URNE_ERR_GROUP,
			    "credential %zu: not the canonical form of a member of %s other than "
			    "the neutral element",
			    i, c->group->name);
		}
	}
	free(w.state);
	free(w.hints);
	return err;
}
