/* SPDX-License-Identifier: EUPL-1.2 */
/* Files put in their places together: each is written under a temporary name, one call makes all of
 * them durable, and only then do they get their names. A reader never sees part of a file, and
 * after a power cut a name stands for whole contents. Spec: docs/log.md#order-of-writes */
#ifndef URNE_BULLETIN_SERVER_PLACING_H
#define URNE_BULLETIN_SERVER_PLACING_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

struct urne_placing; /* a file that waits for its name */

struct urne_placer {
	int top;      /* the folder they go to: DIR/public/bb */
	int tmp;      /* DIR/tmp, on the same volume */
	bool compare; /* nothing is written: what is to be placed must be there already */
	uint64_t num; /* temporary names given so far */

	struct urne_placing *first, **end;
	struct urne_arena arena; /* of the waiting files */
};

/* compare: nothing is written, and the calls below only tell whether everything is there as it
 * should be (URNE_ERR_MISMATCH). */
enum urne_err urne_placer_open(
    struct urne_placer *p, struct urne_diag *d, const char *dir, bool compare) URNE_MUST_USE;
void urne_placer_close(struct urne_placer *p);
/* urne_placer_tidy empties DIR/tmp: what lies there was not finished. Before the first file. */
enum urne_err urne_placer_tidy(struct urne_placer *p, struct urne_diag *d) URNE_MUST_USE;

enum urne_place_mode {
	URNE_PLACE_ONCE,    /* it never changes: a file of that name must have the same bytes */
	URNE_PLACE_REPLACE, /* it takes the place of an older one */
	URNE_PLACE_LAST,    /* the same, once everything else is in its place durably */
};
/* urne_place writes a file that is to be called `path`, below the folder, whose own folders are
 * made when they are missing. A file that stands there with other bytes: URNE_ERR_MISMATCH. */
enum urne_err urne_place(struct urne_placer *p, struct urne_diag *d, const char *path,
    enum urne_place_mode mode, struct urne_view content) URNE_MUST_USE;
/* urne_place_append writes the bytes that stand at `offset` of a file that only grows, in its place
 * at once; what is there already must be the same, and the file must reach to `offset`:
 * URNE_ERR_MISMATCH. urne_place_all makes it durable. */
enum urne_err urne_place_append(struct urne_placer *p, struct urne_diag *d, const char *path,
    uint64_t offset, struct urne_view content) URNE_MUST_USE;
/* urne_place_cut takes from a file that only grows what stands behind `len`: what a crash has left
 * of bytes that nobody was promised, and that are written again. A file that is not there is fine.
 */
enum urne_err urne_place_cut(
    struct urne_placer *p, struct urne_diag *d, const char *path, uint64_t len) URNE_MUST_USE;
/* urne_place_all makes all contents durable, gives the waiting files their names, makes these
 * durable too, and then puts in place what comes last. Whether that last step survives a power cut
 * is open: the older file may be back. */
enum urne_err urne_place_all(struct urne_placer *p, struct urne_diag *d) URNE_MUST_USE;

#endif
