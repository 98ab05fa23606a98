/* SPDX-License-Identifier: EUPL-1.2 */
/* The new file is made beside the old one, and takes its place only when it leads to the root that
 * the log has signed. */
#include "client/cli/pull.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "client/cli/board_compare.h"

#define COPY_BYTES ((size_t)1 << 20)
/* Where caches stand in between, the archive may be some moments older than the checkpoint. */
#define MAX_WAITS 5

/* --- names --- */

static enum urne_err
name_files(struct urne_pull *p)
{
	static const char *const endings[] = {".bel", ".bel.part", ".vote.json"};
	struct urne_buf *const names[] = {&p->archive, &p->part, &p->definition};
	struct urne_buf file;
	enum urne_err e = URNE_OK;

	urne_buf_init(&file, URNE_MAX_SMALL_FILE);
	for (size_t i = 0; e == URNE_OK && i < sizeof(names) / sizeof(names[0]); i++) {
		urne_buf_reset(&file);
		urne_buf_put_view(&file, p->r.uuid);
		urne_buf_puts(&file, endings[i]);
		urne_buf_put(&file, "", 1);
		e = urne_buf_error(&file);
		if (e == URNE_OK) {
			e = urne_path_join(names[i], p->dir, file.data);
		}
	}
	urne_buf_clear(&file);
	return e == URNE_OK ? e : urne_fail(&p->cli->diag, e, "the name of the folder is too long");
}

/* --- what there is --- */

enum urne_err
urne_pull_lock(struct urne_pull *p)
{
	enum urne_err e = URNE_OK;

	if (!urne_file_exists(p->dir)) {
		e = urne_dir_create(&p->cli->diag, p->dir, URNE_FILE_PUBLIC);
	}
	if (e != URNE_OK) {
		return e;
	}
	p->lock = open(p->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->lock < 0) {
		return urne_fail_errno(&p->cli->diag, "%s", p->dir);
	}
	if (flock(p->lock, LOCK_EX | LOCK_NB) != 0) {
		return urne_fail(&p->cli->diag, URNE_ERR_ORDER,
		    "%s: another command is at work there, wait for it", p->dir);
	}
	return URNE_OK;
}

static enum urne_err
open_here(struct urne_pull *p)
{
	struct urne_buf found;
	enum urne_err e = urne_pull_lock(p);

	urne_buf_init(&found, URNE_MAX_SMALL_FILE);
	if (e == URNE_OK) {
		e = urne_find_archive(p->cli, &found, p->dir);
	}
	if (e == URNE_OK && found.len > 0) {
		p->has_here = true;
		e = urne_state_open(&p->here, p->cli, p->dir, true);
	}
	urne_buf_clear(&found);
	if (e != URNE_OK || !p->has_here) {
		return e;
	}
	if (!urne_view_eq(p->here.sealed.election.uuid, p->r.uuid)) {
		return urne_fail(&p->cli->diag, URNE_ERR_MISMATCH,
		    "%s: holds election %.*s, pull into another folder", p->here.path.data,
		    (int)p->here.sealed.election.uuid.len, p->here.sealed.election.uuid.p);
	}
	/* whatever an interrupted append left goes aside before the file is replaced */
	if (p->here.torn > 0) {
		e = urne_state_append(&p->here, (struct urne_view){"", 0}, true);
	}
	return e == URNE_OK ? urne_board_compare(&p->r, &p->here) : e;
}

/* --- the new file --- */

static enum urne_err
copy_here(struct urne_pull *p)
{
	struct urne_buf block;
	off_t at = 0, end = p->has_here ? (off_t)p->here.end : 0;
	char *room = NULL;
	enum urne_err e = URNE_OK;

	urne_buf_init(&block, COPY_BYTES);
	room = urne_buf_grow(&block, COPY_BYTES);
	if (room == NULL) {
		e = urne_fail(&p->cli->diag, URNE_ERR_MEMORY, "no memory to copy the archive");
	} else if (ftruncate(p->fd, 0) != 0) {
		e = urne_fail_errno(&p->cli->diag, "%s", p->part.data);
	}
	while (e == URNE_OK && at < end) {
		size_t want = (uint64_t)(end - at) < COPY_BYTES ? (size_t)(end - at) : COPY_BYTES;
		ssize_t n = pread(p->here.lock, room, want, at);
		if (n <= 0 || pwrite(p->fd, room, (size_t)n, at) != n) {
			e = urne_fail_errno(&p->cli->diag, "%s: cannot be copied", p->archive.data);
		}
		at += n;
	}
	urne_buf_clear(&block);
	return e;
}

/* A pull that was interrupted left its beginning: it is checked with the rest, at the end. */
static enum urne_err
open_part(struct urne_pull *p, uint64_t *have)
{
	struct stat st;
	uint64_t end = p->has_here ? p->here.end : 0;

	if (p->fd >= 0) {
		(void)close(p->fd);
	}
	p->fd = open(p->part.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, 0644);
	if (p->fd < 0 || fstat(p->fd, &st) != 0) {
		return urne_fail_errno(&p->cli->diag, "%s", p->part.data);
	}
	*have = (uint64_t)st.st_size;
	if (*have > end) {
		return URNE_OK;
	}
	*have = end;
	return copy_here(p);
}

static void
progress(void *ctx, uint64_t bytes, uint64_t total)
{
	struct urne_pull *p = ctx;

	p->progress.total = (size_t)total;
	urne_progress_add(&p->progress, (size_t)bytes - p->progress.done);
}

static enum urne_err
download(struct urne_pull *p)
{
	struct urne_http_answer answer = {0, 0};
	struct urne_diag *d = &p->cli->diag;
	uint64_t have = 0, total = 0;
	struct urne_buf url;
	enum urne_err e = open_part(p, &have);

	urne_buf_init(&url, URNE_MAX_SMALL_FILE);
	urne_buf_printf(&url, "%s/election.bel", p->r.address.data);
	urne_buf_put(&url, "", 1);
	if (e == URNE_OK) {
		e = urne_buf_error(&url);
	}
	if (e == URNE_OK) {
		urne_progress_start(&p->progress, "bytes of the archive", 0);
		e = urne_http_resume(
		    p->r.http, &answer, &total, d, url.data, p->fd, have, progress, p);
		urne_progress_end(&p->progress);
	}
	if (e == URNE_OK && answer.status > 299) {
		e = urne_http_refusal(d, &answer, (struct urne_view){"", 0}, url.data);
	}
	urne_buf_clear(&url);
	return e;
}

/* The board may have published more since it signed: what is not signed for is not taken. */
static enum urne_err
check(struct urne_pull *p, bool *too_short)
{
	const struct urne_checkpoint *c = &p->r.checkpoint;
	struct urne_diag *d = &p->cli->diag;
	struct urne_state s;
	enum urne_err e = urne_state_open(&s, p->cli, p->part.data, false);

	*too_short = e == URNE_OK && s.num_leaves < c->size;
	if (*too_short) {
		e = urne_fail(d, URNE_ERR_INCOMPLETE,
		    "%s: the board sent %zu events and has signed %" PRIu64, p->r.address.data,
		    s.num_leaves, c->size);
	}
	if (e == URNE_OK && !urne_view_eq(s.sealed.election.uuid, p->r.uuid)) {
		e = urne_fail(d, URNE_ERR_MISMATCH, "%s: the board sent election %.*s",
		    p->r.address.data, (int)s.sealed.election.uuid.len, s.sealed.election.uuid.p);
	}
	if (e == URNE_OK && !urne_board_agrees(&p->r, &s)) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "%s: the archive that the board sent does not give the root of the checkpoint "
		    "that it signed; nothing was changed",
		    p->r.address.data);
	}
	if (e == URNE_OK && ftruncate(p->fd, (off_t)s.leaves[c->size - 1].end) != 0) {
		e = urne_fail_errno(d, "%s", p->part.data);
	}
	urne_state_close(&s);
	return e;
}

static enum urne_err
put_in_place(struct urne_pull *p)
{
	struct urne_diag *d = &p->cli->diag;

	if (fsync(p->fd) != 0 || rename(p->part.data, p->archive.data) != 0) {
		return urne_fail_errno(d, "%s", p->archive.data);
	}
	return fsync(p->lock) == 0 ? URNE_OK
				   : urne_fail_errno(d, "%s: cannot be made durable", p->dir);
}

static enum urne_err
get_archive(struct urne_pull *p)
{
	bool too_short = false;
	enum urne_err e = URNE_OK;

	if (p->has_here && p->here.num_leaves >= p->r.checkpoint.size) {
		return URNE_OK;
	}
	for (int waits = 0; waits <= MAX_WAITS && (waits == 0 || too_short); waits++) {
		(void)nanosleep(&(struct timespec){.tv_sec = waits > 0 ? 1 : 0}, NULL);
		too_short = false;
		e = download(p);
		if (e != URNE_OK) {
			return e; /* what came stays: the next pull goes on behind it */
		}
		e = check(p, &too_short);
	}
	if (e != URNE_OK && !urne_err_is_ours(e)) {
		(void)unlink(p->part.data); /* the next pull begins anew */
	}
	return e == URNE_OK ? put_in_place(p) : e;
}

/* --- the definition --- */

static enum urne_err
get_definition(struct urne_pull *p)
{
	struct urne_sealed s;
	enum urne_err e = URNE_OK;

	if (urne_file_exists(p->definition.data)) {
		return URNE_OK; /* compared with the election when the archive is opened */
	}
	urne_sealed_init(&s, p->cli, p->r.address.data);
	e = urne_remote_setup(&p->r, &s);
	if (e == URNE_OK && s.has_definition) {
		e = urne_file_create(&p->cli->diag, p->definition.data, URNE_FILE_PUBLIC,
		    urne_buf_view(&s.definition_text));
		p->got_definition = e == URNE_OK;
	}
	urne_sealed_clear(&s);
	return e;
}

static enum urne_err
pull(struct urne_pull *p, const char *address)
{
	const struct urne_view any = {"", 0};
	enum urne_err e = urne_remote_open(&p->r, p->cli, address);

	if (e == URNE_OK) {
		e = urne_remote_election(&p->r, any);
	}
	if (e == URNE_OK) {
		e = name_files(p);
	}
	if (e == URNE_OK) {
		e = urne_remote_known(&p->r);
	}
	if (e == URNE_OK) {
		e = open_here(p);
	}
	if (e == URNE_OK) {
		p->before = p->has_here ? p->here.num_leaves : 0;
		e = get_archive(p);
	}
	return e == URNE_OK ? get_definition(p) : e;
}

enum urne_err
urne_pull(struct urne_pull *p, struct urne_cli *cli, const char *address, const char *dir)
{
	struct urne_buf *const names[] = {&p->archive, &p->part, &p->definition};
	enum urne_err e;

	*p = (struct urne_pull){.cli = cli, .dir = dir, .lock = -1, .fd = -1};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		urne_buf_init(names[i], URNE_MAX_SMALL_FILE);
	}
	e = pull(p, address);
	/* whoever opens the archive next finds it unlocked */
	if (p->fd >= 0) {
		(void)close(p->fd);
	}
	if (p->lock >= 0) {
		(void)close(p->lock);
	}
	if (p->has_here) {
		urne_state_close(&p->here);
	}
	p->fd = p->lock = -1;
	p->has_here = false;
	return e;
}

void
urne_pull_clear(struct urne_pull *p)
{
	urne_remote_close(&p->r);
	urne_buf_clear(&p->archive);
	urne_buf_clear(&p->part);
	urne_buf_clear(&p->definition);
	urne_buf_clear(&p->hints);
}
