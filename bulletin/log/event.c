/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSON of events and of the setup: one description each for reading and writing.
 * Spec: docs/formats.md#events-and-setup */
#include "bulletin/log/event.h"

#include "base/codec.h"

/* A height above this would take longer than the age of the universe to reach by writing. */
#define MAX_HEIGHT (UINT64_MAX / 2)
#define MAX_TYPE   ((size_t)32)

static const char *const type_names[URNE_NUM_EVENT_TYPES] = {
    [URNE_EVENT_SETUP] = "Setup",
    [URNE_EVENT_BALLOT] = "Ballot",
    [URNE_EVENT_END_BALLOTS] = "EndBallots",
    [URNE_EVENT_ENCRYPTED_TALLY] = "EncryptedTally",
    [URNE_EVENT_SHUFFLE] = "Shuffle",
    [URNE_EVENT_END_SHUFFLES] = "EndShuffles",
    [URNE_EVENT_PARTIAL_DECRYPTION] = "PartialDecryption",
    [URNE_EVENT_RESULT] = "Result",
    [URNE_EVENT_GENESIS] = "Genesis",
    [URNE_EVENT_ORDER] = "Order",
    [URNE_EVENT_RECORD] = "Record",
};

const char *
urne_event_type_name(enum urne_event_type t)
{
	return type_names[t];
}

static void
type_codec(struct urne_codec *c, enum urne_event_type *t)
{
	struct urne_view name = urne_view_of(type_names[*t]);
	size_t i;

	urne_codec_plain(c, &name, MAX_TYPE);
	for (i = 0; i < URNE_NUM_EVENT_TYPES; i++) {
		if (urne_view_is(name, type_names[i])) {
			*t = (enum urne_event_type)i;
			return;
		}
	}
	urne_codec_fail(c, URNE_ERR_SYNTAX, "no known type of event");
}

static void
event_codec(struct urne_codec *c, struct urne_event *e)
{
	urne_codec_object(c);
	e->has_parent = urne_codec_optional(c, "parent", e->has_parent);
	if (e->has_parent) {
		urne_codec_hash_hex(c, &e->parent);
	}
	urne_codec_field(c, "height");
	urne_codec_u64(c, &e->height, MAX_HEIGHT);
	urne_codec_field(c, "type");
	type_codec(c, &e->type);
	e->has_payload = urne_codec_optional(c, "payload", e->has_payload);
	if (e->has_payload) {
		urne_codec_hash_hex(c, &e->payload);
	}
	urne_codec_object_end(c);
}

enum urne_err
urne_event_read(struct urne_event *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_codec c;
	enum urne_err e;

	*out = (struct urne_event){.type = URNE_EVENT_SETUP};
	urne_codec_read(&c, text, NULL);
	event_codec(&c, out);
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		*out = (struct urne_event){.type = URNE_EVENT_SETUP};
	}
	return e;
}

void
urne_event_write(struct urne_buf *out, const struct urne_event *e)
{
	struct urne_codec c;
	struct urne_event copy = *e;

	urne_codec_write(&c, out);
	event_codec(&c, &copy);
}

static void
setup_codec(struct urne_codec *c, struct urne_setup_data *s)
{
	urne_codec_object(c);
	urne_codec_field(c, "election");
	urne_codec_hash_hex(c, &s->election);
	urne_codec_field(c, "trustees");
	urne_codec_hash_hex(c, &s->trustees);
	urne_codec_field(c, "credentials");
	urne_codec_hash_hex(c, &s->credentials);
	s->has_certificate = urne_codec_optional(c, "credentials_certificate", s->has_certificate);
	if (s->has_certificate) {
		urne_codec_hash_hex(c, &s->certificate);
	}
	urne_codec_object_end(c);
}

enum urne_err
urne_setup_data_read(struct urne_setup_data *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_codec c;
	enum urne_err e;

	*out = (struct urne_setup_data){.has_certificate = false};
	urne_codec_read(&c, text, NULL);
	setup_codec(&c, out);
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		*out = (struct urne_setup_data){.has_certificate = false};
	}
	return e;
}

void
urne_setup_data_write(struct urne_buf *out, const struct urne_setup_data *s)
{
	struct urne_codec c;
	struct urne_setup_data copy = *s;

	urne_codec_write(&c, out);
	setup_codec(&c, &copy);
}
