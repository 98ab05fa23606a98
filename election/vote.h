/* SPDX-License-Identifier: EUPL-1.2 */
/* From a member's choices to an encrypted, signed ballot.
 * Spec: docs/protocol.md#answers-and-their-proofs */
#ifndef URNE_ELECTION_VOTE_H
#define URNE_ELECTION_VOTE_H

#include "base/json.h"
#include "crypto/secret/rng.h"
#include "crypto/secret/secret.h"
#include "election/ballot.h"

/* Choices in plain: one number per ciphertext, all questions flattened (election->num_choices),
 * each 0 or 1; with blank the leading one means blank. */
struct urne_choices {
	uint64_t *m; /* secret: wiped with urne_choices_clear */
	size_t num;
};
void urne_choices_clear(struct urne_choices *c);

/* urne_choices_read reads a choices file: an array with one entry per question. An entry is
 *   [1,0,0]                    one 0 or 1 per choice, in order (leading one: blank),
 *   [[1,0,1],[0,0,0]]          the same for a lists question, one array per list,
 *   ["Answer one","Other"]     the titles of what is chosen,
 *   "blank"                    a blank vote, where the question allows it.
 * Errors name line, question and reason, and how to mend it. */
enum urne_err urne_choices_read(struct urne_choices *out, struct urne_diag *d,
    const struct urne_election *e, struct urne_view text) URNE_MUST_USE;
/* urne_choices_check: the rules of every question (min, max, blank, one list). */
enum urne_err urne_choices_check(
    const struct urne_choices *c, struct urne_diag *d, const struct urne_election *e) URNE_MUST_USE;
/* urne_choices_random: uniformly chosen among valid ones (roughly), for test elections. */
enum urne_err urne_choices_random(
    struct urne_choices *out, const struct urne_election *e, struct urne_rng *rng) URNE_MUST_USE;

/* What all randomness of a ballot but its signature's nonce is made of. Secret while the ballot may
 * be cast; revealed with the choices when it is opened instead (election/opened.h). */
struct urne_ballot_seed {
	uint8_t b[32];
};
void urne_ballot_seed_clear(struct urne_ballot_seed *s);
/* urne_ballot_seed_draw: from `rng`, after credential, choices and election have been mixed in. */
void urne_ballot_seed_draw(struct urne_ballot_seed *out, const struct urne_election *e,
    const struct urne_choices *choices, const struct urne_secret *credential, struct urne_rng *rng);

/* urne_ballot_prepare encrypts and proves: appends the ballot's canonical text without its
 * signature to `out`, and sets *hash, the SHA-256 of it, which the signature will sign. The same
 * arguments give the same bytes. `credential` is the public one. Constant time in choices and seed.
 * Choices need not satisfy urne_choices_check, but then the proofs do not verify. Errors:
 * URNE_ERR_UNSUPPORTED for non-homomorphic questions, URNE_ERR_LIMIT, URNE_ERR_MEMORY. */
enum urne_err urne_ballot_prepare(struct urne_buf *out, struct urne_hash *hash, struct urne_diag *d,
    const struct urne_election *e, const struct urne_choices *choices,
    const struct urne_elem *credential, const struct urne_ballot_seed *seed) URNE_MUST_USE;
/* urne_ballot_sign appends the whole ballot made of what urne_ballot_prepare wrote, signed, and
 * sets *tracker. Constant time in the credential. Must not be called for a ballot whose seed was
 * revealed: its choices are known. */
enum urne_err urne_ballot_sign(struct urne_buf *out, struct urne_hash *tracker, struct urne_diag *d,
    const struct urne_election *e, struct urne_view prepared, const struct urne_secret *credential,
    struct urne_rng *rng) URNE_MUST_USE;

/* urne_ballot_encrypt is all of this at once: appends the ballot's canonical text to `out` and sets
 * *tracker; nobody learns the seed. Constant time in choices and credential. Choices must satisfy
 * urne_choices_check. */
enum urne_err urne_ballot_encrypt(struct urne_buf *out, struct urne_hash *tracker,
    struct urne_diag *d, const struct urne_election *e, const struct urne_choices *choices,
    const struct urne_secret *credential, struct urne_rng *rng) URNE_MUST_USE;

#endif
