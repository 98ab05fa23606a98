/* SPDX-License-Identifier: EUPL-1.2 */
/* What must hold of every ordered list, tried on thousands of random ones: parity, kept ranks,
 * nobody who withdrew, nobody twice. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "tests/unit/support/outcome_case.h"

#define RANDOM_ENTRIES 12
static const char *const names[RANDOM_ENTRIES] = {
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};

static const enum urne_parity parities[] = {
    URNE_PARITY_NONE, URNE_PARITY_ALTERNATE, URNE_PARITY_HALF};
static const enum urne_gender genders[] = {URNE_GENDER_NONE, URNE_GENDER_WOMAN, URNE_GENDER_MAN};

static bool
standing(const struct outcome_case *c, size_t e)
{
	for (size_t i = 0; i < c->in.num_withdrawals; i++) {
		if (c->withdrawals[i].entry == e) {
			return false;
		}
	}
	return !c->entries[e].withdrawn;
}

static void
random_list(struct outcome_case *c, struct urne_rng *rng)
{
	size_t n = 4 + (size_t)urne_rng_below(rng, RANDOM_ENTRIES - 3);

	case_init(c, URNE_ITEM_LIST_CANDIDATES, 10);
	for (size_t i = 0; i < n; i++) {
		struct case_entry e = {names[i], urne_rng_below(rng, 2) == 0 ? 'f' : 'm',
		    urne_rng_below(rng, 6), urne_rng_below(rng, 3) == 0 ? "g" : NULL};

		case_entries(c, &e, 1);
	}
	c->item.seats = 1 + (size_t)urne_rng_below(rng, n);
	c->item.parity = parities[urne_rng_below(rng, 3)];
	c->item.parity_block = 2 + (size_t)urne_rng_below(rng, 4);
	c->item.parity_first = genders[urne_rng_below(rng, 3)];
	if (urne_rng_below(rng, 2) == 0) {
		case_draw(c, (uint8_t)urne_rng_below(rng, 256));
	}
	if (urne_rng_below(rng, 2) == 0) {
		case_reserve_group(c, c->item.seats, "g");
	}
	for (size_t i = 0; i < n; i++) {
		if (urne_rng_below(rng, 5) == 0) {
			case_withdraw(c, names[i]);
		}
	}
}

/* A rank for a candidate whose gender the turn of the rank allows. */
static void
random_kept(struct outcome_case *c, struct urne_rng *rng)
{
	size_t e = (size_t)urne_rng_below(rng, c->item.num_entries);
	bool odd = c->entries[e].gender == c->item.parity_first;
	size_t rank = odd ? 1 : 2;

	if (rank < c->item.seats && c->item.parity_block > 2 &&
	    (c->item.parity != URNE_PARITY_ALTERNATE || c->item.parity_first != URNE_GENDER_NONE)) {
		case_reserve_entry(c, rank, c->entries[e].id.p);
	}
}

static void
assert_parity(const struct outcome_case *c, const enum urne_gender *at)
{
	size_t block = c->item.parity_block, seats = c->item.seats;

	for (size_t r = 1; r < seats && c->item.parity == URNE_PARITY_ALTERNATE; r++) {
		assert_false(at[r] != URNE_GENDER_NONE && at[r] == at[r + 1]);
	}
	for (size_t r = 1; r <= seats && c->item.parity == URNE_PARITY_HALF; r += block) {
		size_t len = seats - r + 1 < block ? seats - r + 1 : block;
		size_t of[3] = {0};

		for (size_t k = 0; k < len; k++) {
			of[at[r + k]]++;
		}
		assert_in_range(of[URNE_GENDER_WOMAN], 0, (len + 1) / 2);
		assert_in_range(of[URNE_GENDER_MAN], 0, (len + 1) / 2);
	}
}

static void
assert_list_is_lawful(const struct outcome_case *c)
{
	const struct urne_item_outcome *o = &c->out.items[0];
	enum urne_gender at[RANDOM_ENTRIES + 2] = {URNE_GENDER_NONE};
	size_t place_of[RANDOM_ENTRIES] = {0};
	size_t num_in = 0, num_standing = 0;

	for (size_t i = 0; i < o->num_places; i++) {
		const struct urne_place *p = &o->places[i];

		assert_true(standing(c, p->entry));
		assert_int_equal(place_of[p->entry], 0);
		assert_true(i == 0 || p->rank > o->places[i - 1].rank);
		assert_true(p->passed == SIZE_MAX || c->votes[p->passed] > p->votes);
		assert_true(p->reason != URNE_PLACE_PARITY || p->passed != SIZE_MAX);
		place_of[p->entry] = p->rank;
		assert_int_equal(p->in, p->rank <= c->item.seats);
		if (p->in) {
			at[p->rank] = c->entries[p->entry].gender;
			num_in++;
		}
	}
	for (size_t i = 0; i < c->item.num_entries; i++) {
		num_standing += standing(c, i) ? 1 : 0;
	}
	assert_int_equal(o->num_places, num_standing);
	assert_int_equal(num_in + o->num_unfilled, c->item.seats);
	for (size_t i = 0; i < c->item.num_reserves; i++) {
		size_t e = c->reserves[i].entry;

		assert_true(e == SIZE_MAX || !standing(c, e) || place_of[e] == c->reserves[i].rank);
	}
	assert_parity(c, at);
}

static void
every_list_keeps_its_rules(void **state)
{
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t i = 0; i < 5000; i++) {
		struct outcome_case c;
		char before[sizeof(c.text)];

		random_list(&c, &rng);
		random_kept(&c, &rng);
		case_run(&c);
		assert_list_is_lawful(&c);
		memcpy(before, case_places(&c), sizeof(before));
		case_run(&c);
		assert_string_equal(case_places(&c), before);
		case_clear(&c);
	}
}

/* Without reserves and with distinct votes, nobody of a gender stands before somebody of the same
 * gender with more votes. */
static void
within_a_gender_votes_decide(void **state)
{
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t i = 0; i < 2000; i++) {
		const struct urne_item_outcome *o;
		struct outcome_case c;

		random_list(&c, &rng);
		c.item.num_reserves = 0;
		o = case_run(&c);
		for (size_t k = 0; k < o->num_places; k++) {
			for (size_t j = 0; j < k; j++) {
				const struct urne_place *a = &o->places[j], *b = &o->places[k];

				assert_true(a->votes >= b->votes || c.entries[a->entry].gender !=
									c.entries[b->entry].gender);
			}
		}
		case_clear(&c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_list_keeps_its_rules),
	    cmocka_unit_test(within_a_gender_votes_decide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
