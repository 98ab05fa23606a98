/* SPDX-License-Identifier: EUPL-1.2 */
/* Voting in the terminal: the questionnaire, spoken with the person who sits there. */
#ifndef URNE_CLIENT_CLI_VOTE_TERMINAL_H
#define URNE_CLIENT_CLI_VOTE_TERMINAL_H

#include "client/cli/own_ballot.h"
#include "client/cli/vote_words.h"

/* urne_vote_terminal asks for the credential (unless --credential), then for every answer, opens
 * ballots as often as the member likes, and returns with b signed once the member says so.
 * URNE_ERR_INCOMPLETE: the member left, or the input ended; nothing is cast, answers are wiped.
 * to_file: the ballot will be written to a file. */
enum urne_err urne_vote_terminal(
    struct urne_own_ballot *b, const struct urne_paper *paper, bool to_file) URNE_MUST_USE;
/* urne_vote_show puts text on the terminal, if there is one. */
void urne_vote_show(struct urne_buf *text);

/* urne_vote_new_name sets `out` to "WHAT-UUID.json", or the first of "WHAT-UUID-2.json", ... that
 * names no file yet, nor does it with ".ballot.json" behind; a NUL follows. */
enum urne_err urne_vote_new_name(struct urne_cli *cli, struct urne_buf *out, const char *what,
    struct urne_view uuid) URNE_MUST_USE;

#endif
