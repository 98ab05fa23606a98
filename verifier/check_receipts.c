/* SPDX-License-Identifier: EUPL-1.2 */
/* The check of receipts (threats A9, A10): what the log signed for a voter is what this archive
 * holds. A receipt is first checked by itself; then, while the archive is walked, its event is held
 * against the one at its height, its root against the one over as many events, and the ballot that
 * it replaces against the one that stood before. Spec: docs/log.md#receipts */
#include <inttypes.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/limits.h"
#include "bulletin/log/receipt.h"
#include "crypto/sha256.h"
#include "verifier/verify.h"

struct receipt {
	const char *path;
	struct urne_receipt_facts facts;
	struct urne_hash event; /* of its event's bytes */
	bool holds;		/* by itself */
	bool counted;		/* its ballot is good and took its place */
	size_t credential;	/* then, whose ballot */
	bool refused;
	struct urne_diag why;
};

struct urne_receipt_check {
	struct urne_arena arena;
	struct receipt *list;
	size_t num;
};

/* --- by itself --- */

static enum urne_err
read_receipt(struct urne_verification *v, struct receipt *r, struct urne_diag *d)
{
	struct urne_arena *arena = &v->log.receipts->arena;
	struct urne_view text;
	struct urne_buf file;
	enum urne_err e;

	urne_buf_init(&file, URNE_MAX_SMALL_FILE);
	e = urne_file_read(&file, d, r->path);
	if (e == URNE_OK && urne_arena_copy(arena, &text, urne_buf_view(&file)) != URNE_OK) {
		e = urne_fail(d, URNE_ERR_MEMORY, "no memory for receipts");
	}
	urne_buf_clear(&file);
	if (e != URNE_OK || !v->log.has_key) {
		return e;
	}
	/* people's editors end files with a newline */
	text.len -= text.len > 0 && text.p[text.len - 1] == '\n' ? 1 : 0;
	e = urne_receipt_verify(&r->facts, arena, &r->why, text, &v->log.key);
	if (e != URNE_OK && urne_err_is_ours(e)) {
		*d = r->why;
		return e;
	}
	r->holds = e == URNE_OK;
	if (r->holds) {
		urne_sha256_of(&r->event, r->facts.proof.event);
	} else {
		urne_report_fail(v->report, URNE_CHECK_RECEIPTS, &r->why, "%s", r->path);
	}
	return URNE_OK;
}

enum urne_err
urne_verify_receipts_open(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_receipt_check *c;
	enum urne_err e = URNE_OK;

	if (v->files.num_receipts == 0) {
		urne_report_absent(v->report, URNE_CHECK_RECEIPTS);
		return URNE_OK;
	}
	c = calloc(1, sizeof(*c));
	if (c == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for receipts");
	}
	v->log.receipts = c;
	urne_arena_init(&c->arena, v->files.num_receipts * 4 * URNE_MAX_SMALL_FILE);
	c->num = v->files.num_receipts;
	c->list = calloc(c->num, sizeof(*c->list));
	if (c->list == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for receipts");
	}
	for (size_t i = 0; e == URNE_OK && i < c->num; i++) {
		c->list[i].path = v->files.receipts[i];
		e = read_receipt(v, &c->list[i], d);
	}
	return e;
}

/* --- against the archive --- */

/* refuse keeps the first reason: the others follow from it. */
static void
refuse(struct receipt *r, const struct urne_diag *why)
{
	if (!r->refused) {
		r->refused = true;
		r->why = *why;
	}
}

void
urne_verify_receipts_event(struct urne_verification *v, const struct urne_log_item *item)
{
	struct urne_receipt_check *c = v->log.receipts;
	struct urne_diag why;
	struct urne_hash root;

	for (size_t i = 0; c != NULL && i < c->num; i++) {
		struct receipt *r = &c->list[i];

		if (!r->holds) {
			continue;
		}
		if (item->event.height == r->facts.receipt.height &&
		    !urne_hash_eq(&item->hash, &r->event)) {
			(void)urne_fail(&why, URNE_ERR_MISMATCH,
			    "event %" PRIu64
			    " is not the one that the log signed in this receipt: the board showed "
			    "two histories, keep both as evidence",
			    item->event.height);
			refuse(r, &why);
		}
		if (v->log.tree.size != r->facts.checkpoint.size) {
			continue;
		}
		urne_merkle_root(&v->log.tree, &root);
		if (!urne_hash_eq(&root, &r->facts.checkpoint.root)) {
			(void)urne_fail(&why, URNE_ERR_MISMATCH,
			    "the first %" PRIu64
			    " events are not those that the log signed in this receipt: the board "
			    "showed two histories, keep both as evidence",
			    v->log.tree.size);
			refuse(r, &why);
		}
	}
}

static void
check_replaced(struct receipt *r, const struct urne_hash *before)
{
	const struct urne_receipt *said = &r->facts.receipt;
	char ours[URNE_HASH_B64_LEN], theirs[URNE_HASH_B64_LEN];
	struct urne_diag why;

	if (said->has_replaced == (before != NULL) &&
	    (before == NULL || urne_hash_eq(before, &said->replaces))) {
		return;
	}
	urne_b64_hash_encode(theirs, &said->replaces);
	if (before == NULL) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "it says that its ballot replaced %.*s, and no ballot of this credential stood "
		    "before",
		    (int)sizeof(theirs), theirs);
	} else {
		urne_b64_hash_encode(ours, before);
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "it says that its ballot replaced %.*s, and the one of this credential that "
		    "stood before is %.*s: somebody else may hold this credential",
		    said->has_replaced ? (int)sizeof(theirs) : (int)(sizeof("none") - 1),
		    said->has_replaced ? theirs : "none", (int)sizeof(ours), ours);
	}
	refuse(r, &why);
}

void
urne_verify_receipts_counted(
    struct urne_verification *v, uint64_t height, size_t credential, const struct urne_hash *before)
{
	struct urne_receipt_check *c = v->log.receipts;

	for (size_t i = 0; c != NULL && i < c->num; i++) {
		struct receipt *r = &c->list[i];

		if (r->holds && r->facts.receipt.height == height) {
			r->counted = true;
			r->credential = credential;
			check_replaced(r, before);
		}
	}
}

/* --- the verdict --- */

static void
note_fate(struct urne_verification *v, const struct receipt *r)
{
	const struct urne_hash *last = &v->last[r->credential].hash;
	char tracker[URNE_HASH_B64_LEN];

	if (!urne_hash_eq(last, &r->facts.receipt.tracker)) {
		urne_b64_hash_encode(tracker, last);
		urne_report_note(v->report,
		    "%s: the ballot does not count, for a later one of the same credential "
		    "replaced "
		    "it: %.*s",
		    r->path, (int)sizeof(tracker), tracker);
		return;
	}
	urne_report_note(v->report, "%s: the ballot is event %" PRIu64 ", and %s", r->path,
	    r->facts.receipt.height,
	    v->chain.stage == URNE_STAGE_OPEN
		? "it counts unless a later one of the same credential comes"
		: "it counts: it is the last of its credential");
}

/* end_one: the receipt holds by itself, and the archive was read to its end. */
static void
end_one(struct urne_verification *v, struct receipt *r)
{
	const struct urne_receipt *said = &r->facts.receipt;
	uint64_t num = v->log.tree.size;
	struct urne_diag why;

	if (!urne_view_eq(said->election, v->election.uuid)) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH, "it is of another election, %.*s",
		    (int)said->election.len, said->election.p);
		r->refused = false; /* nothing else that was compared matters */
		refuse(r, &why);
	} else if (num <= said->height && v->chain.stage != URNE_STAGE_OPEN) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "its ballot, event %" PRIu64 ", is not here, and the voting has ended: it was "
		    "taken out",
		    said->height);
		refuse(r, &why);
	}
	if (r->refused) {
		urne_report_fail(v->report, URNE_CHECK_RECEIPTS, &r->why, "%s", r->path);
	} else if (num < r->facts.checkpoint.size) {
		urne_report_skip(v->report, URNE_CHECK_RECEIPTS,
		    "%.200s is of a log of %" PRIu64 " events, and here are %" PRIu64
		    ": get a newer copy",
		    r->path, r->facts.checkpoint.size, num);
	} else if (!r->counted) {
		urne_report_skip(v->report, URNE_CHECK_RECEIPTS,
		    "%.200s: its ballot, event %" PRIu64 ", was not found right", r->path,
		    said->height);
	} else {
		urne_report_item(v->report, URNE_CHECK_RECEIPTS, 1);
		note_fate(v, r);
	}
}

void
urne_verify_receipts_end(struct urne_verification *v, bool broken)
{
	struct urne_receipt_check *c = v->log.receipts;

	if (c == NULL || broken || !v->has_election) {
		return; /* the reason is that of the archive */
	}
	urne_report_complete(v->report, URNE_CHECK_RECEIPTS);
	if (!v->log.has_key) {
		urne_report_skip(
		    v->report, URNE_CHECK_RECEIPTS, "it is not known whose signature counts");
	}
	for (size_t i = 0; i < c->num; i++) {
		if (c->list[i].holds) {
			end_one(v, &c->list[i]);
		}
	}
}

void
urne_verify_receipts_free(struct urne_verification *v)
{
	struct urne_receipt_check *c = v->log.receipts;

	v->log.receipts = NULL;
	if (c != NULL) {
		urne_arena_clear(&c->arena);
		free(c->list);
		free(c);
	}
}
