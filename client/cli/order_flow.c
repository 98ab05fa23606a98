/* SPDX-License-Identifier: EUPL-1.2 */
/* Nothing is signed that was not recomputed and shown first. */
#include "client/cli/order_flow.h"

#include <inttypes.h>

#include "client/cli/order_after.h"

void
urne_order_flow_init(struct urne_order_flow *f, struct urne_cli *cli)
{
	*f = (struct urne_order_flow){.cli = cli, .known = {.state = {.lock = -1}}};
	urne_order_text_init(&f->text);
	urne_buf_init(&f->note, URNE_NOTE_MAX);
}

void
urne_order_flow_clear(struct urne_order_flow *f)
{
	urne_signers_clear(&f->signers);
	urne_order_known_clear(&f->known);
	urne_order_text_clear(&f->text);
	urne_order_board_close(&f->board);
	urne_buf_clear(&f->note);
}

struct urne_hash_hex
urne_hash_hex(const struct urne_hash *h)
{
	struct urne_hash_hex out = {{0}};

	urne_hex_encode(out.s, h->b, URNE_HASH_LEN);
	return out;
}

/* --- writing --- */

enum urne_err
urne_order_flow_write(struct urne_order_flow *f, const struct urne_order_words *w,
    struct urne_view origin, bool has_board)
{
	enum urne_err e = urne_order_known(&f->known, has_board ? &f->board : NULL, f->cli,
	    w->action, w->election, urne_cli_option(f->cli, "from"));

	return e == URNE_OK ? urne_order_text_write(&f->text, f->cli, w, &f->known, origin,
				  urne_order_board_clock(has_board ? &f->board : NULL))
			    : e;
}

struct urne_order_subject
urne_order_flow_subject(const struct urne_order_flow *f, struct urne_note *room)
{
	*room = (struct urne_note){.text = urne_buf_view(&f->text.text)};
	for (size_t i = 0; i < f->board.num_waiting; i++) {
		const struct urne_waiting_order *w = &f->board.waiting[i];

		if (w->refused.len == 0 && urne_order_same(&w->order, &f->text.order)) {
			return (struct urne_order_subject){&w->order, &w->lines, w->hash, w};
		}
	}
	return (struct urne_order_subject){&f->text.order, room, f->text.hash, NULL};
}

/* --- showing --- */

struct urne_order_facts
urne_order_facts_of(const struct urne_order_subject *s, const struct urne_order_board *b,
    struct urne_view names[URNE_MAX_OFFICIALS])
{
	struct urne_order_facts f = {.order = s->order, .hash = s->hash, .signed_by = names};

	if (b != NULL) {
		f.executed = urne_journal_executed(b->journal, &f.entry, &s->hash);
	}
	if (s->waiting != NULL) {
		f.signed_by = s->waiting->signed_by;
		f.num_signed = s->waiting->num_signed;
		f.needed = s->waiting->needed;
		f.has_needed = s->waiting->refused.len == 0;
		return f;
	}
	f.unverified = s->note->num_lines > 0;
	for (size_t i = 0; i < s->note->num_lines && i < URNE_MAX_OFFICIALS; i++) {
		names[f.num_signed++] = s->note->lines[i].name;
	}
	return f;
}

enum urne_err
urne_order_flow_check(struct urne_order_flow *f, const struct urne_order *o, bool has_board)
{
	enum urne_err e;

	urne_order_known_clear(&f->known);
	e = urne_order_known(
	    &f->known, has_board ? &f->board : NULL, f->cli, o->action, o->election, NULL);
	return e == URNE_OK ? urne_order_known_check(&f->known, o) : e;
}

enum urne_err
urne_order_flow_present(struct urne_order_flow *f, const struct urne_order_subject *s)
{
	struct urne_view names[URNE_MAX_OFFICIALS];
	struct urne_order_facts facts = urne_order_facts_of(s, NULL, names);
	struct urne_buf page;
	enum urne_err e;

	urne_buf_init(&page, URNE_MAX_DOCUMENT);
	e = urne_order_show(f->cli, &page, &facts, &f->known, false);
	if (e == URNE_OK) {
		urne_cli_note("%.*s", (int)page.len, page.data);
		e = urne_confirm(f->cli, "Signer cet ordre ? Sign this order? (oui/yes)");
	}
	urne_buf_clear(&page);
	return e;
}

/* --- signing and sending --- */

enum urne_err
urne_order_flow_sign(struct urne_order_flow *f, const struct urne_order_subject *s,
    const struct urne_note *kept, const char *const *keys, size_t num_keys)
{
	const struct urne_note bare = {.text = s->note->text};
	size_t num = 0;
	enum urne_err e =
	    urne_order_note(f->cli, &f->note, &num, kept != NULL ? kept : &bare, NULL);

	if (e == URNE_OK) {
		e = urne_signers_open(&f->signers, f->cli, keys, num_keys);
	}
	return e == URNE_OK ? urne_order_sign(f->cli, &f->note, &f->signers, s->note, s->note->text)
			    : e;
}

static void
report(struct urne_order_flow *f, const struct urne_order_subject *s,
    const struct urne_order_answer *answer)
{
	struct urne_cli *cli = f->cli;
	const char *name = urne_action_form(s->order->action)->name;
	const struct urne_hash_hex hex = urne_hash_hex(&s->hash);

	if (answer->executed) {
		urne_cli_say(cli,
		    "%s: the order \"%s\" is executed, as entry %" PRIu64
		    " of the journal that the board has signed",
		    hex.s, name, answer->entry);
		urne_cli_put_u64(cli, "entry", answer->entry);
	} else {
		urne_cli_say(cli, "%s: the order \"%s\" waits for %" PRIu64 " more signature%s",
		    hex.s, name, answer->needed, answer->needed == 1 ? "" : "s");
		urne_cli_say(cli, "The next official: urne order sign %s --board %s KEYFILE", hex.s,
		    f->board.given.base.data);
		urne_cli_put_u64(cli, "needed", answer->needed);
	}
	urne_cli_put_string(cli, "order", hex.s);
	urne_cli_put_string(cli, "action", name);
	urne_cli_put_view(cli, "election", s->order->election);
	urne_cli_put_string(cli, "state", answer->executed ? "executed" : "waiting");
}

enum urne_err
urne_order_flow_send(struct urne_order_flow *f, const struct urne_order_subject *s)
{
	struct urne_order_answer answer = {.executed = false};
	enum urne_err e =
	    urne_order_board_send(&f->board, &answer, urne_buf_view(&f->note), &s->hash);

	if (e == URNE_OK) {
		report(f, s, &answer);
	}
	return e == URNE_OK && answer.executed ? urne_order_after(&f->board, s->order) : e;
}
