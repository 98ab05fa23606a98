/* SPDX-License-Identifier: EUPL-1.2 */
/* What was found: for each check its verdict, how much it covers, and the first failures; notes;
 * and what the archive is about. */
#ifndef URNE_VERIFIER_REPORT_H
#define URNE_VERIFIER_REPORT_H

#include <stdint.h>

#include "base/buf.h"
#include "verifier/checks.h"

#ifndef URNE_VERSION
#define URNE_VERSION "unknown"
#endif

#define URNE_MAX_FAILURES 5
#define URNE_MAX_NOTES	  32
#define URNE_MAX_PLACE	  96

enum urne_verdict {
	URNE_VERDICT_NOT_CHECKED, /* the zero state: nothing passes by omission */
	URNE_VERDICT_PASS,
	URNE_VERDICT_FAIL,
};

struct urne_failure {
	char place[URNE_MAX_PLACE];
	struct urne_diag reason;
};

struct urne_check_outcome {
	bool completed; /* everything there was to check was checked */
	bool absent; /* there is nothing of the kind, and nothing that promised it: not reported */
	bool aside;  /* reported, and without it the verdict is the same; a failure still fails */
	uint64_t num_items;
	uint64_t num_failures;
	struct urne_failure failures[URNE_MAX_FAILURES];
	struct urne_diag why; /* it was not checked */
};

struct urne_report {
	const char *path;
	struct urne_hash sha256; /* of the file; valid when the whole file was read */
	bool has_sha256;
	struct urne_check_outcome outcomes[URNE_NUM_CHECKS];
	struct urne_diag notes[URNE_MAX_NOTES];
	size_t num_notes;  /* may be above URNE_MAX_NOTES: the rest was counted only */
	bool has_result;   /* a Result event is there */
	const char *stage; /* where the election stands, in words */
};

/* Exit statuses. */
enum urne_exit {
	URNE_EXIT_VERIFIED = 0,
	URNE_EXIT_FAILED = 1,
	URNE_EXIT_ERROR = 2,
	URNE_EXIT_INCOMPLETE = 3,
};

/* urne_report_item counts `num` more items that a check covered without complaint. */
void urne_report_item(struct urne_report *r, enum urne_check_id id, uint64_t num);
/* urne_report_fail records a failure at a place ("event 12 (ballot 11)"). */
void urne_report_fail(struct urne_report *r, enum urne_check_id id, const struct urne_diag *reason,
    const char *place_fmt, ...) URNE_PRINTF(4, 5);
/* urne_report_complete says that the check has covered all there is. */
void urne_report_complete(struct urne_report *r, enum urne_check_id id);
/* urne_report_skip says why a check could not be made; the first reason stays. */
void urne_report_skip(struct urne_report *r, enum urne_check_id id, const char *fmt, ...)
    URNE_PRINTF(3, 4);
/* urne_report_absent: the check does not exist for this archive: it seals no definition, or nobody
 * asked. */
void urne_report_absent(struct urne_report *r, enum urne_check_id id);
/* urne_report_aside: nobody promised what the check is about, so that not making it says nothing.
 */
void urne_report_aside(struct urne_report *r, enum urne_check_id id);
/* urne_report_mandatory: whether the verdict needs this check. */
bool urne_report_mandatory(const struct urne_report *r, enum urne_check_id id);
/* urne_report_wanted: somebody asked after all. */
void urne_report_wanted(struct urne_report *r, enum urne_check_id id);
void urne_report_note(struct urne_report *r, const char *fmt, ...) URNE_PRINTF(2, 3);

enum urne_verdict urne_report_verdict(const struct urne_report *r, enum urne_check_id id);
const char *urne_verdict_name(enum urne_verdict v);
/* urne_report_exit: what the program exits with, from the verdicts of the mandatory checks. */
enum urne_exit urne_report_exit(const struct urne_report *r);
/* urne_report_exit_before: the same from the checks before `end` alone. */
enum urne_exit urne_report_exit_before(const struct urne_report *r, enum urne_check_id end);
/* urne_report_closing: one sentence that says what that means. */
const char *urne_report_closing(const struct urne_report *r);
const char *urne_exit_word(enum urne_exit e);

#endif
