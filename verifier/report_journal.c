/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal in short, for people and for programs: how many entries and officials, and what
 * happened to this election that members should know of. */
#include <inttypes.h>

#include "base/safe_text.h"
#include "verifier/verify.h"

/* What is listed, with its moment and its words. */
static const struct listed {
	enum urne_action action;
	const char *word;  /* for people */
	const char *field; /* for programs */
} listed[] = {
    {URNE_ACTION_EXTEND, "extension", "extensions"},
    {URNE_ACTION_INCIDENT, "incident", "incidents"},
    {URNE_ACTION_INTERVENTION, "intervention", "interventions"},
};
#define NUM_LISTED (sizeof(listed) / sizeof(listed[0]))

static bool
is_listed(
    const struct urne_verification *v, const struct urne_proceeding *p, const struct listed *l)
{
	return p->is_order && p->action == l->action && urne_proceedings_about(p, v->election.uuid);
}

static size_t
officials_in_force(const struct urne_journal *j)
{
	size_t num = 0, in_force = 0;
	const struct urne_official_key *list = urne_journal_officials(j, &num);

	for (size_t i = 0; i < num; i++) {
		in_force += list[i].revoked ? 0 : 1;
	}
	return in_force;
}

static const char *
stage(const struct urne_verification *v)
{
	return urne_journal_stage_name(
	    v->journal.election != NULL ? v->journal.election->stage : URNE_JOURNAL_NONE);
}

static void
put_line(struct urne_buf *out, const struct listed *l, const struct urne_proceeding *p)
{
	urne_buf_printf(out, "%-14s", l->word);
	urne_utc_write(out, p->at);
	if (p->action == URNE_ACTION_EXTEND) {
		urne_buf_puts(out, ", to ");
		urne_utc_write(out, p->closes);
	}
	urne_buf_puts(out, ": ");
	urne_put_safe_text(out, p->text);
	urne_buf_putc(out, '\n');
}

void
urne_report_journal_text(struct urne_buf *out, const struct urne_verification *v)
{
	const struct urne_journal_check *j = &v->journal;
	const struct urne_genesis *g = j->state != NULL ? urne_journal_genesis(j->state) : NULL;

	if (g == NULL) {
		return;
	}
	urne_buf_puts(out, "\nJournal\n");
	urne_buf_printf(out, "%-14s", "of");
	urne_put_safe_text(out, g->name);
	urne_buf_printf(out, "\n%-14s%" PRIu64 "\n", "entries", urne_journal_size(j->state));
	urne_buf_printf(
	    out, "%-14s%zu, %zu must agree\n", "officials", officials_in_force(j->state), g->agree);
	urne_buf_printf(out, "%-14s%s\n", "stage", stage(v));
	for (size_t i = 0; i < j->said.num; i++) {
		for (size_t k = 0; k < NUM_LISTED; k++) {
			if (is_listed(v, &j->said.items[i], &listed[k])) {
				put_line(out, &listed[k], &j->said.items[i]);
			}
		}
	}
}

static void
put_time(struct urne_buf *out, const char *name, int64_t moment)
{
	urne_buf_printf(out, "\"%s\":\"", name);
	urne_utc_write(out, moment);
	urne_buf_puts(out, "\",");
}

static void
put_list(struct urne_buf *out, const struct urne_verification *v, const struct listed *l)
{
	const struct urne_proceedings *said = &v->journal.said;
	bool first = true;

	urne_buf_printf(out, ",\"%s\":[", l->field);
	for (size_t i = 0; i < said->num; i++) {
		const struct urne_proceeding *p = &said->items[i];

		if (!is_listed(v, p, l)) {
			continue;
		}
		urne_buf_puts(out, first ? "{" : ",{");
		put_time(out, "at", p->at);
		if (p->action == URNE_ACTION_EXTEND) {
			put_time(out, "closes", p->closes);
		}
		urne_buf_puts(out, "\"text\":");
		urne_buf_put_json_string(out, p->text);
		urne_buf_putc(out, '}');
		first = false;
	}
	urne_buf_putc(out, ']');
}

void
urne_report_journal_json(struct urne_buf *out, const struct urne_verification *v)
{
	const struct urne_journal_check *j = &v->journal;
	const struct urne_genesis *g = j->state != NULL ? urne_journal_genesis(j->state) : NULL;

	if (g == NULL) {
		return;
	}
	urne_buf_puts(out, ",\"journal\":{\"name\":");
	urne_buf_put_json_string(out, g->name);
	urne_buf_printf(out, ",\"entries\":%" PRIu64, urne_journal_size(j->state));
	urne_buf_printf(out, ",\"officials\":%zu", officials_in_force(j->state));
	urne_buf_printf(out, ",\"agree\":%zu", g->agree);
	urne_buf_printf(out, ",\"stage\":\"%s\"", stage(v));
	for (size_t k = 0; k < NUM_LISTED; k++) {
		put_list(out, v, &listed[k]);
	}
	urne_buf_putc(out, '}');
}
