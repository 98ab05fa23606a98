/* SPDX-License-Identifier: EUPL-1.2 */
/* Text that came from outside, made fit to be shown: what a reader cannot see but a terminal or a
 * page would obey never gets through. */
#ifndef URNE_BASE_SAFE_TEXT_H
#define URNE_BASE_SAFE_TEXT_H

#include "base/buf.h"
#include "base/bytes.h"

/* urne_safe_char takes the first character off `text`, which is not empty, and returns it; a
 * control character, a mark that changes the direction of writing, or a byte that is not valid
 * UTF-8 comes back as a question mark. */
struct urne_view urne_safe_char(struct urne_view *text);
/* urne_is_safe_text: whether nothing in it comes back as a question mark that is none. */
bool urne_is_safe_text(struct urne_view text);
/* urne_put_safe_text appends all of them. Line ends are control characters too. */
void urne_put_safe_text(struct urne_buf *out, struct urne_view text);

#endif
