/* SPDX-License-Identifier: EUPL-1.2 */
/* The outcome for programs and spreadsheets: a page that shows it has nothing to compute, and
 * whoever doubts it computes it again (urne outcome). Nothing is declared here, so a tie that waits
 * for the draw waits. Spec: docs/outcome.md#documents */
#include <string.h>

#include "bulletin/server/decided.h"
#include "bulletin/server/handlers.h"
#include "bulletin/server/routes.h"

static void
put_json(struct urne_buf *out, const struct urne_board_decided *g)
{
	urne_outcome_json(out, &g->heading, &g->outcome);
	urne_buf_putc(out, '\n');
}

static void
put_csv(struct urne_buf *out, const struct urne_board_decided *g)
{
	urne_outcome_csv(out, &g->heading, &g->outcome);
}

static const struct format {
	const char *pattern, *type;
	void (*put)(struct urne_buf *out, const struct urne_board_decided *g);
} formats[] = {
    {"/bb/{uuid}/outcome.json", URNE_TYPE_JSON, put_json},
    {"/bb/{uuid}/outcome.csv", "text/csv; charset=utf-8", put_csv},
};

static enum urne_problem
handle_outcome(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	struct urne_board_decided g;
	enum urne_problem p = urne_request_log(s, r, d);

	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	p = urne_board_decide(&g, d, s->board, r, urne_view_of("{}"));
	for (size_t i = 0; p == URNE_PROBLEM_NONE && i < sizeof(formats) / sizeof(formats[0]);
	     i++) {
		if (strcmp(formats[i].pattern, r->route->pattern) == 0) {
			formats[i].put(&out->body, &g);
			out->type = formats[i].type;
		}
	}
	out->cache = URNE_CACHE_NEVER;
	urne_board_decided_clear(&g);
	return p;
}

const struct urne_handler urne_handle_outcome = {.handle = handle_outcome};
