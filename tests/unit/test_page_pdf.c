/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands on the sheets of a PDF, and where: texts, tables, headings, room for signatures. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/support/pdf_reader.h"

/* ---- what stands on it ----------------------------------------------------------------------- */

static void
texts_stand_in_their_order(void **state)
{
	static const char *const words[] = {"Titre", "alinéa", "important", "Libellé", "valeur",
	    "légende", "Nom", "Voix", "Élise", "203", "Pour", "54,32", "2.", "second", "Vérifier",
	    "sha256sum", "dedans", "carré"};
	struct pdf *t = *state;
	struct urne_page *p = &t->f->page;
	const char *at;

	urne_page_heading(p, 1, VIEW("Titre"));
	urne_page_text(p, URNE_BLOCK_PARAGRAPH, VIEW("Un alinéa."));
	urne_page_text(p, URNE_BLOCK_NOTICE, VIEW("Très important."));
	urne_page_open(p, URNE_BLOCK_FACTS, VIEW(""));
	urne_page_fact(p, VIEW("Libellé"), VIEW("valeur"));
	urne_page_close(p);
	urne_page_open(p, URNE_BLOCK_TABLE, VIEW("Une légende"));
	test_page_add_row(p, (const char *const[]){"Nom", "Voix"}, 2, 1);
	test_page_add_row(p, (const char *const[]){"Élise", "1\u202f203"}, 2, 1);
	urne_page_close(p);
	urne_page_open(p, URNE_BLOCK_BARS, VIEW(""));
	urne_page_bar(p, URNE_BAR_FOR, VIEW("Pour"), 1, 2, VIEW("54,32"));
	urne_page_close(p);
	urne_page_open_numbered(p);
	urne_page_entry(p, VIEW("premier"));
	urne_page_entry(p, VIEW("second"));
	urne_page_close(p);
	urne_page_open(p, URNE_BLOCK_DETAILS, VIEW("Vérifier soi-même"));
	urne_page_text(p, URNE_BLOCK_CODE, VIEW("sha256sum minutes.json"));
	urne_page_text(p, URNE_BLOCK_PARAGRAPH, VIEW("dedans"));
	urne_page_close(p);
	urne_page_qr(p, VIEW(PDF_QR), VIEW("carré"));
	at = pdf_as_text(t);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *found = strstr(at, words[i]);

		if (found == NULL) {
			fail_msg("%s is missing or too early", words[i]);
		}
		at = found;
	}
}

static void
hostile_text_stays_text(void **state)
{
	struct pdf *t = *state;

	test_page_add_everything(&t->f->page, VIEW(TEST_PAGE_HOSTILE "\t&amp;"));
	(void)pdf_as_text(t);
	(void)pdf_remove_breaks(t);
	/* cells of a table may be broken anywhere, but nothing is added to them or lost */
	assert_int_equal(test_page_count(t->said, "<ba=\"1\"c='2'>&??????e&amp;"), TEST_PAGE_TEXTS);
}

static void
each_sheet_bears_its_number_and_the_footer(void **state)
{
	struct pdf *t = *state;

	for (int i = 0; i < 150; i++) {
		urne_page_text(&t->f->page, URNE_BLOCK_PARAGRAPH, VIEW("Alinéa."));
	}
	(void)pdf_as_text(t);
	assert_int_equal(test_page_count(t->said, "\f"), 4);
	assert_int_equal(test_page_count(t->said, "vote GnQagTgeJqLsvY"), 4);
	assert_non_null(strstr(pdf_sheet(t, 3), "3 / 4"));
}

static void
a_page_without_blocks_is_one_sheet(void **state)
{
	struct pdf *t = *state;

	(void)pdf_as_text(t);
	assert_int_equal(test_page_count(t->said, "\f"), 1);
	assert_non_null(strstr(t->said, "1 / 1"));
}

static void
a_hash_is_never_hyphenated(void **state)
{
	static const char *const long_word =
	    "vRzYwnqXvTgkRzYwnqXvTgkRzYwnqXvTgkRzYwnqXvTgkRzYwnqXvTgkRzYwnqXvTgk"
	    "vRzYwnqXvTgkRzYwnqXvTgkRzYwnqXvTgkRzYwnqXvTgkRzYwnqXvTgkRzYwnqXvTgk" PDF_HASH PDF_HASH
	    "procesverbalprocesverbalprocesverbalprocesverbalprocesverbalprocesverbal";
	struct pdf *t = *state;
	struct urne_page *p = &t->f->page;

	urne_page_text(p, URNE_BLOCK_CODE, urne_view_of(long_word));
	urne_page_open(p, URNE_BLOCK_TABLE, VIEW(""));
	test_page_add_row(p, (const char *const[]){"Nom", "Empreinte"}, 2, 2);
	test_page_add_row(p, (const char *const[]){"Bo", long_word}, 2, 2);
	urne_page_close(p);
	urne_page_text(p, URNE_BLOCK_CODE,
	    VIEW("e3b0 c442 98fc 1c14 9afb f4c8 996f b924 27ae 41e4 649b 934c a495 991b 7852 "
		 "b855"));
	(void)pdf_as_text(t);
	assert_non_null(strstr(t->said,
	    "e3b0 c442 98fc 1c14 9afb f4c8 996f b924 27ae 41e4 649b 934c a495 991b 7852 b855\n"));
	/* a hyphen would be no text, but take the place of the last of the 94 that a line holds */
	assert_int_equal(strcspn(t->said, "\n"), 94);
	assert_int_equal(test_page_count(pdf_remove_breaks(t), long_word), 2);
}

static void
the_qr_code_is_read_back_from_the_sheet(void **state)
{
	struct pdf *t = *state;
	char image[80];

	urne_page_text(&t->f->page, URNE_BLOCK_PARAGRAPH, VIEW("Empreinte :"));
	urne_page_qr(&t->f->page, VIEW(PDF_QR), VIEW("Empreinte du procès-verbal"));
	assert_ok(pdf_render(t));
	pdf_write(t);
	(void)snprintf(image, sizeof(image), "%s/image", t->dir);
	(void)pdf_run(t, (const char *const[]){
			     "pdftoppm", "-r", "150", "-png", "-singlefile", t->path, image, NULL});
	(void)snprintf(image, sizeof(image), "%s/image.png", t->dir);
	assert_string_equal(
	    pdf_run(t, (const char *const[]){"zbarimg", "-q", "--raw", "-Sbinary", image, NULL}),
	    PDF_QR);
}

static void
the_qr_code_keeps_its_distance(void **state)
{
	struct pdf *t = *state;
	const uint8_t *modules;
	size_t size;
	long quiet;

	assert_ok(urne_qr(&modules, &size, &t->f->arena, &t->d, VIEW(PDF_QR)));
	quiet = 4 * 3500 * 2835 / 1000 / (long)size; /* four modules of 35 mm, in points/100 */
	urne_page_text(&t->f->page, URNE_BLOCK_PARAGRAPH, VIEW("dessus"));
	urne_page_qr(&t->f->page, VIEW(PDF_QR), VIEW("légende"));
	urne_page_text(&t->f->page, URNE_BLOCK_PARAGRAPH, VIEW("dessous"));
	(void)pdf_as_text(t);
	assert_true(pdf_place_of(t, "yMin", "dessous") - pdf_place_of(t, "yMax", "dessus") >
		    9900 + 2 * quiet);
	assert_true(
	    pdf_place_of(t, "xMin", "légende") - pdf_place_of(t, "xMin", "dessus") > 9900 + quiet);
}

/* ---- tables and sheets ----------------------------------------------------------------------- */

static void
a_table_of_120_rows_repeats_its_head_and_tears_no_row(void **state)
{
	struct pdf *t = *state;
	size_t num_sheets, done = 0;
	char word[16];

	pdf_add_long_table(&t->f->page, 120);
	num_sheets = test_page_count(pdf_as_text(t), "\f");
	assert_in_range(num_sheets, 4, 8);
	for (size_t s = 1; s <= num_sheets; s++) {
		const char *text;

		(void)pdf_read(t);
		text = pdf_sheet(t, s);
		assert_int_equal(test_page_count(text, "Raison\n"), 1);
		for (size_t i = 1; i <= 120; i++) {
			(void)snprintf(word, sizeof(word), "r%zu.", i);
			if (strstr(text, word) == NULL) {
				continue;
			}
			done++;
			(void)snprintf(word, sizeof(word), "de%zu.", i);
			assert_non_null(strstr(text, word));
			(void)snprintf(word, sizeof(word), "fin%zu.", i);
			assert_non_null(strstr(text, word));
		}
	}
	assert_int_equal(done, 120);
}

static void
a_row_taller_than_a_sheet_goes_on_and_loses_nothing(void **state)
{
	static char cell[32000];
	struct pdf *t = *state;
	const char *at;
	size_t len = 0;

	for (int i = 0; i < 4000; i++) {
		len += (size_t)snprintf(cell + len, sizeof(cell) - len, "m%d ", i);
	}
	urne_page_open(&t->f->page, URNE_BLOCK_TABLE, VIEW("Long"));
	test_page_add_row(&t->f->page, (const char *const[]){"Nom", "Texte"}, 2, 2);
	test_page_add_row(&t->f->page, (const char *const[]){"Bo", cell}, 2, 2);
	test_page_add_row(&t->f->page, (const char *const[]){"Al", "court"}, 2, 2);
	urne_page_close(&t->f->page);
	(void)pdf_as_text(t);
	assert_in_range(test_page_count(t->said, "\f"), 3, 6);
	at = strstr(t->said, "m0");
	for (int i = 0; i < 4000; i++) {
		char word[16];

		(void)snprintf(word, sizeof(word), "m%d", i);
		at = strstr(at, word);
		assert_non_null(at);
		at += strlen(word);
		assert_true(*at == ' ' || *at == '\n');
	}
	assert_int_equal(test_page_count(t->said, "Texte\n"), test_page_count(t->said, "\f"));
	assert_non_null(strstr(at, "court"));
	assert_non_null(strstr(pdf_sheet(t, 1), "m99"));
}

static void
eight_columns_fit_without_breaking_a_word(void **state)
{
	static const char *const cells[2][8] = {
	    {"Candidature", "Excellent", "Très bien", "Bien", "Assez bien", "Passable",
		"Insuffisant", "À rejeter"},
	    {"Jean-Baptiste de La Rochefoucauld-Montmorency", "12345", "12346", "12347", "12348",
		"12349", "12350", "12351"},
	};
	struct pdf *t = *state;

	urne_page_open(&t->f->page, URNE_BLOCK_TABLE, VIEW("Mentions"));
	test_page_add_row(&t->f->page, cells[0], 8, 1);
	test_page_add_row(&t->f->page, cells[1], 8, 1);
	urne_page_close(&t->f->page);
	(void)pdf_as_text(t);
	for (size_t i = 0; i < 8; i++) {
		assert_non_null(strstr(t->said, i == 0 ? "Candidature" : cells[1][i]));
		assert_non_null(strstr(t->said, i == 0 ? "Montmorency" : cells[0][i]));
	}
	assert_in_range(pdf_place_of(t, "xMax", "12351"), 40000, 59527 - 6200);
}

static void
numbers_stand_to_the_right_under_their_head(void **state)
{
	struct pdf *t = *state;
	long right;

	urne_page_open(&t->f->page, URNE_BLOCK_TABLE, VIEW(""));
	test_page_add_row(&t->f->page, (const char *const[]){"Nom", "Voix"}, 2, 2);
	test_page_add_row(&t->f->page, (const char *const[]){"Bo", "7"}, 2, 1);
	test_page_add_row(&t->f->page, (const char *const[]){"Al", "123456789"}, 2, 1);
	urne_page_close(&t->f->page);
	(void)pdf_as_text(t);
	/* poppler rounds */
	right = pdf_place_of(t, "xMax", "123456789");
	assert_in_range(pdf_place_of(t, "xMax", "7"), right - 2, right + 2);
	assert_in_range(pdf_place_of(t, "xMax", "Voix"), right - 2, right + 2);
	assert_int_equal(pdf_place_of(t, "xMin", "Bo"), pdf_place_of(t, "xMin", "Nom"));
}

static void
what_is_left_empty_has_room_for_a_signature(void **state)
{
	struct pdf *t = *state;
	struct urne_page *p = &t->f->page;

	urne_page_open(p, URNE_BLOCK_TABLE, VIEW(""));
	test_page_add_row(p, (const char *const[]){"Nom", "Signature"}, 2, 2);
	test_page_add_row(p, (const char *const[]){"Claire", ""}, 2, 2);
	test_page_add_row(p, (const char *const[]){"Marc", ""}, 2, 2);
	urne_page_close(p);
	urne_page_open(p, URNE_BLOCK_FACTS, VIEW(""));
	urne_page_fact(p, VIEW("Lieu"), VIEW(""));
	urne_page_fact(p, VIEW("Date"), VIEW(""));
	urne_page_close(p);
	(void)pdf_as_text(t);
	/* 10 and 9 mm are 28 and 25 points */
	assert_in_range(
	    pdf_place_of(t, "yMin", "Marc") - pdf_place_of(t, "yMin", "Claire"), 2800, 4500);
	assert_in_range(
	    pdf_place_of(t, "yMin", "Date") - pdf_place_of(t, "yMin", "Lieu"), 2500, 4500);
}

static void
a_heading_is_never_the_last_on_a_sheet(void **state)
{
	struct pdf *t = *state;

	for (int i = 0; i < 1000; i++) {
		urne_page_heading(&t->f->page, i % 2 == 0 ? 2 : 3, VIEW("Chapitre"));
		for (int j = 0; j < i * i % 11 + 1; j++) {
			urne_page_text(&t->f->page, URNE_BLOCK_PARAGRAPH, VIEW("Suite."));
		}
	}
	(void)pdf_as_text(t);
	assert_int_equal(test_page_count(t->said, "Chapitre"), 1000);
	for (const char *at = strstr(t->said, "Chapitre"); at != NULL;
	     at = strstr(at + 1, "Chapitre")) {
		assert_true(strstr(at, "Suite.") < strchr(at, '\f'));
	}
	/* and nothing comes nearer to the footer than 6 mm, which are 17 points */
	assert_in_range(
	    pdf_place_of(t, "yMin", "Procès-verbal") - pdf_lowest(t, "Suite."), 1650, 2500);
}

static void
a_command_stays_with_the_sentence_before_it(void **state)
{
	struct pdf *t = *state;

	for (int i = 0; i < 600; i++) {
		for (int j = 0; j < i * i % 11; j++) {
			urne_page_text(&t->f->page, URNE_BLOCK_PARAGRAPH, VIEW("Suite."));
		}
		urne_page_text(&t->f->page, URNE_BLOCK_PARAGRAPH, VIEW("Lancez :"));
		urne_page_text(&t->f->page, URNE_BLOCK_CODE, VIEW("urne-verify"));
	}
	(void)pdf_as_text(t);
	assert_int_equal(test_page_count(t->said, "Lancez"), 600);
	for (const char *at = strstr(t->said, "Lancez"); at != NULL;
	     at = strstr(at + 1, "Lancez")) {
		assert_true(strstr(at, "urne-verify") < strchr(at, '\f'));
	}
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, pdf_setup, pdf_teardown)
	const struct CMUnitTest tests[] = {
	    T(texts_stand_in_their_order),
	    T(hostile_text_stays_text),
	    T(each_sheet_bears_its_number_and_the_footer),
	    T(a_page_without_blocks_is_one_sheet),
	    T(a_hash_is_never_hyphenated),
	    T(the_qr_code_is_read_back_from_the_sheet),
	    T(the_qr_code_keeps_its_distance),
	    T(a_table_of_120_rows_repeats_its_head_and_tears_no_row),
	    T(a_row_taller_than_a_sheet_goes_on_and_loses_nothing),
	    T(eight_columns_fit_without_breaking_a_word),
	    T(numbers_stand_to_the_right_under_their_head),
	    T(what_is_left_empty_has_room_for_a_signature),
	    T(a_heading_is_never_the_last_on_a_sheet),
	    T(a_command_stays_with_the_sentence_before_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
