/* SPDX-License-Identifier: EUPL-1.2 */
/* The text of decryption proofs, common to those who make and those who check them. */
#ifndef URNE_TALLY_TRANSCRIPT_H
#define URNE_TALLY_TRANSCRIPT_H

#include "election/election.h"

/* urne_decrypt_transcript starts decrypt|φ|X| */
void urne_decrypt_transcript(
    struct urne_sha256 *h, const struct urne_election *e, const struct urne_elem *X);

#endif
