/* SPDX-License-Identifier: EUPL-1.2 */
/* The report for people: what it is about, each check, notes, the result in words, one closing
 * sentence. */
#include <inttypes.h>

#include "base/safe_text.h"
#include "verifier/state.h"
#include "verifier/verify.h"

#define TEST_MARK "[TEST]"

static void
line(struct urne_buf *out, const char *label, struct urne_view text)
{
	urne_buf_printf(out, "%-14s", label);
	urne_put_safe_text(out, text);
	urne_buf_putc(out, '\n');
}

static void
put_trustees(struct urne_buf *out, const struct urne_trustees *t)
{
	size_t i;

	for (i = 0; i < t->num_items; i++) {
		const struct urne_trustee_item *it = &t->items[i];

		urne_buf_printf(out, "%-14s", i == 0 ? "trustees" : "");
		if (it->is_threshold) {
			urne_buf_printf(out, "%zu to %zu: any %" PRIu64 " of %zu (%s)",
			    it->first_owner, it->first_owner + it->num_owners - 1,
			    it->threshold.threshold, it->threshold.size,
			    urne_pedersen_family_name(it->threshold.family));
		} else {
			urne_buf_printf(out, "%zu", it->first_owner);
			if (it->single.has_name) {
				urne_buf_puts(out, ": ");
				urne_put_safe_text(out, it->single.name);
			}
		}
		urne_buf_putc(out, '\n');
	}
}

/* put_resumed: how much was verified by an earlier run; nothing without a state. */
static void
put_resumed(struct urne_buf *out, const struct urne_verify_state *s)
{
	if (s != NULL && s->phase == URNE_STATE_LOST) {
		line(out, "state",
		    urne_view_of("of no use for this archive: verified from its beginning"));
	} else if (s != NULL && s->size == 0) {
		line(out, "state", urne_view_of("none yet: verified from the beginning"));
	} else if (s != NULL) {
		urne_buf_printf(out,
		    "%-14sresumed behind %" PRIu64 " events with %" PRIu64
		    " ballots, which an earlier run has verified\n",
		    "state", s->size, s->num_ballots);
	}
}

static void
put_head(struct urne_buf *out, const struct urne_verification *v)
{
	const struct urne_report *r = v->report;
	const struct urne_election *e = &v->election;

	urne_buf_puts(out, "urne-verify " URNE_VERSION "\n");
	line(out, "archive", urne_view_of(r->path));
	if (r->has_sha256) {
		urne_buf_printf(out, "%-14s", "SHA-256");
		urne_buf_put_hex(out, r->sha256.b, URNE_HASH_LEN);
		urne_buf_putc(out, '\n');
	}
	if (!v->has_election) {
		return;
	}
	if (urne_view_starts(e->name, TEST_MARK)) {
		urne_buf_puts(out, "\n*** TEST ELECTION: nothing here was voted by anyone ***\n\n");
	}
	line(out, "election", e->name);
	line(out, "uuid", e->uuid);
	line(out, "group", urne_view_of(e->group->name));
	line(out, "fingerprint", (struct urne_view){e->phi, URNE_HASH_B64_LEN});
	line(out, "stage", urne_view_of(r->stage));
	if (v->credentials != NULL) {
		urne_buf_printf(out, "%-14s%zu, total weight %" PRIu64 "\n", "credentials",
		    urne_credentials_count(v->credentials),
		    urne_credentials_total_weight(v->credentials));
	}
	urne_buf_printf(out, "%-14s%" PRIu64 " by %" PRIu64 " voters, weight %" PRIu64 "\n",
	    "ballots", v->num_ballots, v->num_voters, v->total_weight);
	if (v->files.hints != NULL) {
		urne_buf_printf(out,
		    "%-14s%" PRIu64 " of these ballots were verified with hints, %" PRIu64
		    " credentials and %" PRIu64 " decryption factors\n",
		    "hints", v->num_hinted_ballots, v->num_hinted_credentials,
		    v->num_hinted_factors);
	}
	put_resumed(out, v->state);
	if (v->has_trustees) {
		put_trustees(out, &v->trustees);
	}
}

static void
put_check(struct urne_buf *out, const struct urne_report *r, enum urne_check_id id)
{
	const struct urne_check *c = &urne_checks[id];
	const struct urne_check_outcome *o = &r->outcomes[id];
	enum urne_verdict verdict = urne_report_verdict(r, id);
	size_t i;

	urne_buf_printf(out, "%-12s%-22s%s", urne_verdict_name(verdict), c->id, c->sentence);
	if (o->num_items == 0 && verdict == URNE_VERDICT_PASS) {
		urne_buf_printf(out, " (there are no %s)", c->unit);
	} else if (o->num_items > 0) {
		urne_buf_printf(out, " (%" PRIu64 " %s)", o->num_items, c->unit);
	}
	urne_buf_putc(out, '\n');
	for (i = 0; i < URNE_MAX_FAILURES && i < o->num_failures; i++) {
		urne_buf_printf(out, "%12s%s: ", "", o->failures[i].place);
		urne_put_safe_text(out, urne_view_of(o->failures[i].reason.text));
		urne_buf_putc(out, '\n');
	}
	if (o->num_failures > URNE_MAX_FAILURES) {
		urne_buf_printf(
		    out, "%12sand %" PRIu64 " more\n", "", o->num_failures - URNE_MAX_FAILURES);
	}
	if (verdict == URNE_VERDICT_NOT_CHECKED) {
		urne_buf_printf(out, "%12s", "");
		urne_put_safe_text(out, urne_view_of(o->why.text));
		urne_buf_putc(out, '\n');
	}
}

static void
put_count(struct urne_buf *out, struct urne_view label, uint64_t count)
{
	urne_buf_printf(out, "%12" PRIu64 "  ", count);
	urne_put_safe_text(out, label);
	urne_buf_putc(out, '\n');
}

/* put_question writes one question's counts and returns how many there were. */
static size_t
put_question(struct urne_buf *out, const struct urne_question *q, const uint64_t *counts)
{
	size_t i, k, n = 0;

	urne_put_safe_text(out, q->title);
	urne_buf_putc(out, '\n');
	if (q->kind == URNE_QUESTION_LISTS) {
		for (i = 0; i < q->num_lists; i++) {
			for (k = 0; k < q->lists[i].num_labels; k++, n++) {
				urne_buf_puts(out, k == 0 ? "" : "    ");
				put_count(out, q->lists[i].labels[k], counts[n]);
			}
		}
		return n;
	}
	if (q->blank) {
		put_count(out, urne_view_of("(blank vote)"), counts[n]);
		n++;
	}
	for (i = 0; i < q->num_answers; i++, n++) {
		put_count(out, q->answers[i], counts[n]);
	}
	return n;
}

static void
put_result(struct urne_buf *out, const struct urne_verification *v)
{
	size_t i, n = 0;

	urne_buf_puts(out, "\nResult\n");
	for (i = 0; i < v->election.num_questions; i++) {
		urne_buf_putc(out, '\n');
		n += put_question(out, &v->election.questions[i], v->result.counts + n);
	}
}

/* put_decisions: what the result decides, one line for each item, in the definition's first
 * language. */
static void
put_decisions(struct urne_buf *out, const struct urne_verification *v)
{
	struct urne_reader r = urne_reader_for(&v->definition, urne_view_of(""));
	struct urne_buf line;

	urne_buf_init(&line, (size_t)1 << 20);
	urne_buf_puts(out, "\nDecisions\n");
	for (size_t i = 0; i < v->outcome.num_items; i++) {
		const struct urne_item_outcome *o = &v->outcome.items[i];
		urne_buf_reset(&line);
		urne_buf_put_view(&line, o->item->title.by_language[r.index]);
		urne_buf_puts(&line, " | ");
		urne_words_summary(&line, r.lang, o);
		urne_buf_puts(out, "- ");
		urne_put_safe_text(out, urne_buf_view(&line));
		urne_buf_putc(out, '\n');
	}
	if (urne_buf_error(&line) != URNE_OK && out->err == URNE_OK) {
		out->err = urne_buf_error(&line);
	}
	urne_buf_clear(&line);
}

void
urne_report_text(struct urne_buf *out, const struct urne_verification *v)
{
	const struct urne_report *r = v->report;
	size_t i;

	put_head(out, v);
	urne_buf_putc(out, '\n');
	for (i = 0; i < URNE_NUM_CHECKS; i++) {
		if (!r->outcomes[i].absent) {
			put_check(out, r, (enum urne_check_id)i);
		}
	}
	urne_report_journal_text(out, v);
	if (r->num_notes > 0) {
		urne_buf_puts(out, "\nNotes\n");
	}
	for (i = 0; i < r->num_notes && i < URNE_MAX_NOTES; i++) {
		urne_buf_puts(out, "- ");
		urne_put_safe_text(out, urne_view_of(r->notes[i].text));
		urne_buf_putc(out, '\n');
	}
	if (r->num_notes > URNE_MAX_NOTES) {
		urne_buf_printf(out, "- and %zu more\n", r->num_notes - URNE_MAX_NOTES);
	}
	/* a result is shown as the result only when everything before it is right */
	if (v->has_verified_result && urne_report_exit(r) == URNE_EXIT_VERIFIED) {
		put_result(out, v);
		if (v->has_outcome) {
			put_decisions(out, v);
		}
	}
	urne_buf_printf(out, "\n%s\n", urne_report_closing(r));
}
