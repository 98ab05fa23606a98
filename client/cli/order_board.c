/* SPDX-License-Identifier: EUPL-1.2 */
/* What the board says of an order is compared with the journal that it signs. */
#include "client/cli/order_board.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/json.h"

#define ORDERS_MEMORY ((size_t)64 << 20)
#define MAX_WAITING   ((size_t)1000)
#define MIN_DIGITS    ((size_t)8)
/* Seconds that a cache may show an older checkpoint than the one the board answered with. */
#define MAX_WAITS 5

int64_t
urne_order_board_clock(const struct urne_order_board *b)
{
	int64_t now = (int64_t)time(NULL);

	return b != NULL && b->journal != NULL ? urne_journal_clock(b->journal, now) : now;
}

/* --- what waits --- */

static void
name_signers(struct urne_waiting_order *w, const struct urne_journal *j,
    const struct urne_order_signers *signers)
{
	size_t num = 0;
	const struct urne_official_key *officials = urne_journal_officials(j, &num);

	if (urne_action_form(w->order.action)->by_registrar) {
		w->num_signed = signers->num;
		w->signed_by[0] = urne_journal_genesis(j)->registrar.name;
		return;
	}
	for (size_t i = 0; i < num && i < URNE_MAX_OFFICIALS; i++) {
		if (signers->signed_by[i]) {
			w->signed_by[w->num_signed++] = officials[i].key.name;
		}
	}
}

/* An order that the board shows and that means nothing is left aside: nobody can be made to sign
 * it. */
static enum urne_err
take_waiting(struct urne_order_board *b, struct urne_view text)
{
	struct urne_waiting_order *w = &b->waiting[b->num_waiting];
	struct urne_order_signers signers = {.num = 0};
	struct urne_order judged;
	struct urne_diag why = {{0}};
	int64_t now = urne_order_board_clock(b);
	enum urne_err e = urne_note_read(&w->lines, &b->arena, &why, text);

	if (e == URNE_OK) {
		e = urne_order_read(&w->order, &why, w->lines.text);
	}
	if (e != URNE_OK) {
		urne_cli_note(
		    "urne: note: %s: shows an order that is none: %s", b->r.address.data, why.text);
		return urne_err_is_ours(e) ? e : URNE_OK;
	}
	w->note = text;
	urne_order_text_hash(&w->hash, w->lines.text);
	e = urne_journal_judge(
	    b->journal, &judged, &signers, &w->needed, &b->arena, &why, text, now);
	b->num_waiting++;
	if (e == URNE_OK) {
		name_signers(w, b->journal, &signers);
		return e;
	}
	if (urne_err_is_ours(e)) {
		return urne_fail(&b->cli->diag, e, "%s", why.text);
	}
	return urne_arena_copy(&b->arena, &w->refused, urne_view_of(why.text));
}

static enum urne_err
fetch_waiting(struct urne_order_board *b)
{
	struct urne_diag *d = &b->cli->diag;
	const struct urne_json *root = NULL, *list;
	bool found = false;
	enum urne_err e;

	urne_buf_reset(&b->answer);
	b->num_waiting = 0;
	e = urne_remote_try(&b->r, &b->answer, &found, "orders");
	if (e == URNE_OK && !found) {
		return URNE_OK;
	}
	if (e == URNE_OK) {
		e = urne_json_parse(&root, &b->arena, d, urne_buf_view(&b->answer));
	}
	list = urne_json_get(root, "orders");
	if (e == URNE_OK &&
	    (list == NULL || list->type != URNE_JSON_ARRAY || list->num_children > MAX_WAITING)) {
		e = urne_fail(d, URNE_ERR_SYNTAX, "does not list the orders that wait");
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "%s/orders: ", b->r.address.data);
		return e;
	}
	b->waiting = urne_arena_alloc(&b->arena, list->num_children, sizeof(*b->waiting));
	if (b->waiting == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the orders that wait");
	}
	for (const struct urne_json *v = list->child; e == URNE_OK && v != NULL; v = v->next) {
		const struct urne_json *note = urne_json_get(v, "note");

		e = take_waiting(b, note != NULL ? note->text : (struct urne_view){"", 0});
	}
	return e;
}

enum urne_err
urne_order_board_find(
    struct urne_order_board *b, const struct urne_waiting_order **out, struct urne_view digits)
{
	char hex[URNE_HASH_HEX_LEN];
	size_t num = 0;

	*out = NULL;
	for (size_t i = 0; i < b->num_waiting; i++) {
		urne_hex_encode(hex, b->waiting[i].hash.b, URNE_HASH_LEN);
		if (digits.len >= MIN_DIGITS && digits.len <= sizeof(hex) &&
		    memcmp(hex, digits.p, digits.len) == 0) {
			*out = &b->waiting[i];
			num++;
		}
	}
	return num == 1 ? URNE_OK
			: urne_fail(&b->cli->diag, URNE_ERR_UNKNOWN,
			      "%s: %s order whose hash begins with %.*s waits there; \"urne order "
			      "list\" shows what waits, \"urne journal\" what was done",
			      b->r.address.data, num == 0 ? "no" : "more than one", (int)digits.len,
			      digits.p);
}

/* --- opening --- */

enum urne_err
urne_order_board_open(struct urne_order_board *b, struct urne_cli *cli, const char *address)
{
	bool there = false;
	enum urne_err e;

	*b = (struct urne_order_board){.cli = cli};
	urne_arena_init(&b->arena, ORDERS_MEMORY);
	urne_buf_init(&b->answer, URNE_MAX_TEXT_FILE);
	e = urne_remote_open(&b->given, cli, address);
	if (e == URNE_OK && b->given.uuid.len > 0) {
		e = urne_remote_key(&b->given, &there);
	}
	if (e == URNE_OK) {
		e = urne_journal_remote(&b->r, &there, &b->given);
	}
	if (e == URNE_OK && !there) {
		e = urne_fail(&cli->diag, URNE_ERR_UNKNOWN,
		    "%s: this board keeps no journal, so nobody can order anything there",
		    b->given.base.data);
	}
	if (e == URNE_OK) {
		e = urne_journal_fetch(&b->r, &b->journal, NULL, NULL);
	}
	return e == URNE_OK ? fetch_waiting(b) : e;
}

void
urne_order_board_close(struct urne_order_board *b)
{
	urne_journal_free(b->journal);
	urne_remote_close(&b->r);
	urne_remote_close(&b->given);
	urne_buf_clear(&b->answer);
	urne_arena_clear(&b->arena);
}

enum urne_err
urne_order_board_election(
    struct urne_order_board *b, struct urne_remote *out, struct urne_view uuid)
{
	struct urne_note_key key = b->r.key;
	enum urne_err e = urne_remote_open(out, b->cli, b->given.base.data);

	if (e == URNE_OK) {
		e = urne_remote_election(out, uuid);
	}
	if (e == URNE_OK) {
		key.name = urne_journal_genesis(b->journal)->service;
		key.id = urne_note_key_id(key.name, key.key);
		e = urne_remote_keep_key(out, &key);
	}
	return e;
}

/* --- sending --- */

static enum urne_err
read_answer(struct urne_order_board *b, struct urne_order_answer *out, const struct urne_buf *text)
{
	const struct urne_json *root = NULL, *state;
	enum urne_err e = urne_json_parse(&root, &b->arena, &b->cli->diag, urne_buf_view(text));

	*out = (struct urne_order_answer){.executed = false};
	if (e == URNE_OK) {
		state = urne_json_get(root, "state");
		out->executed = state != NULL && urne_view_is(state->text, "executed");
		e = out->executed
			? urne_json_u64(&out->entry, urne_json_get(root, "entry"), UINT64_MAX)
			: urne_json_u64(&out->needed, urne_json_get(root, "needed"), UINT64_MAX);
	}
	return e == URNE_OK ? e
			    : urne_fail(&b->cli->diag, URNE_ERR_SYNTAX,
				  "%s: answers without saying what became of the order; look with "
				  "\"urne order list\"",
				  b->r.address.data);
}

/* prove_executed: the order stands where the board says, in a journal that it has signed since. */
static enum urne_err
prove_executed(struct urne_order_board *b, uint64_t entry, const struct urne_hash *hash)
{
	const struct urne_checkpoint before = b->r.checkpoint;
	struct urne_journal *newer = NULL;
	uint64_t at = 0;
	bool there = false;
	enum urne_err e = URNE_OK;

	for (int waits = 0; e == URNE_OK && !there && waits <= MAX_WAITS; waits++) {
		(void)nanosleep(&(struct timespec){.tv_sec = waits > 0 ? 1 : 0}, NULL);
		urne_journal_free(newer);
		urne_remote_forget(&b->r);
		e = urne_journal_fetch(&b->r, &newer, NULL, NULL);
		there = e == URNE_OK && urne_journal_executed(newer, &at, hash);
	}
	if (e == URNE_OK) {
		e = urne_remote_extends(&b->r, before.size, &before.root);
	}
	if (e == URNE_OK && (!there || at != entry)) {
		e = urne_fail(&b->cli->diag, URNE_ERR_MISMATCH,
		    "%s: says that it executed the order as entry %" PRIu64
		    ", and the journal that it has signed does not show it there; tell the other "
		    "officials and the trustees",
		    b->r.address.data, entry);
	}
	if (e == URNE_OK) {
		urne_journal_free(b->journal);
		b->journal = newer;
	} else {
		urne_journal_free(newer);
	}
	return e;
}

enum urne_err
urne_order_board_send(struct urne_order_board *b, struct urne_order_answer *out,
    struct urne_view note, const struct urne_hash *hash)
{
	static const char *const headers[] = {"Content-Type: text/plain; charset=utf-8", NULL};
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	e = urne_remote_send(&b->r, &text, "POST", "orders", headers, note);
	if (e == URNE_OK) {
		e = read_answer(b, out, &text);
		b->cli->unconfirmed = e != URNE_OK;
	} else {
		b->cli->unconfirmed = urne_err_is_ours(e);
	}
	urne_buf_clear(&text);
	if (e == URNE_OK && out->executed) {
		e = prove_executed(b, out->entry, hash);
		b->cli->unconfirmed = e != URNE_OK;
	}
	return e;
}
