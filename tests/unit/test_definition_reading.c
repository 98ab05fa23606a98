/* SPDX-License-Identifier: EUPL-1.2 */
/* What is read of a vote definition without fault: every field, rule and kind. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "crypto/sha256.h"
#include "tests/unit/support/vote_text.h"

#define NUM(list) (sizeof(list) / sizeof((list)[0]))

static void
a_moment_is_read_as_python_reads_it(void **state)
{
	/* datetime.fromisoformat(TEXT).timestamp() */
	static const struct {
		const char *text;
		int64_t seconds;
		int32_t offset;
	} cases[] = {
	    {"1970-01-01T00:00:00Z", 0, 0},
	    {"2000-02-29T12:34:56-03:30", 951840296, -210},
	    {"2024-02-29T23:59:59+14:00", 1709200799, 840},
	    {"2027-03-01T07:59:59+01:00", 1803884399, 60},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_definition v;
		struct urne_arena arena;
		struct urne_buf text;
		struct urne_diag d = {{0}};
		char quoted[40];

		urne_arena_init(&arena, (size_t)16 << 20);
		(void)snprintf(quoted, sizeof(quoted), "\"%s\"", cases[i].text);
		vote_text_head(&text, "opens", quoted);
		assert_ok(urne_definition_read(&v, &arena, &d, urne_buf_view(&text)));
		assert_int_equal(v.opens.seconds, cases[i].seconds);
		assert_int_equal(v.opens.offset_minutes, cases[i].offset);
		assert_true(urne_view_is(v.opens.text, cases[i].text));
		urne_buf_clear(&text);
		urne_arena_clear(&arena);
	}
}

/* read_file reads a definition of tests/vectors/definitions/. */
static void
read_file(struct urne_buf *text, const char *name)
{
	const char *top = getenv("TOP");
	struct urne_diag d = {{0}};
	char path[4096];

	(void)snprintf(
	    path, sizeof(path), "%s/tests/vectors/definitions/%s", top == NULL ? "." : top, name);
	urne_buf_init(text, URNE_MAX_TEXT_FILE);
	if (urne_file_read(text, &d, path) != URNE_OK) {
		fail_msg("%s", d.text);
	}
}

static void
check_ratification(const struct urne_item *item)
{
	assert_int_equal(item->kind, URNE_ITEM_LIST_RATIFICATION);
	assert_true(urne_view_is(item->text.by_language[1], "See The list"));
	assert_int_equal(item->num_entries, 5);
	assert_true(urne_view_is(item->entries[0].title.by_language[1], "Ada Lormier"));
	assert_true(urne_view_is(item->entries[0].text.by_language[1], "A boatwoman.\nElected."));
	assert_int_equal(item->entries[0].gender, URNE_GENDER_WOMAN);
	assert_int_equal(item->entries[0].num_groups, 2);
	assert_true(urne_view_is(item->entries[0].groups[1], "eau"));
	assert_int_equal(item->majority.share.den, 2);
	assert_true(item->majority.more_than);
	assert_int_equal(item->quorum.kind, URNE_QUORUM_SHARE);
	assert_int_equal(item->quorum.share.num * 8, item->quorum.share.den);
	assert_true(item->quorum.counts_expressed);
	assert_int_equal(item->blank, URNE_BLANK_INCLUDED);
	assert_int_equal(item->parity, URNE_PARITY_ALTERNATE);
	assert_int_equal(item->parity_first, URNE_GENDER_WOMAN);
	/* by rank, although written the other way round */
	assert_int_equal(item->num_reserves, 2);
	assert_int_equal(item->reserves[0].rank, 1);
	assert_int_equal(item->reserves[0].entry, 0);
	assert_int_equal(item->reserves[1].entry, SIZE_MAX);
	assert_true(urne_view_is(item->reserves[1].group, "nord"));
}

static void
check_lists(const struct urne_item *candidates, const struct urne_item *choice)
{
	assert_int_equal(candidates->choose_min, 1);
	assert_int_equal(candidates->choose_max, 3);
	assert_int_equal(candidates->seats, 3);
	assert_int_equal(candidates->tie, URNE_TIE_ORDER);
	assert_int_equal(candidates->order[0], 4);
	assert_int_equal(candidates->order[4], 0);
	assert_int_equal(candidates->quorum.kind, URNE_QUORUM_NUMBER);
	assert_int_equal(candidates->quorum.number, 5);
	assert_int_equal(candidates->parity, URNE_PARITY_HALF);
	assert_int_equal(candidates->parity_block, 2);
	assert_true(candidates->entries[4].withdrawn);
	assert_int_equal(candidates->num_choices, 5); /* four candidates and blank */
	assert_int_equal(choice->num_sections, 2);
	assert_true(urne_view_is(choice->sections[1].id, "l-b"));
	assert_int_equal(choice->sections[1].first, 2);
	assert_int_equal(choice->sections[1].num, 2);
	assert_int_equal(choice->entries[2].section, 1);
	assert_int_equal(choice->apportionment, URNE_APPORTION_SAINTE_LAGUE);
	assert_int_equal(choice->threshold.num * 20, choice->threshold.den);
	assert_true(choice->within_by_votes);
	assert_true(choice->entries[3].withdrawn);
}

static void
check_decisions(const struct urne_item *programme, const struct urne_item *text)
{
	assert_int_equal(programme->num_sections, 2);
	assert_int_equal(programme->num_entries, 3);
	assert_false(programme->majority.more_than);
	assert_int_equal(programme->majority.of, URNE_BASE_VOTERS);
	assert_int_equal(programme->quorum.share.den, 1000000);
	assert_int_equal(programme->num_alternatives, 1);
	assert_int_equal(programme->alternatives[0].num, 2);
	assert_int_equal(programme->alternatives[0].entries[1], 1);
	assert_int_equal(programme->tie, URNE_TIE_ALL);
	assert_true(urne_view_is(text->entries[0].text.by_language[0],
	    "Est membre qui le veut.\nNul n’est exclu sans être entendu."));
	assert_int_equal(text->whole_majority.of, URNE_BASE_ROLL);
	assert_int_equal(text->whole_majority.share.num, 2);
	assert_int_equal(text->num_questions, 4);
	assert_int_equal(programme->whole_majority.of, programme->majority.of);
}

static void
a_definition_with_every_kind_and_rule_is_read_completely(void **state)
{
	struct urne_definition v;
	struct urne_findings found;
	struct urne_arena arena;
	struct urne_hash hash;
	struct urne_buf text;

	urne_arena_init(&arena, (size_t)16 << 20);
	read_file(&text, "good-every-kind.json");
	assert_ok(urne_definition_check(&v, &found, &arena, urne_buf_view(&text)));
	assert_int_equal(found.num, 0);
	urne_sha256_of(&hash, urne_buf_view(&text));
	assert_true(urne_hash_eq(&v.sha256, &hash));
	assert_int_equal(v.num_languages, 2);
	assert_int_equal(urne_definition_language(&v, VIEW("en")), 1);
	assert_int_equal(urne_definition_language(&v, VIEW("de")), 0);
	assert_int_equal(v.floor, 10);
	assert_int_equal(v.draw.kind, URNE_DRAW_DRAND);
	assert_int_equal(v.draw.published.seconds, 1692803367 + 3 * (41000000 - 1));
	assert_int_equal(v.officials_required, 2);
	assert_true(urne_view_is(v.officials[1].role.by_language[1], "Secretary"));
	assert_true(urne_view_is(v.officials[0].key, KEY_HELENE));
	assert_int_equal(v.num_software, 1);
	assert_int_equal(v.software[0].sha256.b[0], 0x2d);
	assert_int_equal(v.num_items, 8);
	check_ratification(&v.items[0]);
	check_lists(&v.items[1], &v.items[2]);
	check_decisions(&v.items[3], &v.items[7]);
	assert_int_equal(v.items[4].seats, 2);
	assert_int_equal(v.items[4].choose_min, 0);
	assert_int_equal(v.items[5].num_grades, 3);
	assert_true(urne_view_is(v.items[5].grades[2].id, "bad"));
	assert_true(urne_view_is(v.items[6].entries[1].title.by_language[1], "A hall"));
	assert_int_equal(urne_definition_find_item(&v, VIEW("texte")), 7);
	assert_int_equal(urne_item_find_entry(&v.items[7], VIEW("art-3")), 2);
	assert_int_equal(urne_item_find_entry(&v.items[7], VIEW("art-4")), SIZE_MAX);
	assert_int_equal(v.num_questions, 15);
	assert_int_equal(v.num_choices, 47);
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_moment_is_read_as_python_reads_it),
	    cmocka_unit_test(a_definition_with_every_kind_and_rule_is_read_completely),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
