/* SPDX-License-Identifier: EUPL-1.2 */
/* A whole journal, read from an archive: the state is the one of those who wrote it, and what no
 * board may write is found where it stands. */
#include "tests/unit/support/journal_case.h"

#include <stdio.h>
#include <string.h>

#define ELECTION JOURNAL_ELECTION

static void
read_entries(const struct journal_case *c, size_t len, struct urne_journal **j,
    struct urne_chain *chain, struct urne_diag *d, uint64_t most, enum urne_err want)
{
	FILE *f = tmpfile();
	struct urne_archive *a = NULL;

	assert_non_null(f);
	assert_int_equal(fwrite(c->archive.data, 1, len, f), len);
	assert_int_equal(fflush(f), 0);
	rewind(f);
	assert_ok(urne_archive_open_fd(&a, d, fileno(f), NULL));
	assert_ok(urne_journal_new(j, d));
	assert_err(urne_journal_read(*j, chain, d, a, most, NULL, NULL), want);
	urne_archive_close(a);
	assert_int_equal(fclose(f), 0);
}

static void
read_archive(const struct journal_case *c, size_t len, struct urne_journal **j,
    struct urne_chain *chain, struct urne_diag *d, enum urne_err want)
{
	read_entries(c, len, j, chain, d, URNE_JOURNAL_ALL, want);
}

/* A board appends to its archive while somebody reads the beginning of it. */
static void
the_first_entries_are_read_whatever_comes_behind_them(void **state)
{
	struct journal_case c;
	struct urne_journal *j;
	struct urne_chain chain;
	struct urne_diag d;
	size_t whole;

	journal_case_init(&c, 2, true);
	journal_case_reach(&c, ELECTION, URNE_JOURNAL_SEALED);
	whole = c.archive.len;
	read_entries(&c, whole - 1, &j, &chain, &d, URNE_JOURNAL_ALL, URNE_ERR_INCOMPLETE);
	urne_journal_free(j);
	read_entries(&c, whole - 1, &j, &chain, &d, 2, URNE_OK);
	assert_int_equal(chain.num_events, 2);
	assert_int_equal(urne_journal_size(j), 2);
	urne_journal_free(j);
	journal_case_clear(&c);
}

static void
an_archive_is_read_to_the_same_state(void **state)
{
	struct journal_case c;
	struct urne_journal *j;
	struct urne_chain chain;
	struct urne_diag d;
	struct urne_buf want, got;

	journal_case_init(&c, 2, true);
	journal_case_reach(&c, ELECTION, URNE_JOURNAL_CERTIFIED);
	read_archive(&c, c.archive.len, &j, &chain, &d, URNE_OK);
	want = journal_case_says(c.journal);
	got = journal_case_says(j);
	assert_true(urne_view_eq(urne_buf_view(&got), urne_buf_view(&want)));
	assert_int_equal(chain.num_events, urne_journal_size(j));
	assert_true(urne_hash_eq(&chain.last, &c.chain.last));
	urne_buf_clear(&want);
	urne_buf_clear(&got);
	urne_journal_free(j);
	journal_case_clear(&c);
}

static void
an_archive_with_an_unlawful_entry_is_refused_by_its_number(void **state)
{
	struct journal_case c;
	struct urne_journal *j;
	struct urne_chain chain;
	struct urne_diag d;
	struct urne_journal_record r = {.kind = URNE_JOURNAL_OPENED, .size = 1};
	struct urne_view payload;
	struct urne_buf text;

	journal_case_init(&c, 2, false);
	journal_case_reach(&c, ELECTION, URNE_JOURNAL_SEALED);
	/* what no board writes: opened before anybody called to open */
	r.at = c.now;
	r.election = VIEW(ELECTION);
	urne_buf_init(&text, 1 << 12);
	urne_journal_record_write(&text, &r);
	payload = urne_buf_view(&text);
	assert_ok(urne_event_append(
	    &c.archive, &c.chain, &d, URNE_EVENT_RECORD, &payload, 1, (uint64_t)JOURNAL_BEGIN));
	read_archive(&c, c.archive.len, &j, &chain, &d, URNE_ERR_ORDER);
	assert_true(urne_view_starts(urne_view_of(d.text), "entry 3: \"opened\" cannot come now"));
	assert_int_equal(chain.num_events, 3);
	assert_int_equal(urne_journal_size(j), 3);
	urne_buf_clear(&text);
	urne_journal_free(j);
	journal_case_clear(&c);
}

static void
a_journal_begins_with_one_genesis(void **state)
{
	struct journal_case c;
	struct urne_journal *empty;
	struct urne_buf payload;
	struct urne_diag d;

	journal_case_init(&c, 2, false);
	urne_buf_init(&payload, 1 << 16);
	urne_genesis_write(&payload, urne_journal_genesis(c.journal));
	assert_err(urne_journal_step(c.journal, &d, URNE_EVENT_GENESIS, urne_buf_view(&payload)),
	    URNE_ERR_ORDER);
	assert_non_null(strstr(d.text, "has it already"));
	assert_err(urne_journal_step(c.journal, &d, URNE_EVENT_BALLOT, urne_buf_view(&payload)),
	    URNE_ERR_ORDER);
	assert_non_null(strstr(d.text, "Ballot belongs into the log of an election"));
	assert_int_equal(urne_journal_size(c.journal), 1);
	assert_ok(urne_journal_new(&empty, &d));
	assert_null(urne_journal_genesis(empty));
	urne_buf_reset(&payload);
	urne_journal_record_write(&payload, &(struct urne_journal_record){.at = JOURNAL_BEGIN});
	assert_err(urne_journal_step(empty, &d, URNE_EVENT_RECORD, urne_buf_view(&payload)),
	    URNE_ERR_ORDER);
	assert_non_null(strstr(d.text, "begins with its genesis"));
	urne_journal_free(empty);
	urne_buf_clear(&payload);
	journal_case_clear(&c);
}

static void
an_entry_without_end_is_not_blamed_on_us(void **state)
{
	struct journal_case c;
	struct urne_buf payload;
	char *room;

	journal_case_init(&c, 2, false);
	urne_buf_init(&payload, 1 << 22);
	urne_buf_puts(&payload, "{\"at\":\"2026-11-26T18:00:00Z\",\"order\":\"\\n");
	room = urne_buf_grow(&payload, 1 << 21);
	assert_non_null(room);
	memset(room, 'x', 1 << 21);
	payload.len += 1 << 21;
	urne_buf_puts(&payload, "\"}");
	assert_err(urne_journal_step(c.journal, &c.d, URNE_EVENT_ORDER, urne_buf_view(&payload)),
	    URNE_ERR_LIMIT);
	/* the longest that is possible, and no note for all that */
	payload.len = 390000;
	urne_buf_puts(&payload, "\"}");
	assert_err(urne_journal_step(c.journal, &c.d, URNE_EVENT_ORDER, urne_buf_view(&payload)),
	    URNE_ERR_LIMIT);
	assert_non_null(strstr(c.d.text, "a note has more than"));
	urne_buf_clear(&payload);
	journal_case_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_first_entries_are_read_whatever_comes_behind_them),
	    cmocka_unit_test(an_archive_is_read_to_the_same_state),
	    cmocka_unit_test(an_archive_with_an_unlawful_entry_is_refused_by_its_number),
	    cmocka_unit_test(a_journal_begins_with_one_genesis),
	    cmocka_unit_test(an_entry_without_end_is_not_blamed_on_us),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
