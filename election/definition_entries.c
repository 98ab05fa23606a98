/* SPDX-License-Identifier: EUPL-1.2 */
/* One candidate, commitment or article.
 * Spec: docs/vote-definition.md#items */
#include "election/definition_read.h"

#include <string.h>

#define TEXT_EXAMPLE "{\"fr\":\"...\",\"en\":\"...\"}"

static void
read_groups(struct urne_def *r, struct urne_entry *out, const struct urne_json *list)
{
	struct urne_def_keys keys;
	struct urne_view *groups;
	size_t num = 0;

	if (!urne_def_list(r, list, 0, URNE_MAX_ANSWERS, "groups") ||
	    !urne_def_keys_alloc(r, &keys, list->num_children)) {
		return;
	}
	groups = urne_def_alloc(r, list->num_children, sizeof(*groups));
	if (groups == NULL) {
		return;
	}
	for (const struct urne_json *v = list->child; v != NULL; v = v->next) {
		if (urne_def_id(r, &groups[num], v)) {
			keys.list[keys.num++] = (struct urne_def_key){groups[num], v, num};
			num++;
		}
	}
	(void)urne_def_distinct(r, &keys, "group");
	out->groups = groups;
	out->num_groups = num;
}

static const struct urne_json *
read_candidate(struct urne_def *r, struct urne_entry *out, struct urne_def_keys *names,
    const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("id", "\"id\":\"c-1\""),
	    URNE_DEF_NEEDED("name", "\"name\":\"Camille Arnaud\""),
	    URNE_DEF_OPTIONAL("gender"),
	    URNE_DEF_OPTIONAL("presentation"),
	    URNE_DEF_OPTIONAL("groups"),
	};
	static const struct urne_def_shape shape = {"a candidate", fields, 5};
	static const char *const genders[] = {"f", "m", NULL};
	const struct urne_json *values[5];
	struct urne_view name = {"", 0};
	size_t gender = 0;

	(void)urne_def_object(r, values, &shape, URNE_DEF_ANY, v);
	if (urne_def_string(r, &name, values[1], false)) {
		names->list[names->num] = (struct urne_def_key){name, values[1], names->num};
		names->num++;
	}
	for (size_t l = 0; l < r->out->num_languages; l++) {
		out->title.by_language[l] = name;
	}
	if (urne_def_word(r, &gender, values[2], genders)) {
		out->gender = gender == 0 ? URNE_GENDER_WOMAN : URNE_GENDER_MAN;
	}
	(void)urne_def_texts(r, &out->text, values[3], true);
	read_groups(r, out, values[4]);
	return values[0];
}

static const struct urne_json *
read_commitment(struct urne_def *r, struct urne_entry *out, const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("id", "\"id\":\"climat-1\""),
	    URNE_DEF_NEEDED("title", "\"title\":" TEXT_EXAMPLE),
	    URNE_DEF_OPTIONAL("text"),
	};
	static const struct urne_def_shape shape = {"a commitment", fields, 3};
	const struct urne_json *values[3];

	(void)urne_def_object(r, values, &shape, URNE_DEF_ANY, v);
	(void)urne_def_texts(r, &out->title, values[1], false);
	(void)urne_def_texts(r, &out->text, values[2], true);
	return values[0];
}

/* join puts one newline between the paragraphs of a language. */
static bool
join(struct urne_def *r, struct urne_view *out, const struct urne_texts *paragraphs, size_t num,
    size_t language)
{
	size_t len = 0, at = 0;
	char *p;

	for (size_t i = 0; i < num; i++) {
		len += paragraphs[i].by_language[language].len + 1;
	}
	p = urne_def_alloc(r, len, 1);
	if (p == NULL) {
		return false;
	}
	for (size_t i = 0; i < num; i++) {
		struct urne_view one = paragraphs[i].by_language[language];

		memcpy(p + at, one.p, one.len);
		at += one.len;
		p[at++] = '\n';
	}
	*out = (struct urne_view){p, len - 1};
	return true;
}

static bool
read_paragraphs(struct urne_def *r, struct urne_texts *out, const struct urne_json *list)
{
	struct urne_texts *paragraphs;
	bool sound = true;
	size_t num = 0;

	if (!urne_def_list(r, list, 1, URNE_MAX_ANSWERS, "paragraphs")) {
		return false;
	}
	paragraphs = urne_def_alloc(r, list->num_children, sizeof(*paragraphs));
	if (paragraphs == NULL) {
		return false;
	}
	for (const struct urne_json *v = list->child; v != NULL; v = v->next) {
		sound = urne_def_texts(r, &paragraphs[num++], v, false) && sound;
	}
	sound = sound && r->languages_sound;
	for (size_t l = 0; sound && l < r->out->num_languages; l++) {
		sound = join(r, &out->by_language[l], paragraphs, num, l);
	}
	return sound;
}

/* check_hash holds what is written against the text; a text that is faulty itself has no hash. */
static void
check_hash(struct urne_def *r, struct urne_entry *out, const struct urne_json *written,
    const struct urne_json *at, bool text_sound)
{
	struct urne_hash is;
	char is_hex[URNE_HASH_HEX_LEN + 1] = "(64 hex digits)";

	if (text_sound) {
		urne_article_hash(&is, out->title.by_language[0], out->text.by_language[0]);
		urne_hex_encode(is_hex, is.b, sizeof(is.b));
		is_hex[URNE_HASH_HEX_LEN] = '\0';
	}
	if (written == NULL) {
		urne_def_fault(r, at, "\"sha256\" is missing");
		urne_def_mend(r, "add \"sha256\":\"%s\"", is_hex);
		return;
	}
	if (!urne_def_hash(r, &out->sha256, written) || !text_sound ||
	    urne_hash_eq(&out->sha256, &is)) {
		return;
	}
	urne_def_fault(r, written, "the hash is written as %.*s, but the text has %s",
	    (int)written->text.len, written->text.p, is_hex);
	urne_def_mend(
	    r, "if the text is the agreed one, write \"%s\"; else correct the text", is_hex);
}

static const struct urne_json *
read_article(struct urne_def *r, struct urne_entry *out, const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("id", "\"id\":\"art-1\""),
	    URNE_DEF_NEEDED("title", "\"title\":" TEXT_EXAMPLE),
	    URNE_DEF_NEEDED("paragraphs", "\"paragraphs\":[" TEXT_EXAMPLE "]"),
	    URNE_DEF_OPTIONAL("sha256"), /* blamed with its value */
	};
	static const struct urne_def_shape shape = {"an article", fields, 4};
	const struct urne_json *values[4];
	bool title, paragraphs;

	if (!urne_def_object(r, values, &shape, URNE_DEF_ANY, v)) {
		return NULL;
	}
	title = urne_def_texts(r, &out->title, values[1], false);
	paragraphs = read_paragraphs(r, &out->text, values[2]);
	check_hash(r, out, values[3], v, title && paragraphs);
	return values[0];
}

void
urne_def_entry(struct urne_def *r, struct urne_def_item *it, size_t i,
    enum urne_def_entry_type type, struct urne_def_keys *names, const struct urne_json *v)
{
	struct urne_entry *out = &it->entries[i];
	const struct urne_json *id = NULL;

	it->entry_at[i] = v;
	switch (type) {
	case URNE_DEF_CANDIDATE:
		id = read_candidate(r, out, names, v);
		break;
	case URNE_DEF_COMMITMENT:
		id = read_commitment(r, out, v);
		break;
	case URNE_DEF_ARTICLE:
		id = read_article(r, out, v);
		break;
	}
	if (urne_def_id(r, &out->id, id)) {
		it->entry_ids.list[it->entry_ids.num++] = (struct urne_def_key){out->id, id, i};
	} else {
		it->ids_sound = false;
	}
}
