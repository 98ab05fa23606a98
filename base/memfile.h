/* SPDX-License-Identifier: EUPL-1.2 */
/* Bytes in memory as a file without a name, for readers that work on files. */
#ifndef URNE_BASE_MEMFILE_H
#define URNE_BASE_MEMFILE_H

#include "base/bytes.h"
#include "base/err.h"

/* urne_memfile_open makes a file with this content, to be read from its start; *fd is to be closed,
 * and is -1 after an error. Nobody else sees the file. */
enum urne_err urne_memfile_open(
    int *fd, struct urne_diag *d, struct urne_view content) URNE_MUST_USE;

#endif
