/* SPDX-License-Identifier: EUPL-1.2 */
/* UUID.hints: hints for the ballots of one election, each found by the hash of its ballot. Whoever
 * made the file is not believed; what it says decides how long a verification takes, and nothing
 * else. Spec: docs/formats.md#hints */
#ifndef URNE_VERIFIER_HINT_FILE_H
#define URNE_VERIFIER_HINT_FILE_H

#include "base/bytes.h"
#include "election/election.h"
#include "verifier/report.h"

struct urne_hint_reader;
struct urne_hint_writer;

/* urne_hint_reader_open reads which ballots the file has hints for: some 100 bytes of memory for
 * each. A file that is not of this election, or is none of hints, serves no ballot, and a note says
 * why: *out is NULL then, which is legal everywhere. URNE_ERR_IO: it cannot be read;
 * URNE_ERR_MEMORY. */
enum urne_err urne_hint_reader_open(struct urne_hint_reader **out, struct urne_diag *d,
    struct urne_report *r, const char *path, const struct urne_election *e) URNE_MUST_USE;
/* urne_hint_reader_find: whether there are hints for the ballot with this hash; `out` has room for
 * those of one. Something that cannot be read is not there. */
bool urne_hint_reader_find(
    const struct urne_hint_reader *h, uint8_t *out, const struct urne_hash *ballot);
void urne_hint_reader_close(struct urne_hint_reader *h);

/* urne_hint_writer_open makes the new file. URNE_ERR_EXISTS, URNE_ERR_IO, URNE_ERR_MEMORY. */
enum urne_err urne_hint_writer_open(struct urne_hint_writer **out, struct urne_diag *d,
    const char *path, const struct urne_election *e) URNE_MUST_USE;
enum urne_err urne_hint_writer_put(struct urne_hint_writer *w, struct urne_diag *d,
    const struct urne_hash *ballot, const uint8_t *hints) URNE_MUST_USE;
/* urne_hint_writer_finish: all of it is on the disk. */
enum urne_err urne_hint_writer_finish(
    struct urne_hint_writer *w, struct urne_diag *d) URNE_MUST_USE;
/* urne_hint_writer_close removes the file unless it was finished. NULL is fine. */
void urne_hint_writer_close(struct urne_hint_writer *w);

#endif
