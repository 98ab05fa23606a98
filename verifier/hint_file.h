/* SPDX-License-Identifier: EUPL-1.2 */
/* UUID.hints: hints for the data records of one election, each found by the hash of its record.
 * Whoever made the file is not believed; what it says decides how long a verification takes, and
 * nothing else. Spec: docs/formats.md#hints */
#ifndef URNE_VERIFIER_HINT_FILE_H
#define URNE_VERIFIER_HINT_FILE_H

#include "base/bytes.h"
#include "election/election.h"
#include "verifier/report.h"

struct urne_hint_reader;
struct urne_hint_writer;

/* The hints of one data record: where they begin in the file, and how many points they have. 0: the
 * file has none. */
struct urne_hint_place {
	uint64_t offset;
	uint64_t num_points;
};

/* urne_hint_reader_open looks at the head only. A file that is not of this election, or is none of
 * hints, serves nothing, and a note says why: *out is NULL then, which is legal everywhere.
 * URNE_ERR_IO: it cannot be read; URNE_ERR_MEMORY. */
enum urne_err urne_hint_reader_open(struct urne_hint_reader **out, struct urne_diag *d,
    struct urne_report *r, const char *path, const struct urne_election *e) URNE_MUST_USE;
/* urne_hint_reader_look: where the hints of the data record with this hash are, if they come next
 * in the file: this takes no memory. Something that cannot be read is not there. */
void urne_hint_reader_look(
    struct urne_hint_reader *h, struct urne_hint_place *out, const struct urne_hash *of);
/* urne_hint_reader_find: wherever they are. The first time that they do not come next, the whole
 * file is looked through, for an index of 16 bytes for each of its records. Of two records for the
 * same data record that are not asked for one after the other the first counts. URNE_ERR_MEMORY. */
enum urne_err urne_hint_reader_find(struct urne_hint_reader *h, struct urne_hint_place *out,
    struct urne_diag *d, const struct urne_hash *of) URNE_MUST_USE;
/* urne_hint_reader_read: the hints of num points from point `first` on; first + num is at most
 * num_points. False when the machine says no. Several threads may read. */
bool urne_hint_reader_read(const struct urne_hint_reader *h, uint8_t *out,
    const struct urne_hint_place *place, uint64_t first, size_t num) URNE_MUST_USE;
void urne_hint_reader_close(struct urne_hint_reader *h);

/* urne_hint_writer_open makes the new file. URNE_ERR_EXISTS, URNE_ERR_IO, URNE_ERR_MEMORY. */
enum urne_err urne_hint_writer_open(struct urne_hint_writer **out, struct urne_diag *d,
    const char *path, const struct urne_election *e) URNE_MUST_USE;
/* urne_hint_writer_begin begins the record of the data record with this hash; _put writes hints of
 * it, as often as it takes to have num_points. */
enum urne_err urne_hint_writer_begin(struct urne_hint_writer *w, struct urne_diag *d,
    const struct urne_hash *of, uint64_t num_points) URNE_MUST_USE;
enum urne_err urne_hint_writer_put(struct urne_hint_writer *w, struct urne_diag *d,
    const uint8_t *hints, size_t num) URNE_MUST_USE;
/* urne_hint_writer_finish: all of it is on the disk. */
enum urne_err urne_hint_writer_finish(
    struct urne_hint_writer *w, struct urne_diag *d) URNE_MUST_USE;
/* urne_hint_writer_close removes the file unless it was finished. NULL is fine. */
void urne_hint_writer_close(struct urne_hint_writer *w);

#endif
