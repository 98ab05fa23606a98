/* SPDX-License-Identifier: EUPL-1.2 */
/* A new file appears under its name in one step, when its content is already on the disk. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK	  ((size_t)65536)
#define MAX_PATH  ((size_t)65536)
#define TEMP_LEN  ((size_t)32)
#define NUM_TRIES 16

/* Reading. */

static ssize_t
read_some(int fd, void *p, size_t len)
{
	ssize_t n;

	do {
		n = read(fd, p, len);
	} while (n < 0 && errno == EINTR);
	return n;
}

/* read_size sets *size to the bytes of a regular file, else to 0; a folder is refused. */
static enum urne_err
read_size(size_t *size, struct urne_diag *d, int fd, const char *path)
{
	struct stat st;

	*size = 0;
	if (fstat(fd, &st) != 0) {
		return urne_fail_errno(d, "%s", path);
	}
	if (S_ISDIR(st.st_mode)) {
		return urne_fail(d, URNE_ERR_IO, "%s: is a folder", path);
	}
	if (S_ISREG(st.st_mode) && st.st_size > 0) {
		*size = (size_t)st.st_size;
	}
	return URNE_OK;
}

static enum urne_err
fail_buf(struct urne_diag *d, const struct urne_buf *b, const char *path)
{
	if (b->err == URNE_ERR_LIMIT) {
		return urne_fail(d, URNE_ERR_LIMIT, "%s: is larger than %zu bytes", path, b->max);
	}
	return urne_fail(d, b->err, "%s: no memory for its content", path);
}

/* read_all reads to the end, whatever the size said: the file may grow or be no regular file. A
 * full buffer grows only once a byte is there that does not fit. */
static enum urne_err
read_all(struct urne_buf *out, struct urne_diag *d, int fd, const char *path)
{
	for (;;) {
		size_t room = out->data != NULL ? out->cap - 1 - out->len : 0;
		char beyond = '\0';
		ssize_t n;

		if (room > out->max - out->len) {
			room = out->max - out->len;
		}
		if (room > 0) {
			n = read_some(fd, out->data + out->len, room);
			out->len += n > 0 ? (size_t)n : 0;
		} else {
			n = read_some(fd, &beyond, 1);
			urne_buf_put(out, &beyond, n > 0 ? 1 : 0);
		}
		if (n < 0) {
			return urne_fail_errno(d, "%s", path);
		}
		if (out->err != URNE_OK) {
			return fail_buf(d, out, path);
		}
		if (n == 0) {
			return URNE_OK;
		}
	}
}

enum urne_err
urne_file_read(struct urne_buf *out, struct urne_diag *d, const char *path)
{
	bool is_stdin = strcmp(path, "-") == 0;
	const char *name = is_stdin ? "standard input" : path;
	size_t start = out->len;
	size_t size = 0;
	int fd = STDIN_FILENO;
	enum urne_err e;

	if (out->err != URNE_OK) {
		return fail_buf(d, out, name);
	}
	if (!is_stdin) {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	}
	if (fd < 0) {
		return urne_fail_errno(d, "%s", name);
	}
	e = read_size(&size, d, fd, name);
	if (e != URNE_OK) {
		goto out;
	}
	/* of a stream the first chunk, so that it does not start byte by byte */
	if (size == 0) {
		size = out->max - out->len < CHUNK ? out->max - out->len : CHUNK;
	}
	if (urne_buf_grow(out, size) == NULL) {
		e = fail_buf(d, out, name);
		goto out;
	}
	e = read_all(out, d, fd, name);
out:
	if (e != URNE_OK) {
		/* no half-read file */
		if (out->secret && out->len > start) {
			urne_wipe(out->data + start, out->len - start);
		}
		out->len = start;
	}
	if (!is_stdin) {
		(void)close(fd);
	}
	return e;
}

/* Writing. */

/* split makes `parent` the folder of `path` and sets *name to its last part, a string inside
 * `parent`'s memory behind the folder. Slashes at the end are dropped. */
static enum urne_err
split(struct urne_buf *parent, const char **name, struct urne_diag *d, const char *path)
{
	size_t len = strlen(path);
	size_t at;
	size_t dir_len;

	*name = "";
	while (len > 1 && path[len - 1] == '/') {
		len--;
	}
	at = len;
	while (at > 0 && path[at - 1] != '/') {
		at--;
	}
	if (at == len || (len - at == 1 && path[at] == '.') ||
	    (len - at == 2 && memcmp(path + at, "..", 2) == 0)) {
		return urne_fail(d, URNE_ERR_USAGE, "%s: does not name a new file or folder",
		    path[0] != '\0' ? path : "empty path");
	}
	if (at == 0) {
		urne_buf_puts(parent, ".");
	} else {
		urne_buf_put(parent, path, at);
	}
	urne_buf_put(parent, "", 1);
	dir_len = parent->len;
	urne_buf_put(parent, path + at, len - at);
	urne_buf_put(parent, "", 1);
	if (urne_buf_error(parent) != URNE_OK) {
		return urne_fail(d, urne_buf_error(parent), "path is too long");
	}
	*name = parent->data + dir_len;
	return URNE_OK;
}

static enum urne_err
sync_fd(struct urne_diag *d, int fd, const char *path)
{
	int r;

	do {
		r = fsync(fd);
	} while (r != 0 && errno == EINTR);
	return r == 0 ? URNE_OK : urne_fail_errno(d, "%s: cannot be made durable", path);
}

static enum urne_err
write_all(struct urne_diag *d, int fd, const char *path, struct urne_view v)
{
	while (v.len > 0) {
		ssize_t n = write(fd, v.p, v.len);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return urne_fail_errno(d, "%s", path);
		}
		v.p += n;
		v.len -= (size_t)n;
	}
	return URNE_OK;
}

/* open_temp makes a file with a name that nobody can foresee and sets *fd. */
static enum urne_err
open_temp(char temp[TEMP_LEN], int *fd, struct urne_diag *d, int dir, const char *path, mode_t mode)
{
	*fd = -1;
	for (int i = 0; i < NUM_TRIES; i++) {
		uint64_t r = 0;

		if (getrandom(&r, sizeof(r), 0) != (ssize_t)sizeof(r)) {
			return urne_fail(d, URNE_ERR_RANDOM, "%s: no randomness", path);
		}
		(void)snprintf(temp, TEMP_LEN, ".urne-%016jx", (uintmax_t)r);
		*fd = openat(dir, temp,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, mode);
		if (*fd >= 0) {
			return URNE_OK;
		}
		if (errno != EEXIST && errno != EINTR) {
			break;
		}
	}
	return urne_fail_errno(d, "%s", path);
}

/* publish gives the temporary file its name unless that is taken. FAT and some network file
 * systems have no links; there a rename that replaces nothing does the same. */
static enum urne_err
publish(struct urne_diag *d, int dir, const char *temp, const char *name, const char *path)
{
	int r = linkat(dir, temp, dir, name, 0);

	if (r == 0) {
		/* the file is in place; a name too many does no harm */
		(void)unlinkat(dir, temp, 0);
		return URNE_OK;
	}
	if (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS || errno == EMLINK) {
		r = renameat2(dir, temp, dir, name, RENAME_NOREPLACE);
	}
	if (r == 0) {
		return URNE_OK;
	}
	if (errno == EEXIST) {
		return urne_fail(d, URNE_ERR_EXISTS, "%s: exists already", path);
	}
	return urne_fail_errno(d, "%s", path);
}

/* A file about to be made. */
struct making {
	const char *path; /* for sentences */
	const char *name; /* in the folder */
	mode_t mode;
	bool replace; /* an older file of that name goes */
};

static enum urne_err
replace(struct urne_diag *d, int dir, const char *temp, const struct making *m)
{
	return renameat(dir, temp, dir, m->name) == 0 ? URNE_OK : urne_fail_errno(d, "%s", m->path);
}

/* make_in writes the file inside the open folder `dir`. */
static enum urne_err
make_in(struct urne_diag *d, int dir, const struct making *m, struct urne_view content)
{
	const char *path = m->path;
	char temp[TEMP_LEN];
	int fd = -1;
	enum urne_err e;

	e = open_temp(temp, &fd, d, dir, path, m->mode);
	if (e != URNE_OK) {
		return e;
	}
	e = write_all(d, fd, path, content);
	if (e == URNE_OK) {
		e = sync_fd(d, fd, path);
	}
	if (close(fd) != 0 && errno != EINTR && e == URNE_OK) {
		e = urne_fail_errno(d, "%s", path);
	}
	if (e == URNE_OK) {
		e = m->replace ? replace(d, dir, temp, m) : publish(d, dir, temp, m->name, path);
	}
	if (e != URNE_OK) {
		(void)unlinkat(dir, temp, 0);
		return e;
	}
	return sync_fd(d, dir, path);
}

/* open_parent opens the folder in which `path` is to be made; `name` is the last part of the path.
 */
static enum urne_err
open_parent(
    int *dir, struct urne_buf *parent, const char **name, struct urne_diag *d, const char *path)
{
	enum urne_err e = split(parent, name, d, path);

	if (e != URNE_OK) {
		return e;
	}
	*dir = open(parent->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return *dir < 0 ? urne_fail_errno(d, "%s", parent->data) : URNE_OK;
}

static enum urne_err
make_file(struct urne_diag *d, struct making m, struct urne_view content)
{
	const char *path = m.path;
	struct urne_buf parent;
	size_t len = strlen(path);
	int dir = -1;
	enum urne_err e;

	urne_buf_init(&parent, MAX_PATH);
	if (len > 0 && path[len - 1] == '/') {
		e = urne_fail(d, URNE_ERR_USAGE, "%s: does not name a file", path);
		goto out;
	}
	e = open_parent(&dir, &parent, &m.name, d, path);
	if (e != URNE_OK) {
		goto out;
	}
	e = make_in(d, dir, &m, content);
out:
	if (dir >= 0) {
		(void)close(dir);
	}
	urne_buf_clear(&parent);
	return e;
}

enum urne_err
urne_file_create(
    struct urne_diag *d, const char *path, enum urne_file_mode mode, struct urne_view content)
{
	mode_t bits = mode == URNE_FILE_SECRET ? 0600 : 0644;

	return make_file(d, (struct making){path, "", bits, false}, content);
}

enum urne_err
urne_file_replace(struct urne_diag *d, const char *path, struct urne_view content)
{
	return make_file(d, (struct making){path, "", 0644, true}, content);
}

bool
urne_file_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

bool
urne_file_others_can_read(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && (st.st_mode & (S_IRGRP | S_IROTH)) != 0;
}

/* Folders. */

/* check_empty accepts an open folder without entries; takes over `fd`. */
static enum urne_err
check_empty(struct urne_diag *d, int fd, const char *path)
{
	enum urne_err e = URNE_OK;
	const struct dirent *entry;
	DIR *dir = fdopendir(fd);

	if (dir == NULL) {
		e = urne_fail_errno(d, "%s", path);
		(void)close(fd);
		return e;
	}
	errno = 0;
	while (e == URNE_OK && (entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
			e = urne_fail(d, URNE_ERR_EXISTS, "%s: folder is not empty", path);
		}
	}
	if (e == URNE_OK && errno != 0) {
		e = urne_fail_errno(d, "%s", path);
	}
	(void)closedir(dir);
	return e;
}

/* create_dir_in does the work of urne_dir_create inside the open folder `dir`. */
static enum urne_err
create_dir_in(
    struct urne_diag *d, int dir, const char *name, const char *path, enum urne_file_mode mode)
{
	if (mkdirat(dir, name, mode == URNE_FILE_SECRET ? 0700 : 0755) == 0) {
		return sync_fd(d, dir, path);
	}
	if (errno == EEXIST) {
		return urne_fail(d, URNE_ERR_EXISTS, "%s: exists and is not an empty folder", path);
	}
	return urne_fail_errno(d, "%s", path);
}

enum urne_err
urne_dir_create(struct urne_diag *d, const char *path, enum urne_file_mode mode)
{
	struct urne_buf parent;
	const char *name = "";
	int dir = -1;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	enum urne_err e;

	if (fd >= 0) {
		return check_empty(d, fd, path);
	}
	urne_buf_init(&parent, MAX_PATH);
	e = open_parent(&dir, &parent, &name, d, path);
	if (e != URNE_OK) {
		goto out;
	}
	e = create_dir_in(d, dir, name, path, mode);
out:
	if (dir >= 0) {
		(void)close(dir);
	}
	urne_buf_clear(&parent);
	return e;
}

/* The NUL makes out->data a C string; it is not part of the length. */
static void
end_path(struct urne_buf *out)
{
	if (urne_buf_grow(out, 0) != NULL) {
		out->data[out->len] = '\0';
	}
}

enum urne_err
urne_path_join(struct urne_buf *out, const char *dir, const char *name)
{
	size_t len = strlen(dir);

	urne_buf_reset(out);
	urne_buf_puts(out, dir);
	if (len > 0 && dir[len - 1] != '/') {
		urne_buf_putc(out, '/');
	}
	urne_buf_puts(out, name);
	end_path(out);
	return urne_buf_error(out);
}

enum urne_err
urne_path_beside(struct urne_buf *out, const char *path, const char *ending, const char *other)
{
	size_t len = strlen(path), cut = strlen(ending);

	if (len >= cut && strcmp(path + len - cut, ending) == 0) {
		len -= cut;
	}
	urne_buf_reset(out);
	urne_buf_put(out, path, len);
	urne_buf_puts(out, other);
	end_path(out);
	return urne_buf_error(out);
}

enum urne_err
urne_path_find(struct urne_buf *out, bool *there, const char *given, const char *path,
    const char *ending, const char *other)
{
	enum urne_err e = given != NULL ? urne_path_beside(out, given, "", "")
					: urne_path_beside(out, path, ending, other);

	*there = e == URNE_OK && (given != NULL || urne_file_exists(out->data));
	return e;
}
