/* SPDX-License-Identifier: EUPL-1.2 */
/* Every ballot of the archive verified, on all cores, and the last one of each member counted: what
 * an official needs to tally, and a trustee before using a key. */
#include <inttypes.h>

#include "base/pool.h"
#include "client/cli/progress.h"
#include "client/cli/state.h"
#include "tally/sum.h"

/* What urne_tally_sum asks for. */
struct source {
	struct urne_state *s;
	struct urne_progress progress;
};

static enum urne_err
load(void *ctx, struct urne_buf *text, struct urne_diag *d, size_t i)
{
	struct urne_state *s = ((struct source *)ctx)->s;

	return urne_archive_load(s->archive, text, d, &s->ballots[i].record);
}

static enum urne_err
check(void *ctx, struct urne_counted_ballot *out, struct urne_arena *arena, struct urne_diag *d,
    size_t i, struct urne_view text)
{
	const struct urne_state *s = ((struct source *)ctx)->s;
	size_t member = SIZE_MAX;
	enum urne_err e =
	    urne_sealed_check_ballot(&s->sealed, &out->ballot, &member, arena, d, text);

	if (e != URNE_OK) {
		urne_diag_within(d, "%s: event %" PRIu64 ": ballot %s: ", s->path.data,
		    s->ballots[i].height, urne_cli_hash_text(&s->ballots[i].record.hash).s);
		return e;
	}
	out->counts = s->last[member] == i + 1;
	out->weight = urne_credentials_weight(s->sealed.credentials, member);
	return URNE_OK;
}

static void
progress(void *ctx, size_t num)
{
	urne_progress_add(&((struct source *)ctx)->progress, num);
}

enum urne_err
urne_state_tally(struct urne_state *s, struct urne_tally *out, struct urne_arena *arena)
{
	struct source source = {.s = s};
	struct urne_ballot_source from = {s->num_ballots, load, check, progress, &source};
	enum urne_err e;

	if (s->sealed.election.has_non_homomorphic) {
		return urne_fail(&s->cli->diag, URNE_ERR_UNSUPPORTED,
		    "%s: has a non-homomorphic question, which this version cannot tally",
		    s->path.data);
	}
	urne_progress_start(&source.progress, "ballots verified", s->num_ballots);
	e = urne_tally_sum(
	    out, arena, &s->cli->diag, &s->sealed.election, &from, urne_cli_pool(s->cli));
	urne_progress_end(&source.progress);
	return e;
}

enum urne_err
urne_state_check_tally(struct urne_state *s, struct urne_tally *out, struct urne_arena *arena)
{
	struct urne_buf ours, theirs;
	enum urne_err e = urne_state_tally(s, out, arena);

	if (e != URNE_OK) {
		return e;
	}
	urne_buf_init(&ours, URNE_MAX_BALLOT);
	urne_buf_init(&theirs, URNE_MAX_BALLOT);
	urne_tally_write(&ours, &s->sealed.election, out);
	e = urne_archive_load(s->archive, &theirs, &s->cli->diag, &s->tally_record);
	if (e == URNE_OK) {
		e = urne_buf_error(&ours);
	}
	if (e == URNE_OK && (!urne_view_eq(urne_buf_view(&ours), urne_buf_view(&theirs)) ||
				s->sized.num_tallied != out->num_tallied ||
				s->sized.total_weight != out->total_weight)) {
		e = urne_fail(&s->cli->diag, URNE_ERR_MISMATCH,
		    "%s: the encrypted tally is not the one that the ballots give; do not decrypt "
		    "it, tell the other trustees",
		    s->path.data);
	}
	urne_buf_clear(&ours);
	urne_buf_clear(&theirs);
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
		e = urne_tally_read(out, arena, &s->cli->diag, &s->sealed.election, v);
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
		e = urne_result_read(out, &s->arena, &s->cli->diag, &s->sealed.election, copy);
	}
	urne_buf_clear(&text);
	return e;
}
