/* SPDX-License-Identifier: EUPL-1.2 */
/* An order in a file: its text alone, or a note with the signatures that it has so far. */
#ifndef URNE_CLIENT_CLI_ORDER_FILE_H
#define URNE_CLIENT_CLI_ORDER_FILE_H

#include "bulletin/log/order.h"
#include "client/cli/signers.h"

struct urne_order_file {
	struct urne_arena arena;
	struct urne_buf content;
	struct urne_note note; /* without lines when nobody signed yet */
	struct urne_order order;
	struct urne_hash hash;
};
void urne_order_file_init(struct urne_order_file *f);
void urne_order_file_clear(struct urne_order_file *f);
enum urne_err urne_order_file_read(
    struct urne_order_file *f, struct urne_cli *cli, const char *path) URNE_MUST_USE;

/* urne_order_note appends a note of the text with those of the lines that are not among `without`,
 * which may be NULL; *num is how many there are. */
enum urne_err urne_order_note(struct urne_cli *cli, struct urne_buf *out, size_t *num,
    const struct urne_note *note, const struct urne_note *without) URNE_MUST_USE;
/* urne_order_sign appends a line of each signer over the text. One who has signed already, as
 * `lines` shows, is refused by name. */
enum urne_err urne_order_sign(struct urne_cli *cli, struct urne_buf *out,
    const struct urne_signers *signers, const struct urne_note *lines,
    struct urne_view text) URNE_MUST_USE;

#endif
