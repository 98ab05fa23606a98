/* SPDX-License-Identifier: EUPL-1.2 */
/* One entry after the other: its form, its place in the chain and the life cycle, what it names,
 * what that must be; and last that the archive has the same. Only then it is taken. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "observer/step.h"

/* setup_data, a sized tally, an owned object: a few hashes each */
#define MAX_LINK  ((size_t)4096)
#define RUN_BYTES ((size_t)8 << 20)
#define MAX_RUN	  ((size_t)256)
#define NUM_TEXTS 3

/* --- what all steps share --- */

enum urne_err
urne_step_fetch(struct urne_step *s, struct urne_buf *out, const struct urne_hash *hash, bool keep)
{
	enum urne_err e = s->from->object(s->from->ctx, out, s->d, hash, keep);

	s->fault = e == URNE_OK ? s->fault : URNE_FAULT_SOURCE;
	return e;
}

enum urne_err
urne_step_archive(struct urne_step *s)
{
	struct urne_observer *o = s->o;
	struct urne_hash digest;
	enum urne_err e;

	urne_sha256_final(&s->part.digest, &digest);
	e = s->from->archive(s->from->ctx, s->d, o->archive_end, s->part.len, &digest);
	s->fault = e == URNE_OK ? s->fault : URNE_FAULT_SOURCE;
	return e;
}

enum urne_err
urne_step_blame(struct urne_step *s, enum urne_err e, enum urne_observer_fault fault)
{
	if (e != URNE_OK && s->fault == URNE_FAULT_NONE) {
		s->fault = urne_err_is_ours(e) ? URNE_FAULT_SOURCE : fault;
	}
	return e;
}

/* --- the Setup --- */

static void
forget_setup(struct urne_observer *o)
{
	urne_credentials_free(o->credentials);
	o->credentials = NULL;
	free(o->last);
	o->last = NULL;
	o->has_setup = false;
	if (o->tree.size == 0) {
		urne_buf_reset(&o->uuid);
	}
	urne_arena_reset(&o->arena);
	for (size_t i = 0; i < NUM_TEXTS; i++) {
		urne_buf_reset(&o->texts[i]);
	}
}

static enum urne_err
check_uuid(const struct urne_observer *o, struct urne_diag *d)
{
	struct urne_view name = o->key.name, uuid = o->election.uuid;

	if (name.len > uuid.len && name.p[name.len - uuid.len - 1] == '/' &&
	    urne_view_eq((struct urne_view){name.p + name.len - uuid.len, uuid.len}, uuid)) {
		return URNE_OK;
	}
	return urne_fail(d, URNE_ERR_MISMATCH, "it holds election %.*s, and the log is %.*s",
	    (int)uuid.len, uuid.p, (int)name.len, name.p);
}

static enum urne_err
read_setup(struct urne_observer *o, struct urne_diag *d)
{
	const struct urne_setup_texts texts = {
	    .election = urne_buf_view(&o->texts[0]),
	    .trustees = urne_buf_view(&o->texts[1]),
	    .credentials = urne_buf_view(&o->texts[2]),
	    /* behind a state that has entries: whoever wrote it had read this list */
	    .credentials_known = o->tree.size > 0,
	};
	enum urne_err e = urne_setup_read(
	    &o->election, &o->trustees, &o->credentials, &o->arena, d, &texts, o->pool);

	urne_buf_clear(&o->texts[2]); /* the list has its own copy */
	if (e == URNE_OK) {
		e = check_uuid(o, d);
	}
	if (e == URNE_OK && o->uuid.len == 0) {
		urne_buf_put_view(&o->uuid, o->election.uuid);
		if (urne_buf_error(&o->uuid) != URNE_OK) {
			return urne_fail(d, o->uuid.err, "the uuid is too long");
		}
	}
	if (e == URNE_OK && o->election.has_non_homomorphic) {
		return urne_fail(d, URNE_ERR_UNSUPPORTED,
		    "the election has a non-homomorphic question, whose count this version cannot "
		    "follow; \"urne-verify\" checks the rest of it");
	}
	if (e == URNE_OK) {
		o->last = calloc(urne_credentials_count(o->credentials) + 1, sizeof(*o->last));
		e = o->last != NULL ? urne_tally_init(&o->tally, &o->arena, &o->election)
				    : URNE_ERR_MEMORY;
		if (e != URNE_OK) {
			return urne_fail(d, e, "no memory for the election");
		}
	}
	return e;
}

/* restore: the parts of a state that mean something only with the election. */
static enum urne_err
restore(struct urne_observer *o, struct urne_diag *d)
{
	struct urne_view text;
	uint64_t weight = 0;
	size_t num = 0;
	enum urne_err e = urne_arena_copy(&o->arena, &text, urne_buf_view(&o->tally_text));

	if (e == URNE_OK) {
		e = urne_tally_read(&o->tally, &o->arena, d, &o->election, text);
	}
	for (size_t i = 0; e == URNE_OK && i < o->num_ballots; i++) {
		size_t member = o->ballots[i].member;

		if (member >= urne_credentials_count(o->credentials)) {
			return urne_fail(d, URNE_ERR_RANGE,
			    "it has a ballot of a member who is not on the list, begin anew");
		}
		num += o->last[member] == 0 ? 1 : 0;
		weight +=
		    o->last[member] == 0 ? urne_credentials_weight(o->credentials, member) : 0;
		o->last[member] = i + 1;
	}
	o->tally.num_tallied = num;
	o->tally.total_weight = weight;
	return e;
}

static enum urne_err
load_setup(struct urne_step *s)
{
	struct urne_observer *o = s->o;
	const struct urne_hash *const hashes[NUM_TEXTS] = {
	    &o->setup.election, &o->setup.trustees, &o->setup.credentials};
	enum urne_err e = URNE_OK;

	forget_setup(o);
	for (size_t i = 0; e == URNE_OK && i < NUM_TEXTS; i++) {
		e = urne_step_fetch(s, &o->texts[i], hashes[i], true);
	}
	if (e == URNE_OK) {
		e = read_setup(o, s->d);
	}
	if (e == URNE_OK && o->tally_text.len > 0) {
		e = restore(o, s->d);
	}
	o->has_setup = e == URNE_OK;
	if (e != URNE_OK) {
		forget_setup(o);
	}
	return e;
}

enum urne_err
urne_observer_setup(
    struct urne_observer *o, struct urne_diag *d, const struct urne_observer_source *from)
{
	struct urne_step s = {.o = o, .from = from, .d = d};

	return o->tree.size == 0 || o->has_setup ? URNE_OK : load_setup(&s);
}

/* --- events that are no ballots --- */

struct other {
	struct urne_buf data[URNE_MAX_EVENT_DATA]; /* what the payload names */
	size_t num;
	struct urne_buf payload;
};

static bool
is_kept(enum urne_event_type type)
{
	return type == URNE_EVENT_SETUP || type == URNE_EVENT_PARTIAL_DECRYPTION;
}

static enum urne_err
fetch_other(struct urne_step *s, struct other *t, const struct urne_event *event)
{
	struct urne_hash wanted[URNE_MAX_EVENT_DATA];
	enum urne_err e;

	if (!event->has_payload) {
		return URNE_OK;
	}
	e = urne_step_fetch(s, &t->payload, &event->payload, false);
	if (e == URNE_OK) {
		e = urne_step_blame(s,
		    urne_event_links(
			wanted, &t->num, s->d, event->type, urne_buf_view(&t->payload)),
		    URNE_FAULT_EVENT);
	}
	for (size_t i = 0; e == URNE_OK && i < t->num; i++) {
		e = urne_step_fetch(s, &t->data[i], &wanted[i], is_kept(event->type));
	}
	return e;
}

static void
put_other(struct urne_step *s, const struct other *t, const struct urne_step_entry *entry)
{
	urne_archive_part_init(&s->part, s->o->timestamp, entry->event.type == URNE_EVENT_SETUP);
	for (size_t i = 0; i < t->num; i++) {
		urne_archive_part_put(&s->part, URNE_RECORD_DATA, urne_buf_view(&t->data[i]));
	}
	if (entry->event.has_payload) {
		urne_archive_part_put(&s->part, URNE_RECORD_DATA, urne_buf_view(&t->payload));
	}
	urne_archive_part_put(&s->part, URNE_RECORD_EVENT, entry->text);
}

static enum urne_err
step_setup(struct urne_step *s, struct urne_view payload)
{
	enum urne_err e = urne_setup_data_read(&s->o->setup, s->d, payload);

	return urne_step_blame(s, e == URNE_OK ? load_setup(s) : e, URNE_FAULT_EVENT);
}

static enum urne_err
check_other(struct urne_step *s, struct other *t, enum urne_event_type type)
{
	struct urne_view object = urne_buf_view(&t->data[0]), payload = urne_buf_view(&t->payload);

	switch (type) {
	case URNE_EVENT_SETUP:
		return step_setup(s, payload);
	case URNE_EVENT_ENCRYPTED_TALLY:
		return urne_step_tally(s, object, payload);
	case URNE_EVENT_PARTIAL_DECRYPTION:
		return urne_step_share(s, object, payload);
	case URNE_EVENT_RESULT:
		return urne_step_result(s, payload);
	case URNE_EVENT_BALLOT:
	case URNE_EVENT_END_BALLOTS:
	case URNE_EVENT_SHUFFLE:
	case URNE_EVENT_END_SHUFFLES:
	case URNE_EVENT_GENESIS: /* of a journal; the chain lets none through */
	case URNE_EVENT_ORDER:
	case URNE_EVENT_RECORD:
		break;
	}
	return URNE_OK;
}

/* The archive is asked before anything is noted: what is checked last must not have to be undone.
 */
static enum urne_err
step_other(struct urne_step *s, const struct urne_step_entry *entry)
{
	struct other t = {.num = 0};
	enum urne_err e;

	urne_buf_init(&t.payload, MAX_LINK > URNE_MAX_BALLOT ? MAX_LINK : URNE_MAX_BALLOT);
	for (size_t i = 0; i < URNE_MAX_EVENT_DATA; i++) {
		urne_buf_init(&t.data[i], URNE_MAX_RECORD);
	}
	e = fetch_other(s, &t, &entry->event);
	if (e == URNE_OK) {
		put_other(s, &t, entry);
		e = urne_step_archive(s);
	}
	if (e == URNE_OK) {
		e = check_other(s, &t, entry->event.type);
	}
	urne_buf_clear(&t.payload);
	for (size_t i = 0; i < URNE_MAX_EVENT_DATA; i++) {
		urne_buf_clear(&t.data[i]);
	}
	return e;
}

/* --- entries --- */

/* read_entry reads an entry behind those of `chain`, which then has it. */
static enum urne_err
read_entry(struct urne_step_entry *out, struct urne_chain *chain, struct urne_diag *d,
    struct urne_view text)
{
	struct urne_hash hash;
	enum urne_err e = urne_event_read(&out->event, d, text);

	if (e == URNE_OK) {
		urne_sha256_of(&hash, text);
		e = urne_chain_step(chain, d, &out->event, &hash);
	}
	urne_merkle_leaf(&out->leaf, text);
	out->text = text;
	return e;
}

static bool
is_again(const struct urne_observer *o, const struct urne_step_entry *run, size_t num)
{
	const struct urne_hash *tracker = &run[num].event.payload;

	for (size_t i = 0; i < num; i++) {
		if (urne_hash_eq(&run[i].event.payload, tracker)) {
			return true;
		}
	}
	return urne_hash_index_find(&o->seen, tracker) != SIZE_MAX;
}

/* read_run reads as many entries as go together: ballots, or one event that is none. What is wrong
 * with an entry is an error only when nothing stands before it. */
static enum urne_err
read_run(const struct urne_step *s, struct urne_step_entry *run, size_t *num,
    const struct urne_view *entries, size_t num_entries)
{
	struct urne_chain chain = s->o->chain;
	struct urne_diag why = {{0}};
	enum urne_err e = URNE_OK;

	for (*num = 0; *num < num_entries && *num < MAX_RUN; ++*num) {
		struct urne_step_entry *entry = &run[*num];

		e = read_entry(entry, &chain, &why, entries[*num]);
		if (e == URNE_OK && entry->event.type == URNE_EVENT_BALLOT &&
		    is_again(s->o, run, *num)) {
			e = urne_fail(
			    &why, URNE_ERR_DUPLICATE, "the same ballot stands in the log already");
		}
		if (e != URNE_OK || entry->event.type != URNE_EVENT_BALLOT) {
			break;
		}
	}
	if (*num > 0) {
		return URNE_OK;
	}
	*num = e == URNE_OK ? 1 : 0;
	if (e != URNE_OK) {
		*s->d = why;
	}
	return e;
}

/* commit: the entries are known to be in the tree, verified, and noted. */
static enum urne_err
commit(struct urne_step *s, const struct urne_step_entry *run, size_t num)
{
	struct urne_observer *o = s->o;
	struct urne_step_entry again;
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < num; i++) {
		e = urne_merkle_append(&o->tree, &run[i].leaf, NULL, NULL);
		if (e == URNE_OK) {
			e = read_entry(&again, &o->chain, s->d, run[i].text);
		}
	}
	return e;
}

static enum urne_err
take_run(struct urne_step *s, const struct urne_step_entry *run, size_t *num)
{
	bool ballots = run[0].event.type == URNE_EVENT_BALLOT;
	size_t taken = *num;
	enum urne_err e, e2;

	e = ballots ? urne_step_ballots(s, &taken, run) : step_other(s, &run[0]);
	taken = e == URNE_OK || ballots ? taken : 0;
	if (taken > 0) {
		struct urne_diag why = *s->d;

		/* of a run that was cut short, the archive was asked for what is taken */
		s->o->archive_end += s->part.len;
		e2 = commit(s, run, taken);
		*s->d = e2 == URNE_OK ? why : *s->d;
		e = e2 == URNE_OK ? e : e2;
	}
	*num = taken;
	return e;
}

enum urne_err
urne_observer_take(struct urne_observer *o, enum urne_observer_fault *fault, struct urne_diag *d,
    const struct urne_observer_source *from, const struct urne_view *entries, size_t num,
    uint64_t floor)
{
	struct urne_step s = {.o = o, .from = from, .d = d, .floor = floor};
	struct urne_step_entry *run = calloc(MAX_RUN, sizeof(*run));
	size_t taken = 0;
	enum urne_err e = URNE_OK;

	*fault = URNE_FAULT_SOURCE;
	o->remark.text[0] = '\0';
	if (run == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the entries");
	}
	for (size_t at = 0; e == URNE_OK && at < num; at += taken) {
		e = read_run(&s, run, &taken, entries + at, num - at);
		e = e == URNE_OK ? take_run(&s, run, &taken)
				 : urne_step_blame(&s, e, URNE_FAULT_EVENT);
	}
	free(run);
	*fault = s.fault;
	return e;
}

size_t
urne_observer_bundle(const struct urne_observer *o)
{
	size_t len = RUN_BYTES;

	if (!o->has_setup || urne_ballot_max_len(&len, &o->election) != URNE_OK || len == 0 ||
	    len >= RUN_BYTES) {
		return 1;
	}
	return RUN_BYTES / len < MAX_RUN ? RUN_BYTES / len : MAX_RUN;
}
