/* SPDX-License-Identifier: EUPL-1.2 */
/* The draft is read by what reads archives, so it lies in a file that only this process sees. */
#include "client/cli/draft_setup.h"

#include <unistd.h>

#include "base/memfile.h"
#include "bulletin/log/archive.h"

enum { ELECTION, TRUSTEES, CREDENTIALS, SETUP, NUM_PARTS };

static enum urne_err
read_records(struct urne_archive *a, struct urne_buf *const parts[NUM_PARTS], struct urne_diag *d)
{
	struct urne_record record;
	bool done = false;
	enum urne_err e = urne_archive_next(a, &record, &done, d);

	for (size_t i = 0; e == URNE_OK && !done && i < NUM_PARTS; i++) {
		e = urne_archive_next(a, &record, &done, d);
		if (e == URNE_OK && !done && record.kind != URNE_RECORD_DATA) {
			e = urne_fail(d, URNE_ERR_SYNTAX, "record %zu is no data record", i);
		}
		if (e == URNE_OK && !done) {
			e = urne_archive_load(a, parts[i], d, &record);
		}
	}
	if (e == URNE_OK && !done) {
		e = urne_archive_next(a, &record, &done, d);
		return e == URNE_OK && !done
			   ? urne_fail(d, URNE_ERR_SYNTAX, "has more records than a Setup")
			   : e;
	}
	return e == URNE_OK ? urne_fail(d, URNE_ERR_INCOMPLETE, "ends before its last record") : e;
}

/* take_apart: the records, and that each is what the last one names. */
static enum urne_err
take_apart(struct urne_sealed *s, struct urne_hash *setup, struct urne_diag *d, int fd)
{
	struct urne_hash hash[URNE_MAX_EVENT_DATA];
	struct urne_view data[NUM_PARTS];
	struct urne_archive *a = NULL;
	struct urne_buf last;
	struct urne_buf *const parts[NUM_PARTS] = {
	    &s->election_text, &s->trustees_text, &s->credentials_text, &last};
	enum urne_err e = urne_archive_open_fd(&a, d, fd, NULL);

	urne_buf_init(&last, URNE_MAX_SMALL_FILE);
	if (e == URNE_OK) {
		e = read_records(a, parts, d);
	}
	for (size_t i = 0; i < NUM_PARTS; i++) {
		data[i] = urne_buf_view(parts[i]);
	}
	if (e == URNE_OK) {
		e = urne_event_check(hash, d, URNE_EVENT_SETUP, data, NUM_PARTS);
	}
	if (e == URNE_OK) {
		*setup = hash[SETUP];
	}
	urne_archive_close(a);
	urne_buf_clear(&last);
	return e;
}

static enum urne_err
fetch(struct urne_remote *r, int *fd)
{
	struct urne_buf body;
	bool found = false;
	enum urne_err e;

	urne_buf_init(&body, URNE_MAX_RECORD);
	e = urne_remote_try(r, &body, &found, "draft/setup");
	if (e == URNE_OK && !found) {
		e = urne_fail(&r->cli->diag, URNE_ERR_INCOMPLETE,
		    "%s: no Setup lies there as a draft; whoever has the sealed folder puts it "
		    "there with \"urne board push\"",
		    r->address.data);
	}
	if (e == URNE_OK) {
		e = urne_memfile_open(fd, &r->cli->diag, urne_buf_view(&body));
	}
	urne_buf_clear(&body);
	return e;
}

enum urne_err
urne_draft_setup(struct urne_remote *r, struct urne_sealed *s, struct urne_hash *setup)
{
	struct urne_diag *d = &r->cli->diag;
	int fd = -1;
	enum urne_err e = fetch(r, &fd);

	if (e != URNE_OK) {
		return e;
	}
	e = take_apart(s, setup, d, fd);
	(void)close(fd);
	if (e == URNE_OK) {
		e = urne_sealed_check(s);
	}
	if (e == URNE_OK && !urne_view_eq(s->election.uuid, r->uuid)) {
		e = urne_fail(d, URNE_ERR_MISMATCH, "it holds election %.*s",
		    (int)s->election.uuid.len, s->election.uuid.p);
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "%s/draft/setup: ", r->address.data);
		return e;
	}
	return urne_remote_definition(r, s, "draft/definition",
	    "the vote definition does not lie there as a draft; whoever has the sealed folder puts "
	    "it "
	    "there with \"urne board push\"");
}
