/* SPDX-License-Identifier: EUPL-1.2 */
/* A hint of a credential is right when 8 times it has the credential's text: that text is then
 * canonical, of the curve and of the subgroup. Whatever is not right by hints is decoded.
 * Spec: docs/soundness.md#credentials-and-decryption-factors */
#include "election/credential_members.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/pool.h"
#include "crypto/batch.h"

/* Credentials whose hints are in memory at once, in a megabyte; as many as one inversion serves
 * well; and as many as fill vectors, while the stack stays small. */
#define PIECE	 ((size_t)16384)
#define RUN	 ((size_t)32)
#define TOGETHER ((size_t)8)

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
	uint8_t identity[URNE_ENCODING_MAX]; /* its encoding */
	void *room[URNE_MAX_THREADS];	     /* of each thread, to open hints in */
};

/* work_init: `hints` says whether there will be any. */
static enum urne_err
work_init(struct work *w, const struct urne_credential_texts *c, struct urne_pool *pool, bool hints)
{
	struct urne_elem one;
	bool all;

	*w = (struct work){.c = c};
	urne_eighth(&w->eighth);
	urne_elem_identity(c->group, &one);
	urne_elem_encoding(c->group, w->identity, &one);
	w->state = calloc(c->num + 1, 1);
	w->hints = hints ? calloc(PIECE, URNE_HINT_LEN) : NULL;
	all = w->state != NULL && (!hints || w->hints != NULL);
	for (size_t t = 0; hints && t < urne_pool_size(pool); t++) {
		w->room[t] = urne_hints_room();
		all = all && w->room[t] != NULL;
	}
	return all ? URNE_OK : URNE_ERR_MEMORY;
}

static void
work_clear(struct work *w, struct urne_pool *pool)
{
	free(w->state);
	free(w->hints);
	for (size_t t = 0; t < urne_pool_size(pool); t++) {
		free(w->room[t]);
	}
}

/* has_text: the encoding of a member that is not the identity is that of a credential. */
static bool
has_text(const struct work *w, size_t i, const uint8_t encoding[URNE_ENCODING_LEN])
{
	const struct urne_credential_texts *c = w->c;
	char text[URNE_TEXT_MAX], room[URNE_TEXT_MAX];
	struct urne_view v = {text, urne_encoding_text(c->group, text, encoding)};

	return memcmp(encoding, w->identity, URNE_ENCODING_LEN) != 0 &&
	       urne_view_eq(v, c->text(c->list, room, i));
}

/* by_hints: the credentials of a run of which 8 Q is the text are in `state`. */
static void
by_hints(struct work *w, size_t at, size_t num, enum state state, void *room)
{
	const struct urne_hint_shape shape = {.num = num};
	struct urne_edwards_opened q[RUN];
	uint8_t encoding[RUN][URNE_ENCODING_LEN];
	const struct urne_hint_list list = {
	    w->hints + (at - w->first) * URNE_HINT_LEN, q, encoding, NULL};

	if (!urne_hints_open(&list, 1, &shape, room)) {
		return;
	}
	for (size_t k = 0; k < num; k++) {
		if (has_text(w, at + k, encoding[k])) {
			w->state[at + k] = (uint8_t)state;
		}
	}
}

/* Credentials of which powers are made together. */
struct together {
	struct urne_elem_powers powers[TOGETHER];
	size_t of[TOGETHER]; /* which credentials */
	size_t num;
};

/* take: those of the `num` from `at` on, at most TOGETHER, that are points and whose state is not
 * known yet. What is no point is no member. */
static void
take(struct together *t, struct work *w, size_t at, size_t num)
{
	char room[TOGETHER][URNE_TEXT_MAX];
	struct urne_view text[TOGETHER] = {{0}};
	struct urne_elem e[TOGETHER];
	bool ok[TOGETHER];
	size_t asked[TOGETHER], num_asked = 0;

	for (size_t i = at; i < at + num; i++) {
		if (w->state[i] == UNKNOWN) {
			text[num_asked] = w->c->text(w->c->list, room[num_asked], i);
			asked[num_asked++] = i;
		}
	}
	urne_elem_decode_each_unproved(w->c->group, e, ok, text, num_asked);
	t->num = 0;
	for (size_t k = 0; k < num_asked; k++) {
		if (ok[k]) {
			t->powers[t->num].a = e[k];
			t->of[t->num++] = asked[k];
		} else {
			w->state[asked[k]] = NO_MEMBER;
		}
	}
}

/* make_hints: an eighth of each point, in the subgroup or not; of what is no point, that of the
 * identity. Nothing is known yet of at most TOGETHER credentials. */
static void
make_hints(struct work *w, size_t at, size_t num)
{
	const struct urne_group *g = w->c->group;
	struct urne_elem q[TOGETHER];
	struct together t;

	take(&t, w, at, num);
	for (size_t k = 0; k < t.num; k++) {
		t.powers[k].x[0] = &w->eighth;
		t.powers[k].num = 1;
		t.powers[k].ask_member = false;
	}
	urne_elem_pow_each(g, t.powers, t.num);
	for (size_t k = 0; k < num; k++) {
		urne_elem_identity(g, &q[k]);
	}
	for (size_t k = 0; k < t.num; k++) {
		q[t.of[k] - at] = t.powers[k].out[0];
	}
	urne_hints_write(w->hints + (at - w->first) * URNE_HINT_LEN, q, num);
}

/* exact: of those whose state is not known yet, at most TOGETHER. */
static void
exact(struct work *w, size_t at, size_t num)
{
	const struct urne_group *g = w->c->group;
	struct together t;

	take(&t, w, at, num);
	for (size_t k = 0; k < t.num; k++) {
		t.powers[k].num = 0;
		t.powers[k].ask_member = true;
	}
	urne_elem_pow_each(g, t.powers, t.num);
	for (size_t k = 0; k < t.num; k++) {
		const struct urne_elem_powers *p = &t.powers[k];
		bool member = p->is_member && !urne_elem_is_identity(g, &p->a);

		w->state[t.of[k]] = member ? MEMBER : NO_MEMBER;
	}
}

static void
each_together(
    struct work *w, size_t at, size_t num, void (*f)(struct work *w, size_t at, size_t num))
{
	for (size_t done = 0; done < num; done += TOGETHER) {
		f(w, at + done, num - done < TOGETHER ? num - done : TOGETHER);
	}
}

/* check_run runs in a thread and touches its run only. */
static void
check_run(void *ctx, size_t i, size_t t)
{
	struct work *w = ctx;
	size_t at = w->first + i * RUN, left = w->first + w->num - at;
	size_t num = left < RUN ? left : RUN;

	if (w->make) {
		each_together(w, at, num, make_hints);
	}
	if (w->read || w->make) {
		by_hints(w, at, num, w->read ? MEMBER_BY_HINT : MEMBER, w->room[t]);
	}
	each_together(w, at, num, exact);
	for (size_t k = at; w->make && k < at + num; k++) {
		if (w->state[k] == NO_MEMBER) {
			memset(w->hints + (k - w->first) * URNE_HINT_LEN, 0, URNE_HINT_LEN);
		}
	}
}

static enum urne_err
check_piece(
    struct work *w, struct urne_diag *d, struct urne_pool *pool, struct urne_credential_hints *h)
{
	w->read = h != NULL && h->read != NULL && h->read(h->ctx, w->hints, w->first, w->num);
	w->make = h != NULL && h->write != NULL;
	urne_pool_for(pool, (w->num + RUN - 1) / RUN, check_run, w);
	for (size_t i = w->first; w->read && i < w->first + w->num; i++) {
		h->num_hinted += w->state[i] == MEMBER_BY_HINT ? 1 : 0;
	}
	return w->make ? h->write(h->ctx, d, w->hints, w->first, w->num, w->c->num) : URNE_OK;
}

enum urne_err
urne_credentials_check_members(const struct urne_credential_texts *c, struct urne_diag *d,
    struct urne_pool *pool, struct urne_credential_hints *hints)
{
	struct work w;
	enum urne_err err = work_init(&w, c, pool, hints != NULL);

	if (err != URNE_OK) {
		(void)urne_fail(d, err, "no memory for the roll");
	}
	while (err == URNE_OK && w.first < c->num) {
		w.num = c->num - w.first < PIECE ? c->num - w.first : PIECE;
		err = check_piece(&w, d, pool, hints);
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
	work_clear(&w, pool);
	return err;
}
