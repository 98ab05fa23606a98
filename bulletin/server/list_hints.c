/* SPDX-License-Identifier: EUPL-1.2 */
/* Hints come in pieces, in the order of the list, and go behind the head of the record. */
#include "bulletin/server/list_hints.h"

#include "base/limits.h"
#include "crypto/sha256.h"
#include "election/hint_record.h"

/* Which data record of a Setup is the list. */
#define CREDENTIALS 2

static void
begin_record(struct urne_list_record *r, size_t total)
{
	size_t len = URNE_HINT_RECORD_HEAD_LEN + total * URNE_HINT_LEN;
	uint8_t head[URNE_HINT_RECORD_HEAD_LEN];
	struct urne_hash hash;

	urne_sha256_of(&hash, r->list);
	urne_hint_record_head(head, &hash, total);
	urne_buf_clear(r->out);
	urne_buf_init(r->out, len);
	if (urne_buf_grow(r->out, len) != NULL) { /* at once, as it is known */
		urne_buf_put(r->out, head, sizeof(head));
	}
}

/* put_piece: without memory the buffer says so, and the list is read all the same. */
static enum urne_err
put_piece(
    void *ctx, struct urne_diag *d, const uint8_t *hints, size_t first, size_t num, size_t total)
{
	struct urne_list_record *r = ctx;

	(void)d;
	if (first == 0) {
		begin_record(r, total);
	}
	urne_buf_put(r->out, hints, num * URNE_HINT_LEN);
	return URNE_OK;
}

struct urne_credential_hints *
urne_list_record_begin(struct urne_list_record *r, struct urne_buf *out, struct urne_view list)
{
	*r = (struct urne_list_record){.hints = {.write = put_piece}, .out = out, .list = list};
	r->hints.ctx = r;
	urne_buf_reset(out);
	return &r->hints;
}

enum urne_err
urne_list_of(struct urne_view *list, struct urne_hash *hash, struct urne_buf *room,
    struct urne_diag *d, struct urne_store *s, const struct urne_board_log *l)
{
	struct urne_view data[URNE_MAX_EVENT_DATA];
	struct urne_entry_row row;
	struct urne_event setup;
	struct urne_buf event;
	size_t num = 0;
	enum urne_err e;

	*list = (struct urne_view){NULL, 0};
	urne_buf_init(&event, URNE_MAX_SMALL_FILE);
	e = urne_store_entry(s, &row, &event, d, l->id, 0);
	e = e == URNE_OK ? urne_event_read(&setup, d, urne_buf_view(&event)) : e;
	e = e == URNE_OK ? urne_ledger_data(data, &num, room, s, d, &setup) : e;
	if (e == URNE_OK && num <= CREDENTIALS) {
		e = urne_fail(d, URNE_ERR_INTERNAL, "main.db: the Setup lacks records");
	}
	if (e == URNE_OK) {
		*list = data[CREDENTIALS];
		urne_sha256_of(hash, *list);
	}
	urne_buf_clear(&event);
	return e;
}

enum urne_err
urne_list_record_make(struct urne_buf *out, struct urne_diag *d, const struct urne_board_log *l,
    struct urne_view list, struct urne_pool *pool)
{
	struct urne_credentials *c = NULL;
	struct urne_list_record r;
	enum urne_err e = urne_credentials_parse_hinted(
	    &c, l->election->election.group, d, list, pool, urne_list_record_begin(&r, out, list));

	urne_credentials_free(c);
	return e == URNE_OK && urne_buf_error(out) != URNE_OK
		   ? urne_fail(d, urne_buf_error(out), "no memory for hints of the list")
		   : e;
}
