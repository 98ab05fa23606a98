/* SPDX-License-Identifier: EUPL-1.2 */
/* Which files follow from a log that has grown. They are made from the rows alone, so that a batch
 * that was cut off is published by doing it again. */
#include "bulletin/server/publish.h"

#include <inttypes.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "bulletin/log/archive.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/log/policy.h"
#include "bulletin/log/tile.h"

/* Entries whose files are put in place together when much is behind, so that what waits stays
 * bounded. */
#define SLICE ((uint64_t)2048)
/* Bytes of the archive that are written at once. */
#define ARCHIVE_PIECE ((size_t)1 << 20)
/* Requests a day that a log expects of one witness: one a second. */
#define LIST_QPD "86400"

struct publishing {
	struct urne_placer *placer;
	struct urne_store *store;
	struct urne_diag *diag;
	const struct urne_board_log *log;
	struct urne_buf path, file, data, archive;
	uint64_t archive_at; /* where archive's bytes stand in the file */
	struct urne_hash last;
	uint64_t last_index;
};

static void
publishing_init(struct publishing *p, struct urne_placer *placer, struct urne_store *s,
    struct urne_diag *d, const struct urne_board_log *l)
{
	*p = (struct publishing){.placer = placer, .store = s, .diag = d, .log = l};
	urne_buf_init(&p->path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&p->file, URNE_MAX_RECORD);
	urne_buf_init(&p->data, URNE_MAX_RECORD);
	urne_buf_init(&p->archive, 2 * URNE_MAX_RECORD);
}

static void
publishing_clear(struct publishing *p)
{
	urne_buf_clear(&p->path);
	urne_buf_clear(&p->file);
	urne_buf_clear(&p->data);
	urne_buf_clear(&p->archive);
}

/* path_in starts the path of a file of the log; more may be appended before place() ends it. */
static void
path_in(struct publishing *p, const char *name)
{
	urne_buf_reset(&p->path);
	urne_buf_puts(&p->path, p->log->uuid);
	urne_buf_putc(&p->path, '/');
	urne_buf_puts(&p->path, name);
}

static enum urne_err
end_path(struct publishing *p)
{
	urne_buf_put(&p->path, "", 1);
	return urne_buf_error(&p->path) == URNE_OK
		   ? URNE_OK
		   : urne_fail(p->diag, p->path.err, "no memory to publish");
}

static enum urne_err
place(struct publishing *p, enum urne_place_mode mode, struct urne_view content)
{
	enum urne_err e = end_path(p);

	return e == URNE_OK ? urne_place(p->placer, p->diag, p->path.data, mode, content) : e;
}

/* place_file places what was put together in p->file. */
static enum urne_err
place_file(struct publishing *p, enum urne_place_mode mode)
{
	enum urne_err e = urne_buf_error(&p->file);

	if (e != URNE_OK) {
		return urne_fail(p->diag, e, "no memory to publish");
	}
	return place(p, mode, urne_buf_view(&p->file));
}

/* --- objects and the archive --- */

static enum urne_err
flush_archive(struct publishing *p, size_t keep)
{
	enum urne_err e = urne_buf_error(&p->archive);

	if (e != URNE_OK) {
		return urne_fail(p->diag, e, "no memory to publish");
	}
	if (p->archive.len <= keep) {
		return URNE_OK;
	}
	path_in(p, "election.bel");
	e = end_path(p);
	if (e == URNE_OK) {
		e = urne_place_append(
		    p->placer, p->diag, p->path.data, p->archive_at, urne_buf_view(&p->archive));
	}
	p->archive_at += p->archive.len;
	urne_buf_reset(&p->archive);
	return e;
}

static enum urne_err
publish_object(struct publishing *p, const struct urne_hash *hash, struct urne_view data)
{
	path_in(p, "objects/");
	urne_buf_put_hex(&p->path, hash->b, sizeof(hash->b));
	return place(p, URNE_PLACE_ONCE, data);
}

static enum urne_err
publish_entry(void *ctx, const struct urne_entry_row *row)
{
	struct publishing *p = ctx;
	struct urne_view data[URNE_MAX_EVENT_DATA];
	struct urne_hash hash;
	struct urne_event ev;
	size_t num = 0;
	enum urne_err e = urne_event_read(&ev, p->diag, row->event);

	urne_buf_reset(&p->data);
	if (e == URNE_OK) {
		e = urne_ledger_data(data, &num, &p->data, p->store, p->diag, &ev);
	}
	if (e == URNE_OK && row->index == 0) {
		urne_record_put_header(&p->archive, p->log->timestamp);
	}
	for (size_t i = 0; e == URNE_OK && i < num; i++) {
		urne_record_put(&p->archive, &hash, URNE_RECORD_DATA, data[i], p->log->timestamp);
		e = publish_object(p, &hash, data[i]);
	}
	if (e == URNE_OK) {
		urne_record_put(
		    &p->archive, &hash, URNE_RECORD_EVENT, row->event, p->log->timestamp);
		p->last = hash;
		p->last_index = row->index;
		e = flush_archive(p, ARCHIVE_PIECE);
	}
	return e;
}

/* --- tiles --- */

static enum urne_err
put_entry(void *ctx, const struct urne_entry_row *row)
{
	struct publishing *p = ctx;

	urne_entry_put(&p->file, row->event);
	return urne_buf_error(&p->file);
}

static enum urne_err
put_hashes(struct publishing *p, const struct urne_tile *t)
{
	enum urne_err e = URNE_OK;

	for (unsigned i = 0; e == URNE_OK && i < t->width; i++) {
		struct urne_hash hash;
		unsigned level = 0;
		uint64_t index = 0;

		urne_tile_node(t, i, &level, &index);
		e = urne_store_node(p->store, &hash, p->diag, p->log->id, level, index);
		urne_buf_put(&p->file, hash.b, sizeof(hash.b));
	}
	return e;
}

static enum urne_err
publish_tile(void *ctx, const struct urne_tile *t)
{
	struct publishing *p = ctx;
	uint64_t first = t->index * URNE_TILE_WIDTH;
	enum urne_err e;

	urne_buf_reset(&p->file);
	e = t->entries ? urne_store_entries(
			     p->store, p->diag, p->log->id, first, first + t->width, put_entry, p)
		       : put_hashes(p, t);
	if (e != URNE_OK) {
		return e;
	}
	path_in(p, "");
	urne_tile_path(&p->path, t);
	return place_file(p, URNE_PLACE_ONCE);
}

/* --- the small files --- */

/* {"height":N,"hash":"<hex>","pos":N}: the last event and where the archive ends. */
static enum urne_err
publish_last_event(struct publishing *p)
{
	urne_buf_reset(&p->file);
	urne_buf_printf(&p->file, "{\"height\":%" PRIu64 ",\"hash\":\"", p->last_index);
	urne_buf_put_hex(&p->file, p->last.b, sizeof(p->last.b));
	urne_buf_printf(&p->file, "\",\"pos\":%" PRIu64 "}", p->archive_at);
	path_in(p, "last-event");
	return place_file(p, URNE_PLACE_REPLACE);
}

static enum urne_err
publish_header(struct publishing *p)
{
	urne_buf_reset(&p->file);
	urne_buf_printf(
	    &p->file, "{\"version\":1,\"timestamp\":\"%" PRIu64 "\"}", p->log->timestamp);
	path_in(p, "archive-header");
	return place_file(p, URNE_PLACE_ONCE);
}

static enum urne_err
publish_policy(struct publishing *p, const struct urne_note_key *key, struct urne_view url)
{
	struct urne_policy policy = {.url = {NULL, 0}};
	struct urne_buf address;
	enum urne_err e = urne_log_key_of(&policy.log, p->diag, key, urne_view_of(p->log->origin));

	urne_buf_init(&address, URNE_MAX_SMALL_FILE);
	urne_buf_put_view(&address, url);
	urne_buf_puts(&address, "/bb/");
	urne_buf_puts(&address, p->log->uuid);
	policy.url = urne_buf_view(&address);
	urne_buf_reset(&p->file);
	if (e == URNE_OK) {
		urne_policy_write(&p->file, &policy);
		e = urne_buf_error(&address);
	}
	urne_buf_clear(&address);
	path_in(p, "policy");
	return e == URNE_OK ? place_file(p, URNE_PLACE_REPLACE) : e;
}

static enum urne_err
publish_definition(struct publishing *p)
{
	const struct urne_board_election *e = p->log->election;

	if (e == NULL || !atomic_load_explicit(&e->has_definition, memory_order_acquire)) {
		return URNE_OK;
	}
	path_in(p, "vote.json");
	return place(p, URNE_PLACE_ONCE, urne_buf_view(&e->definition_text));
}

/* --- one log --- */

static enum urne_err
publish_slice(struct publishing *p, uint64_t old, uint64_t size)
{
	enum urne_err e =
	    urne_store_entries(p->store, p->diag, p->log->id, old, size, publish_entry, p);

	if (e == URNE_OK) {
		e = flush_archive(p, 0);
	}
	return e == URNE_OK ? urne_tile_each(old, size, publish_tile, p) : e;
}

static enum urne_err
find_archive_end(void *ctx, const struct urne_entry_row *row)
{
	struct publishing *p = ctx;

	p->archive_at = row->archive_len;
	return URNE_OK;
}

static enum urne_err
publish_entries(struct publishing *p, uint64_t old, uint64_t size)
{
	enum urne_err e = URNE_OK;

	if (old > 0 && old < size) {
		e = urne_store_entries(
		    p->store, p->diag, p->log->id, old - 1, old, find_archive_end, p);
	}
	for (uint64_t end; e == URNE_OK && old < size; old = end) {
		end = size - old > SLICE && !p->placer->compare ? old + SLICE : size;
		e = publish_slice(p, old, end);
		if (e == URNE_OK && end < size) {
			e = urne_place_all(p->placer, p->diag);
		}
	}
	return e;
}

static enum urne_err
publish_log(struct urne_placer *placer, struct urne_board_log *l, struct urne_store *s,
    struct urne_diag *d, const struct urne_note_key *key, struct urne_view url)
{
	struct publishing p;
	enum urne_err e;

	publishing_init(&p, placer, s, d, l);
	e = publish_entries(&p, l->published, l->head_size);
	if (e == URNE_OK && l->published < l->head_size) {
		e = publish_last_event(&p);
	}
	if (e == URNE_OK && l->published == 0) {
		e = publish_header(&p);
		e = e == URNE_OK ? publish_policy(&p, key, url) : e;
	}
	if (e == URNE_OK) {
		e = publish_definition(&p);
	}
	publishing_clear(&p);
	if (e != URNE_OK) {
		urne_diag_within(d, "%s: ", l->uuid);
	}
	return e;
}

static enum urne_err
publish_checkpoint(struct urne_placer *placer, struct urne_board_log *l, struct urne_diag *d)
{
	struct publishing p;
	enum urne_err e;

	publishing_init(&p, placer, NULL, d, l);
	path_in(&p, "checkpoint");
	e = place(&p, URNE_PLACE_LAST, urne_buf_view(&l->head_note));
	publishing_clear(&p);
	return e;
}

/* publish_checkpoints: those of the journal, or those of elections. The journal's comes first:
 * whoever sees what an order did in an election's log finds the order. */
static enum urne_err
publish_checkpoints(struct urne_placer *p, struct urne_board_log *const *logs, size_t num,
    struct urne_diag *d, bool of_journal)
{
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < num; i++) {
		if ((logs[i]->journal != NULL) == of_journal) {
			urne_ledger_show_archive(logs[i]);
			e = publish_checkpoint(p, logs[i], d);
		}
	}
	return e;
}

enum urne_err
urne_publish(struct urne_placer *p, struct urne_board_log *const *logs, size_t num,
    struct urne_store *s, struct urne_diag *d, const struct urne_note_key *key,
    struct urne_view url)
{
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < num; i++) {
		e = publish_log(p, logs[i], s, d, key, url);
	}
	e = e == URNE_OK ? publish_checkpoints(p, logs, num, d, true) : e;
	e = e == URNE_OK ? publish_checkpoints(p, logs, num, d, false) : e;
	if (e == URNE_OK) {
		e = urne_place_all(p, d);
	}
	for (size_t i = 0; e == URNE_OK && i < num; i++) {
		logs[i]->published = logs[i]->head_size;
	}
	return e;
}

enum urne_err
urne_publish_list(struct urne_placer *p, const struct urne_board_log *first, struct urne_diag *d,
    const struct urne_note_key *key, struct urne_view url)
{
	struct urne_note_key own;
	struct urne_buf list;
	enum urne_err e = URNE_OK;

	urne_buf_init(&list, URNE_MAX_TEXT_FILE);
	urne_buf_puts(&list, "logs/v0\n");
	for (const struct urne_board_log *l = first; e == URNE_OK && l != NULL; l = l->next) {
		e = urne_log_key_of(&own, d, key, urne_view_of(l->origin));
		if (e == URNE_OK) {
			urne_buf_puts(&list, "\nvkey ");
			urne_note_key_write(&list, &own);
			urne_buf_puts(&list, "\nqpd " LIST_QPD "\ncontact ");
			urne_buf_put_view(&list, url);
			urne_buf_putc(&list, '\n');
		}
	}
	if (e == URNE_OK && urne_buf_error(&list) != URNE_OK) {
		e = urne_fail(d, list.err, "the list of logs is too long");
	}
	if (e == URNE_OK) {
		e = urne_place(p, d, "log-list.1", URNE_PLACE_REPLACE, urne_buf_view(&list));
	}
	if (e == URNE_OK) {
		e = urne_place_all(p, d);
	}
	urne_buf_clear(&list);
	return e;
}
