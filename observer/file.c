/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a state lies: FILE is replaced whole, and whoever holds the lock of the folder FILE.d works
 * with it. The lock is the folder's, since FILE itself is another file after each time.
 * Spec: docs/observing.md#the-state-file */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/limits.h"
#include "observer/observer.h"

enum urne_err
urne_observer_lock(int *lock, struct urne_diag *d, const char *path, const char *folder)
{
	if (strcmp(path, "-") == 0) {
		return urne_fail(d, URNE_ERR_USAGE, "a state is kept in a file, name one");
	}
	if (mkdir(folder, 0755) != 0 && errno != EEXIST) {
		return urne_fail_errno(d, "%s", folder);
	}
	*lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*lock < 0) {
		return urne_fail_errno(d, "%s", folder);
	}
	if (flock(*lock, LOCK_EX | LOCK_NB) == 0) {
		return URNE_OK;
	}
	return errno == EWOULDBLOCK
		   ? urne_fail(d, URNE_ERR_EXISTS,
			 "%s: another \"urne watch\" or \"urne-verify\" works with this state, "
			 "let it end first",
			 path)
		   : urne_fail_errno(d, "%s: cannot be locked", folder);
}

enum urne_err
urne_observer_load(struct urne_observer *o, struct urne_diag *d, const char *path)
{
	struct urne_buf text;
	struct stat st;
	enum urne_err e;

	/* a pipe might never end */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		return urne_fail(d, URNE_ERR_IO, "%s: is no file, name another one", path);
	}
	urne_buf_init(&text, URNE_MAX_RECORD);
	e = urne_file_read(&text, d, path);
	if (e == URNE_OK) {
		e = urne_observer_read(o, d, urne_buf_view(&text));
		if (e != URNE_OK) {
			urne_diag_within(d, "%s: ", path);
		}
	}
	urne_buf_clear(&text);
	return e;
}

enum urne_err
urne_observer_save(struct urne_diag *d, const char *path, const struct urne_observer *o)
{
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_RECORD);
	urne_observer_write(&text, o);
	e = urne_buf_error(&text);
	e = e == URNE_OK ? urne_file_replace(d, path, urne_buf_view(&text))
			 : urne_fail(d, e, "%s: no memory for the state", path);
	urne_buf_clear(&text);
	return e;
}
