/* SPDX-License-Identifier: EUPL-1.2 */
/* Verdicts follow from what was counted: failures make FAIL, completeness without failures makes
 * PASS, and everything else is NOT CHECKED. */
#include "verifier/report.h"

#include <stdarg.h>
#include <stdio.h>

void
urne_report_item(struct urne_report *r, enum urne_check_id id, uint64_t num)
{
	r->outcomes[id].num_items += num;
}

void
urne_report_fail(struct urne_report *r, enum urne_check_id id, const struct urne_diag *reason,
    const char *place_fmt, ...)
{
	struct urne_check_outcome *o = &r->outcomes[id];
	va_list va;

	if (o->num_failures < URNE_MAX_FAILURES) {
		struct urne_failure *f = &o->failures[o->num_failures];

		va_start(va, place_fmt);
		(void)vsnprintf(f->place, sizeof(f->place), place_fmt, va);
		va_end(va);
		f->reason = *reason;
	}
	o->num_items++;
	o->num_failures++;
}

void
urne_report_complete(struct urne_report *r, enum urne_check_id id)
{
	r->outcomes[id].completed = true;
}

void
urne_report_skip(struct urne_report *r, enum urne_check_id id, const char *fmt, ...)
{
	struct urne_check_outcome *o = &r->outcomes[id];
	va_list va;

	o->completed = false;
	if (o->why.text[0] == '\0') {
		va_start(va, fmt);
		(void)vsnprintf(o->why.text, sizeof(o->why.text), fmt, va);
		va_end(va);
	}
}

void
urne_report_absent(struct urne_report *r, enum urne_check_id id)
{
	r->outcomes[id].absent = true;
}

void
urne_report_aside(struct urne_report *r, enum urne_check_id id)
{
	r->outcomes[id].aside = true;
}

bool
urne_report_mandatory(const struct urne_report *r, enum urne_check_id id)
{
	const struct urne_check_outcome *o = &r->outcomes[id];

	return urne_checks[id].mandatory && !o->absent && !o->aside;
}

void
urne_report_wanted(struct urne_report *r, enum urne_check_id id)
{
	r->outcomes[id].absent = false;
}

void
urne_report_note(struct urne_report *r, const char *fmt, ...)
{
	va_list va;

	if (r->num_notes < URNE_MAX_NOTES) {
		char *text = r->notes[r->num_notes].text;

		va_start(va, fmt);
		(void)vsnprintf(text, sizeof(r->notes[0].text), fmt, va);
		va_end(va);
	}
	r->num_notes++;
}

enum urne_verdict
urne_report_verdict(const struct urne_report *r, enum urne_check_id id)
{
	const struct urne_check_outcome *o = &r->outcomes[id];

	if (o->num_failures > 0) {
		return URNE_VERDICT_FAIL;
	}
	return o->completed ? URNE_VERDICT_PASS : URNE_VERDICT_NOT_CHECKED;
}

const char *
urne_verdict_name(enum urne_verdict v)
{
	switch (v) {
	case URNE_VERDICT_NOT_CHECKED:
		return "NOT CHECKED";
	case URNE_VERDICT_PASS:
		return "PASS";
	case URNE_VERDICT_FAIL:
		return "FAIL";
	}
	return "NOT CHECKED";
}

static enum urne_exit
exit_of(const struct urne_report *r, size_t num)
{
	bool all_passed = true;
	size_t i;

	for (i = 0; i < num; i++) {
		enum urne_check_id id = (enum urne_check_id)i;
		enum urne_verdict v = urne_report_verdict(r, id);

		if (v == URNE_VERDICT_FAIL) {
			return URNE_EXIT_FAILED;
		}
		if (v == URNE_VERDICT_NOT_CHECKED && urne_report_mandatory(r, id)) {
			all_passed = false;
		}
	}
	return all_passed && r->has_result ? URNE_EXIT_VERIFIED : URNE_EXIT_INCOMPLETE;
}

enum urne_exit
urne_report_exit(const struct urne_report *r)
{
	return exit_of(r, URNE_NUM_CHECKS);
}

enum urne_exit
urne_report_exit_before(const struct urne_report *r, enum urne_check_id end)
{
	return exit_of(r, (size_t)end);
}

const char *
urne_exit_word(enum urne_exit e)
{
	switch (e) {
	case URNE_EXIT_VERIFIED:
		return "VERIFIED";
	case URNE_EXIT_FAILED:
		return "FAILED";
	case URNE_EXIT_ERROR:
		return "ERROR";
	case URNE_EXIT_INCOMPLETE:
		return "INCOMPLETE";
	}
	return "ERROR";
}

const char *
urne_report_closing(const struct urne_report *r)
{
	switch (urne_report_exit(r)) {
	case URNE_EXIT_VERIFIED:
		return "VERIFIED: the result follows from the ballots of this archive, by "
		       "everything "
		       "that the archive alone can show; that your own ballot is among them, only "
		       "you can see.";
	case URNE_EXIT_FAILED:
		return "FAILED: this archive is not the record of a correct election; do not rely "
		       "on "
		       "any result it contains.";
	case URNE_EXIT_ERROR:
		break;
	case URNE_EXIT_INCOMPLETE:
		if (r->has_result) {
			return "INCOMPLETE: nothing wrong was found, but some checks could not be "
			       "made, so the result is not verified.";
		}
		return "INCOMPLETE: all that is there so far is right, but there is no result yet.";
	}
	return "ERROR";
}
