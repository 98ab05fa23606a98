/* SPDX-License-Identifier: EUPL-1.2 */
/* urne ceremony collect: the official takes in the trustees' files of the present round; when all
 * are there, the next round's files appear, and at the end the key. */
#include <stdlib.h>
#include <string.h>

#include "client/cli/commands.h"
#include "client/cli/rounds.h"
#include "client/cli/threshold_file.h"
#include "election/ceremony_files.h"

#define MAX_FILE ((size_t)256 << 20)

struct collect {
	struct urne_cli *cli;
	struct urne_workdir w;
	struct urne_rounds r;
	struct urne_batch batch;
	struct urne_buf *out; /* size of them */
	struct urne_view *files;
};

static const enum urne_ceremony_kind kinds[URNE_NUM_ROUNDS + 1] = {
    [1] = URNE_FILE_CERTIFICATE,
    [2] = URNE_FILE_COMMITMENT,
    [3] = URNE_FILE_POLYNOMIAL,
    [4] = URNE_FILE_KEY,
};

/* Who made a file of the present round. */
static enum urne_err
author(struct collect *c, size_t *j, struct urne_view text)
{
	struct urne_diag *d = &c->cli->diag;
	struct urne_ceremony_file f;
	struct urne_cert cert;
	enum urne_err e = urne_ceremony_read(&f, &c->w.arena, d, text);

	if (e != URNE_OK) {
		return e;
	}
	if (f.kind != kinds[c->r.round]) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "this is a %s file, round %zu needs a %s file, take the one that \"urne "
		    "trustee "
		    "step\" wrote last",
		    urne_ceremony_kind_name(f.kind), c->r.round,
		    urne_ceremony_kind_name(kinds[c->r.round]));
	}
	if (f.group != c->w.draft.group) {
		return urne_fail(d, URNE_ERR_MISMATCH, "it is for the group %s, not %s",
		    f.group->name, c->w.draft.group->name);
	}
	*j = f.index;
	if (f.kind == URNE_FILE_CERTIFICATE) {
		e = urne_cert_read(&cert, d, f.group, f.t.certs[0].message);
		*j = (size_t)cert.index;
	}
	if (e == URNE_OK && (*j < 1 || *j > c->r.size)) {
		e = urne_fail(d, URNE_ERR_UNKNOWN, "there is no trustee %zu in this ceremony", *j);
	}
	return e;
}

static enum urne_err
take_file(struct collect *c, const char *path)
{
	struct urne_buf text;
	size_t j = 0;
	enum urne_err e;

	urne_buf_init(&text, MAX_FILE);
	e = urne_cli_read(c->cli, &text, path);
	if (e == URNE_OK) {
		struct urne_view copy = {"", 0};
		e = urne_arena_copy(&c->w.arena, &copy, urne_buf_view(&text));
		if (e == URNE_OK) {
			e = author(c, &j, copy);
		}
		if (e == URNE_OK && urne_rounds_has(&c->r, j)) {
			e = urne_fail(&c->cli->diag, URNE_ERR_DUPLICATE,
			    "the file of trustee %zu for round %zu is there already, remove "
			    "%s/%s to replace it",
			    j, c->r.round, c->w.dir, urne_rounds_returned(&c->r, c->r.round, j));
		}
		if (e != URNE_OK) {
			urne_diag_within(&c->cli->diag, "%s: ", path);
		}
	}
	if (e == URNE_OK) {
		e = urne_batch_file(&c->batch, c->w.dir, urne_rounds_returned(&c->r, c->r.round, j),
		    URNE_FILE_PUBLIC, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
load(struct collect *c, struct urne_view *out, const char *name)
{
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, MAX_FILE);
	e = urne_cli_read(c->cli, &text, urne_workdir_path(&c->w, name));
	if (e == URNE_OK) {
		e = urne_arena_copy(&c->w.arena, out, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
finish(struct collect *c, struct urne_view before)
{
	struct urne_threshold t;
	enum urne_err e = urne_ceremony_finish(
	    &t, &c->w.arena, c->out, &c->cli->diag, c->w.draft.group, before, c->files, c->r.size);

	for (size_t j = 1; e == URNE_OK && j <= c->r.size; j++) {
		e = urne_buf_error(&c->out[j - 1]);
		if (e == URNE_OK) {
			e = urne_batch_file(&c->batch, c->w.dir, urne_rounds_share(&c->r, j),
			    URNE_FILE_PUBLIC, urne_buf_view(&c->out[j - 1]));
		}
	}
	return e == URNE_OK ? urne_threshold_file(&c->batch, &c->w, &t) : e;
}

static enum urne_err
next_round(struct collect *c, struct urne_view before)
{
	size_t num = 0;
	enum urne_err e = urne_ceremony_collect(c->out, &num, &c->cli->diag,
	    (enum urne_ceremony_round)(c->r.round - 1), c->w.draft.group, before, c->files,
	    c->r.size);

	for (size_t j = 1; e == URNE_OK && j <= num; j++) {
		e = urne_buf_error(&c->out[j - 1]);
		if (e == URNE_OK) {
			e = urne_batch_file(&c->batch, c->w.dir,
			    urne_rounds_given(&c->r, c->r.round + 1, j), URNE_FILE_PUBLIC,
			    urne_buf_view(&c->out[j - 1]));
		}
	}
	return e;
}

/* All files of the round are there. */
static enum urne_err
complete(struct collect *c)
{
	struct urne_view before = {"", 0};
	enum urne_err e = load(c, &before, urne_rounds_given(&c->r, c->r.round, 1));

	c->out = urne_arena_alloc(&c->w.arena, c->r.size, sizeof(*c->out));
	c->files = urne_arena_alloc(&c->w.arena, c->r.size, sizeof(*c->files));
	if (c->out == NULL || c->files == NULL) {
		return urne_fail(&c->cli->diag, URNE_ERR_MEMORY, "no memory for the ceremony");
	}
	for (size_t j = 1; j <= c->r.size; j++) {
		urne_buf_init(&c->out[j - 1], MAX_FILE);
		if (e == URNE_OK) {
			e = load(c, &c->files[j - 1], urne_rounds_returned(&c->r, c->r.round, j));
		}
	}
	if (e == URNE_OK) {
		e = c->r.round == URNE_NUM_ROUNDS ? finish(c, before) : next_round(c, before);
		if (e != URNE_OK) {
			urne_diag_within(&c->cli->diag, "%s: round %zu: ", c->w.dir, c->r.round);
		}
	}
	for (size_t j = 1; j <= c->r.size; j++) {
		urne_buf_clear(&c->out[j - 1]);
	}
	return e;
}

static void
report(struct collect *c, const char *missing, size_t num_missing)
{
	struct urne_cli *cli = c->cli;
	size_t round = c->r.round;

	if (num_missing > 0) {
		urne_cli_say(cli, "round %zu of 4: still missing: %s", round, missing);
	} else if (round == URNE_NUM_ROUNDS) {
		urne_cli_say(cli,
		    "round 4 of 4 is complete: the key is in %s/threshold.json; give trustee J the "
		    "file " URNE_CEREMONY_DIR "/share-J.dkey",
		    c->w.dir);
	} else {
		urne_cli_say(cli,
		    "round %zu of 4 is complete: give %s the file " URNE_CEREMONY_DIR
		    "/round-%zu-for-%s.json",
		    round, round + 1 == URNE_NUM_ROUNDS ? "trustee J" : "every trustee", round + 1,
		    round + 1 == URNE_NUM_ROUNDS ? "J" : "all");
	}
	urne_cli_put_u64(cli, "round", round);
	urne_cli_put_u64(cli, "missing", num_missing);
}

static enum urne_err
collect_all(struct collect *c)
{
	struct urne_buf missing;
	size_t num_missing = 0;
	enum urne_err e = urne_rounds_open(&c->r, &c->w);

	if (e == URNE_OK && (c->r.size == 0 || c->r.round > URNE_NUM_ROUNDS)) {
		return urne_fail(&c->cli->diag, URNE_ERR_ORDER,
		    c->r.size == 0
			? "%s: there is no ceremony, open one with \"urne ceremony open\""
			: "%s: the ceremony is over, go on with \"urne seal\"",
		    c->w.dir);
	}
	for (size_t i = 1; e == URNE_OK && i < c->cli->num_args; i++) {
		e = take_file(c, c->cli->args[i]);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_buf_init(&missing, URNE_MAX_SMALL_FILE);
	num_missing = urne_rounds_missing(&c->r, &missing);
	e = num_missing == 0 ? complete(c) : urne_buf_error(&missing);
	if (e == URNE_OK) {
		report(c, missing.data, num_missing);
	}
	urne_buf_clear(&missing);
	return e;
}

static enum urne_err
run_ceremony_collect(struct urne_cli *cli)
{
	struct collect c = {.cli = cli};
	enum urne_err e = urne_workdir_open(&c.w, cli, cli->args[0], true);

	urne_batch_init(&c.batch, cli);
	if (e == URNE_OK) {
		e = collect_all(&c);
	}
	e = urne_batch_end(&c.batch, e);
	urne_workdir_close(&c.w);
	return e;
}

static const struct urne_option options[] = {{NULL, NULL, NULL, false}};

static const char *const description[] = {
    "Takes in the files that trustees wrote in the present round, one or several at a time, and "
    "says who is missing. When all are there they are checked together, and the next round's files "
    "appear in DIR/ceremony/: one for everybody, or one for each trustee.",
    "After the fourth round DIR/threshold.json holds the trustees' keys, and each trustee gets a "
    "share file, which is needed to decrypt together with the private key.",
    NULL};

const struct urne_command urne_cmd_ceremony_collect = {
    .name = "ceremony collect",
    .summary = "take in the trustees' files of one round",
    .synopsis = "DIR FILE...",
    .min_args = 2,
    .max_args = 1 + URNE_MAX_TRUSTEES,
    .options = options,
    .description = description,
    .refusal = "A file is of another round or ceremony, is there already, or does not check; the "
	       "sentence names the trustee who made it.",
    .example = "urne ceremony collect first bob-1.json carol-1.json dan-1.json",
    .run = run_ceremony_collect,
};
