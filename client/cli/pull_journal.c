/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal of the board comes into the folder of the election, under the names by which
 * urne-verify keeps it: its archive, proved to be what the log has signed, and behind that the
 * checkpoint, so that the next one must continue it. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "bulletin/log/kept.h"
#include "client/cli/journal_remote.h"
#include "client/cli/pull.h"

#define PART "journal.archive.part"

struct pulled {
	struct urne_pull *p;
	struct urne_cli *cli;
	struct urne_remote r; /* of the journal */
	struct urne_buf path; /* of the file at work, with a NUL */
	struct urne_checkpoint kept;
	bool has_kept;
	int fd; /* of PART, or -1 */
};

static const char *
path_of(struct pulled *j, const char *name)
{
	if (urne_path_join(&j->path, j->p->dir, name) != URNE_OK) {
		(void)urne_fail(&j->cli->diag, URNE_ERR_MEMORY, "no memory for a name");
		return NULL;
	}
	return j->path.data;
}

static enum urne_err
put(struct pulled *j, const char *name, const struct urne_buf *text)
{
	const char *path = path_of(j, name);

	return path != NULL ? urne_file_replace(&j->cli->diag, path, urne_buf_view(text))
			    : URNE_ERR_MEMORY;
}

/* --- against the one that was here --- */

static enum urne_err
read_kept(struct pulled *j)
{
	const char *path = path_of(j, urne_kept_journal.checkpoint);
	struct urne_buf note;
	enum urne_err e;

	if (path == NULL || !urne_file_exists(path)) {
		return path == NULL ? URNE_ERR_MEMORY : URNE_OK;
	}
	urne_buf_init(&note, URNE_NOTE_MAX);
	e = urne_cli_read(j->cli, &note, path);
	if (e == URNE_OK) {
		e = urne_checkpoint_open(
		    &j->kept, &j->r.arena, &j->cli->diag, urne_buf_view(&note), &j->r.key);
		if (e != URNE_OK) {
			urne_diag_within(&j->cli->diag,
			    "%s: is no checkpoint of this board's journal, pull into another "
			    "folder: ",
			    path);
		}
	}
	j->has_kept = e == URNE_OK;
	urne_buf_clear(&note);
	return e;
}

/* refuse keeps what the board shows beside what was here: together they are the evidence. */
static enum urne_err
refuse(struct pulled *j, const char *how)
{
	const struct urne_checkpoint *c = &j->r.checkpoint;
	enum urne_err e = put(j, urne_kept_journal.refused, &j->r.note);

	return e != URNE_OK
		   ? e
		   : urne_fail(&j->cli->diag, URNE_ERR_MISMATCH,
			 "%s: the journal here had %" PRIu64 " entries, and the board signs one of "
			 "%" PRIu64 " that %s; nothing of it was taken, and %s and %s in %s are "
			 "evidence: tell the officials",
			 j->r.address.data, j->kept.size, c->size, how,
			 urne_kept_journal.checkpoint, urne_kept_journal.refused, j->p->dir);
}

static enum urne_err
compare_kept(struct pulled *j)
{
	enum urne_err e;

	if (!j->has_kept) {
		return URNE_OK;
	}
	if (j->r.checkpoint.size < j->kept.size) {
		return refuse(j, "was set back");
	}
	if (j->r.checkpoint.size == j->kept.size) {
		return urne_hash_eq(&j->r.checkpoint.root, &j->kept.root) ? URNE_OK
									  : refuse(j, "is another");
	}
	e = urne_remote_extends(&j->r, j->kept.size, &j->kept.root);
	return e == URNE_ERR_MISMATCH ? refuse(j, "does not continue it") : e;
}

/* --- the new one --- */

static enum urne_err
download(struct pulled *j)
{
	struct urne_http_answer answer = {0, 0};
	struct urne_diag *d = &j->cli->diag;
	const char *path = path_of(j, PART);
	struct urne_buf url;
	uint64_t total = 0;
	enum urne_err e;

	if (path == NULL) {
		return URNE_ERR_MEMORY;
	}
	j->fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, 0644);
	if (j->fd < 0) {
		return urne_fail_errno(d, "%s", path);
	}
	urne_buf_init(&url, URNE_MAX_SMALL_FILE);
	urne_buf_printf(&url, "%s/%s", j->r.address.data, urne_kept_election.archive);
	urne_buf_put(&url, "", 1);
	e = urne_buf_error(&url);
	if (e == URNE_OK) {
		e = urne_http_resume(j->r.http, &answer, &total, d, url.data, j->fd, 0, NULL, NULL);
	}
	if (e == URNE_OK && answer.status > 299) {
		e = urne_http_refusal(d, &answer, (struct urne_view){"", 0}, url.data);
	}
	urne_buf_clear(&url);
	return e;
}

/* read_tree: the tree of the first entries, as many as are signed for, and where they end. */
static enum urne_err
read_tree(struct pulled *j, struct urne_merkle_tree *tree, uint64_t *end)
{
	struct urne_chain chain = {.is_journal = true};
	struct urne_archive *a = NULL;
	struct urne_buf text;
	bool done = false;
	enum urne_err e = urne_archive_open(&a, &j->cli->diag, j->path.data);

	urne_buf_init(&text, URNE_ENTRY_MAX);
	while (e == URNE_OK && tree->size < j->r.checkpoint.size) {
		struct urne_log_item item;
		enum urne_log_fault fault;
		struct urne_hash leaf;

		e = urne_log_next(a, &chain, &item, &done, &fault, &j->cli->diag);
		if (e != URNE_OK || done) {
			break;
		}
		urne_buf_reset(&text);
		urne_event_write(&text, &item.event);
		urne_merkle_leaf(&leaf, urne_buf_view(&text));
		e = urne_buf_error(&text);
		e = e == URNE_OK ? urne_merkle_append(tree, &leaf, NULL, NULL) : e;
		*end = item.end;
	}
	urne_buf_clear(&text);
	urne_archive_close(a);
	return e;
}

static enum urne_err
check(struct pulled *j)
{
	struct urne_merkle_tree tree = {.size = 0};
	struct urne_hash root;
	uint64_t end = 0;
	enum urne_err e = read_tree(j, &tree, &end);

	if (e != URNE_OK) {
		urne_diag_within(&j->cli->diag,
		    "%s: what the board sent of it: entry %" PRIu64 ": ", j->r.address.data,
		    tree.size);
		return e;
	}
	urne_merkle_root(&tree, &root);
	if (tree.size != j->r.checkpoint.size || !urne_hash_eq(&root, &j->r.checkpoint.root)) {
		return urne_fail(&j->cli->diag, URNE_ERR_MISMATCH,
		    "%s: the journal that the board sent does not give the root of the checkpoint "
		    "that it signed; the one here was not changed",
		    j->r.address.data);
	}
	return ftruncate(j->fd, (off_t)end) == 0
		   ? URNE_OK
		   : urne_fail_errno(&j->cli->diag, "%s", j->path.data);
}

/* put_in_place: the archive before the checkpoint that covers it. */
static enum urne_err
put_in_place(struct pulled *j)
{
	struct urne_buf archive;
	enum urne_err e;

	urne_buf_init(&archive, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&archive, j->p->dir, urne_kept_journal.archive);
	if (e == URNE_OK && (fsync(j->fd) != 0 || rename(j->path.data, archive.data) != 0)) {
		e = urne_fail_errno(&j->cli->diag, "%s", archive.data);
	}
	urne_buf_clear(&archive);
	if (e == URNE_OK) {
		e = put(j, urne_kept_journal.policy, &j->r.policy_text);
	}
	return e == URNE_OK ? put(j, urne_kept_journal.checkpoint, &j->r.note) : e;
}

/* --- the whole --- */

static enum urne_err
get(struct pulled *j)
{
	const char *archive;
	enum urne_err e = urne_remote_checkpoint(&j->r);

	if (e == URNE_OK) {
		e = read_kept(j);
	}
	if (e == URNE_OK) {
		e = compare_kept(j);
	}
	if (e != URNE_OK) {
		return e;
	}
	j->p->journal_before = j->has_kept ? j->kept.size : 0;
	j->p->journal_size = j->r.checkpoint.size;
	archive = path_of(j, urne_kept_journal.archive);
	if (j->has_kept && j->kept.size == j->r.checkpoint.size && archive != NULL &&
	    urne_file_exists(archive)) {
		return URNE_OK;
	}
	e = download(j);
	if (e == URNE_OK) {
		e = check(j);
	}
	if (e != URNE_OK) {
		(void)unlink(j->path.data);
	}
	return e == URNE_OK ? put_in_place(j) : e;
}

/* A board that never had a journal is an old one; one that hides it is not. */
static enum urne_err
judge_hidden(struct pulled *j)
{
	const char *path = path_of(j, urne_kept_journal.checkpoint);

	return path == NULL || !urne_file_exists(path)
		   ? URNE_OK
		   : urne_fail(&j->cli->diag, URNE_ERR_MISMATCH,
			 "%s: the board shows no journal any more, and there is one here; tell the "
			 "officials",
			 j->r.address.data);
}

enum urne_err
urne_pull_journal(struct urne_pull *p)
{
	struct pulled j = {.p = p, .cli = p->cli, .fd = -1};
	bool there = false;
	enum urne_err e = urne_pull_lock(p);

	urne_buf_init(&j.path, URNE_MAX_SMALL_FILE);
	if (e == URNE_OK) {
		e = urne_journal_remote(&j.r, &there, &p->r);
		e = e != URNE_OK ? e : there ? get(&j) : judge_hidden(&j);
		urne_remote_close(&j.r);
	}
	if (j.fd >= 0) {
		(void)close(j.fd);
	}
	if (p->lock >= 0) {
		(void)close(p->lock);
	}
	p->lock = -1;
	urne_buf_clear(&j.path);
	return e;
}
