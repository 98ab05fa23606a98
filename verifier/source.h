/* SPDX-License-Identifier: EUPL-1.2 */
/* Where the record of an election, or the journal beside it, comes from: an archive alone, a folder
 * copied from a board, or a board. Small files are texts in memory, the archive is a file. What
 * they say is judged by the checks. Spec: docs/log.md#api */
#ifndef URNE_VERIFIER_SOURCE_H
#define URNE_VERIFIER_SOURCE_H

#include "base/buf.h"
#include "base/bytes.h"
#include "bulletin/log/kept.h"
#include "crypto/note.h"

struct urne_source_options {
	const char *given;   /* archive, folder or address */
	const char *ca;	     /* certificates to trust instead of the system's, or NULL */
	bool fetches_hints;  /* from an address, which `ca` may be about */
	const char *keep;    /* the folder in which a fetched copy stays, or NULL */
	const char *log_key; /* a file or the key itself, or NULL */
	const char *journal; /* the journal's archive, folder or address, or NULL */
};

struct urne_source {
	const char *name; /* as it was given */
	bool is_board;	  /* there is a log, not only an archive */
	bool is_journal;
	const struct urne_kept_names *names;
	struct urne_buf place;		/* of a journal whose name was not given, NUL behind */
	struct urne_buf archive;	/* its path, NUL behind */
	struct urne_buf log_key;	/* that was given */
	struct urne_note_key given_key; /* the same, read; borrows */
	bool has_given_key;
	struct urne_buf policy, checkpoint, definition; /* len 0: not there */
	const char *folder;				/* where tile/ and objects/ are, or NULL */

	/* fetched */
	const char *keep; /* as in the options */
	int fd;		  /* of the archive, -1 when it was not fetched */
	struct urne_buf kept_policy, kept_checkpoint; /* of an earlier run */
	uint64_t kept_len;  /* bytes of the archive that the kept checkpoint covers */
	uint64_t kept_size; /* and events */
};

/* urne_source_open reads or fetches everything. The archive may go on behind what the checkpoint
 * covers when it was fetched: the log grows meanwhile. Close with urne_source_close, also after an
 * error. */
enum urne_err urne_source_open(struct urne_source *s, struct urne_diag *d,
    const struct urne_source_options *options) URNE_MUST_USE;
void urne_source_close(struct urne_source *s);

/* urne_source_open_journal is the same for the journal of the board that `s` is of: the one that
 * options->journal names; else what stands beside the election at its address, or beside its
 * archive. *there is false, and nothing is open, when there is none of these; an address without a
 * journal is one of them, and a journal that was named is not. */
enum urne_err urne_source_open_journal(struct urne_source *journal, bool *there,
    struct urne_diag *d, const struct urne_source *s,
    const struct urne_source_options *options) URNE_MUST_USE;

/* urne_source_fetch is urne_source_open for an address (fetch.c). */
enum urne_err urne_source_fetch(struct urne_source *s, struct urne_diag *d,
    const struct urne_source_options *options) URNE_MUST_USE;
bool urne_source_is_address(const char *given);
/* urne_source_settle leaves a kept folder so that the next run can go on: when the log was `good`,
 * with the first `len` bytes of the archive, which the checkpoint covers, and that checkpoint; else
 * as it was before, with the checkpoint that was not good set aside as checkpoint.refused. */
enum urne_err urne_source_settle(
    struct urne_source *s, struct urne_diag *d, bool good, uint64_t len) URNE_MUST_USE;

#endif
