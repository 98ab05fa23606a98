/* SPDX-License-Identifier: EUPL-1.2 */
/* Evidence that needs nobody's word: what the log has signed, and the way from there to the event.
 * What cannot be had is left out: the checkpoint and the sentence stay. */
#include <inttypes.h>

#include "bulletin/log/tile.h"
#include "client/cli/watch.h"

#define MAX_PROOF  ((size_t)1 << 20)
#define MAX_BUNDLE ((size_t)URNE_TILE_WIDTH * (URNE_ENTRY_MAX + 2))

enum urne_err
urne_watch_raise_checkpoint(struct urne_watch *w, enum urne_alarm alarm)
{
	const struct urne_evidence now = {"checkpoint", urne_buf_view(&w->r.note)};

	return urne_watch_raise(w, alarm, &now, 1);
}

/* prove appends the C2SP tlog-proof of the entry. */
static void
prove(struct urne_watch *w, struct urne_buf *out, uint64_t height, struct urne_view entry)
{
	struct urne_merkle_source tiles = urne_remote_tiles(&w->r);
	struct urne_tlog_proof p = {
	    .event = entry, .index = height, .note = urne_buf_view(&w->r.note)};

	if (urne_merkle_prove_inclusion(&p.inclusion, height, w->r.checkpoint.size, &tiles) ==
	    URNE_OK) {
		urne_tlog_proof_write(out, &p);
	}
}

static void
fetch(struct urne_watch *w, struct urne_buf *out, const struct urne_hash *hash)
{
	if (urne_remote_object(&w->r, out, hash) != URNE_OK) {
		urne_buf_reset(out);
	}
}

/* fetch_named: the payload, and of a tally or a share the object that it names. The Setup's are in
 * the state's folder. */
static void
fetch_named(
    struct urne_watch *w, struct urne_buf *payload, struct urne_buf *object, struct urne_view entry)
{
	struct urne_hash wanted[URNE_MAX_EVENT_DATA];
	struct urne_event event;
	size_t num = 0;

	if (urne_event_read(&event, NULL, entry) != URNE_OK || !event.has_payload) {
		return;
	}
	fetch(w, payload, &event.payload);
	if (urne_event_links(wanted, &num, NULL, event.type, urne_buf_view(payload)) == URNE_OK &&
	    num == 1) {
		fetch(w, object, &wanted[0]);
	}
}

enum urne_err
urne_watch_raise_event(
    struct urne_watch *w, enum urne_alarm alarm, uint64_t height, struct urne_view entry)
{
	const struct urne_diag why = w->cli->diag;
	struct urne_evidence files[] = {{"checkpoint", urne_buf_view(&w->r.note)},
	    {"event.tlog-proof", {"", 0}}, {"payload", {"", 0}}, {"object", {"", 0}},
	    {"journal.checkpoint", {"", 0}}};
	struct urne_buf bundle, proof, payload, object;
	size_t num = 1;
	enum urne_err e = URNE_OK;

	urne_buf_init(&bundle, MAX_BUNDLE);
	urne_buf_init(&proof, MAX_PROOF);
	urne_buf_init(&payload, URNE_MAX_BALLOT);
	urne_buf_init(&object, URNE_MAX_BALLOT);
	if (entry.len == 0) {
		e = urne_remote_entry(&w->r, &bundle, &entry, height);
	}
	if (e == URNE_OK) {
		prove(w, &proof, height, entry);
		fetch_named(w, &payload, &object, entry);
	}
	files[1].text = urne_buf_view(&proof);
	files[2].text = urne_buf_view(&payload);
	files[3].text = urne_buf_view(&object);
	if (alarm == URNE_ALARM_JOURNAL) {
		files[4].text = urne_buf_view(&w->journal.r.note);
	}
	for (size_t i = num; i < sizeof(files) / sizeof(files[0]); i++) {
		if (files[i].text.len > 0) {
			files[num++] = files[i];
		}
	}
	w->cli->diag = why;
	urne_diag_within(&w->cli->diag, "%s: event %" PRIu64 ": ", w->r.address.data, height);
	e = urne_watch_raise(w, alarm, files, num);
	urne_buf_clear(&bundle);
	urne_buf_clear(&proof);
	urne_buf_clear(&payload);
	urne_buf_clear(&object);
	return e;
}
