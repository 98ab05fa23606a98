/* SPDX-License-Identifier: EUPL-1.2 */
/* The Merkle tree over a log's entries (RFC 6962, section 2.1; proofs verified as in RFC 9162,
 * section 2.1.3 and 2.1.4). Pure functions over hashes; who stores the hashes is not their
 * business. Spec: docs/log.md#tree */
#ifndef URNE_BULLETIN_LOG_MERKLE_H
#define URNE_BULLETIN_LOG_MERKLE_H

#include "base/bytes.h"
#include "base/err.h"

/* A tree of 2^63 - 1 entries has 63 levels; a consistency proof has one hash more. */
#define URNE_MERKLE_MAX_SIZE  ((uint64_t)INT64_MAX)
#define URNE_MERKLE_MAX_LEVEL 63
#define URNE_MERKLE_MAX_PROOF 64

/* urne_merkle_leaf: SHA-256(0x00 || data); urne_merkle_node: SHA-256(0x01 || left || right). */
void urne_merkle_leaf(struct urne_hash *out, struct urne_view data);
void urne_merkle_node(
    struct urne_hash *out, const struct urne_hash *left, const struct urne_hash *right);

/* A tree that only grows, as the roots of its complete subtrees: peak[l] is that of 2^l leaves and
 * means something when bit l of `size` is set. The zero state is the empty tree. */
struct urne_merkle_tree {
	uint64_t size;
	struct urne_hash peak[URNE_MERKLE_MAX_LEVEL + 1];
};

/* urne_merkle_append adds a leaf and calls node(ctx, level, index, hash) for every subtree that is
 * complete by it, the leaf itself (level 0) first; `node` may be NULL. The size must be below
 * URNE_MERKLE_MAX_SIZE (URNE_ERR_LIMIT). An error of `node` is returned, and the tree is as it
 * was. */
typedef enum urne_err (*urne_merkle_node_fn)(
    void *ctx, unsigned level, uint64_t index, const struct urne_hash *hash);
enum urne_err urne_merkle_append(struct urne_merkle_tree *t, const struct urne_hash *leaf,
    urne_merkle_node_fn node, void *ctx) URNE_MUST_USE;
/* urne_merkle_root: of the empty tree, SHA-256(""). */
void urne_merkle_root(const struct urne_merkle_tree *t, struct urne_hash *out);

/* Where proofs take complete subtrees from: sets *out to the node `index` of `level`, whose 2^level
 * leaves are all there. */
struct urne_merkle_source {
	enum urne_err (*node)(void *ctx, struct urne_hash *out, unsigned level, uint64_t index);
	void *ctx;
};
/* urne_merkle_load fills the peaks of the tree of `size` entries from a source; more than
 * URNE_MERKLE_MAX_SIZE: URNE_ERR_LIMIT. */
enum urne_err urne_merkle_load(struct urne_merkle_tree *out, uint64_t size,
    const struct urne_merkle_source *source) URNE_MUST_USE;

struct urne_merkle_proof {
	size_t num;
	struct urne_hash hash[URNE_MERKLE_MAX_PROOF];
};

/* urne_merkle_prove_inclusion: that leaf `index` is in the tree of `size` (index < size <=
 * URNE_MERKLE_MAX_SIZE, else URNE_ERR_RANGE). An error of the source is returned. */
enum urne_err urne_merkle_prove_inclusion(struct urne_merkle_proof *out, uint64_t index,
    uint64_t size, const struct urne_merkle_source *source) URNE_MUST_USE;
/* urne_merkle_prove_consistency: that the tree of `old` entries is the beginning of the tree of
 * `size` (1 <= old <= size, else URNE_ERR_RANGE; old == size gives an empty proof). */
enum urne_err urne_merkle_prove_consistency(struct urne_merkle_proof *out, uint64_t old,
    uint64_t size, const struct urne_merkle_source *source) URNE_MUST_USE;

/* urne_merkle_verify_inclusion: URNE_ERR_RANGE when index >= size, URNE_ERR_PROOF when the proof
 * has the wrong length or gives another root. */
enum urne_err urne_merkle_verify_inclusion(const struct urne_merkle_proof *p,
    const struct urne_hash *leaf, uint64_t index, uint64_t size,
    const struct urne_hash *root) URNE_MUST_USE;
/* urne_merkle_verify_consistency: URNE_ERR_RANGE when old > size; URNE_ERR_PROOF otherwise. old ==
 * size wants an empty proof and equal roots; old == 0 an empty proof and the root of nothing. */
enum urne_err urne_merkle_verify_consistency(const struct urne_merkle_proof *p, uint64_t old,
    const struct urne_hash *old_root, uint64_t size, const struct urne_hash *root) URNE_MUST_USE;

/* urne_merkle_beginning: what a consistency proof says of the first `old` entries (0 < old < size)
 * of the tree of `size` with this root: sets *old_root to theirs. `node` is the root of all of them
 * when `old` is a power of two, which such a proof leaves out; else it is not looked at.
 * URNE_ERR_PROOF: the proof does not lead to `root`, and *old_root means nothing. */
enum urne_err urne_merkle_beginning(struct urne_hash *old_root, const struct urne_merkle_proof *p,
    const struct urne_hash *node, uint64_t old, uint64_t size,
    const struct urne_hash *root) URNE_MUST_USE;

#endif
