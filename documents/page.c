/* SPDX-License-Identifier: EUPL-1.2 */
/* Building a page: blocks hang in a tree whose shape is checked as it grows, so that renderers can
 * rely on it. Composers write on without asking; the first error stays. */
#include "documents/page.h"

#include "documents/page_parts.h"

void
urne_page_init(
    struct urne_page *p, struct urne_arena *arena, struct urne_view lang, struct urne_view title)
{
	*p = (struct urne_page){.arena = arena};
	p->open = &p->root;
	p->err = urne_arena_copy(arena, &p->lang, lang);
	if (p->err == URNE_OK) {
		p->err = urne_arena_copy(arena, &p->title, title);
	}
}

enum urne_err
urne_page_error(const struct urne_page *p)
{
	if (p->err != URNE_OK) {
		return p->err;
	}
	return p->open == &p->root ? URNE_OK : URNE_ERR_INTERNAL;
}

/* fits tells whether a block of that kind may stand where blocks are added now. */
static bool
fits(const struct urne_page *p, enum urne_block_kind kind)
{
	bool on_page = p->open == &p->root;

	switch (kind) {
	case URNE_BLOCK_FACT:
		return !on_page && p->open->kind == URNE_BLOCK_FACTS;
	case URNE_BLOCK_ROW:
		return !on_page && p->open->kind == URNE_BLOCK_TABLE;
	case URNE_BLOCK_CELL:
		return !on_page && p->open->kind == URNE_BLOCK_ROW;
	case URNE_BLOCK_BAR:
		return !on_page && p->open->kind == URNE_BLOCK_BARS;
	case URNE_BLOCK_ENTRY:
		return !on_page && p->open->kind == URNE_BLOCK_LIST;
	case URNE_BLOCK_HEADING:
	case URNE_BLOCK_PARAGRAPH:
	case URNE_BLOCK_NOTICE:
	case URNE_BLOCK_FACTS:
	case URNE_BLOCK_TABLE:
	case URNE_BLOCK_BARS:
	case URNE_BLOCK_LIST:
	case URNE_BLOCK_DETAILS:
	case URNE_BLOCK_CODE:
	case URNE_BLOCK_TYPED:
	case URNE_BLOCK_QR:
		return on_page || p->open->kind == URNE_BLOCK_DETAILS;
	}
	return false;
}

/* add hangs a copy of `model` below the open block and returns it; NULL after an error. */
static struct urne_block *
add(struct urne_page *p, const struct urne_block *model)
{
	struct urne_block *b;

	if (p->err != URNE_OK) {
		return NULL;
	}
	if (!fits(p, model->kind)) {
		p->err = URNE_ERR_INTERNAL;
		return NULL;
	}
	b = urne_arena_alloc(p->arena, 1, sizeof(*b));
	if (b == NULL) {
		p->err =
		    urne_arena_fits(p->arena, 1, sizeof(*b)) ? URNE_ERR_MEMORY : URNE_ERR_LIMIT;
		return NULL;
	}
	*b = *model;
	p->err = urne_arena_copy(p->arena, &b->label, model->label);
	if (p->err == URNE_OK) {
		p->err = urne_arena_copy(p->arena, &b->text, model->text);
	}
	if (p->err != URNE_OK) {
		return NULL;
	}
	b->parent = p->open;
	if (p->open->last == NULL) {
		p->open->child = b;
	} else {
		p->open->last->next = b;
	}
	p->open->last = b;
	return b;
}

static void
add_and_open(struct urne_page *p, const struct urne_block *model)
{
	struct urne_block *b = add(p, model);

	if (b != NULL) {
		p->open = b;
	}
}

/* refuse makes misuse the page's error, unless there is one already. */
static void
refuse(struct urne_page *p)
{
	if (p->err == URNE_OK) {
		p->err = URNE_ERR_INTERNAL;
	}
}

void
urne_page_heading(struct urne_page *p, unsigned level, struct urne_view text)
{
	bool is_title = level == 1;

	if (level < 1 || level > 3 || (is_title && (p->has_title || p->open != &p->root))) {
		refuse(p);
		return;
	}
	p->has_title = p->has_title || is_title;
	(void)add(
	    p, &(struct urne_block){.kind = URNE_BLOCK_HEADING, .level = level, .text = text});
}

void
urne_page_text(struct urne_page *p, enum urne_block_kind kind, struct urne_view text)
{
	if (kind != URNE_BLOCK_PARAGRAPH && kind != URNE_BLOCK_NOTICE && kind != URNE_BLOCK_CODE) {
		refuse(p);
		return;
	}
	(void)add(p, &(struct urne_block){.kind = kind, .text = text});
}

void
urne_page_open(struct urne_page *p, enum urne_block_kind kind, struct urne_view label_or_caption)
{
	struct urne_block b = {.kind = kind};

	switch (kind) {
	case URNE_BLOCK_DETAILS:
		b.label = label_or_caption;
		break;
	case URNE_BLOCK_TABLE:
	case URNE_BLOCK_BARS:
		b.text = label_or_caption;
		break;
	case URNE_BLOCK_FACTS:
	case URNE_BLOCK_ROW:
	case URNE_BLOCK_LIST:
		break;
	case URNE_BLOCK_HEADING:
	case URNE_BLOCK_PARAGRAPH:
	case URNE_BLOCK_NOTICE:
	case URNE_BLOCK_FACT:
	case URNE_BLOCK_CELL:
	case URNE_BLOCK_BAR:
	case URNE_BLOCK_ENTRY:
	case URNE_BLOCK_CODE:
	case URNE_BLOCK_TYPED:
	case URNE_BLOCK_QR:
		refuse(p);
		return;
	}
	add_and_open(p, &b);
}

void
urne_page_open_numbered(struct urne_page *p)
{
	add_and_open(p, &(struct urne_block){.kind = URNE_BLOCK_LIST, .numbered = true});
}

void
urne_page_close(struct urne_page *p)
{
	if (p->open == &p->root) {
		refuse(p);
	}
	if (p->err == URNE_OK) {
		p->open = p->open->parent;
	}
}

void
urne_page_fact(struct urne_page *p, struct urne_view label, struct urne_view text)
{
	(void)add(p, &(struct urne_block){.kind = URNE_BLOCK_FACT, .label = label, .text = text});
}

void
urne_page_cell(struct urne_page *p, bool numeric, struct urne_view text)
{
	(void)add(
	    p, &(struct urne_block){.kind = URNE_BLOCK_CELL, .numeric = numeric, .text = text});
}

void
urne_page_bar(struct urne_page *p, enum urne_bar_style style, struct urne_view label,
    uint64_t value, uint64_t max, struct urne_view text)
{
	(void)add(p, &(struct urne_block){.kind = URNE_BLOCK_BAR,
			 .style = style,
			 .value = value,
			 .max = max,
			 .label = label,
			 .text = text});
}

void
urne_page_entry(struct urne_page *p, struct urne_view text)
{
	(void)add(p, &(struct urne_block){.kind = URNE_BLOCK_ENTRY, .text = text});
}

void
urne_page_typed(struct urne_page *p, struct urne_view lines, struct urne_view content)
{
	(void)add(
	    p, &(struct urne_block){.kind = URNE_BLOCK_TYPED, .label = content, .text = lines});
}

void
urne_page_qr(struct urne_page *p, struct urne_view content, struct urne_view caption)
{
	(void)add(
	    p, &(struct urne_block){.kind = URNE_BLOCK_QR, .label = caption, .text = content});
}

struct urne_page_walk
urne_page_walk_from(const struct urne_page *p)
{
	return (struct urne_page_walk){.page = p, .at = p->root.child};
}

void
urne_page_walk_on(struct urne_page_walk *w)
{
	const struct urne_block *b = w->at;

	if (b->kind == URNE_BLOCK_DETAILS && !w->leaving && b->child != NULL) {
		w->at = b->child;
		w->depth++;
	} else if (b->kind == URNE_BLOCK_DETAILS && !w->leaving) {
		w->leaving = true;
	} else if (b->next != NULL) {
		w->at = b->next;
		w->leaving = false;
	} else if (b->parent == &w->page->root) {
		w->at = NULL;
	} else {
		w->at = b->parent;
		w->leaving = true;
		w->depth--;
	}
}

uint64_t
urne_page_scaled(uint64_t value, uint64_t max, uint64_t width)
{
	uint64_t scaled;

	if (max == 0 || value == 0 || width == 0) {
		return 0;
	}
	if (value >= max) {
		return width;
	}
	/* a picture needs fewer digits than would not fit */
	while (max > UINT64_MAX / width) {
		max >>= 1;
		value >>= 1;
	}
	scaled = value * width / max;
	return scaled > 0 ? scaled : 1;
}
