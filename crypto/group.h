/* SPDX-License-Identifier: EUPL-1.2 */
/* Groups of prime order q in which discrete logarithms are hard, as constant tables of functions.
 * Everything here is for public data and variable time; what touches a secret is in
 * crypto/secret/. Elements are values: copied with =, never outside the group.
 * Spec: docs/protocol.md#groups */
#ifndef URNE_CRYPTO_GROUP_H
#define URNE_CRYPTO_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "crypto/scalar.h"
#include "crypto/sha256.h"

/* urne_elem is a member of the prime-order group; its inside belongs to the back end, which may
 * leave a part of it unset. The only way from bytes to an element is urne_elem_decode. */
struct urne_elem {
	uint64_t v[URNE_LIMBS];
};

enum urne_group_kind {
	URNE_GROUP_EDWARDS, /* edwards25519 */
	URNE_GROUP_FIELD,   /* subgroup of Z_p*, parameters in `field` */
};

struct urne_group;

/* urne_powers: powers of one element, made once so that others cost little. */
struct urne_powers;

/* The most powers of one element that are made together. */
#define URNE_POW_MANY 4

/* An element, the powers of it that are wanted, and whether it is in the subgroup, if that is
 * asked. */
struct urne_elem_powers {
	struct urne_elem a; /* may be unproved where is_member is asked */
	const struct urne_scalar *x[URNE_POW_MANY];
	size_t num;
	bool ask_member;
	struct urne_elem out[URNE_POW_MANY]; /* a^x[i], i < num */
	bool is_member;
};

/* A power a^x, with the powers of `a` or without (NULL). */
struct urne_elem_factor {
	const struct urne_elem *a;
	const struct urne_powers *powers;
	const struct urne_scalar *x;
};

#define URNE_FACTORS 2

/* *out, and up to URNE_FACTORS powers by which it is multiplied. */
struct urne_elem_product {
	struct urne_elem *out;
	struct urne_elem_factor factor[URNE_FACTORS];
	size_t num;
};

struct urne_group_ops {
	/* from text to what may be outside the subgroup, and whether it is inside */
	bool (*decode)(const struct urne_group *g, struct urne_elem *out, struct urne_view text);
	/* decode of num texts, each with its own answer */
	void (*decode_each)(const struct urne_group *g, struct urne_elem *out, bool *ok,
	    const struct urne_view *text, size_t num);
	bool (*is_member)(const struct urne_group *g, const struct urne_elem *a);
	/* an element's encoding, which is elem_bytes, and its text, which is made of that */
	void (*to_bytes)(const struct urne_group *g, uint8_t *out, const struct urne_elem *a);
	size_t (*text)(const struct urne_group *g, char *out, const uint8_t *encoding);
	bool (*from_bytes)(const struct urne_group *g, struct urne_elem *out, const uint8_t *in);
	void (*identity)(const struct urne_group *g, struct urne_elem *out);
	void (*generator)(const struct urne_group *g, struct urne_elem *out);
	/* total order of public credentials' lists: <0, 0, >0 */
	int (*compare)(
	    const struct urne_group *g, const struct urne_elem *a, const struct urne_elem *b);
	bool (*eq)(
	    const struct urne_group *g, const struct urne_elem *a, const struct urne_elem *b);
	void (*mul)(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
	    const struct urne_elem *b);
	void (*inv)(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a);
	void (*pow)(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
	    const struct urne_scalar *x);
	void (*pow_base)(
	    const struct urne_group *g, struct urne_elem *out, const struct urne_scalar *x);
	void (*pow2)(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
	    const struct urne_scalar *x, const struct urne_elem *b, const struct urne_scalar *y);
	void (*pow2_base)(const struct urne_group *g, struct urne_elem *out,
	    const struct urne_scalar *x, const struct urne_elem *b, const struct urne_scalar *y);
	/* the powers of num elements */
	void (*pow_each)(const struct urne_group *g, struct urne_elem_powers *p, size_t num);
	size_t (*powers_size)(const struct urne_group *g);
	void (*powers_make)(
	    const struct urne_group *g, struct urne_powers *out, const struct urne_elem *a);
	/* as urne_elem_mul_pow_each, with powers of every factor */
	void (*mul_powers)(const struct urne_group *g, struct urne_elem_product *p, size_t num);
	void (*normalise)(const struct urne_group *g, struct urne_elem *a, size_t num);
	/* the remainder modulo q, num_q_limbs limbs, of n <= 2 * URNE_LIMBS limbs, which are no
	 * part of `out` */
	void (*reduce)(const struct urne_group *g, uint64_t *out, const uint64_t *a, size_t n);
};

/* Parameters of a finite-field group: the subgroup of order q of Z_p*. */
struct urne_field_params {
	size_t num_limbs;   /* of p and of every element */
	const uint64_t *p;  /* little-endian limbs */
	const uint64_t *g;  /* generator, num_limbs limbs */
	bool is_safe_prime; /* p = 2q+1: membership is a Jacobi symbol */
};

struct urne_group {
	const char *name; /* as in the election object */
	enum urne_group_kind kind;
	size_t elem_bytes; /* of to_bytes: 32, or 8 * num_limbs (little-endian) */
	size_t num_q_limbs;
	size_t q_bits;
	const uint64_t *q; /* little-endian limbs */
	const struct urne_field_params *field;
	const struct urne_group_ops *ops;
};

/* The groups of the protocol. No other is ever accepted from input. */
extern const struct urne_group urne_group_ed25519;
extern const struct urne_group urne_group_belenios_2048;
extern const struct urne_group urne_group_rfc_3526_2048;
/* The tables of functions of the two kinds; tests build tiny groups with the second. */
extern const struct urne_group_ops urne_group_edwards_ops;
extern const struct urne_group_ops urne_group_field_ops;

/* urne_group_find returns the group of that name, or NULL. */
const struct urne_group *urne_group_find(struct urne_view name);
/* urne_group_list returns the i-th group, or NULL after the last (for help texts). */
const struct urne_group *urne_group_list(size_t i);

/* urne_elem_decode reads the text form: right length and alphabet, canonical, in the subgroup of
 * order q; otherwise URNE_ERR_GROUP and *out is the identity. The identity is a member: callers
 * that refuse it (keys, credentials) say so with urne_elem_is_identity.
 * Spec: docs/protocol.md#groups */
enum urne_err urne_elem_decode(
    const struct urne_group *g, struct urne_elem *out, struct urne_view text) URNE_MUST_USE;
/* urne_elem_decode_unproved does the same but for the subgroup, which is most of the work: what it
 * gives may be outside. Only proofs take such elements, those that say so (urne_or_queue_put);
 * they ask urne_elem_pow_each for the rest. */
enum urne_err urne_elem_decode_unproved(
    const struct urne_group *g, struct urne_elem *out, struct urne_view text) URNE_MUST_USE;
/* urne_elem_decode_each_unproved: the same for num texts, of which ok[i] says whether it is one.
 * Eight together cost less in Ed25519, on processors with vectors. */
void urne_elem_decode_each_unproved(const struct urne_group *g, struct urne_elem *out, bool *ok,
    const struct urne_view *text, size_t num);
/* urne_elem_is_member: whether an element that was decoded without proof is in the subgroup. Exact.
 */
bool urne_elem_is_member(const struct urne_group *g, const struct urne_elem *a);
/* urne_elem_encode writes the text form (no NUL) and returns its length. */
size_t urne_elem_encode(
    const struct urne_group *g, char out[URNE_TEXT_MAX], const struct urne_elem *a);
/* The most bytes of an encoding. */
#define URNE_ENCODING_MAX (8 * URNE_LIMBS)
/* urne_elem_encoding: the elem_bytes that say which element it is. */
void urne_elem_encoding(const struct urne_group *g, uint8_t *out, const struct urne_elem *a);
/* urne_encoding_text: the text form of the element that has this encoding, as urne_elem_encode. */
size_t urne_encoding_text(
    const struct urne_group *g, char out[URNE_TEXT_MAX], const uint8_t *encoding);
/* urne_elem_text_max: no text form of the group is longer. */
size_t urne_elem_text_max(const struct urne_group *g);
/* urne_elem_text_fixed: the length of every text form of the group, or 0: they differ. */
size_t urne_elem_text_fixed(const struct urne_group *g);
/* urne_elem_hash puts the text form into a hash; urne_encodings_hash those of num encodings, one
 * behind the other, with commas. */
void urne_elem_hash(const struct urne_group *g, struct urne_sha256 *h, const struct urne_elem *a);
void urne_encodings_hash(
    const struct urne_group *g, struct urne_sha256 *h, const uint8_t *encodings, size_t num);

void urne_elem_identity(const struct urne_group *g, struct urne_elem *out);
void urne_elem_generator(const struct urne_group *g, struct urne_elem *out);
bool urne_elem_is_identity(const struct urne_group *g, const struct urne_elem *a);
bool urne_elem_eq(const struct urne_group *g, const struct urne_elem *a, const struct urne_elem *b);
/* urne_elem_compare: the order in which lists are written: Z_p* numerically, Ed25519 by the 32
 * bytes of RFC 8032. Negative, zero or positive. */
int urne_elem_compare(
    const struct urne_group *g, const struct urne_elem *a, const struct urne_elem *b);
/* Outputs may be one of the inputs. */
void urne_elem_mul(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_elem *b);
void urne_elem_div(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_elem *b);
void urne_elem_inv(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a);
/* a^x; g^x; a^x b^y; g^x b^y; a^n */
void urne_elem_pow(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_scalar *x);
void urne_elem_pow_base(
    const struct urne_group *g, struct urne_elem *out, const struct urne_scalar *x);
void urne_elem_pow2(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_scalar *x, const struct urne_elem *b, const struct urne_scalar *y);
void urne_elem_pow2_base(const struct urne_group *g, struct urne_elem *out,
    const struct urne_scalar *x, const struct urne_elem *b, const struct urne_scalar *y);
void urne_elem_pow_u64(
    const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a, uint64_t n);
void urne_elem_base_u64(const struct urne_group *g, struct urne_elem *out, uint64_t n);

/* urne_elem_pow_each: the powers of num elements. Those of one share their squarings: two cost less
 * than one and a half of one; membership is one power more. On processors with vectors, elements of
 * Ed25519 cost least when eight or more, better multiples of eight, come together. */
void urne_elem_pow_each(const struct urne_group *g, struct urne_elem_powers *p, size_t num);

/* urne_elem_pow_many: out[i] = a^x[i] for i < num. They share their squarings: two cost less than
 * one and a half of one. `is_member` may be NULL; if not, *is_member says whether `a`, which may be
 * unproved, is in the subgroup: one power more, and num may be 0. `a` is none of the outputs. */
void urne_elem_pow_many(const struct urne_group *g, struct urne_elem *out,
    const struct urne_elem *a, const struct urne_scalar *const x[], size_t num, bool *is_member);

/* urne_powers_make: the powers of `a`, in the arena; the work of 10 to 40 powers, and less than a
 * megabyte (5.5 in RFC-3526-2048). URNE_ERR_MEMORY or URNE_ERR_LIMIT; then *out is NULL, which is
 * legal everywhere. */
enum urne_err urne_powers_make(const struct urne_powers **out, struct urne_arena *arena,
    const struct urne_group *g, const struct urne_elem *a) URNE_MUST_USE;
/* urne_elem_mul_pow: out = out a^x. With the powers of `a` a fifth to a tenth of urne_elem_pow;
 * `powers` may be NULL. */
void urne_elem_mul_pow(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_powers *powers, const struct urne_scalar *x);

/* urne_elem_mul_pow_each: the same for num products, all different outputs. On processors with
 * vectors many cost less for each. */
void urne_elem_mul_pow_each(const struct urne_group *g, struct urne_elem_product *p, size_t num);

/* urne_elem_normalise: the same elements; encoding many takes little then (Ed25519: one inversion
 * for all). */
void urne_elem_normalise(const struct urne_group *g, struct urne_elem *a, size_t num);

#endif
