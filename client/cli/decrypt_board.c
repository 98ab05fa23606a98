/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee over a board, who believes nothing of it: the archive is fetched and checked whole, the
 * tally is made here, a person says yes to it, and the decryption counts as given once the log that
 * the board has signed contains it. */
#include "client/cli/decrypt_board.h"

#include <inttypes.h>

#include "base/safe_text.h"
#include "client/cli/confirm.h"
#include "client/cli/decryption.h"
#include "client/cli/fetched.h"
#include "client/cli/event_send.h"
#include "tally/shares.h"

/* Of an election whose officials have not said how few may be counted. */
#define DEFAULT_FLOOR ((uint64_t)5)

struct giving {
	struct urne_cli *cli;
	struct urne_fetched f;
	struct urne_decryption x;
	bool is_there; /* a right one of this trustee is in the log */
	uint64_t height;
};

static enum urne_err
check_floor(struct giving *g)
{
	bool given = urne_cli_option(g->cli, "few-voters") != NULL, sealed = false;
	enum urne_err e = urne_sealed_definition(&g->f.s.sealed, &sealed);

	if (e == URNE_OK && sealed && given) {
		e = urne_fail(&g->cli->diag, URNE_ERR_USAGE,
		    "--few-voters: the vote definition sets the floor of this election, leave the "
		    "option out");
	}
	if (e == URNE_OK && !sealed && !given && g->x.tally.num_tallied < DEFAULT_FLOOR) {
		e = urne_fail(&g->cli->diag, URNE_ERR_RANGE,
		    "%s: %" PRIu64 " members voted, and no vote definition says that so few may be "
		    "counted; below %" PRIu64 " the result may show how single members voted; "
		    "--few-voters decrypts all the same",
		    g->f.pull.r.address.data, g->x.tally.num_tallied, DEFAULT_FLOOR);
	}
	return e;
}

/* What the trustee says yes to. */
static enum urne_err
confirm(struct giving *g)
{
	const struct urne_election *e = &g->f.s.sealed.election;
	char tally[URNE_HASH_HEX_LEN];
	struct urne_buf name;

	urne_hex_encode(tally, g->f.s.tally_record.hash.b, URNE_HASH_LEN);
	urne_buf_init(&name, URNE_MAX_TEXT_FILE);
	urne_put_safe_text(&name, e->name);
	urne_cli_note("urne: note: ce que vous allez déchiffrer : la somme chiffrée de %" PRIu64
		      " bulletins, un par votant, sur %zu déposés, du vote « %.*s » (élection "
		      "%.*s, empreinte %s). Aucun bulletin n’est ouvert seul. Cette machine a "
		      "vérifié elle-même tous les bulletins et refait la somme ; comparez son "
		      "empreinte par téléphone avec les autres dépositaires de clé : %.*s",
	    g->x.tally.num_tallied, g->f.s.num_ballots, (int)name.len, name.data, (int)e->uuid.len,
	    e->uuid.p, urne_cli_hash_text(&e->fingerprint).s, (int)sizeof(tally), tally);
	urne_cli_note(
	    "urne: note: what you are about to decrypt: the encrypted sum of %" PRIu64
	    " ballots, one of each voter, out of %zu cast, in the vote \"%.*s\" (election "
	    "%.*s, fingerprint %s). No ballot is opened alone. This machine has verified "
	    "all ballots and made the sum itself; compare its hash by telephone with the "
	    "other trustees: %.*s",
	    g->x.tally.num_tallied, g->f.s.num_ballots, (int)name.len, name.data, (int)e->uuid.len,
	    e->uuid.p, urne_cli_hash_text(&e->fingerprint).s, (int)sizeof(tally), tally);
	urne_buf_clear(&name);
	urne_cli_put_view(g->cli, "tally", (struct urne_view){tally, sizeof(tally)});
	return urne_confirm(
	    g->cli, "Déchiffrer ? Tapez « oui » en toutes lettres. Decrypt? Type \"yes\" in full:");
}

/* Another run, or another machine, may have given it already. */
static enum urne_err
look_for_own(struct giving *g)
{
	struct urne_state *s = &g->f.s;
	struct urne_shares shares;
	struct urne_diag wrong = {{0}};
	struct urne_buf text;
	enum urne_err e = URNE_OK;

	urne_shares_init(
	    &shares, &g->x.arena, &s->sealed.election, &s->sealed.trustees, &g->x.tally);
	urne_buf_init(&text, URNE_MAX_BALLOT);
	for (size_t i = 0; e == URNE_OK && !g->is_there && i < s->num_shares; i++) {
		if (s->shares[i].owner != g->x.key.owner) {
			continue;
		}
		urne_buf_reset(&text);
		e = urne_archive_load(s->archive, &text, &g->cli->diag, &s->shares[i].record);
		if (e == URNE_OK && urne_shares_add(&shares, &wrong, g->x.key.owner,
					urne_buf_view(&text)) == URNE_OK) {
			g->is_there = true;
			g->height = s->shares[i].height;
		}
	}
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
send(struct giving *g)
{
	struct urne_owned owned = {.owner = g->x.key.owner};
	struct urne_buf records, about;
	struct urne_hash payload;
	enum urne_err e;

	urne_buf_init(&records, 2 * URNE_MAX_BALLOT);
	urne_buf_init(&about, URNE_MAX_SMALL_FILE);
	urne_record_put(&records, &owned.payload, URNE_RECORD_DATA, urne_buf_view(&g->x.partial),
	    g->f.s.timestamp);
	urne_owned_write(&about, &owned);
	urne_record_put(
	    &records, &payload, URNE_RECORD_DATA, urne_buf_view(&about), g->f.s.timestamp);
	e = urne_buf_error(&about);
	if (e == URNE_OK) {
		e = urne_buf_error(&records);
	}
	if (e == URNE_OK) {
		e = urne_event_send(&g->f.pull.r, &g->height, URNE_EVENT_PARTIAL_DECRYPTION,
		    urne_buf_view(&records));
		g->cli->unconfirmed = e == URNE_OK || urne_err_is_ours(e);
	}
	if (e == URNE_OK) {
		e = urne_remote_stands(
		    &g->f.pull.r, URNE_EVENT_PARTIAL_DECRYPTION, &payload, g->height);
		g->cli->unconfirmed = e != URNE_OK;
	}
	urne_buf_clear(&records);
	urne_buf_clear(&about);
	return e;
}

static enum urne_err
give(struct giving *g)
{
	enum urne_err e = urne_decryption_check(&g->x, g->cli, &g->f.s);

	if (e == URNE_OK) {
		e = check_floor(g);
	}
	if (e == URNE_OK) {
		e = confirm(g);
	}
	if (e == URNE_OK) {
		e = urne_decryption_open(&g->x);
	}
	if (e == URNE_OK) {
		e = look_for_own(g);
	}
	if (e != URNE_OK || g->is_there) {
		return e;
	}
	e = urne_decryption_make(&g->x, urne_cli_option(g->cli, "out"));
	return e == URNE_OK ? send(g) : e;
}

static void
report(struct giving *g)
{
	urne_cli_say(g->cli,
	    g->is_there
		? "%s: the partial decryption of trustee %" PRIu64 " is in the log already, as "
		  "event %" PRIu64 ". There is nothing to do."
		: "%s: the partial decryption of trustee %" PRIu64 " is in the signed log, as "
		  "event %" PRIu64 ".",
	    g->f.pull.r.address.data, g->x.key.owner, g->height);
	urne_cli_say(g->cli, "\"urne status --board %s\" says whose is still missing.",
	    g->f.pull.r.address.data);
	urne_cli_put_u64(g->cli, "owner", g->x.key.owner);
	urne_cli_put_u64(g->cli, "height", g->height);
	urne_cli_put_u64(g->cli, "ballots_verified", g->f.s.num_ballots);
	urne_cli_put_bool(g->cli, "repeated", g->is_there);
}

enum urne_err
urne_decrypt_board(struct urne_cli *cli)
{
	struct giving g = {.cli = cli};
	enum urne_err e = urne_fetched_open(&g.f, cli, urne_cli_option(cli, "board"));

	if (e == URNE_OK) {
		e = give(&g);
		urne_decryption_clear(&g.x);
	}
	if (e == URNE_OK) {
		report(&g);
	}
	urne_fetched_clear(&g.f);
	return e;
}
