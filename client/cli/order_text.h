/* SPDX-License-Identifier: EUPL-1.2 */
/* The words of a command that say an order, and the order that is made of them: what they leave out
 * is filled in where it follows from something. Spec: docs/journal.md#orders */
#ifndef URNE_CLIENT_CLI_ORDER_TEXT_H
#define URNE_CLIENT_CLI_ORDER_TEXT_H

#include "client/cli/order_known.h"

/* ACTION [ELECTION] [NAME=VALUE...] [KEYFILE...] */
struct urne_order_words {
	enum urne_action action;
	struct urne_view election; /* empty: none was named */
	struct {
		size_t argument; /* its place in the table of the action */
		struct urne_view text;
	} given[URNE_ORDER_MAX_ARGS];
	size_t num_given;
	const char *keys[URNE_MAX_OFFICIALS];
	size_t num_keys;
};
/* urne_order_words_read takes the words of the command apart; `uuid` is the election that the
 * board's address names, or empty. */
enum urne_err urne_order_words_read(struct urne_order_words *out, struct urne_cli *cli,
    const char *const *words, size_t num, struct urne_view uuid) URNE_MUST_USE;

/* An order as text, and taken apart; the latter borrows from the former. */
struct urne_order_text {
	struct urne_arena arena;
	struct urne_buf text;
	struct urne_order order;
	struct urne_hash hash;
};
void urne_order_text_init(struct urne_order_text *t);
void urne_order_text_clear(struct urne_order_text *t);
/* urne_order_text_write makes an order of the moment `now`: given values as they are (of a hash, or
 * of a key, the name of a file serves too), the others as `known` says. One that neither gives is
 * refused, by its name. */
enum urne_err urne_order_text_write(struct urne_order_text *out, struct urne_cli *cli,
    const struct urne_order_words *w, const struct urne_order_known *known, struct urne_view origin,
    int64_t now) URNE_MUST_USE;
/* urne_order_same: two orders that differ in nothing but the moment they were written. */
bool urne_order_same(const struct urne_order *a, const struct urne_order *b);

#endif
