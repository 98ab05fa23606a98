/* SPDX-License-Identifier: EUPL-1.2 */
/* Each entry is taken apart once more, behind the step that judged it, and what documents say of it
 * is copied. */
#include "documents/proceedings.h"

#include <stdlib.h>

#include "base/limits.h"

/* As long as all notes and texts of a journal: orders of people. */
#define MAX_PROCEEDINGS ((size_t)1 << 30)
#define FIRST_ROOM	((size_t)64)

void
urne_proceedings_init(struct urne_proceedings *p)
{
	*p = (struct urne_proceedings){.items = NULL};
	urne_arena_init(&p->arena, MAX_PROCEEDINGS);
}

void
urne_proceedings_clear(struct urne_proceedings *p)
{
	free(p->items);
	urne_arena_clear(&p->arena);
	*p = (struct urne_proceedings){.items = NULL};
}

/* next makes room and returns an item that is not counted yet. */
static struct urne_proceeding *
next(struct urne_proceedings *p)
{
	if (p->num == p->cap) {
		size_t cap = p->cap > 0 ? 2 * p->cap : FIRST_ROOM;
		struct urne_proceeding *more = reallocarray(p->items, cap, sizeof(*more));

		if (more == NULL) {
			return NULL;
		}
		p->items = more;
		p->cap = cap;
	}
	p->items[p->num] = (struct urne_proceeding){.entry = 0};
	return &p->items[p->num];
}

/* --- orders --- */

/* Where the words, the moment and the hashes of an action stand among its values. */
static const struct {
	bool has_text, has_closes;
	size_t text, closes;
	size_t num_hashes, hashes[URNE_PROCEEDING_HASHES];
} places[URNE_NUM_ACTIONS] = {
    [URNE_ACTION_SEAL] = {.num_hashes = 1, .hashes = {URNE_SEAL_SETUP}},
    [URNE_ACTION_CHECKLIST] = {.num_hashes = 2,
	.hashes = {URNE_CHECKLIST_URN, URNE_CHECKLIST_SOFTWARE}},
    [URNE_ACTION_EXTEND] = {.has_text = true, .has_closes = true, .text = 1, .closes = 0},
    [URNE_ACTION_INCIDENT] = {.has_text = true, .text = 0},
    [URNE_ACTION_INTERVENTION] = {.has_text = true, .text = 0},
    [URNE_ACTION_REVOKE] = {.has_text = true, .text = 1},
    [URNE_ACTION_ENROL] = {.has_text = true, .text = 1},
};

/* The step has verified every line of the entry. */
static enum urne_err
copy_signers(struct urne_proceedings *p, struct urne_proceeding *item, const struct urne_note *note)
{
	struct urne_view *names = urne_arena_alloc(&p->arena, note->num_lines, sizeof(*names));
	enum urne_err e = names != NULL ? URNE_OK : URNE_ERR_MEMORY;

	for (size_t i = 0; e == URNE_OK && i < note->num_lines; i++) {
		e = urne_arena_copy(&p->arena, &names[item->num_signers++], note->lines[i].name);
	}
	item->signers = names;
	return e;
}

static enum urne_err
copy_order(struct urne_proceedings *p, struct urne_proceeding *item, const struct urne_order *o)
{
	bool there = false;
	enum urne_err e = urne_arena_copy(&p->arena, &item->election, o->election);

	item->is_order = true;
	item->action = o->action;
	if (places[o->action].has_closes) {
		item->closes = urne_order_time(o, places[o->action].closes, &there);
	}
	for (size_t i = 0; i < places[o->action].num_hashes; i++) {
		size_t at = places[o->action].hashes[i];

		item->hash_names[i] = urne_action_form(o->action)->argument[at].name;
		item->hashes[i] = urne_order_hash(o, at, &there);
		item->num_hashes++;
	}
	if (e == URNE_OK && places[o->action].has_text) {
		e = urne_arena_copy(&p->arena, &item->text, o->value[places[o->action].text]);
	}
	return e;
}

static enum urne_err
take_order(struct urne_proceedings *p, struct urne_proceeding *item, struct urne_diag *d,
    struct urne_view payload)
{
	struct urne_journal_order entry;
	struct urne_order order;
	struct urne_note note;
	struct urne_arena arena;
	enum urne_err e;

	urne_arena_init(&arena, URNE_MAX_SMALL_FILE);
	e = urne_journal_order_read(&entry, &arena, d, payload);
	if (e == URNE_OK) {
		e = urne_note_read(&note, &arena, d, entry.note);
	}
	if (e == URNE_OK) {
		e = urne_order_read(&order, d, note.text);
	}
	if (e == URNE_OK) {
		item->at = entry.at;
		e = copy_order(p, item, &order);
	}
	if (e == URNE_OK) {
		e = copy_signers(p, item, &note);
	}
	urne_arena_clear(&arena);
	return e;
}

/* --- both --- */

static enum urne_err
take_record(struct urne_proceedings *p, struct urne_proceeding *item, struct urne_diag *d,
    struct urne_view payload)
{
	enum urne_err e = urne_journal_record_read(&item->record, d, payload);

	if (e != URNE_OK) {
		return e;
	}
	item->at = item->record.at;
	e = urne_arena_copy(&p->arena, &item->election, item->record.election);
	item->record.election = item->election;
	return e;
}

enum urne_err
urne_proceedings_take(struct urne_proceedings *p, struct urne_diag *d, const struct urne_journal *j,
    enum urne_event_type type, const struct urne_hash *event, struct urne_view payload)
{
	struct urne_proceeding *item;
	enum urne_err e;

	if (type == URNE_EVENT_GENESIS) {
		return URNE_OK;
	}
	item = next(p);
	if (item == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the journal");
	}
	item->entry = urne_journal_size(j) - 1;
	item->event = *event;
	e = type == URNE_EVENT_ORDER ? take_order(p, item, d, payload)
				     : take_record(p, item, d, payload);
	if (e == URNE_ERR_MEMORY) {
		return urne_fail(d, e, "no memory for the journal");
	}
	p->num += e == URNE_OK ? 1 : 0;
	return e;
}

struct reading {
	struct urne_proceedings *said;
	struct urne_diag *diag;
};

static enum urne_err
take(void *ctx, const struct urne_journal *j, const struct urne_journal_line *line)
{
	const struct reading *r = ctx;

	return urne_proceedings_take(r->said, r->diag, j, line->type, &line->event, line->payload);
}

enum urne_err
urne_proceedings_read(struct urne_proceedings *p, struct urne_journal *j, struct urne_diag *d,
    struct urne_archive *a, uint64_t most)
{
	struct reading r = {p, d};
	struct urne_chain chain;

	return urne_journal_read(j, &chain, d, a, most, take, &r);
}

bool
urne_proceedings_about(const struct urne_proceeding *p, struct urne_view election)
{
	return p->election.len == 0 || urne_view_eq(p->election, election);
}
