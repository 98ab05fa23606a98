/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether each kind of submission can be checked at all now, and by whom. */
#include "bulletin/server/examine.h"

#include <time.h>

#include "bulletin/server/admission_ceremony.h"
#include "bulletin/server/ledger.h"
#include "bulletin/server/place.h"
#include "crypto/sha256.h"

/* When each kind of event can be checked. Those that only an order adds stand at a stage that no
 * election is at once it is here. */
static const enum urne_stage stage_of[URNE_NUM_EVENT_TYPES] = {
    [URNE_EVENT_SETUP] = URNE_STAGE_EMPTY,
    [URNE_EVENT_BALLOT] = URNE_STAGE_OPEN,
    [URNE_EVENT_END_BALLOTS] = URNE_STAGE_OPEN,
    [URNE_EVENT_ENCRYPTED_TALLY] = URNE_STAGE_CLOSED,
    [URNE_EVENT_SHUFFLE] = URNE_STAGE_SHUFFLING,
    [URNE_EVENT_END_SHUFFLES] = URNE_STAGE_SHUFFLING,
    [URNE_EVENT_PARTIAL_DECRYPTION] = URNE_STAGE_DECRYPTING,
    [URNE_EVENT_RESULT] = URNE_STAGE_EMPTY,
    [URNE_EVENT_GENESIS] = URNE_STAGE_EMPTY,
    [URNE_EVENT_ORDER] = URNE_STAGE_EMPTY,
    [URNE_EVENT_RECORD] = URNE_STAGE_EMPTY,
};

/* An event that stands in the log already needs no check, only its answer. */
static enum urne_err
examine_event(struct urne_submission *s, const struct urne_order_room *room,
    const struct urne_records *records)
{
	struct urne_board_state state;
	enum urne_err e;

	if (s->num_data > 0) {
		urne_sha256_of(&s->tracker, urne_buf_view(&s->data[s->num_data - 1]));
	}
	urne_board_log_state(s->log, &state);
	s->checked_at = state.size;
	(void)pthread_mutex_lock(&room->reader->lock);
	e = urne_place_repeated(&room->reader->store, s);
	(void)pthread_mutex_unlock(&room->reader->lock);
	if (e != URNE_OK || s->repeated) {
		return e;
	}
	if (state.stage != stage_of[s->type]) {
		return urne_fail(&s->diag, URNE_ERR_ORDER, "%s cannot come now: the election is %s",
		    urne_event_type_name(s->type), urne_stage_name(state.stage));
	}
	return urne_admit(s, s->log->election, records, room->pool);
}

enum urne_err
urne_examine(struct urne_submission *s, const struct urne_order_room *room)
{
	struct urne_reader_log l = {room->reader, s->log != NULL ? s->log->id : 0, NULL};
	struct urne_records records = urne_reader_records(&l);

	switch (s->kind) {
	case URNE_SUBMIT_EVENT:
		return examine_event(s, room, &records);
	case URNE_SUBMIT_ORDER:
		return urne_admit_order(s, room, (int64_t)time(NULL));
	case URNE_SUBMIT_DRAFT:
		return URNE_OK; /* whoever signed for it has read it; the order to seal reads it
				   again */
	case URNE_SUBMIT_CEREMONY:
		return urne_admit_ceremony(s, room->reader);
	case URNE_SUBMIT_BALLOT:
	case URNE_SUBMIT_REHEARSAL:
	case URNE_SUBMIT_RECORD:
		break;
	}
	return urne_admit(s, s->log->election, &records, room->pool);
}

size_t
urne_examine_hinted(
    struct urne_submission *const ballots[], size_t num, const struct urne_order_room *room)
{
	const struct urne_board_log *log = ballots[0]->log;
	struct urne_reader_log l = {room->reader, log->id, NULL};
	struct urne_records records = urne_reader_records(&l);

	return urne_admit_hinted(ballots, num, log->election, &records);
}
