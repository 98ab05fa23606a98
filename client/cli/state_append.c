/* SPDX-License-Identifier: EUPL-1.2 */
/* The one way to append to an archive: whole events, one write, made durable, or the file as it
 * was. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "client/cli/state.h"

/* Save what an interrupted append left, then cut it off. */
static enum urne_err
put_torn_aside(struct urne_state *s)
{
	struct urne_diag *d = &s->cli->diag;
	struct urne_buf tail, name;
	enum urne_err e = URNE_OK;
	char *p = NULL;

	urne_buf_init(&tail, URNE_MAX_RECORD);
	urne_buf_init(&name, (size_t)65536);
	p = urne_buf_grow(&tail, (size_t)s->torn);
	if (p == NULL) {
		e = urne_fail(d, URNE_ERR_MEMORY, "no memory for the torn end of the archive");
	} else if (pread(s->lock, p, (size_t)s->torn, (off_t)s->end) != (ssize_t)s->torn) {
		e = urne_fail_errno(d, "%s: the torn end cannot be read", s->path.data);
	}
	urne_buf_printf(&name, "%s.torn-%" PRIu64, s->path.data, s->torn_height);
	urne_buf_put(&name, "", 1);
	if (e == URNE_OK) {
		tail.len = (size_t)s->torn;
		e = urne_buf_error(&name);
	}
	if (e == URNE_OK) {
		e = urne_file_create(d, name.data, URNE_FILE_PUBLIC, urne_buf_view(&tail));
	}
	if (e == URNE_OK && (ftruncate(s->lock, (off_t)s->end) != 0 || fsync(s->lock) != 0)) {
		e = urne_fail_errno(d, "%s: the torn end cannot be cut off", s->path.data);
	}
	if (e == URNE_OK) {
		urne_cli_note("urne: note: %s ended in %" PRIu64
			      " bytes that an interrupted append "
			      "left; they are now in %s, and the archive ends with its last whole "
			      "event",
		    s->path.data, s->torn, name.data);
		s->torn = 0;
	}
	urne_buf_clear(&tail);
	urne_buf_clear(&name);
	return e;
}

static enum urne_err
write_at_end(struct urne_state *s, struct urne_view v)
{
	off_t at = (off_t)s->end;

	while (v.len > 0) {
		ssize_t n = pwrite(s->lock, v.p, v.len, at);
		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return urne_fail_errno(&s->cli->diag, "%s", s->path.data);
		}
		v.p += n;
		v.len -= (size_t)n;
		at += n;
	}
	return URNE_OK;
}

enum urne_err
urne_state_append(struct urne_state *s, struct urne_view records, bool sync)
{
	enum urne_err e = s->torn > 0 ? put_torn_aside(s) : URNE_OK;

	if (e != URNE_OK) {
		return e;
	}
	e = write_at_end(s, records);
	if (e == URNE_OK && sync && fsync(s->lock) != 0) {
		e = urne_fail_errno(&s->cli->diag, "%s: cannot be made durable", s->path.data);
	}
	if (e != URNE_OK) {
		/* as it was: whatever got through goes away */
		(void)!ftruncate(s->lock, (off_t)s->end);
		return e;
	}
	s->end += records.len;
	return URNE_OK;
}

enum urne_err
urne_state_event(
    struct urne_state *s, enum urne_event_type type, const struct urne_view *data, size_t num_data)
{
	struct urne_buf out;
	enum urne_err e;

	urne_buf_init(&out, URNE_MAX_RECORD);
	e = urne_event_append(&out, &s->chain, &s->cli->diag, type, data, num_data, s->timestamp);
	if (e == URNE_OK) {
		e = urne_state_append(s, urne_buf_view(&out), true);
	}
	urne_buf_clear(&out);
	return e;
}
