/* SPDX-License-Identifier: EUPL-1.2 */
/* The archive's reader works on files, so that text in memory becomes a file without a name. */
#include "bulletin/server/event_body.h"

#include <unistd.h>

#include "base/limits.h"
#include "base/memfile.h"
#include "bulletin/log/archive.h"

static enum urne_err
take(struct urne_submission *s, struct urne_diag *d, struct urne_archive *a,
    const struct urne_record *rec)
{
	enum urne_err e;

	if (rec->kind == URNE_RECORD_HEADER) {
		return URNE_OK;
	}
	if (rec->kind == URNE_RECORD_EVENT) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "the body has an event record; the board makes the event itself");
	}
	if (s->num_data == URNE_MAX_EVENT_DATA) {
		return urne_fail(d, URNE_ERR_MISMATCH, "more data records than any event has");
	}
	urne_buf_reset(&s->data[s->num_data]);
	e = urne_archive_load(a, &s->data[s->num_data], d, rec);
	s->num_data += e == URNE_OK ? 1 : 0;
	return e;
}

enum urne_err
urne_event_body_read(
    struct urne_submission *s, struct urne_diag *d, int fd, const uint64_t *timestamp)
{
	struct urne_archive *a = NULL;
	struct urne_record rec;
	bool done = false;
	enum urne_err e = urne_archive_open_fd(&a, d, fd, timestamp);

	s->num_data = 0;
	while (e == URNE_OK && (e = urne_archive_next(a, &rec, &done, d)) == URNE_OK && !done) {
		e = take(s, d, a, &rec);
	}
	if (e == URNE_OK) {
		s->timestamp = urne_archive_timestamp(a);
	}
	urne_archive_close(a);
	return e;
}

enum urne_err
urne_event_body_read_text(struct urne_submission *s, struct urne_diag *d, struct urne_view text)
{
	int fd = -1;
	enum urne_err e = urne_memfile_open(&fd, d, text);

	if (e == URNE_OK) {
		e = urne_event_body_read(s, d, fd, NULL);
		(void)close(fd);
	}
	return e;
}
