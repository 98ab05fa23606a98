/* SPDX-License-Identifier: EUPL-1.2 */
/* A small election whose key nobody keeps. */
#include "tests/unit/support/ballot_case.h"

#include <string.h>

#include "tests/unit/support/check.h"

void
ballot_case_init(struct ballot_case *f, const struct urne_group *g, const char *questions)
{
	struct urne_diag d = {{0}};
	struct urne_secret x;
	struct urne_elem y;
	char key[URNE_TEXT_MAX];

	memset(f, 0, sizeof(*f));
	urne_arena_init(&f->arena, (size_t)1 << 28);
	urne_buf_init(&f->text, (size_t)1 << 20);
	test_rng_init(&f->rng);
	urne_secret_random(g, &x, &f->rng);
	urne_secret_base(g, &y, &x);
	urne_buf_printf(&f->text,
	    "{\"version\":1,\"description\":\"d\",\"name\":\"n\",\"group\":\"%s\",\"public_key\":"
	    "\"",
	    g->name);
	urne_buf_put(&f->text, key, urne_elem_encode(g, key, &y));
	urne_buf_printf(&f->text, "\",\"questions\":%s,\"uuid\":\"GnQagTgeJqLsvY\"}", questions);
	assert_ok(urne_election_parse(&f->e, &f->arena, &d, urne_buf_view(&f->text)));
	urne_secret_random(g, &f->credential, &f->rng);
}

void
ballot_case_clear(struct ballot_case *f)
{
	urne_arena_clear(&f->arena);
	urne_buf_clear(&f->text);
}
