/* SPDX-License-Identifier: EUPL-1.2 */
/* Who signs the minutes, and which programs the officials announce.
 * Spec: docs/vote-definition.md#the-file */
#include "election/definition_read.h"

#include "crypto/note.h"

/* read_key sets *bytes to the key itself: two keys are the same when these are, whatever their
 * names. */
static bool
read_key(
    struct urne_def *r, struct urne_view *out, struct urne_view *bytes, const struct urne_json *v)
{
	struct urne_note_key key;
	struct urne_diag d = {{0}};
	enum urne_err e;

	if (!urne_def_string(r, out, v, false)) {
		return false;
	}
	e = urne_note_key_read(&key, &d, v->text);
	if (e != URNE_OK && urne_err_is_ours(e)) {
		r->findings->err = e;
		return false;
	}
	if (e != URNE_OK) {
		urne_def_fault(r, v, "this is no verifier key: %s", d.text);
		urne_def_mend(
		    r, "copy the line that the official's program printed, NAME+HASH+KEY");
		return false;
	}
	e = urne_arena_copy(
	    r->arena, bytes, (struct urne_view){(const char *)key.key, sizeof(key.key)});
	if (e != URNE_OK) {
		r->findings->err = e;
	}
	return e == URNE_OK;
}

/* fault_keys_again: keys are bytes, which no sentence can quote. */
static void
fault_keys_again(struct urne_def *r, struct urne_def_keys *keys)
{
	urne_def_keys_sort(keys);
	for (size_t i = 1; i < keys->num; i++) {
		if (urne_view_eq(keys->list[i].name, keys->list[i - 1].name)) {
			urne_def_fault(r, keys->list[i].at,
			    "the key stands before on line %u: one person would sign for two",
			    (unsigned)keys->list[i - 1].at->line);
			urne_def_mend(r, "give every official a key of their own");
		}
	}
}

static void
read_keys(struct urne_def *r, const struct urne_json *list)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("name", "\"name\":\"Claire Fontaine\""),
	    URNE_DEF_NEEDED("role", "\"role\":{\"fr\":\"...\",\"en\":\"...\"}"),
	    URNE_DEF_NEEDED("key", "\"key\":\"NAME+HASH+KEY\""),
	};
	static const struct urne_def_shape shape = {"an official", fields, 3};
	struct urne_official *out = urne_def_alloc(r, list->num_children, sizeof(*out));
	struct urne_def_keys names, keys;
	const struct urne_json *values[3];
	size_t i = 0;

	if (out == NULL || !urne_def_keys_alloc(r, &names, list->num_children) ||
	    !urne_def_keys_alloc(r, &keys, list->num_children)) {
		return;
	}
	for (const struct urne_json *v = list->child; v != NULL; v = v->next, i++) {
		struct urne_view bytes = {"", 0};

		(void)urne_def_object(r, values, &shape, URNE_DEF_ANY, v);
		if (urne_def_string(r, &out[i].name, values[0], false)) {
			names.list[names.num++] = (struct urne_def_key){out[i].name, values[0], i};
		}
		(void)urne_def_texts(r, &out[i].role, values[1], false);
		if (read_key(r, &out[i].key, &bytes, values[2])) {
			keys.list[keys.num++] = (struct urne_def_key){bytes, values[2], i};
		}
	}
	r->out->officials = out;
	r->out->num_officials = list->num_children;
	(void)urne_def_distinct(r, &names, "name");
	fault_keys_again(r, &keys);
}

void
urne_def_officials(struct urne_def *r)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("required", "\"required\":2"),
	    URNE_DEF_NEEDED(
		"keys", "\"keys\":[{\"name\":\"Claire Fontaine\",\"role\":{...},\"key\":\"...\"}]"),
	};
	static const struct urne_def_shape shape = {"officials", fields, 2};
	const struct urne_json *values[2];
	struct urne_definition *out = r->out;

	if (!urne_def_object(r, values, &shape, URNE_DEF_ANY, r->top[URNE_TOP_OFFICIALS])) {
		return;
	}
	if (urne_def_list(r, values[1], 1, URNE_MAX_OFFICIALS, "officials")) {
		read_keys(r, values[1]);
	}
	if (!urne_def_size(r, &out->officials_required, values[0], 1, URNE_MAX_OFFICIALS) ||
	    out->num_officials == 0) {
		return;
	}
	if (out->officials_required > out->num_officials) {
		urne_def_fault(r, values[0], "%zu signatures are required, but there are %zu keys",
		    out->officials_required, out->num_officials);
		urne_def_mend(r, "lower \"required\" or add officials");
	} else if (out->officials_required * 2 < out->num_officials) {
		urne_def_warn(r, values[0],
		    "fewer than half of the officials are enough to sign the minutes");
		urne_def_mend(r, "consider %zu", out->num_officials / 2 + 1);
	}
}

void
urne_def_software(struct urne_def *r)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("name", "\"name\":\"urne-verify\""),
	    URNE_DEF_NEEDED("release", "\"release\":\"0.1.0\""),
	    URNE_DEF_NEEDED("sha256", "\"sha256\":\"(64 hex digits)\""),
	};
	static const struct urne_def_shape shape = {"a program", fields, 3};
	const struct urne_json *list = r->top[URNE_TOP_SOFTWARE];
	const struct urne_json *values[3];
	struct urne_software *out;
	size_t i = 0;

	if (!urne_def_list(r, list, 0, URNE_MAX_FIELDS, "programs")) {
		return;
	}
	out = urne_def_alloc(r, list->num_children, sizeof(*out));
	if (out == NULL) {
		return;
	}
	for (const struct urne_json *v = list->child; v != NULL; v = v->next, i++) {
		(void)urne_def_object(r, values, &shape, URNE_DEF_ANY, v);
		(void)urne_def_string(r, &out[i].name, values[0], false);
		(void)urne_def_string(r, &out[i].release, values[1], false);
		(void)urne_def_hash(r, &out[i].sha256, values[2]);
	}
	r->out->software = out;
	r->out->num_software = list->num_children;
}
