/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether something may be recorded: everything that can be checked without knowing what else is on
 * its way. Runs on the checking threads. What remains for the writer: the stage, the parent, the
 * hours, and what stands there already. Spec: docs/log.md#admission */
#ifndef URNE_BULLETIN_SERVER_ADMISSION_H
#define URNE_BULLETIN_SERVER_ADMISSION_H

#include "base/pool.h"
#include "bulletin/server/submission.h"

/* What the checks read of the records so far. Any thread may call them. */
struct urne_records {
	/* appends the object with this hash; URNE_ERR_UNKNOWN */
	enum urne_err (*object)(
	    void *ctx, struct urne_buf *out, struct urne_diag *d, const struct urne_hash *hash);
	/* calls visit for the last ballot of every credential, by its index on the list */
	enum urne_err (*last_ballots)(void *ctx, struct urne_diag *d,
	    enum urne_err (*visit)(void *visitor, size_t member, const struct urne_hash *ballot),
	    void *visitor);
	/* calls visit for every event of one type other than Ballot, in the order of the log */
	enum urne_err (*events)(void *ctx, struct urne_diag *d, enum urne_event_type type,
	    enum urne_err (*visit)(void *visitor, const struct urne_event *event), void *visitor);
	void *ctx;
};

/* urne_admit checks a submission and sets what the writer needs of it (tracker, member, setup).
 * `e` is the election; NULL for a Setup. Ballot: size, canonical form, this election, credential on
 * the list, every proof, the signature. Setup, which an order seals: everything of
 * urne_board_election_new. EncryptedTally: equal to what is recomputed from the last ballots, both
 * counts, and not below the definition's floor (threat A25, A19). PartialDecryption: a trustee that
 * has none that is right, every proof. Refusals blame the input; the sentence in s->diag names the
 * place. Rehearsal: every proof, of the test tally. A pool for the long ones. Events other
 * than ballots rest on those before them: of one log, check and write one after the other. */
enum urne_err urne_admit(struct urne_submission *s, const struct urne_board_election *e,
    const struct urne_records *records, struct urne_pool *pool) URNE_MUST_USE;

/* urne_admit_hinted says the same of `num` ballots of one election, all of which came with hints
 * for urne_ballot_num_points: they are checked together, and those that are not good by their hints
 * one by one, by urne_admit. Sets s->err of each; returns how many were good by their hints. */
size_t urne_admit_hinted(struct urne_submission *const ballots[], size_t num,
    const struct urne_board_election *e, const struct urne_records *records);

/* urne_make_tally makes the data records of the EncryptedTally that the ballots of the log give, in
 * an empty submission of that type; it refuses what urne_admit would refuse: before EndBallots,
 * below the floor. */
enum urne_err urne_make_tally(struct urne_submission *s, const struct urne_board_election *e,
    const struct urne_records *records, struct urne_pool *pool) URNE_MUST_USE;

/* urne_make_result makes the data record of the Result that the partial decryptions of the log
 * give: the discrete logarithms of the combined shares, which must agree (threat A17). */
enum urne_err urne_make_result(struct urne_submission *s, const struct urne_board_election *e,
    const struct urne_records *records) URNE_MUST_USE;

#endif
