/* SPDX-License-Identifier: EUPL-1.2 */
/* The public side of the trustees: single keys and threshold parameters in their three families.
 * Spec: docs/formats.md#trustees, docs/protocol.md#threshold-key-generation */
#ifndef URNE_ELECTION_TRUSTEES_H
#define URNE_ELECTION_TRUSTEES_H

#include "base/arena.h"
#include "base/codec.h"
#include "crypto/proof.h"

struct urne_trustee_public_key {
	struct urne_proof pok;
	struct urne_elem public_key;
	bool has_signature;
	struct urne_proof signature; /* threshold, releases 3.0 on: by the certificate key */
	bool has_name;
	struct urne_view name; /* single keys may carry one */
};

/* A message (JSON as a string) and its signature. */
struct urne_signed_msg {
	struct urne_view message;
	struct urne_proof signature;
};

/* What a certificate's message says. */
struct urne_cert {
	bool has_context; /* releases 2.5.1 on */
	struct urne_view group;
	uint64_t size, threshold, index; /* index from 1 */
	struct urne_elem verification, encryption;
};

/* Which releases write this form; from the fields that are there. */
enum urne_pedersen_family {
	URNE_PEDERSEN_2_0,   /* 2.0 to 2.5: no context, no signatures */
	URNE_PEDERSEN_2_5_1, /* contexts and signatures of the transcript */
	URNE_PEDERSEN_3_0,   /* verification keys signed too: what we write */
};

struct urne_threshold {
	enum urne_pedersen_family family;
	uint64_t threshold; /* t+1 */
	size_t size;
	struct urne_signed_msg *certs;	  /* size */
	struct urne_cert *cert;		  /* size: their messages, decoded */
	struct urne_signed_msg *coefexps; /* size */
	struct urne_elem *coefexp;	  /* size * threshold: their messages, decoded */
	bool has_signatures;
	struct urne_proof *signatures;			   /* size */
	struct urne_trustee_public_key *verification_keys; /* size */
};

struct urne_trustee_item {
	bool is_threshold;
	struct urne_trustee_public_key single;
	struct urne_threshold threshold;
	size_t first_owner; /* owner number (from 1) of its first trustee */
	size_t num_owners;
};

struct urne_trustees {
	struct urne_trustee_item *items;
	size_t num_items;
	size_t num_owners; /* over the whole list; owners count from 1 */
};

/* urne_trustees_read decodes the list; canonical form, elements in the group, lengths consistent,
 * families not mixed (removed signatures or contexts refused). Lives in `arena`, borrows. */
enum urne_err urne_trustees_read(struct urne_trustees *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_group *g, struct urne_view text) URNE_MUST_USE;
void urne_trustees_write(
    struct urne_buf *out, const struct urne_group *g, const struct urne_trustees *t);

/* urne_trustees_check verifies everything: each pok; certificates' signatures and contexts
 * (group, size, threshold, index 1..size); coefexps' signatures; the signatures over
 * certs_sig|{"certs":[..],"coefexps":[..]}; verification keys equal to what the coefexps give, and
 * signed; no key the identity. */
enum urne_err urne_trustees_check(
    const struct urne_trustees *t, struct urne_diag *d, const struct urne_group *g) URNE_MUST_USE;

/* urne_trustees_key: the election key that the list gives: the product of the items' sub-keys. */
void urne_trustees_key(
    struct urne_elem *out, const struct urne_group *g, const struct urne_trustees *t);
/* urne_trustees_owner: the item and public key of owner 1..num_owners, else URNE_ERR_UNKNOWN. */
enum urne_err urne_trustees_owner(const struct urne_trustee_item **item, struct urne_elem *key,
    const struct urne_trustees *t, size_t owner) URNE_MUST_USE;
const char *urne_pedersen_family_name(enum urne_pedersen_family f);

/* Codecs and pieces that the ceremony uses as well. */
void urne_codec_trustee_public_key(
    struct urne_codec *c, const struct urne_group *g, struct urne_trustee_public_key *k);
void urne_codec_signed_msg(
    struct urne_codec *c, const struct urne_group *g, struct urne_signed_msg *m);
enum urne_err urne_signed_msg_check(const struct urne_signed_msg *m, const struct urne_group *g,
    const struct urne_elem *verification) URNE_MUST_USE;
enum urne_err urne_pok_check(
    const struct urne_trustee_public_key *k, const struct urne_group *g) URNE_MUST_USE;
/* urne_cert_read decodes a certificate's message (both forms, canonical). */
enum urne_err urne_cert_read(struct urne_cert *out, struct urne_diag *d, const struct urne_group *g,
    struct urne_view message) URNE_MUST_USE;
/* urne_coefexps_read decodes a coefexps message of exactly num elements. */
enum urne_err urne_coefexps_read(struct urne_elem *out, size_t num, struct urne_diag *d,
    const struct urne_group *g, struct urne_view message) URNE_MUST_USE;
/* urne_coefexps_eval: prod_k coefexp[k]^(j^k), the public share of trustee j by one polynomial. */
void urne_coefexps_eval(struct urne_elem *out, const struct urne_group *g,
    const struct urne_elem *coefexp, size_t num, uint64_t j);

#endif
