/* SPDX-License-Identifier: EUPL-1.2 */
/* What a member types to choose: "2", "1 3 7", "1-5, 9". */
#ifndef URNE_CLIENT_QUESTIONNAIRE_PICKS_H
#define URNE_CLIENT_QUESTIONNAIRE_PICKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

enum urne_picks_fault {
	URNE_PICKS_FINE,
	URNE_PICKS_UNREADABLE, /* no numbers */
	URNE_PICKS_NO_SUCH,    /* `number` is not there */
	URNE_PICKS_TWICE,      /* `number` stands again */
};

struct urne_picks {
	uint64_t *picked; /* [0..num]: 1 for each number that was typed; of the caller, secret */
	size_t max;	  /* the largest number; 0 is possible when zero */
	bool zero;
	size_t num;	 /* how many were typed */
	uint64_t number; /* of a fault */
};

/* urne_picks_read clears `picked` and reads the line. */
enum urne_picks_fault urne_picks_read(struct urne_picks *p, struct urne_view line);
/* urne_picks_word takes the next word off *line, without the spaces and commas around it. */
struct urne_view urne_picks_word(struct urne_view *line);

#endif
