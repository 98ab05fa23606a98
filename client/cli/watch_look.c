/* SPDX-License-Identifier: EUPL-1.2 */
/* One look at a log: the checkpoint, that it continues the one that was kept, and the entries
 * between the two, each verified once. A checkpoint is kept only when it is known to continue the
 * last. */
#include <inttypes.h>

#include "bulletin/log/tile.h"
#include "client/cli/watch.h"

/* --- checkpoints --- */

static enum urne_err
find_key(struct urne_watch *w)
{
	bool there = false;
	enum urne_err e;

	if (w->r.has_key) {
		return URNE_OK;
	}
	e = urne_remote_key(&w->r, &there);
	if (e == URNE_ERR_MISMATCH) {
		const struct urne_evidence policy = {"policy", urne_buf_view(&w->r.policy_text)};

		w->r.has_key = false;
		return urne_watch_raise(w, URNE_ALARM_SIGNATURE, &policy, 1);
	}
	if (e == URNE_ERR_IO) {
		return urne_watch_absent(w);
	}
	if (e == URNE_OK && !there) {
		w->r.has_key = false;
		return urne_fail(&w->cli->diag, URNE_ERR_UNKNOWN,
		    "%s: there is no such election on this board, check the address",
		    w->r.address.data);
	}
	return e == URNE_OK ? urne_observer_key(&w->o, &w->cli->diag, &w->r.key) : e;
}

static enum urne_err
fetch_checkpoint(struct urne_watch *w)
{
	struct urne_remote *r = &w->r;
	enum urne_err e;

	urne_buf_reset(&r->note);
	e = urne_remote_get(r, &r->note, "checkpoint");
	if (e != URNE_OK && (e != URNE_ERR_LIMIT || r->status >= 300)) {
		return e == URNE_ERR_MEMORY || e == URNE_ERR_INTERNAL ? e : urne_watch_absent(w);
	}
	if (e == URNE_OK) {
		e = urne_checkpoint_open(
		    &r->checkpoint, &r->arena, &w->cli->diag, urne_buf_view(&r->note), &r->key);
	}
	if (e != URNE_OK && !urne_err_is_ours(e)) {
		urne_diag_within(&w->cli->diag,
		    "%s: the checkpoint is not signed with the log's key: ", r->address.data);
		return urne_watch_raise_checkpoint(w, URNE_ALARM_SIGNATURE);
	}
	if (e == URNE_OK && r->checkpoint.size == 0 && w->kept_size == 0) {
		(void)urne_fail(&w->cli->diag, URNE_ERR_INCOMPLETE,
		    "%s: the log is empty, and every election's begins with its Setup",
		    r->address.data);
		return urne_watch_absent(w);
	}
	return e;
}

/* beginning: whether the signed tree begins with these entries; only then URNE_OK. */
static enum urne_err
beginning(struct urne_watch *w, bool *is, uint64_t size, const struct urne_hash *root)
{
	struct urne_hash signed_root;
	enum urne_err e = urne_remote_beginning(&w->r, &signed_root, size);

	*is = e == URNE_OK && urne_hash_eq(&signed_root, root);
	return e == URNE_OK ? e : urne_watch_files(w, e);
}

static enum urne_err
raise_fork(struct urne_watch *w)
{
	(void)urne_fail(&w->cli->diag, URNE_ERR_MISMATCH,
	    "%s: two histories: the board signed a log of %" PRIu64 " entries and one of %" PRIu64
	    " that does not continue it; the two checkpoints are the evidence, tell the officials "
	    "and other observers",
	    w->r.address.data, w->kept_size, w->r.checkpoint.size);
	return urne_watch_raise_checkpoint(w, URNE_ALARM_FORK);
}

/* A checkpoint that is behind may come from a cache. That it is no beginning of the kept one can be
 * shown when the board still serves the tiles of that. */
static enum urne_err
judge_smaller(struct urne_watch *w)
{
	const struct urne_checkpoint now = w->r.checkpoint;
	struct urne_hash root;
	bool fork = false;

	w->r.checkpoint = (struct urne_checkpoint){now.origin, w->kept_size, w->kept_root};
	if (now.size > 0 && urne_remote_beginning(&w->r, &root, now.size) == URNE_OK) {
		fork = !urne_hash_eq(&root, &now.root);
	}
	w->r.checkpoint = now;
	if (fork) {
		return raise_fork(w);
	}
	(void)urne_fail(&w->cli->diag, URNE_ERR_MISMATCH,
	    "%s: the log had %" PRIu64 " entries and shows %" PRIu64
	    " now: it was set back, or somebody between shows an old one",
	    w->r.address.data, w->kept_size, now.size);
	return urne_watch_raise_checkpoint(w, URNE_ALARM_ROLLBACK);
}

/* Where nothing but our own tree stands between the two checkpoints, the new entries show whether
 * it continues, and no tile has to be fetched. */
static enum urne_err
compare_kept(struct urne_watch *w)
{
	const struct urne_checkpoint *c = &w->r.checkpoint;
	bool is = true;
	enum urne_err e = URNE_OK;

	if (w->kept_size == 0) {
		return URNE_OK;
	}
	if (c->size < w->kept_size) {
		return judge_smaller(w);
	}
	if (c->size == w->kept_size) {
		is = urne_hash_eq(&c->root, &w->kept_root);
	} else if (w->o.tree.size < w->kept_size) {
		e = beginning(w, &is, w->kept_size, &w->kept_root);
	}
	return e == URNE_OK && !is ? raise_fork(w) : e;
}

/* believe: the checkpoint continues what was kept, so it is kept from now on. */
static enum urne_err
believe(struct urne_watch *w)
{
	const struct urne_checkpoint *c = &w->r.checkpoint;

	if (w->kept_size == c->size) {
		return URNE_OK;
	}
	urne_buf_reset(&w->o.note);
	urne_buf_put_view(&w->o.note, urne_buf_view(&w->r.note));
	w->kept_size = c->size;
	w->kept_root = c->root;
	w->o.moved = w->now;
	return urne_buf_error(&w->o.note);
}

/* --- entries --- */

#define MAX_ENTRIES ((size_t)URNE_TILE_WIDTH)

/* prove: the entries that were served are those of the signed tree. */
static enum urne_err
prove(struct urne_watch *w, const struct urne_view *entries, size_t num)
{
	struct urne_merkle_tree grown = w->o.tree;
	struct urne_hash leaf, root;
	bool is = false;
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < num; i++) {
		urne_merkle_leaf(&leaf, entries[i]);
		e = urne_merkle_append(&grown, &leaf, NULL, NULL);
	}
	urne_merkle_root(&grown, &root);
	if (e == URNE_OK) {
		e = beginning(w, &is, grown.size, &root);
	}
	if (e != URNE_OK || is) {
		return e;
	}
	/* either they are others, or what stands before them is */
	urne_merkle_root(&w->o.tree, &root);
	is = w->o.tree.size == 0;
	e = is ? e : beginning(w, &is, w->o.tree.size, &root);
	if (e == URNE_OK && !is) {
		return raise_fork(w);
	}
	if (e == URNE_OK) {
		(void)urne_fail(&w->cli->diag, URNE_ERR_MISMATCH,
		    "%s: the entries from %" PRIu64 " on are not those that the log has signed",
		    w->r.address.data, w->o.tree.size);
		e = urne_watch_files(w, URNE_ERR_MISMATCH);
	}
	return e;
}

static enum urne_err
take(struct urne_watch *w, const struct urne_view *entries, size_t num)
{
	static const enum urne_alarm alarm_of[] = {
	    [URNE_FAULT_EVENT] = URNE_ALARM_INVALID,
	    [URNE_FAULT_TALLY] = URNE_ALARM_TALLY,
	    [URNE_FAULT_RESULT] = URNE_ALARM_RESULT,
	};
	const uint64_t before = w->o.tree.size,
		       floor = w->sealed.has_definition ? w->sealed.definition.floor : 0;
	enum urne_observer_fault fault = URNE_FAULT_NONE;
	enum urne_err e =
	    urne_observer_take(&w->o, &fault, &w->cli->diag, &w->source, entries, num, floor);

	if (w->o.remark.text[0] != '\0') {
		urne_watch_note(w, w->o.remark.text);
	}
	if (e == URNE_OK || fault == URNE_FAULT_SOURCE || fault == URNE_FAULT_NONE) {
		return e;
	}
	if (e == URNE_ERR_UNSUPPORTED) {
		return e; /* lawful: the command cannot follow it */
	}
	return urne_watch_raise_event(
	    w, alarm_of[fault], w->o.tree.size, entries[w->o.tree.size - before]);
}

/* split finds the entries from that at the end of our tree on, at most `num`. */
static enum urne_err
split(struct urne_watch *w, struct urne_view *entries, size_t num)
{
	struct urne_view rest = urne_buf_view(&w->bundle), one = {"", 0};
	size_t skip = (size_t)(w->o.tree.size % URNE_TILE_WIDTH);
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < skip + num; i++) {
		e = urne_entry_next(&one, &rest);
		if (e == URNE_OK && i >= skip) {
			entries[i - skip] = one;
		}
	}
	if (e == URNE_OK) {
		return e;
	}
	(void)urne_fail(
	    &w->cli->diag, e, "%s: has fewer entries than its name says", w->r.request.data);
	return urne_watch_files(w, e);
}

/* take_some takes entries of one bundle; they are in the file of that name until it is fetched. */
static enum urne_err
take_some(struct urne_watch *w)
{
	struct urne_view entries[MAX_ENTRIES];
	const uint64_t at = w->o.tree.size, left = w->r.checkpoint.size - at;
	size_t num = urne_observer_bundle(&w->o), in_tile = URNE_TILE_WIDTH - at % URNE_TILE_WIDTH;
	enum urne_err e;

	num = num < in_tile ? num : in_tile;
	num = num < left ? num : (size_t)left;
	e = split(w, entries, num);
	if (e == URNE_OK) {
		e = prove(w, entries, num);
	}
	if (e == URNE_OK) {
		e = believe(w);
	}
	return e == URNE_OK ? take(w, entries, num) : e;
}

/* catch_up saves now and then, so that nothing that was verified is verified again. */
static enum urne_err
catch_up(struct urne_watch *w)
{
	uint64_t fetched = UINT64_MAX, tile;
	enum urne_err e = URNE_OK;

	if (w->o.tree.size == 0) {
		e = urne_watch_timestamp(w);
	}
	while (e == URNE_OK && w->o.tree.size < w->r.checkpoint.size) {
		tile = w->o.tree.size / URNE_TILE_WIDTH;
		if (tile != fetched) {
			e = urne_remote_bundle(&w->r, &w->bundle, w->o.tree.size);
			e = e == URNE_OK ? e : urne_watch_files(w, e);
			fetched = tile;
		}
		if (e == URNE_OK) {
			e = take_some(w);
		}
		if (e == URNE_OK && w->o.tree.size == 1) {
			e = urne_watch_definition(w);
		}
		if (e == URNE_OK && w->o.tree.size % URNE_TILE_WIDTH == 0) {
			e = urne_watch_save(w);
		}
	}
	return e;
}

/* --- the whole --- */

enum urne_err
urne_watch_look(struct urne_watch *w)
{
	const uint64_t before = w->o.answered, size = w->o.tree.size;
	const size_t num_ballots = w->o.num_ballots;
	const bool first = w->kept_size == 0 || !w->o.has_setup;
	enum urne_err e;

	urne_remote_forget(&w->r);
	urne_buf_reset(&w->bundle);
	urne_buf_reset(&w->served);
	if ((e = find_key(w)) || (e = urne_watch_receipts_verify(w)) || (e = fetch_checkpoint(w)) ||
	    (e = compare_kept(w)) || (e = urne_observer_setup(&w->o, &w->cli->diag, &w->source)) ||
	    (e = urne_watch_definition(w)) || (e = catch_up(w)) || (e = urne_watch_definition(w)) ||
	    (e = believe(w))) {
		/* what was verified before stays verified */
		if (w->o.tree.size > size) {
			enum urne_err saved = urne_watch_save(w);
			return saved == URNE_OK || w->alarmed ? e : saved;
		}
		return e;
	}
	w->o.answered = w->now;
	w->contact = w->now;
	if (first || w->o.tree.size != size) {
		urne_watch_line(w);
	}
	e = urne_watch_journal(w);
	if (e == URNE_OK) {
		e = urne_watch_pages(w);
	}
	/* an alarm after which there is more to see is no reason to look no further */
	if (e == URNE_OK || (w->alarmed && !w->stop)) {
		e = urne_watch_promises(w, before, num_ballots);
	}
	if (w->once || first || w->o.tree.size != size) {
		enum urne_err saved = urne_watch_save(w);
		e = e == URNE_OK ? saved : e;
	}
	return e;
}
