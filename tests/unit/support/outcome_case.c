/* SPDX-License-Identifier: EUPL-1.2 */
/* Votes built by hand, and outcomes as lines of text that a test can state. */
#include "tests/unit/support/outcome_case.h"

#include <stdio.h>
#include <string.h>

#include "election/compile.h"
#include "tests/unit/support/check.h"

static const char *const place_words[] = {
    [URNE_PLACE_VOTES] = "votes",
    [URNE_PLACE_PARITY] = "parity",
    [URNE_PLACE_RESERVED_ENTRY] = "kept",
    [URNE_PLACE_RESERVED_GROUP] = "group",
    [URNE_PLACE_RESERVE_OPEN] = "open",
    [URNE_PLACE_DRAW] = "draw",
    [URNE_PLACE_ORDER] = "order",
    [URNE_PLACE_SHARED] = "shared",
    [URNE_PLACE_UNDRAWN] = "undrawn",
    [URNE_PLACE_GRADE] = "grade",
};

static const char *const state_words[] = {
    [URNE_DECISION_ADOPTED] = "adopted",
    [URNE_DECISION_REJECTED] = "rejected",
    [URNE_DECISION_NO_QUORUM] = "no-quorum",
    [URNE_DECISION_SET_ASIDE] = "set-aside",
    [URNE_DECISION_UNDRAWN] = "undrawn",
};

static const char *const reason_words[] = {
    [URNE_REASON_MAJORITY] = "majority",
    [URNE_REASON_QUORUM] = "quorum",
    [URNE_REASON_ALTERNATIVE] = "alternative",
    [URNE_REASON_ALTERNATIVE_TIE] = "tie",
    [URNE_REASON_WHOLE] = "whole",
};

void
case_init(struct outcome_case *c, enum urne_item_kind kind, uint64_t votes)
{
	memset(c, 0, sizeof(*c));
	urne_arena_init(&c->arena, (size_t)1 << 24);
	c->item.kind = kind;
	c->item.id = VIEW("x");
	c->item.entries = c->entries;
	c->item.sections = c->sections;
	c->item.grades = c->grades;
	c->item.reserves = c->reserves;
	c->item.order = c->order;
	c->item.majority =
	    (struct urne_majority){.more_than = true, .share = {1, 2}, .of = URNE_BASE_EXPRESSED};
	c->item.whole_majority = c->item.majority;
	c->item.threshold = (struct urne_fraction){0, 1};
	c->item.choose_max = CASE_MAX;
	c->item.tie = URNE_TIE_ORDER;
	for (size_t i = 0; i < CASE_MAX; i++) {
		c->order[i] = i;
	}
	c->v.items = &c->item;
	c->v.num_items = 1;
	c->in = (struct urne_outcome_input){
	    .definition = &c->v,
	    .counts = c->counts,
	    .turnout = {votes, votes, votes, votes},
	    .fingerprint = VIEW("fp"),
	    .withdrawals = c->withdrawals,
	};
}

void
case_clear(struct outcome_case *c)
{
	urne_arena_clear(&c->arena);
}

static size_t
add(struct outcome_case *c, const char *id)
{
	size_t e = c->item.num_entries++;

	assert_true(e < CASE_MAX);
	c->entries[e].id = urne_view_of(id);
	if (c->item.num_sections > 0) {
		c->entries[e].section = c->item.num_sections - 1;
		c->sections[c->item.num_sections - 1].num++;
	}
	return e;
}

void
case_entries(struct outcome_case *c, const struct case_entry *list, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		size_t e = add(c, list[i].id);

		c->votes[e] = list[i].votes;
		if (list[i].gender != 0) {
			c->entries[e].gender =
			    list[i].gender == 'f' ? URNE_GENDER_WOMAN : URNE_GENDER_MAN;
		}
		if (list[i].group != NULL) {
			c->groups[e] = urne_view_of(list[i].group);
			c->entries[e].groups = &c->groups[e];
			c->entries[e].num_groups = 1;
		}
	}
}

size_t
case_row(
    struct outcome_case *c, const char *id, uint64_t votes_for, uint64_t against, uint64_t blank)
{
	size_t e = strcmp(id, "whole") == 0 ? c->item.num_entries : add(c, id);

	c->rows[e][0] = votes_for;
	c->rows[e][1] = against;
	c->rows[e][2] = blank;
	return e;
}

void
case_graded(struct outcome_case *c, const char *id, const uint64_t *histogram)
{
	memcpy(c->histograms[add(c, id)], histogram, c->item.num_grades * sizeof(*histogram));
}

void
case_list(struct outcome_case *c, const char *id, uint64_t votes)
{
	size_t s = c->item.num_sections++;

	c->sections[s] =
	    (struct urne_section){.id = urne_view_of(id), .first = c->item.num_entries};
	c->list_votes[s] = votes;
}

size_t
case_find(const struct outcome_case *c, const char *id)
{
	for (size_t i = 0; i < c->item.num_entries; i++) {
		if (urne_view_is(c->entries[i].id, id)) {
			return i;
		}
	}
	fail_msg("the test knows no entry %s", id);
	return 0;
}

void
case_reserve_entry(struct outcome_case *c, size_t rank, const char *id)
{
	c->reserves[c->item.num_reserves++] =
	    (struct urne_reserve){.rank = rank, .entry = case_find(c, id)};
}

void
case_reserve_group(struct outcome_case *c, size_t rank, const char *group)
{
	c->reserves[c->item.num_reserves++] =
	    (struct urne_reserve){.rank = rank, .entry = SIZE_MAX, .group = urne_view_of(group)};
}

void
case_withdraw(struct outcome_case *c, const char *id)
{
	c->withdrawals[c->in.num_withdrawals++] = (struct urne_withdrawal){0, case_find(c, id)};
}

void
case_order(struct outcome_case *c, const char *ids)
{
	bool lists = c->item.num_sections > 0;
	size_t n = 0;

	c->item.tie = URNE_TIE_ORDER;
	for (const char *p = ids; *p != '\0'; p += *p == ' ' ? 1 : 0) {
		struct urne_view id = {p, strcspn(p, " ")};
		size_t i = 0;

		while (!urne_view_eq(id, lists ? c->sections[i].id : c->entries[i].id)) {
			i++;
			assert_true(i < CASE_MAX);
		}
		c->order[n++] = i;
		p += id.len;
	}
	assert_int_equal(n, lists ? c->item.num_sections : c->item.num_entries);
}

void
case_draw(struct outcome_case *c, uint8_t byte)
{
	memset(c->draw.b, byte, sizeof(c->draw.b));
	c->item.tie = URNE_TIE_DRAW;
	c->in.draw = &c->draw;
}

void
case_undrawn(struct outcome_case *c)
{
	c->item.tie = URNE_TIE_DRAW;
	c->in.draw = NULL;
}

/* ---- counts, laid out by the rules of the specification ------------------------------------- */

static uint64_t *
lay_row(const struct outcome_case *c, uint64_t *at, size_t row)
{
	if (c->item.blank != URNE_BLANK_NOT_OFFERED) {
		*at++ = c->rows[row][2];
	}
	*at++ = c->rows[row][0];
	*at++ = c->rows[row][1];
	return at;
}

static uint64_t *
lay_entry(const struct outcome_case *c, uint64_t *at, size_t e)
{
	if (c->entries[e].withdrawn) {
		return at;
	}
	if (c->item.kind != URNE_ITEM_GRADES) {
		*at++ = c->votes[e];
		return at;
	}
	for (size_t g = 0; g < c->item.num_grades; g++) {
		*at++ = c->histograms[e][g];
	}
	return at;
}

static void
lay_out(struct outcome_case *c)
{
	const struct urne_item *item = &c->item;
	uint64_t *at = c->counts;

	if (item->kind == URNE_ITEM_LIST_RATIFICATION) {
		(void)lay_row(c, at, 0);
		return;
	}
	if (item->kind == URNE_ITEM_PROGRAMME || item->kind == URNE_ITEM_TEXT) {
		for (size_t i = 0; i < item->num_entries; i++) {
			at = lay_row(c, at, i);
		}
		(void)lay_row(c, at, item->num_entries);
		return;
	}
	if (item->kind != URNE_ITEM_LIST_CHOICE) {
		if (item->blank != URNE_BLANK_NOT_OFFERED) {
			*at++ = c->blank;
		}
		for (size_t i = 0; i < item->num_entries; i++) {
			at = lay_entry(c, at, i);
		}
		return;
	}
	for (size_t s = 0; s < item->num_sections; s++) {
		*at++ = c->list_votes[s];
		for (size_t i = 0; i < c->sections[s].num; i++) {
			at = lay_entry(c, at, c->sections[s].first + i);
		}
	}
}

enum urne_err
case_compute(struct outcome_case *c)
{
	urne_definition_layout(&c->v);
	lay_out(c);
	return urne_outcome_compute(&c->out, &c->arena, &c->d, &c->in);
}

const struct urne_item_outcome *
case_run(struct outcome_case *c)
{
	enum urne_err e = case_compute(c);

	if (e != URNE_OK) {
		fail_msg("refused: %s", c->d.text);
	}
	assert_int_equal(c->out.num_items, 1);
	return &c->out.items[0];
}

void
case_refused(struct outcome_case *c, enum urne_err code, const char *part)
{
	assert_err(case_compute(c), code);
	if (strstr(c->d.text, part) == NULL) {
		fail_msg("\"%s\" is not in: %s", part, c->d.text);
	}
	assert_null(c->out.items);
}

/* ---- outcomes as text ------------------------------------------------------------------------ */

static const char *
id_of(const struct outcome_case *c, size_t e)
{
	return e < c->item.num_entries ? c->entries[e].id.p : "whole";
}

const char *
case_places(struct outcome_case *c)
{
	const struct urne_item_outcome *o = &c->out.items[0];
	size_t n = 0;

	c->text[0] = '\0';
	for (size_t i = 0; i < o->num_places && n < sizeof(c->text) - 256; i++) {
		const struct urne_place *p = &o->places[i];
		bool passed = p->passed != SIZE_MAX;

		n += (size_t)snprintf(c->text + n, sizeof(c->text) - n, "%s%s%zu %s %s",
		    i == 0 ? "" : "; ", p->in ? "" : "(", p->rank, id_of(c, p->entry),
		    place_words[p->reason]);
		if (p->num_tied != 1) {
			n += (size_t)snprintf(
			    c->text + n, sizeof(c->text) - n, " x%zu", p->num_tied);
		}
		n += (size_t)snprintf(c->text + n, sizeof(c->text) - n, "%s%s%s",
		    passed ? " <" : "", passed ? id_of(c, p->passed) : "", p->in ? "" : ")");
	}
	return c->text;
}

void
case_assert_places(struct outcome_case *c, const char *want)
{
	(void)case_run(c);
	assert_string_equal(case_places(c), want);
}

const char *
case_decisions(struct outcome_case *c)
{
	const struct urne_item_outcome *o = &c->out.items[0];
	size_t n = 0;

	c->text[0] = '\0';
	for (size_t i = 0; i < o->num_decisions && n < sizeof(c->text) - 256; i++) {
		const struct urne_decision *x = &o->decisions[i];
		bool other = x->other != SIZE_MAX;

		n += (size_t)snprintf(c->text + n, sizeof(c->text) - n, "%s%s %s %s%s%s",
		    i == 0 ? "" : "; ", id_of(c, x->entry), state_words[x->state],
		    reason_words[x->reason], other ? " " : "", other ? id_of(c, x->other) : "");
	}
	return c->text;
}

const char *
case_seats(struct outcome_case *c)
{
	const struct urne_item_outcome *o = &c->out.items[0];
	size_t n = 0;

	c->text[0] = '\0';
	for (size_t i = 0; i < o->num_lists && n < sizeof(c->text) - 256; i++) {
		const struct urne_list_share *s = &o->lists[i];

		n += (size_t)snprintf(c->text + n, sizeof(c->text) - n, "%s%s %llu%s%s%s",
		    i == 0 ? "" : "; ", c->sections[s->section].id.p, (unsigned long long)s->seats,
		    s->above_threshold ? "" : " below", s->by_tie ? " tie" : "",
		    s->undrawn ? " undrawn" : "");
	}
	return c->text;
}
