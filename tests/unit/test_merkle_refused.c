/* SPDX-License-Identifier: EUPL-1.2 */
/* Everything next to a proof is refused: every bit of it, every other index, one hash more or less,
 * every proof that others refuse. Vectors: tests/vectors/tlog/, which say where they come from. */
#include "tests/unit/support/tlog_vectors.h"

#include "tests/unit/support/grown_log.h"

#define MOST	GROWN_MOST
#define MUTATED ((size_t)34)

static void
flip(struct urne_hash *h, size_t bit)
{
	h->b[bit / 8] ^= (uint8_t)(1U << bit % 8);
}

/* Every bit of the leaf, the root and the proof; every other index; one hash more or less. */
static void
every_change_of_an_inclusion_proof_is_refused(void **state)
{
	struct grown_log *t = *state;

	for (size_t n = 1; n <= MUTATED; n++) {
		for (size_t i = 0; i < n; i++) {
			struct urne_merkle_proof p, q;
			struct urne_hash leaf = t->leaf[i], root = t->root[n];

			assert_ok(urne_merkle_prove_inclusion(&p, i, n, &t->source));
			q = p;
			for (size_t bit = 0; bit < p.num * 256; bit++) {
				flip(&q.hash[bit / 256], bit % 256);
				assert_err(urne_merkle_verify_inclusion(&q, &leaf, i, n, &root),
				    URNE_ERR_PROOF);
				flip(&q.hash[bit / 256], bit % 256);
			}
			for (size_t bit = 0; bit < 256; bit++) {
				flip(&leaf, bit);
				assert_err(urne_merkle_verify_inclusion(&p, &leaf, i, n, &root),
				    URNE_ERR_PROOF);
				flip(&leaf, bit);
				flip(&root, bit);
				assert_err(urne_merkle_verify_inclusion(&p, &leaf, i, n, &root),
				    URNE_ERR_PROOF);
				flip(&root, bit);
			}
			for (size_t j = 0; j < n + 3; j++) {
				enum urne_err want = j == i  ? URNE_OK
						     : j < n ? URNE_ERR_PROOF
							     : URNE_ERR_RANGE;

				assert_err(
				    urne_merkle_verify_inclusion(&p, &leaf, j, n, &root), want);
			}
			q.hash[q.num++] = root;
			assert_err(
			    urne_merkle_verify_inclusion(&q, &leaf, i, n, &root), URNE_ERR_PROOF);
			if (p.num > 0) {
				q.num = p.num - 1;
				assert_err(urne_merkle_verify_inclusion(&q, &leaf, i, n, &root),
				    URNE_ERR_PROOF);
			}
		}
	}
}

static void
every_change_of_a_consistency_proof_is_refused(void **state)
{
	struct grown_log *t = *state;

	for (size_t n = 1; n <= MUTATED; n++) {
		for (size_t m = 1; m <= n; m++) {
			struct urne_merkle_proof p, q;
			struct urne_hash old = t->root[m], root = t->root[n];

			assert_ok(urne_merkle_prove_consistency(&p, m, n, &t->source));
			q = p;
			for (size_t bit = 0; bit < p.num * 256; bit++) {
				flip(&q.hash[bit / 256], bit % 256);
				assert_err(urne_merkle_verify_consistency(&q, m, &old, n, &root),
				    URNE_ERR_PROOF);
				flip(&q.hash[bit / 256], bit % 256);
			}
			for (size_t bit = 0; bit < 256; bit++) {
				flip(&old, bit);
				assert_err(urne_merkle_verify_consistency(&p, m, &old, n, &root),
				    URNE_ERR_PROOF);
				flip(&old, bit);
				flip(&root, bit);
				assert_err(urne_merkle_verify_consistency(&p, m, &old, n, &root),
				    URNE_ERR_PROOF);
				flip(&root, bit);
			}
			q.hash[q.num++] = root;
			assert_err(
			    urne_merkle_verify_consistency(&q, m, &old, n, &root), URNE_ERR_PROOF);
			if (p.num > 0) {
				q.num = p.num - 1;
				assert_err(urne_merkle_verify_consistency(&q, m, &old, n, &root),
				    URNE_ERR_PROOF);
			}
			assert_err(urne_merkle_verify_consistency(&p, n + 1, &old, n, &root),
			    URNE_ERR_RANGE);
		}
	}
}

/* A proof with one hash too many, for the root that it leads to: the size says where a proof
 * ends. */
static void
a_proof_does_not_climb_above_its_root(void **state)
{
	struct grown_log *t = *state;
	struct urne_hash more = t->leaf[MOST - 1];

	for (size_t n = 1; n <= MUTATED; n++) {
		for (size_t i = 0; i < n; i++) {
			struct urne_merkle_proof p;
			struct urne_hash old, root;

			urne_merkle_node(&root, &more, &t->root[n]);
			assert_ok(urne_merkle_prove_inclusion(&p, i, n, &t->source));
			p.hash[p.num++] = more;
			assert_err(urne_merkle_verify_inclusion(&p, &t->leaf[i], i, n, &root),
			    URNE_ERR_PROOF);
			if (i == 0) {
				continue;
			}
			assert_ok(urne_merkle_prove_consistency(&p, i, n, &t->source));
			p.hash[p.num++] = more;
			urne_merkle_node(&old, &more, &t->root[i]);
			assert_err(urne_merkle_verify_consistency(&p, i, &t->root[i], n, &root),
			    URNE_ERR_PROOF);
			assert_err(
			    urne_merkle_verify_consistency(&p, i, &old, n, &root), URNE_ERR_PROOF);
		}
	}
}

static void
the_root_of_nothing_begins_every_tree_and_no_other_does(void **state)
{
	struct grown_log *t = *state;
	struct urne_merkle_proof none = {.num = 0}, one = {.num = 1};

	for (size_t n = 0; n < 9; n++) {
		assert_ok(urne_merkle_verify_consistency(&none, 0, &t->root[0], n, &t->root[n]));
		assert_err(urne_merkle_verify_consistency(&none, 0, &t->root[9], n, &t->root[n]),
		    URNE_ERR_PROOF);
		assert_err(urne_merkle_verify_consistency(&one, 0, &t->root[0], n, &t->root[n]),
		    URNE_ERR_PROOF);
	}
	assert_err(
	    urne_merkle_verify_consistency(&none, 0, &t->root[9], 0, &t->root[9]), URNE_ERR_PROOF);
}

/* Proofs that others refuse; and one that is sound arithmetic over the wrong question, which only
 * hashing the entry oneself, at the signed size, stops. */
static void
every_proof_that_must_be_refused_is(void **state)
{
	struct vectors v;
	size_t num = 0;

	vectors_open(&v, TLOG_VECTORS);
	for (const struct urne_json *x = vector_get(v.root, "refused_proofs")->child; x != NULL;
	     x = x->next, num++) {
		struct urne_view kind = vector_text(x, "kind");
		struct urne_hash root = vector_b64(vector_text(x, "root"));
		struct urne_merkle_proof p;
		enum urne_err e;

		vector_proof(&p, x);
		if (urne_view_is(kind, "consistency")) {
			struct urne_hash old = vector_b64(vector_text(x, "old_root"));

			e = urne_merkle_verify_consistency(
			    &p, vector_u64(x, "old"), &old, vector_u64(x, "size"), &root);
		} else {
			struct urne_hash leaf = vector_b64(vector_text(x, "leaf"));

			e = urne_merkle_verify_inclusion(
			    &p, &leaf, vector_u64(x, "index"), vector_u64(x, "size"), &root);
		}
		if ((e == URNE_OK) != urne_view_is(kind, "inclusion_note_only") ||
		    urne_err_is_ours(e)) {
			fail_msg("%.*s: %s", (int)vector_text(x, "why").len,
			    vector_text(x, "why").p, urne_err_name(e));
		}
	}
	assert_int_equal(num, 18);
	vectors_close(&v);
}

static void
what_no_tree_has_is_not_proved(void **state)
{
	struct grown_log *t = *state;
	struct urne_merkle_proof p;

	assert_err(urne_merkle_prove_inclusion(&p, 0, 0, &t->source), URNE_ERR_RANGE);
	assert_err(urne_merkle_prove_inclusion(&p, 5, 5, &t->source), URNE_ERR_RANGE);
	assert_err(urne_merkle_prove_inclusion(&p, 0, URNE_MERKLE_MAX_SIZE + 1, &t->source),
	    URNE_ERR_RANGE);
	assert_err(urne_merkle_prove_consistency(&p, 0, 5, &t->source), URNE_ERR_RANGE);
	assert_err(urne_merkle_prove_consistency(&p, 6, 5, &t->source), URNE_ERR_RANGE);
	assert_err(urne_merkle_prove_consistency(&p, 1, URNE_MERKLE_MAX_SIZE + 1, &t->source),
	    URNE_ERR_RANGE);
	/* the source has 600 entries and says so */
	assert_err(urne_merkle_prove_inclusion(&p, 0, 700, &t->source), URNE_ERR_INTERNAL);
	assert_int_equal(p.num, 0);
	assert_err(urne_merkle_prove_consistency(&p, 3, 700, &t->source), URNE_ERR_INTERNAL);
	assert_int_equal(p.num, 0);
}

int
main(void)
{
	static struct grown_log t;
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_prestate(every_change_of_an_inclusion_proof_is_refused, &t),
	    cmocka_unit_test_prestate(every_change_of_a_consistency_proof_is_refused, &t),
	    cmocka_unit_test_prestate(a_proof_does_not_climb_above_its_root, &t),
	    cmocka_unit_test_prestate(the_root_of_nothing_begins_every_tree_and_no_other_does, &t),
	    cmocka_unit_test(every_proof_that_must_be_refused_is),
	    cmocka_unit_test_prestate(what_no_tree_has_is_not_proved, &t),
	};
	int rc;

	grown_log_init(&t);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	grown_log_clear(&t);
	return rc;
}
