/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages, out of memory: compressed for whoever takes that, and not at all for whoever has them
 * already. A page is the same for every election; its script asks for the rest.
 * Spec: docs/pages.md */
#include "bulletin/server/handlers.h"
#include "bulletin/server/negotiate.h"
#include "bulletin/server/routes.h"

/* served: by its pattern or, of what has no address of its own, by its path. */
static struct urne_page_served
served(const struct urne_pages *pages, const struct urne_request *r)
{
	struct urne_view pattern = urne_view_of(r->route->pattern);

	return urne_pages_find(pages, r->rest.len > 0 ? r->path : pattern);
}

static enum urne_problem
handle_pages(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	const struct urne_pages *pages = urne_board_pages(s->board);
	struct urne_page_served page;

	if (pages == NULL) {
		(void)urne_fail(d, URNE_ERR_UNKNOWN,
		    "this board serves no pages to browsers; its votes are below /bb/");
		return URNE_PROBLEM_NOT_FOUND;
	}
	page = served(pages, r);
	if (page.resource == NULL) {
		(void)urne_fail(d, URNE_ERR_UNKNOWN, "no page consists of this");
		return URNE_PROBLEM_NOT_FOUND;
	}
	out->type = page.resource->type;
	out->cache = URNE_CACHE_NEVER;
	out->is_site = true;
	out->csp = page.resource->csp.len > 0 ? page.resource->csp.p : NULL;
	out->kept = urne_negotiate(out, r, &page.resource->hash, page.resource->text, page.packed);
	return URNE_PROBLEM_NONE;
}

const struct urne_handler urne_handle_pages = {.handle = handle_pages};
