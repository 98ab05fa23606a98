/* SPDX-License-Identifier: EUPL-1.2 */
/* urne official key: the key with which an official signs. */
#include "client/cli/commands.h"
#include "client/cli/keys.h"
#include "crypto/secret/signer.h"

static enum urne_err
make(struct urne_cli *cli, struct urne_rng *rng)
{
	struct urne_buf private_key, public_key;
	struct urne_signer signer;
	enum urne_err e =
	    urne_signer_new(&signer, &cli->diag, urne_view_of(urne_cli_option(cli, "name")), rng);

	urne_buf_init_secret(&private_key, URNE_MAX_SMALL_FILE);
	urne_buf_init(&public_key, URNE_MAX_SMALL_FILE);
	if (e == URNE_OK) {
		urne_signer_write(&private_key, &signer);
		urne_note_key_write(&public_key, &signer.key);
		urne_cli_say(cli, "%s: private key, keep it", urne_cli_option(cli, "key"));
		urne_cli_say(cli,
		    "%s: public key; it goes into \"officials\" of the vote definition:\n%.*s",
		    urne_cli_option(cli, "out"), (int)public_key.len, public_key.data);
		urne_cli_put_view(cli, "public_key", urne_buf_view(&public_key));
		urne_buf_putc(&public_key, '\n');
	}
	urne_signer_clear(&signer);
	if (e == URNE_OK) {
		e = urne_key_pair_make(cli, &private_key, &public_key, rng);
	}
	urne_buf_clear(&private_key);
	urne_buf_clear(&public_key);
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
    "Makes the Ed25519 key with which an official certifies minutes. The public key goes into the "
    "vote definition before the vote is sealed, so that everybody knows who may sign.",
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
