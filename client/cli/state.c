/* SPDX-License-Identifier: EUPL-1.2 */
/* A sealed election as its archive has it: one pass over the file that steps the chain and
 * remembers where everything is. */
#include "client/cli/state.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bulletin/log/merkle.h"
#include "client/cli/vote_file.h"

#define MAX_PATH     ((size_t)65536)
#define STATE_MEMORY ((size_t)1 << 30)
#define FIRST_ROOM   ((size_t)1024)

static enum urne_err
no_memory(struct urne_state *s)
{
	return urne_fail(&s->cli->diag, URNE_ERR_MEMORY, "no memory for the election");
}

/* room_for makes room for one more item in a list; NULL without memory. */
static void *
room_for(void *list, size_t num, size_t *cap, size_t size)
{
	size_t more = *cap == 0 ? FIRST_ROOM : 2 * *cap;
	void *moved = list;

	if (num == *cap) {
		moved = realloc(list, more * size);
		*cap = moved != NULL ? more : *cap;
	}
	return moved;
}

/* --- which ballots are there --- */

size_t
urne_state_find_ballot(const struct urne_state *s, const struct urne_hash *tracker)
{
	return urne_hash_index_find(&s->seen, tracker);
}

enum urne_err
urne_state_note_ballot(
    struct urne_state *s, const struct urne_record *record, uint64_t height, size_t member)
{
	struct urne_cast *ballots =
	    room_for(s->ballots, s->num_ballots, &s->cap_ballots, sizeof(*ballots));
	size_t before = SIZE_MAX;

	if (ballots == NULL) {
		return no_memory(s);
	}
	s->ballots = ballots;
	if (urne_hash_index_add(&s->seen, &before, &record->hash, s->num_ballots) != URNE_OK) {
		return no_memory(s);
	}
	s->ballots[s->num_ballots] = (struct urne_cast){*record, height, member};
	s->ballots[s->num_ballots].record.body = (struct urne_view){NULL, 0};
	s->num_ballots++;
	if (member != SIZE_MAX) {
		s->num_voters += s->last[member] == 0 ? 1 : 0;
		s->last[member] = s->num_ballots;
	}
	return URNE_OK;
}

/* Whose ballot: only its first fields are read. */
static size_t
member_of(const struct urne_state *s, struct urne_view text)
{
	struct urne_view credential;
	size_t member = SIZE_MAX;

	if (urne_ballot_credential(&credential, text) != URNE_OK ||
	    urne_credentials_find(s->sealed.credentials, &member, credential) != URNE_OK) {
		return SIZE_MAX;
	}
	return member;
}

/* --- which events --- */

/* What a board's log has of the event, so that the two can be compared. */
static enum urne_err
note_event(struct urne_state *s, const struct urne_log_item *item, struct urne_buf *scratch)
{
	struct urne_leaf *leaves =
	    room_for(s->leaves, s->num_leaves, &s->cap_leaves, sizeof(*leaves));
	struct urne_log_item *others = NULL;

	if (leaves == NULL) {
		return no_memory(s);
	}
	s->leaves = leaves;
	urne_buf_reset(scratch);
	urne_event_write(scratch, &item->event);
	urne_merkle_leaf(&leaves[s->num_leaves].hash, urne_buf_view(scratch));
	leaves[s->num_leaves++].end = item->end;
	if (item->event.type == URNE_EVENT_BALLOT) {
		return urne_buf_error(scratch);
	}
	others = room_for(s->others, s->num_others, &s->cap_others, sizeof(*others));
	if (others == NULL) {
		return no_memory(s);
	}
	s->others = others;
	others[s->num_others] = *item;
	for (size_t i = 0; i < item->num_data; i++) {
		others[s->num_others].data[i].body = (struct urne_view){NULL, 0};
	}
	s->num_others++;
	return urne_buf_error(scratch);
}

/* --- one event after the other --- */

static enum urne_err
take_setup(struct urne_state *s, const struct urne_log_item *item)
{
	struct urne_diag *d = &s->cli->diag;
	struct urne_sealed *sealed = &s->sealed;
	enum urne_err e;

	if ((e = urne_archive_load(s->archive, &sealed->election_text, d, &item->data[0])) ||
	    (e = urne_archive_load(s->archive, &sealed->trustees_text, d, &item->data[1])) ||
	    (e = urne_archive_load(s->archive, &sealed->credentials_text, d, &item->data[2])) ||
	    (e = urne_sealed_check(sealed))) {
		return e;
	}
	s->last = calloc(urne_credentials_count(sealed->credentials) + 1, sizeof(*s->last));
	s->chain.has_non_homomorphic = sealed->election.has_non_homomorphic;
	return s->last != NULL ? URNE_OK : no_memory(s);
}

static enum urne_err
take_ballot(struct urne_state *s, const struct urne_log_item *item, struct urne_buf *scratch)
{
	enum urne_err e;

	if (urne_state_find_ballot(s, &item->data[0].hash) != SIZE_MAX) {
		return urne_fail(&s->cli->diag, URNE_ERR_DUPLICATE,
		    "the same ballot stands in the archive twice, do not use this archive");
	}
	urne_buf_reset(scratch);
	e = urne_archive_load(s->archive, scratch, &s->cli->diag, &item->data[0]);
	if (e != URNE_OK) {
		return e;
	}
	return urne_state_note_ballot(
	    s, &item->data[0], item->event.height, member_of(s, urne_buf_view(scratch)));
}

static enum urne_err
take_share(struct urne_state *s, const struct urne_log_item *item, struct urne_buf *scratch)
{
	struct urne_owned owned;
	enum urne_err e;

	urne_buf_reset(scratch);
	e = urne_archive_load(s->archive, scratch, &s->cli->diag, &item->data[1]);
	if (e == URNE_OK) {
		e = urne_owned_read(&owned, &s->cli->diag, urne_buf_view(scratch));
	}
	if (e == URNE_OK && s->num_shares == URNE_MAX_SHARES) {
		e = urne_fail(&s->cli->diag, URNE_ERR_LIMIT, "too many partial decryptions");
	}
	if (e == URNE_OK) {
		s->shares[s->num_shares++] =
		    (struct urne_share_ref){item->data[0], owned.owner, item->event.height};
	}
	return e;
}

static enum urne_err
take(struct urne_state *s, const struct urne_log_item *item, struct urne_buf *scratch)
{
	enum urne_err e = URNE_OK;

	switch (item->event.type) {
	case URNE_EVENT_SETUP:
		return take_setup(s, item);
	case URNE_EVENT_BALLOT:
		return take_ballot(s, item, scratch);
	case URNE_EVENT_ENCRYPTED_TALLY:
		s->tally_record = item->data[0];
		urne_buf_reset(scratch);
		e = urne_archive_load(s->archive, scratch, &s->cli->diag, &item->data[1]);
		return e != URNE_OK ? e
				    : urne_sized_tally_read(
					  &s->sized, &s->cli->diag, urne_buf_view(scratch));
	case URNE_EVENT_PARTIAL_DECRYPTION:
		return take_share(s, item, scratch);
	case URNE_EVENT_RESULT:
		s->result_record = item->data[0];
		return URNE_OK;
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

static enum urne_err
read_all(struct urne_state *s)
{
	struct urne_diag *d = &s->cli->diag;
	enum urne_log_fault fault = URNE_LOG_FAULT_NONE;
	struct urne_log_item item;
	struct urne_buf scratch;
	struct stat st;
	bool done = false;
	enum urne_err e = URNE_OK;

	urne_buf_init(&scratch, URNE_MAX_BALLOT);
	while (e == URNE_OK) {
		e = urne_log_next(s->archive, &s->chain, &item, &done, &fault, d);
		if (e != URNE_OK || done) {
			break;
		}
		e = take(s, &item, &scratch);
		if (e == URNE_OK) {
			e = note_event(s, &item, &scratch);
		}
		s->end = item.end;
		if (e != URNE_OK) {
			urne_diag_within(d, "event %" PRIu64 ": ", item.event.height);
		}
	}
	urne_buf_clear(&scratch);
	/* cut short behind a whole event: an append was interrupted */
	if (e == URNE_ERR_INCOMPLETE && s->chain.num_events > 0 && s->lock >= 0 &&
	    (fault == URNE_LOG_FAULT_FORMAT || fault == URNE_LOG_FAULT_RECORDS) &&
	    fstat(s->lock, &st) == 0) {
		s->torn = (uint64_t)st.st_size - s->end;
		s->torn_height = s->chain.num_events;
		d->text[0] = '\0';
		e = URNE_OK;
	}
	if (e == URNE_OK && s->chain.num_events == 0) {
		e = urne_fail(d, URNE_ERR_INCOMPLETE, "there is no Setup event");
	}
	s->timestamp = urne_archive_timestamp(s->archive);
	return e;
}

static enum urne_err
load_definition(struct urne_state *s)
{
	struct urne_buf path;
	bool there = false;
	enum urne_err e;

	if (s->sealed.election.vote_definition.len == 0) {
		return URNE_OK;
	}
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_find(&path, &there, NULL, s->path.data, ".bel", ".vote.json");
	if (there) {
		e = urne_vote_file_sealed(s->cli, &s->sealed.definition, &s->sealed.definition_text,
		    &s->sealed.arena, path.data, &s->sealed.election);
		s->sealed.has_definition = e == URNE_OK;
	}
	urne_buf_clear(&path);
	return e;
}

/* While we waited for the lock, "urne board pull" may have put a longer archive in its place. */
static bool
was_replaced(const struct urne_state *s)
{
	struct stat locked, named;

	return fstat(s->lock, &locked) == 0 && stat(s->path.data, &named) == 0 &&
	       (locked.st_ino != named.st_ino || locked.st_dev != named.st_dev);
}

static enum urne_err
lock(struct urne_state *s, bool writing)
{
	do {
		if (s->lock >= 0) {
			(void)close(s->lock);
		}
		s->lock = open(s->path.data, (writing ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOCTTY);
		if (s->lock < 0) {
			return urne_fail_errno(&s->cli->diag, "%s", s->path.data);
		}
		if (flock(s->lock, writing ? LOCK_EX : LOCK_SH) != 0) {
			return urne_fail_errno(&s->cli->diag, "%s: cannot be locked", s->path.data);
		}
	} while (was_replaced(s));
	return URNE_OK;
}

enum urne_err
urne_state_open(struct urne_state *s, struct urne_cli *cli, const char *path, bool writing)
{
	enum urne_err e;

	*s = (struct urne_state){.cli = cli, .lock = -1};
	urne_arena_init(&s->arena, STATE_MEMORY);
	urne_buf_init(&s->path, MAX_PATH);
	urne_sealed_init(&s->sealed, cli, path);
	s->shares = urne_arena_alloc(&s->arena, URNE_MAX_SHARES, sizeof(*s->shares));
	if (s->shares == NULL) {
		return no_memory(s);
	}
	e = urne_find_archive(cli, &s->path, path);
	if (e == URNE_OK && s->path.len == 0) {
		e = urne_fail(&cli->diag, URNE_ERR_ORDER,
		    "%s: the election is not sealed yet, do that with \"urne seal %s\"", path,
		    path);
	}
	if (e != URNE_OK) {
		return e;
	}
	s->sealed.place = s->path.data;
	e = lock(s, writing);
	if (e != URNE_OK) {
		return e;
	}
	e = urne_archive_open(&s->archive, &cli->diag, s->path.data);
	if (e != URNE_OK) {
		return e;
	}
	e = read_all(s);
	if (e != URNE_OK) {
		urne_diag_within(&cli->diag, "%s: ", s->path.data);
	} else if (s->torn > 0 && !writing) {
		urne_cli_note("urne: note: %s ends in %" PRIu64 " bytes that an interrupted append "
			      "left; the next append puts them aside",
		    s->path.data, s->torn);
	}
	return e == URNE_OK ? load_definition(s) : e;
}

void
urne_state_close(struct urne_state *s)
{
	urne_archive_close(s->archive);
	urne_sealed_clear(&s->sealed);
	free(s->ballots);
	free(s->last);
	free(s->leaves);
	free(s->others);
	urne_hash_index_clear(&s->seen);
	if (s->lock >= 0) {
		(void)close(s->lock);
	}
	urne_arena_clear(&s->arena);
	urne_buf_clear(&s->path);
}

const char *
urne_stage_words(enum urne_stage stage)
{
	static const char *const words[] = {
	    [URNE_STAGE_EMPTY] = "is empty",
	    [URNE_STAGE_OPEN] = "is open for ballots",
	    [URNE_STAGE_CLOSED] = "is closed and not tallied yet",
	    [URNE_STAGE_SHUFFLING] = "waits for shuffles",
	    [URNE_STAGE_DECRYPTING] = "is tallied and waits for the trustees",
	    [URNE_STAGE_DONE] = "has its result",
	    [URNE_STAGE_JOURNAL] = "is a journal and no election",
	};
	return words[stage];
}

enum urne_err
urne_state_demand(struct urne_state *s, enum urne_stage stage, const char *to)
{
	if (s->chain.stage == stage) {
		return URNE_OK;
	}
	return urne_fail(&s->cli->diag, URNE_ERR_ORDER,
	    "%s: the election %s, so there is no %s now; \"urne status\" says what comes next",
	    s->path.data, urne_stage_words(s->chain.stage), to);
}
