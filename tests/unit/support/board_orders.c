/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/support/board_orders.h"

#include <string.h>
#include <time.h>

#include "base/limits.h"
#include "base/utc.h"
#include "bulletin/server/draft.h"
#include "crypto/sha256.h"
#include "tests/unit/support/check.h"

#define TIMESTAMP 1700000000

void
board_order_text(struct urne_buf *out, const char *action, const char *election, const char *args)
{
	static int64_t serial;

	urne_buf_init(out, URNE_MAX_SMALL_FILE);
	urne_buf_printf(
	    out, "urne-order/1\nvote.example.org/bb/journal\n%s\n%s\n", action, election);
	urne_utc_write(out, (int64_t)time(NULL) - 3600 + serial++);
	urne_buf_printf(out, "\n%s", args);
	assert_ok(urne_buf_error(out));
}

void
board_order_sign(struct urne_buf *note, const struct board_folder *f, unsigned who)
{
	struct urne_buf text;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_buf_put_view(&text, urne_buf_view(note));
	urne_buf_putc(note, '\n');
	for (size_t i = 0; i < FOLDER_OFFICIALS; i++) {
		if ((who & (1U << i)) != 0) {
			assert_ok(urne_signer_sign(note, &f->official[i], urne_buf_view(&text)));
		}
	}
	if ((who & REGISTRAR) != 0) {
		assert_ok(urne_signer_sign(note, &f->registrar, urne_buf_view(&text)));
	}
	urne_buf_clear(&text);
	assert_ok(urne_buf_error(note));
}

struct urne_submission *
board_order(struct urne_view note)
{
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_ORDER);

	assert_non_null(s);
	urne_buf_put_view(&s->ballot, note);
	assert_ok(urne_buf_error(&s->ballot));
	return s;
}

size_t
board_ordered(struct urne_board *b, const struct board_folder *f, const char *action,
    const char *election, const char *args, unsigned who)
{
	struct urne_submission *s;
	struct urne_buf note;
	size_t needed;

	board_order_text(&note, action, election, args);
	board_order_sign(&note, f, who);
	s = board_order(urne_buf_view(&note));
	board_send(b, s);
	if (s->err != URNE_OK) {
		fail_msg("%s: %s", action, s->diag.text);
	}
	needed = s->num_needed;
	urne_submission_free(s);
	urne_buf_clear(&note);
	return needed;
}

void
board_draft(const struct board_folder *f, const char *part, struct urne_view text)
{
	struct urne_store s;
	struct urne_diag d = {{0}};

	assert_ok(urne_store_open(&s, &d, board_folder_path(f, "main.db"), true));
	assert_ok(urne_store_begin(&s, &d));
	assert_ok(urne_store_put_draft(&s, &d, VIEW(CASE_UUID), urne_view_of(part), text));
	assert_ok(urne_store_commit(&s, &d));
	urne_store_close(&s);
}

void
board_setup_payload(struct urne_buf *out, const struct board_case *c)
{
	struct urne_setup_data s = {.has_certificate = false};

	urne_sha256_of(&s.election, urne_buf_view(&c->election));
	urne_sha256_of(&s.trustees, urne_buf_view(&c->trustees));
	urne_sha256_of(&s.credentials, urne_buf_view(&c->credentials));
	urne_buf_init(out, URNE_MAX_SMALL_FILE);
	urne_setup_data_write(out, &s);
}

void
board_draft_setup(struct board_case *c, const struct board_folder *f)
{
	struct urne_buf payload, text;
	struct urne_hash hash;

	board_setup_payload(&payload, c);
	urne_buf_init(&text, URNE_MAX_DOCUMENT);
	urne_record_put_header(&text, TIMESTAMP);
	const struct urne_buf *const records[] = {
	    &c->election, &c->trustees, &c->credentials, &payload};
	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
		urne_record_put(
		    &text, &hash, URNE_RECORD_DATA, urne_buf_view(records[i]), TIMESTAMP);
	}
	assert_ok(urne_buf_error(&text));
	board_draft(f, "setup", urne_buf_view(&text));
	if (c->definition.len > 0) {
		board_draft(f, "definition", urne_buf_view(&c->definition));
	}
	urne_buf_clear(&text);
	urne_buf_clear(&payload);
}

void
board_seal_args(struct urne_buf *out, struct board_case *c)
{
	bool defined = c->definition.len > 0;
	struct urne_buf payload;
	struct urne_hash hash;

	board_setup_payload(&payload, c);
	urne_buf_init(out, URNE_MAX_SMALL_FILE);
	urne_buf_puts(out, "setup ");
	urne_sha256_of(&hash, urne_buf_view(&payload));
	urne_buf_put_hex(out, hash.b, sizeof(hash.b));
	urne_buf_puts(out, "\ndefinition ");
	if (defined) {
		urne_sha256_of(&hash, urne_buf_view(&c->definition));
		urne_buf_put_hex(out, hash.b, sizeof(hash.b));
	} else {
		urne_buf_putc(out, '-');
	}
	/* the hours are those of vote_text.c */
	urne_buf_printf(out, "\ntrustees %d\nopens %s\ncloses %s\nkind test\n", CASE_TRUSTEES,
	    defined ? "2027-03-01T07:00:00Z" : "-", defined ? "2027-03-04T19:00:00Z" : "-");
	urne_buf_put(out, "", 1);
	assert_ok(urne_buf_error(out));
	urne_buf_clear(&payload);
}

void
board_seal(struct board_case *c, const struct board_folder *f, struct urne_board *b)
{
	struct urne_buf args;

	board_draft_setup(c, f);
	board_seal_args(&args, c);
	assert_int_equal(
	    board_ordered(b, f, "seal", CASE_UUID, args.data, CLAIRE | AMEL | BRUNO), 0);
	urne_buf_clear(&args);
}

void
board_seal_and_open(struct board_case *c, const struct board_folder *f, struct urne_board *b)
{
	board_seal(c, f, b);
	assert_int_equal(board_ordered(b, f, "open", CASE_UUID, "", CLAIRE | AMEL | BRUNO), 0);
}
