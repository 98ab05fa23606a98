/* SPDX-License-Identifier: EUPL-1.2 */
/* The codec reads what it writes and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/codec.h"

#define MAX_CHOICES 3

struct message {
	struct urne_view text;
	struct urne_view alpha[MAX_CHOICES];
	size_t num_choices;
	bool flag;
	bool has_note;
	uint64_t note;
	uint64_t total;
	struct urne_hash hex, b64;
};

static void
message_codec(struct urne_codec *c, struct message *m)
{
	size_t n;

	urne_codec_object(c);
	urne_codec_field(c, "text");
	urne_codec_string(c, &m->text);
	urne_codec_field(c, "choices");
	urne_codec_array(c);
	for (n = 0; urne_codec_more(c, n, m->num_choices, MAX_CHOICES); n++) {
		urne_codec_object(c);
		urne_codec_field(c, "alpha");
		urne_codec_plain(c, &m->alpha[n], 8);
		urne_codec_object_end(c);
	}
	m->num_choices = n;
	urne_codec_array_end(c);
	urne_codec_field(c, "flag");
	urne_codec_bool(c, &m->flag);
	m->has_note = urne_codec_optional(c, "note", m->has_note);
	if (m->has_note) {
		urne_codec_u64(c, &m->note, 1000);
	}
	urne_codec_field(c, "total");
	urne_codec_count(c, &m->total, UINT64_MAX);
	urne_codec_field(c, "hashes");
	urne_codec_array(c);
	urne_codec_item(c);
	urne_codec_hash_hex(c, &m->hex);
	urne_codec_item(c);
	urne_codec_hash_b64(c, &m->b64);
	urne_codec_item(c);
	urne_codec_literal(c, "\"Single\"");
	urne_codec_array_end(c);
	urne_codec_object_end(c);
}

#define HASHES                                                                                     \
	"[\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\","                   \
	"\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\",\"Single\"]"

static const char good[] =
    "{\"text\":\"caf\xc3\xa9\\n\",\"choices\":[{\"alpha\":\"1\"},"
    "{\"alpha\":\"23\"}],\"flag\":true,\"note\":7,\"total\":5,\"hashes\":" HASHES "}";

static enum urne_err
read_message(struct message *m, struct urne_arena *arena, struct urne_diag *d, const char *text)
{
	struct urne_codec c;

	memset(m, 0, sizeof(*m));
	urne_codec_read(&c, urne_view_of(text), arena);
	message_codec(&c, m);
	return urne_codec_end(&c, d);
}

/* refuse checks that `text` is refused with this error and sentence. */
static void
refuse(enum urne_err e, const char *sentence, const char *text)
{
	struct urne_arena arena;
	struct urne_diag d = {{0}};
	struct message m;

	urne_arena_init(&arena, 4096);
	assert_int_equal(read_message(&m, &arena, &d, text), e);
	assert_string_equal(d.text, sentence);
	urne_arena_clear(&arena);
}

static void
codec_writes_what_it_read(void **state)
{
	static const char *const texts[] = {good,
	    "{\"text\":\"\",\"choices\":[],\"flag\":false,\"total\":1073741823,\"hashes\":" HASHES
	    "}",
	    "{\"text\":\"\\u0000\",\"choices\":[],\"flag\":false,\"total\":\"1073741824\","
	    "\"hashes\":" HASHES "}"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct urne_arena arena;
		struct urne_codec c;
		struct urne_buf out;
		struct message m;

		urne_arena_init(&arena, 4096);
		urne_buf_init(&out, 4096);
		assert_int_equal(read_message(&m, &arena, NULL, texts[i]), URNE_OK);
		urne_codec_write(&c, &out);
		message_codec(&c, &m);
		assert_int_equal(urne_codec_end(&c, NULL), URNE_OK);
		assert_true(urne_view_is(urne_buf_view(&out), texts[i]));
		urne_buf_clear(&out);
		urne_arena_clear(&arena);
	}
}

static void
codec_reads_the_values(void **state)
{
	struct urne_arena arena;
	struct message m;

	(void)state;
	urne_arena_init(&arena, 4096);
	assert_int_equal(read_message(&m, &arena, NULL, good), URNE_OK);
	assert_true(urne_view_is(m.text, "caf\xc3\xa9\n"));
	assert_int_equal(m.num_choices, 2);
	assert_true(urne_view_is(m.alpha[1], "23"));
	assert_true(m.flag && m.has_note);
	assert_int_equal(m.note, 7);
	assert_int_equal(m.total, 5);
	assert_true(urne_hash_eq(&m.hex, &m.b64));
	urne_arena_clear(&arena);
}

static void
codec_refuses_every_message_that_is_cut_short(void **state)
{
	(void)state;
	for (size_t len = 0; len < sizeof(good) - 1; len++) {
		/* memory of its own, so that a sanitizer sees a byte too many */
		char *text = malloc(len + 1);
		struct urne_arena arena;
		struct urne_codec c;
		struct message m = {.num_choices = 0};

		assert_non_null(text);
		text = realloc(text, len > 0 ? len : 1);
		assert_non_null(text);
		memcpy(text, good, len);
		urne_arena_init(&arena, 4096);
		urne_codec_read(&c, (struct urne_view){text, len}, &arena);
		message_codec(&c, &m);
		assert_int_equal(urne_codec_end(&c, NULL), URNE_ERR_SYNTAX);
		urne_arena_clear(&arena);
		free(text);
	}
}

static void
codec_refuses_a_byte_inserted_anywhere_but_in_text(void **state)
{
	(void)state;
	for (size_t at = 0; at < sizeof(good); at++) {
		struct urne_arena arena;
		struct message m;
		char text[sizeof(good) + 1];

		memcpy(text, good, at);
		text[at] = ' ';
		memcpy(text + at + 1, good + at, sizeof(good) - at);
		urne_arena_init(&arena, 4096);
		if (read_message(&m, &arena, NULL, text) == URNE_OK) {
			/* then it was taken for content */
			assert_true(memchr(m.text.p, ' ', m.text.len) != NULL ||
				    memchr(m.alpha[0].p, ' ', m.alpha[0].len) != NULL ||
				    memchr(m.alpha[1].p, ' ', m.alpha[1].len) != NULL);
		}
		urne_arena_clear(&arena);
	}
}

static void
codec_refuses_fields_out_of_order(void **state)
{
	(void)state;
	refuse(URNE_ERR_SYNTAX, "text: field is missing or not in its place",
	    "{\"choices\":[],\"text\":\"\"}");
	refuse(URNE_ERR_SYNTAX, "choices: field is missing or not in its place",
	    "{\"text\":\"\",\"flag\":true}");
}

static void
codec_refuses_an_unknown_or_repeated_field(void **state)
{
	(void)state;
	refuse(URNE_ERR_SYNTAX, "choices[0]: end of the object expected",
	    "{\"text\":\"\",\"choices\":[{\"alpha\":\"1\",\"alpha\":\"1\"}]}");
	refuse(URNE_ERR_SYNTAX, "total: field is missing or not in its place",
	    "{\"text\":\"\",\"choices\":[],\"flag\":true,\"x\":1,\"total\":1}");
}

static void
codec_names_the_path_of_what_is_wrong(void **state)
{
	(void)state;
	refuse(URNE_ERR_RANGE, "choices[1].alpha: string is longer than 8 bytes",
	    "{\"text\":\"\",\"choices\":[{\"alpha\":\"1\"},{\"alpha\":\"123456789\"}]}");
	refuse(URNE_ERR_SYNTAX, "choices[0].alpha: string has a byte that is not allowed here",
	    "{\"text\":\"\",\"choices\":[{\"alpha\":\"\\n\"}]}");
	refuse(URNE_ERR_SYNTAX, "hashes[2]: \"Single\" expected",
	    "{\"text\":\"\",\"choices\":[],\"flag\":true,\"total\":5,\"hashes\":"
	    "[\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\","
	    "\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\",\"Double\"]}");
}

static void
codec_refuses_more_items_than_allowed(void **state)
{
	(void)state;
	refuse(URNE_ERR_LIMIT, "choices[3]: more than 3 items",
	    "{\"text\":\"\",\"choices\":[{\"alpha\":\"1\"},{\"alpha\":\"1\"},{\"alpha\":\"1\"},"
	    "{\"alpha\":\"1\"}]}");
	refuse(URNE_ERR_SYNTAX, "choices[1]: '{' expected",
	    "{\"text\":\"\",\"choices\":[{\"alpha\":\"1\"},]}");
	refuse(URNE_ERR_SYNTAX, "choices: end of the array expected",
	    "{\"text\":\"\",\"choices\":[{\"alpha\":\"1\"}{\"alpha\":\"1\"}]}");
}

static void
codec_refuses_bytes_after_the_end(void **state)
{
	char text[sizeof(good) + 1];

	(void)state;
	memcpy(text, good, sizeof(good));
	memcpy(text + sizeof(good) - 1, "\n", 2);
	refuse(URNE_ERR_SYNTAX, "1 bytes after the end of the message", text);
}

static enum urne_err
read_string(struct urne_view *v, struct urne_arena *arena, const char *text)
{
	struct urne_codec c;

	urne_codec_read(&c, urne_view_of(text), arena);
	urne_codec_string(&c, v);
	return urne_codec_end(&c, NULL);
}

static void
codec_string_refuses_every_escape_that_is_not_canonical(void **state)
{
	static const char *const bad[] = {"\"\\/\"", "\"\\u0041\"", "\"\\u000a\"", "\"\\u0008\"",
	    "\"\\u0009\"", "\"\\u000c\"", "\"\\u000d\"", "\"\\u0022\"", "\"\\u005c\"",
	    "\"\\u001F\"", "\"\\u007F\"", "\"\\u0080\"", "\"\\u00e9\"", "\"\\U001f\"",
	    "\"\\ud83d\\ude00\"", "\"\\a\"", "\"\\\"", "\"\\u00\"", "\"\\u001\"", "\"\x01\"",
	    "\"\x7f\"", "\"\n\"", "\"\xc3\"", "\"\xed\xa0\x80\"", "\"\xc0\x80\"", "\"", "", "x"};
	struct urne_arena arena;
	struct urne_view v;

	(void)state;
	urne_arena_init(&arena, 4096);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(read_string(&v, &arena, bad[i]), URNE_ERR_SYNTAX);
		assert_int_equal(v.len, 0);
	}
	urne_arena_clear(&arena);
}

static void
codec_string_reads_every_character_as_it_is_written(void **state)
{
	struct urne_arena arena;

	(void)state;
	urne_arena_init(&arena, (size_t)1 << 20);
	for (unsigned ch = 0; ch < 0x80; ch++) {
		char in[3] = {'<', (char)ch, '>'};
		struct urne_view v = {in, 3};
		struct urne_codec c;
		struct urne_buf out;

		urne_buf_init(&out, 100);
		urne_codec_write(&c, &out);
		urne_codec_string(&c, &v);
		assert_int_equal(urne_codec_end(&c, NULL), URNE_OK);
		urne_codec_read(&c, urne_buf_view(&out), &arena);
		urne_codec_string(&c, &v);
		assert_int_equal(urne_codec_end(&c, NULL), URNE_OK);
		assert_int_equal(v.len, 3);
		assert_memory_equal(v.p, in, 3);
		urne_buf_clear(&out);
	}
	urne_arena_clear(&arena);
}

static void
codec_refuses_to_write_invalid_utf8_and_numbers_out_of_range(void **state)
{
	struct urne_view v = urne_view_of("\xff");
	struct urne_codec c;
	struct urne_buf out;
	uint64_t n = 11;

	(void)state;
	urne_buf_init(&out, 100);
	urne_codec_write(&c, &out);
	urne_codec_string(&c, &v);
	assert_int_equal(urne_codec_end(&c, NULL), URNE_ERR_SYNTAX);
	urne_codec_write(&c, &out);
	urne_codec_plain(&c, &v, 10);
	assert_int_equal(urne_codec_end(&c, NULL), URNE_ERR_SYNTAX);
	urne_codec_write(&c, &out);
	urne_codec_u64(&c, &n, 10);
	assert_int_equal(urne_codec_end(&c, NULL), URNE_ERR_RANGE);
	assert_int_equal(out.len, 0);
	urne_buf_clear(&out);
}

static void
codec_count_has_one_form_per_value(void **state)
{
	static const struct {
		const char *text;
		enum urne_err err;
	} cases[] = {
	    {"0", URNE_OK},
	    {"1073741823", URNE_OK},
	    {"\"1073741824\"", URNE_OK},
	    {"\"1073741823\"", URNE_ERR_SYNTAX},
	    {"1073741824", URNE_ERR_SYNTAX},
	    {"\"0\"", URNE_ERR_SYNTAX},
	    {"\"2000000000\"", URNE_OK},
	    {"\"2000000001\"", URNE_ERR_RANGE},
	    {"\"2000000000", URNE_ERR_SYNTAX},
	    {"\"02000000000\"", URNE_ERR_SYNTAX},
	    {"00", URNE_ERR_SYNTAX},
	    {"-0", URNE_ERR_SYNTAX},
	    {"1.0", URNE_ERR_SYNTAX},
	    {"1e2", URNE_ERR_SYNTAX},
	    {"\"\"", URNE_ERR_SYNTAX},
	    {"", URNE_ERR_SYNTAX},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_codec c;
		uint64_t v = 1;

		urne_codec_read(&c, urne_view_of(cases[i].text), NULL);
		urne_codec_count(&c, &v, 2000000000);
		assert_int_equal(urne_codec_end(&c, NULL), cases[i].err);
	}
}

static void
codec_first_error_sticks_and_outputs_are_safe(void **state)
{
	struct urne_codec c;
	struct urne_diag d = {{0}};
	struct urne_view v = {NULL, 9};
	uint64_t n = 9;
	size_t num = 9;
	bool flag = true;
	struct urne_hash h;

	(void)state;
	memset(&h, 9, sizeof(h));
	urne_codec_read(&c, urne_view_of("[1,2]"), NULL);
	urne_codec_array(&c);
	urne_codec_item(&c);
	urne_codec_fail(&c, URNE_ERR_GROUP, "not in the %s", "group");
	urne_codec_fail(&c, URNE_ERR_PROOF, "later");
	assert_false(urne_codec_ok(&c));
	assert_false(urne_codec_more(&c, 0, 9, 9));
	urne_codec_string(&c, &v);
	urne_codec_u64(&c, &n, 9);
	urne_codec_size(&c, &num, 9);
	urne_codec_bool(&c, &flag);
	urne_codec_hash_hex(&c, &h);
	assert_null(urne_codec_alloc(&c, 1, 1));
	urne_codec_array_end(&c);
	assert_int_equal(urne_codec_end(&c, &d), URNE_ERR_GROUP);
	assert_string_equal(d.text, "[0]: not in the group");
	assert_true(v.len == 0 && n == 0 && num == 0 && !flag && h.b[0] == 0);
}

static void
codec_reports_a_full_buffer_and_a_full_arena(void **state)
{
	struct urne_arena arena;
	struct urne_codec c;
	struct urne_buf out;
	struct urne_view v = urne_view_of("0123456789");

	(void)state;
	urne_buf_init(&out, 5);
	urne_codec_write(&c, &out);
	urne_codec_string(&c, &v);
	assert_false(urne_codec_ok(&c));
	assert_int_equal(urne_codec_end(&c, NULL), URNE_ERR_LIMIT);
	urne_buf_clear(&out);
	urne_arena_init(&arena, 16);
	assert_int_equal(read_string(&v, &arena, "\"0123456789012345678\\n\""), URNE_ERR_LIMIT);
	assert_int_equal(read_string(&v, NULL, "\"\\n\""), URNE_ERR_UNSUPPORTED);
	urne_arena_clear(&arena);
}

static void
codec_blames_a_description_that_nests_wrongly_on_us(void **state)
{
	struct urne_codec c;

	(void)state;
	urne_codec_read(&c, urne_view_of("[]"), NULL);
	urne_codec_array(&c);
	urne_codec_object_end(&c);
	assert_int_equal(urne_codec_end(&c, NULL), URNE_ERR_INTERNAL);
	urne_codec_read(&c, urne_view_of("[]"), NULL);
	urne_codec_array(&c);
	assert_int_equal(urne_codec_end(&c, NULL), URNE_ERR_INTERNAL);
}

static void
codec_try_literal_chooses_between_forms(void **state)
{
	struct urne_codec c;

	(void)state;
	urne_codec_read(&c, urne_view_of("null"), NULL);
	assert_false(urne_codec_try_literal(&c, "true", true));
	assert_true(urne_codec_try_literal(&c, "null", false));
	assert_int_equal(urne_codec_end(&c, NULL), URNE_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(codec_writes_what_it_read),
	    cmocka_unit_test(codec_reads_the_values),
	    cmocka_unit_test(codec_refuses_every_message_that_is_cut_short),
	    cmocka_unit_test(codec_refuses_a_byte_inserted_anywhere_but_in_text),
	    cmocka_unit_test(codec_refuses_fields_out_of_order),
	    cmocka_unit_test(codec_refuses_an_unknown_or_repeated_field),
	    cmocka_unit_test(codec_names_the_path_of_what_is_wrong),
	    cmocka_unit_test(codec_refuses_more_items_than_allowed),
	    cmocka_unit_test(codec_refuses_bytes_after_the_end),
	    cmocka_unit_test(codec_string_refuses_every_escape_that_is_not_canonical),
	    cmocka_unit_test(codec_string_reads_every_character_as_it_is_written),
	    cmocka_unit_test(codec_refuses_to_write_invalid_utf8_and_numbers_out_of_range),
	    cmocka_unit_test(codec_count_has_one_form_per_value),
	    cmocka_unit_test(codec_first_error_sticks_and_outputs_are_safe),
	    cmocka_unit_test(codec_reports_a_full_buffer_and_a_full_arena),
	    cmocka_unit_test(codec_blames_a_description_that_nests_wrongly_on_us),
	    cmocka_unit_test(codec_try_literal_chooses_between_forms),
	};

	return cmocka_run_group_tests_name("base_codec", tests, NULL, NULL);
}
