/* SPDX-License-Identifier: EUPL-1.2 */
/* The definition as members read it: every text, every entry, every rule, and the hash at the
 * end. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "crypto/sha256.h"
#include "documents/outcome_documents.h"
#include "tests/unit/support/sample_minutes.h"
#include "tests/unit/support/sample_vote.h"

static const struct urne_reader fr = {URNE_LANG_FR, 0};
static const struct urne_reader en = {URNE_LANG_EN, 1};

struct world {
	struct urne_arena arena;
	struct urne_definition v;
	struct urne_diag d;
};

static int
setup(void **state)
{
	static struct world w;

	sample_vote_read(&w.v, &w.arena, &w.d);
	*state = &w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	urne_arena_clear(&w->arena);
	return 0;
}

/* compose makes a page in the arena: blocks point to it, so it must not move. */
static const struct urne_page *
compose(struct world *w, struct urne_reader r)
{
	struct urne_page *p = urne_arena_alloc(&w->arena, 1, sizeof(*p));

	assert_non_null(p);
	urne_page_init(p, &w->arena, urne_view_of(urne_lang_code(r.lang)), VIEW("t"));
	urne_definition_compose(p, r, &w->v);
	assert_ok(urne_page_error(p));
	return p;
}

static void
the_title_is_the_only_heading_of_level_1(void **state)
{
	const struct urne_page *p = compose(*state, fr);
	const struct urne_block *b = p->root.child;
	size_t num = 0;

	assert_int_equal(b->kind, URNE_BLOCK_HEADING);
	assert_true(urne_view_is(b->text, "Congrès du printemps"));
	for (; b != NULL; b = b->next) {
		num += b->kind == URNE_BLOCK_HEADING && b->level == 1 ? 1 : 0;
	}
	assert_int_equal(num, 1);
}

static void
every_text_of_the_definition_is_on_the_page(void **state)
{
	struct world *w = *state;
	const struct urne_definition *v = &w->v;
	struct urne_buf html;
	const struct urne_page *p = compose(w, en);

	urne_buf_init(&html, (size_t)1 << 22);
	urne_page_render_text(&html, p, 0);
	urne_buf_putc(&html, '\0');
	assert_ok(urne_buf_error(&html));
	for (size_t i = 0; i < v->num_items; i++) {
		const struct urne_item *item = &v->items[i];

		for (size_t k = 0; k < item->num_entries; k++) {
			struct urne_view title = item->entries[k].title.by_language[1];

			if (memmem(html.data, html.len, title.p, title.len) == NULL) {
				fail_msg("%.*s is not on the page", (int)title.len, title.p);
			}
		}
	}
	assert_non_null(strstr(html.data, "Movement of the banks"));
	assert_non_null(strstr(html.data, "List, programme and statutes"));
	assert_non_null(strstr(html.data, "Upstream"));
	assert_non_null(strstr(html.data, "Very good"));
	urne_buf_clear(&html);
}

static void
items_stand_in_order_with_how_to_answer_and_rules(void **state)
{
	const struct urne_page *p = compose(*state, fr);

	assert_non_null(sample_page_find(p, URNE_BLOCK_HEADING, "1. La liste"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_HEADING, "7. Les statuts"));
	assert_int_equal(sample_page_count(p, URNE_BLOCK_PARAGRAPH, "Pour répondre\u202f: "), 7);
	assert_int_equal(sample_page_count(p, URNE_BLOCK_HEADING, "Règles"), 7);
	for (const struct urne_block *b = p->root.child; b != NULL; b = b->next) {
		if (b->kind == URNE_BLOCK_HEADING && urne_view_is(b->text, "Règles")) {
			assert_int_equal(b->next->kind, URNE_BLOCK_LIST);
			assert_non_null(b->next->child);
		}
	}
}

static void
a_candidate_who_withdrew_is_marked(void **state)
{
	const struct urne_page *p = compose(*state, fr);

	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "Carla Ndong (candidature retirée)"));
	assert_int_equal(sample_page_count(p, URNE_BLOCK_CELL, "retirée"), 1);
	p = compose(*state, en);
	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "Carla Ndong (withdrawn)"));
}

static void
candidates_have_number_name_groups_and_presentation(void **state)
{
	const struct urne_page *p = compose(*state, fr);
	const struct urne_block *group = sample_page_find(p, URNE_BLOCK_CELL, "nord");
	const struct urne_block *details = sample_page_find(p, URNE_BLOCK_DETAILS, "Ada Lormier");

	assert_non_null(group);
	assert_true(urne_view_is(group->parent->child->text, "1"));
	assert_true(urne_view_is(group->parent->child->next->text, "Ada Lormier"));
	assert_true(urne_view_is(group->next->text, "femme"));
	assert_non_null(details);
	assert_true(urne_view_is(details->child->text, "Batelière."));
}

static void
the_full_text_of_a_commitment_is_there_paragraph_by_paragraph(void **state)
{
	const struct urne_page *p = compose(*state, fr);
	const struct urne_block *details =
	    sample_page_find(p, URNE_BLOCK_DETAILS, "1. Des rivières propres");

	assert_non_null(details);
	assert_true(urne_view_is(details->child->text, "D’ici dix ans."));
	assert_true(urne_view_is(details->child->next->text, "Partout."));
	assert_null(details->child->next->next);
	assert_non_null(sample_page_find(p, URNE_BLOCK_PARAGRAPH, "2. Des canaux"));
}

/* The hash of the whole is made of the articles' hashes in hex, a newline behind each. */
static void
articles_carry_their_hash_and_the_text_the_hash_of_all(void **state)
{
	struct world *w = *state;
	const struct urne_page *p = compose(w, fr);
	char line[URNE_HASH_HEX_LEN + 1];
	char hex[URNE_HASH_HEX_LEN];
	char start[9] = {0};
	struct urne_hash whole;

	urne_hex_encode(line, w->v.items[6].entries[0].sha256.b, URNE_HASH_LEN);
	line[URNE_HASH_HEX_LEN] = '\n';
	urne_sha256_of(&whole, (struct urne_view){line, sizeof(line)});
	memcpy(start, line, 8);
	assert_non_null(sample_page_find(p, URNE_BLOCK_PARAGRAPH, start));
	urne_hex_encode(hex, whole.b, URNE_HASH_LEN);
	memcpy(start, hex, 8);
	assert_non_null(sample_page_find(p, URNE_BLOCK_CODE, start));
	assert_non_null(sample_page_find(p, URNE_BLOCK_PARAGRAPH, "Il publie ses comptes."));
}

static void
the_draw_is_told_so_that_a_member_can_redo_it(void **state)
{
	struct world *w = *state;
	const struct urne_page *p = compose(w, fr);

	assert_non_null(sample_page_find(p, URNE_BLOCK_PARAGRAPH, "tour 41000000"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_PARAGRAPH, "17 juillet 2027"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_CODE, "urne-draw|"));
	w->v.draw.kind = URNE_DRAW_NONE;
	p = compose(w, fr);
	assert_null(sample_page_find(p, URNE_BLOCK_CODE, "urne-draw|"));
}

static void
officials_and_their_keys_are_named(void **state)
{
	const struct urne_page *p = compose(*state, en);

	assert_non_null(sample_page_find(p, URNE_BLOCK_PARAGRAPH, "at least 1 of 2"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "Albane Querrioux"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "albane-querrioux+a7a62e8c+"));
}

static void
the_hash_at_the_end_is_that_of_the_bytes_read(void **state)
{
	const struct urne_page *p = compose(*state, fr);
	const struct urne_block *last = p->root.last;
	struct urne_hash h;
	char hex[URNE_HASH_HEX_LEN];

	urne_sha256_of(&h, urne_view_of(SAMPLE_VOTE));
	urne_hex_encode(hex, h.b, URNE_HASH_LEN);
	assert_int_equal(last->kind, URNE_BLOCK_CODE);
	assert_int_equal(last->text.len, URNE_HASH_HEX_LEN + 7);
	for (size_t i = 0; i < 8; i++) {
		assert_memory_equal(last->text.p + i * 9, hex + i * 8, 8);
	}
	assert_non_null(sample_page_find(p, URNE_BLOCK_PARAGRAPH, "à comparer à voix haute"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		the_title_is_the_only_heading_of_level_1, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		every_text_of_the_definition_is_on_the_page, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		items_stand_in_order_with_how_to_answer_and_rules, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_candidate_who_withdrew_is_marked, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		candidates_have_number_name_groups_and_presentation, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		the_full_text_of_a_commitment_is_there_paragraph_by_paragraph, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		articles_carry_their_hash_and_the_text_the_hash_of_all, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		the_draw_is_told_so_that_a_member_can_redo_it, setup, teardown),
	    cmocka_unit_test_setup_teardown(officials_and_their_keys_are_named, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		the_hash_at_the_end_is_that_of_the_bytes_read, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
