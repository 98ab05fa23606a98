/* SPDX-License-Identifier: EUPL-1.2 */
/* The checks of the minutes: the document recomputed from the archive is the given one byte for
 * byte, and enough officials have signed its hash. What officials declare is taken from the
 * document itself: it is theirs to declare, under their signatures. Spec: docs/minutes.md */
#include <string.h>

#include "base/file.h"
#include "crypto/note.h"
#include "crypto/sha256.h"
#include "documents/minutes_record.h"
#include "verifier/verify.h"

struct job {
	struct urne_verification *v;
	struct urne_buf ours;
	struct urne_minutes minutes;
};

/* What this run found, check by check; those of the minutes themselves are not part of it. */
static enum urne_err
fill_checks(struct job *j)
{
	const struct urne_report *r = j->v->report;
	struct urne_minutes_check *list =
	    urne_arena_alloc(&j->v->arena, URNE_NUM_CHECKS, sizeof(*list));

	if (list == NULL) {
		return URNE_ERR_MEMORY;
	}
	for (size_t i = 0; i < URNE_CHECK_MINUTES; i++) {
		const struct urne_check_outcome *o = &r->outcomes[i];
		if (!o->absent) {
			list[j->minutes.num_checks++] = (struct urne_minutes_check){
			    urne_view_of(urne_checks[i].id),
			    urne_view_of(
				urne_verdict_name(urne_report_verdict(r, (enum urne_check_id)i))),
			    o->num_items, urne_view_of(urne_checks[i].unit)};
		}
	}
	j->minutes.checks = list;
	return URNE_OK;
}

/* The owners whose partial decryptions are right. */
static enum urne_err
fill_decrypted(struct job *j)
{
	struct urne_verification *v = j->v;
	struct urne_minutes_record *m = &j->minutes.record;
	uint64_t *owners = urne_arena_alloc(&v->arena, v->trustees.num_owners, sizeof(*owners));

	if (owners == NULL) {
		return URNE_ERR_MEMORY;
	}
	for (size_t i = 0; i < v->trustees.num_owners; i++) {
		if (v->by_owner[i] != NULL) {
			owners[m->num_decrypted++] = i + 1;
		}
	}
	m->decrypted = owners;
	return URNE_OK;
}

static enum urne_err
fill(struct job *j)
{
	struct urne_verification *v = j->v;
	struct urne_minutes *m = &j->minutes;
	enum urne_err e =
	    urne_minutes_record_of(&m->record, &v->arena, &v->election, &v->trustees, &v->chain);

	if (e == URNE_OK) {
		e = fill_decrypted(j);
	}
	if (e == URNE_OK) {
		e = fill_checks(j);
	}
	m->record.archive_sha256 = v->report->sha256;
	m->record.archive_bytes = urne_archive_position(v->archive);
	m->definition = &v->definition;
	m->declared = &v->declared;
	m->outcome = &v->outcome;
	return e;
}

/* fill_journal: as far as the journal had come when the minutes were written. */
static enum urne_err
fill_journal(struct job *j, struct urne_diag *why)
{
	const struct urne_verification *v = j->v;
	uint64_t size = v->minutes_inputs.journal_size;

	return size == 0 ? URNE_OK
			 : urne_minutes_journal_of(
			       &j->minutes.journal, why, v->journal.state, &v->journal.said, size);
}

static enum urne_err
recompute(struct job *j, struct urne_diag *why)
{
	enum urne_err e = fill(j);

	if (e == URNE_OK) {
		e = fill_journal(j, why);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_minutes_json(&j->ours, &j->minutes);
	e = urne_buf_error(&j->ours);
	if (e == URNE_OK && !urne_verify_same_document(
				why, urne_buf_view(&j->v->minutes_text), urne_buf_view(&j->ours))) {
		e = URNE_ERR_MISMATCH;
	}
	return e;
}

/* The hash on paper, as a person types it: 64 hex digits, blanks between them, any case. */
static enum urne_err
compare_paper(const struct job *j, struct urne_diag *why, const struct urne_hash *hash)
{
	const char *paper = j->v->files.minutes_hash;
	char typed[URNE_HASH_HEX_LEN], ours[URNE_HASH_HEX_LEN];
	size_t n = 0;

	for (; *paper != '\0'; paper++) {
		char c = *paper;
		if (c == ' ') {
			continue;
		}
		if (n == sizeof(typed)) {
			n++;
			break;
		}
		typed[n++] = c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
	}
	urne_hex_encode(ours, hash->b, sizeof(hash->b));
	if (n != sizeof(typed)) {
		return urne_fail(why, URNE_ERR_SYNTAX,
		    "the hash from the paper has %s than 64 digits, type it again",
		    n > sizeof(typed) ? "more" : "fewer");
	}
	if (memcmp(typed, ours, sizeof(ours)) != 0) {
		return urne_fail(why, URNE_ERR_MISMATCH,
		    "the hash from the paper is not that of the document, which is %.*s: the paper "
		    "is of other minutes, or a digit is wrong",
		    (int)sizeof(ours), ours);
	}
	return URNE_OK;
}

/* --- signatures --- */

static enum urne_err
count_signatures(
    struct job *j, struct urne_diag *why, const struct urne_note *note, size_t *num_signed)
{
	const struct urne_definition *v = &j->v->definition;

	for (size_t i = 0; i < v->num_officials; i++) {
		struct urne_note_key key;
		enum urne_err e = urne_note_key_read(&key, why, v->officials[i].key);
		if (e == URNE_OK) {
			e = urne_note_verify(why, note, &key);
		}
		if (e == URNE_OK) {
			*num_signed += 1;
		} else if (e != URNE_ERR_UNKNOWN) {
			return e;
		}
	}
	return URNE_OK;
}

static enum urne_err
check_note(
    struct job *j, struct urne_diag *why, struct urne_view text, const struct urne_hash *hash)
{
	const struct urne_definition *v = &j->v->definition;
	struct urne_report *r = j->v->report;
	struct urne_note note;
	struct urne_buf ours;
	size_t num_signed = 0;
	enum urne_err e;

	urne_buf_init(&ours, URNE_MAX_SMALL_FILE);
	urne_minutes_note_text(&ours, j->v->election.uuid, hash);
	e = urne_note_read(&note, &j->v->arena, why, text);
	if (e == URNE_OK && !urne_view_eq(note.text, urne_buf_view(&ours))) {
		e = urne_fail(why, URNE_ERR_MISMATCH, "the signatures are of other minutes");
	}
	urne_buf_clear(&ours);
	if (e == URNE_OK) {
		e = count_signatures(j, why, &note, &num_signed);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_report_item(r, URNE_CHECK_MINUTES_SIGNATURES, num_signed);
	if (num_signed < v->officials_required) {
		urne_report_skip(r, URNE_CHECK_MINUTES_SIGNATURES,
		    "%zu of the %zu officials have signed, %zu must", num_signed, v->num_officials,
		    v->officials_required);
		return URNE_OK;
	}
	urne_report_complete(r, URNE_CHECK_MINUTES_SIGNATURES);
	return URNE_OK;
}

static enum urne_err
check_signatures(struct job *j, struct urne_diag *d, const struct urne_hash *hash)
{
	struct urne_verification *v = j->v;
	struct urne_report *r = v->report;
	struct urne_diag why = {""};
	struct urne_buf path, text;
	bool there = false;
	enum urne_err e;

	if (v->definition.num_officials == 0) {
		urne_report_absent(r, URNE_CHECK_MINUTES_SIGNATURES);
		urne_report_note(r, "the definition names no officials who sign the minutes");
		return URNE_OK;
	}
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&text, URNE_NOTE_MAX);
	e = urne_path_find(&path, &there, v->files.signatures, v->files.minutes, ".json", ".note");
	if (e == URNE_OK && !there) {
		urne_report_skip(r, URNE_CHECK_MINUTES_SIGNATURES,
		    "nobody has signed yet: there is no %.200s", path.data);
		goto out;
	}
	if (e == URNE_OK) {
		e = urne_file_read(&text, d, path.data);
	}
	if (e != URNE_OK) {
		goto out;
	}
	e = check_note(j, &why, urne_buf_view(&text), hash);
	if (e != URNE_OK && !urne_err_is_ours(e)) {
		urne_report_fail(r, URNE_CHECK_MINUTES_SIGNATURES, &why, "%s", path.data);
		e = URNE_OK;
	}
out:
	urne_buf_clear(&path);
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
check_document(struct job *j, struct urne_diag *d)
{
	struct urne_report *r = j->v->report;
	struct urne_diag why = {""};
	struct urne_hash hash;
	enum urne_err e = recompute(j, &why);

	urne_sha256_of(&hash, urne_buf_view(&j->v->minutes_text));
	if (e == URNE_OK && j->v->files.minutes_hash != NULL) {
		e = compare_paper(j, &why, &hash);
	}
	if (e != URNE_OK && urne_err_is_ours(e)) {
		*d = why;
		return e;
	}
	if (e != URNE_OK) {
		urne_report_fail(r, URNE_CHECK_MINUTES, &why, "%s", j->v->files.minutes);
	} else {
		urne_report_item(r, URNE_CHECK_MINUTES, 1);
		urne_report_complete(r, URNE_CHECK_MINUTES);
	}
	return check_signatures(j, d, &hash);
}

enum urne_err
urne_verify_minutes_open(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_diag why = {""};
	enum urne_err e;

	if (v->files.minutes == NULL) {
		return URNE_OK;
	}
	e = urne_file_read(&v->minutes_text, d, v->files.minutes);
	if (e != URNE_OK) {
		return e;
	}
	e = urne_minutes_inputs(
	    &v->minutes_inputs, &v->arena, &why, urne_buf_view(&v->minutes_text));
	if (e != URNE_OK && urne_err_is_ours(e)) {
		*d = why;
		return e;
	}
	if (e != URNE_OK) {
		urne_report_fail(v->report, URNE_CHECK_MINUTES, &why, "%s", v->files.minutes);
	}
	v->has_minutes = e == URNE_OK;
	return URNE_OK;
}

enum urne_err
urne_verify_minutes(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_report *r = v->report;
	struct job j = {.v = v};
	enum urne_err e;

	if (v->files.minutes == NULL) {
		return URNE_OK;
	}
	/* what the minutes say is the verdict without the checks of the minutes themselves, and
	 * without those of the copy: the archive has one document, wherever it was found */
	j.minutes.verdict =
	    urne_view_of(urne_exit_word(urne_report_exit_before(r, URNE_CHECK_MINUTES)));
	urne_report_wanted(r, URNE_CHECK_MINUTES);
	urne_report_wanted(r, URNE_CHECK_MINUTES_SIGNATURES);
	if (v->has_minutes && v->minutes_inputs.journal_size > 0 && !v->journal.is_lawful) {
		urne_report_skip(r, URNE_CHECK_MINUTES, "they hold the journal of the board, %s",
		    v->journal.log == NULL ? "name it with --journal"
					   : "and the one that was given cannot be read");
		urne_report_skip(r, URNE_CHECK_MINUTES_SIGNATURES,
		    "the minutes themselves could not be checked");
		return URNE_OK;
	}
	if (!v->has_minutes || !v->has_outcome) {
		urne_report_skip(r, URNE_CHECK_MINUTES, "there is no outcome to compare with");
		urne_report_skip(r, URNE_CHECK_MINUTES_SIGNATURES,
		    "the minutes themselves could not be checked");
		return URNE_OK;
	}
	urne_buf_init(&j.ours, URNE_MAX_DOCUMENT);
	e = check_document(&j, d);
	urne_buf_clear(&j.ours);
	return e;
}
