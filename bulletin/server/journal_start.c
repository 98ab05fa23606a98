/* SPDX-License-Identifier: EUPL-1.2 */
/* board.json decides the genesis and nothing else: from then on officials come and go by orders. */
#include "bulletin/server/journal_start.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/server/place_journal.h"
#include "crypto/sha256.h"

#define PROGRAM "/proc/self/exe"

/* --- agreeing with board.json --- */

static bool
is_key(const struct urne_note_key *a, const struct urne_note_key *b)
{
	return urne_view_eq(a->name, b->name) && memcmp(a->key, b->key, sizeof(a->key)) == 0;
}

static bool
are_officials(const struct urne_genesis *g, const struct urne_board_config *c)
{
	bool same = g->num_officials == c->num_officials;

	for (size_t i = 0; same && i < g->num_officials; i++) {
		same = is_key(&g->officials[i], &c->officials[i]);
	}
	return same;
}

static enum urne_err
differs(struct urne_diag *d, const char *field, const char *way_out)
{
	return urne_fail(d, URNE_ERR_MISMATCH,
	    "board.json: \"%s\" is not what the journal's genesis says; %s", field, way_out);
}

static enum urne_err
compare(struct urne_diag *d, const struct urne_genesis *g, const struct urne_board_config *c)
{
	static const char *const by_order =
	    "put back what it was, and change officials by the orders revoke and enrol";

	if (!urne_view_eq(g->service, c->service)) {
		return differs(
		    d, "service", "put back the board.json or the main.db of this board");
	}
	if (!urne_view_eq(g->name, c->name)) {
		return differs(d, "name", "put back what it was");
	}
	if (g->agree != c->agree) {
		return differs(d, "agree", "put back what it was");
	}
	if (!are_officials(g, c)) {
		return differs(d, "officials", by_order);
	}
	if (g->has_registrar != c->has_registrar ||
	    (g->has_registrar && !is_key(&g->registrar, &c->registrar))) {
		return differs(d, "registrar", "put back what it was");
	}
	return URNE_OK;
}

/* Every election here was sealed by an order. */
static enum urne_err
check_sealed(const struct urne_journal *j, struct urne_diag *d, const struct urne_board_log *l)
{
	const struct urne_journal_election *e =
	    j != NULL ? urne_journal_find(j, urne_view_of(l->uuid)) : NULL;

	if (l->journal != NULL || (e != NULL && e->stage >= URNE_JOURNAL_SEALED)) {
		return URNE_OK;
	}
	return urne_fail(d, URNE_ERR_MISMATCH,
	    "main.db has the election %s, and no journal that sealed it; put back the newest "
	    "main.db, or fill it with \"urne-board refill\"",
	    l->uuid);
}

enum urne_err
urne_journal_agrees(struct urne_writer *w, struct urne_diag *d, const struct urne_board_config *c)
{
	const struct urne_journal *j;
	enum urne_err e;

	w->journal = urne_registry_find(w->registry, urne_view_of(URNE_JOURNAL_NAME));
	j = w->journal != NULL ? w->journal->journal : NULL;
	e = j != NULL ? compare(d, urne_journal_genesis(j), c) : URNE_OK;
	for (const struct urne_board_log *l = w->registry->first; e == URNE_OK && l != NULL;
	     l = l->next) {
		e = check_sealed(j, d, l);
	}
	return e;
}

/* --- the first entries --- */

static enum urne_err
add_log(struct urne_writer *w, struct urne_diag *d, int64_t now)
{
	struct urne_view uuid = urne_view_of(URNE_JOURNAL_NAME);
	struct urne_buf origin;
	uint64_t id = 0, timestamp = now > 0 ? (uint64_t)now : 0;
	enum urne_err e;

	urne_buf_init(&origin, URNE_NOTE_MAX_NAME);
	urne_origin_write(&origin, w->service, uuid);
	e = urne_buf_error(&origin);
	if (e == URNE_OK) {
		e = urne_store_add_log(&w->store, &id, d, uuid, urne_buf_view(&origin), timestamp);
	}
	if (e == URNE_OK) {
		e = urne_ledger_new(&w->journal, d, id, uuid, urne_buf_view(&origin), timestamp);
	}
	if (e == URNE_OK) {
		urne_registry_add(w->registry, w->journal);
		w->stale_list = true;
	}
	urne_buf_clear(&origin);
	return e;
}

static enum urne_err
put_genesis(
    struct urne_writer *w, struct urne_diag *d, const struct urne_board_config *c, int64_t now)
{
	struct urne_genesis g = {.at = now,
	    .name = c->name,
	    .service = c->service,
	    .num_officials = c->num_officials,
	    .agree = c->agree,
	    .has_registrar = c->has_registrar,
	    .registrar = c->registrar};
	struct urne_buf text;
	struct urne_view payload;
	enum urne_err e;

	memcpy(g.officials, c->officials, sizeof(g.officials));
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_genesis_write(&text, &g);
	payload = urne_buf_view(&text);
	e = urne_buf_error(&text) == URNE_OK ? URNE_OK
					     : urne_fail(d, URNE_ERR_MEMORY, "no memory to begin");
	if (e == URNE_OK) {
		e = urne_ledger_put(w->journal, &w->store, d, URNE_EVENT_GENESIS, &payload, 1);
	}
	urne_buf_clear(&text);
	return e;
}

/* --- software --- */

static enum urne_err
hash_program(struct urne_hash *out, struct urne_diag *d)
{
	char piece[8192];
	struct urne_sha256 h;
	ssize_t n = 0;
	int fd = open(PROGRAM, O_RDONLY | O_CLOEXEC);
	enum urne_err e = URNE_OK;

	urne_sha256_init(&h);
	while (fd >= 0 && (n = read(fd, piece, sizeof(piece))) > 0) {
		urne_sha256_put(&h, piece, (size_t)n);
	}
	if (fd < 0 || n < 0) {
		e = urne_fail_errno(d, PROGRAM);
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	urne_sha256_final(&h, out);
	return e;
}

/* --- what serves, and what is served --- */

/* What this start finds, and whether the journal says otherwise. */
struct finding {
	struct urne_hash program, pages;
	struct urne_view manifest; /* of the pages */
	bool new_program, new_pages;
};

static enum urne_err
find(struct finding *f, struct urne_diag *d, const struct urne_journal *j,
    const struct urne_pages *pages)
{
	struct urne_hash last = {{0}};
	bool there;
	enum urne_err e = hash_program(&f->program, d);

	f->manifest = urne_pages_manifest(pages);
	urne_sha256_of(&f->pages, f->manifest);
	there = j != NULL && urne_journal_software(j, &last);
	f->new_program = !there || !urne_hash_eq(&last, &f->program);
	there = j != NULL && urne_journal_pages(j, &last);
	/* a board that never served any has nothing to say about them */
	f->new_pages = there ? !urne_hash_eq(&last, &f->pages) : pages != NULL;
	return e;
}

static enum urne_err
put_records(struct urne_writer *w, struct urne_diag *d, const struct finding *f, int64_t now)
{
	const struct urne_journal_record software = {
	    .kind = URNE_JOURNAL_SOFTWARE, .hash = f->program};
	const struct urne_journal_record pages = {.kind = URNE_JOURNAL_PAGES, .hash = f->pages};
	enum urne_err e = URNE_OK;

	if (f->new_program) {
		e = urne_place_record(w, d, &software, (struct urne_view){"", 0}, now);
	}
	if (e == URNE_OK && f->new_pages) {
		e = urne_place_record(w, d, &pages, f->manifest, now);
	}
	return e;
}

static enum urne_err
write_rows(struct urne_writer *w, struct urne_diag *d, const struct urne_board_config *c,
    const struct finding *f)
{
	int64_t now = (int64_t)time(NULL);
	bool is_new = w->journal == NULL;
	enum urne_err e = urne_store_begin(&w->store, d);

	if (e == URNE_OK && is_new) {
		e = add_log(w, d, now);
	}
	if (e == URNE_OK && is_new) {
		e = put_genesis(w, d, c, now);
	}
	if (e == URNE_OK) {
		e = put_records(w, d, f, now);
	}
	return e == URNE_OK ? urne_store_commit(&w->store, d) : e;
}

enum urne_err
urne_journal_begin(struct urne_writer *w, struct urne_diag *d, const struct urne_board_config *c,
    const struct urne_pages *pages)
{
	struct finding f;
	enum urne_err e = find(&f, d, w->journal != NULL ? w->journal->journal : NULL, pages);

	if (e != URNE_OK || (!f.new_program && !f.new_pages)) {
		return e;
	}
	e = write_rows(w, d, c, &f);
	urne_writer_release_journal(w);
	return e == URNE_OK ? urne_writer_settle(w, &w->journal, 1, d) : e;
}
