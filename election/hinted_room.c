/* SPDX-License-Identifier: EUPL-1.2 */
#include "election/hinted_room.h"

#include <stdlib.h>

void
urne_hinted_room_clear(struct urne_hinted_room *r)
{
	urne_ballot_points_clear(&r->points);
	urne_equations_clear(&r->equations);
	free(r->elem);
	free(r->encoding);
	free(r->opening);
}

static size_t
num_encodings(const struct urne_hint_shape *s)
{
	return s->num + s->num_sums;
}

enum urne_err
urne_hinted_room_init(struct urne_hinted_room *r, const struct urne_election *e, size_t num)
{
	const struct urne_hint_shape *s = &r->points.shape;
	enum urne_err err;

	*r = (struct urne_hinted_room){.elem = NULL};
	err = urne_ballot_points_init(&r->points, e);
	if (err == URNE_OK) {
		err = urne_equations_init(&r->equations, e);
	}
	if (err == URNE_OK) {
		r->elem = calloc(num * s->num_elems, sizeof(*r->elem));
		r->encoding = calloc(num * num_encodings(s), sizeof(*r->encoding));
		r->opening = urne_hints_room();
	}
	return r->elem != NULL && r->encoding != NULL && r->opening != NULL ? URNE_OK
									    : URNE_ERR_MEMORY;
}

struct urne_elem *
urne_hinted_room_elems(const struct urne_hinted_room *r, size_t place)
{
	return r->elem + place * r->points.shape.num_elems;
}

const uint8_t *
urne_hinted_room_encodings(const struct urne_hinted_room *r, size_t place)
{
	return r->encoding[place * num_encodings(&r->points.shape)];
}

bool
urne_hinted_room_open(struct urne_hinted_room *r, size_t first, const uint8_t *const hints[],
    struct urne_edwards_opened *const q[], size_t num)
{
	const struct urne_hint_shape *s = &r->points.shape;
	struct urne_hint_list list[URNE_HINT_LISTS];

	for (size_t i = 0; i < num; i++) {
		list[i] = (struct urne_hint_list){hints[i], q[i],
		    r->encoding + (first + i) * num_encodings(s),
		    urne_hinted_room_elems(r, first + i)};
	}
	return urne_hints_open(list, num, s, r->opening);
}
