/* SPDX-License-Identifier: EUPL-1.2 */
/* Hints at a board: ballots that come with them get the answer that each would get alone, and the
 * file beside the archive has those of all ballots, in the order of the log, whatever happened to
 * it. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "bulletin/server/check.h"
#include "bulletin/server/hint_refill.h"
#include "bulletin/server/kept_hints.h"
#include "crypto/sha256.h"
#include "election/hint_record.h"
#include "tests/unit/support/board_orders.h"
#include "tests/unit/support/check.h"

/* Hints serve these. */
#define QUESTIONS                                                                                  \
	"[{\"answers\":[\"A\",\"B\"],\"blank\":true,\"min\":1,\"max\":1,\"question\":\"one\"},"    \
	"{\"answers\":[\"A\",\"B\",\"C\"],\"min\":0,\"max\":2,\"question\":\"two\"}]"

/* put_hints makes those of a ballot, which may be any text. */
static void
put_hints(struct board_case *c, struct urne_submission *s)
{
	size_t len = urne_ballot_num_points(&c->e) * URNE_HINT_LEN;
	struct urne_diag d = {{0}};
	struct urne_ballot b;
	char *room = urne_buf_grow(&s->hints, len);

	assert_non_null(room);
	assert_ok(urne_ballot_read(&b, &c->arena, &d, &c->e, urne_buf_view(&s->ballot)));
	assert_ok(urne_ballot_hints_make((uint8_t *)room, &b, &c->e));
	s->hints.len = len;
}

/* --- answers --- */

enum flaw {
	NO_FLAW,
	HINTS_OF_ANOTHER,
	HINTS_OF_NOISE,
	BAD_PROOF,
	BAD_SIGNATURE,
	STRANGER,
	OTHER_VERSION,
	TOO_LONG,
	NO_JSON,
	NUM_FLAWS,
};

/* make makes a ballot with its hints, and then the flaw. */
static struct urne_submission *
make(struct board_case *c, enum flaw flaw, size_t voter)
{
	struct urne_hash own = c->e.fingerprint;
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_BALLOT);
	struct urne_diag d = {{0}};
	struct urne_buf text, changed; /* b borrows from the first */
	struct urne_ballot b;

	assert_non_null(s);
	urne_buf_init(&changed, URNE_MAX_BALLOT);
	c->e.fingerprint.b[0] ^= flaw == OTHER_VERSION ? 1 : 0;
	board_case_ballot(c, &text, flaw == STRANGER ? CASE_STRANGER : voter, 1, NULL);
	urne_buf_put_view(&s->ballot, urne_buf_view(&text));
	put_hints(c, s);
	assert_ok(urne_ballot_read(&b, &c->arena, &d, &c->e, urne_buf_view(&text)));
	if (flaw == HINTS_OF_ANOTHER) {
		struct urne_submission *other = make(c, NO_FLAW, voter);

		urne_buf_reset(&s->hints);
		urne_buf_put_view(&s->hints, urne_buf_view(&other->hints));
		urne_submission_free(other);
	} else if (flaw == HINTS_OF_NOISE) {
		s->hints.data[70] ^= 4;
	} else if (flaw == BAD_PROOF) {
		urne_scalar_add(c->group, &b.answers[1].individual[0].response,
		    &b.answers[1].individual[0].response, &b.signature.response);
		board_case_sign(c, &changed, &b, voter);
	} else if (flaw == BAD_SIGNATURE) {
		urne_scalar_add(
		    c->group, &b.signature.response, &b.signature.response, &b.signature.challenge);
		urne_ballot_write(&changed, &c->e, &b);
	} else if (flaw == TOO_LONG) {
		while (s->ballot.len < 100000) {
			urne_buf_putc(&s->ballot, ' ');
		}
	} else if (flaw == NO_JSON) {
		s->ballot.data[0] = '[';
	}
	if (changed.len > 0) {
		urne_buf_reset(&s->ballot);
		urne_buf_put_view(&s->ballot, urne_buf_view(&changed));
	}
	urne_buf_clear(&changed);
	urne_buf_clear(&text);
	c->e.fingerprint = own;
	return s;
}

static struct urne_submission *
without_hints(const struct urne_submission *s)
{
	struct urne_submission *plain = urne_submission_new(URNE_SUBMIT_BALLOT);

	assert_non_null(plain);
	urne_buf_put_view(&plain->ballot, urne_buf_view(&s->ballot));
	return plain;
}

static void
ballots_with_hints_get_the_answers_that_each_gets_alone(void **state)
{
	static const enum urne_err want[NUM_FLAWS] = {
	    [BAD_PROOF] = URNE_ERR_PROOF,
	    [BAD_SIGNATURE] = URNE_ERR_PROOF,
	    [STRANGER] = URNE_ERR_UNKNOWN,
	    [OTHER_VERSION] = URNE_ERR_MISMATCH,
	    [TOO_LONG] = URNE_ERR_LIMIT,
	    [NO_JSON] = URNE_ERR_SYNTAX,
	};
	struct urne_submission *s[2 * NUM_FLAWS];
	struct urne_board_election *e = NULL;
	struct board_case c;

	memset(&c, 0, sizeof(c));
	board_case_init(&c, &urne_group_ed25519, QUESTIONS, "Congrès");
	assert_ok(urne_board_election_new(&e, &c.d, board_case_texts(&c), NULL));
	assert_int_equal(e->num_points, urne_ballot_num_points(&c.e));
	for (size_t i = 0; i < 2 * NUM_FLAWS; i++) {
		s[i] = make(&c, i % 2 == 0 ? NO_FLAW : (enum flaw)(i / 2), i % CASE_VOTERS);
		s[i]->wants_hints = true;
	}
	/* i = 1 has no flaw either */
	assert_int_equal(urne_admit_hinted(s, 2 * NUM_FLAWS, e, &c.records), NUM_FLAWS + 1);
	for (size_t i = 0; i < 2 * NUM_FLAWS; i++) {
		struct urne_submission *plain = without_hints(s[i]);
		enum urne_err err = urne_admit(plain, e, &c.records, NULL);

		assert_err(err, i % 2 == 0 ? URNE_OK : want[i / 2]);
		assert_err(s[i]->err, err);
		assert_string_equal(s[i]->diag.text, plain->diag.text);
		if (err == URNE_OK) {
			assert_true(urne_hash_eq(&s[i]->tracker, &plain->tracker));
			assert_int_equal(s[i]->member, plain->member);
			/* wrong hints were replaced: all of them are right now */
			assert_int_equal(s[i]->hints.len, e->num_points * URNE_HINT_LEN);
			assert_int_equal(urne_admit_hinted(&s[i], 1, e, &c.records), 1);
		}
		urne_submission_free(plain);
	}
	for (size_t i = 0; i < 2 * NUM_FLAWS; i++) {
		urne_submission_free(s[i]);
	}
	urne_board_election_free(e);
	board_case_clear(&c);
}

static void
hints_that_nobody_wants_are_not_made_and_wrong_ones_not_kept(void **state)
{
	struct urne_board_election *e = NULL;
	struct urne_submission *s;
	struct board_case c;

	memset(&c, 0, sizeof(c));
	board_case_init(&c, &urne_group_ed25519, QUESTIONS, "Congrès");
	assert_ok(urne_board_election_new(&e, &c.d, board_case_texts(&c), NULL));
	s = make(&c, HINTS_OF_NOISE, 0);
	assert_int_equal(urne_admit_hinted(&s, 1, e, &c.records), 0);
	assert_ok(s->err);
	assert_int_equal(s->hints.len, 0);
	urne_submission_free(s);
	urne_board_election_free(e);
	board_case_clear(&c);
}

/* --- the file --- */

struct fixture {
	struct board_case c;
	struct board_folder f;
	struct urne_board *b;
	struct urne_board_log *l;
	struct urne_hash cast[32]; /* in the order of the log */
	bool anew;		   /* the file was begun while the board ran: without the list */
	size_t num_cast;
};

static int
set_up(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	board_case_init(&f.c, &urne_group_ed25519, QUESTIONS, "[TEST] Congrès");
	board_folder_make(&f.f);
	board_folder_open(&f.f, &f.b, &f.l);
	board_seal_and_open(&f.c, &f.f, f.b);
	f.l = urne_board_find(f.b, VIEW(CASE_UUID));
	assert_non_null(f.l);
	*state = &f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	urne_board_close(f->b);
	board_folder_remove(&f->f);
	board_case_clear(&f->c);
	return 0;
}

static void
cast(struct fixture *f, bool with_hints)
{
	struct urne_submission *s;
	struct urne_buf text;

	board_case_ballot(&f->c, &text, f->num_cast % CASE_VOTERS, 1, NULL);
	s = board_ballot(f->l, urne_buf_view(&text));
	if (with_hints) {
		put_hints(&f->c, s);
	}
	board_send(f->b, s);
	assert_string_equal(s->diag.text, "");
	assert_ok(s->err);
	assert_false(s->repeated);
	f->cast[f->num_cast++] = s->tracker;
	/* the same once more adds nothing */
	urne_submission_free(s);
	s = board_ballot(f->l, urne_buf_view(&text));
	board_send(f->b, s);
	assert_true(s->repeated);
	urne_submission_free(s);
	urne_buf_clear(&text);
}

static const char *
path_of(const struct fixture *f)
{
	return board_folder_path(&f->f, "public/bb/" CASE_UUID "/" URNE_KEPT_HINTS);
}

static void
read_file(struct fixture *f, struct urne_buf *out)
{
	struct urne_diag d = {{0}};

	urne_buf_init(out, URNE_MAX_TEXT_FILE);
	if (urne_file_read(out, &d, path_of(f)) != URNE_OK) {
		fail_msg("%s", d.text);
	}
}

static bool
read_points(void *ctx, uint8_t *out, size_t first, size_t num)
{
	memcpy(out, (const char *)ctx + first * URNE_HINT_LEN, num * URNE_HINT_LEN);
	return true;
}

static size_t
record_len(const struct fixture *f)
{
	return URNE_HINT_RECORD_HEAD_LEN + urne_ballot_num_points(&f->c.e) * URNE_HINT_LEN;
}

/* list_len: of the record of the credentials in the file, which is right; 0: it does not begin with
 * one. */
static size_t
list_len(struct fixture *f, const struct urne_buf *file)
{
	const size_t len = URNE_HINT_RECORD_HEAD_LEN + CASE_VOTERS * URNE_HINT_LEN;
	struct urne_credentials *c = NULL;
	struct urne_credential_hints hints = {.read = read_points};
	struct urne_hash list, of;
	struct urne_diag d = {{0}};
	uint64_t num = 0;

	urne_sha256_of(&list, urne_buf_view(&f->c.credentials));
	if (file->len < URNE_HINTS_HEAD_LEN + len) {
		return 0;
	}
	urne_hint_record_read(&of, &num, (const uint8_t *)file->data + URNE_HINTS_HEAD_LEN);
	if (!urne_hash_eq(&of, &list)) {
		return 0;
	}
	assert_int_equal(num, CASE_VOTERS);
	hints.ctx = file->data + URNE_HINTS_HEAD_LEN + URNE_HINT_RECORD_HEAD_LEN;
	assert_ok(urne_credentials_parse_hinted(
	    &c, f->c.group, &d, urne_buf_view(&f->c.credentials), NULL, &hints));
	assert_int_equal(hints.num_hinted, CASE_VOTERS);
	urne_credentials_free(c);
	return len;
}

/* assert_file: a head, the list of credentials unless the file was begun anew while the board ran,
 * then the ballots that were cast as number first, first + 1, ..., each with hints that are right.
 */
static void
assert_file(struct fixture *f, size_t first)
{
	size_t each = record_len(f), num = f->num_cast - first, list;
	const struct urne_board_election *e = urne_board_log_election(f->l);
	struct urne_buf file;

	read_file(f, &file);
	list = list_len(f, &file);
	assert_true((list > 0) == !f->anew);
	assert_int_equal(file.len, URNE_HINTS_HEAD_LEN + list + num * each);
	assert_true(urne_hints_head_fits((const uint8_t *)file.data, &f->c.e));
	for (size_t i = 0; i < num; i++) {
		const char *at = file.data + URNE_HINTS_HEAD_LEN + list + i * each;
		struct urne_submission *s = urne_submission_new(URNE_SUBMIT_BALLOT);
		struct urne_buf object;
		struct urne_diag d = {{0}};
		struct urne_hash of;
		char name[128] = "public/bb/" CASE_UUID "/objects/";
		uint64_t points = 0;

		urne_hint_record_read(&of, &points, (const uint8_t *)at);
		assert_true(urne_hash_eq(&of, &f->cast[first + i]));
		assert_int_equal(points, urne_ballot_num_points(&f->c.e));
		urne_hex_encode(name + strlen(name), of.b, sizeof(of.b));
		urne_buf_init(&object, URNE_MAX_BALLOT);
		assert_ok(urne_file_read(&object, &d, board_folder_path(&f->f, name)));
		urne_buf_put_view(&s->ballot, urne_buf_view(&object));
		urne_buf_put(
		    &s->hints, at + URNE_HINT_RECORD_HEAD_LEN, each - URNE_HINT_RECORD_HEAD_LEN);
		assert_int_equal(urne_admit_hinted(&s, 1, e, &f->c.records), 1);
		urne_submission_free(s);
		urne_buf_clear(&object);
	}
	urne_buf_clear(&file);
}

static void
restart(struct fixture *f)
{
	urne_board_close(f->b);
	f->b = NULL;
	board_folder_open(&f->f, &f->b, &f->l);
	assert_non_null(f->l);
}

static void
every_ballot_has_its_hints_in_the_order_of_the_log_whoever_made_them(void **state)
{
	struct fixture *f = *state;
	struct urne_metrics *m = urne_board_metrics(f->b);

	for (size_t i = 0; i < 6; i++) {
		cast(f, i % 2 == 0);
		assert_file(f, 0);
	}
	assert_int_equal(urne_metrics_get(m, URNE_METRIC_HINTED_GOOD), 3);
	assert_int_equal(urne_metrics_get(m, URNE_METRIC_HINTED_EXACT), 0);
	assert_int_equal(urne_metrics_get(m, URNE_METRIC_HINTED_1), 3);
	assert_int_equal(urne_metrics_get(m, URNE_METRIC_HINTS_KEPT), 6);
	assert_int_equal(urne_metrics_get(m, URNE_METRIC_HINTS_LOST), 0);
	restart(f);
	cast(f, true);
	assert_file(f, 0);
}

/* append appends bytes to the file, or cuts it. */
static void
append(struct fixture *f, const void *p, size_t len)
{
	int fd = open(path_of(f), O_WRONLY | O_APPEND);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, len), len);
	assert_int_equal(close(fd), 0);
}

static void
what_a_crash_leaves_of_a_record_is_cut_off_at_the_start(void **state)
{
	static const uint8_t zeros[4096];
	struct fixture *f = *state;
	struct urne_buf file;

	cast(f, true);
	cast(f, true);
	read_file(f, &file);
	urne_board_close(f->b);
	f->b = NULL;
	/* a beginning of a record; then what a power cut may leave: whole records of nothing */
	append(f, file.data + URNE_HINTS_HEAD_LEN, 50);
	board_folder_open(&f->f, &f->b, &f->l);
	assert_file(f, 0);
	urne_board_close(f->b);
	f->b = NULL;
	assert_true(record_len(f) < sizeof(zeros));
	append(f, zeros, record_len(f));
	append(f, zeros, record_len(f));
	append(f, zeros, 7);
	board_folder_open(&f->f, &f->b, &f->l);
	assert_file(f, 0);
	cast(f, true);
	assert_file(f, 0);
	urne_buf_clear(&file);
}

static void
a_file_that_is_gone_foreign_or_cut_while_the_board_runs_begins_anew_or_goes_on(void **state)
{
	struct fixture *f = *state;
	size_t first;

	cast(f, true);
	f->anew = true;
	assert_int_equal(unlink(path_of(f)), 0);
	first = f->num_cast;
	cast(f, true);
	assert_file(f, first);
	assert_int_equal(truncate(path_of(f), 63), 0);
	first = f->num_cast;
	cast(f, false);
	assert_file(f, first);
	assert_int_equal(truncate(path_of(f), 0), 0);
	append(f, "somebody else's file, which is longer than a head of sixty-four bytes is", 72);
	first = f->num_cast;
	cast(f, true);
	cast(f, true);
	assert_file(f, first);
	assert_int_equal(truncate(path_of(f), (off_t)(URNE_HINTS_HEAD_LEN + record_len(f) + 9)), 0);
	f->cast[first + 1] = f->cast[first]; /* the second is lost, the first stays */
	first++;
	cast(f, true);
	assert_int_equal(f->num_cast, first + 2);
	f->cast[first] = f->cast[first - 1];
	assert_file(f, first);
}

/* Before there is a ballot. */
static void
the_first_record_is_of_the_list_of_credentials(void **state)
{
	struct fixture *f = *state;
	struct urne_buf before, after;

	assert_file(f, 0);
	read_file(f, &before);
	restart(f);
	read_file(f, &after);
	assert_int_equal(after.len, before.len);
	assert_memory_equal(after.data, before.data, before.len);
	urne_buf_clear(&before);
	urne_buf_clear(&after);
	cast(f, true);
	assert_file(f, 0);
}

/* As a crash between the Setup and its hints, or in the middle of them, leaves it. */
static void
where_the_list_is_missing_the_start_makes_it_before_there_are_ballots(void **state)
{
	struct fixture *f = *state;

	urne_board_close(f->b);
	f->b = NULL;
	assert_int_equal(unlink(path_of(f)), 0);
	board_folder_open(&f->f, &f->b, &f->l);
	assert_file(f, 0);
	for (off_t len = 0; len < 300; len += 37) {
		urne_board_close(f->b);
		f->b = NULL;
		assert_int_equal(truncate(path_of(f), len), 0);
		board_folder_open(&f->f, &f->b, &f->l);
		assert_file(f, 0);
	}
	cast(f, false);
	assert_file(f, 0);
}

/* And what is there it keeps. */
static void
refill_puts_the_list_before_the_ballots(void **state)
{
	static const char *const said[2] = {
	    "hints of 1 ballots were there, of 1 made", "hints of 2 ballots were there, of 0 made"};
	struct fixture *f = *state;
	struct urne_diag d = {{0}};
	struct urne_buf report;

	cast(f, true);
	f->anew = true;
	assert_int_equal(unlink(path_of(f)), 0);
	cast(f, true);
	assert_file(f, 1);
	for (int again = 0; again < 2; again++) {
		urne_board_close(f->b);
		f->b = NULL;
		urne_buf_init(&report, URNE_MAX_SMALL_FILE);
		assert_ok(urne_board_refill_hints(&report, &d, f->f.dir));
		urne_buf_put(&report, "", 1);
		assert_non_null(strstr(report.data, said[again]));
		urne_buf_clear(&report);
		board_folder_open(&f->f, &f->b, &f->l);
		f->anew = false;
		assert_file(f, 0);
	}
}

/* Nobody looks whether what stands there is right: whoever verifies does. */
static void
a_record_of_the_credentials_stays_where_it_is(void **state)
{
	const size_t at = URNE_HINTS_HEAD_LEN + URNE_HINT_RECORD_HEAD_LEN + 7;
	struct fixture *f = *state;
	struct urne_buf before, after;

	read_file(f, &before);
	urne_board_close(f->b);
	f->b = NULL;
	before.data[at] ^= 1;
	assert_int_equal(truncate(path_of(f), 0), 0);
	append(f, before.data, before.len);
	append(f, before.data, 5);
	board_folder_open(&f->f, &f->b, &f->l);
	cast(f, true);
	cast(f, false);
	read_file(f, &after);
	assert_int_equal(after.len, before.len + 2 * record_len(f));
	assert_memory_equal(after.data, before.data, before.len);
	assert_memory_equal(after.data + before.len, f->cast[0].b, URNE_HASH_LEN);
	urne_buf_clear(&before);
	urne_buf_clear(&after);
}

static void
where_the_file_cannot_be_written_ballots_are_taken_all_the_same(void **state)
{
	struct fixture *f = *state;
	struct urne_metrics *m = urne_board_metrics(f->b);
	size_t first;

	f->anew = true;
	assert_int_equal(unlink(path_of(f)), 0);
	assert_int_equal(mkdir(path_of(f), 0755), 0);
	cast(f, true);
	cast(f, false);
	assert_int_equal(urne_metrics_get(m, URNE_METRIC_HINTS_LOST), 2);
	assert_int_equal(urne_metrics_get(m, URNE_METRIC_BALLOTS_ACCEPTED), 2);
	restart(f); /* nor does it keep a board from starting */
	m = urne_board_metrics(f->b);
	cast(f, true);
	assert_int_equal(urne_metrics_get(m, URNE_METRIC_HINTS_LOST), 1);
	assert_int_equal(rmdir(path_of(f)), 0);
	first = f->num_cast;
	cast(f, true);
	assert_int_equal(urne_metrics_get(m, URNE_METRIC_HINTS_KEPT), 1);
	assert_file(f, first);
}

/* As when the same ballot comes twice in a batch. */
static void
what_is_not_new_in_the_log_is_not_appended(void **state)
{
	struct fixture *f = *state;
	struct urne_submission *again = board_ballot(f->l, VIEW("{}")), *refused;
	int top = open(board_folder_path(&f->f, "public/bb"), O_RDONLY | O_DIRECTORY);

	assert_true(top >= 0);
	refused = board_ballot(f->l, VIEW("{}"));
	cast(f, true);
	again->repeated = true;
	again->next = refused;
	refused->err = URNE_ERR_ORDER;
	urne_kept_hints_append(f->l, top, urne_board_metrics(f->b), again);
	assert_file(f, 0);
	assert_int_equal(urne_metrics_get(urne_board_metrics(f->b), URNE_METRIC_HINTS_LOST), 0);
	urne_submission_free(again);
	urne_submission_free(refused);
	assert_int_equal(close(top), 0);
}

static void
a_board_that_wants_no_hints_keeps_none(void **state)
{
	struct urne_board_options o = {.num_threads = 2, .batch_ms = 10, .no_hints = true};
	struct fixture *f = *state;
	struct urne_diag d = {{0}};

	assert_true(urne_board_wants_hints(f->b, f->l));
	urne_board_close(f->b);
	assert_int_equal(unlink(path_of(f)), 0);
	assert_ok(urne_board_open(&f->b, &d, f->f.dir, &o));
	f->l = urne_board_find(f->b, VIEW(CASE_UUID));
	assert_false(urne_board_wants_hints(f->b, f->l));
	cast(f, true);
	cast(f, false);
	assert_false(urne_file_exists(path_of(f)));
	/* those that come are used nevertheless */
	assert_int_equal(urne_metrics_get(urne_board_metrics(f->b), URNE_METRIC_HINTED_GOOD), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ballots_with_hints_get_the_answers_that_each_gets_alone),
	    cmocka_unit_test(hints_that_nobody_wants_are_not_made_and_wrong_ones_not_kept),
	    TEST(every_ballot_has_its_hints_in_the_order_of_the_log_whoever_made_them),
	    TEST(what_a_crash_leaves_of_a_record_is_cut_off_at_the_start),
	    TEST(a_file_that_is_gone_foreign_or_cut_while_the_board_runs_begins_anew_or_goes_on),
	    TEST(the_first_record_is_of_the_list_of_credentials),
	    TEST(where_the_list_is_missing_the_start_makes_it_before_there_are_ballots),
	    TEST(refill_puts_the_list_before_the_ballots),
	    TEST(a_record_of_the_credentials_stays_where_it_is),
	    TEST(where_the_file_cannot_be_written_ballots_are_taken_all_the_same),
	    TEST(what_is_not_new_in_the_log_is_not_appended),
	    TEST(a_board_that_wants_no_hints_keeps_none),
	};
	return cmocka_run_group_tests_name("board_hints", tests, NULL, NULL);
}
