/* SPDX-License-Identifier: EUPL-1.2 */
/* HTTP as a client: get, resume a download, send. libcurl stands behind it, in http_curl.c and
 * http_resume.c; a program that is linked without network gets http_none.c, which refuses with a
 * sentence. */
#ifndef URNE_BASE_HTTP_HTTP_H
#define URNE_BASE_HTTP_HTTP_H

#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"

struct urne_http; /* a client; keeps connections open between requests. Not for two threads. */

/* urne_http_new makes a client. `ca` is a file with certificates to trust instead of the system's,
 * or NULL. Free with urne_http_free (NULL is fine). */
enum urne_err urne_http_new(
    struct urne_http **out, struct urne_diag *d, const char *ca) URNE_MUST_USE;
void urne_http_free(struct urne_http *h);

struct urne_http_answer {
	unsigned status;      /* 200, ... */
	unsigned retry_after; /* seconds, 0 when not given */
};

/* urne_http_get appends the body of any answer to `body`, whose max is the cap (URNE_ERR_LIMIT).
 * A status of 4xx or 5xx is no error here: the caller judges answer->status. No answer at all:
 * URNE_ERR_IO, and the sentence says with which host and why. Redirections are not followed. */
enum urne_err urne_http_get(struct urne_http *h, struct urne_http_answer *answer,
    struct urne_buf *body, struct urne_diag *d, const char *url) URNE_MUST_USE;

/* urne_http_get_page is the same, asks as a browser does (its name, and that it takes gzip, which
 * is unpacked before the cap counts), and appends every header line of the answer to `headers`, as
 * it came, each ending with a newline alone. */
enum urne_err urne_http_get_page(struct urne_http *h, struct urne_http_answer *answer,
    struct urne_buf *body, struct urne_buf *headers, struct urne_diag *d,
    const char *url) URNE_MUST_USE;

/* urne_http_get_part asks for `len` > 0 bytes from `first` on (Range). Status 206 when the server
 * sends a part, which may end early; 416 when there is nothing there; 200 and all of it when it
 * knows no parts. A part that is not the one that was asked for, or does not say which it is:
 * URNE_ERR_MISMATCH, and `body` is as it was. */
enum urne_err urne_http_get_part(struct urne_http *h, struct urne_http_answer *answer,
    struct urne_buf *body, struct urne_diag *d, const char *url, uint64_t first,
    uint64_t len) URNE_MUST_USE;

/* urne_http_send is the same as urne_http_get with a body, method POST or PUT; `headers` are whole
 * lines, ends with NULL (may be NULL itself); without a Content-Type among them the body is bytes.
 */
enum urne_err urne_http_send(struct urne_http *h, struct urne_http_answer *answer,
    struct urne_buf *body, struct urne_diag *d, const char *method, const char *url,
    const char *const *headers, struct urne_view content) URNE_MUST_USE;

/* urne_http_resume appends to the open file `fd`, which holds the first `have` bytes of a resource
 * that only grows, whatever is behind them (Range), and sets *total to the size now. progress(ctx,
 * bytes, total) is called now and then when not NULL. A connection that breaks is taken up again a
 * few times where it stopped. Nothing behind: status 200, *total == have. A server that cannot send
 * a part, does not say how much it has, or whose resource is shorter than `have`:
 * URNE_ERR_MISMATCH. A status above 299: answer->status is set, *total is what the file holds,
 * URNE_OK. */
enum urne_err urne_http_resume(struct urne_http *h, struct urne_http_answer *answer,
    uint64_t *total, struct urne_diag *d, const char *url, int fd, uint64_t have,
    void (*progress)(void *ctx, uint64_t bytes, uint64_t total), void *ctx) URNE_MUST_USE;

/* urne_http_refusal makes the sentence of an answer that is no success: what its problem document
 * (RFC 9457) says, "title: detail", or its status; and an error code that fits: 4xx blames the
 * input, 503 and 429 are URNE_ERR_IO with "try again in N seconds". */
enum urne_err urne_http_refusal(struct urne_diag *d, const struct urne_http_answer *answer,
    struct urne_view body, const char *url) URNE_MUST_USE;

#endif
