/* SPDX-License-Identifier: EUPL-1.2 */
/* threshold.json: what a ceremony has made, as "urne seal" takes it in. */
#ifndef URNE_CLIENT_CLI_THRESHOLD_FILE_H
#define URNE_CLIENT_CLI_THRESHOLD_FILE_H

#include "client/cli/workdir.h"

/* urne_threshold_file writes DIR/threshold.json. */
enum urne_err urne_threshold_file(struct urne_batch *b, const struct urne_workdir *w,
    const struct urne_threshold *t) URNE_MUST_USE;

#endif
