/* SPDX-License-Identifier: EUPL-1.2 */
/* An order as an official reads it before signing: as a text for the terminal, or a page. */
#ifndef URNE_CLIENT_CLI_ORDER_SHOW_H
#define URNE_CLIENT_CLI_ORDER_SHOW_H

#include "client/cli/order_known.h"
#include "documents/order_page.h"

#define URNE_OPTION_LANG_OF_ORDERS                                                                 \
	{                                                                                          \
		"lang", "CODE", "fr (the default) or en.", false                                   \
	}
#define URNE_OPTION_FORMAT                                                                         \
	{                                                                                          \
		"format", "NAME", "text (the default) or html.", false                             \
	}

/* urne_lang_wanted: what --lang asks for. */
enum urne_err urne_lang_wanted(struct urne_cli *cli, enum urne_lang *out) URNE_MUST_USE;
/* urne_format_wanted: whether --format asks for HTML. */
enum urne_err urne_format_wanted(struct urne_cli *cli, bool *html) URNE_MUST_USE;
/* urne_page_put renders a page as a text or as HTML. */
enum urne_err urne_page_put(
    struct urne_cli *cli, struct urne_buf *out, const struct urne_page *p, bool html) URNE_MUST_USE;

/* urne_order_show appends an order in words; with a seal that is known, behind it everything that
 * is sealed. known may be NULL. */
enum urne_err urne_order_show(struct urne_cli *cli, struct urne_buf *out,
    const struct urne_order_facts *f, const struct urne_order_known *known,
    bool html) URNE_MUST_USE;

#endif
