/* SPDX-License-Identifier: EUPL-1.2 */
/* The answer says at which height the event stands; whoever asked proves it. */
#include "client/cli/event_send.h"

#include "base/json.h"
#include "base/limits.h"

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
urne_event_send(
    struct urne_remote *r, uint64_t *height, enum urne_event_type type, struct urne_view records)
{
	static const char *const headers[] = {"Content-Type: application/octet-stream", NULL};
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
