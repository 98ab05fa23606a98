/* SPDX-License-Identifier: EUPL-1.2 */
/* An event that officials order, or a trustee's partial decryption. The order comes in the header,
 * and is judged before a byte of the body is read: it names log, type and payload, and the body has
 * to be what it names. */
#include <inttypes.h>
#include <string.h>

#include "base/b64.h"
#include "base/json.h"
#include "base/limits.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/log/event_order.h"
#include "bulletin/server/handlers.h"

#define ORDER_HEADER "Urne-Order"
/* The parts of an order as they were read, with the officials' lines. */
#define ARENA ((size_t)1 << 20)

/* is_for: the order is for this log and this type. */
static enum urne_err
is_for(const struct urne_service *s, const struct urne_request *r, struct urne_diag *d,
    const struct urne_event_order *o)
{
	struct urne_buf origin;
	enum urne_err e = URNE_OK;

	urne_buf_init(&origin, URNE_NOTE_MAX);
	urne_origin_write(&origin, urne_board_config(s->board)->service, r->uuid);
	if (urne_buf_error(&origin) != URNE_OK) {
		e = urne_fail(d, urne_buf_error(&origin), "no memory for an order");
	} else if (!urne_view_eq(o->origin, urne_buf_view(&origin))) {
		e = urne_fail(d, URNE_ERR_MISMATCH, "the order is for the log %.*s, this is %.*s",
		    (int)o->origin.len, o->origin.p, (int)origin.len, origin.data);
	} else if (o->type != r->type) {
		e = urne_fail(d, URNE_ERR_MISMATCH, "the order is for %s, the request for %s",
		    urne_event_type_name(o->type), urne_event_type_name(r->type));
	}
	urne_buf_clear(&origin);
	return e;
}

static enum urne_err
check_order(const struct urne_service *s, struct urne_request *r, struct urne_diag *d,
    struct urne_arena *arena)
{
	const struct urne_board_config *c = urne_board_config(s->board);
	struct urne_view header = r->carrier->header(r, ORDER_HEADER);
	struct urne_event_order order;
	size_t len = 0;
	uint8_t *note;
	enum urne_err e;

	if (header.len == 0) {
		return urne_fail(d, URNE_ERR_INCOMPLETE,
		    "the header " ORDER_HEADER " with the officials' signed order is missing");
	}
	note = urne_arena_alloc(arena, header.len, 1);
	if (note == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for an order");
	}
	if (urne_b64_decode(note, &len, header.len, header) != URNE_OK) {
		return urne_fail(d, URNE_ERR_SYNTAX, "the header " ORDER_HEADER " is no Base64");
	}
	e = urne_event_order_check(&order, arena, d, (struct urne_view){(const char *)note, len},
	    c->officials, c->num_officials, c->agree);
	if (e == URNE_OK) {
		e = is_for(s, r, d, &order);
	}
	if (e == URNE_OK) {
		r->ordered = true;
		r->has_payload = order.has_payload;
		r->payload = order.payload;
	}
	return e;
}

static enum urne_event_type
type_of(struct urne_view name)
{
	for (size_t i = 0; i < URNE_NUM_EVENT_TYPES; i++) {
		if (urne_view_is(name, urne_event_type_name((enum urne_event_type)i))) {
			return (enum urne_event_type)i;
		}
	}
	return URNE_EVENT_BALLOT; /* the route table lets no other name through */
}

/* A trustee needs nobody's order: the proofs in a partial decryption are what authorises it. It is
 * read once there is a tally, and no further than one of this election can go. When the result is
 * there, one that was sent before still gets its answer. */
static enum urne_problem
admit_share(const struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	struct urne_board_state state;
	enum urne_problem p = urne_request_log(s, r, d);

	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	urne_board_log_state(r->log, &state);
	if (state.stage < URNE_STAGE_DECRYPTING) {
		(void)urne_fail(d, URNE_ERR_ORDER,
		    "there is no encrypted tally to decrypt yet: the election is %s",
		    urne_stage_name(state.stage));
		return URNE_PROBLEM_STAGE;
	}
	r->has_payload = true;
	r->max = urne_board_log_election(r->log)->max_share;
	return URNE_PROBLEM_NONE;
}

static enum urne_problem
admit_event(const struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	struct urne_arena arena;
	enum urne_err e;

	r->type = type_of(r->rest);
	if (r->type == URNE_EVENT_PARTIAL_DECRYPTION &&
	    r->carrier->header(r, ORDER_HEADER).len == 0) {
		return admit_share(s, r, d);
	}
	urne_arena_init(&arena, ARENA);
	e = check_order(s, r, d, &arena);
	urne_arena_clear(&arena);
	if (e != URNE_OK) {
		return urne_err_is_ours(e) ? URNE_PROBLEM_OURS : URNE_PROBLEM_NOT_AUTHORISED;
	}
	r->max = r->has_payload ? URNE_HTTP_EVENT : 0;
	/* only a Setup makes the election it is for */
	return r->type == URNE_EVENT_SETUP ? URNE_PROBLEM_NONE : urne_request_log(s, r, d);
}

/* The body. */

/* read_records takes the data records out of the body into the submission. */
static enum urne_err
read_records(
    struct urne_submission *s, struct urne_hash *last, struct urne_diag *d, struct urne_archive *a)
{
	for (;;) {
		struct urne_record rec;
		bool done = false;
		enum urne_err e = urne_archive_next(a, &rec, &done, d);

		if (e != URNE_OK || done) {
			return e;
		}
		if (rec.kind == URNE_RECORD_HEADER) {
			continue;
		}
		if (rec.kind == URNE_RECORD_EVENT) {
			return urne_fail(d, URNE_ERR_SYNTAX,
			    "the body has an event record; the board makes the event itself");
		}
		if (s->num_data == URNE_MAX_EVENT_DATA) {
			return urne_fail(
			    d, URNE_ERR_MISMATCH, "more data records than any event has");
		}
		urne_buf_init(&s->data[s->num_data], URNE_MAX_RECORD);
		e = urne_archive_load(a, &s->data[s->num_data], d, &rec);
		if (e != URNE_OK) {
			return e;
		}
		s->num_data++;
		*last = rec.hash;
	}
}

/* check_uuid: the Setup is of the election that the path names. */
static enum urne_err
check_uuid(const struct urne_request *r, struct urne_diag *d, struct urne_view election)
{
	const struct urne_json *root = NULL, *uuid;
	struct urne_arena arena;
	enum urne_err e;

	urne_arena_init(&arena, URNE_MAX_TEXT_FILE * 8);
	e = election.len > URNE_MAX_TEXT_FILE
		? urne_fail(
		      d, URNE_ERR_LIMIT, "the election has more than %zu bytes", URNE_MAX_TEXT_FILE)
		: urne_json_parse(&root, &arena, d, election);
	if (e == URNE_OK) {
		uuid = urne_json_get(root, "uuid");
		if (uuid == NULL || uuid->type != URNE_JSON_STRING ||
		    !urne_view_eq(uuid->text, r->uuid)) {
			e = urne_fail(d, URNE_ERR_MISMATCH,
			    "the election in the body is not %.*s, which the path names",
			    (int)r->uuid.len, r->uuid.p);
		}
	}
	urne_arena_clear(&arena);
	return e;
}

static enum urne_err
read_body(struct urne_request *r, struct urne_diag *d)
{
	struct urne_submission *s = r->submission;
	uint64_t timestamp = r->log != NULL ? urne_board_log_timestamp(r->log) : 0;
	struct urne_archive *a = NULL;
	struct urne_hash last = {{0}};
	enum urne_err e = urne_archive_open_fd(
	    &a, d, r->body.fd, r->type == URNE_EVENT_SETUP ? NULL : &timestamp);

	if (e != URNE_OK) {
		return e;
	}
	e = read_records(s, &last, d, a);
	s->timestamp = urne_archive_timestamp(a);
	urne_archive_close(a);
	if (e == URNE_OK && r->has_payload != (s->num_data > 0)) {
		e = urne_fail(d, URNE_ERR_INCOMPLETE, "the body has no data records");
	}
	if (e == URNE_OK && r->ordered && r->has_payload && !urne_hash_eq(&last, &r->payload)) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "the last data record is not the payload that the order names");
	}
	if (e == URNE_OK && r->type == URNE_EVENT_SETUP) {
		e = check_uuid(r, d, urne_buf_view(&s->data[0]));
	}
	return e;
}

static enum urne_problem
handle_event(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	enum urne_problem p = urne_request_begin(r, d, URNE_SUBMIT_EVENT);
	enum urne_err e;

	(void)out;
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	r->submission->type = r->type;
	e = read_body(r, d);
	return e != URNE_OK ? urne_problem_of(e) : urne_request_submit(s, r, d);
}

static enum urne_problem
finish_event(struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	enum urne_problem p = urne_request_outcome(r, d);

	if (p == URNE_PROBLEM_NONE) {
		out->type = URNE_TYPE_JSON;
		out->cache = URNE_CACHE_NEVER;
		urne_buf_puts(&out->body, "{\"election\":");
		urne_buf_put_json_string(&out->body, r->uuid);
		urne_buf_printf(&out->body, ",\"event\":\"%s\",\"height\":%" PRIu64 "}\n",
		    urne_event_type_name(r->type), r->submission->height);
	}
	return p;
}

const struct urne_handler urne_handle_events = {
    .body = URNE_BODY_FILE,
    .max_body = URNE_HTTP_EVENT,
    .admit = admit_event,
    .handle = handle_event,
    .finish = finish_event,
};
