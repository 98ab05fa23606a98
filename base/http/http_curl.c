/* SPDX-License-Identifier: EUPL-1.2 */
/* HTTP through libcurl, with what it does by itself turned off: no redirections, no proxies from
 * the environment, no other protocols. Whoever answers is not trusted: headers, bodies and what is
 * said about parts of a resource are held against what was asked. */
#include "base/http/transfer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "base/http/part.h"
#include "base/safe_text.h"

#ifndef URNE_VERSION
#define URNE_VERSION "unknown"
#endif

/* Boards send some hundred bytes of headers. */
#define MAX_HEADERS ((size_t)1 << 16)
/* Bytes per second: who sends less for half a minute is holding us up. */
#define MIN_RATE 1024L
/* A day: what asks for longer is not there. */
#define MAX_RETRY_AFTER ((curl_off_t)86400)

/* What comes goes to `body`. */
struct get {
	struct urne_transfer t;
	struct urne_buf *body;
};

/* --- the client --- */

static const struct {
	CURLoption option;
	long value;
} always[] = {
    {CURLOPT_NOSIGNAL, 1L},
    {CURLOPT_FOLLOWLOCATION, 0L},
    {CURLOPT_CONNECTTIMEOUT, 10L},
    {CURLOPT_LOW_SPEED_LIMIT, MIN_RATE},
    {CURLOPT_LOW_SPEED_TIME, 30L},
    {CURLOPT_SSL_VERIFYPEER, 1L},
    {CURLOPT_SSL_VERIFYHOST, 2L},
    {CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1},
    {CURLOPT_NETRC, (long)CURL_NETRC_IGNORED},
};
#define OWN_NAME   "urne/" URNE_VERSION
#define BROWSER	   "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
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
		c = curl_easy_setopt(h->easy, CURLOPT_USERAGENT, OWN_NAME);
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
	struct urne_transfer *t = ctx;

	t->headers_len += size * num;
	if (t->headers_len > MAX_HEADERS) {
		t->err = urne_fail(t->d, URNE_ERR_LIMIT,
		    "%s: the headers of the answer are larger than %zu bytes", t->url, MAX_HEADERS);
		return 0;
	}
	if (t->headers != NULL) {
		size_t len = size * num;

		while (len > 0 && (p[len - 1] == '\n' || p[len - 1] == '\r')) {
			len--;
		}
		urne_buf_put(t->headers, p, len);
		urne_buf_putc(t->headers, '\n');
	}
	return size * num;
}

CURLcode
urne_transfer_run(struct urne_transfer *t, const char *range, curl_write_callback take, void *ctx)
{
	CURL *easy = t->http->easy;
	CURLcode c = curl_easy_setopt(easy, CURLOPT_URL, t->url);

	t->headers_len = 0;
	t->http->why[0] = '\0';
	if (c == CURLE_OK) {
		c = curl_easy_setopt(easy, CURLOPT_RANGE, range);
	}
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
		c = curl_easy_setopt(easy, CURLOPT_WRITEDATA, ctx);
	}
	return c == CURLE_OK ? curl_easy_perform(easy) : c;
}

unsigned
urne_transfer_status(const struct urne_transfer *t)
{
	long status = 0;

	if (curl_easy_getinfo(t->http->easy, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK ||
	    status < 0 || status > 999) {
		return 0;
	}
	return (unsigned)status;
}

void
urne_transfer_answer(const struct urne_transfer *t, struct urne_http_answer *out)
{
	curl_off_t wait = 0;

	out->status = urne_transfer_status(t);
	if (curl_easy_getinfo(t->http->easy, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0) {
		out->retry_after = (unsigned)(wait < MAX_RETRY_AFTER ? wait : MAX_RETRY_AFTER);
	}
}

const char *
urne_transfer_range(const struct urne_transfer *t)
{
	struct curl_header *h = NULL;

	return curl_easy_header(t->http->easy, "Content-Range", 0, CURLH_HEADER, -1, &h) ==
		       CURLHE_OK
		   ? h->value
		   : NULL;
}

enum urne_err
urne_transfer_failed(const struct urne_transfer *t, CURLcode c)
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

/* --- get and send --- */

static size_t
take_body(char *p, size_t size, size_t num, void *ctx)
{
	struct get *g = ctx;
	enum urne_err e;

	urne_buf_put(g->body, p, size * num);
	e = urne_buf_error(g->body);
	if (e == URNE_OK) {
		return size * num;
	}
	g->t.err = e == URNE_ERR_LIMIT
		       ? urne_fail(g->t.d, e, "%s: the answer is larger than %zu bytes", g->t.url,
			     g->body->max)
		       : urne_fail(g->t.d, URNE_ERR_MEMORY, "no memory for an answer");
	return 0;
}

static enum urne_err
run(struct get *g, struct urne_http_answer *answer, const char *range)
{
	CURLcode c = urne_transfer_run(&g->t, range, take_body, g);

	if (g->t.err != URNE_OK) {
		return g->t.err;
	}
	if (c != CURLE_OK) {
		return urne_transfer_failed(&g->t, c);
	}
	urne_transfer_answer(&g->t, answer);
	return URNE_OK;
}

static enum urne_err
get(struct get *g, struct urne_http_answer *answer, const char *range)
{
	*answer = (struct urne_http_answer){.status = 0};
	if (curl_easy_setopt(g->t.http->easy, CURLOPT_HTTPGET, 1L) != CURLE_OK) {
		return urne_fail(g->t.d, URNE_ERR_INTERNAL, "libcurl does not make a request");
	}
	return run(g, answer, range);
}

enum urne_err
urne_http_get(struct urne_http *h, struct urne_http_answer *answer, struct urne_buf *body,
    struct urne_diag *d, const char *url)
{
	struct get g = {{.http = h, .d = d, .url = url}, body};

	return get(&g, answer, NULL);
}

/* look_like sets what a server sees of who asks. A browser unpacks, and is one among many. */
static enum urne_err
look_like(struct urne_http *h, struct urne_diag *d, const char *agent, const char *encodings)
{
	CURLcode c = curl_easy_setopt(h->easy, CURLOPT_USERAGENT, agent);

	if (c == CURLE_OK) {
		c = curl_easy_setopt(h->easy, CURLOPT_ACCEPT_ENCODING, encodings);
	}
	return c == CURLE_OK
		   ? URNE_OK
		   : urne_fail(d, URNE_ERR_INTERNAL, "libcurl: %s", curl_easy_strerror(c));
}

enum urne_err
urne_http_get_page(struct urne_http *h, struct urne_http_answer *answer, struct urne_buf *body,
    struct urne_buf *headers, struct urne_diag *d, const char *url)
{
	struct get g = {{.http = h, .d = d, .url = url, .headers = headers}, body};
	enum urne_err e = look_like(h, d, BROWSER, "gzip, deflate"), back;

	*answer = (struct urne_http_answer){.status = 0};
	e = e == URNE_OK ? get(&g, answer, NULL) : e;
	back = look_like(h, d, OWN_NAME, NULL);
	e = e == URNE_OK ? back : e;
	return e == URNE_OK && urne_buf_error(headers) != URNE_OK
		   ? urne_fail(d, urne_buf_error(headers), "%s: no memory for the headers", url)
		   : e;
}

enum urne_err
urne_http_get_part(struct urne_http *h, struct urne_http_answer *answer, struct urne_buf *body,
    struct urne_diag *d, const char *url, uint64_t first, uint64_t len)
{
	char range[2 * 20 + 2];
	struct get g = {{.http = h, .d = d, .url = url}, body};
	size_t before = body->len;
	enum urne_err e;

	(void)snprintf(range, sizeof(range), "%" PRIu64 "-%" PRIu64, first, first + len - 1);
	e = get(&g, answer, range);
	if (e == URNE_OK && answer->status == 206) {
		e = urne_http_part_is(d, first, len, urne_transfer_range(&g.t), body->len - before);
		if (e != URNE_OK) {
			body->len = before;
			urne_diag_within(d, "%s: ", url);
		}
	}
	return e;
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

/* has_type: whoever says what it is says it once, since a server may look at the first line only.
 */
static bool
has_type(const char *const *headers)
{
	static const char name[] = "Content-Type:";

	for (; headers != NULL && *headers != NULL; headers++) {
		if (strncasecmp(*headers, name, sizeof(name) - 1) == 0) {
			return true;
		}
	}
	return false;
}

enum urne_err
urne_http_send(struct urne_http *h, struct urne_http_answer *answer, struct urne_buf *body,
    struct urne_diag *d, const char *method, const char *url, const char *const *headers,
    struct urne_view content)
{
	struct get g = {{.http = h, .d = d, .url = url}, body};
	struct curl_slist *list = NULL;
	enum urne_err e;
	/* not a form, and no waiting for "100 Continue" */
	bool made = add(&list, "Expect:") &&
		    (has_type(headers) || add(&list, "Content-Type: application/octet-stream"));

	*answer = (struct urne_http_answer){.status = 0};
	for (size_t i = 0; made && headers != NULL && headers[i] != NULL; i++) {
		made = add(&list, headers[i]);
	}
	if (!made || set_content(h->easy, method, list, content) != CURLE_OK) {
		e = urne_fail(d, URNE_ERR_MEMORY, "no memory for a request");
	} else {
		e = run(&g, answer, NULL);
	}
	unset_content(h->easy);
	curl_slist_free_all(list);
	return e;
}
