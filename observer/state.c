/* SPDX-License-Identifier: EUPL-1.2 */
/* The state in a file: lines, each canonical, and their sum. What could be computed from the rest
 * is not written; what could contradict the rest is compared. Spec:
 * docs/observing.md#the-state-file */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/codec.h"
#include "bulletin/log/checkpoint.h"
#include "crypto/sha256.h"
#include "observer/observer.h"

#define FAMILY	   "urne-watch/"
#define FORMAT	   "urne-watch/2"
#define MAX_UUID   ((size_t)256)
#define MAX_KEY	   ((size_t)4096)
#define MAX_TALLY  URNE_MAX_BALLOT
#define MEMORY	   ((size_t)1 << 30)
#define FIRST_ROOM ((size_t)1024)
/* No list is longer than a log. */
#define MAX_BALLOTS ((size_t)URNE_MAX_CREDENTIALS * 64)

void
urne_observer_init(struct urne_observer *o, struct urne_pool *pool)
{
	static const size_t max[3] = {URNE_MAX_TEXT_FILE, URNE_MAX_TEXT_FILE, URNE_MAX_RECORD};

	*o = (struct urne_observer){.pool = pool};
	urne_buf_init(&o->uuid, MAX_UUID);
	urne_buf_init(&o->key_text, MAX_KEY);
	urne_buf_init(&o->note, URNE_NOTE_MAX);
	urne_buf_init(&o->tally_text, MAX_TALLY);
	urne_arena_init(&o->arena, MEMORY);
	for (size_t i = 0; i < 3; i++) {
		urne_buf_init(&o->texts[i], max[i]);
	}
}

void
urne_observer_clear(struct urne_observer *o)
{
	urne_credentials_free(o->credentials);
	o->credentials = NULL;
	free(o->ballots);
	free(o->last);
	o->ballots = NULL;
	o->last = NULL;
	urne_hash_index_clear(&o->seen);
	urne_buf_clear(&o->uuid);
	urne_buf_clear(&o->key_text);
	urne_buf_clear(&o->note);
	urne_buf_clear(&o->tally_text);
	urne_arena_clear(&o->arena);
	for (size_t i = 0; i < 3; i++) {
		urne_buf_clear(&o->texts[i]);
	}
}

enum urne_err
urne_observer_key(struct urne_observer *o, struct urne_diag *d, const struct urne_note_key *key)
{
	urne_buf_reset(&o->key_text);
	urne_note_key_write(&o->key_text, key);
	if (urne_buf_error(&o->key_text) != URNE_OK) {
		return urne_fail(d, urne_buf_error(&o->key_text), "the log's key is too long");
	}
	return urne_note_key_read(&o->key, d, urne_buf_view(&o->key_text));
}

enum urne_stage
urne_observer_stage(const uint64_t num_of[URNE_NUM_EVENT_TYPES])
{
	static const struct {
		enum urne_event_type type;
		enum urne_stage stage;
	} latest[] = {
	    {URNE_EVENT_RESULT, URNE_STAGE_DONE},
	    {URNE_EVENT_ENCRYPTED_TALLY, URNE_STAGE_DECRYPTING},
	    {URNE_EVENT_END_BALLOTS, URNE_STAGE_CLOSED},
	    {URNE_EVENT_SETUP, URNE_STAGE_OPEN},
	};

	for (size_t i = 0; i < sizeof(latest) / sizeof(latest[0]); i++) {
		if (num_of[latest[i].type] > 0) {
			return latest[i].stage;
		}
	}
	return URNE_STAGE_EMPTY;
}

/* --- the lines: one description reads and writes each --- */

static void
codec_buf(struct urne_codec *c, struct urne_buf *b)
{
	struct urne_view v = urne_buf_view(b);

	urne_codec_string(c, &v);
	if (c->reading && urne_codec_ok(c)) {
		urne_buf_put_view(b, v);
		if (urne_buf_error(b) != URNE_OK) {
			urne_codec_fail(c, urne_buf_error(b), "is too long");
		}
	}
}

static void
codec_tree(struct urne_codec *c, struct urne_merkle_tree *t)
{
	urne_codec_u64(c, &t->size, URNE_MERKLE_MAX_SIZE);
	urne_codec_field(c, "peaks");
	urne_codec_array(c);
	for (unsigned l = 0; l < URNE_MERKLE_MAX_LEVEL; l++) {
		if ((t->size >> l & 1) != 0) {
			urne_codec_item(c);
			urne_codec_hash_b64(c, &t->peak[l]);
		}
	}
	urne_codec_array_end(c);
}

static void
codec_setup(struct urne_codec *c, struct urne_setup_data *s)
{
	static const char *const names[] = {"election", "trustees", "credentials"};
	struct urne_hash *const hashes[] = {&s->election, &s->trustees, &s->credentials};

	urne_codec_object(c);
	for (size_t i = 0; i < 3; i++) {
		urne_codec_field(c, names[i]);
		urne_codec_hash_hex(c, hashes[i]);
	}
	s->has_certificate = urne_codec_optional(c, "certificate", s->has_certificate);
	if (s->has_certificate) {
		urne_codec_hash_hex(c, &s->certificate);
	}
	urne_codec_object_end(c);
}

static void
codec_head(struct urne_codec *c, struct urne_observer *o)
{
	urne_codec_object(c);
	urne_codec_field(c, "election");
	codec_buf(c, &o->uuid);
	urne_codec_field(c, "key");
	codec_buf(c, &o->key_text);
	urne_codec_field(c, "checkpoint");
	codec_buf(c, &o->note);
	urne_codec_field(c, "size");
	codec_tree(c, &o->tree);
	urne_codec_field(c, "last");
	urne_codec_hash_hex(c, &o->chain.last);
	urne_codec_field(c, "events");
	urne_codec_array(c);
	for (size_t i = 0; i < URNE_NUM_ELECTION_EVENT_TYPES; i++) {
		urne_codec_item(c);
		urne_codec_u64(c, &o->chain.num_of[i], URNE_MERKLE_MAX_SIZE);
	}
	urne_codec_array_end(c);
	urne_codec_field(c, "timestamp");
	urne_codec_u64(c, &o->timestamp, UINT64_MAX);
	urne_codec_field(c, "archive");
	urne_codec_u64(c, &o->archive_end, UINT64_MAX);
	urne_codec_field(c, "setup");
	codec_setup(c, &o->setup);
	urne_codec_object_end(c);
}

static bool
room_for_ballot(struct urne_observer *o)
{
	size_t more = o->cap_ballots == 0 ? FIRST_ROOM : 2 * o->cap_ballots;
	struct urne_observed_ballot *moved = o->ballots;

	if (o->num_ballots == o->cap_ballots) {
		moved = reallocarray(o->ballots, more, sizeof(*moved));
		o->cap_ballots = moved != NULL ? more : o->cap_ballots;
		o->ballots = moved != NULL ? moved : o->ballots;
	}
	return moved != NULL;
}

enum urne_err
urne_observer_put_ballot(struct urne_observer *o, const struct urne_hash *tracker, size_t member)
{
	if (!room_for_ballot(o)) {
		return URNE_ERR_MEMORY;
	}
	o->ballots[o->num_ballots++] = (struct urne_observed_ballot){*tracker, member};
	if (o->last != NULL) {
		o->last[member] = o->num_ballots;
	}
	return URNE_OK;
}

enum urne_err
urne_observer_note_ballot(struct urne_observer *o, const struct urne_hash *tracker, size_t member)
{
	size_t before = SIZE_MAX;

	if (urne_hash_index_add(&o->seen, &before, tracker, o->num_ballots) != URNE_OK) {
		return URNE_ERR_MEMORY;
	}
	return before != SIZE_MAX ? URNE_ERR_DUPLICATE
				  : urne_observer_put_ballot(o, tracker, member);
}

static void
codec_ballots(struct urne_codec *c, struct urne_observer *o)
{
	const size_t count = o->num_ballots;
	enum urne_err e;

	urne_codec_array(c);
	for (size_t i = 0; urne_codec_more(c, i, count, MAX_BALLOTS); i++) {
		struct urne_observed_ballot b = {.member = 0};

		if (!c->reading) {
			b = o->ballots[i];
		}
		urne_codec_array(c);
		urne_codec_item(c);
		urne_codec_size(c, &b.member, URNE_MAX_CREDENTIALS - 1);
		urne_codec_item(c);
		urne_codec_hash_b64(c, &b.tracker);
		urne_codec_array_end(c);
		e = c->reading && urne_codec_ok(c)
			? urne_observer_note_ballot(o, &b.tracker, b.member)
			: URNE_OK;
		if (e != URNE_OK) {
			urne_codec_fail(c, e, "ballot %zu: %s", i,
			    e == URNE_ERR_DUPLICATE ? "stands there twice" : "no memory");
		}
	}
	urne_codec_array_end(c);
}

static void
codec_shares(struct urne_codec *c, struct urne_observer *o)
{
	const size_t count = o->num_shares;
	size_t i;

	urne_codec_array(c);
	for (i = 0; urne_codec_more(c, i, count, URNE_MAX_TRUSTEES); i++) {
		urne_codec_array(c);
		urne_codec_item(c);
		urne_codec_u64(c, &o->shares[i].owner, URNE_MAX_TRUSTEES);
		urne_codec_item(c);
		urne_codec_hash_hex(c, &o->shares[i].object);
		urne_codec_array_end(c);
	}
	urne_codec_array_end(c);
	o->num_shares = i;
}

static void
codec_times(struct urne_codec *c, struct urne_observer *o)
{
	urne_codec_object(c);
	urne_codec_field(c, "answered");
	urne_codec_u64(c, &o->answered, INT64_MAX);
	urne_codec_field(c, "moved");
	urne_codec_u64(c, &o->moved, INT64_MAX);
	urne_codec_object_end(c);
}

/* In their order; the tally, which only the election gives a meaning, stands behind the first. */
static void (*const lines[])(struct urne_codec *c, struct urne_observer *o) = {
    codec_head, codec_ballots, codec_shares, codec_times};
#define NUM_LINES (sizeof(lines) / sizeof(lines[0]))

static void
put_tally(struct urne_buf *out, const struct urne_observer *o)
{
	if (o->has_setup) {
		urne_tally_write(out, &o->election, &o->tally);
	} else {
		urne_buf_put_view(out, urne_buf_view(&o->tally_text));
	}
	urne_buf_putc(out, '\n');
}

void
urne_observer_write(struct urne_buf *out, const struct urne_observer *o)
{
	struct urne_observer copy = *o; /* a codec that writes leaves it as it is */
	struct urne_codec c;
	struct urne_hash sum;
	size_t start = out->len;

	urne_buf_puts(out, FORMAT "\n");
	for (size_t i = 0; i < NUM_LINES; i++) {
		urne_codec_write(&c, out);
		lines[i](&c, &copy);
		urne_buf_putc(out, '\n');
		if (i == 0) {
			put_tally(out, o);
		}
	}
	if (urne_buf_error(out) == URNE_OK) {
		urne_sha256_of(&sum, (struct urne_view){out->data + start, out->len - start});
		urne_buf_put_hex(out, sum.b, sizeof(sum.b));
		urne_buf_putc(out, '\n');
	}
}

/* --- reading --- */

/* take_sum cuts the last line off, which must be the sum of those before. */
static enum urne_err
take_sum(struct urne_view *text, struct urne_diag *d)
{
	const size_t len = URNE_HASH_HEX_LEN + 1;
	struct urne_hash sum, written;
	struct urne_view first, rest = *text;

	if (!urne_view_starts(*text, FAMILY) || !urne_view_cut(&first, &rest, '\n')) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "is no state of \"urne watch\" or \"urne-verify --state\"; name another file");
	}
	if (!urne_view_is(first, FORMAT)) {
		return urne_fail(d, URNE_ERR_UNSUPPORTED,
		    "was written by another version of \"urne watch\" or \"urne-verify\"; go on "
		    "with that one, or begin anew with another file");
	}
	if (rest.len < len || rest.p[rest.len - 1] != '\n' ||
	    urne_hex_decode(written.b, sizeof(written.b),
		(struct urne_view){rest.p + rest.len - len, URNE_HASH_HEX_LEN}) != URNE_OK) {
		return urne_fail(
		    d, URNE_ERR_INCOMPLETE, "was cut short, take a copy of it or begin anew");
	}
	text->len -= len;
	urne_sha256_of(&sum, *text);
	if (!urne_hash_eq(&sum, &written)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "was changed: its sum is another one; take a copy of it or begin anew");
	}
	*text = (struct urne_view){rest.p, rest.len - len};
	return URNE_OK;
}

static enum urne_err
read_lines(struct urne_observer *o, struct urne_diag *d, struct urne_view rest)
{
	struct urne_view line;
	struct urne_codec c;
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < NUM_LINES; i++) {
		if (!urne_view_cut(&line, &rest, '\n')) {
			return urne_fail(d, URNE_ERR_INCOMPLETE, "has too few lines");
		}
		urne_codec_read(&c, line, &o->arena);
		lines[i](&c, o);
		e = urne_codec_end(&c, d);
		if (e == URNE_OK && i == 0) {
			if (!urne_view_cut(&line, &rest, '\n')) {
				return urne_fail(d, URNE_ERR_INCOMPLETE, "has too few lines");
			}
			urne_buf_put_view(&o->tally_text, line);
			e = urne_buf_error(&o->tally_text);
		}
	}
	if (e == URNE_OK && rest.len > 0) {
		e = urne_fail(d, URNE_ERR_SYNTAX, "has too many lines");
	}
	return e;
}

/* lawful: the numbers of events are some that the life cycle allows. */
static bool
lawful(const uint64_t n[URNE_NUM_EVENT_TYPES], uint64_t size)
{
	static const struct {
		enum urne_event_type type, needs;
	} once[] = {
	    {URNE_EVENT_END_BALLOTS, URNE_EVENT_SETUP},
	    {URNE_EVENT_ENCRYPTED_TALLY, URNE_EVENT_END_BALLOTS},
	    {URNE_EVENT_RESULT, URNE_EVENT_ENCRYPTED_TALLY},
	};
	uint64_t sum = n[URNE_EVENT_SETUP] + n[URNE_EVENT_END_BALLOTS] +
		       n[URNE_EVENT_ENCRYPTED_TALLY] + n[URNE_EVENT_RESULT];

	if (n[URNE_EVENT_SETUP] != (size > 0 ? 1u : 0u) || n[URNE_EVENT_SHUFFLE] != 0 ||
	    n[URNE_EVENT_END_SHUFFLES] != 0) {
		return false;
	}
	for (size_t i = 0; i < sizeof(once) / sizeof(once[0]); i++) {
		if (n[once[i].type] > n[once[i].needs]) {
			return false;
		}
	}
	/* each at most the size, which is an int64_t: no sum wraps */
	return n[URNE_EVENT_BALLOT] <= size && n[URNE_EVENT_PARTIAL_DECRYPTION] <= size &&
	       (n[URNE_EVENT_PARTIAL_DECRYPTION] == 0 || n[URNE_EVENT_ENCRYPTED_TALLY] > 0) &&
	       sum + n[URNE_EVENT_BALLOT] + n[URNE_EVENT_PARTIAL_DECRYPTION] == size;
}

/* read_key: whose log it is, when there was one; then it is that of this election. */
static enum urne_err
read_key(struct urne_observer *o, struct urne_diag *d)
{
	struct urne_view uuid = urne_buf_view(&o->uuid), name;
	enum urne_err e;

	if (o->key_text.len == 0) {
		return URNE_OK;
	}
	e = urne_note_key_read(&o->key, d, urne_buf_view(&o->key_text));
	if (e != URNE_OK || uuid.len == 0) {
		return e;
	}
	name = o->key.name;
	if (name.len <= uuid.len || name.p[name.len - uuid.len - 1] != '/' ||
	    memcmp(name.p + name.len - uuid.len, uuid.p, uuid.len) != 0) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "its election %.*s is not the one of its log %.*s, begin anew", (int)uuid.len,
		    uuid.p, (int)name.len, name.p);
	}
	return URNE_OK;
}

/* compare_checkpoint: the tree is, as far as it goes, the one that is signed. */
static enum urne_err
compare_checkpoint(struct urne_observer *o, struct urne_diag *d)
{
	struct urne_checkpoint c;
	struct urne_hash root;
	enum urne_err e;

	if (o->note.len == 0) {
		return URNE_OK;
	}
	if (o->key_text.len == 0) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "it has a checkpoint, and no key that signed it, begin anew");
	}
	e = urne_checkpoint_open(&c, &o->arena, d, urne_buf_view(&o->note), &o->key);
	if (e != URNE_OK) {
		urne_diag_within(d, "its checkpoint: ");
		return e;
	}
	urne_merkle_root(&o->tree, &root);
	if (o->tree.size > c.size || (o->tree.size == c.size && !urne_hash_eq(&root, &c.root))) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "its %" PRIu64 " entries are not those of its checkpoint", o->tree.size);
	}
	return URNE_OK;
}

enum urne_err
urne_observer_read(struct urne_observer *o, struct urne_diag *d, struct urne_view text)
{
	const uint64_t *n = o->chain.num_of;
	enum urne_err e = take_sum(&text, d);

	if (e == URNE_OK) {
		e = read_lines(o, d, text);
	}
	if (e == URNE_OK) {
		e = read_key(o, d);
	}
	if (e == URNE_OK) {
		e = compare_checkpoint(o, d);
	}
	if (e != URNE_OK) {
		return e;
	}
	if (!lawful(n, o->tree.size) || o->num_ballots != n[URNE_EVENT_BALLOT] ||
	    o->num_shares > n[URNE_EVENT_PARTIAL_DECRYPTION] ||
	    (o->tree.size == 0) != (o->tally_text.len == 0) ||
	    (o->tree.size == 0) != (o->uuid.len == 0)) {
		return urne_fail(
		    d, URNE_ERR_MISMATCH, "its parts do not agree with each other, begin anew");
	}
	o->chain.stage = urne_observer_stage(n);
	o->chain.num_events = o->tree.size;
	return URNE_OK;
}
