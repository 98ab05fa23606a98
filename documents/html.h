/* SPDX-License-Identifier: EUPL-1.2 */
/* Text inside HTML. */
#ifndef URNE_DOCUMENTS_HTML_H
#define URNE_DOCUMENTS_HTML_H

#include "base/buf.h"

/* urne_html_put appends text for the content of an element or for an attribute in quotes: the five
 * characters with a meaning become references; control characters, marks of direction and invalid
 * UTF-8 become question marks, except that line ends stay and tabs are spaces. */
void urne_html_put(struct urne_buf *out, struct urne_view text);

#endif
