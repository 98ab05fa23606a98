/* SPDX-License-Identifier: EUPL-1.2 */
/* The certified minutes as a page to read and print: made of the document that lies with the
 * drafts, of the election, its result and the journal, as `urne minutes` makes it. What is made is
 * compared with the document, byte for byte, before it is shown: the page says what was signed or
 * does not appear. All of it is final once the document is there, since it is what the one order
 * `certify` names; so the page is made once. Spec: docs/minutes.md#on-the-board */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "bulletin/server/decided.h"
#include "bulletin/server/draft.h"
#include "bulletin/server/handlers.h"
#include "bulletin/server/kept_pages.h"
#include "bulletin/server/routes.h"
#include "crypto/sha256.h"
#include "documents/minutes.h"
#include "documents/words.h"

#define MAX_MEMORY	((size_t)1 << 28)
#define JOURNAL_ARCHIVE "/" URNE_JOURNAL_NAME "/election.bel"

/* A page that is being made. */
struct making {
	struct urne_service *service;
	struct urne_request *request;
	struct urne_diag *diag;
	struct urne_view language;
	const struct urne_board_election *election;
	struct urne_arena arena;
	struct urne_minutes_inputs inputs;
	struct urne_board_decided decided;
	struct urne_journal *journal;
	struct urne_proceedings said;
	struct urne_minutes minutes;
};

/* --- gathering --- */

static enum urne_err
gather_journal(struct making *m)
{
	struct urne_diag *d = m->diag;
	struct urne_archive *archive = NULL;
	struct urne_buf path;
	enum urne_err e = urne_journal_new(&m->journal, d);

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	urne_buf_puts(&path, urne_board_public(m->service->board));
	urne_buf_put(&path, JOURNAL_ARCHIVE, sizeof(JOURNAL_ARCHIVE));
	e = e == URNE_OK ? urne_buf_error(&path) : e;
	if (e == URNE_OK) {
		e = urne_archive_open(&archive, d, path.data);
	}
	/* what the minutes tell was published long ago: what is being added lies behind it */
	if (e == URNE_OK) {
		e = urne_proceedings_read(&m->said, m->journal, d, archive, m->inputs.journal_size);
	}
	if (e == URNE_OK) {
		e = urne_minutes_journal_of(
		    &m->minutes.journal, d, m->journal, &m->said, m->inputs.journal_size);
	}
	urne_archive_close(archive);
	urne_buf_clear(&path);
	return e;
}

static enum urne_problem
gather(struct making *m, struct urne_view document)
{
	const struct urne_election *e = &m->election->election;
	enum urne_problem p;

	if (urne_minutes_inputs(&m->inputs, &m->arena, m->diag, document) != URNE_OK ||
	    urne_minutes_facts(&m->minutes, &m->arena, m->diag, document) != URNE_OK) {
		return URNE_PROBLEM_OURS;
	}
	p = urne_board_decide(
	    &m->decided, m->diag, m->service->board, m->request, m->inputs.declared);
	if (p == URNE_PROBLEM_NONE && m->inputs.journal_size > 0) {
		p = gather_journal(m) == URNE_OK ? URNE_PROBLEM_NONE : URNE_PROBLEM_OURS;
	}
	m->minutes.record.uuid = e->uuid;
	m->minutes.record.name = e->name;
	m->minutes.record.group = urne_view_of(e->group->name);
	m->minutes.record.fingerprint = (struct urne_view){e->phi, URNE_HASH_B64_LEN};
	m->minutes.definition = &m->election->definition;
	m->minutes.declared = &m->decided.declared;
	m->minutes.outcome = &m->decided.outcome;
	return p;
}

/* --- the page --- */

static enum urne_problem
compare(struct making *m, struct urne_view document)
{
	struct urne_buf ours;
	bool same;

	urne_buf_init(&ours, document.len);
	urne_minutes_json(&ours, &m->minutes);
	same = urne_buf_error(&ours) == URNE_OK && urne_view_eq(urne_buf_view(&ours), document);
	urne_buf_clear(&ours);
	if (!same) {
		(void)urne_fail(m->diag, URNE_ERR_MISMATCH,
		    "this board does not make the certified minutes again, so it shows no page of "
		    "them; read minutes.json, or make the page with the release that wrote it "
		    "(urne "
		    "minutes)");
	}
	return same ? URNE_PROBLEM_NONE : URNE_PROBLEM_NOT_FOUND;
}

static enum urne_problem
render(struct making *m, struct urne_buf *out, struct urne_view document)
{
	struct urne_reader reader = urne_reader_for(m->minutes.definition, m->language);
	struct urne_hash sha256;
	struct urne_page page;

	urne_sha256_of(&sha256, document);
	urne_page_init(
	    &page, &m->arena, m->language, m->minutes.definition->title.by_language[reader.index]);
	urne_minutes_compose(&page, reader, &m->minutes, &sha256);
	urne_page_render_html(out, &page);
	if (urne_buf_error(out) != URNE_OK) {
		(void)urne_fail(m->diag, URNE_ERR_MEMORY, "no memory for the page of minutes");
		return URNE_PROBLEM_OURS;
	}
	return URNE_PROBLEM_NONE;
}

/* make is an urne_page_maker. */
static enum urne_problem
make(void *ctx, struct urne_buf *out, struct urne_diag *d)
{
	struct making *m = ctx;
	struct urne_response draft;
	struct urne_view document;
	enum urne_problem p;

	m->diag = d;
	urne_response_init(&draft);
	urne_arena_init(&m->arena, MAX_MEMORY);
	urne_proceedings_init(&m->said);
	p = urne_read_draft(m->service, m->request, &draft, d, urne_view_of(URNE_DRAFT_MINUTES));
	document = urne_buf_view(&draft.body);
	p = p == URNE_PROBLEM_NONE ? gather(m, document) : p;
	p = p == URNE_PROBLEM_NONE ? compare(m, document) : p;
	p = p == URNE_PROBLEM_NONE ? render(m, out, document) : p;
	urne_response_clear(&draft);
	urne_proceedings_clear(&m->said);
	urne_journal_free(m->journal);
	urne_board_decided_clear(&m->decided);
	urne_arena_clear(&m->arena);
	return p;
}

/* --- the request --- */

static const struct language {
	const char *pattern, *code;
} languages[] = {
    {"/bb/{uuid}/minutes.fr.html", "fr"},
    {"/bb/{uuid}/minutes.en.html", "en"},
};

/* language_of: the table has every pattern that leads here. */
static struct urne_view
language_of(const struct urne_request *r)
{
	return urne_view_of(strcmp(r->route->pattern, languages[0].pattern) == 0
				? languages[0].code
				: languages[1].code);
}

static bool
is_language(const struct urne_board_election *e, struct urne_view code)
{
	bool found = false;

	for (size_t i = 0; i < e->definition.num_languages; i++) {
		found = found || urne_view_eq(e->definition.languages[i], code);
	}
	return found;
}

/* find: the document is there, and its election speaks this language. */
static enum urne_problem
find(struct urne_service *s, struct urne_request *r, struct urne_diag *d, struct urne_view language)
{
	enum urne_problem p = urne_request_log(s, r, d);
	bool there = false;
	uint64_t len;

	if (p == URNE_PROBLEM_NONE) {
		p = urne_problem_of(urne_board_draft_length(
		    s->board, &len, &there, d, r->uuid, urne_view_of(URNE_DRAFT_MINUTES)));
	}
	if (p == URNE_PROBLEM_NONE &&
	    (!there || !is_language(urne_board_log_election(r->log), language))) {
		(void)urne_fail(d, URNE_ERR_UNKNOWN,
		    "there is no page of minutes in this language: the officials bring "
		    "minutes.json, and its languages are those of the vote definition");
		p = URNE_PROBLEM_NOT_FOUND;
	}
	return p;
}

static enum urne_problem
get_page(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	struct making m = {.service = s, .request = r, .language = language_of(r)};
	enum urne_problem p = find(s, r, d, m.language);

	out->cache = URNE_CACHE_NEVER;
	if (p == URNE_PROBLEM_NONE) {
		m.election = urne_board_log_election(r->log);
		p = urne_kept_pages_answer(
		    s->minutes, r, out, d, &(struct urne_page_maker){make, &m});
	}
	return p == URNE_PROBLEM_NONE ? urne_response_page(out, d) : p;
}

const struct urne_handler urne_handle_minutes_page = {.handle = get_page};
