/* SPDX-License-Identifier: EUPL-1.2 */
/* Checkpoints: read and written as others do, opened with the key of the log or of its service and
 * with no other. Vectors: tests/vectors/tlog/ and tests/vectors/notes/, which say where they come
 * from. */
#include "tests/unit/support/tlog_vectors.h"

#include <string.h>

#include "bulletin/log/checkpoint.h"
#include "crypto/secret/signer.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))
#define ROOT_8 "x9a1H0PAGDUYBmOfx5Ju3LOTUCJaKmX5eOR6jzK5f3U="
#define ROOT_0 "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static enum urne_err
open_with(struct urne_checkpoint *c, struct urne_diag *d, struct urne_view note,
    const struct urne_note_key *key)
{
	struct urne_arena arena;
	enum urne_err e;

	urne_arena_init(&arena, 1 << 20);
	e = urne_checkpoint_open(c, &arena, d, note, key);
	urne_arena_clear(&arena);
	return e;
}

static void
every_checkpoint_of_the_vectors_opens_and_is_written_again(void **state)
{
	struct urne_note_key log, service, other, host;
	struct vectors v;
	uint64_t size = 0;

	vectors_open(&v, TLOG_VECTORS);
	vector_key(&log, &v, TLOG_ORIGIN);
	vector_key(&service, &v, TLOG_SERVICE);
	vector_key(&other, &v, TLOG_SERVICE "/another");
	vector_key(&host, &v, "vote.example.org");
	for (const struct urne_json *x = vector_get(v.root, "checkpoints")->child; x != NULL;
	     x = x->next, size++) {
		struct urne_view body = vector_text(x, "body");
		struct urne_checkpoint c;
		struct urne_diag d = {{0}};
		struct urne_buf out;

		assert_ok(open_with(&c, &d, vector_text(x, "signed"), &log));
		assert_int_equal(c.size, size);
		assert_true(urne_view_is(c.origin, TLOG_ORIGIN));
		urne_buf_init(&out, 1 << 12);
		urne_checkpoint_write(&out, &c);
		assert_true(urne_view_eq(urne_buf_view(&out), body));
		urne_buf_clear(&out);
		/* lines of witnesses are of no concern to a log key */
		assert_ok(open_with(&c, &d, vector_text(x, "cosigned"), &log));
		assert_ok(open_with(&c, &d, vector_text(x, "cosigned"), &service));
		assert_int_equal(c.size, size);
		assert_err(open_with(&c, &d, vector_text(x, "signed"), &other), URNE_ERR_MISMATCH);
		assert_non_null(strstr(d.text, "take the key of that log"));
		assert_err(open_with(&c, &d, vector_text(x, "signed"), &host), URNE_ERR_MISMATCH);
		assert_int_equal(c.origin.len, 0);
	}
	assert_int_equal(size, 9);
	vectors_close(&v);
}

static void
a_checkpoint_of_another_key_is_refused(void **state)
{
	static const uint8_t seed[32] = {7};
	struct urne_note_key key;
	struct urne_signer other;
	struct urne_rng rng;
	struct urne_checkpoint c = {.origin = VIEW(TLOG_ORIGIN), .size = 8};
	struct urne_diag d = {{0}};
	struct urne_buf note, text;
	struct vectors v;

	vectors_open(&v, TLOG_VECTORS);
	vector_key(&key, &v, TLOG_SERVICE);
	urne_rng_init_fixed(&rng, seed);
	assert_ok(urne_signer_new(&other, &d, VIEW(TLOG_ORIGIN), &rng));
	urne_buf_init(&text, 1 << 12);
	urne_buf_init(&note, 1 << 12);
	urne_checkpoint_write(&text, &c);
	urne_buf_put_view(&note, urne_buf_view(&text));
	urne_buf_putc(&note, '\n');
	assert_ok(urne_signer_sign(&note, &other, urne_buf_view(&text)));
	assert_err(open_with(&c, &d, urne_buf_view(&note), &key), URNE_ERR_UNKNOWN);
	assert_ok(open_with(&c, &d, urne_buf_view(&note), &other.key));
	urne_buf_clear(&text);
	urne_buf_clear(&note);
	urne_signer_clear(&other);
	vectors_close(&v);
}

static void
every_note_that_is_no_signed_checkpoint_is_refused(void **state)
{
	struct vectors v;
	size_t num = 0;

	vectors_open(&v, NOTE_VECTORS);
	for (const struct urne_json *x = vector_get(v.root, "notes")->child; x != NULL;
	     x = x->next) {
		struct urne_note_key key;
		struct urne_checkpoint c;
		struct urne_diag d = {{0}};
		enum urne_err e;

		assert_ok(urne_note_key_read(&key, &d, vector_text(x, "key")));
		if (!urne_view_is(key.name, TLOG_ORIGIN)) {
			continue;
		}
		e = open_with(&c, &d, vector_text(x, "note"), &key);
		if ((e == URNE_OK) != vector_get(x, "accept")->boolean || urne_err_is_ours(e)) {
			fail_msg("%.*s: %s", (int)vector_text(x, "why").len,
			    vector_text(x, "why").p, d.text);
		}
		num++;
	}
	assert_int_equal(num, 18);
	vectors_close(&v);
}

/* Bodies that are signed by the right key and still no checkpoints of ours. Where C2SP leaves the
 * choice ("policy"), this is ours. */
static void
every_signed_body_is_judged_as_strictly_as_we_say(void **state)
{
	static const struct {
		const char *why;
		enum urne_err want;
		const char *says;
	} verdicts[] = {
	    {"ok", URNE_OK, ""},
	    {"leading zero", URNE_ERR_SYNTAX, "without sign and leading zeros"},
	    {"plus sign", URNE_ERR_SYNTAX, "without sign and leading zeros"},
	    {"negative", URNE_ERR_SYNTAX, "without sign and leading zeros"},
	    {"space after size", URNE_ERR_SYNTAX, "line 2 of the checkpoint"},
	    {"two lines only", URNE_ERR_SYNTAX, "three lines"},
	    {"31-byte root", URNE_ERR_SYNTAX, "line 3 of the checkpoint"},
	    {"url-safe base64 root", URNE_ERR_SYNTAX, "line 3 of the checkpoint"},
	    {"non-canonical base64 root", URNE_ERR_SYNTAX, "line 3 of the checkpoint"},
	    {"size 2^63", URNE_ERR_RANGE, "no log has that many entries"},
	    {"size 0 with a root that is not SHA-256('')", URNE_ERR_MISMATCH, "an empty log"},
	    {"extension line", URNE_ERR_SYNTAX, "and no other"},
	    {"other origin signed under our key name", URNE_ERR_MISMATCH, "the log is "},
	};
	struct urne_note_key key;
	struct vectors v;
	size_t num = 0;

	vectors_open(&v, TLOG_VECTORS);
	vector_key(&key, &v, TLOG_ORIGIN);
	for (const struct urne_json *x = vector_get(v.root, "checkpoint_notes")->child; x != NULL;
	     x = x->next, num++) {
		struct urne_checkpoint c;
		struct refusal want = {"", URNE_OK, ""};
		struct urne_diag d = {{0}};

		assert_true(num < NUM(verdicts));
		want.want = verdicts[num].want;
		want.says = verdicts[num].says;
		assert_true(urne_view_starts(vector_text(x, "why"), verdicts[num].why));
		assert_refusal(&want, num, open_with(&c, &d, vector_text(x, "note"), &key), &d);
	}
	assert_int_equal(num, NUM(verdicts));
	vectors_close(&v);
}

/* Threat A10: two roots of one size, both signed. Each opens; side by side they convict the log. */
static void
two_checkpoints_of_one_size_open_and_convict_the_log(void **state)
{
	const struct urne_json *pair;
	struct urne_checkpoint a, b;
	struct urne_note_key key;
	struct urne_diag d = {{0}};
	struct vectors v;

	vectors_open(&v, TLOG_VECTORS);
	vector_key(&key, &v, TLOG_SERVICE);
	pair = vector_get(vector_get(v.root, "equivocation"), "same_size")->child;
	assert_ok(urne_checkpoint_open(&a, &v.arena, &d, pair->text, &key));
	assert_ok(urne_checkpoint_open(&b, &v.arena, &d, pair->next->text, &key));
	assert_true(urne_view_eq(a.origin, b.origin));
	assert_int_equal(a.size, b.size);
	assert_false(urne_hash_eq(&a.root, &b.root));
	vectors_close(&v);
}

static void
every_fault_of_the_three_lines_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {"a/b\n8\n" ROOT_8 "\n", URNE_OK, ""},
	    {"a/b\n0\n" ROOT_0 "\n", URNE_OK, ""},
	    {"a/b\n9223372036854775807\n" ROOT_8 "\n", URNE_OK, ""},
	    {"a/b\n9223372036854775808\n" ROOT_8 "\n", URNE_ERR_RANGE, "that many entries"},
	    {"a/b\n99999999999999999999999\n" ROOT_8 "\n", URNE_ERR_RANGE, "that many entries"},
	    {"", URNE_ERR_SYNTAX, "three lines"},
	    {"a/b\n8\n" ROOT_8, URNE_ERR_SYNTAX, "three lines"},
	    {"a/b\n8\n" ROOT_8 "\n\n", URNE_ERR_SYNTAX, "no other"},
	    {"\n8\n" ROOT_8 "\n", URNE_ERR_RANGE, "line 1 of the checkpoint, its origin: "},
	    {"a b\n8\n" ROOT_8 "\n", URNE_ERR_SYNTAX, "line 1 of the checkpoint, its origin: "},
	    {"a+b\n8\n" ROOT_8 "\n", URNE_ERR_SYNTAX, "a plus sign"},
	    {"a/b\n\n" ROOT_8 "\n", URNE_ERR_SYNTAX, "line 2 of the checkpoint"},
	    {"a/b\n0x8\n" ROOT_8 "\n", URNE_ERR_SYNTAX, "line 2 of the checkpoint"},
	    {"a/b\n8\n\n", URNE_ERR_SYNTAX, "line 3 of the checkpoint"},
	    {"a/b\n8\n" ROOT_8 " \n", URNE_ERR_SYNTAX, "line 3 of the checkpoint"},
	    {"a/b\n8\n" ROOT_8 "AAAA\n", URNE_ERR_SYNTAX, "line 3 of the checkpoint"},
	    {"a/b\n0\n" ROOT_8 "\n", URNE_ERR_MISMATCH, "size 0 and a root"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_checkpoint c = {.size = 7};
		struct urne_diag d = {{0}};
		enum urne_err e = urne_checkpoint_read(&c, &d, urne_view_of(cases[i].text));

		assert_refusal(&cases[i], i, e, &d);
		assert_true(e == URNE_OK || (c.origin.len == 0 && c.size == 0));
	}
}

static void
a_key_is_of_its_own_log_or_of_the_logs_of_its_service(void **state)
{
	static const struct {
		const char *key, *origin;
		bool good;
	} cases[] = {
	    {"h/bb/u", "h/bb/u", true},
	    {"h/bb", "h/bb/u", true},
	    {"h:8080/bb", "h:8080/bb/u", true},
	    {"h/votes/bb", "h/votes/bb/u", true},
	    {"h/bb", "h/bb", true},
	    {"h/bb", "h/bb/", false},
	    {"h/bb", "h/bb/u/v", false},
	    {"h/bb", "h/bbu", false},
	    {"h/bb", "h/bb.u", false},
	    {"h/bb", "g/bb/u", false},
	    {"h/bb", "h/b", false},
	    {"h/bb", "h/bb/u v", false},
	    {"h/bb", "h/bb/u+v", false},
	    {"h", "h/u", false},
	    {"h", "h/bb/u", false},
	    {"h/bb/u", "h/bb/u/v", false},
	    {"h/bb/u", "h/bb", false},
	    {"h/bbb", "h/bbb/u", false},
	    {"/bb", "/bb/u", false},
	};
	struct vectors v;

	vectors_open(&v, TLOG_VECTORS);
	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_note_key key, out;
		struct urne_view origin = urne_view_of(cases[i].origin);
		struct urne_diag d = {{0}};
		enum urne_err e;

		vector_key(&key, &v, cases[i].key);
		e = urne_log_key_of(&out, &d, &key, origin);
		if (e != (cases[i].good ? URNE_OK : URNE_ERR_MISMATCH)) {
			fail_msg("case %zu: %s", i, d.text);
		}
		if (e == URNE_OK) {
			assert_true(urne_view_eq(out.name, origin));
			assert_memory_equal(out.key, key.key, sizeof(key.key));
			assert_int_equal(out.id, urne_note_key_id(origin, key.key));
		} else {
			assert_int_equal(out.name.len, 0);
			assert_int_equal(out.id, 0);
		}
	}
	vectors_close(&v);
}

static void
an_origin_is_the_service_and_the_election(void **state)
{
	struct urne_buf out;

	urne_buf_init(&out, 100);
	urne_origin_write(&out, VIEW(TLOG_SERVICE), VIEW(TLOG_UUID));
	assert_true(urne_view_is(urne_buf_view(&out), TLOG_ORIGIN));
	urne_buf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_checkpoint_of_the_vectors_opens_and_is_written_again),
	    cmocka_unit_test(a_checkpoint_of_another_key_is_refused),
	    cmocka_unit_test(every_note_that_is_no_signed_checkpoint_is_refused),
	    cmocka_unit_test(every_signed_body_is_judged_as_strictly_as_we_say),
	    cmocka_unit_test(two_checkpoints_of_one_size_open_and_convict_the_log),
	    cmocka_unit_test(every_fault_of_the_three_lines_is_named),
	    cmocka_unit_test(a_key_is_of_its_own_log_or_of_the_logs_of_its_service),
	    cmocka_unit_test(an_origin_is_the_service_and_the_election),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
