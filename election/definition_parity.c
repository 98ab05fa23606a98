/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether women, men and kept ranks can come together: on a proposed list by looking at it, on a
 * list that is still to be voted by counting whom the worst case needs. What is found here would
 * otherwise leave ranks empty after the vote.
 * Spec: docs/vote-definition.md#rules */
#include "election/definition_read.h"

static enum urne_gender
other(enum urne_gender g)
{
	return g == URNE_GENDER_WOMAN ? URNE_GENDER_MAN : URNE_GENDER_WOMAN;
}

static const char *
plural(enum urne_gender g)
{
	return g == URNE_GENDER_WOMAN ? "women" : "men";
}

static const char *
singular(enum urne_gender g)
{
	return g == URNE_GENDER_WOMAN ? "a woman" : "a man";
}

static enum urne_gender
gender_of(const struct urne_def_item *it, const struct urne_reserve *reserve)
{
	return it->entries[reserve->entry].gender;
}

/* Of how many ranks block b has room, and how many of them one gender may have. */
static size_t
block_len(const struct urne_item *item, size_t seats, size_t block)
{
	size_t left = seats - block * item->parity_block;

	return left < item->parity_block ? left : item->parity_block;
}

static size_t
block_limit(size_t len)
{
	return (len + 1) / 2;
}

/* check_genders: whether everybody has one. */
static bool
check_genders(struct urne_def *r, const struct urne_def_item *it)
{
	bool sound = true;

	for (size_t i = 0; i < it->item->num_entries; i++) {
		if (it->entries[i].gender != URNE_GENDER_NONE) {
			continue;
		}
		sound = false;
		if (it->entry_at[i]->type == URNE_JSON_OBJECT &&
		    urne_json_get(it->entry_at[i], "gender") == NULL) {
			urne_def_fault(
			    r, it->entry_at[i], "\"gender\" is missing, and \"parity\" needs it");
			urne_def_mend(r, "add \"gender\":\"f\" or \"gender\":\"m\", or remove "
					 "\"parity\"");
		}
	}
	return sound;
}

/* first_gender: of rank 1, as the rule or a kept rank fixes it; NONE: the votes will tell. */
static enum urne_gender
first_gender(const struct urne_def_item *it)
{
	const struct urne_item *item = it->item;

	if (item->parity_first != URNE_GENDER_NONE) {
		return item->parity_first;
	}
	for (size_t i = 0; i < item->num_reserves; i++) {
		const struct urne_reserve *reserve = &item->reserves[i];

		if (reserve->entry != SIZE_MAX) {
			enum urne_gender g = gender_of(it, reserve);

			return reserve->rank % 2 == 1 ? g : other(g);
		}
	}
	return URNE_GENDER_NONE;
}

static enum urne_gender
turn(enum urne_gender first, size_t rank)
{
	return rank % 2 == 1 ? first : other(first);
}

/* group_has: whether somebody of the gender is left in the group. */
static bool
group_has(const struct urne_def_item *it, struct urne_view group, enum urne_gender g)
{
	size_t i = urne_def_keys_find(&it->groups, group);

	for (; i < it->groups.num && urne_view_eq(it->groups.list[i].name, group); i++) {
		if (it->entries[it->groups.list[i].pos].gender == g) {
			return true;
		}
	}
	return false;
}

/* agree_alternate: whether everybody for whom a rank is kept is of the gender whose turn it is. A
 * group that is asked for on many ranks is looked at once for each of them, which is why who is
 * found ends the search. */
static bool
agree_alternate(struct urne_def *r, const struct urne_def_item *it)
{
	const struct urne_item *item = it->item;
	enum urne_gender first = first_gender(it);
	bool sound = true;

	for (size_t i = 0; i < item->num_reserves && first != URNE_GENDER_NONE; i++) {
		const struct urne_reserve *reserve = &item->reserves[i];
		enum urne_gender g = turn(first, reserve->rank);

		if (reserve->entry != SIZE_MAX && gender_of(it, reserve) != g) {
			sound = false;
			urne_def_fault(r, it->reserve_at[i],
			    "rank %zu is %s's by \"parity\", and it is kept for %s", reserve->rank,
			    singular(g), singular(other(g)));
			urne_def_mend(r, "keep rank %zu, or change \"parity\"",
			    reserve->rank > 1 ? reserve->rank - 1 : reserve->rank + 1);
		} else if (reserve->entry == SIZE_MAX && !group_has(it, reserve->group, g)) {
			sound = false;
			urne_def_fault(r, it->reserve_at[i],
			    "rank %zu is %s's by \"parity\", and the group %s has none",
			    reserve->rank, singular(g), urne_def_quote(r, reserve->group));
			urne_def_mend(r, "keep another rank, or change \"parity\"");
		}
	}
	return sound;
}

/* What is kept for women and men in each block of ranks. */
struct kept {
	size_t women, men;
};

static size_t *
kept_for(struct kept *k, enum urne_gender g)
{
	return g == URNE_GENDER_WOMAN ? &k->women : &k->men;
}

/* count_half counts what is kept in each block; tells whether no gender has too much of one. */
static bool
count_half(struct urne_def *r, const struct urne_def_item *it, struct kept *kept, size_t seats)
{
	const struct urne_item *item = it->item;
	bool sound = true;

	for (size_t i = 0; i < item->num_reserves; i++) {
		const struct urne_reserve *reserve = &item->reserves[i];
		size_t block = (reserve->rank - 1) / item->parity_block;
		size_t limit = 0, *num;

		if (reserve->entry == SIZE_MAX || reserve->rank > seats) {
			continue;
		}
		limit = block_limit(block_len(item, seats, block));
		num = kept_for(&kept[block], gender_of(it, reserve));
		if (++*num > limit) {
			sound = false;
			urne_def_fault(r, it->reserve_at[i],
			    "with this rank more than %zu %s have ranks kept in one block of "
			    "\"parity\"",
			    limit, plural(gender_of(it, reserve)));
			urne_def_mend(r, "keep a rank of another block, or change \"parity\"");
		}
	}
	return sound;
}

/* need_half: how many of the gender there must be so that no block lacks one, even when the votes
 * give the blocks before it as many of them as the rule allows. */
static size_t
need_half(const struct urne_item *item, struct kept *kept, enum urne_gender g)
{
	size_t blocks = (item->seats + item->parity_block - 1) / item->parity_block;
	size_t used = 0, kept_after = 0, need = 0;

	for (size_t b = 0; b < blocks; b++) {
		kept_after += *kept_for(&kept[b], g);
	}
	for (size_t b = 0; b < blocks; b++) {
		size_t len = block_len(item, item->seats, b);
		size_t limit = block_limit(len), low = len - limit;
		size_t own = *kept_for(&kept[b], g), others = *kept_for(&kept[b], other(g));

		kept_after -= own;
		if (low > own && used + low + kept_after > need) {
			need = used + low + kept_after;
		}
		used += len - others < limit ? len - others : limit;
	}
	return need;
}

static size_t
count_left(const struct urne_def_item *it, enum urne_gender g)
{
	size_t num = 0;

	for (size_t i = 0; i < it->item->num_entries; i++) {
		num += !it->entries[i].withdrawn && it->entries[i].gender == g ? 1 : 0;
	}
	return num;
}

static void
check_enough(struct urne_def *r, const struct urne_def_item *it, struct kept *kept)
{
	static const enum urne_gender both[] = {URNE_GENDER_WOMAN, URNE_GENDER_MAN};
	const struct urne_item *item = it->item;
	enum urne_gender first = first_gender(it);

	for (size_t i = 0; i < 2; i++) {
		size_t left = count_left(it, both[i]), need = item->seats / 2;

		if (item->parity == URNE_PARITY_HALF) {
			need = need_half(item, kept, both[i]);
		} else if (first == URNE_GENDER_NONE || first == both[i]) {
			need = (item->seats + 1) / 2;
		}
		if (left < need) {
			urne_def_fault(r, it->rule[URNE_RULE_PARITY],
			    "%zu seats can need %zu %s, and those left are %zu", item->seats, need,
			    plural(both[i]), left);
			urne_def_mend(r, "add candidates, lower \"seats\" or change \"parity\"%s",
			    item->parity == URNE_PARITY_ALTERNATE && first == URNE_GENDER_NONE
				? "; who is first can be fixed with \"f\" or \"m\""
				: "");
		}
	}
}

/* obey_alternate, obey_half: the first place of a proposed list that breaks the rule. */
static size_t
break_alternate(const struct urne_def_item *it)
{
	const struct urne_item *item = it->item;
	enum urne_gender first =
	    item->parity_first != URNE_GENDER_NONE ? item->parity_first : it->entries[0].gender;

	for (size_t i = 0; i < item->num_entries; i++) {
		if (it->entries[i].gender != turn(first, i + 1)) {
			return i;
		}
	}
	return SIZE_MAX;
}

static size_t
break_half(const struct urne_def_item *it)
{
	const struct urne_item *item = it->item;
	struct kept num = {0, 0};

	for (size_t i = 0; i < item->num_entries; i++) {
		size_t len = block_len(item, item->num_entries, i / item->parity_block);

		if (i % item->parity_block == 0) {
			num = (struct kept){0, 0};
		}
		if (++*kept_for(&num, it->entries[i].gender) > block_limit(len)) {
			return i;
		}
	}
	return SIZE_MAX;
}

/* check_proposed: a list that members only ratify must obey its own rule as it stands. */
static void
check_proposed(struct urne_def *r, const struct urne_def_item *it)
{
	size_t i = it->item->parity == URNE_PARITY_HALF ? break_half(it) : break_alternate(it);

	if (i != SIZE_MAX) {
		urne_def_fault(r, it->entry_at[i], "by \"parity\" rank %zu cannot be %s's", i + 1,
		    singular(it->entries[i].gender));
		urne_def_mend(r, "change the order of the list, or \"parity\"");
	}
}

/* check_proposed_ranks: and the ranks that are kept must be held by those they are kept for. */
static void
check_proposed_ranks(struct urne_def *r, const struct urne_def_item *it)
{
	const struct urne_item *item = it->item;

	for (size_t i = 0; i < item->num_reserves; i++) {
		const struct urne_reserve *reserve = &item->reserves[i];
		const struct urne_entry *holder = &it->entries[reserve->rank - 1];
		bool obeys = reserve->entry == reserve->rank - 1;

		for (size_t g = 0; g < holder->num_groups && reserve->entry == SIZE_MAX; g++) {
			obeys = obeys || urne_view_eq(holder->groups[g], reserve->group);
		}
		if (!obeys) {
			urne_def_fault(r, it->reserve_at[i],
			    "rank %zu of the proposed list is held by %s, for whom it is not kept",
			    reserve->rank, urne_def_quote(r, holder->id));
			urne_def_mend(r, "change the order of the list, or the kept rank");
		}
	}
}

/* check_voted: of a list that the votes will make. */
static void
check_voted(struct urne_def *r, const struct urne_def_item *it)
{
	const struct urne_item *item = it->item;
	struct kept *kept = urne_def_alloc(r, item->seats, sizeof(*kept));
	bool agree;

	if (kept == NULL || item->seats == 0) {
		return;
	}
	agree = item->parity == URNE_PARITY_HALF ? count_half(r, it, kept, item->seats)
						 : agree_alternate(r, it);
	if (agree && item->seats <= it->num_left) {
		check_enough(r, it, kept);
	}
}

void
urne_def_check_parity(struct urne_def *r, struct urne_def_item *it)
{
	const struct urne_item *item = it->item;
	bool proposed = item->kind == URNE_ITEM_LIST_RATIFICATION;

	if (!it->entries_sound || item->num_entries == 0) {
		return;
	}
	if (proposed) {
		check_proposed_ranks(r, it);
	}
	if (item->parity == URNE_PARITY_NONE || !check_genders(r, it)) {
		return;
	}
	if (proposed) {
		check_proposed(r, it);
	} else {
		check_voted(r, it);
	}
}
