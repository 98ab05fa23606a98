/* SPDX-License-Identifier: EUPL-1.2 */
#include "bulletin/log/kept.h"

#include <dirent.h>
#include <string.h>

#include "base/file.h"

const struct urne_kept_names urne_kept_election = {
    "election.bel", "policy", "checkpoint", "checkpoint.refused"};
const struct urne_kept_names urne_kept_journal = {
    "journal.archive", "journal.policy", "journal.checkpoint", "journal.checkpoint.refused"};

static bool
is_of_election(const char *name)
{
	size_t len = strlen(name);

	return len > 4 && strcmp(name + len - 4, ".bel") == 0;
}

enum urne_err
urne_kept_archive(struct urne_buf *out, struct urne_diag *d, const char *folder)
{
	enum urne_err e = URNE_OK;
	const struct dirent *entry;
	DIR *dir = opendir(folder);

	urne_buf_reset(out);
	if (dir == NULL) {
		return urne_fail_errno(d, "%s", folder);
	}
	while (e == URNE_OK && (entry = readdir(dir)) != NULL) {
		if (!is_of_election(entry->d_name)) {
			continue;
		}
		if (out->len > 0) {
			e = urne_fail(d, URNE_ERR_DUPLICATE,
			    "%s: holds more than one archive, name the file", folder);
		} else {
			e = urne_path_join(out, folder, entry->d_name);
		}
	}
	(void)closedir(dir);
	return e;
}
