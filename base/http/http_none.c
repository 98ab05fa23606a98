/* SPDX-License-Identifier: EUPL-1.2 */
/* No network: what a statically linked program gets. Every request is refused with a sentence that
 * says how to go on without. */
#include "base/http/http.h"

#include <stddef.h>

enum urne_err
urne_http_new(struct urne_http **out, struct urne_diag *d, const char *ca)
{
	(void)ca;
	*out = NULL;
	return urne_fail(d, URNE_ERR_UNSUPPORTED,
	    "this program was built without network, fetch the files by other means and give it "
	    "the folder");
}

void
urne_http_free(struct urne_http *h)
{
	(void)h; /* there is never one */
}

static enum urne_err
refuse(struct urne_diag *d, const char *url)
{
	return urne_fail(
	    d, URNE_ERR_UNSUPPORTED, "%s: this program was built without network", url);
}

enum urne_err
urne_http_get(struct urne_http *h, struct urne_http_answer *answer, struct urne_buf *body,
    struct urne_diag *d, const char *url)
{
	(void)h;
	(void)body;
	*answer = (struct urne_http_answer){.status = 0};
	return refuse(d, url);
}

enum urne_err
urne_http_get_page(struct urne_http *h, struct urne_http_answer *answer, struct urne_buf *body,
    struct urne_buf *headers, struct urne_diag *d, const char *url)
{
	(void)headers;
	return urne_http_get(h, answer, body, d, url);
}

enum urne_err
urne_http_get_part(struct urne_http *h, struct urne_http_answer *answer, struct urne_buf *body,
    struct urne_diag *d, const char *url, uint64_t first, uint64_t len)
{
	(void)first;
	(void)len;
	return urne_http_get(h, answer, body, d, url);
}

enum urne_err
urne_http_send(struct urne_http *h, struct urne_http_answer *answer, struct urne_buf *body,
    struct urne_diag *d, const char *method, const char *url, const char *const *headers,
    struct urne_view content)
{
	(void)h;
	(void)body;
	(void)method;
	(void)headers;
	(void)content;
	*answer = (struct urne_http_answer){.status = 0};
	return refuse(d, url);
}

enum urne_err
urne_http_resume(struct urne_http *h, struct urne_http_answer *answer, uint64_t *total,
    struct urne_diag *d, const char *url, int fd, uint64_t have,
    void (*progress)(void *ctx, uint64_t bytes, uint64_t total), void *ctx)
{
	(void)h;
	(void)fd;
	(void)progress;
	(void)ctx;
	*answer = (struct urne_http_answer){.status = 0};
	*total = have;
	return refuse(d, url);
}

enum urne_err
urne_http_refusal(struct urne_diag *d, const struct urne_http_answer *answer, struct urne_view body,
    const char *url)
{
	(void)answer;
	(void)body;
	return refuse(d, url);
}
