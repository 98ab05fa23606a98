/* SPDX-License-Identifier: EUPL-1.2 */
/* The files of the ceremony: one description for all eight kinds, and the checks of what they show
 * that the official and every trustee make alike. Public data.
 * Spec: election/ceremony.h */
#ifndef URNE_ELECTION_CEREMONY_FILES_H
#define URNE_ELECTION_CEREMONY_FILES_H

#include "crypto/secret/channel.h"
#include "election/ceremony.h"
#include "election/threshold.h"

/* In the order in which they are written. Those of a trustee and those for everybody alternate. */
enum urne_ceremony_kind {
	URNE_FILE_INVITATION,
	URNE_FILE_CERTIFICATE,
	URNE_FILE_CERTIFICATES,
	URNE_FILE_COMMITMENT,
	URNE_FILE_COMMITMENTS,
	URNE_FILE_POLYNOMIAL,
	URNE_FILE_SHARES,
	URNE_FILE_KEY,
};
#define URNE_FILE_NUM_KINDS 8

/* A trustee's promise of its coefexps, made for one list of certificates. */
struct urne_commitment {
	struct urne_hash certs; /* urne_certs_hash of the list it was made for */
	struct urne_hash hash;	/* of index and coefexps message */
	struct urne_proof signature;
};

/* A trustee's file has one entry where a file for everybody has one per trustee. */
struct urne_ceremony_file {
	enum urne_ceremony_kind kind;
	const struct urne_group *group;
	struct urne_cert context; /* invitation: group, size, threshold, index */
	size_t index;		  /* whose file it is, or for whom; from 1; 0 when for everybody */
	struct urne_threshold t;  /* what is there so far */
	struct urne_commitment *commitments;
	struct urne_encrypted_msg *shares; /* polynomial: to each; shares: from each */
	size_t num_coefexps, num_signatures, num_commitments, num_shares;
	struct urne_trustee_public_key public_key;
	struct urne_encrypted_msg private_key;
};

/* urne_ceremony_read decodes a file of any kind and checks that its arrays have one length; it
 * lives in `arena` and borrows from `text`. A newline at the end is allowed. */
enum urne_err urne_ceremony_read(struct urne_ceremony_file *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
/* urne_ceremony_write appends a file with a newline at its end. */
enum urne_err urne_ceremony_write(
    struct urne_buf *out, const struct urne_ceremony_file *f) URNE_MUST_USE;
const char *urne_ceremony_kind_name(enum urne_ceremony_kind kind);

/* urne_ceremony_check verifies all that the file shows of the ceremony, for this threshold: the
 * certificates (f->t.cert must be decoded); the commitments; the coefexps against them, and the
 * signatures. A wrong one names its author. */
enum urne_err urne_ceremony_check(struct urne_ceremony_file *f, struct urne_arena *arena,
    struct urne_diag *d, uint64_t threshold) URNE_MUST_USE;
/* The same of trustee i (from 0) alone: its commitment; that its coefexps are those it committed
 * to. Sentences do not name the trustee. */
enum urne_err urne_ceremony_check_commitment(
    const struct urne_ceremony_file *f, struct urne_diag *d, size_t i) URNE_MUST_USE;
enum urne_err urne_ceremony_check_committed(
    const struct urne_ceremony_file *f, struct urne_diag *d, size_t i) URNE_MUST_USE;
/* urne_ceremony_commit: the hash that trustee `index` publishes before its coefexps:
 * SHA-256(urne-coefexps|index|message). */
void urne_ceremony_commit(struct urne_hash *out, size_t index, struct urne_view coefexps);
/* urne_commitment_transcript: the text of a commitment's signature:
 * sigmsg|urne-commitment|index|hex of certs|hex of hash| */
void urne_commitment_transcript(
    struct urne_sha256 *h, size_t index, const struct urne_commitment *c);

#endif
