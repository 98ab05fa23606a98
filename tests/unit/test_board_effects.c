/* SPDX-License-Identifier: EUPL-1.2 */
/* What orders do in an election's log: they seal the Setup that was drafted and no other, open,
 * close and release, and nothing of it happens without them. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/limits.h"
#include "bulletin/server/ledger.h"
#include "crypto/sha256.h"
#include "tests/unit/support/board_sitting.h"
#include "tests/unit/support/check.h"

#define OTHER_HASH "aa00000000000000000000000000000000000000000000000000000000000000"

/* --- seal --- */

static void
nothing_is_sealed_without_its_draft(void **state)
{
	struct sitting *f = *state;
	struct urne_buf args;

	board_seal_args(&args, &f->c);
	sitting_refuse(f, "seal", CASE_UUID, args.data, CLAIRE | AMEL, URNE_ERR_UNKNOWN,
	    "there is no draft \"setup\"");
	board_draft(&f->f, "setup", VIEW("no archive"));
	sitting_refuse(
	    f, "seal", CASE_UUID, args.data, CLAIRE, URNE_ERR_INCOMPLETE, "draft of the Setup");
	board_draft_setup(&f->c, &f->f);
	sitting_order(f, "seal", args.data);
	assert_int_equal(sitting_standing(f).stage, URNE_JOURNAL_SEALED);
	sitting_reopen(f);
	sitting_refuse(f, "seal", CASE_UUID, args.data, CLAIRE | AMEL, URNE_ERR_ORDER, "seal");
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
	struct sitting f;

	(void)state;
	sitting_begin(&f, NULL, false);
	board_draft_setup(&f.c, &f.f);
	board_seal_args(&args, &f.c);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		instead(&other, &args, cases[i].name, cases[i].value);
		sitting_refuse(&f, "seal", CASE_UUID, other.data, CLAIRE | AMEL, URNE_ERR_MISMATCH,
		    cases[i].says);
		urne_buf_clear(&other);
	}
	sitting_order(&f, "seal", args.data);
	sitting_reopen(&f);
	assert_true(atomic_load(&urne_board_log_election(f.l)->has_definition));
	urne_buf_clear(&args);
	urne_board_close(f.b);
	board_folder_remove(&f.f);
	board_case_clear(&f.c);
}

/* The small election has four trustees in its group, of whom three must decrypt. */
static void
a_setup_of_other_trustees_than_were_prepared_is_refused(void **state)
{
	static const char *const groups[] = {"Ed25519", "BELENIOS-2048"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct urne_buf args, prepare;
		struct sitting f;

		sitting_begin(&f, CASE_QUESTIONS, false);
		board_draft_setup(&f.c, &f.f);
		board_seal_args(&args, &f.c);
		urne_buf_init(&prepare, URNE_MAX_SMALL_FILE);
		urne_buf_printf(&prepare, "definition -\ngroup %s\nthreshold %d\n",
		    groups[strcmp(groups[0], f.c.group->name) == 0 ? i : 1 - i], i == 0 ? 2 : 3);
		for (size_t j = 0; j < CASE_TRUSTEES; j++) {
			struct urne_signer key;

			assert_ok(urne_signer_new(&key, &f.c.d, VIEW("Denise"), &f.c.rng));
			urne_buf_puts(&prepare, "trustee ");
			urne_note_key_write(&prepare, &key.key);
			urne_buf_putc(&prepare, '\n');
			urne_signer_clear(&key);
		}
		urne_buf_put(&prepare, "", 1);
		assert_int_equal(
		    board_ordered(f.b, &f.f, "prepare", CASE_UUID, prepare.data, CLAIRE | AMEL), 0);
		sitting_refuse(&f, "seal", CASE_UUID, args.data, CLAIRE | AMEL, URNE_ERR_MISMATCH,
		    i == 0 ? "2 of the trustees decrypt, and the Setup needs 3"
			   : "prepared the group");
		urne_buf_clear(&args);
		urne_buf_clear(&prepare);
		urne_board_close(f.b);
		board_folder_remove(&f.f);
		board_case_clear(&f.c);
	}
}

static void
the_registrar_answers_for_the_credentials(void **state)
{
	struct urne_buf args, roll;
	struct urne_hash hash;
	struct sitting f;

	(void)state;
	sitting_begin(&f, CASE_QUESTIONS, true);
	board_draft_setup(&f.c, &f.f);
	board_seal_args(&args, &f.c);
	sitting_refuse(&f, "seal", CASE_UUID, args.data, CLAIRE | AMEL, URNE_ERR_ORDER, "roll");
	sitting_refuse(&f, "roll", CASE_UUID, "credentials " OTHER_HASH "\ncount 3\nweight 8\n",
	    CLAIRE | AMEL, URNE_ERR_INCOMPLETE, "registrar");
	assert_int_equal(board_ordered(f.b, &f.f, "roll", CASE_UUID,
			     "credentials " OTHER_HASH "\ncount 3\nweight 8\n", REGISTRAR),
	    0);
	sitting_refuse(&f, "seal", CASE_UUID, args.data, CLAIRE | AMEL, URNE_ERR_MISMATCH,
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
			sitting_refuse(&f, "seal", CASE_UUID, args.data, CLAIRE | AMEL,
			    URNE_ERR_MISMATCH, "the roll says 2 credentials");
		}
	}
	sitting_reopen(&f);
	sitting_order(&f, "seal", args.data);
	urne_buf_clear(&args);
	urne_board_close(f.b);
	board_folder_remove(&f.f);
	board_case_clear(&f.c);
}

/* --- the election's log --- */

/* cast: a ballot, and what becomes of it. */
static enum urne_err
cast(struct sitting *f, size_t voter)
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
	struct sitting *f = *state;
	struct urne_submission *s;

	board_seal(&f->c, &f->f, f->b);
	sitting_reopen(f);
	assert_err(cast(f, 0), URNE_ERR_ORDER);
	s = board_event(f->l, URNE_EVENT_END_BALLOTS, NULL, 0);
	board_send(f->b, s);
	assert_err(s->err, URNE_ERR_ORDER);
	urne_submission_free(s);
	sitting_refuse(f, "close", CASE_UUID, "", CLAIRE | AMEL, URNE_ERR_ORDER, "close");
	sitting_order(f, "open", "");
	assert_int_equal(sitting_standing(f).stage, URNE_JOURNAL_OPEN);
	sitting_reopen(f);
	assert_ok(cast(f, 0));
	sitting_refuse(f, "open", CASE_UUID, "", CLAIRE | AMEL, URNE_ERR_ORDER, "open");
	sitting_order(f, "close", "");
	assert_err(cast(f, 1), URNE_ERR_ORDER);
	sitting_refuse(f, "close", CASE_UUID, "", CLAIRE | AMEL, URNE_ERR_ORDER, "");
}

static void
a_checklist_names_the_empty_urn(void **state)
{
	struct sitting *f = *state;
	struct sitting_standing s = sitting_standing(f);
	struct urne_hash root;
	struct urne_buf args;

	board_seal(&f->c, &f->f, f->b);
	sitting_reopen(f);
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
			sitting_order(f, "checklist", args.data);
		} else {
			sitting_refuse(f, "checklist", CASE_UUID, args.data, CLAIRE,
			    URNE_ERR_MISMATCH, "urn is not the root");
		}
		urne_buf_clear(&args);
		root.b[0] ^= 0xff;
	}
}

/* await: the journal comes to a stage within a minute. */
static void
await(struct sitting *f, enum urne_journal_stage stage)
{
	static const struct timespec tenth = {.tv_nsec = 100000000};

	for (int i = 0; i < 600 && sitting_standing(f).stage != stage; i++) {
		(void)nanosleep(&tenth, NULL);
	}
	assert_int_equal(sitting_standing(f).stage, stage);
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
decrypt(struct sitting *f, size_t owner)
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
	struct sitting *f = *state;
	struct urne_submission *s;
	struct urne_board_state st;
	struct urne_buf text;
	char args[100];
	const char *hex;

	board_seal_and_open(&f->c, &f->f, f->b);
	f->l = urne_board_find(f->b, VIEW(CASE_UUID));
	assert_ok(cast(f, 0));
	assert_ok(cast(f, 2));
	sitting_order(f, "close", "");
	await(f, URNE_JOURNAL_COUNTED);
	sitting_reopen(f);
	sitting_refuse(f, "release", CASE_UUID, "result " OTHER_HASH "\n", CLAIRE | AMEL,
	    URNE_ERR_INCOMPLETE, "no valid");
	decrypt(f, 1);
	decrypt(f, 2);
	decrypt(f, 4);
	board_order_text(&text, "release", CASE_UUID, "result " OTHER_HASH "\n");
	s = sitting_send(f, &text, CLAIRE | AMEL);
	assert_err(s->err, URNE_ERR_MISMATCH);
	hex = strstr(s->diag.text, "which is ");
	assert_non_null(hex);
	(void)snprintf(args, sizeof(args), "result %s\n", hex + strlen("which is "));
	urne_submission_free(s);
	urne_buf_clear(&text);
	sitting_order(f, "release", args);
	urne_board_log_state(f->l, &st);
	assert_int_equal(st.stage, URNE_STAGE_DONE);
	assert_int_equal(sitting_standing(f).stage, URNE_JOURNAL_RELEASED);
	sitting_reopen(f);
	sitting_refuse(f, "release", CASE_UUID, args, CLAIRE | AMEL, URNE_ERR_ORDER, "release");
	sitting_order(f, "certify", "minutes " OTHER_HASH "\n");
	assert_int_equal(sitting_standing(f).stage, URNE_JOURNAL_CERTIFIED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sitting_set_up, sitting_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(nothing_is_sealed_without_its_draft),
	    cmocka_unit_test(what_differs_from_the_sealed_setup_is_named),
	    cmocka_unit_test(a_setup_of_other_trustees_than_were_prepared_is_refused),
	    cmocka_unit_test(the_registrar_answers_for_the_credentials),
	    TEST(ballots_are_taken_from_open_to_close),
	    TEST(a_checklist_names_the_empty_urn),
	    TEST(what_is_released_is_what_the_board_computes),
	};

	return cmocka_run_group_tests_name("board_effects", tests, NULL, NULL);
}
