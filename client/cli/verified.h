/* SPDX-License-Identifier: EUPL-1.2 */
/* The standalone verifier's word on an archive: urne-verify is run as a program of its own, and its
 * report read. What people sign rests on it, never on a shortcut of ours. */
#ifndef URNE_CLIENT_CLI_VERIFIED_H
#define URNE_CLIENT_CLI_VERIFIED_H

#include "client/cli/cli.h"
#include "documents/minutes.h"

struct urne_verified {
	struct urne_buf path;	  /* of the program */
	struct urne_hash sha256;  /* of its file */
	struct urne_view release; /* what it says it is */
	struct urne_arena arena;
	struct urne_buf report;
	struct urne_view verdict; /* "VERIFIED", ... */
	struct urne_hash archive_sha256;
	const struct urne_minutes_check *checks;
	size_t num_checks;
	const uint64_t *decrypted; /* owners of valid partial decryptions */
	size_t num_decrypted;
	const char *first_failure; /* "check: place: reason" of the first failed check, or NULL */
};

/* urne_verified_run runs urne-verify (--verifier FILE, or the one beside this program) with
 * `--json -` and the NULL-terminated `args`, and reads its report. What the verifier finds is data:
 * the error is ours only, or the verifier's own (exit status 2), with its sentence on stderr. Clear
 * always. */
enum urne_err urne_verified_run(
    struct urne_verified *out, struct urne_cli *cli, const char *const *args) URNE_MUST_USE;
void urne_verified_clear(struct urne_verified *v);

/* urne_verified_journal: the journal to be verified with the archive: the file that --journal
 * names, else journal.archive beside the archive; *out is NULL without one, else in `path`. */
enum urne_err urne_verified_journal(const char **out, struct urne_buf *path,
    const struct urne_cli *cli, const char *archive) URNE_MUST_USE;

#define URNE_OPTION_JOURNAL                                                                        \
	{                                                                                          \
		"journal", "FILE",                                                                 \
		    "The archive of the board's journal; by default journal.archive beside the "   \
		    "archive, if it is there.",                                                    \
		    false                                                                          \
	}
#define URNE_OPTION_VERIFIER                                                                       \
	{                                                                                          \
		"verifier", "PROGRAM",                                                             \
		    "The urne-verify to ask; by default the one in the folder of this program.",   \
		    false                                                                          \
	}

#endif
