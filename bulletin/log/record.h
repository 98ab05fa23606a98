/* SPDX-License-Identifier: EUPL-1.2 */
/* The bytes of one record's header: made in one place, so that reading can compare with it.
 * Spec: docs/formats.md#bel-file */
#ifndef URNE_BULLETIN_LOG_RECORD_H
#define URNE_BULLETIN_LOG_RECORD_H

#include "bulletin/log/archive.h"

#define URNE_RECORD_BLOCK ((size_t)512)
/* Longest name: 64 digits and ".event.json". */
#define URNE_RECORD_NAME_MAX ((size_t)75)
/* What eleven octal digits hold. */
#define URNE_RECORD_FIELD_MAX (((uint64_t)1 << 33) - 1)

/* urne_record_header writes the 512 bytes of a header. name_len < 100; size and timestamp at most
 * URNE_RECORD_FIELD_MAX. */
void urne_record_header(
    uint8_t out[URNE_RECORD_BLOCK], struct urne_view name, uint64_t size, uint64_t timestamp);
/* urne_record_name writes the name of a data or event record and returns its length. */
size_t urne_record_name(
    char out[URNE_RECORD_NAME_MAX], enum urne_record_kind kind, const struct urne_hash *hash);
/* urne_record_parse takes name and size out of a header whose form is not known yet: *kind, *hash
 * (zero for the first record), *size. URNE_ERR_SYNTAX or URNE_ERR_LIMIT. */
enum urne_err urne_record_parse(struct urne_record *out, struct urne_diag *d,
    const uint8_t header[URNE_RECORD_BLOCK]) URNE_MUST_USE;
/* urne_record_compare: the header is what urne_record_header makes of the record; the sentence
 * names the field that differs. */
enum urne_err urne_record_compare(struct urne_diag *d, const struct urne_record *rec,
    uint64_t timestamp, const uint8_t header[URNE_RECORD_BLOCK]) URNE_MUST_USE;
/* urne_record_padding: zero bytes behind a body of that size. */
size_t urne_record_padding(uint64_t size);

#endif
