/* SPDX-License-Identifier: EUPL-1.2 */
/* A board could hand two voters one receipt (threat model, A8 and A13): a receipt is for a ballot
 * only when the tracker in it is the hash of the very ballot that was sent. */
#include "client/cli/own_receipt.h"

#include <inttypes.h>

enum urne_err
urne_own_receipt_check(struct urne_receipt_facts *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text, const struct urne_note_key *key,
    const struct urne_hash *tracker)
{
	enum urne_err e = urne_receipt_verify(out, arena, d, text, key);

	if (e == URNE_OK && tracker != NULL && !urne_hash_eq(&out->receipt.tracker, tracker)) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "it is for the ballot with tracker %s, and this ballot has tracker %s",
		    urne_cli_hash_text(&out->receipt.tracker).s, urne_cli_hash_text(tracker).s);
	}
	return e;
}

void
urne_own_receipt_put(struct urne_cli *cli, const struct urne_receipt_facts *f)
{
	const struct urne_receipt *r = &f->receipt;
	const struct urne_checkpoint *c = &f->checkpoint;

	if (r->has_replaced) {
		urne_cli_put_hash(cli, "replaces", &r->replaces);
	}
	urne_cli_put_view(cli, "election", r->election);
	urne_cli_put_hash(cli, "tracker", &r->tracker);
	urne_cli_put_u64(cli, "height", r->height);
	urne_cli_put_view(cli, "origin", c->origin);
	urne_cli_put_u64(cli, "size", c->size);
	urne_cli_put_hash(cli, "root", &c->root);
}

void
urne_own_receipt_say(struct urne_cli *cli, const struct urne_receipt_facts *f)
{
	const struct urne_receipt *r = &f->receipt;
	const struct urne_checkpoint *c = &f->checkpoint;

	urne_cli_say(cli, "tracker   %s", urne_cli_hash_text(&r->tracker).s);
	urne_cli_say(cli, "logged    as event %" PRIu64 " of %.*s", r->height, (int)c->origin.len,
	    c->origin.p);
	urne_cli_say(cli, "signed    a log of %" PRIu64 " events, root %s", c->size,
	    urne_cli_hash_text(&c->root).s);
	if (r->has_replaced) {
		urne_cli_say(cli,
		    "replaces  %s, says the board; the archive will show it, and that the last "
		    "ballot of a credential counts",
		    urne_cli_hash_text(&r->replaces).s);
	}
	urne_own_receipt_put(cli, f);
}
