/* SPDX-License-Identifier: EUPL-1.2 */
/* A few places, filled in turn. Answers get a copy, so that a page can make room while it is being
 * sent. */
#include "bulletin/server/kept_pages.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/limits.h"
#include "bulletin/server/gzip.h"
#include "bulletin/server/negotiate.h"
#include "crypto/sha256.h"

struct kept {
	bool taken;
	struct urne_hash name; /* of the path */
	enum urne_problem problem;
	struct urne_diag diag; /* what is said of a problem */
	struct urne_buf text, packed;
	struct urne_hash hash; /* of the text */
};

struct urne_kept_pages {
	pthread_mutex_t lock;
	struct kept pages[URNE_KEPT_PAGES];
	size_t next; /* that makes room */
};

static void
init(struct kept *p)
{
	*p = (struct kept){.taken = false};
	urne_buf_init(&p->text, URNE_MAX_TEXT_FILE);
	urne_buf_init(&p->packed, URNE_MAX_DOCUMENT); /* while it is made it may be longer */
}

static void
clear(struct kept *p)
{
	urne_buf_clear(&p->text);
	urne_buf_clear(&p->packed);
}

struct urne_kept_pages *
urne_kept_pages_new(void)
{
	struct urne_kept_pages *k = calloc(1, sizeof(*k));

	if (k == NULL || pthread_mutex_init(&k->lock, NULL) != 0) {
		free(k);
		return NULL;
	}
	for (size_t i = 0; i < URNE_KEPT_PAGES; i++) {
		init(&k->pages[i]);
	}
	return k;
}

void
urne_kept_pages_free(struct urne_kept_pages *k)
{
	if (k == NULL) {
		return;
	}
	for (size_t i = 0; i < URNE_KEPT_PAGES; i++) {
		clear(&k->pages[i]);
	}
	(void)pthread_mutex_destroy(&k->lock);
	free(k);
}

static struct kept *
find(struct urne_kept_pages *k, const struct urne_hash *name)
{
	for (size_t i = 0; i < URNE_KEPT_PAGES; i++) {
		if (k->pages[i].taken && urne_hash_eq(&k->pages[i].name, name)) {
			return &k->pages[i];
		}
	}
	return NULL;
}

/* fill makes a page; a gzip that is no shorter is none. */
static void
fill(struct kept *p, const struct urne_page_maker *maker)
{
	p->problem = maker->make(maker->ctx, &p->text, &p->diag);
	if (p->problem == URNE_PROBLEM_NONE &&
	    (urne_buf_error(&p->text) != URNE_OK ||
		urne_gzip(&p->packed, urne_buf_view(&p->text)) != URNE_OK)) {
		(void)urne_fail(&p->diag, URNE_ERR_MEMORY, "no memory for a page");
		p->problem = URNE_PROBLEM_OURS;
	}
	if (p->packed.len >= p->text.len) {
		urne_buf_clear(&p->packed);
	}
	urne_sha256_of(&p->hash, urne_buf_view(&p->text));
}

static bool
lasts(const struct kept *p)
{
	return p->problem == URNE_PROBLEM_NOT_FOUND ||
	       (p->problem == URNE_PROBLEM_NONE && p->text.len + p->packed.len <= URNE_KEPT_PAGE);
}

/* keep moves a page to the next place and leaves none behind. */
static struct kept *
keep(struct urne_kept_pages *k, struct kept *fresh)
{
	struct kept *place = &k->pages[k->next];

	k->next = (k->next + 1) % URNE_KEPT_PAGES;
	clear(place);
	*place = *fresh; /* which owns nothing now */
	init(fresh);
	place->taken = true;
	return place;
}

enum urne_problem
urne_kept_pages_answer(struct urne_kept_pages *k, const struct urne_request *r,
    struct urne_response *out, struct urne_diag *d, const struct urne_page_maker *maker)
{
	enum urne_problem problem;
	struct urne_hash name;
	struct kept fresh, *p;

	init(&fresh);
	urne_sha256_of(&name, r->path);
	(void)pthread_mutex_lock(&k->lock);
	p = find(k, &name);
	if (p == NULL) {
		fill(&fresh, maker);
		fresh.name = name;
		p = lasts(&fresh) ? keep(k, &fresh) : &fresh;
	}
	problem = p->problem;
	*d = p->diag;
	if (problem == URNE_PROBLEM_NONE) {
		urne_buf_clear(&out->body);
		urne_buf_init(&out->body, URNE_MAX_TEXT_FILE);
		urne_buf_put_view(
		    &out->body, urne_negotiate(out, r, &p->hash, urne_buf_view(&p->text),
				    urne_buf_view(&p->packed)));
	}
	(void)pthread_mutex_unlock(&k->lock);
	clear(&fresh);
	return problem;
}
