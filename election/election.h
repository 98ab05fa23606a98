/* SPDX-License-Identifier: EUPL-1.2 */
/* The election object and its questions.
 * Spec: docs/protocol.md#structures */
#ifndef URNE_ELECTION_ELECTION_H
#define URNE_ELECTION_ELECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "crypto/proof.h"

/* Put in front of the name of an election that is only for tests. */
#define URNE_TEST_MARK "[TEST] "

enum urne_question_kind {
	URNE_QUESTION_HOMOMORPHIC,
	URNE_QUESTION_NON_HOMOMORPHIC,
	URNE_QUESTION_LISTS,
};

/* One list of a lists question: labels[0] names the list, the others its candidates. */
struct urne_question_list {
	const struct urne_view *labels;
	size_t num_labels; /* at least 1 */
};

struct urne_question {
	enum urne_question_kind kind;
	struct urne_view title;
	struct urne_view extra; /* raw JSON, empty when absent */

	const struct urne_view *answers; /* homomorphic, non-homomorphic */
	size_t num_answers;

	bool has_blank; /* the field is there */
	bool blank;	/* and true: a leading choice means blank */
	size_t min, max;

	const struct urne_question_list *lists; /* lists */
	size_t num_lists;
};

/* urne_question_num_choices: ciphertexts in an answer: answers (+1 with blank); all labels of all
 * lists; 1 for non-homomorphic. This is also the length of the flattened tally. */
size_t urne_question_num_choices(const struct urne_question *q);

struct urne_election {
	const struct urne_group *group;
	struct urne_elem public_key;
	struct urne_view name, description, uuid;
	struct urne_view administrator, credential_authority; /* empty when absent */
	struct urne_view vote_definition; /* hash of the definition in hex; empty when absent */
	const struct urne_question *questions;
	size_t num_questions;
	size_t num_choices; /* over all questions */
	bool has_non_homomorphic;
	bool has_lists;
	struct urne_hash fingerprint; /* SHA-256 of the bytes read */
	char phi[URNE_HASH_B64_LEN];  /* the same as unpadded Base64: φ */
	/* of the generator and of the public key; NULL before urne_election_prepare */
	const struct urne_powers *generator_powers, *key_powers;
};

/* urne_election_parse reads the election object. Unknown fields and white space are allowed, for
 * its bytes are hashed whole; every known field is checked. The result lives in `arena` and
 * borrows from `text`. Spec: docs/protocol.md#structures */
enum urne_err urne_election_parse(struct urne_election *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

/* urne_election_prepare makes, in `arena`, the powers with which many ballots are checked in a
 * fraction of the time; for a single ballot it does not matter. It takes the time of one or two
 * ballots. */
enum urne_err urne_election_prepare(
    struct urne_election *e, struct urne_arena *arena, struct urne_diag *d) URNE_MUST_USE;

/* urne_election_bases: generator and key, with the powers if they were made. */
void urne_election_bases(struct urne_bases *out, const struct urne_election *e);

/* urne_election_emit appends the canonical JSON of an election. */
void urne_election_emit(struct urne_buf *out, const struct urne_election *e);

/* urne_questions_parse reads the array of questions of a question file or election object. */
enum urne_err urne_questions_parse(const struct urne_question **out, size_t *num,
    struct urne_arena *arena, struct urne_diag *d, const struct urne_json *array) URNE_MUST_USE;

/* urne_uuid_check: at least 14 Base58 characters, at most 64. */
bool urne_uuid_check(struct urne_view uuid);

/* urne_base58_alphabet: the 58 characters, in the order of their values. */
extern const char urne_base58_alphabet[59];

#endif
