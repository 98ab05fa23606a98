/* SPDX-License-Identifier: EUPL-1.2 */
/* urne trustee join: a trustee's part in a ceremony over a board. Each run does what is due, and
 * says what comes next and for whom it waits. */
#include <string.h>

#include "client/cli/ceremony_remote.h"
#include "client/cli/ceremony_work.h"
#include "client/cli/commands.h"
#include "client/cli/confirm.h"
#include "client/cli/keys.h"
#include "crypto/sha256.h"
#include "client/cli/trustee_key.h"
#include "election/ceremony_files.h"

struct join {
	struct urne_cli *cli;
	struct urne_ceremony_remote c;
	struct urne_ceremony_work w;
	struct urne_signer self;
	size_t j;     /* which trustee, from 1 */
	size_t round; /* that is due, from 1; 5: the share */
};

/* --- what is due --- */

static enum urne_err
find_round(struct join *x)
{
	bool there = true;

	for (x->round = 1; x->round <= URNE_CEREMONY_NUM_ROUNDS; x->round++) {
		enum urne_err e = urne_ceremony_part_from(&x->c, x->round, x->j);

		if (e == URNE_OK) {
			e = urne_ceremony_remote_has(&x->c, &there);
		}
		if (e != URNE_OK || !there) {
			return e;
		}
	}
	return URNE_OK;
}

/* The invitation needs no board: the journal says all that is in it. */
static enum urne_err
fetch_input(struct join *x, bool *there)
{
	const struct urne_ceremony_context *about = &x->c.context;
	enum urne_err e;

	*there = x->round == 1;
	if (x->round == 1) {
		urne_ceremony_invitation(
		    &x->w.in, about->group, about->size, about->threshold, x->j);
		x->w.name = x->c.r.address.data;
		return urne_buf_error(&x->w.in);
	}
	e = urne_ceremony_part_for(&x->c, x->round, x->j);
	if (e == URNE_OK) {
		e = urne_ceremony_remote_get(&x->c, &x->w.in, there);
	}
	x->w.name = x->c.r.request.data;
	return e;
}

/* --- what must hold before anything is answered --- */

/* The board's file is for this round, and this trustee's own certificate stands at the place that
 * the officials gave it. */
static enum urne_err
check_place(struct join *x)
{
	const struct urne_ceremony_context *about = &x->c.context;
	struct urne_diag *d = &x->cli->diag;
	struct urne_ceremony_file file;
	struct urne_arena arena;
	struct urne_elem own;
	enum urne_err e;

	urne_arena_init(&arena, URNE_TRUSTEES_MEMORY);
	urne_seed_verification(&own, about->group, &x->w.seed);
	e = urne_ceremony_read(&file, &arena, d, urne_buf_view(&x->w.in));
	if (e == URNE_OK && (file.group != about->group || file.t.size != about->size)) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "it is for the group %s and %zu trustees, the order \"prepare\" is for %s and "
		    "%zu",
		    file.group->name, file.t.size, about->group->name, about->size);
	}
	if (e == URNE_OK) {
		e = urne_threshold_decode_certs(&file.t, &arena, d, file.group);
	}
	if (e == URNE_OK &&
	    (!urne_elem_eq(about->group, &file.t.cert[x->j - 1].verification, &own) ||
		file.t.cert[x->j - 1].threshold != about->threshold)) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "the certificate of trustee %zu is not yours; stop, and tell the officials and "
		    "the other trustees",
		    x->j);
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "%s: ", x->w.name);
	}
	urne_arena_clear(&arena);
	return e;
}

/* In groups of four digits, as one reads them on the telephone. */
static void
put_groups(struct urne_buf *out, const char hex[URNE_HASH_HEX_LEN])
{
	for (size_t i = 0; i < URNE_HASH_HEX_LEN; i += 4) {
		urne_buf_puts(out, i > 0 ? " " : "");
		urne_buf_put(out, hex + i, 4);
	}
	urne_buf_put(out, "", 1);
}

/* A board that shows two trustees two lists of certificates can put itself between them. Only
 * people who speak to each other see that (threat A22). */
static enum urne_err
compare_certificates(struct join *x)
{
	const char *told = urne_cli_option(x->cli, "certificates");
	char hex[URNE_HASH_HEX_LEN];
	struct urne_hash hash;
	struct urne_buf groups;
	enum urne_err e;

	urne_sha256_of(&hash, urne_buf_view(&x->w.in));
	urne_hex_encode(hex, hash.b, sizeof(hash.b));
	urne_buf_init(&groups, URNE_MAX_SMALL_FILE);
	put_groups(&groups, hex);
	e = urne_buf_error(&groups);
	if (e == URNE_OK && told != NULL &&
	    !urne_view_eq(urne_view_of(told), (struct urne_view){hex, sizeof(hex)})) {
		e = urne_fail(&x->cli->diag, URNE_ERR_MISMATCH,
		    "--certificates: the sum of the certificates that this board shows is %s, "
		    "another one than you were told; stop, and tell the officials and the other "
		    "trustees",
		    groups.data);
	}
	if (e == URNE_OK && told == NULL) {
		urne_cli_note(
		    "urne: note: empreinte des certificats des %zu dépositaires de clé : %s. Avant "
		    "d’aller plus loin, comparez-la par téléphone avec tous les autres ; si une "
		    "seule diffère, arrêtez et prévenez les responsables.",
		    x->c.context.size, groups.data);
		urne_cli_note("urne: note: sum of the certificates of the %zu trustees: %s. Before "
			      "you go on, compare it by telephone with all the others; if one "
			      "differs, stop and tell the officials.",
		    x->c.context.size, groups.data);
		e = urne_confirm_or(x->cli,
		    "La même chez tous ? Tapez « oui » en toutes lettres. The same with all? Type "
		    "\"yes\" in full:",
		    "give what the others read to you with --certificates HASH");
	}
	urne_buf_clear(&groups);
	return e;
}

/* --- one round --- */

/* What may be answered once only is noted before the answer leaves, and stays noted. */
static enum urne_err
answer(struct join *x)
{
	struct urne_batch batch;

	urne_batch_init(&batch, x->cli);
	return urne_batch_end(&batch, urne_ceremony_work_answer(&x->w, &batch));
}

static enum urne_err
do_round(struct join *x)
{
	enum urne_err e = urne_ceremony_work_round(&x->w);

	if (e == URNE_OK && (size_t)x->w.round + 1 != x->round) {
		e = urne_fail(&x->cli->diag, URNE_ERR_ORDER,
		    "%s: is for round %zu, and this is round %zu; tell the officials", x->w.name,
		    (size_t)x->w.round + 1, x->round);
	}
	if (e == URNE_OK && x->round > 1) {
		e = check_place(x);
		e = e == URNE_OK
			? urne_ceremony_signed_input(&x->c, urne_buf_view(&x->w.in), x->round, x->j)
			: e;
	}
	if (e == URNE_OK && x->w.round == URNE_CEREMONY_COMMITMENT) {
		e = compare_certificates(x);
	}
	if (e == URNE_OK) {
		e = answer(x);
	}
	return e == URNE_OK ? urne_ceremony_remote_send(
				  &x->c, &x->self, x->round, x->j, urne_buf_view(&x->w.out))
			    : e;
}

/* For whom the round waits, and what comes behind it. */
static enum urne_err
say_next(struct join *x, size_t round)
{
	struct urne_buf missing;
	size_t num = 0;
	enum urne_err e;

	urne_buf_init(&missing, URNE_MAX_TEXT_FILE);
	e = urne_ceremony_remote_missing(&x->c, &missing, &num, round);
	if (e == URNE_OK && num > 0) {
		urne_cli_say(x->cli,
		    "Round %zu of 4 waits for %.*s. Come back when they have done it, with the "
		    "same command.",
		    round, (int)missing.len, missing.data);
	} else if (e == URNE_OK) {
		urne_cli_say(x->cli,
		    round < URNE_CEREMONY_NUM_ROUNDS
			? "Round %zu of 4 is complete: go on with the next at once, with the same "
			  "command."
			: "Round %zu of 4 is complete: fetch your share at once, with the same "
			  "command.",
		    round);
	}
	urne_cli_put_u64(x->cli, "round", round);
	urne_cli_put_u64(x->cli, "missing", num);
	urne_buf_clear(&missing);
	return e;
}

/* --- the share --- */

static enum urne_err
fetch_share(struct join *x, struct urne_buf *share, bool *there)
{
	enum urne_err e = urne_ceremony_part_share(&x->c, x->j);

	return e == URNE_OK ? urne_ceremony_remote_get(&x->c, share, there) : e;
}

/* The share opens, and is the part of the key that follows from everybody's files. */
static enum urne_err
check_share(struct join *x, const struct urne_buf *share)
{
	const struct urne_group *g = x->c.context.group;
	struct urne_diag *d = &x->cli->diag;
	struct urne_threshold t;
	struct urne_arena arena;
	struct urne_secret s = {{0}};
	struct urne_elem expected, actual;
	enum urne_err e = urne_share_open(&s, d, g, &x->w.seed, urne_buf_view(share));

	urne_arena_init(&arena, (size_t)URNE_CEREMONY_NUM_ROUNDS * URNE_TRUSTEES_MEMORY);
	if (e != URNE_OK) {
		urne_diag_within(d, "%s: ", x->c.r.request.data);
	} else {
		e = urne_ceremony_remote_result(&x->c, &t, &arena);
	}
	if (e == URNE_OK) {
		urne_threshold_public_share(&expected, g, &t, x->j);
		urne_secret_base(g, &actual, &s);
		if (!urne_elem_eq(g, &expected, &actual)) {
			e = urne_fail(d, URNE_ERR_MISMATCH,
			    "%s: the share that this board shows is not what the ceremony has "
			    "given you; tell the officials and the other trustees",
			    x->c.r.address.data);
		}
	}
	urne_secret_clear(&s);
	urne_arena_clear(&arena);
	return e;
}

static enum urne_err
keep_share(struct join *x, const struct urne_buf *share)
{
	const char *given = urne_cli_option(x->cli, "share");
	struct urne_buf path, present;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&present, URNE_MAX_SMALL_FILE);
	urne_buf_puts(&path, given != NULL ? given : urne_cli_option(x->cli, "key"));
	urne_buf_puts(&path, given != NULL ? "" : URNE_SHARE_ENDING);
	urne_buf_put(&path, "", 1);
	e = urne_buf_error(&path);
	if (e == URNE_OK && !urne_file_exists(path.data)) {
		e = urne_file_create(
		    &x->cli->diag, path.data, URNE_FILE_SECRET, urne_buf_view(share));
	} else if (e == URNE_OK) {
		e = urne_cli_read(x->cli, &present, path.data);
		if (e == URNE_OK && !urne_view_eq(urne_buf_view(&present), urne_buf_view(share))) {
			e = urne_fail(&x->cli->diag, URNE_ERR_EXISTS,
			    "nothing is overwritten: %s: holds another share, choose another name "
			    "with --share",
			    path.data);
		}
	}
	if (e == URNE_OK) {
		urne_cli_say(x->cli,
		    "The ceremony is over: you are trustee %zu of %zu, %zu of whom will be needed. "
		    "Your share opens and is in %s; keep it, and your key, until the result is "
		    "there.",
		    x->j, x->c.context.size, x->c.context.threshold, path.data);
		urne_cli_say(x->cli,
		    "The officials seal the vote now. After that, show that your key works: "
		    "\"urne trustee rehearse %s\".",
		    x->c.r.address.data);
		urne_cli_put_string(x->cli, "share", path.data);
	}
	urne_buf_clear(&path);
	urne_buf_clear(&present);
	return e;
}

/* --- a run --- */

static enum urne_err
end_ceremony(struct join *x)
{
	struct urne_buf share;
	bool there = false;
	enum urne_err e;

	urne_buf_init(&share, URNE_MAX_SMALL_FILE);
	e = fetch_share(x, &share, &there);
	if (e == URNE_OK && there) {
		e = check_share(x, &share);
		if (e == URNE_OK) {
			e = keep_share(x, &share);
		}
		urne_cli_put_string(x->cli, "state", "over");
	} else if (e == URNE_OK) {
		e = say_next(x, URNE_CEREMONY_NUM_ROUNDS);
		urne_cli_put_string(x->cli, "state", "waiting");
	}
	urne_buf_clear(&share);
	return e;
}

static enum urne_err
go_on(struct join *x)
{
	bool due = false;
	enum urne_err e = find_round(x);

	if (e == URNE_OK && x->round > URNE_CEREMONY_NUM_ROUNDS) {
		return end_ceremony(x);
	}
	if (e == URNE_OK) {
		e = fetch_input(x, &due);
	}
	if (e == URNE_OK && !due) {
		urne_cli_say(x->cli,
		    "Your file of round %zu of 4 is there; there is nothing to do.", x->round - 1);
		urne_cli_put_string(x->cli, "state", "waiting");
		return say_next(x, x->round - 1);
	}
	if (e == URNE_OK) {
		e = do_round(x);
	}
	if (e == URNE_OK) {
		urne_cli_say(x->cli, "Trustee %zu (%s), %s. The board has it.", x->j, x->self.name,
		    urne_ceremony_work_done(x->w.round));
		urne_cli_put_string(x->cli, "state", "sent");
		e = say_next(x, x->round);
	}
	return e;
}

static enum urne_err
run_trustee_join(struct urne_cli *cli)
{
	struct join x = {.cli = cli};
	enum urne_err e = urne_ceremony_work_init(&x.w, cli);

	if (e == URNE_OK) {
		e = urne_ceremony_remote_open(&x.c, cli, cli->args[0], (struct urne_view){"", 0});
	}
	if (e == URNE_OK) {
		e = urne_ceremony_work_open(&x.w);
	}
	if (e == URNE_OK) {
		e = urne_ceremony_remote_self(&x.c, &x.self, &x.j, &x.w.seed);
	}
	if (e == URNE_OK) {
		urne_cli_put_u64(cli, "trustee", x.j);
		e = go_on(&x);
	}
	urne_signer_clear(&x.self);
	urne_ceremony_work_clear(&x.w);
	urne_ceremony_remote_close(&x.c);
	return e;
}

static const struct urne_option options[] = {
    {"key", "FILE", "The key that \"urne trustee identity\" made.", true},
    URNE_OPTION_LOG_KEY_NEEDED,
    {"share", "FILE", "Where to keep the share at the end; KEY.dkey when it is not given.", false},
    {"certificates", "HASH",
	"The sum of the certificates as the other trustees read it to you, 64 hex digits, instead "
	"of a question on the terminal.",
	false},
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Does a trustee's part in the ceremony of an election over a board. There are four rounds, and "
    "each trustee does its part when it likes: every run finds out which round is due, checks "
    "everything that came in, sends the answer signed with the trustee's identity, and says what "
    "comes next and for whom it waits. At the end it fetches the trustee's share, tries whether it "
    "opens, and keeps it.",
    "Before the second round it shows the sum of all certificates. Compare it by telephone with "
    "the other trustees: a board that shows each of you another list is seen by nothing else.",
    "Every file of another trustee must bear the signature of the key that the officials named, "
    "and "
    "what the board gives out must follow from these files. A board that puts something of its own "
    "in the place of a trustee's file is refused, by the trustee's name.",
    "In the third round, what was answered stays in KEY.commitments, and no other file is "
    "answered. Keep that file with the key.",
    NULL};

const struct urne_command urne_cmd_trustee_join = {
    .name = "trustee join",
    .summary = "a trustee's part in the ceremony over a board",
    .synopsis = "URL --log-key KEY --key FILE [--share FILE] [--certificates HASH] "
		"[--passphrase-file FILE] [--ca FILE]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "What came in is not right (the sentence names who made the wrong part), the key is "
	       "of no trustee of this election, the sum of the certificates is another one or was "
	       "not confirmed, or this key has answered other commitments.",
    .unconfirmed = "The file was sent and no answer came, or the board does not show it; run it "
		   "again.",
    .example = "urne trustee join https://vote.example.org/bb/8GpLcyFqQvDrUn --log-key log.pub "
	       "--key anna.key",
    .run = run_trustee_join,
};
