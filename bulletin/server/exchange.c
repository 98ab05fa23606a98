/* SPDX-License-Identifier: EUPL-1.2 */
/* The order of the questions: is this a request at all, is there such a thing, may this address ask
 * again, may this be sent, is there room for it. Each is asked before anything is spent on the
 * next.
 */
#include "bulletin/server/exchange.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/oplog.h"
#include "bulletin/server/negotiate.h"
#include "bulletin/server/routes.h"
#include "documents/lost_page.h"
#include "documents/site.h"

_Static_assert(sizeof(((struct urne_exchange *)NULL)->target) == URNE_HTTP_PATH,
    "the longest target, with its NUL");

#define PUBLIC "/bb/"

void
urne_exchange_init(struct urne_exchange *x, struct urne_service *service,
    const struct urne_carrier *carrier, const char *target)
{
	size_t len = strlen(target);

	memset(x, 0, sizeof(*x));
	x->service = service;
	x->r.carrier = carrier;
	urne_body_init(&x->r.body);
	urne_response_init(&x->out);
	urne_buf_init(&x->allow, URNE_HTTP_PATH);
	urne_buf_init(&x->location, URNE_HTTP_PATH);
	if (len < sizeof(x->target)) {
		memcpy(x->target, target, len);
	}
}

void
urne_exchange_clear(struct urne_exchange *x)
{
	urne_body_clear(&x->r.body);
	urne_response_clear(&x->out);
	urne_buf_clear(&x->allow);
	urne_buf_clear(&x->location);
	urne_submission_free(x->r.submission);
	x->r.submission = NULL;
}

/* Answers. */

/* log_ours tells the operator what no client is told. */
static void
log_ours(const struct urne_exchange *x)
{
	struct urne_oplog l;

	urne_oplog_begin(&l, URNE_OPLOG_ERROR, "request failed");
	urne_oplog_string(&l, "route", x->r.route != NULL ? x->r.route->pattern : "");
	urne_oplog_string(&l, "message", x->diag.text);
	urne_oplog_end(&l);
}

/* put_page: the problem as a page, with the way from its address to the first page. */
static void
put_page(struct urne_exchange *x, struct urne_view document)
{
	bool passes = x->problem == URNE_PROBLEM_BUSY || x->problem == URNE_PROBLEM_RATE;
	struct urne_buf home;

	urne_buf_init(&home, 3 * sizeof(x->target));
	urne_buf_puts(&home, "./");
	for (const char *p = x->target; *p != '\0' && *p != '?'; p++) {
		urne_buf_puts(&home, p > x->target && *p == '/' ? "../" : "");
	}
	urne_lost_page(&x->out.body,
	    passes			       ? URNE_LOST_BUSY
	    : urne_problem_is_ours(x->problem) ? URNE_LOST_OURS
					       : URNE_LOST_ADDRESS,
	    urne_buf_view(&home), document);
	urne_buf_clear(&home);
}

static void
put_problem(struct urne_exchange *x)
{
	struct urne_diag unsaid = {{0}};
	struct urne_buf document;

	/* who cannot be given a page gets the document */
	if (!x->by_person || urne_response_page(&x->out, &unsaid) != URNE_PROBLEM_NONE) {
		x->out.type = "application/problem+json";
		urne_problem_write(&x->out.body, x->problem, &x->diag);
		return;
	}
	urne_buf_init(&document, URNE_MAX_SMALL_FILE);
	urne_problem_write(&document, x->problem, &x->diag);
	put_page(x, urne_buf_view(&document));
	urne_buf_clear(&document);
}

static void
answer_problem(struct urne_exchange *x)
{
	struct urne_response *out = &x->out;
	char range[sizeof(out->content_range)];

	memcpy(range, out->content_range, sizeof(range));
	urne_response_clear(out);
	urne_response_init(out);
	memcpy(out->content_range, range, sizeof(range));
	if (urne_problem_is_ours(x->problem)) {
		log_ours(x);
	}
	out->status = urne_problem_status(x->problem);
	out->cache = URNE_CACHE_NEVER;
	put_problem(x);
}

/* answer completes what a handler made, or says what is wrong. */
static enum urne_step
answer(struct urne_exchange *x)
{
	if (x->problem == URNE_PROBLEM_NONE && x->out.fd < 0 &&
	    urne_buf_error(&x->out.body) != URNE_OK) {
		x->problem = URNE_PROBLEM_OURS;
		(void)urne_fail(&x->diag, URNE_ERR_MEMORY, "no memory for an answer");
	}
	if (x->problem != URNE_PROBLEM_NONE) {
		answer_problem(x);
	}
	if (x->out.status == 0) {
		x->out.status = 200;
	}
	if (x->out.fd < 0) {
		x->out.len = x->out.kept.len > 0 ? x->out.kept.len : x->out.body.len;
	}
	x->status = x->out.status;
	return URNE_STEP_ANSWER;
}

/* The head. */

static bool
is_change(struct urne_view method)
{
	return urne_view_is(method, "POST") || urne_view_is(method, "PUT");
}

/* may_ask: not too often, and not while the board stops. */
static enum urne_problem
may_ask(struct urne_exchange *x, const struct urne_asked *a)
{
	if (a->stopping) {
		x->r.retry_after = URNE_HTTP_STOP_SECONDS;
		(void)urne_fail(&x->diag, URNE_ERR_LIMIT, "the board is stopping");
		return URNE_PROBLEM_BUSY;
	}
	if (!is_change(a->method)) {
		return URNE_PROBLEM_NONE;
	}
	urne_limiter_take(a->limiter, &a->from, a->now_ms, &x->r.retry_after);
	if (x->r.retry_after > 0) {
		(void)urne_fail(&x->diag, URNE_ERR_LIMIT,
		    "too many requests from this address; send it again in %u s", x->r.retry_after);
		return URNE_PROBLEM_RATE;
	}
	return URNE_PROBLEM_NONE;
}

/* may_send: this body, here. */
static enum urne_problem
may_send(struct urne_exchange *x, const struct urne_asked *a)
{
	const struct urne_handler *h = x->r.route->handler;
	struct urne_service *s = x->service;
	enum urne_problem p = URNE_PROBLEM_NONE;

	x->r.max = h->max_body;
	if (a->head->length > h->max_body) {
		(void)urne_fail(&x->diag, URNE_ERR_LIMIT,
		    "at most %" PRIu64 " bytes are taken here", h->max_body);
		return URNE_PROBLEM_TOO_LARGE;
	}
	if (h->admit != NULL) {
		p = h->admit(s, &x->r, &x->diag);
	}
	if (p == URNE_PROBLEM_NONE) {
		p = urne_body_begin(&x->r.body, &x->diag, h->body, a->head->length,
		    x->r.max < h->max_body ? x->r.max : h->max_body,
		    h->body == URNE_BODY_FILE ? &s->events : &s->bodies, s->tmp);
	}
	return p;
}

static bool
is_reading(struct urne_view method)
{
	return urne_view_is(method, "GET") || urne_view_is(method, "HEAD");
}

/* judge: what a head in form is asked. */
static enum urne_problem
judge(struct urne_exchange *x, const struct urne_asked *a)
{
	struct urne_view target = urne_view_of(x->target);
	enum urne_problem p = urne_route_find(&x->r, &x->diag, a->method, target);

	if (p == URNE_PROBLEM_METHOD) {
		urne_route_allow(&x->allow, target);
		(void)urne_fail(&x->diag, URNE_ERR_UNKNOWN, "what can be done here: %.*s",
		    (int)x->allow.len, x->allow.data);
	}
	if (p == URNE_PROBLEM_NONE) {
		p = may_ask(x, a);
	}
	if (p == URNE_PROBLEM_NONE) {
		p = may_send(x, a);
	}
	return p;
}

/* options: what a browser asks before it lets a page send. */
static bool
options(struct urne_exchange *x, const struct urne_asked *a)
{
	if (x->problem != URNE_PROBLEM_METHOD || !urne_view_is(a->method, "OPTIONS")) {
		return false;
	}
	x->problem = URNE_PROBLEM_NONE;
	x->out.status = 204;
	return true;
}

/* redirect: somebody on the way put something behind the address of a page. */
static bool
redirect(struct urne_exchange *x, const struct urne_asked *a)
{
	bool is_lost = x->problem == URNE_PROBLEM_REQUEST || x->problem == URNE_PROBLEM_NOT_FOUND;

	if (!is_lost || !is_reading(a->method) || urne_board_pages(x->service->board) == NULL ||
	    !urne_route_page(&x->location, urne_view_of(x->target))) {
		return false;
	}
	x->problem = URNE_PROBLEM_NONE;
	x->out.status = 301;
	x->out.cache = URNE_CACHE_NEVER;
	return true;
}

/* is_by_person: what is below /bb/ is for programs, whoever asks. */
static bool
is_by_person(const struct urne_exchange *x, const struct urne_asked *a)
{
	return is_reading(a->method) && !urne_view_starts(urne_view_of(x->target), PUBLIC) &&
	       urne_board_pages(x->service->board) != NULL && urne_negotiate_page(&x->r);
}

enum urne_step
urne_exchange_head(struct urne_exchange *x, const struct urne_asked *a)
{
	enum urne_problem p = urne_http_head_check(a->head, &x->diag);
	/* nobody knows where a body with two ends ends; nobody waits for what must not be sent, or
	 * is long */
	bool now =
	    p == URNE_PROBLEM_REQUEST || a->head->expects || a->head->length > URNE_HTTP_DRAIN;

	x->problem = p != URNE_PROBLEM_NONE ? p : judge(x, a);
	x->by_person = is_by_person(x, a);
	x->refused = options(x, a) || (p == URNE_PROBLEM_NONE && redirect(x, a)) ||
		     x->problem != URNE_PROBLEM_NONE;
	return x->refused && now ? answer(x) : URNE_STEP_READ;
}

/* The body. */

enum urne_step
urne_exchange_piece(struct urne_exchange *x, struct urne_view piece)
{
	if (!x->refused) {
		x->problem = urne_body_put(&x->r.body, &x->diag, piece);
		x->refused = x->problem != URNE_PROBLEM_NONE;
	}
	if (x->refused) {
		x->drained += piece.len;
	}
	return x->drained > URNE_HTTP_DRAIN ? URNE_STEP_CUT : URNE_STEP_READ;
}

enum urne_step
urne_exchange_end(struct urne_exchange *x)
{
	if (!x->refused) {
		x->problem = x->r.route->handler->handle(x->service, &x->r, &x->out, &x->diag);
	}
	return !x->refused && x->r.later ? URNE_STEP_WAIT : answer(x);
}

enum urne_step
urne_exchange_finish(struct urne_exchange *x)
{
	x->problem = x->r.route->handler->finish(&x->r, &x->out, &x->diag);
	return answer(x);
}

/* Headers. */

void
urne_exchange_headers(const struct urne_exchange *x,
    void (*put)(void *ctx, const char *name, const char *value), void *ctx)
{
	bool passes = x->problem == URNE_PROBLEM_BUSY || x->problem == URNE_PROBLEM_RATE;
	bool is_public = urne_view_starts(x->r.path, PUBLIC);
	char text[16], allow[URNE_HTTP_PATH] = "", location[URNE_HTTP_PATH] = "";

	(void)snprintf(text, sizeof(text), "%u", x->r.retry_after > 0 ? x->r.retry_after : 1);
	(void)snprintf(
	    allow, sizeof(allow), "%.*s", (int)x->allow.len, x->allow.len > 0 ? x->allow.data : "");
	(void)snprintf(location, sizeof(location), "%.*s", (int)x->location.len,
	    x->location.len > 0 ? x->location.data : "");
	const struct {
		const char *name, *value;
		bool there;
	} headers[] = {
	    {"Content-Type", x->out.type, x->out.type != NULL},
	    {"Cache-Control", x->out.cache, x->out.cache != NULL},
	    {"Content-Range", x->out.content_range, x->out.content_range[0] != '\0'},
	    {"Accept-Ranges", "bytes", x->out.has_ranges},
	    {"Allow", allow, allow[0] != '\0'},
	    {"Location", location, location[0] != '\0'},
	    {"Retry-After", text, passes},
	    /* a ballot is somebody else's text: no browser is to take it for a page */
	    {"X-Content-Type-Options", "nosniff", true},
	    {"Content-Security-Policy",
		x->out.csp != NULL ? x->out.csp : "default-src 'none'; sandbox", true},
	    {"ETag", x->out.etag, x->out.etag[0] != '\0'},
	    {"Content-Encoding", x->out.encoding, x->out.encoding != NULL},
	    {"Vary", "Accept-Encoding", x->out.etag[0] != '\0'},
	    {"Vary", "Accept", x->problem != URNE_PROBLEM_NONE && !is_public},
	    /* what is public is public to every page; nothing here depends on who asks */
	    {"Access-Control-Allow-Origin", "*", is_public},
	    {"Access-Control-Expose-Headers", "Content-Range, Retry-After", is_public},
	    {"Access-Control-Allow-Methods", allow, x->out.status == 204},
	    {"Access-Control-Allow-Headers",
		"Content-Type, Range, " URNE_HEADER_ORDER ", " URNE_HEADER_TRUSTEE,
		x->out.status == 204},
	    {"Access-Control-Max-Age", "86400", x->out.status == 204},
	};

	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		if (headers[i].there) {
			put(ctx, headers[i].name, headers[i].value);
		}
	}
	for (size_t i = 0; x->out.is_site && urne_site_header(i) != NULL; i++) {
		const struct urne_site_header *h = urne_site_header(i);

		/* the first of them stands above: every answer has it */
		if (strcmp(h->name, "X-Content-Type-Options") != 0 &&
		    (x->out.csp != NULL || !h->pages_only)) {
			put(ctx, h->name, h->value);
		}
	}
}
