/* SPDX-License-Identifier: EUPL-1.2 */
/* DIR/board.json: what a board is, fixed when it was made.
 * {"format":"urne-board/1","service":"vote.example.org/bb","url":"https://vote.example.org","head":
 * "/other/volume/head.db","agree":1,"officials":["NAME+HASH+KEY",...]} */
#ifndef URNE_BULLETIN_SERVER_CONFIG_H
#define URNE_BULLETIN_SERVER_CONFIG_H

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/note.h"

struct urne_board_config {
	struct urne_view service; /* <host>/bb: the first part of every origin */
	struct urne_view url;  /* where clients reach it, without /bb and without a final slash */
	struct urne_view head; /* path of head.db; relative to DIR unless it begins with a slash */
	struct urne_note_key officials[32]; /* URNE_MAX_OFFICIALS */
	size_t num_officials, agree;
};

/* Every field is there, nothing else; 1 <= agree <= number of officials, no key twice, the service
 * a name as urne_note_name_check wants it that ends in "/bb". Borrows from text. */
enum urne_err urne_board_config_read(struct urne_board_config *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
void urne_board_config_write(struct urne_buf *out, const struct urne_board_config *c);

#endif
