/* SPDX-License-Identifier: EUPL-1.2 */
/* The PDF as a file: its tags, the same bytes wherever and whenever it is made, fonts, refusals.
 * For what the machine could change, the test runs itself again in another process. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/unit/support/pdf_reader.h"

/* The sanitizer of clang and libfaketime wait for each other before main. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define STOPS_UNDER_FAKETIME
#endif
#endif

/* ---- what is in the file --------------------------------------------------------------------- */

static void
the_file_is_tagged_titled_and_without_a_date(void **state)
{
	static const char *const tags[] = {"Document", "  H1", "  H2", "  H3", "  P", "  Table",
	    "    Caption", "    TR", "      TH", "      TD", "  L", "    LI", "      Lbl",
	    "      LBody", "  Figure"};
	struct pdf *t = *state;

	test_page_add_everything(&t->f->page, VIEW("texte"));
	test_page_add_table(&t->f->page);
	assert_ok(pdf_render(t));
	pdf_write(t);
	(void)pdf_run(t, (const char *const[]){"pdfinfo", t->path, NULL});
	assert_non_null(strstr(t->said, "Title:           Vote\n"));
	assert_non_null(strstr(t->said, "Tagged:          yes\n"));
	assert_null(strstr(t->said, "Date"));
	(void)pdf_run(t, (const char *const[]){"pdfinfo", "-struct", t->path, NULL});
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		char pattern[40];

		(void)snprintf(pattern, sizeof(pattern), "\n%s", i == 0 ? "" : tags[i]);
		assert_non_null(strstr(t->said, pattern));
	}
}

static void
what_is_repeated_is_not_read_aloud_again(void **state)
{
	struct pdf *t = *state;

	pdf_add_long_table(&t->f->page, 60);
	assert_ok(pdf_render(t));
	pdf_write(t);
	(void)pdf_run(t, (const char *const[]){"pdfinfo", "-struct-text", t->path, NULL});
	assert_int_equal(test_page_count(t->said, "\"Raison\""), 1);
	assert_int_equal(test_page_count(t->said, "GnQagTgeJqLsvY"), 0);
	assert_int_equal(test_page_count(t->said, "    TR\n"), 61);
}

/* ---- the machine ----------------------------------------------------------------------------- */

static void
add_sample(struct urne_page *p)
{
	test_page_add_everything(p, VIEW("Décision n° 1 : Ωμέγα, Ещё"));
	test_page_add_table(p);
	pdf_add_long_table(p, 40);
	urne_page_qr(p, VIEW(PDF_QR), VIEW("Empreinte"));
}

/* render_elsewhere has another process render the sample, with other variables or another clock. */
static const char *
render_elsewhere(struct pdf *t, const char *const *prefix)
{
	const char *argv[16] = {NULL};
	char self[4096] = {0};
	size_t num = 0;

	assert_true(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	while (prefix[num] != NULL) {
		argv[num] = prefix[num];
		num++;
	}
	argv[num++] = self;
	argv[num++] = "--render";
	argv[num] = t->path;
	return pdf_run(t, argv);
}

static void
the_same_page_gives_the_same_bytes_anywhere_and_at_any_time(void **state)
{
	/* faketime puts its library before that of a sanitizer, which would refuse to start */
	static const char *const elsewhere[][5] = {
	    {"env", "TZ=Pacific/Kiritimati", "LANG=C", "LC_ALL=C", NULL},
	    {"env", "TZ=America/St_Johns", "LC_ALL=C.UTF-8", "LANGUAGE=ja:ar", NULL},
#ifndef STOPS_UNDER_FAKETIME
	    {"env", "ASAN_OPTIONS=verify_asan_link_order=0", "faketime", "2031-07-01 12:00:00",
		NULL},
#endif
	};
	struct pdf *t = *state;
	struct urne_view read = {NULL, 0};

	add_sample(&t->f->page);
	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++) {
		struct urne_buf other;

		assert_string_equal(render_elsewhere(t, elsewhere[i]), "");
		urne_buf_init(&other, (size_t)16 << 20);
		assert_ok(urne_file_read(&other, &t->d, t->path));
		assert_ok(pdf_render(t));
		read = urne_buf_view(&t->f->text);
		assert_true(urne_view_eq(read, urne_buf_view(&other)));
		urne_buf_clear(&other);
	}
}

/* use_fonts points fontconfig at a folder of our own, with these fonts of the package only. */
static void
use_fonts(struct pdf *t, char *variable, size_t size, const char *const *fonts)
{
	char path[160];
	FILE *out;

	for (size_t i = 0; fonts[i] != NULL; i++) {
		char from[160];

		(void)snprintf(from, sizeof(from), "/usr/share/fonts/truetype/dejavu/%s", fonts[i]);
		(void)snprintf(path, sizeof(path), "%s/%s", t->dir, fonts[i]);
		assert_int_equal(symlink(from, path), 0);
	}
	(void)snprintf(path, sizeof(path), "%s/fonts.conf", t->dir);
	out = fopen(path, "w");
	assert_non_null(out);
	assert_true(fprintf(out,
			"<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">"
			"<fontconfig><dir>%s</dir><cachedir>%s/cache</cachedir></fontconfig>",
			t->dir, t->dir) > 0);
	assert_int_equal(fclose(out), 0);
	(void)snprintf(variable, size, "FONTCONFIG_FILE=%s", path);
}

static void
a_font_that_is_not_there_is_named_with_its_package(void **state)
{
	static const char *const some[] = {"DejaVuSans.ttf", "DejaVuSerif.ttf", NULL};
	struct pdf *t = *state;
	char variable[200];

	use_fonts(t, variable, sizeof(variable), (const char *const[]){NULL});
	assert_string_equal(render_elsewhere(t, (const char *const[]){"env", variable, NULL}),
	    "io: the font DejaVu Serif Bold is not on this machine: install the package "
	    "fonts-dejavu-core");
	/* a bold face is not to be made of the regular one */
	use_fonts(t, variable, sizeof(variable), some);
	assert_string_equal(render_elsewhere(t, (const char *const[]){"env", variable, NULL}),
	    "io: the font DejaVu Serif Bold is not on this machine: install the package "
	    "fonts-dejavu-core");
}

static void
only_fonts_of_the_package_are_needed(void **state)
{
	static const char *const all[] = {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf",
	    "DejaVuSansMono.ttf", "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", NULL};
	struct pdf *t = *state;
	char variable[200];

	use_fonts(t, variable, sizeof(variable), all);
	assert_string_equal(render_elsewhere(t, (const char *const[]){"env", variable, NULL}), "");
}

/* ---- errors ---------------------------------------------------------------------------------- */

static void
a_refusal_leaves_nothing_in_the_buffer(void **state)
{
	struct pdf *t = *state;

	add_sample(&t->f->page);
	t->f->text.max = 5000;
	urne_buf_reset(&t->f->text);
	urne_buf_puts(&t->f->text, "before");
	assert_err(
	    urne_page_render_pdf(&t->f->text, &t->d, &t->f->page, PDF_FOOTER), URNE_ERR_LIMIT);
	assert_true(urne_view_is(urne_buf_view(&t->f->text), "before"));
}

static void
a_page_that_is_not_closed_is_refused(void **state)
{
	struct pdf *t = *state;

	urne_page_open(&t->f->page, URNE_BLOCK_FACTS, VIEW(""));
	assert_err(pdf_render(t), URNE_ERR_INTERNAL);
	assert_int_equal(t->f->text.len, 0);
}

static void
texts_and_footers_beyond_paper_are_refused(void **state)
{
	static char text[(64 << 10) + 1];
	struct pdf *t = *state;

	memset(text, 'm', sizeof(text));
	assert_err(urne_page_render_pdf(
		       &t->f->text, &t->d, &t->f->page, (struct urne_view){text, sizeof(text) - 1}),
	    URNE_ERR_LIMIT);
	memset(text, '\n', sizeof(text));
	urne_page_text(
	    &t->f->page, URNE_BLOCK_PARAGRAPH, (struct urne_view){text, sizeof(text) - 1});
	assert_ok(pdf_render(t));
	urne_page_text(&t->f->page, URNE_BLOCK_PARAGRAPH, (struct urne_view){text, sizeof(text)});
	assert_err(pdf_render(t), URNE_ERR_LIMIT);
	assert_non_null(strstr(t->d.text, "make several paragraphs of it"));
}

static void
a_qr_code_says_what_does_not_fit(void **state)
{
	static const char text[2400];
	struct pdf *t = *state;
	const uint8_t *modules;
	size_t size;

	assert_ok(urne_qr(&modules, &size, &t->f->arena, &t->d, VIEW("URNE")));
	assert_int_equal(size, 21);
	for (size_t i = 0; i < size * size; i++) {
		assert_in_range(modules[i], 0, 1);
	}
	/* the first row: seven dark modules of the mark in the corner, a light one */
	assert_memory_equal(modules, "\1\1\1\1\1\1\1\0", 8);
	assert_err(urne_qr(&modules, &size, &t->f->arena, &t->d, VIEW("")), URNE_ERR_RANGE);
	assert_null(modules);
	assert_int_equal(size, 0);
	/* version 40 holds 2331 bytes with error correction M */
	assert_ok(urne_qr(&modules, &size, &t->f->arena, &t->d, (struct urne_view){text, 2331}));
	assert_int_equal(size, 177);
	assert_err(urne_qr(&modules, &size, &t->f->arena, &t->d, (struct urne_view){text, 2332}),
	    URNE_ERR_LIMIT);
}

/* render_only is the test run again: the sample goes to a file, an error to stdout. */
static int
render_only(const char *path)
{
	void *state = NULL;
	struct pdf t = {.f = NULL};
	enum urne_err e;

	(void)test_page_setup(&state);
	t.f = state;
	(void)snprintf(t.path, sizeof(t.path), "%s", path);
	add_sample(&t.f->page);
	e = pdf_render(&t);
	if (e == URNE_OK) {
		pdf_write(&t);
	} else {
		printf("%s: %s", urne_err_name(e), t.d.text);
	}
	return test_page_teardown(&state);
}

int
main(int argc, char **argv)
{
#define T(name) cmocka_unit_test_setup_teardown(name, pdf_setup, pdf_teardown)
	const struct CMUnitTest tests[] = {
	    T(the_file_is_tagged_titled_and_without_a_date),
	    T(what_is_repeated_is_not_read_aloud_again),
	    T(the_same_page_gives_the_same_bytes_anywhere_and_at_any_time),
	    T(a_font_that_is_not_there_is_named_with_its_package),
	    T(only_fonts_of_the_package_are_needed),
	    T(a_refusal_leaves_nothing_in_the_buffer),
	    T(a_page_that_is_not_closed_is_refused),
	    T(texts_and_footers_beyond_paper_are_refused),
	    T(a_qr_code_says_what_does_not_fit),
	};

	if (argc == 3 && strcmp(argv[1], "--render") == 0) {
		return render_only(argv[2]);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
