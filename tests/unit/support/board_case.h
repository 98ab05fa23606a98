/* SPDX-License-Identifier: EUPL-1.2 */
/* A small but real election, with the keys of everybody in it, and a store in memory that answers
 * as a board's does. Trustee 1 is single, two of 2 to 4 are needed. Tests only. */
#ifndef URNE_TESTS_BOARD_CASE_H
#define URNE_TESTS_BOARD_CASE_H

#include "bulletin/server/admission.h"
#include "crypto/secret/prove.h"
#include "tally/decrypt.h"

#define CASE_VOTERS   3 /* on the list, with weights 1, 5, 2 */
#define CASE_STRANGER 3 /* has a key and is not on the list */
#define CASE_TRUSTEES 4
#define CASE_OBJECTS  32
#define CASE_EVENTS   16

/* Questions of every kind of proof. */
#define CASE_QUESTIONS                                                                             \
	"[{\"answers\":[\"A\",\"B\"],\"blank\":true,\"min\":1,\"max\":1,\"question\":\"one\"},"    \
	"{\"type\":\"Lists\",\"value\":{\"answers\":[[\"L1\",\"a\"],[\"L2\",\"b\"]],"              \
	"\"question\":\"two\"}}]"

struct board_case {
	struct urne_rng rng;
	struct urne_arena arena;
	const struct urne_group *group;
	struct urne_buf definition, election, trustees, credentials;
	struct urne_election e; /* the same election, for those who vote and decrypt */
	struct urne_secret voter[CASE_VOTERS + 1], trustee[CASE_TRUSTEES];
	struct urne_diag d;

	/* the store */
	struct {
		struct urne_hash hash;
		struct urne_buf text;
	} objects[CASE_OBJECTS];
	size_t num_objects;
	struct urne_event events[CASE_EVENTS];
	size_t num_events;
	struct urne_hash last[CASE_VOTERS]; /* by member */
	bool has_last[CASE_VOTERS];
	struct urne_records records;
	struct urne_setup_texts texts;
};

/* questions: JSON; NULL: those of a definition with floor 2, which the election seals. name: of the
 * election; "Congrès" is that of the definition. */
void board_case_init(
    struct board_case *c, const struct urne_group *g, const char *questions, const char *name);
void board_case_clear(struct board_case *c);
/* board_case_texts: those of the Setup. */
const struct urne_setup_texts *board_case_texts(struct board_case *c);

/* board_case_ballot makes a ballot of a voter (CASE_STRANGER too) with valid choices at random,
 * added to `counts` with their weight unless NULL. */
void board_case_ballot(
    struct board_case *c, struct urne_buf *out, size_t voter, uint64_t weight, uint64_t *counts);
/* board_case_sign signs the ballot anew, as the voter's own program would, and writes it. */
void board_case_sign(
    struct board_case *c, struct urne_buf *out, struct urne_ballot *b, size_t voter);
/* board_case_store keeps an object; board_case_event notes an event, with its payload if there is
 * one. */
void board_case_store(struct board_case *c, struct urne_hash *hash, struct urne_view text);
void board_case_event(
    struct board_case *c, enum urne_event_type type, const struct urne_hash *payload);
/* board_case_tally_texts writes the two records of a tally. */
void board_case_tally_texts(struct board_case *c, struct urne_buf *object, struct urne_buf *about,
    const struct urne_tally *t);
/* board_case_owned writes what says whose partial decryption it is. */
void board_case_owned(struct urne_buf *out, uint64_t owner, struct urne_view partial);

#endif
