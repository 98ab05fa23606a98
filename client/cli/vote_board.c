/* SPDX-License-Identifier: EUPL-1.2 */
/* Casting over a board. The ballot lies in a file before it is sent, and "cast" is said only when
 * the receipt lies in another: whatever happens in between, exactly this ballot can be sent again,
 * and the board answers the same. */
#include "client/cli/vote_board.h"

#include <time.h>
#include <unistd.h>

#include "base/safe_text.h"
#include "client/cli/journal_remote.h"
#include "client/cli/own_receipt.h"
#include "client/cli/remote.h"
#include "client/cli/vote_hints.h"
#include "client/cli/vote_terminal.h"
#include "client/cli/workdir.h"
#include "crypto/sha256.h"
#include "election/opened.h"

#define RECEIPT_MEMORY ((size_t)8 << 20)
#define MAX_RECEIPT    URNE_MAX_SMALL_FILE

struct vote {
	struct urne_cli *cli;
	const char *receipt;	     /* where the receipt goes; NULL with --audit */
	const char *given;	     /* --ballot */
	bool talks;		     /* choices are asked for in the terminal */
	struct urne_paper paper;     /* then: what the member reads */
	struct urne_buf new_receipt; /* its name, unless --receipt gave one */
	struct urne_buf kept;	     /* where the ballot is kept, with a NUL */
	struct urne_remote r;
	struct urne_sealed s;
	struct urne_own_ballot own; /* unless it was given */
	struct urne_buf ballot, answer;
	struct urne_hash tracker;
	struct urne_arena arena;
	struct urne_receipt_facts facts;
};

static enum urne_err
check_names(struct vote *v)
{
	struct urne_diag *d = &v->cli->diag;

	if (v->receipt == NULL) {
		return URNE_OK; /* --audit, or a name that is new */
	}
	urne_buf_printf(&v->kept, "%s", v->given != NULL ? v->given : v->receipt);
	urne_buf_puts(&v->kept, v->given != NULL ? "" : ".ballot.json");
	urne_buf_put(&v->kept, "", 1);
	if (urne_buf_error(&v->kept) != URNE_OK) {
		return urne_fail(
		    d, urne_buf_error(&v->kept), "the name of the receipt is too long");
	}
	if (urne_file_exists(v->receipt)) {
		return urne_fail(d, URNE_ERR_EXISTS,
		    "nothing is overwritten: %s: exists already, choose another name", v->receipt);
	}
	if (v->given == NULL && urne_file_exists(v->kept.data)) {
		return urne_fail(d, URNE_ERR_EXISTS,
		    "%s: a ballot without receipt is there from before; send it with --ballot, or "
		    "choose another name for the receipt",
		    v->kept.data);
	}
	return URNE_OK;
}

/* For the eyes of the member, before anything secret is asked for. */
static void
show_election(struct vote *v)
{
	const struct urne_election *e = &v->s.election;
	struct urne_buf name;

	urne_buf_init(&name, URNE_MAX_TEXT_FILE);
	urne_put_safe_text(&name, e->name);
	urne_cli_note("urne: note: you vote in \"%.*s\", election %.*s", (int)name.len, name.data,
	    (int)e->uuid.len, e->uuid.p);
	urne_cli_note("urne: note: compare with your letter: fingerprint %s",
	    urne_cli_hash_text(&e->fingerprint).s);
	if (v->s.has_definition) {
		urne_cli_note("urne: note: compare with your letter: vote definition %.*s",
		    (int)e->vote_definition.len, e->vote_definition.p);
	}
	urne_buf_clear(&name);
}

/* The names of the receipt and of the kept ballot, once the election is known. */
static enum urne_err
name_receipt(struct vote *v)
{
	enum urne_err e =
	    urne_vote_new_name(v->cli, &v->new_receipt, "receipt", v->s.election.uuid);

	if (e == URNE_OK) {
		v->receipt = v->new_receipt.data;
		e = check_names(v);
	}
	return e;
}

static enum urne_err
talk(struct vote *v)
{
	enum urne_err e = urne_vote_paper(&v->paper, &v->s);

	if (e == URNE_OK && v->receipt == NULL) {
		e = name_receipt(v);
	}
	return e == URNE_OK ? urne_vote_terminal(&v->own, &v->paper, false) : e;
}

/* Hours may have been extended, and nobody should answer all questions of a vote that is not open:
 * the journal knows. Where a board keeps none, the hours of the sealed definition count. A ballot
 * that will be opened is never cast, so it may be made at any time. */
static enum urne_err
check_open(struct vote *v)
{
	struct urne_remote journal;
	struct urne_journal *j = NULL;
	bool there = false;
	enum urne_err e;

	if (v->receipt == NULL) {
		return URNE_OK;
	}
	e = urne_journal_remote(&journal, &there, &v->r);

	if (e == URNE_OK && there) {
		e = urne_journal_fetch(&journal, &j, NULL, NULL);
	}
	if (e == URNE_OK) {
		e = there ? urne_journal_may_take(
				j, &v->cli->diag, v->s.election.uuid, (int64_t)time(NULL))
			  : urne_sealed_hours_of_voting(&v->s);
		if (e != URNE_OK && there) {
			urne_diag_within(
			    &v->cli->diag, "%s: members cannot vote now: ", v->r.address.data);
		}
	}
	urne_journal_free(j);
	urne_remote_close(&journal);
	return e;
}

static enum urne_err
make_ballot(struct vote *v)
{
	enum urne_err e = urne_remote_setup(&v->r, &v->s);

	if (e == URNE_OK && !v->talks) {
		show_election(v);
	}
	if (e == URNE_OK) {
		e = check_open(v);
	}
	if (e == URNE_OK) {
		e = v->talks ? talk(v) : urne_own_ballot_make(&v->own);
	}
	if (e != URNE_OK || v->own.stage != URNE_OWN_SIGNED) {
		return e;
	}
	urne_buf_put_view(&v->ballot, urne_buf_view(&v->own.text));
	v->tracker = v->own.tracker;
	e = urne_buf_error(&v->ballot);
	return e == URNE_OK ? urne_file_create(&v->cli->diag, v->kept.data, URNE_FILE_PUBLIC,
				  urne_buf_view(&v->ballot))
			    : e;
}

static enum urne_err
read_ballot(struct vote *v)
{
	enum urne_err e = urne_cli_read_line(v->cli, &v->ballot, v->given);

	if (e == URNE_OK && urne_opened_is(urne_buf_view(&v->ballot))) {
		e = urne_fail(&v->cli->diag, URNE_ERR_ORDER,
		    "%s: this ballot was opened to be audited and is never cast, make a new one",
		    v->given);
	}
	if (e == URNE_OK) {
		urne_sha256_of(&v->tracker, urne_buf_view(&v->ballot));
	}
	return e;
}

/* The ballot may be in the log from here on, whatever we hear of it. */
static enum urne_err
cast(struct vote *v)
{
	struct urne_diag *d = &v->cli->diag;
	enum urne_err e = urne_vote_cast(
	    &v->r, &v->answer, v->given == NULL ? &v->s.election : NULL, urne_buf_view(&v->ballot));

	if (e != URNE_OK) {
		v->cli->unconfirmed = urne_err_is_ours(e);
		urne_diag_within(
		    d, v->cli->unconfirmed ? "perhaps cast, perhaps not: " : "not cast: ");
		return e;
	}
	v->cli->unconfirmed = true;
	e = urne_own_receipt_check(
	    &v->facts, &v->arena, d, urne_buf_view(&v->answer), &v->r.key, &v->tracker);
	if (e == URNE_OK && !urne_view_eq(v->facts.receipt.election, v->r.uuid)) {
		e = urne_fail(d, URNE_ERR_MISMATCH, "it is of election %.*s",
		    (int)v->facts.receipt.election.len, v->facts.receipt.election.p);
	}
	if (e != URNE_OK) {
		urne_diag_within(d,
		    "do not take the ballot for cast, and tell the officials: the board's receipt "
		    "does not hold: ");
		return e;
	}
	e = urne_file_create(d, v->receipt, URNE_FILE_PUBLIC, urne_buf_view(&v->answer));
	v->cli->unconfirmed = e != URNE_OK;
	return e;
}

static void
tell_cast(struct vote *v)
{
	if (v->talks) {
		urne_own_receipt_put(v->cli, &v->facts);
		urne_vote_say_cast(&v->cli->text, &v->paper, &v->own, &v->facts, v->receipt);
	} else {
		urne_cli_say(v->cli, "Cast. %s is the receipt: keep it.", v->receipt);
		urne_own_receipt_say(v->cli, &v->facts);
		urne_cli_say(v->cli,
		    "The receipt shows that the ballot is logged, not how you voted, nor that it "
		    "counts: the last ballot of a credential does. \"urne receipt verify\" checks "
		    "it again.");
	}
	urne_cli_put_string(v->cli, "receipt", v->receipt);
	urne_cli_put_bool(v->cli, "cast", true);
	if (v->given == NULL) {
		(void)unlink(v->kept.data); /* the board has it, for everybody to see */
	}
}

static void
tell_kept(struct vote *v)
{
	static const char *const trust[] = {"log-key", "ca"};
	struct urne_buf again, said;

	urne_buf_init(&again, URNE_MAX_SMALL_FILE);
	urne_buf_init(&said, URNE_MAX_SMALL_FILE);
	urne_buf_printf(&again, "urne vote --board %s --ballot %s --receipt %s", v->r.address.data,
	    v->kept.data, v->receipt);
	/* whom it trusts, the second attempt trusts for the same reason */
	for (size_t i = 0; i < sizeof(trust) / sizeof(trust[0]); i++) {
		if (urne_cli_option(v->cli, trust[i]) != NULL) {
			urne_buf_printf(
			    &again, " --%s %s", trust[i], urne_cli_option(v->cli, trust[i]));
		}
	}
	urne_buf_put(&again, "", 1);
	if (urne_buf_error(&again) == URNE_OK) {
		urne_cli_note("urne: note: the ballot is kept in %s; send exactly that one again "
			      "with: %s",
		    v->kept.data, again.data);
	}
	if (urne_buf_error(&again) == URNE_OK && v->talks) {
		urne_vote_say_kept(&said, &v->paper, !v->cli->unconfirmed, again.data);
		urne_vote_show(&said);
	}
	urne_cli_put_string(v->cli, "ballot", v->kept.data);
	urne_cli_put_hash(v->cli, "tracker", &v->tracker);
	urne_cli_put_bool(v->cli, "cast", false);
	v->cli->fields_when_refused = true;
	urne_buf_clear(&again);
	urne_buf_clear(&said);
}

static enum urne_err
prepare(struct vote *v)
{
	const struct urne_view any = {"", 0};
	enum urne_err e = check_names(v);

	if (e == URNE_OK) {
		e = urne_remote_open(&v->r, v->cli, urne_cli_option(v->cli, "board"));
	}
	if (e == URNE_OK) {
		e = urne_remote_election(&v->r, any);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_sealed_init(&v->s, v->cli, v->r.address.data);
	urne_own_ballot_init(&v->own, &v->s);
	e = urne_remote_known(&v->r);
	if (e == URNE_OK) {
		e = v->given != NULL ? read_ballot(v) : make_ballot(v);
	}
	return e;
}

enum urne_err
urne_vote_board(struct urne_cli *cli, bool talks)
{
	struct vote v = {.cli = cli,
	    .talks = talks,
	    .receipt = urne_cli_option(cli, "receipt"),
	    .given = urne_cli_option(cli, "ballot")};
	enum urne_err e;

	urne_buf_init(&v.new_receipt, URNE_MAX_SMALL_FILE);
	urne_buf_init(&v.kept, URNE_MAX_SMALL_FILE);
	urne_buf_init(&v.ballot, URNE_MAX_BALLOT);
	urne_buf_init(&v.answer, MAX_RECEIPT);
	urne_arena_init(&v.arena, RECEIPT_MEMORY);
	e = prepare(&v);
	if (e == URNE_OK && v.own.stage == URNE_OWN_OPENED) {
		urne_own_ballot_tell_opened(&v.own);
	} else if (e == URNE_OK) {
		e = cast(&v);
		if (e == URNE_OK) {
			tell_cast(&v);
		} else {
			tell_kept(&v);
		}
	}
	urne_own_ballot_clear(&v.own);
	urne_sealed_clear(&v.s);
	urne_remote_close(&v.r);
	urne_buf_clear(&v.new_receipt);
	urne_buf_clear(&v.kept);
	urne_buf_clear(&v.ballot);
	urne_buf_clear(&v.answer);
	urne_arena_clear(&v.arena);
	return e;
}
