/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading a minutes document back, as far as its recomputation needs it: what was declared. All the
 * rest is computed again and compared as bytes, so it is not read here.
 * Spec: docs/minutes.md#recomputing */
#include "documents/minutes.h"

enum urne_err
urne_minutes_inputs(struct urne_view *declared, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text)
{
	const struct urne_json *root = NULL, *format, *object;
	enum urne_err e;

	*declared = (struct urne_view){"{}", 2};
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
	e = urne_arena_copy(arena, declared, object->raw);
	return e == URNE_OK ? e : urne_fail(d, e, "no memory for what is declared");
}
