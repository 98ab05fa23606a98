/* SPDX-License-Identifier: EUPL-1.2 */
/* urne trustee step: a trustee's part in one round of the threshold ceremony. Which round it is
 * follows from the file that came in. */
#include <string.h>

#include "client/cli/commands.h"
#include "client/cli/keys.h"
#include "crypto/sha256.h"
#include "election/ceremony.h"

static const char *const done[URNE_CEREMONY_NUM_ROUNDS] = {
    [URNE_CEREMONY_CERTIFICATE] = "round 1 of 4: your key is made, here is its certificate",
    [URNE_CEREMONY_COMMITMENT] = "round 2 of 4: all certificates are right, here is your promise",
    [URNE_CEREMONY_POLYNOMIAL] = "round 3 of 4: here are your contributions for the others",
    [URNE_CEREMONY_KEY] = "round 4 of 4: all contributions are right, here is your public key",
};

struct step {
	struct urne_cli *cli;
	struct urne_buf in, out;
	struct urne_seed seed;
	struct urne_rng rng;
	struct urne_batch batch;
	enum urne_ceremony_round round;
};

/* The seed: new in the first round, from the key file later. */
static enum urne_err
get_seed(struct step *s)
{
	const char *path = urne_cli_option(s->cli, "key");
	struct urne_buf key;
	enum urne_err e;

	if (s->round == URNE_CEREMONY_CERTIFICATE) {
		urne_seed_generate(&s->seed, &s->rng);
		return URNE_OK;
	}
	urne_buf_init_secret(&key, URNE_MAX_SMALL_FILE);
	e = urne_key_open(s->cli, &key, path);
	if (e == URNE_OK) {
		e = urne_seed_read(&s->seed, &s->cli->diag, urne_buf_view(&key));
		if (e != URNE_OK) {
			urne_diag_within(&s->cli->diag, "%s: ", path);
		}
	}
	urne_buf_clear(&key);
	return e;
}

/* Contributions are revealed for one set of commitments only: who saw them and could have them
 * answered again beside other commitments could choose the election key (threat A21). The hash of
 * the file that was answered stays beside the key. */
static enum urne_err
pin_commitments(struct step *s)
{
	struct urne_buf path, pinned, now;
	struct urne_hash hash;
	enum urne_err e = URNE_OK;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&pinned, URNE_MAX_SMALL_FILE);
	urne_buf_init(&now, URNE_MAX_SMALL_FILE);
	urne_buf_printf(&path, "%s.commitments%c", urne_cli_option(s->cli, "key"), 0);
	urne_sha256_of(&hash, urne_buf_view(&s->in));
	urne_buf_put_hex(&now, hash.b, sizeof(hash.b));
	urne_buf_putc(&now, '\n');
	e = urne_buf_error(&path) != URNE_OK ? urne_buf_error(&path) : urne_buf_error(&now);
	if (e != URNE_OK) {
		goto out;
	}
	if (!urne_file_exists(path.data)) {
		e = urne_batch_file(
		    &s->batch, NULL, path.data, URNE_FILE_PUBLIC, urne_buf_view(&now));
		goto out;
	}
	e = urne_cli_read(s->cli, &pinned, path.data);
	if (e == URNE_OK && !urne_view_eq(urne_buf_view(&pinned), urne_buf_view(&now))) {
		e = urne_fail(&s->cli->diag, URNE_ERR_ORDER,
		    "%s: this key has answered other commitments (%s has their hash); ask the "
		    "official for the first file, or start a new ceremony with a new key",
		    urne_cli_option(s->cli, "in"), path.data);
	}
out:
	urne_buf_clear(&path);
	urne_buf_clear(&pinned);
	urne_buf_clear(&now);
	return e;
}

static enum urne_err
do_step(struct step *s)
{
	const char *in = urne_cli_option(s->cli, "in");
	const struct urne_group *g = NULL;
	enum urne_err e = urne_cli_read(s->cli, &s->in, in);

	if (e != URNE_OK) {
		return e;
	}
	e = urne_ceremony_round_of(&s->round, &g, &s->cli->diag, urne_buf_view(&s->in));
	if (e != URNE_OK) {
		urne_diag_within(&s->cli->diag, "%s: ", in);
		return e;
	}
	e = get_seed(s);
	if (e != URNE_OK) {
		return e;
	}
	e = urne_ceremony_step(&s->out, &s->cli->diag, &s->seed, urne_buf_view(&s->in), &s->rng);
	if (e == URNE_OK) {
		e = urne_buf_error(&s->out);
	}
	if (e != URNE_OK) {
		urne_diag_within(&s->cli->diag, "%s: ", in);
		return e;
	}
	if (s->round == URNE_CEREMONY_CERTIFICATE) {
		e = urne_key_make(s->cli, &s->batch, urne_cli_option(s->cli, "key"),
		    (struct urne_view){s->seed.text, URNE_SEED_LEN}, &s->rng);
	}
	if (s->round == URNE_CEREMONY_POLYNOMIAL) {
		e = pin_commitments(s);
	}
	if (e == URNE_OK) {
		e = urne_batch_file(&s->batch, NULL, urne_cli_option(s->cli, "out"),
		    URNE_FILE_PUBLIC, urne_buf_view(&s->out));
	}
	return e;
}

static enum urne_err
run_trustee_step(struct urne_cli *cli)
{
	struct step s = {.cli = cli};
	enum urne_err e = urne_rng_init(&s.rng);

	if (e != URNE_OK) {
		return urne_fail(&cli->diag, e, "the system gives no randomness");
	}
	urne_batch_init(&s.batch, cli);
	urne_buf_init(&s.in, (size_t)256 << 20);
	urne_buf_init(&s.out, (size_t)256 << 20);
	e = urne_batch_end(&s.batch, do_step(&s));
	if (e == URNE_OK) {
		urne_cli_say(cli, "%s: %s. Give it to the official.", urne_cli_option(cli, "out"),
		    done[s.round]);
		urne_cli_put_u64(cli, "round", (uint64_t)s.round + 1);
		urne_cli_put_string(cli, "out", urne_cli_option(cli, "out"));
	}
	urne_seed_clear(&s.seed);
	urne_rng_clear(&s.rng);
	urne_buf_clear(&s.in);
	urne_buf_clear(&s.out);
	return e;
}

static const struct urne_option options[] = {
    {"key", "FILE", "The trustee's private key: made in the first round, read in the later ones.",
	true},
    {"in", "FILE", "The file that the official gave out.", true},
    {"out", "FILE", "The new file for the official.", true},
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_NO_PASSPHRASE,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Does a trustee's part in one round of the threshold ceremony: reads the official's file, "
    "checks everything in it, and writes the answer. There are four rounds; which one it is "
    "follows from the file.",
    "The first round makes the private key. Keep it, and the share file that the official gives "
    "out at the end, until the result is there. A round can be repeated with the same key and the "
    "same file; in the third, what was answered stays in KEY.commitments, and no other file is "
    "answered.",
    NULL};

const struct urne_command urne_cmd_trustee_step = {
    .name = "trustee step",
    .summary = "a trustee's part in one round of the threshold ceremony",
    .synopsis = "--key FILE --in FILE --out FILE [--passphrase-file FILE | --no-passphrase]",
    .options = options,
    .description = description,
    .refusal = "The file that came in is not right (the sentence names who made the wrong part), "
	       "the key is not the one of this ceremony, or an output file exists.",
    .example = "urne trustee step --key bob.key --in round-1-for-1.json --out bob-1.json",
    .run = run_trustee_step,
};
