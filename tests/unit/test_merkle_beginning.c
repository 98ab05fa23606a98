/* SPDX-License-Identifier: EUPL-1.2 */
/* What a consistency proof says of the beginning of a tree, without being told its root: that root
 * for every beginning of every tree of up to 600 entries, and nothing for everything next to it. */
#include "tests/unit/support/check.h"

#include "bulletin/log/merkle.h"
#include "tests/unit/support/grown_log.h"

#define MOST	GROWN_MOST
#define MUTATED ((size_t)34)

static const struct urne_hash nonsense = {{0x5a}};

static bool
is_power(uint64_t n)
{
	return (n & (n - 1)) == 0;
}

static void
every_beginning_of_every_tree_is_found(void **state)
{
	struct grown_log *t = *state;

	for (size_t n = 2; n <= MOST; n++) {
		for (size_t m = 1; m < n; m++) {
			struct urne_merkle_proof p;
			struct urne_hash got;

			assert_ok(urne_merkle_prove_consistency(&p, m, n, &t->source));
			assert_ok(urne_merkle_beginning(
			    &got, &p, is_power(m) ? &t->root[m] : &nonsense, m, n, &t->root[n]));
			assert_true(urne_hash_eq(&got, &t->root[m]));
		}
	}
}

/* Every bit of the proof, of the root and of the node that completes it; one hash more or less. */
static void
everything_next_to_a_proof_is_refused(void **state)
{
	struct grown_log *t = *state;

	for (size_t n = 2; n <= MUTATED; n++) {
		for (size_t m = 1; m < n; m++) {
			struct urne_merkle_proof p;
			struct urne_hash node = t->root[m], root = t->root[n], got;

			assert_ok(urne_merkle_prove_consistency(&p, m, n, &t->source));
			for (size_t bit = 0; bit < p.num * 256; bit++) {
				uint8_t *byte = &p.hash[bit / 256].b[bit % 256 / 8];

				*byte ^= (uint8_t)(1U << bit % 8);
				assert_err(urne_merkle_beginning(&got, &p, &node, m, n, &root),
				    URNE_ERR_PROOF);
				*byte ^= (uint8_t)(1U << bit % 8);
			}
			for (size_t bit = 0; bit < 256; bit++) {
				root.b[bit / 8] ^= (uint8_t)(1U << bit % 8);
				assert_err(urne_merkle_beginning(&got, &p, &node, m, n, &root),
				    URNE_ERR_PROOF);
				root.b[bit / 8] ^= (uint8_t)(1U << bit % 8);
				node.b[bit / 8] ^= (uint8_t)(1U << bit % 8);
				assert_err(urne_merkle_beginning(&got, &p, &node, m, n, &root),
				    is_power(m) ? URNE_ERR_PROOF : URNE_OK);
				node.b[bit / 8] ^= (uint8_t)(1U << bit % 8);
			}
			p.hash[p.num++] = root;
			assert_err(
			    urne_merkle_beginning(&got, &p, &node, m, n, &root), URNE_ERR_PROOF);
			p.num -= 2;
			assert_err(
			    urne_merkle_beginning(&got, &p, &node, m, n, &root), URNE_ERR_PROOF);
			p.num = 0;
			assert_err(
			    urne_merkle_beginning(&got, &p, &node, m, n, &root), URNE_ERR_PROOF);
		}
	}
}

/* A proof of other sizes leads to no root, or at least never to another beginning. */
static void
a_proof_of_other_sizes_proves_no_other_beginning(void **state)
{
	struct grown_log *t = *state;

	for (size_t m = 1; m < MUTATED; m++) {
		struct urne_merkle_proof p;

		assert_ok(urne_merkle_prove_consistency(&p, m, MUTATED, &t->source));
		for (size_t said = 1; said < MUTATED; said++) {
			struct urne_hash got;

			if (urne_merkle_beginning(&got, &p, &t->root[said], said, MUTATED,
				&t->root[MUTATED]) == URNE_OK) {
				assert_true(urne_hash_eq(&got, &t->root[said]));
			}
		}
	}
}

static void
what_is_no_beginning_is_out_of_range(void **state)
{
	static const struct {
		uint64_t old, size;
	} rows[] = {{0, 0}, {0, 8}, {1, 0}, {8, 8}, {9, 8}, {UINT64_MAX, 8}};
	struct grown_log *t = *state;
	const struct urne_merkle_proof none = {.num = 0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct urne_hash got;

		assert_err(urne_merkle_beginning(
			       &got, &none, &t->root[8], rows[i].old, rows[i].size, &t->root[8]),
		    URNE_ERR_RANGE);
	}
}

static void
beginnings_of_the_largest_tree_are_found(void **state)
{
	static const uint64_t olds[] = {1, 2, 3, (uint64_t)1 << 32, ((uint64_t)1 << 32) + 1,
	    (uint64_t)1 << 62, URNE_MERKLE_MAX_SIZE - 1};
	struct urne_merkle_tree t;
	struct urne_hash root, want, got;

	assert_ok(urne_merkle_load(&t, URNE_MERKLE_MAX_SIZE, &same_everywhere));
	urne_merkle_root(&t, &root);
	for (size_t i = 0; i < sizeof(olds) / sizeof(olds[0]); i++) {
		struct urne_merkle_proof p;

		assert_ok(urne_merkle_load(&t, olds[i], &same_everywhere));
		urne_merkle_root(&t, &want);
		assert_ok(urne_merkle_prove_consistency(
		    &p, olds[i], URNE_MERKLE_MAX_SIZE, &same_everywhere));
		assert_ok(urne_merkle_beginning(&got, &p, is_power(olds[i]) ? &want : &nonsense,
		    olds[i], URNE_MERKLE_MAX_SIZE, &root));
		assert_true(urne_hash_eq(&got, &want));
	}
}

int
main(void)
{
	static struct grown_log t;
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_prestate(every_beginning_of_every_tree_is_found, &t),
	    cmocka_unit_test_prestate(everything_next_to_a_proof_is_refused, &t),
	    cmocka_unit_test_prestate(a_proof_of_other_sizes_proves_no_other_beginning, &t),
	    cmocka_unit_test_prestate(what_is_no_beginning_is_out_of_range, &t),
	    cmocka_unit_test(beginnings_of_the_largest_tree_are_found),
	};
	int rc;

	grown_log_init(&t);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	grown_log_clear(&t);
	return rc;
}
