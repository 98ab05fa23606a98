/* SPDX-License-Identifier: EUPL-1.2 */
/* A cursor and, when it is not enough, an index. Who verifies a log asks for its records in their
 * order, and that is the order in which hints are written: the cursor finds each where it stands.
 * The index has the first 8 bytes of each hash, sorted: in a table by hash, whoever made the file
 * could have all of them collide. Of those with the same 8 bytes the first is looked at, and no
 * other: whoever made two such has hidden the second, and costs its reader an exact check. */
#include "verifier/hint_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/batch.h"
#include "election/ballot_hints.h"
#include "election/hint_record.h"

/* What an index holds at most, in 128 MiB; a file that has more serves with its first ones. */
#define MAX_INDEXED ((size_t)1 << 23)

struct entry {
	uint64_t key; /* the hash of the data record begins with it */
	uint64_t offset;
};

struct urne_hint_reader {
	int fd;
	uint64_t size;
	uint64_t next; /* where the record begins that has not been asked for */
	bool indexed;
	struct entry *entries;
	size_t num, cap;
};

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

/* record_at: is there a whole record at `offset`? *end is where it ends. */
static bool
record_at(const struct urne_hint_reader *h, struct urne_hash *of, struct urne_hint_place *place,
    uint64_t *end, uint64_t offset)
{
	uint8_t head[URNE_HINT_RECORD_HEAD_LEN];
	uint64_t room;

	if (offset > h->size || h->size - offset < sizeof(head) ||
	    !read_at(h->fd, head, sizeof(head), offset)) {
		return false;
	}
	urne_hint_record_read(of, &place->num_points, head);
	place->offset = offset + sizeof(head);
	room = (h->size - place->offset) / URNE_HINT_LEN;
	if (place->num_points > room) {
		return false;
	}
	*end = place->offset + place->num_points * URNE_HINT_LEN;
	return true;
}

static uint64_t
key_of(const struct urne_hash *hash)
{
	uint64_t key;

	memcpy(&key, hash->b, sizeof(key));
	return key;
}

/* By key; of two records with the same one the first of the file comes first. */
static int
compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->key != y->key) {
		return x->key < y->key ? -1 : 1;
	}
	return (x->offset > y->offset) - (x->offset < y->offset);
}

static enum urne_err
add_entry(struct urne_hint_reader *h, struct urne_diag *d, const struct entry *e)
{
	if (h->num == h->cap) {
		size_t cap = h->cap == 0 ? 1024 : 2 * h->cap;
		struct entry *grown = realloc(h->entries, cap * sizeof(*grown));

		if (grown == NULL) {
			return urne_fail(d, URNE_ERR_MEMORY, "no memory for an index of hints");
		}
		h->entries = grown;
		h->cap = cap;
	}
	h->entries[h->num++] = *e;
	return URNE_OK;
}

/* make_index: what cannot be read, and all behind it, is not there. */
static enum urne_err
make_index(struct urne_hint_reader *h, struct urne_diag *d)
{
	struct urne_hint_place place;
	struct urne_hash of;
	uint64_t at = URNE_HINTS_HEAD_LEN, end = 0;

	h->indexed = true;
	while (h->num < MAX_INDEXED && record_at(h, &of, &place, &end, at)) {
		struct entry e = {key_of(&of), at};
		enum urne_err err = add_entry(h, d, &e);

		if (err != URNE_OK) {
			return err;
		}
		at = end;
	}
	if (h->num > 0) {
		qsort(h->entries, h->num, sizeof(*h->entries), compare);
	}
	return URNE_OK;
}

enum urne_err
urne_hint_reader_open(struct urne_hint_reader **out, struct urne_diag *d, struct urne_report *r,
    const char *path, const struct urne_election *e)
{
	struct urne_hint_reader *h = calloc(1, sizeof(*h));
	bool served = urne_ballot_num_points(e) > 0;
	uint8_t head[URNE_HINTS_HEAD_LEN];
	struct stat st = {.st_size = 0};
	enum urne_err err = URNE_OK;

	*out = NULL;
	if (h == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "%s: no memory for it", path);
	}
	h->next = URNE_HINTS_HEAD_LEN;
	h->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (h->fd < 0 || fstat(h->fd, &st) != 0) {
		err = urne_fail_errno(d, "%s", path);
	} else if (!S_ISREG(st.st_mode)) {
		err = urne_fail(d, URNE_ERR_IO, "%s: not a file, name one with hints", path);
	} else if (!served || !read_at(h->fd, head, sizeof(head), 0) ||
		   !urne_hints_head_fits(head, e)) {
		urne_report_note(r, "%s: %s; every ballot is checked exactly", path,
		    served ? "these are no hints for this election"
			   : "hints do not serve this kind of election");
	} else {
		h->size = (uint64_t)st.st_size;
		*out = h;
		return URNE_OK;
	}
	urne_hint_reader_close(h);
	return err;
}

/* take: *out is the record at `at`, if it is of this hash, and the cursor goes behind it. */
static bool
take(struct urne_hint_reader *h, struct urne_hint_place *out, const struct urne_hash *of,
    uint64_t at)
{
	struct urne_hint_place place;
	struct urne_hash found;
	uint64_t end = 0;

	if (!record_at(h, &found, &place, &end, at) || !urne_hash_eq(&found, of)) {
		return false;
	}
	h->next = end;
	*out = place;
	return true;
}

/* indexed_at: where the first record with the key of this hash is; behind the file's end when there
 * is none. */
static uint64_t
indexed_at(const struct urne_hint_reader *h, const struct urne_hash *of)
{
	const struct entry wanted = {key_of(of), 0};
	size_t low = 0, high = h->num;

	/* the first entry that is not before the wanted one */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(&h->entries[middle], &wanted) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low < h->num && h->entries[low].key == wanted.key ? h->entries[low].offset : h->size;
}

void
urne_hint_reader_look(
    struct urne_hint_reader *h, struct urne_hint_place *out, const struct urne_hash *of)
{
	*out = (struct urne_hint_place){0, 0};
	if (h != NULL && !take(h, out, of, h->next) && h->indexed) {
		(void)take(h, out, of, indexed_at(h, of));
	}
}

enum urne_err
urne_hint_reader_find(struct urne_hint_reader *h, struct urne_hint_place *out, struct urne_diag *d,
    const struct urne_hash *of)
{
	enum urne_err err = URNE_OK;

	urne_hint_reader_look(h, out, of);
	if (h != NULL && out->num_points == 0 && !h->indexed) {
		err = make_index(h, d);
		if (err == URNE_OK) {
			urne_hint_reader_look(h, out, of);
		}
	}
	return err;
}

bool
urne_hint_reader_read(const struct urne_hint_reader *h, uint8_t *out,
    const struct urne_hint_place *place, uint64_t first, size_t num)
{
	return read_at(h->fd, out, num * URNE_HINT_LEN, place->offset + first * URNE_HINT_LEN);
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
	free(h->entries);
	free(h);
}
