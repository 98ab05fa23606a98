/* SPDX-License-Identifier: EUPL-1.2 */
/* syncfs rather than an fsync for each of hundreds of files: since Linux 5.8 it reports errors of
 * writing back, and a data directory on a volume of its own waits for nobody else's data. */
#include "bulletin/server/placing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"

#define MAX_NAME ((size_t)32)
#define CHUNK	 ((size_t)8192)

/* What never changes tells no time: the file of a ballot must not say when it was cast (threat
 * A39). What does change keeps its time, by which copying programs see that it did. */
static const struct timespec no_time[2] = {{0, 0}, {0, 0}};

struct urne_placing {
	char tmp[MAX_NAME];
	const char *path;
	bool last;
	struct urne_placing *next;
};

/* --- opening and closing --- */

static enum urne_err
open_folder(int *fd, struct urne_diag *d, const char *dir, const char *name)
{
	struct urne_buf path;
	enum urne_err e;

	*fd = -1;
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&path, dir, name);
	if (e != URNE_OK) {
		(void)urne_fail(d, e, "%s: the name is too long", dir);
	} else {
		*fd = open(path.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (*fd < 0 && errno == ENOENT) {
			e = urne_fail(d, URNE_ERR_UNKNOWN,
			    "%s: the folder is not there; if it is lost make an empty one, the "
			    "board "
			    "makes its files anew",
			    path.data);
		} else if (*fd < 0) {
			e = urne_fail_errno(d, "%s", path.data);
		}
	}
	urne_buf_clear(&path);
	return e;
}

enum urne_err
urne_placer_tidy(struct urne_placer *p, struct urne_diag *d)
{
	int fd = dup(p->tmp);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry;
	enum urne_err e = URNE_OK;

	if (dir == NULL) {
		e = urne_fail_errno(d, "tmp");
		if (fd >= 0) {
			(void)close(fd);
		}
		return e;
	}
	while (e == URNE_OK && (entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    unlinkat(p->tmp, entry->d_name, 0) != 0) {
			e = urne_fail_errno(d, "tmp/%s", entry->d_name);
		}
	}
	(void)closedir(dir);
	return e;
}

enum urne_err
urne_placer_open(struct urne_placer *p, struct urne_diag *d, const char *dir, bool compare)
{
	enum urne_err e;

	*p = (struct urne_placer){.top = -1, .tmp = -1, .compare = compare};
	p->end = &p->first;
	urne_arena_init(&p->arena, URNE_MAX_DOCUMENT);
	e = open_folder(&p->top, d, dir, "public/bb");
	if (e == URNE_OK && !compare) {
		e = open_folder(&p->tmp, d, dir, "tmp");
	}
	if (e != URNE_OK) {
		urne_placer_close(p);
	}
	return e;
}

void
urne_placer_close(struct urne_placer *p)
{
	if (p->top >= 0) {
		(void)close(p->top);
	}
	if (p->tmp >= 0) {
		(void)close(p->tmp);
	}
	urne_arena_clear(&p->arena);
	*p = (struct urne_placer){.top = -1, .tmp = -1};
}

/* --- pieces --- */

static enum urne_err
write_all(int fd, struct urne_diag *d, const char *path, uint64_t offset, struct urne_view v)
{
	while (v.len > 0) {
		ssize_t n = pwrite(fd, v.p, v.len, (off_t)offset);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return urne_fail_errno(d, "public/bb/%s", path);
		}
		v.p += n;
		v.len -= (size_t)n;
		offset += (uint64_t)n;
	}
	return URNE_OK;
}

/* compare takes off *v what the file has from *offset on, as long as it is the same. */
static enum urne_err
compare(int fd, struct urne_diag *d, const char *path, uint64_t *offset, struct urne_view *v)
{
	char there[CHUNK];

	while (v->len > 0) {
		ssize_t n = pread(fd, there, v->len < CHUNK ? v->len : CHUNK, (off_t)*offset);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return urne_fail_errno(d, "public/bb/%s", path);
		}
		if (n == 0) {
			return URNE_OK;
		}
		if (memcmp(there, v->p, (size_t)n) != 0) {
			return urne_fail(d, URNE_ERR_MISMATCH,
			    "public/bb/%s: is not what the log says; the file was changed by "
			    "somebody else, move it away, the board makes it anew",
			    path);
		}
		v->p += n;
		v->len -= (size_t)n;
		*offset += (uint64_t)n;
	}
	return URNE_OK;
}

/* is_there: whether a file of that name has these bytes, and no others. */
static enum urne_err
is_there(struct urne_placer *p, bool *there, struct urne_diag *d, const char *path,
    struct urne_view content)
{
	int fd = openat(p->top, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct urne_view rest = content;
	uint64_t offset = 0;
	struct stat st;
	enum urne_err e;

	*there = false;
	if (fd < 0) {
		return errno == ENOENT ? URNE_OK : urne_fail_errno(d, "public/bb/%s", path);
	}
	e = compare(fd, d, path, &offset, &rest);
	if (e == URNE_OK &&
	    (rest.len > 0 || fstat(fd, &st) != 0 || (uint64_t)st.st_size != content.len)) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "public/bb/%s: is not as long as the log says; the file was changed by "
		    "somebody else, move it away, the board makes it anew",
		    path);
	}
	(void)close(fd);
	*there = e == URNE_OK;
	return e;
}

/* make_folders makes those on the way to `path`. */
static enum urne_err
make_folders(struct urne_placer *p, struct urne_diag *d, const char *path)
{
	struct urne_view copy;
	const char *slash = path;
	enum urne_err e = URNE_OK;

	while (e == URNE_OK && (slash = strchr(slash, '/')) != NULL) {
		e = urne_arena_copy(
		    &p->arena, &copy, (struct urne_view){path, (size_t)(slash - path)});
		if (e == URNE_OK && mkdirat(p->top, copy.p, 0755) != 0 && errno != EEXIST) {
			e = urne_fail_errno(d, "public/bb/%s", copy.p);
		}
		slash++;
	}
	return e;
}

/* open_in opens a file below the folder, with its own folders. */
static enum urne_err
open_in(struct urne_placer *p, int *fd, struct urne_diag *d, const char *path, int flags)
{
	enum urne_err e = URNE_OK;

	*fd = openat(p->top, path, flags | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (*fd < 0 && errno == ENOENT && !p->compare) {
		e = make_folders(p, d, path);
		*fd = openat(p->top, path, flags | O_CLOEXEC | O_NOFOLLOW, 0644);
	}
	return e == URNE_OK && *fd < 0 ? urne_fail_errno(d, "public/bb/%s", path) : e;
}

/* --- placing --- */

static enum urne_err
missing(struct urne_diag *d, const char *path)
{
	return urne_fail(d, URNE_ERR_MISMATCH,
	    "public/bb/%s: is missing or incomplete; move the checkpoint beside it away, and the "
	    "next start "
	    "makes anew what is missing",
	    path);
}

static enum urne_err
add_waiting(struct urne_placer *p, struct urne_placing **out, struct urne_diag *d, const char *path,
    enum urne_place_mode mode)
{
	struct urne_placing *w = urne_arena_alloc(&p->arena, 1, sizeof(*w));
	struct urne_view copy;

	*out = NULL;
	if (w == NULL || urne_arena_copy(&p->arena, &copy, urne_view_of(path)) != URNE_OK) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory to publish");
	}
	w->path = copy.p;
	w->last = mode == URNE_PLACE_LAST;
	(void)snprintf(w->tmp, sizeof(w->tmp), "%" PRIu64, p->num++);
	*p->end = w;
	p->end = &w->next;
	*out = w;
	return URNE_OK;
}

enum urne_err
urne_place(struct urne_placer *p, struct urne_diag *d, const char *path, enum urne_place_mode mode,
    struct urne_view content)
{
	struct urne_placing *w = NULL;
	bool there = false;
	enum urne_err e =
	    mode == URNE_PLACE_ONCE || p->compare ? is_there(p, &there, d, path, content) : URNE_OK;
	int fd;

	if (e != URNE_OK || there) {
		return e;
	}
	if (p->compare) {
		return missing(d, path);
	}
	e = add_waiting(p, &w, d, path, mode);
	if (e != URNE_OK) {
		return e;
	}
	fd = openat(p->tmp, w->tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0) {
		return urne_fail_errno(d, "tmp/%s", w->tmp);
	}
	e = write_all(fd, d, path, 0, content);
	if (e == URNE_OK && mode == URNE_PLACE_ONCE && futimens(fd, no_time) != 0) {
		e = urne_fail_errno(d, "tmp/%s", w->tmp);
	}
	if (close(fd) != 0 && e == URNE_OK) {
		e = urne_fail_errno(d, "tmp/%s", w->tmp);
	}
	return e;
}

enum urne_err
urne_place_append(struct urne_placer *p, struct urne_diag *d, const char *path, uint64_t offset,
    struct urne_view content)
{
	struct stat st;
	int fd = -1;
	enum urne_err e = open_in(p, &fd, d, path, p->compare ? O_RDONLY : O_RDWR | O_CREAT);

	if (e != URNE_OK) {
		return e;
	}
	if (fstat(fd, &st) != 0) {
		e = urne_fail_errno(d, "public/bb/%s", path);
	} else if ((uint64_t)st.st_size < offset) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "public/bb/%s: is shorter than what was published, move it away, the board "
		    "makes it anew",
		    path);
	}
	if (e == URNE_OK) {
		e = compare(fd, d, path, &offset, &content);
	}
	if (e == URNE_OK && content.len > 0) {
		e = p->compare ? missing(d, path) : write_all(fd, d, path, offset, content);
	}
	if (close(fd) != 0 && e == URNE_OK) {
		e = urne_fail_errno(d, "public/bb/%s", path);
	}
	return e;
}

enum urne_err
urne_place_cut(struct urne_placer *p, struct urne_diag *d, const char *path, uint64_t len)
{
	int fd = openat(p->top, path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	enum urne_err e = URNE_OK;

	if (fd < 0) {
		return errno == ENOENT ? URNE_OK : urne_fail_errno(d, "public/bb/%s", path);
	}
	if (ftruncate(fd, (off_t)len) != 0) {
		e = urne_fail_errno(d, "public/bb/%s", path);
	}
	if (close(fd) != 0 && e == URNE_OK) {
		e = urne_fail_errno(d, "public/bb/%s", path);
	}
	return e;
}

static enum urne_err
sync_all(struct urne_placer *p, struct urne_diag *d)
{
	return syncfs(p->top) == 0 ? URNE_OK : urne_fail_errno(d, "public/bb: making it durable");
}

/* name_one gives a file its name, below folders that may not be there yet. */
static enum urne_err
name_one(struct urne_placer *p, struct urne_diag *d, const struct urne_placing *w)
{
	bool there = renameat(p->tmp, w->tmp, p->top, w->path) == 0;
	enum urne_err e = URNE_OK;

	if (!there && errno == ENOENT) {
		e = make_folders(p, d, w->path);
		there = e == URNE_OK && renameat(p->tmp, w->tmp, p->top, w->path) == 0;
	}
	return there || e != URNE_OK ? e : urne_fail_errno(d, "public/bb/%s", w->path);
}

/* name_all gives the waiting files of one kind their names; *any tells whether there were some. */
static enum urne_err
name_all(struct urne_placer *p, bool *any, struct urne_diag *d, bool last)
{
	enum urne_err e = URNE_OK;

	*any = false;
	for (const struct urne_placing *w = p->first; e == URNE_OK && w != NULL; w = w->next) {
		if (w->last != last) {
			continue;
		}
		*any = true;
		e = name_one(p, d, w);
	}
	return e;
}

enum urne_err
urne_place_all(struct urne_placer *p, struct urne_diag *d)
{
	bool any = false;
	enum urne_err e;

	if (p->compare) {
		return URNE_OK; /* nothing waits */
	}
	e = sync_all(p, d);
	if (e == URNE_OK) {
		e = name_all(p, &any, d, false);
	}
	if (e == URNE_OK && any) {
		e = sync_all(p, d);
	}
	if (e == URNE_OK) {
		e = name_all(p, &any, d, true);
	}
	p->first = NULL;
	p->end = &p->first;
	urne_arena_reset(&p->arena);
	return e;
}
