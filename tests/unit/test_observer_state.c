/* SPDX-License-Identifier: EUPL-1.2 */
/* The state of an observer as a file: one form; each part that is changed is refused for what it
 * is, also when the sum was made to fit. The state is one of the fuzz corpus. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "crypto/sha256.h"
#include "observer/observer.h"
#include "tests/unit/support/check.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))

struct fixture {
	struct urne_buf text; /* without its sum */
};

static void
init(struct fixture *f)
{
	const char *top = getenv("TOP");
	struct urne_buf path;
	struct urne_diag d = {{0}};

	urne_buf_init(&path, (size_t)1 << 12);
	urne_buf_init(&f->text, (size_t)1 << 20);
	assert_ok(
	    urne_path_join(&path, top != NULL ? top : ".", "tests/fuzz/corpus/watch_state/done"));
	assert_ok(urne_file_read(&f->text, &d, path.data));
	urne_buf_clear(&path);
}

static void
put_sum(struct urne_buf *text)
{
	struct urne_hash sum;

	urne_sha256_of(&sum, urne_buf_view(text));
	urne_buf_put_hex(text, sum.b, sizeof(sum.b));
	urne_buf_putc(text, '\n');
}

static enum urne_err
read_text(struct urne_view text, struct urne_diag *d, bool *same)
{
	struct urne_observer o;
	struct urne_buf again;
	enum urne_err e;

	urne_observer_init(&o, NULL);
	urne_buf_init(&again, (size_t)1 << 20);
	e = urne_observer_read(&o, d, text);
	if (e == URNE_OK) {
		urne_observer_write(&again, &o);
	}
	*same = e == URNE_OK && urne_view_eq(urne_buf_view(&again), text);
	urne_buf_clear(&again);
	urne_observer_clear(&o);
	return e;
}

static void
a_state_is_read_as_it_was_written(void **state)
{
	struct urne_diag d = {{0}};
	struct fixture f;
	bool same = false;

	init(&f);
	put_sum(&f.text);
	assert_ok(read_text(urne_buf_view(&f.text), &d, &same));
	assert_true(same);
	urne_buf_clear(&f.text);
}

/* replaced: the first `old` in the text becomes `new`. */
static void
replaced(struct urne_buf *out, const struct urne_buf *text, const char *old, const char *new)
{
	const char *at = memmem(text->data, text->len, old, strlen(old));

	urne_buf_init(out, (size_t)1 << 20);
	if (at == NULL) {
		fail_msg("the state has no %s", old);
		return;
	}
	urne_buf_put(out, text->data, (size_t)(at - text->data));
	urne_buf_puts(out, new);
	urne_buf_put(out, at + strlen(old), text->len - (size_t)(at - text->data) - strlen(old));
}

static void
every_part_that_is_changed_is_refused(void **state)
{
	static const struct {
		const char *old, *new;
		enum urne_err want;
		const char *says;
	} cases[] = {
	    {"urne-watch/2", "urne-watch/1", URNE_ERR_UNSUPPORTED, "by another version"},
	    {"urne-watch/2", "urne-watc/2", URNE_ERR_SYNTAX, "is no state of \"urne watch\""},
	    {"{\"election\":\"e", "{\"election\":\"f", URNE_ERR_MISMATCH,
		"is not the one of its log"},
	    {"{\"election\":\"exU3WWGNwkPr94\"", "{\"election\":\"\"", URNE_ERR_MISMATCH,
		"its parts do not agree"},
	    {"\"key\":\"vote.example.org/bb/exU3WWGNwkPr94+1a51eca7+"
	     "AdU0p2CYdlXyrYCOXHLGcwo+m8v/p8TV/tAtlZBe0/Uz\"",
		"\"key\":\"\"", URNE_ERR_MISMATCH, "no key that signed it"},
	    {",\"key\":\"v", ",\"key\":\"w", URNE_ERR_MISMATCH, ""},
	    {"\"checkpoint\":\"v", "\"checkpoint\":\"w", URNE_ERR_MISMATCH, "its checkpoint: "},
	    {"\"size\":11,", "\"size\":10,", URNE_ERR_SYNTAX, "peaks"},
	    {"\"size\":11,", "\"size\":13,", URNE_ERR_MISMATCH,
		"its 13 entries are not those of its checkpoint"},
	    {"\"peaks\":[\"A", "\"peaks\":[\"B", URNE_ERR_MISMATCH,
		"its 11 entries are not those of its checkpoint"},
	    {"\"events\":[1,6,1,1", "\"events\":[1,7,1,1", URNE_ERR_MISMATCH,
		"its parts do not agree"},
	    {"\"events\":[1,6,1,1", "\"events\":[1,6,0,2", URNE_ERR_MISMATCH,
		"its parts do not agree"},
	    {"\"events\":[1,6,1,1,0,0", "\"events\":[1,6,1,0,1,0", URNE_ERR_MISMATCH,
		"its parts do not agree"},
	    {"\"events\":[1,6,1,1,0,0,1,1]", "\"events\":[1,6,1,1,0,0,0,2]", URNE_ERR_MISMATCH,
		"its parts do not agree"},
	    {"\"events\":[1,6,1,1,0,0,1,1]", "\"events\":[1,6,1,1,0,0,1,0]", URNE_ERR_MISMATCH,
		"its parts do not agree"},
	    {"\"events\":[1,6,1,1,0,0,1,1]", "\"events\":[1,6,0,1,0,0,2,1]", URNE_ERR_MISMATCH,
		"its parts do not agree"},
	    {"\n[[1,\"8df8d47617800fa32df4cb72b1b7099074cda07850416acdb88c15931181d76c\"]]",
		"\n[[1,\"8df8d47617800fa32df4cb72b1b7099074cda07850416acdb88c15931181d76c\"],"
		"[2,\"8df8d47617800fa32df4cb72b1b7099074cda07850416acdb88c15931181d76c\"]]",
		URNE_ERR_MISMATCH, "its parts do not agree"},
	    {"\"events\":[1,6", "\"events\":[1,06", URNE_ERR_SYNTAX, "events"},
	    {"\"timestamp\":", "\"timestamp\":-", URNE_ERR_SYNTAX, "timestamp"},
	    {"\"setup\":{", "\"setup\":{ ", URNE_ERR_SYNTAX, "setup"},
	    {"[[4,\"", "[[99999999,\"", URNE_ERR_RANGE, ""},
	    {"[[4,\"es3avaIurP1kCjQ3Cfj5RUmprnNv08L+RZhKrBqKUfk\"],", "[", URNE_ERR_MISMATCH,
		"its parts do not agree"},
	    {"[[4,\"es3avaIurP1kCjQ3Cfj5RUmprnNv08L+RZhKrBqKUfk\"]",
		"[[4,\"eenVGUVb3BifLdB7O/M5OtU21pzD/Eb/PlgwEfKRfoE\"]", URNE_ERR_DUPLICATE,
		"stands there twice"},
	    {"[[1,\"8df8", "[[1,\"8DF8", URNE_ERR_SYNTAX, ""},
	    {"[[1,\"8df8", "[[257,\"8df8", URNE_ERR_RANGE, ""},
	    {"{\"answered\":", "{\"asked\":", URNE_ERR_SYNTAX, "answered"},
	    {"{\"answered\":1795698649,\"moved\":1795698649}\n", "", URNE_ERR_INCOMPLETE,
		"has too few lines"},
	    {"\"moved\":1795698649}\n", "\"moved\":1795698649}\n\n", URNE_ERR_SYNTAX,
		"has too many lines"},
	};
	struct fixture f;

	init(&f);
	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_diag d = {{0}};
		struct urne_buf text;
		bool same = false;
		enum urne_err e;

		replaced(&text, &f.text, cases[i].old, cases[i].new);
		put_sum(&text);
		e = read_text(urne_buf_view(&text), &d, &same);
		if (e == URNE_OK || (cases[i].says[0] != '\0' && e != cases[i].want) ||
		    strstr(d.text, cases[i].says) == NULL) {
			fail_msg("%s: %s: %s, expected %s: %s", cases[i].new, urne_err_name(e),
			    d.text, urne_err_name(cases[i].want), cases[i].says);
		}
		urne_buf_clear(&text);
	}
	urne_buf_clear(&f.text);
}

/* However it was cut or where a bit flipped, nothing of it is taken. */
static void
a_state_that_was_damaged_is_refused(void **state)
{
	struct urne_diag d = {{0}};
	struct fixture f;
	bool same = false;

	init(&f);
	put_sum(&f.text);
	for (size_t len = 0; len < f.text.len; len += 7) {
		assert_int_not_equal(
		    read_text((struct urne_view){f.text.data, len}, &d, &same), URNE_OK);
	}
	for (size_t i = 0; i < f.text.len; i += 5) {
		f.text.data[i] ^= 1;
		assert_int_not_equal(read_text(urne_buf_view(&f.text), &d, &same), URNE_OK);
		f.text.data[i] ^= 1;
	}
	urne_buf_clear(&f.text);
}

/* What an archive without a log leaves: neither key nor checkpoint, and all else. */
static void
a_state_of_an_archive_alone_is_read_as_it_was_written(void **state)
{
	static const char *const fields[] = {"\"key\":\"", "\"checkpoint\":\""};
	struct urne_diag d = {{0}};
	struct fixture f;
	bool same = false;

	init(&f);
	for (size_t i = 0; i < NUM(fields); i++) {
		char *at = memmem(f.text.data, f.text.len, fields[i], strlen(fields[i]));
		char *value, *end;

		if (at == NULL) {
			fail_msg("the state has no %s", fields[i]);
			return;
		}
		value = at + strlen(fields[i]);
		end = memchr(value, '"', f.text.len - (size_t)(value - f.text.data));
		assert_non_null(end);
		memmove(value, end, f.text.len - (size_t)(end - f.text.data));
		f.text.len -= (size_t)(end - value);
	}
	put_sum(&f.text);
	assert_ok(read_text(urne_buf_view(&f.text), &d, &same));
	assert_true(same);
	urne_buf_clear(&f.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_state_is_read_as_it_was_written),
	    cmocka_unit_test(every_part_that_is_changed_is_refused),
	    cmocka_unit_test(a_state_that_was_damaged_is_refused),
	    cmocka_unit_test(a_state_of_an_archive_alone_is_read_as_it_was_written),
	};

	return cmocka_run_group_tests_name("observer state", tests, NULL, NULL);
}
