/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the heads in a file with hints are the bytes that docs/formats.md#hints says. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "election/hint_record.h"

static void
the_head_names_the_version_and_the_election_and_every_byte_of_it_counts(void **state)
{
	static const uint8_t magic[16] = "urne-hints-v2\n\0";
	struct urne_election e = {.num_questions = 0};
	uint8_t head[URNE_HINTS_HEAD_LEN], zero[16] = {0};

	for (size_t i = 0; i < URNE_HASH_LEN; i++) {
		e.fingerprint.b[i] = (uint8_t)(i + 1);
	}
	urne_hints_head(head, &e);
	assert_memory_equal(head, magic, 16);
	assert_memory_equal(head + 16, e.fingerprint.b, URNE_HASH_LEN);
	assert_memory_equal(head + 48, zero, 16);
	assert_true(urne_hints_head_fits(head, &e));
	for (size_t i = 0; i < sizeof(head); i++) {
		head[i] ^= 1;
		assert_false(urne_hints_head_fits(head, &e));
		head[i] ^= 1;
	}
}

static void
the_head_of_a_record_is_a_hash_and_a_number_most_significant_byte_first(void **state)
{
	static const uint64_t numbers[] = {0, 1, 0x0102030405060708, UINT64_MAX};
	struct urne_hash of = {{9, 8, 7}}, found;
	uint8_t head[URNE_HINT_RECORD_HEAD_LEN];
	uint64_t num = 0;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		urne_hint_record_head(head, &of, numbers[i]);
		urne_hint_record_read(&found, &num, head);
		assert_true(urne_hash_eq(&of, &found));
		assert_int_equal(num, numbers[i]);
	}
	urne_hint_record_head(head, &of, numbers[2]);
	assert_memory_equal(head, of.b, URNE_HASH_LEN);
	for (size_t i = 0; i < 8; i++) {
		assert_int_equal(head[URNE_HASH_LEN + i], i + 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		the_head_names_the_version_and_the_election_and_every_byte_of_it_counts),
	    cmocka_unit_test(
		the_head_of_a_record_is_a_hash_and_a_number_most_significant_byte_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
