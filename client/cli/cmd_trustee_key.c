/* SPDX-License-Identifier: EUPL-1.2 */
/* urne trustee key: the key of a single trustee, made far from the election's directory. */
#include <string.h>

#include "client/cli/commands.h"
#include "client/cli/keys.h"
#include "crypto/secret/prove.h"
#include "crypto/secret/secret.h"
#include "election/threshold.h"

static void
emit_public(struct urne_buf *out, const struct urne_group *g, const struct urne_secret *x,
    struct urne_rng *rng)
{
	struct urne_trustee_public_key key;
	struct urne_sha256 transcript;
	struct urne_codec c;
	struct urne_diag d = {{0}};

	memset(&key, 0, sizeof(key));
	urne_secret_base(g, &key.public_key, x);
	urne_pok_transcript(&transcript, g, &key.public_key);
	urne_schnorr_prove(g, &key.pok, rng, x, &transcript);
	urne_codec_write(&c, out);
	urne_codec_trustee_public_key(&c, g, &key);
	if (urne_codec_end(&c, &d) != URNE_OK && out->err == URNE_OK) {
		out->err = URNE_ERR_INTERNAL;
	}
	urne_buf_putc(out, '\n');
}

static enum urne_err
make(struct urne_cli *cli, const struct urne_group *g, struct urne_rng *rng)
{
	struct urne_buf private_key, public_key;
	struct urne_secret x;
	enum urne_err e;

	memset(&x, 0, sizeof(x));
	urne_buf_init_secret(&private_key, URNE_MAX_SMALL_FILE);
	urne_buf_init(&public_key, URNE_MAX_SMALL_FILE);
	urne_secret_random(g, &x, rng);
	/* ID.privkey of other programs: a JSON string of the decimal */
	urne_buf_putc(&private_key, '"');
	urne_secret_to_decimal(g, &private_key, &x);
	urne_buf_putc(&private_key, '"');
	emit_public(&public_key, g, &x, rng);
	urne_secret_clear(&x);
	e = urne_key_pair_make(cli, &private_key, &public_key, rng);
	urne_buf_clear(&private_key);
	urne_buf_clear(&public_key);
	return e;
}

static enum urne_err
run_trustee_key(struct urne_cli *cli)
{
	const char *name = urne_cli_option(cli, "group");
	const struct urne_group *g = urne_group_find(urne_view_of(name));
	struct urne_rng rng;
	enum urne_err e;

	if (g == NULL) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "--group %s: write Ed25519, BELENIOS-2048 or RFC-3526-2048", name);
	}
	e = urne_rng_init(&rng);
	if (e != URNE_OK) {
		return urne_fail(&cli->diag, e, "the system gives no randomness");
	}
	e = make(cli, g, &rng);
	urne_rng_clear(&rng);
	if (e == URNE_OK) {
		urne_cli_say(cli, "%s: private key, keep it; %s: public key, for the official",
		    urne_cli_option(cli, "key"), urne_cli_option(cli, "out"));
		urne_cli_put_string(cli, "key", urne_cli_option(cli, "key"));
		urne_cli_put_string(cli, "public_key", urne_cli_option(cli, "out"));
	}
	return e;
}

static const struct urne_option options[] = {
    {"group", "NAME", "The election's group: Ed25519, BELENIOS-2048 or RFC-3526-2048.", true},
    {"key", "FILE", "The new private key (mode 0600).", true},
    {"out", "FILE", "The new public key with its proof, for the official.", true},
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_NO_PASSPHRASE,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Makes the key of a single trustee. Without this trustee nothing can be decrypted: where "
    "trustees may get lost, use a threshold ceremony instead.",
    "The private key is locked with a passphrase, asked for on the terminal.", NULL};

const struct urne_command urne_cmd_trustee_key = {
    .name = "trustee key",
    .summary = "make the key of a single trustee",
    .synopsis = "--group NAME --key FILE --out FILE [--passphrase-file FILE | --no-passphrase]",
    .options = options,
    .description = description,
    .refusal = "One of the files exists, or there is no passphrase.",
    .example = "urne trustee key --group Ed25519 --key anna.key --out anna.public.json",
    .run = run_trustee_key,
};
