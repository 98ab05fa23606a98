/* SPDX-License-Identifier: EUPL-1.2 */
/* What the vote definition adds to an election: the sealed file beside the archive, the hours of
 * voting, the floor. */
#include <inttypes.h>
#include <time.h>

#include "client/cli/state.h"
#include "client/cli/vote_file.h"

enum urne_err
urne_state_load_definition(struct urne_state *s)
{
	struct urne_buf path;
	bool there = false;
	enum urne_err e;

	if (s->election.vote_definition.len == 0) {
		return URNE_OK;
	}
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_find(&path, &there, NULL, s->path.data, ".bel", ".vote.json");
	if (there) {
		e = urne_vote_file_sealed(s->cli, &s->definition, &s->definition_text, &s->arena,
		    path.data, &s->election);
		s->has_definition = e == URNE_OK;
	}
	urne_buf_clear(&path);
	return e;
}

enum urne_err
urne_state_need_definition(struct urne_state *s)
{
	if (s->has_definition) {
		return URNE_OK;
	}
	if (s->election.vote_definition.len == 0) {
		return urne_fail(&s->cli->diag, URNE_ERR_UNSUPPORTED,
		    "%s: the election was made without a vote definition; \"urne show\" prints its "
		    "counts",
		    s->path.data);
	}
	return urne_fail(&s->cli->diag, URNE_ERR_INCOMPLETE,
	    "%s: the vote definition is missing, put it beside the archive as %.*s.vote.json",
	    s->path.data, (int)s->election.uuid.len, s->election.uuid.p);
}

enum urne_err
urne_state_sealed_definition(struct urne_state *s, bool *sealed)
{
	*sealed = s->election.vote_definition.len > 0;
	return *sealed ? urne_state_need_definition(s) : URNE_OK;
}

/* Whether hours are to be kept: not without definition, not in a test. */
static enum urne_err
keeps_hours(struct urne_state *s, bool *keeps)
{
	enum urne_err e = urne_state_sealed_definition(s, keeps);

	*keeps = *keeps && !s->test;
	return e;
}

enum urne_err
urne_state_hours_of_voting(struct urne_state *s)
{
	const struct urne_definition *v = &s->definition;
	int64_t now = (int64_t)time(NULL);
	bool keeps = false;
	enum urne_err e = keeps_hours(s, &keeps);

	if (e != URNE_OK || !keeps) {
		return e;
	}
	if (now < v->opens.seconds) {
		return urne_fail(&s->cli->diag, URNE_ERR_ORDER,
		    "%s: voting opens at %.*s, wait until then", s->path.data,
		    (int)v->opens.text.len, v->opens.text.p);
	}
	if (now >= v->closes.seconds) {
		return urne_fail(&s->cli->diag, URNE_ERR_ORDER,
		    "%s: voting ended at %.*s; \"urne close\" comes next", s->path.data,
		    (int)v->closes.text.len, v->closes.text.p);
	}
	return URNE_OK;
}

enum urne_err
urne_state_hours_of_closing(struct urne_state *s)
{
	const struct urne_definition *v = &s->definition;
	bool keeps = false;
	enum urne_err e = keeps_hours(s, &keeps);

	if (e == URNE_OK && keeps && (int64_t)time(NULL) < v->closes.seconds) {
		e = urne_fail(&s->cli->diag, URNE_ERR_ORDER,
		    "%s: members may vote until %.*s, close after that", s->path.data,
		    (int)v->closes.text.len, v->closes.text.p);
	}
	return e;
}

enum urne_err
urne_state_floor(struct urne_state *s, uint64_t num_voters)
{
	bool sealed = false;
	enum urne_err e = urne_state_sealed_definition(s, &sealed);

	if (e == URNE_OK && sealed && num_voters < s->definition.floor) {
		e = urne_fail(&s->cli->diag, URNE_ERR_RANGE,
		    "%s: %" PRIu64
		    " members voted, and the definition lets nothing be decrypted below "
		    "%" PRIu64 ", which keeps single votes secret",
		    s->path.data, num_voters, s->definition.floor);
	}
	return e;
}
