/* SPDX-License-Identifier: EUPL-1.2 */
/* urne decrypt: a trustee's partial decryption, of an archive in a file or of one on a board. */
#include <inttypes.h>

#include "client/cli/commands.h"
#include "client/cli/confirm.h"
#include "client/cli/decrypt_board.h"
#include "client/cli/decryption.h"
#include "client/cli/fetched.h"
#include "client/cli/keys.h"

static enum urne_err
decrypt(struct urne_cli *cli, struct urne_state *s, const char *out)
{
	struct urne_decryption x;
	enum urne_err e = urne_decryption_check(&x, cli, s);

	if (e == URNE_OK) {
		e = urne_decryption_open(&x);
	}
	if (e == URNE_OK) {
		e = urne_decryption_make(&x, out);
	}
	if (e == URNE_OK) {
		urne_cli_say(cli,
		    "%s: partial decryption of trustee %" PRIu64
		    ", made after verifying all %zu ballots and the tally. Give it to the "
		    "official, who runs \"urne append\".",
		    out, x.key.owner, s->num_ballots);
		urne_cli_put_u64(cli, "owner", x.key.owner);
		urne_cli_put_u64(cli, "ballots_verified", s->num_ballots);
	}
	urne_decryption_clear(&x);
	return e;
}

static enum urne_err
decrypt_archive(struct urne_cli *cli)
{
	struct urne_state s;
	enum urne_err e = urne_state_open(&s, cli, cli->args[0], false);

	if (e == URNE_OK) {
		e = decrypt(cli, &s, urne_cli_option(cli, "out"));
	}
	urne_state_close(&s);
	return e;
}

/* Options that make no sense without a board. */
static const char *const of_board[] = {"log-key", "ca", "state", "few-voters", "yes"};

static enum urne_err
run_decrypt(struct urne_cli *cli)
{
	const char *board = urne_cli_option(cli, "board");

	if ((board != NULL) == (cli->num_args > 0)) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "give the archive, or the election's address with --board, one of the two");
	}
	if (board != NULL) {
		return urne_decrypt_board(cli);
	}
	for (size_t i = 0; i < sizeof(of_board) / sizeof(of_board[0]); i++) {
		if (urne_cli_option(cli, of_board[i]) != NULL) {
			return urne_fail(
			    &cli->diag, URNE_ERR_USAGE, "--%s goes with --board", of_board[i]);
		}
	}
	if (urne_cli_option(cli, "out") == NULL) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "--out FILE is needed: the new file for the official");
	}
	return decrypt_archive(cli);
}

static const struct urne_option options[] = {
    {"board", "URL", "Fetch the election from this board, and give the decryption to it.", false},
    URNE_OPTION_TRUSTEE_KEY,
    URNE_OPTION_SHARE,
    {"owner", "N", "The trustee's number, to be checked; it is found from the key in any case.",
	false},
    {"out", "FILE", "The new file for the official; with --board a copy, if wanted.", false},
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_STATE,
    {"few-voters", NULL,
	"Decrypt although fewer than 5 members voted, in an election without vote definition: the "
	"result may then show how single members voted.",
	false},
    URNE_OPTION_YES,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Makes a trustee's partial decryption of the tally. First all ballots are verified and the "
    "encrypted tally is computed from them on this machine; when it is not the one in the archive, "
    "or fewer members voted than the definition's floor, the key is not even opened.",
    "With --board URL the archive is fetched from there and must be what the log has signed. What "
    "is "
    "about to be decrypted is said in words and has to be confirmed. The decryption is sent to the "
    "board, which needs no order of an official for it, and the command ends well when the signed "
    "log contains it. Running it again does no harm.",
    "What a key has decrypted is noted in KEY.decrypted.json beside it, before anything is given "
    "away. A second, different tally of the same election is refused: two results together show "
    "what "
    "single members chose. Keep that file with the key.",
    "A threshold trustee gives the share file from the end of the ceremony as well. Keys that "
    "other "
    "programs of the format made are read too.",
    NULL};

const struct urne_command urne_cmd_decrypt = {
    .name = "decrypt",
    .summary = "a trustee's partial decryption of the tally",
    .synopsis = "DIR|ARCHIVE --key FILE [--share FILE.dkey] [--owner N] --out FILE "
		"[--passphrase-file FILE], or --board URL --key FILE [--share FILE.dkey] "
		"[--log-key KEY] [--state DIR] [--out FILE] [--few-voters] [--yes] [--ca FILE]",
    .min_args = 0,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "A ballot or the tally does not verify, too few members voted, the key is of no "
	       "trustee of this election or has decrypted another tally of it, the passphrase does "
	       "not open it, or there is no tally yet.",
    .unconfirmed = "The decryption was sent and is not seen in the signed log; run it again.",
    .example = "urne decrypt --board https://vote.example.org/bb/8GpLcyFqQvDrUn --key anna.key",
    .run = run_decrypt,
};
