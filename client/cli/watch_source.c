/* SPDX-License-Identifier: EUPL-1.2 */
/* Where an observer's step takes what it needs: objects by their hashes, the Setup's from the
 * folder when they are there; and the archive, of which only the new bytes are asked for. */
#include <inttypes.h>
#include <time.h>

#include "client/cli/watch.h"
#include "crypto/sha256.h"

/* Pieces in which the archive is compared; most of what is new is one. */
#define PIECE ((uint64_t)16 << 20)
/* The archive is published before the checkpoint, but caches show files of different ages. */
#define MAX_TRIES      4
#define FIRST_PAUSE_MS 250

enum urne_err
urne_watch_absent(struct urne_watch *w)
{
	w->absent = true;
	return URNE_ERR_IO;
}

enum urne_err
urne_watch_files(struct urne_watch *w, enum urne_err e)
{
	const struct urne_evidence files[] = {{"checkpoint", urne_buf_view(&w->r.note)},
	    {"entries", urne_buf_view(&w->bundle)}, {"served", urne_buf_view(&w->served)}};

	if (e == URNE_ERR_IO || e == URNE_ERR_UNKNOWN || w->r.status >= 300) {
		return urne_watch_absent(w);
	}
	return urne_err_is_ours(e) ? e : urne_watch_raise(w, URNE_ALARM_FILES, files, 3);
}

static enum urne_err
object(
    void *ctx, struct urne_buf *out, struct urne_diag *d, const struct urne_hash *hash, bool keep)
{
	struct urne_watch *w = ctx;
	size_t before = out->len;
	bool found = false;
	enum urne_err e = keep ? urne_watch_kept(w, out, &found, hash) : URNE_OK;

	(void)d; /* cli->diag, the same */
	if (e != URNE_OK || found) {
		return e;
	}
	e = urne_remote_object(&w->r, out, hash);
	if (e == URNE_ERR_MISMATCH && out->len > before) {
		urne_buf_reset(&w->served);
		urne_buf_put(&w->served, out->data + before, out->len - before);
	}
	if (e != URNE_OK) {
		return urne_watch_files(w, e);
	}
	return keep ? urne_watch_keep(
			  w, hash, (struct urne_view){out->data + before, out->len - before})
		    : URNE_OK;
}

/* piece empties w->served and fetches those bytes of the archive, once they are there. */
static enum urne_err
piece(struct urne_watch *w, uint64_t at, uint64_t len)
{
	struct timespec pause = {.tv_nsec = FIRST_PAUSE_MS * 1000000L};
	enum urne_err e = URNE_OK;

	for (int i = 0; i < MAX_TRIES; i++) {
		urne_buf_reset(&w->served);
		e = urne_remote_part(&w->r, &w->served, "election.bel", at, len);
		if (e != URNE_OK || w->served.len == len) {
			return e == URNE_OK ? e : urne_watch_absent(w);
		}
		(void)nanosleep(&pause, NULL);
		pause.tv_nsec = 2 * pause.tv_nsec < 1000000000L ? 2 * pause.tv_nsec : 999999999L;
	}
	(void)urne_fail(&w->cli->diag, URNE_ERR_INCOMPLETE,
	    "%s: ends at byte %" PRIu64 ", and the checkpoint covers events behind it",
	    w->r.request.data, at + w->served.len);
	return urne_watch_absent(w);
}

static enum urne_err
archive(void *ctx, struct urne_diag *d, uint64_t at, uint64_t len, const struct urne_hash *hash)
{
	struct urne_watch *w = ctx;
	const uint64_t first = at, end = at + len;
	struct urne_sha256 h;
	struct urne_hash is;
	enum urne_err e = URNE_OK;

	urne_sha256_init(&h);
	while (e == URNE_OK && at < end) {
		uint64_t part = end - at < PIECE ? end - at : PIECE;

		e = piece(w, at, part);
		urne_sha256_put_view(&h, urne_buf_view(&w->served));
		at += part;
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_sha256_final(&h, &is);
	if (!urne_hash_eq(&is, hash)) {
		const struct urne_evidence files[] = {{"checkpoint", urne_buf_view(&w->r.note)},
		    {"entries", urne_buf_view(&w->bundle)},
		    {"archive-part", urne_buf_view(&w->served)}};

		(void)urne_fail(d, URNE_ERR_MISMATCH,
		    "%s: bytes %" PRIu64 " to %" PRIu64
		    " of the archive are not the events that the log has signed",
		    w->r.address.data, first, end - 1);
		return urne_watch_raise(w, URNE_ALARM_ARCHIVE, files, 3);
	}
	return URNE_OK;
}

void
urne_watch_source_init(struct urne_watch *w)
{
	urne_buf_init(&w->served, PIECE);
	w->source = (struct urne_observer_source){object, archive, w};
}

enum urne_err
urne_watch_timestamp(struct urne_watch *w)
{
	enum urne_err e = urne_remote_timestamp(&w->r, &w->o.timestamp);

	return e == URNE_OK ? e : urne_watch_files(w, e);
}
