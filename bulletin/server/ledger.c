/* SPDX-License-Identifier: EUPL-1.2 */
/* Entries going into the rows, and coming back out of them. */
#include "bulletin/server/ledger.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "bulletin/log/record.h"
#include "crypto/note.h"
#include "crypto/sha256.h"

#define MAX_EVENT ((size_t)4096)

static char *
copy_text(struct urne_view v)
{
	char *copy = malloc(v.len + 1);

	if (copy != NULL) {
		memcpy(copy, v.p, v.len);
		copy[v.len] = '\0';
	}
	return copy;
}

enum urne_err
urne_ledger_new(struct urne_board_log **out, struct urne_diag *d, uint64_t id,
    struct urne_view uuid, struct urne_view origin, uint64_t timestamp)
{
	struct urne_board_log *l = calloc(1, sizeof(*l));

	*out = NULL;
	if (l == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a log");
	}
	l->id = id;
	l->timestamp = timestamp;
	urne_buf_init(&l->head_note, URNE_NOTE_MAX);
	urne_buf_init(&l->note, URNE_NOTE_MAX);
	l->uuid = copy_text(uuid);
	l->origin = copy_text(origin);
	if (pthread_mutex_init(&l->lock, NULL) != 0 || l->uuid == NULL || l->origin == NULL) {
		urne_ledger_free(l);
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a log");
	}
	if (urne_view_is(uuid, URNE_JOURNAL_NAME)) {
		enum urne_err e = urne_journal_new(&l->journal, d);

		if (e != URNE_OK) {
			urne_ledger_free(l);
			return e;
		}
		l->chain.is_journal = true;
		l->head_chain.is_journal = true;
	}
	*out = l;
	return URNE_OK;
}

void
urne_ledger_free(struct urne_board_log *l)
{
	if (l == NULL) {
		return;
	}
	urne_board_election_free(l->election);
	urne_journal_free(l->journal);
	urne_buf_clear(&l->head_note);
	urne_buf_clear(&l->note);
	(void)pthread_mutex_destroy(&l->lock); /* nobody holds it any more */
	free(l->uuid);
	free(l->origin);
	free(l);
}

const char *
urne_ledger_word(const struct urne_board_log *l)
{
	return l->journal == NULL ? "election " : "";
}

/* Bytes of a record with a body of that size. */
static uint64_t
record_len(uint64_t size)
{
	return URNE_RECORD_BLOCK + size + urne_record_padding(size);
}

/* Bytes of the BELENIOS record, which stands before the first event. */
static uint64_t
first_len(uint64_t timestamp)
{
	struct urne_buf b;
	uint64_t len;

	urne_buf_init(&b, 2 * URNE_RECORD_BLOCK);
	urne_record_put_header(&b, timestamp);
	len = b.len;
	urne_buf_clear(&b);
	return len;
}

/* --- in --- */

struct putting {
	struct urne_store *store;
	uint64_t log;
	struct urne_diag *diag;
};

static enum urne_err
put_node(void *ctx, unsigned level, uint64_t index, const struct urne_hash *hash)
{
	struct putting *p = ctx;

	return urne_store_add_node(p->store, p->diag, p->log, level, index, hash);
}

static enum urne_err
put_rows(struct urne_board_log *l, struct urne_store *s, struct urne_diag *d,
    struct urne_entry_row *row, const struct urne_view *data, size_t num_data)
{
	struct putting p = {s, l->id, d};
	enum urne_err e = URNE_OK;

	row->archive_len = l->archive_len + record_len(row->event.len) +
			   (row->index == 0 ? first_len(l->timestamp) : 0);
	for (size_t i = 0; e == URNE_OK && i < num_data; i++) {
		struct urne_hash hash;

		urne_sha256_of(&hash, data[i]);
		row->archive_len += record_len(data[i].len);
		e = urne_store_add_object(s, d, &hash, data[i]);
	}
	if (e == URNE_OK) {
		e = urne_store_add_entry(s, d, l->id, row);
	}
	if (e == URNE_OK) {
		e = urne_merkle_append(&l->tree, &row->leaf, put_node, &p);
	}
	if (e == URNE_OK) {
		l->archive_len = row->archive_len;
	}
	return e;
}

enum urne_err
urne_ledger_put(struct urne_board_log *l, struct urne_store *s, struct urne_diag *d,
    enum urne_event_type type, const struct urne_view *data, size_t num_data)
{
	struct urne_chain next = l->chain;
	struct urne_entry_row row = {.index = l->chain.num_events, .type = type};
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, MAX_EVENT);
	e = urne_event_make(&text, &next, &row.hash, d, type, data, num_data);
	if (e == URNE_OK && l->journal != NULL) {
		e = urne_journal_step(l->journal, d, type, data[num_data - 1]);
	}
	if (e == URNE_OK) {
		row.event = urne_buf_view(&text);
		urne_merkle_leaf(&row.leaf, row.event);
		e = put_rows(l, s, d, &row, data, num_data);
	}
	if (e == URNE_OK) {
		l->chain = next;
	}
	urne_buf_clear(&text);
	return e;
}

/* --- out --- */

static enum urne_err
damaged(struct urne_diag *d, uint64_t index, const char *what)
{
	return urne_fail(d, URNE_ERR_INTERNAL,
	    "main.db: entry %" PRIu64 ": %s; the file is damaged: check the disk, put back an "
	    "undamaged one or move it away and fill a new one with \"urne-board refill\"",
	    index, what);
}

/* read_object appends an object to `out`, as the bytes that give its hash. */
static enum urne_err
read_object(struct urne_buf *out, struct urne_store *s, struct urne_diag *d,
    const struct urne_hash *hash, uint64_t index)
{
	size_t at = out->len;
	struct urne_hash again;
	enum urne_err e = urne_store_object(s, out, d, hash);

	if (e == URNE_ERR_UNKNOWN) {
		return damaged(d, index, "an object that it names is missing");
	}
	if (e == URNE_OK) {
		urne_sha256_of(&again, (struct urne_view){out->data + at, out->len - at});
		e = urne_hash_eq(&again, hash)
			? URNE_OK
			: damaged(d, index, "an object that it names does not give its hash");
	}
	return e;
}

enum urne_err
urne_ledger_data(struct urne_view data[URNE_MAX_EVENT_DATA], size_t *num, struct urne_buf *out,
    struct urne_store *s, struct urne_diag *d, const struct urne_event *event)
{
	struct urne_hash wanted[URNE_MAX_EVENT_DATA];
	size_t at[URNE_MAX_EVENT_DATA + 1] = {0};
	struct urne_buf payload;
	enum urne_err e;

	*num = 0;
	if (!event->has_payload) {
		return URNE_OK;
	}
	urne_buf_init(&payload, URNE_MAX_RECORD);
	e = read_object(&payload, s, d, &event->payload, event->height);
	if (e == URNE_OK) {
		e = urne_event_links(wanted, num, d, event->type, urne_buf_view(&payload));
	}
	at[0] = out->len;
	for (size_t i = 0; e == URNE_OK && i < *num; i++) {
		e = read_object(out, s, d, &wanted[i], event->height);
		at[i + 1] = out->len;
	}
	if (e == URNE_OK) {
		urne_buf_put_view(out, urne_buf_view(&payload));
		*num += 1;
		at[*num] = out->len;
		e = urne_buf_error(out);
	}
	for (size_t i = 0; e == URNE_OK && i < *num; i++) {
		data[i] = (struct urne_view){out->data + at[i], at[i + 1] - at[i]};
	}
	urne_buf_clear(&payload);
	return e;
}

/* load_election makes the election from its Setup's records, and its definition if that is there.
 */
static enum urne_err
load_election(struct urne_board_log *l, struct urne_store *s, struct urne_diag *d,
    const struct urne_event *setup, struct urne_pool *pool)
{
	struct urne_view data[URNE_MAX_EVENT_DATA];
	struct urne_hash sealed;
	struct urne_buf out;
	size_t num = 0;
	enum urne_err e;

	urne_buf_init(&out, URNE_MAX_RECORD);
	e = urne_ledger_data(data, &num, &out, s, d, setup);
	if (e == URNE_OK && num < 4) {
		e = urne_fail(d, URNE_ERR_INTERNAL, "main.db: the Setup lacks records");
	}
	if (e == URNE_OK) {
		const struct urne_setup_texts texts = {
		    .election = data[0], .trustees = data[1], .credentials = data[2]};

		e = urne_board_election_new(&l->election, d, &texts, pool);
	}
	if (e == URNE_OK && urne_board_election_seals(l->election, &sealed)) {
		urne_buf_reset(&out);
		e = urne_store_object(s, &out, d, &sealed);
		if (e == URNE_ERR_UNKNOWN) { /* nobody has sent it yet */
			e = URNE_OK;
		} else if (e == URNE_OK) {
			e = urne_board_election_define(l->election, d, urne_buf_view(&out));
		}
	}
	urne_buf_clear(&out);
	return e;
}

struct loading {
	struct urne_board_log *log;
	struct urne_store *store;
	struct urne_diag *diag;
	uint64_t at;
	struct urne_hash *root_at;
	struct urne_event setup;
};

enum urne_err
urne_ledger_step(struct urne_chain *chain, uint64_t *archive_len, struct urne_event *event,
    struct urne_hash *leaf, struct urne_diag *d, const struct urne_entry_row *row)
{
	struct urne_hash hash;

	urne_sha256_of(&hash, row->event);
	urne_merkle_leaf(leaf, row->event);
	if (!urne_hash_eq(&hash, &row->hash) || !urne_hash_eq(leaf, &row->leaf)) {
		return damaged(d, row->index, "its bytes do not give its hashes");
	}
	if (urne_event_read(event, d, row->event) != URNE_OK || event->type != row->type) {
		return damaged(d, row->index, "it is no event of the type that its row names");
	}
	if (row->archive_len <= *archive_len) {
		return damaged(d, row->index, "its place in the archive is wrong");
	}
	if (urne_chain_step(chain, d, event, &hash) != URNE_OK) {
		return damaged(d, row->index, "it cannot follow the entry before it");
	}
	*archive_len = row->archive_len;
	return URNE_OK;
}

struct appending {
	struct urne_ledger_nodes rows;
	uint64_t index; /* of the leaf */
};

static enum urne_err
check_node(void *ctx, unsigned level, uint64_t index, const struct urne_hash *hash)
{
	struct appending *a = ctx;
	struct urne_hash there;
	enum urne_err e = URNE_OK;

	if (level > 0) {
		e = urne_store_node(a->rows.store, &there, a->rows.diag, a->rows.log, level, index);
	}
	if (e != URNE_OK || level == 0 || urne_hash_eq(&there, hash)) {
		return e;
	}
	return damaged(a->rows.diag, a->index, "a node above it is not the hash of its children");
}

enum urne_err
urne_ledger_append(struct urne_merkle_tree *tree, const struct urne_hash *leaf,
    const struct urne_ledger_nodes *rows)
{
	struct appending a = {*rows, tree->size};

	return urne_merkle_append(tree, leaf, check_node, &a);
}

/* load_journal takes over what an entry of the journal says. */
static enum urne_err
load_journal(struct loading *in, const struct urne_event *ev)
{
	struct urne_view data[URNE_MAX_EVENT_DATA];
	struct urne_buf out;
	size_t num = 0;
	enum urne_err e;

	urne_buf_init(&out, URNE_MAX_RECORD);
	e = urne_ledger_data(data, &num, &out, in->store, in->diag, ev);
	if (e == URNE_OK && num == 0) {
		e = damaged(in->diag, ev->height, "it has no payload");
	}
	if (e == URNE_OK) {
		e = urne_journal_step(in->log->journal, in->diag, ev->type, data[num - 1]);
		if (e != URNE_OK && !urne_err_is_ours(e)) {
			e = damaged(in->diag, ev->height, "it cannot follow in the journal");
		}
	}
	urne_buf_clear(&out);
	return e;
}

/* load_entry re-reads one entry; what its row says besides the bytes must follow from them. */
static enum urne_err
load_entry(void *ctx, const struct urne_entry_row *row)
{
	struct loading *in = ctx;
	struct urne_board_log *l = in->log;
	struct urne_hash leaf;
	struct urne_event ev;
	enum urne_err e = urne_ledger_step(&l->chain, &l->archive_len, &ev, &leaf, in->diag, row);

	if (e == URNE_OK) {
		struct urne_ledger_nodes rows = {in->store, l->id, in->diag};

		e = urne_ledger_append(&l->tree, &leaf, &rows);
	}
	if (e == URNE_OK && l->journal != NULL) {
		e = load_journal(in, &ev);
	}
	if (e == URNE_OK && l->tree.size == in->at) {
		urne_merkle_root(&l->tree, in->root_at);
		l->head_chain = l->chain;
		l->head_archive_len = l->archive_len;
	}
	if (e == URNE_OK && row->index == 0) {
		in->setup = ev;
	}
	return e;
}

enum urne_err
urne_ledger_load(struct urne_board_log *l, struct urne_hash *root_at, struct urne_store *s,
    struct urne_diag *d, uint64_t at, struct urne_pool *pool)
{
	struct loading in = {.log = l, .store = s, .diag = d, .at = at, .root_at = root_at};
	uint64_t size = 0;
	enum urne_err e = urne_store_size(s, &size, d, l->id);

	urne_merkle_root(&l->tree, root_at); /* of nothing, for at == 0 */
	if (e == URNE_OK) {
		e = urne_store_entries(s, d, l->id, 0, size, load_entry, &in);
	}
	if (e == URNE_OK && size > 0 && l->journal == NULL) {
		e = load_election(l, s, d, &in.setup, pool);
	}
	if (e == URNE_OK && at > size) {
		e = urne_fail(d, URNE_ERR_INCOMPLETE,
		    "main.db holds %" PRIu64 " entries and %" PRIu64 " are signed", size, at);
	}
	return e;
}

enum urne_err
urne_ledger_show(struct urne_board_log *l)
{
	enum urne_err e;

	(void)pthread_mutex_lock(&l->lock);
	l->state = (struct urne_board_state){.stage = l->chain.stage,
	    .size = l->chain.num_events,
	    .num_ballots = l->chain.num_of[URNE_EVENT_BALLOT],
	    .archive_len = l->archive_len};
	urne_buf_reset(&l->note);
	urne_buf_put_view(&l->note, urne_buf_view(&l->head_note));
	e = urne_buf_error(&l->note);
	(void)pthread_mutex_unlock(&l->lock);
	return e;
}

void
urne_ledger_show_archive(struct urne_board_log *l)
{
	(void)pthread_mutex_lock(&l->lock);
	l->state.archive_len = l->archive_len;
	(void)pthread_mutex_unlock(&l->lock);
}

static enum urne_err
get_node(void *ctx, struct urne_hash *out, unsigned level, uint64_t index)
{
	struct urne_ledger_nodes *n = ctx;

	return urne_store_node(n->store, out, n->diag, n->log, level, index);
}

struct urne_merkle_source
urne_ledger_source(struct urne_ledger_nodes *n)
{
	return (struct urne_merkle_source){get_node, n};
}

struct urne_view
urne_board_log_uuid(const struct urne_board_log *l)
{
	return urne_view_of(l->uuid);
}

const struct urne_board_election *
urne_board_log_election(const struct urne_board_log *l)
{
	return l->election;
}

uint64_t
urne_board_log_timestamp(const struct urne_board_log *l)
{
	return l->timestamp;
}
