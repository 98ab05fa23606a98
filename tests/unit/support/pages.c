/* SPDX-License-Identifier: EUPL-1.2 */
/* Widths are counted by bytes that begin a character; elements by a stack of names. */
#include "tests/unit/support/pages.h"

#include <string.h>

int
test_page_setup(void **state)
{
	static struct test_page f;

	urne_arena_init(&f.arena, (size_t)256 << 20);
	urne_buf_init(&f.text, (size_t)256 << 20);
	urne_page_init(&f.page, &f.arena, VIEW("fr"), VIEW("Vote"));
	*state = &f;
	return 0;
}

int
test_page_teardown(void **state)
{
	struct test_page *f = *state;

	urne_arena_clear(&f->arena);
	urne_buf_clear(&f->text);
	return 0;
}

const char *
test_page_rendered(struct test_page *f)
{
	urne_buf_putc(&f->text, '\0');
	assert_ok(urne_buf_error(&f->text));
	assert_int_equal(strlen(f->text.data), f->text.len - 1);
	return f->text.data;
}

const char *
test_page_as_text(struct test_page *f, size_t columns)
{
	urne_buf_reset(&f->text);
	urne_page_render_text(&f->text, &f->page, columns);
	return test_page_rendered(f);
}

const char *
test_page_as_html(struct test_page *f)
{
	urne_buf_reset(&f->text);
	urne_page_render_html(&f->text, &f->page);
	return test_page_rendered(f);
}

size_t
test_page_count(const char *text, const char *what)
{
	const char *stop = text + strlen(text);
	size_t num = 0, len = strlen(what);

	/* memmem and memchr: under the sanitizers strstr looks at the whole rest each time */
	while ((text = memmem(text, (size_t)(stop - text), what, len)) != NULL) {
		text += len;
		num++;
	}
	return num;
}

size_t
test_page_widest(const char *text)
{
	size_t width = 0, most = 0;

	for (; *text != '\0'; text++) {
		width = *text == '\n' ? 0 : width + (((unsigned char)*text & 0xc0U) != 0x80U);
		most = width > most ? width : most;
	}
	return most;
}

bool
test_page_balanced(const char *html)
{
	static struct urne_view open[200000];
	const char *stop = html + strlen(html);
	size_t depth = 0;

	while (html != NULL && (html = memchr(html, '<', (size_t)(stop - html))) != NULL) {
		const char *end = memchr(html, '>', (size_t)(stop - html));
		bool closes = html[1] == '/';
		struct urne_view name = {html + (closes ? 2 : 1), 0};

		if (end == NULL) {
			return false;
		}
		while (name.p + name.len < end && memchr(" /\n", name.p[name.len], 3) == NULL) {
			name.len++;
		}
		if (closes && (depth == 0 || !urne_view_eq(open[--depth], name))) {
			return false;
		}
		if (!closes && end[-1] != '/' && name.p[0] != '!' && !urne_view_is(name, "meta")) {
			assert_true(depth < sizeof(open) / sizeof(open[0]));
			open[depth++] = name;
		}
		html = urne_view_is(name, "style") && !closes ? strstr(html, "</style>") : end;
	}
	return depth == 0;
}

void
test_page_add_row(struct urne_page *p, const char *const *cells, size_t num, size_t first_numeric)
{
	urne_page_open(p, URNE_BLOCK_ROW, VIEW(""));
	for (size_t i = 0; i < num; i++) {
		urne_page_cell(p, i >= first_numeric, urne_view_of(cells[i]));
	}
	urne_page_close(p);
}

void
test_page_add_everything(struct urne_page *p, struct urne_view t)
{
	urne_page_heading(p, 1, t);
	urne_page_text(p, URNE_BLOCK_PARAGRAPH, t);
	urne_page_heading(p, 2, VIEW("Deux"));
	urne_page_text(p, URNE_BLOCK_NOTICE, t);
	urne_page_text(p, URNE_BLOCK_CODE, t);
	urne_page_typed(p, t, VIEW("URNE"));
	urne_page_open(p, URNE_BLOCK_FACTS, VIEW(""));
	urne_page_fact(p, t, t);
	urne_page_close(p);
	urne_page_heading(p, 3, VIEW("Trois"));
	urne_page_open(p, URNE_BLOCK_TABLE, t);
	urne_page_open(p, URNE_BLOCK_ROW, VIEW(""));
	urne_page_cell(p, false, t);
	urne_page_cell(p, true, t);
	urne_page_close(p);
	urne_page_close(p);
	urne_page_open(p, URNE_BLOCK_BARS, t);
	urne_page_bar(p, URNE_BAR_AGAINST, t, 1, 2, t);
	urne_page_close(p);
	urne_page_heading(p, 2, VIEW("Encore"));
	urne_page_open(p, URNE_BLOCK_DETAILS, t);
	urne_page_heading(p, 3, VIEW("Dedans"));
	urne_page_open(p, URNE_BLOCK_LIST, VIEW(""));
	urne_page_entry(p, t);
	urne_page_close(p);
	urne_page_close(p);
	urne_page_qr(p, VIEW("URNE"), t);
	assert_ok(urne_page_error(p));
}

void
test_page_add_table(struct urne_page *p)
{
	static const char *const rows[][3] = {
	    {"Nom", "Voix", "Part"},
	    {"\u00c9lo\u00efse \u00c7elik", "1\u202f203", "54,32\u00a0%"},
	    {"Bo", "7", "0,31\u00a0%"},
	};

	urne_page_open(p, URNE_BLOCK_TABLE, VIEW("Voix"));
	for (size_t i = 0; i < 3; i++) {
		test_page_add_row(p, rows[i], 3, i == 0 ? 3 : 1);
	}
	urne_page_close(p);
}
