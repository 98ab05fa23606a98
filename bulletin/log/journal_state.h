/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of the journal share: its state, the copy of it that a step changes, and the
 * tables of what may come when. For journal*.c alone. Spec: docs/journal.md#what-may-follow-what */
#ifndef URNE_BULLETIN_LOG_JOURNAL_STATE_H
#define URNE_BULLETIN_LOG_JOURNAL_STATE_H

#include "base/hash_index.h"
#include "base/limits.h"
#include "bulletin/log/journal.h"

/* What is true of the whole journal and not of one election. */
struct urne_journal_head {
	struct urne_official_key officials[URNE_MAX_OFFICIALS];
	size_t num_officials;
	bool has_software;
	struct urne_hash software;
	bool has_pages;
	struct urne_hash pages; /* their manifest */
};

struct urne_journal {
	struct urne_arena arena; /* owns whatever the rest points to */
	uint64_t size;
	int64_t last_at;
	struct urne_genesis genesis;
	struct urne_view origin;
	struct urne_journal_head head;
	struct urne_journal_election *first, *last;
	struct urne_hash_index executed; /* orders, and the entries in which they stand */
};

/* An entry changes copies, which take the place of what is there when everything went well. */
struct urne_journal_change {
	struct urne_journal_head head;
	struct urne_journal_election election;
};

/* What an entry is judged by. election: never NULL; that of an unknown one is all zero. */
struct urne_journal_moment {
	const struct urne_journal *journal;
	const struct urne_journal_election *election;
	int64_t at;
};

/* When an entry may come, as a set of stages, and to which it leads. */
#define URNE_JOURNAL_IN(stage) (1U << (stage))
#define URNE_JOURNAL_AT_LARGE  (1U << URNE_NUM_JOURNAL_STAGES) /* about no election */
struct urne_journal_passage {
	const char *name;
	unsigned from;
	bool moves;
	enum urne_journal_stage to; /* when it moves */
};

/* urne_journal_moment_of finds the election and asks whether the entry may come at this stage:
 * URNE_ERR_UNKNOWN, URNE_ERR_ORDER. An empty uuid: it is about no election. */
enum urne_err urne_journal_moment_of(struct urne_journal_moment *out, struct urne_diag *d,
    const struct urne_journal *j, const struct urne_journal_passage *p, struct urne_view uuid,
    int64_t at) URNE_MUST_USE;

/* urne_journal_is_over: nothing keeps the voting open any more. No closing was set, it has come, or
 * it is a test. */
bool urne_journal_is_over(const struct urne_journal_election *e, int64_t at);

/* urne_journal_check_time: no entry is earlier than the one before it. URNE_ERR_RANGE; before the
 * genesis URNE_ERR_ORDER. */
enum urne_err urne_journal_check_time(
    const struct urne_journal *j, struct urne_diag *d, int64_t at) URNE_MUST_USE;

/* Orders: urne_journal_order_judge asks for election, stage and arguments; urne_journal_order_apply
 * makes the change of one that passed: URNE_ERR_MEMORY. */
enum urne_err urne_journal_order_judge(const struct urne_journal *j, struct urne_diag *d,
    const struct urne_order *o, int64_t at) URNE_MUST_USE;
enum urne_err urne_journal_order_apply(struct urne_journal_change *c, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_order *o) URNE_MUST_USE;
/* The rows of `revoke` and `enrol`, in journal_officials.c. */
enum urne_err urne_journal_judge_revoke(struct urne_diag *d, const struct urne_journal_moment *m,
    const struct urne_order *o) URNE_MUST_USE;
enum urne_err urne_journal_apply_revoke(struct urne_journal_change *c, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_order *o) URNE_MUST_USE;
enum urne_err urne_journal_judge_enrol(struct urne_diag *d, const struct urne_journal_moment *m,
    const struct urne_order *o) URNE_MUST_USE;
enum urne_err urne_journal_apply_enrol(struct urne_journal_change *c, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_order *o) URNE_MUST_USE;
/* Records: urne_journal_judge_record is the judge. */
enum urne_err urne_journal_record_apply(struct urne_journal_change *c, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_journal_record *r) URNE_MUST_USE;

/* urne_journal_signatures: an order has as many as it needs. URNE_ERR_INCOMPLETE. */
enum urne_err urne_journal_signatures(
    struct urne_diag *d, const struct urne_order_signers *s, size_t needed) URNE_MUST_USE;

/* urne_journal_copy_key: the key, with its name in the arena. URNE_ERR_MEMORY. */
enum urne_err urne_journal_copy_key(struct urne_note_key *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_note_key *key) URNE_MUST_USE;

#endif
