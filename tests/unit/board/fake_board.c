/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/board/fake_board.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define GENESIS                                                                                    \
	"{\"at\":\"2026-11-26T18:00:00Z\",\"format\":\"urne-journal/1\",\"name\":\"Les Amis\","    \
	"\"service\":\"vote.example.org/bb\",\"agree\":2,\"officials\":["                          \
	"\"claire+760b197e+AS4oCgVgAEYnJKBbYUUEDDINs5vYUmPLkY9lYMu0aFpy\","                        \
	"\"amel+eb55c733+ATCnaqO7n95fxn4NaWXSehTIO//dzgA/AzmgZ1qZZ3G0\"]}"

struct urne_board {
	struct fake fake;
	struct urne_metrics metrics;
	struct urne_journal *journal;
	const char *public;
};

/* The log of the election, which holds the board, and behind it that of the journal. */
struct urne_board_log {
	struct urne_board board;
	bool is_journal;
};

static struct urne_board_log *
log_of(struct urne_board *b)
{
	return (struct urne_board_log *)(void *)b;
}

struct urne_board *
fake_board_new(const char *public)
{
	struct urne_board_log *l = calloc(2, sizeof(*l));
	struct urne_diag d = {{0}};

	if (l == NULL || urne_journal_new(&l->board.journal, &d) != URNE_OK ||
	    urne_journal_step(l->board.journal, &d, URNE_EVENT_GENESIS, urne_view_of(GENESIS)) !=
		URNE_OK) {
		abort();
	}
	l[1].is_journal = true;
	(void)pthread_mutex_init(&l->board.fake.lock, NULL);
	l->board.public = public;
	l->board.fake.config.service = urne_view_of("vote.example.org/bb");
	l->board.fake.election.max_ballot = 1000;
	l->board.fake.state = (struct urne_board_state){URNE_STAGE_OPEN, 3, 2, 2048};
	return &l->board;
}

void
fake_board_free(struct urne_board *b)
{
	(void)pthread_mutex_destroy(&b->fake.lock);
	urne_journal_free(b->journal);
	free(log_of(b));
}

struct fake *
fake_of(struct urne_board *b)
{
	return &b->fake;
}

static void
moment(void)
{
	static const struct timespec t = {.tv_nsec = 2000000};

	(void)nanosleep(&t, NULL);
}

static void
finish(struct urne_board *b, struct urne_submission *s)
{
	struct fake *f = &b->fake;

	s->err = f->err;
	if (f->says != NULL) {
		(void)urne_fail(&s->diag, f->err, "%s", f->says);
	}
	s->retry_after = f->retry_after;
	s->height = 7;
	memset(s->order.b, 0xab, sizeof(s->order.b));
	s->num_signed = f->num_signed;
	s->num_needed = f->num_needed;
	urne_buf_puts(&s->receipt, FAKE_RECEIPT);
	s->done(s);
}

void
fake_wait(struct urne_board *b, size_t num)
{
	size_t held = 0;

	while (held < num) {
		moment();
		(void)pthread_mutex_lock(&b->fake.lock);
		held = b->fake.num_held;
		(void)pthread_mutex_unlock(&b->fake.lock);
	}
}

void
fake_release(struct urne_board *b)
{
	struct urne_submission *s;

	(void)pthread_mutex_lock(&b->fake.lock);
	s = b->fake.held;
	b->fake.held = NULL;
	b->fake.num_held = 0;
	(void)pthread_mutex_unlock(&b->fake.lock);
	while (s != NULL) {
		struct urne_submission *next = s->next;

		finish(b, s);
		s = next;
	}
}

struct later {
	struct urne_board *board;
	struct urne_submission *submission;
};

static void *
finish_later(void *arg)
{
	struct later later = *(struct later *)arg;

	free(arg);
	moment();
	finish(later.board, later.submission);
	return NULL;
}

static void
start_later(struct urne_board *b, struct urne_submission *s)
{
	struct later *later = malloc(sizeof(*later));
	pthread_attr_t attr;
	pthread_t thread;

	if (later == NULL) {
		abort();
	}
	*later = (struct later){b, s};
	(void)pthread_attr_init(&attr);
	(void)pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	if (pthread_create(&thread, &attr, finish_later, later) != 0) {
		abort();
	}
	(void)pthread_attr_destroy(&attr);
}

static void
note(struct fake *f, const struct urne_submission *s)
{
	size_t len = s->ballot.len < sizeof(f->ballot) - 1 ? s->ballot.len : sizeof(f->ballot) - 1;

	f->num_submitted++;
	f->type = s->type;
	f->num_data = s->num_data;
	f->timestamp = s->timestamp;
	memset(f->ballot, 0, sizeof(f->ballot));
	if (len > 0) {
		memcpy(f->ballot, s->ballot.data, len);
	}
	f->ballot_len = s->ballot.len;
	f->hints_len = s->hints.len;
	if (s->hints.len > 0 && s->hints.len < sizeof(f->hints)) {
		memcpy(f->hints, s->hints.data, s->hints.len);
	}
}

enum urne_err
urne_board_submit(struct urne_board *b, struct urne_submission *s, unsigned *retry_after)
{
	struct fake *f = &b->fake;
	enum fake_mode mode = f->mode;

	*retry_after = 0;
	if (mode == FAKE_FULL) {
		*retry_after = 7;
		return URNE_ERR_LIMIT;
	}
	(void)pthread_mutex_lock(&f->lock);
	note(f, s);
	if (mode == FAKE_HELD) {
		s->next = f->held;
		f->held = s;
		f->num_held++;
	}
	(void)pthread_mutex_unlock(&f->lock);
	if (mode == FAKE_AT_ONCE) {
		finish(b, s);
	} else if (mode == FAKE_LATER) {
		start_later(b, s);
	}
	return URNE_OK;
}

const struct urne_board_config *
urne_board_config(const struct urne_board *b)
{
	return &b->fake.config;
}

struct urne_metrics *
urne_board_metrics(struct urne_board *b)
{
	return &b->metrics;
}

enum urne_err
urne_board_payload(struct urne_board *b, const struct urne_board_log *l, struct urne_buf *out,
    struct urne_diag *d, enum urne_event_type type)
{
	(void)b;
	(void)l;
	(void)out;
	(void)type;
	return urne_fail(d, URNE_ERR_IO, "no rows are behind this board");
}

const struct urne_pages *
urne_board_pages(const struct urne_board *b)
{
	return b->fake.pages;
}

const char *
urne_board_public(const struct urne_board *b)
{
	return b->public;
}

struct urne_board_log *
urne_board_find(struct urne_board *b, struct urne_view uuid)
{
	return urne_view_is(uuid, FAKE_UUID)	       ? log_of(b)
	       : urne_view_is(uuid, URNE_JOURNAL_NAME) ? log_of(b) + 1
						       : NULL;
}

struct urne_view
urne_board_log_uuid(const struct urne_board_log *l)
{
	return urne_view_of(l->is_journal ? URNE_JOURNAL_NAME : FAKE_UUID);
}

const struct urne_board_election *
urne_board_log_election(const struct urne_board_log *l)
{
	return l->is_journal ? NULL : &l->board.fake.election;
}

bool
urne_board_wants_hints(const struct urne_board *b, const struct urne_board_log *l)
{
	(void)b;
	return l->board.fake.election.num_points > 0;
}

uint64_t
urne_board_log_timestamp(const struct urne_board_log *l)
{
	(void)l;
	return FAKE_TIME;
}

void
urne_board_log_state(struct urne_board_log *l, struct urne_board_state *out)
{
	*out = l->board.fake.state;
}

enum urne_err
urne_board_journal_use(
    struct urne_board *b, enum urne_err (*use)(void *ctx, const struct urne_journal *j), void *ctx)
{
	return use(ctx, b->journal);
}

/* The drafts of no election are here. */
enum urne_err
urne_board_draft_length(struct urne_board *b, uint64_t *len, bool *there, struct urne_diag *d,
    struct urne_view election, struct urne_view part)
{
	(void)b;
	(void)d;
	(void)election;
	(void)part;
	*len = 0;
	*there = false;
	return URNE_OK;
}

enum urne_err
urne_board_draft(struct urne_board *b, struct urne_buf *out, bool *there, struct urne_diag *d,
    struct urne_view election, struct urne_view part)
{
	uint64_t len;

	(void)out;
	return urne_board_draft_length(b, &len, there, d, election, part);
}

enum urne_err
urne_board_waiting(struct urne_board *b, struct urne_diag *d,
    enum urne_err (*visit)(void *ctx, const struct urne_hash *order, struct urne_view note),
    void *ctx)
{
	struct urne_hash order;

	(void)d;
	memset(order.b, 0xab, sizeof(order.b));
	return b->fake.waiting != NULL ? visit(ctx, &order, urne_view_of(b->fake.waiting))
				       : URNE_OK;
}

enum urne_err
urne_board_waiting_check(
    struct urne_board *b, struct urne_arena *arena, struct urne_diag *d, struct urne_view note)
{
	(void)b;
	(void)arena;
	(void)d;
	(void)note;
	return URNE_OK;
}

/* The receipt of the ballot whose hash begins with 0xaa is there; of 0xff it cannot be made. */
enum urne_err
urne_board_receipt(struct urne_board *b, struct urne_board_log *l, struct urne_buf *out,
    struct urne_diag *d, const struct urne_hash *tracker)
{
	(void)b;
	(void)l;
	if (tracker->b[0] == 0xff) {
		return urne_fail(d, URNE_ERR_IO, "/secret/path/main.db: disk I/O error");
	}
	if (tracker->b[0] != 0xaa) {
		return urne_fail(d, URNE_ERR_UNKNOWN, "no such ballot");
	}
	urne_buf_puts(out, FAKE_RECEIPT);
	return URNE_OK;
}
