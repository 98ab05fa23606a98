/* SPDX-License-Identifier: EUPL-1.2 */
/* The log: events with exactly the data records that they name, read from an archive or made for
 * one. A table says which records belong to which event, so reading and writing agree.
 * Spec: docs/formats.md#bel-file */
#include <inttypes.h>
#include <string.h>

#include "bulletin/log/event.h"
#include "bulletin/log/journal_entry.h"
#include "crypto/sha256.h"
#include "tally/tally.h"

/* setup_data, a sized tally, an owned object, an event: a few hashes each */
#define MAX_LINK ((size_t)4096)

/* The last data record of an event is what its payload names; it may name the others. */
enum link {
	LINK_NONE,   /* it names none */
	LINK_SETUP,  /* election, trustees, credentials, perhaps a certificate */
	LINK_SIZED,  /* the encrypted tally */
	LINK_OWNED,  /* the shuffle or partial decryption */
	LINK_RECORD, /* what a record of a journal names, if anything */
};

struct form {
	size_t min, max; /* number of data records */
	enum link link;
};

static const struct form forms[URNE_NUM_EVENT_TYPES] = {
    [URNE_EVENT_SETUP] = {4, 5, LINK_SETUP},
    [URNE_EVENT_BALLOT] = {1, 1, LINK_NONE},
    [URNE_EVENT_END_BALLOTS] = {0, 0, LINK_NONE},
    [URNE_EVENT_ENCRYPTED_TALLY] = {2, 2, LINK_SIZED},
    [URNE_EVENT_SHUFFLE] = {2, 2, LINK_OWNED},
    [URNE_EVENT_END_SHUFFLES] = {0, 0, LINK_NONE},
    [URNE_EVENT_PARTIAL_DECRYPTION] = {2, 2, LINK_OWNED},
    [URNE_EVENT_RESULT] = {1, 1, LINK_NONE},
    [URNE_EVENT_GENESIS] = {1, 1, LINK_NONE},
    [URNE_EVENT_ORDER] = {1, 1, LINK_NONE},
    [URNE_EVENT_RECORD] = {1, 2, LINK_RECORD},
};

enum urne_err
urne_event_links(struct urne_hash wanted[URNE_MAX_EVENT_DATA], size_t *num, struct urne_diag *d,
    enum urne_event_type type, struct urne_view payload)
{
	struct urne_setup_data setup;
	struct urne_sized_tally sized;
	struct urne_owned owned;
	struct urne_journal_record record;
	enum urne_err e = URNE_OK;

	*num = 0;
	switch (forms[type].link) {
	case LINK_NONE:
		break;
	case LINK_SETUP:
		e = urne_setup_data_read(&setup, d, payload);
		wanted[0] = setup.election;
		wanted[1] = setup.trustees;
		wanted[2] = setup.credentials;
		wanted[3] = setup.certificate;
		*num = setup.has_certificate ? 4 : 3;
		break;
	case LINK_SIZED:
		e = urne_sized_tally_read(&sized, d, payload);
		wanted[0] = sized.encrypted_tally;
		*num = 1;
		break;
	case LINK_OWNED:
		e = urne_owned_read(&owned, d, payload);
		wanted[0] = owned.payload;
		*num = 1;
		break;
	case LINK_RECORD:
		e = urne_journal_record_read(&record, d, payload);
		wanted[0] = record.hash;
		*num = e == URNE_OK && urne_journal_kind_has_object(record.kind) ? 1 : 0;
		break;
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "the payload of the event: ");
	}
	return e;
}

/* check_data: the records are those that the event's payload names, in their order. `payload` is
 * the body of the last one when the form has links. */
static enum urne_err
check_data(struct urne_diag *d, const struct urne_event *ev, const struct urne_hash *hash,
    size_t num_data, struct urne_view payload)
{
	const struct form *f = &forms[ev->type];
	struct urne_hash wanted[URNE_MAX_EVENT_DATA];
	size_t i, num = 0;
	enum urne_err e;

	if (num_data < f->min || num_data > f->max) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "%zu data records before %s, %zu belong there", num_data,
		    urne_event_type_name(ev->type), f->min);
	}
	if (num_data == 0) {
		return URNE_OK;
	}
	if (!urne_hash_eq(&ev->payload, &hash[num_data - 1])) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the payload is not the hash of the data record before the event");
	}
	e = urne_event_links(wanted, &num, d, ev->type, payload);
	if (e != URNE_OK) {
		return e;
	}
	if (num + 1 != num_data) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "%zu data records before the payload, which names %zu", num_data - 1, num);
	}
	for (i = 0; i < num; i++) {
		if (!urne_hash_eq(&wanted[i], &hash[i])) {
			return urne_fail(d, URNE_ERR_MISMATCH,
			    "data record %zu is not the one that the payload names", i);
		}
	}
	return URNE_OK;
}

static enum urne_err
check_item(struct urne_archive *a, const struct urne_log_item *item, struct urne_diag *d)
{
	struct urne_hash hash[URNE_MAX_EVENT_DATA];
	struct urne_buf payload;
	size_t i;
	enum urne_err e = URNE_OK;

	urne_buf_init(&payload, MAX_LINK);
	for (i = 0; i < item->num_data; i++) {
		hash[i] = item->data[i].hash;
	}
	if (item->num_data > 0 && forms[item->event.type].link != LINK_NONE) {
		e = urne_archive_load(a, &payload, d, &item->data[item->num_data - 1]);
		if (e == URNE_ERR_LIMIT) {
			urne_diag_within(d, "the payload of the event: ");
		}
	}
	if (e == URNE_OK) {
		e = check_data(d, &item->event, hash, item->num_data, urne_buf_view(&payload));
	}
	urne_buf_clear(&payload);
	return e;
}

static enum urne_log_fault
fault_of_chain(enum urne_err e)
{
	if (e == URNE_ERR_ORDER) {
		return URNE_LOG_FAULT_CYCLE;
	}
	return e == URNE_ERR_MISMATCH ? URNE_LOG_FAULT_CHAIN : URNE_LOG_FAULT_EVENT;
}

/* read_records collects data records up to the next event, whose bytes are then in rec->body. */
static enum urne_err
read_records(struct urne_archive *a, struct urne_log_item *item, struct urne_record *rec,
    bool *done, enum urne_log_fault *fault, struct urne_diag *d)
{
	for (;;) {
		enum urne_err e = urne_archive_next(a, rec, done, d);

		*fault = e == URNE_ERR_MISMATCH ? URNE_LOG_FAULT_HASH : URNE_LOG_FAULT_FORMAT;
		if (e != URNE_OK) {
			return e;
		}
		*fault = URNE_LOG_FAULT_RECORDS;
		if (*done && item->num_data > 0) {
			*done = false;
			return urne_fail(d, URNE_ERR_INCOMPLETE,
			    "the file ends with data records that no event names");
		}
		if (*done || rec->kind == URNE_RECORD_EVENT) {
			return URNE_OK;
		}
		if (rec->kind == URNE_RECORD_HEADER) {
			continue;
		}
		if (item->num_data == URNE_MAX_EVENT_DATA) {
			return urne_fail(
			    d, URNE_ERR_MISMATCH, "more data records than any event has");
		}
		item->data[item->num_data] = *rec;
		item->data[item->num_data].body = (struct urne_view){NULL, 0};
		item->num_data++;
	}
}

enum urne_err
urne_log_next(struct urne_archive *a, struct urne_chain *chain, struct urne_log_item *item,
    bool *done, enum urne_log_fault *fault, struct urne_diag *d)
{
	struct urne_chain next = *chain;
	struct urne_record rec;
	enum urne_err e;

	memset(item, 0, sizeof(*item));
	*done = false;
	*fault = URNE_LOG_FAULT_NONE;
	e = read_records(a, item, &rec, done, fault, d);
	if (e != URNE_OK || *done) {
		*fault = e == URNE_OK ? URNE_LOG_FAULT_NONE : *fault;
		return e;
	}
	item->hash = rec.hash;
	item->end = urne_archive_position(a);
	*fault = URNE_LOG_FAULT_EVENT;
	if (rec.size > MAX_LINK) {
		return urne_fail(d, URNE_ERR_SYNTAX, "the event is too long");
	}
	e = urne_event_read(&item->event, d, rec.body);
	if (e != URNE_OK) {
		return e;
	}
	e = urne_chain_step(&next, d, &item->event, &item->hash);
	if (e != URNE_OK) {
		*fault = fault_of_chain(e);
		return e;
	}
	*fault = URNE_LOG_FAULT_RECORDS;
	e = check_item(a, item, d);
	if (e == URNE_OK) {
		*fault = URNE_LOG_FAULT_NONE;
		*chain = next;
	}
	return e;
}

static enum urne_err
hash_data(struct urne_hash hash[URNE_MAX_EVENT_DATA], struct urne_diag *d,
    const struct urne_view *data, size_t num_data)
{
	if (num_data > URNE_MAX_EVENT_DATA) {
		return urne_fail(d, URNE_ERR_MISMATCH, "more data records than any event has");
	}
	for (size_t i = 0; i < num_data; i++) {
		urne_sha256_of(&hash[i], data[i]);
	}
	return URNE_OK;
}

static struct urne_view
payload_of(const struct urne_view *data, size_t num_data)
{
	return num_data > 0 ? data[num_data - 1] : (struct urne_view){"", 0};
}

enum urne_err
urne_event_check(struct urne_hash hash[URNE_MAX_EVENT_DATA], struct urne_diag *d,
    enum urne_event_type type, const struct urne_view *data, size_t num_data)
{
	struct urne_event ev = {.type = type};
	enum urne_err e = hash_data(hash, d, data, num_data);

	if (e != URNE_OK) {
		return e;
	}
	if (num_data > 0) {
		ev.payload = hash[num_data - 1];
	}
	return check_data(d, &ev, hash, num_data, payload_of(data, num_data));
}

/* make is urne_event_make that also hands out the hashes of the data records. */
static enum urne_err
make(struct urne_buf *text, struct urne_chain *chain, struct urne_hash *event_hash,
    struct urne_hash hash[URNE_MAX_EVENT_DATA], struct urne_diag *d, enum urne_event_type type,
    const struct urne_view *data, size_t num_data)
{
	struct urne_event ev = {.type = type, .height = chain->num_events};
	struct urne_chain next = *chain;
	size_t start = text->len;
	enum urne_err e = hash_data(hash, d, data, num_data);

	memset(event_hash, 0, sizeof(*event_hash));
	if (e != URNE_OK) {
		return e;
	}
	ev.has_parent = chain->num_events > 0;
	ev.parent = chain->last;
	ev.has_payload = num_data > 0;
	if (num_data > 0) {
		ev.payload = hash[num_data - 1];
	}
	urne_event_write(text, &ev);
	e = urne_buf_error(text);
	if (e != URNE_OK) {
		return e;
	}
	urne_sha256_of(event_hash, (struct urne_view){text->data + start, text->len - start});
	e = urne_chain_step(&next, d, &ev, event_hash);
	if (e == URNE_OK) {
		e = check_data(d, &ev, hash, num_data, payload_of(data, num_data));
	}
	if (e == URNE_OK) {
		*chain = next;
	}
	return e;
}

enum urne_err
urne_event_make(struct urne_buf *text, struct urne_chain *chain, struct urne_hash *hash,
    struct urne_diag *d, enum urne_event_type type, const struct urne_view *data, size_t num_data)
{
	struct urne_hash of_data[URNE_MAX_EVENT_DATA];

	return make(text, chain, hash, of_data, d, type, data, num_data);
}

enum urne_err
urne_event_append(struct urne_buf *out, struct urne_chain *chain, struct urne_diag *d,
    enum urne_event_type type, const struct urne_view *data, size_t num_data, uint64_t timestamp)
{
	struct urne_hash hash[URNE_MAX_EVENT_DATA], event_hash;
	struct urne_chain next = *chain;
	struct urne_buf text;
	size_t i;
	enum urne_err e;

	urne_buf_init(&text, MAX_LINK);
	e = make(&text, &next, &event_hash, hash, d, type, data, num_data);
	if (e == URNE_OK) {
		for (i = 0; i < num_data; i++) {
			urne_record_put(out, &hash[i], URNE_RECORD_DATA, data[i], timestamp);
		}
		urne_record_put(
		    out, &event_hash, URNE_RECORD_EVENT, urne_buf_view(&text), timestamp);
		e = urne_buf_error(out);
	}
	if (e == URNE_OK) {
		*chain = next;
	}
	urne_buf_clear(&text);
	return e;
}
