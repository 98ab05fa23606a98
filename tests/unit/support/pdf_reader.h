/* SPDX-License-Identifier: EUPL-1.2 */
/* A page rendered as PDF and read back by programs that know nothing of ours: poppler and zbar. A
 * program that is missing fails the test: tools/packages.txt has them. */
#ifndef URNE_TESTS_PDF_READER_H
#define URNE_TESTS_PDF_READER_H

#include "tests/unit/support/pages.h"

#define PDF_FOOTER VIEW("Procès-verbal du vote GnQagTgeJqLsvY")
#define PDF_HASH   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define PDF_QR	   "URNE-MINUTES-1 GnQagTgeJqLsvY " PDF_HASH

struct pdf {
	struct test_page *f;	/* the page, and room for the PDF in its text */
	char dir[64], path[80]; /* a scratch folder, and the PDF in it */
	char said[1 << 20];	/* by the last program */
	struct urne_diag d;
};

/* For cmocka: *state is a struct pdf with an empty page. */
int pdf_setup(void **state);
int pdf_teardown(void **state);

/* pdf_run starts a program of the PATH, waits for it, and returns what it says. */
const char *pdf_run(struct pdf *t, const char *const *argv);
enum urne_err pdf_render(struct pdf *t) URNE_MUST_USE;
/* pdf_write puts what was rendered into t->path. */
void pdf_write(struct pdf *t);
/* pdf_read has the texts of t->path in the order of the file; a form feed ends each sheet. */
const char *pdf_read(struct pdf *t);
/* pdf_as_text renders and reads back. */
const char *pdf_as_text(struct pdf *t);
/* pdf_sheet cuts the text of one sheet, from 1, out of what was read back. */
const char *pdf_sheet(struct pdf *t, size_t number);
/* pdf_remove_breaks takes line ends, form feeds and spaces out of what was read back. */
const char *pdf_remove_breaks(struct pdf *t);
/* pdf_place_of a word on the first sheet ("xMin", "yMax", ...), in hundredths of a point. */
long pdf_place_of(struct pdf *t, const char *side, const char *word);
/* pdf_lowest: the largest yMax of a word, on any sheet. */
long pdf_lowest(struct pdf *t, const char *word);

/* pdf_add_long_table: rows 1 to `num`; row 7 begins with "r7." and its last cell, of several lines,
 * begins with "de7." and ends with "fin7.". */
void pdf_add_long_table(struct urne_page *p, int num);

#endif
