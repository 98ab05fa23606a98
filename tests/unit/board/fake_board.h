/* SPDX-License-Identifier: EUPL-1.2 */
/* A board that a test holds in its hands: one election, a journal with its genesis, and answers
 * when and as the test says. It implements bulletin/server/board.h in place of board.c. */
#ifndef URNE_TESTS_FAKE_BOARD_H
#define URNE_TESTS_FAKE_BOARD_H

#include <pthread.h>
#include <stdatomic.h>

#include "bulletin/server/board.h"

#define FAKE_UUID    "8GpLcyFqQvDrUn"
#define FAKE_TIME    1795403491
#define FAKE_RECEIPT "{\"format\":\"urne-receipt/1\"}"

enum fake_mode {
	FAKE_AT_ONCE, /* done() before urne_board_submit returns */
	FAKE_LATER,   /* done() from another thread, a moment later */
	FAKE_HELD,    /* done() when fake_release is called */
	FAKE_FULL,    /* not taken */
};

struct fake {
	enum fake_mode mode;
	enum urne_err err; /* what becomes of every submission */
	const char *says;
	unsigned retry_after;
	size_t num_signed, num_needed;	/* of every order */
	const struct urne_pages *pages; /* NULL: none; the test's */
	const char *waiting;		/* a note that waits for signatures; NULL: none */
	struct urne_board_election election;
	struct urne_board_state state;
	struct urne_board_config config;

	/* seen */
	pthread_mutex_t lock;
	struct urne_submission *held;
	size_t num_submitted, num_held;
	enum urne_event_type type;
	size_t num_data;
	uint64_t timestamp;
	char ballot[4096]; /* the start of the last text */
	char hints[4096];  /* and of the hints with it */
	size_t ballot_len, hints_len;
};

/* fake_board_new makes a board whose published files lie in `public`. */
struct urne_board *fake_board_new(const char *public);
void fake_board_free(struct urne_board *b);
struct fake *fake_of(struct urne_board *b);
/* fake_wait waits until so many submissions are held; fake_release answers all of them. */
void fake_wait(struct urne_board *b, size_t num);
void fake_release(struct urne_board *b);

#endif
