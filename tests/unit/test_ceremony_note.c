/* SPDX-License-Identifier: EUPL-1.2 */
/* What a trustee signs for a file of the ceremony: it serves for one place, under one key. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "bulletin/log/ceremony_note.h"
#include "crypto/secret/signer.h"

#define NUM(a)	(sizeof(a) / sizeof((a)[0]))
#define HEX	"a48bdb40d921d7d90d9e9b633bd46b014d318a400d2099eb53131cabe04fb353"
#define JOURNAL "vote.example.org/bb/journal"
#define UUID	"8GpLcyFqQvDrUn"
#define NOTE(journal, uuid, round, trustee, hash)                                                  \
	"urne-ceremony/1\n" journal "\n" uuid "\n" round "\n" trustee "\n" hash "\n"

static void
every_fault_of_a_note_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {NOTE(JOURNAL, UUID, "2", "3", HEX), URNE_OK, ""},
	    {NOTE(JOURNAL, UUID, "1", "1", HEX), URNE_OK, ""},
	    {NOTE(JOURNAL, UUID, "4", "32", HEX), URNE_OK, ""},
	    {"", URNE_ERR_SYNTAX, "begins with the line urne-ceremony/1"},
	    {"urne-ceremony/2\n", URNE_ERR_SYNTAX, "begins with the line urne-ceremony/1"},
	    {"urne-ceremony/1\n" JOURNAL "\n", URNE_ERR_SYNTAX, "line 3"},
	    {NOTE("a journal", UUID, "2", "3", HEX), URNE_ERR_SYNTAX, "line 2"},
	    {NOTE(JOURNAL, "8GpL", "2", "3", HEX), URNE_ERR_SYNTAX, "line 3"},
	    {NOTE(JOURNAL, UUID, "0", "3", HEX), URNE_ERR_SYNTAX, "line 4"},
	    {NOTE(JOURNAL, UUID, "5", "3", HEX), URNE_ERR_SYNTAX, "line 4"},
	    {NOTE(JOURNAL, UUID, "02", "3", HEX), URNE_ERR_SYNTAX, "line 4"},
	    {NOTE(JOURNAL, UUID, "2", "0", HEX), URNE_ERR_SYNTAX, "line 5"},
	    {NOTE(JOURNAL, UUID, "2", "33", HEX), URNE_ERR_SYNTAX, "line 5"},
	    {NOTE(JOURNAL, UUID, "2", "3", HEX "0"), URNE_ERR_SYNTAX, "line 6"},
	    {NOTE(JOURNAL, UUID, "2", "3", "A" HEX), URNE_ERR_SYNTAX, "line 6"},
	    {NOTE(JOURNAL, UUID, "2", "3", HEX) "\n", URNE_ERR_SYNTAX, "more than its six lines"},
	};

	(void)state;
	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_view text = urne_view_of(cases[i].text);
		struct urne_ceremony_note n;
		struct urne_diag d = {{0}};
		struct urne_buf again;
		enum urne_err e = urne_ceremony_note_read(&n, &d, text);

		assert_refusal(&cases[i], i, e, &d);
		urne_buf_init(&again, 1 << 12);
		if (e == URNE_OK) {
			urne_ceremony_note_write(&again, &n);
			assert_true(urne_view_eq(urne_buf_view(&again), text));
		} else {
			assert_int_equal(n.origin.len + n.round + n.trustee, 0);
		}
		urne_buf_clear(&again);
	}
}

/* Trustee 3, and somebody who calls himself the same. */
struct keys {
	struct urne_signer trustee, other;
};

static void
make_keys(struct keys *k)
{
	struct urne_diag d = {{0}};
	struct urne_rng rng;

	test_rng_init(&rng);
	assert_ok(urne_signer_new(&k->trustee, &d, VIEW("Chantal"), &rng));
	assert_ok(urne_signer_new(&k->other, &d, VIEW("Chantal"), &rng));
}

static void
sign(struct urne_buf *out, const char *text, const struct urne_signer *const *signers, size_t num)
{
	urne_buf_init(out, URNE_NOTE_MAX);
	urne_buf_puts(out, text);
	urne_buf_putc(out, '\n');
	for (size_t i = 0; i < num; i++) {
		assert_ok(urne_signer_sign(out, signers[i], urne_view_of(text)));
	}
}

static void
a_note_serves_for_its_place_and_under_its_key_only(void **state)
{
	struct keys k;
	const struct urne_signer *const right[] = {&k.trustee},
					*const both[] = {&k.other, &k.trustee},
					*const twice[] = {&k.trustee, &k.trustee},
					*const wrong[] = {&k.other};
	const struct {
		const char *text;
		const struct urne_signer *const *signers;
		size_t num;
		enum urne_err want;
		const char *says;
	} cases[] = {
	    {NOTE(JOURNAL, UUID, "2", "3", HEX), right, 1, URNE_OK, ""},
	    {NOTE(JOURNAL, UUID, "2", "3", HEX), both, 2, URNE_OK, ""},
	    {NOTE(JOURNAL, UUID, "2", "3", HEX), wrong, 1, URNE_ERR_INCOMPLETE, "did not sign"},
	    {NOTE(JOURNAL, UUID, "2", "3", HEX), twice, 2, URNE_ERR_DUPLICATE, "Chantal"},
	    {NOTE("other.example.org/bb/journal", UUID, "2", "3", HEX), right, 1, URNE_ERR_MISMATCH,
		"is for other.example.org/bb/journal"},
	    {NOTE(JOURNAL, "GnQagTgeJqLsvY", "2", "3", HEX), right, 1, URNE_ERR_MISMATCH,
		"for the election GnQagTgeJqLsvY"},
	    {NOTE(JOURNAL, UUID, "1", "3", HEX), right, 1, URNE_ERR_MISMATCH, "for round 1"},
	    {NOTE(JOURNAL, UUID, "2", "2", HEX), right, 1, URNE_ERR_MISMATCH, "trustee 2, this"},
	};
	const struct urne_ceremony_note want = {VIEW(JOURNAL), VIEW(UUID), 2, 3, {{0}}};

	(void)state;
	make_keys(&k);
	for (size_t i = 0; i < NUM(cases); i++) {
		struct refusal r = {cases[i].text, cases[i].want, cases[i].says};
		struct urne_diag d = {{0}};
		struct urne_arena arena;
		struct urne_hash hash;
		struct urne_buf note;

		urne_arena_init(&arena, 1 << 20);
		sign(&note, cases[i].text, cases[i].signers, cases[i].num);
		assert_refusal(&r, i,
		    urne_ceremony_note_check(
			&hash, &arena, &d, urne_buf_view(&note), &want, &k.trustee.key),
		    &d);
		assert_int_equal(hash.b[0], cases[i].want == URNE_OK ? 0xa4 : 0);
		urne_buf_clear(&note);
		urne_arena_clear(&arena);
	}
}

static void
a_changed_note_does_not_verify(void **state)
{
	const struct urne_ceremony_note want = {VIEW(JOURNAL), VIEW(UUID), 2, 3, {{0}}};
	struct keys k;
	const struct urne_signer *const right[] = {&k.trustee};
	struct urne_diag d = {{0}};
	struct urne_arena arena;
	struct urne_hash hash;
	struct urne_buf note;

	(void)state;
	make_keys(&k);
	urne_arena_init(&arena, 1 << 20);
	sign(&note, NOTE(JOURNAL, UUID, "2", "3", HEX), right, 1);
	*(char *)memmem(note.data, note.len, "a48b", 4) = 'b';
	assert_err(urne_ceremony_note_check(
		       &hash, &arena, &d, urne_buf_view(&note), &want, &k.trustee.key),
	    URNE_ERR_PROOF);
	urne_buf_clear(&note);
	urne_arena_clear(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_fault_of_a_note_is_named),
	    cmocka_unit_test(a_note_serves_for_its_place_and_under_its_key_only),
	    cmocka_unit_test(a_changed_note_does_not_verify),
	};

	return cmocka_run_group_tests_name("ceremony_note", tests, NULL, NULL);
}
