/* SPDX-License-Identifier: EUPL-1.2 */
/* The check of a folder's tiles, bundles of entries and objects: each file that is there is the one
 * that the archive gives. The names are gathered and sorted first, so that one walk through the
 * archive comes by all of them in order, with one row of 256 hashes per level in memory.
 * Spec: docs/log.md#tiles */
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "bulletin/log/tile.h"
#include "crypto/sha256.h"
#include "verifier/verify.h"

/* A tile of level L holds nodes of the tree's level 8 L, which has at most 63. */
#define NUM_ROWS   8
#define TILE_STEP  8u
#define MAX_TILE   (URNE_TILE_WIDTH * URNE_HASH_LEN)
#define MAX_BUNDLE (URNE_TILE_WIDTH * (URNE_ENTRY_MAX + 2))

/* The files of one kind, in the order in which the walk comes by them. */
struct row {
	const struct urne_tile *next, *end;
	struct urne_buf bytes; /* of the tile that grows */
};

struct urne_tile_check {
	struct urne_tile *tiles;
	size_t num, room;
	struct row rows[NUM_ROWS], bundles;
	struct urne_buf file, path;
	size_t base_len; /* of the folder's name in what fts finds */
};

/* --- what is there --- */

static enum urne_err
add(struct urne_tile_check *c, struct urne_diag *d, const struct urne_tile *t)
{
	if (c->num == c->room) {
		size_t room = c->room > 0 ? 2 * c->room : 64;
		struct urne_tile *more = reallocarray(c->tiles, room, sizeof(*more));

		if (more == NULL) {
			return urne_fail(d, URNE_ERR_MEMORY, "no memory for the names of tiles");
		}
		c->tiles = more;
		c->room = room;
	}
	c->tiles[c->num++] = *t;
	return URNE_OK;
}

static enum urne_err
see_tile(struct urne_verification *v, struct urne_diag *d, const char *path)
{
	const char *name = path + v->log.tiles->base_len;
	struct urne_diag why;
	struct urne_tile t;

	if (urne_tile_path_read(&t, urne_view_of(name)) != URNE_OK) {
		(void)urne_fail(&why, URNE_ERR_SYNTAX, "no tile has this name");
		urne_report_fail(v->report, URNE_CHECK_LOG_TILES, &why, "%s", name);
		return URNE_OK;
	}
	return add(v->log.tiles, d, &t);
}

/* hash_file streams: an object may be as large as a record. */
static enum urne_err
hash_file(struct urne_hash *out, struct urne_diag *d, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct urne_sha256 h;
	enum urne_err e = URNE_OK;
	char chunk[4096];
	ssize_t n = fd < 0 ? -1 : 1;

	urne_sha256_init(&h);
	while (fd >= 0 && n != 0) {
		n = read(fd, chunk, sizeof(chunk));
		if (n < 0 && errno != EINTR) {
			break;
		}
		urne_sha256_put(&h, chunk, n > 0 ? (size_t)n : 0);
	}
	if (n < 0) {
		e = urne_fail_errno(d, "%s", path);
	}
	if (fd >= 0) {
		(void)close(fd); /* only read from */
	}
	urne_sha256_final(&h, out);
	return e;
}

static enum urne_err
see_object(struct urne_verification *v, struct urne_diag *d, const char *path)
{
	const char *name = path + v->log.tiles->base_len;
	struct urne_hash named, found;
	struct urne_diag why;
	enum urne_err e;

	if (urne_hex_decode(named.b, sizeof(named.b), urne_view_of(name + strlen("objects/"))) !=
	    URNE_OK) {
		(void)urne_fail(&why, URNE_ERR_SYNTAX, "no object has this name");
		urne_report_fail(v->report, URNE_CHECK_LOG_TILES, &why, "%s", name);
		return URNE_OK;
	}
	e = hash_file(&found, d, path);
	if (e == URNE_OK && !urne_hash_eq(&named, &found)) {
		(void)urne_fail(
		    &why, URNE_ERR_MISMATCH, "its name is not the SHA-256 of its content");
		urne_report_fail(v->report, URNE_CHECK_LOG_TILES, &why, "%s", name);
	} else if (e == URNE_OK) {
		urne_report_item(v->report, URNE_CHECK_LOG_TILES, 1);
	}
	return e;
}

/* see_other: what is no file and leads to none. A pipe or a device would be read for ever. */
static void
see_other(struct urne_verification *v, const char *path)
{
	struct urne_diag why;

	(void)urne_fail(&why, URNE_ERR_SYNTAX, "it is no file");
	urne_report_fail(
	    v->report, URNE_CHECK_LOG_TILES, &why, "%s", path + v->log.tiles->base_len);
}

static bool
is_file(const FTSENT *f)
{
	struct stat st;

	return f->fts_info == FTS_F ||
	       (f->fts_info == FTS_SL && stat(f->fts_path, &st) == 0 && S_ISREG(st.st_mode));
}

/* see_all calls see() for every file below the folder's `name`; *there is false without it. */
static enum urne_err
see_all(struct urne_verification *v, struct urne_diag *d, bool *there, const char *name,
    enum urne_err (*see)(struct urne_verification *v, struct urne_diag *d, const char *path))
{
	struct urne_tile_check *c = v->log.tiles;
	char *roots[2] = {NULL, NULL};
	FTS *walk;
	FTSENT *f;
	enum urne_err e = urne_path_join(&c->path, v->source->folder, name);

	*there = e == URNE_OK && urne_file_exists(c->path.data);
	if (!*there) {
		return e;
	}
	c->base_len = strlen(c->path.data) - strlen(name);
	roots[0] = c->path.data;
	walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	if (walk == NULL) {
		return urne_fail_errno(d, "%s", c->path.data);
	}
	while (e == URNE_OK && (f = fts_read(walk)) != NULL) {
		if (f->fts_info == FTS_DNR || f->fts_info == FTS_ERR || f->fts_info == FTS_NS) {
			errno = f->fts_errno;
			e = urne_fail_errno(d, "%s", f->fts_path);
		} else if (is_file(f)) {
			e = see(v, d, f->fts_path);
		} else if (f->fts_info != FTS_D && f->fts_info != FTS_DP) {
			see_other(v, f->fts_path);
		}
	}
	(void)fts_close(walk); /* only read from */
	return e;
}

/* The order of the walk within a row; rows one after the other. */
static int
compare_tiles(const void *x, const void *y)
{
	const struct urne_tile *a = x, *b = y;

	if (a->entries != b->entries) {
		return a->entries ? -1 : 1;
	}
	if (a->level != b->level) {
		return a->level < b->level ? -1 : 1;
	}
	if (a->index != b->index) {
		return a->index < b->index ? -1 : 1;
	}
	return a->width < b->width ? -1 : a->width > b->width;
}

static void
lay_out(struct urne_tile_check *c)
{
	const struct urne_tile *t = c->tiles, *end = c->tiles + c->num;

	if (c->num == 0) {
		return;
	}
	qsort(c->tiles, c->num, sizeof(*c->tiles), compare_tiles);
	c->bundles.next = t;
	while (t < end && t->entries) {
		t++;
	}
	c->bundles.end = t;
	for (unsigned i = 0; i < NUM_ROWS; i++) {
		c->rows[i].next = t;
		while (t < end && t->level == i) {
			t++;
		}
		c->rows[i].end = t;
	}
}

enum urne_err
urne_verify_tiles_open(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_tile_check *c;
	bool tiles = false, objects = false;
	enum urne_err e;

	if (v->source->folder == NULL) {
		urne_report_absent(v->report, URNE_CHECK_LOG_TILES);
		return URNE_OK;
	}
	c = calloc(1, sizeof(*c));
	if (c == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for tiles");
	}
	v->log.tiles = c;
	urne_buf_init(&c->path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&c->file, MAX_BUNDLE);
	urne_buf_init(&c->bundles.bytes, MAX_BUNDLE);
	for (size_t i = 0; i < NUM_ROWS; i++) {
		urne_buf_init(&c->rows[i].bytes, MAX_TILE);
	}
	e = see_all(v, d, &tiles, "tile", see_tile);
	if (e == URNE_OK) {
		e = see_all(v, d, &objects, "objects", see_object);
	}
	if (!tiles && !objects) {
		urne_report_absent(v->report, URNE_CHECK_LOG_TILES);
	}
	lay_out(c);
	return e;
}

/* --- what it must be --- */

/* compare_file: the file of the tile has exactly these bytes. */
static enum urne_err
compare_file(struct urne_verification *v, struct urne_diag *d, const struct urne_tile *t,
    struct urne_view want)
{
	struct urne_tile_check *c = v->log.tiles;
	struct urne_buf name;
	struct urne_diag why;
	size_t i = 0;
	enum urne_err e;

	urne_buf_init(&name, URNE_TILE_PATH_MAX + 1);
	urne_tile_path(&name, t);
	urne_buf_putc(&name, '\0');
	e = urne_buf_error(&name);
	if (e == URNE_OK) {
		e = urne_path_join(&c->path, v->source->folder, name.data);
	}
	if (e != URNE_OK) {
		goto out;
	}
	urne_buf_reset(&c->file);
	e = urne_file_read(&c->file, d, c->path.data);
	if (e != URNE_OK && e != URNE_ERR_LIMIT) {
		goto out;
	}
	while (e == URNE_OK && i < c->file.len && i < want.len && c->file.data[i] == want.p[i]) {
		i++;
	}
	if (e == URNE_OK && i == want.len && i == c->file.len) {
		urne_report_item(v->report, URNE_CHECK_LOG_TILES, 1);
		goto out;
	}
	e = URNE_OK;
	(void)urne_fail(&why, URNE_ERR_MISMATCH,
	    "it differs at byte %zu from the one that the archive gives", i);
	urne_report_fail(v->report, URNE_CHECK_LOG_TILES, &why, "%s", name.data);
out:
	urne_buf_clear(&name);
	return e;
}

/* grown compares the files of the row that stand for what it holds now, `num` things in all. */
static enum urne_err
grown(struct urne_verification *v, struct urne_diag *d, struct row *row, uint64_t num)
{
	uint64_t index = (num - 1) / URNE_TILE_WIDTH;
	unsigned width = (unsigned)((num - 1) % URNE_TILE_WIDTH) + 1;
	enum urne_err e = urne_buf_error(&row->bytes);

	while (e == URNE_OK && row->next < row->end && row->next->index == index &&
	       row->next->width == width) {
		e = compare_file(v, d, row->next, urne_buf_view(&row->bytes));
		row->next++;
	}
	if (width == URNE_TILE_WIDTH) {
		urne_buf_reset(&row->bytes);
	}
	return e;
}

enum urne_err
urne_verify_tiles_entry(
    struct urne_verification *v, struct urne_diag *d, uint64_t index, struct urne_view event)
{
	struct urne_tile_check *c = v->log.tiles;

	if (c == NULL) {
		return URNE_OK;
	}
	urne_entry_put(&c->bundles.bytes, event);
	return grown(v, d, &c->bundles, index + 1);
}

enum urne_err
urne_verify_tiles_node(struct urne_verification *v, struct urne_diag *d, unsigned level,
    uint64_t index, const struct urne_hash *hash)
{
	struct urne_tile_check *c = v->log.tiles;
	struct row *row;

	if (c == NULL || level % TILE_STEP != 0) {
		return URNE_OK;
	}
	row = &c->rows[level / TILE_STEP];
	urne_buf_put(&row->bytes, hash->b, URNE_HASH_LEN);
	return grown(v, d, row, index + 1);
}

/* left_over: files of more than the archive has. */
static void
left_over(struct urne_verification *v, const struct row *row)
{
	struct urne_diag why;

	for (const struct urne_tile *t = row->next; t < row->end; t++) {
		struct urne_buf name;

		urne_buf_init(&name, URNE_TILE_PATH_MAX);
		urne_tile_path(&name, t);
		(void)urne_fail(
		    &why, URNE_ERR_RANGE, "the archive has no events for a file of this name");
		urne_report_fail(v->report, URNE_CHECK_LOG_TILES, &why, "%.*s", (int)name.len,
		    name.len > 0 ? name.data : "");
		urne_buf_clear(&name);
	}
}

void
urne_verify_tiles_end(struct urne_verification *v, bool broken)
{
	struct urne_tile_check *c = v->log.tiles;

	if (c == NULL || broken) {
		return; /* the reason is that of the archive */
	}
	left_over(v, &c->bundles);
	for (size_t i = 0; i < NUM_ROWS; i++) {
		left_over(v, &c->rows[i]);
	}
	urne_report_complete(v->report, URNE_CHECK_LOG_TILES);
}

void
urne_verify_tiles_free(struct urne_verification *v)
{
	struct urne_tile_check *c = v->log.tiles;

	v->log.tiles = NULL;
	if (c == NULL) {
		return;
	}
	urne_buf_clear(&c->path);
	urne_buf_clear(&c->file);
	urne_buf_clear(&c->bundles.bytes);
	for (size_t i = 0; i < NUM_ROWS; i++) {
		urne_buf_clear(&c->rows[i].bytes);
	}
	free(c->tiles);
	free(c);
}
