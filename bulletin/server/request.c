/* SPDX-License-Identifier: EUPL-1.2 */
/* What handlers have in common: the folders of the board, finding the election of a path, handing
 * something to the board and hearing of it again. */
#include "bulletin/server/request.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/b64.h"
#include "base/file.h"
#include "base/limits.h"
#include "bulletin/server/kept_pages.h"
#include "documents/page.h"

static enum urne_err
open_folder(int *out, struct urne_diag *d, const char *path)
{
	*out = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return *out < 0 ? urne_fail_errno(d, "%s", path) : URNE_OK;
}

enum urne_err
urne_service_open(
    struct urne_service *out, struct urne_diag *d, struct urne_board *board, const char *dir)
{
	struct urne_buf path;
	enum urne_err e;

	*out = (struct urne_service){.board = board, .public = -1, .tmp = -1};
	out->bodies.max = URNE_HTTP_BODY_BUDGET;
	out->events.max = URNE_HTTP_EVENT_BUDGET;
	out->drafts.max = URNE_HTTP_DRAFT_BUDGET;
	out->minutes = urne_kept_pages_new();
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = out->minutes != NULL ? urne_path_join(&path, dir, "tmp") : URNE_ERR_MEMORY;
	if (e != URNE_OK) {
		e = urne_fail(d, e, "no memory");
	}
	if (e == URNE_OK) {
		e = open_folder(&out->tmp, d, path.data);
	}
	if (e == URNE_OK) {
		e = open_folder(&out->public, d, urne_board_public(board));
	}
	urne_buf_clear(&path);
	if (e != URNE_OK) {
		urne_service_close(out);
	}
	return e;
}

void
urne_service_close(struct urne_service *s)
{
	if (s->public >= 0) {
		(void)close(s->public);
	}
	if (s->tmp >= 0) {
		(void)close(s->tmp);
	}
	s->public = s->tmp = -1;
	urne_kept_pages_free(s->minutes);
	s->minutes = NULL;
}

void
urne_response_init(struct urne_response *r)
{
	*r = (struct urne_response){.fd = -1};
	urne_buf_init(&r->body, URNE_MAX_DOCUMENT);
}

void
urne_response_clear(struct urne_response *r)
{
	if (r->fd >= 0) {
		(void)close(r->fd);
	}
	urne_buf_clear(&r->body);
	r->fd = -1;
}

enum urne_problem
urne_response_page(struct urne_response *r, struct urne_diag *d)
{
	struct urne_buf policy;

	urne_buf_init(&policy, sizeof(r->own_csp));
	urne_page_policy(&policy);
	/* what no document can say in itself */
	urne_buf_puts(&policy, "; frame-ancestors 'none'; sandbox");
	urne_buf_put(&policy, "", 1);
	if (urne_buf_error(&policy) == URNE_OK) {
		memcpy(r->own_csp, policy.data, policy.len);
		r->csp = r->own_csp;
		r->type = "text/html; charset=utf-8";
	}
	urne_buf_clear(&policy);
	if (r->csp == NULL) {
		(void)urne_fail(d, URNE_ERR_MEMORY, "no memory for a policy");
		return URNE_PROBLEM_OURS;
	}
	return URNE_PROBLEM_NONE;
}

enum urne_problem
urne_request_log(const struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	r->log = urne_board_find(s->board, r->uuid);
	if (r->log == NULL) {
		(void)urne_fail(d, URNE_ERR_UNKNOWN, "no election %.*s is on this board",
		    (int)r->uuid.len, r->uuid.p);
		return URNE_PROBLEM_NOT_FOUND;
	}
	if (urne_board_log_election(r->log) == NULL) {
		(void)urne_fail(d, URNE_ERR_UNKNOWN,
		    "%.*s is no election: it is the log of what officials ordered, and has none of "
		    "this",
		    (int)r->uuid.len, r->uuid.p);
		return URNE_PROBLEM_NOT_FOUND;
	}
	return URNE_PROBLEM_NONE;
}

enum urne_err
urne_request_note(const struct urne_request *r, struct urne_view *note, struct urne_arena *arena,
    struct urne_diag *d, const char *header)
{
	struct urne_view text = r->carrier->header(r, header);
	size_t len = 0;
	uint8_t *bytes;

	*note = (struct urne_view){"", 0};
	if (text.len == 0) {
		return urne_fail(d, URNE_ERR_INCOMPLETE,
		    "the header %s with the signed note is missing", header);
	}
	bytes = urne_arena_alloc(arena, text.len, 1);
	if (bytes == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a note");
	}
	if (urne_b64_decode(bytes, &len, text.len, text) != URNE_OK) {
		return urne_fail(d, URNE_ERR_SYNTAX, "the header %s is no Base64", header);
	}
	*note = (struct urne_view){(const char *)bytes, len};
	return URNE_OK;
}

enum urne_problem
urne_request_begin(struct urne_request *r, struct urne_diag *d, enum urne_submission_kind kind)
{
	struct urne_submission *s = urne_submission_new(kind);

	r->submission = s;
	if (s == NULL) {
		(void)urne_fail(d, URNE_ERR_MEMORY, "no memory for what was sent");
		return URNE_PROBLEM_OURS;
	}
	s->log = r->log;
	if (r->body.kind == URNE_BODY_MEMORY) {
		urne_buf_clear(&s->ballot);
		s->ballot = r->body.memory;
		urne_buf_init(&r->body.memory, 0); /* the submission owns it now */
	}
	return URNE_PROBLEM_NONE;
}

static void
wake(struct urne_submission *s)
{
	struct urne_request *r = s->context;

	r->carrier->wake(r);
}

enum urne_problem
urne_request_submit(struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	struct urne_submission *submission = r->submission;
	unsigned retry_after = 0;

	submission->context = r;
	submission->done = wake;
	r->later = true;
	/* on success the request may have been woken already; only its owner touches it now */
	if (urne_board_submit(s->board, submission, &retry_after) == URNE_OK) {
		return URNE_PROBLEM_NONE;
	}
	r->later = false;
	r->retry_after = retry_after;
	(void)urne_fail(d, URNE_ERR_LIMIT, "send it again a little later");
	return URNE_PROBLEM_BUSY;
}

enum urne_problem
urne_request_outcome(struct urne_request *r, struct urne_diag *d)
{
	const struct urne_submission *s = r->submission;

	*d = s->diag;
	r->retry_after = s->retry_after;
	if (s->err != URNE_OK && s->retry_after > 0) {
		return urne_err_is_ours(s->err) ? URNE_PROBLEM_BUSY : URNE_PROBLEM_RATE;
	}
	return urne_problem_of(s->err);
}
