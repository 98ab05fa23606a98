/* SPDX-License-Identifier: EUPL-1.2 */
/* One request and its answer, step by step, without the library that carries them: the head, pieces
 * of the body, the end, perhaps a pause, then the answer. Spec: docs/log.md#limits */
#ifndef URNE_BULLETIN_SERVER_EXCHANGE_H
#define URNE_BULLETIN_SERVER_EXCHANGE_H

#include "bulletin/server/http_head.h"
#include "bulletin/server/limiter.h"
#include "bulletin/server/request.h"

/* What the carrier is to do next. */
enum urne_step {
	URNE_STEP_READ,	  /* give more of the body, or its end */
	URNE_STEP_ANSWER, /* send what stands in the exchange; it reads no more */
	URNE_STEP_WAIT,	  /* until the request is woken, then urne_exchange_finish */
	URNE_STEP_CUT,	  /* close the connection */
};

struct urne_exchange {
	struct urne_request r;
	struct urne_service *service;
	char target[512]; /* URNE_HTTP_PATH; a longer one leads nowhere */
	struct urne_response out;
	enum urne_problem problem; /* why it is refused */
	struct urne_diag diag;
	bool refused;			 /* the rest of the body is read and thrown away */
	uint64_t drained;		 /* so much of it */
	struct urne_buf allow, location; /* headers */
	bool by_person;			 /* at a browser, who wants a page */
	unsigned status;		 /* of the answer */
};

/* urne_exchange_init takes the request's target; urne_exchange_clear frees all of it, the
 * submission included, which the board must have given back. */
void urne_exchange_init(struct urne_exchange *x, struct urne_service *service,
    const struct urne_carrier *carrier, const char *target);
void urne_exchange_clear(struct urne_exchange *x);

/* Who asks, and how. */
struct urne_asked {
	struct urne_view method;
	const struct urne_http_head *head;
	struct urne_address from;
	struct urne_limiter *limiter;
	uint64_t now_ms;
	bool stopping;
};
/* urne_exchange_head judges the head. */
enum urne_step urne_exchange_head(struct urne_exchange *x, const struct urne_asked *a);
/* urne_exchange_piece takes some of the body, urne_exchange_end is told that it is whole. */
enum urne_step urne_exchange_piece(struct urne_exchange *x, struct urne_view piece);
enum urne_step urne_exchange_end(struct urne_exchange *x);
/* urne_exchange_finish makes the answer of a request that was woken. */
enum urne_step urne_exchange_finish(struct urne_exchange *x);

/* urne_exchange_headers gives every header of the answer to put(ctx, name, value). */
void urne_exchange_headers(const struct urne_exchange *x,
    void (*put)(void *ctx, const char *name, const char *value), void *ctx);

#endif
