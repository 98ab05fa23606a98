/* SPDX-License-Identifier: EUPL-1.2 */
/* What the two forms of the minutes, JSON and page, have in common: numbers that follow from the
 * record, and the list of what no record shows.
 * Spec: docs/minutes.md */
#ifndef URNE_DOCUMENTS_MINUTES_PARTS_H
#define URNE_DOCUMENTS_MINUTES_PARTS_H

#include "documents/minutes.h"
#include "documents/composer.h"

/* urne_minutes_heading: what the outcome's documents need to know about the vote. */
struct urne_outcome_heading urne_minutes_heading(const struct urne_minutes *m);
/* urne_minutes_revotes: ballots that a later one of the same credential replaced. */
uint64_t urne_minutes_revotes(const struct urne_minutes *m);
/* urne_minutes_hundredths: part/of in hundredths of a percent, rounded half up; 0 when `of` is
 * 0. part <= 10^12. */
uint64_t urne_minutes_hundredths(uint64_t part, uint64_t of);
/* urne_minutes_has_decrypted: whether this trustee's partial decryption is in the archive. */
bool urne_minutes_has_decrypted(const struct urne_minutes *m, uint64_t owner);
uint64_t urne_minutes_num_decrypted(
    const struct urne_minutes *m, const struct urne_minutes_trustee *group);

/* Something that a reader of minutes looks for and that neither record nor officials tell. */
struct urne_minutes_gap {
	const char *code;
	struct urne_phrase words;
	bool (*told)(const struct urne_minutes *m); /* NULL: nobody can tell */
};
#define URNE_NUM_MINUTES_GAPS 7
extern const struct urne_minutes_gap urne_minutes_gaps[URNE_NUM_MINUTES_GAPS];
/* urne_minutes_lacks: whether the gap is open in these minutes. */
bool urne_minutes_lacks(const struct urne_minutes *m, const struct urne_minutes_gap *gap);

/* What a check, its unit and a verdict are called; an unknown code stands for itself. */
struct urne_view urne_say_check(struct urne_composer *c, struct urne_view id);
struct urne_view urne_say_unit(struct urne_composer *c, struct urne_view unit);
struct urne_view urne_say_verdict(struct urne_composer *c, struct urne_view verdict);

/* urne_minutes_tells: whether an entry of the journal belongs into these minutes. */
bool urne_minutes_tells(const struct urne_minutes *m, const struct urne_proceeding *p);
/* urne_minutes_put_journal appends the JSON object (minutes_json_journal.c). */
void urne_minutes_put_journal(struct urne_buf *out, const struct urne_minutes *m);

/* The page's chapters, in files of their own. */
void urne_minutes_page_draw(struct urne_composer *c, const struct urne_minutes *m);
void urne_minutes_page_trustees(struct urne_composer *c, const struct urne_minutes *m);
void urne_minutes_page_journal(struct urne_composer *c, const struct urne_minutes *m);
void urne_minutes_page_declared(struct urne_composer *c, const struct urne_minutes *m);
void urne_minutes_page_gaps(struct urne_composer *c, const struct urne_minutes *m);
void urne_minutes_page_verification(struct urne_composer *c, const struct urne_minutes *m);
void urne_minutes_page_software(struct urne_composer *c, const struct urne_minutes *m);
void urne_minutes_page_hashes(struct urne_composer *c, const struct urne_minutes *m);
void urne_minutes_page_signatures(struct urne_composer *c, const struct urne_minutes *m);
void urne_minutes_page_qr(
    struct urne_composer *c, const struct urne_minutes *m, const struct urne_hash *sha256);

#endif
