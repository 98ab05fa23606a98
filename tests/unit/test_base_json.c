/* SPDX-License-Identifier: EUPL-1.2 */
/* The strict JSON reader: what it accepts, what it refuses, and where it says the fault is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/limits.h"

static int
setup(void **state)
{
	static struct urne_arena arena;

	urne_arena_init(&arena, (size_t)64 << 20);
	*state = &arena;
	return 0;
}

static int
teardown(void **state)
{
	urne_arena_clear(*state);
	return 0;
}

static const struct urne_json *
accept(void **state, const char *text)
{
	const struct urne_json *v = NULL;
	struct urne_diag d = {{0}};

	if (urne_json_parse(&v, *state, &d, urne_view_of(text)) != URNE_OK) {
		fail_msg("%s: %s", text, d.text);
	}
	assert_non_null(v);
	return v;
}

static void
refuse(void **state, enum urne_err e, const char *sentence, const char *text)
{
	/* memory of its own, so that a sanitizer sees a byte too many */
	size_t len = strlen(text);
	char *copy = malloc(len > 0 ? len : 1);
	const struct urne_json *v = NULL;
	struct urne_diag d = {{0}};

	assert_non_null(copy);
	memcpy(copy, text, len);
	assert_int_equal(urne_json_parse(&v, *state, &d, (struct urne_view){copy, len}), e);
	assert_null(v);
	if (sentence != NULL) {
		assert_string_equal(d.text, sentence);
	}
	free(copy);
}

static void
json_reads_a_document_with_its_places(void **state)
{
	const struct urne_json *v = accept(state,
	    "{\n  \"a\": [1, -20, {\"b\": null}],\n\t\"c\": true , \"d\":false,\"e\":\"x\\ny\"}\n");
	const struct urne_json *a = urne_json_get(v, "a");
	const struct urne_json *b = urne_json_get(a->child->next->next, "b");
	struct urne_buf path;

	assert_int_equal(v->type, URNE_JSON_OBJECT);
	assert_int_equal(v->num_children, 4);
	assert_int_equal(a->num_children, 3);
	assert_true(urne_view_is(a->raw, "[1, -20, {\"b\": null}]"));
	assert_true(urne_view_is(a->child->next->text, "-20"));
	assert_int_equal(b->type, URNE_JSON_NULL);
	assert_int_equal(b->line, 2);
	assert_int_equal(b->column, 23);
	assert_true(urne_json_get(v, "c")->boolean);
	assert_false(urne_json_get(v, "d")->boolean);
	assert_int_equal(urne_json_get(v, "c")->line, 3);
	assert_true(urne_view_is(urne_json_get(v, "e")->text, "x\ny"));
	assert_true(urne_view_is(urne_json_get(v, "e")->raw, "\"x\\ny\""));
	assert_null(urne_json_get(v, "f"));
	assert_null(urne_json_get(a, "f"));
	assert_null(urne_json_get(NULL, "f"));
	urne_buf_init(&path, 100);
	urne_json_path(&path, b);
	assert_true(urne_view_is(urne_buf_view(&path), "a[2].b"));
	urne_buf_reset(&path);
	urne_json_path(&path, v);
	assert_true(urne_view_is(urne_buf_view(&path), "document"));
	urne_buf_clear(&path);
}

static void
json_accepts_empty_containers_and_lone_values(void **state)
{
	assert_int_equal(accept(state, "[]")->num_children, 0);
	assert_int_equal(accept(state, " { } ")->num_children, 0);
	assert_int_equal(accept(state, "[[],[{}]]")->num_children, 2);
	assert_int_equal(accept(state, "0")->type, URNE_JSON_INTEGER);
	assert_int_equal(accept(state, "\"\"")->type, URNE_JSON_STRING);
	assert_int_equal(accept(state, "{\"\":1}")->child->key.len, 0);
}

static void
json_refuses_what_is_not_json(void **state)
{
	static const char *const bad[] = {"", " ", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]",
	    "[1 2]", "[1}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{1:1}",
	    "{\"a\":1]", "nul", "nulll", "True", "truefalse", "1 2", "[] []", "'a'", "\"a", "\"",
	    "01", "-", "-01", "+1", ".5", "1.", "1.5", "1e3", "1E3", "0x1", "NaN", "Infinity",
	    "/**/1", "\xef\xbb\xbf[]", "[1]\x01", "\"\t\"", "\"\n\"", "\"\x1f\"", "[\"a\",\n\"b]"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		refuse(state, URNE_ERR_SYNTAX, NULL, bad[i]);
	}
}

static void
json_refuses_a_nul_byte(void **state)
{
	const struct urne_json *v = NULL;

	assert_int_equal(
	    urne_json_parse(&v, *state, NULL, (struct urne_view){"1\0", 2}), URNE_ERR_SYNTAX);
	assert_int_equal(
	    urne_json_parse(&v, *state, NULL, (struct urne_view){"\"\\\0\"", 4}), URNE_ERR_SYNTAX);
	assert_int_equal(
	    urne_json_parse(&v, *state, NULL, (struct urne_view){NULL, 0}), URNE_ERR_SYNTAX);
}

static void
json_resolves_escapes(void **state)
{
	const struct urne_json *v =
	    accept(state, "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00E9\\u20ac\\ud83d\\uDE00!\"");

	assert_true(urne_view_is(v->text, "\"\\/\b\f\n\r\tA\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80!"));
	v = accept(state, "\"\\u0000\"");
	assert_int_equal(v->text.len, 1);
	assert_int_equal(v->text.p[0], 0);
	v = accept(state, "\"\\ud800\\udc00\\udbff\\udfff\\uffff\"");
	assert_true(urne_view_is(v->text, "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\xef\xbf\xbf"));
}

static void
json_refuses_lone_surrogates_and_broken_escapes(void **state)
{
	static const char *const bad[] = {"\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"",
	    "\"\\ud800x\"", "\"\\ud800\\ue000\"", "\"\\ud800\\u0041\"", "\"\\ud800\\n\"",
	    "\"\\udc00\\ud800\"", "\"\\ud83d\\u\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\x41\"", "\"\\",
	    "\"\\u", "\"\\u123", "\"\\ud83d\\ude0"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		refuse(state, URNE_ERR_SYNTAX, NULL, bad[i]);
	}
}

static void
json_refuses_invalid_utf8(void **state)
{
	refuse(state, URNE_ERR_SYNTAX, "line 1, column 3: this is not valid UTF-8", "\"a\xff\"");
	refuse(state, URNE_ERR_SYNTAX, NULL, "\"\xc3");
	refuse(state, URNE_ERR_SYNTAX, NULL, "\"\xed\xa0\x80\"");
	refuse(state, URNE_ERR_SYNTAX, NULL, "{\"\xc0\x80\":1}");
}

static void
json_refuses_duplicate_keys(void **state)
{
	refuse(state, URNE_ERR_DUPLICATE,
	    "line 2, column 6: the field \"a\" stands before in this object",
	    "{\"a\":1,\"b\":2,\n\"a\" :3}");
	refuse(state, URNE_ERR_DUPLICATE, NULL, "{\"a\":1,\"\\u0061\":2}");
	refuse(state, URNE_ERR_DUPLICATE, NULL, "[{\"\":1,\"\":1}]");
	(void)accept(state, "{\"a\":{\"a\":1},\"b\":{\"a\":1},\"aa\":1}");
}

static void
json_says_where_the_fault_is(void **state)
{
	refuse(state, URNE_ERR_SYNTAX, "line 3, column 2: ',' or ']' is expected", "[\n1\n 2]");
	refuse(state, URNE_ERR_SYNTAX, "line 1, column 2: the text ends too early", "[");
	refuse(state, URNE_ERR_SYNTAX, "line 1, column 2: only whole numbers are possible", "1.5");
}

static void
json_refuses_deep_nesting(void **state)
{
	char text[2 * (URNE_MAX_DEPTH + 1) + 1];

	memset(text, '[', URNE_MAX_DEPTH);
	memset(text + URNE_MAX_DEPTH, ']', URNE_MAX_DEPTH);
	text[2 * URNE_MAX_DEPTH] = '\0';
	(void)accept(state, text);
	memset(text, '[', URNE_MAX_DEPTH + 1);
	memset(text + URNE_MAX_DEPTH + 1, ']', URNE_MAX_DEPTH + 1);
	text[2 * (URNE_MAX_DEPTH + 1)] = '\0';
	refuse(state, URNE_ERR_LIMIT, NULL, text);
}

static void
json_path_reaches_the_deepest_value(void **state)
{
	char text[2 * URNE_MAX_DEPTH + 2];
	const struct urne_json *v;
	struct urne_buf path;

	memset(text, '[', URNE_MAX_DEPTH);
	text[URNE_MAX_DEPTH] = '1';
	memset(text + URNE_MAX_DEPTH + 1, ']', URNE_MAX_DEPTH);
	text[2 * URNE_MAX_DEPTH + 1] = '\0';
	for (v = accept(state, text); v->child != NULL; v = v->child) {
	}
	urne_buf_init(&path, 1000);
	urne_json_path(&path, v);
	assert_int_equal(path.len, 3 * URNE_MAX_DEPTH);
	urne_buf_clear(&path);
}

static void
json_limits_the_fields_of_an_object(void **state)
{
	for (size_t extra = 0; extra < 2; extra++) {
		const struct urne_json *v = NULL;
		struct urne_buf text;

		urne_buf_init(&text, (size_t)1 << 20);
		urne_buf_putc(&text, '{');
		for (size_t i = 0; i < URNE_MAX_FIELDS + extra; i++) {
			urne_buf_printf(&text, "%s\"f%zu\":%zu", i > 0 ? "," : "", i, i);
		}
		urne_buf_putc(&text, '}');
		assert_int_equal(urne_buf_error(&text), URNE_OK);
		assert_int_equal(urne_json_parse(&v, *state, NULL, urne_buf_view(&text)),
		    extra == 0 ? URNE_OK : URNE_ERR_LIMIT);
		urne_buf_clear(&text);
	}
}

static void
json_reports_a_full_arena(void **state)
{
	struct urne_arena small;
	const struct urne_json *v = NULL;

	(void)state;
	urne_arena_init(&small, 500);
	assert_int_equal(
	    urne_json_parse(&v, &small, NULL, urne_view_of("[1,2,3,4,5,6,7,8]")), URNE_ERR_LIMIT);
	urne_arena_clear(&small);
}

static void
json_u64_reads_only_integers_in_range(void **state)
{
	uint64_t n = 9;

	assert_int_equal(urne_json_u64(&n, accept(state, "10"), 10), URNE_OK);
	assert_int_equal(n, 10);
	assert_int_equal(urne_json_u64(&n, accept(state, "11"), 10), URNE_ERR_RANGE);
	assert_int_equal(n, 0);
	assert_int_equal(urne_json_u64(&n, accept(state, "-1"), 10), URNE_ERR_RANGE);
	assert_int_equal(urne_json_u64(&n, accept(state, "\"1\""), 10), URNE_ERR_SYNTAX);
	assert_int_equal(urne_json_u64(&n, NULL, 10), URNE_ERR_SYNTAX);
}

static void
json_fail_names_line_and_path(void **state)
{
	const struct urne_json *v = accept(state, "{\"q\":[\n{\"min\":1,\"a b\\n\":2}]}");
	const struct urne_json *q0 = urne_json_get(v, "q")->child;
	struct urne_diag d = {{0}};

	assert_int_equal(urne_json_fail(&d, URNE_ERR_RANGE, urne_json_get(q0, "min"), "is %d", 1),
	    URNE_ERR_RANGE);
	assert_string_equal(d.text, "line 2: q[0].min: is 1");
	assert_int_equal(urne_json_fail(&d, URNE_ERR_RANGE, q0->child->next, "x"), URNE_ERR_RANGE);
	assert_string_equal(d.text, "line 2: q[0][\"a b\\n\"]: x");
	assert_int_equal(urne_json_fail(&d, URNE_ERR_RANGE, NULL, "x"), URNE_ERR_RANGE);
	assert_string_equal(d.text, "x");
}

static void
json_only_refuses_unknown_fields(void **state)
{
	static const char *const names[] = {"a", "b", NULL};
	struct urne_diag d = {{0}};

	assert_int_equal(urne_json_only(&d, accept(state, "{\"b\":1}"), names), URNE_OK);
	assert_int_equal(
	    urne_json_only(&d, accept(state, "{\"a\":1,\"c\":1}"), names), URNE_ERR_UNKNOWN);
	assert_string_equal(d.text, "line 1: c: unknown field");
	assert_int_equal(urne_json_only(&d, accept(state, "[]"), names), URNE_ERR_SYNTAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	    T(json_reads_a_document_with_its_places),
	    T(json_accepts_empty_containers_and_lone_values),
	    T(json_refuses_what_is_not_json),
	    T(json_refuses_a_nul_byte),
	    T(json_resolves_escapes),
	    T(json_refuses_lone_surrogates_and_broken_escapes),
	    T(json_refuses_invalid_utf8),
	    T(json_refuses_duplicate_keys),
	    T(json_says_where_the_fault_is),
	    T(json_refuses_deep_nesting),
	    T(json_path_reaches_the_deepest_value),
	    T(json_limits_the_fields_of_an_object),
	    T(json_reports_a_full_arena),
	    T(json_u64_reads_only_integers_in_range),
	    T(json_fail_names_line_and_path),
	    T(json_only_refuses_unknown_fields),
#undef T
	};

	return cmocka_run_group_tests_name("base_json", tests, NULL, NULL);
}
