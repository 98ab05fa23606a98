/* SPDX-License-Identifier: EUPL-1.2 */
/* The outcome as CSV: the numbers stand in their columns, quotes are doubled, and no cell is a
 * formula. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "tests/unit/support/decided_vote.h"

#define MAX_OUT ((size_t)1 << 20)

struct fixture {
	struct decided_vote vote;
	struct urne_buf out;
	struct urne_entry odd[2]; /* priorities with a title of the test's own */
};

static int
setup(void **state)
{
	static struct fixture f;

	f = (struct fixture){.out = {.max = MAX_OUT}};
	decided_vote_init(&f.vote);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	urne_buf_clear(&f->out);
	return 0;
}

static const char *
table(struct fixture *f)
{
	urne_buf_clear(&f->out);
	urne_outcome_csv(&f->out, &f->vote.h, &f->vote.o);
	urne_buf_putc(&f->out, '\0');
	assert_ok(urne_buf_error(&f->out));
	return f->out.data;
}

static size_t
count(const char *text, const char *what)
{
	size_t num = 0;

	for (const char *p = strstr(text, what); p != NULL; p = strstr(p + 1, what)) {
		num++;
	}
	return num;
}

static void
assert_in_table(const char *text, const char *line)
{
	if (strstr(text, line) == NULL) {
		fail_msg("not in the table: %s", line);
	}
}

static void
the_table_has_a_header_and_a_line_for_everything(void **state)
{
	const char *text = table(*state);
	const char *header = "item,kind,line,entry,title,grade,rank,votes,for,against,blank,"
			     "abstained,expressed,base,needed,state,reason,seats,sentence\r\n";

	assert_memory_equal(text, header, strlen(header));
	/* header; 1 + 2; 3 + 4 + 1; 2 + 2 + 3; 2; 2 + 2; 2 + 2*2; 4 */
	assert_int_equal(count(text, "\r\n"), 1 + 3 + 8 + 7 + 2 + 4 + 6 + 4);
	assert_int_equal(count(text, "\n"), count(text, "\r\n"));
}

static void
lines_of_the_table_hold_the_numbers_in_their_columns(void **state)
{
	const char *text = table(*state);

	assert_in_table(text,
	    "programme,programme,decision,velos,Vélos,,,,9,0,0,1,9,9,5,adopted,majority,,Adopté");
	assert_in_table(text, "listes,list-choice,list,list-a,Liste A,,,6,,,,,10,,,,,1,\"1 siège");
	assert_in_table(
	    text, "tete,list-candidates,place,t-2,Paul Noir,,2,5,,,,,,,,in,votes,,\"Rang 2");
	assert_in_table(text, "notes,grades,grade,r-3,Ian,poor,,5,,,,,,,,,,,\r\n");
	assert_in_table(text, "tete,list-candidates,withdrawn,t-4,Rosa Vert,,,,,,,,,,,,,,\r\n");
	assert_in_table(text, "tete,list-candidates,votes,t-4,Rosa Vert,,,3,,,,,,,,,,,\r\n");
	assert_in_table(text, "texte,text,decision,whole,La charte,,,,10,0,0,0,10,10,6,adopted,");
	assert_in_table(text, "liste,list-ratification,place,c-1,Aline Roy,,1,,,,,,,,,in,,,\r\n");
}

static void
quotes_are_doubled_inside_quotes(void **state)
{
	assert_in_table(table(*state), ",t-1,\"Nora \"\"N\"\" Blanc\",");
}

static void
no_cell_is_a_formula(void **state)
{
	static const struct {
		const char *title, *cell;
	} cases[] = {
	    {"=1+1", ",'=1+1,"},
	    {"+1", ",'+1,"},
	    {"-1", ",'-1,"},
	    {"@SUM(A1)", ",'@SUM(A1),"},
	    {"\t=1", ",'\t=1,"},
	    {"\r=1", ",\"'\r=1\","},
	    {"\n=1", ",\"'\n=1\","},
	    {"=\"a,b\"", ",\"'=\"\"a,b\"\"\","},
	    {"1=1", ",1=1,"},
	};
	struct fixture *f = *state;
	struct urne_item *item = &f->vote.items[URNE_ITEM_PRIORITIES];

	memcpy(f->odd, item->entries, sizeof(f->odd));
	item->entries = f->odd;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		f->odd[0].title.by_language[0] = urne_view_of(cases[i].title);
		assert_in_table(table(f), cases[i].cell);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		the_table_has_a_header_and_a_line_for_everything, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		lines_of_the_table_hold_the_numbers_in_their_columns, setup, teardown),
	    cmocka_unit_test_setup_teardown(quotes_are_doubled_inside_quotes, setup, teardown),
	    cmocka_unit_test_setup_teardown(no_cell_is_a_formula, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
