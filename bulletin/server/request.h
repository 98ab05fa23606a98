/* SPDX-License-Identifier: EUPL-1.2 */
/* What a handler is given and what it gives back; it knows no socket and no HTTP library. A request
 * that has to wait is taken up again, on a thread of the server, when somebody wakes it. */
#ifndef URNE_BULLETIN_SERVER_REQUEST_H
#define URNE_BULLETIN_SERVER_REQUEST_H

#include "bulletin/log/event.h"
#include "bulletin/server/body.h"
#include "bulletin/server/board.h"
#include "bulletin/server/problem.h"

struct urne_kept_pages;

/* What handlers work on; every thread may use it. */
struct urne_service {
	struct urne_board *board;
	int public;			   /* the folder urne_board_public, open */
	int tmp;			   /* where bodies of events go, open */
	struct urne_budget bodies, events; /* in memory, in files */
	struct urne_budget drafts;	   /* that are being read */
	struct urne_kept_pages *minutes;   /* to read */
};

/* urne_service_open opens the folders of a board in `dir`; urne_service_close is always legal on
 * what it or {.public = -1, .tmp = -1} left. */
enum urne_err urne_service_open(struct urne_service *out, struct urne_diag *d,
    struct urne_board *board, const char *dir) URNE_MUST_USE;
void urne_service_close(struct urne_service *s);

struct urne_route;
struct urne_request;

/* Whoever serves requests. */
struct urne_carrier {
	/* the value of a header (the first one of this name), empty when there is none; lives as
	 * long as the request */
	struct urne_view (*header)(const struct urne_request *r, const char *name);
	/* has finish() called; once, from any thread. The request may be gone when it returns. */
	void (*wake)(struct urne_request *r);
};

struct urne_request {
	const struct urne_carrier *carrier;
	const struct urne_route *route;
	/* the path, and what the route's pattern left open of it; empty where there is nothing */
	struct urne_view path, uuid, rest;
	struct urne_body body; /* whole when handle() is called */

	/* found by admit */
	struct urne_board_log *log;
	struct urne_hash payload; /* of a draft: what whoever signed for it says that it is */
	struct {
		const struct urne_group *group;
		size_t size, threshold;
	} ceremony;   /* as it was prepared */
	uint64_t max; /* bytes of a body, when fewer than the route allows */

	bool later;	      /* set by handle() before it submits: finish() makes the answer */
	unsigned retry_after; /* seconds, with a problem that passes */
	struct urne_submission *submission; /* freed with the request */
};

/* The answer: the body in memory, or len bytes of a file from offset on. */
struct urne_response {
	unsigned status; /* 0: 200 */
	const char *type;
	const char *cache; /* Cache-Control */
	char content_range[80];
	bool has_ranges;      /* a part of it can be asked for */
	char etag[80];	      /* ETag, with its quotes; or empty */
	const char *encoding; /* Content-Encoding */
	const char *csp;      /* Content-Security-Policy; NULL: that of what is no page */
	char own_csp[256];    /* room for one that no page keeps */
	bool is_site; /* one of the pages, or part of one: documents/site.h has its headers */
	struct urne_buf body;
	struct urne_view kept; /* the body, in memory that outlives the server; else empty */
	int fd;		       /* -1: the body is in memory */
	uint64_t offset, len;
};
void urne_response_init(struct urne_response *r);
void urne_response_clear(struct urne_response *r);
/* urne_response_page: the body is a page of documents/, which browsers let run nothing: its type
 * and its policy. */
enum urne_problem urne_response_page(struct urne_response *r, struct urne_diag *d);

#define URNE_CACHE_NEVER   "no-cache"
#define URNE_CACHE_FOREVER "public, max-age=31536000, immutable"
#define URNE_TYPE_JSON	   "application/json"
#define URNE_TYPE_TEXT	   "text/plain; charset=utf-8"
#define URNE_TYPE_BYTES	   "application/octet-stream"
/* A ballot's text, a newline, URNE_HINT_LEN for each of its points. */
#define URNE_TYPE_HINTED_BALLOT "application/vnd.urne.hinted-ballot"

/* How one kind of request is dealt with. Each function returns URNE_PROBLEM_NONE, or a problem with
 * its sentence in *d; the server makes the answer of a problem. */
struct urne_handler {
	enum urne_body_kind body;
	uint64_t max_body;
	/* before the body is read: whether it may be sent at all. NULL: it may. */
	enum urne_problem (*admit)(
	    const struct urne_service *s, struct urne_request *r, struct urne_diag *d);
	/* on the whole request: fills *out, or sets r->later and submits */
	enum urne_problem (*handle)(struct urne_service *s, struct urne_request *r,
	    struct urne_response *out, struct urne_diag *d);
	/* after it was woken; NULL when handle() never sets r->later */
	enum urne_problem (*finish)(
	    struct urne_request *r, struct urne_response *out, struct urne_diag *d);
};

/* urne_request_log sets r->log to the log of the election that the path names.
 * URNE_PROBLEM_NOT_FOUND, also of the journal. */
enum urne_problem urne_request_log(
    const struct urne_service *s, struct urne_request *r, struct urne_diag *d);
/* What is signed for a draft, in Base64. */
#define URNE_HEADER_ORDER   "Urne-Order"
#define URNE_HEADER_TRUSTEE "Urne-Trustee"
/* urne_request_note takes a signed note out of a header, into `arena`. URNE_ERR_INCOMPLETE without
 * the header, URNE_ERR_SYNTAX. */
enum urne_err urne_request_note(const struct urne_request *r, struct urne_view *note,
    struct urne_arena *arena, struct urne_diag *d, const char *header) URNE_MUST_USE;
/* urne_request_begin makes r->submission, for the election of the path if there is one; a body in
 * memory is its text from then on. */
enum urne_problem urne_request_begin(
    struct urne_request *r, struct urne_diag *d, enum urne_submission_kind kind);
/* urne_request_submit hands r->submission to the board; finish() follows. */
enum urne_problem urne_request_submit(
    struct urne_service *s, struct urne_request *r, struct urne_diag *d);
/* urne_request_outcome: what became of r->submission. */
enum urne_problem urne_request_outcome(struct urne_request *r, struct urne_diag *d);

#endif
