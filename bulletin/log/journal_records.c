/* SPDX-License-Identifier: EUPL-1.2 */
/* What each kind of record asks of the journal, and what it changes: one row for each.
 * Spec: docs/journal.md#what-may-follow-what */
#include <inttypes.h>
#include <string.h>

#include "bulletin/log/journal_state.h"

static enum urne_err
judge_nothing(
    struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_journal_record *r)
{
	(void)d;
	(void)m;
	(void)r;
	return URNE_OK;
}

static enum urne_err
apply_software(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_journal_record *r)
{
	(void)arena;
	(void)d;
	c->head.has_software = true;
	c->head.software = r->hash;
	return URNE_OK;
}

static enum urne_err
judge_rehearsed(
    struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_journal_record *r)
{
	const struct urne_journal_election *e = m->election;

	if (r->trustee < 1 || r->trustee > e->num_trustees) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "trustee %" PRIu64 " rehearsed, and the election has trustees 1 to %" PRIu64,
		    r->trustee, e->num_trustees);
	}
	if (e->rehearsed[r->trustee - 1]) {
		return urne_fail(d, URNE_ERR_DUPLICATE,
		    "trustee %" PRIu64 " rehearsed already; once is enough", r->trustee);
	}
	return URNE_OK;
}

static enum urne_err
apply_rehearsed(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_journal_record *r)
{
	struct urne_journal_election *e = &c->election;
	size_t num = (size_t)e->num_trustees;
	bool *rehearsed = urne_arena_alloc(arena, num, sizeof(*rehearsed));
	struct urne_hash *objects = urne_arena_alloc(arena, num, sizeof(*objects));

	if (rehearsed == NULL || objects == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the journal");
	}
	memcpy(rehearsed, e->rehearsed, num * sizeof(*rehearsed));
	memcpy(objects, e->rehearsals, num * sizeof(*objects));
	rehearsed[r->trustee - 1] = true;
	objects[r->trustee - 1] = r->hash;
	e->rehearsed = rehearsed;
	e->rehearsals = objects;
	e->num_rehearsed++;
	return URNE_OK;
}

static enum urne_err
judge_opened(
    struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_journal_record *r)
{
	const struct urne_journal_election *e = m->election;
	char opens[URNE_UTC_LEN + 1];

	if (r->size != 1) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the urn was not empty: the log had %" PRIu64 " entries at the opening, and "
		    "Setup alone stands there",
		    r->size);
	}
	if (e->has_checklist && !urne_hash_eq(&r->hash, &e->urn)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the urn that opened is not the one that the checklist names");
	}
	if (e->has_hours && !e->test && m->at < e->opens) {
		urne_utc_text(opens, e->opens);
		return urne_fail(
		    d, URNE_ERR_ORDER, "the voting opens at %s, and not before", opens);
	}
	return URNE_OK;
}

static enum urne_err
apply_opened(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_journal_record *r)
{
	(void)arena;
	(void)d;
	c->election.opened = (struct urne_journal_tree){true, r->at, r->size, r->hash};
	return URNE_OK;
}

static enum urne_err
judge_closed(
    struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_journal_record *r)
{
	char closing[URNE_UTC_LEN + 1];

	(void)r;
	/* where an order to close came before, it was over then */
	if (!urne_journal_is_over(m->election, m->at)) {
		urne_utc_text(closing, m->election->closes);
		return urne_fail(
		    d, URNE_ERR_ORDER, "members may vote until %s; it cannot be over", closing);
	}
	return URNE_OK;
}

static enum urne_err
apply_closed(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_journal_record *r)
{
	(void)arena;
	(void)d;
	c->election.closed = (struct urne_journal_tree){true, r->at, r->size, r->hash};
	return URNE_OK;
}

static enum urne_err
apply_tallied(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_journal_record *r)
{
	(void)arena;
	(void)d;
	c->election.tallied = (struct urne_journal_tree){true, r->at, r->size, r->hash};
	return URNE_OK;
}

static enum urne_err
apply_pages(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_journal_record *r)
{
	(void)arena;
	(void)d;
	c->head.has_pages = true;
	c->head.pages = r->hash;
	return URNE_OK;
}

static const struct {
	struct urne_journal_passage passage;
	enum urne_err (*judge)(struct urne_diag *d, const struct urne_journal_moment *m,
	    const struct urne_journal_record *r) URNE_MUST_USE;
	enum urne_err (*apply)(struct urne_journal_change *c, struct urne_arena *arena,
	    struct urne_diag *d, const struct urne_journal_record *r) URNE_MUST_USE;
} rows[URNE_NUM_JOURNAL_KINDS] = {
    [URNE_JOURNAL_SOFTWARE] = {{"software", URNE_JOURNAL_AT_LARGE, false, URNE_JOURNAL_NONE},
	judge_nothing, apply_software},
    [URNE_JOURNAL_REHEARSED] = {{"rehearsed", URNE_JOURNAL_IN(URNE_JOURNAL_SEALED), false,
				    URNE_JOURNAL_NONE},
	judge_rehearsed, apply_rehearsed},
    [URNE_JOURNAL_OPENED] = {{"opened", URNE_JOURNAL_IN(URNE_JOURNAL_CALLED), true,
				 URNE_JOURNAL_OPEN},
	judge_opened, apply_opened},
    [URNE_JOURNAL_CLOSED] = {{"closed", URNE_JOURNAL_IN(URNE_JOURNAL_OPEN), true,
				 URNE_JOURNAL_ENDED},
	judge_closed, apply_closed},
    [URNE_JOURNAL_TALLIED] = {{"tallied", URNE_JOURNAL_IN(URNE_JOURNAL_ENDED), true,
				  URNE_JOURNAL_COUNTED},
	judge_nothing, apply_tallied},
    [URNE_JOURNAL_PAGES] = {{"pages", URNE_JOURNAL_AT_LARGE, false, URNE_JOURNAL_NONE},
	judge_nothing, apply_pages},
};

enum urne_err
urne_journal_judge_record(
    const struct urne_journal *j, struct urne_diag *d, const struct urne_journal_record *r)
{
	const struct urne_journal_passage *p = &rows[r->kind].passage;
	bool at_large = (p->from & URNE_JOURNAL_AT_LARGE) != 0;
	struct urne_view uuid = at_large ? (struct urne_view){"", 0} : r->election;
	struct urne_journal_moment m;
	enum urne_err e;

	if ((e = urne_journal_check_time(j, d, r->at)) != URNE_OK ||
	    (e = urne_journal_moment_of(&m, d, j, p, uuid, r->at)) != URNE_OK) {
		return e;
	}
	return rows[r->kind].judge(d, &m, r);
}

enum urne_err
urne_journal_record_apply(struct urne_journal_change *c, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_journal_record *r)
{
	const struct urne_journal_passage *p = &rows[r->kind].passage;

	c->election.stage = p->moves ? p->to : c->election.stage;
	return rows[r->kind].apply(c, arena, d, r);
}
