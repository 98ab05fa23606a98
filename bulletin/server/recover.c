/* SPDX-License-Identifier: EUPL-1.2 */
/* The cases of docs/log.md#start-up, one check each, in the order in which they are asked. */
#include "bulletin/server/recover.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/oplog.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/server/published.h"

struct recovery {
	struct urne_writer *writer;
	struct urne_diag *diag;
	struct urne_pool *pool;
};

/* --- head.db against main.db --- */

static enum urne_err
no_head(struct urne_diag *d, const char *proof)
{
	return urne_fail(d, URNE_ERR_MISMATCH,
	    "head.db has no head of this log, but %s: it was made anew or is an old copy; nothing "
	    "is signed, put back the newest head.db",
	    proof);
}

static enum urne_err
read_head(struct recovery *r, struct urne_board_log *l)
{
	struct urne_head_row row;
	enum urne_err e = urne_head_get(
	    &r->writer->head, &row, &l->has_head, &l->head_note, r->diag, urne_view_of(l->origin));

	l->head_size = row.size;
	l->head_root = row.root;
	return e;
}

/* The head's own note must be what the columns say, signed by the key that signs now. */
static enum urne_err
check_note(struct recovery *r, const struct urne_board_log *l)
{
	struct urne_checkpoint c;
	struct urne_arena arena;
	enum urne_err e;

	urne_arena_init(&arena, URNE_MAX_SMALL_FILE);
	e = urne_checkpoint_open(
	    &c, &arena, r->diag, urne_buf_view(&l->head_note), &r->writer->signer.key);
	if (e != URNE_OK) {
		urne_diag_within(
		    r->diag, "the head in head.db is not signed by the key of this board: ");
	} else if (c.size != l->head_size || !urne_hash_eq(&c.root, &l->head_root) ||
		   !urne_view_is(c.origin, l->origin)) {
		e = urne_fail(r->diag, URNE_ERR_MISMATCH,
		    "head.db: the signed head is not the one that its row names; the file was "
		    "changed by hand");
	}
	urne_arena_clear(&arena);
	return e;
}

static enum urne_err
load(struct recovery *r, struct urne_board_log *l)
{
	struct urne_hash root;
	enum urne_err e =
	    urne_ledger_load(l, &root, &r->writer->store, r->diag, l->head_size, r->pool);

	if (e == URNE_ERR_INCOMPLETE) {
		return urne_fail(r->diag, URNE_ERR_MISMATCH,
		    "main.db holds %" PRIu64 " entries, and %" PRIu64
		    " are signed: an old copy of main.db was put back; nothing is signed, put "
		    "back the newest, or fill it from the published files with \"urne-board "
		    "refill\"",
		    l->chain.num_events, l->head_size);
	}
	if (e != URNE_OK || !l->has_head) {
		return e;
	}
	if (!urne_hash_eq(&root, &l->head_root)) {
		return urne_fail(r->diag, URNE_ERR_MISMATCH,
		    "main.db has another history than the one that was signed: at %" PRIu64
		    " entries the roots differ; nothing is signed, put back the main.db that "
		    "belongs to this head.db",
		    l->head_size);
	}
	return check_note(r, l);
}

/* --- the public folder against both --- */

/* What was published must be a beginning of what is signed. */
static enum urne_err
check_published(struct recovery *r, const struct urne_published *p, const struct urne_board_log *l)
{
	struct urne_ledger_nodes nodes = {&r->writer->store, l->id, r->diag};
	struct urne_merkle_source source = urne_ledger_source(&nodes);
	struct urne_merkle_tree tree;
	struct urne_hash root;
	enum urne_err e;

	if (!p->has_checkpoint) {
		return URNE_OK;
	}
	if (!l->has_head) {
		return no_head(r->diag, "a signed checkpoint is published");
	}
	if (p->size > l->head_size) {
		return urne_fail(r->diag, URNE_ERR_MISMATCH,
		    "a checkpoint of %" PRIu64 " entries is published, and head.db knows of "
		    "%" PRIu64 ": an old copy of head.db was put back; nothing is signed, put "
		    "back the newest",
		    p->size, l->head_size);
	}
	e = urne_merkle_load(&tree, p->size, &source);
	if (e == URNE_OK) {
		urne_merkle_root(&tree, &root);
		if (!urne_hash_eq(&root, &p->root)) {
			e = urne_fail(r->diag, URNE_ERR_MISMATCH,
			    "the checkpoint that is published tells another history than "
			    "main.db and head.db; nothing is signed, keep all three and find out "
			    "which of them was replaced");
		}
	}
	return e;
}

static enum urne_err
keep_len(void *ctx, const struct urne_entry_row *row)
{
	uint64_t *len = ctx;

	*len = row->archive_len;
	return URNE_OK;
}

/* archive_len_at: how long election.bel is with the first `size` entries. */
static enum urne_err
archive_len_at(struct recovery *r, uint64_t *len, const struct urne_board_log *l, uint64_t size)
{
	*len = 0;
	return size == 0 ? URNE_OK
			 : urne_store_entries(
			       &r->writer->store, r->diag, l->id, size - 1, size, keep_len, len);
}

/* find_tail: the archive is written in its place, before the checkpoint that covers it. What a
 * power cut leaves behind that checkpoint may be anything, and nobody was promised it. */
static enum urne_err
find_tail(struct recovery *r, struct urne_board_log *l, const struct urne_published *p)
{
	uint64_t size = p->size > l->recorded ? p->size : l->recorded;
	enum urne_err e = archive_len_at(r, &l->tail_at, l, size);

	l->has_tail = e == URNE_OK && p->has_archive && p->archive_len > l->tail_at;
	return e;
}

static void
warn_behind(const struct urne_board_log *l)
{
	struct urne_oplog line;

	urne_oplog_begin(&line, URNE_OPLOG_WARNING, "published files are behind");
	urne_oplog_string(&line, "election", l->uuid);
	urne_oplog_string(&line, "reason",
	    "checkpoint or archive is missing or too short: all files are made anew");
	urne_oplog_end(&line);
}

/* choose_start decides from where files are written again: from what main.db knows to be there, or
 * from the beginning when the folder has lost something. */
static enum urne_err
choose_start(
    struct recovery *r, struct urne_board_log *l, const struct urne_published *p, uint64_t recorded)
{
	uint64_t len = 0;
	enum urne_err e = archive_len_at(r, &len, l, recorded);

	l->recorded = recorded;
	l->published = recorded;
	if (e == URNE_OK && p->archive_len > l->archive_len) {
		return urne_fail(r->diag, URNE_ERR_MISMATCH,
		    "election.bel is longer than main.db says: something was appended to it, or "
		    "main.db is an old copy; nothing is signed, put back the newest main.db, or "
		    "move the file away if somebody wrote to it");
	}
	if (e == URNE_OK && recorded > 0 && (!p->has_checkpoint || p->archive_len < len)) {
		warn_behind(l);
		l->published = 0;
	}
	return e;
}

/* The key must never sign for a log of another service. */
static enum urne_err
check_log_name(struct recovery *r, const struct urne_board_log *l)
{
	struct urne_view service = r->writer->service;
	struct urne_buf origin;
	enum urne_err e;

	urne_buf_init(&origin, URNE_MAX_SMALL_FILE);
	urne_origin_write(&origin, service, urne_view_of(l->uuid));
	e = urne_buf_error(&origin);
	if (e == URNE_OK && !urne_view_is(urne_buf_view(&origin), l->origin)) {
		e = urne_fail(r->diag, URNE_ERR_MISMATCH,
		    "main.db has the log %s, which is none of %.*s: it is the main.db of another "
		    "board; put back the one of this board",
		    l->origin, (int)service.len, service.p);
	}
	urne_buf_clear(&origin);
	return e;
}

static enum urne_err
check_log(struct recovery *r, struct urne_board_log *l, uint64_t recorded)
{
	struct urne_published p = {.has_checkpoint = false};
	enum urne_err e = check_log_name(r, l);

	if (e == URNE_OK) {
		e = read_head(r, l);
	}
	if (e == URNE_OK) {
		e = load(r, l);
	}
	if (e == URNE_OK && recorded > l->head_size) {
		e = l->has_head
			? urne_fail(r->diag, URNE_ERR_MISMATCH,
			      "main.db knows of %" PRIu64 " published entries, and head.db of "
			      "%" PRIu64 " signed ones: an old copy of head.db was put back; "
			      "nothing is signed, put back the newest",
			      recorded, l->head_size)
			: no_head(r->diag, "main.db knows of published entries");
	}
	if (e == URNE_OK) {
		e = urne_published_read(
		    &p, r->diag, r->writer->placer.top, l, &r->writer->signer.key);
	}
	if (e == URNE_OK) {
		e = check_published(r, &p, l);
	}
	if (e == URNE_OK) {
		e = choose_start(r, l, &p, recorded);
	}
	if (e == URNE_OK) {
		e = find_tail(r, l, &p);
	}
	l->checkpoint_out = p.same;
	l->settled = e == URNE_OK && p.same && l->published == l->tree.size;
	return e;
}

/* --- all logs --- */

static enum urne_err
recover_log(void *ctx, const struct urne_log_row *row)
{
	struct recovery *r = ctx;
	struct urne_board_log *l = NULL;
	enum urne_err e =
	    urne_ledger_new(&l, r->diag, row->id, row->uuid, row->origin, row->timestamp);

	if (e != URNE_OK) {
		return e;
	}
	urne_registry_add(r->writer->registry, l);
	urne_metrics_add(r->writer->metrics, URNE_METRIC_ELECTIONS, l->journal == NULL ? 1 : 0);
	e = check_log(r, l, row->published);
	if (e != URNE_OK) {
		urne_diag_within(r->diag, "%s%s: ", urne_ledger_word(l), l->uuid);
	}
	return e;
}

static enum urne_err
check_origin(void *ctx, struct urne_view origin)
{
	struct recovery *r = ctx;
	const struct urne_board_log *l;

	for (l = r->writer->registry->first; l != NULL; l = l->next) {
		if (urne_view_is(origin, l->origin)) {
			return URNE_OK;
		}
	}
	return urne_fail(r->diag, URNE_ERR_MISMATCH,
	    "head.db has a head of %.*s, and main.db does not know that log: an old or empty "
	    "main.db "
	    "was put there; nothing is signed, put back the newest, or fill it from the published "
	    "files with \"urne-board refill\"",
	    (int)origin.len, origin.p);
}

enum urne_err
urne_recover(struct urne_writer *w, struct urne_diag *d, struct urne_pool *pool)
{
	struct recovery r = {.writer = w, .diag = d, .pool = pool};
	enum urne_err e = urne_store_logs(&w->store, d, recover_log, &r);

	if (e == URNE_OK) {
		e = urne_head_origins(&w->head, d, check_origin, &r);
	}
	return e == URNE_OK ? urne_published_others(
				  d, w->placer.top, w->registry, w->service, &w->signer.key)
			    : e;
}

static enum urne_err
cut_tail(struct urne_writer *w, const struct urne_board_log *l, struct urne_diag *d)
{
	struct urne_buf path;
	enum urne_err e;

	if (!l->has_tail) {
		return URNE_OK;
	}
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&path, l->uuid, "election.bel");
	if (e != URNE_OK) {
		e = urne_fail(d, e, "no memory");
	} else {
		e = urne_place_cut(&w->placer, d, path.data, l->tail_at);
	}
	urne_buf_clear(&path);
	return e;
}

enum urne_err
urne_recover_finish(struct urne_writer *w, struct urne_diag *d)
{
	struct urne_board_log **logs =
	    calloc(w->registry->num + 1, sizeof(struct urne_board_log *));
	size_t num = 0;
	enum urne_err e = URNE_OK;

	if (logs == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the logs");
	}
	for (struct urne_board_log *l = w->registry->first; e == URNE_OK && l != NULL;
	     l = l->next) {
		if (!l->settled) {
			logs[num++] = l;
			e = cut_tail(w, l, d);
		}
	}
	w->stale_list = true;
	if (e == URNE_OK) {
		e = urne_writer_settle(w, logs, num, d);
	}
	for (struct urne_board_log *l = w->registry->first; e == URNE_OK && l != NULL;
	     l = l->next) {
		e = urne_ledger_show(l);
	}
	free(logs);
	return e;
}
