/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: a list of credentials is the same with hints as without, whatever the hints are, and in
 * the same words. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "election/credentials.h"
#include "tests/unit/support/hint_damage.h"

static const struct urne_group *const group = &urne_group_ed25519;

/* A list and the file that stands behind its hints. */
struct list {
	struct urne_buf text;
	size_t num;
	uint8_t *hints;
	size_t written;
	struct urne_credential_hints h;
};

static bool
read_hints(void *ctx, uint8_t *out, size_t first, size_t num)
{
	const struct list *l = ctx;

	if (first + num > l->num) {
		return false;
	}
	memcpy(out, l->hints + first * URNE_HINT_LEN, num * URNE_HINT_LEN);
	return true;
}

static enum urne_err
write_hints(
    void *ctx, struct urne_diag *d, const uint8_t *hints, size_t first, size_t num, size_t total)
{
	struct list *l = ctx;

	assert_int_equal(total, l->num);
	assert_int_equal(first, l->written);
	memcpy(l->hints + first * URNE_HINT_LEN, hints, num * URNE_HINT_LEN);
	l->written += num;
	return URNE_OK;
}

/* The list of g^1 .. g^num, whose credential `odd` is what is given. */
static void
list_init(struct list *l, size_t num, size_t odd, const struct urne_elem *what)
{
	struct urne_credential_entry *entry = calloc(num, sizeof(*entry));

	assert_non_null(entry);
	*l = (struct list){.num = num, .hints = calloc(num, URNE_HINT_LEN)};
	assert_non_null(l->hints);
	urne_buf_init(&l->text, (size_t)1 << 24);
	for (size_t i = 0; i < num; i++) {
		entry[i].weight = 1;
		urne_elem_base_u64(group, &entry[i].public_credential, i + 1);
	}
	if (what != NULL) {
		entry[odd].public_credential = *what;
	}
	urne_credentials_emit(&l->text, group, entry, num, false);
	assert_ok(urne_buf_error(&l->text));
	free(entry);
}

static void
list_clear(struct list *l)
{
	urne_buf_clear(&l->text);
	free(l->hints);
}

/* Parses with hints, or while they are made; and says as much as without. */
static enum urne_err
parse(struct list *l, bool make, size_t num_threads)
{
	struct urne_pool *pool = urne_pool_new(num_threads);
	struct urne_credentials *c = NULL;
	struct urne_diag d = {{0}}, plain = {{0}};
	enum urne_err err, wanted;

	l->written = 0;
	l->h = (struct urne_credential_hints){
	    .ctx = l, .read = make ? NULL : read_hints, .write = make ? write_hints : NULL};
	err = urne_credentials_parse_hinted(&c, group, &d, urne_buf_view(&l->text), pool, &l->h);
	urne_credentials_free(c);
	wanted = urne_credentials_parse(&c, group, &plain, urne_buf_view(&l->text), NULL);
	urne_credentials_free(c);
	urne_pool_free(pool);
	assert_int_equal(err, wanted);
	assert_string_equal(d.text, plain.text);
	assert_true(!make || l->written == l->num);
	return err;
}

/* As many as a run, a few more, and more than are in memory at once. */
static void
a_list_is_read_by_the_hints_that_were_made_of_it(void **state)
{
	static const size_t sizes[] = {1, 32, 33, 100, 16384 + 7};

	for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
		struct list l;

		list_init(&l, sizes[k], 0, NULL);
		assert_ok(parse(&l, true, 2));
		assert_int_equal(l.h.num_hinted, 0);
		for (size_t i = 0; i < l.num && i < 100; i++) {
			assert_true(hint_is_of_prime_order(l.hints + i * URNE_HINT_LEN));
		}
		assert_ok(parse(&l, false, 1 + k % 3));
		assert_int_equal(l.h.num_hinted, l.num);
		list_clear(&l);
	}
}

static void
a_wrong_hint_leaves_its_run_to_the_exact_check_and_torsion_in_one_is_harmless(void **state)
{
	struct list l;

	list_init(&l, 100, 0, NULL);
	assert_ok(parse(&l, true, 1));
	for (size_t i = 0; i < l.num; i += 9) {
		uint8_t *hint = l.hints + i * URNE_HINT_LEN, kept[URNE_HINT_LEN];
		size_t run = i < 96 ? 32 : 4;

		memcpy(kept, hint, sizeof(kept));
		hint_add_torsion(hint);
		assert_ok(parse(&l, false, 1));
		assert_int_equal(l.h.num_hinted, l.num);
		memset(hint, 0, URNE_HINT_LEN); /* off the curve */
		assert_ok(parse(&l, false, 1));
		assert_int_equal(l.h.num_hinted, l.num - run);
		hint[32] = 1; /* the identity, of which no credential has the text */
		assert_ok(parse(&l, false, 1));
		assert_int_equal(l.h.num_hinted, l.num - 1);
		memcpy(hint, l.hints + (i + 1) % l.num * URNE_HINT_LEN, URNE_HINT_LEN);
		assert_ok(parse(&l, false, 1));
		assert_int_equal(l.h.num_hinted, l.num - 1);
		memcpy(hint, kept, sizeof(kept));
	}
	list_clear(&l);
}

/* odd_one_is_refused: by no hints at all, by those that are made of the list, and by what anybody
 * could say of the odd one. */
static void
odd_one_is_refused(const struct urne_elem *what)
{
	static const uint8_t none[URNE_HINT_LEN];
	struct list l;
	size_t at = 0;

	list_init(&l, 70, 41, what);
	assert_err(parse(&l, true, 1), URNE_ERR_GROUP);
	/* where it stands: made hints say nothing of it */
	while (at < l.num && memcmp(l.hints + at * URNE_HINT_LEN, none, URNE_HINT_LEN) != 0) {
		at++;
	}
	assert_true(at < l.num);
	for (size_t i = 0; i < l.num; i++) {
		uint8_t *hint = l.hints + at * URNE_HINT_LEN;

		memcpy(hint, l.hints + i * URNE_HINT_LEN, URNE_HINT_LEN);
		assert_err(parse(&l, false, 1), URNE_ERR_GROUP);
	}
	list_clear(&l);
}

static void
a4_a_credential_with_torsion_is_refused_whatever_the_hints_say(void **state)
{
	struct urne_elem t, x;

	hint_torsion(&t);
	for (unsigned k = 1; k < 8; k++) {
		/* g^42 T^k: without the torsion it would be one of the list */
		urne_elem_base_u64(group, &x, 42);
		for (unsigned i = 0; i < k; i++) {
			urne_elem_mul(group, &x, &x, &t);
		}
		odd_one_is_refused(&x);
	}
	odd_one_is_refused(&t);
}

/* Two vectors of eight lanes and three. */
#define PLACES ((size_t)19)

/* place_refused: which credential of a list with `what` is named; the list is sorted, so its place
 * follows from what it is. */
static size_t
place_refused(const struct urne_elem *what)
{
	struct urne_credentials *c = NULL;
	struct urne_diag d = {{0}};
	size_t place = PLACES, len;
	char text[URNE_TEXT_MAX];
	struct list l;

	len = urne_elem_encode(group, text, what);
	list_init(&l, PLACES, 0, what);
	assert_err(
	    urne_credentials_parse(&c, group, &d, urne_buf_view(&l.text), NULL), URNE_ERR_GROUP);
	assert_int_equal(sscanf(d.text, "credential %zu: not the canonical", &place), 1);
	assert_in_range(place, 0, PLACES - 1);
	/* behind the bracket and its quotation mark; each has two of these and a comma */
	assert_memory_equal(l.text.data + 2 + place * (len + 3), text, len);
	list_clear(&l);
	return place;
}

static void
a4_a_credential_with_torsion_is_found_at_every_place(void **state)
{
	struct urne_elem t, tk;

	hint_torsion(&t);
	urne_elem_identity(group, &tk);
	for (unsigned k = 1; k < 8; k++) {
		bool found[PLACES] = {false};
		size_t num_found = 0;

		urne_elem_mul(group, &tk, &tk, &t);
		for (uint64_t i = PLACES + 1; num_found < PLACES && i < 2000; i++) {
			struct urne_elem x;
			size_t place;

			urne_elem_base_u64(group, &x, i);
			urne_elem_mul(group, &x, &x, &tk);
			place = place_refused(&x);
			num_found += found[place] ? 0 : 1;
			found[place] = true;
		}
		assert_int_equal(num_found, PLACES);
	}
}

static void
the_neutral_element_is_refused_with_its_own_hint(void **state)
{
	struct urne_elem one;
	struct list l;

	urne_elem_identity(group, &one);
	list_init(&l, 5, 3, &one);
	assert_err(parse(&l, true, 1), URNE_ERR_GROUP);
	for (size_t i = 0; i < l.num; i++) {
		memset(l.hints + i * URNE_HINT_LEN, 0, URNE_HINT_LEN);
		l.hints[i * URNE_HINT_LEN + 32] = 1;
	}
	assert_err(parse(&l, false, 1), URNE_ERR_GROUP);
	assert_int_equal(l.h.num_hinted, 0);
	list_clear(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_list_is_read_by_the_hints_that_were_made_of_it),
	    cmocka_unit_test(
		a_wrong_hint_leaves_its_run_to_the_exact_check_and_torsion_in_one_is_harmless),
	    cmocka_unit_test(a4_a_credential_with_torsion_is_refused_whatever_the_hints_say),
	    cmocka_unit_test(a4_a_credential_with_torsion_is_found_at_every_place),
	    cmocka_unit_test(the_neutral_element_is_refused_with_its_own_hint),
	};

	return cmocka_run_group_tests_name("credentials with hints", tests, NULL, NULL);
}
