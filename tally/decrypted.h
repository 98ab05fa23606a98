/* SPDX-License-Identifier: EUPL-1.2 */
/* What a trustee's key has decrypted: of each election one tally, and never another. The difference
 * of two results would show what a few members chose (threat A18).
 * Spec: docs/formats.md#what-a-key-has-decrypted */
#ifndef URNE_TALLY_DECRYPTED_H
#define URNE_TALLY_DECRYPTED_H

#include "base/buf.h"
#include "base/bytes.h"

/* Elections that one key serves: it is made for one. */
#define URNE_MAX_DECRYPTED ((size_t)64)

struct urne_decrypted {
	struct urne_view election; /* its UUID */
	struct urne_hash tally;	   /* SHA-256 of the encrypted tally's text */
};

struct urne_decrypted_list {
	struct urne_decrypted items[URNE_MAX_DECRYPTED];
	size_t num;
};

/* urne_decrypted_read borrows from `text`; an election may stand in it once. */
enum urne_err urne_decrypted_read(
    struct urne_decrypted_list *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
void urne_decrypted_write(struct urne_buf *out, const struct urne_decrypted_list *l);
/* urne_decrypted_add notes a tally; *added is false when it stands there already. URNE_ERR_ORDER:
 * another tally of that election does, and the list is unchanged. Borrows `election`. */
enum urne_err urne_decrypted_add(struct urne_decrypted_list *l, bool *added, struct urne_diag *d,
    struct urne_view election, const struct urne_hash *tally) URNE_MUST_USE;

#endif
