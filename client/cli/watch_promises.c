/* SPDX-License-Identifier: EUPL-1.2 */
/* What was promised outside the log: the definition that the election seals, and receipts that the
 * board gave (threat A9). */
#include <inttypes.h>
#include <stdlib.h>

#include "client/cli/vote_file.h"
#include "client/cli/watch.h"
#include "client/cli/workdir.h"

#define RECEIPT_MEMORY ((size_t)64 << 20)

/* --- the definition --- */

static enum urne_err
read_definition(struct urne_watch *w)
{
	struct urne_sealed *s = &w->sealed;
	const struct urne_evidence wrong = {"vote.json", urne_buf_view(&s->definition_text)};
	enum urne_err e = urne_vote_text_sealed(w->cli, &s->definition, &s->definition_text,
	    &s->arena, w->r.request.data, &w->o.election);

	s->has_definition = e == URNE_OK;
	if (e == URNE_OK) {
		w->hours = !urne_view_starts(w->o.election.name, URNE_TEST_MARK);
		return e;
	}
	if (!urne_err_is_ours(e)) {
		e = urne_watch_raise(w, URNE_ALARM_FILES, &wrong, 1);
		/* the log itself can be followed without */
		return urne_err_is_ours(e) ? e : URNE_OK;
	}
	return e;
}

/* The hash that the election seals names the file in the folder too. */
enum urne_err
urne_watch_definition(struct urne_watch *w)
{
	struct urne_sealed *s = &w->sealed;
	struct urne_hash hash;
	bool found = false;
	enum urne_err e;

	if (!w->o.has_setup || s->has_definition ||
	    urne_hex_decode(hash.b, sizeof(hash.b), w->o.election.vote_definition) != URNE_OK) {
		return URNE_OK;
	}
	urne_buf_reset(&s->definition_text);
	urne_arena_reset(&s->arena);
	e = urne_watch_kept(w, &s->definition_text, &found, &hash);
	if (e == URNE_OK && found) {
		return read_definition(w);
	}
	if (e == URNE_OK) {
		e = urne_remote_try(&w->r, &s->definition_text, &found, "vote.json");
		e = e == URNE_OK ? e : urne_watch_files(w, e);
	}
	if (e != URNE_OK || !found) {
		return e; /* the officials have not sent it yet */
	}
	e = read_definition(w);
	return e == URNE_OK && s->has_definition
		   ? urne_watch_keep(w, &hash, urne_buf_view(&s->definition_text))
		   : e;
}

/* --- receipts --- */

enum urne_err
urne_watch_receipts_open(struct urne_watch *w)
{
	const char *path;
	enum urne_err e = URNE_OK;

	urne_arena_init(&w->arena, RECEIPT_MEMORY);
	w->receipts = urne_arena_alloc(&w->arena, URNE_MAX_OPTION_VALUES, sizeof(*w->receipts));
	if (w->receipts == NULL) {
		return urne_fail(&w->cli->diag, URNE_ERR_MEMORY, "no memory for receipts");
	}
	while (e == URNE_OK &&
	       (path = urne_options_get(&w->cli->options, "receipt", w->num_receipts)) != NULL) {
		struct urne_watch_receipt *r = &w->receipts[w->num_receipts++];

		r->path = path;
		urne_buf_init(&r->text, URNE_MAX_SMALL_FILE);
		e = urne_cli_read_line(w->cli, &r->text, path);
	}
	return e;
}

enum urne_err
urne_watch_receipts_verify(struct urne_watch *w)
{
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < w->num_receipts; i++) {
		struct urne_watch_receipt *r = &w->receipts[i];

		if (r->verified) {
			continue;
		}
		e = urne_receipt_verify(
		    &r->facts, &w->arena, &w->cli->diag, urne_buf_view(&r->text), &w->r.key);
		r->verified = e == URNE_OK;
		if (e != URNE_OK) {
			urne_diag_within(
			    &w->cli->diag, "%s: proves nothing against this log: ", r->path);
		}
	}
	return e;
}

static enum urne_err
raise_receipt(struct urne_watch *w, const struct urne_watch_receipt *r, const char *why)
{
	const struct urne_evidence files[] = {
	    {"receipt.json", urne_buf_view(&r->text)}, {"checkpoint", urne_buf_view(&w->r.note)}};

	(void)urne_fail(&w->cli->diag, URNE_ERR_MISMATCH, "%s: the receipt %s: %s",
	    w->r.address.data, r->path, why);
	return urne_watch_raise(w, URNE_ALARM_RECEIPT, files, 2);
}

/* What a receipt says of the ballot that it replaces, the log must say too. */
static bool
replaces_right(const struct urne_observer *o, const struct urne_receipt *r)
{
	size_t i = (size_t)r->height - 1, before = i;

	while (before-- > 0 && o->ballots[before].member != o->ballots[i].member) {
	}
	return r->has_replaced == (before != SIZE_MAX) &&
	       (!r->has_replaced || urne_hash_eq(&r->replaces, &o->ballots[before].tracker));
}

/* The receipt's own checkpoint is signed and holds the ballot: what must be shown is that the log
 * continues that one. */
static enum urne_err
check_receipt(struct urne_watch *w, struct urne_watch_receipt *r)
{
	const struct urne_checkpoint *then = &r->facts.checkpoint;
	const struct urne_receipt *says = &r->facts.receipt;
	struct urne_hash root;
	enum urne_err e = urne_remote_beginning(&w->r, &root, then->size);

	if (e != URNE_OK) {
		return urne_watch_files(w, e);
	}
	if (!urne_hash_eq(&root, &then->root) || says->height == 0 ||
	    says->height > w->o.num_ballots ||
	    !urne_hash_eq(&w->o.ballots[says->height - 1].tracker, &says->tracker)) {
		return raise_receipt(w, r,
		    "the board signed that it has this ballot, and the log that it shows does not "
		    "continue the one of the receipt: two histories");
	}
	if (!replaces_right(&w->o, says)) {
		return raise_receipt(
		    w, r, "what it says of the ballot that it replaces is not so in the log");
	}
	r->honoured = true;
	return URNE_OK;
}

static enum urne_err
check_receipts(struct urne_watch *w)
{
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < w->num_receipts; i++) {
		struct urne_watch_receipt *r = &w->receipts[i];
		uint64_t size = r->facts.checkpoint.size;

		if (!r->honoured && size <= w->o.tree.size) {
			e = check_receipt(w, r);
		} else if (!r->honoured && w->now >= w->o.moved + w->stall) {
			const struct urne_evidence file = {"receipt.json", urne_buf_view(&r->text)};

			e = urne_fail(&w->cli->diag, URNE_ERR_INCOMPLETE,
			    "%s: the receipt %s is of a log of %" PRIu64
			    " entries, and the board still shows %" PRIu64
			    ": the ballot is not in it",
			    w->r.address.data, r->path, size, w->o.tree.size);
			e = urne_watch_raise(w, URNE_ALARM_STALL, &file, 1);
		}
	}
	return e;
}

enum urne_err
urne_watch_promises(struct urne_watch *w, uint64_t before, size_t num_ballots)
{
	enum urne_err e = check_receipts(w);

	/* alarms after which there is more to see are no reason to look no further */
	if (e != URNE_OK && (!w->alarmed || w->stop)) {
		return e;
	}
	e = urne_watch_orders(w);
	if (e == URNE_OK || (w->alarmed && !w->stop)) {
		e = urne_watch_hours(w, before, num_ballots);
	}
	return w->alarmed && !w->stop ? URNE_OK : e;
}
