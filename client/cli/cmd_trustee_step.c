/* SPDX-License-Identifier: EUPL-1.2 */
/* urne trustee step: a trustee's part in one round of the threshold ceremony. Which round it is
 * follows from the file that came in. */
#include "client/cli/ceremony_work.h"
#include "client/cli/commands.h"
#include "client/cli/keys.h"

/* The seed: new in the first round, from the key file later. */
static enum urne_err
get_seed(struct urne_ceremony_work *w)
{
	if (w->round == URNE_CEREMONY_CERTIFICATE) {
		urne_seed_generate(&w->seed, &w->rng);
		return URNE_OK;
	}
	return urne_ceremony_work_open(w);
}

static enum urne_err
do_step(struct urne_ceremony_work *w, struct urne_batch *batch)
{
	struct urne_cli *cli = w->cli;
	enum urne_err e;

	w->name = urne_cli_option(cli, "in");
	e = urne_cli_read(cli, &w->in, w->name);
	if (e == URNE_OK) {
		e = urne_ceremony_work_round(w);
	}
	if (e == URNE_OK) {
		e = get_seed(w);
	}
	if (e == URNE_OK) {
		e = urne_ceremony_work_answer(w, batch);
	}
	if (e == URNE_OK && w->round == URNE_CEREMONY_CERTIFICATE) {
		e = urne_key_make(cli, batch, urne_cli_option(cli, "key"),
		    (struct urne_view){w->seed.text, URNE_SEED_LEN}, &w->rng);
	}
	if (e == URNE_OK) {
		e = urne_batch_file(batch, NULL, urne_cli_option(cli, "out"), URNE_FILE_PUBLIC,
		    urne_buf_view(&w->out));
	}
	return e;
}

static enum urne_err
run_trustee_step(struct urne_cli *cli)
{
	struct urne_ceremony_work w;
	struct urne_batch batch;
	enum urne_err e = urne_ceremony_work_init(&w, cli);

	urne_batch_init(&batch, cli);
	if (e == URNE_OK) {
		e = urne_batch_end(&batch, do_step(&w, &batch));
	}
	if (e == URNE_OK) {
		urne_cli_say(cli, "%s: %s. Give it to the official.", urne_cli_option(cli, "out"),
		    urne_ceremony_work_done(w.round));
		urne_cli_put_u64(cli, "round", (uint64_t)w.round + 1);
		urne_cli_put_string(cli, "out", urne_cli_option(cli, "out"));
	}
	urne_ceremony_work_clear(&w);
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
