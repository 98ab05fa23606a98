/* SPDX-License-Identifier: EUPL-1.2 */
/* What a start-up compares, and what it takes for granted: the rows of objects and voters are held
 * against the entries, the published files against the rows. */
#include "bulletin/server/check.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/pool.h"
#include "bulletin/server/folder.h"
#include "bulletin/server/journal_start.h"
#include "bulletin/server/publish.h"
#include "bulletin/server/recover.h"
#include "election/ballot.h"

struct checking {
	struct urne_folder folder;
	struct urne_registry registry;
	struct urne_metrics metrics;
	struct urne_writer writer;
	struct urne_buf key_text;
	bool is_backup;
	struct urne_buf *report;
	struct urne_diag *diag;
	struct urne_pool *pool;
};

static void
say(struct checking *c, const char *what)
{
	urne_buf_puts(c->report, what);
	urne_buf_putc(c->report, '\n');
}

/* --- the files of SQLite --- */

static enum urne_err
check_sql(struct checking *c, struct urne_sql *sql, const char *name)
{
	struct urne_stmt q;
	bool row = false;
	enum urne_err e = urne_stmt_prepare(&q, c->diag, sql, "PRAGMA integrity_check(1)");

	if (e == URNE_OK) {
		e = urne_stmt_step(&q, c->diag, &row);
	}
	if (e == URNE_OK && (!row || !urne_view_is(urne_stmt_view(&q, 0), "ok"))) {
		struct urne_view why = row ? urne_stmt_view(&q, 0) : urne_view_of("no answer");

		e = urne_fail(c->diag, URNE_ERR_INTERNAL, "%s: SQLite finds it damaged: %.*s", name,
		    (int)(why.len > 200 ? 200 : why.len), why.p);
	}
	urne_stmt_clear(&q);
	if (e == URNE_OK) {
		urne_buf_printf(c->report, "%s: sound, says SQLite\n", name);
	}
	return e;
}

/* --- the rows of one log --- */

struct rows {
	struct checking *c;
	struct urne_board_log *log;
	struct urne_hash *last; /* of each member; zero: none yet */
	size_t num_members, num_voters;
	struct urne_buf data;
};

static enum urne_err
wrong(struct rows *r, uint64_t index, const char *what)
{
	return urne_fail(r->c->diag, URNE_ERR_MISMATCH, "%s%s: entry %" PRIu64 ": %s",
	    urne_ledger_word(r->log), r->log->uuid, index, what);
}

static enum urne_err
check_ballot(struct rows *r, const struct urne_event *ev, struct urne_view text)
{
	static const struct urne_hash none = {{0}};
	struct urne_ballot_row row;
	struct urne_view credential;
	size_t member = 0;
	bool there = false;
	enum urne_err e = urne_store_ballot(
	    &r->c->writer.store, &row, &there, r->c->diag, r->log->id, &ev->payload);

	if (e != URNE_OK) {
		return e;
	}
	if (!there || row.index != ev->height) {
		return wrong(r, ev->height, "the table of ballots does not lead to it");
	}
	if (urne_ballot_credential(&credential, text) != URNE_OK ||
	    urne_credentials_find(r->log->election->credentials, &member, credential) != URNE_OK) {
		return wrong(r, ev->height, "no credential of the list signed this ballot");
	}
	if (row.has_replaced != !urne_hash_eq(&r->last[member], &none) ||
	    (row.has_replaced && !urne_hash_eq(&row.replaces, &r->last[member]))) {
		return wrong(r, ev->height,
		    "the ballot that it is said to replace is not the one of the same credential");
	}
	r->num_voters += row.has_replaced ? 0 : 1;
	r->last[member] = ev->payload;
	return URNE_OK;
}

static enum urne_err
check_entry(void *ctx, const struct urne_entry_row *row)
{
	struct rows *r = ctx;
	struct urne_view data[URNE_MAX_EVENT_DATA];
	struct urne_hash hash[URNE_MAX_EVENT_DATA];
	struct urne_event ev;
	size_t num = 0;
	enum urne_err e = urne_event_read(&ev, r->c->diag, row->event);

	urne_buf_reset(&r->data);
	if (e == URNE_OK) {
		e = urne_ledger_data(data, &num, &r->data, &r->c->writer.store, r->c->diag, &ev);
	}
	if (e == URNE_OK) {
		e = urne_event_check(hash, r->c->diag, ev.type, data, num);
	}
	if (e == URNE_OK && num > 0 && !urne_hash_eq(&hash[num - 1], &ev.payload)) {
		e = wrong(r, row->index, "the payload is not the object with its hash");
	}
	if (e == URNE_OK && ev.type == URNE_EVENT_BALLOT) {
		e = check_ballot(r, &ev, data[0]);
	}
	return e;
}

static enum urne_err
check_last(void *ctx, size_t member, const struct urne_hash *ballot)
{
	struct rows *r = ctx;

	if (member >= r->num_members || !urne_hash_eq(&r->last[member], ballot)) {
		return urne_fail(r->c->diag, URNE_ERR_MISMATCH,
		    "election %s: the last ballot of member %zu is not the one that counts",
		    r->log->uuid, member);
	}
	r->num_voters--;
	return URNE_OK;
}

static enum urne_err
check_rows(struct checking *c, struct urne_board_log *l)
{
	struct rows r = {.c = c, .log = l};
	enum urne_err e;

	urne_buf_init(&r.data, URNE_MAX_RECORD);
	r.num_members = l->election != NULL ? urne_credentials_count(l->election->credentials) : 0;
	r.last = calloc(r.num_members + 1, sizeof(*r.last));
	e = r.last != NULL ? URNE_OK
			   : urne_fail(c->diag, URNE_ERR_MEMORY, "no memory for the members");
	if (e == URNE_OK) {
		e = urne_store_entries(
		    &c->writer.store, c->diag, l->id, 0, l->tree.size, check_entry, &r);
	}
	if (e == URNE_OK) {
		e = urne_store_lasts(&c->writer.store, c->diag, l->id, check_last, &r);
	}
	if (e == URNE_OK && r.num_voters != 0) {
		e = urne_fail(c->diag, URNE_ERR_MISMATCH,
		    "election %s: %zu members voted and are not in the table of last ballots",
		    l->uuid, r.num_voters);
	}
	free(r.last);
	urne_buf_clear(&r.data);
	return e;
}

/* --- the published files of one log --- */

static enum urne_err
check_files(struct checking *c, struct urne_board_log *l)
{
	struct urne_writer *w = &c->writer;

	l->published = 0; /* so that every file is asked for */
	return urne_publish(&w->placer, &l, 1, &w->store, c->diag, &w->signer.key, w->url);
}

static enum urne_err
check_log(struct checking *c, struct urne_board_log *l)
{
	/* what main.db knows to be published must be there; the rest, if its checkpoint is */
	bool behind = l->head_size < l->tree.size || l->recorded == 0 ||
		      (l->recorded < l->head_size && !l->checkpoint_out);
	enum urne_err e = check_rows(c, l);

	if (e == URNE_OK && !c->is_backup && !behind) {
		e = check_files(c, l);
	}
	if (e == URNE_OK) {
		urne_buf_printf(c->report, "%s%s: %" PRIu64 " entries, ", urne_ledger_word(l),
		    l->uuid, l->tree.size);
		if (l->journal == NULL) {
			urne_buf_printf(
			    c->report, "%" PRIu64 " ballots, ", l->chain.num_of[URNE_EVENT_BALLOT]);
		}
		urne_buf_printf(c->report, "%s\n",
		    c->is_backup ? "rows agree"
		    : behind	 ? "rows agree; the next start has files to publish"
				 : "rows, signed head and published files agree");
	}
	return e;
}

/* --- all --- */

static enum urne_err
load_backup_log(void *ctx, const struct urne_log_row *row)
{
	struct checking *c = ctx;
	struct urne_board_log *l = NULL;
	struct urne_hash root;
	enum urne_err e =
	    urne_ledger_new(&l, c->diag, row->id, row->uuid, row->origin, row->timestamp);

	if (e == URNE_OK) {
		urne_registry_add(&c->registry, l);
		e = urne_ledger_load(l, &root, &c->writer.store, c->diag, 0, c->pool);
	}
	return e;
}

static enum urne_err
open_all(struct checking *c, const char *dir)
{
	struct urne_writer *w = &c->writer;
	enum urne_err e = urne_folder_open(&c->folder, c->diag, dir);

	w->registry = &c->registry;
	w->metrics = &c->metrics;
	if (e == URNE_OK) {
		w->service = c->folder.config.service;
		w->url = c->folder.config.url;
		c->is_backup = !urne_file_exists(c->folder.head.data);
		e = urne_folder_public_key(&c->folder, &w->signer.key, &c->key_text, c->diag);
	}
	if (e == URNE_OK) {
		e = urne_store_open(&w->store, c->diag, c->folder.main.data, false);
	}
	if (e == URNE_OK && !c->is_backup) {
		e = urne_head_open(&w->head, c->diag, c->folder.head.data);
	}
	if (e == URNE_OK && !c->is_backup) {
		e = urne_placer_open(&w->placer, c->diag, dir, true);
	}
	return e;
}

static enum urne_err
check_all(struct checking *c)
{
	struct urne_writer *w = &c->writer;
	enum urne_err e = check_sql(c, w->store.sql, "main.db");

	if (e == URNE_OK && c->is_backup) {
		say(c, "there is no head.db: this is a backup, its rows alone are checked");
		e = urne_store_logs(&w->store, c->diag, load_backup_log, c);
	} else if (e == URNE_OK) {
		e = check_sql(c, w->head.sql, "head.db");
		e = e == URNE_OK ? urne_recover(w, c->diag, c->pool) : e;
	}
	if (e == URNE_OK) {
		e = urne_journal_agrees(w, c->diag, &c->folder.config);
	}
	for (struct urne_board_log *l = c->registry.first; e == URNE_OK && l != NULL; l = l->next) {
		e = check_log(c, l);
	}
	if (e == URNE_OK && c->registry.first == NULL) {
		say(c, "there is no journal on this board yet: it never ran");
	}
	return e;
}

enum urne_err
urne_board_check(struct urne_buf *report, struct urne_diag *d, const char *dir)
{
	struct checking *c = calloc(1, sizeof(*c));
	enum urne_err e;

	if (c == NULL || urne_registry_init(&c->registry) != URNE_OK) {
		free(c);
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the check");
	}
	c->report = report;
	c->diag = d;
	c->pool = urne_pool_new(0);
	c->writer.placer.top = -1;
	c->writer.placer.tmp = -1;
	urne_buf_init(&c->key_text, URNE_MAX_SMALL_FILE);
	e = open_all(c, dir);
	if (e == URNE_OK) {
		e = check_all(c);
	}
	urne_placer_close(&c->writer.placer);
	urne_head_close(&c->writer.head);
	urne_store_close(&c->writer.store);
	urne_registry_clear(&c->registry);
	urne_folder_close(&c->folder);
	urne_buf_clear(&c->key_text);
	urne_pool_free(c->pool);
	free(c);
	return e == URNE_OK ? urne_buf_error(report) : e;
}
