/* SPDX-License-Identifier: EUPL-1.2 */
/* Programs are started by name, their output goes through a file of the scratch folder. */
#include "tests/unit/support/pdf_reader.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_ARGUMENTS 16

int
pdf_setup(void **state)
{
	static struct pdf t;
	void *f = NULL;

	t = (struct pdf){.dir = "/tmp/urne-page-pdf-XXXXXX"};
	if (mkdtemp(t.dir) == NULL) {
		return -1;
	}
	(void)snprintf(t.path, sizeof(t.path), "%s/page.pdf", t.dir);
	(void)test_page_setup(&f);
	t.f = f;
	*state = &t;
	return 0;
}

const char *
pdf_run(struct pdf *t, const char *const *argv)
{
	posix_spawn_file_actions_t to_file;
	char said[80];
	size_t len;
	FILE *in;
	int status = -1;
	char *copy[MAX_ARGUMENTS];
	size_t num = 0;
	pid_t pid;

	while (num + 1 < MAX_ARGUMENTS && argv[num] != NULL) {
		num++;
	}
	assert_null(argv[num]);
	memcpy(copy, argv, (num + 1) * sizeof(*copy));
	(void)snprintf(said, sizeof(said), "%s.said", t->dir);
	assert_int_equal(posix_spawn_file_actions_init(&to_file), 0);
	assert_int_equal(
	    posix_spawn_file_actions_addopen(&to_file, 1, said, O_WRONLY | O_CREAT | O_TRUNC, 0600),
	    0);
	if (posix_spawnp(&pid, argv[0], &to_file, NULL, copy, environ) != 0) {
		fail_msg("%s does not start: tools/deps.sh installs it", argv[0]);
	}
	(void)posix_spawn_file_actions_destroy(&to_file);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	in = fopen(said, "rb");
	assert_non_null(in);
	len = fread(t->said, 1, sizeof(t->said) - 1, in);
	t->said[len] = '\0';
	assert_int_equal(fclose(in), 0);
	assert_int_equal(unlink(said), 0);
	if (status != 0) {
		fail_msg("%s ended with status %d: %s", argv[0], status, t->said);
	}
	return t->said;
}

int
pdf_teardown(void **state)
{
	struct pdf *t = *state;
	void *f = t->f;

	(void)pdf_run(t, (const char *const[]){"rm", "-r", t->dir, NULL});
	return test_page_teardown(&f);
}

enum urne_err
pdf_render(struct pdf *t)
{
	urne_buf_reset(&t->f->text);
	return urne_page_render_pdf(&t->f->text, &t->d, &t->f->page, PDF_FOOTER);
}

void
pdf_write(struct pdf *t)
{
	FILE *out = fopen(t->path, "wb");

	assert_non_null(out);
	assert_int_equal(fwrite(t->f->text.data, 1, t->f->text.len, out), t->f->text.len);
	assert_int_equal(fclose(out), 0);
}

const char *
pdf_read(struct pdf *t)
{
	return pdf_run(t, (const char *const[]){"pdftotext", "-raw", t->path, "-", NULL});
}

const char *
pdf_as_text(struct pdf *t)
{
	assert_ok(pdf_render(t));
	pdf_write(t);
	return pdf_read(t);
}

const char *
pdf_sheet(struct pdf *t, size_t number)
{
	char *from = t->said;

	for (size_t i = 1; i < number; i++) {
		from = strchr(from, '\f');
		assert_non_null(from);
		from++;
	}
	assert_non_null(strchr(from, '\f'));
	*strchr(from, '\f') = '\0';
	return from;
}

const char *
pdf_remove_breaks(struct pdf *t)
{
	char *to = t->said;

	for (const char *from = t->said; *from != '\0'; from++) {
		if (strchr("\n\f ", *from) == NULL) {
			*to++ = *from;
		}
	}
	*to = '\0';
	return t->said;
}

/* side_of a word that pdftotext -bbox told of: its line has all four sides. */
static long
side_of(const char *at, const char *side)
{
	const char *line, *number;

	for (line = at; *line != '\n'; line--) {
	}
	number = strstr(line, side);
	assert_non_null(number);
	return (long)(strtod(number + strlen(side) + 2, NULL) * 100);
}

static const char *
next_box(const char *from, const char *word)
{
	char pattern[80];

	(void)snprintf(pattern, sizeof(pattern), "\">%s</word>", word);
	return strstr(from, pattern);
}

static const char *
read_boxes(struct pdf *t)
{
	return pdf_run(t, (const char *const[]){"pdftotext", "-bbox", t->path, "-", NULL});
}

long
pdf_place_of(struct pdf *t, const char *side, const char *word)
{
	const char *at = next_box(read_boxes(t), word);

	if (at == NULL) {
		fail_msg("%s is not there", word);
		return 0;
	}
	return side_of(at, side);
}

long
pdf_lowest(struct pdf *t, const char *word)
{
	const char *at = next_box(read_boxes(t), word);
	long lowest = 0;

	for (; at != NULL; at = next_box(at + 1, word)) {
		long low = side_of(at, "yMax");

		lowest = low > lowest ? low : lowest;
	}
	return lowest;
}

void
pdf_add_long_table(struct urne_page *p, int num)
{
	urne_page_open(p, URNE_BLOCK_TABLE, VIEW("Ordre"));
	test_page_add_row(p, (const char *const[]){"Rang", "Nom", "Voix", "Part", "Raison"}, 5, 5);
	for (int i = 1; i <= num; i++) {
		char rank[16], why[300];

		(void)snprintf(rank, sizeof(rank), "r%d.", i);
		(void)snprintf(why, sizeof(why),
		    "de%d. Femme suivante selon les voix, 1 203 voix, après le tirage au sort ; "
		    "Marc Durand, avec 1 250 voix, est au rang suivant. fin%d.",
		    i, i);
		test_page_add_row(
		    p, (const char *const[]){rank, "Claire Fontaine", "1203", "54,32", why}, 5, 2);
	}
	urne_page_close(p);
}
