/* SPDX-License-Identifier: EUPL-1.2 */
/* Requests to a real board, step by step as the server takes them, without a socket. Tests only. */
#ifndef URNE_TESTS_BOARD_REQUEST_H
#define URNE_TESTS_BOARD_REQUEST_H

#include "bulletin/server/exchange.h"
#include "tests/unit/support/board_folder.h"

struct board_ask {
	const char *method, *path;
	const char *header; /* NULL, or the name of one whose value is the note in Base64 */
	struct urne_view note;
	struct urne_view body;
};

struct board_reply {
	unsigned status;
	bool read; /* the body was asked for: the head was not refused */
	struct urne_buf body;
};

/* board_ask sends a request and waits for the reply; reply->body is cleared first, and must be
 * cleared in the end: start with {.status = 0}. */
void board_ask(struct board_reply *reply, struct urne_service *s, const struct board_ask *ask);

/* assert_reply: the status, and a piece of the body. */
#define assert_reply(reply, want, says)                                                            \
	do {                                                                                       \
		urne_buf_put(&(reply)->body, "", 1);                                               \
		if ((reply)->status != (want) || strstr((reply)->body.data, says) == NULL) {       \
			fail_msg("%u, not %u \"%s\": %s", (reply)->status, (unsigned)(want), says, \
			    (reply)->body.data);                                                   \
		}                                                                                  \
	} while (0)

#endif
