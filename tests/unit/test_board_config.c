/* SPDX-License-Identifier: EUPL-1.2 */
/* board.json: every field is there and means something, or the board does not start. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "bulletin/server/config.h"

#define CLAIRE "claire+4bbb0c2e+AZswuzKBA7fk9AnEmzZsCW1Q9G3Q5mx5cQQmc2e+xCc0"
#define AMEL   "amel+54e37459+AZQd/I8htVAL0WzjTqnIPJs+t9ddUECCckP8TI2XZWdu"
#define START  "{\"format\":\"urne-board/1\","
#define HOST   "\"service\":\"vote.example.org/bb\","
#define NAME   "\"name\":\"Les Amis de la Pie\","
#define URL    "\"url\":\"https://vote.example.org\","
#define HEAD   "\"head\":\"head.db\","
#define KEYS   "\"agree\":1,\"officials\":[\"" CLAIRE "\",\"" AMEL "\"],"
#define END    KEYS NOBODY
#define NOBODY "\"registrar\":null}"

static enum urne_err
read_config(
    struct urne_board_config *c, struct urne_arena *arena, struct urne_diag *d, const char *text)
{
	urne_arena_init(arena, 1 << 20);
	return urne_board_config_read(c, arena, d, urne_view_of(text));
}

static void
a_config_is_written_as_it_was_read(void **state)
{
	struct urne_board_config c;
	struct urne_arena arena;
	struct urne_diag d = {{0}};
	struct urne_buf out;

	assert_ok(read_config(&c, &arena, &d, START HOST NAME URL HEAD END));
	assert_true(urne_view_is(c.service, "vote.example.org/bb"));
	assert_true(urne_view_is(c.url, "https://vote.example.org"));
	assert_true(urne_view_is(c.head, "head.db"));
	assert_int_equal(c.agree, 1);
	assert_int_equal(c.num_officials, 2);
	assert_true(urne_view_is(c.officials[1].name, "amel"));
	urne_buf_init(&out, 1 << 20);
	urne_board_config_write(&out, &c);
	urne_buf_putc(&out, '\0');
	assert_ok(urne_buf_error(&out));
	assert_string_equal(out.data, START HOST NAME URL HEAD END "\n");
	urne_buf_clear(&out);
	urne_arena_clear(&arena);
}

static void
a_registrar_is_read_and_written(void **state)
{
	static const char text[] = START HOST NAME URL HEAD "\"agree\":1,\"officials\":[\"" CLAIRE
							    "\"],\"registrar\":\"" AMEL "\"}\n";
	struct urne_board_config c;
	struct urne_arena arena;
	struct urne_diag d = {{0}};
	struct urne_buf out;

	assert_ok(read_config(&c, &arena, &d, text));
	assert_true(c.has_registrar);
	assert_true(urne_view_is(c.registrar.name, "amel"));
	urne_buf_init(&out, 1 << 20);
	urne_board_config_write(&out, &c);
	urne_buf_putc(&out, '\0');
	assert_string_equal(out.data, text);
	urne_buf_clear(&out);
	urne_arena_clear(&arena);
}

static void
every_fault_of_a_config_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {START HOST NAME URL HEAD END, URNE_OK, ""},
	    {START HOST NAME "\"url\":\"http://[::1]:8080\"," HEAD END, URNE_OK, ""},
	    {"", URNE_ERR_SYNTAX, "line 1"},
	    {"[]", URNE_ERR_SYNTAX, "must be an object"},
	    {"{" HOST NAME URL HEAD END, URNE_ERR_INCOMPLETE, "\"format\" is missing"},
	    {START NAME URL HEAD END, URNE_ERR_INCOMPLETE, "\"service\" is missing"},
	    {START HOST URL HEAD END, URNE_ERR_INCOMPLETE, "\"name\" is missing"},
	    {START HOST "\"name\":\"\"," URL HEAD END, URNE_ERR_SYNTAX, "name: must be a text"},
	    {START HOST "\"name\":\"a\\nb\"," URL HEAD END, URNE_ERR_SYNTAX, "must be a line"},
	    {START HOST "\"name\":\" a\"," URL HEAD END, URNE_ERR_SYNTAX, "must be a line"},
	    {START HOST NAME URL HEAD "\"agree\":1,\"officials\":[\"" CLAIRE "\"]}",
		URNE_ERR_INCOMPLETE, "\"registrar\" is missing"},
	    {START HOST NAME URL HEAD KEYS "\"registrar\":\"x\"}", URNE_ERR_SYNTAX,
		"registrar: a key is written"},
	    {START HOST NAME URL HEAD KEYS "\"registrar\":\"" CLAIRE "\"}", URNE_ERR_DUPLICATE,
		"official 0: one person would count twice"},
	    {START HOST NAME HEAD END, URNE_ERR_INCOMPLETE, "\"url\" is missing"},
	    {START HOST NAME URL END, URNE_ERR_INCOMPLETE, "\"head\" is missing"},
	    {START HOST NAME URL "\"head\":\"h\",\"agree\":1}", URNE_ERR_INCOMPLETE,
		"\"officials\""},
	    {START HOST NAME URL HEAD "\"more\":1," END, URNE_ERR_UNKNOWN, "more: unknown field"},
	    {START HOST HOST NAME URL HEAD END, URNE_ERR_DUPLICATE, "\"service\" stands before"},
	    {"{\"format\":\"urne-board/2\"," HOST NAME URL HEAD END, URNE_ERR_UNSUPPORTED,
		"urne-boa"},
	    {START "\"service\":\"vote.example.org\"," NAME URL HEAD END, URNE_ERR_SYNTAX,
		"and \"/bb\""},
	    {START "\"service\":\"/bb\"," NAME URL HEAD END, URNE_ERR_SYNTAX, "and \"/bb\""},
	    {START "\"service\":\"a/b/bb\"," NAME URL HEAD END, URNE_ERR_SYNTAX, "and \"/bb\""},
	    {START "\"service\":\"a+b/bb\"," NAME URL HEAD END, URNE_ERR_SYNTAX,
		"service: the name"},
	    {START "\"service\":1," NAME URL HEAD END, URNE_ERR_SYNTAX, "service: must be a text"},
	    {START HOST NAME "\"url\":\"vote.example.org\"," HEAD END, URNE_ERR_SYNTAX, "https://"},
	    {START HOST NAME "\"url\":\"https://\"," HEAD END, URNE_ERR_SYNTAX, "https://"},
	    {START HOST NAME "\"url\":\"https://v/\"," HEAD END, URNE_ERR_SYNTAX,
		"without a slash"},
	    {START HOST NAME "\"url\":\"https://v?x\"," HEAD END, URNE_ERR_SYNTAX, "https://"},
	    {START HOST NAME URL "\"head\":\"\"," END, URNE_ERR_SYNTAX, "head: must be a text"},
	    {START HOST NAME URL "\"head\":\"a\\u0000b\"," END, URNE_ERR_SYNTAX, ""},
	    {START HOST NAME URL HEAD "\"agree\":0,\"officials\":[\"" CLAIRE "\"]," NOBODY,
		URNE_ERR_RANGE, "agree: must be a number from 1"},
	    {START HOST NAME URL HEAD "\"agree\":2,\"officials\":[\"" CLAIRE "\"]," NOBODY,
		URNE_ERR_RANGE, "2 officials have to agree, and there are 1"},
	    {START HOST NAME URL HEAD "\"agree\":1,\"officials\":[]," NOBODY, URNE_ERR_RANGE,
		"a list of 1 to"},
	    {START HOST NAME URL HEAD "\"agree\":1,\"officials\":[\"x\"]," NOBODY, URNE_ERR_SYNTAX,
		"officials[0]: a key is written"},
	    {START HOST NAME URL HEAD "\"agree\":1,\"officials\":[\"" CLAIRE "\",\"" CLAIRE
				      "\"]," NOBODY,
		URNE_ERR_DUPLICATE, "would count twice"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_board_config c;
		struct urne_arena arena;
		struct urne_diag d = {{0}};
		enum urne_err e = read_config(&c, &arena, &d, cases[i].text);

		assert_refusal(&cases[i], i, e, &d);
		urne_arena_clear(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_config_is_written_as_it_was_read),
	    cmocka_unit_test(a_registrar_is_read_and_written),
	    cmocka_unit_test(every_fault_of_a_config_is_named),
	};
	return cmocka_run_group_tests_name("board_config", tests, NULL, NULL);
}
