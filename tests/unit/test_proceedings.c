/* SPDX-License-Identifier: EUPL-1.2 */
/* What is told of a journal: every order with its moment, its words and who signed, every record;
 * of one election or of all; and the same again in the minutes. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "documents/minutes_parts.h"
#include "tests/unit/support/journal_case.h"
#include "tests/unit/support/sample_minutes.h"

#define OTHER	"9HqMdzGrRwEsVo"
#define BECAUSE "reason Panne du réseau.\n"
#define CLOSES	"2026-11-26T19:30:00Z" /* behind JOURNAL_CLOSES */

struct told {
	struct journal_case c;
	struct urne_journal *j;
	struct urne_proceedings said;
	struct urne_archive *archive;
	int fd;
};

/* read_archive reads the entries that the case has taken. */
static enum urne_err
read_archive(struct told *t, struct urne_diag *d)
{
	char path[] = "/tmp/urne-proceedings-XXXXXX";
	enum urne_err e;

	t->fd = mkstemp(path);
	assert_true(t->fd >= 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(
	    write(t->fd, t->c.archive.data, t->c.archive.len), (ssize_t)t->c.archive.len);
	assert_int_equal(lseek(t->fd, 0, SEEK_SET), 0);
	assert_ok(urne_journal_new(&t->j, d));
	assert_ok(urne_archive_open_fd(&t->archive, d, t->fd, NULL));
	e = urne_proceedings_read(&t->said, t->j, d, t->archive, URNE_JOURNAL_ALL);
	return e;
}

/* A vote that is open, one that is prepared, and what happened. */
static void
begin(struct told *t)
{
	*t = (struct told){.fd = -1};
	journal_case_init(&t->c, 2, false);
	t->c.hours = true;
	journal_case_reach(&t->c, OTHER, URNE_JOURNAL_PREPARED);
	journal_case_reach(&t->c, JOURNAL_ELECTION, URNE_JOURNAL_OPEN);
	assert_ok(journal_case_order(&t->c, "incident", OTHER, "text Ailleurs.\n"));
	assert_ok(
	    journal_case_order(&t->c, "extend", JOURNAL_ELECTION, "closes " CLOSES "\n" BECAUSE));
	assert_ok(journal_case_order(&t->c, "intervention", "-", "text Un disque neuf.\n"));
	urne_proceedings_init(&t->said);
}

static void
end(struct told *t)
{
	urne_archive_close(t->archive);
	urne_proceedings_clear(&t->said);
	urne_journal_free(t->j);
	journal_case_clear(&t->c);
	if (t->fd >= 0) {
		assert_int_equal(close(t->fd), 0);
	}
}

static const struct urne_proceeding *
last_of(const struct told *t, enum urne_action action)
{
	for (size_t i = t->said.num; i > 0; i--) {
		const struct urne_proceeding *p = &t->said.items[i - 1];

		if (p->is_order && p->action == action) {
			return p;
		}
	}
	fail_msg("there is no such order");
	return NULL;
}

static void
every_entry_but_the_genesis_is_told_in_its_place(void **state)
{
	struct urne_diag d = {""};
	struct told t;

	begin(&t);
	assert_ok(read_archive(&t, &d));
	assert_int_equal(t.said.num + 1, urne_journal_size(t.j));
	for (size_t i = 0; i < t.said.num; i++) {
		assert_int_equal(t.said.items[i].entry, i + 1);
		assert_true(i == 0 || t.said.items[i].at >= t.said.items[i - 1].at);
	}
	end(&t);
}

static void
an_extension_tells_its_closing_its_reason_and_who_signed(void **state)
{
	const struct urne_proceeding *p;
	struct urne_diag d = {""};
	struct told t;
	int64_t closes = 0;

	begin(&t);
	assert_ok(read_archive(&t, &d));
	assert_ok(urne_utc_read(&closes, urne_view_of(CLOSES)));
	p = last_of(&t, URNE_ACTION_EXTEND);
	assert_int_equal(p->closes, closes);
	assert_true(urne_view_is(p->text, "Panne du réseau."));
	assert_int_equal(p->num_signers, 2);
	assert_true(urne_view_eq(p->signers[0], t.c.signer[JOURNAL_ANNA].key.name));
	assert_true(urne_view_eq(p->signers[1], t.c.signer[JOURNAL_BRUNO].key.name));
	end(&t);
}

/* num_about: how many orders of this action are about the election. */
static size_t
num_about(const struct urne_proceedings *p, struct urne_view election, enum urne_action action)
{
	size_t num = 0;

	for (size_t i = 0; i < p->num; i++) {
		num += p->items[i].is_order && p->items[i].action == action &&
			       urne_proceedings_about(&p->items[i], election)
			   ? 1
			   : 0;
	}
	return num;
}

static void
what_was_sealed_and_found_is_told_by_its_hash(void **state)
{
	const struct urne_proceeding *p;
	struct urne_diag d = {""};
	struct told t;
	struct urne_hash want;

	(void)state;
	begin(&t);
	assert_ok(read_archive(&t, &d));
	p = last_of(&t, URNE_ACTION_SEAL);
	assert_int_equal(p->num_hashes, 1);
	assert_string_equal(p->hash_names[0], "setup");
	assert_ok(urne_hex_decode(want.b, URNE_HASH_LEN, VIEW(JOURNAL_SETUP)));
	assert_true(urne_hash_eq(&p->hashes[0], &want));
	p = last_of(&t, URNE_ACTION_CHECKLIST);
	assert_int_equal(p->num_hashes, 2);
	assert_string_equal(p->hash_names[0], "urn");
	assert_ok(urne_hex_decode(want.b, URNE_HASH_LEN, VIEW(JOURNAL_HASH)));
	assert_true(urne_hash_eq(&p->hashes[0], &want));
	assert_string_equal(p->hash_names[1], "software");
	assert_ok(urne_hex_decode(want.b, URNE_HASH_LEN, VIEW(JOURNAL_SOFTWARE)));
	assert_true(urne_hash_eq(&p->hashes[1], &want));
	assert_int_equal(last_of(&t, URNE_ACTION_EXTEND)->num_hashes, 0);
	end(&t);
}

static void
what_is_about_another_election_is_not_about_this_one(void **state)
{
	const struct urne_view here = urne_view_of(JOURNAL_ELECTION), there = urne_view_of(OTHER);
	struct urne_diag d = {""};
	struct told t;

	begin(&t);
	assert_ok(read_archive(&t, &d));
	assert_int_equal(num_about(&t.said, here, URNE_ACTION_INCIDENT), 0);
	assert_int_equal(num_about(&t.said, there, URNE_ACTION_INCIDENT), 1);
	assert_int_equal(num_about(&t.said, here, URNE_ACTION_INTERVENTION), 1);
	assert_int_equal(num_about(&t.said, there, URNE_ACTION_INTERVENTION), 1);
	assert_int_equal(num_about(&t.said, there, URNE_ACTION_EXTEND), 0);
	end(&t);
}

static void
an_archive_that_is_cut_short_is_refused_at_its_entry(void **state)
{
	struct urne_diag d = {""};
	struct told t;
	uint64_t size;

	begin(&t);
	size = urne_journal_size(t.c.journal);
	t.c.archive.len -= 512;
	assert_int_equal(read_archive(&t, &d), URNE_ERR_INCOMPLETE);
	assert_non_null(strstr(d.text, "entry "));
	assert_int_equal(urne_journal_size(t.j), size - 1);
	end(&t);
}

/* The minutes hold the journal as it was, whatever came later. */
static void
minutes_of_a_journal_that_went_on_stay_the_same(void **state)
{
	struct urne_buf before, after;
	struct sample_minutes s;
	struct urne_diag d = {""};
	struct told t;
	uint64_t size;

	begin(&t);
	assert_ok(read_archive(&t, &d));
	size = urne_journal_size(t.j) - 1;
	urne_buf_init(&before, (size_t)1 << 24);
	urne_buf_init(&after, (size_t)1 << 24);
	sample_minutes_make(&s, NULL);
	s.minutes.record.uuid = urne_view_of(JOURNAL_ELECTION);
	assert_ok(urne_minutes_journal_of(&s.minutes.journal, &d, t.j, &t.said, size));
	urne_minutes_json(&before, &s.minutes);
	t.said.num--;
	urne_minutes_json(&after, &s.minutes);
	t.said.num++;
	assert_true(urne_view_eq(urne_buf_view(&before), urne_buf_view(&after)));
	assert_non_null(memmem(before.data, before.len, "\"order\":\"extend\"", 16));
	assert_non_null(memmem(before.data, before.len, "\"setup\":\"" JOURNAL_SETUP "\"", 74));
	assert_non_null(memmem(before.data, before.len, "\"urn\":\"" JOURNAL_HASH "\"", 72));
	assert_null(memmem(before.data, before.len, "Ailleurs", 8));
	assert_null(memmem(before.data, before.len, "Un disque", 9));
	assert_int_equal(urne_minutes_journal_of(&s.minutes.journal, &d, t.j, &t.said, size + 2),
	    URNE_ERR_INCOMPLETE);
	assert_int_equal(s.minutes.journal.size, 0);
	urne_buf_clear(&before);
	urne_buf_clear(&after);
	sample_minutes_clear(&s);
	end(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_entry_but_the_genesis_is_told_in_its_place),
	    cmocka_unit_test(an_extension_tells_its_closing_its_reason_and_who_signed),
	    cmocka_unit_test(what_was_sealed_and_found_is_told_by_its_hash),
	    cmocka_unit_test(what_is_about_another_election_is_not_about_this_one),
	    cmocka_unit_test(an_archive_that_is_cut_short_is_refused_at_its_entry),
	    cmocka_unit_test(minutes_of_a_journal_that_went_on_stay_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
