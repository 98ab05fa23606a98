/* SPDX-License-Identifier: EUPL-1.2 */
/* The HTTP client against a server that misbehaves in every way it knows:
 * tests/support/http-server.py, which is a program of another language on purpose. */
#include "tests/unit/support/check.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/http/http.h"

#define NUM(a)	      (sizeof(a) / sizeof((a)[0]))
#define SERVER	      "tests/support/http-server.py"
#define BODY_LEN      ((size_t)3000000)
#define MAX_ARGUMENTS 24

struct server {
	pid_t pid;
	int to; /* it ends when this is closed */
	char port[8];
};

struct fixture {
	char dir[64];
	struct server plain, tls;
	char certificate[80], key[80];
	struct urne_http *http;
	struct urne_buf body;
	struct urne_diag d;
	char url[128];
};

/* spawn starts a program of the PATH; in and out may be -1: ours. */
static pid_t
spawn(const char *const *arguments, int in, int out)
{
	char *argv[MAX_ARGUMENTS] = {NULL};
	posix_spawn_file_actions_t a;
	pid_t pid = -1;
	size_t num = 0;

	while (num + 1 < MAX_ARGUMENTS && arguments[num] != NULL) {
		num++;
	}
	assert_null(arguments[num]);
	memcpy(argv, arguments, num * sizeof(*argv));
	assert_int_equal(posix_spawn_file_actions_init(&a), 0);
	if (in >= 0) {
		assert_int_equal(posix_spawn_file_actions_adddup2(&a, in, 0), 0);
		assert_int_equal(posix_spawn_file_actions_adddup2(&a, out, 1), 0);
	}
	if (posix_spawnp(&pid, argv[0], &a, NULL, argv, environ) != 0) {
		fail_msg("%s does not start: tools/deps.sh installs it", argv[0]);
	}
	(void)posix_spawn_file_actions_destroy(&a);
	return pid;
}

static void
start(struct server *s, const char *const *arguments)
{
	int in[2], out[2];
	size_t len = 0;

	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	s->pid = spawn(arguments, in[0], out[1]);
	(void)close(in[0]);
	(void)close(out[1]);
	s->to = in[1];
	/* a line, however it is cut into writes */
	while (read(out[0], &s->port[len], 1) == 1 && s->port[len] != '\n') {
		assert_true(++len < sizeof(s->port));
	}
	(void)close(out[0]);
	assert_true(len > 0);
	s->port[len] = '\0';
}

static void
stop(struct server *s)
{
	int status;

	(void)close(s->to);
	(void)waitpid(s->pid, &status, 0);
}

static int
run(const char *const *arguments)
{
	pid_t pid = spawn(arguments, -1, -1);
	int status = -1;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static int
setup(void **state)
{
	static struct fixture f;

	f = (struct fixture){.dir = "/tmp/urne-http-XXXXXX"};
	/* a proxy of the environment must not be asked: there is none at this port */
	if (setenv("http_proxy", "http://127.0.0.1:1", 1) != 0 ||
	    setenv("ALL_PROXY", "http://127.0.0.1:1", 1) != 0 || mkdtemp(f.dir) == NULL) {
		return -1;
	}
	(void)snprintf(f.certificate, sizeof(f.certificate), "%s/cert.pem", f.dir);
	(void)snprintf(f.key, sizeof(f.key), "%s/key.pem", f.dir);
	if (run((const char *const[]){"openssl", "req", "-x509", "-newkey", "ed25519", "-nodes",
		"-keyout", f.key, "-out", f.certificate, "-days", "2", "-subj", "/CN=test",
		"-addext", "subjectAltName=DNS:localhost", NULL}) != 0) {
		return -1;
	}
	start(&f.plain, (const char *const[]){"python3", SERVER, f.dir, NULL});
	start(&f.tls, (const char *const[]){"python3", SERVER, f.dir, f.certificate, f.key, NULL});
	urne_buf_init(&f.body, 1 << 22);
	*state = &f;
	return urne_http_new(&f.http, &f.d, NULL) == URNE_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	urne_http_free(f->http);
	urne_buf_clear(&f->body);
	stop(&f->plain);
	stop(&f->tls);
	(void)unlink(f->certificate);
	(void)unlink(f->key);
	return rmdir(f->dir);
}

static const char *
bad(struct fixture *f, const char *name)
{
	(void)snprintf(f->url, sizeof(f->url), "http://127.0.0.1:%s/bad/%s", f->plain.port, name);
	return f->url;
}

static char
byte_at(size_t i)
{
	return (char)(uint8_t)(i * 7 % 251);
}

static void
assert_body(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (p[i] != byte_at(i)) {
			fail_msg("byte %zu differs", i);
		}
	}
}

/* --- get and send --- */

static void
a_body_comes_whole(void **state)
{
	struct fixture *f = *state;
	struct urne_http_answer a;

	urne_buf_reset(&f->body);
	assert_ok(urne_http_get(f->http, &a, &f->body, &f->d, bad(f, "whole")));
	assert_int_equal(a.status, 200);
	assert_int_equal(f->body.len, BODY_LEN);
	assert_body(f->body.data, f->body.len);
}

static void
what_a_server_does_wrong_is_said(void **state)
{
	static const struct {
		const char *name;
		enum urne_err want;
		const char *says;
	} rows[] = {
	    {"endless", URNE_ERR_LIMIT, "/bad/endless: the answer is larger than 4194304 bytes"},
	    {"endless-headers", URNE_ERR_LIMIT, "the headers of the answer are larger than 65536"},
	    {"breaks", URNE_ERR_IO, "/bad/breaks: no answer: transfer closed with 1800000 bytes"},
	    {"closed", URNE_ERR_IO, "no answer: Empty reply from server"},
	};
	struct fixture *f = *state;
	struct urne_http_answer a;

	for (size_t i = 0; i < NUM(rows); i++) {
		urne_buf_reset(&f->body);
		assert_err(urne_http_get(f->http, &a, &f->body, &f->d, bad(f, rows[i].name)),
		    rows[i].want);
		if (strstr(f->d.text, rows[i].says) == NULL) {
			fail_msg("%s: %s", rows[i].name, f->d.text);
		}
	}
}

/* Bytes that keep coming are no sign of life when they would take days. */
static void
a_server_that_holds_us_up_is_given_up(void **state)
{
	struct fixture *f = *state;
	struct urne_http_answer a;

	urne_buf_reset(&f->body);
	assert_err(urne_http_get(f->http, &a, &f->body, &f->d, bad(f, "trickle")), URNE_ERR_IO);
	assert_non_null(strstr(f->d.text, "/bad/trickle: no answer: Operation too slow"));
}

static void
only_http_and_https_are_spoken(void **state)
{
	static const char *const urls[] = {
	    "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/"};
	struct fixture *f = *state;
	struct urne_http_answer a;

	for (size_t i = 0; i < NUM(urls); i++) {
		urne_buf_reset(&f->body);
		assert_err(urne_http_get(f->http, &a, &f->body, &f->d, urls[i]), URNE_ERR_IO);
		assert_non_null(strstr(f->d.text, urls[i]));
		assert_int_equal(f->body.len, 0);
	}
	assert_err(urne_http_get(f->http, &a, &f->body, &f->d, "http://a b/\r\n"), URNE_ERR_SYNTAX);
}

static void
nobody_there_is_said(void **state)
{
	struct fixture *f = *state;
	struct urne_http_answer a;

	assert_err(
	    urne_http_get(f->http, &a, &f->body, &f->d, "http://127.0.0.1:1/x"), URNE_ERR_IO);
	assert_non_null(strstr(f->d.text, "http://127.0.0.1:1/x: no answer: Failed to connect"));
}

/* The answer's status, and the sentence that is made of it. */
static void
refusals_are_told_in_the_server_s_words(void **state)
{
	static const struct {
		const char *name;
		unsigned status, retry_after;
		enum urne_err want;
		const char *says;
	} rows[] = {
	    {"problem", 404, 0, URNE_ERR_UNKNOWN, "/bad/problem: no such election: look at /bb/"},
	    {"hostile", 409, 0, URNE_ERR_ORDER, "/bad/hostile: ?[2Jgone"},
	    {"busy", 503, 7, URNE_ERR_IO, "/bad/busy: overloaded; try again in 7 seconds"},
	    {"redirect", 302, 0, URNE_ERR_IO, "the server answers with status 302"},
	    {"nothing-of-the-kind", 404, 0, URNE_ERR_UNKNOWN, ": not found"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < NUM(rows); i++) {
		struct urne_http_answer a;
		const char *url = bad(f, rows[i].name);

		urne_buf_reset(&f->body);
		assert_ok(urne_http_get(f->http, &a, &f->body, &f->d, url));
		assert_int_equal(a.status, rows[i].status);
		assert_int_equal(a.retry_after, rows[i].retry_after);
		assert_err(
		    urne_http_refusal(&f->d, &a, urne_buf_view(&f->body), url), rows[i].want);
		if (strstr(f->d.text, rows[i].says) == NULL) {
			fail_msg("%s: %s", rows[i].name, f->d.text);
		}
	}
}

static void
what_is_sent_arrives_and_leaves_no_trace_in_the_next_request(void **state)
{
	static const char *const headers[] = {"Urne-Order: abc", NULL};
	static const char *const typed[] = {"content-type: text/x", NULL};
	struct fixture *f = *state;
	struct urne_http_answer a;

	urne_buf_reset(&f->body);
	assert_ok(urne_http_send(
	    f->http, &a, &f->body, &f->d, "PUT", bad(f, "echo"), headers, VIEW("a\0b")));
	assert_true(
	    urne_view_eq(urne_buf_view(&f->body), VIEW("PUT|abc|application/octet-stream|a\0b")));
	urne_buf_reset(&f->body);
	assert_ok(
	    urne_http_send(f->http, &a, &f->body, &f->d, "POST", bad(f, "echo"), NULL, VIEW("")));
	assert_true(urne_view_is(urne_buf_view(&f->body), "POST||application/octet-stream|"));
	urne_buf_reset(&f->body);
	assert_ok(
	    urne_http_send(f->http, &a, &f->body, &f->d, "POST", bad(f, "echo"), typed, VIEW("")));
	assert_true(urne_view_is(urne_buf_view(&f->body), "POST||text/x|"));
	urne_buf_reset(&f->body);
	assert_ok(urne_http_get(f->http, &a, &f->body, &f->d, bad(f, "echo")));
	assert_true(urne_view_is(urne_buf_view(&f->body), "GET|||"));
}

/* --- parts --- */

static void
a_part_comes_as_it_was_asked_for(void **state)
{
	static const struct {
		const char *name;
		uint64_t first, len;
		unsigned status;
		size_t got; /* bytes, from `first` on; of an answer 200 from the first of all */
	} rows[] = {
	    {"whole", 0, 1, 206, 1},
	    {"whole", 0, 10, 206, 10},
	    {"whole", 10, 5, 206, 5},
	    {"whole", 2999999, 1, 206, 1},
	    {"whole", 2999990, 500, 206, 10},
	    {"whole", BODY_LEN, 1, 416, 0},
	    {"whole", UINT64_MAX - 1, 2, 416, 0},
	    {"no-ranges", 10, 5, 200, BODY_LEN},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < NUM(rows); i++) {
		struct urne_http_answer a;
		size_t from = rows[i].status == 206 ? (size_t)rows[i].first : 0;

		urne_buf_reset(&f->body);
		urne_buf_puts(&f->body, "before");
		assert_ok(urne_http_get_part(f->http, &a, &f->body, &f->d, bad(f, rows[i].name),
		    rows[i].first, rows[i].len));
		assert_int_equal(a.status, rows[i].status);
		assert_int_equal(f->body.len, rows[i].got + strlen("before"));
		assert_memory_equal(f->body.data, "before", strlen("before"));
		for (size_t k = 0; k < rows[i].got; k++) {
			assert_int_equal(f->body.data[strlen("before") + k], byte_at(from + k));
		}
		/* what was asked of the part is not asked of the next request */
		urne_buf_reset(&f->body);
		assert_ok(urne_http_get(f->http, &a, &f->body, &f->d, bad(f, "whole")));
		assert_int_equal(a.status, 200);
		assert_int_equal(f->body.len, BODY_LEN);
	}
}

static void
another_part_is_not_taken_for_the_one_that_was_asked_for(void **state)
{
	static const struct {
		const char *name, *says;
	} rows[] = {
	    {"other-part", "/bad/other-part: the server sends another part than the 10 bytes from "
			   "byte 10 on"},
	    {"backwards", "another part"},
	    {"beyond", "another part"},
	    {"other-length", "another part"},
	    {"long-part", "another part"},
	    {"short-of-part", "another part"},
	    {"unsaid", "does not say which part it sends"},
	    {"garbled", "does not say which part it sends"},
	};
	struct fixture *f = *state;
	struct urne_http_answer a;

	for (size_t i = 0; i < NUM(rows); i++) {
		urne_buf_reset(&f->body);
		urne_buf_puts(&f->body, "before");
		assert_err(
		    urne_http_get_part(f->http, &a, &f->body, &f->d, bad(f, rows[i].name), 10, 10),
		    URNE_ERR_MISMATCH);
		if (strstr(f->d.text, rows[i].says) == NULL) {
			fail_msg("%s: %s", rows[i].name, f->d.text);
		}
		assert_true(urne_view_is(urne_buf_view(&f->body), "before"));
	}
	/* a server may send less than was asked for, when it says so */
	assert_ok(urne_http_get_part(f->http, &a, &f->body, &f->d, bad(f, "begun-part"), 10, 10));
	assert_int_equal(f->body.len, strlen("before") + 4);
}

/* --- TLS --- */

static void
a_certificate_that_nobody_vouches_for_is_refused(void **state)
{
	struct fixture *f = *state;
	struct urne_http_answer a;
	struct urne_http *h = NULL;

	(void)snprintf(f->url, sizeof(f->url), "https://localhost:%s/bad/echo", f->tls.port);
	urne_buf_reset(&f->body);
	assert_err(urne_http_get(f->http, &a, &f->body, &f->d, f->url), URNE_ERR_IO);
	assert_non_null(strstr(f->d.text, "certificate"));
	assert_int_equal(f->body.len, 0);

	assert_ok(urne_http_new(&h, &f->d, f->certificate));
	assert_ok(urne_http_get(h, &a, &f->body, &f->d, f->url));
	assert_true(urne_view_is(urne_buf_view(&f->body), "GET|||"));
	/* the certificate is of localhost, not of its number */
	(void)snprintf(f->url, sizeof(f->url), "https://127.0.0.1:%s/bad/echo", f->tls.port);
	assert_err(urne_http_get(h, &a, &f->body, &f->d, f->url), URNE_ERR_IO);
	urne_http_free(h);

	assert_err(urne_http_new(&h, &f->d, "/nothing/there"), URNE_ERR_IO);
	assert_non_null(strstr(f->d.text, "/nothing/there"));
}

/* --- downloads --- */

struct seen {
	uint64_t bytes, total;
	size_t num;
};

static void
see(void *ctx, uint64_t bytes, uint64_t total)
{
	struct seen *s = ctx;

	assert_true(bytes > s->bytes && bytes <= total);
	*s = (struct seen){bytes, total, s->num + 1};
}

/* download into a file that has the first `have` bytes; what is then in it is in f->body. */
static enum urne_err
download(
    struct fixture *f, struct urne_http_answer *a, uint64_t *total, const char *name, size_t have)
{
	char path[] = "/tmp/urne-http-file-XXXXXX";
	struct seen seen = {0, 0, 0};
	int fd = mkstemp(path);
	char *p;
	ssize_t n;
	enum urne_err e;

	assert_true(fd >= 0);
	(void)unlink(path);
	for (size_t i = 0; i < have; i++) {
		char c = byte_at(i);
		assert_int_equal(write(fd, &c, 1), 1);
	}
	e = urne_http_resume(f->http, a, total, &f->d, bad(f, name), fd, have, see, &seen);
	assert_true(seen.bytes == 0 || seen.bytes == *total);
	urne_buf_reset(&f->body);
	p = urne_buf_grow(&f->body, BODY_LEN + 1);
	n = pread(fd, p, BODY_LEN + 1, 0);
	assert_true(n >= 0);
	f->body.len = (size_t)n;
	(void)close(fd);
	return e;
}

static void
a_download_goes_on_where_it_stopped(void **state)
{
	static const struct {
		const char *name;
		size_t have;
	} rows[] = {{"whole", 0}, {"whole", 1}, {"whole", 2999999}, {"whole", BODY_LEN},
	    {"breaks", 0}, {"breaks", 10}, {"pieces", 0}, {"pieces", 10}, {"no-ranges", 0}};
	struct fixture *f = *state;

	for (size_t i = 0; i < NUM(rows); i++) {
		struct urne_http_answer a;
		uint64_t total = 0;

		if (download(f, &a, &total, rows[i].name, rows[i].have) != URNE_OK) {
			fail_msg("%s from %zu: %s", rows[i].name, rows[i].have, f->d.text);
		}
		assert_int_equal(a.status, 200);
		assert_int_equal(total, BODY_LEN);
		assert_int_equal(f->body.len, BODY_LEN);
		assert_body(f->body.data, BODY_LEN);
		/* what was asked of the download is not asked of the next request */
		urne_buf_reset(&f->body);
		assert_ok(urne_http_get(f->http, &a, &f->body, &f->d, bad(f, "whole")));
		assert_int_equal(a.status, 200);
	}
}

/* In every case what was there before is still there, and nothing wrong behind it. */
static void
parts_that_were_not_asked_for_are_not_kept(void **state)
{
	static const struct {
		const char *name;
		size_t have;
		enum urne_err want;
		const char *says;
	} rows[] = {
	    {"no-ranges", 10, URNE_ERR_MISMATCH, "cannot send a part (status 200)"},
	    {"other-part", 10, URNE_ERR_MISMATCH, "another part than the one behind byte 10"},
	    {"backwards", 10, URNE_ERR_MISMATCH, "another part"},
	    {"beyond", 10, URNE_ERR_MISMATCH, "another part"},
	    {"other-length", 10, URNE_ERR_MISMATCH, "another part"},
	    {"unsaid", 10, URNE_ERR_MISMATCH, "does not say which part it sends"},
	    {"garbled", 10, URNE_ERR_MISMATCH, "does not say which part it sends"},
	    {"shorter", 10, URNE_ERR_MISMATCH, "the server has 5 bytes, and 10 are here already"},
	    {"more-than-said", 10, URNE_ERR_MISMATCH, "sends more than it said"},
	    {"endless", 0, URNE_ERR_MISMATCH, "does not say how much it has"},
	    {"unmeasured", 0, URNE_ERR_MISMATCH, "does not say how much it has"},
	    {"closed", 10, URNE_ERR_IO, "no answer: Empty reply"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < NUM(rows); i++) {
		struct urne_http_answer a;
		uint64_t total = 0;
		enum urne_err e = download(f, &a, &total, rows[i].name, rows[i].have);

		if (e != rows[i].want || strstr(f->d.text, rows[i].says) == NULL) {
			fail_msg("%s: %s: %s", rows[i].name, urne_err_name(e), f->d.text);
		}
		assert_int_equal(f->body.len, rows[i].have);
		assert_body(f->body.data, rows[i].have);
	}
}

static void
a_server_that_sends_a_byte_at_a_time_is_given_up(void **state)
{
	struct fixture *f = *state;
	struct urne_http_answer a;
	uint64_t total = 0;

	assert_err(download(f, &a, &total, "drips", 10), URNE_ERR_IO);
	assert_true(f->body.len > 10 && f->body.len < 20);
	assert_body(f->body.data, f->body.len);
	assert_int_equal(total, f->body.len);
}

static void
a_refused_download_leaves_the_file_as_it_was(void **state)
{
	static const char *const names[] = {"problem", "busy", "redirect"};
	struct fixture *f = *state;

	for (size_t i = 0; i < NUM(names); i++) {
		struct urne_http_answer a;
		uint64_t total = 0;

		assert_ok(download(f, &a, &total, names[i], i * 5));
		assert_true(a.status > 299);
		assert_int_equal(total, i * 5);
		assert_int_equal(f->body.len, i * 5);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_body_comes_whole),
	    cmocka_unit_test(what_a_server_does_wrong_is_said),
	    cmocka_unit_test(a_server_that_holds_us_up_is_given_up),
	    cmocka_unit_test(only_http_and_https_are_spoken),
	    cmocka_unit_test(nobody_there_is_said),
	    cmocka_unit_test(refusals_are_told_in_the_server_s_words),
	    cmocka_unit_test(what_is_sent_arrives_and_leaves_no_trace_in_the_next_request),
	    cmocka_unit_test(a_part_comes_as_it_was_asked_for),
	    cmocka_unit_test(another_part_is_not_taken_for_the_one_that_was_asked_for),
	    cmocka_unit_test(a_certificate_that_nobody_vouches_for_is_refused),
	    cmocka_unit_test(a_download_goes_on_where_it_stopped),
	    cmocka_unit_test(parts_that_were_not_asked_for_are_not_kept),
	    cmocka_unit_test(a_server_that_sends_a_byte_at_a_time_is_given_up),
	    cmocka_unit_test(a_refused_download_leaves_the_file_as_it_was),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
