/* SPDX-License-Identifier: EUPL-1.2 */
/* The files with hints of a verification, and the hints of those records that are no ballots:
 * credentials and partial decryptions. Spec: docs/soundness.md, docs/formats.md#hints */
#ifndef URNE_VERIFIER_HINTS_H
#define URNE_VERIFIER_HINTS_H

#include "election/credential_members.h"
#include "verifier/verify.h"

/* urne_verify_hints_open opens the files that were named, once the election is known. Hints that
 * cannot serve are a note in the report. */
enum urne_err urne_verify_hints_open(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
/* urne_verify_hints_finish: all that was to be written is on the disk. */
enum urne_err urne_verify_hints_finish(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
void urne_verify_hints_close(struct urne_verification *v);

/* Of a list of credentials: a context that lives as long as the list is read. */
struct urne_list_hints {
	struct urne_verification *v;
	const struct urne_record *record;
	struct urne_hint_place place;
	struct urne_credential_hints hints;
};

/* urne_verify_list_hints: what urne_credentials_parse_hinted takes; NULL when there is nothing to
 * read or write. */
struct urne_credential_hints *urne_verify_list_hints(
    struct urne_list_hints *l, struct urne_verification *v, const struct urne_record *record);

#endif
