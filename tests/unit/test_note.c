/* SPDX-License-Identifier: EUPL-1.2 */
/* Signed notes: what others signed verifies, what anybody altered does not, and no key has more
 * than one owner. Vectors: tests/vectors/notes/, which say where they come from. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "base/b64.h"
#include "base/file.h"
#include "base/json.h"
#include "crypto/note.h"
#include "crypto/secret/signer.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))
#define NAME   "example.com/foo"
#define KEY    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define TEXT   "This is an example message.\n"
#define LINE                                                                                       \
	"— example.com/foo "                                                                     \
	"Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72Iney" \
	"aQM=\n"
#define NOTE TEXT "\n" LINE

/* A file of vectors, read whole. */
static void
read_file(struct urne_buf *out, const char *path)
{
	struct urne_diag d = {{0}};

	urne_buf_init(out, 1 << 20);
	if (urne_file_read(out, &d, path) != URNE_OK) {
		fail_msg("%s", d.text);
	}
}

/* What a note says to somebody who has the key. */
static enum urne_err
open_note(struct urne_view note, struct urne_view key_text, struct urne_diag *d)
{
	struct urne_note_key key;
	struct urne_note n;
	struct urne_arena arena;
	enum urne_err e;

	assert_ok(urne_note_key_read(&key, d, key_text));
	urne_arena_init(&arena, 1 << 20);
	e = urne_note_read(&n, &arena, d, note);
	if (e == URNE_OK) {
		e = urne_note_verify(d, &n, &key);
	}
	urne_arena_clear(&arena);
	return e;
}

static void
every_note_of_the_vectors_is_judged_as_they_say(void **state)
{
	const struct urne_json *root = NULL, *n;
	struct urne_arena arena;
	struct urne_buf file;
	struct urne_diag d = {{0}};

	read_file(&file, "tests/vectors/notes/notes.json");
	urne_arena_init(&arena, 1 << 20);
	assert_ok(urne_json_parse(&root, &arena, &d, urne_buf_view(&file)));
	n = urne_json_get(root, "notes");
	assert_true(n->num_children >= 19);
	for (n = n->child; n != NULL; n = n->next) {
		bool accept = urne_json_get(n, "accept")->boolean;
		enum urne_err e =
		    open_note(urne_json_get(n, "note")->text, urne_json_get(n, "key")->text, &d);

		if (accept != (e == URNE_OK) || urne_err_is_ours(e)) {
			fail_msg("%.*s: %s: %s", (int)urne_json_get(n, "why")->text.len,
			    urne_json_get(n, "why")->text.p, urne_err_name(e), d.text);
		}
	}
	urne_arena_clear(&arena);
	urne_buf_clear(&file);
}

static void
every_fault_of_a_note_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {NOTE, URNE_OK, ""},
	    {TEXT "\n— other 8nAJI/8=\n" LINE, URNE_OK, ""},
	    {"", URNE_ERR_SYNTAX, "ends with a newline"},
	    {"\n", URNE_ERR_SYNTAX, "an empty line between"},
	    {TEXT, URNE_ERR_SYNTAX, "an empty line between"},
	    {TEXT LINE, URNE_ERR_SYNTAX, "an empty line between"},
	    {TEXT "\n", URNE_ERR_SYNTAX, "no signature line"},
	    {TEXT "\n— example.com/foo Uw2QOkk=", URNE_ERR_SYNTAX, "ends with a newline"},
	    {TEXT "\r\n\n" LINE, URNE_ERR_SYNTAX, "line 2 of a note has a control character"},
	    {"\x1b[2J" NOTE, URNE_ERR_SYNTAX, "line 1 of a note has a control character"},
	    {"\xc3" NOTE, URNE_ERR_SYNTAX, "line 1 of a note is not valid UTF-8"},
	    {TEXT "\n- example.com/foo Uw2QOkk=\n", URNE_ERR_SYNTAX, "line 1: a signature line b"},
	    {TEXT "\n—example.com/foo Uw2QOkk=\n", URNE_ERR_SYNTAX, "em dash and one space"},
	    {TEXT "\n— example.com/foo\n", URNE_ERR_SYNTAX, "between its name and its signature"},
	    {TEXT "\n—  Uw2QOkk=\n", URNE_ERR_RANGE, "the name of a key has 0 bytes"},
	    {TEXT "\n— a+b Uw2QOkk=\n", URNE_ERR_SYNTAX, "a plus sign"},
	    {TEXT "\n— example.com/foo  Uw2QOkk=\n", URNE_ERR_SYNTAX, "in Base64"},
	    {TEXT "\n— example.com/foo Uw2QOkk= \n", URNE_ERR_SYNTAX, "in Base64"},
	    {TEXT "\n— example.com/foo Uw2QOkk\n", URNE_ERR_SYNTAX, "in Base64"},
	    {TEXT "\n— example.com/foo Uw2QOkl=\n", URNE_ERR_SYNTAX, "in Base64"},
	    {TEXT "\n— example.com/foo Uw2QOg==\n", URNE_ERR_SYNTAX, "in Base64"},
	    {NOTE "more\n", URNE_ERR_SYNTAX, "signature line 2: "},
	    {TEXT "\n— other Uw2QOkk=\n", URNE_ERR_UNKNOWN, "no signature of " NAME},
	    {TEXT "\n— example.com/foo Uw2QO0k=\n", URNE_ERR_UNKNOWN, "no signature of"},
	    {TEXT "\n— example.com/foo Uw2QOkk=\n", URNE_ERR_PROOF, "does not verify"},
	    {NOTE LINE, URNE_ERR_DUPLICATE, "two signature lines of " NAME},
	    {TEXT "\n— example.com/foo Uw2QOkk=\n" LINE, URNE_ERR_DUPLICATE, "two signature lines"},
	    {"this is an example message.\n\n" LINE, URNE_ERR_PROOF, "does not verify"},
	    {"This is an example message\n\n" LINE, URNE_ERR_PROOF, "does not verify"},
	    {"\n" NOTE, URNE_ERR_PROOF, "does not verify"},
	    {TEXT "\n" NOTE, URNE_ERR_PROOF, "does not verify"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_diag d = {{0}};
		enum urne_err e = open_note(urne_view_of(cases[i].text), VIEW(KEY), &d);

		assert_refusal(&cases[i], i, e, &d);
	}
}

static void
a_note_is_read_up_to_its_limits_and_not_beyond(void **state)
{
	for (size_t num = 30; num < 34; num++) {
		struct urne_buf note;
		struct urne_diag d = {{0}};

		urne_buf_init(&note, 1 << 20);
		urne_buf_puts(&note, NOTE);
		for (size_t i = 1; i < num; i++) {
			urne_buf_puts(&note, "— other 8nAJI/8=\n");
		}
		assert_err(open_note(urne_buf_view(&note), VIEW(KEY), &d),
		    num <= URNE_NOTE_MAX_LINES ? URNE_OK : URNE_ERR_LIMIT);
		urne_buf_clear(&note);
	}
	for (size_t len = URNE_NOTE_MAX - 1; len < URNE_NOTE_MAX + 2; len++) {
		struct urne_buf note;
		struct urne_diag d = {{0}};

		urne_buf_init(&note, 1 << 20);
		while (note.len + sizeof("\n" LINE) < len) {
			urne_buf_putc(&note, 'x');
		}
		urne_buf_puts(&note, "\n\n" LINE);
		assert_int_equal(note.len, len);
		assert_err(open_note(urne_buf_view(&note), VIEW(KEY), &d),
		    len <= URNE_NOTE_MAX ? URNE_ERR_PROOF : URNE_ERR_LIMIT);
		urne_buf_clear(&note);
	}
}

/* One bit anywhere in the text, the id or the signature. */
static void
every_flipped_bit_of_a_note_is_noticed(void **state)
{
	uint8_t raw[68];
	size_t len = 0;
	const char *b64 = strchr(LINE, 'U');

	assert_ok(urne_b64_decode(raw, &len, sizeof(raw), (struct urne_view){b64, 92}));
	for (size_t bit = 0; bit < 8 * (sizeof(TEXT) - 2 + sizeof(raw)); bit++) {
		char text[] = TEXT;
		uint8_t line[68];
		size_t byte = bit / 8;
		struct urne_buf note;
		struct urne_diag d = {{0}};

		memcpy(line, raw, sizeof(line));
		if (byte < sizeof(raw)) {
			line[byte] ^= (uint8_t)(1U << bit % 8);
		} else {
			text[byte - sizeof(raw)] ^= (char)(1U << bit % 8);
		}
		urne_buf_init(&note, 1 << 10);
		urne_buf_printf(&note, "%s\n— " NAME " ", text);
		urne_b64_put(&note, line, sizeof(line));
		urne_buf_putc(&note, '\n');
		assert_true(open_note(urne_buf_view(&note), VIEW(KEY), &d) != URNE_OK);
		urne_buf_clear(&note);
	}
}

static void
a_key_is_written_as_it_was_read(void **state)
{
	struct urne_note_key key;
	struct urne_diag d = {{0}};
	struct urne_buf out;

	urne_buf_init(&out, 1 << 10);
	assert_ok(urne_note_key_read(&key, &d, VIEW(KEY)));
	assert_true(urne_view_is(key.name, NAME));
	assert_int_equal(key.id, 0x530d903a);
	urne_note_key_write(&out, &key);
	assert_true(urne_view_is(urne_buf_view(&out), KEY));
	urne_buf_clear(&out);
}

static void
every_fault_of_a_key_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {"", URNE_ERR_SYNTAX, "NAME+HASH+KEY"},
	    {NAME "+530d903a", URNE_ERR_SYNTAX, "NAME+HASH+KEY"},
	    {"+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", URNE_ERR_RANGE, "0 bytes"},
	    {"a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", URNE_ERR_SYNTAX,
		"a space"},
	    {NAME "+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", URNE_ERR_SYNTAX,
		"8 lower-case hex digits"},
	    {NAME "+530d903+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", URNE_ERR_SYNTAX,
		"8 lower-case hex digits"},
	    {NAME "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2", URNE_ERR_SYNTAX,
		"44 characters of Base64"},
	    {NAME "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3Q==", URNE_ERR_SYNTAX,
		"44 characters of Base64"},
	    {KEY "\n", URNE_ERR_SYNTAX, "44 characters of Base64"},
	    {KEY "AAAA", URNE_ERR_SYNTAX, "44 characters of Base64"},
	    {NAME "+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", URNE_ERR_UNSUPPORTED,
		"a key of type 4"},
	    /* the hash covers the name and the key */
	    {NAME "+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", URNE_ERR_MISMATCH,
		"hash"},
	    {"example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
		URNE_ERR_MISMATCH, "hash"},
	    {NAME "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2l", URNE_ERR_MISMATCH,
		"hash"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_note_key key = {.id = 1};
		struct urne_diag d = {{0}};
		enum urne_err e = urne_note_key_read(&key, &d, urne_view_of(cases[i].text));

		assert_refusal(&cases[i], i, e, &d);
		assert_int_equal(key.id, 0);
		assert_int_equal(key.name.len, 0);
	}
}

static void
a_name_holds_no_space_plus_or_control_character(void **state)
{
	static const struct {
		const char *name;
		bool good;
	} cases[] = {{"a", true}, {"Claire-Fontaine", true}, {"élu·e", true}, {"选举", true},
	    {"\xf0\x9f\x97\xb3", true}, {"", false}, {"a b", false}, {"a+b", false}, {"a\n", false},
	    {"\x1b", false}, {"\x7f", false}, {"a\xc2\x85", false}, {"a\xc2\xa0z", false},
	    {"\xe1\x9a\x80", false}, {"\xe2\x80\x83", false}, {"\xe2\x80\xa8", false},
	    {"\xe2\x80\xaf", false}, {"\xe2\x81\x9f", false}, {"\xe3\x80\x80", false},
	    {"\xff", false}, {"\xe2\x80", false}};
	char longest[URNE_NOTE_MAX_NAME + 1];
	struct urne_diag d = {{0}};

	for (size_t i = 0; i < NUM(cases); i++) {
		if ((urne_note_name_check(&d, urne_view_of(cases[i].name)) == URNE_OK) !=
		    cases[i].good) {
			fail_msg("case %zu", i);
		}
	}
	memset(longest, 'x', sizeof(longest));
	assert_ok(urne_note_name_check(&d, (struct urne_view){longest, URNE_NOTE_MAX_NAME}));
	assert_err(
	    urne_note_name_check(&d, (struct urne_view){longest, sizeof(longest)}), URNE_ERR_RANGE);
}

/* Encodings of the eight points of small order, and others of them that are not canonical. */
static const char *const torsion[] = {
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
};

static void
a_key_of_small_order_is_refused(void **state)
{
	for (size_t i = 0; i < NUM(torsion); i++) {
		struct urne_note_key key = {.name = VIEW("x")}, back;
		struct urne_diag d = {{0}};
		struct urne_buf text;

		assert_ok(urne_hex_decode(key.key, sizeof(key.key), urne_view_of(torsion[i])));
		assert_err(urne_ed25519_key_check(key.key), URNE_ERR_GROUP);
		key.id = urne_note_key_id(key.name, key.key);
		urne_buf_init(&text, 1 << 10);
		urne_note_key_write(&text, &key);
		assert_err(urne_note_key_read(&back, &d, urne_buf_view(&text)), URNE_ERR_GROUP);
		urne_buf_clear(&text);
	}
}

static void
a_key_off_the_curve_is_refused(void **state)
{
	uint8_t key[32] = {2}; /* y = 2 is of no point */

	assert_err(urne_ed25519_key_check(key), URNE_ERR_GROUP);
	key[0] = 3;
	assert_ok(urne_ed25519_key_check(key));
}

/* With the neutral element as key, R = neutral and S = 0 would sign everything. */
static void
nobody_signs_everything_with_a_key_of_small_order(void **state)
{
	uint8_t signature[URNE_ED25519_SIG_LEN] = {1}, key[URNE_ED25519_KEY_LEN] = {1};

	assert_err(urne_ed25519_verify(signature, VIEW("anything"), key), URNE_ERR_PROOF);
}

struct rfc8032 {
	uint8_t seed[32], key[32], message[2], signature[64];
	size_t message_len;
};

static void
read_rfc8032(struct rfc8032 out[3])
{
	struct urne_buf file;
	size_t num = 0;
	char *line, *next;

	read_file(&file, "tests/vectors/notes/rfc8032.tsv");
	urne_buf_putc(&file, '\0');
	for (line = file.data; *line != '\0'; line = next + 1) {
		struct urne_view f[4];

		next = strchr(line, '\n');
		if (*line == '#') {
			continue;
		}
		assert_true(num < 3);
		for (size_t i = 0; i < 4; i++) {
			f[i] = (struct urne_view){line, strcspn(line, "\t\n")};
			line += f[i].len + 1;
		}
		out[num].message_len = f[2].len / 2;
		assert_ok(urne_hex_decode(out[num].seed, 32, f[0]));
		assert_ok(urne_hex_decode(out[num].key, 32, f[1]));
		assert_ok(urne_hex_decode(out[num].message, f[2].len / 2, f[2]));
		assert_ok(urne_hex_decode(out[num].signature, 64, f[3]));
		num++;
	}
	assert_int_equal(num, 3);
	urne_buf_clear(&file);
}

static void
the_signatures_of_rfc_8032_verify_and_no_others(void **state)
{
	struct rfc8032 v[3];

	read_rfc8032(v);
	for (size_t i = 0; i < 3; i++) {
		struct urne_view m = {(const char *)v[i].message, v[i].message_len};

		assert_ok(urne_ed25519_verify(v[i].signature, m, v[i].key));
		assert_err(
		    urne_ed25519_verify(v[i].signature, m, v[(i + 1) % 3].key), URNE_ERR_PROOF);
		assert_err(
		    urne_ed25519_verify(v[i].signature, VIEW("x"), v[i].key), URNE_ERR_PROOF);
	}
}

/* S + L signs the same; only the reduced S is a signature. */
static void
a_signature_that_is_not_reduced_is_refused(void **state)
{
	struct rfc8032 v[3];
	uint8_t order[32];

	assert_ok(urne_hex_decode(order, sizeof(order),
	    VIEW("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")));
	read_rfc8032(v);
	for (size_t i = 0; i < 3; i++) {
		struct urne_view m = {(const char *)v[i].message, v[i].message_len};
		unsigned carry = 0;

		for (size_t j = 0; j < 32; j++) {
			carry += (unsigned)v[i].signature[32 + j] + order[j];
			v[i].signature[32 + j] = (uint8_t)(carry & 0xffU);
			carry >>= 8;
		}
		assert_int_equal(carry, 0);
		assert_err(urne_ed25519_verify(v[i].signature, m, v[i].key), URNE_ERR_PROOF);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_note_of_the_vectors_is_judged_as_they_say),
	    cmocka_unit_test(every_fault_of_a_note_is_named),
	    cmocka_unit_test(a_note_is_read_up_to_its_limits_and_not_beyond),
	    cmocka_unit_test(every_flipped_bit_of_a_note_is_noticed),
	    cmocka_unit_test(a_key_is_written_as_it_was_read),
	    cmocka_unit_test(every_fault_of_a_key_is_named),
	    cmocka_unit_test(a_name_holds_no_space_plus_or_control_character),
	    cmocka_unit_test(a_key_of_small_order_is_refused),
	    cmocka_unit_test(a_key_off_the_curve_is_refused),
	    cmocka_unit_test(nobody_signs_everything_with_a_key_of_small_order),
	    cmocka_unit_test(the_signatures_of_rfc_8032_verify_and_no_others),
	    cmocka_unit_test(a_signature_that_is_not_reduced_is_refused),
	};

	return cmocka_run_group_tests_name("note", tests, NULL, NULL);
}
