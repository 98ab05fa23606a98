/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of public credentials with their weights.
 * Spec: docs/formats.md#public-credentials */
#ifndef URNE_ELECTION_CREDENTIALS_H
#define URNE_ELECTION_CREDENTIALS_H

#include "base/buf.h"
#include "base/pool.h"
#include "crypto/group.h"
#include "election/credential_members.h"

/* A list that finds a credential by its text, in the time of a bisection. Of each credential 32
 * bytes are kept (Ed25519; else as many as its longest text has), and 8 when weights are written.
 */
struct urne_credentials;

/* urne_credentials_parse reads the list: canonical JSON, every element in the group and not the
 * identity, all distinct, in ascending order, weights 0..URNE_MAX_WEIGHT, either all or none
 * explicit, their sum at most URNE_MAX_TOTAL_WEIGHT. Nothing is borrowed from the text. Subgroup
 * checks run on the threads of a pool. Spec: docs/formats.md#public-credentials */
enum urne_err urne_credentials_parse(struct urne_credentials **out, const struct urne_group *g,
    struct urne_diag *d, struct urne_view text, struct urne_pool *pool) URNE_MUST_USE;
/* urne_credentials_read_known is the same for a list that urne_credentials_parse has read for this
 * group before, as its hash shows: that its elements are members is not verified again, which is
 * nearly all of the work. All else is. */
enum urne_err urne_credentials_read_known(struct urne_credentials **out, const struct urne_group *g,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
/* urne_credentials_parse_hinted: the same, with hints for the members, or while hints are made.
 * What is said of the list does not depend on them. */
enum urne_err urne_credentials_parse_hinted(struct urne_credentials **out,
    const struct urne_group *g, struct urne_diag *d, struct urne_view text, struct urne_pool *pool,
    struct urne_credential_hints *hints) URNE_MUST_USE;
void urne_credentials_free(struct urne_credentials *c);

size_t urne_credentials_count(const struct urne_credentials *c);
uint64_t urne_credentials_total_weight(const struct urne_credentials *c);
bool urne_credentials_weighted(const struct urne_credentials *c); /* weights are written */
/* urne_credentials_find: the index of a credential by its text form, or URNE_ERR_UNKNOWN. */
enum urne_err urne_credentials_find(
    const struct urne_credentials *c, size_t *index, struct urne_view text) URNE_MUST_USE;
uint64_t urne_credentials_weight(const struct urne_credentials *c, size_t index);

/* One entry for writing a list. */
struct urne_credential_entry {
	struct urne_elem public_credential;
	uint64_t weight;
};
/* urne_credentials_emit sorts the entries (Z_p* numerically, Ed25519 by its 32 bytes in RFC 8032
 * order) and appends the list. */
void urne_credentials_emit(struct urne_buf *out, const struct urne_group *g,
    struct urne_credential_entry *entries, size_t num, bool weighted);

#endif
