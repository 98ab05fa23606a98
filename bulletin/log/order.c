/* SPDX-License-Identifier: EUPL-1.2 */
/* One table says what every action is about and which arguments it has, one what every kind of
 * argument looks like; reading and checking walk both. Spec: docs/journal.md#orders */
#include "bulletin/log/order.h"

#include "base/limits.h"
#include "base/safe_text.h"
#include "bulletin/log/merkle.h"
#include "crypto/group.h"
#include "crypto/sha256.h"
#include "election/election.h"

#define FORMAT	     "urne-order/1"
#define MAX_REPEATED ((size_t)32)
#define NUM_KINDS    10

_Static_assert(
    sizeof(((struct urne_order_signers *)NULL)->signed_by) / sizeof(bool) == URNE_MAX_OFFICIALS,
    "a place for every official");

static const struct urne_action_form forms[URNE_NUM_ACTIONS] = {
    [URNE_ACTION_PREPARE] = {"prepare", URNE_ABOUT_ELECTION, false,
	{{"definition", URNE_ARGUMENT_HASH_OR, false}, {"group", URNE_ARGUMENT_GROUP, false},
	    {"threshold", URNE_ARGUMENT_NUMBER, false}, {"trustee", URNE_ARGUMENT_KEY, true}}},
    [URNE_ACTION_ROLL] = {"roll", URNE_ABOUT_ELECTION, true,
	{{"credentials", URNE_ARGUMENT_HASH, false}, {"count", URNE_ARGUMENT_NUMBER, false},
	    {"weight", URNE_ARGUMENT_NUMBER, false}}},
    [URNE_ACTION_SEAL] = {"seal", URNE_ABOUT_ELECTION, false,
	{{"setup", URNE_ARGUMENT_HASH, false}, {"definition", URNE_ARGUMENT_HASH_OR, false},
	    {"trustees", URNE_ARGUMENT_NUMBER, false}, {"opens", URNE_ARGUMENT_TIME_OR, false},
	    {"closes", URNE_ARGUMENT_TIME_OR, false}, {"kind", URNE_ARGUMENT_VOTE_OR_TEST, false}}},
    [URNE_ACTION_CHECKLIST] = {"checklist", URNE_ABOUT_ELECTION, false,
	{{"urn", URNE_ARGUMENT_HASH, false}, {"software", URNE_ARGUMENT_HASH, false},
	    {"rehearsed", URNE_ARGUMENT_NUMBER, false}}},
    [URNE_ACTION_OPEN] = {"open", URNE_ABOUT_ELECTION, false, {{.name = NULL}}},
    [URNE_ACTION_EXTEND] = {"extend", URNE_ABOUT_ELECTION, false,
	{{"closes", URNE_ARGUMENT_TIME, false}, {"reason", URNE_ARGUMENT_TEXT, false}}},
    [URNE_ACTION_CLOSE] = {"close", URNE_ABOUT_ELECTION, false, {{.name = NULL}}},
    [URNE_ACTION_RELEASE] = {"release", URNE_ABOUT_ELECTION, false,
	{{"result", URNE_ARGUMENT_HASH, false}}},
    [URNE_ACTION_INCIDENT] = {"incident", URNE_ABOUT_EITHER, false,
	{{"text", URNE_ARGUMENT_TEXT, false}}},
    [URNE_ACTION_INTERVENTION] = {"intervention", URNE_ABOUT_EITHER, false,
	{{"text", URNE_ARGUMENT_TEXT, false}}},
    [URNE_ACTION_CERTIFY] = {"certify", URNE_ABOUT_ELECTION, false,
	{{"minutes", URNE_ARGUMENT_HASH, false}}},
    [URNE_ACTION_REVOKE] = {"revoke", URNE_ABOUT_NONE, false,
	{{"official", URNE_ARGUMENT_NAME, false}, {"reason", URNE_ARGUMENT_TEXT, false}}},
    [URNE_ACTION_ENROL] = {"enrol", URNE_ABOUT_NONE, false,
	{{"official", URNE_ARGUMENT_KEY, false}, {"reason", URNE_ARGUMENT_TEXT, false}}},
};

const struct urne_action_form *
urne_action_form(enum urne_action a)
{
	return &forms[a];
}

bool
urne_action_find(enum urne_action *out, struct urne_view name)
{
	for (size_t i = 0; i < URNE_NUM_ACTIONS; i++) {
		*out = (enum urne_action)i;
		if (urne_view_is(name, forms[i].name)) {
			return true;
		}
	}
	*out = URNE_ACTION_PREPARE;
	return false;
}

/* --- what the values look like --- */

static bool
is_hash(struct urne_view v)
{
	struct urne_hash h;

	return urne_hex_decode(h.b, sizeof(h.b), v) == URNE_OK;
}

static bool
is_number(struct urne_view v)
{
	uint64_t n;

	return urne_decimal_decode(&n, v, URNE_MERKLE_MAX_SIZE) == URNE_OK;
}

static bool
is_time(struct urne_view v)
{
	int64_t t;

	return urne_utc_read(&t, v) == URNE_OK;
}

static bool
is_hash_or(struct urne_view v)
{
	return urne_view_is(v, "-") || is_hash(v);
}

static bool
is_time_or(struct urne_view v)
{
	return urne_view_is(v, "-") || is_time(v);
}

/* What stands in the journal is shown to members: a character that they would not see, or that
 * turns the line around, has no place in it, in a name neither. */
static bool
is_key(struct urne_view v)
{
	struct urne_note_key key;

	return urne_note_key_read(&key, NULL, v) == URNE_OK && urne_is_safe_text(key.name);
}

static bool
is_name(struct urne_view v)
{
	return urne_note_name_check(NULL, v) == URNE_OK && urne_is_safe_text(v);
}

static bool
is_text(struct urne_view v)
{
	return v.len > 0 && v.len <= URNE_ORDER_MAX_TEXT && v.p[0] != ' ' &&
	       v.p[v.len - 1] != ' ' && urne_is_safe_text(v);
}

static bool
is_group(struct urne_view v)
{
	return urne_group_find(v) != NULL;
}

static bool
is_vote_or_test(struct urne_view v)
{
	return urne_view_is(v, "vote") || urne_view_is(v, "test");
}

static const struct {
	bool (*is)(struct urne_view v);
	const char *wanted;
} kinds[NUM_KINDS] = {
    [URNE_ARGUMENT_HASH] = {is_hash, "a hash of 64 lower-case hex digits"},
    [URNE_ARGUMENT_HASH_OR] = {is_hash_or, "a hash of 64 lower-case hex digits, or \"-\""},
    [URNE_ARGUMENT_NUMBER] = {is_number, "a decimal number without leading zeros"},
    [URNE_ARGUMENT_TIME] = {is_time, "a moment in UTC, such as 2026-11-26T18:00:00Z"},
    [URNE_ARGUMENT_TIME_OR] = {is_time_or,
	"a moment in UTC, such as 2026-11-26T18:00:00Z, or \"-\""},
    [URNE_ARGUMENT_KEY] = {is_key, "a verifier key, NAME+HASH+KEY, copied whole"},
    [URNE_ARGUMENT_NAME] = {is_name, "the name of a key, such as example.org/claire"},
    [URNE_ARGUMENT_TEXT] = {is_text,
	"one line of 1 to 1000 bytes, without characters that nobody sees and without a blank at "
	"either end"},
    [URNE_ARGUMENT_GROUP] = {is_group, "the name of a group, such as BELENIOS-2048"},
    [URNE_ARGUMENT_VOTE_OR_TEST] = {is_vote_or_test, "\"vote\" or \"test\""},
};

/* --- form --- */

static size_t
num_arguments(const struct urne_action_form *f)
{
	size_t n = 0;

	while (n < sizeof(f->argument) / sizeof(f->argument[0]) && f->argument[n].name != NULL) {
		n++;
	}
	return n;
}

/* The argument of the i-th value; the last one stands for all that repeat it. */
static size_t
argument_of(size_t num, size_t i)
{
	return i < num ? i : num - 1;
}

static enum urne_err
check_count(struct urne_diag *d, const struct urne_order *o)
{
	const struct urne_action_form *f = &forms[o->action];
	size_t num = num_arguments(f);
	bool repeated = num > 0 && f->argument[num - 1].repeated;
	size_t max = repeated ? num - 1 + MAX_REPEATED : num;

	if (o->num_values < num) {
		return urne_fail(d, URNE_ERR_SYNTAX, "the order %s lacks its argument %s", f->name,
		    f->argument[o->num_values].name);
	}
	if (o->num_values > max) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "the order %s has %zu arguments at most", f->name, max);
	}
	return URNE_OK;
}

static enum urne_err
check_election(struct urne_diag *d, const struct urne_order *o)
{
	const struct urne_action_form *f = &forms[o->action];

	if (o->election.len == 0 && f->about == URNE_ABOUT_ELECTION) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line 4 of the order: %s is about one election, write its UUID", f->name);
	}
	if (o->election.len > 0 && f->about == URNE_ABOUT_NONE) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line 4 of the order: %s is about no election, write \"-\"", f->name);
	}
	if (o->election.len > 0 && !urne_uuid_check(o->election)) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line 4 of the order is neither the UUID of an election nor \"-\"");
	}
	return URNE_OK;
}

enum urne_err
urne_order_check_form(struct urne_diag *d, const struct urne_order *o)
{
	const struct urne_action_form *f = &forms[o->action];
	size_t num = num_arguments(f);
	enum urne_err e = urne_note_name_check(d, o->origin);

	if (e != URNE_OK) {
		urne_diag_within(d, "line 2 of the order, the journal: ");
		return URNE_ERR_SYNTAX;
	}
	if ((e = check_election(d, o)) != URNE_OK || (e = check_count(d, o)) != URNE_OK) {
		return e;
	}
	for (size_t i = 0; i < o->num_values; i++) {
		size_t a = argument_of(num, i);

		if (!kinds[f->argument[a].kind].is(o->value[i])) {
			return urne_fail(d, URNE_ERR_SYNTAX,
			    "the order's argument %s, line %zu: write %s", f->argument[a].name,
			    i + 6, kinds[f->argument[a].kind].wanted);
		}
	}
	return URNE_OK;
}

void
urne_order_write(struct urne_buf *out, const struct urne_order *o)
{
	const struct urne_action_form *f = &forms[o->action];
	size_t num = num_arguments(f);

	urne_buf_puts(out, FORMAT "\n");
	urne_buf_put_view(out, o->origin);
	urne_buf_putc(out, '\n');
	urne_buf_puts(out, f->name);
	urne_buf_putc(out, '\n');
	urne_buf_put_view(out, o->election.len > 0 ? o->election : urne_view_of("-"));
	urne_buf_putc(out, '\n');
	urne_utc_write(out, o->issued);
	urne_buf_putc(out, '\n');
	for (size_t i = 0; num > 0 && i < o->num_values; i++) {
		urne_buf_puts(out, f->argument[argument_of(num, i)].name);
		urne_buf_putc(out, ' ');
		urne_buf_put_view(out, o->value[i]);
		urne_buf_putc(out, '\n');
	}
}

/* --- reading --- */

/* The first five lines; *rest is what follows. */
static enum urne_err
read_head(struct urne_order *o, struct urne_diag *d, struct urne_view *rest)
{
	struct urne_view format, action, issued;

	if (!urne_view_cut(&format, rest, '\n') || !urne_view_is(format, FORMAT)) {
		return urne_fail(d, URNE_ERR_SYNTAX, "an order begins with the line " FORMAT);
	}
	if (!urne_view_cut(&o->origin, rest, '\n') || !urne_view_cut(&action, rest, '\n') ||
	    !urne_view_cut(&o->election, rest, '\n') || !urne_view_cut(&issued, rest, '\n')) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "an order begins with five lines: " FORMAT ", the journal, the action, the "
		    "election or \"-\", and the moment it was written");
	}
	if (!urne_action_find(&o->action, action)) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line 3 of the order is no action that officials order, such as seal or open");
	}
	if (o->election.len == 0) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line 4 of the order is neither the UUID of an election nor \"-\"");
	}
	if (urne_view_is(o->election, "-")) {
		o->election = (struct urne_view){"", 0};
	}
	if (urne_utc_read(&o->issued, issued) != URNE_OK) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line 5 of the order, when it was written: write %s",
		    kinds[URNE_ARGUMENT_TIME].wanted);
	}
	return URNE_OK;
}

static enum urne_err
read_values(struct urne_order *o, struct urne_diag *d, struct urne_view rest)
{
	const struct urne_action_form *f = &forms[o->action];
	size_t num = num_arguments(f);
	struct urne_view line, name;

	for (; urne_view_cut(&line, &rest, '\n'); o->num_values++) {
		const char *want =
		    num > 0 ? f->argument[argument_of(num, o->num_values)].name : NULL;

		if (want == NULL || o->num_values == URNE_ORDER_MAX_ARGS ||
		    (o->num_values >= num && !f->argument[num - 1].repeated)) {
			return urne_fail(d, URNE_ERR_SYNTAX,
			    "line %zu of the order: %s has no further argument", o->num_values + 6,
			    f->name);
		}
		if (!urne_view_cut(&name, &line, ' ') || !urne_view_is(name, want)) {
			return urne_fail(d, URNE_ERR_SYNTAX,
			    "line %zu of the order: here stands the argument %s of %s, a blank, "
			    "and its value",
			    o->num_values + 6, want, f->name);
		}
		o->value[o->num_values] = line;
	}
	if (rest.len > 0) {
		return urne_fail(d, URNE_ERR_SYNTAX, "an order ends with a newline");
	}
	return URNE_OK;
}

enum urne_err
urne_order_read(struct urne_order *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_order o = {.origin = {"", 0}, .election = {"", 0}};
	enum urne_err e;

	*out = o;
	if ((e = read_head(&o, d, &text)) == URNE_OK && (e = read_values(&o, d, text)) == URNE_OK &&
	    (e = urne_order_check_form(d, &o)) == URNE_OK) {
		*out = o;
	}
	return e;
}

/* --- values, as what they are --- */

struct urne_hash
urne_order_hash(const struct urne_order *o, size_t i, bool *there)
{
	struct urne_hash h = {{0}};

	*there = urne_hex_decode(h.b, sizeof(h.b), o->value[i]) == URNE_OK;
	return h;
}

uint64_t
urne_order_number(const struct urne_order *o, size_t i)
{
	uint64_t n = 0;

	/* of an order that was read it is a number */
	return urne_decimal_decode(&n, o->value[i], URNE_MERKLE_MAX_SIZE) == URNE_OK ? n : 0;
}

int64_t
urne_order_time(const struct urne_order *o, size_t i, bool *there)
{
	int64_t t = 0;

	*there = urne_utc_read(&t, o->value[i]) == URNE_OK;
	return t;
}

void
urne_order_text_hash(struct urne_hash *out, struct urne_view text)
{
	urne_sha256_of(out, text);
}

/* --- who signed --- */

enum urne_err
urne_order_signers_of(struct urne_order_signers *out, struct urne_diag *d,
    const struct urne_note *note, const struct urne_official_key *keys, size_t num)
{
	struct urne_order_signers s = {.num = 0};

	*out = s;
	for (size_t i = 0; i < num; i++) {
		enum urne_err e = urne_note_verify(d, note, &keys[i].key);

		if (e == URNE_ERR_UNKNOWN) {
			continue;
		}
		if (e == URNE_OK && keys[i].revoked) {
			e = urne_fail(d, URNE_ERR_ORDER,
			    "the key of %.*s was revoked; the line must go",
			    (int)keys[i].key.name.len, keys[i].key.name.p);
		}
		if (e != URNE_OK) {
			urne_diag_within(d, "the order: ");
			return e;
		}
		s.signed_by[i] = true;
		s.num++;
	}
	if (d != NULL) {
		*d = (struct urne_diag){{0}}; /* who did not sign is no fault */
	}
	*out = s;
	return URNE_OK;
}
