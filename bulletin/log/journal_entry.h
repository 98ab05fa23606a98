/* SPDX-License-Identifier: EUPL-1.2 */
/* The payloads of the journal's entries: genesis, an executed order, a record of the board. One
 * description each for reading and writing. Spec: docs/journal.md#entries */
#ifndef URNE_BULLETIN_LOG_JOURNAL_ENTRY_H
#define URNE_BULLETIN_LOG_JOURNAL_ENTRY_H

#include "base/arena.h"
#include "bulletin/log/order.h"

#define URNE_JOURNAL_NAME "journal" /* in the place of a UUID; too short to be one */
/* A note in JSON: each byte may be an escape of six. */
#define URNE_JOURNAL_MAX_PAYLOAD (6 * URNE_NOTE_MAX + ((size_t)1 << 12))

struct urne_genesis {
	int64_t at;
	struct urne_view name;		    /* of the organisation */
	struct urne_view service;	    /* <host>/bb */
	struct urne_note_key officials[32]; /* URNE_MAX_OFFICIALS */
	size_t num_officials, agree;
	bool has_registrar;
	struct urne_note_key registrar;
};

enum urne_record_kind_of_journal {
	URNE_JOURNAL_SOFTWARE,
	URNE_JOURNAL_REHEARSED,
	URNE_JOURNAL_OPENED,
	URNE_JOURNAL_CLOSED,
	URNE_JOURNAL_TALLIED,
	URNE_JOURNAL_PAGES,
};
#define URNE_NUM_JOURNAL_KINDS 6

struct urne_journal_record {
	int64_t at;
	enum urne_record_kind_of_journal kind;
	struct urne_view election; /* all but software and pages */
	uint64_t trustee;	   /* rehearsed: from 1 */
	uint64_t size;		   /* opened, closed, tallied */
	struct urne_hash
	    hash; /* software: hash; rehearsed: object; pages: manifest; the others: root */
};
const char *urne_journal_kind_name(enum urne_record_kind_of_journal k);
/* urne_journal_kind_has_object: whether its hash names a data record that stands before it. */
bool urne_journal_kind_has_object(enum urne_record_kind_of_journal k);

struct urne_journal_order {
	int64_t at;
	struct urne_view note;
};

/* Readers take canonical text only, as writers write it; what they give lives in `arena` or borrows
 * from `text`. Form alone is checked: keys are keys and none stands twice, 1 <= agree <= officials,
 * an order's note is not taken apart. */
enum urne_err urne_genesis_read(struct urne_genesis *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
void urne_genesis_write(struct urne_buf *out, const struct urne_genesis *g);
enum urne_err urne_journal_order_read(struct urne_journal_order *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
void urne_journal_order_write(struct urne_buf *out, const struct urne_journal_order *o);
enum urne_err urne_journal_record_read(
    struct urne_journal_record *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
void urne_journal_record_write(struct urne_buf *out, const struct urne_journal_record *r);

#endif
