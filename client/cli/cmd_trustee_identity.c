/* SPDX-License-Identifier: EUPL-1.2 */
/* urne trustee identity: the one key file of a trustee whose ceremony goes over a board, and the
 * public key that the officials name it by. */
#include "client/cli/commands.h"
#include "client/cli/keys.h"
#include "election/ceremony.h"

static enum urne_err
make(struct urne_cli *cli, struct urne_rng *rng)
{
	struct urne_buf private_key;
	struct urne_seed seed;
	struct urne_signer signer;
	enum urne_err e;

	urne_seed_generate(&seed, rng);
	e = urne_seed_identity(
	    &signer, &cli->diag, urne_view_of(urne_cli_option(cli, "name")), &seed);
	urne_buf_init_secret(&private_key, URNE_MAX_SMALL_FILE);
	if (e == URNE_OK) {
		urne_buf_put(&private_key, seed.text, URNE_SEED_LEN);
		e = urne_signer_pair_make(cli, &private_key, &signer.key,
		    ", for the officials, who name it in the order \"prepare\"", rng);
	}
	urne_signer_clear(&signer);
	urne_seed_clear(&seed);
	urne_buf_clear(&private_key);
	return e;
}

static enum urne_err
run_trustee_identity(struct urne_cli *cli)
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
    {"name", "NAME", "The trustee, one word without spaces and plus signs: anna-roux.", true},
    {"key", "FILE", "The new private key (mode 0600).", true},
    {"out", "FILE", "The new public key, a line for the officials.", true},
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_NO_PASSPHRASE,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Makes the one key file that a trustee keeps for a ceremony over a board. From it follow the "
    "identity that signs what the trustee sends to the board, and the keys of the ceremony.",
    "Give the public key to the officials yourself, and keep it: \"urne key print --public\" wants "
    "it. A key serves for one election.",
    "The private key is locked with a passphrase, asked for on the terminal.", NULL};

const struct urne_command urne_cmd_trustee_identity = {
    .name = "trustee identity",
    .summary = "make the key of a trustee for a ceremony over a board",
    .synopsis = "--name NAME --key FILE --out FILE [--passphrase-file FILE | --no-passphrase]",
    .options = options,
    .description = description,
    .refusal = "One of the files exists, the name is not possible, or there is no passphrase.",
    .example = "urne trustee identity --name anna-roux --key anna.key --out anna.pub",
    .run = run_trustee_identity,
};
