/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/board/http_case.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "bulletin/server/connections.h"

static void
make_folder(const char *path)
{
	if (mkdir(path, 0700) != 0 && errno != EEXIST) {
		fail_msg("%s: %s", path, strerror(errno));
	}
}

void
http_publish(struct http_case *c, const char *path, const char *content, size_t len)
{
	char full[400];
	FILE *f;

	(void)snprintf(full, sizeof(full), "%s/%s", c->public, path);
	for (char *slash = strchr(full + strlen(c->public) + 1, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		make_folder(full);
		*slash = '/';
	}
	f = fopen(full, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(content, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

void
http_begin(struct http_case *c)
{
	struct urne_diag d = {{0}};
	char tmp[96];

	memset(c, 0, sizeof(*c));
	(void)snprintf(c->dir, sizeof(c->dir), "/tmp/urne-http-XXXXXX");
	assert_non_null(mkdtemp(c->dir));
	(void)snprintf(c->public, sizeof(c->public), "%s/public", c->dir);
	(void)snprintf(tmp, sizeof(tmp), "%s/tmp", c->dir);
	make_folder(c->public);
	make_folder(tmp);
	c->board = fake_board_new(c->public);
	if (urne_service_open(&c->service, &d, c->board, c->dir) != URNE_OK) {
		fail_msg("%s", d.text);
	}
	urne_server_defaults(&c->options);
}

void
http_start(struct http_case *c)
{
	struct urne_diag d = {{0}};
	struct sockaddr_in in = {0};
	socklen_t len = sizeof(in);

	if (urne_listen(&c->options.listener, &d, "127.0.0.1:0") != URNE_OK) {
		fail_msg("%s", d.text);
	}
	assert_int_equal(getsockname(c->options.listener, (struct sockaddr *)&in, &len), 0);
	c->port = ntohs(in.sin_port);
	if (urne_server_start(&c->server, &d, &c->service, &c->options) != URNE_OK) {
		fail_msg("%s", d.text);
	}
}

void
http_end(struct http_case *c)
{
	pid_t pid;

	urne_server_stop(c->server, 5);
	/* every body was given back */
	assert_int_equal(atomic_load(&c->service.bodies.used), 0);
	assert_int_equal(atomic_load(&c->service.events.used), 0);
	urne_service_close(&c->service);
	fake_board_free(c->board);
	pid = fork();
	if (pid == 0) {
		(void)execlp("rm", "rm", "-rf", c->dir, (char *)NULL);
		_exit(1);
	}
	(void)waitpid(pid, NULL, 0);
}

int
http_connect(struct http_case *c, unsigned from)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(c->port)}, by = {0};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	by.sin_family = AF_INET;
	by.sin_addr.s_addr = htonl(0x7f000000U + from);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&by, sizeof(by)), 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	return fd;
}

void
http_send_bytes(int fd, const char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, p, len, MSG_NOSIGNAL);

		if (n <= 0) {
			return; /* the server has closed: the answer tells */
		}
		p += n;
		len -= (size_t)n;
	}
}

void
http_send(int fd, const char *text)
{
	http_send_bytes(fd, text, strlen(text));
}

static bool
readable(int fd, int ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, ms) == 1;
}

/* read_head reads up to the empty line, a byte at a time so that nothing behind it is lost. */
static bool
read_head(struct http_answer *a, int fd)
{
	size_t len = 0;

	while (len + 1 < sizeof(a->head) && readable(fd, HTTP_PATIENCE_MS)) {
		if (recv(fd, a->head + len, 1, 0) != 1) {
			a->closed = true;
			return false;
		}
		len++;
		if (len >= 4 && memcmp(a->head + len - 4, "\r\n\r\n", 4) == 0) {
			return true;
		}
	}
	return false;
}

void
http_receive(struct http_answer *a, int fd, bool is_head)
{
	const char *length;
	size_t want;

	memset(a, 0, sizeof(*a));
	if (!read_head(a, fd) || sscanf(a->head, "HTTP/1.1 %3u", &a->status) != 1) {
		return;
	}
	length = http_header(a, "Content-Length");
	want = length != NULL && !is_head ? strtoul(length, NULL, 10) : 0;
	while (a->body_len < want && readable(fd, HTTP_PATIENCE_MS)) {
		char piece[4096];
		size_t left = want - a->body_len;
		ssize_t n = recv(fd, piece, left < sizeof(piece) ? left : sizeof(piece), 0);

		if (n <= 0) {
			a->closed = true;
			return;
		}
		if (a->body_len + (size_t)n < sizeof(a->body)) {
			memcpy(a->body + a->body_len, piece, (size_t)n);
		}
		a->body_len += (size_t)n;
	}
}

void
http_ask(struct http_answer *a, struct http_case *c, const char *request)
{
	int fd = http_connect(c, 1);

	http_send(fd, request);
	http_receive(a, fd, strncmp(request, "HEAD ", 5) == 0);
	(void)close(fd);
}

const char *
http_header(struct http_answer *a, const char *name)
{
	size_t len = strlen(name);

	for (const char *line = a->head; line != NULL; line = strstr(line, "\r\n")) {
		line += line == a->head ? 0 : 2;
		if (strncasecmp(line, name, len) == 0 && line[len] == ':') {
			size_t value_len = strcspn(line + len + 2, "\r");

			value_len = value_len < sizeof(a->value) ? value_len : sizeof(a->value) - 1;
			memcpy(a->value, line + len + 2, value_len);
			a->value[value_len] = '\0';
			return a->value;
		}
	}
	return NULL;
}

bool
http_is_closed(int fd, int ms)
{
	char c;

	while (readable(fd, ms)) {
		if (recv(fd, &c, 1, 0) <= 0) {
			return true;
		}
	}
	return false;
}

void
http_await(bool (*holds)(struct http_case *c), struct http_case *c)
{
	static const struct timespec moment = {.tv_nsec = 2000000};
	uint64_t start = urne_now_ms();

	while (!holds(c)) {
		assert_true(urne_now_ms() - start < HTTP_PATIENCE_MS);
		(void)nanosleep(&moment, NULL);
	}
}

void
http_assert_served(struct http_case *c)
{
	struct http_answer a;

	http_ask(&a, c, HTTP_HEALTH);
	assert_status(&a, 200);
}

int
http_tear_down(void **state)
{
	http_end(*state);
	return 0;
}
