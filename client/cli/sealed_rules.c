/* SPDX-License-Identifier: EUPL-1.2 */
/* What the vote definition adds to an election: the hours of voting, the floor, and that it must be
 * there when it is sealed. */
#include <inttypes.h>
#include <time.h>

#include "client/cli/sealed.h"

enum urne_err
urne_sealed_need_definition(struct urne_sealed *s)
{
	if (s->has_definition) {
		return URNE_OK;
	}
	if (s->election.vote_definition.len == 0) {
		return urne_fail(&s->cli->diag, URNE_ERR_UNSUPPORTED,
		    "%s: the election was made without a vote definition; \"urne show\" prints its "
		    "counts",
		    s->place);
	}
	return urne_fail(&s->cli->diag, URNE_ERR_INCOMPLETE,
	    "%s: the vote definition is missing, put it beside the archive as %.*s.vote.json",
	    s->place, (int)s->election.uuid.len, s->election.uuid.p);
}

enum urne_err
urne_sealed_definition(struct urne_sealed *s, bool *sealed)
{
	*sealed = s->election.vote_definition.len > 0;
	return *sealed ? urne_sealed_need_definition(s) : URNE_OK;
}

/* Whether hours are to be kept: not without definition, not in a test. */
static enum urne_err
keeps_hours(struct urne_sealed *s, bool *keeps)
{
	enum urne_err e = urne_sealed_definition(s, keeps);

	*keeps = *keeps && !s->test;
	return e;
}

enum urne_err
urne_sealed_hours_of_voting(struct urne_sealed *s)
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
		    "%s: voting opens at %.*s, wait until then", s->place, (int)v->opens.text.len,
		    v->opens.text.p);
	}
	if (now >= v->closes.seconds) {
		return urne_fail(&s->cli->diag, URNE_ERR_ORDER,
		    "%s: voting ended at %.*s; \"urne close\" comes next", s->place,
		    (int)v->closes.text.len, v->closes.text.p);
	}
	return URNE_OK;
}

enum urne_err
urne_sealed_hours_of_closing(struct urne_sealed *s)
{
	const struct urne_definition *v = &s->definition;
	bool keeps = false;
	enum urne_err e = keeps_hours(s, &keeps);

	if (e == URNE_OK && keeps && (int64_t)time(NULL) < v->closes.seconds) {
		e = urne_fail(&s->cli->diag, URNE_ERR_ORDER,
		    "%s: members may vote until %.*s, close after that", s->place,
		    (int)v->closes.text.len, v->closes.text.p);
	}
	return e;
}

enum urne_err
urne_sealed_floor(struct urne_sealed *s, uint64_t num_voters)
{
	bool sealed = false;
	enum urne_err e = urne_sealed_definition(s, &sealed);

	if (e == URNE_OK && sealed && num_voters < s->definition.floor) {
		e = urne_fail(&s->cli->diag, URNE_ERR_RANGE,
		    "%s: %" PRIu64
		    " members voted, and the definition lets nothing be decrypted below "
		    "%" PRIu64 ", which keeps single votes secret",
		    s->place, num_voters, s->definition.floor);
	}
	return e;
}
