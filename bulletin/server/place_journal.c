/* SPDX-License-Identifier: EUPL-1.2 */
/* The entries of the journal. What an order does is written before its entry: the chain of the
 * election may refuse it, and then nothing is written at all. */
#include "bulletin/server/place_journal.h"

#include "base/limits.h"
#include "bulletin/server/execute.h"
#include "bulletin/server/place.h"
#include "bulletin/server/waiting.h"

/* The parts of a note and the order in them, and of all notes that wait, twice, 5 KiB each: running
 * out of it would stop the board. */
#define ARENA ((size_t)4 << 20)

static enum urne_err
put_entry(struct urne_writer *w, struct urne_diag *d, enum urne_event_type type,
    const struct urne_view *data, size_t num)
{
	urne_writer_hold_journal(w);
	return urne_place_ours(urne_ledger_put(w->journal, &w->store, d, type, data, num));
}

/* --- records --- */

enum urne_err
urne_place_record(struct urne_writer *w, struct urne_diag *d, const struct urne_journal_record *r,
    struct urne_view object, int64_t now)
{
	struct urne_journal_record record = *r;
	struct urne_view data[2] = {object};
	size_t num = object.len > 0 ? 1 : 0;
	struct urne_buf text;
	enum urne_err e;

	record.at = urne_journal_clock(w->journal->journal, now);
	e = urne_journal_judge_record(w->journal->journal, d, &record);
	if (e != URNE_OK) {
		return urne_err_is_ours(e) ? e : URNE_ERR_ORDER;
	}
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_journal_record_write(&text, &record);
	e = urne_buf_error(&text) == URNE_OK
		? URNE_OK
		: urne_fail(d, URNE_ERR_MEMORY, "no memory for a record");
	data[num] = urne_buf_view(&text);
	if (e == URNE_OK) {
		e = put_entry(w, d, URNE_EVENT_RECORD, data, num + 1);
	}
	urne_buf_clear(&text);
	return e;
}

/* root_at: of the first `size` entries of a log. */
static enum urne_err
root_at(struct urne_writer *w, struct urne_hash *root, struct urne_diag *d,
    const struct urne_board_log *l, uint64_t size)
{
	struct urne_ledger_nodes nodes = {&w->store, l->id, d};
	struct urne_merkle_source source = urne_ledger_source(&nodes);
	struct urne_merkle_tree tree;
	enum urne_err e = urne_merkle_load(&tree, size, &source);

	if (e == URNE_OK) {
		urne_merkle_root(&tree, root);
	}
	return urne_place_ours(e);
}

static enum urne_err
note_size(void *ctx, const struct urne_entry_row *row)
{
	*(uint64_t *)ctx = row->index + 1;
	return URNE_OK;
}

/* size_behind: of the log up to and including its event of a type; 0 when there is none. */
static enum urne_err
size_behind(struct urne_writer *w, uint64_t *size, struct urne_diag *d,
    const struct urne_board_log *l, enum urne_event_type type)
{
	*size = 0;
	return urne_place_ours(urne_store_others(&w->store, d, l->id, type, note_size, size));
}

enum urne_err
urne_place_record_of(struct urne_writer *w, struct urne_submission *s, int64_t now)
{
	static const enum urne_event_type last[URNE_NUM_JOURNAL_KINDS] = {
	    [URNE_JOURNAL_OPENED] = URNE_EVENT_SETUP,
	    [URNE_JOURNAL_CLOSED] = URNE_EVENT_END_BALLOTS,
	    [URNE_JOURNAL_TALLIED] = URNE_EVENT_ENCRYPTED_TALLY,
	};
	struct urne_journal_record r = {.kind = s->record, .election = urne_view_of(s->log->uuid)};
	enum urne_err e = size_behind(w, &r.size, &s->diag, s->log, last[s->record]);

	s->height = w->journal->chain.num_events;
	if (e == URNE_OK && (r.size == 0 || r.size > s->log->published)) {
		return urne_fail(&s->diag, URNE_ERR_ORDER, "%s is not published yet",
		    urne_event_type_name(last[s->record]));
	}
	if (e == URNE_OK) {
		e = root_at(w, &r.hash, &s->diag, s->log, r.size);
	}
	return e == URNE_OK ? urne_place_record(w, &s->diag, &r, (struct urne_view){"", 0}, now)
			    : e;
}

enum urne_err
urne_place_may_close(
    const struct urne_writer *w, struct urne_diag *d, const struct urne_board_log *l, int64_t now)
{
	const struct urne_journal_record r = {.at = urne_journal_clock(w->journal->journal, now),
	    .kind = URNE_JOURNAL_CLOSED,
	    .election = urne_view_of(l->uuid),
	    .size = l->chain.num_events + 1};

	return urne_journal_judge_record(w->journal->journal, d, &r);
}

/* --- an order and its signatures --- */

struct ordering {
	struct urne_writer *w;
	struct urne_submission *s;
	struct urne_execution x;
	struct urne_arena arena;
	struct urne_order_signers signers;
	size_t needed;
	bool is_waiting;
	struct urne_buf waiting; /* the note that waits for more signatures */
	struct urne_buf note;	 /* all signatures that count */
};

/* judge judges a note by everything that the journal says now. */
static enum urne_err
judge(struct ordering *o, struct urne_view note)
{
	return urne_journal_judge(o->w->journal->journal, &o->x.order, &o->signers, &o->needed,
	    &o->arena, &o->s->diag, note, o->x.at);
}

/* key_of: the i-th key of those who could ever sign, and whether it counts no more; NULL behind the
 * last. */
static const struct urne_note_key *
key_of(const struct ordering *o, size_t i, bool *revoked)
{
	const struct urne_journal *j = o->w->journal->journal;
	size_t num = 0;
	const struct urne_official_key *officials = urne_journal_officials(j, &num);

	*revoked = i < num && officials[i].revoked;
	if (urne_action_form(o->x.order.action)->by_registrar) {
		*revoked = false;
		return i == 0 ? &urne_journal_genesis(j)->registrar : NULL;
	}
	return i < num ? &officials[i].key : NULL;
}

/* line_of: the line of a key in a note, or NULL. */
static const struct urne_note_line *
line_of(const struct urne_note *note, const struct urne_note_key *key)
{
	for (size_t i = 0; i < note->num_lines; i++) {
		if (note->lines[i].id == key->id && urne_view_eq(note->lines[i].name, key->name)) {
			return &note->lines[i];
		}
	}
	return NULL;
}

/* put_lines appends the lines of a note that count; it was judged, so they verify. One of an
 * official whose key was revoked while the order waited is left out, and the others still count. */
static void
put_lines(struct ordering *o, const struct urne_note *note)
{
	const struct urne_note_key *key;
	bool revoked;

	for (size_t i = 0; (key = key_of(o, i, &revoked)) != NULL; i++) {
		const struct urne_note_line *line = revoked ? NULL : line_of(note, key);

		if (line != NULL && line->signature.len == URNE_ED25519_SIG_LEN) {
			urne_note_line_write(&o->note, key, (const uint8_t *)line->signature.p);
		}
	}
}

/* gather puts the new signatures behind those that wait already. */
static enum urne_err
gather(struct ordering *o)
{
	struct urne_submission *s = o->s;
	struct urne_note new, old = {.num_lines = 0};
	enum urne_err e = urne_note_read(&new, &o->arena, &s->diag, urne_buf_view(&s->ballot));

	if (e != URNE_OK) {
		return e;
	}
	urne_order_text_hash(&s->order, new.text);
	e = urne_place_ours(
	    urne_store_waiting(&o->w->store, &o->waiting, &o->is_waiting, &s->diag, &s->order));
	if (e == URNE_OK && o->is_waiting) {
		e = urne_place_ours(
		    urne_note_read(&old, &o->arena, &s->diag, urne_buf_view(&o->waiting)));
	}
	if (e == URNE_OK) {
		e = urne_waiting_check_new(&s->diag, &old, &new);
	}
	urne_buf_put_view(&o->note, new.text);
	urne_buf_putc(&o->note, '\n');
	put_lines(o, &old);
	put_lines(o, &new);
	return e == URNE_OK && urne_buf_error(&o->note) != URNE_OK
		   ? urne_fail(&s->diag, URNE_ERR_MEMORY, "no memory for an order")
		   : e;
}

/* --- orders that wait --- */

struct tidying {
	struct ordering *o;
	struct urne_hash old[URNE_MAX_WAITING];
	const struct urne_note_key *alone; /* who has signed the new one, when it is one official */
	size_t num, num_old, num_alone;
};

/* only_signer: the one official whose signature the order has so far, or NULL. */
static const struct urne_note_key *
only_signer(const struct ordering *o)
{
	const struct urne_note_key *key = NULL;
	bool revoked;

	for (size_t i = 0; o->signers.num == 1 && i < URNE_MAX_OFFICIALS; i++) {
		key = o->signers.signed_by[i] ? key_of(o, i, &revoked) : key;
	}
	return key;
}

static enum urne_err
look_for_old(void *ctx, const struct urne_hash *order, struct urne_view text)
{
	struct tidying *t = ctx;
	struct urne_note note;
	struct urne_order read;
	struct urne_diag *d = &t->o->s->diag;
	enum urne_err e = urne_note_read(&note, &t->o->arena, d, text);

	e = e == URNE_OK ? urne_order_read(&read, d, note.text) : e;
	if (e != URNE_OK) {
		return urne_place_ours(e);
	}
	t->num++;
	if (read.issued < t->o->x.at - URNE_ORDER_SECONDS && t->num_old < URNE_MAX_WAITING) {
		t->old[t->num_old++] = *order;
	} else if (t->alone != NULL && note.num_lines == 1 && line_of(&note, t->alone) != NULL) {
		t->num_alone++;
	}
	return URNE_OK;
}

/* make_room drops those that are too old to be executed ever, and counts the others. */
static enum urne_err
make_room(struct ordering *o)
{
	struct tidying t = {.o = o, .alone = only_signer(o)};
	struct urne_submission *s = o->s;
	enum urne_err e =
	    urne_place_ours(urne_store_waitings(&o->w->store, &s->diag, look_for_old, &t));

	for (size_t i = 0; e == URNE_OK && i < t.num_old; i++) {
		e = urne_place_ours(urne_store_drop_waiting(&o->w->store, &s->diag, &t.old[i]));
	}
	if (e == URNE_OK && t.num - t.num_old >= URNE_MAX_WAITING) {
		s->retry_after = URNE_WAITING_RETRY;
		e = urne_fail(&s->diag, URNE_ERR_LIMIT,
		    "%zu orders wait for signatures already; sign those that are there first, or "
		    "send this one with all its signatures",
		    URNE_MAX_WAITING);
	} else if (e == URNE_OK && t.num_alone >= URNE_MAX_WAITING_ALONE) {
		s->retry_after = URNE_WAITING_RETRY;
		e = urne_fail(&s->diag, URNE_ERR_LIMIT,
		    "%zu orders wait that %.*s alone has signed; have others sign them, or send "
		    "this "
		    "one with all its signatures",
		    t.num_alone, (int)t.alone->name.len, t.alone->name.p);
	}
	return e;
}

static enum urne_err
keep(struct ordering *o)
{
	enum urne_err e = o->is_waiting ? URNE_OK : make_room(o);

	return e == URNE_OK ? urne_place_ours(urne_store_put_waiting(
				  &o->w->store, &o->s->diag, &o->s->order, urne_buf_view(&o->note)))
			    : e;
}

/* --- executing --- */

static enum urne_err
put_order(struct ordering *o)
{
	struct urne_journal_order order = {o->x.at, urne_buf_view(&o->note)};
	struct urne_diag *d = &o->s->diag;
	struct urne_buf text;
	struct urne_view payload;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_journal_order_write(&text, &order);
	payload = urne_buf_view(&text);
	e = urne_buf_error(&text) == URNE_OK
		? URNE_OK
		: urne_fail(d, URNE_ERR_MEMORY, "no memory for an order");
	if (e == URNE_OK) {
		e = put_entry(o->w, d, URNE_EVENT_ORDER, &payload, 1);
	}
	urne_buf_clear(&text);
	return e;
}

/* open: at once when its time has come; otherwise the clerk does it at the hour. */
static enum urne_err
record_opened(struct ordering *o)
{
	struct urne_journal_record r = {
	    .kind = URNE_JOURNAL_OPENED, .election = o->x.order.election, .size = 1};
	struct urne_diag *d = &o->s->diag, early = {{0}};
	const struct urne_board_log *l = urne_registry_find(o->w->registry, r.election);
	enum urne_err e;

	if (o->x.order.action != URNE_ACTION_OPEN) {
		return URNE_OK;
	}
	e = l != NULL ? root_at(o->w, &r.hash, d, l, r.size) : urne_place_ours(URNE_ERR_UNKNOWN);
	if (e == URNE_OK) {
		e = urne_place_record(o->w, &early, &r, (struct urne_view){"", 0}, o->x.at);
		*d = e == URNE_OK || e == URNE_ERR_ORDER ? *d : early;
	}
	return e == URNE_ERR_ORDER ? URNE_OK : e;
}

static enum urne_err
execute(struct ordering *o)
{
	enum urne_err e = urne_execute(&o->x);

	o->s->height = o->w->journal->chain.num_events;
	if (e == URNE_OK) {
		e = put_order(o);
	}
	if (e == URNE_OK) {
		e = record_opened(o);
	}
	if (e == URNE_OK && o->x.order.action == URNE_ACTION_REVOKE) {
		e = urne_place_ours(urne_waiting_revoke(
		    &o->w->store, &o->arena, &o->s->diag, o->x.order.value[URNE_REVOKE_OFFICIAL]));
	}
	return e == URNE_OK ? urne_place_ours(
				  urne_store_drop_waiting(&o->w->store, &o->s->diag, &o->s->order))
			    : e;
}

static enum urne_err
place(struct ordering *o)
{
	struct urne_submission *s = o->s;
	enum urne_err e = judge(o, urne_buf_view(&s->ballot));

	if (e == URNE_OK) {
		e = gather(o);
	}
	if (e == URNE_OK) {
		e = judge(o, urne_buf_view(&o->note));
	}
	if (e == URNE_OK) {
		e = urne_execute_check(&o->x);
	}
	if (e == URNE_OK) {
		s->num_signed = o->signers.num;
		s->num_needed = o->needed > o->signers.num ? o->needed - o->signers.num : 0;
		e = s->num_needed > 0 ? keep(o) : execute(o);
	}
	return e;
}

enum urne_err
urne_place_order(struct urne_writer *w, struct urne_submission *s, int64_t now)
{
	struct ordering o = {.w = w, .s = s};
	enum urne_err e;

	o.x = (struct urne_execution){
	    .w = w, .s = s, .at = urne_journal_clock(w->journal->journal, now)};
	urne_arena_init(&o.arena, ARENA);
	urne_buf_init(&o.waiting, URNE_NOTE_MAX);
	urne_buf_init(&o.note, URNE_NOTE_MAX);
	e = place(&o);
	urne_buf_clear(&o.note);
	urne_buf_clear(&o.waiting);
	urne_arena_clear(&o.arena);
	return e;
}
