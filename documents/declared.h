/* SPDX-License-Identifier: EUPL-1.2 */
/* What officials declare besides the archive (declared.json): the value of the draw, candidates who
 * withdrew after the seal, incidents and remarks. It is no proof of anything: the minutes carry it
 * word for word, under the officials' signatures.
 * Spec: docs/minutes.md#declared */
#ifndef URNE_DOCUMENTS_DECLARED_H
#define URNE_DOCUMENTS_DECLARED_H

#include "election/definition.h"
#include "tally/outcome.h"

struct urne_declared_withdrawal {
	struct urne_view item, candidate;
	struct urne_texts reason;
};

struct urne_declared_incident {
	struct urne_moment at;
	struct urne_texts text;
};

struct urne_declared {
	struct urne_view text; /* the JSON as read; "{}" when there is none */
	bool has_draw;
	struct urne_hash draw;
	const struct urne_declared_withdrawal *withdrawn;
	const struct urne_withdrawal *withdrawals; /* the same as indices */
	size_t num_withdrawn;
	const struct urne_declared_incident *incidents; /* interventions too */
	size_t num_incidents;
	const struct urne_texts *remarks; /* of observers and members of the bureau */
	size_t num_remarks;
	const struct urne_software *software; /* what was run: name, release, hash of the file */
	size_t num_software;
};

/* urne_declared_read: strict; ids must be those of the definition; a draw only where the definition
 * has one; withdrawals only of list-candidates, list-choice and grades. {} declares nothing. */
enum urne_err urne_declared_read(struct urne_declared *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_definition *v, struct urne_view text) URNE_MUST_USE;
/* urne_declared_json appends it in canonical form (compact, fixed order of fields, absent when
 * empty): what the minutes hold. Reading that again gives the same. */
void urne_declared_json(
    struct urne_buf *out, const struct urne_definition *v, const struct urne_declared *declared);

/* urne_texts_json appends {"fr":"...","en":"..."}, languages in the definition's order;
 * urne_software_json a list of {"name","release","sha256"}. */
void urne_texts_json(
    struct urne_buf *out, const struct urne_definition *v, const struct urne_texts *texts);
void urne_software_json(struct urne_buf *out, const struct urne_software *software, size_t num);

#endif
