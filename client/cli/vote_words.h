/* SPDX-License-Identifier: EUPL-1.2 */
/* What "urne vote" says to a member besides the questionnaire, in the member's language. */
#ifndef URNE_CLIENT_CLI_VOTE_WORDS_H
#define URNE_CLIENT_CLI_VOTE_WORDS_H

#include "bulletin/log/receipt.h"
#include "client/cli/own_ballot.h"
#include "client/questionnaire/paper.h"
#include "election/opened.h"

#define URNE_OPTION_VOTE_LANG                                                                      \
	{                                                                                          \
		"lang", "CODE",                                                                    \
		    "The language to ask in: fr, en or another one of the vote definition. By "    \
		    "default that of the environment (LC_ALL, LC_MESSAGES, LANG), if the vote is " \
		    "in it, else the definition's first.",                                         \
		    false                                                                          \
	}

/* urne_vote_paper: the ballot paper of a sealed election in the language of --lang, of the
 * environment, or the first; everything is borrowed. A sealed definition that is missing refuses,
 * and so does a language that the vote is not in (URNE_ERR_USAGE). */
enum urne_err urne_vote_paper(struct urne_paper *out, struct urne_sealed *s) URNE_MUST_USE;

/* Each appends lines to `out`. */
/* election: what to compare with the letter. */
void urne_vote_say_election(struct urne_buf *out, const struct urne_paper *p);
/* wrong_credential: why the one that was typed is asked for again. */
void urne_vote_say_wrong_credential(struct urne_buf *out, const struct urne_paper *p);
/* left: nothing is cast. */
void urne_vote_say_left(struct urne_buf *out, const struct urne_paper *p);
void urne_vote_say_cast(struct urne_buf *out, const struct urne_paper *p,
    const struct urne_own_ballot *b, const struct urne_receipt_facts *f, const char *receipt);
void urne_vote_say_written(struct urne_buf *out, const struct urne_paper *p,
    const struct urne_own_ballot *b, const char *ballot);
/* kept: there is no receipt, or only `refused`; `again` is the command that sends it once more. */
void urne_vote_say_kept(
    struct urne_buf *out, const struct urne_paper *p, bool refused, const char *again);
/* audited: what an honest opened ballot would have voted. difference: one line. */
void urne_vote_say_audited(
    struct urne_buf *out, const struct urne_paper *p, const struct urne_opened *o);
void urne_vote_say_difference(
    struct urne_buf *out, const struct urne_paper *p, const struct urne_opened_difference *x);
/* credential: the word that the credential is asked for with. */
const char *urne_vote_word_credential(const struct urne_paper *p);

#endif
