/* SPDX-License-Identifier: EUPL-1.2 */
/* DIR/board.json: what a board is, fixed when it was made. Name, officials and registrar are those
 * of the journal's genesis; who is an official later is what the journal says.
 * {"format":"urne-board/1","service":"vote.example.org/bb","name":"Association","url":
 * "https://vote.example.org","head":"/other/volume/head.db","agree":1,"officials":
 * ["NAME+HASH+KEY",...],"registrar":"NAME+HASH+KEY" or null} */
#ifndef URNE_BULLETIN_SERVER_CONFIG_H
#define URNE_BULLETIN_SERVER_CONFIG_H

#include "base/arena.h"
#include "base/buf.h"
#include "bulletin/log/order.h"

struct urne_board_config {
	struct urne_view service; /* <host>/bb: the first part of every origin */
	struct urne_view name; /* of the organisation: a line of 1 to URNE_ORDER_MAX_TEXT bytes */
	struct urne_view url;  /* where clients reach it, without /bb and without a final slash */
	struct urne_view head; /* path of head.db; relative to DIR unless it begins with a slash */
	struct urne_note_key officials[32]; /* URNE_MAX_OFFICIALS */
	size_t num_officials, agree;
	bool has_registrar;
	struct urne_note_key registrar; /* who signs the list of credentials */
};

/* Every field is there, nothing else; 1 <= agree <= number of officials, no key or name
 * twice, the service a name as urne_note_name_check wants it that ends in "/bb". Borrows from text.
 */
enum urne_err urne_board_config_read(struct urne_board_config *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
void urne_board_config_write(struct urne_buf *out, const struct urne_board_config *c);

#endif
