/* SPDX-License-Identifier: EUPL-1.2 */
/* A key file as lines on paper. The first line tells how many there are, so that whoever types
 * knows the end; five bytes of SHA-256 at the end bind the lines to each other.
 * Spec: docs/formats.md#keys-on-paper */
#include "crypto/secret/paper.h"

#include <string.h>

#include "base/limits.h"
#include "crypto/secret/declassify.h"
#include "crypto/secret/keyfile.h"
#include "crypto/sha256.h"

#define VERSION	  1
#define HEAD_LEN  ((size_t)14)
#define CHECK_LEN ((size_t)5)
#define MAX_BYTES (URNE_PAPER_MAX_LINES * URNE_TYPED_BYTES)

/* Where things stand in the head; the body's length is big-endian. */
#define AT_VERSION     0
#define AT_KIND	       1
#define AT_GROUP       2
#define AT_LOCKED      3
#define AT_LEN	       4
#define AT_FINGERPRINT 6

_Static_assert(HEAD_LEN <= URNE_TYPED_BYTES, "the first line holds the whole head");
_Static_assert(AT_FINGERPRINT + URNE_PAPER_FINGERPRINT_LEN == HEAD_LEN, "the head");

/* By the number on paper. */
static const struct urne_group *const groups[] = {
    NULL, &urne_group_ed25519, &urne_group_belenios_2048, &urne_group_rfc_3526_2048};
#define NUM_GROUPS (sizeof(groups) / sizeof(groups[0]))

static size_t
lines_of(size_t body_len)
{
	return (HEAD_LEN + body_len + CHECK_LEN + URNE_TYPED_BYTES - 1) / URNE_TYPED_BYTES;
}

static void
make_check(uint8_t check[CHECK_LEN], const uint8_t *bytes, size_t len)
{
	struct urne_sha256 h;
	struct urne_hash hash;

	urne_sha256_init(&h);
	urne_sha256_puts(&h, "urne-paper|");
	urne_sha256_put(&h, bytes, len);
	urne_sha256_final(&h, &hash);
	memcpy(check, hash.b, CHECK_LEN);
	urne_wipe(&h, sizeof(h));
	urne_wipe(&hash, sizeof(hash));
}

/* ---- writing --------------------------------------------------------------------------------- */

static void
put_head(uint8_t head[HEAD_LEN], const struct urne_paper *p, size_t body_len)
{
	head[AT_VERSION] = VERSION;
	head[AT_KIND] = (uint8_t)p->kind;
	for (size_t i = 0; i < NUM_GROUPS; i++) {
		head[AT_GROUP] = groups[i] == p->group ? (uint8_t)i : head[AT_GROUP];
	}
	head[AT_LOCKED] = p->locked ? 1 : 0;
	head[AT_LEN] = (uint8_t)(body_len >> 8);
	head[AT_LEN + 1] = (uint8_t)(body_len & 0xffU);
	memcpy(head + AT_FINGERPRINT, p->fingerprint, sizeof(p->fingerprint));
}

static void
put_lines(struct urne_buf *out, const uint8_t *bytes, size_t num_lines)
{
	for (size_t i = 0; i < num_lines; i++) {
		char line[URNE_TYPED_CHARS];

		urne_typed_write(line, bytes + i * URNE_TYPED_BYTES, i + 1);
		urne_buf_put_u64(out, i + 1);
		urne_buf_putc(out, ':');
		urne_buf_put(out, line, sizeof(line));
		urne_buf_putc(out, '\n');
		urne_wipe(line, sizeof(line));
	}
}

enum urne_err
urne_paper_write(
    struct urne_buf *out, struct urne_diag *d, const struct urne_paper *p, struct urne_view file)
{
	uint8_t bytes[MAX_BYTES] = {0};
	struct urne_buf body;
	enum urne_err e = URNE_OK;

	urne_buf_init_secret(&body, URNE_MAX_SMALL_FILE);
	if (p->locked) {
		e = urne_keyfile_pack(&body, d, file);
	} else {
		urne_buf_put_view(&body, file);
		e = urne_buf_error(&body);
	}
	if (e == URNE_OK && body.len > MAX_BYTES - HEAD_LEN - CHECK_LEN) {
		e = urne_fail(d, URNE_ERR_LIMIT,
		    "this key takes more than %zu lines, which nobody types: copy the file instead",
		    URNE_PAPER_MAX_LINES);
	}
	if (e == URNE_OK) {
		put_head(bytes, p, body.len);
		memcpy(bytes + HEAD_LEN, body.data, body.len);
		make_check(bytes + HEAD_LEN + body.len, bytes, HEAD_LEN + body.len);
		put_lines(out, bytes, lines_of(body.len));
		e = urne_buf_error(out);
	}
	urne_wipe(bytes, sizeof(bytes));
	urne_buf_clear(&body);
	return e;
}

/* ---- reading --------------------------------------------------------------------------------- */

void
urne_paper_reader_init(struct urne_paper_reader *r)
{
	*r = (struct urne_paper_reader){.next = 1};
	urne_buf_init_secret(&r->bytes, MAX_BYTES);
}

void
urne_paper_reader_clear(struct urne_paper_reader *r)
{
	urne_buf_clear(&r->bytes);
	urne_paper_reader_init(r);
}

static size_t
body_len_of(const uint8_t *head)
{
	return (size_t)head[AT_LEN] << 8 | head[AT_LEN + 1];
}

/* take_head judges the head, which tells no secret: it stands on the paper in words. */
static enum urne_err
take_head(size_t *num_lines, struct urne_diag *d, uint8_t head[HEAD_LEN])
{
	bool in_group;
	size_t len;

	urne_declassify(head, HEAD_LEN);
	in_group = head[AT_KIND] == URNE_PAPER_TRUSTEE || head[AT_KIND] == URNE_PAPER_SEED;
	len = body_len_of(head);
	if (head[AT_VERSION] != VERSION) {
		return urne_fail(d, URNE_ERR_UNSUPPORTED,
		    "line 1: this paper was printed by a later release (form %u), take that one",
		    head[AT_VERSION]);
	}
	if (head[AT_KIND] < URNE_PAPER_TRUSTEE || head[AT_KIND] > URNE_PAPER_IDENTITY ||
	    head[AT_GROUP] >= NUM_GROUPS || in_group != (head[AT_GROUP] != 0) ||
	    head[AT_LOCKED] > 1 || len == 0 || len > MAX_BYTES - HEAD_LEN - CHECK_LEN) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "line 1: it says of no key what it is, so it is of no paper of ours");
	}
	*num_lines = lines_of(len);
	return URNE_OK;
}

enum urne_err
urne_paper_reader_line(struct urne_paper_reader *r, struct urne_diag *d, struct urne_view line)
{
	uint8_t bytes[URNE_TYPED_BYTES];
	enum urne_err e;

	if (urne_paper_reader_done(r)) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "line %zu: the paper has %zu lines, this one is too many", r->next,
		    r->num_lines);
	}
	e = urne_typed_read(bytes, d, r->next, line);
	if (e == URNE_OK && r->next == 1) {
		e = take_head(&r->num_lines, d, bytes);
	}
	if (e == URNE_OK) {
		urne_buf_put(&r->bytes, bytes, sizeof(bytes));
		e = urne_buf_error(&r->bytes);
	}
	if (e == URNE_OK) {
		r->next++;
	}
	urne_wipe(bytes, sizeof(bytes));
	return e;
}

bool
urne_paper_reader_done(const struct urne_paper_reader *r)
{
	return r->num_lines != 0 && r->next > r->num_lines;
}

/* check_whole: the check is right, and behind it are zeros. */
static enum urne_err
check_whole(struct urne_diag *d, const uint8_t *bytes, size_t len, size_t body_len)
{
	uint8_t check[CHECK_LEN];
	size_t end = HEAD_LEN + body_len;
	unsigned differ = 0;

	make_check(check, bytes, end);
	for (size_t i = 0; i < CHECK_LEN; i++) {
		differ |= (unsigned)(check[i] ^ bytes[end + i]);
	}
	for (size_t i = end + CHECK_LEN; i < len; i++) {
		differ |= bytes[i];
	}
	/* a paper as it was printed has nothing here */
	urne_declassify(&differ, sizeof(differ));
	return differ == 0
		   ? URNE_OK
		   : urne_fail(d, URNE_ERR_MISMATCH,
			 "each line is right by itself but they are not of one paper, or in "
			 "one line there are many mistakes: compare all of them again");
}

enum urne_err
urne_paper_reader_end(
    struct urne_paper *out, struct urne_buf *file, struct urne_paper_reader *r, struct urne_diag *d)
{
	const uint8_t *bytes = (const uint8_t *)r->bytes.data;
	struct urne_view body;
	enum urne_err e;

	*out = (struct urne_paper){.kind = URNE_PAPER_TRUSTEE};
	if (!urne_paper_reader_done(r)) {
		return r->num_lines == 0
			   ? urne_fail(d, URNE_ERR_INCOMPLETE, "there is no line of a key")
			   : urne_fail(d, URNE_ERR_INCOMPLETE,
				 "line %zu is missing: the paper has %zu lines", r->next,
				 r->num_lines);
	}
	body = (struct urne_view){r->bytes.data + HEAD_LEN, body_len_of(bytes)};
	e = check_whole(d, bytes, r->bytes.len, body.len);
	if (e != URNE_OK) {
		return e;
	}
	out->kind = (enum urne_paper_kind)bytes[AT_KIND];
	out->group = groups[bytes[AT_GROUP]];
	out->locked = bytes[AT_LOCKED] != 0;
	memcpy(out->fingerprint, bytes + AT_FINGERPRINT, sizeof(out->fingerprint));
	if (out->locked) {
		return urne_keyfile_unpack(file, d, body);
	}
	urne_buf_put_view(file, body);
	return urne_buf_error(file);
}

/* cut_number takes "N:" off a line. What stands before a colon is never part of a key. */
static enum urne_err
cut_number(uint64_t *number, struct urne_view *line, struct urne_diag *d, size_t expected)
{
	struct urne_view text;

	*number = 0;
	while (line->len > 0 && (line->p[0] == ' ' || line->p[0] == '\t' || line->p[0] == '\f')) {
		line->p++;
		line->len--;
	}
	if (!urne_view_cut(&text, line, ':') ||
	    urne_decimal_decode(number, text, URNE_TYPED_MAX_LINES) != URNE_OK) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line %zu: a line begins with its number and a colon, as on the paper: %zu: "
		    "0000 0000 ...",
		    expected, expected);
	}
	return URNE_OK;
}

static enum urne_err
take_line(struct urne_paper_reader *r, struct urne_diag *d, struct urne_view line)
{
	uint64_t number;
	enum urne_err e = cut_number(&number, &line, d, r->next);

	if (e != URNE_OK) {
		return e;
	}
	if (number == r->next) {
		return urne_paper_reader_line(r, d, line);
	}
	if (number < r->next) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "line %zu stands here a second time, or after line %zu", (size_t)number,
		    r->next - 1);
	}
	return urne_fail(d, URNE_ERR_INCOMPLETE,
	    "line %zu is missing: line %zu stands at its place", r->next, (size_t)number);
}

static bool
is_blank(struct urne_view line)
{
	size_t i = 0;

	while (i < line.len && strchr(" \t\r\f", line.p[i]) != NULL && line.p[i] != '\0') {
		i++;
	}
	return i == line.len;
}

enum urne_err
urne_paper_read(
    struct urne_paper *out, struct urne_buf *file, struct urne_diag *d, struct urne_view text)
{
	struct urne_paper_reader r;
	enum urne_err e = URNE_OK;

	*out = (struct urne_paper){.kind = URNE_PAPER_TRUSTEE};
	urne_paper_reader_init(&r);
	while (e == URNE_OK && text.len > 0) {
		struct urne_view line;

		if (!urne_view_cut(&line, &text, '\n')) {
			line = text;
			text.len = 0;
		}
		e = is_blank(line) ? URNE_OK : take_line(&r, d, line);
	}
	if (e == URNE_OK) {
		e = urne_paper_reader_end(out, file, &r, d);
	}
	urne_paper_reader_clear(&r);
	return e;
}
