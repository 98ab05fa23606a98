/* SPDX-License-Identifier: EUPL-1.2 */
/* A board that says nothing of hints is an older one and would not understand them. */
#include "client/cli/vote_hints.h"

#include "base/json.h"
#include "base/limits.h"
#include "election/ballot_hints.h"

#define STATUS_MEMORY ((size_t)4 << 20)
/* A ballot, decoded: its numbers take a few times the bytes of their text. */
#define BALLOT_MEMORY ((size_t)512 << 20)
#define MAX_HINTED    (URNE_MAX_BALLOT + 1 + URNE_MAX_HINTED_POINTS * URNE_HINT_LEN)

/* wants: what the board's status says; a board that cannot say it now gets the ballot alone. */
static bool
wants(struct urne_remote *r)
{
	const struct urne_json *root = NULL, *hints;
	struct urne_arena arena;
	struct urne_buf text;
	bool found = false, yes = false;

	urne_arena_init(&arena, STATUS_MEMORY);
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	if (urne_remote_try(r, &text, &found, "status") == URNE_OK && found &&
	    urne_json_parse(&root, &arena, NULL, urne_buf_view(&text)) == URNE_OK) {
		hints = urne_json_get(root, "hints");
		yes = hints != NULL && hints->type == URNE_JSON_BOOL && hints->boolean;
	}
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
	return yes;
}

/* put_hinted appends the ballot, a newline, its hints. */
static enum urne_err
put_hinted(struct urne_buf *out, const struct urne_election *e, struct urne_view text)
{
	size_t len = urne_ballot_num_points(e) * URNE_HINT_LEN;
	struct urne_arena arena;
	struct urne_ballot b;
	char *room;
	enum urne_err err;

	urne_arena_init(&arena, BALLOT_MEMORY);
	urne_buf_put_view(out, text);
	urne_buf_putc(out, '\n');
	room = len > 0 ? urne_buf_grow(out, len) : NULL;
	err = room == NULL ? URNE_ERR_MEMORY : urne_ballot_read(&b, &arena, NULL, e, text);
	if (err == URNE_OK) {
		err = urne_ballot_hints_make((uint8_t *)room, &b, e);
	}
	if (err == URNE_OK) {
		out->len += len;
	}
	urne_arena_clear(&arena);
	return err;
}

/* refused: the board, or somebody on the way, does not take ballots of this type or length; nothing
 * was recorded. */
static bool
refused(const struct urne_remote *r)
{
	return r->status == 413 || r->status == 415;
}

enum urne_err
urne_vote_cast(struct urne_remote *r, struct urne_buf *answer, const struct urne_election *e,
    struct urne_view ballot)
{
	static const char *const alone[] = {"Content-Type: application/json", NULL};
	static const char *const with[] = {
	    "Content-Type: application/vnd.urne.hinted-ballot", NULL};
	struct urne_buf hinted;
	bool sent = false;
	enum urne_err err = URNE_OK;

	urne_buf_init(&hinted, MAX_HINTED);
	if (e != NULL && urne_ballot_num_points(e) > 0 && wants(r) &&
	    put_hinted(&hinted, e, ballot) == URNE_OK) {
		err = urne_remote_send(r, answer, "POST", "ballots", with, urne_buf_view(&hinted));
		sent = err == URNE_OK || !refused(r);
	}
	if (!sent) {
		err = urne_remote_send(r, answer, "POST", "ballots", alone, ballot);
	}
	urne_buf_clear(&hinted);
	return err;
}
