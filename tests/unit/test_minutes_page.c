/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of the minutes: what must not be overlooked is a notice, what is declared stands apart
 * from what is proven, and the way back to the document is on it. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "documents/minutes_parts.h"
#include "tests/unit/support/declared_texts.h"
#include "tests/unit/support/sample_minutes.h"

#define DECLARED                                                                                   \
	"{\"withdrawn\":[" ILL "],\"incidents\":[" PANNE "],\"remarks\":[" TEXT("Rien à dire") "]" \
											       "}"
#define NARROW "\u202f"

static const struct urne_reader fr = {URNE_LANG_FR, 0};
static const struct urne_reader en = {URNE_LANG_EN, 1};

static int
setup(void **state)
{
	return sample_minutes_setup(state, DECLARED);
}

/* compose makes a page in the arena: blocks point to it, so it must not move. */
static const struct urne_page *
compose(struct sample_minutes *s, struct urne_reader r)
{
	struct urne_page *p = urne_arena_alloc(&s->arena, 1, sizeof(*p));

	assert_non_null(p);
	urne_page_init(p, &s->arena, urne_view_of(urne_lang_code(r.lang)), VIEW("t"));
	urne_minutes_compose(p, r, &s->minutes, &s->sha256);
	assert_ok(urne_page_error(p));
	return p;
}

static void
fact(const struct urne_page *p, const char *label, const char *text)
{
	const struct urne_block *b = sample_page_find(p, URNE_BLOCK_FACT, label);

	if (b == NULL || !urne_view_is(b->text, text)) {
		fail_msg("%s: %.*s, not %s", label, b == NULL ? 7 : (int)b->text.len,
		    b == NULL ? "missing" : b->text.p, text);
	}
}

static void
the_facts_stand_on_the_page_in_both_languages(void **state)
{
	struct sample_minutes *s = *state;
	const struct urne_page *p = compose(s, fr);

	assert_non_null(sample_page_find(p, URNE_BLOCK_HEADING, "Procès-verbal du vote"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_PARAGRAPH, "Congrès du printemps"));
	fact(p, "Organisateur", "Mouvement des rives");
	fact(p, "Inscrits", "12");
	fact(p, "Votants", "10");
	fact(p, "Participation", "83,33" NARROW "%");
	fact(p, "Bulletins reçus", "11, dont 1 remplacé par un vote ultérieur avec le même code");
	p = compose(s, en);
	assert_non_null(sample_page_find(p, URNE_BLOCK_HEADING, "Minutes of the vote"));
	fact(p, "Organiser", "Movement of the banks");
	fact(p, "Turnout", "83.33%");
}

static void
weights_are_told_apart_from_members(void **state)
{
	struct sample_minutes *s = *state;
	const struct urne_page *p;

	s->outcome.turnout.roll = 2400;
	s->outcome.turnout.votes = 1200;
	p = compose(s, fr);
	fact(p, "Inscrits", "12 membres, 2" NARROW "400 voix");
	fact(p, "Participation", "83,33" NARROW "% des membres, 50,00" NARROW "% des voix");
}

static void
a_moment_is_told_in_utc_too_unless_it_is_written_so(void **state)
{
	struct sample_minutes *s = *state;
	const struct urne_page *p = compose(s, en);

	fact(p, "Opening, as set",
	    "1 March 2027 at 08:00 (UTC+01:00), that is 1 March 2027 at 07:00 (UTC)");
	s->definition.opens.offset_minutes = 0;
	p = compose(s, en);
	fact(p, "Opening, as set", "1 March 2027 at 07:00 (UTC)");
}

static void
a_sound_vote_has_no_notice(void **state)
{
	const struct urne_page *p = compose(*state, fr);

	assert_int_equal(sample_page_count(p, URNE_BLOCK_NOTICE, ""), 0);
}

static void
what_is_not_verified_or_not_checked_is_a_notice(void **state)
{
	struct sample_minutes *s = *state;
	const struct urne_page *p;

	s->minutes.verdict = VIEW("INCOMPLETE");
	s->checks[1].verdict = VIEW("NOT CHECKED");
	p = compose(s, fr);
	assert_int_equal(sample_page_count(p, URNE_BLOCK_NOTICE, ""), 3);
	assert_non_null(
	    sample_page_find(p, URNE_BLOCK_NOTICE, "effectués" NARROW ": ballot-proofs."));
	assert_non_null(sample_page_find(p, URNE_BLOCK_PARAGRAPH, "INCOMPLET."));
	s->minutes.verdict = VIEW("VERIFIED");
	p = compose(s, fr);
	assert_int_equal(sample_page_count(p, URNE_BLOCK_NOTICE, ""), 1);
}

static void
a_verdict_that_is_not_known_is_not_verified(void **state)
{
	struct sample_minutes *s = *state;
	const struct urne_page *p;

	s->minutes.verdict = VIEW("VERIFIED?");
	p = compose(s, en);
	assert_int_equal(sample_page_count(p, URNE_BLOCK_NOTICE, ""), 2);
}

static void
a_test_and_a_pending_draw_are_notices(void **state)
{
	struct sample_minutes *s = *state;
	const struct urne_page *p;

	s->minutes.record.name = VIEW("[TEST] Congrès");
	s->outcome.complete = false;
	p = compose(s, en);
	assert_non_null(sample_page_find(p, URNE_BLOCK_NOTICE, "TEST VOTE"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_NOTICE, "not final"));
}

static void
every_check_has_a_line_and_an_unknown_one_its_code(void **state)
{
	struct sample_minutes *s = *state;
	const struct urne_page *p;

	s->checks[2].id = VIEW("later-check");
	p = compose(s, fr);
	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "forme du fichier d’archive"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "bulletins"));
	assert_int_equal(sample_page_count(p, URNE_BLOCK_CELL, "later-check"), 2);
	assert_int_equal(sample_page_count(p, URNE_BLOCK_CELL, "conforme"), 3);
}

static void
what_was_declared_is_under_its_own_heading(void **state)
{
	const struct urne_page *p = compose(*state, fr);
	const struct urne_block *heading =
	    sample_page_find(p, URNE_BLOCK_HEADING, "Déclarations des responsables");

	assert_non_null(heading);
	assert_non_null(strstr(heading->next->text.p, "L’archive ne le prouve pas."));
	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "Dora Vidal"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "malade"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "2 mars 2027"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "Panne"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_ENTRY, "Rien à dire"));
	assert_null(sample_page_find(p, URNE_BLOCK_ENTRY, "Incidents et interventions"));
}

static void
trustees_of_a_group_are_told_with_their_threshold(void **state)
{
	const struct urne_page *p = compose(*state, fr);

	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "2 à 4"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "2 sur 3"));
	assert_non_null(sample_page_find(p, URNE_BLOCK_CELL, "2, 4"));
	assert_int_equal(sample_page_count(p, URNE_BLOCK_CELL, "oui"), 2);
}

static void
every_official_has_an_empty_cell_to_sign_in(void **state)
{
	const struct urne_page *p = compose(*state, fr);
	const struct urne_block *cell = sample_page_find(p, URNE_BLOCK_CELL, "Samuel Ottavioli");

	assert_non_null(cell);
	assert_true(urne_view_is(cell->next->text, "Secrétaire"));
	assert_int_equal(cell->next->next->text.len, 0);
	assert_null(cell->next->next->next);
	assert_non_null(sample_page_find(p, URNE_BLOCK_PARAGRAPH, "minutes.note"));
}

static void
the_hash_leads_back_to_the_document(void **state)
{
	struct sample_minutes *s = *state;
	const struct urne_page *p = compose(s, fr);
	char hex[URNE_HASH_HEX_LEN];
	struct urne_buf want;
	struct urne_buf grouped;

	urne_hex_encode(hex, s->sha256.b, URNE_HASH_LEN);
	urne_buf_init(&want, 4096);
	urne_buf_printf(&want, "URNE-MINUTES-1 %s %.*s", SAMPLE_UUID, (int)sizeof(hex), hex);
	assert_true(
	    urne_view_eq(sample_page_find(p, URNE_BLOCK_QR, "URNE")->text, urne_buf_view(&want)));
	urne_buf_reset(&want);
	urne_buf_printf(&want, "urne-verify --minutes minutes.json --minutes-hash %.*s %s.bel",
	    (int)sizeof(hex), hex, SAMPLE_UUID);
	assert_true(urne_view_eq(
	    sample_page_find(p, URNE_BLOCK_CODE, "--minutes-hash")->text, urne_buf_view(&want)));
	urne_buf_init(&grouped, 4096);
	for (size_t i = 0; i < sizeof(hex); i += 8) {
		urne_buf_printf(&grouped, "%s%.8s", i == 0 ? "" : " ", hex + i);
	}
	urne_buf_putc(&grouped, '\0');
	assert_non_null(sample_page_find(p, URNE_BLOCK_CODE, grouped.data));
	assert_non_null(sample_page_find(p, URNE_BLOCK_CODE, "7Hqv2Nn0 Tn9YzZ0m "));
	urne_buf_clear(&grouped);
	urne_buf_clear(&want);
}

/* French sets a narrow no-break space before these, and no apostrophe of a typewriter. */
static void
the_french_of_the_gaps_is_set_as_french(void **state)
{
	struct urne_buf out;

	urne_buf_init(&out, 1 << 16);
	for (size_t i = 0; i < URNE_NUM_MINUTES_GAPS; i++) {
		urne_buf_reset(&out);
		urne_words_fill(&out, URNE_LANG_FR, &urne_minutes_gaps[i].words, NULL, 0);
		urne_buf_putc(&out, '\0');
		assert_ok(urne_buf_error(&out));
		assert_non_null(strstr(out.data, NARROW ":"));
		assert_null(strstr(out.data, " :"));
		assert_null(strchr(out.data, '\''));
		assert_null(strchr(out.data, '"'));
	}
	urne_buf_clear(&out);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, sample_minutes_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(the_facts_stand_on_the_page_in_both_languages),
	    T(weights_are_told_apart_from_members),
	    T(a_moment_is_told_in_utc_too_unless_it_is_written_so),
	    T(a_sound_vote_has_no_notice),
	    T(what_is_not_verified_or_not_checked_is_a_notice),
	    T(a_verdict_that_is_not_known_is_not_verified),
	    T(a_test_and_a_pending_draw_are_notices),
	    T(every_check_has_a_line_and_an_unknown_one_its_code),
	    T(what_was_declared_is_under_its_own_heading),
	    T(trustees_of_a_group_are_told_with_their_threshold),
	    T(every_official_has_an_empty_cell_to_sign_in),
	    T(the_hash_leads_back_to_the_document),
	    cmocka_unit_test(the_french_of_the_gaps_is_set_as_french),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
