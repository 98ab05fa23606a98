/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders: what officials want the board to put into an election's log, as a note they sign. An
 * order names the log, the kind of event and its payload, so it serves once: the life cycle lets
 * each of these events stand once, and no payload twice. Spec: docs/log.md#orders */
#ifndef URNE_BULLETIN_LOG_EVENT_ORDER_H
#define URNE_BULLETIN_LOG_EVENT_ORDER_H

#include "base/arena.h"
#include "bulletin/log/event.h"
#include "crypto/note.h"

struct urne_event_order {
	struct urne_view origin;
	enum urne_event_type type;
	bool has_payload;
	struct urne_hash payload; /* of the event; EndBallots and EndShuffles have none */
};

/* urne_event_order_write appends what is signed: "urne-order/1", origin, type, payload in hex or
 * "-", a line each. urne_event_order_read reads exactly those; a Ballot is never ordered, and there
 * is a payload when the type has one: URNE_ERR_SYNTAX. Borrows. */
void urne_event_order_write(struct urne_buf *out, const struct urne_event_order *o);
enum urne_err urne_event_order_read(
    struct urne_event_order *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

/* urne_event_order_check reads a signed order and counts the officials whose lines verify; fewer
 * than `agree`: URNE_ERR_INCOMPLETE, and the sentence says how many are missing. A line of an
 * official that does not verify, or stands twice, refuses the whole. Lines of others are ignored.
 * No key may stand twice among the officials (URNE_ERR_DUPLICATE), and `agree` is 1 at least
 * (URNE_ERR_RANGE). */
enum urne_err urne_event_order_check(struct urne_event_order *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view note, const struct urne_note_key *officials,
    size_t num_officials, size_t agree) URNE_MUST_USE;

#endif
