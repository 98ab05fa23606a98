/* SPDX-License-Identifier: EUPL-1.2 */
/* Drafts: what is not sealed yet, in rows of main.db, part by part, and how the parts are called.
 * Spec: docs/journal.md#drafts */
#ifndef URNE_BULLETIN_SERVER_DRAFT_H
#define URNE_BULLETIN_SERVER_DRAFT_H

#include "bulletin/server/store.h"

#define URNE_DRAFT_DEFINITION "definition"
#define URNE_DRAFT_SETUP      "setup"
/* They lie with the drafts, and come when the election is certified. */
#define URNE_DRAFT_MINUTES	"minutes.json"
#define URNE_DRAFT_MINUTES_NOTE "minutes.note"

/* The name of a part, as in its path, with a NUL. */
#define URNE_DRAFT_NAME_MAX ((size_t)64)
struct urne_draft_name {
	char text[URNE_DRAFT_NAME_MAX];
};
/* urne_draft_file: trustee's file of a round, both from 1. */
struct urne_draft_name urne_draft_file(uint64_t round, uint64_t trustee);
/* urne_draft_note: the signed note under which it came. */
struct urne_draft_name urne_draft_note(uint64_t round, uint64_t trustee);
/* urne_draft_given: what goes out to the trustee before a round; in the middle rounds it is one
 * file for all. Behind the last round: its share file. */
struct urne_draft_name urne_draft_given(uint64_t round, uint64_t trustee);
/* urne_draft_is_name: whether a part can be called so. */
bool urne_draft_is_name(struct urne_view part);
/* urne_draft_is_minutes: whether it is the minutes or their signatures, which are no part of a
 * draft. */
bool urne_draft_is_minutes(struct urne_view part);
/* urne_draft_is_note: whether it is the name of a note. */
bool urne_draft_is_note(struct urne_view part);
/* urne_draft_read_file reads "R/J", and urne_draft_read_invitation "ceremony/1/for-J". */
bool urne_draft_read_file(uint64_t *round, uint64_t *trustee, struct urne_view text);
bool urne_draft_read_invitation(uint64_t *trustee, struct urne_view part);

/* urne_store_draft appends a part; *there is false when there is none. */
enum urne_err urne_store_draft(struct urne_store *s, struct urne_buf *out, bool *there,
    struct urne_diag *d, struct urne_view election, struct urne_view part) URNE_MUST_USE;
enum urne_err urne_store_draft_length(struct urne_store *s, uint64_t *len, bool *there,
    struct urne_diag *d, struct urne_view election, struct urne_view part) URNE_MUST_USE;
/* urne_store_drafted visits the elections that have drafts and are not sealed, but for this one. */
enum urne_err urne_store_drafted(struct urne_store *s, struct urne_diag *d,
    struct urne_view election, enum urne_err (*visit)(void *ctx, struct urne_view other),
    void *ctx) URNE_MUST_USE;
/* urne_store_drop_drafts: all of an election; in a transaction of the writer. */
enum urne_err urne_store_drop_drafts(
    struct urne_store *s, struct urne_diag *d, struct urne_view election) URNE_MUST_USE;
/* urne_store_put_draft adds a part or replaces it; in a transaction of the writer. */
enum urne_err urne_store_put_draft(struct urne_store *s, struct urne_diag *d,
    struct urne_view election, struct urne_view part, struct urne_view data) URNE_MUST_USE;

#endif
