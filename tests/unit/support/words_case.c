/* SPDX-License-Identifier: EUPL-1.2 */
/* The vote, written out by hand, and one buffer for what is said. */
#include "tests/unit/support/words_case.h"

#include <string.h>

#include "tests/unit/support/check.h"

const struct urne_reader words_readers[] = {{URNE_LANG_FR, 0}, {URNE_LANG_EN, 1}};

static const struct urne_entry commitments[] = {
    {.id = V("a"), .title = T("Trains", "Trains"), .text = T("x", "x")},
    {.id = V("b"), .title = T("Vélos", "Bicycles")},
};

static const struct urne_entry people[] = {
    {.id = V("p-1"), .title = T("Jean Aubry", "Jean Aubry"), .gender = URNE_GENDER_MAN},
    {.id = V("p-2"), .title = T("Lise Morel", "Lise Morel"), .gender = URNE_GENDER_WOMAN},
    {.id = V("p-3"), .title = T("Rosa Vert", "Rosa Vert"), .gender = URNE_GENDER_WOMAN},
};

static const struct urne_section rivals[] = {
    {.id = V("l-a"), .title = T("Liste A", "List A"), .first = 0, .num = 3},
};

static const struct urne_grade grades[] = {
    {.id = V("good"), .title = T("Bien", "Good")},
    {.id = V("poor"), .title = T("Insuffisant", "Poor")},
};

const struct urne_reserve words_reserves[2] = {
    {.rank = 1, .entry = 1},
    {.rank = 5, .entry = SIZE_MAX, .group = V("outre-mer")},
};

struct urne_item
words_item(enum urne_item_kind kind)
{
	bool of_people = kind == URNE_ITEM_LIST_RATIFICATION || kind == URNE_ITEM_LIST_CANDIDATES ||
			 kind == URNE_ITEM_LIST_CHOICE || kind == URNE_ITEM_GRADES;

	return (struct urne_item){
	    .kind = kind,
	    .id = V("item"),
	    .title = T("Objet", "Item"),
	    .entries = of_people ? people : commitments,
	    .num_entries = of_people ? 3 : 2,
	    .sections = rivals,
	    .num_sections = 1,
	    .grades = grades,
	    .num_grades = 2,
	    .majority = {.more_than = true, .share = {1, 2}},
	    .whole_majority = {.share = {2, 3}, .of = URNE_BASE_VOTERS},
	};
}

struct urne_decision
words_decision(uint64_t votes_for, uint64_t base, uint64_t needed)
{
	return (struct urne_decision){.votes_for = votes_for,
	    .base = base,
	    .needed = needed,
	    .expressed = base,
	    .other = SIZE_MAX};
}

struct urne_place
words_place(size_t rank, size_t entry, uint64_t votes, enum urne_place_reason reason)
{
	return (struct urne_place){.rank = rank,
	    .entry = entry,
	    .votes = votes,
	    .in = true,
	    .reason = reason,
	    .passed = SIZE_MAX,
	    .num_tied = 1};
}

static struct urne_buf out;

struct urne_buf *
said(void)
{
	urne_buf_clear(&out);
	urne_buf_init(&out, 1 << 16);
	return &out;
}

/* In what was said, every narrow no-break space becomes ~. */
void
assert_said(const char *want)
{
	char text[4096];
	size_t len = 0;

	assert_ok(urne_buf_error(&out));
	assert_true(out.len < sizeof(text));
	for (size_t i = 0; i < out.len; i++) {
		if (out.len - i >= 3 && memcmp(out.data + i, "\u202f", 3) == 0) {
			text[len++] = '~';
			i += 2;
		} else {
			text[len++] = out.data[i];
		}
	}
	text[len] = '\0';
	assert_string_equal(text, want);
}

void
words_case_clear(void)
{
	urne_buf_clear(&out);
}
