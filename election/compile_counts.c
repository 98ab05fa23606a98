/* SPDX-License-Identifier: EUPL-1.2 */
/* The numbers of an item, found in a flattened result.
 * Spec: docs/vote-definition.md#compilation */
#include "election/compile.h"
#include "election/compile_place.h"

struct urne_row_counts
urne_item_row(const struct urne_item *item, const uint64_t *counts, size_t row)
{
	size_t at = urne_item_row_place(item, row);
	struct urne_row_counts c = {0};

	if (urne_item_has_blank(item)) {
		c.blank = counts[at++];
	}
	c.votes_for = counts[at];
	c.against = counts[at + 1];
	return c;
}

uint64_t
urne_item_votes(const struct urne_item *item, const uint64_t *counts, size_t entry)
{
	if (item->entries[entry].withdrawn) {
		return 0;
	}
	return counts[urne_item_entry_place(item, entry)];
}

uint64_t
urne_item_blank(const struct urne_item *item, const uint64_t *counts)
{
	return urne_item_has_blank(item) ? counts[item->first_choice] : 0;
}

uint64_t
urne_item_list_votes(const struct urne_item *item, const uint64_t *counts, size_t section)
{
	return counts[urne_item_list_place(item, section)];
}

uint64_t
urne_item_grade_votes(
    const struct urne_item *item, const uint64_t *counts, size_t entry, size_t grade)
{
	if (item->entries[entry].withdrawn) {
		return 0;
	}
	return counts[urne_item_entry_place(item, entry) + grade];
}
