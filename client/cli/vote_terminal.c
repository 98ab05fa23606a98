/* SPDX-License-Identifier: EUPL-1.2 */
/* The loop between terminal, questionnaire and ballot. Choices are in the questionnaire and in the
 * ballot that is being made, and nowhere else; both are wiped whatever happens. */
#include "client/cli/vote_terminal.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "client/cli/terminal.h"
#include "client/questionnaire/questionnaire.h"

/* What is said at once: all presentations of the largest vote. */
#define MAX_SAID (4 * URNE_MAX_TEXT_FILE)
/* The longest line a terminal gives has 4,095 characters. */
#define MAX_TYPED ((size_t)8192)
/* Who mistypes a credential so often looks for the letter first. */
#define TRIES	  5
#define MAX_NAMES 1000

struct talk {
	struct urne_own_ballot *b;
	struct urne_cli *cli;
	const struct urne_paper *paper;
	struct urne_questionnaire q;
	struct urne_buf said, typed, name;
	int tty;
};

void
urne_vote_show(struct urne_buf *text)
{
	int tty = urne_terminal_open();

	if (tty >= 0) {
		bool shown = urne_terminal_put(tty, urne_buf_view(text));
		(void)shown; /* the terminal is gone; the result of the command says it too */
		(void)close(tty);
	}
}

enum urne_err
urne_vote_new_name(
    struct urne_cli *cli, struct urne_buf *out, const char *what, struct urne_view uuid)
{
	for (unsigned i = 1; i < MAX_NAMES; i++) {
		struct urne_buf kept;
		bool there;

		urne_buf_init(&kept, URNE_MAX_SMALL_FILE);
		urne_buf_reset(out);
		urne_buf_printf(out, "%s-%.*s", what, (int)uuid.len, uuid.p);
		if (i > 1) {
			urne_buf_printf(out, "-%u", i);
		}
		urne_buf_put(out, ".json", sizeof(".json"));
		if (urne_buf_error(out) == URNE_OK) {
			urne_buf_printf(&kept, "%s.ballot.json", out->data);
			urne_buf_put(&kept, "", 1);
		}
		if (urne_buf_error(out) != URNE_OK || urne_buf_error(&kept) != URNE_OK) {
			urne_buf_clear(&kept);
			return urne_fail(&cli->diag, URNE_ERR_MEMORY, "no memory for a name");
		}
		there = urne_file_exists(out->data) || urne_file_exists(kept.data);
		urne_buf_clear(&kept);
		if (!there) {
			return URNE_OK;
		}
	}
	return urne_fail(&cli->diag, URNE_ERR_EXISTS,
	    "there are too many files %s-%.*s-*.json here, go to another folder", what,
	    (int)uuid.len, uuid.p);
}

static enum urne_err
left(struct talk *t)
{
	urne_vote_say_left(&t->said, t->paper);
	urne_vote_show(&t->said);
	return urne_fail(
	    &t->cli->diag, URNE_ERR_INCOMPLETE, "left without voting: nothing is cast");
}

/* --- the credential --- */

/* ask says what is there to be said and reads a line; left() at the end of the input. */
static enum urne_err
ask(struct talk *t, enum urne_typing typing)
{
	enum urne_err e = urne_buf_error(&t->said);
	bool there;

	if (e != URNE_OK) {
		return urne_fail(&t->cli->diag, e, "no memory for the text of a question");
	}
	urne_buf_reset(&t->typed);
	there = urne_terminal_ask(t->tty, &t->typed, urne_buf_view(&t->said), typing);
	urne_buf_reset(&t->said);
	return there ? URNE_OK : left(t);
}

/* *fits: the typed credential is one of this election. */
static enum urne_err
type_credential(struct talk *t, bool *fits)
{
	enum urne_err e;

	*fits = false;
	urne_buf_puts(&t->said, urne_vote_word_credential(t->paper));
	e = ask(t, URNE_TYPING_HIDDEN);
	if (e != URNE_OK) {
		return e;
	}
	e = urne_buf_error(&t->typed) == URNE_OK
		? urne_own_ballot_credential_text(t->b, urne_buf_view(&t->typed))
		: URNE_ERR_SYNTAX;
	urne_buf_reset(&t->typed);
	if (urne_err_is_ours(e)) {
		return e;
	}
	*fits = e == URNE_OK;
	return URNE_OK;
}

static enum urne_err
ask_credential(struct talk *t)
{
	bool fits = false;

	if (urne_cli_option(t->cli, "credential") != NULL) {
		return urne_own_ballot_credential(t->b);
	}
	for (unsigned i = 0; i < TRIES; i++) {
		enum urne_err e = type_credential(t, &fits);

		if (e != URNE_OK || fits) {
			return e;
		}
		urne_vote_say_wrong_credential(&t->said, t->paper);
	}
	return urne_fail(&t->cli->diag, URNE_ERR_UNKNOWN,
	    "no credential of this election was typed, check that the letter is for this one");
}

/* --- the questionnaire --- */

static enum urne_err
encrypt(struct talk *t)
{
	enum urne_err e = urne_own_ballot_prepare(t->b, &t->q.choices);

	if (e == URNE_OK) {
		urne_questionnaire_encrypted(&t->q, &t->said, &t->b->fingerprint);
	}
	return e;
}

/* The ballot is shown and spoiled; the same choices are encrypted anew. */
static enum urne_err
open_ballot(struct talk *t)
{
	enum urne_err e =
	    urne_vote_new_name(t->cli, &t->name, "audit", t->b->sealed->election.uuid);

	if (e == URNE_OK) {
		e = urne_own_ballot_open(t->b, t->name.data);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_questionnaire_opened(&t->q, &t->said, t->name.data);
	return encrypt(t);
}

static enum urne_err
talk(struct talk *t)
{
	enum urne_questionnaire_next next = URNE_NEXT_LINE;
	enum urne_err e = URNE_OK;

	urne_questionnaire_start(&t->q, &t->said);
	while (e == URNE_OK) {
		switch (next) {
		case URNE_NEXT_LINE:
			break;
		case URNE_NEXT_ENCRYPT:
			e = encrypt(t);
			break;
		case URNE_NEXT_OPEN:
			e = open_ballot(t);
			break;
		case URNE_NEXT_CAST:
			return urne_own_ballot_sign(t->b);
		case URNE_NEXT_LEAVE:
			return left(t);
		}
		if (e == URNE_OK) {
			e = ask(t, URNE_TYPING_SHOWN);
		}
		if (e == URNE_OK) {
			next = urne_questionnaire_line(&t->q, &t->said, urne_buf_view(&t->typed));
		}
	}
	return e;
}

enum urne_err
urne_vote_terminal(struct urne_own_ballot *b, const struct urne_paper *paper, bool to_file)
{
	struct talk t = {.b = b, .cli = b->sealed->cli, .paper = paper};
	enum urne_err e = urne_questionnaire_init(&t.q, &t.cli->diag, paper, to_file);

	urne_buf_init_secret(&t.said, MAX_SAID);
	urne_buf_init_secret(&t.typed, MAX_TYPED);
	urne_buf_init(&t.name, URNE_MAX_SMALL_FILE);
	t.tty = urne_terminal_open();
	if (e == URNE_OK && t.tty < 0) {
		e = urne_fail(&t.cli->diag, URNE_ERR_USAGE,
		    "there is no terminal to ask for choices, give them with --choices FILE");
	}
	if (e == URNE_OK) {
		urne_vote_say_election(&t.said, paper);
		e = ask_credential(&t);
	}
	if (e == URNE_OK) {
		e = talk(&t);
	}
	if (t.tty >= 0) {
		(void)close(t.tty);
	}
	urne_questionnaire_clear(&t.q);
	urne_buf_clear(&t.said);
	urne_buf_clear(&t.typed);
	urne_buf_clear(&t.name);
	return e;
}
