/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading a minutes document back, as far as its recomputation needs it: what was declared, and
 * how far the journal had come. All the rest is computed again and compared as bytes, so it is not
 * read here. Spec: docs/minutes.md#recomputing */
#include <inttypes.h>

#include "bulletin/log/merkle.h"
#include "documents/minutes.h"

/* A genesis alone tells nothing of an election. */
#define MIN_ENTRIES ((uint64_t)2)

static enum urne_err
read_size(struct urne_minutes_inputs *out, struct urne_diag *d, const struct urne_json *root)
{
	const struct urne_json *journal = urne_json_get(root, "journal");
	const struct urne_json *size = journal != NULL ? urne_json_get(journal, "size") : NULL;

	if (journal == NULL) {
		return URNE_OK;
	}
	if (size == NULL ||
	    urne_json_u64(&out->journal_size, size, URNE_MERKLE_MAX_SIZE) != URNE_OK ||
	    out->journal_size < MIN_ENTRIES) {
		out->journal_size = 0;
		return urne_json_fail(d, URNE_ERR_SYNTAX, journal,
		    "\"journal\" must say its \"size\", a number from 2 on");
	}
	return URNE_OK;
}

enum urne_err
urne_minutes_journal_of(struct urne_minutes_journal *out, struct urne_diag *d,
    const struct urne_journal *j, const struct urne_proceedings *said, uint64_t size)
{
	*out = (struct urne_minutes_journal){.size = 0};
	if (size > urne_journal_size(j) || size < MIN_ENTRIES) {
		return urne_fail(d, URNE_ERR_INCOMPLETE,
		    "the journal has %" PRIu64 " entries, and the minutes hold %" PRIu64
		    ": take a newer copy of it",
		    urne_journal_size(j), size);
	}
	*out = (struct urne_minutes_journal){size, urne_journal_genesis(j), said};
	return URNE_OK;
}

enum urne_err
urne_minutes_inputs(struct urne_minutes_inputs *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text)
{
	const struct urne_json *root = NULL, *format, *object;
	enum urne_err e;

	*out = (struct urne_minutes_inputs){.declared = {"{}", 2}};
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
	e = read_size(out, d, root);
	if (e != URNE_OK) {
		return e;
	}
	e = urne_arena_copy(arena, &out->declared, object->raw);
	return e == URNE_OK ? e : urne_fail(d, e, "no memory for what is declared");
}
