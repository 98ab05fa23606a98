/* SPDX-License-Identifier: EUPL-1.2 */
/* Problems are a table, and so is the way from our errors to them: what a client is told about the
 * same error never depends on who answers. */
#include "bulletin/server/problem.h"

#include <string.h>

#include "base/bytes.h"

#define URN "urn:urne:problem:"

static const struct {
	const char *type;
	unsigned status;
	const char *title;
} problems[URNE_NUM_PROBLEMS] = {
    [URNE_PROBLEM_NONE] = {NULL, 200, ""},
    [URNE_PROBLEM_REQUEST] = {URN "request", 400, "this is no request that the board knows"},
    [URNE_PROBLEM_NOT_FOUND] = {URN "not-found", 404, "there is nothing here"},
    [URNE_PROBLEM_METHOD] = {URN "method", 405, "this cannot be done here"},
    [URNE_PROBLEM_TOO_LARGE] = {URN "too-large", 413, "the body is too large"},
    [URNE_PROBLEM_HEAD] = {URN "head", 431, "the header is too large"},
    [URNE_PROBLEM_RANGE] = {URN "range", 416, "the resource does not reach that far"},
    [URNE_PROBLEM_RATE] = {URN "rate", 429, "too often"},
    [URNE_PROBLEM_BUSY] = {URN "busy", 503, "the board is busy, nothing was recorded"},
    [URNE_PROBLEM_NOT_AUTHORISED] = {URN "not-authorised", 403,
	"what has to be signed for this is not there or not good"},
    [URNE_PROBLEM_FORM] = {URN "form", 400, "what was sent is not well formed"},
    [URNE_PROBLEM_BOUNDS] = {URN "bounds", 422, "something is out of its bounds"},
    [URNE_PROBLEM_PROOF] = {URN "proof", 422, "a proof or signature does not verify"},
    [URNE_PROBLEM_MISMATCH] = {URN "mismatch", 422, "something differs from what it must be"},
    [URNE_PROBLEM_STAGE] = {URN "stage", 409, "the election does not take this now"},
    [URNE_PROBLEM_UNKNOWN] = {URN "unknown", 422, "somebody or something is not on the list"},
    [URNE_PROBLEM_DUPLICATE] = {URN "duplicate", 409, "this stands there already"},
    [URNE_PROBLEM_INCOMPLETE] = {URN "incomplete", 422, "something is missing"},
    [URNE_PROBLEM_UNSUPPORTED] = {URN "unsupported", 422, "this version does not do that"},
    [URNE_PROBLEM_OURS] = {URN "ours", 500, "the board failed; this is not your fault"},
};

enum urne_problem
urne_problem_of(enum urne_err e)
{
	switch (e) {
	case URNE_OK:
		return URNE_PROBLEM_NONE;
	case URNE_ERR_SYNTAX:
	case URNE_ERR_USAGE:
		return URNE_PROBLEM_FORM;
	case URNE_ERR_RANGE:
	case URNE_ERR_GROUP:
		return URNE_PROBLEM_BOUNDS;
	case URNE_ERR_PROOF:
	case URNE_ERR_PASSPHRASE:
		return URNE_PROBLEM_PROOF;
	case URNE_ERR_MISMATCH:
		return URNE_PROBLEM_MISMATCH;
	case URNE_ERR_ORDER:
		return URNE_PROBLEM_STAGE;
	case URNE_ERR_UNKNOWN:
		return URNE_PROBLEM_UNKNOWN;
	case URNE_ERR_DUPLICATE:
	case URNE_ERR_EXISTS:
		return URNE_PROBLEM_DUPLICATE;
	case URNE_ERR_LIMIT:
		return URNE_PROBLEM_TOO_LARGE;
	case URNE_ERR_INCOMPLETE:
		return URNE_PROBLEM_INCOMPLETE;
	case URNE_ERR_UNSUPPORTED:
		return URNE_PROBLEM_UNSUPPORTED;
	case URNE_ERR_OURS:
	case URNE_ERR_IO:
	case URNE_ERR_MEMORY:
	case URNE_ERR_RANDOM:
	case URNE_ERR_INTERNAL:
		return URNE_PROBLEM_OURS;
	}
	return URNE_PROBLEM_OURS;
}

unsigned
urne_problem_status(enum urne_problem p)
{
	return problems[p].status;
}

const char *
urne_problem_type(enum urne_problem p)
{
	return problems[p].type;
}

bool
urne_problem_is_ours(enum urne_problem p)
{
	return p == URNE_PROBLEM_OURS;
}

void
urne_problem_write(struct urne_buf *out, enum urne_problem p, const struct urne_diag *d)
{
	urne_buf_printf(out, "{\"type\":\"%s\",\"title\":", problems[p].type);
	urne_buf_put_json_string(out, urne_view_of(problems[p].title));
	urne_buf_printf(out, ",\"status\":%u", problems[p].status);
	if (!urne_problem_is_ours(p) && d->text[0] != '\0') {
		urne_buf_puts(out, ",\"detail\":");
		urne_buf_put_json_string(out, urne_view_of(d->text));
	}
	urne_buf_puts(out, "}\n");
}
