/* SPDX-License-Identifier: EUPL-1.2 */
/* Where the randomness for ties comes from, and that nobody can know it before the vote closes.
 * Spec: docs/vote-definition.md#draws */
#include "election/definition_read.h"

#include <inttypes.h>

/* The end of the year 9999: no moment can be written behind it. */
#define LAST_SECOND ((int64_t)253402300799)

/* The public beacons, and when their rounds are published. */
static const struct chain {
	const char *name;
	int64_t genesis, period; /* seconds */
} chains[] = {
    {"quicknet", 1692803367, 3},
    {"default", 1595431050, 30},
};

/* first_round: the first one that is published `after` or later. */
static int64_t
first_round(const struct chain *c, int64_t after)
{
	if (after <= c->genesis) {
		return 1;
	}
	return (after - c->genesis + c->period - 1) / c->period + 1;
}

static void
check_round(struct urne_def *r, const struct chain *c, const struct urne_json *v)
{
	const struct urne_definition *out = r->out;
	int64_t closes = out->closes.seconds;
	int64_t published = out->draw.published.seconds;

	if (out->closes.text.len == 0) {
		return;
	}
	if (published <= closes) {
		urne_def_fault(r, v,
		    "round %" PRIu64 " of %s is published before the vote has closed",
		    out->draw.round, c->name);
		urne_def_mend(r,
		    "choose round %" PRId64 " or a later one; it is better to leave a day: round "
		    "%" PRId64,
		    first_round(c, closes + 1), first_round(c, closes + URNE_DEF_DAY));
	} else if (published - closes < URNE_DEF_DAY) {
		urne_def_warn(r, v, "the draw is published less than a day after closing");
		urne_def_mend(r, "round %" PRId64 " leaves a day for whatever delays the closing",
		    first_round(c, closes + URNE_DEF_DAY));
	}
}

static void
read_drand(struct urne_def *r, const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("chain", "\"chain\":\"quicknet\""),
	    URNE_DEF_NEEDED("round", "\"round\":12345678"),
	};
	static const struct urne_def_shape shape = {"a drand draw", fields, 2};
	static const char *const names[] = {"quicknet", "default", NULL};
	const struct urne_json *values[2];
	struct urne_draw *draw = &r->out->draw;
	const struct chain *c;
	size_t which = 0;
	uint64_t last;

	if (!urne_def_object(r, values, &shape, URNE_DEF_ANY, v) ||
	    !urne_def_word(r, &which, values[0], names)) {
		return;
	}
	c = &chains[which];
	last = (uint64_t)((LAST_SECOND - c->genesis) / c->period) + 1;
	if (!urne_def_number(r, &draw->round, values[1], 1, last)) {
		return;
	}
	draw->kind = URNE_DRAW_DRAND;
	draw->chain = values[0]->text;
	/* no overflow: the round is not above `last` */
	draw->published.seconds = c->genesis + (int64_t)(draw->round - 1) * c->period;
	check_round(r, c, values[1]);
}

static void
read_public(struct urne_def *r, const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("source", "\"source\":{\"fr\":\"...\",\"en\":\"...\"}"),
	    URNE_DEF_NEEDED("published", "\"published\":\"2027-03-12T12:00:00+01:00\""),
	};
	static const struct urne_def_shape shape = {"a public draw", fields, 2};
	const struct urne_json *values[2];
	struct urne_draw *draw = &r->out->draw;
	const struct urne_moment *closes = &r->out->closes;

	if (!urne_def_object(r, values, &shape, URNE_DEF_ANY, v)) {
		return;
	}
	draw->kind = URNE_DRAW_PUBLIC;
	(void)urne_def_texts(r, &draw->source, values[0], true);
	if (!urne_def_moment(r, &draw->published, values[1]) || closes->text.len == 0) {
		return;
	}
	if (draw->published.seconds <= closes->seconds) {
		urne_def_fault(r, values[1], "the draw is published before the vote has closed");
		urne_def_mend(r,
		    "choose a draw that nobody can know yet when \"closes\" comes, best a day "
		    "later");
	} else if (draw->published.seconds - closes->seconds < URNE_DEF_DAY) {
		urne_def_warn(r, values[1], "the draw is published less than a day after closing");
		urne_def_mend(r, "leave a day for whatever delays the closing");
	}
}

void
urne_def_draw(struct urne_def *r)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_OPTIONAL("drand"),
	    URNE_DEF_OPTIONAL("public"),
	};
	static const struct urne_def_shape shape = {"a draw", fields, 2};
	static const char *const names[] = {"drand", "public"};
	const struct urne_json *values[2];
	int which;

	if (!urne_def_object(r, values, &shape, URNE_DEF_ANY, r->top[URNE_TOP_DRAW])) {
		return;
	}
	which = urne_def_one_of(r, r->top[URNE_TOP_DRAW], names);
	if (which == 0) {
		read_drand(r, values[0]);
	} else if (which == 1) {
		read_public(r, values[1]);
	}
}
