/* SPDX-License-Identifier: EUPL-1.2 */
/* What the board answers to requests as they stand on the wire: each route, each wrong way to ask,
 * parts of files. */
#include "tests/unit/board/http_case.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crypto/sha256.h"

#define NUM(a)	    (sizeof(a) / sizeof((a)[0]))
#define BB	    "/bb/" FAKE_UUID
#define GET(path)   "GET " path HTTP_HOST "\r\n"
#define HASH_AA	    "aa00000000000000000000000000000000000000000000000000000000000000"
#define HASH_BB	    "bb00000000000000000000000000000000000000000000000000000000000000"
#define HASH_FF	    "ff00000000000000000000000000000000000000000000000000000000000000"
#define NOT_FOUND   "urn:urne:problem:not-found"
#define NO_ELECTION "journal is no election"
#define REQUEST	    "urn:urne:problem:request"
#define IMMUTABLE   "public, max-age=31536000, immutable"

static int
begin(void **state)
{
	static struct http_case c;
	char big[5000];

	http_begin(&c);
	memset(big, 'B', sizeof(big));
	http_publish(&c, "log-list.1", "logs/v0\n", 8);
	http_publish(&c, FAKE_UUID "/checkpoint", "point\n", 6);
	http_publish(&c, FAKE_UUID "/election.bel", big, sizeof(big));
	http_publish(&c, FAKE_UUID "/tile/0/000.p/3", "tile", 4);
	http_publish(&c, FAKE_UUID "/tile/entries/x001/234", "entries", 7);
	http_publish(&c, FAKE_UUID "/objects/" HASH_AA, "object", 6);
	http_publish(&c, FAKE_UUID "/last-event", "{}", 2);
	http_publish(&c, FAKE_UUID "/archive-header", "{}", 2);
	http_publish(&c, FAKE_UUID "/policy", "log\n", 4);
	http_publish(&c, FAKE_UUID "/hints", "eighths", 7);
	http_publish(&c, FAKE_UUID "/empty", "", 0);
	http_publish(&c, "journal/checkpoint", "journal\n", 8);
	http_publish(&c, "secret", "secret", 6);
	http_publish(&c, "../log.key", "secret", 6);
	http_start(&c);
	*state = &c;
	return 0;
}

static void
every_route_answers(void **state)
{
	static const struct {
		const char *request;
		unsigned status;
		const char *type, *cache, *body;
	} cases[] = {
	    {GET("/healthz"), 200, "application/json", "no-cache", "{\"status\":\"ok\"}\n"},
	    {GET("/bb/log-list.1"), 200, "text/plain; charset=utf-8", "no-cache", "logs/v0\n"},
	    {GET(BB "/checkpoint"), 200, "text/plain; charset=utf-8", "no-cache", "point\n"},
	    {GET(BB "/tile/0/000.p/3"), 200, "application/octet-stream", IMMUTABLE, "tile"},
	    {GET(BB "/tile/entries/x001/234"), 200, "application/octet-stream", IMMUTABLE,
		"entries"},
	    {GET(BB "/objects/" HASH_AA), 200, "application/octet-stream", IMMUTABLE, "object"},
	    {GET(BB "/last-event"), 200, "application/json", "no-cache", "{}"},
	    {GET(BB "/archive-header"), 200, "application/json", "no-cache", "{}"},
	    {GET(BB "/policy"), 200, "text/plain; charset=utf-8", "no-cache", "log\n"},
	    {GET(BB "/hints"), 200, "application/octet-stream", "no-cache", "eighths"},
	    {GET(BB "/receipt/" HASH_AA), 200, "application/json", "no-cache", FAKE_RECEIPT},
	    {GET(BB "/status"), 200, "application/json", "no-cache",
		"{\"election\":\"" FAKE_UUID "\",\"stage\":\"open\",\"size\":3,\"ballots\":2,"
		"\"archive\":2048,\"definition\":\"none\",\"journal\":\"none\",\"hints\":false}\n"},
	    {GET("/bb/journal/orders"), 200, "application/json", "no-cache",
		"{\"agree\":2,\"orders\":[]}\n"},
	    {GET("/bb/journal/checkpoint"), 200, "text/plain; charset=utf-8", "no-cache",
		"journal\n"},
	    {"POST " BB "/ballots" HTTP_HOST "Content-Length: 6\r\n\r\nballot", 200,
		"application/json", "no-cache", FAKE_RECEIPT},
	    {"GET http://elsewhere.example" BB "/checkpoint" HTTP_HOST "\r\n", 200,
		"text/plain; charset=utf-8", "no-cache", "point\n"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct http_answer a;

		http_ask(&a, *state, cases[i].request);
		assert_status(&a, cases[i].status);
		assert_string_equal(http_header(&a, "Content-Type"), cases[i].type);
		assert_string_equal(http_header(&a, "Cache-Control"), cases[i].cache);
		assert_string_equal(http_header(&a, "X-Content-Type-Options"), "nosniff");
		assert_string_equal(a.body, cases[i].body);
		assert_int_equal(http_header(&a, "Access-Control-Allow-Origin") != NULL,
		    strstr(cases[i].request, "/bb/") != NULL);
	}
}

static void
every_wrong_way_to_ask_is_a_problem(void **state)
{
	static const struct {
		const char *request;
		unsigned status;
		const char *type;
	} cases[] = {
	    {GET("/"), 404, NOT_FOUND},
	    {GET("/bb"), 404, NOT_FOUND},
	    {GET("/bb/"), 404, NOT_FOUND},
	    {GET(BB), 404, NOT_FOUND},
	    {GET(BB "/"), 404, NOT_FOUND},
	    {GET(BB "/vote.json"), 404, NOT_FOUND},
	    {GET(BB "/empty"), 404, NOT_FOUND},
	    {GET("/secret"), 404, NOT_FOUND},
	    {GET("/bb/secret"), 404, NOT_FOUND},
	    {GET(BB "/checkpoint/"), 404, NOT_FOUND},
	    {GET(BB "//checkpoint"), 404, NOT_FOUND},
	    {GET("//bb/" FAKE_UUID "/checkpoint"), 404, NOT_FOUND},
	    {GET("/bb/../log.key"), 404, NOT_FOUND},
	    {GET("/bb/" FAKE_UUID "/../../log.key"), 404, NOT_FOUND},
	    {GET(BB "/objects/../checkpoint"), 404, NOT_FOUND},
	    {GET(BB "/tile/../checkpoint"), 404, NOT_FOUND},
	    {GET(BB "/tile/0/../../checkpoint"), 404, NOT_FOUND},
	    {GET(BB "/tile/0/000.p/0"), 404, NOT_FOUND},
	    {GET(BB "/tile/0/999"), 404, NOT_FOUND},
	    {GET(BB "/tile/0"), 404, NOT_FOUND},
	    {GET("/bb/%2e%2e/log.key"), 400, REQUEST},
	    {GET("/bb%2f" FAKE_UUID "/checkpoint"), 400, REQUEST},
	    {GET(BB "/checkpoin%74"), 400, REQUEST},
	    {GET(BB "/checkpoint%00"), 400, REQUEST},
	    {GET(BB "/checkpoint?x=1"), 400, REQUEST},
	    {GET(BB "/checkpoint?"), 400, REQUEST},
	    {GET(BB "\\checkpoint"), 400, REQUEST},
	    {GET(BB "/checkp\xc3\xb6int"), 400, REQUEST},
	    {GET(BB "/check;point"), 400, REQUEST},
	    {GET("*"), 400, REQUEST},
	    {GET(BB "/objects/AA"
		    "00000000000000000000000000000000000000000000000000000000000000"),
		404, NOT_FOUND},
	    {GET(BB "/objects/" HASH_BB), 404, NOT_FOUND},
	    {GET(BB "/receipt/" HASH_BB), 404, NOT_FOUND},
	    {GET(BB "/receipt/short"), 404, NOT_FOUND},
	    {GET("/bb/8GpLcyFqQvDrUm/status"), 404, NOT_FOUND},
	    {GET("/bb/0GpLcyFqQvDrUn/status"), 404, NOT_FOUND},
	    {"POST /bb/8GpLcyFqQvDrUm/ballots" HTTP_HOST "Content-Length: 1\r\n\r\nx", 404,
		NOT_FOUND},
	    {"POST " BB "/events/Ballot" HTTP_HOST "Content-Length: 0\r\n\r\n", 404, NOT_FOUND},
	    {"POST " BB "/events/setup" HTTP_HOST "Content-Length: 0\r\n\r\n", 404, NOT_FOUND},
	    {"POST " BB "/ballots" HTTP_HOST "Content-Length: 0\r\n\r\n", 422,
		"urn:urne:problem:incomplete"},
	    {"POST " BB "/events/Setup" HTTP_HOST "Content-Length: 0\r\n\r\n", 404, NOT_FOUND},
	    {"POST " BB "/events/EndBallots" HTTP_HOST "Content-Length: 0\r\n\r\n", 404, NOT_FOUND},
	    {"POST " BB "/events/EncryptedTally" HTTP_HOST "Content-Length: 0\r\n\r\n", 404,
		NOT_FOUND},
	    {"POST " BB "/events/Result" HTTP_HOST "Content-Length: 0\r\n\r\n", 404, NOT_FOUND},
	    {"POST " BB "/orders" HTTP_HOST "Content-Length: 0\r\n\r\n", 404, NOT_FOUND},
	    {GET("/bb/journal/status"), 404, NO_ELECTION},
	    {GET("/bb/journal/vote.json"), 404, NO_ELECTION},
	    {GET("/bb/journal/receipt/" HASH_AA), 404, NO_ELECTION},
	    {"POST /bb/journal/ballots" HTTP_HOST "Content-Length: 1\r\n\r\nx", 404, NO_ELECTION},
	    {"POST /bb/journal/events/PartialDecryption" HTTP_HOST "Content-Length: 1\r\n\r\nx",
		404, NO_ELECTION},
	    {"PUT " BB "/vote.json" HTTP_HOST "Content-Length: 2\r\n\r\n{}", 405,
		"urn:urne:problem:method"},
	    {GET(BB "/receipt/" HASH_FF), 500, "urn:urne:problem:ours"},
	    {"GET " BB "/checkpoint" HTTP_HOST "Content-Length: 5\r\n\r\nhello", 413,
		"urn:urne:problem:too-large"},
	    {"GET " BB "/checkpoint" HTTP_HOST "Content-Length: 9999999999\r\n\r\nhello", 413,
		"urn:urne:problem:too-large"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct http_answer a;

		http_ask(&a, *state, cases[i].request);
		if (a.status != cases[i].status || strstr(a.body, cases[i].type) == NULL) {
			fail_msg("%s: %s%s", cases[i].request, a.head, a.body);
		}
		assert_string_equal(http_header(&a, "Content-Type"), "application/problem+json");
		assert_null(strstr(a.body, "secret"));
	}
}

static void
a_method_that_is_not_there_names_those_that_are(void **state)
{
	static const struct {
		const char *request;
		unsigned status;
		const char *allow;
	} cases[] = {
	    {"POST /healthz" HTTP_HOST "Content-Length: 0\r\n\r\n", 405, "GET, HEAD, OPTIONS"},
	    {"DELETE " BB "/checkpoint" HTTP_HOST "\r\n", 405, "GET, HEAD, OPTIONS"},
	    {"BREW " BB "/checkpoint" HTTP_HOST "\r\n", 405, "GET, HEAD, OPTIONS"},
	    {"GET " BB "/ballots" HTTP_HOST "\r\n", 405, "POST, OPTIONS"},
	    {"HEAD " BB "/ballots" HTTP_HOST "\r\n", 405, "POST, OPTIONS"},
	    {"get " BB "/checkpoint" HTTP_HOST "\r\n", 405, "GET, HEAD, OPTIONS"},
	    {"POST " BB "/vote.json" HTTP_HOST "Content-Length: 4\r\n\r\nbody", 405,
		"GET, HEAD, OPTIONS"},
	    {"OPTIONS " BB "/vote.json" HTTP_HOST "\r\n", 204, "GET, HEAD, OPTIONS"},
	    {"OPTIONS " BB "/ballots" HTTP_HOST "\r\n", 204, "POST, OPTIONS"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct http_answer a;

		http_ask(&a, *state, cases[i].request);
		assert_status(&a, cases[i].status);
		assert_non_null(http_header(&a, "Allow"));
		assert_string_equal(http_header(&a, "Allow"), cases[i].allow);
	}
}

static void
a_head_request_gets_the_headers_alone(void **state)
{
	struct http_answer a;
	struct http_case *c = *state;
	int fd = http_connect(c, 1);

	http_send(fd, "HEAD " BB "/checkpoint" HTTP_HOST "\r\n" GET("/healthz"));
	http_receive(&a, fd, true);
	assert_status(&a, 200);
	assert_string_equal(http_header(&a, "Content-Length"), "6");
	/* what comes next is the next answer */
	http_receive(&a, fd, false);
	assert_status(&a, 200);
	assert_string_equal(a.body, "{\"status\":\"ok\"}\n");
	(void)close(fd);
}

static void
parts_of_a_file_are_what_was_asked_for(void **state)
{
	/* of the archive, 5000 bytes, the board has published 2048 */
	static const struct {
		const char *range;
		unsigned status;
		const char *content_range;
		size_t len;
	} cases[] = {
	    {"bytes=0-", 206, "bytes 0-2047/2048", 2048},
	    {"bytes=0-0", 206, "bytes 0-0/2048", 1},
	    {"bytes=100-199", 206, "bytes 100-199/2048", 100},
	    {"bytes=2047-", 206, "bytes 2047-2047/2048", 1},
	    {"bytes=2000-9999", 206, "bytes 2000-2047/2048", 48},
	    {"bytes=-5", 206, "bytes 2043-2047/2048", 5},
	    {"bytes=-99999999999999999999999", 206, "bytes 0-2047/2048", 2048},
	    {"bytes=2048-", 416, "bytes */2048", 0},
	    {"bytes=99999999999999999999999-", 416, "bytes */2048", 0},
	    {"bytes=-0", 416, "bytes */2048", 0},
	    {"bytes=5-4", 200, NULL, 2048},
	    {"bytes=0-1,5-6", 200, NULL, 2048},
	    {"bytes=a-b", 200, NULL, 2048},
	    {"bytes=-", 200, NULL, 2048},
	    {"bytes=", 200, NULL, 2048},
	    {"bytes=0-1\r\nIf-Range: \"x\"", 200, NULL, 2048},
	    {"lines=0-1", 200, NULL, 2048},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		char request[256];
		struct http_answer a;
		const char *range;

		(void)snprintf(request, sizeof(request),
		    "GET " BB "/election.bel" HTTP_HOST "Range: %s\r\n\r\n", cases[i].range);
		http_ask(&a, *state, request);
		assert_status(&a, cases[i].status);
		range = http_header(&a, "Content-Range");
		if (cases[i].content_range == NULL) {
			assert_null(range);
		} else {
			assert_non_null(range);
			assert_string_equal(range, cases[i].content_range);
		}
		if (cases[i].status != 416) {
			assert_int_equal(a.body_len, cases[i].len);
			assert_string_equal(http_header(&a, "Accept-Ranges"), "bytes");
		}
	}
}

static void
a_link_is_not_followed(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;
	char target[200], link_name[200];

	(void)snprintf(target, sizeof(target), "%s/../log.key", c->public);
	(void)snprintf(link_name, sizeof(link_name), "%s/" FAKE_UUID "/vote.json", c->public);
	assert_int_equal(symlink(target, link_name), 0);
	http_ask(&a, c, GET(BB "/vote.json"));
	assert_status(&a, 404);
	assert_int_equal(unlink(link_name), 0);
	(void)snprintf(link_name, sizeof(link_name), "%s/8GpLcyFqQvDrUo", c->public);
	(void)snprintf(target, sizeof(target), "%s/" FAKE_UUID, c->public);
	assert_int_equal(symlink(target, link_name), 0);
	http_ask(&a, c, GET("/bb/8GpLcyFqQvDrUo/checkpoint"));
	assert_status(&a, 404);
	assert_int_equal(unlink(link_name), 0);
}

static void
what_the_board_says_becomes_status_and_sentence(void **state)
{
	static const struct {
		enum urne_err err;
		unsigned retry_after;
		unsigned status;
		const char *type;
	} cases[] = {
	    {URNE_ERR_SYNTAX, 0, 400, "form"},
	    {URNE_ERR_RANGE, 0, 422, "bounds"},
	    {URNE_ERR_GROUP, 0, 422, "bounds"},
	    {URNE_ERR_PROOF, 0, 422, "proof"},
	    {URNE_ERR_MISMATCH, 0, 422, "mismatch"},
	    {URNE_ERR_ORDER, 0, 409, "stage"},
	    {URNE_ERR_ORDER, 13, 429, "rate"},
	    {URNE_ERR_UNKNOWN, 0, 422, "unknown"},
	    {URNE_ERR_DUPLICATE, 0, 409, "duplicate"},
	    {URNE_ERR_LIMIT, 0, 413, "too-large"},
	    {URNE_ERR_INCOMPLETE, 0, 422, "incomplete"},
	    {URNE_ERR_UNSUPPORTED, 0, 422, "unsupported"},
	    {URNE_ERR_IO, 0, 500, "ours"},
	    {URNE_ERR_IO, 13, 503, "busy"},
	    {URNE_ERR_INTERNAL, 0, 500, "ours"},
	};
	struct http_case *c = *state;
	struct fake *f = fake_of(c->board);

	c->service.board = c->board;
	f->says = "the sentence of the board";
	for (size_t i = 0; i < NUM(cases); i++) {
		struct http_answer a;
		char type[64];

		f->err = cases[i].err;
		f->retry_after = cases[i].retry_after;
		http_ask(&a, c, "POST " BB "/ballots" HTTP_HOST "Content-Length: 1\r\n\r\nx");
		assert_status(&a, cases[i].status);
		(void)snprintf(type, sizeof(type), "urn:urne:problem:%s\"", cases[i].type);
		assert_non_null(strstr(a.body, type));
		/* what went wrong with us stays with us */
		assert_int_equal(strstr(a.body, f->says) != NULL, cases[i].status != 500);
		if (cases[i].retry_after > 0) {
			assert_string_equal(http_header(&a, "Retry-After"), "13");
		} else {
			assert_null(http_header(&a, "Retry-After"));
		}
	}
	f->err = URNE_OK;
	f->says = NULL;
	f->retry_after = 0;
}

static void
a_sealed_definition_is_there_or_missing(void **state)
{
	struct http_case *c = *state;
	struct fake *f = fake_of(c->board);
	struct http_answer a;

	f->election.election.vote_definition = urne_view_of(HASH_AA);
	http_ask(&a, c, GET(BB "/status"));
	assert_non_null(strstr(a.body, "\"definition\":\"missing\""));
	f->election.election.vote_definition = urne_view_of("");
}

#define ORDER "POST /bb/journal/orders" HTTP_HOST "Content-Length: 5\r\n\r\norder"
#define AB8   "abababababababab"
#define AB64  AB8 AB8 AB8 AB8

static void
an_order_waits_or_is_executed(void **state)
{
	struct http_case *c = *state;
	struct fake *f = fake_of(c->board);
	struct http_answer a;

	f->num_signed = 1;
	f->num_needed = 2;
	http_ask(&a, c, ORDER);
	assert_status(&a, 200);
	assert_string_equal(
	    a.body, "{\"order\":\"" AB64 "\",\"state\":\"waiting\",\"signed\":1,\"needed\":2}\n");
	assert_string_equal(f->ballot, "order");
	f->num_needed = 0;
	http_ask(&a, c, ORDER);
	assert_status(&a, 200);
	assert_string_equal(
	    a.body, "{\"order\":\"" AB64 "\",\"state\":\"executed\",\"entry\":7}\n");
	http_ask(&a, c,
	    "POST /bb/journal/orders" HTTP_HOST
	    "Content-Length: 16385\r\nExpect: 100-continue\r\n\r\n");
	assert_status(&a, 413);
}

static void
an_order_that_is_refused_says_whether_it_was_nobodys(void **state)
{
	static const struct {
		enum urne_err err;
		size_t num_signed;
		unsigned retry_after, status;
		const char *type;
	} cases[] = {
	    {URNE_ERR_INCOMPLETE, 0, 0, 403, "not-authorised"},
	    {URNE_ERR_INCOMPLETE, 1, 0, 422, "incomplete"},
	    {URNE_ERR_ORDER, 0, 0, 409, "stage"},
	    {URNE_ERR_DUPLICATE, 1, 0, 409, "duplicate"},
	    {URNE_ERR_SYNTAX, 0, 0, 400, "form"},
	    {URNE_ERR_LIMIT, 1, 3600, 503, "busy"},
	    {URNE_ERR_LIMIT, 1, 0, 413, "too-large"},
	};
	struct http_case *c = *state;
	struct fake *f = fake_of(c->board);

	f->says = "the sentence of the board";
	for (size_t i = 0; i < NUM(cases); i++) {
		struct http_answer a;

		f->err = cases[i].err;
		f->num_signed = cases[i].num_signed;
		f->retry_after = cases[i].retry_after;
		http_ask(&a, c, ORDER);
		assert_status(&a, cases[i].status);
		assert_non_null(strstr(a.body, cases[i].type));
		assert_non_null(strstr(a.body, f->says));
	}
	f->err = URNE_OK;
	f->says = NULL;
	f->retry_after = 0;
}

static void
waiting_orders_are_shown_with_those_who_signed(void **state)
{
	struct http_case *c = *state;
	struct fake *f = fake_of(c->board);
	struct http_answer a;

	f->waiting =
	    "urne-order/1\n\n\xe2\x80\x94 amel "
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "AAAAAAAAAAA=\n";
	http_ask(&a, c, GET("/bb/journal/orders"));
	assert_status(&a, 200);
	assert_non_null(
	    strstr(a.body, "{\"agree\":2,\"orders\":[{\"order\":\"" AB64
			   "\",\"signed\":[\"amel\"],\"needed\":1,\"note\":\"urne-order/1\\n\\n"));
	f->waiting = NULL;
}

static void
numbers_count_what_was_answered(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;

	http_ask(&a, c, GET("/nothing"));
	http_ask(&a, c, GET("/metrics"));
	assert_status(&a, 200);
	assert_string_equal(
	    http_header(&a, "Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
	assert_non_null(strstr(a.body, "\n# TYPE urne_requests_total counter\n"));
	assert_non_null(strstr(a.body, "\nurne_requests_total{class=\"2xx\"} "));
	assert_null(strstr(a.body, "\nurne_requests_total{class=\"4xx\"} 0\n"));
	assert_non_null(strstr(a.body, "\nurne_check_seconds_total 0.000000\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_route_answers),
	    cmocka_unit_test(every_wrong_way_to_ask_is_a_problem),
	    cmocka_unit_test(a_method_that_is_not_there_names_those_that_are),
	    cmocka_unit_test(a_head_request_gets_the_headers_alone),
	    cmocka_unit_test(parts_of_a_file_are_what_was_asked_for),
	    cmocka_unit_test(a_link_is_not_followed),
	    cmocka_unit_test(what_the_board_says_becomes_status_and_sentence),
	    cmocka_unit_test(a_sealed_definition_is_there_or_missing),
	    cmocka_unit_test(an_order_waits_or_is_executed),
	    cmocka_unit_test(an_order_that_is_refused_says_whether_it_was_nobodys),
	    cmocka_unit_test(waiting_orders_are_shown_with_those_who_signed),
	    cmocka_unit_test(numbers_count_what_was_answered),
	};
	return cmocka_run_group_tests_name("board_http", tests, begin, http_tear_down);
}
