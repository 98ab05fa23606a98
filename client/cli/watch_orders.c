/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands in the election's log by an order only: its Setup, which must be the one that the
 * officials sealed, and its Result, which must be the one that they released. The board publishes
 * an order before what it does, and the journal was asked behind the log, so it knows of both.
 * Spec: docs/observing.md#what-is-checked */
#include <inttypes.h>

#include "bulletin/log/tile.h"
#include "client/cli/watch.h"
#include "crypto/sha256.h"

#define MAX_BUNDLE ((size_t)URNE_TILE_WIDTH * (URNE_ENTRY_MAX + 2))
/* Hashes in sentences: as many digits as people compare. */
#define SHOWN ((int)16)

/* raise says that what was ordered and the event differ, or that nobody ordered it. */
static enum urne_err
raise(struct urne_watch *w, uint64_t height, const char *what, const struct urne_hash *ordered,
    const struct urne_hash *is)
{
	char a[URNE_HASH_HEX_LEN], b[URNE_HASH_HEX_LEN];

	urne_hex_encode(b, is->b, sizeof(is->b));
	if (ordered == NULL) {
		(void)urne_fail(&w->cli->diag, URNE_ERR_ORDER,
		    "%s stands in the log, and no order of the officials in the journal says so",
		    what);
	} else {
		urne_hex_encode(a, ordered->b, sizeof(ordered->b));
		(void)urne_fail(&w->cli->diag, URNE_ERR_MISMATCH,
		    "%s %.*s… stands in the log, and the officials ordered %.*s…", what, SHOWN, b,
		    SHOWN, a);
	}
	return urne_watch_raise_event(w, URNE_ALARM_JOURNAL, height, (struct urne_view){"", 0});
}

static enum urne_err
check_seal(struct urne_watch *w, const struct urne_journal_election *e)
{
	struct urne_hash setup;
	struct urne_buf text;
	enum urne_err err;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_setup_data_write(&text, &w->o.setup);
	err = urne_buf_error(&text);
	urne_sha256_of(&setup, urne_buf_view(&text));
	urne_buf_clear(&text);
	if (err != URNE_OK) {
		return err;
	}
	if (e == NULL || e->stage < URNE_JOURNAL_SEALED) {
		return raise(w, 0, "a Setup", NULL, &setup);
	}
	return urne_hash_eq(&setup, &e->setup) ? URNE_OK
					       : raise(w, 0, "the Setup", &e->setup, &setup);
}

/* result_of: the payload of the last event, which was verified, and is fetched again. */
static enum urne_err
result_of(struct urne_watch *w, struct urne_hash *out)
{
	struct urne_view entry = {"", 0};
	struct urne_event event;
	struct urne_hash hash;
	struct urne_buf bundle;
	enum urne_err e;

	*out = (struct urne_hash){{0}};
	urne_buf_init(&bundle, MAX_BUNDLE);
	e = urne_remote_entry(&w->r, &bundle, &entry, w->o.tree.size - 1);
	urne_sha256_of(&hash, entry);
	if (e == URNE_OK && !urne_hash_eq(&hash, &w->o.chain.last)) {
		e = urne_fail(&w->cli->diag, URNE_ERR_MISMATCH,
		    "%s: its last entry is not the one that was verified", w->r.request.data);
	}
	if (e == URNE_OK) {
		e = urne_event_read(&event, &w->cli->diag, entry);
	}
	if (e == URNE_OK) {
		*out = event.payload;
	}
	urne_buf_clear(&bundle);
	return e == URNE_OK ? e : urne_watch_files(w, e);
}

static enum urne_err
check_release(struct urne_watch *w, const struct urne_journal_election *e)
{
	struct urne_hash result;
	enum urne_err err = result_of(w, &result);

	if (err != URNE_OK) {
		return err;
	}
	if (e->stage < URNE_JOURNAL_RELEASED) {
		return raise(w, w->o.tree.size - 1, "a Result", NULL, &result);
	}
	return urne_hash_eq(&result, &e->result)
		   ? URNE_OK
		   : raise(w, w->o.tree.size - 1, "the Result", &e->result, &result);
}

enum urne_err
urne_watch_orders(struct urne_watch *w)
{
	const struct urne_journal_election *e =
	    w->journal.state != NULL ? urne_journal_find(w->journal.state, w->r.uuid) : NULL;
	enum urne_err err;

	if (w->journal.state == NULL || !urne_watch_journal_is_read(w) || !w->o.has_setup) {
		return URNE_OK;
	}
	err = check_seal(w, e);
	return err == URNE_OK && w->o.chain.stage == URNE_STAGE_DONE ? check_release(w, e) : err;
}
