/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/memfile.h"

#include <sys/mman.h>
#include <unistd.h>

static enum urne_err
write_all(int fd, struct urne_diag *d, struct urne_view v)
{
	while (v.len > 0) {
		ssize_t n = write(fd, v.p, v.len);

		if (n <= 0) {
			return urne_fail_errno(d, "a file in memory");
		}
		v = (struct urne_view){v.p + n, v.len - (size_t)n};
	}
	return lseek(fd, 0, SEEK_SET) == 0 ? URNE_OK : urne_fail_errno(d, "a file in memory");
}

enum urne_err
urne_memfile_open(int *fd, struct urne_diag *d, struct urne_view content)
{
	enum urne_err e;

	*fd = memfd_create("urne", MFD_CLOEXEC);
	if (*fd < 0) {
		return urne_fail_errno(d, "a file in memory");
	}
	e = write_all(*fd, d, content);
	if (e != URNE_OK) {
		(void)close(*fd);
		*fd = -1;
	}
	return e;
}
