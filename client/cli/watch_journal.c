/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal of the board, followed like the election's log: each checkpoint is signed by the same
 * key and continues the last, and each entry goes through the step that the board runs too. FILE.d
 * keeps the newest checkpoint and the hash of the first entry; the entries, which are few, are read
 * again at a start, and must lead to that checkpoint. Spec: docs/observing.md#the-journal */
#include <inttypes.h>
#include <string.h>

#include "bulletin/log/tile.h"
#include "client/cli/watch.h"
#include "client/cli/workdir.h"
#include "crypto/sha256.h"

#define KEPT	   "journal"
#define MAX_BUNDLE ((size_t)URNE_TILE_WIDTH * (URNE_ENTRY_MAX + 2))
/* An entry is an event, and an event a few hashes. */
#define MAX_EVENT ((size_t)4096)

/* --- what is kept --- */

static enum urne_err
kept_path(struct urne_watch *w, struct urne_buf *path)
{
	urne_buf_init(path, URNE_MAX_SMALL_FILE);
	return urne_path_join(path, w->folder.data, KEPT);
}

static enum urne_err
read_kept(struct urne_watch *w, const char *path)
{
	struct urne_watched_journal *j = &w->journal;
	struct urne_diag *d = &w->cli->diag;
	struct urne_view first, rest;
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_NOTE_MAX + URNE_MAX_SMALL_FILE);
	e = urne_file_read(&text, d, path);
	rest = urne_buf_view(&text);
	if (e == URNE_OK && (!urne_view_cut(&first, &rest, '\n') ||
				urne_hex_decode(j->genesis.b, URNE_HASH_LEN, first) != URNE_OK)) {
		e = urne_fail(d, URNE_ERR_SYNTAX, "does not begin with a hash");
	}
	if (e == URNE_OK) {
		urne_buf_put_view(&j->note, rest);
		e = urne_buf_error(&j->note);
	}
	if (e == URNE_OK) {
		e = urne_checkpoint_open(
		    &j->kept, &j->r.arena, d, urne_buf_view(&j->note), &j->r.key);
	}
	j->kept.origin = (struct urne_view){"", 0}; /* lived in the arena */
	if (e != URNE_OK) {
		urne_diag_within(d, "%s: was changed, begin anew with another state: ", path);
	}
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
save_kept(struct urne_watch *w)
{
	struct urne_buf path, text;
	enum urne_err e = kept_path(w, &path);

	urne_buf_init(&text, URNE_NOTE_MAX + URNE_MAX_SMALL_FILE);
	urne_buf_put_hex(&text, w->journal.genesis.b, URNE_HASH_LEN);
	urne_buf_putc(&text, '\n');
	urne_buf_put_view(&text, urne_buf_view(&w->journal.note));
	if (e == URNE_OK) {
		e = urne_buf_error(&text);
	}
	if (e == URNE_OK) {
		e = urne_file_replace(&w->cli->diag, path.data, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	urne_buf_clear(&path);
	return e;
}

/* --- its checkpoint --- */

struct urne_note_key
urne_watch_service_key(const struct urne_watch *w)
{
	struct urne_note_key key = w->o.key;

	key.name.len -= w->r.uuid.len + 1;
	key.id = urne_note_key_id(key.name, key.key);
	return key;
}

static enum urne_err
open_journal(struct urne_watch *w)
{
	struct urne_watched_journal *j = &w->journal;
	const struct urne_note_key key = urne_watch_service_key(w);
	struct urne_buf path;
	enum urne_err e;

	if (j->is_open) {
		return URNE_OK;
	}
	j->is_open = true;
	urne_buf_init(&j->note, URNE_NOTE_MAX);
	j->chain.is_journal = true;
	e = urne_remote_open(&j->r, w->cli, w->r.base.data);
	if (e == URNE_OK) {
		e = urne_remote_election(&j->r, urne_view_of(URNE_JOURNAL_NAME));
	}
	if (e == URNE_OK) {
		e = urne_remote_keep_key(&j->r, &key);
	}
	if (e != URNE_OK) {
		return e;
	}
	e = kept_path(w, &path);
	if (e == URNE_OK && urne_file_exists(path.data)) {
		e = read_kept(w, path.data);
	}
	urne_buf_clear(&path);
	return e;
}

static enum urne_err
raise_journal(struct urne_watch *w, enum urne_alarm alarm, struct urne_view entries)
{
	const struct urne_evidence files[] = {
	    {"journal.checkpoint", urne_buf_view(&w->journal.r.note)},
	    {"journal.checkpoint.kept", urne_buf_view(&w->journal.note)},
	    {"journal.entries", entries}};

	return urne_watch_raise(w, alarm, files, entries.len > 0 ? 3 : 2);
}

/* A board that never had a journal is an old one; one that hides it is not. */
static enum urne_err
judge_hidden(struct urne_watch *w)
{
	if (w->journal.note.len == 0) {
		return URNE_OK;
	}
	(void)urne_fail(&w->cli->diag, URNE_ERR_MISMATCH,
	    "%s: the journal had %" PRIu64 " entries, and the board shows none any more",
	    w->journal.r.address.data, w->journal.kept.size);
	return raise_journal(w, URNE_ALARM_ROLLBACK, (struct urne_view){"", 0});
}

static enum urne_err
fetch_checkpoint(struct urne_watch *w, bool *there)
{
	struct urne_remote *r = &w->journal.r;
	enum urne_err e;

	urne_remote_forget(r);
	urne_buf_reset(&r->note);
	e = urne_remote_try(r, &r->note, there, "checkpoint");
	if (e != URNE_OK) {
		return e == URNE_ERR_MEMORY || e == URNE_ERR_INTERNAL ? e : urne_watch_absent(w);
	}
	if (!*there) {
		return judge_hidden(w);
	}
	e = urne_checkpoint_open(
	    &r->checkpoint, &r->arena, &w->cli->diag, urne_buf_view(&r->note), &r->key);
	if (e != URNE_OK && !urne_err_is_ours(e)) {
		urne_diag_within(&w->cli->diag,
		    "%s: the checkpoint is not signed with the key of the board's logs: ",
		    r->address.data);
		return raise_journal(w, URNE_ALARM_SIGNATURE, (struct urne_view){"", 0});
	}
	return e;
}

static enum urne_err
raise_fork(struct urne_watch *w, const char *why, struct urne_view entries)
{
	(void)urne_fail(&w->cli->diag, URNE_ERR_MISMATCH,
	    "%s: two journals: the board signed one of %" PRIu64 " entries and one of %" PRIu64
	    " that %s; the two checkpoints are the evidence, tell the officials and other "
	    "observers",
	    w->journal.r.address.data, w->journal.kept.size, w->journal.r.checkpoint.size, why);
	return raise_journal(w, URNE_ALARM_FORK, entries);
}

static enum urne_err
compare_kept(struct urne_watch *w)
{
	const struct urne_watched_journal *j = &w->journal;
	const struct urne_checkpoint *c = &j->r.checkpoint;

	if (c->size < j->kept.size) {
		(void)urne_fail(&w->cli->diag, URNE_ERR_MISMATCH,
		    "%s: the journal had %" PRIu64 " entries and shows %" PRIu64
		    " now: it was set back, or somebody between shows an old one",
		    j->r.address.data, j->kept.size, c->size);
		return raise_journal(w, URNE_ALARM_ROLLBACK, (struct urne_view){"", 0});
	}
	if (j->note.len > 0 && c->size == j->kept.size && !urne_hash_eq(&c->root, &j->kept.root)) {
		return raise_fork(w, "is another", (struct urne_view){"", 0});
	}
	return URNE_OK;
}

/* --- its entries --- */

/* The entries behind those that were stepped, and the tree that they give. */
struct growth {
	struct urne_watch *w;
	struct urne_merkle_tree tree;
	struct urne_buf bundle, entries; /* entries: as in a tile, all of the new ones */
	bool differs;			 /* from what was kept */
};

static enum urne_err
take_entry(struct growth *g, struct urne_view entry)
{
	const struct urne_watched_journal *j = &g->w->journal;
	struct urne_hash hash;
	enum urne_err e;

	urne_sha256_of(&hash, entry);
	if (g->tree.size == 0 && j->note.len > 0 && !urne_hash_eq(&hash, &j->genesis)) {
		g->differs = true;
	}
	urne_merkle_leaf(&hash, entry);
	e = urne_merkle_append(&g->tree, &hash, NULL, NULL);
	urne_merkle_root(&g->tree, &hash);
	if (j->note.len > 0 && g->tree.size == j->kept.size &&
	    !urne_hash_eq(&hash, &j->kept.root)) {
		g->differs = true;
	}
	urne_entry_put(&g->entries, entry);
	return e == URNE_OK ? urne_buf_error(&g->entries) : e;
}

static enum urne_err
files(struct growth *g, enum urne_err e)
{
	struct urne_watch *w = g->w;

	if (e == URNE_ERR_IO || e == URNE_ERR_UNKNOWN || w->journal.r.status >= 300) {
		return urne_watch_absent(w);
	}
	return urne_err_is_ours(e) ? e
				   : raise_journal(w, URNE_ALARM_FILES, urne_buf_view(&g->entries));
}

static enum urne_err
take_bundle(struct growth *g)
{
	struct urne_remote *r = &g->w->journal.r;
	uint64_t first = g->tree.size - g->tree.size % URNE_TILE_WIDTH, skip = g->tree.size - first;
	struct urne_view rest, entry = {"", 0};
	enum urne_err e = urne_remote_bundle(r, &g->bundle, g->tree.size);

	rest = urne_buf_view(&g->bundle);
	for (uint64_t i = 0; e == URNE_OK && i < URNE_TILE_WIDTH && first + i < r->checkpoint.size;
	     i++) {
		if (urne_entry_next(&entry, &rest) != URNE_OK || entry.len > MAX_EVENT) {
			e = urne_fail(&g->w->cli->diag, URNE_ERR_INCOMPLETE,
			    "%s: does not hold entry %" PRIu64, r->request.data, first + i);
		} else if (i >= skip) {
			e = take_entry(g, entry);
		}
	}
	return e;
}

/* judge_other: the entries do not give the root that is signed. Either they are not the signed
 * ones, or what was stepped before them is not. */
static enum urne_err
judge_other(struct growth *g)
{
	struct urne_watched_journal *j = &g->w->journal;
	struct urne_hash signed_root, ours;
	enum urne_err e = URNE_OK;

	urne_merkle_root(&j->tree, &ours);
	signed_root = ours;
	if (j->tree.size > 0) {
		e = urne_remote_beginning(&j->r, &signed_root, j->tree.size);
	}
	if (e == URNE_OK && !urne_hash_eq(&signed_root, &ours)) {
		return raise_fork(g->w, "does not continue it", urne_buf_view(&g->entries));
	}
	if (e == URNE_OK) {
		e = urne_fail(&g->w->cli->diag, URNE_ERR_MISMATCH,
		    "%s: the entries are not those that the board has signed", j->r.address.data);
	}
	return files(g, e);
}

/* grow fetches what is new, and shows that it is what is signed and continues what was kept. */
static enum urne_err
grow(struct growth *g)
{
	const struct urne_checkpoint *c = &g->w->journal.r.checkpoint;
	struct urne_hash root;
	enum urne_err e = URNE_OK;

	while (e == URNE_OK && g->tree.size < c->size) {
		e = take_bundle(g);
	}
	if (e != URNE_OK) {
		return files(g, e);
	}
	urne_merkle_root(&g->tree, &root);
	if (!urne_hash_eq(&root, &c->root)) {
		return judge_other(g);
	}
	return g->differs ? raise_fork(g->w, "does not continue it, or begins with another genesis",
				urne_buf_view(&g->entries))
			  : URNE_OK;
}

/* believe keeps the checkpoint, once it is known to continue the last. */
static enum urne_err
believe(struct urne_watch *w, struct urne_view entries)
{
	struct urne_watched_journal *j = &w->journal;
	struct urne_view first = {"", 0};

	if (j->note.len > 0 && j->kept.size == j->r.checkpoint.size) {
		return URNE_OK;
	}
	if (j->note.len == 0 && urne_entry_next(&first, &entries) == URNE_OK) {
		urne_sha256_of(&j->genesis, first);
	}
	urne_buf_reset(&j->note);
	urne_buf_put_view(&j->note, urne_buf_view(&j->r.note));
	j->kept.size = j->r.checkpoint.size;
	j->kept.root = j->r.checkpoint.root;
	return urne_buf_error(&j->note) == URNE_OK ? save_kept(w) : urne_buf_error(&j->note);
}

/* --- the steps --- */

static enum urne_err
raise_entry(struct urne_watch *w, struct urne_view entry, struct urne_view payload)
{
	const struct urne_evidence files[] = {
	    {"journal.checkpoint", urne_buf_view(&w->journal.r.note)}, {"journal.entry", entry},
	    {"payload", payload}};

	urne_diag_within(&w->cli->diag, "%s: entry %" PRIu64 ": ", w->journal.r.address.data,
	    w->journal.tree.size);
	return urne_watch_raise(w, URNE_ALARM_JOURNAL, files, 3);
}

static enum urne_err
check_service(struct urne_watch *w)
{
	const struct urne_genesis *g = urne_journal_genesis(w->journal.state);
	struct urne_view service = urne_watch_service_key(w).name;

	return urne_view_eq(g->service, service)
		   ? URNE_OK
		   : urne_fail(&w->cli->diag, URNE_ERR_MISMATCH,
			 "it is of the service %.*s, and the log of %.*s", (int)g->service.len,
			 g->service.p, (int)service.len, service.p);
}

/* judge: an entry and its payload, which are signed. */
static enum urne_err
judge(struct urne_watch *w, const struct urne_event *event, const struct urne_hash *hash,
    struct urne_view payload)
{
	struct urne_watched_journal *j = &w->journal;
	struct urne_chain next = j->chain;
	enum urne_err e = urne_chain_step(&next, &w->cli->diag, event, hash);

	if (e == URNE_OK) {
		e = urne_journal_step(j->state, &w->cli->diag, event->type, payload);
	}
	if (e == URNE_OK) {
		e = check_service(w);
	}
	j->chain = e == URNE_OK ? next : j->chain;
	return e;
}

static enum urne_err
step(struct growth *g, struct urne_buf *payload, struct urne_view entry)
{
	struct urne_watch *w = g->w;
	struct urne_watched_journal *j = &w->journal;
	struct urne_event event;
	struct urne_hash hash, leaf;
	enum urne_err e = urne_event_read(&event, &w->cli->diag, entry);

	urne_buf_reset(payload);
	if (e == URNE_OK && event.has_payload) {
		e = urne_remote_object(&j->r, payload, &event.payload);
		if (e != URNE_OK) {
			return files(g, e);
		}
	}
	urne_sha256_of(&hash, entry);
	if (e == URNE_OK) {
		e = judge(w, &event, &hash, urne_buf_view(payload));
	}
	if (e != URNE_OK) {
		return urne_err_is_ours(e) ? e : raise_entry(w, entry, urne_buf_view(payload));
	}
	urne_merkle_leaf(&leaf, entry);
	return urne_merkle_append(&j->tree, &leaf, NULL, NULL);
}

static enum urne_err
step_all(struct growth *g)
{
	struct urne_view rest = urne_buf_view(&g->entries), entry;
	struct urne_buf payload;
	enum urne_err e = URNE_OK;

	urne_buf_init(&payload, URNE_JOURNAL_MAX_PAYLOAD);
	if (g->w->journal.state == NULL) {
		e = urne_journal_new(&g->w->journal.state, &g->w->cli->diag);
	}
	while (e == URNE_OK && rest.len > 0 && urne_entry_next(&entry, &rest) == URNE_OK) {
		e = step(g, &payload, entry);
	}
	urne_buf_clear(&payload);
	return e;
}

static enum urne_err
catch_up(struct urne_watch *w)
{
	struct growth g = {.w = w, .tree = w->journal.tree};
	enum urne_err e;

	urne_buf_init(&g.bundle, MAX_BUNDLE);
	urne_buf_init(&g.entries, URNE_MAX_RECORD);
	e = grow(&g);
	if (e == URNE_OK) {
		e = believe(w, urne_buf_view(&g.entries));
	}
	if (e == URNE_OK) {
		e = step_all(&g);
	}
	urne_buf_clear(&g.bundle);
	urne_buf_clear(&g.entries);
	return e;
}

/* --- the whole --- */

enum urne_err
urne_watch_journal(struct urne_watch *w)
{
	bool there = false;
	enum urne_err e = open_journal(w);

	if (e == URNE_OK) {
		e = fetch_checkpoint(w, &there);
	}
	if (e != URNE_OK || !there) {
		return e;
	}
	e = compare_kept(w);
	return e == URNE_OK && w->journal.r.checkpoint.size > w->journal.tree.size ? catch_up(w)
										   : e;
}

bool
urne_watch_journal_is_read(const struct urne_watch *w)
{
	const struct urne_watched_journal *j = &w->journal;

	return j->tree.size >= j->kept.size && j->tree.size >= j->r.checkpoint.size;
}

void
urne_watch_journal_clear(struct urne_watch *w)
{
	struct urne_watched_journal *j = &w->journal;

	if (j->is_open) {
		urne_remote_close(&j->r);
	}
	urne_journal_free(j->state);
	urne_buf_clear(&j->note);
	*j = (struct urne_watched_journal){.is_open = false};
}
