/* SPDX-License-Identifier: EUPL-1.2 */
/* How a rule on women and men is written, and ranks that are kept for somebody.
 * Spec: docs/vote-definition.md#rules */
#include "election/definition_read.h"

#include <stdlib.h>

static void
read_alternate(struct urne_def *r, struct urne_item *item, const struct urne_json *v)
{
	static const char *const words[] = {"votes", "f", "m", NULL};
	static const enum urne_gender firsts[] = {
	    URNE_GENDER_NONE, URNE_GENDER_WOMAN, URNE_GENDER_MAN};
	size_t i = 0;

	if (urne_def_word(r, &i, v, words)) {
		item->parity = URNE_PARITY_ALTERNATE;
		item->parity_first = firsts[i];
	}
}

void
urne_def_parity(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_OPTIONAL("alternate"),
	    URNE_DEF_OPTIONAL("half"),
	};
	static const struct urne_def_shape shape = {"parity", fields, 2};
	static const char *const either[] = {"alternate", "half"};
	static const char *const none[] = {"none", NULL};
	const struct urne_json *values[2];
	size_t i = 0;
	int which;

	if (v->type == URNE_JSON_STRING) {
		(void)urne_def_word(r, &i, v, none);
		return;
	}
	if (!urne_def_object(r, values, &shape, URNE_DEF_ANY, v)) {
		return;
	}
	which = urne_def_one_of(r, v, either);
	if (which == 0) {
		read_alternate(r, it->item, values[0]);
	} else if (which == 1 &&
		   urne_def_size(r, &it->item->parity_block, values[1], 2, URNE_MAX_ANSWERS)) {
		it->item->parity = URNE_PARITY_HALF;
	}
}

/* A kept rank, and where it was written. */
struct kept {
	struct urne_reserve reserve;
	const struct urne_json *at;
};

static int
compare_ranks(const void *a, const void *b)
{
	const struct kept *x = a;
	const struct kept *y = b;

	if (x->reserve.rank != y->reserve.rank) {
		return x->reserve.rank < y->reserve.rank ? -1 : 1;
	}
	return x->at->index < y->at->index ? -1 : x->at->index > y->at->index;
}

/* index_groups: the groups of everybody who is left. */
static bool
index_groups(struct urne_def *r, struct urne_def_item *it)
{
	size_t num = 0;

	for (size_t i = 0; i < it->item->num_entries; i++) {
		num += it->entries[i].num_groups;
	}
	if (!urne_def_keys_alloc(r, &it->groups, num)) {
		return false;
	}
	for (size_t i = 0; i < it->item->num_entries; i++) {
		const struct urne_entry *e = &it->entries[i];

		for (size_t g = 0; g < e->num_groups && !e->withdrawn; g++) {
			it->groups.list[it->groups.num++] =
			    (struct urne_def_key){e->groups[g], it->entry_at[i], i};
		}
	}
	urne_def_keys_sort(&it->groups);
	return true;
}

static void
read_group(struct urne_def *r, struct urne_def_item *it, struct urne_reserve *out,
    const struct urne_json *v)
{
	struct urne_view group = {"", 0};

	if (!urne_def_id(r, &group, v)) {
		return;
	}
	if (urne_def_keys_find(&it->groups, group) != SIZE_MAX) {
		out->group = group;
	} else if (it->ids_sound) {
		urne_def_fault(
		    r, v, "nobody who is left is of the group %s", urne_def_quote(r, group));
		urne_def_mend(r, "write it in the \"groups\" of candidates, or remove the rank");
	}
}

static void
read_kept_entry(struct urne_def *r, struct urne_def_item *it, struct urne_reserve *out, bool *seen,
    const struct urne_json *v)
{
	size_t i =
	    urne_def_reference(r, v, &it->entry_ids, it->ids_sound, "a candidate of this item");

	if (i == SIZE_MAX) {
		return;
	}
	if (it->entries[i].withdrawn) {
		urne_def_fault(r, v, "%s has withdrawn", urne_def_quote(r, v->text));
		urne_def_mend(r, "remove the kept rank, or take the id out of \"withdrawn\"");
		return;
	}
	if (seen[i]) {
		urne_def_fault(
		    r, v, "another rank is kept for %s already", urne_def_quote(r, v->text));
		urne_def_mend(r, "remove one of the two");
		return;
	}
	seen[i] = true;
	out->entry = i;
}

/* read_kept reads one rank and tells whether that is sound; `seen` marks the candidates who have
 * one. Whom it is kept for may be missing: then there is neither candidate nor group. */
static bool
read_kept(struct urne_def *r, struct urne_def_item *it, struct urne_reserve *out, bool *seen,
    const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("rank", "\"rank\":1"),
	    URNE_DEF_OPTIONAL("candidate"),
	    URNE_DEF_OPTIONAL("group"),
	};
	static const struct urne_def_shape shape = {"a kept rank", fields, 3};
	static const char *const either[] = {"candidate", "group"};
	const struct urne_json *values[3];
	struct urne_item *item = it->item;
	size_t last = item->kind == URNE_ITEM_LIST_RATIFICATION ? item->num_entries : item->seats;
	bool rank;
	int which;

	*out = (struct urne_reserve){.entry = SIZE_MAX};
	if (!urne_def_object(r, values, &shape, URNE_DEF_ANY, v)) {
		return false;
	}
	rank = urne_def_size(r, &out->rank, values[0], 1, URNE_MAX_ANSWERS);
	if (rank && it->entries_sound && last > 0 && out->rank > last) {
		urne_def_fault(
		    r, values[0], "rank %zu is kept, but there are only %zu", out->rank, last);
		urne_def_mend(r, "write a rank from 1 to %zu", last);
		rank = false;
	}
	which = urne_def_one_of(r, v, either);
	if (which == 0) {
		read_kept_entry(r, it, out, seen, values[1]);
	} else if (which == 1) {
		read_group(r, it, out, values[2]);
	}
	return rank;
}

static bool
is_whole(const struct urne_reserve *r)
{
	return r->entry != SIZE_MAX || r->group.len > 0;
}

/* store sorts by rank; it leaves out what is kept for nobody and ranks that stand again. */
static void
store(struct urne_def *r, struct urne_def_item *it, struct kept *kept, size_t num)
{
	struct urne_reserve *reserves = urne_def_alloc(r, num, sizeof(*reserves));
	size_t n = 0;

	it->reserve_at = urne_def_alloc(r, num, sizeof(const struct urne_json *));
	if (reserves == NULL || it->reserve_at == NULL) {
		return;
	}
	if (num > 1) {
		qsort(kept, num, sizeof(*kept), compare_ranks);
	}
	for (size_t i = 0; i < num; i++) {
		if (i > 0 && kept[i - 1].reserve.rank == kept[i].reserve.rank) {
			urne_def_fault(r, kept[i].at, "rank %zu is kept before on line %u",
			    kept[i].reserve.rank, (unsigned)kept[i - 1].at->line);
			urne_def_mend(r, "keep the rank only once");
		} else if (is_whole(&kept[i].reserve)) {
			reserves[n] = kept[i].reserve;
			it->reserve_at[n++] = kept[i].at;
		}
	}
	it->item->reserves = reserves;
	it->item->num_reserves = n;
}

void
urne_def_reserved(struct urne_def *r, struct urne_def_item *it, const struct urne_json *list)
{
	struct kept *kept;
	bool *seen;
	size_t num = 0;

	if (!urne_def_list(r, list, 0, URNE_MAX_ANSWERS, "kept ranks") || !index_groups(r, it)) {
		return;
	}
	kept = urne_def_alloc(r, list->num_children, sizeof(*kept));
	seen = urne_def_alloc(r, it->item->num_entries, sizeof(*seen));
	if (kept == NULL || seen == NULL) {
		return;
	}
	for (const struct urne_json *v = list->child; v != NULL; v = v->next) {
		if (read_kept(r, it, &kept[num].reserve, seen, v)) {
			kept[num++].at = v;
		}
	}
	store(r, it, kept, num);
}
