/* SPDX-License-Identifier: EUPL-1.2 */
/* The order that is about to be given says whose proposal it is. */
#include "client/cli/draft_put.h"

#include "base/b64.h"

enum urne_err
urne_item_frame(struct urne_state *s, struct urne_buf *out, const struct urne_log_item *item)
{
	struct urne_hash hash;
	struct urne_buf body;
	enum urne_err e = URNE_OK;

	if (item->event.type == URNE_EVENT_SETUP) {
		urne_record_put_header(out, s->timestamp);
	}
	urne_buf_init(&body, URNE_MAX_RECORD);
	for (size_t i = 0; e == URNE_OK && i < item->num_data; i++) {
		urne_buf_reset(&body);
		e = urne_archive_load(s->archive, &body, &s->cli->diag, &item->data[i]);
		if (e == URNE_OK) {
			urne_record_put(
			    out, &hash, URNE_RECORD_DATA, urne_buf_view(&body), s->timestamp);
		}
	}
	urne_buf_clear(&body);
	if (e == URNE_OK && urne_buf_error(out) != URNE_OK) {
		e = urne_fail(&s->cli->diag, urne_buf_error(out), "no memory for the event");
	}
	return e;
}

static enum urne_err
put(struct urne_remote *r, const char *path, const char *order, struct urne_view content)
{
	const char *const headers[] = {"Content-Type: application/octet-stream", order, NULL};
	struct urne_buf there, answer;
	bool found = false;
	enum urne_err e;

	urne_buf_init(&there, URNE_MAX_RECORD);
	urne_buf_init(&answer, URNE_MAX_SMALL_FILE);
	e = urne_remote_try(r, &there, &found, path);
	if (e == URNE_OK && !(found && urne_view_eq(urne_buf_view(&there), content))) {
		e = urne_remote_send(r, &answer, "PUT", path, headers, content);
		if (e != URNE_OK) {
			urne_diag_within(&r->cli->diag, "%s: ", path);
		}
	}
	urne_buf_clear(&there);
	urne_buf_clear(&answer);
	return e;
}

enum urne_err
urne_draft_put(struct urne_remote *r, struct urne_state *s, struct urne_view order)
{
	struct urne_buf header, records;
	bool sealed = false;
	enum urne_err e = urne_sealed_definition(&s->sealed, &sealed);

	urne_buf_init(&header, 2 * URNE_NOTE_MAX);
	urne_buf_init(&records, URNE_MAX_RECORD);
	urne_buf_puts(&header, "Urne-Order: ");
	urne_b64_put(&header, (const uint8_t *)order.p, order.len);
	urne_buf_put(&header, "", 1);
	if (e == URNE_OK && urne_buf_error(&header) != URNE_OK) {
		e = urne_fail(&r->cli->diag, URNE_ERR_LIMIT, "the order is too long");
	}
	if (e == URNE_OK) {
		e = urne_item_frame(s, &records, &s->others[0]);
	}
	if (e == URNE_OK && sealed) {
		e = put(
		    r, "draft/definition", header.data, urne_buf_view(&s->sealed.definition_text));
	}
	if (e == URNE_OK) {
		e = put(r, "draft/setup", header.data, urne_buf_view(&records));
	}
	urne_buf_clear(&header);
	urne_buf_clear(&records);
	return e;
}
