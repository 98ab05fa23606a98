/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of a log are called in a folder that keeps a copy of it: the archive of an
 * election and the journal of its board lie in one folder, and *.bel means the one. Whoever keeps
 * and whoever reads goes by these names. */
#ifndef URNE_BULLETIN_LOG_KEPT_H
#define URNE_BULLETIN_LOG_KEPT_H

#include "base/buf.h"

struct urne_kept_names {
	const char *archive, *policy, *checkpoint;
	const char *refused; /* a checkpoint that contradicts the one that was kept */
};
/* urne_kept_election: as a board calls them, for an election's log. */
extern const struct urne_kept_names urne_kept_election, urne_kept_journal;

/* urne_kept_archive sets `out` to the path, with a NUL behind it, of the one *.bel in the
 * folder; out stays empty when there is none. URNE_ERR_DUPLICATE: there are several. */
enum urne_err urne_kept_archive(
    struct urne_buf *out, struct urne_diag *d, const char *folder) URNE_MUST_USE;

#endif
