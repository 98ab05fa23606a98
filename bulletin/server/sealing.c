/* SPDX-License-Identifier: EUPL-1.2 */
/* One comparison after the other, in the order of the order's arguments. */
#include "bulletin/server/sealing.h"

#include <inttypes.h>

#include "bulletin/log/journal_prepared.h"
#include "crypto/sha256.h"

static enum urne_err
check_setup(const struct urne_sealing *s, struct urne_diag *d, const struct urne_order *o)
{
	struct urne_hash named;
	bool there = false;

	named = urne_order_hash(o, URNE_SEAL_SETUP, &there);
	if (!urne_hash_eq(&named, &s->setup)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "setup is not the hash of the Setup that lies here as a draft");
	}
	if (!urne_view_eq(o->election, s->election->election.uuid)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the Setup is of the election %.*s, and the order of %.*s",
		    (int)s->election->election.uuid.len, s->election->election.uuid.p,
		    (int)o->election.len, o->election.p);
	}
	return URNE_OK;
}

static enum urne_err
check_definition(const struct urne_sealing *s, struct urne_diag *d, const struct urne_order *o)
{
	struct urne_hash named, sealed;
	bool is_named = false, seals = urne_board_election_seals(s->election, &sealed);

	named = urne_order_hash(o, URNE_SEAL_DEFINITION, &is_named);
	if (is_named != seals) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    seals ? "definition is \"-\", and the Setup seals one"
			  : "definition is a hash, and the Setup seals none: write \"-\"");
	}
	if (seals && !urne_hash_eq(&named, &sealed)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "definition is not the one that the Setup seals, which is %.*s",
		    (int)s->election->election.vote_definition.len,
		    s->election->election.vote_definition.p);
	}
	return URNE_OK;
}

static enum urne_err
check_hour(struct urne_diag *d, const struct urne_order *o, size_t i, const char *name,
    const struct urne_moment *sealed)
{
	bool there = false;
	int64_t named = urne_order_time(o, i, &there);

	if (there != (sealed != NULL)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    sealed != NULL ? "%s is \"-\", and the definition has hours"
				   : "%s is a time, and without a definition there are no hours: "
				     "write \"-\"",
		    name);
	}
	if (sealed != NULL && named != sealed->seconds) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "%s is another moment than the definition's, %.*s", name, (int)sealed->text.len,
		    sealed->text.p);
	}
	return URNE_OK;
}

static enum urne_err
check_hours(const struct urne_sealing *s, struct urne_diag *d, const struct urne_order *o)
{
	const struct urne_board_election *b = s->election;
	bool there = atomic_load_explicit(&b->has_definition, memory_order_acquire);
	enum urne_err e =
	    check_hour(d, o, URNE_SEAL_OPENS, "opens", there ? &b->definition.opens : NULL);

	return e == URNE_OK ? check_hour(d, o, URNE_SEAL_CLOSES, "closes",
				  there ? &b->definition.closes : NULL)
			    : e;
}

static enum urne_err
check_roll(
    const struct urne_sealing *s, struct urne_diag *d, const struct urne_journal_election *before)
{
	const struct urne_credentials *list = s->election->credentials;
	struct urne_hash hash;

	if (before == NULL || !before->has_roll) {
		return URNE_OK;
	}
	urne_sha256_of(&hash, s->credentials);
	if (!urne_hash_eq(&hash, &before->credentials)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the Setup has another list of credentials than the registrar's roll");
	}
	if (before->num_credentials != urne_credentials_count(list) ||
	    before->weight != urne_credentials_total_weight(list)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the roll says %" PRIu64 " credentials with weight %" PRIu64
		    ", its list has %zu with %" PRIu64,
		    before->num_credentials, before->weight, urne_credentials_count(list),
		    urne_credentials_total_weight(list));
	}
	return URNE_OK;
}

enum urne_err
urne_sealing_check(const struct urne_sealing *s, struct urne_diag *d, const struct urne_order *o,
    const struct urne_journal_election *before)
{
	enum urne_err e = check_setup(s, d, o);

	if (e == URNE_OK) {
		e = check_definition(s, d, o);
	}
	if (e == URNE_OK &&
	    urne_order_number(o, URNE_SEAL_TRUSTEES) != s->election->trustees.num_owners) {
		e = urne_fail(d, URNE_ERR_MISMATCH, "trustees is %" PRIu64 ", the Setup has %zu",
		    urne_order_number(o, URNE_SEAL_TRUSTEES), s->election->trustees.num_owners);
	}
	if (e == URNE_OK) {
		e = check_hours(s, d, o);
	}
	if (e == URNE_OK && urne_view_is(o->value[URNE_SEAL_KIND], "test") != s->election->test) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    s->election->test ? "kind is vote, and the name of the election marks a test"
				      : "kind is test, and the name of the election marks none");
	}
	if (e == URNE_OK) {
		e = urne_journal_check_prepared(
		    d, before, s->election->election.group, &s->election->trustees);
	}
	return e == URNE_OK ? check_roll(s, d, before) : e;
}
