/* SPDX-License-Identifier: EUPL-1.2 */
/* What officials declare: what is read is written again in one form, and what has no place in this
 * vote is refused with the line and the way out. */
#include "tests/unit/support/check.h"
#include "tests/unit/support/declared_texts.h"
#include "tests/unit/support/sample_vote.h"

#include <string.h>

#include "documents/declared.h"

#define HEX	"b5d4045c3f466fa91fe2cc6abe79232a1a57cdf104f7a26e716e0a1e2789df78"
#define THREE	GONE("tete", "c-2") "," GONE("listes", "b-1") "," GONE("notes", "n-1")
#define PROGRAM "{\"name\":\"urne-verify\",\"release\":\"0.1.0\",\"sha256\":\"" HEX "\"}"
#define FULL                                                                                       \
	"{\"draw\":\"" HEX "\",\"withdrawn\":[" THREE "],\"incidents\":[" PANNE "," PANNE "],"     \
	"\"remarks\":[" TEXT("Rien") "," TEXT("Merci") "],\"software\":[" PROGRAM "," PROGRAM "]}"

struct world {
	struct urne_arena arena;
	struct urne_definition v;
	struct urne_declared declared;
	struct urne_buf out;
	struct urne_diag d;
};

static int
setup(void **state)
{
	static struct world w;

	sample_vote_read(&w.v, &w.arena, &w.d);
	urne_buf_init(&w.out, (size_t)1 << 20);
	*state = &w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	urne_buf_clear(&w->out);
	urne_arena_clear(&w->arena);
	return 0;
}

static void
read_good(struct world *w, const char *text)
{
	if (urne_declared_read(&w->declared, &w->arena, &w->d, &w->v, urne_view_of(text)) !=
	    URNE_OK) {
		fail_msg("%s", w->d.text);
	}
}

static const char *
written(struct world *w)
{
	urne_buf_reset(&w->out);
	urne_declared_json(&w->out, &w->v, &w->declared);
	urne_buf_put(&w->out, "", 1);
	assert_ok(urne_buf_error(&w->out));
	return w->out.data;
}

static void
everything_that_was_declared_is_read(void **state)
{
	struct world *w = *state;
	const struct urne_declared *d = &w->declared;

	read_good(w, FULL);
	assert_true(d->has_draw);
	assert_int_equal(d->draw.b[0], 0xb5);
	assert_int_equal(d->num_withdrawn, 3);
	assert_true(urne_view_is(d->withdrawn[1].candidate, "b-1"));
	assert_int_equal(d->withdrawals[1].item, 2);
	assert_int_equal(d->withdrawals[1].entry, 2);
	assert_int_equal(d->withdrawals[2].item, 5);
	assert_true(urne_view_is(d->withdrawn[0].reason.by_language[1], "malade!"));
	assert_int_equal(d->num_incidents, 2);
	assert_int_equal(d->incidents[0].at.seconds, 1803978900);
	assert_true(urne_view_is(d->incidents[0].text.by_language[0], "Panne"));
	assert_true(urne_view_is(d->remarks[1].by_language[1], "Merci!"));
	assert_int_equal(d->num_remarks, 2);
	assert_int_equal(d->num_software, 2);
	assert_true(urne_view_is(d->software[0].release, "0.1.0"));
	assert_true(urne_view_is(d->text, FULL));
}

static void
the_canonical_form_reads_as_itself(void **state)
{
	struct world *w = *state;

	read_good(w, FULL);
	assert_string_equal(written(w), FULL);
}

static void
order_and_white_space_leave_no_trace(void **state)
{
	struct world *w = *state;

	read_good(w, " {\"remarks\" : [ {\"en\":\"a\\u0062\", \"fr\":\"c\"} ],\n"
		     "\"withdrawn\":[], \"draw\":\"" HEX "\"}\n");
	assert_string_equal(
	    written(w), "{\"draw\":\"" HEX "\",\"remarks\":[{\"fr\":\"c\",\"en\":\"ab\"}]}");
}

static void
nothing_declared_is_an_empty_object(void **state)
{
	struct world *w = *state;

	read_good(w, "{}");
	assert_string_equal(written(w), "{}");
	read_good(w, "{\"withdrawn\":[],\"incidents\":[],\"remarks\":[],\"software\":[]}");
	assert_string_equal(written(w), "{}");
}

static void
the_same_words_in_two_languages_are_only_odd(void **state)
{
	struct world *w = *state;

	read_good(w, "{\"remarks\":[{\"fr\":\"Quorum\",\"en\":\"Quorum\"}]}");
	assert_int_equal(w->declared.num_remarks, 1);
}

static void
what_has_no_place_is_refused_with_line_and_way_out(void **state)
{
	static const struct {
		const char *text, *where, *says;
	} cases[] = {
	    {"", "line 1", ""},
	    {"[]", "line 1: document", "object"},
	    {"{}x", "line 1", ""},
	    {"{\"remarks\":[],\"remarks\":[]}", "line 1", "remarks"},
	    {"{\n\"remark\":[]}", "line 2: remark", "\"remarks\""},
	    {"{\"draw\":\"b5\"}", "draw", "64 digits"},
	    {"{\"draw\":\"B5D4045C3F466FA91FE2CC6ABE79232A1A57CDF104F7A26E716E0A1E2789DF78\"}",
		"draw", "lower case"},
	    {"{\"draw\":12}", "draw", "string"},
	    {"{\"withdrawn\":{}}", "withdrawn", "list"},
	    {"{\"withdrawn\":[\"c-1\"]}", "withdrawn[0]", "object"},
	    {"{\"withdrawn\":[{\"item\":\"tete\",\"candidate\":\"c-2\"}]}", "withdrawn[0]",
		"\"reason\" is missing"},
	    {"{\"withdrawn\":[{\"item\":\"tete\",\"reason\":" TEXT("x") "}]}", "withdrawn[0]",
		"\"candidate\" is missing"},
	    {"{\"withdrawn\":[{\"candidate\":\"c-2\",\"reason\":" TEXT("x") "}]}", "withdrawn[0]",
		"\"item\" is missing"},
	    {"{\"withdrawn\":[\n" GONE("tete", "c-2") ",\n" GONE("nowhere", "c-2") "]}",
		"line 3: withdrawn[1].item", "no item \"nowhere\""},
	    {"{\"withdrawn\":[" GONE("tete", "z") "]}", "withdrawn[0].candidate",
		"no candidate \"z\""},
	    {"{\"withdrawn\":[" GONE("tete", "\\u001b[31m") "]}", "withdrawn[0].candidate",
		"\"?[31m\""},
	    {"{\"withdrawn\":[" GONE("tete", "b-1") "]}", "withdrawn[0].candidate",
		"no candidate \"b-1\""},
	    {"{\"withdrawn\":[" GONE("tete", "c-3") "]}", "withdrawn[0].candidate",
		"before the seal"},
	    {"{\"withdrawn\":[" GONE("tete", "c-2") "," GONE("tete", "c-2") "]}",
		"withdrawn[1].candidate", "twice"},
	    {"{\"withdrawn\":[" GONE("liste", "c-1") "]}", "withdrawn[0].item",
		"list-ratification; say it as a remark"},
	    {"{\"withdrawn\":[" GONE("programme", "p-1") "]}", "withdrawn[0].item", "programme"},
	    {"{\"withdrawn\":[" GONE("priorites", "q-1") "]}", "withdrawn[0].item", "priorities"},
	    {"{\"withdrawn\":[" GONE("texte", "art-1") "]}", "withdrawn[0].item", "kind text"},
	    {"{\"incidents\":[{\"at\":\"2027-03-02T10:15:00\",\"text\":" TEXT("x") "}]}",
		"incidents[0].at", "offset"},
	    {"{\"incidents\":[{\"at\":\"2027-02-29T10:15:00Z\",\"text\":" TEXT("x") "}]}",
		"incidents[0].at", "no such day"},
	    {"{\"incidents\":[{\"text\":" TEXT("x") "}]}", "incidents[0]", "\"at\" is missing"},
	    {"{\"incidents\":[{\"at\":\"2027-03-02T10:15:00Z\"}]}", "incidents[0]",
		"\"text\" is missing"},
	    {"{\"incidents\":{}}", "incidents", "list"},
	    {"{\"remarks\":[\"x\"]}", "remarks[0]", "each language"},
	    {"{\"remarks\":[{\"fr\":\"x\"}]}", "remarks[0]", "\"en\" is missing"},
	    {"{\"remarks\":[{\"fr\":\"x\",\"en\":\"\"}]}", "remarks[0].en", "empty"},
	    {"{\"remarks\":[{\"fr\":\"x\",\"en\":\"y\",\"de\":\"z\"}]}", "remarks[0].de",
		"not among the languages"},
	    {"{\"remarks\":[{\"fr\":\"x\",\"en\":\"a\\u0007\"}]}", "remarks[0].en", "control"},
	    {"{\"software\":[{\"name\":\"u\",\"release\":\"1\"}]}", "software[0]",
		"\"sha256\" is missing"},
	    {"{\"software\":[{\"name\":\"\",\"release\":\"1\",\"sha256\":\"" HEX "\"}]}",
		"software[0].name", "empty"},
	    {"{\"software\":[{\"name\":\"u\",\"release\":1,\"sha256\":\"" HEX "\"}]}",
		"software[0].release", "string"},
	    {"{\"software\":[{\"name\":\"u\",\"release\":\"1\",\"sha256\":\"" HEX
	     "\",\"by\":\"me\"}]}",
		"software[0].by", "no field"},
	};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_diag d = {{0}};
		enum urne_err e = urne_declared_read(
		    &w->declared, &w->arena, &d, &w->v, urne_view_of(cases[i].text));

		if (e == URNE_OK || urne_err_is_ours(e) || strstr(d.text, cases[i].where) == NULL ||
		    strstr(d.text, cases[i].says) == NULL) {
			fail_msg("case %zu: %s: %s", i, urne_err_name(e), d.text);
		}
		assert_int_equal(w->declared.num_withdrawn, 0);
		assert_true(urne_view_is(w->declared.text, "{}"));
	}
}

static void
a_draw_is_refused_where_the_definition_has_none(void **state)
{
	struct world *w = *state;
	enum urne_err e;

	w->v.draw.kind = URNE_DRAW_NONE;
	e = urne_declared_read(
	    &w->declared, &w->arena, &w->d, &w->v, urne_view_of("{\"draw\":\"" HEX "\"}"));
	assert_err(e, URNE_ERR_SYNTAX);
	assert_non_null(strstr(w->d.text, "draw: the definition has no draw"));
	assert_false(w->declared.has_draw);
}

static void
the_first_fault_in_the_file_is_the_one_that_is_told(void **state)
{
	struct world *w = *state;
	enum urne_err e = urne_declared_read(&w->declared, &w->arena, &w->d, &w->v,
	    urne_view_of("{\"software\":{},\n\"remarks\":{},\n\"draw\":1}"));

	assert_err(e, URNE_ERR_SYNTAX);
	assert_non_null(strstr(w->d.text, "line 1: software"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(everything_that_was_declared_is_read),
	    T(the_canonical_form_reads_as_itself),
	    T(order_and_white_space_leave_no_trace),
	    T(nothing_declared_is_an_empty_object),
	    T(the_same_words_in_two_languages_are_only_odd),
	    T(what_has_no_place_is_refused_with_line_and_way_out),
	    T(a_draw_is_refused_where_the_definition_has_none),
	    T(the_first_fault_in_the_file_is_the_one_that_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
