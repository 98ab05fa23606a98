/* SPDX-License-Identifier: EUPL-1.2 */
/* One order is one note with the line of every official who signs; it travels in a header beside
 * the records, whose hash it names. */
#include "client/cli/orders.h"

#include <stdlib.h>

#include "base/b64.h"
#include "bulletin/log/event_order.h"
#include "client/cli/keys.h"

enum urne_err
urne_signers_open(
    struct urne_signers *out, struct urne_cli *cli, const char *const *paths, size_t num)
{
	struct urne_buf key;
	enum urne_err e = URNE_OK;

	*out = (struct urne_signers){NULL, 0};
	if (num > URNE_MAX_OFFICIALS) {
		return urne_fail(&cli->diag, URNE_ERR_LIMIT, "more than %zu keys of officials",
		    URNE_MAX_OFFICIALS);
	}
	out->signers = calloc(num, sizeof(*out->signers));
	if (out->signers == NULL) {
		return urne_fail(&cli->diag, URNE_ERR_MEMORY, "no memory for the keys");
	}
	urne_buf_init_secret(&key, URNE_MAX_SMALL_FILE);
	for (size_t i = 0; e == URNE_OK && i < num; i++) {
		urne_buf_reset(&key);
		e = urne_key_open(cli, &key, paths[i]);
		if (e == URNE_OK) {
			out->num = i + 1; /* to be wiped, whatever comes */
			e = urne_signer_read(&out->signers[i], &cli->diag, urne_buf_view(&key));
			if (e != URNE_OK) {
				urne_diag_within(&cli->diag, "%s: ", paths[i]);
			}
		}
	}
	urne_buf_clear(&key);
	return e;
}

void
urne_signers_clear(struct urne_signers *s)
{
	for (size_t i = 0; i < s->num; i++) {
		urne_signer_clear(&s->signers[i]);
	}
	free(s->signers);
	*s = (struct urne_signers){NULL, 0};
}

static enum urne_err
sign(struct urne_remote *r, struct urne_buf *note, const struct urne_signers *signers,
    const struct urne_event_order *order)
{
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_NOTE_MAX);
	urne_event_order_write(&text, order);
	e = urne_buf_error(&text);
	urne_buf_put_view(note, urne_buf_view(&text));
	urne_buf_putc(note, '\n');
	for (size_t i = 0; e == URNE_OK && i < signers->num; i++) {
		e = urne_signer_sign(note, &signers->signers[i], urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	if (e == URNE_OK) {
		e = urne_buf_error(note);
	}
	return e == URNE_OK ? e : urne_fail(&r->cli->diag, e, "the order could not be signed");
}

/* {"election":UUID,"event":Type,"height":N} */
static enum urne_err
read_height(struct urne_remote *r, uint64_t *height, const struct urne_buf *answer)
{
	const struct urne_json *root = NULL;
	struct urne_arena arena;
	enum urne_err e;

	urne_arena_init(&arena, URNE_MAX_SMALL_FILE);
	e = urne_json_parse(&root, &arena, &r->cli->diag, urne_buf_view(answer));
	if (e == URNE_OK) {
		e = urne_json_u64(height, urne_json_get(root, "height"), URNE_MERKLE_MAX_SIZE);
	}
	if (e != URNE_OK) {
		e = urne_fail(&r->cli->diag, URNE_ERR_SYNTAX,
		    "%s: answers without saying at which height the event stands", r->address.data);
	}
	urne_arena_clear(&arena);
	return e;
}

enum urne_err
urne_event_send(struct urne_remote *r, uint64_t *height, enum urne_event_type type,
    const char *order, struct urne_view records)
{
	const char *const headers[] = {"Content-Type: application/octet-stream", order, NULL};
	struct urne_buf path, answer;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&answer, URNE_MAX_SMALL_FILE);
	urne_buf_printf(&path, "events/%s", urne_event_type_name(type));
	urne_buf_put(&path, "", 1);
	e = urne_buf_error(&path);
	if (e == URNE_OK) {
		e = urne_remote_send(r, &answer, "POST", path.data, headers, records);
	}
	if (e == URNE_OK) {
		e = read_height(r, height, &answer);
	}
	urne_buf_clear(&path);
	urne_buf_clear(&answer);
	return e;
}

enum urne_err
urne_event_order_send(struct urne_remote *r, uint64_t *height, const struct urne_signers *signers,
    enum urne_event_type type, const struct urne_hash *payload, struct urne_view records)
{
	struct urne_event_order order = {
	    .origin = urne_buf_view(&r->origin), .type = type, .has_payload = payload != NULL};
	struct urne_buf note, header;
	enum urne_err e;

	urne_buf_init(&note, URNE_NOTE_MAX);
	urne_buf_init(&header, 2 * URNE_NOTE_MAX);
	if (payload != NULL) {
		order.payload = *payload;
	}
	e = sign(r, &note, signers, &order);
	urne_buf_puts(&header, "Urne-Order: ");
	urne_b64_put(&header, (const uint8_t *)note.data, note.len);
	urne_buf_put(&header, "", 1);
	if (e == URNE_OK && urne_buf_error(&header) != URNE_OK) {
		e = urne_fail(&r->cli->diag, URNE_ERR_LIMIT, "the order is too long");
	}
	if (e == URNE_OK) {
		e = urne_event_send(r, height, type, header.data, records);
	}
	urne_buf_clear(&note);
	urne_buf_clear(&header);
	return e;
}
