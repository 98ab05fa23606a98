/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders come in, each with the signatures of some officials, and those that wait for more are told
 * to everybody. The signatures are all the authorisation there is. */
#include <inttypes.h>

#include "base/limits.h"
#include "bulletin/server/handlers.h"

/* The lines of a note, taken apart. */
#define ARENA ((size_t)1 << 20)

static void
put_hash(struct urne_buf *out, const struct urne_hash *hash)
{
	urne_buf_puts(out, "{\"order\":\"");
	urne_buf_put_hex(out, hash->b, sizeof(hash->b));
}

/* --- sending one --- */

static enum urne_problem
handle_order(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	enum urne_problem p = urne_request_begin(r, d, URNE_SUBMIT_ORDER);

	(void)out;
	return p == URNE_PROBLEM_NONE ? urne_request_submit(s, r, d) : p;
}

/* outcome: an order of nobody is not authorised, and one too many is not for now. */
static enum urne_problem
outcome(struct urne_request *r, struct urne_diag *d)
{
	const struct urne_submission *s = r->submission;
	enum urne_problem p = urne_request_outcome(r, d);

	if (s->err == URNE_ERR_INCOMPLETE && s->num_signed == 0) {
		return URNE_PROBLEM_NOT_AUTHORISED;
	}
	return s->err == URNE_ERR_LIMIT && s->retry_after > 0 ? URNE_PROBLEM_BUSY : p;
}

static enum urne_problem
finish_order(struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	const struct urne_submission *s = r->submission;
	enum urne_problem p = outcome(r, d);

	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	out->type = URNE_TYPE_JSON;
	out->cache = URNE_CACHE_NEVER;
	put_hash(&out->body, &s->order);
	if (s->num_needed > 0) {
		urne_buf_printf(&out->body,
		    "\",\"state\":\"waiting\",\"signed\":%zu,\"needed\":%zu}\n", s->num_signed,
		    s->num_needed);
	} else {
		urne_buf_printf(
		    &out->body, "\",\"state\":\"executed\",\"entry\":%" PRIu64 "}\n", s->height);
	}
	return URNE_PROBLEM_NONE;
}

const struct urne_handler urne_handle_order = {
    .body = URNE_BODY_MEMORY,
    .max_body = URNE_MAX_ORDER,
    .handle = handle_order,
    .finish = finish_order,
};

/* --- those that wait --- */

struct listing {
	struct urne_buf *out;
	struct urne_arena arena;
	struct urne_diag *diag;
	size_t agree, num;
};

static enum urne_err
read_agree(void *ctx, const struct urne_journal *j)
{
	struct listing *l = ctx;

	l->agree = urne_journal_genesis(j)->agree;
	return URNE_OK;
}

/* put_waiting: the note has the lines that count and no others. */
static enum urne_err
put_waiting(void *ctx, const struct urne_hash *order, struct urne_view text)
{
	struct listing *l = ctx;
	struct urne_note note;
	enum urne_err e = urne_note_read(&note, &l->arena, l->diag, text);

	if (e != URNE_OK) {
		return URNE_ERR_INTERNAL; /* it was read when it came */
	}
	urne_buf_puts(l->out, l->num++ > 0 ? "," : "");
	put_hash(l->out, order);
	urne_buf_puts(l->out, "\",\"signed\":[");
	for (size_t i = 0; i < note.num_lines; i++) {
		urne_buf_puts(l->out, i > 0 ? "," : "");
		urne_buf_put_json_string(l->out, note.lines[i].name);
	}
	urne_buf_printf(l->out, "],\"needed\":%zu,\"note\":",
	    l->agree > note.num_lines ? l->agree - note.num_lines : 0);
	urne_buf_put_json_string(l->out, text);
	urne_buf_putc(l->out, '}');
	return URNE_OK;
}

static enum urne_problem
handle_waiting(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	struct listing l = {.out = &out->body, .diag = d};
	enum urne_err e = urne_board_journal_use(s->board, read_agree, &l);

	(void)r;
	out->type = URNE_TYPE_JSON;
	out->cache = URNE_CACHE_NEVER;
	urne_arena_init(&l.arena, URNE_MAX_WAITING * ARENA);
	urne_buf_printf(&out->body, "{\"agree\":%zu,\"orders\":[", l.agree);
	if (e == URNE_OK) {
		e = urne_board_waiting(s->board, d, put_waiting, &l);
	}
	urne_buf_puts(&out->body, "]}\n");
	urne_arena_clear(&l.arena);
	return urne_problem_of(e);
}

const struct urne_handler urne_handle_waiting = {.handle = handle_waiting};
