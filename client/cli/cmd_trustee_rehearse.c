/* SPDX-License-Identifier: EUPL-1.2 */
/* urne trustee rehearse: before the voting opens a trustee shows that it can decrypt. What it
 * decrypts this machine makes itself, and everybody knows what is in it: so nothing is noted beside
 * the key. */
#include <inttypes.h>

#include "client/cli/commands.h"
#include "client/cli/decryption.h"
#include "client/cli/journal_remote.h"
#include "client/cli/keys.h"
#include "tally/rehearsal.h"

#define MEMORY ((size_t)512 << 20)

struct rehearsal {
	struct urne_cli *cli;
	struct urne_remote r;
	struct urne_journal *journal;
	struct urne_sealed sealed;
	struct urne_hash setup;
	struct urne_arena arena;
	struct urne_tally tally;
	struct urne_trustee_key key;
	struct urne_buf partial;
	struct urne_hash object; /* its hash */
	bool is_there;		 /* the journal has a rehearsal of this trustee */
};

/* --- what is rehearsed --- */

static const struct urne_journal_election *
in_journal(const struct rehearsal *x)
{
	return urne_journal_find(x->journal, x->r.uuid);
}

static enum urne_err
fetch_journal(struct rehearsal *x)
{
	urne_journal_free(x->journal);
	x->journal = NULL;
	return urne_remote_journal(&x->r, &x->journal);
}

/* What the log has is what the officials have ordered to be sealed. */
static enum urne_err
check_sealed(struct rehearsal *x)
{
	const struct urne_journal_election *e = in_journal(x);

	if (e == NULL || e->stage < URNE_JOURNAL_SEALED) {
		return urne_fail(&x->cli->diag, URNE_ERR_ORDER,
		    "%s: the officials have not sealed this election yet, come back when they have",
		    x->r.address.data);
	}
	if (!urne_hash_eq(&e->setup, &x->setup)) {
		return urne_fail(&x->cli->diag, URNE_ERR_MISMATCH,
		    "%s: its log begins with another Setup than the one that the officials ordered "
		    "to be sealed; do not use this board",
		    x->r.address.data);
	}
	return URNE_OK;
}

static enum urne_err
fetch(struct rehearsal *x)
{
	struct urne_event first;
	enum urne_err e = urne_remote_open(&x->r, x->cli, x->cli->args[0]);

	if (e == URNE_OK) {
		e = urne_remote_election(&x->r, (struct urne_view){"", 0});
	}
	if (e == URNE_OK) {
		e = fetch_journal(x);
	}
	if (e == URNE_OK && in_journal(x) != NULL && in_journal(x)->stage >= URNE_JOURNAL_SEALED) {
		e = urne_remote_known(&x->r);
		if (e == URNE_OK) {
			e = urne_remote_event(&x->r, &first, 0);
			x->setup = first.payload;
		}
	}
	if (e == URNE_OK) {
		e = check_sealed(x);
	}
	return e == URNE_OK ? urne_remote_setup(&x->r, &x->sealed) : e;
}

/* --- the decryption --- */

static enum urne_err
decrypt(struct rehearsal *x)
{
	const struct urne_election *election = &x->sealed.election;
	enum urne_err e =
	    urne_rehearsal_tally(&x->tally, &x->arena, &x->cli->diag, election, &x->setup);

	return e == URNE_OK ? urne_decryption_write(
				  &x->partial, x->cli, &x->arena, election, &x->tally, &x->key)
			    : e;
}

static enum urne_err
send(struct rehearsal *x)
{
	static const char *const headers[] = {"Content-Type: application/octet-stream", NULL};
	uint64_t at = 0;
	struct urne_owned owned = {.owner = x->key.owner};
	struct urne_buf records, about, answer;
	struct urne_hash payload;
	enum urne_err e = urne_remote_timestamp(&x->r, &at);

	urne_buf_init(&records, 2 * URNE_MAX_BALLOT);
	urne_buf_init(&about, URNE_MAX_SMALL_FILE);
	urne_buf_init(&answer, URNE_MAX_SMALL_FILE);
	urne_record_put(&records, &owned.payload, URNE_RECORD_DATA, urne_buf_view(&x->partial), at);
	x->object = owned.payload;
	urne_owned_write(&about, &owned);
	urne_record_put(&records, &payload, URNE_RECORD_DATA, urne_buf_view(&about), at);
	if (e == URNE_OK) {
		e = urne_buf_error(&about) != URNE_OK ? urne_buf_error(&about)
						      : urne_buf_error(&records);
	}
	if (e == URNE_OK) {
		e = urne_remote_send(
		    &x->r, &answer, "POST", "rehearsals", headers, urne_buf_view(&records));
		x->cli->unconfirmed = e == URNE_OK || urne_err_is_ours(e);
	}
	urne_buf_clear(&records);
	urne_buf_clear(&about);
	urne_buf_clear(&answer);
	return e;
}

/* The signed journal counts, not the answer. */
static enum urne_err
check_stands(struct rehearsal *x)
{
	const struct urne_journal_election *e;
	enum urne_err err = fetch_journal(x);

	if (err != URNE_OK) {
		return err;
	}
	e = in_journal(x);
	if (e == NULL || x->key.owner > e->num_trustees || !e->rehearsed[x->key.owner - 1] ||
	    !urne_hash_eq(&e->rehearsals[x->key.owner - 1], &x->object)) {
		return urne_fail(&x->cli->diag, URNE_ERR_MISMATCH,
		    "%s: said that it took the rehearsal of trustee %" PRIu64
		    ", and its signed journal does not show it; run this again, and tell the "
		    "officials if it stays so",
		    x->r.address.data, x->key.owner);
	}
	x->cli->unconfirmed = false;
	return URNE_OK;
}

static enum urne_err
rehearse(struct rehearsal *x)
{
	const struct urne_journal_election *in;
	enum urne_err e = urne_trustee_key_open(&x->key, x->cli, &x->sealed);

	if (e == URNE_OK) {
		e = decrypt(x);
	}
	if (e != URNE_OK) {
		return e;
	}
	in = in_journal(x);
	x->is_there = x->key.owner <= in->num_trustees && in->rehearsed[x->key.owner - 1];
	if (x->is_there) {
		return URNE_OK;
	}
	if (in->stage > URNE_JOURNAL_SEALED) {
		return urne_fail(&x->cli->diag, URNE_ERR_ORDER,
		    "%s: the voting was ordered to begin, there is nothing to rehearse any more",
		    x->r.address.data);
	}
	e = send(x);
	return e == URNE_OK ? check_stands(x) : e;
}

static void
report(struct rehearsal *x)
{
	const struct urne_journal_election *in = in_journal(x);
	uint64_t missing = in->num_trustees - in->num_rehearsed;

	urne_cli_say(x->cli,
	    x->is_there
		? "%s: your key decrypts the test tally. The rehearsal of trustee %" PRIu64
		  " is in the signed journal already; there is nothing to do."
		: "%s: your key decrypts the test tally, and the rehearsal of trustee %" PRIu64
		  " is in the signed journal.",
	    x->r.address.data, x->key.owner);
	if (missing > 0) {
		urne_cli_say(x->cli, "%" PRIu64 " of %" PRIu64 " rehearsals are still missing.",
		    missing, in->num_trustees);
	} else {
		urne_cli_say(x->cli, "All trustees have rehearsed.");
	}
	urne_cli_put_u64(x->cli, "owner", x->key.owner);
	urne_cli_put_bool(x->cli, "repeated", x->is_there);
	urne_cli_put_u64(x->cli, "missing", missing);
}

static enum urne_err
run_trustee_rehearse(struct urne_cli *cli)
{
	struct rehearsal x = {.cli = cli};
	enum urne_err e;

	urne_sealed_init(&x.sealed, cli, cli->args[0]);
	urne_arena_init(&x.arena, MEMORY);
	urne_buf_init(&x.partial, URNE_MAX_BALLOT);
	e = fetch(&x);
	if (e == URNE_OK) {
		e = rehearse(&x);
	}
	if (e == URNE_OK) {
		report(&x);
	}
	urne_trustee_key_clear(&x.key);
	urne_buf_clear(&x.partial);
	urne_arena_clear(&x.arena);
	urne_sealed_clear(&x.sealed);
	urne_journal_free(x.journal);
	urne_remote_close(&x.r);
	return e;
}

static const struct urne_option options[] = {
    URNE_OPTION_TRUSTEE_KEY,
    URNE_OPTION_LOG_KEY_NEEDED,
    URNE_OPTION_SHARE,
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Shows, between the seal and the opening of a vote, that a trustee can decrypt: the program "
    "makes a test tally that follows from the sealed Setup, decrypts it with the very key and "
    "share that will be used, sends that to the board, and looks whether it stands in the signed "
    "journal. Running it again does no harm.",
    "Everybody can compute what is in the test tally, so this tells nobody anything about votes. "
    "It is not noted in KEY.decrypted.json.",
    NULL};

const struct urne_command urne_cmd_trustee_rehearse = {
    .name = "trustee rehearse",
    .summary = "show before a vote that a trustee's key decrypts",
    .synopsis = "URL --log-key KEY --key FILE [--share FILE] [--passphrase-file FILE] [--ca FILE]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The election is not sealed or its voting was ordered to begin, the key is of no "
	       "trustee of this election, or the share does not open.",
    .unconfirmed = "The rehearsal was sent and is not seen in the signed journal; run it again.",
    .example = "urne trustee rehearse https://vote.example.org/bb/8GpLcyFqQvDrUn --log-key log.pub "
	       "--key anna.key",
    .run = run_trustee_rehearse,
};
