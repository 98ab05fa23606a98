/* SPDX-License-Identifier: EUPL-1.2 */
/* The report for programs: the same content as JSON. Everything is there even when it failed;
 * "result" is there only when it was verified. */
#include "base/safe_text.h"
#include "verifier/state.h"
#include "verifier/verify.h"

#define RESULT_BEFORE ((size_t)10) /* {"result": */

/* put_text writes a string that may have been cut or come from outside. */
static void
put_text(struct urne_buf *out, const char *text)
{
	struct urne_buf safe;

	urne_buf_init(&safe, (size_t)1 << 16);
	urne_put_safe_text(&safe, urne_view_of(text));
	urne_buf_put_json_string(out, urne_buf_view(&safe));
	if (urne_buf_error(&safe) != URNE_OK && out->err == URNE_OK) {
		out->err = safe.err;
	}
	urne_buf_clear(&safe);
}

static void
field(struct urne_buf *out, const char *name, const char *text)
{
	urne_buf_printf(out, "\"%s\":", name);
	put_text(out, text);
	urne_buf_putc(out, ',');
}

static void
field_view(struct urne_buf *out, const char *name, struct urne_view v)
{
	urne_buf_printf(out, "\"%s\":", name);
	urne_buf_put_json_string(out, v);
	urne_buf_putc(out, ',');
}

static void
put_check(struct urne_buf *out, const struct urne_report *r, enum urne_check_id id)
{
	const struct urne_check *c = &urne_checks[id];
	const struct urne_check_outcome *o = &r->outcomes[id];
	enum urne_verdict verdict = urne_report_verdict(r, id);
	size_t i;

	urne_buf_putc(out, '{');
	field(out, "id", c->id);
	field(out, "section", c->section);
	field(out, "sentence", c->sentence);
	urne_buf_printf(out, "\"mandatory\":%s,", urne_report_mandatory(r, id) ? "true" : "false");
	field(out, "verdict", urne_verdict_name(verdict));
	if (verdict == URNE_VERDICT_NOT_CHECKED) {
		field(out, "why", o->why.text);
	}
	field(out, "unit", c->unit);
	urne_buf_puts(out, "\"items\":");
	urne_buf_put_u64(out, o->num_items);
	urne_buf_puts(out, ",\"num_failures\":");
	urne_buf_put_u64(out, o->num_failures);
	urne_buf_puts(out, ",\"failures\":[");
	for (i = 0; i < URNE_MAX_FAILURES && i < o->num_failures; i++) {
		urne_buf_puts(out, i == 0 ? "{" : ",{");
		field(out, "place", o->failures[i].place);
		urne_buf_puts(out, "\"reason\":");
		put_text(out, o->failures[i].reason.text);
		urne_buf_putc(out, '}');
	}
	urne_buf_puts(out, "]}");
}

static void
put_number(struct urne_buf *out, const char *name, uint64_t n, const char *after)
{
	urne_buf_printf(out, "\"%s\":", name);
	urne_buf_put_u64(out, n);
	urne_buf_puts(out, after);
}

static void
put_trustees(struct urne_buf *out, const struct urne_trustees *t)
{
	size_t i;

	urne_buf_puts(out, "\"trustees\":[");
	for (i = 0; i < t->num_items; i++) {
		const struct urne_trustee_item *it = &t->items[i];

		urne_buf_puts(out, i == 0 ? "{" : ",{");
		field(out, "kind", it->is_threshold ? "Pedersen" : "Single");
		if (it->is_threshold) {
			field(out, "family", urne_pedersen_family_name(it->threshold.family));
			put_number(out, "threshold", it->threshold.threshold, ",");
		} else if (it->single.has_name) {
			field_view(out, "name", it->single.name);
		}
		put_number(out, "first_owner", it->first_owner, ",");
		put_number(out, "num_owners", it->num_owners, "}");
	}
	urne_buf_puts(out, "],");
}

/* put_decrypted: the owners of partial decryptions that are right. */
static void
put_decrypted(struct urne_buf *out, const struct urne_verification *v)
{
	bool first = true;

	urne_buf_puts(out, "\"decrypted\":[");
	for (size_t i = 0; v->by_owner != NULL && i < v->trustees.num_owners; i++) {
		if (v->by_owner[i] != NULL) {
			urne_buf_printf(out, "%s%zu", first ? "" : ",", i + 1);
			first = false;
		}
	}
	urne_buf_puts(out, "],");
}

static void
put_election(struct urne_buf *out, const struct urne_verification *v)
{
	const struct urne_election *e = &v->election;

	urne_buf_puts(out, "\"election\":{");
	field_view(out, "name", e->name);
	urne_buf_printf(
	    out, "\"test\":%s,", urne_view_starts(e->name, "[TEST]") ? "true" : "false");
	field_view(out, "uuid", e->uuid);
	field(out, "group", e->group->name);
	field_view(out, "fingerprint", (struct urne_view){e->phi, URNE_HASH_B64_LEN});
	field(out, "stage", v->report->stage);
	if (v->credentials != NULL) {
		put_number(out, "credentials", urne_credentials_count(v->credentials), ",");
		put_number(
		    out, "credentials_weight", urne_credentials_total_weight(v->credentials), ",");
	}
	if (v->has_trustees) {
		put_trustees(out, &v->trustees);
		put_decrypted(out, v);
	}
	put_number(out, "ballots", v->num_ballots, ",");
	if (v->files.hints != NULL) {
		put_number(out, "ballots_with_hints", v->num_hinted_ballots, ",");
		put_number(out, "credentials_with_hints", v->num_hinted_credentials, ",");
		put_number(out, "factors_with_hints", v->num_hinted_factors, ",");
	}
	put_number(out, "voters", v->num_voters, ",");
	put_number(out, "total_weight", v->total_weight, "},");
}

/* put_resumed: how much was verified by an earlier run; nothing without a state. */
static void
put_resumed(struct urne_buf *out, const struct urne_verification *v)
{
	const struct urne_verify_state *s = v->state;
	bool lost = s != NULL && s->phase == URNE_STATE_LOST;

	if (s != NULL) {
		urne_buf_puts(out, "\"resumed\":{");
		put_number(out, "events", lost ? 0 : s->size, ",");
		put_number(out, "ballots", lost ? 0 : s->num_ballots, "},");
	}
}

/* put_result: the array inside the result object, as the archive writes it. */
static void
put_result(struct urne_buf *out, const struct urne_verification *v)
{
	struct urne_buf text;

	urne_buf_init(&text, out->max);
	urne_result_write(&text, &v->election, &v->result);
	if (urne_buf_error(&text) == URNE_OK && text.len > RESULT_BEFORE + 1) {
		urne_buf_puts(out, ",\"result\":");
		urne_buf_put(out, text.data + RESULT_BEFORE, text.len - RESULT_BEFORE - 1);
	} else if (out->err == URNE_OK) {
		out->err = text.err != URNE_OK ? text.err : URNE_ERR_INTERNAL;
	}
	urne_buf_clear(&text);
}

void
urne_report_json(struct urne_buf *out, const struct urne_verification *v)
{
	const struct urne_report *r = v->report;
	enum urne_exit status = urne_report_exit(r);
	size_t i;

	urne_buf_putc(out, '{');
	field(out, "tool", "urne-verify");
	field(out, "version", URNE_VERSION);
	field(out, "archive", r->path);
	if (r->has_sha256) {
		urne_buf_puts(out, "\"sha256\":\"");
		urne_buf_put_hex(out, r->sha256.b, URNE_HASH_LEN);
		urne_buf_puts(out, "\",");
	}
	put_resumed(out, v);
	field(out, "verdict", urne_exit_word(status));
	put_number(out, "exit", (uint64_t)status, ",");
	field(out, "meaning", urne_report_closing(r));
	if (v->has_election) {
		put_election(out, v);
	}
	urne_buf_puts(out, "\"checks\":[");
	for (i = 0; i < URNE_NUM_CHECKS; i++) {
		if (!r->outcomes[i].absent) {
			urne_buf_puts(out, i == 0 ? "" : ",");
			put_check(out, r, (enum urne_check_id)i);
		}
	}
	urne_buf_puts(out, "],\"notes\":[");
	for (i = 0; i < r->num_notes && i < URNE_MAX_NOTES; i++) {
		urne_buf_puts(out, i == 0 ? "" : ",");
		put_text(out, r->notes[i].text);
	}
	urne_buf_putc(out, ']');
	urne_report_journal_json(out, v);
	if (v->has_verified_result && status == URNE_EXIT_VERIFIED) {
		put_result(out, v);
	}
	urne_buf_puts(out, "}\n");
}
