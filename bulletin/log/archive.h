/* SPDX-License-Identifier: EUPL-1.2 */
/* The archive file UUID.bel: an append-only sequence of old-style tar records, read as a stream.
 * Spec: docs/formats.md#archive */
#ifndef URNE_BULLETIN_LOG_ARCHIVE_H
#define URNE_BULLETIN_LOG_ARCHIVE_H

#include "base/buf.h"
#include "base/bytes.h"
#include "crypto/sha256.h"

enum urne_record_kind {
	URNE_RECORD_HEADER, /* the first: BELENIOS */
	URNE_RECORD_DATA,
	URNE_RECORD_EVENT,
};

struct urne_record {
	enum urne_record_kind kind;
	struct urne_hash hash; /* of the body; equals the name */
	uint64_t offset;       /* of the record's 512-byte header in the file */
	uint64_t size;	       /* of the body */
	struct urne_view body; /* valid until the next call; empty p when larger than kept */
	/* Of all but the last few hundred bytes of the body, for whoever hashes these and others
	 * behind: a ballot has its signature at the end. Of no bytes when the body is short, or was
	 * not read by urne_archive_next. */
	struct urne_sha256 begun;
};

struct urne_archive; /* an archive open for reading */

/* urne_archive_open opens a regular file. Free with urne_archive_close (NULL is fine). */
enum urne_err urne_archive_open(
    struct urne_archive **out, struct urne_diag *d, const char *path) URNE_MUST_USE;
/* urne_archive_open_fd reads from an open file, which stays the caller's. With `timestamp` it holds
 * records as they stand in an archive of that timestamp, without its BELENIOS record; with NULL a
 * whole archive, or its beginning. */
enum urne_err urne_archive_open_fd(struct urne_archive **out, struct urne_diag *d, int fd,
    const uint64_t *timestamp) URNE_MUST_USE;
void urne_archive_close(struct urne_archive *a);
/* urne_archive_next reads one record: every byte of its header must be what the writer makes (mtime
 * that of the BELENIOS header), the name the SHA-256 of the body, the padding zero. At the end of
 * the file *done is set. Bodies up to 1 MiB are kept in rec->body; larger ones are hashed in
 * pieces and loaded on demand. URNE_ERR_SYNTAX, URNE_ERR_MISMATCH, URNE_ERR_INCOMPLETE (cut short).
 */
enum urne_err urne_archive_next(
    struct urne_archive *a, struct urne_record *rec, bool *done, struct urne_diag *d) URNE_MUST_USE;
/* urne_archive_load appends the body of a record seen before (at most out->max): of the last event
 * and its payload what was read and hashed then, of any other what the file says now, if it is the
 * same. */
enum urne_err urne_archive_load(struct urne_archive *a, struct urne_buf *out, struct urne_diag *d,
    const struct urne_record *rec) URNE_MUST_USE;
/* The timestamp of the BELENIOS header (seconds), after the first record was read. */
uint64_t urne_archive_timestamp(const struct urne_archive *a);
/* urne_archive_digest: SHA-256 of all bytes read so far (the whole file after *done). */
void urne_archive_digest(const struct urne_archive *a, struct urne_hash *out);
uint64_t urne_archive_position(const struct urne_archive *a); /* bytes read */

/* Writing: records are made in memory; the caller appends them to the file in one write. */
void urne_record_put_header(struct urne_buf *out, uint64_t timestamp);
/* urne_record_put appends a data or event record and sets *hash to that of the body. */
void urne_record_put(struct urne_buf *out, struct urne_hash *hash, enum urne_record_kind kind,
    struct urne_view body, uint64_t timestamp);

#endif
