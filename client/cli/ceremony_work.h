/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee's work on one file of the ceremony, wherever the file came from: read, checked,
 * answered, and what may be answered once only is remembered beside the key. */
#ifndef URNE_CLIENT_CLI_CEREMONY_WORK_H
#define URNE_CLIENT_CLI_CEREMONY_WORK_H

#include "client/cli/workdir.h"
#include "election/ceremony.h"

struct urne_ceremony_work {
	struct urne_cli *cli;
	const char *name;      /* of the file that comes in: begins sentences; borrowed */
	struct urne_buf in;    /* filled by the caller */
	struct urne_seed seed; /* of --key */
	struct urne_rng rng;
	enum urne_ceremony_round round;
	struct urne_buf out; /* the answer */
};

/* urne_ceremony_work_init: nothing has come in yet. Clear always. */
enum urne_err urne_ceremony_work_init(
    struct urne_ceremony_work *w, struct urne_cli *cli) URNE_MUST_USE;
void urne_ceremony_work_clear(struct urne_ceremony_work *w);
/* urne_ceremony_work_open reads the seed from the key file of --key. */
enum urne_err urne_ceremony_work_open(struct urne_ceremony_work *w) URNE_MUST_USE;
/* urne_ceremony_work_round: which round w->in asks for. */
enum urne_err urne_ceremony_work_round(struct urne_ceremony_work *w) URNE_MUST_USE;
/* urne_ceremony_work_answer checks everything in w->in and appends the answer to w->out. In the
 * third round the hash of w->in goes to the new file KEY.commitments, and when that is there with
 * another hash: URNE_ERR_ORDER (threat A21). */
enum urne_err urne_ceremony_work_answer(
    struct urne_ceremony_work *w, struct urne_batch *batch) URNE_MUST_USE;
/* urne_ceremony_work_done: what was done in a round, for people. */
const char *urne_ceremony_work_done(enum urne_ceremony_round round);

#endif
