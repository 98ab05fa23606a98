/* SPDX-License-Identifier: EUPL-1.2 */
/* The hours of a vote (threat A34): those that the journal orders, extensions counted, else those
 * of the definition that the election seals. The archive holds no times; a watcher's clock does. */
#include <inttypes.h>

#include "client/cli/watch.h"

/* Two clocks that are set differ by less; and so long a ballot may be on its way. */
#define CLOCK_SECONDS 60

struct hours {
	bool there;
	uint64_t opens, closes;
	const char *source;
	struct urne_view closes_text;
	char utc[URNE_UTC_LEN + 1]; /* the same of the journal's */
};

static const struct urne_journal_election *
in_journal(const struct urne_watch *w)
{
	return w->journal.state != NULL ? urne_journal_find(w->journal.state, w->r.uuid) : NULL;
}

static void
set_hours(struct hours *h, const char *source, int64_t opens, int64_t closes)
{
	h->there = opens >= 0 && closes >= 0;
	h->opens = h->there ? (uint64_t)opens : 0;
	h->closes = h->there ? (uint64_t)closes : 0;
	h->source = source;
}

static void
find_hours(const struct urne_watch *w, struct hours *h)
{
	const struct urne_definition *v = &w->sealed.definition;
	const struct urne_journal_election *e = in_journal(w);

	*h = (struct hours){.there = false};
	if (e != NULL && e->has_hours && !e->test) {
		set_hours(h, "the journal", e->opens, e->closes);
		urne_utc_text(h->utc, e->closes);
		h->closes_text = urne_view_of(h->utc);
	} else if (w->hours) {
		set_hours(h, "the sealed definition", v->opens.seconds, v->closes.seconds);
		h->closes_text = v->closes.text;
	}
}

/* Ballots that came while we know that nobody may vote: all of them after we looked behind closing,
 * or before opening. */
static enum urne_err
check_ballots(struct urne_watch *w, const struct hours *h, uint64_t before, size_t had)
{
	bool late = before >= h->closes + CLOCK_SECONDS, early = w->now + CLOCK_SECONDS < h->opens;

	if (w->o.num_ballots == had || (!late && !early)) {
		return URNE_OK;
	}
	(void)urne_fail(&w->cli->diag, URNE_ERR_ORDER, "%zu ballots from here on were taken %s",
	    w->o.num_ballots - had, late ? "after voting had ended" : "before voting opened");
	return urne_watch_raise_event(
	    w, URNE_ALARM_OUTSIDE_HOURS, had + 1, (struct urne_view){"", 0});
}

static enum urne_err
check_closing(struct urne_watch *w, const struct hours *h)
{
	bool closed = w->o.chain.num_of[URNE_EVENT_END_BALLOTS] > 0;

	if (closed && w->now + CLOCK_SECONDS < h->closes) {
		(void)urne_fail(&w->cli->diag, URNE_ERR_ORDER,
		    "it ends voting, and %s says %.*s: members are kept from voting", h->source,
		    (int)h->closes_text.len, h->closes_text.p);
		return urne_watch_raise_event(
		    w, URNE_ALARM_EARLY_CLOSING, w->o.num_ballots + 1, (struct urne_view){"", 0});
	}
	if (!closed && w->now >= h->closes + w->stall + CLOCK_SECONDS) {
		(void)urne_fail(&w->cli->diag, URNE_ERR_ORDER,
		    "%s: voting ended at %.*s, and nobody has closed it", w->r.address.data,
		    (int)h->closes_text.len, h->closes_text.p);
		return urne_watch_raise(w, URNE_ALARM_STALL, NULL, 0);
	}
	return URNE_OK;
}

/* The journal was asked behind the log, so it has said what it must before the log goes on. */
static enum urne_err
check_opened(struct urne_watch *w)
{
	const struct urne_journal_election *e = in_journal(w);

	if (w->journal.state == NULL || w->o.tree.size < 2 || (e != NULL && e->opened.there)) {
		return URNE_OK;
	}
	(void)urne_fail(&w->cli->diag, URNE_ERR_ORDER,
	    "it stands in the log, and the journal of the board has not opened the voting");
	return urne_watch_raise_event(w, URNE_ALARM_OUTSIDE_HOURS, 1, (struct urne_view){"", 0});
}

enum urne_err
urne_watch_hours(struct urne_watch *w, uint64_t before, size_t num_ballots)
{
	struct hours h;
	enum urne_err e;

	if (!urne_watch_journal_is_read(w)) {
		return URNE_OK; /* the hours are in a journal that could not be read: an alarm */
	}
	find_hours(w, &h);
	e = check_opened(w);
	if (e == URNE_OK && h.there) {
		e = check_ballots(w, &h, before, num_ballots);
	}
	return e == URNE_OK && h.there ? check_closing(w, &h) : e;
}
