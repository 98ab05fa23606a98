/* SPDX-License-Identifier: EUPL-1.2 */
/* One function for each stage of the journal before members vote. */
#include "client/cli/status_journal.h"

#include <inttypes.h>
#include <stdio.h>

#include "documents/order_page.h"

#define NUM_ROUNDS 4u
#define MAX_WHO	   ((size_t)320)

/* order adds a step of the officials. */
static void
order(const struct urne_status_journal *s, const char *what, const char *action)
{
	urne_next_step(s->next, "official", what, "urne order give %s --board %s%s official.key",
	    action, s->r->address.data, s->key);
}

static void
next_roll(const struct urne_status_journal *s)
{
	const struct urne_journal_election *j = s->election;

	if (urne_journal_genesis(s->board->journal)->has_registrar && (j == NULL || !j->has_roll)) {
		urne_next_step(s->next, "registrar", "fix the roll",
		    "urne order give roll --from DIR --board %s%s registrar.key",
		    s->r->address.data, s->key);
	}
}

static void
next_push(const struct urne_status_journal *s, const char *what)
{
	urne_next_step(s->next, "official", what, "urne board push DIR --board %s%s official.key",
	    s->board->given.base.data, s->key);
}

static enum urne_err
next_none(struct urne_status_journal *s)
{
	urne_next_step(s->next, "official", "name the trustees who make the key over the board",
	    "urne order give prepare threshold=2 trustee=FILE trustee=FILE trustee=FILE --from DIR "
	    "--board %s%s official.key",
	    s->r->address.data, s->key);
	next_roll(s);
	next_push(s, "or bring an election that is sealed in a folder");
	return URNE_OK;
}

/* --- the ceremony: who has not sent the file of the round --- */

static enum urne_err
has_file(struct urne_status_journal *s, bool *there, unsigned round, size_t trustee)
{
	struct urne_buf path, body;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&body, URNE_MAX_TEXT_FILE);
	urne_buf_printf(&path, "draft/ceremony/%u/%zu", round, trustee);
	urne_buf_put(&path, "", 1);
	e = urne_buf_error(&path);
	if (e == URNE_OK) {
		e = urne_remote_try(s->r, &body, there, path.data);
	}
	urne_buf_clear(&path);
	urne_buf_clear(&body);
	return e;
}

static void
next_trustee(
    const struct urne_status_journal *s, size_t trustee, const char *what, const char *command)
{
	const struct urne_journal_election *j = s->election;
	struct urne_view name =
	    trustee <= j->num_prepared ? j->trustees[trustee - 1].name : (struct urne_view){"", 0};
	char who[MAX_WHO];

	(void)snprintf(who, sizeof(who), "trustee %zu%s%.*s", trustee, name.len > 0 ? ", " : "",
	    (int)name.len, name.p);
	urne_next_step(s->next, who, what, "urne trustee %s %s%s --key my.key", command,
	    s->r->address.data, s->key);
}

static enum urne_err
next_prepared(struct urne_status_journal *s)
{
	size_t missing = 0;
	unsigned round = 0;
	enum urne_err e = URNE_OK;

	while (e == URNE_OK && missing == 0 && round < NUM_ROUNDS) {
		round++;
		for (size_t j = 1; e == URNE_OK && j <= s->election->num_prepared; j++) {
			char what[MAX_WHO];
			bool there = false;

			e = has_file(s, &there, round, j);
			(void)snprintf(what, sizeof(what), "round %u of %u of the ceremony", round,
			    NUM_ROUNDS);
			if (e == URNE_OK && !there) {
				missing++;
				next_trustee(s, j, what, "join");
			}
		}
	}
	next_roll(s);
	if (e == URNE_OK && missing == 0) {
		urne_next_step(s->next, "official", "take the key that the trustees made",
		    "urne ceremony pull DIR --board %s%s", s->r->address.data, s->key);
		urne_next_step(s->next, "official", "then fix the election", "urne seal DIR");
		next_push(s, "then bring it to the board");
	}
	return e;
}

/* --- sealed --- */

static enum urne_err
next_sealed(struct urne_status_journal *s)
{
	const struct urne_journal_election *j = s->election;
	bool all = j->num_rehearsed == j->num_trustees;

	for (size_t i = 0; i < j->num_trustees; i++) {
		if (!j->rehearsed[i]) {
			next_trustee(s, i + 1,
			    j->test ? "rehearse the decryption (a test may do without)"
				    : "rehearse the decryption",
			    "rehearse");
		}
	}
	if (!j->test && !j->has_checklist) {
		order(s,
		    all ? "state that everything is ready"
			: "then, when all have rehearsed, state that everything is ready",
		    "checklist");
	}
	order(s, j->test || j->has_checklist ? "open the voting" : "then open the voting", "open");
	return URNE_OK;
}

static enum urne_err
next_called(struct urne_status_journal *s)
{
	urne_next_step(s->next, "nobody", "the board opens the voting at its hour; ask again",
	    "urne status --board %s%s", s->r->address.data, s->key);
	return URNE_OK;
}

static enum urne_err (*const steps[URNE_NUM_JOURNAL_STAGES])(struct urne_status_journal *s) = {
    [URNE_JOURNAL_NONE] = next_none,
    [URNE_JOURNAL_PREPARED] = next_prepared,
    [URNE_JOURNAL_SEALED] = next_sealed,
    [URNE_JOURNAL_CALLED] = next_called,
};

enum urne_err
urne_status_before(struct urne_status_journal *s)
{
	enum urne_journal_stage stage =
	    s->election != NULL ? s->election->stage : URNE_JOURNAL_NONE;

	return steps[stage] != NULL ? steps[stage](s) : URNE_OK;
}

void
urne_status_hours(const struct urne_status_journal *s)
{
	const struct urne_journal_election *j = s->election;
	struct urne_buf text;

	if (!j->has_hours || j->closes == j->sealed_closes) {
		return;
	}
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_words_seconds(&text, URNE_LANG_EN, j->closes);
	urne_cli_say(s->next->cli, "Extended: until %.*s", (int)text.len, text.data);
	urne_buf_reset(&text);
	urne_utc_write(&text, j->closes);
	urne_cli_put_view(s->next->cli, "extended", urne_buf_view(&text));
	urne_buf_clear(&text);
}
