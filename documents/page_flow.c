/* SPDX-License-Identifier: EUPL-1.2 */
/* Lines of text on a terminal: counted in characters, broken at spaces only (a no-break space is
 * none), safe to show. */
#include "base/safe_text.h"
#include "documents/page_parts.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* char_width: 1, or 0 for an accent of its own (U+0300 to U+036F), which stands over the letter
 * before it. */
static size_t
char_width(struct urne_view c)
{
	unsigned a = (unsigned char)c.p[0];
	unsigned b = c.len == 2 ? (unsigned char)c.p[1] : 0;

	return c.len == 2 && (a == 0xcc || (a == 0xcd && b < 0xb0)) ? 0 : 1;
}

size_t
urne_flow_width(struct urne_view text)
{
	size_t width = 0;

	while (text.len > 0) {
		width += char_width(urne_safe_char(&text));
	}
	return width;
}

size_t
urne_flow_longest(struct urne_view text)
{
	size_t longest = 0, word = 0;

	while (text.len > 0) {
		bool space = is_space(text.p[0]);
		size_t width = char_width(urne_safe_char(&text));

		word = space ? 0 : word + width;
		longest = word > longest ? word : longest;
	}
	return longest;
}

/* skip takes white space off the front; a line end that is to be kept stays. */
static void
skip(struct urne_view *v, bool keep_lines)
{
	while (v->len > 0 && is_space(v->p[0]) && !(keep_lines && v->p[0] == '\n')) {
		v->p++;
		v->len--;
	}
}

struct urne_view
urne_flow_line(struct urne_view *rest, size_t width, bool keep_lines)
{
	struct urne_view todo, line;
	size_t used = 0;

	skip(rest, keep_lines);
	todo = *rest;
	line = (struct urne_view){rest->p, 0}; /* ends behind the last whole word */
	while (todo.len > 0) {
		const char *start = todo.p;

		if (*start == '\n' && keep_lines) {
			rest->len = todo.len - 1;
			rest->p = start + 1;
			return line;
		}
		used += char_width(urne_safe_char(&todo));
		if (is_space(*start)) {
			continue;
		}
		if (width > 0 && used > width) {
			/* a first word that does not fit is cut here */
			line.len = line.len > 0 ? line.len : (size_t)(start - rest->p);
			break;
		}
		if (todo.len == 0 || is_space(*todo.p)) {
			line.len = (size_t)(todo.p - rest->p);
		}
	}
	if (todo.len == 0 && (width == 0 || used <= width)) {
		/* only white space can be left behind the last word */
		*rest = (struct urne_view){todo.p, 0};
		return line;
	}
	rest->p += line.len;
	rest->len -= line.len;
	skip(rest, keep_lines);
	return line;
}

void
urne_flow_spaces(struct urne_page_flow *f, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		urne_buf_putc(f->out, ' ');
	}
}

void
urne_flow_put_line(struct urne_page_flow *f, struct urne_view line)
{
	while (line.len > 0) {
		bool space = is_space(line.p[0]);
		struct urne_view c = urne_safe_char(&line);

		urne_buf_put_view(f->out, space ? urne_view_of(" ") : c);
	}
}

size_t
urne_flow_put(struct urne_page_flow *f, const char *mark, struct urne_view text)
{
	size_t hang = urne_flow_width(urne_view_of(mark));
	size_t width = f->width > hang ? f->width - hang : f->width;
	size_t widest = 0;
	bool first = true;

	do {
		struct urne_view line = urne_flow_line(&text, width, f->keep_lines);
		size_t used = urne_flow_width(line);

		if (first || line.len > 0) {
			urne_flow_spaces(f, f->indent + (first ? 0 : hang));
			urne_buf_puts(f->out, first ? mark : "");
		}
		urne_flow_put_line(f, line);
		urne_buf_putc(f->out, '\n');
		widest = used > widest ? used : widest;
		first = false;
	} while (text.len > 0);
	return widest;
}

void
urne_flow_fact(struct urne_page_flow *f, struct urne_view label, struct urne_view text)
{
	struct urne_view both;

	urne_buf_reset(&f->scratch);
	urne_buf_put_view(&f->scratch, label);
	/* French sets a space before the colon that does not break */
	urne_buf_puts(&f->scratch, f->french ? "\u00a0: " : ": ");
	urne_buf_put_view(&f->scratch, text);
	both = urne_buf_view(&f->scratch);
	/* the rest of a long fact is set in, so that the next label stands out */
	if (f->width > 0) {
		struct urne_view line = urne_flow_line(&both, f->width, false);

		urne_flow_spaces(f, f->indent);
		urne_flow_put_line(f, line);
		urne_buf_putc(f->out, '\n');
		if (both.len == 0) {
			return;
		}
	}
	(void)urne_flow_put(f, f->width > 0 ? "  " : "", both);
}
