/* SPDX-License-Identifier: EUPL-1.2 */
/* Drafts: an official puts what an order names, everybody reads it, and it ends with the seal. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "bulletin/server/drafting.h"
#include "crypto/sha256.h"
#include "tests/unit/support/board_orders.h"
#include "tests/unit/support/board_request.h"

#define PATH	   "/bb/" CASE_UUID "/draft/"
#define DEFINITION "{\"any\":\"text\"}"

struct fixture {
	struct board_case c;
	struct board_folder f;
	struct urne_board *b;
	struct urne_board_log *l;
	struct urne_service s;
	struct board_reply reply;
	struct urne_diag d;
};

static void
open_board(struct fixture *f)
{
	board_folder_open(&f->f, &f->b, &f->l);
	assert_ok(urne_service_open(&f->s, &f->d, f->b, f->f.dir));
}

static void
close_board(struct fixture *f)
{
	urne_service_close(&f->s);
	urne_board_close(f->b);
}

static int
set_up(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	board_case_init(&f.c, &urne_group_ed25519, CASE_QUESTIONS, "[TEST] Congrès");
	board_folder_make_for(&f.f, 3, 2, false);
	open_board(&f);
	*state = &f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	close_board(f);
	urne_buf_clear(&f->reply.body);
	board_folder_remove(&f->f);
	board_case_clear(&f->c);
	return 0;
}

/* --- orders and what they name --- */

static void
put_hash(struct urne_buf *out, const char *name, struct urne_view text)
{
	struct urne_hash hash;

	urne_sha256_of(&hash, text);
	urne_buf_puts(out, name);
	urne_buf_put_hex(out, hash.b, sizeof(hash.b));
	urne_buf_putc(out, '\n');
}

/* prepare_note is an order to prepare that names the definition `text`. */
static void
prepare_note(
    struct fixture *f, struct urne_buf *note, const char *election, const char *text, unsigned who)
{
	struct urne_buf args;

	urne_buf_init(&args, URNE_MAX_SMALL_FILE);
	if (text != NULL) {
		put_hash(&args, "definition ", urne_view_of(text));
	} else {
		urne_buf_puts(&args, "definition -\n");
	}
	urne_buf_puts(&args, "group Ed25519\nthreshold 1\ntrustee ");
	urne_note_key_write(&args, &f->f.official[0].key);
	urne_buf_put(&args, "\n", 2);
	board_order_text(note, "prepare", election, args.data);
	board_order_sign(note, &f->f, who);
	urne_buf_clear(&args);
}

/* seal_note is the order that seals the small election. */
static void
seal_note(struct fixture *f, struct urne_buf *note, unsigned who)
{
	struct urne_buf args;

	board_seal_args(&args, &f->c);
	board_order_text(note, "seal", CASE_UUID, args.data);
	board_order_sign(note, &f->f, who);
	urne_buf_clear(&args);
}

static void
put(struct fixture *f, const char *part, struct urne_view note, struct urne_view body)
{
	char path[128];
	struct board_ask ask = {"PUT", path, URNE_HEADER_ORDER, note, body};

	(void)snprintf(path, sizeof(path), PATH "%s", part);
	board_ask(&f->reply, &f->s, &ask);
}

static void
get(struct fixture *f, const char *part)
{
	char path[128];
	struct board_ask ask = {.method = "GET", .path = path};

	(void)snprintf(path, sizeof(path), PATH "%s", part);
	board_ask(&f->reply, &f->s, &ask);
}

/* --- the definition --- */

static void
a_definition_that_an_order_names_is_put_and_read(void **state)
{
	struct fixture *f = *state;
	struct urne_buf note;

	get(f, "definition");
	assert_reply(&f->reply, 404, "there is no draft definition");
	prepare_note(f, &note, CASE_UUID, DEFINITION, AMEL);
	put(f, "definition", urne_buf_view(&note), VIEW(DEFINITION));
	assert_reply(&f->reply, 200,
	    "{\"election\":\"" CASE_UUID "\",\"draft\":\"definition\",\"repeated\":false}");
	put(f, "definition", urne_buf_view(&note), VIEW(DEFINITION));
	assert_reply(&f->reply, 200, "\"repeated\":true");
	get(f, "definition");
	assert_int_equal(f->reply.status, 200);
	assert_true(urne_view_is(urne_buf_view(&f->reply.body), DEFINITION));
	urne_buf_clear(&note);
}

static void
another_order_replaces_the_definition_and_a_new_start_keeps_it(void **state)
{
	struct fixture *f = *state;
	struct urne_buf note;

	for (size_t i = 0; i < 2; i++) {
		const char *text = i == 0 ? DEFINITION : "{\"other\":\"text\"}";

		prepare_note(f, &note, CASE_UUID, text, CLAIRE);
		put(f, "definition", urne_buf_view(&note), urne_view_of(text));
		assert_reply(&f->reply, 200, "\"repeated\":false");
		urne_buf_clear(&note);
	}
	close_board(f);
	open_board(f);
	get(f, "definition");
	assert_reply(&f->reply, 200, "{\"other\":\"text\"}");
}

/* Refused with the head: not a byte of the body is read. */
static void
a_part_that_no_official_orders_is_refused_unread(void **state)
{
	static const struct {
		const char *part, *election, *text;
		unsigned who, status;
		const char *says;
	} cases[] = {
	    {"definition", CASE_UUID, DEFINITION, 0, 403, "not-authorised"},
	    {"definition", CASE_UUID, DEFINITION, REGISTRAR, 403, "not-authorised"},
	    {"definition", "8GpLcyFqQvDrUn", DEFINITION, CLAIRE, 403,
		"for the election 8GpLcyFqQvDrUn"},
	    {"definition", CASE_UUID, NULL, CLAIRE, 403, "names no definition"},
	    {"setup", CASE_UUID, DEFINITION, CLAIRE, 403, "names no setup"},
	};
	struct fixture *f = *state;
	struct board_ask bare = {"PUT", PATH "definition", NULL, {"", 0}, VIEW(DEFINITION)};
	struct urne_buf note;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		prepare_note(f, &note, cases[i].election, cases[i].text, cases[i].who);
		put(f, cases[i].part, urne_buf_view(&note), VIEW(DEFINITION));
		assert_reply(&f->reply, cases[i].status, cases[i].says);
		assert_false(f->reply.read);
		urne_buf_clear(&note);
	}
	board_ask(&f->reply, &f->s, &bare);
	assert_reply(&f->reply, 403, "the header Urne-Order with the signed note is missing");
	assert_false(f->reply.read);
	get(f, "definition");
	assert_int_equal(f->reply.status, 404);
}

static void
a_changed_order_is_refused(void **state)
{
	struct fixture *f = *state;
	struct urne_buf note;

	prepare_note(f, &note, CASE_UUID, DEFINITION, CLAIRE);
	*(char *)memmem(note.data, note.len, "threshold 1", 11) = 'T';
	put(f, "definition", urne_buf_view(&note), VIEW(DEFINITION));
	assert_reply(&f->reply, 403, "not-authorised");
	assert_false(f->reply.read);
	urne_buf_clear(&note);
}

static void
a_body_that_is_not_what_the_order_names_is_refused(void **state)
{
	struct fixture *f = *state;
	struct urne_buf note;

	prepare_note(f, &note, CASE_UUID, DEFINITION, CLAIRE);
	put(f, "definition", urne_buf_view(&note), VIEW("{\"other\":\"text\"}"));
	assert_reply(&f->reply, 422, "is not the definition that the order names");
	assert_true(f->reply.read);
	urne_buf_clear(&note);
	seal_note(f, &note, CLAIRE);
	put(f, "setup", urne_buf_view(&note), VIEW("no archive"));
	assert_int_equal(f->reply.status / 100, 4);
	urne_buf_clear(&note);
	get(f, "definition");
	assert_int_equal(f->reply.status, 404);
	get(f, "setup");
	assert_int_equal(f->reply.status, 404);
}

/* --- the Setup, and the end --- */

/* setup_text writes the records of the Setup; `changed`: with other credentials at its end. */
static void
setup_text(struct fixture *f, struct urne_buf *out, bool changed)
{
	struct urne_buf payload;
	struct urne_hash hash;

	board_setup_payload(&payload, &f->c);
	urne_buf_init(out, URNE_MAX_DOCUMENT);
	urne_record_put_header(out, 1700000000);
	const struct urne_buf *const records[] = {
	    &f->c.election, &f->c.trustees, &f->c.credentials, &payload};
	for (size_t i = 0; i < 4 - (changed ? 1 : 0); i++) {
		urne_record_put(
		    out, &hash, URNE_RECORD_DATA, urne_buf_view(records[i]), 1700000000);
	}
	assert_ok(urne_buf_error(out));
	urne_buf_clear(&payload);
}

static void
a_setup_that_was_put_is_sealed_and_then_nothing_is_put_any_more(void **state)
{
	struct fixture *f = *state;
	struct urne_buf note, text, part;

	seal_note(f, &note, AMEL);
	setup_text(f, &part, true);
	put(f, "setup", urne_buf_view(&note), urne_buf_view(&part));
	assert_reply(&f->reply, 422, "is not the Setup that the order names");
	setup_text(f, &text, false);
	put(f, "setup", urne_buf_view(&note), urne_buf_view(&text));
	assert_reply(&f->reply, 200, "\"draft\":\"setup\",\"repeated\":false");
	get(f, "setup");
	assert_true(urne_view_eq(urne_buf_view(&f->reply.body), urne_buf_view(&text)));
	/* the order itself seals it */
	urne_buf_clear(&note);
	seal_note(f, &note, AMEL | CLAIRE);
	struct urne_submission *s = board_order(urne_buf_view(&note));
	board_send(f->b, s);
	assert_ok(s->err);
	urne_submission_free(s);
	urne_buf_clear(&note);
	/* a new order, and no byte of its body is read */
	seal_note(f, &note, AMEL);
	put(f, "setup", urne_buf_view(&note), urne_buf_view(&text));
	assert_reply(&f->reply, 409, "this election is sealed: its drafts stay as they are");
	assert_false(f->reply.read);
	urne_buf_clear(&note);
	prepare_note(f, &note, CASE_UUID, DEFINITION, AMEL);
	put(f, "definition", urne_buf_view(&note), VIEW(DEFINITION));
	assert_reply(&f->reply, 409, "stay as they are");
	get(f, "setup");
	assert_true(urne_view_eq(urne_buf_view(&f->reply.body), urne_buf_view(&text)));
	urne_buf_clear(&note);
	urne_buf_clear(&text);
	urne_buf_clear(&part);
}

/* signed_again makes a note of the text of another. */
static void
signed_again(struct fixture *f, struct urne_buf *out, const struct urne_buf *note, unsigned who)
{
	const char *end = memmem(note->data, note->len, "\n\n", 2);

	assert_non_null(end);
	urne_buf_init(out, URNE_NOTE_MAX);
	urne_buf_put(out, note->data, (size_t)(end + 1 - note->data));
	board_order_sign(out, &f->f, who);
}

/* What waits is told to everybody, signatures and all: whoever repeats it is anybody. */
static void
a_signature_that_everybody_reads_puts_no_draft(void **state)
{
	struct fixture *f = *state;
	struct urne_buf note, other, text, junk;
	struct urne_submission *s;
	struct urne_hash hash;
	size_t head;

	seal_note(f, &note, AMEL);
	setup_text(f, &text, false);
	put(f, "setup", urne_buf_view(&note), urne_buf_view(&text));
	assert_reply(&f->reply, 200, "\"repeated\":false");
	s = board_order(urne_buf_view(&note));
	board_send(f->b, s);
	assert_ok(s->err);
	assert_int_equal(s->num_needed, 1);
	urne_submission_free(s);
	/* the same last record, and something else before it */
	urne_buf_init(&junk, URNE_MAX_DOCUMENT);
	urne_record_put_header(&junk, 1700000000);
	head = junk.len;
	urne_record_put(&junk, &hash, URNE_RECORD_DATA, VIEW("rubbish"), 1700000000);
	urne_buf_put(&junk, text.data + head, text.len - head);
	put(f, "setup", urne_buf_view(&note), urne_buf_view(&junk));
	assert_reply(&f->reply, 403, "amel has signed this order already");
	assert_false(f->reply.read);
	get(f, "setup");
	assert_true(urne_view_eq(urne_buf_view(&f->reply.body), urne_buf_view(&text)));
	/* nor is anything checked for it */
	board_draft(&f->f, "setup", VIEW("rubbish"));
	s = board_order(urne_buf_view(&note));
	board_send(f->b, s);
	assert_err(s->err, URNE_ERR_DUPLICATE);
	assert_non_null(strstr(s->diag.text, "amel has signed this order already"));
	urne_submission_free(s);
	/* an official whose signature nobody has seen puts it right */
	signed_again(f, &other, &note, CLAIRE);
	put(f, "setup", urne_buf_view(&other), urne_buf_view(&text));
	assert_reply(&f->reply, 200, "\"repeated\":false");
	urne_buf_clear(&note);
	urne_buf_clear(&other);
	urne_buf_clear(&text);
	urne_buf_clear(&junk);
}

/* What was admitted before the seal and comes to the writer behind it. */
static void
the_writer_puts_nothing_after_the_seal(void **state)
{
	struct fixture *f = *state;
	struct urne_submission *s;

	board_seal(&f->c, &f->f, f->b);
	s = urne_submission_new(URNE_SUBMIT_DRAFT);
	s->drafting = urne_drafting_new(VIEW(CASE_UUID), (struct urne_draft_name){"definition"});
	board_send(f->b, s);
	assert_err(s->err, URNE_ERR_ORDER);
	assert_non_null(strstr(s->diag.text, "it is sealed"));
	urne_submission_free(s);
}

/* --- names --- */

static void
a_part_has_one_name(void **state)
{
	static const char *const there[] = {"definition", "setup", "ceremony/1/1", "ceremony/4/32",
	    "ceremony/1/for-1", "ceremony/2/for-all", "ceremony/3/for-all", "ceremony/4/for-32",
	    "ceremony/share-1", "ceremony/share-32", "ceremony/1/note-1", "ceremony/4/note-32"};
	static const char *const nowhere[] = {"", "Setup", "setup/", "ceremony", "ceremony/0/1",
	    "ceremony/5/1", "ceremony/1/0", "ceremony/1/33", "ceremony/1/01", "ceremony/1/for-all",
	    "ceremony/2/for-1", "ceremony/share-0", "ceremony/share-33", "ceremony/1/for-+1",
	    "ceremony/1/note-0", "ceremony/5/note-1", "ceremony/1/note-33", "ceremony/1/note-01"};

	(void)state;
	for (size_t i = 0; i < sizeof(there) / sizeof(there[0]); i++) {
		assert_true(urne_draft_is_name(urne_view_of(there[i])));
	}
	for (size_t i = 0; i < sizeof(nowhere) / sizeof(nowhere[0]); i++) {
		assert_false(urne_draft_is_name(urne_view_of(nowhere[i])));
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_definition_that_an_order_names_is_put_and_read),
	    TEST(another_order_replaces_the_definition_and_a_new_start_keeps_it),
	    TEST(a_part_that_no_official_orders_is_refused_unread),
	    TEST(a_changed_order_is_refused),
	    TEST(a_body_that_is_not_what_the_order_names_is_refused),
	    TEST(a_setup_that_was_put_is_sealed_and_then_nothing_is_put_any_more),
	    TEST(a_signature_that_everybody_reads_puts_no_draft),
	    TEST(the_writer_puts_nothing_after_the_seal),
	    cmocka_unit_test(a_part_has_one_name),
	};

	return cmocka_run_group_tests_name("board_drafts", tests, NULL, NULL);
}
