/* SPDX-License-Identifier: EUPL-1.2 */
/* What the board reads of a request by itself. The first character of an input chooses the reader:
 * P a method, a space and a target; R a size, a space and a Range header; F an X-Forwarded-For
 * header; H header lines; O an Urne-Order header for the draft of a Setup; E the body of a partial
 * decryption, S of the draft of a Setup. */
#include "tests/fuzz/fuzz.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bulletin/server/exchange.h"
#include "bulletin/server/handlers.h"
#include "bulletin/server/range.h"
#include "bulletin/server/routes.h"
/* the board behind it: whoever links this needs no other */
#include "tests/unit/board/fake_board.c"

#define SHARE "/bb/" FAKE_UUID "/events/PartialDecryption"
#define DRAFT "/bb/" FAKE_UUID "/draft/setup"

static void
expect(bool holds, const char *what)
{
	if (!holds) {
		fprintf(stderr, "%s\n", what);
		abort();
	}
}

/* cut takes what stands before the first space off `text`. */
static struct urne_view
cut(struct urne_view *text)
{
	const char *space = text->len > 0 ? memchr(text->p, ' ', text->len) : NULL;
	struct urne_view first = *text;

	if (space != NULL) {
		first.len = (size_t)(space - text->p);
		*text = (struct urne_view){space + 1, text->len - first.len - 1};
	} else {
		*text = (struct urne_view){"", 0};
	}
	return first;
}

static void
path(struct urne_view text)
{
	struct urne_view method = cut(&text);
	struct urne_request r = {.route = NULL};
	struct urne_diag d = {{0}};
	struct urne_buf allow;
	enum urne_problem p = urne_route_find(&r, &d, method, text);

	expect((p == URNE_PROBLEM_NONE) == (r.route != NULL), "a route, or a problem");
	if (p == URNE_PROBLEM_NONE) {
		expect(memchr(r.path.p, '%', r.path.len) == NULL, "no escape gets through");
		expect(r.uuid.len == 0 || urne_uuid_check(r.uuid) ||
			   urne_view_is(r.uuid, URNE_JOURNAL_NAME),
		    "a uuid is one, or the journal's name");
		for (size_t i = 0; i + 1 < r.path.len; i++) {
			expect(memcmp(r.path.p + i, "..", 2) != 0, "no way up");
			expect(memcmp(r.path.p + i, "//", 2) != 0, "no empty name");
		}
	}
	urne_buf_init(&allow, 1 << 12);
	urne_route_allow(&allow, text);
	expect(urne_buf_error(&allow) == URNE_OK, "the list of methods is short");
	urne_buf_clear(&allow);
}

static void
range(struct urne_view text)
{
	uint64_t size = 0, offset = 0, len = 0;
	struct urne_view first = cut(&text);

	if (urne_decimal_decode(&size, first, UINT64_MAX) != URNE_OK) {
		return;
	}
	switch (urne_range_read(&offset, &len, text, size)) {
	case URNE_RANGE_WHOLE:
		expect(offset == 0 && len == size, "the whole is the whole");
		break;
	case URNE_RANGE_PART:
		expect(len > 0 && offset < size && len <= size - offset, "a part is in it");
		break;
	case URNE_RANGE_BEYOND:
		expect(len == 0, "beyond the end is nothing");
		break;
	}
}

static void
forwarded(struct urne_view text)
{
	static const struct urne_address none;
	struct urne_address a;

	if (urne_address_forwarded(&a, text) != URNE_OK) {
		expect(urne_address_eq(&a, &none), "an address that is none is zero");
	}
}

static void
head_lines(struct urne_view text)
{
	struct urne_http_head h = {0};
	struct urne_diag d = {{0}};

	while (text.len > 0) {
		const char *end = memchr(text.p, '\n', text.len);
		struct urne_view line = {text.p, end != NULL ? (size_t)(end - text.p) : text.len};
		const char *colon = line.len > 0 ? memchr(line.p, ':', line.len) : NULL;

		if (colon != NULL) {
			size_t name = (size_t)(colon - line.p);

			urne_http_head_put(&h, (struct urne_view){line.p, name},
			    (struct urne_view){colon + 1, line.len - name - 1});
		}
		line.len += end != NULL ? 1 : 0;
		text = (struct urne_view){text.p + line.len, text.len - line.len};
	}
	if (urne_http_head_check(&h, &d) == URNE_PROBLEM_NONE) {
		expect(h.num_lengths + h.num_codings <= 1, "a body has one end");
	}
}

/* Handlers, with a carrier that knows one header. */

struct carried {
	struct urne_request r;
	struct urne_view order;
};

static struct urne_view
header(const struct urne_request *r, const char *name)
{
	const struct carried *c = (const struct carried *)(const void *)r;

	return strcmp(name, "Urne-Order") == 0 ? c->order : (struct urne_view){"", 0};
}

static void
wake_up(struct urne_request *r)
{
	(void)r;
}

static const struct urne_carrier carrier = {header, wake_up};

static void
begin(struct carried *c, struct urne_service *s, struct urne_diag *d, const char *method,
    const char *target)
{
	memset(c, 0, sizeof(*c));
	memset(s, 0, sizeof(*s));
	s->board = fake_board_new("");
	s->public = s->tmp = -1;
	s->bodies.max = s->events.max = 1 << 30;
	fake_of(s->board)->mode = FAKE_AT_ONCE;
	c->r.carrier = &carrier;
	urne_body_init(&c->r.body);
	expect(urne_route_find(&c->r, d, urne_view_of(method), urne_view_of(target)) ==
		   URNE_PROBLEM_NONE,
	    "the route is there");
}

static void
order(struct urne_view text)
{
	struct carried c;
	struct urne_service s;
	struct urne_diag d = {{0}};
	enum urne_problem p;

	begin(&c, &s, &d, "PUT", DRAFT);
	c.order = text;
	p = c.r.route->handler->admit(&s, &c.r, &d);
	expect(!urne_problem_is_ours(p), "no input makes us fail");
	expect(p == URNE_PROBLEM_NONE || d.text[0] != '\0', "a refusal has a sentence");
	fake_board_free(s.board);
}

/* last_hash: what an order for this body would name. */
static void
last_hash(struct urne_hash *out, int fd)
{
	struct urne_archive *a = NULL;
	struct urne_record rec;
	struct urne_diag d = {{0}};
	bool done = false;

	if (urne_archive_open_fd(&a, &d, fd, NULL) != URNE_OK) {
		abort();
	}
	while (urne_archive_next(a, &rec, &done, &d) == URNE_OK && !done) {
		*out = rec.hash;
	}
	urne_archive_close(a);
}

static void
body(struct urne_view text, bool is_setup)
{
	struct carried c;
	struct urne_service s;
	struct urne_response out;
	struct urne_diag d = {{0}};
	enum urne_problem p;

	begin(&c, &s, &d, is_setup ? "PUT" : "POST", is_setup ? DRAFT : SHARE);
	c.r.log = is_setup ? NULL : urne_board_find(s.board, urne_view_of(FAKE_UUID));
	c.r.body.fd = memfd_create("body", MFD_CLOEXEC);
	if (c.r.body.fd < 0 || write(c.r.body.fd, text.p, text.len) != (ssize_t)text.len) {
		abort();
	}
	c.r.body.len = text.len;
	if (is_setup) {
		last_hash(&c.r.payload, c.r.body.fd);
	}
	urne_response_init(&out);
	p = c.r.route->handler->handle(&s, &c.r, &out, &d);
	expect(!urne_problem_is_ours(p), "no input makes us fail");
	expect((p == URNE_PROBLEM_NONE) == c.r.later, "what is good is submitted");
	expect(p == URNE_PROBLEM_NONE || d.text[0] != '\0', "a refusal has a sentence");
	urne_submission_free(c.r.submission);
	urne_response_clear(&out);
	urne_body_clear(&c.r.body);
	fake_board_free(s.board);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data + 1, data_len - 1};

	switch (data_len > 0 ? data[0] : 0) {
	case 'P':
		path(text);
		break;
	case 'R':
		range(text);
		break;
	case 'F':
		forwarded(text);
		break;
	case 'H':
		head_lines(text);
		break;
	case 'O':
		order(text);
		break;
	case 'E':
		body(text, false);
		break;
	case 'S':
		body(text, true);
		break;
	}
	return 0;
}
