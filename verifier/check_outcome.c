/* SPDX-License-Identifier: EUPL-1.2 */
/* The check of the outcome: the decisions are computed from the verified result, and a published
 * outcome must be the same document byte for byte.
 * Spec: docs/outcome.md */
#include "base/file.h"
#include "documents/decide.h"
#include "verifier/verify.h"

#define AROUND ((size_t)24)

bool
urne_verify_same_document(struct urne_diag *d, struct urne_view given, struct urne_view recomputed)
{
	size_t len = given.len < recomputed.len ? given.len : recomputed.len, at = 0, from;

	if (urne_view_eq(given, recomputed)) {
		return true;
	}
	while (at < len && given.p[at] == recomputed.p[at]) {
		at++;
	}
	from = at > AROUND ? at - AROUND : 0;
	(void)urne_fail(d, URNE_ERR_MISMATCH,
	    "differs from byte %zu on: it says \"%.*s\", recomputed is \"%.*s\"", at,
	    (int)(given.len - from < 2 * AROUND ? given.len - from : 2 * AROUND), given.p + from,
	    (int)(recomputed.len - from < 2 * AROUND ? recomputed.len - from : 2 * AROUND),
	    recomputed.p + from);
	return false;
}

/* The file of that name, or the one beside the archive with that ending; empty when there is none.
 */
static enum urne_err
read_beside(struct urne_verification *v, struct urne_buf *text, struct urne_buf *path,
    struct urne_diag *d, const char *given, const char *ending)
{
	bool there = false;
	enum urne_err e = urne_path_find(path, &there, given, v->archive_path, ".bel", ending);

	if (e == URNE_OK && !there) {
		urne_buf_reset(path);
		return URNE_OK;
	}
	return e == URNE_OK ? urne_file_read(text, d, path->data) : e;
}

static enum urne_err
decide(struct urne_verification *v, struct urne_diag *d, struct urne_view declared)
{
	const struct urne_decide_record record = {
	    .election = &v->election,
	    .definition = &v->definition,
	    .credentials = v->credentials,
	    .counts = v->result.counts,
	    .voters = v->num_voters,
	    .votes = v->total_weight,
	};
	enum urne_err e = urne_declared_read(&v->declared, &v->arena, d, &v->definition, declared);

	return e == URNE_OK
		   ? urne_decide(&v->outcome, &v->heading, &v->arena, d, &record, &v->declared)
		   : e;
}

/* How many decisions, places, seats of lists there are. */
static uint64_t
num_decisions(const struct urne_outcome *o)
{
	uint64_t num = 0;

	for (size_t i = 0; i < o->num_items; i++) {
		num += o->items[i].num_decisions + o->items[i].num_places + o->items[i].num_lists;
	}
	return num;
}

static enum urne_err
compare_published(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_buf given, ours, path;
	struct urne_view text;
	struct urne_diag why = {""};
	enum urne_err e;

	urne_buf_init(&given, URNE_MAX_DOCUMENT);
	urne_buf_init(&ours, URNE_MAX_DOCUMENT);
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = read_beside(v, &given, &path, d, v->files.outcome, ".outcome.json");
	if (e == URNE_OK && path.len > 0) {
		urne_outcome_json(&ours, &v->heading, &v->outcome);
		e = urne_buf_error(&ours);
		text = urne_buf_view(&given);
		text.len -= text.len > 0 && text.p[text.len - 1] == '\n' ? 1 : 0;
		if (e == URNE_OK && !urne_verify_same_document(&why, text, urne_buf_view(&ours))) {
			urne_report_fail(v->report, URNE_CHECK_OUTCOME, &why, "%s", path.data);
		} else if (e == URNE_OK) {
			urne_report_note(
			    v->report, "the published outcome %s was compared", path.data);
		}
	}
	urne_buf_clear(&given);
	urne_buf_clear(&ours);
	urne_buf_clear(&path);
	return e;
}

static void
note_declared(struct urne_verification *v)
{
	const struct urne_draw *draw = &v->definition.draw;
	char hex[URNE_HASH_HEX_LEN];

	if (!v->outcome.complete) {
		urne_report_note(
		    v->report, "a tie waits for the draw: the outcome is not final yet");
	}
	if (v->outcome.draw_needed && v->declared.has_draw) {
		urne_hex_encode(hex, v->declared.draw.b, sizeof(v->declared.draw.b));
		urne_report_note(v->report,
		    "ties were drawn with the value %.*s that the officials declare; compare it "
		    "with its source%s%.*s",
		    (int)sizeof(hex), hex, draw->kind == URNE_DRAW_DRAND ? ", drand " : "",
		    (int)draw->chain.len, draw->chain.p);
	}
	if (v->declared.num_withdrawn > 0) {
		urne_report_note(v->report,
		    "%zu withdrawals after the seal are the officials' word: the archive cannot "
		    "show them",
		    v->declared.num_withdrawn);
	}
}

/* What the officials declare: in the minutes when those are to be checked, else in a file. */
static enum urne_err
get_declared(
    struct urne_verification *v, struct urne_diag *d, struct urne_buf *text, struct urne_buf *path)
{
	enum urne_err e;

	if (v->has_minutes) {
		urne_buf_puts(path, v->files.minutes);
		urne_buf_put(path, "", 1);
		urne_buf_put_view(text, v->minutes_inputs.declared);
		e = urne_buf_error(path);
	} else {
		e = read_beside(v, text, path, d, v->files.declared, ".declared.json");
		if (e == URNE_OK && path->len == 0) {
			urne_buf_puts(text, "{}");
		}
	}
	if (e == URNE_OK) {
		e = urne_buf_error(text);
	}
	return e;
}

enum urne_err
urne_verify_outcome(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_report *r = v->report;
	struct urne_buf declared, path;
	struct urne_view text = {"", 0};
	struct urne_diag why = {""};
	enum urne_err e;

	if (!v->has_definition) {
		return URNE_OK; /* absent, or its reason is given */
	}
	if (!v->has_verified_result) {
		urne_report_skip(r, URNE_CHECK_OUTCOME, "there is no verified result");
		return URNE_OK;
	}
	urne_buf_init(&declared, URNE_MAX_TEXT_FILE);
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = get_declared(v, d, &declared, &path);
	if (e == URNE_OK) {
		e = urne_arena_copy(&v->arena, &text, urne_buf_view(&declared));
	}
	if (e != URNE_OK) {
		goto out;
	}
	e = decide(v, &why, text);
	if (e == URNE_OK) {
		v->has_outcome = true;
		urne_report_item(r, URNE_CHECK_OUTCOME, num_decisions(&v->outcome));
		urne_report_complete(r, URNE_CHECK_OUTCOME);
		note_declared(v);
		e = compare_published(v, d);
	} else if (urne_err_is_ours(e)) {
		*d = why;
	} else {
		urne_report_fail(
		    r, URNE_CHECK_OUTCOME, &why, "%s", path.len > 0 ? path.data : "result");
		e = URNE_OK;
	}
out:
	urne_buf_clear(&declared);
	urne_buf_clear(&path);
	return e;
}
