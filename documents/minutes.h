/* SPDX-License-Identifier: EUPL-1.2 */
/* The minutes (procès-verbal) of a vote: one JSON document computed from the archive, the
 * definition, what the officials declared and what the verifier found; and the page made of it. No
 * clock, no name of a machine, no random number is in it: same input, same bytes.
 * Spec: docs/minutes.md */
#ifndef URNE_DOCUMENTS_MINUTES_H
#define URNE_DOCUMENTS_MINUTES_H

#include "documents/declared.h"
#include "documents/outcome_documents.h"
#include "documents/page.h"
#include "documents/proceedings.h"

/* One single trustee or one group with a threshold, in the order of the archive. */
struct urne_minutes_trustee {
	uint64_t first_owner, num_members; /* owners first_owner .. first_owner+num_members-1 */
	uint64_t threshold;		   /* 1 of 1 for a single trustee */
};

/* One line of the verifier's report. */
struct urne_minutes_check {
	struct urne_view id, verdict; /* "PASS", "FAIL", "NOT CHECKED" */
	uint64_t items;
	struct urne_view unit;
};

/* What the archive shows. */
struct urne_minutes_record {
	struct urne_view uuid, name, group, fingerprint;
	struct urne_hash archive_sha256;
	uint64_t archive_bytes, num_events;
	struct urne_hash head; /* hash of the last event */
	uint64_t ballots;      /* events, revotes included */
	const struct urne_minutes_trustee *trustees;
	size_t num_trustees;
	const uint64_t *decrypted; /* owners of partial decryptions, in rising order */
	size_t num_decrypted;
};

/* What the journal of the board tells, up to the entry that was its last when the minutes were
 * written. */
struct urne_minutes_journal {
	uint64_t size; /* so many entries; 0: no journal was given */
	const struct urne_genesis *genesis;
	const struct urne_proceedings *said; /* may go on behind them */
};

struct urne_minutes {
	struct urne_minutes_record record;
	struct urne_minutes_journal journal;
	const struct urne_definition *definition;
	const struct urne_declared *declared;
	const struct urne_outcome *outcome; /* holds the turnout */
	const struct urne_minutes_check *checks;
	size_t num_checks;
	struct urne_view verdict; /* of the verifier: "VERIFIED", "FAILED", "INCOMPLETE" */
};

/* urne_minutes_json appends the document, a newline at its end. */
void urne_minutes_json(struct urne_buf *out, const struct urne_minutes *m);
/* What the recomputation of a minutes document needs from it. */
struct urne_minutes_inputs {
	struct urne_view declared; /* the object, raw JSON */
	uint64_t journal_size;	   /* entries of the journal; 0: it holds none */
};
/* urne_minutes_inputs takes that out of a document. In arena; "{}" and 0 on error. */
enum urne_err urne_minutes_inputs(struct urne_minutes_inputs *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
/* urne_minutes_journal_of: the journal up to an entry. URNE_ERR_INCOMPLETE: it has fewer. Borrows.
 */
enum urne_err urne_minutes_journal_of(struct urne_minutes_journal *out, struct urne_diag *d,
    const struct urne_journal *j, const struct urne_proceedings *said, uint64_t size) URNE_MUST_USE;
/* urne_minutes_facts takes the other way back: out of a document all that follows from the whole
 * archive (its hash, length and head, ballots, trustees) and what the verifier found, with copies
 * in arena. Nothing is believed by it: who makes minutes of it compares them with the document.
 * URNE_ERR_SYNTAX, URNE_ERR_MEMORY. */
enum urne_err urne_minutes_facts(struct urne_minutes *m, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
/* urne_minutes_compose adds the whole printable page; `sha256` is the hash of the JSON document, in
 * words and as a QR code (urne_minutes_qr_text). */
void urne_minutes_compose(struct urne_page *p, struct urne_reader r, const struct urne_minutes *m,
    const struct urne_hash *sha256);

/* "URNE-MINUTES-1 UUID HASH": 64 hex digits. */
void urne_minutes_qr_text(
    struct urne_buf *out, struct urne_view uuid, const struct urne_hash *sha256);
/* urne_minutes_note_text: the text that officials sign:
 *   urne-minutes-1
 *   UUID
 *   sha256 HEX
 * each line ending with a newline. */
void urne_minutes_note_text(
    struct urne_buf *out, struct urne_view uuid, const struct urne_hash *sha256);

#endif
