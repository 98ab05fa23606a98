/* SPDX-License-Identifier: EUPL-1.2 */
/* The keys are dealt, without a ceremony: quick in every group. */
#include "tests/unit/support/tally_case.h"

#include <string.h>

#include "tests/unit/support/check.h"

static const char questions[] =
    "[{\"answers\":[\"A\",\"B\"],\"blank\":true,\"min\":1,\"max\":1,\"question\":\"one\"},"
    "{\"type\":\"Lists\",\"value\":{\"answers\":[[\"L1\",\"a\"],[\"L2\",\"b\"]],"
    "\"question\":\"two\"}}]";

/* The shares of a degree-1 polynomial a + b j at j = 1, 2, 3. */
static void
make_keys(struct tally_case *f, const struct urne_group *g, struct urne_elem *y)
{
	struct urne_secret a, b, share;
	struct urne_elem group_key;

	urne_secret_random(g, &f->key[0], &f->rng);
	urne_secret_random(g, &a, &f->rng);
	urne_secret_random(g, &b, &f->rng);
	share = a;
	for (size_t j = 1; j <= 3; j++) {
		urne_secret_add(g, &share, &share, &b);
		f->key[j] = share;
	}
	for (size_t i = 0; i < 4; i++) {
		urne_secret_base(g, &f->public_key[i], &f->key[i]);
	}
	urne_secret_base(g, &group_key, &a);
	urne_elem_mul(g, y, &f->public_key[0], &group_key);
	f->items[0] = (struct urne_trustee_item){.first_owner = 1, .num_owners = 1};
	f->items[1] = (struct urne_trustee_item){
	    .is_threshold = true,
	    .threshold = {.threshold = 2, .size = 3},
	    .first_owner = 2,
	    .num_owners = 3,
	};
	f->trustees = (struct urne_trustees){f->items, 2, 4};
}

void
tally_case_init(struct tally_case *f, const struct urne_group *g)
{
	struct urne_elem y;
	char key[URNE_TEXT_MAX];

	memset(f, 0, sizeof(*f));
	urne_arena_init(&f->arena, (size_t)1 << 26);
	urne_buf_init(&f->text, (size_t)1 << 20);
	test_rng_init(&f->rng);
	make_keys(f, g, &y);
	urne_buf_printf(&f->text,
	    "{\"version\":1,\"description\":\"d\",\"name\":\"n\",\"group\":\"%s\",\"public_key\":"
	    "\"",
	    g->name);
	urne_buf_put(&f->text, key, urne_elem_encode(g, key, &y));
	urne_buf_printf(&f->text, "\",\"questions\":%s,\"uuid\":\"GnQagTgeJqLsvY\"}", questions);
	assert_ok(urne_election_parse(&f->e, &f->arena, &f->d, urne_buf_view(&f->text)));
	assert_int_equal(f->e.num_choices, TALLY_CHOICES);
}

void
tally_case_clear(struct tally_case *f)
{
	urne_arena_clear(&f->arena);
	urne_buf_clear(&f->text);
}
