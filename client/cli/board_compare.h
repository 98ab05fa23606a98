/* SPDX-License-Identifier: EUPL-1.2 */
/* The archive here and the log there: which of the two is the beginning of the other. */
#ifndef URNE_CLIENT_CLI_BOARD_COMPARE_H
#define URNE_CLIENT_CLI_BOARD_COMPARE_H

#include "client/cli/remote.h"
#include "client/cli/state.h"

/* urne_board_compare proves that the archive and the log of r->checkpoint are the same as far as
 * both go; otherwise URNE_ERR_MISMATCH, and the sentence says at which event they part. */
enum urne_err urne_board_compare(struct urne_remote *r, const struct urne_state *s) URNE_MUST_USE;
/* urne_board_agrees: the log of r->checkpoint is what the archive has, up to its size; the archive
 * has all of it. */
bool urne_board_agrees(const struct urne_remote *r, const struct urne_state *s);

#endif
