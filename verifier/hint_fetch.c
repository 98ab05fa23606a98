/* SPDX-License-Identifier: EUPL-1.2 */
/* In parts, each bounded: who serves hints is nobody to be trusted with a disk. */
#include "verifier/hint_fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/http/http.h"
#include "base/limits.h"

/* Bytes that are asked for at once; of a server that knows no parts, all there may be. */
#define PART ((uint64_t)8 << 20)

/* open_nameless: the file is gone however this program ends. */
static enum urne_err
open_nameless(struct urne_fetched_hints *f, struct urne_diag *d)
{
	const char *dir = getenv("TMPDIR");
	char name[32];

	if (urne_path_join(&f->path, dir != NULL && dir[0] != '\0' ? dir : "/tmp",
		"urne-hints-XXXXXX") != URNE_OK) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a name");
	}
	f->fd = mkostemp(f->path.data, O_CLOEXEC);
	if (f->fd < 0 || unlink(f->path.data) != 0) {
		return urne_fail_errno(d, "%s", f->path.data);
	}
	(void)snprintf(name, sizeof(name), "/dev/fd/%d", f->fd);
	urne_buf_reset(&f->path);
	urne_buf_put(&f->path, name, strlen(name) + 1);
	return urne_buf_error(&f->path);
}

static enum urne_err
write_all(int fd, struct urne_diag *d, struct urne_view v, uint64_t at)
{
	while (v.len > 0) {
		ssize_t n = pwrite(fd, v.p, v.len, (off_t)at);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return urne_fail_errno(d, "a temporary file for hints");
		}
		v = (struct urne_view){v.p + n, v.len - (size_t)n};
		at += (uint64_t)n;
	}
	return URNE_OK;
}

/* fetch_part appends what lies from *at on to the file; *more: there may be something behind. */
static enum urne_err
fetch_part(struct urne_fetched_hints *f, uint64_t *at, bool *more, struct urne_diag *d,
    struct urne_http *http, const char *url, uint64_t max)
{
	uint64_t len = max - *at < PART ? max - *at : PART;
	struct urne_http_answer answer = {.status = 0};
	struct urne_buf body;
	enum urne_err e;

	urne_buf_init(&body, PART);
	e = urne_http_get_part(http, &answer, &body, d, url, *at, len);
	*more = answer.status == 206 && body.len > 0;
	if (e == URNE_OK && answer.status == 416) {
		urne_buf_reset(&body);
	} else if (e == URNE_OK && answer.status != 206 && (answer.status != 200 || *at > 0)) {
		e = urne_http_refusal(d, &answer, urne_buf_view(&body), url);
	}
	if (e == URNE_OK) {
		struct urne_view all = urne_buf_view(&body);

		all.len = all.len < len ? all.len : (size_t)len;
		e = write_all(f->fd, d, all, *at);
		*at += all.len;
	}
	urne_buf_clear(&body);
	return e;
}

static enum urne_err
fetch(struct urne_fetched_hints *f, struct urne_diag *d, const char *url, const char *ca,
    uint64_t max)
{
	struct urne_http *http = NULL;
	uint64_t at = 0;
	bool more = true;
	enum urne_err e = open_nameless(f, d);

	e = e == URNE_OK ? urne_http_new(&http, d, ca) : e;
	while (e == URNE_OK && more && at < max) {
		e = fetch_part(f, &at, &more, d, http, url, max);
	}
	urne_http_free(http);
	return e;
}

enum urne_err
urne_fetch_hints(
    struct urne_fetched_hints *f, struct urne_diag *d, struct urne_verification *v, const char *ca)
{
	struct urne_diag why = {{0}};
	struct stat st = {.st_size = 0};
	enum urne_err e;

	*f = (struct urne_fetched_hints){.fd = -1};
	urne_buf_init(&f->path, URNE_MAX_SMALL_FILE);
	if (v->files.hints == NULL || !urne_source_is_address(v->files.hints)) {
		return URNE_OK;
	}
	if (stat(v->archive_path, &st) != 0) {
		st.st_size = 0; /* whoever reads the archive says so */
	}
	e = fetch(f, &why, v->files.hints, ca, (uint64_t)st.st_size);
	if (e == URNE_ERR_MEMORY) {
		*d = why;
		return e;
	}
	if (e != URNE_OK) {
		urne_report_note(
		    v->report, "no hints, every ballot is checked exactly: %s", why.text);
	}
	v->files.hints = e == URNE_OK ? f->path.data : NULL;
	return URNE_OK;
}

void
urne_fetched_hints_clear(struct urne_fetched_hints *f)
{
	if (f->fd >= 0) {
		(void)close(f->fd); /* nobody needs it any more */
	}
	urne_buf_clear(&f->path);
}
