/* SPDX-License-Identifier: EUPL-1.2 */
/* A server on a free port with the fake board behind it, and raw connections to it. */
#ifndef URNE_TESTS_HTTP_CASE_H
#define URNE_TESTS_HTTP_CASE_H

#include "tests/unit/support/check.h"

#include "bulletin/server/http.h"
#include "tests/unit/board/fake_board.h"

/* For what comes soon on any machine, unless it never comes. */
#define HTTP_PATIENCE_MS 60000

struct http_case {
	char dir[64], public[96];
	struct urne_board *board;
	struct urne_service service;
	struct urne_server_options options;
	struct urne_server *server;
	uint16_t port;
};

/* http_begin makes folders with some published files and a board; change `options` and then call
 * http_start. http_end stops everything. */
void http_begin(struct http_case *c);
void http_start(struct http_case *c);
void http_end(struct http_case *c);
/* http_publish writes a file below public/. */
void http_publish(struct http_case *c, const char *path, const char *content, size_t len);

/* http_connect connects from 127.0.0.N (from 1); -1 when the server does not take it. */
int http_connect(struct http_case *c, unsigned from);
void http_send(int fd, const char *text);
void http_send_bytes(int fd, const char *p, size_t len);

/* One answer. */
struct http_answer {
	unsigned status; /* 0: the connection ended, or nothing came for a while */
	bool closed;
	char head[4096];
	char value[512]; /* of the header asked for last */
	char body[8192]; /* its start, with a NUL */
	size_t body_len;
};
/* http_receive reads one answer; of a HEAD request without a body. */
void http_receive(struct http_answer *a, int fd, bool is_head);
/* http_ask sends on a new connection and reads one answer. */
void http_ask(struct http_answer *a, struct http_case *c, const char *request);
/* The value of a header of the answer, or NULL; valid until the next call. */
const char *http_header(struct http_answer *a, const char *name);
/* http_is_closed: the server ends the connection within so many milliseconds. */
bool http_is_closed(int fd, int ms);

#define assert_status(a, want)                                                                     \
	do {                                                                                       \
		if ((a)->status != (want)) {                                                       \
			fail_msg("status %u, not %u: %s%s", (a)->status, (unsigned)(want),         \
			    (a)->head, (a)->body);                                                 \
		}                                                                                  \
	} while (0)

/* http_await waits until something holds, and fails when it never does. */
void http_await(bool (*holds)(struct http_case *c), struct http_case *c);

#define HTTP_HOST   " HTTP/1.1\r\nHost: x\r\n"
#define HTTP_HEALTH "GET /healthz" HTTP_HOST "\r\n"
/* http_assert_served: somebody else who asks now gets an answer. */
void http_assert_served(struct http_case *c);
/* http_tear_down is http_end for cmocka. */
int http_tear_down(void **state);

#endif
