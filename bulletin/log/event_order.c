/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders: four lines, and enough officials under them. Whoever signs an order signs for one log,
 * one event and one payload, so that nobody can use it for another. Spec: docs/log.md#orders */
#include "bulletin/log/event_order.h"

#define FORMAT "urne-order/1"

void
urne_event_order_write(struct urne_buf *out, const struct urne_event_order *o)
{
	urne_buf_puts(out, FORMAT "\n");
	urne_buf_put_view(out, o->origin);
	urne_buf_putc(out, '\n');
	urne_buf_puts(out, urne_event_type_name(o->type));
	urne_buf_putc(out, '\n');
	if (o->has_payload) {
		urne_buf_put_hex(out, o->payload.b, URNE_HASH_LEN);
	} else {
		urne_buf_putc(out, '-');
	}
	urne_buf_putc(out, '\n');
}

static enum urne_err
read_type(enum urne_event_type *out, struct urne_diag *d, struct urne_view line)
{
	for (size_t i = 0; i < URNE_NUM_EVENT_TYPES; i++) {
		*out = (enum urne_event_type)i;
		if (urne_view_is(line, urne_event_type_name(*out)) && *out != URNE_EVENT_BALLOT) {
			return URNE_OK;
		}
	}
	return urne_fail(d, URNE_ERR_SYNTAX,
	    "line 3 of the order is not a kind of event that officials order: Setup, EndBallots, "
	    "EncryptedTally, Shuffle, EndShuffles, PartialDecryption or Result");
}

static enum urne_err
read_payload(struct urne_event_order *out, struct urne_diag *d, struct urne_view line)
{
	out->has_payload = !urne_view_is(line, "-");
	if (out->has_payload && urne_hex_decode(out->payload.b, URNE_HASH_LEN, line) != URNE_OK) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line 4 of the order is neither a hash of 64 lower-case hex digits nor \"-\"");
	}
	if (out->has_payload != urne_event_has_payload(out->type)) {
		return urne_fail(d, URNE_ERR_SYNTAX, "line 4 of the order: %s %s",
		    urne_event_type_name(out->type),
		    out->has_payload ? "has no payload, write \"-\""
				     : "has a payload, write its hash");
	}
	return URNE_OK;
}

enum urne_err
urne_event_order_read(struct urne_event_order *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_event_order o = {.type = URNE_EVENT_SETUP};
	struct urne_view format, type, payload;
	enum urne_err e;

	*out = (struct urne_event_order){.origin = {"", 0}};
	if (!urne_view_cut(&format, &text, '\n') || !urne_view_is(format, FORMAT)) {
		return urne_fail(d, URNE_ERR_SYNTAX, "an order begins with the line " FORMAT);
	}
	if (!urne_view_cut(&o.origin, &text, '\n') || !urne_view_cut(&type, &text, '\n') ||
	    !urne_view_cut(&payload, &text, '\n') || text.len > 0) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "an order has four lines, " FORMAT ", log, event and payload, and no other");
	}
	if ((e = urne_note_name_check(d, o.origin)) != URNE_OK) {
		urne_diag_within(d, "line 2 of the order, the log: ");
		return e;
	}
	if ((e = read_type(&o.type, d, type)) != URNE_OK ||
	    (e = read_payload(&o, d, payload)) != URNE_OK) {
		return e;
	}
	*out = o;
	return URNE_OK;
}

/* Two names with one key would be one person who counts twice. */
static enum urne_err
check_officials(struct urne_diag *d, const struct urne_note_key *officials, size_t num_officials)
{
	for (size_t i = 0; i < num_officials; i++) {
		for (size_t j = 0; j < i; j++) {
			struct urne_view a = {(const char *)officials[i].key, URNE_ED25519_KEY_LEN};
			struct urne_view b = {(const char *)officials[j].key, URNE_ED25519_KEY_LEN};

			if (urne_view_eq(a, b)) {
				return urne_fail(d, URNE_ERR_DUPLICATE,
				    "the officials %.*s and %.*s have the same key",
				    (int)officials[j].name.len, officials[j].name.p,
				    (int)officials[i].name.len, officials[i].name.p);
			}
		}
	}
	return URNE_OK;
}

/* count sets *num to the officials whose lines verify. */
static enum urne_err
count(size_t *num, struct urne_diag *d, const struct urne_note *n,
    const struct urne_note_key *officials, size_t num_officials)
{
	*num = 0;
	for (size_t i = 0; i < num_officials; i++) {
		enum urne_err e = urne_note_verify(d, n, &officials[i]);

		if (e == URNE_OK) {
			(*num)++;
		} else if (e != URNE_ERR_UNKNOWN) {
			urne_diag_within(d, "the order: ");
			return e;
		}
	}
	return URNE_OK;
}

enum urne_err
urne_event_order_check(struct urne_event_order *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view note, const struct urne_note_key *officials, size_t num_officials,
    size_t agree)
{
	struct urne_event_order o;
	struct urne_note n;
	size_t num = 0;
	enum urne_err e;

	*out = (struct urne_event_order){.origin = {"", 0}};
	if (agree == 0) {
		return urne_fail(d, URNE_ERR_RANGE, "an order needs one official at least");
	}
	if ((e = check_officials(d, officials, num_officials)) != URNE_OK ||
	    (e = urne_note_read(&n, arena, d, note)) != URNE_OK ||
	    (e = urne_event_order_read(&o, d, n.text)) != URNE_OK ||
	    (e = count(&num, d, &n, officials, num_officials)) != URNE_OK) {
		return e;
	}
	if (num < agree) {
		return urne_fail(d, URNE_ERR_INCOMPLETE,
		    "the order has %zu signatures of officials and needs %zu: %zu missing", num,
		    agree, agree - num);
	}
	*out = o;
	return URNE_OK;
}
