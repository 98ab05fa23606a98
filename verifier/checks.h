/* SPDX-License-Identifier: EUPL-1.2 */
/* The checks as data: what each promises, where the specification says so. */
#ifndef URNE_VERIFIER_CHECKS_H
#define URNE_VERIFIER_CHECKS_H

#include <stdbool.h>

enum urne_check_id {
	URNE_CHECK_ARCHIVE_FORMAT,
	URNE_CHECK_RECORD_HASH,
	URNE_CHECK_EVENT_FORM,
	URNE_CHECK_CHAIN,
	URNE_CHECK_LIFE_CYCLE,
	URNE_CHECK_RECORDS,
	URNE_CHECK_SETUP_ELECTION,
	URNE_CHECK_SETUP_TRUSTEES,
	URNE_CHECK_SETUP_ELECTION_KEY,
	URNE_CHECK_SETUP_CREDENTIALS,
	URNE_CHECK_BALLOT_FORM,
	URNE_CHECK_BALLOT_ELECTION,
	URNE_CHECK_BALLOT_CREDENTIAL,
	URNE_CHECK_BALLOT_PROOFS,
	URNE_CHECK_BALLOT_SIGNATURE,
	URNE_CHECK_ENCRYPTED_TALLY,
	URNE_CHECK_TALLY_COUNTS,
	URNE_CHECK_SHUFFLE_OWNERS,
	URNE_CHECK_SHUFFLES,
	URNE_CHECK_DECRYPTION_FORM,
	URNE_CHECK_DECRYPTION_PROOFS,
	URNE_CHECK_DECRYPTION_SHARES,
	URNE_CHECK_RESULT,
};
#define URNE_NUM_CHECKS 23

struct urne_check {
	const char *id;
	const char *section; /* of the specification */
	const char *sentence;
	bool mandatory;
	const char *unit; /* what is counted, in the plural */
};

extern const struct urne_check urne_checks[URNE_NUM_CHECKS];

#endif
