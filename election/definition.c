/* SPDX-License-Identifier: EUPL-1.2 */
/* The vote definition as a whole: its head, then its items, then what was found. Items are read
 * behind the head whatever the order of the fields, since their texts need the languages.
 * Spec: docs/vote-definition.md#the-file */
#include "election/definition.h"

#include "crypto/sha256.h"
#include "election/compile.h"
#include "election/definition_read.h"

#define DEFAULT_FLOOR 5
#define MIN_FLOOR     2

static const char *const kind_names[URNE_NUM_ITEM_KINDS] = {"list-ratification", "list-candidates",
    "list-choice", "programme", "priorities", "grades", "text"};

const char *
urne_item_kind_name(enum urne_item_kind kind)
{
	return kind_names[kind];
}

size_t
urne_definition_language(const struct urne_definition *v, struct urne_view language)
{
	for (size_t i = 0; i < v->num_languages; i++) {
		if (urne_view_eq(v->languages[i], language)) {
			return i;
		}
	}
	return 0;
}

size_t
urne_item_find_entry(const struct urne_item *item, struct urne_view id)
{
	for (size_t i = 0; i < item->num_entries; i++) {
		if (urne_view_eq(item->entries[i].id, id)) {
			return i;
		}
	}
	return SIZE_MAX;
}

size_t
urne_definition_find_item(const struct urne_definition *v, struct urne_view id)
{
	for (size_t i = 0; i < v->num_items; i++) {
		if (urne_view_eq(v->items[i].id, id)) {
			return i;
		}
	}
	return SIZE_MAX;
}

void
urne_article_hash(struct urne_hash *out, struct urne_view title, struct urne_view text)
{
	struct urne_sha256 h;

	urne_sha256_init(&h);
	urne_sha256_put_view(&h, title);
	urne_sha256_puts(&h, "\n");
	urne_sha256_put_view(&h, text);
	urne_sha256_puts(&h, "\n");
	urne_sha256_final(&h, out);
}

static bool
is_language(const struct urne_json *v)
{
	return v->type == URNE_JSON_STRING && v->text.len == 2 && v->text.p[0] >= 'a' &&
	       v->text.p[0] <= 'z' && v->text.p[1] >= 'a' && v->text.p[1] <= 'z';
}

static void
read_languages(struct urne_def *r)
{
	const struct urne_json *list = r->top[URNE_TOP_LANGUAGES];
	struct urne_def_keys keys;
	struct urne_definition *out = r->out;

	if (!urne_def_list(r, list, 1, URNE_MAX_LANGUAGES, "languages") ||
	    !urne_def_keys_alloc(r, &keys, URNE_MAX_LANGUAGES)) {
		return;
	}
	r->languages_sound = true;
	for (const struct urne_json *v = list->child; v != NULL; v = v->next) {
		if (!is_language(v)) {
			urne_def_fault(r, v, "this is no language");
			urne_def_mend(r, "write two lower-case letters, such as \"fr\"");
			r->languages_sound = false;
			continue;
		}
		keys.list[keys.num++] = (struct urne_def_key){v->text, v, v->index};
		out->languages[out->num_languages++] = v->text;
	}
	r->languages_sound = urne_def_distinct(r, &keys, "language") && r->languages_sound;
	if (is_language(list->child) && !urne_view_is(list->child->text, "fr") &&
	    !urne_view_is(list->child->text, "en")) {
		urne_def_fault(r, list->child,
		    "the first language is the authentic one, and %s cannot be that",
		    urne_def_quote(r, list->child->text));
		urne_def_mend(r, "put \"fr\" or \"en\" first");
	}
}

static void
read_times(struct urne_def *r)
{
	struct urne_definition *out = r->out;
	bool opens = urne_def_moment(r, &out->opens, r->top[URNE_TOP_OPENS]);
	bool closes = urne_def_moment(r, &out->closes, r->top[URNE_TOP_CLOSES]);

	if (opens && closes && out->closes.seconds <= out->opens.seconds) {
		urne_def_fault(r, r->top[URNE_TOP_CLOSES], "the vote closes before it opens");
		urne_def_mend(
		    r, "write a moment behind %.*s", (int)out->opens.text.len, out->opens.text.p);
	}
}

static void
read_version(struct urne_def *r)
{
	const struct urne_json *v = r->top[URNE_TOP_VERSION];

	if (v != NULL && (v->type != URNE_JSON_INTEGER || !urne_view_is(v->text, "1"))) {
		urne_def_fault(r, v, "this version of the definition is not known");
		urne_def_mend(r, "write \"urne_vote\":1, or use a newer program");
	}
}

static void
read_head(struct urne_def *r)
{
	struct urne_definition *out = r->out;

	read_version(r);
	read_languages(r);
	(void)urne_def_texts(r, &out->title, r->top[URNE_TOP_TITLE], false);
	(void)urne_def_texts(r, &out->description, r->top[URNE_TOP_DESCRIPTION], true);
	(void)urne_def_texts(r, &out->organiser, r->top[URNE_TOP_ORGANISER], false);
	read_times(r);
	out->floor = DEFAULT_FLOOR;
	(void)urne_def_number(
	    r, &out->floor, r->top[URNE_TOP_FLOOR], MIN_FLOOR, URNE_MAX_CREDENTIALS);
	urne_def_draw(r);
	urne_def_officials(r);
	urne_def_software(r);
}

#define TEXT_EXAMPLE "{\"fr\":\"...\",\"en\":\"...\"}"

static void
read_file(struct urne_def *r, const struct urne_json *root)
{
	static const struct urne_def_field fields[URNE_TOP_NUM] = {
	    [URNE_TOP_VERSION] = URNE_DEF_NEEDED("urne_vote", "\"urne_vote\":1"),
	    [URNE_TOP_LANGUAGES] = URNE_DEF_NEEDED("languages", "\"languages\":[\"fr\",\"en\"]"),
	    [URNE_TOP_TITLE] = URNE_DEF_NEEDED("title", "\"title\":" TEXT_EXAMPLE),
	    [URNE_TOP_DESCRIPTION] =
		URNE_DEF_NEEDED("description", "\"description\":" TEXT_EXAMPLE),
	    [URNE_TOP_ORGANISER] = URNE_DEF_NEEDED("organiser", "\"organiser\":" TEXT_EXAMPLE),
	    [URNE_TOP_OPENS] = URNE_DEF_NEEDED("opens", "\"opens\":\"2027-03-01T08:00:00+01:00\""),
	    [URNE_TOP_CLOSES] =
		URNE_DEF_NEEDED("closes", "\"closes\":\"2027-03-08T20:00:00+01:00\""),
	    [URNE_TOP_FLOOR] = URNE_DEF_OPTIONAL("floor"),
	    [URNE_TOP_DRAW] = URNE_DEF_OPTIONAL("draw"),
	    [URNE_TOP_OFFICIALS] = URNE_DEF_OPTIONAL("officials"),
	    [URNE_TOP_SOFTWARE] = URNE_DEF_OPTIONAL("software"),
	    [URNE_TOP_ITEMS] =
		URNE_DEF_NEEDED("items", "\"items\":[{\"id\":\"...\",\"kind\":\"...\"}]"),
	};
	static const struct urne_def_shape shape = {"a vote definition", fields, URNE_TOP_NUM};

	if (urne_def_object(r, r->top, &shape, URNE_DEF_ANY, root)) {
		read_head(r);
		urne_def_items(r);
		urne_def_odd(r);
	}
}

enum urne_err
urne_definition_check(struct urne_definition *out, struct urne_findings *findings,
    struct urne_arena *arena, struct urne_view text)
{
	struct urne_def r = {.arena = arena, .findings = findings, .out = out};
	const struct urne_json *root = NULL;
	struct urne_diag d = {{0}};
	enum urne_err e;

	*out = (struct urne_definition){0};
	*findings = (struct urne_findings){.arena = arena};
	e = urne_json_parse(&root, arena, &d, text);
	if (e != URNE_OK && urne_err_is_ours(e)) {
		findings->err = e;
		return e;
	}
	if (e == URNE_OK) {
		read_file(&r, root);
	} else {
		urne_def_fault_syntax(&r, e, &d);
	}
	urne_def_finish(&r);
	if (findings->err != URNE_OK || findings->num_errors > 0) {
		*out = (struct urne_definition){0};
		return findings->err;
	}
	urne_sha256_of(&out->sha256, text);
	return URNE_OK;
}

enum urne_err
urne_definition_read(struct urne_definition *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text)
{
	struct urne_findings findings;
	enum urne_err e = urne_definition_check(out, &findings, arena, text);

	if (e != URNE_OK) {
		return urne_fail(d, e, "the vote definition takes too much memory");
	}
	for (size_t i = 0; i < findings.num; i++) {
		const struct urne_finding *f = &findings.list[i];
		size_t path_len = f->path.len < 160 ? f->path.len : 160;

		if (!f->is_warning) {
			return urne_fail(d, URNE_ERR_SYNTAX, "line %u: %.*s: %.*s; %.*s",
			    (unsigned)f->line, (int)path_len, f->path.p, (int)f->problem.len,
			    f->problem.p, (int)f->remedy.len, f->remedy.p);
		}
	}
	return URNE_OK;
}
