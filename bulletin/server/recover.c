/* SPDX-License-Identifier: EUPL-1.2 */
/* The cases of docs/log.md#start-up, one check each, in the order in which they are asked. */
#include "bulletin/server/recover.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/oplog.h"
#include "bulletin/log/checkpoint.h"

struct recovery {
	struct urne_writer *writer;
	struct urne_diag *diag;
	size_t num_threads;
};

/* What the public folder has of a log. */
struct published {
	bool has_checkpoint; /* one that the key signed */
	uint64_t size;
	struct urne_hash root;
	bool same; /* as the signed head, byte for byte */
	bool has_archive;
	uint64_t archive_len;
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
	    urne_ledger_load(l, &root, &r->writer->store, r->diag, l->head_size, r->num_threads);

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

static enum urne_err
open_public(struct recovery *r, int *fd, const struct urne_board_log *l, const char *name)
{
	struct urne_buf path;
	enum urne_err e;

	*fd = -1;
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&path, l->uuid, name);
	if (e != URNE_OK) {
		(void)urne_fail(r->diag, e, "no memory");
	} else {
		*fd = openat(r->writer->placer.top, path.data, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		if (*fd < 0 && errno != ENOENT) {
			e = urne_fail_errno(r->diag, "public/bb/%s", path.data);
		}
	}
	urne_buf_clear(&path);
	return e;
}

static enum urne_err
read_small(struct recovery *r, struct urne_buf *out, int fd)
{
	char *room = urne_buf_grow(out, URNE_NOTE_MAX);
	ssize_t n = room != NULL ? read(fd, room, URNE_NOTE_MAX) : -1;

	if (n < 0) {
		return urne_fail_errno(r->diag, "the published checkpoint");
	}
	out->len += (size_t)n;
	return URNE_OK;
}

static void
warn(const struct urne_board_log *l, const char *what, const struct urne_diag *d)
{
	struct urne_oplog line;

	urne_oplog_begin(&line, URNE_OPLOG_WARNING, what);
	urne_oplog_string(&line, "election", l->uuid);
	urne_oplog_string(&line, "reason", d->text);
	urne_oplog_end(&line);
}

/* A published checkpoint that the key did not sign proves nothing; it is written anew. */
static enum urne_err
read_checkpoint(struct recovery *r, struct published *p, const struct urne_board_log *l)
{
	struct urne_diag why = {{0}};
	struct urne_checkpoint c;
	struct urne_arena arena;
	struct urne_buf note;
	int fd = -1;
	enum urne_err e = open_public(r, &fd, l, "checkpoint");

	if (fd < 0) {
		return e;
	}
	urne_arena_init(&arena, URNE_MAX_SMALL_FILE);
	urne_buf_init(&note, 2 * URNE_NOTE_MAX);
	e = read_small(r, &note, fd);
	(void)close(fd);
	if (e == URNE_OK &&
	    urne_checkpoint_open(&c, &arena, &why, urne_buf_view(&note), &r->writer->signer.key) ==
		URNE_OK &&
	    urne_view_is(c.origin, l->origin)) {
		p->has_checkpoint = true;
		p->size = c.size;
		p->root = c.root;
		p->same = urne_view_eq(urne_buf_view(&note), urne_buf_view(&l->head_note));
	} else if (e == URNE_OK) {
		warn(l, "published checkpoint is not ours, it is replaced", &why);
	}
	urne_buf_clear(&note);
	urne_arena_clear(&arena);
	return e;
}

static enum urne_err
read_archive(struct recovery *r, struct published *p, const struct urne_board_log *l)
{
	struct stat st;
	int fd = -1;
	enum urne_err e = open_public(r, &fd, l, "election.bel");

	if (fd < 0) {
		return e;
	}
	if (fstat(fd, &st) != 0) {
		e = urne_fail_errno(r->diag, "election.bel");
	} else {
		p->has_archive = true;
		p->archive_len = (uint64_t)st.st_size;
	}
	(void)close(fd);
	return e;
}

/* What was published must be a beginning of what is signed. */
static enum urne_err
check_published(struct recovery *r, const struct published *p, const struct urne_board_log *l)
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

/* choose_start decides from where files are written again: from what main.db knows to be there, or
 * from the beginning when the folder has lost something. */
static enum urne_err
choose_start(
    struct recovery *r, struct urne_board_log *l, const struct published *p, uint64_t recorded)
{
	struct urne_diag why = {{0}};
	uint64_t len = 0;
	enum urne_err e = URNE_OK;

	l->recorded = recorded;
	l->published = recorded;
	if (recorded > 0) {
		e = urne_store_entries(
		    &r->writer->store, r->diag, l->id, recorded - 1, recorded, keep_len, &len);
	}
	if (e == URNE_OK && p->archive_len > l->archive_len) {
		return urne_fail(r->diag, URNE_ERR_MISMATCH,
		    "election.bel is longer than main.db says: something was appended to it, or "
		    "main.db is an old copy; nothing is signed, put back the newest main.db, or "
		    "move the file away if somebody wrote to it");
	}
	if (e == URNE_OK && recorded > 0 && (!p->has_checkpoint || p->archive_len < len)) {
		(void)urne_fail(&why, URNE_OK, "checkpoint or archive is missing or too short");
		warn(l, "published files are behind, all are made anew", &why);
		l->published = 0;
	}
	return e;
}

static enum urne_err
check_log(struct recovery *r, struct urne_board_log *l, uint64_t recorded)
{
	struct published p = {.has_checkpoint = false};
	enum urne_err e = read_head(r, l);

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
		e = read_checkpoint(r, &p, l);
	}
	if (e == URNE_OK) {
		e = check_published(r, &p, l);
	}
	if (e == URNE_OK) {
		e = read_archive(r, &p, l);
	}
	if (e == URNE_OK) {
		e = choose_start(r, l, &p, recorded);
	}
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
	urne_metrics_add(r->writer->metrics, URNE_METRIC_ELECTIONS, 1);
	e = check_log(r, l, row->published);
	if (e != URNE_OK) {
		urne_diag_within(r->diag, "election %s: ", l->uuid);
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
urne_recover(struct urne_writer *w, struct urne_diag *d, size_t num_threads)
{
	struct recovery r = {.writer = w, .diag = d, .num_threads = num_threads};
	enum urne_err e = urne_store_logs(&w->store, d, recover_log, &r);

	return e == URNE_OK ? urne_head_origins(&w->head, d, check_origin, &r) : e;
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
	for (struct urne_board_log *l = w->registry->first; l != NULL; l = l->next) {
		if (!l->settled) {
			logs[num++] = l;
		}
	}
	w->stale_list = true;
	e = urne_writer_settle(w, logs, num, d);
	for (struct urne_board_log *l = w->registry->first; e == URNE_OK && l != NULL;
	     l = l->next) {
		e = urne_ledger_show(l);
	}
	free(logs);
	return e;
}
