/* SPDX-License-Identifier: EUPL-1.2 */
/* The trustees of a Setup are those that were prepared: each way to be others is refused by name.
 */
#include "tests/unit/support/check.h"

#include <string.h>

#include "bulletin/log/journal_prepared.h"

static struct urne_trustee_item single = {.num_owners = 1};
static struct urne_trustee_item two_of_three = {
    .is_threshold = true, .threshold = {.threshold = 2, .size = 3}, .num_owners = 3};
static struct urne_trustee_item three_of_three = {
    .is_threshold = true, .threshold = {.threshold = 3, .size = 3}, .num_owners = 3};

struct list {
	struct urne_trustee_item items[3];
	struct urne_trustees t;
};

static void
put(struct list *l, const struct urne_trustee_item *item)
{
	l->items[l->t.num_items++] = *item;
	l->t.num_owners += item->num_owners;
	l->t.items = l->items;
}

static enum urne_err
judge(struct urne_diag *d, const struct list *l, size_t num, uint64_t threshold)
{
	const struct urne_journal_election e = {
	    .group = VIEW("Ed25519"), .num_prepared = num, .threshold = threshold};

	d->text[0] = '\0';
	return urne_journal_check_prepared(d, &e, &urne_group_ed25519, &l->t);
}

static void
a_setup_of_the_prepared_trustees_is_right(void **state)
{
	struct list group = {.t = {NULL, 0, 0}}, all = group, singles = group;
	struct urne_diag d;

	(void)state;
	put(&group, &two_of_three);
	assert_ok(judge(&d, &group, 3, 2));
	for (size_t i = 0; i < 3; i++) {
		put(&singles, &single);
	}
	assert_ok(judge(&d, &singles, 3, 3));
	put(&all, &single);
	put(&all, &three_of_three);
	assert_ok(judge(&d, &all, 4, 4));
}

static void
other_trustees_than_were_prepared_are_refused_by_what_differs(void **state)
{
	struct list group = {.t = {NULL, 0, 0}}, mixed = group, singles = group;
	struct urne_diag d;

	(void)state;
	put(&group, &two_of_three);
	assert_err(judge(&d, &group, 4, 2), URNE_ERR_MISMATCH);
	assert_non_null(strstr(d.text, "prepared 4 trustees, and the Setup has 3"));
	assert_err(judge(&d, &group, 3, 1), URNE_ERR_MISMATCH);
	assert_non_null(strstr(d.text, "1 of the trustees decrypt, and the Setup needs 2"));
	assert_err(judge(&d, &group, 3, 3), URNE_ERR_MISMATCH);
	put(&singles, &single);
	put(&singles, &single);
	assert_err(judge(&d, &singles, 2, 1), URNE_ERR_MISMATCH);
	put(&mixed, &single);
	put(&mixed, &two_of_three);
	assert_ok(judge(&d, &mixed, 4, 3));
	assert_err(judge(&d, &mixed, 4, 2), URNE_ERR_MISMATCH);
}

static void
another_group_is_refused_and_without_an_order_there_is_nothing_to_compare(void **state)
{
	const struct urne_journal_election e = {
	    .group = VIEW("BELENIOS-2048"), .num_prepared = 3, .threshold = 2};
	const struct urne_journal_election nobody = {.num_prepared = 0};
	struct list group = {.t = {NULL, 0, 0}};
	struct urne_diag d;

	(void)state;
	put(&group, &two_of_three);
	assert_err(
	    urne_journal_check_prepared(&d, &e, &urne_group_ed25519, &group.t), URNE_ERR_MISMATCH);
	assert_non_null(strstr(d.text, "the group BELENIOS-2048, and the Setup is in Ed25519"));
	assert_ok(urne_journal_check_prepared(&d, &nobody, &urne_group_ed25519, &group.t));
	assert_ok(urne_journal_check_prepared(&d, NULL, &urne_group_ed25519, &group.t));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_setup_of_the_prepared_trustees_is_right),
	    cmocka_unit_test(other_trustees_than_were_prepared_are_refused_by_what_differs),
	    cmocka_unit_test(
		another_group_is_refused_and_without_an_order_there_is_nothing_to_compare),
	};

	return cmocka_run_group_tests_name("journal_prepared", tests, NULL, NULL);
}
