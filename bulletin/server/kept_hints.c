/* SPDX-License-Identifier: EUPL-1.2 */
/* Every record of a ballot has one length, so that a torn one is found by counting. The file is
 * opened for each batch: somebody may have moved it away, or refilled it. */
#include "bulletin/server/kept_hints.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/oplog.h"
#include "bulletin/server/list_hints.h"
#include "election/hint_record.h"

/* Bytes that are written at once. */
#define PIECE ((size_t)1 << 20)

static uint64_t
record_len(uint64_t num_points)
{
	return URNE_HINT_RECORD_HEAD_LEN + num_points * URNE_HINT_LEN;
}

static bool
read_at(int fd, void *out, size_t len, uint64_t offset)
{
	ssize_t n;

	do {
		n = pread(fd, out, len, (off_t)offset);
	} while (n < 0 && errno == EINTR);
	return n == (ssize_t)len;
}

/* num_points_at: of the record that begins there; 0 when it cannot be read. */
static uint64_t
num_points_at(int fd, uint64_t at)
{
	uint8_t head[URNE_HINT_RECORD_HEAD_LEN];
	uint64_t num = 0;
	struct urne_hash of;

	if (read_at(fd, head, sizeof(head), at)) {
		urne_hint_record_read(&of, &num, head);
	}
	return num;
}

/* whole: how much of a file of `size` bytes is head and whole records; 0 without the right head.
 * The list of credentials may have a record of its own, the first; those of ballots follow. A power
 * cut may leave anything in the last ones. */
static uint64_t
whole(int fd, const struct urne_board_election *e, uint64_t size)
{
	const uint64_t each = record_len(e->num_points);
	const uint64_t list = record_len(urne_credentials_count(e->credentials));
	uint8_t head[URNE_HINTS_HEAD_LEN];
	uint64_t first = URNE_HINTS_HEAD_LEN, end;

	if (size < first || !read_at(fd, head, sizeof(head), 0) ||
	    !urne_hints_head_fits(head, &e->election)) {
		return 0;
	}
	if (size - first >= list &&
	    num_points_at(fd, first) == urne_credentials_count(e->credentials)) {
		first += list;
	}
	end = size - (size - first) % each;
	while (end > first && num_points_at(fd, end - each) != e->num_points) {
		end -= each;
	}
	return end;
}

static enum urne_err
failed(struct urne_diag *d, const struct urne_board_log *l)
{
	return urne_fail_errno(d, "public/bb/%s/" URNE_KEPT_HINTS, l->uuid);
}

static enum urne_err
write_at(int fd, struct urne_diag *d, const struct urne_board_log *l, struct urne_view v,
    uint64_t offset)
{
	while (v.len > 0) {
		ssize_t n = pwrite(fd, v.p, v.len, (off_t)offset);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return failed(d, l);
		}
		v = (struct urne_view){v.p + n, v.len - (size_t)n};
		offset += (uint64_t)n;
	}
	return URNE_OK;
}

/* mend makes the file end with a whole record, or begin anew; it is closed when that fails. */
static enum urne_err
mend(int *fd, uint64_t *end, struct urne_diag *d, const struct urne_board_log *l)
{
	uint8_t head[URNE_HINTS_HEAD_LEN];
	struct urne_view all = {(const char *)head, sizeof(head)};
	enum urne_err e = URNE_OK;
	struct stat st = {.st_size = 0};

	*end = fstat(*fd, &st) == 0 ? whole(*fd, l->election, (uint64_t)st.st_size) : 0;
	if (*end != (uint64_t)st.st_size && ftruncate(*fd, (off_t)*end) != 0) {
		e = failed(d, l);
	} else if (*end == 0) {
		urne_hints_head(head, &l->election->election);
		*end = URNE_HINTS_HEAD_LEN;
		e = write_at(*fd, d, l, all, 0);
	}
	if (e != URNE_OK) {
		(void)close(*fd); /* what it holds is judged anew when it is opened again */
		*fd = -1;
	}
	return e;
}

/* open_in opens the file in the log's folder, or makes it. */
static enum urne_err
open_in(int *fd, struct urne_diag *d, int top, const struct urne_board_log *l)
{
	const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_CREAT;
	struct urne_buf path;
	enum urne_err e;

	*fd = -1;
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&path, l->uuid, URNE_KEPT_HINTS);
	if (e != URNE_OK) {
		e = urne_fail(d, e, "no memory");
	} else {
		*fd = openat(top, path.data, flags, 0644);
		e = *fd < 0 ? failed(d, l) : URNE_OK;
	}
	urne_buf_clear(&path);
	return e;
}

enum urne_err
urne_kept_hints_open(
    int *fd, uint64_t *end, struct urne_diag *d, int top, const struct urne_board_log *l)
{
	enum urne_err e = open_in(fd, d, top, l);

	*end = 0;
	return e == URNE_OK ? mend(fd, end, d, l) : e;
}

/* warn tells the operator what happened, who may want to make room, or hints. */
static void
warn(const struct urne_board_log *l, const char *what, const struct urne_diag *why)
{
	struct urne_oplog line;

	urne_oplog_begin(&line, URNE_OPLOG_WARNING, what);
	urne_oplog_string(&line, "election", l->uuid);
	urne_oplog_string(&line, "reason", why->text);
	urne_oplog_string(&line, "what now",
	    "nothing is lost, verifying takes longer; once the cause is gone and the board is "
	    "stopped, \"urne-board refill --hints\" makes them");
	urne_oplog_end(&line);
}

/* put_record writes a record behind the others. */
static enum urne_err
put_record(int fd, uint64_t *end, struct urne_diag *d, const struct urne_board_log *l,
    struct urne_view record)
{
	enum urne_err e = write_at(fd, d, l, record, *end);

	*end += record.len;
	return e;
}

/* make_list makes the record of the list, the first. */
static enum urne_err
make_list(int fd, struct urne_diag *d, struct urne_board_log *l, struct urne_store *s,
    struct urne_pool *pool)
{
	struct urne_buf room, record;
	struct urne_hash hash;
	struct urne_view list;
	enum urne_err e;

	urne_buf_init(&room, URNE_MAX_RECORD);
	urne_buf_init(&record, 0);
	e = urne_list_of(&list, &hash, &room, d, s, l);
	e = e == URNE_OK ? urne_list_record_make(&record, d, l, list, pool) : e;
	e = e == URNE_OK ? put_record(fd, &l->hints_end, d, l, urne_buf_view(&record)) : e;
	urne_buf_clear(&record);
	urne_buf_clear(&room);
	return e;
}

void
urne_kept_hints_start(
    const struct urne_registry *r, int top, struct urne_store *s, struct urne_pool *pool)
{
	for (struct urne_board_log *l = r->first; l != NULL; l = l->next) {
		struct urne_diag d = {{0}};
		enum urne_err e;
		int fd = -1;

		if (l->election == NULL || l->election->num_points == 0) {
			continue;
		}
		e = urne_kept_hints_open(&fd, &l->hints_end, &d, top, l);
		if (e == URNE_OK && l->hints_end == URNE_HINTS_HEAD_LEN) {
			e = make_list(fd, &d, l, s, pool);
		}
		if (e != URNE_OK) {
			l->hints_end = 0; /* what is there is looked at anew */
			l->hints_told = true;
			warn(l, "hints are not kept", &d);
		}
		if (fd >= 0) {
			(void)close(fd); /* nothing was promised of it */
		}
	}
}

/* is_new: a ballot of this log that stands in it since this batch. */
static bool
is_new(const struct urne_submission *s, const struct urne_board_log *l)
{
	return s->kind == URNE_SUBMIT_BALLOT && s->log == l && s->err == URNE_OK && !s->repeated;
}

/* setup_in: the order that made this log, with the record of its list; or NULL. */
static const struct urne_submission *
setup_in(const struct urne_submission *list, const struct urne_board_log *l)
{
	while (
	    list != NULL && (list->kind != URNE_SUBMIT_ORDER || list->log != l ||
				list->err != URNE_OK || list->repeated || list->hints.len == 0)) {
		list = list->next;
	}
	return list;
}

static enum urne_err
flush(int fd, struct urne_buf *records, uint64_t *end, struct urne_diag *d,
    const struct urne_board_log *l)
{
	enum urne_err e = urne_buf_error(records);

	e = e == URNE_OK ? put_record(fd, end, d, l, urne_buf_view(records))
			 : urne_fail(d, e, "no memory");
	urne_buf_reset(records);
	return e;
}

/* append_all: *num counts those that are in the file. */
static enum urne_err
append_all(int fd, uint64_t *end, size_t *num, struct urne_diag *d, const struct urne_board_log *l,
    const struct urne_submission *list)
{
	uint8_t head[URNE_HINT_RECORD_HEAD_LEN];
	size_t waiting = 0;
	struct urne_buf records;
	enum urne_err e = URNE_OK;

	urne_buf_init(&records, PIECE + URNE_HINT_RECORD_HEAD_LEN + URNE_MAX_HINTS);
	for (; e == URNE_OK && list != NULL; list = list->next) {
		if (!is_new(list, l) || list->hints.len == 0) {
			continue;
		}
		urne_hint_record_head(head, &list->tracker, l->election->num_points);
		urne_buf_put(&records, head, sizeof(head));
		urne_buf_put_view(&records, urne_buf_view(&list->hints));
		waiting++;
		if (records.len >= PIECE) {
			e = flush(fd, &records, end, d, l);
			*num += e == URNE_OK ? waiting : 0;
			waiting = 0;
		}
	}
	e = e == URNE_OK && waiting > 0 ? flush(fd, &records, end, d, l) : e;
	*num += e == URNE_OK ? waiting : 0;
	urne_buf_clear(&records);
	return e;
}

/* open_grown opens it where the last batch ended, if it is still as that left it. Of what is gone
 * the board makes nothing anew while people vote: the operator is told. */
static enum urne_err
open_grown(int *fd, struct urne_diag *d, int top, struct urne_board_log *l)
{
	const uint64_t before = l->hints_end;
	struct stat st;
	enum urne_err e = open_in(fd, d, top, l);

	if (e != URNE_OK ||
	    (l->hints_end > 0 && fstat(*fd, &st) == 0 && (uint64_t)st.st_size == l->hints_end)) {
		return e;
	}
	e = mend(fd, &l->hints_end, d, l);
	if (e == URNE_OK && l->hints_end < before) {
		struct urne_diag why = {{0}};

		(void)urne_fail(&why, URNE_ERR_INCOMPLETE,
		    "public/bb/%s/" URNE_KEPT_HINTS " had %" PRIu64 " bytes and has %" PRIu64,
		    l->uuid, before, l->hints_end);
		warn(l, "hints are gone", &why);
	}
	return e;
}

void
urne_kept_hints_append(
    struct urne_board_log *l, int top, struct urne_metrics *m, const struct urne_submission *list)
{
	const struct urne_submission *setup = setup_in(list, l);
	size_t num_new = 0, num_kept = 0;
	struct urne_diag d = {{0}};
	enum urne_err e = URNE_OK;
	int fd = -1;

	for (const struct urne_submission *s = list; s != NULL; s = s->next) {
		num_new += is_new(s, l) ? 1 : 0;
	}
	if ((num_new == 0 && setup == NULL) || l->election->num_points == 0) {
		return;
	}
	e = open_grown(&fd, &d, top, l);
	if (e == URNE_OK && setup != NULL && urne_buf_error(&setup->hints) == URNE_OK) {
		e = put_record(fd, &l->hints_end, &d, l, urne_buf_view(&setup->hints));
	}
	if (e == URNE_OK) {
		e = append_all(fd, &l->hints_end, &num_kept, &d, l, list);
	}
	if (fd >= 0) {
		(void)close(fd); /* nothing was promised of it */
	}
	urne_metrics_add(m, URNE_METRIC_HINTS_KEPT, (int64_t)num_kept);
	urne_metrics_add(m, URNE_METRIC_HINTS_LOST, (int64_t)(num_new - num_kept));
	l->hints_end = e == URNE_OK ? l->hints_end : 0; /* what is there then is looked at anew */
	if (e != URNE_OK && !l->hints_told) {
		warn(l, "hints are not kept", &d);
	}
	l->hints_told = e != URNE_OK;
}
