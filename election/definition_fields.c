/* SPDX-License-Identifier: EUPL-1.2 */
/* Objects of a vote definition held against tables of their fields: what is unknown, what is
 * missing, and which name was probably meant.
 * Spec: docs/vote-definition.md */
#include "election/definition_read.h"

#include <stdio.h>
#include <string.h>

#define MAX_NAME  ((size_t)24) /* longer names are not compared letter by letter */
#define MAX_NAMES ((size_t)24)

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* distance counts the letters to change, add, leave out or exchange with a neighbour. */
static size_t
distance(struct urne_view a, struct urne_view b)
{
	size_t row[MAX_NAME + 1][MAX_NAME + 1];

	for (size_t i = 0; i <= a.len; i++) {
		row[i][0] = i;
	}
	for (size_t j = 0; j <= b.len; j++) {
		row[0][j] = j;
	}
	for (size_t i = 1; i <= a.len; i++) {
		for (size_t j = 1; j <= b.len; j++) {
			size_t same = a.p[i - 1] == b.p[j - 1] ? 0 : 1;
			size_t d = least(
			    row[i - 1][j - 1] + same, least(row[i - 1][j], row[i][j - 1]) + 1);

			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1]) {
				d = least(d, row[i - 2][j - 2] + 1);
			}
			row[i][j] = d;
		}
	}
	return row[a.len][b.len];
}

const char *
urne_def_nearest(struct urne_view v, const char *const *names)
{
	const char *best = NULL;
	size_t best_distance = 3;

	if (v.len == 0 || v.len > MAX_NAME) {
		return NULL;
	}
	for (size_t i = 0; names[i] != NULL; i++) {
		struct urne_view name = urne_view_of(names[i]);
		/* of a word of two letters, two changed ones leave nothing */
		size_t len = least(name.len, v.len), far = len > 3 ? 2 : len > 1 ? 1 : 0;
		size_t d = name.len <= MAX_NAME ? distance(v, name) : MAX_NAME;

		if (d <= far && d < best_distance) {
			best = names[i];
			best_distance = d;
		}
	}
	return best;
}

/* fault_unknown blames a field that is none of the shape's for this kind. */
static void
fault_unknown(struct urne_def *r, const struct urne_def_shape *shape, unsigned kind,
    const struct urne_json *v)
{
	const char *names[MAX_NAMES + 1] = {NULL};
	const char *nearest;
	char list[400] = "";
	size_t num = 0, len = 0;

	for (size_t i = 0; i < shape->num && num < MAX_NAMES; i++) {
		if ((shape->fields[i].allowed & kind) != 0) {
			names[num++] = shape->fields[i].name;
		}
	}
	urne_def_fault(r, v, "%s is no field of %s", urne_def_quote(r, v->key), shape->what);
	if (r->last == NULL) {
		return; /* not kept: no search for what nobody will read */
	}
	nearest = urne_def_nearest(v->key, names);
	if (nearest != NULL) {
		urne_def_mend(r, "write \"%s\" if that was meant, or remove it", nearest);
		return;
	}
	for (size_t i = 0; i < num; i++) {
		int n =
		    snprintf(list + len, sizeof(list) - len, "%s%s", i == 0 ? "" : ", ", names[i]);

		if (n < 0 || (size_t)n >= sizeof(list) - len) {
			break;
		}
		len += (size_t)n;
	}
	urne_def_mend(r, "remove it; possible here: %s", num > 0 ? list : "nothing");
}

static size_t
find_field(const struct urne_def_shape *shape, unsigned kind, struct urne_view name)
{
	for (size_t i = 0; i < shape->num; i++) {
		if ((shape->fields[i].allowed & kind) != 0 &&
		    urne_view_is(name, shape->fields[i].name)) {
			return i;
		}
	}
	return shape->num;
}

void
urne_def_need(struct urne_def *r, const struct urne_def_field *field, unsigned kind,
    const struct urne_json *value, const struct urne_json *v)
{
	if ((field->needed & kind) != 0 && value == NULL) {
		urne_def_fault(r, v, "\"%s\" is missing", field->name);
		urne_def_mend(r, "add for instance %s", field->example);
	}
}

bool
urne_def_object(struct urne_def *r, const struct urne_json **values,
    const struct urne_def_shape *shape, unsigned kind, const struct urne_json *v)
{
	for (size_t i = 0; i < shape->num; i++) {
		values[i] = NULL;
	}
	if (v == NULL) {
		return false;
	}
	if (v->type != URNE_JSON_OBJECT) {
		urne_def_fault(r, v, "%s must be an object", shape->what);
		urne_def_mend(r, "write {...} with the fields of docs/vote-definition.md");
		return false;
	}
	for (const struct urne_json *child = v->child; child != NULL; child = child->next) {
		size_t i = find_field(shape, kind, child->key);

		if (i == shape->num) {
			fault_unknown(r, shape, kind, child);
		} else {
			values[i] = child;
		}
	}
	for (size_t i = 0; i < shape->num; i++) {
		urne_def_need(r, &shape->fields[i], kind, values[i], v);
	}
	return true;
}

int
urne_def_one_of(struct urne_def *r, const struct urne_json *v, const char *const names[2])
{
	const struct urne_json *first = urne_json_get(v, names[0]);
	const struct urne_json *second = urne_json_get(v, names[1]);

	if (v == NULL || v->type != URNE_JSON_OBJECT) {
		return -1;
	}
	if (first != NULL && second != NULL) {
		urne_def_fault(
		    r, second, "\"%s\" and \"%s\" exclude each other", names[0], names[1]);
		urne_def_mend(r, "keep one of the two");
		return -1;
	}
	if (first == NULL && second == NULL) {
		urne_def_fault(r, v, "\"%s\" or \"%s\" is missing", names[0], names[1]);
		urne_def_mend(r, "add one of the two");
		return -1;
	}
	return first != NULL ? 0 : 1;
}

bool
urne_def_list(struct urne_def *r, const struct urne_json *v, size_t min, size_t max, const char *of)
{
	if (v == NULL) {
		return false;
	}
	if (v->type != URNE_JSON_ARRAY) {
		urne_def_fault(r, v, "this must be a list of %s", of);
		urne_def_mend(r, "write [...], with commas between the %s", of);
		return false;
	}
	if (v->num_children < min) {
		urne_def_fault(r, v, "at least %zu %s are needed, and the list has %zu", min, of,
		    v->num_children);
		urne_def_mend(r, "add what is missing");
		return false;
	}
	if (v->num_children > max) {
		urne_def_fault(r, v, "at most %zu %s are possible, and the list has %zu", max, of,
		    v->num_children);
		urne_def_mend(r, "leave some out");
		return false;
	}
	return true;
}
