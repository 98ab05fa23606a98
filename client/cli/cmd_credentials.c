/* SPDX-License-Identifier: EUPL-1.2 */
/* urne credentials: a fresh credential for each member of the roll; the public halves go into the
 * election, the private ones into one secret file. */
#include <inttypes.h>
#include <string.h>

#include "base/pool.h"
#include "client/cli/commands.h"
#include "client/cli/progress.h"
#include "client/cli/roll.h"
#include "client/cli/workdir.h"
#include "election/credential.h"
#include "election/credentials.h"

#define ROLL_MEMORY ((size_t)4 << 30)
#define CHUNK	    ((size_t)4096)

typedef char credential_text[URNE_CREDENTIAL_MAX + 1];

struct work {
	struct urne_cli *cli;
	struct urne_workdir dir;
	struct urne_arena arena;
	struct urne_buf roll_text;
	struct urne_roll roll;
	enum urne_credential_form form;
	credential_text *texts; /* secret */
	struct urne_credential_entry *entries;
	enum urne_err *errs;
	size_t first; /* of the chunk at work */
};

static void
derive_one(void *ctx, size_t i, size_t t)
{
	struct work *w = ctx;
	size_t at = w->first + i;
	struct urne_diag d = {{0}};
	struct urne_secret x;

	(void)t;
	memset(&x, 0, sizeof(x));
	w->errs[at] = urne_credential_derive(
	    &x, &d, w->dir.draft.group, w->dir.draft.uuid, urne_view_of(w->texts[at]));
	if (w->errs[at] == URNE_OK) {
		urne_secret_base(w->dir.draft.group, &w->entries[at].public_credential, &x);
		w->entries[at].weight = w->roll.weights[at];
	}
	urne_secret_clear(&x);
}

static enum urne_err
generate(struct work *w)
{
	struct urne_progress p;
	struct urne_rng rng;
	enum urne_err e = urne_rng_init(&rng);

	w->texts = urne_arena_alloc(&w->arena, w->roll.num, sizeof(*w->texts));
	w->entries = urne_arena_alloc(&w->arena, w->roll.num, sizeof(*w->entries));
	w->errs = urne_arena_alloc(&w->arena, w->roll.num, sizeof(*w->errs));
	if (e != URNE_OK || w->texts == NULL || w->entries == NULL || w->errs == NULL) {
		return urne_fail(&w->cli->diag, e != URNE_OK ? e : URNE_ERR_MEMORY,
		    "no memory or no randomness for the credentials");
	}
	for (size_t i = 0; i < w->roll.num; i++) {
		urne_credential_generate(w->texts[i], w->form, &rng);
	}
	urne_rng_clear(&rng);
	urne_progress_start(&p, "credentials", w->roll.num);
	while (w->first < w->roll.num) {
		size_t left = w->roll.num - w->first;
		size_t num = left < CHUNK ? left : CHUNK;
		urne_pool_for(urne_cli_pool(w->cli), num, derive_one, w);
		w->first += num;
		urne_progress_add(&p, num);
	}
	urne_progress_end(&p);
	for (size_t i = 0; i < w->roll.num; i++) {
		if (w->errs[i] != URNE_OK) {
			return urne_fail(&w->cli->diag, w->errs[i], "a credential cannot be made");
		}
	}
	return URNE_OK;
}

static void
emit_private(struct urne_buf *out, const struct work *w)
{
	bool old = w->form == URNE_CREDENTIAL_OLD;

	urne_buf_puts(out, old ? "" : "{");
	for (size_t i = 0; i < w->roll.num; i++) {
		if (old) {
			urne_buf_put_view(out, w->roll.ids[i]);
			urne_buf_putc(out, ' ');
			urne_buf_puts(out, w->texts[i]);
			urne_buf_putc(out, '\n');
			continue;
		}
		urne_buf_puts(out, i == 0 ? "\n" : ",\n");
		urne_buf_put_json_string(out, w->roll.ids[i]);
		urne_buf_putc(out, ':');
		urne_buf_put_json_string(out, urne_view_of(w->texts[i]));
	}
	urne_buf_puts(out, old ? "" : "\n}\n");
}

static enum urne_err
write_both(struct work *w)
{
	struct urne_buf private_list, public_list;
	struct urne_batch batch;
	enum urne_err e;

	urne_batch_init(&batch, w->cli);
	urne_buf_init_secret(&private_list, URNE_MAX_RECORD);
	urne_buf_init(&public_list, URNE_MAX_RECORD);
	emit_private(&private_list, w);
	urne_credentials_emit(
	    &public_list, w->dir.draft.group, w->entries, w->roll.num, w->roll.weighted);
	e = urne_buf_error(&private_list);
	if (e == URNE_OK) {
		e = urne_buf_error(&public_list);
	}
	if (e == URNE_OK) {
		e = urne_batch_file(&batch, NULL, urne_cli_option(w->cli, "out"), URNE_FILE_SECRET,
		    urne_buf_view(&private_list));
	}
	if (e == URNE_OK) {
		e = urne_batch_file(&batch, w->dir.dir, "public_credentials.json", URNE_FILE_PUBLIC,
		    urne_buf_view(&public_list));
	}
	urne_buf_clear(&private_list);
	urne_buf_clear(&public_list);
	return urne_batch_end(&batch, e);
}

static enum urne_err
get_roll(struct work *w)
{
	const char *roll = urne_cli_option(w->cli, "roll");
	uint64_t count = 0;
	enum urne_err e;

	if ((roll == NULL) == (urne_cli_option(w->cli, "count") == NULL)) {
		return urne_fail(&w->cli->diag, URNE_ERR_USAGE,
		    "give either --roll FILE or --count N, not both or none");
	}
	if (roll == NULL) {
		e = urne_cli_number(w->cli, &count, "count", 1, URNE_MAX_CREDENTIALS);
		return e == URNE_OK ? urne_roll_count(&w->roll, &w->arena, (size_t)count) : e;
	}
	e = urne_cli_read(w->cli, &w->roll_text, roll);
	if (e != URNE_OK) {
		return e;
	}
	e = urne_roll_read(&w->roll, &w->arena, &w->cli->diag, urne_buf_view(&w->roll_text),
	    w->form == URNE_CREDENTIAL_OLD);
	if (e != URNE_OK) {
		urne_diag_within(&w->cli->diag, "%s: ", roll);
	}
	return e;
}

static enum urne_err
run_credentials(struct urne_cli *cli)
{
	struct work w = {.cli = cli, .form = URNE_CREDENTIAL_NEW};
	uint64_t total = 0;
	enum urne_err e;

	urne_arena_init(&w.arena, ROLL_MEMORY);
	urne_buf_init(&w.roll_text, (size_t)1 << 30);
	if (urne_cli_option(cli, "old-form") != NULL) {
		w.form = URNE_CREDENTIAL_OLD;
	}
	e = urne_workdir_open(&w.dir, cli, cli->args[0], true);
	if (e == URNE_OK && urne_workdir_has(&w.dir, "public_credentials.json")) {
		e = urne_fail(&cli->diag, URNE_ERR_EXISTS,
		    "%s: has its credentials already, new ones need a new election", cli->args[0]);
	}
	if (e == URNE_OK) {
		e = get_roll(&w);
	}
	if (e == URNE_OK) {
		e = generate(&w);
	}
	if (e == URNE_OK) {
		e = write_both(&w);
	}
	if (e == URNE_OK) {
		for (size_t i = 0; i < w.roll.num; i++) {
			total += w.roll.weights[i];
		}
		urne_cli_say(cli,
		    "%zu credentials, total weight %" PRIu64 ". Private ones: %s (give each member "
		    "theirs, then destroy the file)",
		    w.roll.num, total, urne_cli_option(cli, "out"));
		urne_cli_put_u64(cli, "credentials", w.roll.num);
		urne_cli_put_u64(cli, "total_weight", total);
		urne_cli_put_bool(cli, "weighted", w.roll.weighted);
	}
	if (w.texts != NULL) {
		urne_wipe(w.texts, w.roll.num * sizeof(*w.texts));
	}
	urne_workdir_close(&w.dir);
	urne_arena_clear(&w.arena);
	urne_buf_clear(&w.roll_text);
	return e;
}

static const struct urne_option options[] = {
    {"roll", "FILE",
	"The roll: one member per line, identifier or identifier,weight. Blank lines and lines "
	"that begin with # are skipped.",
	false},
    {"count", "N", "No roll: members 1 to N, all of weight 1.", false},
    {"old-form", NULL,
	"Credentials of the form that releases up to 2.3 of the other program read, one line "
	"\"identifier credential\" each.",
	false},
    {"out", "PRIVATE", "The new secret file (mode 0600) with the private credentials.", true},
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Makes a fresh credential for each member. The public halves, with the weights and in an order "
    "that says nothing about the members, go to DIR/public_credentials.json; the private ones to "
    "the file PRIVATE, a JSON object from identifier to credential.",
    "Whoever holds PRIVATE can vote for everybody: keep it away from DIR, and destroy it once the "
    "members have their credentials.",
    NULL};

const struct urne_command urne_cmd_credentials = {
    .name = "credentials",
    .summary = "make the members' credentials from the roll",
    .synopsis = "DIR (--roll FILE | --count N) [--old-form] --out PRIVATE",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The roll is not right (the sentence names the line), there are credentials "
	       "already, or the election is sealed.",
    .example = "urne credentials first --roll roll.csv --out private.json",
    .run = run_credentials,
};
