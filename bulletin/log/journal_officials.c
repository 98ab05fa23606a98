/* SPDX-License-Identifier: EUPL-1.2 */
/* Who the officials are, as orders change it: keys leave and others come, and the number of those
 * who must agree stays. Spec: docs/journal.md#what-may-follow-what */
#include <string.h>

#include "bulletin/log/journal_state.h"

/* The place of the official of that name, or the number of them. */
static size_t
find_official(const struct urne_journal_head *h, struct urne_view name)
{
	size_t i = 0;

	while (i < h->num_officials && !urne_view_eq(h->officials[i].key.name, name)) {
		i++;
	}
	return i;
}

static size_t
num_in_force(const struct urne_journal_head *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->num_officials; i++) {
		n += h->officials[i].revoked ? 0 : 1;
	}
	return n;
}

enum urne_err
urne_journal_judge_revoke(
    struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_order *o)
{
	const struct urne_journal_head *h = &m->journal->head;
	struct urne_view name = o->value[URNE_REVOKE_OFFICIAL];
	size_t i = find_official(h, name);

	if (i == h->num_officials) {
		return urne_fail(d, URNE_ERR_UNKNOWN, "%.*s is no official of this journal",
		    (int)name.len, name.p);
	}
	if (h->officials[i].revoked) {
		return urne_fail(d, URNE_ERR_ORDER, "the key of %.*s was revoked already",
		    (int)name.len, name.p);
	}
	if (num_in_force(h) - 1 < m->journal->genesis.agree) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "without %.*s too few officials remain: %zu, and %zu must agree; enrol another "
		    "one first",
		    (int)name.len, name.p, num_in_force(h) - 1, m->journal->genesis.agree);
	}
	return URNE_OK;
}

enum urne_err
urne_journal_apply_revoke(struct urne_journal_change *c, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_order *o)
{
	size_t i = find_official(&c->head, o->value[URNE_REVOKE_OFFICIAL]);

	(void)arena;
	(void)d;
	c->head.officials[i].revoked = true;
	return URNE_OK;
}

/* One key with two names would be one person who counts twice; one name with two keys a person of
 * whom nobody knows which is meant. */
static enum urne_err
check_new(struct urne_diag *d, const struct urne_note_key *key, const struct urne_note_key *other,
    const char *who)
{
	if (memcmp(key->key, other->key, sizeof(key->key)) == 0 ||
	    urne_view_eq(key->name, other->name)) {
		return urne_fail(d, URNE_ERR_DUPLICATE,
		    "%.*s is or was %s, with this name or this key; a new official has new ones",
		    (int)other->name.len, other->name.p, who);
	}
	return URNE_OK;
}

enum urne_err
urne_journal_judge_enrol(
    struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_order *o)
{
	const struct urne_journal_head *h = &m->journal->head;
	const struct urne_genesis *g = &m->journal->genesis;
	struct urne_note_key key;
	enum urne_err e = urne_note_key_read(&key, d, o->value[URNE_ENROL_OFFICIAL]);

	for (size_t i = 0; e == URNE_OK && i < h->num_officials; i++) {
		e = check_new(d, &key, &h->officials[i].key, "an official");
	}
	if (e == URNE_OK && g->has_registrar) {
		e = check_new(d, &key, &g->registrar, "the registrar");
	}
	if (e == URNE_OK && h->num_officials == URNE_MAX_OFFICIALS) {
		e = urne_fail(d, URNE_ERR_LIMIT,
		    "a journal knows %zu officials at most, revoked ones included",
		    URNE_MAX_OFFICIALS);
	}
	return e;
}

enum urne_err
urne_journal_apply_enrol(struct urne_journal_change *c, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_order *o)
{
	struct urne_official_key *new = &c->head.officials[c->head.num_officials];
	struct urne_note_key key;
	enum urne_err e = urne_note_key_read(&key, d, o->value[URNE_ENROL_OFFICIAL]);

	if (e == URNE_OK) {
		e = urne_journal_copy_key(&new->key, arena, d, &key);
	}
	new->revoked = false;
	c->head.num_officials++;
	return e;
}
