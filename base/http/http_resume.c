/* SPDX-License-Identifier: EUPL-1.2 */
/* A download that goes on where it stopped: what comes goes to a file, once the headers have said
 * that it is what lies behind the bytes that are there. */
#include "base/http/transfer.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "base/http/part.h"

/* Of a refusal that nobody reads this much is let go by before the connection is closed. */
#define MAX_DROPPED ((uint64_t)1 << 16)
/* A download that broke is taken up again this often, and anew after so many bytes. */
#define MAX_BREAKS 4
#define MUCH	   ((uint64_t)1 << 20)
#define PAUSE_MS   250

struct download {
	struct urne_transfer t;
	int fd;
	uint64_t at;	/* bytes in the file */
	uint64_t until; /* where this answer ends */
	uint64_t total;
	uint64_t dropped;
	bool judged; /* the headers were looked at */
	bool refused;
	void (*progress)(void *ctx, uint64_t bytes, uint64_t total);
	void *progress_ctx;
};

/* judge looks at status and headers before the first byte of the answer is kept. */
static enum urne_err
judge(struct download *w)
{
	struct urne_http_part part = {
	    .status = urne_transfer_status(&w->t), .range = urne_transfer_range(&w->t)};
	curl_off_t len = -1;
	enum urne_err e;

	w->judged = true;
	w->refused = part.status > 299 && (part.status != 416 || w->at == 0);
	if (w->refused) {
		return URNE_OK; /* for the caller to judge */
	}
	if (curl_easy_getinfo(w->t.http->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &len) ==
		CURLE_OK &&
	    len >= 0) {
		part.has_len = true;
		part.len = (uint64_t)len;
	}
	e = urne_http_part_judge(&w->until, &w->total, w->t.d, w->at, &part);
	if (e != URNE_OK) {
		urne_diag_within(w->t.d, "%s: ", w->t.url);
	}
	return e;
}

static enum urne_err
keep(struct download *w, const char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = pwrite(w->fd, p, len, (off_t)w->at);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return urne_fail_errno(w->t.d, "keeping what %s sends", w->t.url);
		}
		p += n;
		len -= (size_t)n;
		w->at += (uint64_t)n;
	}
	if (w->progress != NULL) {
		w->progress(w->progress_ctx, w->at, w->total);
	}
	return URNE_OK;
}

static size_t
take_part(char *p, size_t size, size_t num, void *ctx)
{
	struct download *w = ctx;
	size_t len = size * num;

	if (!w->judged) {
		w->t.err = judge(w);
	}
	if (w->t.err == URNE_OK && (w->refused || w->until == w->at)) {
		w->dropped += len;
		return w->dropped > MAX_DROPPED ? 0 : len;
	}
	if (w->t.err == URNE_OK && len > w->until - w->at) {
		w->t.err = urne_fail(
		    w->t.d, URNE_ERR_MISMATCH, "%s: the server sends more than it said", w->t.url);
	}
	if (w->t.err == URNE_OK) {
		w->t.err = keep(w, p, len);
	}
	return w->t.err == URNE_OK ? len : 0;
}

/* Breaks after which it is worth asking for the rest. */
static const CURLcode breaks[] = {
    CURLE_PARTIAL_FILE,
    CURLE_RECV_ERROR,
    CURLE_SEND_ERROR,
    CURLE_GOT_NOTHING,
    CURLE_OPERATION_TIMEDOUT,
    CURLE_COULDNT_CONNECT,
};
#define NUM_BREAKS (sizeof(breaks) / sizeof(breaks[0]))

static bool
is_break(CURLcode c)
{
	size_t i;

	for (i = 0; i < NUM_BREAKS && breaks[i] != c; i++) {
	}
	return i < NUM_BREAKS;
}

/* one_part asks for what is behind the bytes that are here. */
static CURLcode
one_part(struct download *w)
{
	char range[32];
	CURLcode c;

	w->judged = false;
	w->dropped = 0;
	(void)snprintf(range, sizeof(range), "%" PRIu64 "-", w->at);
	c = urne_transfer_run(&w->t, w->at > 0 ? range : NULL, take_part, w);
	if (c == CURLE_OK && !w->judged) {
		w->t.err = judge(w); /* there was no body */
	}
	return c;
}

enum urne_err
urne_http_resume(struct urne_http *h, struct urne_http_answer *answer, uint64_t *total,
    struct urne_diag *d, const char *url, int fd, uint64_t have,
    void (*progress)(void *ctx, uint64_t bytes, uint64_t total), void *ctx)
{
	struct download w = {.t = {.http = h, .d = d, .url = url},
	    .fd = fd,
	    .at = have,
	    .progress = progress,
	    .progress_ctx = ctx};
	uint64_t mark = have;
	int num_breaks = 0;

	*answer = (struct urne_http_answer){.status = 0};
	*total = have;
	for (;;) {
		CURLcode c = one_part(&w);

		*total = w.at;
		if (w.t.err != URNE_OK) {
			return w.t.err;
		}
		if (w.judged && (w.refused || (c == CURLE_OK && w.at == w.total))) {
			urne_transfer_answer(&w.t, answer);
			answer->status = w.refused ? answer->status : 200;
			return URNE_OK;
		}
		if (w.at - mark >= MUCH) {
			mark = w.at;
			num_breaks = 0;
		}
		/* nothing came at all: nobody is there */
		if ((c != CURLE_OK && !is_break(c)) ||
		    (c == CURLE_COULDNT_CONNECT && w.at == have) || ++num_breaks > MAX_BREAKS) {
			return urne_transfer_failed(&w.t, c == CURLE_OK ? CURLE_PARTIAL_FILE : c);
		}
		(void)poll(NULL, 0, PAUSE_MS * num_breaks); /* woken early, it asks early */
	}
}
