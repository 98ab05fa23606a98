/* SPDX-License-Identifier: EUPL-1.2 */
/* Every ballot of the archive verified, on all cores, and the last one of each member counted: what
 * an official needs to tally, and a trustee before using a key. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "client/cli/progress.h"
#include "client/cli/state.h"

/* Ballots in memory at a time: this many per thread, and about so many bytes. */
#define PER_THREAD   ((size_t)16)
#define BATCH_BYTES  ((size_t)64 << 20)
#define BALLOT_ARENA ((size_t)512 << 20)

struct slot {
	struct urne_buf text;
	size_t ballot; /* index */
	enum urne_err err;
	struct urne_diag diag;
};

struct worker {
	struct urne_arena arena;
	struct urne_tally sum;
};

struct batch {
	struct urne_state *s;
	struct slot *slots;
	struct worker *workers;
};

enum urne_err
urne_state_check_ballot(const struct urne_state *s, struct urne_ballot *b, size_t *member,
    struct urne_arena *arena, struct urne_diag *d, struct urne_view text)
{
	enum urne_err e = urne_ballot_read(b, arena, d, &s->election, text);

	if (e == URNE_OK) {
		e = urne_ballot_check_election(b, d, &s->election);
	}
	if (e == URNE_OK &&
	    urne_credentials_find(s->credentials, member, b->credential_text) != URNE_OK) {
		e = urne_fail(d, URNE_ERR_UNKNOWN,
		    "its credential is not on the list of this election, it cannot be counted");
	}
	if (e == URNE_OK) {
		e = urne_ballot_check_proofs(b, d, &s->election);
	}
	if (e == URNE_OK) {
		e = urne_ballot_check_signature(b, d, &s->election);
	}
	return e;
}

static void
check_one(void *ctx, size_t i, size_t t)
{
	struct batch *batch = ctx;
	struct slot *slot = &batch->slots[i];
	struct worker *w = &batch->workers[t];
	const struct urne_state *s = batch->s;
	struct urne_ballot b;
	size_t member = SIZE_MAX;

	urne_arena_reset(&w->arena);
	slot->err = urne_state_check_ballot(
	    s, &b, &member, &w->arena, &slot->diag, urne_buf_view(&slot->text));
	if (slot->err == URNE_OK && s->last[member] == slot->ballot + 1) {
		urne_tally_add(
		    &w->sum, &s->election, &b, urne_credentials_weight(s->credentials, member));
	}
}

/* Loads ballots from index `first` on; returns how many. */
static size_t
load_slots(struct batch *batch, size_t first, size_t max, enum urne_err *e)
{
	struct urne_state *s = batch->s;
	size_t n = 0, bytes = 0;

	while (n < max && first + n < s->num_ballots && bytes < BATCH_BYTES && *e == URNE_OK) {
		struct slot *slot = &batch->slots[n];
		urne_buf_reset(&slot->text);
		slot->ballot = first + n;
		*e = urne_archive_load(
		    s->archive, &slot->text, &s->cli->diag, &s->ballots[slot->ballot].record);
		bytes += slot->text.len;
		n++;
	}
	return n;
}

static enum urne_err
first_error(struct batch *batch, size_t num)
{
	struct urne_state *s = batch->s;

	for (size_t i = 0; i < num; i++) {
		const struct slot *slot = &batch->slots[i];
		if (slot->err != URNE_OK) {
			return urne_fail(&s->cli->diag, slot->err,
			    "%s: event %" PRIu64 ": ballot %s: %s", s->path.data,
			    s->ballots[slot->ballot].height,
			    urne_cli_hash_text(&s->ballots[slot->ballot].record.hash).s,
			    slot->diag.text);
		}
	}
	return URNE_OK;
}

static enum urne_err
check_all(struct batch *batch, size_t num_threads)
{
	struct urne_progress p;
	enum urne_err e = URNE_OK;
	size_t first = 0;

	urne_progress_start(&p, "ballots verified", batch->s->num_ballots);
	while (e == URNE_OK && first < batch->s->num_ballots) {
		size_t num = load_slots(batch, first, num_threads * PER_THREAD, &e);
		if (e == URNE_OK) {
			urne_parallel_for(num_threads, num, check_one, batch);
			e = first_error(batch, num);
		}
		first += num;
		urne_progress_add(&p, num);
	}
	urne_progress_end(&p);
	return e;
}

/* Adds the threads' sums up. */
static void
merge(struct urne_tally *out, const struct urne_state *s, const struct worker *w, size_t num)
{
	for (size_t t = 0; t < num; t++) {
		for (size_t i = 0; i < s->election.num_choices; i++) {
			urne_ciphertext_mul(
			    s->election.group, &out->sum[i], &out->sum[i], &w[t].sum.sum[i]);
		}
		out->num_tallied += w[t].sum.num_tallied;
		out->total_weight += w[t].sum.total_weight;
	}
}

enum urne_err
urne_state_tally(struct urne_state *s, struct urne_tally *out, struct urne_arena *arena)
{
	size_t num_threads = urne_parallel_threads();
	size_t num_slots = num_threads * PER_THREAD;
	struct batch batch = {.s = s};
	enum urne_err e;

	if (s->election.has_non_homomorphic) {
		return urne_fail(&s->cli->diag, URNE_ERR_UNSUPPORTED,
		    "%s: has a non-homomorphic question, which this version cannot tally",
		    s->path.data);
	}
	e = urne_tally_init(out, arena, &s->election);
	if (e != URNE_OK) {
		return e;
	}
	batch.slots = calloc(num_slots, sizeof(*batch.slots));
	batch.workers = calloc(num_threads, sizeof(*batch.workers));
	if (batch.slots == NULL || batch.workers == NULL) {
		e = urne_fail(&s->cli->diag, URNE_ERR_MEMORY, "no memory for the ballots");
		goto out;
	}
	for (size_t i = 0; i < num_slots; i++) {
		urne_buf_init(&batch.slots[i].text, URNE_MAX_BALLOT);
	}
	for (size_t t = 0; t < num_threads; t++) {
		urne_arena_init(&batch.workers[t].arena, BALLOT_ARENA);
		if (e == URNE_OK) {
			e = urne_tally_init(&batch.workers[t].sum, arena, &s->election);
		}
	}
	if (e == URNE_OK) {
		e = check_all(&batch, num_threads);
	}
	if (e == URNE_OK) {
		merge(out, s, batch.workers, num_threads);
	}
	for (size_t i = 0; i < num_slots; i++) {
		urne_buf_clear(&batch.slots[i].text);
	}
	for (size_t t = 0; t < num_threads; t++) {
		urne_arena_clear(&batch.workers[t].arena);
	}
out:
	free(batch.slots);
	free(batch.workers);
	return e;
}

enum urne_err
urne_state_load_tally(struct urne_state *s, struct urne_tally *out, struct urne_arena *arena)
{
	struct urne_buf text;
	struct urne_view v = {"", 0};
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_BALLOT);
	e = urne_archive_load(s->archive, &text, &s->cli->diag, &s->tally_record);
	if (e == URNE_OK) {
		e = urne_arena_copy(arena, &v, urne_buf_view(&text));
	}
	if (e == URNE_OK) {
		e = urne_tally_read(out, arena, &s->cli->diag, &s->election, v);
		out->num_tallied = s->sized.num_tallied;
		out->total_weight = s->sized.total_weight;
	}
	if (e != URNE_OK) {
		urne_diag_within(&s->cli->diag, "%s: encrypted tally: ", s->path.data);
	}
	urne_buf_clear(&text);
	return e;
}

enum urne_err
urne_state_load_result(struct urne_state *s, struct urne_result *out)
{
	struct urne_view copy = {"", 0};
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_BALLOT);
	e = urne_archive_load(s->archive, &text, &s->cli->diag, &s->result_record);
	if (e == URNE_OK) {
		e = urne_arena_copy(&s->arena, &copy, urne_buf_view(&text));
	}
	if (e == URNE_OK) {
		e = urne_result_read(out, &s->arena, &s->cli->diag, &s->election, copy);
	}
	urne_buf_clear(&text);
	return e;
}
