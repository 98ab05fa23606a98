/* SPDX-License-Identifier: EUPL-1.2 */
/* In which form somebody is answered. Spec: docs/pages.md#headers */
#ifndef URNE_BULLETIN_SERVER_NEGOTIATE_H
#define URNE_BULLETIN_SERVER_NEGOTIATE_H

#include "bulletin/server/request.h"

/* urne_negotiate is for a text that is kept in two forms: compressed for whoever takes that, and
 * nothing for whoever has it already. It sets ETag and Content-Encoding, or status 304, and returns
 * the form to send: `text`, whose hash is given; `packed`, the same as gzip, unless it is empty; or
 * nothing. */
struct urne_view urne_negotiate(struct urne_response *out, const struct urne_request *r,
    const struct urne_hash *hash, struct urne_view text, struct urne_view packed);
/* urne_negotiate_page: whoever asks names HTML among what it takes, as browsers do for an address
 * that a person opens, and programs do not. */
bool urne_negotiate_page(const struct urne_request *r);

#endif
