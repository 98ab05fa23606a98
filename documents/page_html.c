/* SPDX-License-Identifier: EUPL-1.2 */
/* A page as one HTML document that needs nothing else: no script, no font, no picture from
 * elsewhere, and a policy that forbids them. Elements say what things are; the style sheet only
 * says how they look. */
#include "crypto/sha256.h"
#include "documents/html.h"
#include "documents/page_parts.h"

#define MAX_STYLE    ((size_t)1 << 16)
#define MAX_QR_ARENA ((size_t)1 << 20)
/* Tables with so few columns fit every screen but a phone's; their heads stay in sight. */
#define FEW_COLUMNS ((size_t)6)
#define NUM_LEVELS  ((size_t)4)

struct html {
	struct urne_buf *out;
	size_t num_headings, num_tables;
	bool in_details;
	bool in_section[NUM_LEVELS]; /* by level of the heading that began it */
	enum urne_err err;
};

static void
element(struct html *h, const char *begin, struct urne_view text, const char *end)
{
	urne_buf_puts(h->out, begin);
	urne_html_put(h->out, text);
	urne_buf_puts(h->out, end);
}

/* end_sections closes the sections that a heading of that level ends. */
static void
end_sections(struct html *h, unsigned level)
{
	for (unsigned i = NUM_LEVELS; i-- > level;) {
		urne_buf_puts(h->out, h->in_section[i] ? "</section>\n" : "");
		h->in_section[i] = false;
	}
}

static void
put_heading(struct html *h, const struct urne_block *b)
{
	if (!h->in_details) {
		end_sections(h, b->level);
	}
	if (!h->in_details && b->level > 1) {
		urne_buf_puts(h->out, "<section>\n");
		h->in_section[b->level] = true;
	}
	h->num_headings++;
	urne_buf_printf(h->out, "<h%u id=\"s%zu\">", b->level, h->num_headings);
	urne_html_put(h->out, b->text);
	urne_buf_printf(h->out, "</h%u>\n", b->level);
}

static void
put_paragraph(struct html *h, const struct urne_block *b)
{
	element(h, "<p>", b->text, "</p>\n");
}

static void
put_notice(struct html *h, const struct urne_block *b)
{
	element(h, "<p class=\"notice\" role=\"note\">", b->text, "</p>\n");
}

static void
put_code(struct html *h, const struct urne_block *b)
{
	element(h, "<pre><code>", b->text, "</code></pre>\n");
}

static void
put_facts(struct html *h, const struct urne_block *b)
{
	urne_buf_puts(h->out, "<dl>\n");
	for (const struct urne_block *fact = b->child; fact != NULL; fact = fact->next) {
		element(h, "<div><dt>", fact->label, "</dt>");
		element(h, "<dd>", fact->text, "</dd></div>\n");
	}
	urne_buf_puts(h->out, "</dl>\n");
}

static void
put_list(struct html *h, const struct urne_block *b)
{
	urne_buf_puts(h->out, b->numbered ? "<ol>\n" : "<ul>\n");
	for (const struct urne_block *e = b->child; e != NULL; e = e->next) {
		element(h, "<li>", e->text, "</li>\n");
	}
	urne_buf_puts(h->out, b->numbered ? "</ol>\n" : "</ul>\n");
}

static void
put_bars(struct html *h, const struct urne_block *b)
{
	urne_buf_puts(h->out, "<figure class=\"bars\">\n");
	if (b->text.len > 0) {
		element(h, "<figcaption>", b->text, "</figcaption>\n");
	}
	/* with the role, because a list without bullets is none to some screen readers */
	urne_buf_puts(h->out, "<ul role=\"list\">\n");
	for (const struct urne_block *bar = b->child; bar != NULL; bar = bar->next) {
		element(h, "<li><span class=\"label\">", bar->label, "</span> ");
		element(h, "<span class=\"value\">", bar->text, "</span>");
		urne_page_svg_bar(h->out, bar);
		urne_buf_puts(h->out, "</li>\n");
	}
	urne_buf_puts(h->out, "</ul>\n</figure>\n");
}

/* The head of a column is set like the numbers below it. */
static void
put_head(struct html *h, const struct urne_block *head)
{
	const struct urne_block *below = head->next != NULL ? head->next->child : NULL;

	urne_buf_puts(h->out, "<thead>\n<tr>");
	for (const struct urne_block *c = head->child; c != NULL; c = c->next) {
		bool numeric = c->numeric || (below != NULL && below->numeric);

		element(h, numeric ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">",
		    c->text, "</th>");
		below = below != NULL ? below->next : NULL;
	}
	urne_buf_puts(h->out, "</tr>\n</thead>\n");
}

/* The first cell that is no number says what the row is about. */
static void
put_row(struct html *h, const struct urne_block *row)
{
	bool named = false;

	urne_buf_puts(h->out, "<tr>");
	for (const struct urne_block *c = row->child; c != NULL; c = c->next) {
		if (c->numeric) {
			element(h, "<td class=\"n\">", c->text, "</td>");
		} else if (named) {
			element(h, "<td><div>", c->text, "</div></td>");
		} else {
			element(h, "<th scope=\"row\"><div>", c->text, "</div></th>");
			named = true;
		}
	}
	urne_buf_puts(h->out, "</tr>\n");
}

/* begin_table opens the region in which a wide table scrolls. It has a name, so that who moves by
 * keyboard knows what it is: the caption, or else the heading above. */
static void
begin_table(struct html *h, const struct urne_block *b)
{
	size_t columns = 0;

	for (const struct urne_block *c = b->child != NULL ? b->child->child : NULL; c != NULL;
	     c = c->next) {
		columns++;
	}
	urne_buf_printf(h->out, "<div class=\"%s\" tabindex=\"0\"",
	    columns <= FEW_COLUMNS ? "scroll few" : "scroll");
	if (b->text.len > 0) {
		h->num_tables++;
		urne_buf_printf(h->out, " role=\"region\" aria-labelledby=\"t%zu\"", h->num_tables);
	} else if (h->num_headings > 0) {
		urne_buf_printf(
		    h->out, " role=\"region\" aria-labelledby=\"s%zu\"", h->num_headings);
	}
	urne_buf_puts(h->out, ">\n<table>\n");
	if (b->text.len > 0) {
		urne_buf_printf(h->out, "<caption><span id=\"t%zu\">", h->num_tables);
		element(h, "", b->text, "</span></caption>\n");
	}
}

static void
put_table(struct html *h, const struct urne_block *b)
{
	begin_table(h, b);
	if (b->child != NULL) {
		put_head(h, b->child);
		urne_buf_puts(h->out, "<tbody>\n");
		for (const struct urne_block *r = b->child->next; r != NULL; r = r->next) {
			put_row(h, r);
		}
		urne_buf_puts(h->out, "</tbody>\n");
	}
	urne_buf_puts(h->out, "</table>\n</div>\n");
}

static void
put_details(struct html *h, const struct urne_block *b)
{
	element(h, "<details>\n<summary>", b->label, "</summary>\n");
}

static void
put_picture(struct html *h, struct urne_view content)
{
	struct urne_arena arena;
	const uint8_t *modules = NULL;
	size_t size = 0;
	enum urne_err e;

	/* what it carries may be a key */
	urne_arena_init_secret(&arena, MAX_QR_ARENA);
	e = urne_qr(&modules, &size, &arena, NULL, content);
	if (e == URNE_OK) {
		urne_page_svg_qr(h->out, modules, size);
	} else {
		h->err = e;
	}
	urne_arena_clear(&arena);
}

/* What the code carries also stands below it, for whoever has no camera or no eyes for it. */
static void
put_qr(struct html *h, const struct urne_block *b)
{
	urne_buf_puts(h->out, "<figure class=\"code\">\n");
	put_picture(h, b->text);
	element(h, "\n<figcaption>", b->label, "\n");
	element(h, "<code>", b->text, "</code></figcaption>\n</figure>\n");
}

static void
put_typed(struct html *h, const struct urne_block *b)
{
	put_code(h, b);
	if (b->label.len > 0) {
		urne_buf_puts(h->out, "<figure class=\"code\">\n");
		put_picture(h, b->label);
		urne_buf_puts(h->out, "\n</figure>\n");
	}
}

/* Children (NULL) are put by their parents. */
static void (*const put[])(struct html *h, const struct urne_block *b) = {
    [URNE_BLOCK_HEADING] = put_heading,
    [URNE_BLOCK_PARAGRAPH] = put_paragraph,
    [URNE_BLOCK_NOTICE] = put_notice,
    [URNE_BLOCK_FACTS] = put_facts,
    [URNE_BLOCK_TABLE] = put_table,
    [URNE_BLOCK_BARS] = put_bars,
    [URNE_BLOCK_LIST] = put_list,
    [URNE_BLOCK_DETAILS] = put_details,
    [URNE_BLOCK_CODE] = put_code,
    [URNE_BLOCK_TYPED] = put_typed,
    [URNE_BLOCK_QR] = put_qr,
};

/* put_policy allows this style sheet, by its hash, and nothing else. */
static void
put_policy(struct urne_buf *out, struct urne_view style)
{
	struct urne_hash hash;
	char text[URNE_HASH_B64_LEN];

	urne_sha256_of(&hash, style);
	urne_b64_hash_encode(text, &hash);
	urne_buf_puts(out, "default-src 'none'; style-src 'sha256-");
	urne_buf_put(out, text, sizeof(text));
	/* 32 bytes leave two of the last three: padding is one sign */
	urne_buf_puts(out, "='; base-uri 'none'; form-action 'none'");
}

void
urne_page_policy(struct urne_buf *out)
{
	struct urne_buf style;

	urne_buf_init(&style, MAX_STYLE);
	urne_page_style(&style);
	put_policy(out, urne_buf_view(&style));
	if (out->err == URNE_OK) {
		out->err = urne_buf_error(&style);
	}
	urne_buf_clear(&style);
}

/* put_prologue writes everything before the content. */
static void
put_prologue(struct html *h, const struct urne_page *p)
{
	struct urne_buf style;

	urne_buf_init(&style, MAX_STYLE);
	urne_page_style(&style);
	element(h, "<!doctype html>\n<html lang=\"", p->lang, "\">\n<head>\n");
	urne_buf_puts(h->out, "<meta charset=\"utf-8\">\n"
			      "<meta http-equiv=\"Content-Security-Policy\" content=\"");
	put_policy(h->out, urne_buf_view(&style));
	urne_buf_puts(h->out, "\">\n"
			      "<meta name=\"viewport\" content=\"width=device-width, "
			      "initial-scale=1\">\n"
			      "<meta name=\"color-scheme\" content=\"light dark\">\n"
			      "<meta name=\"format-detection\" content=\"telephone=no\">\n");
	element(h, "<title>", p->title, "</title>\n<style>");
	urne_buf_put_view(h->out, urne_buf_view(&style));
	urne_buf_puts(h->out, "</style>\n</head>\n<body>\n<main>\n");
	h->err = urne_buf_error(&style);
	urne_buf_clear(&style);
}

void
urne_page_render_html(struct urne_buf *out, const struct urne_page *p)
{
	struct html h = {.out = out, .err = urne_page_error(p)};
	struct urne_page_walk w = urne_page_walk_from(p);

	if (h.err == URNE_OK) {
		put_prologue(&h, p);
	}
	for (; h.err == URNE_OK && w.at != NULL; urne_page_walk_on(&w)) {
		h.in_details = w.depth > 0;
		if (w.leaving) {
			urne_buf_puts(out, "</details>\n");
		} else {
			put[w.at->kind](&h, w.at);
		}
	}
	if (h.err == URNE_OK) {
		end_sections(&h, 0);
		urne_buf_puts(out, "</main>\n</body>\n</html>\n");
	}
	if (out->err == URNE_OK) {
		out->err = h.err;
	}
}
