/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading a minutes document back, as far as its recomputation needs it: what was declared, and
 * which checks it reports. All the rest is computed again and compared as bytes, so it is not read
 * here.
 * Spec: docs/minutes.md#recomputing */
#include "documents/minutes.h"

#define MAX_CHECKS ((size_t)256) /* the verifier has tens */
#define MAX_ID	   ((size_t)64)

/* is_id: the form of an id of a check, which goes to terminals. */
static bool
is_id(const struct urne_json *v)
{
	if (v == NULL || v->type != URNE_JSON_STRING || v->text.len == 0 || v->text.len > MAX_ID) {
		return false;
	}
	for (size_t i = 0; i < v->text.len; i++) {
		char c = v->text.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
			return false;
		}
	}
	return true;
}

static bool
is_listed(const struct urne_view *ids, size_t num, struct urne_view id)
{
	for (size_t i = 0; i < num; i++) {
		if (urne_view_eq(ids[i], id)) {
			return true;
		}
	}
	return false;
}

static enum urne_err
read_ids(const struct urne_view **out, size_t *num, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_json *checks)
{
	struct urne_view *ids = urne_arena_alloc(arena, checks->num_children, sizeof(*ids));
	enum urne_err e = URNE_OK;
	size_t i = 0;

	if (ids == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the checks of the minutes");
	}
	for (const struct urne_json *c = checks->child; c != NULL; c = c->next, i++) {
		const struct urne_json *id = urne_json_get(c, "id");

		if (!is_id(id)) {
			return urne_json_fail(
			    d, URNE_ERR_SYNTAX, c, "a check has an \"id\" of a-z, 0-9 and -");
		}
		if (is_listed(ids, i, id->text)) {
			return urne_json_fail(
			    d, URNE_ERR_DUPLICATE, id, "this check is reported twice");
		}
		e = urne_arena_copy(arena, &ids[i], id->text);
		if (e != URNE_OK) {
			return urne_fail(d, e, "no memory for the checks of the minutes");
		}
	}
	*out = ids;
	*num = i;
	return URNE_OK;
}

enum urne_err
urne_minutes_inputs(struct urne_view *declared, const struct urne_view **check_ids,
    size_t *num_checks, struct urne_arena *arena, struct urne_diag *d, struct urne_view text)
{
	const struct urne_json *root = NULL, *format, *object, *checks;
	const struct urne_view *ids = NULL;
	size_t num = 0;
	enum urne_err e;

	*declared = (struct urne_view){"{}", 2};
	*check_ids = NULL;
	*num_checks = 0;
	e = urne_json_parse(&root, arena, d, text);
	if (e != URNE_OK) {
		return e;
	}
	format = urne_json_get(root, "format");
	if (format == NULL || format->type != URNE_JSON_STRING) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, root,
		    "these are no minutes: \"format\" is missing; give the JSON document of urne "
		    "minutes");
	}
	if (!urne_view_is(format->text, "urne-minutes-1")) {
		return urne_json_fail(d, URNE_ERR_UNSUPPORTED, format,
		    "this program knows the format urne-minutes-1 only; a newer one may know this");
	}
	object = urne_json_get(root, "declared");
	if (object == NULL || object->type != URNE_JSON_OBJECT) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, object == NULL ? root : object,
		    "\"declared\" must be there and an object");
	}
	checks = urne_json_get(urne_json_get(root, "verification"), "checks");
	if (checks == NULL || checks->type != URNE_JSON_ARRAY) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, checks == NULL ? root : checks,
		    "\"verification\" must hold the list \"checks\"");
	}
	if (checks->num_children > MAX_CHECKS) {
		return urne_json_fail(
		    d, URNE_ERR_LIMIT, checks, "more than %zu checks", MAX_CHECKS);
	}
	e = read_ids(&ids, &num, arena, d, checks);
	if (e == URNE_OK) {
		e = urne_arena_copy(arena, declared, object->raw);
	}
	if (e == URNE_OK) {
		*check_ids = ids;
		*num_checks = num;
	}
	return e;
}
