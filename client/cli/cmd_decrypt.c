/* SPDX-License-Identifier: EUPL-1.2 */
/* urne decrypt: a trustee's partial decryption. The key is used only after this machine has
 * verified every ballot and made the same tally itself: a trustee never decrypts what it was only
 * told is the tally. */
#include <inttypes.h>
#include <string.h>

#include "client/cli/bundle.h"
#include "client/cli/commands.h"
#include "client/cli/keys.h"
#include "election/ceremony.h"
#include "tally/decrypt.h"

struct decrypt {
	struct urne_cli *cli;
	struct urne_state s;
	struct urne_arena arena;
	struct urne_tally tally;
	struct urne_buf key;
	struct urne_secret x;
	uint64_t owner;
	struct urne_elem public_key;
};

/* --share given: the key file holds a seed, and the share file what was sent to it. */
static enum urne_err
open_share(struct decrypt *t, const char *path)
{
	struct urne_seed seed;
	struct urne_buf share;
	enum urne_err e = urne_seed_read(&seed, &t->cli->diag, urne_buf_view(&t->key));

	if (e != URNE_OK) {
		urne_diag_within(&t->cli->diag, "%s: ", urne_cli_option(t->cli, "key"));
		return e;
	}
	urne_buf_init(&share, URNE_MAX_SMALL_FILE);
	e = urne_cli_read_line(t->cli, &share, path);
	if (e == URNE_OK) {
		e = urne_share_open(
		    &t->x, &t->cli->diag, t->s.sealed.election.group, &seed, urne_buf_view(&share));
		if (e != URNE_OK) {
			urne_diag_within(&t->cli->diag, "%s: ", path);
		}
	}
	urne_seed_clear(&seed);
	urne_buf_clear(&share);
	return e;
}

static enum urne_err
open_single(struct decrypt *t)
{
	struct urne_view v = urne_buf_view(&t->key);

	if (v.len < 2 || v.p[0] != '"' || v.p[v.len - 1] != '"') {
		return urne_fail(&t->cli->diag, URNE_ERR_SYNTAX,
		    "%s: is not the key of a single trustee; for a threshold trustee give "
		    "--share FILE.dkey too",
		    urne_cli_option(t->cli, "key"));
	}
	v.p++;
	v.len -= 2;
	if (urne_secret_from_decimal(t->s.sealed.election.group, &t->x, v) != URNE_OK) {
		return urne_fail(&t->cli->diag, URNE_ERR_SYNTAX,
		    "%s: holds no number of this election's group, take the key made for it",
		    urne_cli_option(t->cli, "key"));
	}
	return URNE_OK;
}

/* Whose key it is follows from its public half. */
static enum urne_err
find_owner(struct decrypt *t)
{
	const struct urne_group *g = t->s.sealed.election.group;
	uint64_t wanted = 0;
	enum urne_err e =
	    urne_cli_number(t->cli, &wanted, "owner", 1, t->s.sealed.trustees.num_owners);

	urne_secret_base(g, &t->public_key, &t->x);
	for (size_t i = 1; e == URNE_OK && i <= t->s.sealed.trustees.num_owners; i++) {
		const struct urne_trustee_item *item = NULL;
		struct urne_elem key;

		if (urne_trustees_owner(&item, &key, &t->s.sealed.trustees, i) == URNE_OK &&
		    urne_elem_eq(g, &key, &t->public_key)) {
			t->owner = i;
			break;
		}
	}
	if (e == URNE_OK && (t->owner == 0 || (wanted != 0 && wanted != t->owner))) {
		e = urne_fail(&t->cli->diag, URNE_ERR_UNKNOWN,
		    "%s: this is not the key of %s of this election, take the right one",
		    urne_cli_option(t->cli, "key"), wanted != 0 ? "that trustee" : "a trustee");
	}
	return e;
}

static enum urne_err
get_key(struct decrypt *t)
{
	const char *share = urne_cli_option(t->cli, "share");
	enum urne_err e = urne_key_open(t->cli, &t->key, urne_cli_option(t->cli, "key"));

	if (e == URNE_OK) {
		e = share != NULL ? open_share(t, share) : open_single(t);
	}
	return e == URNE_OK ? find_owner(t) : e;
}

/* Threats A18, A43: the tally in the archive must be the one that its ballots give. */
static enum urne_err
check_tally(struct decrypt *t)
{
	struct urne_state *s = &t->s;
	struct urne_buf ours, theirs;
	enum urne_err e = urne_state_tally(s, &t->tally, &t->arena);

	if (e != URNE_OK) {
		return e;
	}
	urne_buf_init(&ours, URNE_MAX_BALLOT);
	urne_buf_init(&theirs, URNE_MAX_BALLOT);
	urne_tally_write(&ours, &s->sealed.election, &t->tally);
	e = urne_archive_load(s->archive, &theirs, &t->cli->diag, &s->tally_record);
	if (e == URNE_OK) {
		e = urne_buf_error(&ours);
	}
	if (e == URNE_OK && (!urne_view_eq(urne_buf_view(&ours), urne_buf_view(&theirs)) ||
				s->sized.num_tallied != t->tally.num_tallied ||
				s->sized.total_weight != t->tally.total_weight)) {
		e = urne_fail(&t->cli->diag, URNE_ERR_MISMATCH,
		    "%s: the encrypted tally is not the one that the ballots give; do not decrypt "
		    "it, tell the other trustees",
		    s->path.data);
	}
	urne_buf_clear(&ours);
	urne_buf_clear(&theirs);
	return e;
}

static enum urne_err
write_bundle(struct decrypt *t)
{
	struct urne_partial_decryption p;
	struct urne_buf partial, out;
	struct urne_rng rng;
	enum urne_err e = urne_rng_init(&rng);

	if (e != URNE_OK) {
		return urne_fail(&t->cli->diag, e, "the system gives no randomness");
	}
	urne_buf_init(&partial, URNE_MAX_BALLOT);
	urne_buf_init(&out, URNE_MAX_BALLOT);
	e = urne_partial_make(&p, &t->arena, &t->s.sealed.election, &t->tally, &t->x, &rng);
	urne_rng_clear(&rng);
	if (e == URNE_OK) {
		e = urne_partial_check(
		    &p, &t->cli->diag, &t->s.sealed.election, &t->tally, &t->public_key);
		e = e == URNE_OK ? e : URNE_ERR_INTERNAL;
	}
	if (e == URNE_OK) {
		urne_partial_write(&partial, &t->s.sealed.election, &p);
		urne_bundle_emit(&out, &t->s.sealed.election, t->owner, urne_buf_view(&partial));
		e = urne_buf_error(&partial);
	}
	if (e == URNE_OK) {
		e = urne_buf_error(&out);
	}
	if (e == URNE_OK) {
		e = urne_file_create(&t->cli->diag, urne_cli_option(t->cli, "out"),
		    URNE_FILE_PUBLIC, urne_buf_view(&out));
	}
	urne_buf_clear(&partial);
	urne_buf_clear(&out);
	return e;
}

static enum urne_err
run_decrypt(struct urne_cli *cli)
{
	struct decrypt t = {.cli = cli};
	enum urne_err e;

	urne_arena_init(&t.arena, (size_t)512 << 20);
	urne_buf_init_secret(&t.key, URNE_MAX_SMALL_FILE);
	e = urne_state_open(&t.s, cli, cli->args[0], false);
	if (e == URNE_OK) {
		e = urne_state_demand(&t.s, URNE_STAGE_DECRYPTING, "decryption to be made");
	}
	if (e == URNE_OK) {
		e = check_tally(&t);
	}
	/* threat A19: a result of very few is no secret */
	if (e == URNE_OK) {
		e = urne_sealed_floor(&t.s.sealed, t.tally.num_tallied);
	}
	if (e == URNE_OK) {
		e = get_key(&t);
	}
	if (e == URNE_OK) {
		e = write_bundle(&t);
	}
	if (e == URNE_OK) {
		urne_cli_say(cli,
		    "%s: partial decryption of trustee %" PRIu64
		    ", made after verifying all %zu ballots and the tally. Give it to the "
		    "official, who runs \"urne append\".",
		    urne_cli_option(cli, "out"), t.owner, t.s.num_ballots);
		urne_cli_put_u64(cli, "owner", t.owner);
		urne_cli_put_u64(cli, "ballots_verified", t.s.num_ballots);
	}
	urne_secret_clear(&t.x);
	urne_buf_clear(&t.key);
	urne_arena_clear(&t.arena);
	urne_state_close(&t.s);
	return e;
}

static const struct urne_option options[] = {
    {"key", "FILE", "The trustee's private key.", true},
    {"share", "FILE", "A threshold trustee's share file (.dkey).", false},
    {"owner", "N", "The trustee's number, to be checked; it is found from the key in any case.",
	false},
    {"out", "FILE", "The new file for the official.", true},
    URNE_OPTION_PASSPHRASE_FILE,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Makes a trustee's partial decryption of the tally. First all ballots are verified and the "
    "encrypted tally is computed from them on this machine; when it is not the one in the archive, "
    "the key is not used.",
    "A threshold trustee gives the share file from the end of the ceremony as well. Keys that "
    "other "
    "programs of the format made are read too.",
    NULL};

const struct urne_command urne_cmd_decrypt = {
    .name = "decrypt",
    .summary = "a trustee's partial decryption of the tally",
    .synopsis = "DIR|ARCHIVE --key FILE [--share FILE.dkey] [--owner N] --out FILE "
		"[--passphrase-file FILE]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "A ballot or the tally does not verify, the key is of no trustee of this election, "
	       "the passphrase does not open it, or there is no tally yet.",
    .example = "urne decrypt first --key anna.key --out anna.decryption.json",
    .run = run_decrypt,
};
