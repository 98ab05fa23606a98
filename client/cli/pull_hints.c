/* SPDX-License-Identifier: EUPL-1.2 */
/* Hints from the board, beside the archive that was pulled. Whatever is wrong with them costs a
 * verification time and nothing else, so no pull fails for them. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/cli/pull.h"

static enum urne_err
name_them(struct urne_pull *p, struct urne_buf *url)
{
	struct urne_buf file;
	enum urne_err e;

	urne_buf_init(&file, URNE_MAX_SMALL_FILE);
	urne_buf_printf(&file, "%.*s.hints", (int)p->r.uuid.len, p->r.uuid.p);
	urne_buf_put(&file, "", 1);
	urne_buf_printf(url, "%s/hints", p->r.address.data);
	urne_buf_put(url, "", 1);
	e = urne_buf_error(&file) != URNE_OK ? urne_buf_error(&file) : urne_buf_error(url);
	e = e == URNE_OK ? urne_path_join(&p->hints, p->dir, file.data) : e;
	urne_buf_clear(&file);
	return e == URNE_OK ? e : urne_fail(&p->cli->diag, e, "the name of the folder is too long");
}

/* fetch goes on behind `have` bytes; *there is false when the board has none. */
static enum urne_err
fetch(struct urne_pull *p, bool *there, uint64_t *total, struct urne_diag *why, const char *url,
    int fd, uint64_t have)
{
	struct urne_http_answer answer = {0, 0};
	enum urne_err e =
	    urne_http_resume(p->r.http, &answer, total, why, url, fd, have, NULL, NULL);

	*there = answer.status != 404;
	if (e == URNE_OK && answer.status > 299 && *there) {
		e = urne_http_refusal(why, &answer, (struct urne_view){"", 0}, url);
	}
	return e;
}

/* bring: a file that was made anew, and is shorter than what is here, is fetched anew. */
static enum urne_err
bring(struct urne_pull *p, bool *there, struct urne_diag *why, const char *url)
{
	int fd = open(p->hints.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, 0644);
	struct stat st = {.st_size = 0};
	uint64_t total = 0;
	enum urne_err e = URNE_OK;

	*there = false;
	if (fd < 0 || fstat(fd, &st) != 0) {
		e = urne_fail_errno(why, "%s", p->hints.data);
	}
	if (e == URNE_OK) {
		e = fetch(p, there, &total, why, url, fd, (uint64_t)st.st_size);
	}
	if (e == URNE_ERR_MISMATCH && st.st_size > 0) {
		e = ftruncate(fd, 0) == 0 ? fetch(p, there, &total, why, url, fd, 0)
					  : urne_fail_errno(why, "%s", p->hints.data);
	}
	if (fd >= 0) {
		(void)close(fd); /* nothing depends on it */
	}
	if (st.st_size == 0 && total == 0) {
		(void)unlink(p->hints.data); /* an empty file would be taken for hints */
	}
	p->new_hints = e == URNE_OK && total > (uint64_t)st.st_size;
	return e;
}

enum urne_err
urne_pull_hints(struct urne_pull *p)
{
	struct urne_diag why = {{0}};
	struct urne_buf url;
	enum urne_err e;

	urne_buf_init(&url, URNE_MAX_SMALL_FILE);
	urne_buf_init(&p->hints, URNE_MAX_SMALL_FILE);
	e = name_them(p, &url);
	if (e == URNE_OK && bring(p, &p->has_hints, &why, url.data) != URNE_OK) {
		p->has_hints = false;
		urne_cli_note(
		    "urne: note: no new hints, verifying takes longer without: %s", why.text);
	}
	urne_buf_clear(&url);
	return e;
}
