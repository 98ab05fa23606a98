/* SPDX-License-Identifier: EUPL-1.2 */
/* One exchange over libcurl, as http_curl.c makes it; what http_resume.c builds a download of. For
 * these two alone. */
#ifndef URNE_BASE_HTTP_TRANSFER_H
#define URNE_BASE_HTTP_TRANSFER_H

#include <curl/curl.h>

#include "base/http/http.h"

struct urne_http {
	CURL *easy;
	char why[CURL_ERROR_SIZE];
};

struct urne_transfer {
	struct urne_http *http;
	struct urne_diag *d;
	const char *url;
	enum urne_err err; /* ours; what libcurl then says does not matter */
	size_t headers_len;
	struct urne_buf *headers; /* where their lines go, or NULL */
};

/* urne_transfer_run makes one request: of `range` (NULL: all), with what comes given to take(...,
 * ctx). It returns what libcurl says; a reason of our own is in t->err. */
CURLcode urne_transfer_run(
    struct urne_transfer *t, const char *range, curl_write_callback take, void *ctx);
/* urne_transfer_status: of the answer; 0 when it has none. */
unsigned urne_transfer_status(const struct urne_transfer *t);
void urne_transfer_answer(const struct urne_transfer *t, struct urne_http_answer *out);
/* urne_transfer_range: the answer's Content-Range, or NULL; until the next request. */
const char *urne_transfer_range(const struct urne_transfer *t);
/* urne_transfer_failed says with which address there was no answer, and why. */
enum urne_err urne_transfer_failed(const struct urne_transfer *t, CURLcode c);

#endif
