/* SPDX-License-Identifier: EUPL-1.2 */
/* What a run with --state knows of the one before, and leaves to the next: the state of an observer
 * (observer/observer.h), which is that of "urne watch". Whoever runs the program owns the file and
 * is believed; everything that it says of the archive is compared with the archive all the same.
 * Spec: docs/observing.md#the-state-file */
#ifndef URNE_VERIFIER_STATE_H
#define URNE_VERIFIER_STATE_H

#include "observer/observer.h"
#include "verifier/report.h"

enum urne_state_phase {
	URNE_STATE_RESUMING,  /* events that the file has: they are compared */
	URNE_STATE_RECORDING, /* events behind these: what is right is added */
	URNE_STATE_CLOSED,    /* behind the first thing that is not: nothing is added any more */
	URNE_STATE_LOST,      /* the file's events are not there: the archive is verified anew */
};

struct urne_verify_state {
	const char *path;
	struct urne_buf folder; /* FILE.d, with a NUL */
	int lock;		/* of the folder, or -1 */
	uint64_t began;		/* seconds since 1970: before anything was fetched */
	enum urne_state_phase phase;
	struct urne_observer o; /* of the file; from then on it grows */
	bool there;		/* the file was */
	uint64_t size;		/* events that the file has */
	uint64_t num_ballots;	/* and ballots */
	struct urne_buf event;	/* the one at work */

	/* the checkpoint of the file */
	bool has_signed;
	uint64_t signed_size;
	struct urne_hash signed_root;
	bool reached, same_root; /* the archive has so many events, and this root */

	/* LOST: where and why */
	bool behind; /* what is there is too short */
	bool anew;   /* the run that begins anew has begun */
	char place[URNE_MAX_PLACE];
	struct urne_diag why;
};

#endif
