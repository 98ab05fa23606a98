/* SPDX-License-Identifier: EUPL-1.2 */
/* Bodies: what was announced is taken from the budget at once, what was not as it comes. */
#include "bulletin/server/body.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/random.h>
#include <unistd.h>

#define NUM_TRIES 8

bool
urne_budget_take(struct urne_budget *b, uint64_t len)
{
	uint64_t used = atomic_load(&b->used);

	do {
		if (len > b->max || used > b->max - len) {
			return false;
		}
	} while (!atomic_compare_exchange_weak(&b->used, &used, used + len));
	return true;
}

void
urne_budget_give(struct urne_budget *b, uint64_t len)
{
	atomic_fetch_sub(&b->used, len);
}

void
urne_body_init(struct urne_body *b)
{
	*b = (struct urne_body){.fd = -1};
}

static enum urne_problem
too_large(struct urne_diag *d, uint64_t max)
{
	(void)urne_fail(d, URNE_ERR_LIMIT, "at most %" PRIu64 " bytes are taken here", max);
	return URNE_PROBLEM_TOO_LARGE;
}

static enum urne_problem
ours(struct urne_diag *d, const char *what)
{
	(void)urne_fail_errno(d, "%s", what);
	return URNE_PROBLEM_OURS;
}

/* take draws `len` more bytes from the budget. */
static enum urne_problem
take(struct urne_body *b, struct urne_diag *d, uint64_t len)
{
	if (!urne_budget_take(b->budget, len)) {
		(void)urne_fail(d, URNE_ERR_LIMIT, "too many large requests are on their way");
		return URNE_PROBLEM_BUSY;
	}
	b->taken += len;
	return URNE_PROBLEM_NONE;
}

/* open_nameless makes a file that goes away when it is closed, whatever happens to us. */
static int
open_nameless(int tmp)
{
	for (int i = 0; i < NUM_TRIES; i++) {
		uint64_t r = 0;
		char name[32];
		int fd;

		if (getrandom(&r, sizeof(r), 0) != (ssize_t)sizeof(r)) {
			return -1;
		}
		(void)snprintf(name, sizeof(name), "body-%016" PRIx64, r);
		fd = openat(tmp, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd >= 0) {
			(void)unlinkat(tmp, name, 0); /* if it stays, it stays empty or old */
			return fd;
		}
		if (errno != EEXIST) {
			return -1;
		}
	}
	return -1;
}

enum urne_problem
urne_body_begin(struct urne_body *b, struct urne_diag *d, enum urne_body_kind kind,
    uint64_t expected, uint64_t max, struct urne_budget *budget, int tmp)
{
	enum urne_problem p;

	b->kind = kind;
	b->max = kind == URNE_BODY_NONE ? 0 : max;
	b->budget = budget;
	urne_buf_init(&b->memory, kind == URNE_BODY_MEMORY ? (size_t)max : 0);
	if (expected > b->max) {
		return too_large(d, b->max);
	}
	p = kind == URNE_BODY_NONE ? URNE_PROBLEM_NONE : take(b, d, expected);
	if (p == URNE_PROBLEM_NONE && kind == URNE_BODY_FILE) {
		b->fd = open_nameless(tmp);
		p = b->fd < 0 ? ours(d, "a temporary file") : URNE_PROBLEM_NONE;
	}
	return p;
}

static enum urne_problem
put_file(struct urne_body *b, struct urne_diag *d, struct urne_view piece)
{
	while (piece.len > 0) {
		ssize_t n = pwrite(b->fd, piece.p, piece.len, (off_t)b->len);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return ours(d, "a temporary file");
		}
		b->len += (size_t)n;
		piece = (struct urne_view){piece.p + n, piece.len - (size_t)n};
	}
	return URNE_PROBLEM_NONE;
}

enum urne_problem
urne_body_put(struct urne_body *b, struct urne_diag *d, struct urne_view piece)
{
	enum urne_problem p = URNE_PROBLEM_NONE;

	if (piece.len > b->max - b->len) {
		return too_large(d, b->max);
	}
	if (b->len + piece.len > b->taken) {
		p = take(b, d, b->len + piece.len - b->taken);
	}
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	if (b->kind == URNE_BODY_FILE) {
		return put_file(b, d, piece);
	}
	urne_buf_put_view(&b->memory, piece);
	if (urne_buf_error(&b->memory) != URNE_OK) {
		(void)urne_fail(d, URNE_ERR_MEMORY, "no memory for a body");
		return URNE_PROBLEM_OURS;
	}
	b->len += piece.len;
	return URNE_PROBLEM_NONE;
}

enum urne_err
urne_body_read(const struct urne_body *b, struct urne_buf *out, struct urne_diag *d)
{
	char *to = urne_buf_grow(out, (size_t)b->len);
	uint64_t done = 0;

	if (to == NULL) {
		return urne_fail(d, urne_buf_error(out), "no memory for a body");
	}
	while (done < b->len) {
		ssize_t n = pread(b->fd, to + done, (size_t)(b->len - done), (off_t)done);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return urne_fail_errno(d, "a temporary file");
		}
		done += (uint64_t)n;
	}
	out->len += (size_t)done;
	return URNE_OK;
}

void
urne_body_clear(struct urne_body *b)
{
	if (b->fd >= 0) {
		(void)close(b->fd); /* nobody needs what was in it */
	}
	urne_buf_clear(&b->memory);
	if (b->budget != NULL) {
		urne_budget_give(b->budget, b->taken);
	}
	urne_body_init(b);
}
