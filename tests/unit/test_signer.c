/* SPDX-License-Identifier: EUPL-1.2 */
/* Keys that sign notes: they sign what others would sign with them, are read as they were written,
 * and leave nothing behind. Vectors: tests/vectors/notes/notes.json, which says where they come
 * from. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "crypto/secret/signer.h"

#define PREFIX "URNE-SIGNER-KEY+"

static void
make_signer(struct urne_signer *s, const char *name, uint8_t first)
{
	uint8_t seed[32] = {first};
	struct urne_rng rng;
	struct urne_diag d = {{0}};

	urne_rng_init_fixed(&rng, seed);
	assert_ok(urne_signer_new(s, &d, urne_view_of(name), &rng));
}

static void
assert_is_zero(const struct urne_signer *s)
{
	static const struct urne_signer zero;

	assert_memory_equal(s, &zero, sizeof(zero));
}

/* Seeds, texts and notes that somebody else computed: Ed25519 has one signature for each. */
static void
every_note_of_the_vectors_is_signed_byte_for_byte(void **state)
{
	const struct urne_json *root = NULL, *key, *n;
	struct urne_signer s = {0};
	struct urne_arena arena;
	struct urne_buf file, out;
	struct urne_diag d = {{0}};
	size_t num = 0;

	urne_arena_init(&arena, 1 << 20);
	urne_buf_init(&file, 1 << 20);
	urne_buf_init(&out, 1 << 12);
	assert_ok(urne_file_read(&file, &d, "tests/vectors/notes/notes.json"));
	assert_ok(urne_json_parse(&root, &arena, &d, urne_buf_view(&file)));
	key = urne_json_get(root, "key");
	/* the text of a signer key, put together from the vector */
	make_signer(&s, "x", 1);
	assert_ok(urne_hex_decode(s.seed, sizeof(s.seed), urne_json_get(key, "seed")->text));
	s.key.name = urne_json_get(key, "name")->text;
	s.key.id = 0xf2700923;
	urne_signer_write(&out, &s);
	assert_ok(urne_signer_read(&s, &d, urne_buf_view(&out)));
	urne_buf_reset(&out);
	urne_note_key_write(&out, &s.key);
	assert_true(urne_view_eq(urne_buf_view(&out), urne_json_get(key, "verifier")->text));
	for (n = urne_json_get(root, "signed")->child; n != NULL; n = n->next, num++) {
		struct urne_view text = urne_json_get(n, "text")->text;

		urne_buf_reset(&out);
		urne_buf_put_view(&out, text);
		urne_buf_putc(&out, '\n');
		assert_ok(urne_signer_sign(&out, &s, text));
		assert_true(urne_view_eq(urne_buf_view(&out), urne_json_get(n, "note")->text));
	}
	assert_int_equal(num, 9);
	urne_signer_clear(&s);
	urne_buf_clear(&out);
	urne_buf_clear(&file);
	urne_arena_clear(&arena);
}

static void
what_a_signer_signs_verifies_with_its_key_and_no_other(void **state)
{
	struct urne_signer a, b;
	struct urne_arena arena;
	struct urne_buf note;
	struct urne_note n;
	struct urne_diag d = {{0}};

	make_signer(&a, "claire", 1);
	make_signer(&b, "claire", 2);
	urne_arena_init(&arena, 1 << 20);
	urne_buf_init(&note, 1 << 12);
	urne_buf_puts(&note, "text\n\n");
	assert_ok(urne_signer_sign(&note, &a, VIEW("text\n")));
	assert_ok(urne_note_read(&n, &arena, &d, urne_buf_view(&note)));
	assert_ok(urne_note_verify(&d, &n, &a.key));
	assert_err(urne_note_verify(&d, &n, &b.key), URNE_ERR_UNKNOWN);
	b.key.id = a.key.id;
	assert_err(urne_note_verify(&d, &n, &b.key), URNE_ERR_PROOF);
	urne_buf_clear(&note);
	urne_arena_clear(&arena);
	urne_signer_clear(&a);
	urne_signer_clear(&b);
}

static void
another_text_has_another_signature(void **state)
{
	struct urne_signer s;
	struct urne_buf a, b;

	make_signer(&s, "claire", 1);
	urne_buf_init(&a, 1 << 12);
	urne_buf_init(&b, 1 << 12);
	assert_ok(urne_signer_sign(&a, &s, VIEW("text\n")));
	assert_ok(urne_signer_sign(&b, &s, VIEW("text\n")));
	assert_true(urne_view_eq(urne_buf_view(&a), urne_buf_view(&b)));
	urne_buf_reset(&b);
	assert_ok(urne_signer_sign(&b, &s, VIEW("Text\n")));
	assert_false(urne_view_eq(urne_buf_view(&a), urne_buf_view(&b)));
	urne_buf_clear(&a);
	urne_buf_clear(&b);
	urne_signer_clear(&s);
}

static void
a_text_that_is_no_note_is_not_signed(void **state)
{
	struct urne_signer s;
	struct urne_buf out;

	make_signer(&s, "claire", 1);
	urne_buf_init(&out, 1 << 12);
	assert_err(urne_signer_sign(&out, &s, VIEW("")), URNE_ERR_SYNTAX);
	assert_err(urne_signer_sign(&out, &s, VIEW("text")), URNE_ERR_SYNTAX);
	assert_int_equal(out.len, 0);
	urne_buf_clear(&out);
	urne_signer_clear(&s);
}

static void
a_signer_key_is_read_as_it_was_written(void **state)
{
	struct urne_signer s, back;
	struct urne_diag d = {{0}};
	struct urne_buf text, again;

	make_signer(&s, "élection.example/claire", 1);
	urne_buf_init_secret(&text, 1 << 12);
	urne_buf_init_secret(&again, 1 << 12);
	urne_signer_write(&text, &s);
	assert_true(urne_view_starts(urne_buf_view(&text), PREFIX "élection.example/claire+"));
	assert_ok(urne_signer_read(&back, &d, urne_buf_view(&text)));
	assert_memory_equal(back.seed, s.seed, sizeof(s.seed));
	assert_memory_equal(back.key.key, s.key.key, sizeof(s.key.key));
	assert_int_equal(back.key.id, s.key.id);
	assert_ptr_equal(back.key.name.p, back.name);
	urne_signer_write(&again, &back);
	assert_true(urne_view_eq(urne_buf_view(&text), urne_buf_view(&again)));
	urne_buf_clear(&text);
	urne_buf_clear(&again);
	urne_signer_clear(&s);
	urne_signer_clear(&back);
}

/* A damaged character of the seed, name or hash makes another key, which the hash shows. */
static void
every_altered_character_of_a_signer_key_is_noticed(void **state)
{
	struct urne_signer s, back;
	struct urne_buf text;

	make_signer(&s, "claire", 1);
	urne_buf_init_secret(&text, 1 << 12);
	urne_signer_write(&text, &s);
	for (size_t i = 0; i < text.len; i++) {
		struct urne_diag d = {{0}};
		char old = text.data[i];

		text.data[i] = old == 'b' ? 'c' : 'b';
		assert_true(urne_signer_read(&back, &d, urne_buf_view(&text)) != URNE_OK);
		assert_is_zero(&back);
		text.data[i] = old;
	}
	for (size_t len = 0; len < text.len; len++) {
		struct urne_diag d = {{0}};

		assert_true(
		    urne_signer_read(&back, &d, (struct urne_view){text.data, len}) != URNE_OK);
		assert_is_zero(&back);
		assert_null(strstr(d.text, "claire"));
	}
	urne_buf_clear(&text);
	urne_signer_clear(&s);
}

static void
a_verifier_key_is_no_signer_key(void **state)
{
	struct urne_signer s, back;
	struct urne_diag d = {{0}};
	struct urne_buf text;

	make_signer(&s, "claire", 1);
	urne_buf_init(&text, 1 << 12);
	urne_note_key_write(&text, &s.key);
	assert_err(urne_signer_read(&back, &d, urne_buf_view(&text)), URNE_ERR_SYNTAX);
	assert_non_null(strstr(d.text, PREFIX));
	urne_buf_clear(&text);
	urne_signer_clear(&s);
}

static void
a_signer_with_a_bad_name_is_not_made(void **state)
{
	struct urne_signer s;
	struct urne_rng rng;
	struct urne_diag d = {{0}};

	test_rng_init(&rng);
	assert_err(urne_signer_new(&s, &d, VIEW("claire fontaine"), &rng), URNE_ERR_SYNTAX);
	assert_is_zero(&s);
	assert_err(urne_signer_new(&s, &d, VIEW(""), &rng), URNE_ERR_RANGE);
	assert_is_zero(&s);
}

static void
a_cleared_signer_is_zero(void **state)
{
	struct urne_signer s;

	make_signer(&s, "claire", 1);
	urne_signer_clear(&s);
	assert_is_zero(&s);
	urne_signer_clear(&s);
	assert_is_zero(&s);
}

/* The log key signs each log under that log's name: another id, the same key. */
static void
a_renamed_signer_signs_with_the_same_seed_under_its_new_name(void **state)
{
	struct urne_signer s, log;
	struct urne_diag d = {{0}};
	struct urne_arena arena;
	struct urne_buf note;
	struct urne_note n;

	make_signer(&s, "example.org/bb", 1);
	assert_ok(urne_signer_rename(&log, &d, &s, VIEW("example.org/bb/8GpLcyFqQvDrUn")));
	assert_true(urne_view_is(log.key.name, "example.org/bb/8GpLcyFqQvDrUn"));
	assert_ptr_equal(log.key.name.p, log.name);
	assert_memory_equal(log.key.key, s.key.key, sizeof(s.key.key));
	assert_memory_equal(log.seed, s.seed, sizeof(s.seed));
	assert_int_equal(log.key.id, urne_note_key_id(log.key.name, log.key.key));
	assert_true(log.key.id != s.key.id);
	urne_arena_init(&arena, 1 << 20);
	urne_buf_init(&note, 1 << 12);
	urne_buf_puts(&note, "text\n\n");
	assert_ok(urne_signer_sign(&note, &log, VIEW("text\n")));
	assert_ok(urne_note_read(&n, &arena, &d, urne_buf_view(&note)));
	assert_ok(urne_note_verify(&d, &n, &log.key));
	assert_err(urne_note_verify(&d, &n, &s.key), URNE_ERR_UNKNOWN);
	assert_err(urne_signer_rename(&log, &d, &s, VIEW("two words")), URNE_ERR_SYNTAX);
	assert_is_zero(&log);
	urne_buf_clear(&note);
	urne_arena_clear(&arena);
	urne_signer_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_note_of_the_vectors_is_signed_byte_for_byte),
	    cmocka_unit_test(what_a_signer_signs_verifies_with_its_key_and_no_other),
	    cmocka_unit_test(another_text_has_another_signature),
	    cmocka_unit_test(a_text_that_is_no_note_is_not_signed),
	    cmocka_unit_test(a_signer_key_is_read_as_it_was_written),
	    cmocka_unit_test(every_altered_character_of_a_signer_key_is_noticed),
	    cmocka_unit_test(a_verifier_key_is_no_signer_key),
	    cmocka_unit_test(a_signer_with_a_bad_name_is_not_made),
	    cmocka_unit_test(a_cleared_signer_is_zero),
	    cmocka_unit_test(a_renamed_signer_signs_with_the_same_seed_under_its_new_name),
	};

	return cmocka_run_group_tests_name("signer", tests, NULL, NULL);
}
