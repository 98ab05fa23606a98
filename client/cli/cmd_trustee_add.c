/* SPDX-License-Identifier: EUPL-1.2 */
/* urne trustee add: the official takes in the public keys of single trustees. */
#include <stdio.h>

#include "client/cli/commands.h"
#include "client/cli/workdir.h"

/* A key may stand only once, or one trustee would count as two. */
static enum urne_err
check_new(struct urne_workdir *w, const struct urne_trustees *t,
    const struct urne_trustee_public_key *key)
{
	for (size_t i = 0; i < t->num_items; i++) {
		if (!t->items[i].is_threshold &&
		    urne_elem_eq(
			w->draft.group, &t->items[i].single.public_key, &key->public_key)) {
			return urne_fail(&w->cli->diag, URNE_ERR_DUPLICATE,
			    "this key is there already as trustee-%zu.json, do not add it again",
			    i + 1);
		}
	}
	return URNE_OK;
}

static size_t
num_singles(const struct urne_trustees *t)
{
	size_t n = 0;

	while (n < t->num_items && !t->items[n].is_threshold) {
		n++;
	}
	return n;
}

static enum urne_err
add_one(struct urne_workdir *w, struct urne_batch *batch, const char *path)
{
	struct urne_trustee_public_key key;
	struct urne_trustees present;
	struct urne_view text = {"", 0};
	struct urne_buf file;
	char name[64];
	enum urne_err e = urne_workdir_trustees(w, &present);

	urne_buf_init(&file, URNE_MAX_SMALL_FILE);
	if (e == URNE_OK) {
		e = urne_cli_read_line(w->cli, &file, path);
	}
	if (e != URNE_OK) {
		goto out;
	}
	e = urne_arena_copy(&w->arena, &text, urne_buf_view(&file));
	if (e == URNE_OK) {
		e = urne_read_public_key(&key, &w->arena, &w->cli->diag, w->draft.group, text);
	}
	if (e == URNE_OK) {
		e = check_new(w, &present, &key);
	}
	if (e != URNE_OK) {
		urne_diag_within(&w->cli->diag, "%s: ", path);
		goto out;
	}
	(void)snprintf(name, sizeof(name), "trustee-%zu.json", num_singles(&present) + 1);
	e = urne_batch_file(batch, w->dir, name, URNE_FILE_PUBLIC, text);
out:
	urne_buf_clear(&file);
	return e;
}

static enum urne_err
run_trustee_add(struct urne_cli *cli)
{
	struct urne_trustees present = {0};
	struct urne_workdir w;
	struct urne_batch batch;
	enum urne_err e = urne_workdir_open(&w, cli, cli->args[0], true);

	urne_batch_init(&batch, cli);
	for (size_t i = 1; e == URNE_OK && i < cli->num_args; i++) {
		e = add_one(&w, &batch, cli->args[i]);
	}
	if (e == URNE_OK) {
		e = urne_workdir_trustees(&w, &present);
	}
	e = urne_batch_end(&batch, e);
	if (e == URNE_OK) {
		urne_cli_say(cli, "%s: %zu single trustees", cli->args[0], num_singles(&present));
		urne_cli_put_u64(cli, "single_trustees", num_singles(&present));
	}
	urne_workdir_close(&w);
	return e;
}

static const struct urne_option options[] = {{NULL, NULL, NULL, false}};

static const char *const description[] = {"Checks the public keys that \"urne trustee key\" made, "
					  "with their proofs, and adds them to the "
					  "election. The n-th becomes DIR/trustee-n.json.",
    NULL};

const struct urne_command urne_cmd_trustee_add = {
    .name = "trustee add",
    .summary = "take in the public keys of single trustees",
    .synopsis = "DIR FILE...",
    .min_args = 2,
    .max_args = 1 + URNE_MAX_TRUSTEES,
    .options = options,
    .description = description,
    .refusal = "A key or its proof is not right or of another group, is there already, or the "
	       "election is sealed.",
    .example = "urne trustee add first anna.public.json",
    .run = run_trustee_add,
};
