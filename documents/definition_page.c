/* SPDX-License-Identifier: EUPL-1.2 */
/* The vote as members will read it before they vote: what is asked, in which words, how to answer,
 * and every rule. What compares it with the sealed one is the hash at its end.
 * Spec: docs/vote-definition.md */
#include "crypto/sha256.h"
#include "documents/composer.h"
#include "documents/outcome_documents.h"

#define NO_TEXT ((struct urne_view){"", 0})

static void
compose_facts(struct urne_composer *c, const struct urne_definition *v)
{
	static const struct urne_phrase organiser = {{"Organisateur", "Organiser"}};
	static const struct urne_phrase opens = {{"Ouverture", "Opening"}};
	static const struct urne_phrase closes = {{"Clôture", "Closing"}};
	static const struct urne_phrase floor = {{"Secret du vote", "Secrecy"}};
	static const struct urne_phrase floor_is = {
	    {"en dessous de {0} votants, rien n’est déchiffré",
		"with fewer than {0} voters nothing is decrypted"}};

	urne_page_open(c->p, URNE_BLOCK_FACTS, NO_TEXT);
	urne_page_fact(c->p, urne_say(c, &organiser), urne_say_text(c, &v->organiser));
	urne_page_fact(c->p, urne_say(c, &opens), urne_say_moment_and_utc(c, &v->opens));
	urne_page_fact(c->p, urne_say(c, &closes), urne_say_moment_and_utc(c, &v->closes));
	urne_page_fact(
	    c->p, urne_say(c, &floor), urne_say1(c, &floor_is, urne_word_number(v->floor)));
	urne_page_close(c->p);
}

static struct urne_view
say_groups(struct urne_composer *c, const struct urne_entry *e)
{
	for (size_t i = 0; i < e->num_groups; i++) {
		urne_buf_puts(&c->buf, i == 0 ? "" : ", ");
		urne_buf_put_view(&c->buf, e->groups[i]);
	}
	return urne_composer_take(c);
}

/* say_name: a candidate's name, marked when it is not on the ballot. */
static struct urne_view
say_name(struct urne_composer *c, const struct urne_entry *e)
{
	static const struct urne_phrase withdrawn = {
	    {"{0} (candidature retirée)", "{0} (withdrawn)"}};
	struct urne_view name = urne_say_text(c, &e->title);

	return e->withdrawn ? urne_say1(c, &withdrawn, urne_word_text(name)) : name;
}

/* compose_candidates: a table that is read at a glance; presentations fold away behind it. */
static void
compose_candidates(
    struct urne_composer *c, const struct urne_item *item, const struct urne_section *s)
{
	static const struct urne_phrase caption = {{"Candidatures", "Candidates"}};
	static const struct urne_phrase head[] = {
	    {{"N°", "No."}},
	    {{"Nom", "Name"}},
	    {{"Groupes", "Groups"}},
	    {{"Sexe", "Gender"}},
	};
	static const struct urne_phrase genders[] = {
	    [URNE_GENDER_NONE] = {{"", ""}},
	    [URNE_GENDER_WOMAN] = {{"femme", "woman"}},
	    [URNE_GENDER_MAN] = {{"homme", "man"}},
	};
	bool parity = item->parity != URNE_PARITY_NONE;
	bool groups = false;

	for (size_t i = 0; i < s->num; i++) {
		groups = groups || item->entries[s->first + i].num_groups > 0;
	}
	urne_page_open(c->p, URNE_BLOCK_TABLE, urne_say(c, &caption));
	urne_compose_row(c);
	for (size_t i = 0; i < sizeof(head) / sizeof(head[0]); i++) {
		if ((i != 2 || groups) && (i != 3 || parity)) {
			urne_page_cell(c->p, i == 0, urne_say(c, &head[i]));
		}
	}
	urne_page_close(c->p);
	for (size_t i = 0; i < s->num; i++) {
		const struct urne_entry *e = &item->entries[s->first + i];

		urne_compose_row(c);
		urne_page_cell(c->p, true, urne_say_number(c, i + 1));
		urne_page_cell(c->p, false, say_name(c, e));
		if (groups) {
			urne_page_cell(c->p, false, say_groups(c, e));
		}
		if (parity) {
			urne_page_cell(c->p, false, urne_say(c, &genders[e->gender]));
		}
		urne_page_close(c->p);
	}
	urne_page_close(c->p);
	for (size_t i = 0; i < s->num; i++) {
		const struct urne_entry *e = &item->entries[s->first + i];

		if (urne_say_text(c, &e->text).len > 0) {
			urne_page_open(c->p, URNE_BLOCK_DETAILS, say_name(c, e));
			urne_compose_lines(c, urne_say_text(c, &e->text));
			urne_page_close(c->p);
		}
	}
}

/* compose_commitments: numbered, each with its full text folded behind its title. */
static void
compose_commitments(
    struct urne_composer *c, const struct urne_item *item, const struct urne_section *s)
{
	static const struct urne_phrase numbered = {{"{0}. {1}", "{0}. {1}"}};

	for (size_t i = 0; i < s->num; i++) {
		const struct urne_entry *e = &item->entries[s->first + i];
		const struct urne_word words[] = {
		    urne_word_number(i + 1), urne_word_text(say_name(c, e))};
		struct urne_view title = urne_say_with(c, &numbered, words, 2);
		struct urne_view text = urne_say_text(c, &e->text);

		if (text.len == 0) {
			urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, title);
			continue;
		}
		urne_page_open(c->p, URNE_BLOCK_DETAILS, title);
		urne_compose_lines(c, text);
		urne_page_close(c->p);
	}
}

static void
compose_articles(
    struct urne_composer *c, const struct urne_item *item, const struct urne_section *s)
{
	static const struct urne_phrase hash = {
	    {"SHA-256 de cet article~: {0}", "SHA-256 of this article: {0}"}};

	for (size_t i = 0; i < s->num; i++) {
		const struct urne_entry *e = &item->entries[s->first + i];

		urne_page_heading(c->p, 3, urne_say_text(c, &e->title));
		urne_compose_lines(c, urne_say_text(c, &e->text));
		urne_page_text(c->p, URNE_BLOCK_PARAGRAPH,
		    urne_say1(c, &hash, urne_word_text(urne_say_hash(c, &e->sha256))));
	}
}

/* compose_whole: the hash of the whole text, over those of its articles. */
static void
compose_whole(struct urne_composer *c, const struct urne_item *item)
{
	static const struct urne_phrase whole = {
	    {"SHA-256 du texte entier~:", "SHA-256 of the whole text:"}};
	char line[URNE_HASH_HEX_LEN + 1];
	struct urne_sha256 h;
	struct urne_hash sum;

	urne_sha256_init(&h);
	for (size_t i = 0; i < item->num_entries; i++) {
		urne_hex_encode(line, item->entries[i].sha256.b, URNE_HASH_LEN);
		line[URNE_HASH_HEX_LEN] = '\n';
		urne_sha256_put(&h, line, sizeof(line));
	}
	urne_sha256_final(&h, &sum);
	urne_compose_paragraph(c, &whole);
	urne_page_text(c->p, URNE_BLOCK_CODE, urne_say_hash(c, &sum));
}

static void
compose_grades(struct urne_composer *c, const struct urne_item *item)
{
	static const struct urne_phrase grades = {
	    {"Mentions, de la meilleure à la moins bonne~:", "Grades, best first:"}};

	urne_compose_paragraph(c, &grades);
	urne_page_open_numbered(c->p);
	for (size_t i = 0; i < item->num_grades; i++) {
		urne_page_entry(c->p, urne_say_text(c, &item->grades[i].title));
	}
	urne_page_close(c->p);
}

static void
compose_contents(struct urne_composer *c, const struct urne_item *item)
{
	static void (*const compose[])(
	    struct urne_composer *, const struct urne_item *, const struct urne_section *) = {
	    [URNE_ITEM_LIST_RATIFICATION] = compose_candidates,
	    [URNE_ITEM_LIST_CANDIDATES] = compose_candidates,
	    [URNE_ITEM_LIST_CHOICE] = compose_candidates,
	    [URNE_ITEM_PROGRAMME] = compose_commitments,
	    [URNE_ITEM_PRIORITIES] = compose_commitments,
	    [URNE_ITEM_GRADES] = compose_commitments,
	    [URNE_ITEM_TEXT] = compose_articles,
	};

	for (size_t i = 0; i < item->num_sections; i++) {
		const struct urne_section *s = &item->sections[i];

		if (urne_say_text(c, &s->title).len > 0) {
			urne_page_heading(c->p, 3, urne_say_text(c, &s->title));
		}
		urne_compose_lines(c, urne_say_text(c, &s->text));
		compose[item->kind](c, item, s);
	}
	if (item->kind == URNE_ITEM_TEXT) {
		compose_whole(c, item);
	} else if (item->kind == URNE_ITEM_GRADES) {
		compose_grades(c, item);
	}
}

static void
compose_item(struct urne_composer *c, const struct urne_definition *v, size_t number)
{
	static const struct urne_phrase title = {{"{0}. {1}", "{0}. {1}"}};
	static const struct urne_phrase kind = {{"Type de vote~: {0}", "Kind of vote: {0}"}};
	static const struct urne_phrase answer = {{"Pour répondre~: {0}", "How to answer: {0}"}};
	static const struct urne_phrase rules = {{"Règles", "Rules"}};
	const struct urne_item *item = &v->items[number];
	const struct urne_word words[] = {
	    urne_word_number(number + 1), urne_word_text(urne_say_text(c, &item->title))};
	struct urne_view name = urne_view_of(urne_words_kind(c->r.lang, item->kind));
	struct urne_view instruction;

	urne_page_heading(c->p, 2, urne_say_with(c, &title, words, 2));
	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_say1(c, &kind, urne_word_text(name)));
	urne_compose_lines(c, urne_say_text(c, &item->text));
	urne_words_instruction(&c->buf, c->r.lang, item);
	instruction = urne_composer_take(c);
	urne_page_text(
	    c->p, URNE_BLOCK_PARAGRAPH, urne_say1(c, &answer, urne_word_text(instruction)));
	compose_contents(c, item);
	urne_page_heading(c->p, 3, urne_say(c, &rules));
	urne_page_open(c->p, URNE_BLOCK_LIST, NO_TEXT);
	urne_words_rules(c->p, c->r, v, item);
	urne_page_close(c->p);
}

static void
compose_officials(struct urne_composer *c, const struct urne_definition *v)
{
	static const struct urne_phrase title = {{"Responsables du scrutin", "Officials"}};
	static const struct urne_phrase needed = {
	    {"Signatures exigées sur le procès-verbal~: {0} sur {1} au moins.",
		"Signatures needed on the minutes: at least {0} of {1}."}};
	const struct urne_word numbers[] = {
	    urne_word_number(v->officials_required), urne_word_number(v->num_officials)};

	if (v->num_officials == 0) {
		return;
	}
	urne_compose_chapter(c, &title);
	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_say_with(c, &needed, numbers, 2));
	urne_compose_officials(c, v, false);
}

static void
compose_end(struct urne_composer *c, const struct urne_definition *v)
{
	static const struct urne_phrase draw = {{"Tirage au sort", "Draw"}};
	static const struct urne_phrase programs = {{"Programmes", "Programs"}};
	static const struct urne_phrase announced = {{"Programmes annoncés", "Announced programs"}};
	static const struct urne_phrase hash = {{"Empreinte", "Hash"}};
	static const struct urne_phrase aloud = {
	    {"SHA-256 de cette définition, à comparer à voix haute avant le scellement. Elle fait "
	     "partie de l’élection que chaque bulletin signe~: personne ne peut se voir montrer "
	     "d’autres mots ni d’autres règles.",
		"SHA-256 of this definition, to be compared aloud before sealing. It is part of "
		"the election that every ballot signs: nobody can be shown other words or other "
		"rules."}};

	if (v->draw.kind != URNE_DRAW_NONE) {
		urne_compose_chapter(c, &draw);
		urne_compose_draw(c, &v->draw);
	}
	compose_officials(c, v);
	if (v->num_software > 0) {
		urne_compose_chapter(c, &programs);
		urne_compose_software(c, &announced, v->software, v->num_software);
	}
	urne_compose_chapter(c, &hash);
	urne_compose_paragraph(c, &aloud);
	urne_page_text(c->p, URNE_BLOCK_CODE, urne_say_hash(c, &v->sha256));
}

void
urne_definition_compose(struct urne_page *p, struct urne_reader r, const struct urne_definition *v)
{
	struct urne_composer c;

	urne_composer_init(&c, p, r);
	urne_page_heading(p, p->has_title ? 2 : 1, urne_say_text(&c, &v->title));
	urne_compose_lines(&c, urne_say_text(&c, &v->description));
	compose_facts(&c, v);
	for (size_t i = 0; i < v->num_items; i++) {
		compose_item(&c, v, i);
	}
	compose_end(&c, v);
	urne_composer_clear(&c);
}
