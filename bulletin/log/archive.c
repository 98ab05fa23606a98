/* SPDX-License-Identifier: EUPL-1.2 */
/* One pass over the file, some ballots at a time: each byte is hashed, and compared with
 * what the writer would have put there. Only the last two bodies, of at most 1 MiB, are in memory:
 * an event, and the payload before it. */
#include "bulletin/log/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/codec.h"
#include "base/limits.h"
#include "bulletin/log/record.h"
#include "crypto/sha256.h"

#define KEPT ((size_t)1 << 20)
/* Read at once: some ballots, so that a record takes no system call of its own. */
#define WINDOW ((size_t)1 << 16)
/* So many bytes at the end of a body are hashed by themselves: a signature of Ed25519 takes 262. */
#define REST ((uint64_t)320)
/* {"version":1,"timestamp":"8589934591"} and no more */
#define MAX_FIRST ((size_t)64)

/* A body that was read. */
struct kept {
	struct urne_buf body;
	uint64_t offset; /* of its record */
};

struct urne_archive {
	int fd;
	bool owned;   /* fd is closed with the archive */
	uint64_t pos; /* bytes taken */
	uint64_t timestamp;
	bool has_first;
	struct urne_sha256 digest;
	struct kept kept[2];		/* the last first */
	size_t window_len, window_used; /* of the window: what was read, what of it was taken */
	uint8_t window[WINDOW];
};

/* new_archive reads from `fd`, which it takes over when `owned`. */
static struct urne_archive *
new_archive(int fd, bool owned)
{
	struct urne_archive *a = calloc(1, sizeof(*a));

	if (a != NULL) {
		urne_sha256_init(&a->digest);
		urne_buf_init(&a->kept[0].body, KEPT);
		urne_buf_init(&a->kept[1].body, KEPT);
		a->fd = fd;
		a->owned = owned;
	}
	return a;
}

enum urne_err
urne_archive_open(struct urne_archive **out, struct urne_diag *d, const char *path)
{
	struct urne_archive *a;
	struct stat st;
	/* O_NONBLOCK: opening a pipe by mistake must not wait for a writer. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	*out = NULL;
	if (fd < 0) {
		return urne_fail_errno(d, "%s", path);
	}
	a = new_archive(fd, true);
	if (a == NULL) {
		(void)close(fd); /* only read from */
		return urne_fail(d, URNE_ERR_MEMORY, "no memory to open %s", path);
	}
	if (fstat(fd, &st) != 0) {
		enum urne_err e = urne_fail_errno(d, "%s", path);

		urne_archive_close(a);
		return e;
	}
	if (!S_ISREG(st.st_mode)) {
		urne_archive_close(a);
		return urne_fail(d, URNE_ERR_IO, "%s: is not a regular file", path);
	}
	*out = a;
	return URNE_OK;
}

enum urne_err
urne_archive_open_fd(
    struct urne_archive **out, struct urne_diag *d, int fd, const uint64_t *timestamp)
{
	*out = new_archive(fd, false);
	if (*out == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory to read an archive");
	}
	if (timestamp != NULL) {
		(*out)->has_first = true;
		(*out)->timestamp = *timestamp;
	}
	return URNE_OK;
}

void
urne_archive_close(struct urne_archive *a)
{
	if (a == NULL) {
		return;
	}
	if (a->owned) {
		(void)close(a->fd); /* only read from */
	}
	urne_buf_clear(&a->kept[0].body);
	urne_buf_clear(&a->kept[1].body);
	free(a);
}

/* read_at reads up to len bytes at offset; *got is less only at the end of the file. */
static enum urne_err
read_at(const struct urne_archive *a, void *out, size_t *got, struct urne_diag *d, size_t len,
    uint64_t offset)
{
	*got = 0;
	while (*got < len) {
		ssize_t n = pread(a->fd, (uint8_t *)out + *got, len - *got, (off_t)(offset + *got));

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return urne_fail_errno(d, "reading the archive");
		}
		if (n == 0) {
			break;
		}
		*got += (size_t)n;
	}
	return URNE_OK;
}

/* look shows the next len bytes, at most WINDOW, without taking them; *got is less only at the end
 * of the file, which may have grown since it was last seen. */
static enum urne_err
look(struct urne_archive *a, const uint8_t **out, size_t *got, struct urne_diag *d, size_t len)
{
	enum urne_err e = URNE_OK;

	if (a->window_len - a->window_used < len) {
		a->window_used = 0;
		e = read_at(a, a->window, &a->window_len, d, WINDOW, a->pos);
		if (e != URNE_OK) {
			a->window_len = 0;
		}
	}
	*out = a->window + a->window_used;
	*got = a->window_len - a->window_used;
	*got = *got < len ? *got : len;
	return e;
}

/* take moves on behind the next len bytes, which were looked at and stay where they are until the
 * next look. Unless `also` is NULL they go into that hash as well: two at once take little longer.
 */
static void
take(struct urne_archive *a, size_t len, struct urne_sha256 *also)
{
	struct urne_view v = {(const char *)a->window + a->window_used, len};

	if (also != NULL) {
		urne_sha256_put_both(&a->digest, v, also, v);
	} else {
		urne_sha256_put_view(&a->digest, v);
	}
	a->window_used += len;
	a->pos += len;
}

/* take_all is both; the end of the file before len bytes is URNE_ERR_INCOMPLETE. */
static enum urne_err
take_all(struct urne_archive *a, const uint8_t **out, struct urne_diag *d, size_t len,
    struct urne_sha256 *also)
{
	size_t got = 0;
	enum urne_err e = look(a, out, &got, d, len);

	if (e != URNE_OK) {
		return e;
	}
	take(a, got, also);
	if (got < len) {
		return urne_fail(d, URNE_ERR_INCOMPLETE, "the file ends inside the record");
	}
	return URNE_OK;
}

/* take_header reads 512 bytes, or sets *done when the file ends just here. */
static enum urne_err
take_header(
    struct urne_archive *a, uint8_t header[URNE_RECORD_BLOCK], bool *done, struct urne_diag *d)
{
	const uint8_t *p = NULL;
	size_t got = 0;
	enum urne_err e = look(a, &p, &got, d, URNE_RECORD_BLOCK);

	if (e != URNE_OK) {
		return e;
	}
	memcpy(header, p, got);
	take(a, got, NULL);
	if (got == 0 && a->has_first) {
		*done = true;
		return URNE_OK;
	}
	if (got < URNE_RECORD_BLOCK) {
		return urne_fail(d, URNE_ERR_INCOMPLETE, "the file ends inside a record's header");
	}
	return URNE_OK;
}

/* next_kept: the last body becomes the one before. Its memory serves for the next. */
static struct urne_buf *
next_kept(struct urne_archive *a, uint64_t offset)
{
	struct kept before = a->kept[1];

	a->kept[1] = a->kept[0];
	a->kept[0] = before;
	a->kept[0].offset = offset;
	urne_buf_reset(&a->kept[0].body);
	return &a->kept[0].body;
}

/* take_part hashes the next bytes of a body and, unless it is NULL, puts them into `body`. */
static enum urne_err
take_part(struct urne_archive *a, struct urne_sha256 *h, struct urne_buf *body, struct urne_diag *d,
    uint64_t size)
{
	while (size > 0) {
		size_t len = size < WINDOW ? (size_t)size : WINDOW;
		const uint8_t *p = NULL;
		enum urne_err e = take_all(a, &p, d, len, h);

		if (e != URNE_OK) {
			return e;
		}
		if (body != NULL) {
			urne_buf_put(body, p, len);
		}
		size -= len;
	}
	return URNE_OK;
}

/* take_body hashes the body, and keeps it when it is small enough. */
static enum urne_err
take_body(
    struct urne_archive *a, struct urne_record *rec, struct urne_hash *hash, struct urne_diag *d)
{
	struct urne_sha256 h;
	struct urne_buf *body = rec->size <= KEPT ? next_kept(a, rec->offset) : NULL;
	uint64_t beginning = rec->size > REST ? rec->size - REST : 0;
	enum urne_err e;

	urne_sha256_init(&h);
	e = take_part(a, &h, body, d, beginning);
	rec->begun = h;
	if (e == URNE_OK) {
		e = take_part(a, &h, body, d, rec->size - beginning);
	}
	if (e != URNE_OK) {
		return e;
	}
	if (body != NULL && urne_buf_error(body) != URNE_OK) {
		return urne_fail(d, body->err, "no memory for a record");
	}
	urne_sha256_final(&h, hash);
	if (body != NULL) {
		rec->body = rec->size > 0 ? urne_buf_view(body) : urne_view_of("");
	}
	return URNE_OK;
}

static enum urne_err
take_padding(struct urne_archive *a, struct urne_diag *d, uint64_t size)
{
	const uint8_t *pad = NULL;
	size_t i, len = urne_record_padding(size);
	enum urne_err e = take_all(a, &pad, d, len, NULL);

	if (e != URNE_OK) {
		return e;
	}
	for (i = 0; i < len; i++) {
		if (pad[i] != 0) {
			return urne_fail(d, URNE_ERR_SYNTAX,
			    "a byte of the padding behind the body is not zero");
		}
	}
	return URNE_OK;
}

/* read_first decodes {"version":1,"timestamp":"..."}. */
static enum urne_err
read_first(struct urne_archive *a, struct urne_diag *d, struct urne_view body)
{
	struct urne_codec c;
	struct urne_view digits = {"", 0};
	uint64_t version = 0;
	enum urne_err e;

	urne_codec_read(&c, body, NULL);
	urne_codec_object(&c);
	urne_codec_field(&c, "version");
	urne_codec_u64(&c, &version, UINT64_MAX);
	urne_codec_field(&c, "timestamp");
	urne_codec_plain(&c, &digits, MAX_FIRST);
	urne_codec_object_end(&c);
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		return URNE_ERR_SYNTAX;
	}
	if (version != 1) {
		return urne_fail(d, URNE_ERR_SYNTAX, "version: only 1 is known");
	}
	if (urne_decimal_decode(&a->timestamp, digits, URNE_RECORD_FIELD_MAX) != URNE_OK) {
		return urne_fail(d, URNE_ERR_SYNTAX, "timestamp: no number of seconds");
	}
	return URNE_OK;
}

/* first_record: its header can be compared only once the body has told the time. */
static enum urne_err
first_record(struct urne_archive *a, struct urne_record *rec, struct urne_diag *d,
    const uint8_t header[URNE_RECORD_BLOCK])
{
	enum urne_err e;

	if (rec->kind != URNE_RECORD_HEADER) {
		return urne_fail(d, URNE_ERR_SYNTAX, "the first record is not BELENIOS");
	}
	if (rec->size > MAX_FIRST) {
		return urne_fail(d, URNE_ERR_SYNTAX, "the first record is too large");
	}
	e = take_body(a, rec, &rec->hash, d);
	if (e == URNE_OK) {
		e = read_first(a, d, rec->body);
	}
	if (e == URNE_OK) {
		e = urne_record_compare(d, rec, a->timestamp, header);
	}
	if (e == URNE_OK) {
		e = take_padding(a, d, rec->size);
	}
	a->has_first = e == URNE_OK;
	return e;
}

static enum urne_err
other_record(struct urne_archive *a, struct urne_record *rec, struct urne_diag *d,
    const uint8_t header[URNE_RECORD_BLOCK])
{
	struct urne_hash hash = {{0}};
	enum urne_err e;

	if (rec->kind == URNE_RECORD_HEADER) {
		return urne_fail(d, URNE_ERR_SYNTAX, "a second record BELENIOS");
	}
	if (rec->size > URNE_MAX_RECORD) {
		return urne_fail(d, URNE_ERR_SYNTAX, "the record is larger than the limit");
	}
	e = urne_record_compare(d, rec, a->timestamp, header);
	if (e == URNE_OK) {
		e = take_body(a, rec, &hash, d);
	}
	if (e == URNE_OK) {
		e = take_padding(a, d, rec->size);
	}
	if (e == URNE_OK && !urne_hash_eq(&hash, &rec->hash)) {
		e = urne_fail(
		    d, URNE_ERR_MISMATCH, "the record's name is not the hash of its content");
	}
	return e;
}

enum urne_err
urne_archive_next(struct urne_archive *a, struct urne_record *rec, bool *done, struct urne_diag *d)
{
	uint8_t header[URNE_RECORD_BLOCK];
	enum urne_err e;

	*rec = (struct urne_record){.offset = a->pos};
	*done = false;
	e = take_header(a, header, done, d);
	if (e == URNE_OK && !*done) {
		e = urne_record_parse(rec, d, header);
		if (e != URNE_OK && !a->has_first) {
			e = urne_fail(d, e, "the first record is not BELENIOS");
		}
		if (e == URNE_OK) {
			e = a->has_first ? other_record(a, rec, d, header)
					 : first_record(a, rec, d, header);
		}
	}
	if (e != URNE_OK && !urne_err_is_ours(e)) {
		urne_diag_within(d, "record at byte %" PRIu64 ": ", rec->offset);
	}
	return e;
}

/* kept_body: the body of a record, if it is one of the last. */
static const struct urne_buf *
kept_body(const struct urne_archive *a, const struct urne_record *rec)
{
	for (size_t i = 0; i < 2; i++) {
		if (a->kept[i].offset == rec->offset && a->kept[i].body.len == rec->size) {
			return &a->kept[i].body;
		}
	}
	return NULL;
}

/* read_again: the body of any record, from the file. */
static enum urne_err
read_again(
    const struct urne_archive *a, char *out, struct urne_diag *d, const struct urne_record *rec)
{
	struct urne_hash hash = {{0}};
	size_t got = 0, len = (size_t)rec->size;
	enum urne_err e = read_at(a, out, &got, d, len, rec->offset + URNE_RECORD_BLOCK);

	if (e != URNE_OK) {
		return e;
	}
	urne_sha256_of(&hash, (struct urne_view){out, got});
	/* it was whole when it was read: somebody changes the file under us */
	if (got != len || !urne_hash_eq(&hash, &rec->hash)) {
		return urne_fail(d, URNE_ERR_IO, "the archive changed while it was being read");
	}
	return URNE_OK;
}

enum urne_err
urne_archive_load(struct urne_archive *a, struct urne_buf *out, struct urne_diag *d,
    const struct urne_record *rec)
{
	const struct urne_buf *kept = kept_body(a, rec);
	size_t len = (size_t)rec->size;
	enum urne_err e = URNE_OK;
	char *p;

	if (out->len > out->max || rec->size > out->max - out->len) {
		return urne_fail(d, URNE_ERR_LIMIT,
		    "%" PRIu64 " bytes are more than the %zu that may be", rec->size,
		    out->max - (out->len > out->max ? out->max : out->len));
	}
	p = urne_buf_grow(out, len);
	if (p == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a record");
	}
	if (kept != NULL && len > 0) {
		memcpy(p, kept->data, len);
	} else {
		e = read_again(a, p, d, rec);
	}
	out->len += e == URNE_OK ? len : 0;
	return e;
}

uint64_t
urne_archive_timestamp(const struct urne_archive *a)
{
	return a->timestamp;
}

void
urne_archive_digest(const struct urne_archive *a, struct urne_hash *out)
{
	urne_sha256_final(&a->digest, out);
}

uint64_t
urne_archive_position(const struct urne_archive *a)
{
	return a->pos;
}
