/* SPDX-License-Identifier: EUPL-1.2 */
/* Whose a partial decryption is decides only against which key its proofs are checked. */
#include "tally/shares.h"

void
urne_shares_init(struct urne_shares *s, struct urne_arena *arena, const struct urne_election *e,
    const struct urne_trustees *trustees, const struct urne_tally *tally)
{
	*s = (struct urne_shares){
	    .election = e, .trustees = trustees, .tally = tally, .arena = arena};
}

enum urne_err
urne_shares_add(struct urne_shares *s, struct urne_diag *d, uint64_t owner, struct urne_view text)
{
	const struct urne_trustee_item *item = NULL;
	struct urne_partial_decryption *p;
	struct urne_elem key;
	enum urne_err e = urne_trustees_owner(&item, &key, s->trustees, (size_t)owner);

	if (e != URNE_OK || owner > URNE_MAX_TRUSTEES) {
		return urne_fail(
		    d, URNE_ERR_UNKNOWN, "there is no trustee %zu in this election", (size_t)owner);
	}
	if (s->by_owner[owner - 1] != NULL) {
		return urne_fail(d, URNE_ERR_DUPLICATE, "is there twice");
	}
	p = urne_arena_alloc(s->arena, 1, sizeof(*p));
	if (p == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a partial decryption");
	}
	e = urne_partial_read(p, s->arena, d, s->election, text);
	if (e == URNE_OK) {
		e = urne_partial_check(p, d, s->election, s->tally, &key);
	}
	if (e == URNE_OK) {
		s->by_owner[owner - 1] = p;
	}
	return e;
}

enum urne_err
urne_shares_combine(struct urne_shares *s, struct urne_elem **combined, struct urne_diag *d)
{
	*combined = urne_arena_alloc(s->arena, s->election->num_choices, sizeof(**combined));
	if (*combined == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the result");
	}
	return urne_combine(*combined, d, s->election, s->trustees, s->tally, s->by_owner);
}
