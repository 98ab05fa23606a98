/* SPDX-License-Identifier: EUPL-1.2 */
/* The tree against its definition in RFC 6962, written down here as it stands there, and every
 * proof of every tree of up to 600 entries. Vectors: tests/vectors/tlog/, which say where they come
 * from. */
#include "tests/unit/support/tlog_vectors.h"

#include "crypto/sha256.h"
#include "tests/unit/support/grown_log.h"

#define MOST	 GROWN_MOST
#define COMPARED ((size_t)70)

/* RFC 6962, section 2.1: the largest power of two below n. */
static size_t
below(size_t n)
{
	size_t k = 1;

	while (k * 2 < n) {
		k *= 2;
	}
	return k;
}

/* MTH(D[n]) */
static struct urne_hash
mth(const struct urne_hash *leaf, size_t n)
{
	struct urne_hash left, right, out;
	size_t k = below(n);

	if (n == 0) {
		urne_sha256_of(&out, (struct urne_view){"", 0});
		return out;
	}
	if (n == 1) {
		return leaf[0];
	}
	left = mth(leaf, k);
	right = mth(leaf + k, n - k);
	urne_merkle_node(&out, &left, &right);
	return out;
}

/* PATH(m, D[n]) */
static void
path(struct urne_merkle_proof *out, size_t m, const struct urne_hash *leaf, size_t n)
{
	size_t k = below(n);

	if (n == 1) {
		out->num = 0;
	} else if (m < k) {
		path(out, m, leaf, k);
		out->hash[out->num++] = mth(leaf + k, n - k);
	} else {
		path(out, m - k, leaf + k, n - k);
		out->hash[out->num++] = mth(leaf, k);
	}
}

/* SUBPROOF(m, D[n], b) */
static void
subproof(
    struct urne_merkle_proof *out, size_t m, const struct urne_hash *leaf, size_t n, bool known)
{
	size_t k = below(n);

	if (m == n) {
		out->num = 0;
		if (!known) {
			out->hash[out->num++] = mth(leaf, n);
		}
	} else if (m <= k) {
		subproof(out, m, leaf, k, known);
		out->hash[out->num++] = mth(leaf + k, n - k);
	} else {
		subproof(out, m - k, leaf + k, n - k, false);
		out->hash[out->num++] = mth(leaf, k);
	}
}

static void
assert_same_proof(const struct urne_merkle_proof *a, const struct urne_merkle_proof *b)
{
	assert_int_equal(a->num, b->num);
	assert_memory_equal(a->hash, b->hash, a->num * URNE_HASH_LEN);
}

static void
leaves_and_roots_are_those_others_published(void **state)
{
	const struct urne_json *ref, *data, *leaf, *root;
	struct urne_merkle_tree t = {.size = 0};
	struct vectors v;
	size_t num = 0;

	vectors_open(&v, TLOG_VECTORS);
	ref = vector_get(v.root, "reference");
	data = vector_get(ref, "leaves")->child;
	leaf = vector_get(ref, "leaf_hashes")->child;
	root = vector_get(ref, "roots")->child;
	for (;; num++) {
		struct urne_hash got, want = vector_hex(root->text);
		uint8_t raw[64];

		urne_merkle_root(&t, &got);
		assert_true(urne_hash_eq(&got, &want));
		if (data == NULL) {
			break;
		}
		assert_true(data->text.len / 2 <= sizeof(raw));
		assert_ok(urne_hex_decode(raw, data->text.len / 2, data->text));
		urne_merkle_leaf(&got, (struct urne_view){(char *)raw, data->text.len / 2});
		want = vector_hex(leaf->text);
		assert_true(urne_hash_eq(&got, &want));
		assert_ok(urne_merkle_append(&t, &got, NULL, NULL));
		data = data->next;
		leaf = leaf->next;
		root = root->next;
	}
	assert_int_equal(num, 8);
	vectors_close(&v);
}

static void
every_proof_of_the_chain_is_that_of_the_vectors(void **state)
{
	const struct urne_json *chain, *x;
	struct urne_merkle_source source;
	struct urne_merkle_proof got, want;
	struct memory_log log;
	struct vectors v;
	size_t num = 0;

	vectors_open(&v, TLOG_VECTORS);
	memory_log_init(&log);
	source = memory_log_source(&log);
	chain = vector_get(v.root, "chain");
	x = vector_get(chain, "roots")->child;
	for (const struct urne_json *e = vector_get(chain, "events")->child;; e = e->next) {
		struct urne_hash root, said = vector_hex(x->text);

		urne_merkle_root(&log.tree, &root);
		assert_true(urne_hash_eq(&root, &said));
		x = x->next;
		if (e == NULL) {
			break;
		}
		assert_ok(memory_log_append(&log, vector_text(e, "event")));
	}
	for (x = vector_get(chain, "inclusion")->child; x != NULL; x = x->next, num++) {
		assert_ok(urne_merkle_prove_inclusion(
		    &got, vector_u64(x, "index"), vector_u64(x, "size"), &source));
		vector_proof(&want, x);
		assert_same_proof(&got, &want);
	}
	for (x = vector_get(chain, "consistency")->child; x != NULL; x = x->next, num++) {
		assert_ok(urne_merkle_prove_consistency(
		    &got, vector_u64(x, "old"), vector_u64(x, "size"), &source));
		vector_proof(&want, x);
		assert_same_proof(&got, &want);
	}
	assert_int_equal(num, 72);
	memory_log_clear(&log);
	vectors_close(&v);
}

static void
every_root_is_that_of_the_definition(void **state)
{
	struct grown_log *t = *state;

	for (size_t n = 0; n <= MOST; n++) {
		struct urne_merkle_tree loaded;
		struct urne_hash want = mth(t->leaf, n), again;

		assert_true(urne_hash_eq(&t->root[n], &want));
		assert_ok(urne_merkle_load(&loaded, n, &t->source));
		urne_merkle_root(&loaded, &again);
		assert_true(urne_hash_eq(&again, &want));
		assert_int_equal(loaded.size, n);
	}
}

static void
every_small_proof_is_that_of_the_definition(void **state)
{
	struct grown_log *t = *state;
	struct urne_merkle_proof got, want;

	for (size_t n = 1; n <= COMPARED; n++) {
		for (size_t i = 0; i < n; i++) {
			assert_ok(urne_merkle_prove_inclusion(&got, i, n, &t->source));
			path(&want, i, t->leaf, n);
			assert_same_proof(&got, &want);
			assert_ok(urne_merkle_prove_consistency(&got, i + 1, n, &t->source));
			subproof(&want, i + 1, t->leaf, n, true);
			assert_same_proof(&got, &want);
		}
	}
}

static void
every_entry_of_every_tree_is_proved(void **state)
{
	struct grown_log *t = *state;
	struct urne_merkle_proof p;

	for (size_t n = 1; n <= MOST; n++) {
		for (size_t i = 0; i < n; i++) {
			assert_ok(urne_merkle_prove_inclusion(&p, i, n, &t->source));
			assert_ok(urne_merkle_verify_inclusion(&p, &t->leaf[i], i, n, &t->root[n]));
		}
	}
}

static void
every_tree_is_proved_to_begin_every_later_one(void **state)
{
	struct grown_log *t = *state;
	struct urne_merkle_proof p = {.num = 0};

	for (size_t n = 0; n <= MOST; n++) {
		assert_ok(urne_merkle_verify_consistency(&p, 0, &t->root[0], n, &t->root[n]));
		for (size_t m = 1; m <= n; m++) {
			assert_ok(urne_merkle_prove_consistency(&p, m, n, &t->source));
			assert_ok(
			    urne_merkle_verify_consistency(&p, m, &t->root[m], n, &t->root[n]));
		}
		p.num = 0;
	}
}

static void
proofs_reach_the_largest_tree(void **state)
{
	static const uint64_t sizes[] = {((uint64_t)1 << 32) - 1, (uint64_t)1 << 32,
	    ((uint64_t)1 << 32) + 1, (uint64_t)1 << 62, URNE_MERKLE_MAX_SIZE - 1,
	    URNE_MERKLE_MAX_SIZE};
	struct urne_merkle_proof p;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct urne_merkle_tree t, old;
		struct urne_hash root, old_root, leaf;

		assert_ok(urne_merkle_load(&t, sizes[i], &same_everywhere));
		urne_merkle_root(&t, &root);
		urne_merkle_leaf(&leaf, VIEW("again"));
		for (uint64_t back = 1; back < 9; back++) {
			assert_ok(urne_merkle_prove_inclusion(
			    &p, sizes[i] - back, sizes[i], &same_everywhere));
			assert_ok(urne_merkle_verify_inclusion(
			    &p, &leaf, sizes[i] - back, sizes[i], &root));
			assert_ok(urne_merkle_load(&old, sizes[i] / back, &same_everywhere));
			urne_merkle_root(&old, &old_root);
			assert_ok(urne_merkle_prove_consistency(
			    &p, sizes[i] / back, sizes[i], &same_everywhere));
			assert_ok(urne_merkle_verify_consistency(
			    &p, sizes[i] / back, &old_root, sizes[i], &root));
		}
	}
	assert_ok(urne_merkle_prove_inclusion(&p, 0, URNE_MERKLE_MAX_SIZE, &same_everywhere));
	assert_int_equal(p.num, URNE_MERKLE_MAX_LEVEL);
}

static void
a_full_tree_takes_no_entry(void **state)
{
	struct urne_merkle_tree t = {.size = URNE_MERKLE_MAX_SIZE};
	struct urne_hash leaf = {{0}};

	assert_err(urne_merkle_append(&t, &leaf, NULL, NULL), URNE_ERR_LIMIT);
	assert_err(urne_merkle_load(&t, URNE_MERKLE_MAX_SIZE + 1, NULL), URNE_ERR_LIMIT);
	assert_int_equal(t.size, 0);
}

static enum urne_err
refuse_level_two(void *ctx, unsigned level, uint64_t index, const struct urne_hash *hash)
{
	return level == 2 ? URNE_ERR_IO : URNE_OK;
}

static void
a_node_that_cannot_be_kept_leaves_the_tree_as_it_was(void **state)
{
	struct grown_log *t = *state;
	struct urne_merkle_tree tree, before;
	struct urne_hash root;

	assert_ok(urne_merkle_load(&tree, 3, &t->source));
	before = tree;
	assert_err(urne_merkle_append(&tree, &t->leaf[3], refuse_level_two, NULL), URNE_ERR_IO);
	assert_memory_equal(&tree, &before, sizeof(tree));
	assert_ok(urne_merkle_append(&tree, &t->leaf[3], NULL, NULL));
	urne_merkle_root(&tree, &root);
	assert_true(urne_hash_eq(&root, &t->root[4]));
}

int
main(void)
{
	static struct grown_log t;
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(leaves_and_roots_are_those_others_published),
	    cmocka_unit_test(every_proof_of_the_chain_is_that_of_the_vectors),
	    cmocka_unit_test_prestate(every_root_is_that_of_the_definition, &t),
	    cmocka_unit_test_prestate(every_small_proof_is_that_of_the_definition, &t),
	    cmocka_unit_test_prestate(every_entry_of_every_tree_is_proved, &t),
	    cmocka_unit_test_prestate(every_tree_is_proved_to_begin_every_later_one, &t),
	    cmocka_unit_test(proofs_reach_the_largest_tree),
	    cmocka_unit_test(a_full_tree_takes_no_entry),
	    cmocka_unit_test_prestate(a_node_that_cannot_be_kept_leaves_the_tree_as_it_was, &t),
	};
	int rc;

	grown_log_init(&t);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	grown_log_clear(&t);
	return rc;
}
