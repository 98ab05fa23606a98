/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether the board works, and its numbers. */
#include "bulletin/server/handlers.h"

static enum urne_problem
handle_health(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	(void)s;
	(void)r;
	(void)d;
	out->type = URNE_TYPE_JSON;
	out->cache = URNE_CACHE_NEVER;
	urne_buf_puts(&out->body, "{\"status\":\"ok\"}\n");
	return URNE_PROBLEM_NONE;
}

static enum urne_problem
handle_metrics(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	(void)r;
	(void)d;
	out->type = "text/plain; version=0.0.4; charset=utf-8";
	out->cache = URNE_CACHE_NEVER;
	urne_metrics_write(&out->body, urne_board_metrics(s->board));
	return URNE_PROBLEM_NONE;
}

const struct urne_handler urne_handle_health = {.handle = handle_health};
const struct urne_handler urne_handle_metrics = {.handle = handle_metrics};
