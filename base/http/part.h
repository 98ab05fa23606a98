/* SPDX-License-Identifier: EUPL-1.2 */
/* What a server answers to whoever asks for a part of a resource, judged by its headers alone
 * (RFC 9110, sections 14 and 15). Pure. */
#ifndef URNE_BASE_HTTP_PART_H
#define URNE_BASE_HTTP_PART_H

#include <stdint.h>

#include "base/err.h"

struct urne_http_part {
	unsigned status;
	const char *range; /* the value of Content-Range, or NULL */
	bool has_len;
	uint64_t len; /* Content-Length */
};

/* urne_http_part_judge: the answer continues a file of which `have` bytes are there: sets *until to
 * where it ends and *total to the length of the whole now; *until == have means that nothing is
 * behind (status 416). URNE_ERR_MISMATCH when it sends something else, or does not say what. */
enum urne_err urne_http_part_judge(uint64_t *until, uint64_t *total, struct urne_diag *d,
    uint64_t have, const struct urne_http_part *part) URNE_MUST_USE;

/* urne_http_part_is: an answer 206 of `got` bytes, with this Content-Range (or NULL), is the `len`
 * bytes from `first` on, or a beginning of them. URNE_ERR_MISMATCH when not. */
enum urne_err urne_http_part_is(struct urne_diag *d, uint64_t first, uint64_t len,
    const char *range, uint64_t got) URNE_MUST_USE;

#endif
