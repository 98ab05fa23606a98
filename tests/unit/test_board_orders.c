/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders at a board: they wait for signatures, are executed once, do in the election's log what
 * they say and nothing else, and a board that is opened again stands where it stood. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/utc.h"
#include "bulletin/server/check.h"
#include "bulletin/server/ledger.h"
#include "bulletin/server/waiting.h"
#include "crypto/sha256.h"
#include "tests/unit/support/board_orders.h"
#include "tests/unit/support/check.h"

#define NOTE	   "incident", "-", "text Le bureau a ouvert en retard.\n"
#define OTHER_HASH "aa00000000000000000000000000000000000000000000000000000000000000"

struct fixture {
	struct board_case c;
	struct board_folder f;
	struct urne_board *b;
	struct urne_board_log *l;
};

/* begin: two of three officials sign. */
static void
begin(struct fixture *f, const char *questions, bool has_registrar)
{
	memset(f, 0, sizeof(*f));
	board_case_init(&f->c, &urne_group_ed25519, questions, "[TEST] Congrès");
	board_folder_make_for(&f->f, 3, 2, has_registrar);
	board_folder_open(&f->f, &f->b, &f->l);
}

static int
set_up(void **state)
{
	static struct fixture f;

	begin(&f, CASE_QUESTIONS, false);
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

/* --- what the journal and the waiting orders are --- */

struct standing {
	uint64_t size;
	enum urne_journal_stage stage;
	struct urne_hash software;
	size_t num_waiting;
	struct urne_hash waiting; /* of all notes */
	struct urne_sha256 hash;
};

static enum urne_err
look(void *ctx, const struct urne_journal *j)
{
	struct standing *s = ctx;
	const struct urne_journal_election *e = urne_journal_find(j, VIEW(CASE_UUID));

	s->size = urne_journal_size(j);
	s->stage = e != NULL ? e->stage : URNE_JOURNAL_NONE;
	return urne_journal_software(j, &s->software) ? URNE_OK : URNE_ERR_INTERNAL;
}

static enum urne_err
count(void *ctx, const struct urne_hash *order, struct urne_view note)
{
	struct standing *s = ctx;

	(void)order;
	s->num_waiting++;
	urne_sha256_put_view(&s->hash, note);
	return URNE_OK;
}

static struct standing
standing(struct fixture *f)
{
	struct standing s = {.size = 0};

	urne_sha256_init(&s.hash);
	assert_ok(urne_board_journal_use(f->b, look, &s));
	assert_ok(urne_board_waiting(f->b, &f->c.d, count, &s));
	urne_sha256_final(&s.hash, &s.waiting);
	return s;
}

/* reopen: the board is closed, checked, opened, and stands where it stood. */
static void
reopen(struct fixture *f)
{
	struct standing before = standing(f), after;
	struct urne_board_state old = {.size = 0}, new = {.size = 0};
	struct urne_buf report;

	if (f->l != NULL) {
		urne_board_log_state(f->l, &old);
	}
	urne_board_close(f->b);
	f->b = NULL;
	urne_buf_init(&report, URNE_MAX_TEXT_FILE);
	if (urne_board_check(&report, &f->c.d, f->f.dir) != URNE_OK) {
		fail_msg("%s", f->c.d.text);
	}
	urne_buf_clear(&report);
	board_folder_open(&f->f, &f->b, &f->l);
	after = standing(f);
	assert_int_equal(after.size, before.size);
	assert_int_equal(after.stage, before.stage);
	assert_int_equal(after.num_waiting, before.num_waiting);
	assert_true(urne_hash_eq(&after.waiting, &before.waiting));
	if (old.size > 0) {
		urne_board_log_state(f->l, &new);
		assert_memory_equal(&old, &new, sizeof(old));
	}
}

/* --- sending --- */

/* sign: the note of an order's text with the signatures of these. */
static void
sign(struct urne_buf *note, struct fixture *f, const struct urne_buf *text, unsigned who)
{
	urne_buf_init(note, URNE_MAX_SMALL_FILE);
	urne_buf_put_view(note, urne_buf_view(text));
	board_order_sign(note, &f->f, who);
}

static struct urne_submission *
send(struct fixture *f, const struct urne_buf *text, unsigned who)
{
	struct urne_submission *s;
	struct urne_buf note;

	sign(&note, f, text, who);
	s = board_order(urne_buf_view(&note));
	board_send(f->b, s);
	urne_buf_clear(&note);
	return s;
}

/* refuse: an order that is refused, with nothing written. */
static void
refuse_text(struct fixture *f, const struct urne_buf *text, unsigned who, enum urne_err want,
    const char *says)
{
	struct standing before = standing(f), after;
	struct urne_submission *s = send(f, text, who);

	if (s->err != want || strstr(s->diag.text, says) == NULL) {
		fail_msg("%s: %s, expected %s: %s", urne_err_name(s->err), s->diag.text,
		    urne_err_name(want), says);
	}
	urne_submission_free(s);
	after = standing(f);
	assert_int_equal(after.size, before.size);
	assert_int_equal(after.num_waiting, before.num_waiting);
	assert_true(urne_hash_eq(&after.waiting, &before.waiting));
}

static void
refuse(struct fixture *f, const char *action, const char *election, const char *args, unsigned who,
    enum urne_err want, const char *says)
{
	struct urne_buf text;

	board_order_text(&text, action, election, args);
	refuse_text(f, &text, who, want, says);
	urne_buf_clear(&text);
}

static void
order(struct fixture *f, const char *action, const char *args)
{
	assert_int_equal(board_ordered(f->b, &f->f, action, CASE_UUID, args, CLAIRE | BRUNO), 0);
}

/* --- waiting --- */

static void
an_order_waits_until_enough_have_signed(void **state)
{
	struct fixture *f = *state;
	struct urne_submission *s;
	struct urne_buf text;
	uint64_t size = standing(f).size;

	assert_int_equal(size, 2); /* genesis and software */
	board_order_text(&text, NOTE);
	s = send(f, &text, AMEL);
	assert_ok(s->err);
	assert_int_equal(s->num_signed, 1);
	assert_int_equal(s->num_needed, 1);
	urne_submission_free(s);
	assert_int_equal(standing(f).size, size);
	assert_int_equal(standing(f).num_waiting, 1);
	reopen(f);
	s = send(f, &text, CLAIRE);
	assert_string_equal(s->diag.text, "");
	assert_ok(s->err);
	assert_int_equal(s->num_signed, 2);
	assert_int_equal(s->num_needed, 0);
	assert_int_equal(s->height, size);
	urne_submission_free(s);
	assert_int_equal(standing(f).size, size + 1);
	assert_int_equal(standing(f).num_waiting, 0);
	reopen(f);
	/* and once */
	refuse_text(f, &text, CLAIRE | BRUNO, URNE_ERR_ORDER, "entry 2 of the journal");
	urne_buf_clear(&text);
}

static void
nobody_signs_a_waiting_order_twice(void **state)
{
	struct fixture *f = *state;
	struct urne_buf text;

	board_order_text(&text, NOTE);
	urne_submission_free(send(f, &text, CLAIRE));
	assert_int_equal(standing(f).num_waiting, 1);
	refuse_text(f, &text, CLAIRE, URNE_ERR_DUPLICATE, "claire has signed this order already");
	refuse_text(f, &text, CLAIRE | AMEL, URNE_ERR_DUPLICATE, "claire has signed");
	reopen(f);
	refuse_text(f, &text, CLAIRE, URNE_ERR_DUPLICATE, "claire has signed this order already");
	urne_buf_clear(&text);
}

static void
an_order_of_nobody_or_for_another_journal_is_refused(void **state)
{
	struct fixture *f = *state;
	struct urne_submission *s;
	struct urne_buf text;

	board_order_text(&text, NOTE);
	s = send(f, &text, REGISTRAR);
	assert_err(s->err, URNE_ERR_INCOMPLETE);
	assert_int_equal(s->num_signed, 0);
	urne_submission_free(s);
	*strstr(text.data, "vote.") = 'n';
	refuse_text(f, &text, CLAIRE | AMEL, URNE_ERR_MISMATCH, "note.example.org");
	urne_buf_clear(&text);
	refuse(f, "incident", "-", "text \n", CLAIRE | AMEL, URNE_ERR_SYNTAX, "text");
	refuse(f, "close", CASE_UUID, "", CLAIRE, URNE_ERR_UNKNOWN, "knows no election");
}

static void
who_was_revoked_orders_nothing(void **state)
{
	struct fixture *f = *state;
	struct urne_buf text;

	assert_int_equal(board_ordered(f->b, &f->f, "revoke", "-",
			     "official bruno\nreason Démission.\n", CLAIRE | AMEL),
	    0);
	board_order_text(&text, NOTE);
	refuse_text(f, &text, BRUNO, URNE_ERR_ORDER, "bruno");
	refuse_text(f, &text, BRUNO | CLAIRE, URNE_ERR_ORDER, "bruno");
	reopen(f);
	refuse_text(f, &text, BRUNO | CLAIRE, URNE_ERR_ORDER, "bruno");
	refuse(f, "revoke", "-", "official amel\nreason Démission.\n", CLAIRE | AMEL,
	    URNE_ERR_ORDER, "");
	urne_buf_clear(&text);
}

/* fill puts waiting orders into the rows, written so many seconds ago. */
static void
fill(struct fixture *f, size_t num, int64_t age)
{
	struct urne_store s;
	struct urne_diag d = {{0}};

	assert_ok(urne_store_open(&s, &d, board_folder_path(&f->f, "main.db"), true));
	assert_ok(urne_store_begin(&s, &d));
	for (size_t i = 0; i < num; i++) {
		struct urne_buf text, note;
		struct urne_hash hash;

		urne_buf_init(&text, URNE_MAX_SMALL_FILE);
		urne_buf_puts(&text, "urne-order/1\nvote.example.org/bb/journal\nincident\n-\n");
		urne_utc_write(&text, (int64_t)time(NULL) - age - (int64_t)i);
		urne_buf_puts(&text, "\ntext Rien.\n");
		sign(&note, f, &text, CLAIRE);
		urne_order_text_hash(&hash, urne_buf_view(&text));
		assert_ok(urne_store_put_waiting(&s, &d, &hash, urne_buf_view(&note)));
		urne_buf_clear(&text);
		urne_buf_clear(&note);
	}
	assert_ok(urne_store_commit(&s, &d));
	urne_store_close(&s);
}

static void
as_many_orders_wait_as_there_is_room_for_and_old_ones_go(void **state)
{
	struct fixture *f = *state;
	struct urne_submission *s;
	struct urne_buf text;

	fill(f, 2, URNE_ORDER_SECONDS + 60);
	fill(f, URNE_MAX_WAITING - 2, 1000);
	assert_int_equal(standing(f).num_waiting, URNE_MAX_WAITING);
	for (size_t i = 0; i < 2; i++) {
		board_order_text(&text, NOTE);
		s = send(f, &text, AMEL);
		assert_ok(s->err);
		urne_submission_free(s);
		urne_buf_clear(&text);
	}
	assert_int_equal(standing(f).num_waiting, URNE_MAX_WAITING);
	board_order_text(&text, NOTE);
	s = send(f, &text, AMEL);
	assert_err(s->err, URNE_ERR_LIMIT);
	assert_int_equal(s->retry_after, URNE_WAITING_RETRY);
	urne_submission_free(s);
	/* what needs no waiting goes on */
	s = send(f, &text, AMEL | CLAIRE);
	assert_ok(s->err);
	urne_submission_free(s);
	urne_buf_clear(&text);
}

/* --- seal --- */

static void
nothing_is_sealed_without_its_draft(void **state)
{
	struct fixture *f = *state;
	struct urne_buf args;

	board_seal_args(&args, &f->c);
	refuse(f, "seal", CASE_UUID, args.data, CLAIRE | AMEL, URNE_ERR_UNKNOWN,
	    "there is no draft \"setup\"");
	board_draft(&f->f, "setup", VIEW("no archive"));
	refuse(f, "seal", CASE_UUID, args.data, CLAIRE, URNE_ERR_INCOMPLETE, "draft of the Setup");
	board_draft_setup(&f->c, &f->f);
	order(f, "seal", args.data);
	assert_int_equal(standing(f).stage, URNE_JOURNAL_SEALED);
	reopen(f);
	refuse(f, "seal", CASE_UUID, args.data, CLAIRE | AMEL, URNE_ERR_ORDER, "seal");
	urne_buf_clear(&args);
}

/* instead writes args with one of its lines replaced. */
static void
instead(struct urne_buf *out, const struct urne_buf *args, const char *name, const char *value)
{
	const char *line = strstr(args->data, name);
	const char *end = line != NULL ? strchr(line, '\n') : NULL;

	assert_non_null(end);
	urne_buf_init(out, URNE_MAX_SMALL_FILE);
	urne_buf_put(out, args->data, (size_t)(line - args->data));
	urne_buf_printf(out, "%s %s%s%c", name, value, end, 0);
	assert_ok(urne_buf_error(out));
}

static void
what_differs_from_the_sealed_setup_is_named(void **state)
{
	static const struct {
		const char *name, *value, *says;
	} cases[] = {
	    {"setup", OTHER_HASH, "setup is not the hash"},
	    {"definition", OTHER_HASH, "definition is not the one that the Setup seals"},
	    {"definition", "-", "definition is \"-\", and the Setup seals one"},
	    {"trustees", "3", "trustees is 3, the Setup has 4"},
	    {"opens", "2027-03-01T07:00:01Z", "opens is another moment than the definition's"},
	    {"closes", "2027-03-04T20:00:00Z", "closes is another moment than the definition's"},
	    {"kind", "vote", "kind is vote, and the name of the election marks a test"},
	};
	struct urne_buf args, other;
	struct fixture f;

	(void)state;
	begin(&f, NULL, false);
	board_draft_setup(&f.c, &f.f);
	board_seal_args(&args, &f.c);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		instead(&other, &args, cases[i].name, cases[i].value);
		refuse(&f, "seal", CASE_UUID, other.data, CLAIRE | AMEL, URNE_ERR_MISMATCH,
		    cases[i].says);
		urne_buf_clear(&other);
	}
	order(&f, "seal", args.data);
	reopen(&f);
	assert_true(atomic_load(&urne_board_log_election(f.l)->has_definition));
	urne_buf_clear(&args);
	urne_board_close(f.b);
	board_folder_remove(&f.f);
	board_case_clear(&f.c);
}

static void
the_registrar_answers_for_the_credentials(void **state)
{
	struct urne_buf args, roll;
	struct urne_hash hash;
	struct fixture f;

	(void)state;
	begin(&f, CASE_QUESTIONS, true);
	board_draft_setup(&f.c, &f.f);
	board_seal_args(&args, &f.c);
	refuse(&f, "seal", CASE_UUID, args.data, CLAIRE | AMEL, URNE_ERR_ORDER, "roll");
	refuse(&f, "roll", CASE_UUID, "credentials " OTHER_HASH "\ncount 3\nweight 8\n",
	    CLAIRE | AMEL, URNE_ERR_INCOMPLETE, "registrar");
	assert_int_equal(board_ordered(f.b, &f.f, "roll", CASE_UUID,
			     "credentials " OTHER_HASH "\ncount 3\nweight 8\n", REGISTRAR),
	    0);
	refuse(&f, "seal", CASE_UUID, args.data, CLAIRE | AMEL, URNE_ERR_MISMATCH,
	    "another list of credentials than the registrar's roll");
	urne_sha256_of(&hash, urne_buf_view(&f.c.credentials));
	for (int right = 0; right <= 1; right++) {
		urne_buf_init(&roll, URNE_MAX_SMALL_FILE);
		urne_buf_puts(&roll, "credentials ");
		urne_buf_put_hex(&roll, hash.b, sizeof(hash.b));
		urne_buf_printf(&roll, "\ncount %d\nweight 8\n%c", right ? 3 : 2, 0);
		assert_int_equal(
		    board_ordered(f.b, &f.f, "roll", CASE_UUID, roll.data, REGISTRAR), 0);
		urne_buf_clear(&roll);
		if (!right) {
			refuse(&f, "seal", CASE_UUID, args.data, CLAIRE | AMEL, URNE_ERR_MISMATCH,
			    "the roll says 2 credentials");
		}
	}
	reopen(&f);
	order(&f, "seal", args.data);
	urne_buf_clear(&args);
	urne_board_close(f.b);
	board_folder_remove(&f.f);
	board_case_clear(&f.c);
}

/* --- the election's log --- */

/* cast: a ballot, and what becomes of it. */
static enum urne_err
cast(struct fixture *f, size_t voter)
{
	struct urne_submission *s;
	struct urne_buf text;
	enum urne_err e;

	board_case_ballot(&f->c, &text, voter, 1, NULL);
	s = board_ballot(f->l, urne_buf_view(&text));
	board_send(f->b, s);
	e = s->err;
	urne_submission_free(s);
	urne_buf_clear(&text);
	return e;
}

static void
ballots_are_taken_from_open_to_close(void **state)
{
	struct fixture *f = *state;
	struct urne_submission *s;

	board_seal(&f->c, &f->f, f->b);
	reopen(f);
	assert_err(cast(f, 0), URNE_ERR_ORDER);
	s = board_event(f->l, URNE_EVENT_END_BALLOTS, NULL, 0);
	board_send(f->b, s);
	assert_err(s->err, URNE_ERR_ORDER);
	urne_submission_free(s);
	refuse(f, "close", CASE_UUID, "", CLAIRE | AMEL, URNE_ERR_ORDER, "close");
	order(f, "open", "");
	assert_int_equal(standing(f).stage, URNE_JOURNAL_OPEN);
	reopen(f);
	assert_ok(cast(f, 0));
	refuse(f, "open", CASE_UUID, "", CLAIRE | AMEL, URNE_ERR_ORDER, "open");
	order(f, "close", "");
	assert_err(cast(f, 1), URNE_ERR_ORDER);
	refuse(f, "close", CASE_UUID, "", CLAIRE | AMEL, URNE_ERR_ORDER, "");
}

static void
a_checklist_names_the_empty_urn(void **state)
{
	struct fixture *f = *state;
	struct standing s = standing(f);
	struct urne_hash root;
	struct urne_buf args;

	board_seal(&f->c, &f->f, f->b);
	reopen(f);
	urne_merkle_root(&f->l->tree, &root);
	root.b[0] ^= 0xff;
	for (int right = 0; right <= 1; right++) {
		urne_buf_init(&args, URNE_MAX_SMALL_FILE);
		urne_buf_puts(&args, "urn ");
		urne_buf_put_hex(&args, root.b, sizeof(root.b));
		urne_buf_puts(&args, "\nsoftware ");
		urne_buf_put_hex(&args, s.software.b, sizeof(s.software.b));
		urne_buf_printf(&args, "\nrehearsed 0\n%c", 0);
		if (right) {
			order(f, "checklist", args.data);
		} else {
			refuse(f, "checklist", CASE_UUID, args.data, CLAIRE, URNE_ERR_MISMATCH,
			    "urn is not the root");
		}
		urne_buf_clear(&args);
		root.b[0] ^= 0xff;
	}
}

/* await: the journal is at a stage within ten seconds. */
static void
await(struct fixture *f, enum urne_journal_stage stage)
{
	static const struct timespec tenth = {.tv_nsec = 100000000};

	for (int i = 0; i < 100 && standing(f).stage != stage; i++) {
		(void)nanosleep(&tenth, NULL);
	}
	assert_int_equal(standing(f).stage, stage);
}

static enum urne_err
keep_object(void *ctx, const struct urne_entry_row *row)
{
	struct urne_event ev;
	enum urne_err e = urne_event_read(&ev, NULL, row->event);

	*(struct urne_hash *)ctx = ev.payload;
	return e;
}

/* decrypt sends the partial decryption of a trustee. */
static void
decrypt(struct fixture *f, size_t owner)
{
	struct urne_hash about, wanted[URNE_MAX_EVENT_DATA];
	struct urne_partial_decryption p;
	struct urne_buf text, object, owned;
	struct urne_submission *s;
	struct urne_store store;
	struct urne_tally t;
	size_t num = 0;

	urne_buf_init(&text, URNE_MAX_BALLOT);
	urne_buf_init(&object, URNE_MAX_BALLOT);
	assert_ok(urne_store_open(&store, &f->c.d, board_folder_path(&f->f, "main.db"), false));
	assert_ok(urne_store_others(
	    &store, &f->c.d, f->l->id, URNE_EVENT_ENCRYPTED_TALLY, keep_object, &about));
	assert_ok(urne_store_object(&store, &text, &f->c.d, &about));
	assert_ok(urne_event_links(
	    wanted, &num, &f->c.d, URNE_EVENT_ENCRYPTED_TALLY, urne_buf_view(&text)));
	urne_buf_reset(&text);
	assert_ok(urne_store_object(&store, &text, &f->c.d, &wanted[0]));
	urne_store_close(&store);
	assert_ok(urne_tally_read(&t, &f->c.arena, &f->c.d, &f->c.e, urne_buf_view(&text)));
	assert_ok(
	    urne_partial_make(&p, &f->c.arena, &f->c.e, &t, &f->c.trustee[owner - 1], &f->c.rng));
	urne_partial_write(&object, &f->c.e, &p);
	board_case_owned(&owned, owner, urne_buf_view(&object));
	const struct urne_view data[2] = {urne_buf_view(&object), urne_buf_view(&owned)};
	s = board_event(f->l, URNE_EVENT_PARTIAL_DECRYPTION, data, 2);
	board_send(f->b, s);
	assert_string_equal(s->diag.text, "");
	assert_ok(s->err);
	urne_submission_free(s);
	urne_buf_clear(&text);
	urne_buf_clear(&object);
	urne_buf_clear(&owned);
}

static void
what_is_released_is_what_the_board_computes(void **state)
{
	struct fixture *f = *state;
	struct urne_submission *s;
	struct urne_board_state st;
	struct urne_buf text;
	char args[100];
	const char *hex;

	board_seal_and_open(&f->c, &f->f, f->b);
	f->l = urne_board_find(f->b, VIEW(CASE_UUID));
	assert_ok(cast(f, 0));
	assert_ok(cast(f, 2));
	order(f, "close", "");
	await(f, URNE_JOURNAL_COUNTED);
	reopen(f);
	refuse(f, "release", CASE_UUID, "result " OTHER_HASH "\n", CLAIRE | AMEL,
	    URNE_ERR_INCOMPLETE, "no valid");
	decrypt(f, 1);
	decrypt(f, 2);
	decrypt(f, 4);
	board_order_text(&text, "release", CASE_UUID, "result " OTHER_HASH "\n");
	s = send(f, &text, CLAIRE | AMEL);
	assert_err(s->err, URNE_ERR_MISMATCH);
	hex = strstr(s->diag.text, "which is ");
	assert_non_null(hex);
	(void)snprintf(args, sizeof(args), "result %s\n", hex + strlen("which is "));
	urne_submission_free(s);
	urne_buf_clear(&text);
	order(f, "release", args);
	urne_board_log_state(f->l, &st);
	assert_int_equal(st.stage, URNE_STAGE_DONE);
	assert_int_equal(standing(f).stage, URNE_JOURNAL_RELEASED);
	reopen(f);
	refuse(f, "release", CASE_UUID, args, CLAIRE | AMEL, URNE_ERR_ORDER, "release");
	order(f, "certify", "minutes " OTHER_HASH "\n");
	assert_int_equal(standing(f).stage, URNE_JOURNAL_CERTIFIED);
}

/* --- the start --- */

static void
a_board_json_that_is_not_of_the_genesis_is_refused(void **state)
{
	static const struct {
		const char *what, *instead, *says;
	} cases[] = {
	    {"Les Amis de la Pie", "Les Amis de la Pis", "\"name\" is not what"},
	    {"\"agree\":2", "\"agree\":3", "\"agree\" is not what"},
	    {",\"amel+", ",\"BMEL+", ""},
	};
	struct fixture *f = *state;
	struct urne_board_options o = {.num_threads = 1};
	struct urne_buf text;
	char path[128], *at;

	(void)snprintf(path, sizeof(path), "%s", board_folder_path(&f->f, "board.json"));
	urne_board_close(f->b);
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	assert_ok(urne_file_read(&text, &f->c.d, path));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_buf copy;

		urne_buf_init(&copy, URNE_MAX_SMALL_FILE);
		urne_buf_put_view(&copy, urne_buf_view(&text));
		urne_buf_put(&copy, "", 1);
		at = strstr(copy.data, cases[i].what);
		assert_non_null(at);
		memcpy(at, cases[i].instead, strlen(cases[i].instead));
		copy.len--;
		assert_ok(urne_file_replace(&f->c.d, path, urne_buf_view(&copy)));
		assert_int_not_equal(urne_board_open(&f->b, &f->c.d, f->f.dir, &o), URNE_OK);
		assert_non_null(strstr(f->c.d.text, cases[i].says));
		urne_buf_clear(&copy);
	}
	assert_ok(urne_file_replace(&f->c.d, path, urne_buf_view(&text)));
	urne_buf_clear(&text);
	board_folder_open(&f->f, &f->b, &f->l);
	assert_int_equal(standing(f).size, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(an_order_waits_until_enough_have_signed),
	    TEST(nobody_signs_a_waiting_order_twice),
	    TEST(an_order_of_nobody_or_for_another_journal_is_refused),
	    TEST(who_was_revoked_orders_nothing),
	    TEST(as_many_orders_wait_as_there_is_room_for_and_old_ones_go),
	    TEST(nothing_is_sealed_without_its_draft),
	    cmocka_unit_test(what_differs_from_the_sealed_setup_is_named),
	    cmocka_unit_test(the_registrar_answers_for_the_credentials),
	    TEST(ballots_are_taken_from_open_to_close),
	    TEST(a_checklist_names_the_empty_urn),
	    TEST(what_is_released_is_what_the_board_computes),
	    TEST(a_board_json_that_is_not_of_the_genesis_is_refused),
	};

	return cmocka_run_group_tests_name("board_orders", tests, NULL, NULL);
}
