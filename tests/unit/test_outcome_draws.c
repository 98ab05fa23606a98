/* SPDX-License-Identifier: EUPL-1.2 */
/* The draw can be redone with sha256sum, and the outcome depends on nothing but its inputs. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "tests/unit/support/outcome_case.h"

static void
assert_key(const char *fingerprint, const char *item, const char *entry, const char *draw,
    const char *want)
{
	struct urne_hash key, value;
	char hex[URNE_HASH_HEX_LEN + 1] = {0};

	assert_ok(urne_hex_decode(value.b, sizeof(value.b), urne_view_of(draw)));
	urne_draw_key(
	    &key, urne_view_of(fingerprint), urne_view_of(item), urne_view_of(entry), &value);
	urne_hex_encode(hex, key.b, sizeof(key.b));
	assert_string_equal(hex, want);
}

/* R=$(printf 'ab%.0s' $(seq 32)); printf 'urne-draw|fp|x|a|%s' $R | sha256sum */
static void
draw_keys_are_what_sha256sum_prints(void **state)
{
	const char *r = "abababababababababababababababababababababababababababababababab";

	assert_key(
	    "fp", "x", "a", r, "dc44140bc1f669ab53335b7b0ecd7532b6b61f16a12472b1f05d2ff2de9d0a12");
	assert_key(
	    "fp", "x", "b", r, "166db535e08d6b769f4d2afafdc102f88010e22cc946b2d54af9f3220bed8d5b");
	assert_key(
	    "fp", "x", "c", r, "c48f29162c6fa759f0873cfa8046ad26c53fbbf8468c2a1b3b3368f803b2a65c");
	assert_key(
	    "fp", "x", "d", r, "742d765a776db421460a5c17bee578ece51128e1336b249fcba5fa33ab7564da");
	assert_key(
	    "fp", "x", "e", r, "6328e300d91134f681f6da470bd446105fd6ed8cfe1ca9177b95c5735004ccef");
	assert_key(
	    "fp", "x", "f", r, "5a70aa3793c0d8545cbf43f61be3777e6dbe56151dcd66e764e65a7428abaf1d");
	assert_key("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", "tete", "c-12",
	    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
	    "2af90c9608579fc1e265f4053753c4a226c3c0c3e133212a7ca26b8ac5a9500a");
}

static const struct case_entry equals[] = {
    {"a", 'f', 10, NULL},
    {"b", 'm', 10, NULL},
    {"c", 'f', 10, NULL},
    {"d", 'm', 10, NULL},
    {"e", 'f', 10, NULL},
    {"f", 'm', 10, NULL},
};

static void
equal_list(struct outcome_case *c)
{
	case_init(c, URNE_ITEM_LIST_CANDIDATES, 10);
	case_entries(c, equals, 6);
	c->item.seats = 6;
	case_draw(c, 0xab);
}

static void
equals_come_in_the_order_of_their_keys(void **state)
{
	struct outcome_case c;

	equal_list(&c);
	case_run(&c);
	assert_string_equal(case_places(&c),
	    "1 b draw x6; 2 f draw x5; 3 e draw x4; 4 d draw x3; 5 c draw x2; 6 a votes");
	case_clear(&c);
}

/* The file's order is not an input of the draw: who stands where follows the ids. */
static void
the_order_of_the_file_has_no_part_in_a_draw(void **state)
{
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_CANDIDATES, 10);
	for (size_t i = 0; i < 6; i++) {
		case_entries(&c, &equals[(i * 5 + 3) % 6], 1);
	}
	c.item.seats = 6;
	case_draw(&c, 0xab);
	case_run(&c);
	assert_string_equal(case_places(&c),
	    "1 b draw x6; 2 f draw x5; 3 e draw x4; 4 d draw x3; 5 c draw x2; 6 a votes");
	case_clear(&c);
}

static void
another_item_election_or_value_draws_differently(void **state)
{
	struct outcome_case c;
	char first[sizeof(c.text)];

	equal_list(&c);
	case_run(&c);
	memcpy(first, case_places(&c), sizeof(first));
	c.item.id = VIEW("y");
	case_run(&c);
	assert_string_not_equal(case_places(&c), first);
	c.item.id = VIEW("x");
	c.in.fingerprint = VIEW("other");
	case_run(&c);
	assert_string_not_equal(case_places(&c), first);
	c.in.fingerprint = VIEW("fp");
	c.draw.b[31] ^= 1;
	case_run(&c);
	assert_string_not_equal(case_places(&c), first);
	c.draw.b[31] ^= 1;
	case_run(&c);
	assert_string_equal(case_places(&c), first);
	case_clear(&c);
}

/* Everything an outcome says, field by field (structs have padding). */
static void
dump(struct urne_buf *out, const struct outcome_case *c)
{
	const struct urne_item_outcome *o = &c->out.items[0];

	urne_buf_printf(
	    out, "%d %d %d %zu;", c->out.draw_needed, c->out.complete, o->undrawn, o->num_unfilled);
	for (size_t i = 0; i < o->num_places; i++) {
		const struct urne_place *p = &o->places[i];

		urne_buf_printf(out, "%zu %zu %llu %d %d %d %zu %zu;", p->rank, p->entry,
		    (unsigned long long)p->votes, p->in, (int)p->reason, (int)p->wanted, p->passed,
		    p->num_tied);
	}
}

static void
the_same_inputs_give_the_same_outcome(void **state)
{
	for (unsigned parity = 0; parity < 3; parity++) {
		struct urne_buf first, second;
		struct outcome_case c;

		urne_buf_init(&first, 65536);
		urne_buf_init(&second, 65536);
		equal_list(&c);
		c.item.parity = (enum urne_parity)parity;
		c.item.parity_block = 4;
		case_run(&c);
		dump(&first, &c);
		case_run(&c);
		dump(&second, &c);
		assert_ok(urne_buf_error(&first));
		assert_int_equal(first.len, second.len);
		assert_memory_equal(first.data, second.data, first.len);
		urne_buf_clear(&first);
		urne_buf_clear(&second);
		case_clear(&c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(draw_keys_are_what_sha256sum_prints),
	    cmocka_unit_test(equals_come_in_the_order_of_their_keys),
	    cmocka_unit_test(the_order_of_the_file_has_no_part_in_a_draw),
	    cmocka_unit_test(another_item_election_or_value_draws_differently),
	    cmocka_unit_test(the_same_inputs_give_the_same_outcome),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
