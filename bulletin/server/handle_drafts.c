/* SPDX-License-Identifier: EUPL-1.2 */
/* Drafts: everybody reads them; an official puts the definition and the Setup. The order that asks
 * for the part comes in the header and is judged before a byte of the body is read: it names the
 * hash, and the body has to be what it names. Spec: docs/journal.md#drafts */
#include <stdio.h>
#include <time.h>

#include "base/limits.h"
#include "bulletin/server/drafting.h"
#include "bulletin/server/handlers.h"
#include "bulletin/server/place_journal.h"
#include "crypto/sha256.h"
#include "election/ceremony.h"

/* The parts of an order as they were read, with the officials' lines. */
#define ARENA ((size_t)1 << 20)

/* --- who may put a part --- */

/* Which argument of which order names the part's hash. */
struct naming {
	const char *part;
	struct {
		enum urne_action action;
		size_t argument;
	} by[2];
	size_t num;
};
static const struct naming naming_definition = {URNE_DRAFT_DEFINITION,
    {{URNE_ACTION_PREPARE, URNE_PREPARE_DEFINITION}, {URNE_ACTION_SEAL, URNE_SEAL_DEFINITION}}, 2};
static const struct naming naming_setup = {
    URNE_DRAFT_SETUP, {{URNE_ACTION_SEAL, URNE_SEAL_SETUP}}, 1};

struct judging {
	struct urne_request *r;
	const struct naming *naming;
	struct urne_arena arena;
	struct urne_view note;
	struct urne_diag *diag;
	enum urne_problem problem;
};

/* take_hash: the order is for this election, and names this part. */
static enum urne_err
take_hash(struct judging *j, const struct urne_order *o)
{
	const struct naming *n = j->naming;
	bool there = false;

	if (!urne_view_eq(o->election, j->r->uuid)) {
		return urne_fail(j->diag, URNE_ERR_MISMATCH,
		    "the order is for the election %.*s, the request for %.*s",
		    (int)o->election.len, o->election.p, (int)j->r->uuid.len, j->r->uuid.p);
	}
	for (size_t i = 0; i < n->num; i++) {
		if (n->by[i].action == o->action) {
			j->r->payload = urne_order_hash(o, n->by[i].argument, &there);
		}
	}
	return there ? URNE_OK
		     : urne_fail(j->diag, URNE_ERR_MISMATCH, "the order \"%s\" names no %s",
			   urne_action_form(o->action)->name, n->part);
}

static enum urne_err
judge(void *ctx, const struct urne_journal *journal)
{
	struct judging *j = ctx;
	const struct urne_journal_election *election = urne_journal_find(journal, j->r->uuid);
	struct urne_order_signers signers;
	struct urne_order order;
	size_t needed = 0;
	enum urne_err e;

	j->problem = URNE_PROBLEM_STAGE;
	if (election != NULL && election->stage >= URNE_JOURNAL_SEALED) {
		return urne_fail(j->diag, URNE_ERR_ORDER,
		    "this election is %s: its drafts stay as they are",
		    urne_journal_stage_name(election->stage));
	}
	j->problem = URNE_PROBLEM_NOT_AUTHORISED;
	e = urne_journal_judge(journal, &order, &signers, &needed, &j->arena, j->diag, j->note,
	    urne_journal_clock(journal, (int64_t)time(NULL)));
	return e == URNE_OK ? take_hash(j, &order) : e;
}

static enum urne_problem
admit_part(const struct urne_service *s, struct urne_request *r, struct urne_diag *d,
    const struct naming *naming)
{
	struct judging j = {.r = r, .naming = naming, .diag = d};
	enum urne_err e;

	urne_arena_init(&j.arena, ARENA);
	j.problem = URNE_PROBLEM_NOT_AUTHORISED;
	e = urne_request_note(r, &j.note, &j.arena, d, URNE_HEADER_ORDER);
	if (e == URNE_OK) {
		e = urne_board_journal_use(s->board, judge, &j);
	}
	if (e == URNE_OK) {
		e = urne_board_waiting_check(s->board, &j.arena, d, j.note);
	}
	urne_arena_clear(&j.arena);
	return e == URNE_OK	     ? URNE_PROBLEM_NONE
	       : urne_err_is_ours(e) ? URNE_PROBLEM_OURS
				     : j.problem;
}

static enum urne_problem
admit_definition(const struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	return admit_part(s, r, d, &naming_definition);
}

static enum urne_problem
admit_setup(const struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	return admit_part(s, r, d, &naming_setup);
}

/* --- putting it --- */

/* begin makes the submission of a part. */
static enum urne_problem
begin(struct urne_request *r, struct urne_diag *d, const char *part)
{
	struct urne_draft_name name = {{0}};
	enum urne_problem p = urne_request_begin(r, d, URNE_SUBMIT_DRAFT);

	(void)snprintf(name.text, sizeof(name.text), "%s", part);
	if (p == URNE_PROBLEM_NONE) {
		r->submission->drafting = urne_drafting_new(r->uuid, name);
		if (r->submission->drafting == NULL) {
			(void)urne_fail(d, URNE_ERR_MEMORY, "no memory for a draft");
			p = URNE_PROBLEM_OURS;
		}
	}
	return p;
}

static enum urne_problem
handle_definition(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	enum urne_problem p = begin(r, d, URNE_DRAFT_DEFINITION);
	struct urne_hash hash;

	(void)out;
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	urne_sha256_of(&hash, urne_buf_view(&r->submission->ballot));
	if (!urne_hash_eq(&hash, &r->payload)) {
		(void)urne_fail(
		    d, URNE_ERR_MISMATCH, "the body is not the definition that the order names");
		return URNE_PROBLEM_MISMATCH;
	}
	return urne_request_submit(s, r, d);
}

/* check_setup: records of data in archive framing, and the last is what the order names. */
static enum urne_err
check_setup(struct urne_request *r, struct urne_diag *d)
{
	struct urne_archive *a = NULL;
	struct urne_hash last = {{0}};
	struct urne_record rec;
	bool done = false;
	enum urne_err e = urne_archive_open_fd(&a, d, r->body.fd, NULL);

	while (e == URNE_OK && (e = urne_archive_next(a, &rec, &done, d)) == URNE_OK && !done) {
		last = rec.hash;
	}
	urne_archive_close(a);
	if (e == URNE_OK && !urne_hash_eq(&last, &r->payload)) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "the last record of the body is not the Setup that the order names");
	}
	return e;
}

static enum urne_problem
handle_setup(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	enum urne_problem p = begin(r, d, URNE_DRAFT_SETUP);
	enum urne_err e;

	(void)out;
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	e = check_setup(r, d);
	if (e == URNE_OK) {
		urne_buf_clear(&r->submission->ballot);
		urne_buf_init(&r->submission->ballot, URNE_HTTP_SETUP);
		e = urne_body_read(&r->body, &r->submission->ballot, d);
	}
	return e != URNE_OK ? urne_problem_of(e) : urne_request_submit(s, r, d);
}

enum urne_problem
urne_finish_draft(struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	const struct urne_submission *s = r->submission;
	enum urne_problem p = urne_request_outcome(r, d);

	if (s->err == URNE_ERR_LIMIT && s->retry_after > 0) {
		return URNE_PROBLEM_BUSY;
	}
	if (p == URNE_PROBLEM_NONE) {
		out->type = URNE_TYPE_JSON;
		out->cache = URNE_CACHE_NEVER;
		urne_buf_puts(&out->body, "{\"election\":");
		urne_buf_put_json_string(&out->body, r->uuid);
		urne_buf_printf(&out->body, ",\"draft\":\"%s\",\"repeated\":%s}\n",
		    s->drafting->part.text, s->repeated ? "true" : "false");
	}
	return p;
}

const struct urne_handler urne_handle_draft_definition = {
    .body = URNE_BODY_MEMORY,
    .max_body = URNE_MAX_TEXT_FILE,
    .admit = admit_definition,
    .handle = handle_definition,
    .finish = urne_finish_draft,
};

const struct urne_handler urne_handle_draft_setup = {
    .body = URNE_BODY_FILE,
    .max_body = URNE_HTTP_SETUP,
    .admit = admit_setup,
    .handle = handle_setup,
    .finish = urne_finish_draft,
};

/* --- reading --- */

struct inviting {
	struct urne_view uuid;
	uint64_t trustee;
	struct urne_buf *out;
};

/* invite: the invitations follow from the order `prepare`. */
static enum urne_err
invite(void *ctx, const struct urne_journal *j)
{
	struct inviting *i = ctx;
	const struct urne_journal_election *e = urne_journal_find(j, i->uuid);

	if (e == NULL || i->trustee > e->num_prepared) {
		return URNE_OK;
	}
	urne_ceremony_invitation(i->out, urne_group_find(e->group), e->num_prepared,
	    (size_t)e->threshold, (size_t)i->trustee);
	return urne_buf_error(i->out);
}

/* What is read is taken from the budget; the body that a GET does not have gives it back. */
enum urne_problem
urne_read_draft(struct urne_service *s, struct urne_request *r, struct urne_response *out,
    struct urne_diag *d, struct urne_view part)
{
	uint64_t len = 0;
	bool there = false;
	enum urne_problem p;
	enum urne_err e = urne_board_draft_length(s->board, &len, &there, d, r->uuid, part);

	if (e != URNE_OK || !there) {
		return e != URNE_OK ? urne_problem_of(e) : URNE_PROBLEM_NONE;
	}
	p = urne_body_begin(&r->body, d, URNE_BODY_MEMORY, len, len, &s->drafts, s->tmp);
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	urne_buf_clear(&out->body);
	urne_buf_init(&out->body, (size_t)len);
	e = urne_board_draft(s->board, &out->body, &there, d, r->uuid, part);
	if (e == URNE_ERR_LIMIT) {
		(void)urne_fail(d, e, "a longer draft came just now; ask for it again");
		return URNE_PROBLEM_BUSY;
	}
	return urne_problem_of(e);
}

static enum urne_problem
handle_draft(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	struct inviting i = {.uuid = r->uuid, .out = &out->body};
	enum urne_problem p;

	out->type = urne_view_is(r->rest, URNE_DRAFT_SETUP) ? URNE_TYPE_BYTES
		    : urne_draft_is_note(r->rest)	    ? URNE_TYPE_TEXT
							    : URNE_TYPE_JSON;
	out->cache = URNE_CACHE_NEVER;
	if (urne_draft_read_invitation(&i.trustee, r->rest)) {
		p = urne_problem_of(urne_board_journal_use(s->board, invite, &i));
	} else {
		p = urne_read_draft(s, r, out, d, r->rest);
	}
	if (p == URNE_PROBLEM_NONE && out->body.len == 0) {
		(void)urne_fail(d, URNE_ERR_UNKNOWN, "there is no draft %.*s of this election",
		    (int)r->rest.len, r->rest.p);
		p = URNE_PROBLEM_NOT_FOUND;
	}
	return p;
}

const struct urne_handler urne_handle_draft = {.handle = handle_draft};
