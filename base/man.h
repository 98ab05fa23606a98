/* SPDX-License-Identifier: EUPL-1.2 */
/* Pieces of man pages in man(7). */
#ifndef URNE_BASE_MAN_H
#define URNE_BASE_MAN_H

#include "base/options.h"

/* urne_man_text appends text with what roff would take for its own escaped; urne_man_line the same
 * behind a macro and with a newline. */
void urne_man_text(struct urne_buf *out, const char *s);
void urne_man_line(struct urne_buf *out, const char *macro, const char *s);
/* urne_man_options appends a tagged paragraph for each option. */
void urne_man_options(struct urne_buf *out, const struct urne_option *o);

#endif
