/* SPDX-License-Identifier: EUPL-1.2 */
/* The minutes on the board: the very document whose hash the officials' order `certify` names, and
 * the signatures of those whom the sealed definition names. What is taken is bound by signatures
 * that are there already, so it does not matter who brings it. Spec: docs/minutes.md#on-the-board
 */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "bulletin/server/drafting.h"
#include "bulletin/server/handlers.h"
#include "bulletin/server/routes.h"
#include "crypto/sha256.h"
#include "documents/minutes.h"

#define ARENA ((size_t)1 << 20)

/* --- what may be put --- */

struct asking {
	struct urne_request *r;
	struct urne_diag *diag;
};

static enum urne_err
find_certified(void *ctx, const struct urne_journal *j)
{
	const struct asking *a = ctx;
	const struct urne_journal_election *e = urne_journal_find(j, a->r->uuid);
	enum urne_journal_stage stage = e != NULL ? e->stage : URNE_JOURNAL_NONE;

	if (stage != URNE_JOURNAL_CERTIFIED) {
		return urne_fail(a->diag, URNE_ERR_ORDER,
		    "minutes are taken once the officials have certified them (urne order give "
		    "certify); the election is %s",
		    urne_journal_stage_name(stage));
	}
	a->r->payload = e->minutes;
	return URNE_OK;
}

static enum urne_problem
admit_minutes(const struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	struct asking a = {r, d};
	enum urne_problem p = urne_request_log(s, r, d);

	return p == URNE_PROBLEM_NONE
		   ? urne_problem_of(urne_board_journal_use(s->board, find_certified, &a))
		   : p;
}

static enum urne_err
check_document(struct urne_request *r, struct urne_diag *d, struct urne_view text)
{
	struct urne_hash hash;

	urne_sha256_of(&hash, text);
	return urne_hash_eq(&hash, &r->payload)
		   ? URNE_OK
		   : urne_fail(d, URNE_ERR_MISMATCH,
			 "these are not the minutes that the order \"certify\" names; send the "
			 "minutes.json that was signed, byte for byte");
}

/* count_signers: every line of an official verifies, and nobody else's stands there. */
static enum urne_err
count_signers(
    size_t *num, struct urne_diag *d, const struct urne_note *note, const struct urne_definition *v)
{
	for (size_t i = 0; i < v->num_officials; i++) {
		struct urne_note_key key;
		enum urne_err e = urne_note_key_read(&key, d, v->officials[i].key);

		e = e == URNE_OK ? urne_note_verify(d, note, &key) : e;
		if (e != URNE_OK && e != URNE_ERR_UNKNOWN) {
			return e;
		}
		*num += e == URNE_OK ? 1 : 0;
	}
	return *num == note->num_lines && *num >= v->officials_required
		   ? URNE_OK
		   : urne_fail(d, URNE_ERR_INCOMPLETE,
			 "%zu of %zu lines are signatures of officials whom the definition names; "
			 "all must be, and %zu are needed",
			 *num, note->num_lines, v->officials_required);
}

static enum urne_err
check_note(struct urne_request *r, struct urne_diag *d, struct urne_view text)
{
	const struct urne_board_election *e = urne_board_log_election(r->log);
	struct urne_arena arena;
	struct urne_note note;
	struct urne_buf ours;
	size_t num = 0;
	enum urne_err err;

	if (!atomic_load_explicit(&e->has_definition, memory_order_acquire)) {
		return urne_fail(d, URNE_ERR_UNKNOWN,
		    "this election seals no vote definition, which would name who signs its "
		    "minutes");
	}
	urne_arena_init(&arena, ARENA);
	urne_buf_init(&ours, URNE_MAX_SMALL_FILE);
	urne_minutes_note_text(&ours, r->uuid, &r->payload);
	err = urne_buf_error(&ours);
	err = err == URNE_OK ? urne_note_read(&note, &arena, d, text) : err;
	if (err == URNE_OK && !urne_view_eq(note.text, urne_buf_view(&ours))) {
		err = urne_fail(d, URNE_ERR_MISMATCH,
		    "the signatures are of other minutes than the order \"certify\" names");
	}
	if (err == URNE_OK) {
		err = count_signers(&num, d, &note, &e->definition);
	}
	urne_buf_clear(&ours);
	urne_arena_clear(&arena);
	return err;
}

static const struct part {
	const char *pattern, *name, *type;
	enum urne_err (*check)(struct urne_request *r, struct urne_diag *d, struct urne_view text);
} parts[] = {
    {"/bb/{uuid}/minutes.json", URNE_DRAFT_MINUTES, URNE_TYPE_JSON, check_document},
    {"/bb/{uuid}/minutes.note", URNE_DRAFT_MINUTES_NOTE, URNE_TYPE_TEXT, check_note},
};

/* part_of: the table has every pattern that leads here. */
static const struct part *
part_of(const struct urne_request *r)
{
	return strcmp(r->route->pattern, parts[0].pattern) == 0 ? &parts[0] : &parts[1];
}

/* --- putting and reading --- */

static enum urne_problem
put_minutes(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	const struct part *part = part_of(r);
	struct urne_draft_name name = {{0}};
	enum urne_problem p = urne_request_begin(r, d, URNE_SUBMIT_DRAFT);
	enum urne_err e;

	(void)out;
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	e = part->check(r, d, urne_buf_view(&r->submission->ballot));
	if (e != URNE_OK) {
		return urne_problem_of(e);
	}
	(void)snprintf(name.text, sizeof(name.text), "%s", part->name);
	r->submission->drafting = urne_drafting_new(r->uuid, name);
	if (r->submission->drafting == NULL) {
		(void)urne_fail(d, URNE_ERR_MEMORY, "no memory for minutes");
		return URNE_PROBLEM_OURS;
	}
	return urne_request_submit(s, r, d);
}

static enum urne_problem
get_minutes(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	const struct part *part = part_of(r);
	enum urne_problem p;

	out->type = part->type;
	out->cache = URNE_CACHE_NEVER;
	p = urne_read_draft(s, r, out, d, urne_view_of(part->name));
	if (p == URNE_PROBLEM_NONE && out->body.len == 0) {
		(void)urne_fail(d, URNE_ERR_UNKNOWN,
		    "the officials have brought no %s of this election yet", part->name);
		p = URNE_PROBLEM_NOT_FOUND;
	}
	return p;
}

const struct urne_handler urne_handle_minutes = {.handle = get_minutes};
const struct urne_handler urne_handle_minutes_put = {
    .body = URNE_BODY_MEMORY,
    .max_body = URNE_MAX_TEXT_FILE,
    .admit = admit_minutes,
    .handle = put_minutes,
    .finish = urne_finish_draft,
};
