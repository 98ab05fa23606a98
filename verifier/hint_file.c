/* SPDX-License-Identifier: EUPL-1.2 */
/* Records of one length behind a head that says what they are for. Their hashes are sorted: in a
 * table by hash, whoever made the file could have all of them collide. */
#include "verifier/hint_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "election/ballot_hints.h"

#define MAGIC "urne-hints-v1\n\0"
#define HEAD  ((size_t)64)
/* In the head. */
#define AT_FINGERPRINT ((size_t)16)
#define AT_NUM_POINTS  ((size_t)48)

_Static_assert(sizeof(MAGIC) == AT_FINGERPRINT, "16 bytes, the last two zero");

struct record {
	struct urne_hash hash; /* of the ballot */
	uint64_t number;       /* in the file */
};

struct urne_hint_reader {
	int fd;
	size_t hints_len; /* of one ballot */
	struct record *records;
	size_t num;
};

struct urne_hint_writer {
	FILE *file;
	char *path;
	size_t hints_len;
	bool finished;
};

static void
head_of(uint8_t out[HEAD], const struct urne_election *e)
{
	uint64_t num = urne_ballot_num_points(e);

	memset(out, 0, HEAD);
	memcpy(out, MAGIC, AT_FINGERPRINT);
	memcpy(out + AT_FINGERPRINT, e->fingerprint.b, URNE_HASH_LEN);
	for (size_t i = 0; i < sizeof(num); i++) {
		out[AT_NUM_POINTS + i] = (uint8_t)(num >> (56 - 8 * i));
	}
}

/* read_at: false at the end of the file, or when the machine says no. */
static bool
read_at(int fd, void *out, size_t len, uint64_t offset)
{
	char *p = out;

	while (len > 0) {
		ssize_t n = pread(fd, p, len, (off_t)offset);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return false;
		}
		p += n;
		len -= (size_t)n;
		offset += (uint64_t)n;
	}
	return true;
}

static uint64_t
record_at(const struct urne_hint_reader *h, uint64_t number)
{
	return HEAD + number * (URNE_HASH_LEN + h->hints_len);
}

/* By hash; of two records for the same ballot the first of the file comes first. */
static int
compare(const void *a, const void *b)
{
	const struct record *x = a, *y = b;
	int order = memcmp(x->hash.b, y->hash.b, URNE_HASH_LEN);

	return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static enum urne_err
index_records(struct urne_hint_reader *h, struct urne_diag *d, const char *path, uint64_t size)
{
	h->num = (size_t)((size - HEAD) / (URNE_HASH_LEN + h->hints_len));
	h->records = calloc(h->num + 1, sizeof(*h->records));
	if (h->records == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "%s: no memory for it", path);
	}
	for (size_t i = 0; i < h->num; i++) {
		struct record *r = &h->records[i];

		r->number = i;
		if (!read_at(h->fd, &r->hash, sizeof(r->hash), record_at(h, i))) {
			return urne_fail(d, URNE_ERR_IO, "%s: cannot be read to its end", path);
		}
	}
	qsort(h->records, h->num, sizeof(*h->records), compare);
	return URNE_OK;
}

/* fitting: whether the head is the one that this election's file has. */
static bool
fitting(const struct urne_hint_reader *h, const struct urne_election *e)
{
	uint8_t head[HEAD], own[HEAD];

	head_of(own, e);
	return read_at(h->fd, head, HEAD, 0) && memcmp(head, own, HEAD) == 0;
}

enum urne_err
urne_hint_reader_open(struct urne_hint_reader **out, struct urne_diag *d, struct urne_report *r,
    const char *path, const struct urne_election *e)
{
	struct urne_hint_reader *h = calloc(1, sizeof(*h));
	struct stat st = {.st_size = 0};
	enum urne_err err = URNE_OK;

	*out = NULL;
	if (h == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "%s: no memory for it", path);
	}
	h->hints_len = urne_ballot_num_points(e) * URNE_HINT_LEN;
	h->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (h->fd < 0 || fstat(h->fd, &st) != 0) {
		err = urne_fail_errno(d, "%s", path);
	} else if (!S_ISREG(st.st_mode)) {
		err = urne_fail(d, URNE_ERR_IO, "%s: not a file, name one with hints", path);
	} else if (h->hints_len == 0 || !fitting(h, e)) {
		urne_report_note(r, "%s: %s; every ballot is checked exactly", path,
		    h->hints_len == 0 ? "hints do not serve this kind of election"
				      : "these are no hints for this election");
	} else {
		err = index_records(h, d, path, (uint64_t)st.st_size);
		if (err == URNE_OK) {
			*out = h;
			return URNE_OK;
		}
	}
	urne_hint_reader_close(h);
	return err;
}

bool
urne_hint_reader_find(
    const struct urne_hint_reader *h, uint8_t *out, const struct urne_hash *ballot)
{
	const struct record wanted = {.hash = *ballot, .number = 0};
	size_t low = 0, high = h->num;

	/* the first record that is not before the wanted one */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(&h->records[middle], &wanted) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low < h->num && urne_hash_eq(&h->records[low].hash, ballot) &&
	       read_at(
		   h->fd, out, h->hints_len, record_at(h, h->records[low].number) + URNE_HASH_LEN);
}

void
urne_hint_reader_close(struct urne_hint_reader *h)
{
	if (h == NULL) {
		return;
	}
	if (h->fd >= 0) {
		(void)close(h->fd);
	}
	free(h->records);
	free(h);
}

/* put: sets errno. */
static enum urne_err
put(const struct urne_hint_writer *w, struct urne_diag *d, const void *p, size_t len)
{
	return fwrite(p, 1, len, w->file) == len ? URNE_OK : urne_fail_errno(d, "%s", w->path);
}

enum urne_err
urne_hint_writer_open(struct urne_hint_writer **out, struct urne_diag *d, const char *path,
    const struct urne_election *e)
{
	struct urne_hint_writer *w = calloc(1, sizeof(*w));
	uint8_t head[HEAD];

	*out = w;
	if (w != NULL) {
		w->path = strdup(path);
		w->hints_len = urne_ballot_num_points(e) * URNE_HINT_LEN;
	}
	if (w == NULL || w->path == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "%s: no memory for it", path);
	}
	w->file = fopen(path, "wxe");
	if (w->file == NULL) {
		return errno == EEXIST ? urne_fail(d, URNE_ERR_EXISTS, "%s: is there already", path)
				       : urne_fail_errno(d, "%s", path);
	}
	head_of(head, e);
	return put(w, d, head, HEAD);
}

enum urne_err
urne_hint_writer_put(struct urne_hint_writer *w, struct urne_diag *d,
    const struct urne_hash *ballot, const uint8_t *hints)
{
	enum urne_err err = put(w, d, ballot->b, URNE_HASH_LEN);

	return err == URNE_OK ? put(w, d, hints, w->hints_len) : err;
}

enum urne_err
urne_hint_writer_finish(struct urne_hint_writer *w, struct urne_diag *d)
{
	if (fflush(w->file) != 0 || fsync(fileno(w->file)) != 0) {
		return urne_fail_errno(d, "%s", w->path);
	}
	w->finished = true;
	return URNE_OK;
}

void
urne_hint_writer_close(struct urne_hint_writer *w)
{
	if (w == NULL) {
		return;
	}
	if (w->file != NULL) {
		(void)fclose(w->file); /* what matters was flushed before */
		if (!w->finished) {
			(void)unlink(w->path);
		}
	}
	free(w->path);
	free(w);
}
