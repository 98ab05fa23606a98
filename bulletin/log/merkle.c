/* SPDX-License-Identifier: EUPL-1.2 */
/* The tree of RFC 6962, walked from its leaves upwards and never by recursion. One walk along the
 * right-hand side of a node makes both kinds of proof; the loops that verify are those of RFC 9162,
 * and they end at the root however long a proof is. Spec: docs/log.md#tree */
#include "bulletin/log/merkle.h"

#include "crypto/sha256.h"

void
urne_merkle_leaf(struct urne_hash *out, struct urne_view data)
{
	static const uint8_t mark = 0x00;
	struct urne_sha256 h;

	urne_sha256_init(&h);
	urne_sha256_put(&h, &mark, 1);
	urne_sha256_put_view(&h, data);
	urne_sha256_final(&h, out);
}

void
urne_merkle_node(struct urne_hash *out, const struct urne_hash *left, const struct urne_hash *right)
{
	static const uint8_t mark = 0x01;
	struct urne_sha256 h;

	urne_sha256_init(&h);
	urne_sha256_put(&h, &mark, 1);
	urne_sha256_put(&h, left->b, URNE_HASH_LEN);
	urne_sha256_put(&h, right->b, URNE_HASH_LEN);
	urne_sha256_final(&h, out);
}

/* Growing. */

static bool
has_peak(uint64_t size, unsigned level)
{
	return (size >> level & 1) != 0;
}

enum urne_err
urne_merkle_append(
    struct urne_merkle_tree *t, const struct urne_hash *leaf, urne_merkle_node_fn node, void *ctx)
{
	struct urne_hash h = *leaf;
	unsigned level = 0;

	if (t->size >= URNE_MERKLE_MAX_SIZE) {
		return URNE_ERR_LIMIT;
	}
	for (;;) {
		enum urne_err e = node != NULL ? node(ctx, level, t->size >> level, &h) : URNE_OK;

		if (e != URNE_OK) {
			return e;
		}
		if (!has_peak(t->size, level)) {
			break;
		}
		urne_merkle_node(&h, &t->peak[level], &h);
		level++;
	}
	/* the peaks below are of the old size: their bits are clear from now on */
	t->peak[level] = h;
	t->size++;
	return URNE_OK;
}

void
urne_merkle_root(const struct urne_merkle_tree *t, struct urne_hash *out)
{
	bool started = false;

	urne_sha256_of(out, (struct urne_view){"", 0});
	for (unsigned level = 0; level < URNE_MERKLE_MAX_LEVEL; level++) {
		if (!has_peak(t->size, level)) {
			continue;
		}
		if (started) {
			urne_merkle_node(out, &t->peak[level], out);
		} else {
			*out = t->peak[level];
		}
		started = true;
	}
}

/* load fills the peaks of the part of `size` entries that begins at entry `begin`, a multiple of a
 * power of two above `size` (or 0). */
static enum urne_err
load(struct urne_merkle_tree *out, uint64_t begin, uint64_t size,
    const struct urne_merkle_source *source)
{
	*out = (struct urne_merkle_tree){.size = 0};
	for (unsigned level = 0; level < URNE_MERKLE_MAX_LEVEL; level++) {
		uint64_t index = (begin + size) >> level;
		enum urne_err e;

		if (!has_peak(size, level)) {
			continue;
		}
		e = source->node(source->ctx, &out->peak[level], level, index - 1);
		if (e != URNE_OK) {
			return e;
		}
	}
	out->size = size;
	return URNE_OK;
}

enum urne_err
urne_merkle_load(
    struct urne_merkle_tree *out, uint64_t size, const struct urne_merkle_source *source)
{
	*out = (struct urne_merkle_tree){.size = 0};
	return size > URNE_MERKLE_MAX_SIZE ? URNE_ERR_LIMIT : load(out, 0, size, source);
}

/* Proving. */

/* subtree: the node `index` of `level` in the tree of `size`; the last one of a level need not be
 * complete. */
static enum urne_err
subtree(struct urne_hash *out, unsigned level, uint64_t index, uint64_t size,
    const struct urne_merkle_source *source)
{
	struct urne_merkle_tree part;
	uint64_t begin = index << level;
	enum urne_err e;

	if ((size - begin) >> level != 0) {
		return source->node(source->ctx, out, level, index);
	}
	e = load(&part, begin, size - begin, source);
	if (e == URNE_OK) {
		urne_merkle_root(&part, out);
	}
	return e;
}

/* path appends the siblings on the way from node `index` of `level` up to the root of `size`. */
static enum urne_err
path(struct urne_merkle_proof *out, unsigned level, uint64_t index, uint64_t size,
    const struct urne_merkle_source *source)
{
	uint64_t last = (size - 1) >> level;
	enum urne_err e = URNE_OK;

	for (; last > 0 && e == URNE_OK; level++, index >>= 1, last >>= 1) {
		/* the last node of a level has no sibling when its index is even */
		if ((index & 1) != 0 || index < last) {
			e = subtree(&out->hash[out->num++], level, index ^ 1, size, source);
		}
	}
	return e;
}

enum urne_err
urne_merkle_prove_inclusion(struct urne_merkle_proof *out, uint64_t index, uint64_t size,
    const struct urne_merkle_source *source)
{
	enum urne_err e;

	out->num = 0;
	if (size > URNE_MERKLE_MAX_SIZE || index >= size) {
		return URNE_ERR_RANGE;
	}
	e = path(out, 0, index, size, source);
	if (e != URNE_OK) {
		out->num = 0;
	}
	return e;
}

enum urne_err
urne_merkle_prove_consistency(struct urne_merkle_proof *out, uint64_t old, uint64_t size,
    const struct urne_merkle_source *source)
{
	enum urne_err e = URNE_OK;
	unsigned level = 0;

	out->num = 0;
	if (size > URNE_MERKLE_MAX_SIZE || old == 0 || old > size) {
		return URNE_ERR_RANGE;
	}
	if (old == size) {
		return URNE_OK;
	}
	/* the largest complete subtree that ends where the old tree ends */
	while (!has_peak(old, level)) {
		level++;
	}
	/* when that is all of the old tree, its root is known */
	if (old >> level != 1) {
		e = source->node(source->ctx, &out->hash[0], level, (old >> level) - 1);
		out->num = 1;
	}
	if (e == URNE_OK) {
		e = path(out, level, (old >> level) - 1, size, source);
	}
	if (e != URNE_OK) {
		out->num = 0;
	}
	return e;
}

/* Verifying. */

enum urne_err
urne_merkle_verify_inclusion(const struct urne_merkle_proof *p, const struct urne_hash *leaf,
    uint64_t index, uint64_t size, const struct urne_hash *root)
{
	struct urne_hash r = *leaf;
	uint64_t fn = index, sn;

	if (index >= size) {
		return URNE_ERR_RANGE;
	}
	/* RFC 9162, section 2.1.3.2, with its letters */
	sn = size - 1;
	for (size_t i = 0; i < p->num; i++) {
		if (sn == 0) {
			return URNE_ERR_PROOF;
		}
		if ((fn & 1) != 0 || fn == sn) {
			urne_merkle_node(&r, &p->hash[i], &r);
			while ((fn & 1) == 0 && fn != 0) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			urne_merkle_node(&r, &r, &p->hash[i]);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && urne_hash_eq(&r, root) ? URNE_OK : URNE_ERR_PROOF;
}

/* From a proof whose first hash is the node `fn` of a level where `sn` is the last, to both
 * roots. */
static bool
climb(struct urne_hash *fr, struct urne_hash *sr, const struct urne_merkle_proof *p, size_t i,
    uint64_t fn, uint64_t sn)
{
	for (; i < p->num; i++) {
		const struct urne_hash *c = &p->hash[i];

		if (sn == 0) {
			return false;
		}
		if ((fn & 1) != 0 || fn == sn) {
			urne_merkle_node(fr, c, fr);
			urne_merkle_node(sr, c, sr);
			while ((fn & 1) == 0 && fn != 0) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			urne_merkle_node(sr, sr, c);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0;
}

enum urne_err
urne_merkle_beginning(struct urne_hash *old_root, const struct urne_merkle_proof *p,
    const struct urne_hash *node, uint64_t old, uint64_t size, const struct urne_hash *root)
{
	struct urne_hash fr = *node, sr;
	uint64_t fn, sn;
	size_t used = 0;

	*old_root = (struct urne_hash){{0}};
	if (old == 0 || old >= size) {
		return URNE_ERR_RANGE;
	}
	/* RFC 9162, section 2.1.4.2, with its letters */
	if ((old & (old - 1)) != 0) {
		if (p->num == 0) {
			return URNE_ERR_PROOF;
		}
		fr = p->hash[used++];
	}
	sr = fr;
	for (fn = old - 1, sn = size - 1; (fn & 1) != 0; fn >>= 1) {
		sn >>= 1;
	}
	if (!climb(&fr, &sr, p, used, fn, sn) || !urne_hash_eq(&sr, root)) {
		return URNE_ERR_PROOF;
	}
	*old_root = fr;
	return URNE_OK;
}

enum urne_err
urne_merkle_verify_consistency(const struct urne_merkle_proof *p, uint64_t old,
    const struct urne_hash *old_root, uint64_t size, const struct urne_hash *root)
{
	struct urne_hash nothing, beginning;

	if (old > size) {
		return URNE_ERR_RANGE;
	}
	if (old == 0 || old == size) {
		urne_sha256_of(&nothing, (struct urne_view){"", 0});
		return p->num == 0 && (old != size || urne_hash_eq(old_root, root)) &&
			       (old != 0 || urne_hash_eq(old_root, &nothing))
			   ? URNE_OK
			   : URNE_ERR_PROOF;
	}
	return urne_merkle_beginning(&beginning, p, old_root, old, size, root) == URNE_OK &&
		       urne_hash_eq(&beginning, old_root)
		   ? URNE_OK
		   : URNE_ERR_PROOF;
}
