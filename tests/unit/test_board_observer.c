/* SPDX-License-Identifier: EUPL-1.2 */
/* An observer's steps: a whole election is followed, from any place on the same; what cannot be
 * there is named and changes nothing; and a source that fails is not taken for a log that is wrong.
 */
#include <string.h>

#include "bulletin/log/checkpoint.h"
#include "crypto/secret/signer.h"
#include "crypto/sha256.h"
#include "observer/observer.h"
#include "tests/unit/support/board_case.h"
#include "tests/unit/support/check.h"

#define ORIGIN	    "vote.example.org/bb/GnQagTgeJqLsvY"
#define TIMESTAMP   1700000000
#define MAX_ENTRIES 16
#define MAX_CHOICES 16

struct fixture {
	struct board_case c;
	struct urne_signer signer;
	struct urne_chain chain;
	struct urne_buf archive, entries[MAX_ENTRIES];
	size_t num;
	struct urne_tally tally; /* of the last ballots */
	uint64_t counts[MAX_CHOICES];
	struct urne_observer o;
	size_t calls, fails_at; /* of the source; SIZE_MAX: never */
};

/* --- a log --- */

/* put appends an event that is right. */
static void
put(struct fixture *f, enum urne_event_type type, const struct urne_view *data, size_t num_data)
{
	struct urne_chain copy = f->chain;
	struct urne_hash hash;

	assert_true(f->num < MAX_ENTRIES);
	urne_buf_init(&f->entries[f->num], (size_t)1 << 12);
	assert_ok(
	    urne_event_make(&f->entries[f->num++], &copy, &hash, &f->c.d, type, data, num_data));
	assert_ok(
	    urne_event_append(&f->archive, &f->chain, &f->c.d, type, data, num_data, TIMESTAMP));
	for (size_t i = 0; i < num_data; i++) {
		board_case_store(&f->c, &hash, data[i]);
	}
}

/* put_wrong appends an entry that no chain allows, with a payload that is in the store, or none. */
static void
put_wrong(struct fixture *f, struct urne_event event)
{
	assert_true(f->num < MAX_ENTRIES);
	urne_buf_init(&f->entries[f->num], (size_t)1 << 12);
	urne_event_write(&f->entries[f->num++], &event);
}

static struct urne_event
next_event(const struct fixture *f, enum urne_event_type type)
{
	return (struct urne_event){.type = type,
	    .height = f->chain.num_events,
	    .has_parent = true,
	    .parent = f->chain.last};
}

static void
put_setup(struct fixture *f)
{
	struct urne_setup_data s = {.has_certificate = false};
	struct urne_view data[4] = {urne_buf_view(&f->c.election), urne_buf_view(&f->c.trustees),
	    urne_buf_view(&f->c.credentials), {"", 0}};
	struct urne_buf text;

	urne_buf_init(&text, (size_t)1 << 12);
	urne_sha256_of(&s.election, data[0]);
	urne_sha256_of(&s.trustees, data[1]);
	urne_sha256_of(&s.credentials, data[2]);
	urne_setup_data_write(&text, &s);
	data[3] = urne_buf_view(&text);
	urne_record_put_header(&f->archive, TIMESTAMP);
	put(f, URNE_EVENT_SETUP, data, 4);
	urne_buf_clear(&text);
}

/* cast puts a ballot of a voter; counts: it is the last one. */
static void
cast(struct fixture *f, size_t voter, bool counts)
{
	static const uint64_t weights[] = {1, 5, 2, 1};
	struct urne_ballot b;
	struct urne_view copy = {"", 0};
	struct urne_buf text;
	struct urne_credentials *list = NULL;
	size_t member = SIZE_MAX;
	uint64_t weight = weights[voter];

	/* weights go by the order of the list, which is not that of the voters */
	assert_ok(urne_credentials_parse(
	    &list, f->c.group, &f->c.d, urne_buf_view(&f->c.credentials), NULL));
	board_case_ballot(&f->c, &text, voter, 0, NULL);
	assert_ok(urne_arena_copy(&f->c.arena, &copy, urne_buf_view(&text)));
	assert_ok(urne_ballot_read(&b, &f->c.arena, &f->c.d, &f->c.e, copy));
	if (urne_credentials_find(list, &member, b.credential_text) == URNE_OK) {
		weight = urne_credentials_weight(list, member);
	}
	if (counts) {
		urne_tally_add(&f->tally, &f->c.e, &b, weight);
	}
	put(f, URNE_EVENT_BALLOT, &copy, 1);
	urne_credentials_free(list);
	urne_buf_clear(&text);
}

static void
put_tally(struct fixture *f, const struct urne_tally *t)
{
	struct urne_buf object, about;
	struct urne_view data[2];

	board_case_tally_texts(&f->c, &object, &about, t);
	data[0] = urne_buf_view(&object);
	data[1] = urne_buf_view(&about);
	put(f, URNE_EVENT_ENCRYPTED_TALLY, data, 2);
	urne_buf_clear(&object);
	urne_buf_clear(&about);
}

/* put_share: the share of `by`, said to be that of `owner`. */
static void
put_share(struct fixture *f, size_t by, uint64_t owner)
{
	struct urne_partial_decryption p;
	struct urne_buf object, about;
	struct urne_view data[2];

	assert_ok(urne_partial_make(
	    &p, &f->c.arena, &f->c.e, &f->tally, &f->c.trustee[by - 1], &f->c.rng));
	urne_buf_init(&object, URNE_MAX_BALLOT);
	urne_partial_write(&object, &f->c.e, &p);
	board_case_owned(&about, owner, urne_buf_view(&object));
	data[0] = urne_buf_view(&object);
	data[1] = urne_buf_view(&about);
	put(f, URNE_EVENT_PARTIAL_DECRYPTION, data, 2);
	urne_buf_clear(&object);
	urne_buf_clear(&about);
}

static void
put_result(struct fixture *f, const uint64_t *counts)
{
	uint64_t copy[MAX_CHOICES];
	struct urne_result r = {copy};
	struct urne_buf text;
	struct urne_view data;

	memcpy(copy, counts, sizeof(copy));
	urne_buf_init(&text, URNE_MAX_BALLOT);
	urne_result_write(&text, &f->c.e, &r);
	data = urne_buf_view(&text);
	put(f, URNE_EVENT_RESULT, &data, 1);
	urne_buf_clear(&text);
}

/* solve: what the tally holds, by those who have all keys. */
static void
solve(struct fixture *f)
{
	static const size_t owners[] = {1, 2, 3};
	const struct urne_partial_decryption *by_owner[CASE_TRUSTEES] = {NULL};
	struct urne_partial_decryption p[3];
	struct urne_trustees trustees;
	struct urne_elem combined[MAX_CHOICES];
	struct urne_result r;

	assert_ok(urne_trustees_read(
	    &trustees, &f->c.arena, &f->c.d, f->c.group, urne_buf_view(&f->c.trustees)));
	for (size_t i = 0; i < 3; i++) {
		assert_ok(urne_partial_make(&p[i], &f->c.arena, &f->c.e, &f->tally,
		    &f->c.trustee[owners[i] - 1], &f->c.rng));
		by_owner[owners[i] - 1] = &p[i];
	}
	assert_ok(urne_combine(combined, &f->c.d, &f->c.e, &trustees, &f->tally, by_owner));
	assert_ok(
	    urne_result_solve(&r, &f->c.arena, &f->c.d, &f->c.e, combined, f->tally.total_weight));
	memcpy(f->counts, r.counts, f->c.e.num_choices * sizeof(*r.counts));
}

/* begin_anew: an observer who has seen nothing. */
static void
begin_anew(struct fixture *f)
{
	urne_observer_clear(&f->o);
	urne_observer_init(&f->o, NULL);
	assert_ok(urne_observer_key(&f->o, &f->c.d, &f->signer.key));
	f->o.timestamp = TIMESTAMP;
}

static void
init(struct fixture *f)
{
	struct urne_diag d;

	memset(f, 0, sizeof(*f));
	board_case_init(&f->c, &urne_group_ed25519, CASE_QUESTIONS, "Congrès");
	assert_true(f->c.e.num_choices <= MAX_CHOICES);
	assert_ok(urne_signer_new(&f->signer, &d, VIEW(ORIGIN), &f->c.rng));
	urne_buf_init(&f->archive, URNE_MAX_DOCUMENT);
	assert_ok(urne_tally_init(&f->tally, &f->c.arena, &f->c.e));
	f->fails_at = SIZE_MAX;
	begin_anew(f);
	put_setup(f);
}

static void
clear(struct fixture *f)
{
	for (size_t i = 0; i < f->num; i++) {
		urne_buf_clear(&f->entries[i]);
	}
	urne_observer_clear(&f->o);
	urne_signer_clear(&f->signer);
	urne_buf_clear(&f->archive);
	board_case_clear(&f->c);
}

/* whole: voters 0 and 1, then 0 again, twice in one go, and 2; and so on to the result. */
static void
whole(struct fixture *f)
{
	cast(f, 0, false);
	cast(f, 1, true);
	cast(f, 0, false);
	cast(f, 0, true);
	cast(f, 2, true);
	put(f, URNE_EVENT_END_BALLOTS, NULL, 0);
	put_tally(f, &f->tally);
	put_share(f, 1, 1);
	put_share(f, 2, 2);
	put_share(f, 4, 4);
	solve(f);
	put_result(f, f->counts);
}

/* tallied: one member voted. */
static void
tallied(struct fixture *f)
{
	init(f);
	cast(f, 0, true);
	put(f, URNE_EVENT_END_BALLOTS, NULL, 0);
	put_tally(f, &f->tally);
}

/* --- the source --- */

static enum urne_err
fails(struct fixture *f)
{
	return f->calls++ == f->fails_at ? urne_fail(&f->c.d, URNE_ERR_IO, "nobody answers")
					 : URNE_OK;
}

static enum urne_err
object(
    void *ctx, struct urne_buf *out, struct urne_diag *d, const struct urne_hash *hash, bool keep)
{
	struct fixture *f = ctx;

	(void)keep;
	for (size_t i = 0; i < f->c.num_objects; i++) {
		if (urne_hash_eq(&f->c.objects[i].hash, hash)) {
			urne_buf_put_view(out, urne_buf_view(&f->c.objects[i].text));
			return fails(f);
		}
	}
	return urne_fail(d, URNE_ERR_UNKNOWN, "no such object");
}

static enum urne_err
archive(void *ctx, struct urne_diag *d, uint64_t at, uint64_t len, const struct urne_hash *hash)
{
	struct fixture *f = ctx;
	struct urne_hash is;

	if (at > f->archive.len || len > f->archive.len - at) {
		return urne_fail(d, URNE_ERR_RANGE, "the archive ends before");
	}
	urne_sha256_of(&is, (struct urne_view){f->archive.data + at, (size_t)len});
	return urne_hash_eq(&is, hash)
		   ? fails(f)
		   : urne_fail(d, URNE_ERR_MISMATCH, "the archive has something else");
}

/* take gives the observer the entries first..end; floor 0. */
static enum urne_err
take(struct fixture *f, enum urne_observer_fault *fault, size_t end, uint64_t floor)
{
	const struct urne_observer_source source = {object, archive, f};
	struct urne_view entries[MAX_ENTRIES];
	size_t first = (size_t)f->o.tree.size;

	for (size_t i = first; i < end; i++) {
		entries[i - first] = urne_buf_view(&f->entries[i]);
	}
	return urne_observer_take(&f->o, fault, &f->c.d, &source, entries, end - first, floor);
}

static void
takes(struct fixture *f, size_t end)
{
	enum urne_observer_fault fault;

	if (take(f, &fault, end, 0) != URNE_OK) {
		fail_msg("entry %zu: %s", (size_t)f->o.tree.size, f->c.d.text);
	}
	assert_int_equal(f->o.tree.size, end);
}

/* refuses: the last entry, and everything before it is taken. */
static void
refuses(struct fixture *f, enum urne_observer_fault want, const char *says, uint64_t floor)
{
	enum urne_observer_fault fault;
	enum urne_err e = take(f, &fault, f->num, floor);

	if (e == URNE_OK || fault != want || strstr(f->c.d.text, says) == NULL) {
		fail_msg("fault %d: %s, expected %d: %s", fault, f->c.d.text, want, says);
	}
	assert_int_equal(f->o.tree.size, f->num - 1);
}

/* state is what a file would hold; with a checkpoint of all that was seen. */
static void
write_state(struct fixture *f, struct urne_buf *out)
{
	struct urne_checkpoint c = {VIEW(ORIGIN), f->o.tree.size, {{0}}};
	struct urne_buf text;

	urne_merkle_root(&f->o.tree, &c.root);
	urne_buf_init(&text, URNE_NOTE_MAX);
	urne_checkpoint_write(&text, &c);
	urne_buf_reset(&f->o.note);
	urne_buf_put_view(&f->o.note, urne_buf_view(&text));
	urne_buf_putc(&f->o.note, '\n');
	assert_ok(urne_signer_sign(&f->o.note, &f->signer, urne_buf_view(&text)));
	urne_buf_init(out, URNE_MAX_DOCUMENT);
	urne_observer_write(out, &f->o);
	assert_ok(urne_buf_error(out));
	urne_buf_clear(&text);
}

/* --- the tests --- */

static void
an_election_is_followed_to_its_result(void **state)
{
	struct fixture f;

	init(&f);
	whole(&f);
	assert_int_equal(urne_observer_bundle(&f.o), 1);
	takes(&f, f.num);
	assert_true(urne_observer_bundle(&f.o) > 1);
	assert_int_equal(f.o.chain.stage, URNE_STAGE_DONE);
	assert_int_equal(f.o.num_ballots, 5);
	assert_int_equal(f.o.tally.num_tallied, 3);
	assert_int_equal(f.o.tally.total_weight, 8);
	assert_int_equal(f.o.num_shares, 3);
	assert_int_equal(f.o.archive_end, f.archive.len);
	clear(&f);
}

/* Whoever stops anywhere and starts anew knows the same as whoever did not stop. */
static void
a_state_goes_on_from_any_place(void **state)
{
	struct urne_buf once, again, at;
	struct fixture f;

	init(&f);
	whole(&f);
	takes(&f, f.num);
	write_state(&f, &once);
	begin_anew(&f);
	for (size_t i = 1; i <= f.num; i++) {
		const struct urne_observer_source source = {object, archive, &f};

		takes(&f, i);
		write_state(&f, &at);
		urne_observer_clear(&f.o);
		urne_observer_init(&f.o, NULL);
		assert_ok(urne_observer_read(&f.o, &f.c.d, urne_buf_view(&at)));
		urne_buf_init(&again, URNE_MAX_DOCUMENT);
		urne_observer_write(&again, &f.o);
		assert_true(urne_view_eq(urne_buf_view(&again), urne_buf_view(&at)));
		urne_buf_clear(&again);
		assert_ok(urne_observer_setup(&f.o, &f.c.d, &source));
		urne_buf_clear(&at);
	}
	write_state(&f, &again);
	assert_true(urne_view_eq(urne_buf_view(&again), urne_buf_view(&once)));
	urne_buf_clear(&once);
	urne_buf_clear(&again);
	clear(&f);
}

static void
what_a_source_does_not_give_changes_nothing(void **state)
{
	enum urne_observer_fault fault;
	struct urne_buf once, again;
	struct fixture f;
	size_t num_failed = 0;

	init(&f);
	whole(&f);
	takes(&f, f.num);
	write_state(&f, &once);
	for (size_t at = 0;; at++, num_failed++) {
		begin_anew(&f);
		f.calls = 0;
		f.fails_at = at;
		if (take(&f, &fault, f.num, 0) == URNE_OK) {
			break;
		}
		assert_int_equal(fault, URNE_FAULT_SOURCE);
		assert_string_equal(f.c.d.text, "nobody answers");
		takes(&f, f.num);
		write_state(&f, &again);
		assert_true(urne_view_eq(urne_buf_view(&again), urne_buf_view(&once)));
		urne_buf_clear(&again);
	}
	assert_true(num_failed > 20);
	urne_buf_clear(&once);
	clear(&f);
}

static void
an_archive_that_says_something_else_is_not_taken(void **state)
{
	struct fixture f;

	init(&f);
	cast(&f, 0, true);
	takes(&f, 1);
	f.archive.data[f.archive.len - 600] ^= 1;
	refuses(&f, URNE_FAULT_SOURCE, "the archive has something else", 0);
	f.archive.data[f.archive.len - 600] ^= 1;
	takes(&f, 2);
	clear(&f);
}

static void
an_entry_that_does_not_follow_is_named(void **state)
{
	struct urne_event e;
	struct fixture f;

	init(&f);
	cast(&f, 0, true);
	e = next_event(&f, URNE_EVENT_END_BALLOTS);
	e.parent.b[0] ^= 1;
	put_wrong(&f, e);
	refuses(&f, URNE_FAULT_EVENT, "the parent is not the hash of the event before", 0);
	e.parent.b[0] ^= 1;
	e.height++;
	urne_buf_clear(&f.entries[--f.num]);
	put_wrong(&f, e);
	refuses(&f, URNE_FAULT_EVENT, "height 3 where 2 should stand", 0);
	urne_buf_clear(&f.entries[--f.num]);
	put_wrong(&f, next_event(&f, URNE_EVENT_END_SHUFFLES));
	refuses(&f, URNE_FAULT_EVENT, "EndShuffles cannot come here", 0);
	urne_buf_puts(&f.entries[f.num - 1], " ");
	refuses(&f, URNE_FAULT_EVENT, "", 0);
	clear(&f);
}

/* A12: behind the ballot that replaced it, in one go with it or not. */
static void
a12_a_ballot_that_stands_again_is_named(void **state)
{
	struct urne_event e;
	struct fixture f;

	for (size_t seen = 1; seen <= 3; seen++) {
		init(&f);
		cast(&f, 0, false);
		cast(&f, 0, true);
		takes(&f, seen);
		e = next_event(&f, URNE_EVENT_BALLOT);
		e.has_payload = true;
		e.payload = f.c.objects[4].hash;
		put_wrong(&f, e);
		refuses(&f, URNE_FAULT_EVENT, "the same ballot stands in the log already", 0);
		clear(&f);
	}
}

static void
a_bad_ballot_between_good_ones_is_the_one_that_is_named(void **state)
{
	enum urne_observer_fault fault;
	struct fixture f;

	init(&f);
	cast(&f, 0, false);
	cast(&f, 0, true);
	cast(&f, CASE_STRANGER, false);
	cast(&f, 1, true);
	assert_err(take(&f, &fault, f.num, 0), URNE_ERR_UNKNOWN);
	assert_int_equal(fault, URNE_FAULT_EVENT);
	assert_non_null(strstr(f.c.d.text, "its credential is not on the list"));
	assert_int_equal(f.o.tree.size, 3);
	assert_int_equal(f.o.num_ballots, 2);
	assert_int_equal(f.o.tally.num_tallied, 1);
	clear(&f);
}

/* A25: the recorded tally counts the ballot that was replaced. */
static void
a25_a_tally_of_other_ballots_is_named(void **state)
{
	struct urne_tally other;
	struct urne_ballot b;
	struct fixture f;

	init(&f);
	cast(&f, 0, false);
	cast(&f, 0, true);
	put(&f, URNE_EVENT_END_BALLOTS, NULL, 0);
	assert_ok(urne_tally_init(&other, &f.c.arena, &f.c.e));
	assert_ok(
	    urne_ballot_read(&b, &f.c.arena, &f.c.d, &f.c.e, urne_buf_view(&f.c.objects[4].text)));
	urne_tally_add(&other, &f.c.e, &b, f.tally.total_weight);
	put_tally(&f, &other);
	refuses(&f, URNE_FAULT_TALLY, "is not what the ballots give", 0);
	clear(&f);
}

static void
a19_a_tally_below_the_floor_is_named(void **state)
{
	struct fixture f;

	tallied(&f);
	refuses(&f, URNE_FAULT_TALLY, "lets nothing be decrypted below 2", 2);
	takes(&f, f.num);
	clear(&f);
}

static void
a23_a_wrong_share_is_not_counted_and_named(void **state)
{
	struct fixture f;

	tallied(&f);
	put_share(&f, 2, 3);
	takes(&f, f.num);
	assert_int_equal(f.o.num_shares, 0);
	assert_non_null(
	    strstr(f.o.remark.text, "the partial decryption of trustee 3 is not counted"));
	put_share(&f, 3, 3);
	takes(&f, f.num);
	assert_int_equal(f.o.num_shares, 1);
	assert_string_equal(f.o.remark.text, "");
	put_share(&f, 3, 3);
	refuses(&f, URNE_FAULT_EVENT, "trustee 3 has two right partial decryptions", 0);
	clear(&f);
}

static void
a_result_that_the_shares_do_not_give_is_named(void **state)
{
	struct fixture f;

	tallied(&f);
	put_share(&f, 1, 1);
	put_share(&f, 2, 2);
	put_share(&f, 3, 3);
	solve(&f);
	f.counts[f.c.e.num_choices - 1] ^= 1;
	put_result(&f, f.counts);
	refuses(&f, URNE_FAULT_RESULT, "", 0);
	clear(&f);
}

static void
a_result_without_enough_shares_is_named(void **state)
{
	struct fixture f;

	tallied(&f);
	put_share(&f, 1, 1);
	put_share(&f, 2, 2);
	solve(&f);
	put_result(&f, f.counts);
	refuses(&f, URNE_FAULT_RESULT, "", 0);
	clear(&f);
}

/* spoil makes the last credential of the list one that is no member of the group. The first digits
 * of a text count least in the order of the list. */
static void
spoil(struct fixture *f)
{
	struct urne_buf *list = &f->c.credentials;
	struct urne_credentials *c = NULL;
	struct urne_diag d = {{0}};
	enum urne_err e;
	char *digit = list->data;

	for (size_t i = 0; i + 1 < list->len; i++) {
		digit = list->data[i] == '"' && list->data[i + 1] != ',' && list->data[i + 1] != ']'
			    ? list->data + i + 1
			    : digit;
	}
	do {
		*digit = *digit == '9' ? 'a' : *digit == 'f' ? '0' : (char)(*digit + 1);
		e = urne_credentials_parse(&c, f->c.group, &d, urne_buf_view(list), NULL);
		urne_credentials_free(c);
	} while (e == URNE_OK);
	assert_int_equal(e, URNE_ERR_GROUP);
}

static void
one_on_the_list_who_is_no_member_is_named_unless_the_list_was_read_before(void **state)
{
	struct fixture f;
	const struct urne_observer_source source = {object, archive, &f};
	struct urne_buf at;

	init(&f);
	takes(&f, 1);
	write_state(&f, &at);
	spoil(&f);
	/* a log that begins with this list */
	begin_anew(&f);
	urne_buf_clear(&f.entries[0]);
	urne_buf_reset(&f.archive);
	f.num = 0;
	f.chain = (struct urne_chain){.num_events = 0};
	put_setup(&f);
	refuses(&f, URNE_FAULT_EVENT, "public credentials: credential 2: ", 0);
	/* whoever wrote a state had read its list: what it names is not verified once more */
	urne_observer_clear(&f.o);
	urne_observer_init(&f.o, NULL);
	assert_ok(urne_observer_read(&f.o, &f.c.d, urne_buf_view(&at)));
	urne_sha256_of(&f.o.setup.credentials, urne_buf_view(&f.c.credentials));
	assert_ok(urne_observer_setup(&f.o, &f.c.d, &source));
	assert_true(f.o.has_setup);
	urne_buf_clear(&at);
	clear(&f);
}

static void
a_setup_of_another_election_is_named(void **state)
{
	struct urne_signer other;
	struct fixture f;

	init(&f);
	assert_ok(
	    urne_signer_new(&other, &f.c.d, VIEW("vote.example.org/bb/8GpLcyFqQvDrUn"), &f.c.rng));
	assert_ok(urne_observer_key(&f.o, &f.c.d, &other.key));
	refuses(&f, URNE_FAULT_EVENT, "it holds election GnQagTgeJqLsvY", 0);
	urne_signer_clear(&other);
	clear(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_election_is_followed_to_its_result),
	    cmocka_unit_test(a_state_goes_on_from_any_place),
	    cmocka_unit_test(what_a_source_does_not_give_changes_nothing),
	    cmocka_unit_test(an_archive_that_says_something_else_is_not_taken),
	    cmocka_unit_test(an_entry_that_does_not_follow_is_named),
	    cmocka_unit_test(a12_a_ballot_that_stands_again_is_named),
	    cmocka_unit_test(a_bad_ballot_between_good_ones_is_the_one_that_is_named),
	    cmocka_unit_test(a25_a_tally_of_other_ballots_is_named),
	    cmocka_unit_test(a19_a_tally_below_the_floor_is_named),
	    cmocka_unit_test(a23_a_wrong_share_is_not_counted_and_named),
	    cmocka_unit_test(a_result_that_the_shares_do_not_give_is_named),
	    cmocka_unit_test(a_result_without_enough_shares_is_named),
	    cmocka_unit_test(a_setup_of_another_election_is_named),
	    cmocka_unit_test(
		one_on_the_list_who_is_no_member_is_named_unless_the_list_was_read_before),
	};

	return cmocka_run_group_tests_name("observer", tests, NULL, NULL);
}
