/* SPDX-License-Identifier: EUPL-1.2 */
/* A receipt is checked by somebody who has nothing but a key, so every step stands for itself: what
 * the board signed, about which election, and that this very event is in it. The steps are a table,
 * in the order of the page. Spec: docs/log.md#receipts */
#include "bulletin/log/receipt.h"

#include <inttypes.h>

#include "base/b64.h"
#include "base/codec.h"
#include "bulletin/log/tile.h"
#include "crypto/sha256.h"
#include "election/election.h"

#define VERSION "c2sp.org/tlog-proof@v1"
#define FORMAT	"\"urne-receipt/1\""
#define EXTRA	"extra "
#define INDEX	"index "
/* A tree of the largest size has a path of so many hashes. */
#define MAX_PATH ((size_t)URNE_MERKLE_MAX_LEVEL)

/* Proofs. */

static void
put_b64_line(struct urne_buf *out, const void *p, size_t len)
{
	urne_b64_put(out, p, len);
	urne_buf_putc(out, '\n');
}

void
urne_tlog_proof_write(struct urne_buf *out, const struct urne_tlog_proof *p)
{
	urne_buf_puts(out, VERSION "\n" EXTRA);
	put_b64_line(out, p->event.p, p->event.len);
	urne_buf_puts(out, INDEX);
	urne_buf_put_u64(out, p->index);
	urne_buf_putc(out, '\n');
	for (size_t i = 0; i < p->inclusion.num; i++) {
		put_b64_line(out, p->inclusion.hash[i].b, URNE_HASH_LEN);
	}
	urne_buf_putc(out, '\n');
	urne_buf_put_view(out, p->note);
}

/* take_field takes the line "NAME VALUE" off *text. */
static bool
take_field(struct urne_view *value, struct urne_view *text, const char *name)
{
	size_t len = urne_view_of(name).len;

	if (!urne_view_cut(value, text, '\n') || !urne_view_starts(*value, name)) {
		return false;
	}
	value->p += len;
	value->len -= len;
	return true;
}

/* read_event decodes the extra data. */
static enum urne_err
read_event(
    struct urne_view *out, struct urne_arena *arena, struct urne_diag *d, struct urne_view value)
{
	uint8_t *raw;
	size_t len = 0;

	if (value.len > URNE_B64_LEN(URNE_ENTRY_MAX)) {
		return urne_fail(d, URNE_ERR_LIMIT,
		    "the event in the proof is longer than the %zu bytes an entry can have",
		    URNE_ENTRY_MAX);
	}
	raw = urne_arena_alloc(arena, value.len + 1, 1);
	if (raw == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a proof");
	}
	if (urne_b64_decode(raw, &len, URNE_ENTRY_MAX, value) != URNE_OK || len == 0) {
		return urne_fail(d, URNE_ERR_SYNTAX, "the event in the proof is not in Base64");
	}
	*out = (struct urne_view){(const char *)raw, len};
	return URNE_OK;
}

/* read_path reads the hashes up to the empty line. */
static enum urne_err
read_path(struct urne_merkle_proof *out, struct urne_diag *d, struct urne_view *text)
{
	struct urne_view line;

	out->num = 0;
	for (;;) {
		size_t len = 0;

		if (!urne_view_cut(&line, text, '\n')) {
			return urne_fail(d, URNE_ERR_SYNTAX,
			    "the proof has no empty line behind its hashes; is it cut short");
		}
		if (line.len == 0) {
			return URNE_OK;
		}
		if (out->num == MAX_PATH) {
			return urne_fail(d, URNE_ERR_LIMIT,
			    "the proof has more than %zu hashes; no tree is that high", MAX_PATH);
		}
		if (urne_b64_decode(out->hash[out->num].b, &len, URNE_HASH_LEN, line) != URNE_OK ||
		    len != URNE_HASH_LEN) {
			return urne_fail(d, URNE_ERR_SYNTAX,
			    "hash %zu of the proof is not 44 characters of Base64", out->num + 1);
		}
		out->num++;
	}
}

enum urne_err
urne_tlog_proof_read(struct urne_tlog_proof *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text)
{
	struct urne_tlog_proof p = {.index = 0};
	struct urne_view value;
	enum urne_err e;

	*out = (struct urne_tlog_proof){.event = {"", 0}, .note = {"", 0}};
	if (!urne_view_cut(&value, &text, '\n') || !urne_view_is(value, VERSION)) {
		return urne_fail(d, URNE_ERR_SYNTAX, "a proof begins with the line " VERSION);
	}
	if (!take_field(&value, &text, EXTRA)) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line 2 of the proof is not \"extra\" and the event in Base64");
	}
	if ((e = read_event(&p.event, arena, d, value)) != URNE_OK) {
		return e;
	}
	if (!take_field(&value, &text, INDEX)) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "line 3 of the proof is not \"index\" and a number");
	}
	if ((e = urne_decimal_decode(&p.index, value, URNE_MERKLE_MAX_SIZE)) != URNE_OK) {
		return urne_fail(d, e,
		    "the index in the proof is not a number without sign and leading zeros that a "
		    "log can reach");
	}
	if ((e = read_path(&p.inclusion, d, &text)) != URNE_OK) {
		return e;
	}
	p.note = text;
	*out = p;
	return URNE_OK;
}

/* Documents. */

static void
receipt_codec(struct urne_codec *c, struct urne_receipt *r)
{
	urne_codec_object(c);
	urne_codec_field(c, "format");
	urne_codec_literal(c, FORMAT);
	urne_codec_field(c, "election");
	urne_codec_plain(c, &r->election, URNE_NOTE_MAX_NAME);
	if (urne_codec_ok(c) && !urne_uuid_check(r->election)) {
		urne_codec_fail(c, URNE_ERR_SYNTAX, "no UUID of an election");
	}
	urne_codec_field(c, "tracker");
	urne_codec_hash_b64(c, &r->tracker);
	urne_codec_field(c, "height");
	urne_codec_u64(c, &r->height, URNE_MERKLE_MAX_SIZE);
	r->has_replaced = urne_codec_optional(c, "replaces", r->has_replaced);
	if (r->has_replaced) {
		urne_codec_hash_b64(c, &r->replaces);
	}
	urne_codec_field(c, "proof");
	urne_codec_string(c, &r->proof);
	urne_codec_object_end(c);
}

void
urne_receipt_write(struct urne_buf *out, const struct urne_receipt *r)
{
	struct urne_receipt copy = *r;
	struct urne_codec c;
	enum urne_err e;

	urne_codec_write(&c, out);
	receipt_codec(&c, &copy);
	e = urne_codec_end(&c, NULL);
	out->err = out->err == URNE_OK ? e : out->err;
}

enum urne_err
urne_receipt_read(
    struct urne_receipt *out, struct urne_arena *arena, struct urne_diag *d, struct urne_view text)
{
	struct urne_codec c;
	enum urne_err e;

	*out = (struct urne_receipt){.election = {"", 0}, .proof = {"", 0}};
	urne_codec_read(&c, text, arena);
	receipt_codec(&c, out);
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		*out = (struct urne_receipt){.election = {"", 0}, .proof = {"", 0}};
		urne_diag_within(d, "the receipt: ");
	}
	return e;
}

/* The offline check, behind reading and the signature. */

static enum urne_err
check_origin(const struct urne_receipt_facts *f, struct urne_diag *d)
{
	struct urne_view origin = f->checkpoint.origin, word, uuid = origin;

	while (urne_view_cut(&word, &uuid, '/')) {
	}
	if (uuid.len == origin.len || !urne_view_eq(uuid, f->receipt.election)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the receipt is for election %.*s, and the board signed for the log %.*s",
		    (int)f->receipt.election.len, f->receipt.election.p, (int)origin.len, origin.p);
	}
	return URNE_OK;
}

static enum urne_err
check_event(const struct urne_receipt_facts *f, struct urne_diag *d)
{
	if (f->event.type != URNE_EVENT_BALLOT || !f->event.has_payload) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the event in the receipt is a %s, no Ballot",
		    f->event.type == URNE_EVENT_BALLOT ? "Ballot without payload"
						       : urne_event_type_name(f->event.type));
	}
	return URNE_OK;
}

static enum urne_err
check_height(const struct urne_receipt_facts *f, struct urne_diag *d)
{
	uint64_t height = f->event.height;

	if (height != f->proof.index) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the event has height %" PRIu64 " and stands at index %" PRIu64
		    " of the log: the board shows two orders",
		    height, f->proof.index);
	}
	if (height != f->receipt.height) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the receipt says height %" PRIu64 ", its event has %" PRIu64,
		    f->receipt.height, height);
	}
	if (height >= f->checkpoint.size) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "the event has height %" PRIu64 ", and the checkpoint covers %" PRIu64
		    " entries only",
		    height, f->checkpoint.size);
	}
	return URNE_OK;
}

static enum urne_err
check_payload(const struct urne_receipt_facts *f, struct urne_diag *d)
{
	if (!urne_hash_eq(&f->event.payload, &f->receipt.tracker)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the tracker of the receipt is not that of the ballot in its event");
	}
	return URNE_OK;
}

static enum urne_err
check_inclusion(const struct urne_receipt_facts *f, struct urne_diag *d)
{
	struct urne_hash leaf;
	enum urne_err e;

	urne_merkle_leaf(&leaf, f->proof.event);
	e = urne_merkle_verify_inclusion(
	    &f->proof.inclusion, &leaf, f->proof.index, f->checkpoint.size, &f->checkpoint.root);
	return e == URNE_OK ? URNE_OK
			    : urne_fail(d, e,
				  "the proof does not lead from the event to the root that the "
				  "board signed: the event is not in that log");
}

static enum urne_err (*const steps[])(const struct urne_receipt_facts *f, struct urne_diag *d) = {
    check_origin,
    check_event,
    check_height,
    check_payload,
    check_inclusion,
};
#define NUM_STEPS (sizeof(steps) / sizeof(steps[0]))

/* read_all: the forms, and the signature over the checkpoint. */
static enum urne_err
read_all(struct urne_receipt_facts *f, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text, const struct urne_note_key *key)
{
	enum urne_err e;

	if ((e = urne_receipt_read(&f->receipt, arena, d, text)) != URNE_OK ||
	    (e = urne_tlog_proof_read(&f->proof, arena, d, f->receipt.proof)) != URNE_OK ||
	    (e = urne_checkpoint_open(&f->checkpoint, arena, d, f->proof.note, key)) != URNE_OK) {
		return e;
	}
	e = urne_event_read(&f->event, d, f->proof.event);
	if (e != URNE_OK) {
		urne_diag_within(d, "the event in the proof: ");
	}
	return e;
}

enum urne_err
urne_receipt_verify(struct urne_receipt_facts *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text, const struct urne_note_key *key)
{
	struct urne_receipt_facts f = {.receipt = {.election = {"", 0}}};
	enum urne_err e = read_all(&f, arena, d, text, key);

	*out = (struct urne_receipt_facts){.receipt = {.election = {"", 0}}};
	for (size_t i = 0; i < NUM_STEPS && e == URNE_OK; i++) {
		e = steps[i](&f, d);
	}
	if (e == URNE_OK) {
		*out = f;
	}
	return e;
}
