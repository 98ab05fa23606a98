/* SPDX-License-Identifier: EUPL-1.2 */
/* What a journal tells, entry by entry, for those who write it down: what was ordered and by whom,
 * what the board recorded, and when. That each entry is lawful is the step's business, which comes
 * before. Spec: docs/journal.md#orders */
#ifndef URNE_DOCUMENTS_PROCEEDINGS_H
#define URNE_DOCUMENTS_PROCEEDINGS_H

#include "base/arena.h"
#include "bulletin/log/journal.h"

#define URNE_PROCEEDING_HASHES 2

/* An order or a record. Views live as long as the proceedings. */
struct urne_proceeding {
	uint64_t entry;
	struct urne_hash event; /* of its event's text: it stands for all entries up to this one */
	int64_t at;
	struct urne_view election; /* empty: of none */
	bool is_order;

	/* an order */
	enum urne_action action;
	const struct urne_view *signers; /* names of the officials, or the registrar's */
	size_t num_signers;
	struct urne_view text; /* incident, intervention; the reason of the others; or empty */
	int64_t closes;	       /* extend: the new closing */
	/* what seal (the Setup) and checklist (the root of the empty urn, the board's program)
	 * name: the arguments' names, and the hashes */
	const char *hash_names[URNE_PROCEEDING_HASHES];
	struct urne_hash hashes[URNE_PROCEEDING_HASHES];
	size_t num_hashes;

	/* a record */
	struct urne_journal_record record;
};

struct urne_proceedings {
	struct urne_arena arena;
	struct urne_proceeding *items; /* in their order */
	size_t num, cap;
};

void urne_proceedings_init(struct urne_proceedings *p);
void urne_proceedings_clear(struct urne_proceedings *p);
/* urne_proceedings_take adds an entry that urne_journal_step has just taken over, with the hash of
 * its event; the genesis adds nothing. */
enum urne_err urne_proceedings_take(struct urne_proceedings *p, struct urne_diag *d,
    const struct urne_journal *j, enum urne_event_type type, const struct urne_hash *event,
    struct urne_view payload) URNE_MUST_USE;
/* urne_proceedings_read steps a new journal through the entries of an archive, opened at its start,
 * the first `most` of them or all (URNE_JOURNAL_ALL), and takes each. The sentence of a refusal
 * begins with the entry. */
enum urne_err urne_proceedings_read(struct urne_proceedings *p, struct urne_journal *j,
    struct urne_diag *d, struct urne_archive *a, uint64_t most) URNE_MUST_USE;

/* urne_proceedings_about: whether it is about this election, or about all of them. */
bool urne_proceedings_about(const struct urne_proceeding *p, struct urne_view election);

#endif
