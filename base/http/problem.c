/* SPDX-License-Identifier: EUPL-1.2 */
/* The sentence of an answer that is no success: what its problem document (RFC 9457) says, made fit
 * to be shown, or its status. */
#include <stdio.h>

#include "base/arena.h"
#include "base/http/http.h"
#include "base/json.h"
#include "base/safe_text.h"

#define MAX_PROBLEM ((size_t)4096)

/* Of the statuses not listed, 4xx blames what was sent and the rest the server. */
static const struct {
	unsigned status;
	enum urne_err err;
} blames[] = {
    {400, URNE_ERR_SYNTAX},
    {403, URNE_ERR_PROOF},
    {404, URNE_ERR_UNKNOWN},
    {409, URNE_ERR_ORDER},
    {413, URNE_ERR_LIMIT},
    {429, URNE_ERR_IO},
};
#define NUM_BLAMES (sizeof(blames) / sizeof(blames[0]))

static enum urne_err
blame_of(unsigned status)
{
	for (size_t i = 0; i < NUM_BLAMES; i++) {
		if (blames[i].status == status) {
			return blames[i].err;
		}
	}
	return status >= 400 && status < 500 ? URNE_ERR_MISMATCH : URNE_ERR_IO;
}

static void
put_field(struct urne_buf *out, const struct urne_json *root, const char *name)
{
	const struct urne_json *v = urne_json_get(root, name);

	if (v != NULL && v->type == URNE_JSON_STRING && v->text.len > 0) {
		urne_buf_puts(out, out->len > 0 ? ": " : "");
		urne_put_safe_text(out, v->text);
	}
}

enum urne_err
urne_http_refusal(struct urne_diag *d, const struct urne_http_answer *answer, struct urne_view body,
    const char *url)
{
	enum urne_err e = blame_of(answer->status);
	const struct urne_json *root = NULL;
	struct urne_arena arena;
	struct urne_buf said;
	char wait[64] = "";

	urne_arena_init(&arena, MAX_PROBLEM * 64);
	urne_buf_init(&said, MAX_PROBLEM * 2);
	if (body.len <= MAX_PROBLEM && urne_json_parse(&root, &arena, NULL, body) == URNE_OK) {
		put_field(&said, root, "title");
		put_field(&said, root, "detail");
	}
	if (said.len == 0) {
		urne_buf_printf(&said, "the server answers with status %u", answer->status);
	}
	if (answer->status == 429 || answer->status == 503) {
		(void)snprintf(wait, sizeof(wait),
		    answer->retry_after > 0 ? "; try again in %u seconds" : "; try again later",
		    answer->retry_after);
	}
	(void)urne_fail(
	    d, e, "%s: %.*s%s", url, (int)said.len, said.len > 0 ? said.data : "", wait);
	urne_buf_clear(&said);
	urne_arena_clear(&arena);
	return e;
}
