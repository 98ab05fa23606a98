/* SPDX-License-Identifier: EUPL-1.2 */
/* The signed head says what must come out; so it does not matter whom the archive comes from. */
#include "bulletin/server/refill.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/pool.h"
#include "bulletin/server/folder.h"
#include "bulletin/server/ledger.h"
#include "bulletin/server/registry.h"
#include "crypto/sha256.h"
#include "election/ballot.h"

struct refilling {
	struct urne_folder folder;
	struct urne_registry registry;
	struct urne_store store;
	struct urne_head head;
	const char *from;
	struct urne_buf made; /* where a main.db that is not there is made; empty when it is */
	struct urne_buf *report;
	struct urne_diag *diag;
	struct urne_pool *pool;
};

/* --- one entry --- */

static enum urne_err
put_ballot(struct refilling *r, struct urne_board_log *l, struct urne_view text,
    const struct urne_event *ev)
{
	struct urne_ballot_row row = {.index = ev->height};
	struct urne_view credential;
	size_t member = 0;
	enum urne_err e = urne_ballot_credential(&credential, text);

	if (e == URNE_OK) {
		e = urne_credentials_find(l->election->credentials, &member, credential);
	}
	if (e != URNE_OK) {
		return urne_fail(r->diag, URNE_ERR_MISMATCH,
		    "event %" PRIu64 ": no credential of the list signed this ballot", ev->height);
	}
	e = urne_store_last(&r->store, &row.replaces, &row.has_replaced, r->diag, l->id, member);
	return e == URNE_OK
		   ? urne_store_add_ballot(&r->store, r->diag, l->id, &ev->payload, member, &row)
		   : e;
}

static enum urne_err
load_data(struct refilling *r, struct urne_view *data, struct urne_buf *out, struct urne_archive *a,
    const struct urne_log_item *item)
{
	size_t at[URNE_MAX_EVENT_DATA + 1] = {0};
	enum urne_err e = URNE_OK;

	urne_buf_reset(out);
	for (size_t i = 0; e == URNE_OK && i < item->num_data; i++) {
		e = urne_archive_load(a, out, r->diag, &item->data[i]);
		at[i + 1] = out->len;
	}
	for (size_t i = 0; e == URNE_OK && i < item->num_data; i++) {
		data[i] = (struct urne_view){out->data + at[i], at[i + 1] - at[i]};
	}
	return e;
}

/* put adds what the log lacks; what it has must be the same. */
static enum urne_err
put(struct refilling *r, struct urne_board_log *l, struct urne_archive *a,
    const struct urne_log_item *item, struct urne_buf *scratch)
{
	struct urne_view data[URNE_MAX_EVENT_DATA];
	enum urne_err e;

	if (item->event.height < l->chain.num_events) {
		return URNE_OK; /* the root will tell whether it is the same */
	}
	e = load_data(r, data, scratch, a, item);
	if (e == URNE_OK) {
		e = urne_ledger_put(l, &r->store, r->diag, item->event.type, data, item->num_data);
	}
	if (e == URNE_OK && item->event.type == URNE_EVENT_SETUP) {
		const struct urne_setup_texts texts = {
		    .election = data[0], .trustees = data[1], .credentials = data[2]};

		e = urne_board_election_new(&l->election, r->diag, &texts, r->pool);
	}
	if (e == URNE_OK && item->event.type == URNE_EVENT_BALLOT) {
		e = put_ballot(r, l, data[0], &item->event);
	}
	return e;
}

/* --- one log --- */

static enum urne_err
check_root(struct refilling *r, const struct urne_board_log *l, const struct urne_head_row *head)
{
	struct urne_hash root;

	if (l->tree.size < head->size) {
		return urne_fail(r->diag, URNE_ERR_INCOMPLETE,
		    "the archive gives %" PRIu64 " entries and %" PRIu64
		    " are signed; look for a newer one on a mirror",
		    l->tree.size, head->size);
	}
	urne_merkle_root(&l->tree, &root);
	if (l->tree.size > head->size || !urne_hash_eq(&root, &head->root)) {
		return urne_fail(r->diag, URNE_ERR_MISMATCH,
		    "what main.db and the archive give is not what was signed; nothing is added");
	}
	return URNE_OK;
}

static enum urne_err
fill(struct refilling *r, struct urne_board_log *l, struct urne_archive *a,
    const struct urne_head_row *head)
{
	struct urne_chain chain = {.stage = URNE_STAGE_EMPTY, .is_journal = l->journal != NULL};
	enum urne_log_fault fault = URNE_LOG_FAULT_NONE;
	struct urne_log_item item;
	struct urne_buf scratch;
	uint64_t before = l->tree.size;
	bool done = false;
	enum urne_err e = URNE_OK;

	if (before >= head->size) {
		urne_buf_printf(
		    r->report, "%s%s: nothing is missing\n", urne_ledger_word(l), l->uuid);
		return URNE_OK;
	}
	urne_buf_init(&scratch, URNE_MAX_RECORD);
	while (e == URNE_OK && chain.num_events < head->size) {
		e = urne_log_next(a, &chain, &item, &done, &fault, r->diag);
		if (e != URNE_OK || done) {
			break;
		}
		e = put(r, l, a, &item, &scratch);
	}
	urne_buf_clear(&scratch);
	if (e == URNE_OK) {
		e = check_root(r, l, head);
	}
	if (e == URNE_OK) {
		urne_buf_printf(r->report,
		    "%s%s: %" PRIu64 " entries added, %" PRIu64 " in all, as signed\n",
		    urne_ledger_word(l), l->uuid, l->tree.size - before, l->tree.size);
	}
	return e;
}

/* path_of makes `path` that of a file of an election. */
static enum urne_err
path_of(const struct refilling *r, struct urne_buf *path, struct urne_view uuid, const char *file)
{
	struct urne_buf name;
	enum urne_err e;

	urne_buf_init(&name, URNE_MAX_SMALL_FILE);
	urne_buf_put_view(&name, uuid);
	urne_buf_puts(&name, file);
	urne_buf_put(&name, "", 1);
	e = urne_buf_error(&name);
	e = e == URNE_OK ? urne_path_join(path, r->from, name.data) : e;
	urne_buf_clear(&name);
	return e == URNE_OK ? e : urne_fail(r->diag, e, "%s: the name is too long", r->from);
}

static enum urne_err
open_archive(struct refilling *r, struct urne_archive **out, struct urne_view uuid)
{
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = path_of(r, &path, uuid, "/election.bel");
	e = e == URNE_OK ? urne_archive_open(out, r->diag, path.data) : e;
	urne_buf_clear(&path);
	return e;
}

/* put_definition: the definition is no event, so no archive has it. Without it nothing is
 * tallied, since nobody knows the floor. */
static enum urne_err
put_definition(struct refilling *r, const struct urne_board_log *l)
{
	struct urne_diag why = {{0}};
	struct urne_hash sealed, hash;
	struct urne_buf path, text;
	uint64_t len = 0;
	enum urne_err e;

	if (l->election == NULL || !urne_board_election_seals(l->election, &sealed) ||
	    urne_store_object_length(&r->store, &len, &why, &sealed) == URNE_OK) {
		return URNE_OK;
	}
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&text, URNE_MAX_TEXT_FILE);
	e = path_of(r, &path, urne_view_of(l->uuid), "/vote.json");
	if (e == URNE_OK && urne_file_read(&text, &why, path.data) == URNE_OK) {
		urne_sha256_of(&hash, urne_buf_view(&text));
	}
	if (e == URNE_OK && text.len > 0 && urne_hash_eq(&hash, &sealed)) {
		e = urne_store_add_object(&r->store, r->diag, &sealed, urne_buf_view(&text));
	} else if (e == URNE_OK) {
		urne_buf_printf(r->report,
		    "election %s: %s is not the vote definition that it seals; put that file "
		    "there and refill again\n",
		    l->uuid, path.data);
	}
	urne_buf_clear(&path);
	urne_buf_clear(&text);
	return e;
}

/* find_log: the log of main.db, or a new one with the archive's time. */
static enum urne_err
find_log(struct refilling *r, struct urne_board_log **out, struct urne_view uuid,
    struct urne_view origin, struct urne_archive *a)
{
	struct urne_record rec;
	bool done = false;
	uint64_t id = 0;
	enum urne_err e;

	*out = urne_registry_find(&r->registry, uuid);
	if (*out != NULL) {
		return URNE_OK;
	}
	e = urne_archive_next(a, &rec, &done, r->diag);
	if (e == URNE_OK) {
		e = urne_store_add_log(
		    &r->store, &id, r->diag, uuid, origin, urne_archive_timestamp(a));
	}
	if (e == URNE_OK) {
		e = urne_ledger_new(out, r->diag, id, uuid, origin, urne_archive_timestamp(a));
	}
	if (e == URNE_OK) {
		urne_registry_add(&r->registry, *out);
	}
	return e;
}

static enum urne_err
refill_log(void *ctx, struct urne_view origin)
{
	struct refilling *r = ctx;
	struct urne_view service = r->folder.config.service;
	struct urne_view uuid = {origin.p + service.len + 1, 0};
	struct urne_archive *a = NULL;
	struct urne_board_log *l = NULL;
	struct urne_head_row head;
	struct urne_buf note;
	bool there = false;
	enum urne_err e;

	if (origin.len <= service.len + 1) {
		return urne_fail(r->diag, URNE_ERR_MISMATCH,
		    "head.db: %.*s is no log of this board", (int)origin.len, origin.p);
	}
	uuid.len = origin.len - service.len - 1;
	urne_buf_init(&note, URNE_NOTE_MAX);
	e = urne_head_get(&r->head, &head, &there, &note, r->diag, origin);
	if (e == URNE_OK) {
		e = open_archive(r, &a, uuid);
	}
	if (e == URNE_OK) {
		e = find_log(r, &l, uuid, origin, a);
	}
	if (e == URNE_OK) {
		e = fill(r, l, a, &head);
	}
	if (e == URNE_OK) {
		e = put_definition(r, l);
	}
	if (e != URNE_OK) {
		urne_diag_within(r->diag,
		    "%s%.*s: ", urne_view_is(uuid, URNE_JOURNAL_NAME) ? "" : "election ",
		    (int)uuid.len, uuid.p);
	}
	urne_archive_close(a);
	urne_buf_clear(&note);
	return e;
}

/* --- all --- */

static enum urne_err
load_log(void *ctx, const struct urne_log_row *row)
{
	struct refilling *r = ctx;
	struct urne_board_log *l = NULL;
	struct urne_head_row head = {.size = 0};
	struct urne_hash root;
	bool there = false;
	enum urne_err e =
	    urne_ledger_new(&l, r->diag, row->id, row->uuid, row->origin, row->timestamp);

	if (e == URNE_OK) {
		urne_registry_add(&r->registry, l);
		e = urne_head_get(&r->head, &head, &there, &l->head_note, r->diag, row->origin);
	}
	if (e == URNE_OK) {
		e = urne_ledger_load(l, &root, &r->store, r->diag, head.size, r->pool);
	}
	if (e == URNE_ERR_INCOMPLETE) {
		return URNE_OK; /* it is what is to be filled */
	}
	if (e == URNE_OK && there && !urne_hash_eq(&root, &head.root)) {
		e = urne_fail(r->diag, URNE_ERR_MISMATCH,
		    "%s%s: main.db has another history than the one that was signed; move "
		    "it away, and a new one is filled from the published files",
		    urne_ledger_word(l), l->uuid);
	}
	return e;
}

static enum urne_err
refill_all(struct refilling *r)
{
	enum urne_err e = urne_store_logs(&r->store, r->diag, load_log, r);

	if (e == URNE_OK) {
		e = urne_store_begin(&r->store, r->diag);
	}
	if (e == URNE_OK) {
		e = urne_head_origins(&r->head, r->diag, refill_log, r);
	}
	/* without the commit everything is as it was */
	return e == URNE_OK ? urne_store_commit(&r->store, r->diag) : e;
}

/* --- a main.db that is not there --- */

/* remove_beside takes away a file of SQLite that belongs to `path`, if it is there. */
static enum urne_err
remove_beside(struct refilling *r, const char *path, const char *ending)
{
	struct urne_buf name;
	enum urne_err e;

	urne_buf_init(&name, URNE_MAX_SMALL_FILE);
	e = urne_path_beside(&name, path, "", ending);
	if (e != URNE_OK) {
		e = urne_fail(r->diag, e, "%s: the name is too long", path);
	} else if (unlink(name.data) != 0 && urne_file_exists(name.data)) {
		e = urne_fail_errno(r->diag, "%s", name.data);
	}
	urne_buf_clear(&name);
	return e;
}

/* make_new begins anew what an earlier refill may have left. */
static enum urne_err
make_new(struct refilling *r)
{
	enum urne_err e = urne_path_beside(&r->made, r->folder.main.data, "", ".new");

	if (e != URNE_OK) {
		return urne_fail(r->diag, e, "%s: the name is too long", r->folder.main.data);
	}
	e = remove_beside(r, r->made.data, "-journal");
	e = e == URNE_OK ? remove_beside(r, r->made.data, "") : e;
	return e == URNE_OK ? urne_store_create(r->diag, r->made.data) : e;
}

static enum urne_err
sync_folder(struct refilling *r)
{
	int fd = open(r->folder.dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum urne_err e = URNE_OK;

	if (fd < 0 || fsync(fd) != 0) {
		e = urne_fail_errno(r->diag, "%s", r->folder.dir);
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	return e;
}

/* name_new gives it its name. A write-ahead log of the lost database must not meet the new one. */
static enum urne_err
name_new(struct refilling *r)
{
	enum urne_err e = remove_beside(r, r->folder.main.data, "-wal");

	e = e == URNE_OK ? remove_beside(r, r->folder.main.data, "-shm") : e;
	e = e == URNE_OK ? remove_beside(r, r->folder.main.data, "-journal") : e;
	if (e == URNE_OK && rename(r->made.data, r->folder.main.data) != 0) {
		e = urne_fail_errno(r->diag, "%s", r->folder.main.data);
	}
	return e == URNE_OK ? sync_folder(r) : e;
}

static enum urne_err
refill(struct refilling *r)
{
	bool is_new = !urne_file_exists(r->folder.main.data);
	enum urne_err e = is_new ? make_new(r) : URNE_OK;

	if (e == URNE_OK) {
		e = urne_store_open(
		    &r->store, r->diag, is_new ? r->made.data : r->folder.main.data, true);
	}
	if (e == URNE_OK) {
		e = refill_all(r);
	}
	urne_store_close(&r->store);
	if (is_new && e == URNE_OK) {
		e = name_new(r);
	} else if (is_new && r->made.len > 0) {
		(void)unlink(r->made.data); /* the next refill begins anew in any case */
	}
	return e;
}

enum urne_err
urne_board_refill(struct urne_buf *report, struct urne_diag *d, const char *dir, const char *from)
{
	struct refilling r = {.report = report, .diag = d};
	struct urne_buf public_path;
	enum urne_err e = urne_registry_init(&r.registry);

	if (e != URNE_OK) {
		return urne_fail(d, e, "no memory");
	}
	r.pool = urne_pool_new(0);
	urne_buf_init(&public_path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&r.made, URNE_MAX_SMALL_FILE);
	e = urne_folder_open(&r.folder, d, dir);
	if (e == URNE_OK) {
		e = urne_path_join(&public_path, dir, "public/bb");
		r.from = from != NULL ? from : public_path.data;
	}
	if (e == URNE_OK) {
		e = urne_head_open(&r.head, d, r.folder.head.data);
	}
	if (e == URNE_OK) {
		e = refill(&r);
	}
	urne_head_close(&r.head);
	urne_registry_clear(&r.registry);
	urne_folder_close(&r.folder);
	urne_pool_free(r.pool);
	urne_buf_clear(&public_path);
	urne_buf_clear(&r.made);
	return e == URNE_OK ? urne_buf_error(report) : e;
}
