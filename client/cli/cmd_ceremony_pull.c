/* SPDX-License-Identifier: EUPL-1.2 */
/* urne ceremony pull: the result of a ceremony that went over a board comes into the election's
 * directory. The board is not believed: the trustees' files are, as far as they prove themselves.
 */
#include "client/cli/ceremony_remote.h"
#include "client/cli/commands.h"
#include "client/cli/threshold_file.h"
#include "crypto/sha256.h"
#include "election/threshold.h"

struct pull {
	struct urne_cli *cli;
	struct urne_workdir w;
	struct urne_ceremony_remote c;
	struct urne_batch batch;
	struct urne_arena arena;
};

/* What is there already would be counted together with the new one. */
static enum urne_err
check_dir(struct pull *p)
{
	static const char *const in_the_way[] = {"threshold.json", "ceremony"};

	for (size_t i = 0; i < sizeof(in_the_way) / sizeof(in_the_way[0]); i++) {
		if (urne_workdir_has(&p->w, in_the_way[i])) {
			return urne_fail(&p->cli->diag, URNE_ERR_EXISTS,
			    "%s: %s is there already, from another ceremony; move it away to take "
			    "the one of the board",
			    p->w.dir, in_the_way[i]);
		}
	}
	return URNE_OK;
}

static enum urne_err
check_group(struct pull *p)
{
	return p->c.context.group == p->w.draft.group
		   ? URNE_OK
		   : urne_fail(&p->cli->diag, URNE_ERR_MISMATCH,
			 "%s: the trustees made a key of the group %s, and %s is for %s",
			 p->c.r.address.data, p->c.context.group->name, p->w.dir,
			 p->w.draft.group->name);
}

/* Who holds which part, so that each can compare. */
static enum urne_err
report(struct pull *p, const struct urne_threshold *t)
{
	const struct urne_group *g = p->c.context.group;

	urne_cli_say(p->cli,
	    "%s/threshold.json: the key of %zu trustees, any %zu of whom can decrypt; all of it "
	    "checked again from their own files.",
	    p->w.dir, p->c.context.size, p->c.context.threshold);
	for (size_t j = 1; j <= p->c.context.size; j++) {
		const struct urne_note_key *key = &p->c.election->trustees[j - 1];
		char text[URNE_TEXT_MAX], hex[URNE_HASH_HEX_LEN];
		struct urne_elem share;
		struct urne_hash hash;

		urne_threshold_public_share(&share, g, t, j);
		urne_sha256_of(&hash, (struct urne_view){text, urne_elem_encode(g, text, &share)});
		urne_hex_encode(hex, hash.b, sizeof(hash.b));
		urne_cli_say(p->cli, "trustee %zu, %.*s: SHA-256 of the public key %.*s", j,
		    (int)key->name.len, key->name.p, (int)sizeof(hex), hex);
	}
	urne_cli_put_u64(p->cli, "trustees", p->c.context.size);
	urne_cli_put_u64(p->cli, "threshold", p->c.context.threshold);
	return URNE_OK;
}

static enum urne_err
pull(struct pull *p)
{
	struct urne_threshold t;
	enum urne_err e = urne_workdir_open(&p->w, p->cli, p->cli->args[0], true);

	if (e == URNE_OK) {
		e = check_dir(p);
	}
	if (e == URNE_OK) {
		e = urne_ceremony_remote_open(
		    &p->c, p->cli, urne_cli_option(p->cli, "board"), p->w.draft.uuid);
	}
	if (e == URNE_OK) {
		e = check_group(p);
	}
	if (e == URNE_OK) {
		e = urne_ceremony_remote_result(&p->c, &t, &p->arena);
	}
	if (e == URNE_OK) {
		e = urne_threshold_file(&p->batch, &p->w, &t);
	}
	return e == URNE_OK ? report(p, &t) : e;
}

static enum urne_err
run_ceremony_pull(struct urne_cli *cli)
{
	struct pull p = {.cli = cli};
	enum urne_err e;

	urne_batch_init(&p.batch, cli);
	urne_arena_init(&p.arena, (size_t)URNE_CEREMONY_NUM_ROUNDS * URNE_TRUSTEES_MEMORY);
	e = urne_batch_end(&p.batch, pull(&p));
	urne_ceremony_remote_close(&p.c);
	urne_arena_clear(&p.arena);
	urne_workdir_close(&p.w);
	return e;
}

static const struct urne_option options[] = {
    {"board", "URL", "The board, https://HOST, or the election's address on it.", true},
    URNE_OPTION_LOG_KEY_NEEDED,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Brings the result of a ceremony over a board into the directory of the election, as "
    "DIR/threshold.json, for \"urne seal\". All files of all trustees are fetched, each with the "
    "signature of its trustee, and everything "
    "in them is checked again: certificates, commitments, contributions and keys.",
    "That these trustees can decrypt what is sealed with it is shown by their rehearsal "
    "(urne trustee rehearse), before the voting opens.",
    NULL};

const struct urne_command urne_cmd_ceremony_pull = {
    .name = "ceremony pull",
    .summary = "bring the result of a ceremony over a board",
    .synopsis = "DIR --board URL --log-key KEY [--ca FILE]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal =
	"The ceremony is not over (the sentence says for whom it waits), a file does not "
	"check (it names its author), there is a ceremony in DIR already, or the election is "
	"sealed.",
    .example = "urne ceremony pull first --board https://vote.example.org --log-key log.pub",
    .run = run_ceremony_pull,
};
