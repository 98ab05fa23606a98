/* SPDX-License-Identifier: EUPL-1.2 */
/* urne official key: the key with which an official signs. */
#include "client/cli/commands.h"
#include "client/cli/keys.h"
#include "crypto/secret/signer.h"

static enum urne_err
make(struct urne_cli *cli, struct urne_rng *rng)
{
	struct urne_buf private_key;
	struct urne_signer signer;
	enum urne_err e =
	    urne_signer_new(&signer, &cli->diag, urne_view_of(urne_cli_option(cli, "name")), rng);

	urne_buf_init_secret(&private_key, URNE_MAX_SMALL_FILE);
	if (e == URNE_OK) {
		urne_signer_write(&private_key, &signer);
		e = urne_signer_pair_make(cli, &private_key, &signer.key,
		    "; it goes into \"officials\" of the vote definition", rng);
	}
	urne_signer_clear(&signer);
	urne_buf_clear(&private_key);
	return e;
}

static enum urne_err
run_official_key(struct urne_cli *cli)
{
	struct urne_rng rng;
	enum urne_err e = urne_rng_init(&rng);

	if (e != URNE_OK) {
		return urne_fail(&cli->diag, e, "the system gives no randomness");
	}
	e = make(cli, &rng);
	urne_rng_clear(&rng);
	return e;
}

static const struct urne_option options[] = {
    {"name", "NAME", "Who signs, one word without spaces and plus signs: claire-fontaine.", true},
    {"key", "FILE", "The new private key (mode 0600).", true},
    {"out", "FILE", "The new public key, a line for the vote definition.", true},
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_NO_PASSPHRASE,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Makes the Ed25519 key with which an official certifies minutes and signs orders to a board, "
    "or "
    "a registrar the order for the roll. The public key goes into the vote definition before the "
    "vote is sealed, so that everybody knows who may sign, and to whoever makes the board.",
    "The private key is locked with a passphrase, asked for on the terminal.", NULL};

const struct urne_command urne_cmd_official_key = {
    .name = "official key",
    .summary = "make the key with which an official signs",
    .synopsis = "--name NAME --key FILE --out FILE [--passphrase-file FILE | --no-passphrase]",
    .options = options,
    .description = description,
    .refusal = "One of the files exists, the name is not possible, or there is no passphrase.",
    .example = "urne official key --name claire-fontaine --key claire.key --out claire.pub",
    .run = run_official_key,
};
