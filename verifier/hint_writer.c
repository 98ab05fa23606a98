/* SPDX-License-Identifier: EUPL-1.2 */
/* A new file with hints, one record behind the other. It is complete or it is not there. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crypto/batch.h"
#include "election/hint_record.h"
#include "verifier/hint_file.h"

struct urne_hint_writer {
	FILE *file;
	char *path;
	bool finished;
};

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
	uint8_t head[URNE_HINTS_HEAD_LEN];

	*out = w;
	if (w != NULL) {
		w->path = strdup(path);
	}
	if (w == NULL || w->path == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "%s: no memory for it", path);
	}
	w->file = fopen(path, "wxe");
	if (w->file == NULL) {
		return errno == EEXIST ? urne_fail(d, URNE_ERR_EXISTS, "%s: is there already", path)
				       : urne_fail_errno(d, "%s", path);
	}
	urne_hints_head(head, e);
	return put(w, d, head, sizeof(head));
}

enum urne_err
urne_hint_writer_begin(struct urne_hint_writer *w, struct urne_diag *d, const struct urne_hash *of,
    uint64_t num_points)
{
	uint8_t head[URNE_HINT_RECORD_HEAD_LEN];

	urne_hint_record_head(head, of, num_points);
	return put(w, d, head, sizeof(head));
}

enum urne_err
urne_hint_writer_put(
    struct urne_hint_writer *w, struct urne_diag *d, const uint8_t *hints, size_t num)
{
	return put(w, d, hints, num * URNE_HINT_LEN);
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
