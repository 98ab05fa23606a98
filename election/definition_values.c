/* SPDX-License-Identifier: EUPL-1.2 */
/* Single values of a vote definition: strings, ids, texts in every language, numbers, shares,
 * hashes, words of a list.
 * Spec: docs/vote-definition.md#texts-ids-moments */
#include "election/definition_read.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/safe_text.h"

#define MAX_ID		((size_t)64)
#define MAX_DENOMINATOR ((uint64_t)1000000)

/* is_string blames what is no string. */
static bool
is_string(struct urne_def *r, const struct urne_json *v, const char *example)
{
	if (v == NULL) {
		return false;
	}
	if (v->type != URNE_JSON_STRING) {
		urne_def_fault(r, v, "this must be a string");
		urne_def_mend(r, "write it in double quotes: %s", example);
		return false;
	}
	return true;
}

bool
urne_def_string(struct urne_def *r, struct urne_view *out, const struct urne_json *v, bool lines)
{
	struct urne_view rest = {"", 0};
	bool empty = true, clean = true;

	if (!is_string(r, v, "\"...\"")) {
		return false;
	}
	rest = v->text;
	while (rest.len > 0) {
		const char *at = rest.p;
		bool shown = urne_safe_char(&rest).p == at, is_line = *at == '\n';

		empty = empty && (is_line || *at == ' ');
		clean = clean && (shown || (lines && is_line));
	}
	if (empty) {
		urne_def_fault(r, v, "the text is empty");
		urne_def_mend(
		    r, "write the words, or remove the field around it if it is optional");
		return false;
	}
	if (!clean) {
		urne_def_fault(r, v, "a control character stands in the text");
		urne_def_mend(r, lines ? "remove it; only line breaks (\\n) are possible"
				       : "remove it; not even a line break is possible here");
		return false;
	}
	*out = v->text;
	return true;
}

static bool
is_id(struct urne_view v)
{
	for (size_t i = 0; i < v.len; i++) {
		char c = v.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && (c != '-' || i == 0)) {
			return false;
		}
	}
	return v.len > 0 && v.len <= MAX_ID;
}

bool
urne_def_id(struct urne_def *r, struct urne_view *out, const struct urne_json *v)
{
	static const char *const reserved[] = {"blank", "for", "against", "abstain", "whole"};

	if (!is_string(r, v, "\"c-1\"")) {
		return false;
	}
	/* also when it is refused: what refers to it is not refused for that */
	*out = v->text;
	if (!is_id(v->text)) {
		urne_def_fault(r, v, "%s is no id", urne_def_quote(r, v->text));
		urne_def_mend(r, "use 1 to %zu of a-z, 0-9 and -, and do not begin with -", MAX_ID);
		return true;
	}
	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++) {
		if (urne_view_is(v->text, reserved[i])) {
			urne_def_fault(
			    r, v, "\"%s\" is reserved for what members answer", reserved[i]);
			urne_def_mend(r, "choose another id, for instance \"%s-1\"", reserved[i]);
		}
	}
	return true;
}

static size_t
language_index(const struct urne_definition *v, struct urne_view language)
{
	for (size_t i = 0; i < v->num_languages; i++) {
		if (urne_view_eq(v->languages[i], language)) {
			return i;
		}
	}
	return SIZE_MAX;
}

/* check_languages blames languages that a text lacks. */
static bool
check_languages(struct urne_def *r, const struct urne_json *v, const bool *seen)
{
	bool sound = true;

	for (size_t l = 0; l < r->out->num_languages; l++) {
		struct urne_view name = r->out->languages[l];

		if (!seen[l]) {
			sound = false;
			urne_def_fault(r, v, "the language %s is missing", urne_def_quote(r, name));
			urne_def_mend(r, "add %s:\"...\"", urne_def_quote(r, name));
		}
	}
	return sound;
}

bool
urne_def_texts(struct urne_def *r, struct urne_texts *out, const struct urne_json *v, bool lines)
{
	bool seen[URNE_MAX_LANGUAGES] = {false};
	bool sound = true;

	if (v == NULL) {
		return false;
	}
	if (v->type != URNE_JSON_OBJECT) {
		urne_def_fault(r, v, "a text must be an object with a string for each language");
		urne_def_mend(r, "write for instance {\"fr\":\"...\",\"en\":\"...\"}");
		return false;
	}
	for (const struct urne_json *child = v->child; child != NULL; child = child->next) {
		size_t l = language_index(r->out, child->key);
		struct urne_view text = {"", 0};

		if (l == SIZE_MAX && r->languages_sound) {
			urne_def_fault(r, child, "%s is not among the languages of this vote",
			    urne_def_quote(r, child->key));
			urne_def_mend(r, "remove it, or add it to \"languages\"");
			sound = false;
			continue;
		}
		sound = urne_def_string(r, &text, child, lines) && sound;
		if (l != SIZE_MAX) {
			seen[l] = true;
			out->by_language[l] = text;
		}
	}
	if (r->languages_sound) {
		sound = check_languages(r, v, seen) && sound;
	}
	if (sound) {
		urne_def_odd_texts(r, out, v);
	}
	return sound;
}

bool
urne_def_number(
    struct urne_def *r, uint64_t *out, const struct urne_json *v, uint64_t min, uint64_t max)
{
	uint64_t n = 0;

	if (v == NULL) {
		return false;
	}
	if (v->type != URNE_JSON_INTEGER) {
		urne_def_fault(r, v, "this must be a whole number");
		urne_def_mend(
		    r, "write a number from %" PRIu64 " to %" PRIu64 ", without quotes", min, max);
		return false;
	}
	if (urne_json_u64(&n, v, max) != URNE_OK || n < min) {
		urne_def_fault(r, v, "%.*s is out of bounds",
		    (int)(v->text.len < 40 ? v->text.len : 40), v->text.p);
		urne_def_mend(r, "write a number from %" PRIu64 " to %" PRIu64, min, max);
		return false;
	}
	*out = n;
	return true;
}

bool
urne_def_size(struct urne_def *r, size_t *out, const struct urne_json *v, size_t min, size_t max)
{
	uint64_t n = 0;

	if (!urne_def_number(r, &n, v, min, max)) {
		return false;
	}
	*out = (size_t)n;
	return true;
}

static size_t
find_char(struct urne_view v, char c)
{
	size_t i = 0;

	while (i < v.len && v.p[i] != c) {
		i++;
	}
	return i;
}

/* read_ratio reads "2/3". */
static bool
read_ratio(struct urne_fraction *out, struct urne_view v)
{
	size_t slash = find_char(v, '/');
	struct urne_view num = {v.p, slash};

	if (slash == v.len) {
		return false;
	}
	v = (struct urne_view){v.p + slash + 1, v.len - slash - 1};
	return urne_decimal_decode(&out->num, num, MAX_DENOMINATOR) == URNE_OK &&
	       urne_decimal_decode(&out->den, v, MAX_DENOMINATOR) == URNE_OK;
}

/* read_percent reads "12.5%": with k decimals the denominator is 100 times 10 to the k. */
static bool
read_percent(struct urne_fraction *out, struct urne_view v)
{
	size_t dot;
	struct urne_view whole, decimals = {"", 0};

	if (v.len == 0 || v.p[v.len - 1] != '%') {
		return false;
	}
	v.len--;
	dot = find_char(v, '.');
	whole = (struct urne_view){v.p, dot};
	if (dot < v.len) {
		decimals = (struct urne_view){v.p + dot + 1, v.len - dot - 1};
		if (decimals.len == 0 || decimals.len > 4) {
			return false;
		}
	}
	if (urne_decimal_decode(&out->num, whole, 100) != URNE_OK) {
		return false;
	}
	out->den = 100;
	for (size_t i = 0; i < decimals.len; i++) {
		if (decimals.p[i] < '0' || decimals.p[i] > '9') {
			return false;
		}
		out->num = out->num * 10 + (uint64_t)(decimals.p[i] - '0');
		out->den *= 10;
	}
	return true;
}

bool
urne_def_fraction(struct urne_def *r, struct urne_fraction *out, const struct urne_json *v)
{
	struct urne_fraction f = {0, 0};

	if (!is_string(r, v, "\"2/3\" or \"25%\"")) {
		return false;
	}
	if ((!read_ratio(&f, v->text) && !read_percent(&f, v->text)) || f.den == 0 ||
	    f.num > f.den) {
		urne_def_fault(r, v, "%s is no share between 0 and 1", urne_def_quote(r, v->text));
		urne_def_mend(r,
		    "write \"2/3\" (denominator at most %" PRIu64
		    ") or \"12.5%%\" (at most 4 decimals)",
		    MAX_DENOMINATOR);
		return false;
	}
	*out = f;
	return true;
}

bool
urne_def_hash(struct urne_def *r, struct urne_hash *out, const struct urne_json *v)
{
	if (!is_string(r, v, "64 hex digits")) {
		return false;
	}
	if (urne_hex_decode(out->b, sizeof(out->b), v->text) != URNE_OK) {
		urne_def_fault(r, v, "%s is no SHA-256", urne_def_quote(r, v->text));
		urne_def_mend(
		    r, "write its 64 digits 0-9 and a-f, in lower case, as sha256sum prints them");
		return false;
	}
	return true;
}

bool
urne_def_word(struct urne_def *r, size_t *out, const struct urne_json *v, const char *const *words)
{
	const char *nearest;
	char list[200] = "";
	size_t len = 0;

	if (!is_string(r, v, "\"...\"")) {
		return false;
	}
	for (size_t i = 0; words[i] != NULL; i++) {
		int n;

		if (urne_view_is(v->text, words[i])) {
			*out = i;
			return true;
		}
		n = snprintf(
		    list + len, sizeof(list) - len, "%s\"%s\"", i == 0 ? "" : ", ", words[i]);
		len += n > 0 && (size_t)n < sizeof(list) - len ? (size_t)n : 0;
	}
	nearest = urne_def_nearest(v->text, words);
	urne_def_fault(
	    r, v, "%s is none of the words that are possible here", urne_def_quote(r, v->text));
	if (nearest != NULL) {
		urne_def_mend(r, "write \"%s\" if that was meant", nearest);
	} else {
		urne_def_mend(r, "write one of %s", list);
	}
	return false;
}
