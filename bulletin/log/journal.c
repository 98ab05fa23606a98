/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal as a state that entries step. A step judges first; then it changes copies, and only
 * when everything that can fail is behind it they take the place of what was there.
 * Spec: docs/journal.md#what-may-follow-what */
#include "bulletin/log/journal.h"

#include <inttypes.h>
#include <stdlib.h>

#include "bulletin/log/journal_state.h"

/* What a million entries keep: some hundred bytes for each election, official and trustee. */
#define MAX_MEMORY ((size_t)1 << 30)
/* An entry's note is taken apart beside its payload. */
#define MAX_SCRATCH ((size_t)1 << 20)

static enum urne_err
no_memory(struct urne_diag *d)
{
	return urne_fail(d, URNE_ERR_MEMORY, "no memory for the journal");
}

enum urne_err
urne_journal_new(struct urne_journal **out, struct urne_diag *d)
{
	*out = calloc(1, sizeof(**out));
	if (*out == NULL) {
		return no_memory(d);
	}
	urne_arena_init(&(*out)->arena, MAX_MEMORY);
	return URNE_OK;
}

void
urne_journal_free(struct urne_journal *j)
{
	if (j != NULL) {
		urne_hash_index_clear(&j->executed);
		urne_arena_clear(&j->arena);
		free(j);
	}
}

enum urne_err
urne_journal_copy_key(struct urne_note_key *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_note_key *key)
{
	*out = *key;
	return urne_arena_copy(arena, &out->name, key->name) == URNE_OK ? URNE_OK : no_memory(d);
}

/* --- the first entry --- */

static enum urne_err
copy_genesis(struct urne_journal *j, struct urne_genesis *out, struct urne_view *origin,
    struct urne_diag *d, const struct urne_genesis *g)
{
	struct urne_buf text;
	enum urne_err e = URNE_OK;

	*out = *g;
	urne_buf_init(&text, URNE_NOTE_MAX_NAME);
	urne_buf_put_view(&text, g->service);
	urne_buf_puts(&text, "/" URNE_JOURNAL_NAME);
	if (urne_buf_error(&text) != URNE_OK ||
	    urne_arena_copy(&j->arena, origin, urne_buf_view(&text)) != URNE_OK ||
	    urne_arena_copy(&j->arena, &out->name, g->name) != URNE_OK ||
	    urne_arena_copy(&j->arena, &out->service, g->service) != URNE_OK) {
		e = no_memory(d);
	}
	urne_buf_clear(&text);
	for (size_t i = 0; e == URNE_OK && i < g->num_officials; i++) {
		e = urne_journal_copy_key(&out->officials[i], &j->arena, d, &g->officials[i]);
	}
	if (e == URNE_OK && g->has_registrar) {
		e = urne_journal_copy_key(&out->registrar, &j->arena, d, &g->registrar);
	}
	return e;
}

static enum urne_err
step_genesis(struct urne_journal *j, struct urne_arena *scratch, struct urne_diag *d,
    struct urne_view payload)
{
	struct urne_genesis g, kept;
	struct urne_view origin;
	enum urne_err e = urne_genesis_read(&g, scratch, d, payload);

	if (e != URNE_OK) {
		return e;
	}
	if (j->size > 0) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "a journal has one genesis, as its first entry, and this one has it already");
	}
	if ((e = copy_genesis(j, &kept, &origin, d, &g)) != URNE_OK) {
		return e;
	}
	j->genesis = kept;
	j->origin = origin;
	for (size_t i = 0; i < kept.num_officials; i++) {
		j->head.officials[i] = (struct urne_official_key){.key = kept.officials[i]};
	}
	j->head.num_officials = kept.num_officials;
	j->size = 1;
	j->last_at = kept.at;
	return URNE_OK;
}

/* --- the others --- */

static struct urne_journal_election *
node_of(const struct urne_journal *j, struct urne_view uuid)
{
	struct urne_journal_election *e = j->first;

	while (e != NULL && !urne_view_eq(e->uuid, uuid)) {
		e = e->next;
	}
	return e;
}

/* begin makes the copies that an entry changes. *node is where the election's goes: a new one, not
 * in the list yet, for one that the journal did not know; NULL when it is about none. */
static enum urne_err
begin(struct urne_journal_change *c, struct urne_journal_election **node, struct urne_journal *j,
    struct urne_diag *d, struct urne_view uuid)
{
	*c = (struct urne_journal_change){.head = j->head};
	*node = NULL;
	if (uuid.len == 0) {
		return URNE_OK;
	}
	*node = node_of(j, uuid);
	if (*node == NULL) {
		*node = urne_arena_alloc(&j->arena, 1, sizeof(**node));
		if (*node == NULL || urne_arena_copy(&j->arena, &(*node)->uuid, uuid) != URNE_OK) {
			return no_memory(d);
		}
	}
	c->election = **node;
	return URNE_OK;
}

static void
commit(struct urne_journal *j, const struct urne_journal_change *c,
    struct urne_journal_election *node, int64_t at)
{
	bool known = node == NULL || node_of(j, node->uuid) != NULL;

	if (node != NULL) {
		*node = c->election;
	}
	if (!known && j->last != NULL) {
		j->last->next = node;
	}
	if (!known) {
		j->first = j->first != NULL ? j->first : node;
		j->last = node;
	}
	j->head = c->head;
	j->size++;
	j->last_at = at;
}

/* An entry has the lines it was executed on and no others: nobody verifies another one, and whoever
 * reads the entry would take it for a signature. */
static enum urne_err
check_lines(
    struct urne_diag *d, const struct urne_note *note, const struct urne_order_signers *signers)
{
	return note->num_lines == signers->num
		   ? URNE_OK
		   : urne_fail(d, URNE_ERR_MISMATCH,
			 "the order has %zu signature lines and was executed on %zu; an entry has "
			 "those that count and no others",
			 note->num_lines, signers->num);
}

static enum urne_err
step_order(struct urne_journal *j, struct urne_arena *scratch, struct urne_diag *d,
    struct urne_view payload)
{
	struct urne_journal_order entry;
	struct urne_order_signers signers;
	struct urne_journal_change c;
	struct urne_journal_election *node;
	struct urne_order o;
	struct urne_note note;
	struct urne_hash hash;
	size_t needed, before;
	enum urne_err e;

	if ((e = urne_journal_order_read(&entry, scratch, d, payload)) != URNE_OK ||
	    (e = urne_journal_judge(j, &o, &signers, &needed, scratch, d, entry.note, entry.at)) !=
		URNE_OK ||
	    (e = urne_journal_signatures(d, &signers, needed)) != URNE_OK ||
	    (e = urne_note_read(&note, scratch, d, entry.note)) != URNE_OK ||
	    (e = check_lines(d, &note, &signers)) != URNE_OK ||
	    (e = begin(&c, &node, j, d, o.election)) != URNE_OK ||
	    (e = urne_journal_order_apply(&c, &j->arena, d, &o)) != URNE_OK) {
		return e;
	}
	urne_order_text_hash(&hash, note.text);
	if (urne_hash_index_add(&j->executed, &before, &hash, (size_t)j->size) != URNE_OK) {
		return no_memory(d);
	}
	commit(j, &c, node, entry.at);
	return URNE_OK;
}

static enum urne_err
step_record(struct urne_journal *j, struct urne_arena *scratch, struct urne_diag *d,
    struct urne_view payload)
{
	struct urne_journal_record r;
	struct urne_journal_change c;
	struct urne_journal_election *node;
	enum urne_err e;

	(void)scratch;
	if ((e = urne_journal_record_read(&r, d, payload)) != URNE_OK ||
	    (e = urne_journal_judge_record(j, d, &r)) != URNE_OK ||
	    (e = begin(&c, &node, j, d, r.election)) != URNE_OK ||
	    (e = urne_journal_record_apply(&c, &j->arena, d, &r)) != URNE_OK) {
		return e;
	}
	commit(j, &c, node, r.at);
	return URNE_OK;
}

/* What takes an entry of this type; NULL: it belongs into an election. */
static enum urne_err (*const steps[URNE_NUM_EVENT_TYPES])(struct urne_journal *j,
    struct urne_arena *scratch, struct urne_diag *d, struct urne_view payload) = {
    [URNE_EVENT_GENESIS] = step_genesis,
    [URNE_EVENT_ORDER] = step_order,
    [URNE_EVENT_RECORD] = step_record,
};

enum urne_err
urne_journal_step(struct urne_journal *j, struct urne_diag *d, enum urne_event_type type,
    struct urne_view payload)
{
	struct urne_arena scratch;
	enum urne_err e;

	if (steps[type] == NULL) {
		return urne_fail(d, URNE_ERR_ORDER, "%s belongs into the log of an election",
		    urne_event_type_name(type));
	}
	urne_arena_init(&scratch, MAX_SCRATCH);
	e = steps[type](j, &scratch, d, payload);
	urne_arena_clear(&scratch);
	return e;
}

/* --- a whole archive --- */

/* A journal that is read from an archive. */
struct reading {
	struct urne_journal *journal;
	struct urne_archive *archive;
	struct urne_diag *diag;
	urne_journal_visit visit;
	void *ctx;
};

static enum urne_err
step_item(const struct reading *r, const struct urne_log_item *item)
{
	struct urne_journal_line line = {
	    .height = item->event.height, .type = item->event.type, .event = item->hash};
	struct urne_buf payload;
	enum urne_err e;

	/* the chain lets no entry of a journal be without payload, and it is the last of its data
	 */
	urne_buf_init(&payload, URNE_JOURNAL_MAX_PAYLOAD);
	e = urne_archive_load(r->archive, &payload, r->diag, &item->data[item->num_data - 1]);
	line.payload = urne_buf_view(&payload);
	if (e == URNE_OK) {
		e = urne_journal_step(r->journal, r->diag, line.type, line.payload);
	}
	if (e == URNE_OK && r->visit != NULL) {
		e = r->visit(r->ctx, r->journal, &line);
	}
	urne_buf_clear(&payload);
	return e;
}

enum urne_err
urne_journal_read(struct urne_journal *j, struct urne_chain *chain, struct urne_diag *d,
    struct urne_archive *a, uint64_t most, urne_journal_visit visit, void *ctx)
{
	const struct reading r = {j, a, d, visit, ctx};
	struct urne_chain next = {.is_journal = true};
	struct urne_log_item item;
	enum urne_log_fault fault;
	bool done = false;
	enum urne_err e;

	*chain = next;
	while (chain->num_events < most) {
		e = urne_log_next(a, &next, &item, &done, &fault, d);
		if (e == URNE_OK && !done) {
			e = step_item(&r, &item);
		}
		if (e != URNE_OK) {
			urne_diag_within(d, "entry %" PRIu64 ": ", chain->num_events);
		}
		if (e != URNE_OK || done) {
			return e;
		}
		*chain = next;
	}
	return URNE_OK;
}

/* --- what it says --- */

uint64_t
urne_journal_size(const struct urne_journal *j)
{
	return j->size;
}

int64_t
urne_journal_last_at(const struct urne_journal *j)
{
	return j->last_at;
}

int64_t
urne_journal_clock(const struct urne_journal *j, int64_t now)
{
	return now > j->last_at ? now : j->last_at;
}

const struct urne_genesis *
urne_journal_genesis(const struct urne_journal *j)
{
	return j->size > 0 ? &j->genesis : NULL;
}

const struct urne_official_key *
urne_journal_officials(const struct urne_journal *j, size_t *num)
{
	*num = j->head.num_officials;
	return j->head.officials;
}

const struct urne_journal_election *
urne_journal_find(const struct urne_journal *j, struct urne_view uuid)
{
	return node_of(j, uuid);
}

const struct urne_journal_election *
urne_journal_first(const struct urne_journal *j)
{
	return j->first;
}

bool
urne_journal_software(const struct urne_journal *j, struct urne_hash *out)
{
	*out = j->head.software;
	return j->head.has_software;
}

bool
urne_journal_pages(const struct urne_journal *j, struct urne_hash *out)
{
	*out = j->head.pages;
	return j->head.has_pages;
}

bool
urne_journal_executed(const struct urne_journal *j, uint64_t *entry, const struct urne_hash *order)
{
	size_t value = urne_hash_index_find(&j->executed, order);

	*entry = value != SIZE_MAX ? value : 0;
	return value != SIZE_MAX;
}
