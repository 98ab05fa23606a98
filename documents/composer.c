/* SPDX-License-Identifier: EUPL-1.2 */
/* Making the texts of a page in its arena, and the blocks that more than one page has. */
#include "documents/composer.h"

#define MAX_TEXT   URNE_MAX_TEXT_FILE /* no text of a definition is longer */
#define GROUP_LEN  ((size_t)8)
#define SPOKEN_LEN ((size_t)4)
#define NO_TEXT	   ((struct urne_view){"", 0})

void
urne_composer_init(struct urne_composer *c, struct urne_page *p, struct urne_reader r)
{
	*c = (struct urne_composer){.p = p, .r = r};
	urne_buf_init(&c->buf, MAX_TEXT);
	c->buf.secret = p->arena->secret;
}

void
urne_composer_clear(struct urne_composer *c)
{
	urne_buf_clear(&c->buf);
}

struct urne_view
urne_composer_take(struct urne_composer *c)
{
	struct urne_view v = NO_TEXT;
	enum urne_err e = urne_buf_error(&c->buf);

	if (e == URNE_OK) {
		e = urne_arena_copy(c->p->arena, &v, urne_buf_view(&c->buf));
	}
	if (e != URNE_OK && c->p->err == URNE_OK) {
		c->p->err = e;
	}
	urne_buf_reset(&c->buf);
	return v;
}

struct urne_view
urne_say_with(
    struct urne_composer *c, const struct urne_phrase *f, const struct urne_word *words, size_t num)
{
	urne_words_fill(&c->buf, c->r.lang, f, words, num);
	return urne_composer_take(c);
}

struct urne_view
urne_say(struct urne_composer *c, const struct urne_phrase *f)
{
	return urne_say_with(c, f, NULL, 0);
}

struct urne_view
urne_say1(struct urne_composer *c, const struct urne_phrase *f, struct urne_word word)
{
	return urne_say_with(c, f, &word, 1);
}

struct urne_view
urne_say_number(struct urne_composer *c, uint64_t n)
{
	urne_words_number(&c->buf, c->r.lang, n);
	return urne_composer_take(c);
}

struct urne_view
urne_say_share(struct urne_composer *c, uint64_t part, uint64_t of)
{
	urne_words_share(&c->buf, c->r.lang, part, of);
	return urne_composer_take(c);
}

struct urne_view
urne_say_moment(struct urne_composer *c, const struct urne_moment *m)
{
	urne_words_moment(&c->buf, c->r.lang, m);
	return urne_composer_take(c);
}

struct urne_view
urne_say_utc(struct urne_composer *c, const struct urne_moment *m)
{
	urne_words_moment_utc(&c->buf, c->r.lang, m);
	return urne_composer_take(c);
}

struct urne_view
urne_say_moment_and_utc(struct urne_composer *c, const struct urne_moment *m)
{
	static const struct urne_phrase both = {{"{0}, soit le {1}", "{0}, that is {1}"}};
	const struct urne_word words[] = {
	    urne_word_text(urne_say_moment(c, m)), urne_word_text(urne_say_utc(c, m))};

	return m->offset_minutes == 0 ? words[0].text : urne_say_with(c, &both, words, 2);
}

struct urne_view
urne_say_text(const struct urne_composer *c, const struct urne_texts *t)
{
	return t->by_language[c->r.index];
}

static struct urne_view
say_groups_of(struct urne_composer *c, struct urne_view digits, size_t group_len)
{
	for (size_t i = 0; i < digits.len; i++) {
		urne_buf_puts(&c->buf, i > 0 && i % group_len == 0 ? " " : "");
		urne_buf_putc(&c->buf, digits.p[i]);
	}
	return urne_composer_take(c);
}

struct urne_view
urne_say_grouped(struct urne_composer *c, struct urne_view digits)
{
	return say_groups_of(c, digits, GROUP_LEN);
}

static struct urne_view
say_hex(struct urne_composer *c, const struct urne_hash *h, size_t group_len)
{
	char hex[URNE_HASH_HEX_LEN];

	urne_hex_encode(hex, h->b, URNE_HASH_LEN);
	return say_groups_of(c, (struct urne_view){hex, sizeof(hex)}, group_len);
}

struct urne_view
urne_say_hash(struct urne_composer *c, const struct urne_hash *h)
{
	return say_hex(c, h, GROUP_LEN);
}

struct urne_view
urne_say_fours(struct urne_composer *c, const struct urne_hash *h)
{
	return say_hex(c, h, SPOKEN_LEN);
}

void
urne_compose_chapter(struct urne_composer *c, const struct urne_phrase *title)
{
	urne_page_heading(c->p, 2, urne_say(c, title));
}

void
urne_compose_paragraph(struct urne_composer *c, const struct urne_phrase *f)
{
	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_say(c, f));
}

void
urne_compose_lines(struct urne_composer *c, struct urne_view text)
{
	size_t begin = 0;

	for (size_t i = 0; i <= text.len; i++) {
		if (i < text.len && text.p[i] != '\n') {
			continue;
		}
		if (i > begin) {
			struct urne_view line = {text.p + begin, i - begin};
			urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, line);
		}
		begin = i + 1;
	}
}

void
urne_compose_row(struct urne_composer *c)
{
	urne_page_open(c->p, URNE_BLOCK_ROW, NO_TEXT);
}

void
urne_compose_table(struct urne_composer *c, const struct urne_phrase *caption,
    const struct urne_phrase *head, size_t num, unsigned numeric)
{
	urne_page_open(c->p, URNE_BLOCK_TABLE, urne_say(c, caption));
	urne_compose_row(c);
	for (size_t i = 0; i < num; i++) {
		urne_page_cell(c->p, (numeric >> i & 1) != 0, urne_say(c, &head[i]));
	}
	urne_page_close(c->p);
}

void
urne_compose_software(struct urne_composer *c, const struct urne_phrase *caption,
    const struct urne_software *software, size_t num)
{
	static const struct urne_phrase head[] = {
	    {{"Programme", "Program"}},
	    {{"Version", "Release"}},
	    {{"SHA-256 du fichier", "SHA-256 of the file"}},
	};

	urne_compose_table(c, caption, head, sizeof(head) / sizeof(head[0]), 0);
	for (size_t i = 0; i < num; i++) {
		urne_compose_row(c);
		urne_page_cell(c->p, false, software[i].name);
		urne_page_cell(c->p, false, software[i].release);
		urne_page_cell(c->p, false, urne_say_hash(c, &software[i].sha256));
		urne_page_close(c->p);
	}
	urne_page_close(c->p);
}

void
urne_compose_officials(struct urne_composer *c, const struct urne_definition *v, bool to_sign)
{
	static const struct urne_phrase captions[] = {
	    {{"Qui signe", "Who signs"}}, {{"Signatures", "Signatures"}}};
	static const struct urne_phrase heads[][3] = {
	    {{{"Nom", "Name"}}, {{"Fonction", "Role"}}, {{"Clé de signature", "Key"}}},
	    {{{"Nom", "Name"}}, {{"Fonction", "Role"}},
		{{"Signature manuscrite", "Signature by hand"}}},
	};
	size_t form = to_sign ? 1 : 0;

	urne_compose_table(c, &captions[form], heads[form], 3, 0);
	for (size_t i = 0; i < v->num_officials; i++) {
		const struct urne_official *o = &v->officials[i];

		urne_compose_row(c);
		urne_page_cell(c->p, false, o->name);
		urne_page_cell(c->p, false, urne_say_text(c, &o->role));
		urne_page_cell(c->p, false, to_sign ? NO_TEXT : o->key);
		urne_page_close(c->p);
	}
	urne_page_close(c->p);
}
