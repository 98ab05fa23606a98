/* SPDX-License-Identifier: EUPL-1.2 */
/* What is sent of a text that is kept in two forms: compressed to whoever takes that, and nothing
 * to whoever has it already. Spec: docs/pages.md#headers */
#ifndef URNE_BULLETIN_SERVER_NEGOTIATE_H
#define URNE_BULLETIN_SERVER_NEGOTIATE_H

#include "bulletin/server/request.h"

/* urne_negotiate sets ETag and Content-Encoding, or status 304, and returns the form to send:
 * `text`, whose hash is given; `packed`, the same as gzip, unless it is empty; or nothing. */
struct urne_view urne_negotiate(struct urne_response *out, const struct urne_request *r,
    const struct urne_hash *hash, struct urne_view text, struct urne_view packed);

#endif
