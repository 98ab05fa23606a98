/* SPDX-License-Identifier: EUPL-1.2 */
/* One log as the board holds it, an election's or the journal: where its chain and tree stand, what
 * is signed, what is published. The writer changes it; everybody else sees only what is published.
 * Spec: docs/log.md#order-of-writes */
#ifndef URNE_BULLETIN_SERVER_LEDGER_H
#define URNE_BULLETIN_SERVER_LEDGER_H

#include <pthread.h>

#include "base/pool.h"
#include "bulletin/log/journal.h"
#include "bulletin/log/merkle.h"
#include "bulletin/server/board.h"
#include "bulletin/server/head.h"
#include "bulletin/server/store.h"

struct urne_board_log {
	uint64_t id; /* in main.db */
	char *uuid, *origin;
	uint64_t timestamp;		      /* of its archive */
	struct urne_board_election *election; /* NULL in the journal */
	struct urne_journal
	    *journal; /* of its own log, else NULL; changed under the writer's lock */

	/* the writer's: everything that stands in main.db */
	struct urne_chain chain;
	struct urne_merkle_tree tree;
	uint64_t archive_len;

	/* the writer's: what is signed, durably */
	bool has_head;
	struct urne_chain head_chain; /* at head_size; as is the next */
	uint64_t head_archive_len;
	uint64_t head_size;
	struct urne_hash head_root;
	struct urne_buf head_note;

	/* the writer's: how many entries are published, and how many main.db knows to be */
	uint64_t published, recorded;
	/* the writer's: bytes of the file of hints, 0 when it has not been looked at; whether the
	 * operator was told that it cannot be written */
	uint64_t hints_end;
	bool hints_told;
	/* at start-up */
	bool settled;	     /* signed, published, nothing to make up for */
	bool checkpoint_out; /* the published checkpoint is the head */
	bool has_tail;	     /* the published archive goes beyond the published checkpoint: */
	uint64_t tail_at;    /* from here on */

	/* the clerk's: what it could not do is not tried again before, and told once */
	int64_t try_at; /* seconds since 1970 */
	bool told;

	/* what others see, under the lock */
	pthread_mutex_t lock;
	struct urne_board_state state;
	struct urne_buf note; /* the published checkpoint */

	struct urne_board_log *next;
};

/* Complete subtrees of a log, as rows. */
struct urne_ledger_nodes {
	struct urne_store *store;
	uint64_t log;
	struct urne_diag *diag;
};

/* urne_ledger_new makes a log without entries, a journal when `uuid` is its name; takes over
 * nothing. URNE_ERR_MEMORY. */
enum urne_err urne_ledger_new(struct urne_board_log **out, struct urne_diag *d, uint64_t id,
    struct urne_view uuid, struct urne_view origin, uint64_t timestamp) URNE_MUST_USE;
void urne_ledger_free(struct urne_board_log *l);

/* urne_ledger_word: what stands before its name: "election ", or nothing before "journal". */
const char *urne_ledger_word(const struct urne_board_log *l);

/* urne_ledger_put adds an event to the rows of the open transaction, and steps chain and tree, and
 * the journal in its own log. An
 * event that cannot follow is refused with nothing written; any other error leaves rows and ledger
 * apart, and the process has to end. */
enum urne_err urne_ledger_put(struct urne_board_log *l, struct urne_store *s, struct urne_diag *d,
    enum urne_event_type type, const struct urne_view *data, size_t num_data) URNE_MUST_USE;

/* urne_ledger_load reads a log's entries from the first to the last, every byte checked again:
 * hashes, leaves, nodes, parents, life cycle, lengths; and the election from its Setup, or the
 * journal from all its payloads. *root_at is
 * the root of the first `at` entries (at <= number of entries, else URNE_ERR_INCOMPLETE);
 * head_chain and head_archive_len become the state behind them. */
enum urne_err urne_ledger_load(struct urne_board_log *l, struct urne_hash *root_at,
    struct urne_store *s, struct urne_diag *d, uint64_t at, struct urne_pool *pool) URNE_MUST_USE;

/* urne_ledger_step holds a row against the entry before it: its bytes give its hashes, are an event
 * of its type, follow in the chain; and steps chain and archive_len. *event and *leaf are read
 * anew. Otherwise URNE_ERR_INTERNAL with what is wrong, and nothing steps. */
enum urne_err urne_ledger_step(struct urne_chain *chain, uint64_t *archive_len,
    struct urne_event *event, struct urne_hash *leaf, struct urne_diag *d,
    const struct urne_entry_row *row) URNE_MUST_USE;

/* urne_ledger_append appends a leaf to a tree; every subtree that it completes must stand in the
 * rows (URNE_ERR_INTERNAL). */
enum urne_err urne_ledger_append(struct urne_merkle_tree *tree, const struct urne_hash *leaf,
    const struct urne_ledger_nodes *rows) URNE_MUST_USE;

/* urne_ledger_show makes what was published visible to others. */
enum urne_err urne_ledger_show(struct urne_board_log *l) URNE_MUST_USE;

/* urne_ledger_show_archive lets others read the archive to its present end: before the checkpoint
 * that speaks of it takes its place, so that nobody finds an archive shorter than its checkpoint.
 */
void urne_ledger_show_archive(struct urne_board_log *l);

/* urne_ledger_data appends the data records of an entry, read from the objects, to `out` and sets
 * views into it. An object that is missing or does not give its hash: URNE_ERR_INTERNAL. */
enum urne_err urne_ledger_data(struct urne_view data[URNE_MAX_EVENT_DATA], size_t *num,
    struct urne_buf *out, struct urne_store *s, struct urne_diag *d,
    const struct urne_event *event) URNE_MUST_USE;

/* urne_ledger_source makes a source of proofs; `n` must live as long. */
struct urne_merkle_source urne_ledger_source(struct urne_ledger_nodes *n);

#endif
