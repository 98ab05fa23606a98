/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots: their form, and the checks that everybody makes.
 * Spec: docs/protocol.md#answers-and-their-proofs, docs/formats.md#ballot */
#ifndef URNE_ELECTION_BALLOT_H
#define URNE_ELECTION_BALLOT_H

#include "base/arena.h"
#include "crypto/proof.h"
#include "election/credentials.h"
#include "election/election.h"

/* The answer to one question. Which fields are used follows from the question's kind; all lengths
 * follow from the question. */
struct urne_answer {
	struct urne_ciphertext *choices;   /* num_choices; lists flattened; 1 if non-homomorphic */
	struct urne_proof *individual;	   /* 2 per choice, flattened; none if non-homomorphic */
	struct urne_proof *overall;	   /* max-min+1 (+1 with blank); 1 for lists and
					      non-homomorphic */
	struct urne_proof *list_proofs;	   /* lists: 2 per list. With blank: the 2 of blank_proof */
	struct urne_nonzero_proof nonzero; /* lists */
};

struct urne_ballot {
	struct urne_view election_uuid;
	struct urne_hash election_hash;
	struct urne_elem credential;
	struct urne_view credential_text; /* as received */
	struct urne_view text;		  /* all of it, and how much is in front of its signature */
	size_t unsigned_len;
	struct urne_answer *answers; /* one per question */
	struct urne_hash hash;	     /* of the ballot without its signature, as claimed */
	struct urne_proof signature;

	struct urne_hash signed_hash; /* the same, computed from the bytes received */
	struct urne_hash tracker;     /* SHA-256 of the whole text */
};

/* urne_answer_num_overall: length of overall_proof of a question. */
size_t urne_answer_num_overall(const struct urne_question *q);

/* urne_answer_proofs_eq: whether two answers to a question have the same proofs. */
bool urne_answer_proofs_eq(const struct urne_question *q, const struct urne_group *g,
    const struct urne_answer *a, const struct urne_answer *b);

/* urne_ballot_alloc makes the arrays that the election asks for. The numbers and elements in them
 * are not set: they are most of a ballot's memory. */
enum urne_err urne_ballot_alloc(
    struct urne_ballot *b, struct urne_arena *arena, const struct urne_election *e) URNE_MUST_USE;

/* urne_ballot_read decodes a ballot. Only the canonical form is read: re-serialised, it gives the
 * same bytes. Every element is checked to be in the group. The ballot borrows from `text`.
 * Spec: docs/formats.md#ballot */
enum urne_err urne_ballot_read(struct urne_ballot *b, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_election *e, struct urne_view text) URNE_MUST_USE;
/* urne_ballot_read_unproved leaves out a third of the work of a whole check: that the choices'
 * ciphertexts are in the subgroup. urne_ballot_check_proofs does that, or
 * urne_ballot_check_members; before one of them has said yes the ballot is good for nothing else.
 */
enum urne_err urne_ballot_read_unproved(struct urne_ballot *b, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_election *e, struct urne_view text) URNE_MUST_USE;
/* Elements that are known before a text is read: those that the text has, in its order. */
struct urne_known_elems {
	const struct urne_elem *elem; /* members of the group */
	size_t num, at;
};
/* urne_ballot_read_known: the same with elements that are known to be in the group already: none is
 * decoded, each is compared with the text. URNE_ERR_GROUP: the text has others, or is no ballot;
 * nothing is said of why, since it is then read without them. Its two hashes are left to
 * urne_ballots_hash. */
enum urne_err urne_ballot_read_known(struct urne_ballot *b, struct urne_arena *arena,
    const struct urne_election *e, struct urne_view text,
    struct urne_known_elems *known) URNE_MUST_USE;
/* urne_ballots_hash sets signed_hash and tracker of ballots that were read, two at a time.
 * begun[i], unless it is NULL or of no bytes, is the hash of a beginning of ballot i's text: it is
 * gone on from there if that ends before the signature. */
void urne_ballots_hash(
    struct urne_ballot *const ballots[], const struct urne_sha256 *const begun[], size_t num);
/* urne_ballot_check_members: every ciphertext is in the subgroup: URNE_ERR_GROUP. */
enum urne_err urne_ballot_check_members(
    const struct urne_ballot *b, struct urne_diag *d, const struct urne_election *e) URNE_MUST_USE;
/* urne_ballot_write appends the canonical text. */
void urne_ballot_write(
    struct urne_buf *out, const struct urne_election *e, const struct urne_ballot *b);
/* urne_ballot_write_unsigned appends the text without the signature field: what is signed. */
void urne_ballot_write_unsigned(
    struct urne_buf *out, const struct urne_election *e, const struct urne_ballot *b);
/* urne_ballot_write_signed appends the canonical text of a ballot whose text without the signature
 * is `prepared`. */
void urne_ballot_write_signed(struct urne_buf *out, const struct urne_election *e,
    struct urne_view prepared, const struct urne_hash *hash, const struct urne_proof *signature);
/* Stands behind what is signed. */
#define URNE_SIGNATURE_FIELD ",\"signature\":"

/* urne_codec_ballot: the one description of a ballot. Reading, `b` comes from urne_ballot_alloc; it
 * is set up to the signature, its choices are unproved, as above, and the first *unsigned_len bytes
 * are those in front of the signature's field. */
void urne_codec_ballot(struct urne_codec *c, const struct urne_election *e, struct urne_ballot *b,
    size_t *unsigned_len);
/* urne_codec_unsigned_ballot: the ballot without its signature, as a part of another text. Reading,
 * `b` comes from urne_ballot_alloc; its choices are unproved, as above. */
void urne_codec_unsigned_ballot(
    struct urne_codec *c, const struct urne_election *e, struct urne_ballot *b);

/* urne_ballot_max_len: no canonical ballot of this election has more bytes than *out; most have
 * nearly as many. URNE_ERR_LIMIT when that is above URNE_MAX_BALLOT; URNE_ERR_MEMORY. */
enum urne_err urne_ballot_max_len(size_t *out, const struct urne_election *e) URNE_MUST_USE;

/* The checks of a ballot that was read, one sentence each. */
/* uuid and fingerprint are those of the election: URNE_ERR_MISMATCH */
enum urne_err urne_ballot_check_election(
    const struct urne_ballot *b, struct urne_diag *d, const struct urne_election *e) URNE_MUST_USE;
/* every proof of every answer: URNE_ERR_PROOF; and that all its ciphertexts are in the subgroup:
 * URNE_ERR_GROUP. URNE_ERR_UNSUPPORTED never; the encryption proof of non-homomorphic answers is
 * checked as well. */
enum urne_err urne_ballot_check_proofs(
    const struct urne_ballot *b, struct urne_diag *d, const struct urne_election *e) URNE_MUST_USE;
/* the hash is that of the bytes, and the credential signed it */
enum urne_err urne_ballot_check_signature(
    const struct urne_ballot *b, struct urne_diag *d, const struct urne_election *e) URNE_MUST_USE;

/* urne_ballot_check reads a ballot and makes every check there is: form, election, credential on
 * the list (*member is whose it is), proofs, signature. */
enum urne_err urne_ballot_check(struct urne_ballot *b, size_t *member, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_election *e, const struct urne_credentials *credentials,
    struct urne_view text) URNE_MUST_USE;

/* urne_ballot_credential finds the credential's text in a ballot that was checked before; nothing
 * behind it is read. Borrows. URNE_ERR_SYNTAX. */
enum urne_err urne_ballot_credential(struct urne_view *out, struct urne_view text) URNE_MUST_USE;

/* urne_ballot_fingerprint: the hash that a ballot's signature signs, computed from its text, which
 * may be one that was not checked. URNE_ERR_SYNTAX: the text has no signature. */
enum urne_err urne_ballot_fingerprint(struct urne_hash *out, struct urne_view text) URNE_MUST_USE;

/* urne_ballot_prefix appends the start of every proof's text, S0 = φ|credential. */
void urne_ballot_prefix(
    struct urne_buf *s0, const struct urne_election *e, const struct urne_ballot *b);

#endif
