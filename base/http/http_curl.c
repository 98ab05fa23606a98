/* SPDX-License-Identifier: EUPL-1.2 */
/* HTTP through libcurl, with what it does by itself turned off: no redirections, no proxies from
 * the environment, no other protocols. Whoever answers is not trusted: headers, bodies and what is
 * said about parts of a resource are held against what was asked. */
#include "base/http/http.h"

#include <curl/curl.h>
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/http/part.h"
#include "base/safe_text.h"

#ifndef URNE_VERSION
#define URNE_VERSION "unknown"
#endif

/* Boards send some hundred bytes of headers. */
#define MAX_HEADERS ((size_t)1 << 16)
/* Of a refusal that nobody reads this much is let go by before the connection is closed. */
#define MAX_DROPPED ((uint64_t)1 << 16)
/* A download that broke is taken up again this often, and anew after so many bytes. */
#define MAX_BREAKS 4
#define MUCH	   ((uint64_t)1 << 20)
#define PAUSE_MS   250
/* A day: what asks for longer is not there. */
#define MAX_RETRY_AFTER ((curl_off_t)86400)

struct urne_http {
	CURL *easy;
	char why[CURL_ERROR_SIZE];
};

/* One exchange: what comes goes to `body`, or to `fd` from `at` on. */
struct transfer {
	struct urne_http *http;
	struct urne_diag *d;
	const char *url;
	const char *range; /* of bytes, or NULL: all */
	enum urne_err err; /* ours; what libcurl then says does not matter */
	size_t headers_len;
	struct urne_buf *body;

	/* a download */
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

/* --- the client --- */

static const struct {
	CURLoption option;
	long value;
} always[] = {
    {CURLOPT_NOSIGNAL, 1L},
    {CURLOPT_FOLLOWLOCATION, 0L},
    {CURLOPT_CONNECTTIMEOUT, 10L},
    {CURLOPT_LOW_SPEED_LIMIT, 1L},
    {CURLOPT_LOW_SPEED_TIME, 30L},
    {CURLOPT_SSL_VERIFYPEER, 1L},
    {CURLOPT_SSL_VERIFYHOST, 2L},
    {CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1},
    {CURLOPT_NETRC, (long)CURL_NETRC_IGNORED},
};
#define NUM_ALWAYS (sizeof(always) / sizeof(always[0]))

/* begin sets the handle back to what holds for every request; connections stay open. */
static CURLcode
begin(struct urne_http *h)
{
	CURLcode c = CURLE_OK;

	for (size_t i = 0; c == CURLE_OK && i < NUM_ALWAYS; i++) {
		c = curl_easy_setopt(h->easy, always[i].option, always[i].value);
	}
	if (c == CURLE_OK) {
		c = curl_easy_setopt(h->easy, CURLOPT_PROTOCOLS_STR, "http,https");
	}
	if (c == CURLE_OK) {
		c = curl_easy_setopt(h->easy, CURLOPT_PROXY, ""); /* not even the environment's */
	}
	if (c == CURLE_OK) {
		c = curl_easy_setopt(h->easy, CURLOPT_USERAGENT, "urne/" URNE_VERSION);
	}
	if (c == CURLE_OK) {
		c = curl_easy_setopt(h->easy, CURLOPT_ERRORBUFFER, h->why);
	}
	return c;
}

enum urne_err
urne_http_new(struct urne_http **out, struct urne_diag *d, const char *ca)
{
	struct urne_http *h;
	CURLcode c;

	*out = NULL;
	if (ca != NULL && access(ca, R_OK) != 0) {
		return urne_fail_errno(d, "%s", ca);
	}
	h = calloc(1, sizeof(*h));
	if (h == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a connection");
	}
	/* counted by libcurl, and since 7.84 fit for threads */
	c = curl_global_init(CURL_GLOBAL_DEFAULT);
	if (c != CURLE_OK) {
		free(h);
		return urne_fail(d, URNE_ERR_INTERNAL, "libcurl: %s", curl_easy_strerror(c));
	}
	h->easy = curl_easy_init();
	c = h->easy == NULL ? CURLE_OUT_OF_MEMORY : begin(h);
	if (c == CURLE_OK && ca != NULL) {
		c = curl_easy_setopt(h->easy, CURLOPT_CAINFO, ca);
	}
	if (c == CURLE_OK && ca != NULL) {
		c = curl_easy_setopt(h->easy, CURLOPT_CAPATH, NULL); /* `ca` and nobody else */
	}
	if (c != CURLE_OK) {
		urne_http_free(h);
		return urne_fail(d, URNE_ERR_INTERNAL, "libcurl: %s", curl_easy_strerror(c));
	}
	*out = h;
	return URNE_OK;
}

void
urne_http_free(struct urne_http *h)
{
	if (h == NULL) {
		return;
	}
	curl_easy_cleanup(h->easy);
	free(h);
	curl_global_cleanup();
}

/* --- one exchange --- */

static size_t
take_header(char *p, size_t size, size_t num, void *ctx)
{
	struct transfer *t = ctx;

	(void)p;
	t->headers_len += size * num;
	if (t->headers_len > MAX_HEADERS) {
		t->err = urne_fail(t->d, URNE_ERR_LIMIT,
		    "%s: the headers of the answer are larger than %zu bytes", t->url, MAX_HEADERS);
		return 0;
	}
	return size * num;
}

static size_t
take_body(char *p, size_t size, size_t num, void *ctx)
{
	struct transfer *t = ctx;

	urne_buf_put(t->body, p, size * num);
	if (urne_buf_error(t->body) == URNE_OK) {
		return size * num;
	}
	t->err = urne_buf_error(t->body) == URNE_ERR_LIMIT
		     ? urne_fail(t->d, URNE_ERR_LIMIT, "%s: the answer is larger than %zu bytes",
			   t->url, t->body->max)
		     : urne_fail(t->d, URNE_ERR_MEMORY, "no memory for an answer");
	return 0;
}

static unsigned
status_of(CURL *easy)
{
	long status = 0;

	if (curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK || status < 0 ||
	    status > 999) {
		return 0;
	}
	return (unsigned)status;
}

static void
fill_answer(struct urne_http_answer *a, CURL *easy)
{
	curl_off_t wait = 0;

	a->status = status_of(easy);
	if (curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0) {
		a->retry_after = (unsigned)(wait < MAX_RETRY_AFTER ? wait : MAX_RETRY_AFTER);
	}
}

/* exchange makes one request and returns what libcurl says; reasons of our own are in t->err. */
static CURLcode
exchange(struct transfer *t, curl_write_callback take)
{
	CURL *easy = t->http->easy;
	CURLcode c = curl_easy_setopt(easy, CURLOPT_URL, t->url);

	t->headers_len = 0;
	t->http->why[0] = '\0';
	if (c == CURLE_OK) {
		c = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	}
	if (c == CURLE_OK) {
		c = curl_easy_setopt(easy, CURLOPT_HEADERDATA, t);
	}
	if (c == CURLE_OK) {
		c = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
	}
	if (c == CURLE_OK) {
		c = curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
	}
	return c == CURLE_OK ? curl_easy_perform(easy) : c;
}

/* no_answer says with which address and why. */
static enum urne_err
no_answer(const struct transfer *t, CURLcode c)
{
	const char *why = t->http->why[0] != '\0' ? t->http->why : curl_easy_strerror(c);
	struct urne_buf safe;
	enum urne_err e;

	if (c == CURLE_OUT_OF_MEMORY) {
		return urne_fail(t->d, URNE_ERR_MEMORY, "no memory for a request");
	}
	urne_buf_init(&safe, CURL_ERROR_SIZE * 4);
	urne_put_safe_text(&safe, urne_view_of(why));
	e = urne_fail(t->d, c == CURLE_URL_MALFORMAT ? URNE_ERR_SYNTAX : URNE_ERR_IO,
	    "%s: no answer: %.*s", t->url, (int)safe.len, safe.len > 0 ? safe.data : "");
	urne_buf_clear(&safe);
	return e;
}

static enum urne_err
run(struct transfer *t, struct urne_http_answer *answer)
{
	CURLcode c = curl_easy_setopt(t->http->easy, CURLOPT_RANGE, t->range);

	if (c == CURLE_OK) {
		c = exchange(t, take_body);
	}
	if (t->err != URNE_OK) {
		return t->err;
	}
	if (c != CURLE_OK) {
		return no_answer(t, c);
	}
	fill_answer(answer, t->http->easy);
	return URNE_OK;
}

static enum urne_err
get(struct transfer *t, struct urne_http_answer *answer)
{
	*answer = (struct urne_http_answer){.status = 0};
	if (curl_easy_setopt(t->http->easy, CURLOPT_HTTPGET, 1L) != CURLE_OK) {
		return urne_fail(t->d, URNE_ERR_INTERNAL, "libcurl does not make a request");
	}
	return run(t, answer);
}

enum urne_err
urne_http_get(struct urne_http *h, struct urne_http_answer *answer, struct urne_buf *body,
    struct urne_diag *d, const char *url)
{
	struct transfer t = {.http = h, .d = d, .url = url, .body = body};

	return get(&t, answer);
}

enum urne_err
urne_http_get_part(struct urne_http *h, struct urne_http_answer *answer, struct urne_buf *body,
    struct urne_diag *d, const char *url, uint64_t first, uint64_t len)
{
	char range[2 * 20 + 2];
	struct transfer t = {.http = h, .d = d, .url = url, .range = range, .body = body};

	(void)snprintf(range, sizeof(range), "%" PRIu64 "-%" PRIu64, first, first + len - 1);
	return get(&t, answer);
}

/* set_content: the request has this body, and these headers besides its own. */
static CURLcode
set_content(CURL *easy, const char *method, struct curl_slist *list, struct urne_view content)
{
	CURLcode c = curl_easy_setopt(easy, CURLOPT_POST, 1L);

	if (c == CURLE_OK) {
		c = curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method);
	}
	if (c == CURLE_OK) {
		c = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)content.len);
	}
	if (c == CURLE_OK) {
		c = curl_easy_setopt(easy, CURLOPT_POSTFIELDS, content.len > 0 ? content.p : "");
	}
	return c == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list) : c;
}

static void
unset_content(CURL *easy)
{
	/* nothing fails here: memory is given back */
	(void)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, NULL);
	(void)curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, NULL);
	(void)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, NULL);
	(void)curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
}

/* add puts a copy of the line behind the list; false without memory. */
static bool
add(struct curl_slist **list, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*list, line);

	*list = longer != NULL ? longer : *list;
	return longer != NULL;
}

enum urne_err
urne_http_send(struct urne_http *h, struct urne_http_answer *answer, struct urne_buf *body,
    struct urne_diag *d, const char *method, const char *url, const char *const *headers,
    struct urne_view content)
{
	struct transfer t = {.http = h, .d = d, .url = url, .body = body};
	struct curl_slist *list = NULL;
	enum urne_err e;
	/* not a form, and no waiting for "100 Continue" */
	bool made = add(&list, "Content-Type: application/octet-stream") && add(&list, "Expect:");

	*answer = (struct urne_http_answer){.status = 0};
	for (size_t i = 0; made && headers != NULL && headers[i] != NULL; i++) {
		made = add(&list, headers[i]);
	}
	if (!made || set_content(h->easy, method, list, content) != CURLE_OK) {
		e = urne_fail(d, URNE_ERR_MEMORY, "no memory for a request");
	} else {
		e = run(&t, answer);
	}
	unset_content(h->easy);
	curl_slist_free_all(list);
	return e;
}

/* --- a download that goes on where it stopped --- */

/* judge looks at status and headers before the first byte of the answer is kept. */
static enum urne_err
judge(struct transfer *t)
{
	CURL *easy = t->http->easy;
	struct urne_http_part part = {.status = status_of(easy)};
	struct curl_header *h = NULL;
	curl_off_t len = -1;
	enum urne_err e;

	t->judged = true;
	t->refused = part.status > 299 && (part.status != 416 || t->at == 0);
	if (t->refused) {
		return URNE_OK; /* for the caller to judge */
	}
	if (curl_easy_header(easy, "Content-Range", 0, CURLH_HEADER, -1, &h) == CURLHE_OK) {
		part.range = h->value;
	}
	if (curl_easy_getinfo(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &len) == CURLE_OK &&
	    len >= 0) {
		part.has_len = true;
		part.len = (uint64_t)len;
	}
	e = urne_http_part_judge(&t->until, &t->total, t->d, t->at, &part);
	if (e != URNE_OK) {
		urne_diag_within(t->d, "%s: ", t->url);
	}
	return e;
}

static enum urne_err
keep(struct transfer *t, const char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = pwrite(t->fd, p, len, (off_t)t->at);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return urne_fail_errno(t->d, "keeping what %s sends", t->url);
		}
		p += n;
		len -= (size_t)n;
		t->at += (uint64_t)n;
	}
	if (t->progress != NULL) {
		t->progress(t->progress_ctx, t->at, t->total);
	}
	return URNE_OK;
}

static size_t
take_part(char *p, size_t size, size_t num, void *ctx)
{
	struct transfer *t = ctx;
	size_t len = size * num;

	if (!t->judged) {
		t->err = judge(t);
	}
	if (t->err == URNE_OK && (t->refused || t->until == t->at)) {
		t->dropped += len;
		return t->dropped > MAX_DROPPED ? 0 : len;
	}
	if (t->err == URNE_OK && len > t->until - t->at) {
		t->err = urne_fail(
		    t->d, URNE_ERR_MISMATCH, "%s: the server sends more than it said", t->url);
	}
	if (t->err == URNE_OK) {
		t->err = keep(t, p, len);
	}
	return t->err == URNE_OK ? len : 0;
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
one_part(struct transfer *t)
{
	char range[32];
	CURLcode c;

	t->judged = false;
	t->dropped = 0;
	(void)snprintf(range, sizeof(range), "%" PRIu64 "-", t->at);
	c = curl_easy_setopt(t->http->easy, CURLOPT_RANGE, t->at > 0 ? range : NULL);
	if (c == CURLE_OK) {
		c = exchange(t, take_part);
	}
	if (c == CURLE_OK && !t->judged) {
		t->err = judge(t); /* there was no body */
	}
	return c;
}

enum urne_err
urne_http_resume(struct urne_http *h, struct urne_http_answer *answer, uint64_t *total,
    struct urne_diag *d, const char *url, int fd, uint64_t have,
    void (*progress)(void *ctx, uint64_t bytes, uint64_t total), void *ctx)
{
	struct transfer t = {.http = h,
	    .d = d,
	    .url = url,
	    .fd = fd,
	    .at = have,
	    .progress = progress,
	    .progress_ctx = ctx};
	uint64_t mark = have;
	int num_breaks = 0;

	*answer = (struct urne_http_answer){.status = 0};
	*total = have;
	for (;;) {
		CURLcode c = one_part(&t);

		*total = t.at;
		if (t.err != URNE_OK) {
			return t.err;
		}
		if (t.judged && (t.refused || (c == CURLE_OK && t.at == t.total))) {
			fill_answer(answer, h->easy);
			answer->status = t.refused ? answer->status : 200;
			return URNE_OK;
		}
		if (t.at - mark >= MUCH) {
			mark = t.at;
			num_breaks = 0;
		}
		/* nothing came at all: nobody is there */
		if ((c != CURLE_OK && !is_break(c)) ||
		    (c == CURLE_COULDNT_CONNECT && t.at == have) || ++num_breaks > MAX_BREAKS) {
			return no_answer(&t, c == CURLE_OK ? CURLE_PARTIAL_FILE : c);
		}
		(void)poll(NULL, 0, PAUSE_MS * num_breaks); /* woken early, it asks early */
	}
}
