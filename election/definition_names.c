/* SPDX-License-Identifier: EUPL-1.2 */
/* Names that must be distinct, and names that must be found again: sorted, since comparing each
 * with each would take long for thousands of candidates. */
#include "election/definition_read.h"

#include <stdlib.h>
#include <string.h>

static int
compare_views(struct urne_view a, struct urne_view b)
{
	if (a.len != b.len) {
		return a.len < b.len ? -1 : 1;
	}
	return a.len > 0 ? memcmp(a.p, b.p, a.len) : 0;
}

static int
compare_keys(const void *a, const void *b)
{
	const struct urne_def_key *x = a;
	const struct urne_def_key *y = b;
	int order = compare_views(x->name, y->name);

	if (order != 0) {
		return order;
	}
	return x->pos < y->pos ? -1 : x->pos > y->pos;
}

bool
urne_def_keys_alloc(struct urne_def *r, struct urne_def_keys *keys, size_t max)
{
	*keys = (struct urne_def_keys){urne_def_alloc(r, max, sizeof(*keys->list)), 0};
	return keys->list != NULL;
}

void
urne_def_keys_sort(struct urne_def_keys *keys)
{
	if (keys->num > 1) {
		qsort(keys->list, keys->num, sizeof(*keys->list), compare_keys);
	}
}

size_t
urne_def_keys_find(const struct urne_def_keys *keys, struct urne_view name)
{
	size_t low = 0, high = keys->num;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare_views(keys->list[mid].name, name) < 0) {
			low = mid + 1;
		} else {
			high = mid;
		}
	}
	return low < keys->num && urne_view_eq(keys->list[low].name, name) ? low : SIZE_MAX;
}

static void
fault_again(struct urne_def *r, const struct urne_def_key *key, const struct urne_def_key *before,
    const char *what)
{
	urne_def_fault(r, key->at, "the %s %s stands before on line %u", what,
	    urne_def_quote(r, key->name), (unsigned)before->at->line);
	urne_def_mend(r, "give one of the two another %s, or remove it", what);
}

bool
urne_def_distinct(struct urne_def *r, struct urne_def_keys *keys, const char *what)
{
	bool distinct = true;

	urne_def_keys_sort(keys);
	for (size_t i = 1; i < keys->num; i++) {
		if (urne_view_eq(keys->list[i].name, keys->list[i - 1].name)) {
			distinct = false;
			fault_again(r, &keys->list[i], &keys->list[i - 1], what);
		}
	}
	return distinct;
}

void
urne_def_distinct_titles(struct urne_def *r, const struct urne_texts *const *titles,
    const struct urne_json *const *at, size_t num, const char *what)
{
	struct urne_def_keys keys;
	bool *blamed = urne_def_alloc(r, num, sizeof(*blamed));

	if (blamed == NULL || !urne_def_keys_alloc(r, &keys, num)) {
		return;
	}
	for (size_t l = 0; l < r->out->num_languages; l++) {
		keys.num = 0;
		for (size_t i = 0; i < num; i++) {
			if (titles[i]->by_language[l].len > 0) {
				keys.list[keys.num++] =
				    (struct urne_def_key){titles[i]->by_language[l], at[i], i};
			}
		}
		urne_def_keys_sort(&keys);
		for (size_t i = 1; i < keys.num; i++) {
			const struct urne_def_key *key = &keys.list[i];

			/* the same in two languages is one fault */
			if (urne_view_eq(key->name, keys.list[i - 1].name) && !blamed[key->pos]) {
				blamed[key->pos] = true;
				fault_again(r, key, &keys.list[i - 1], what);
			}
		}
	}
}

size_t
urne_def_reference(struct urne_def *r, const struct urne_json *v, const struct urne_def_keys *keys,
    bool keys_sound, const char *what)
{
	size_t found;

	if (v->type != URNE_JSON_STRING) {
		urne_def_fault(r, v, "this must be the id of %s", what);
		urne_def_mend(r, "write the id in double quotes");
		return SIZE_MAX;
	}
	found = urne_def_keys_find(keys, v->text);
	if (found != SIZE_MAX) {
		return keys->list[found].pos;
	}
	if (keys_sound) {
		urne_def_fault(r, v, "%s is not the id of %s", urne_def_quote(r, v->text), what);
		urne_def_mend(r, "write an id that stands in this item, or remove it");
	}
	return SIZE_MAX;
}
