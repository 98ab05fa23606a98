/* SPDX-License-Identifier: EUPL-1.2 */
/* Opened ballots: choices and seed make the ballot again, byte for byte, and nothing that a machine
 * could do to it goes unnamed (threats A8, A32). What is revealed makes no signature. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "base/limits.h"
#include "crypto/secret/prove.h"
#include "election/opened.h"
#include "tests/unit/support/ballot_case.h"

/*                                       one      two           three: L1 a b, L2 c */
static const uint64_t chosen[12] = {0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0};

/* A ballot, opened. */
struct opening {
	struct ballot_case f;
	uint64_t m[12];
	struct urne_choices choices;
	struct urne_ballot_seed seed;
	struct urne_elem credential;
	struct urne_buf prepared, file;
	struct urne_hash hash;
	struct urne_opened_difference found[16];
	size_t num_found;
	struct urne_diag d;
};

static void
opening_prepare(struct opening *o)
{
	urne_buf_reset(&o->prepared);
	assert_ok(urne_ballot_prepare(
	    &o->prepared, &o->hash, &o->d, &o->f.e, &o->choices, &o->credential, &o->seed));
}

static void
opening_write(struct opening *o)
{
	urne_buf_reset(&o->file);
	urne_opened_write(&o->file, &o->f.e, urne_buf_view(&o->prepared), &o->choices, &o->seed);
	assert_ok(urne_buf_error(&o->file));
}

static void
opening_init(struct opening *o, const struct urne_group *g)
{
	memset(o, 0, sizeof(*o));
	ballot_case_init(&o->f, g, BALLOT_CASE_QUESTIONS);
	memcpy(o->m, chosen, sizeof(chosen));
	o->choices = (struct urne_choices){o->m, o->f.e.num_choices};
	urne_buf_init(&o->prepared, URNE_MAX_BALLOT);
	urne_buf_init(&o->file, URNE_MAX_BALLOT);
	urne_secret_base(g, &o->credential, &o->f.credential);
	urne_ballot_seed_draw(&o->seed, &o->f.e, &o->choices, &o->f.credential, &o->f.rng);
	opening_prepare(o);
	opening_write(o);
}

static void
opening_clear(struct opening *o)
{
	urne_buf_clear(&o->prepared);
	urne_buf_clear(&o->file);
	ballot_case_clear(&o->f);
}

static void
note(void *ctx, const struct urne_opened_difference *x)
{
	struct opening *o = ctx;

	assert_in_range(o->num_found, 0, 15);
	o->found[o->num_found++] = *x;
}

/* Reads and checks o->file against the election `e`. */
static enum urne_err
opening_check(struct opening *o, const struct urne_election *e)
{
	struct urne_opened opened;
	enum urne_err err =
	    urne_opened_read(&opened, &o->f.arena, &o->d, e, urne_buf_view(&o->file));

	o->num_found = 0;
	return err == URNE_OK ? urne_opened_check(&opened, &o->d, e, note, o) : err;
}

static void
assert_found(const struct opening *o, enum urne_opened_what what, size_t question, size_t choice)
{
	assert_int_equal(o->num_found, 1);
	assert_int_equal(o->found[0].what, what);
	assert_int_equal(o->found[0].question, question);
	assert_int_equal(o->found[0].choice, choice);
}

static void
an_honest_ballot_is_made_again_in_every_group(void **state)
{
	for (size_t i = 0; urne_group_list(i) != NULL; i++) {
		struct opening o;
		struct urne_opened opened;
		struct urne_buf again;

		opening_init(&o, urne_group_list(i));
		if (opening_check(&o, &o.f.e) != URNE_OK) {
			fail_msg("%s: %s", urne_group_list(i)->name, o.d.text);
		}
		assert_int_equal(o.num_found, 0);
		/* canonical: read and written again, the bytes are the same */
		assert_ok(
		    urne_opened_read(&opened, &o.f.arena, &o.d, &o.f.e, urne_buf_view(&o.file)));
		assert_true(urne_hash_eq(&opened.fingerprint, &o.hash));
		urne_buf_init(&again, URNE_MAX_BALLOT);
		urne_opened_write(&again, &o.f.e, opened.prepared, &opened.choices, &opened.seed);
		assert_true(urne_view_eq(urne_buf_view(&again), urne_buf_view(&o.file)));
		assert_true(urne_opened_is(urne_buf_view(&again)));
		urne_buf_clear(&again);
		opening_clear(&o);
	}
}

/* The ballot that is cast is the one that could have been opened: only its signature is added. */
static void
a_cast_ballot_is_the_prepared_one_with_its_signature(void **state)
{
	struct opening o;
	struct urne_buf cast;
	struct urne_ballot b;
	struct urne_hash tracker;
	size_t len;

	opening_init(&o, &urne_group_ed25519);
	len = o.prepared.len - 1;
	urne_buf_init(&cast, URNE_MAX_BALLOT);
	assert_ok(urne_ballot_sign(
	    &cast, &tracker, &o.d, &o.f.e, urne_buf_view(&o.prepared), &o.f.credential, &o.f.rng));
	assert_true(urne_view_eq(
	    (struct urne_view){cast.data, len}, (struct urne_view){o.prepared.data, len}));
	assert_ok(urne_ballot_read(&b, &o.f.arena, &o.d, &o.f.e, urne_buf_view(&cast)));
	assert_ok(urne_ballot_check_proofs(&b, &o.d, &o.f.e));
	assert_ok(urne_ballot_check_signature(&b, &o.d, &o.f.e));
	assert_true(urne_hash_eq(&b.hash, &o.hash));
	assert_true(urne_hash_eq(&b.tracker, &tracker));
	/* what an opened ballot lacks is exactly what would let it be cast */
	assert_err(urne_ballot_read(&b, &o.f.arena, &o.d, &o.f.e, urne_buf_view(&o.prepared)),
	    URNE_ERR_SYNTAX);
	urne_buf_clear(&cast);
	opening_clear(&o);
}

static void
a32_another_choice_is_named_with_what_the_ballot_holds(void **state)
{
	struct opening o;

	opening_init(&o, &urne_group_ed25519);
	/* the machine encrypts C where the member chose B */
	o.m[1] = 0;
	o.m[2] = 1;
	opening_prepare(&o);
	o.m[1] = 1;
	o.m[2] = 0;
	opening_write(&o);
	assert_err(opening_check(&o, &o.f.e), URNE_ERR_MISMATCH);
	assert_int_equal(o.num_found, 2);
	assert_int_equal(o.found[0].what, URNE_OPENED_UNMARKED);
	assert_int_equal(o.found[0].question, 0);
	assert_int_equal(o.found[0].choice, 1);
	assert_int_equal(o.found[1].what, URNE_OPENED_MARKED);
	assert_int_equal(o.found[1].choice, 2);
	assert_non_null(strstr(o.d.text, "2 differences"));
	opening_clear(&o);
}

static void
a_vote_of_five_is_named(void **state)
{
	struct opening o;

	opening_init(&o, &urne_group_ed25519);
	o.m[1] = 5;
	opening_prepare(&o);
	o.m[1] = 1;
	opening_write(&o);
	assert_err(opening_check(&o, &o.f.e), URNE_ERR_MISMATCH);
	assert_found(&o, URNE_OPENED_FORGED, 0, 1);
	opening_clear(&o);
}

static void
another_seed_is_named(void **state)
{
	struct opening o;

	opening_init(&o, &urne_group_ed25519);
	o.seed.b[7] ^= 1;
	opening_write(&o);
	assert_err(opening_check(&o, &o.f.e), URNE_ERR_MISMATCH);
	assert_found(&o, URNE_OPENED_EVERYTHING, 0, 0);
	opening_clear(&o);
}

/* Puts the ballot together from parsed answers, altered by `change`. */
static void
alter(struct opening *o, void (*change)(struct urne_ballot *b, const struct urne_group *g))
{
	struct urne_opened opened;

	assert_ok(urne_opened_read(&opened, &o->f.arena, &o->d, &o->f.e, urne_buf_view(&o->file)));
	change(&opened.ballot, o->f.e.group);
	urne_buf_reset(&o->prepared);
	urne_ballot_write_unsigned(&o->prepared, &o->f.e, &opened.ballot);
	opening_write(o);
}

static void
other_answer(struct urne_ballot *b, const struct urne_group *g)
{
	struct urne_answer *a = &b->answers[1];

	urne_ciphertext_mul(g, &a->choices[0], &a->choices[0], &a->choices[1]);
}

static void
one_answer_of_other_randomness_is_named(void **state)
{
	struct opening o;

	opening_init(&o, &urne_group_ed25519);
	alter(&o, other_answer);
	assert_err(opening_check(&o, &o.f.e), URNE_ERR_MISMATCH);
	assert_found(&o, URNE_OPENED_ANSWER, 1, 0);
	opening_clear(&o);
}

static void
other_proof(struct urne_ballot *b, const struct urne_group *g)
{
	struct urne_proof *p = b->answers[2].overall;

	urne_scalar_add(g, &p->response, &p->response, &p->response);
}

static void
another_proof_is_named(void **state)
{
	struct opening o;

	opening_init(&o, &urne_group_ed25519);
	alter(&o, other_proof);
	assert_err(opening_check(&o, &o.f.e), URNE_ERR_MISMATCH);
	assert_found(&o, URNE_OPENED_PROOF, 2, 0);
	opening_clear(&o);
}

static void
other_credential(struct urne_ballot *b, const struct urne_group *g)
{
	urne_elem_generator(g, &b->credential);
}

/* Ciphertexts do not depend on the credential; every proof does. */
static void
a7_another_credential_changes_every_proof(void **state)
{
	struct opening o;

	opening_init(&o, &urne_group_ed25519);
	alter(&o, other_credential);
	assert_err(opening_check(&o, &o.f.e), URNE_ERR_MISMATCH);
	assert_int_equal(o.num_found, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(o.found[i].what, URNE_OPENED_PROOF);
		assert_int_equal(o.found[i].question, i);
	}
	opening_clear(&o);
}

static void
swap(struct urne_ballot *b, const struct urne_group *g)
{
	struct urne_answer a = b->answers[0];

	b->answers[0] = b->answers[1];
	b->answers[1] = a;
}

static void
swapped_questions_are_named_with_each_other(void **state)
{
	static const char two[] =
	    "[{\"answers\":[\"A\",\"B\"],\"min\":0,\"max\":1,\"question\":\"one\"},"
	    "{\"answers\":[\"A\",\"B\"],\"min\":0,\"max\":1,\"question\":\"two\"}]";
	struct opening o;

	memset(&o, 0, sizeof(o));
	ballot_case_init(&o.f, &urne_group_ed25519, two);
	o.m[0] = o.m[3] = 1;
	o.choices = (struct urne_choices){o.m, 4};
	urne_buf_init(&o.prepared, URNE_MAX_BALLOT);
	urne_buf_init(&o.file, URNE_MAX_BALLOT);
	urne_secret_base(&urne_group_ed25519, &o.credential, &o.f.credential);
	opening_prepare(&o);
	opening_write(&o);
	assert_ok(opening_check(&o, &o.f.e));
	alter(&o, swap);
	assert_err(opening_check(&o, &o.f.e), URNE_ERR_MISMATCH);
	assert_int_equal(o.num_found, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(o.found[i].what, URNE_OPENED_SWAPPED);
		assert_int_equal(o.found[i].question, i);
		assert_int_equal(o.found[i].other, 1 - i);
	}
	opening_clear(&o);
}

static void
another_election_is_named_before_anything_else(void **state)
{
	struct opening o;
	struct ballot_case other;

	opening_init(&o, &urne_group_ed25519);
	/* even one of other lengths, in another group */
	ballot_case_init(&other, &urne_group_belenios_2048,
	    "[{\"answers\":[\"A\"],\"min\":0,\"max\":1,\"question\":\"one\"}]");
	assert_err(opening_check(&o, &other.e), URNE_ERR_MISMATCH);
	assert_non_null(strstr(o.d.text, "election"));
	assert_int_equal(o.num_found, 0);
	ballot_case_clear(&other);
	opening_clear(&o);
}

static void
choices_that_no_ballot_may_say_are_refused(void **state)
{
	struct opening o;

	opening_init(&o, &urne_group_ed25519);
	o.m[0] = 1; /* two of one */
	opening_prepare(&o);
	opening_write(&o);
	assert_err(opening_check(&o, &o.f.e), URNE_ERR_RANGE);
	assert_non_null(strstr(o.d.text, "no ballot may say this: question 1"));
	opening_clear(&o);
}

/* Every byte of the file matters: changed, it is refused. */
static void
every_changed_byte_is_refused(void **state)
{
	struct opening o;
	size_t step = 211;

	opening_init(&o, &urne_group_ed25519);
	for (size_t i = 0; i < o.file.len; i += i < 200 || i + 200 > o.file.len ? 1 : step) {
		char was = o.file.data[i];

		o.file.data[i] = was == '1' ? '2' : '1';
		if (opening_check(&o, &o.f.e) == URNE_OK) {
			fail_msg("byte %zu of %zu", i, o.file.len);
		}
		o.file.data[i] = was;
	}
	assert_ok(opening_check(&o, &o.f.e));
	opening_clear(&o);
}

static void
files_that_are_none_are_refused_with_the_place(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
	    {"", "expected"},
	    {"{\"urne_audit\":2,", "urne_audit"},
	    {"{\"urne_audit\":1,\"choices\":[]}", "ballot"},
	    {"{\"urne_audit\":1,\"ballot\":{\"election_uuid\":\"x\"}}", "election_hash"},
	};
	struct opening o;

	opening_init(&o, &urne_group_ed25519);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		urne_buf_reset(&o.file);
		urne_buf_puts(&o.file, cases[i].text);
		assert_err(opening_check(&o, &o.f.e), URNE_ERR_SYNTAX);
		if (strstr(o.d.text, cases[i].says) == NULL) {
			fail_msg("case %zu: %s", i, o.d.text);
		}
	}
	opening_clear(&o);
}

/* w = response + x challenge: the nonce of the signature, as its owner can compute it. */
static void
nonce_of(struct urne_scalar *w, const struct opening *o, const struct urne_buf *cast)
{
	const struct urne_group *g = o->f.e.group;
	struct urne_arena arena;
	struct urne_ballot b;
	struct urne_scalar x;

	urne_arena_init(&arena, (size_t)1 << 24);
	assert_ok(urne_ballot_read(&b, &arena, NULL, &o->f.e, urne_buf_view(cast)));
	urne_secret_publish(g, &x, &o->f.credential);
	urne_scalar_mul(g, w, &x, &b.signature.challenge);
	urne_scalar_add(g, w, w, &b.signature.response);
	urne_arena_clear(&arena);
}

/* Whoever holds the seed of a ballot that was signed after all finds the nonce nowhere in its
 * stream: the key would follow from it. */
static void
the_nonce_of_the_signature_is_not_in_the_stream_of_the_seed(void **state)
{
	struct opening o;
	struct urne_buf cast;
	struct urne_hash tracker;
	struct urne_scalar w, drawn;
	struct urne_secret s;
	struct urne_rng rng;

	opening_init(&o, &urne_group_ed25519);
	urne_buf_init(&cast, URNE_MAX_BALLOT);
	assert_ok(urne_ballot_sign(
	    &cast, &tracker, &o.d, &o.f.e, urne_buf_view(&o.prepared), &o.f.credential, &o.f.rng));
	nonce_of(&w, &o, &cast);
	urne_rng_init_fixed(&rng, o.seed.b);
	for (size_t i = 0; i < 4096; i++) {
		urne_secret_random(o.f.e.group, &s, &rng);
		urne_secret_publish(o.f.e.group, &drawn, &s);
		assert_false(urne_scalar_eq(&drawn, &w));
	}
	urne_buf_clear(&cast);
	opening_clear(&o);
}

/* A system that gives the same randomness twice: seeds differ with choices and credential, nonces
 * with the text that is signed. */
static void
repeated_randomness_repeats_neither_seed_nor_nonce(void **state)
{
	static const uint8_t same[32] = {7};
	struct urne_rng rng[3];
	struct urne_ballot_seed seeds[3];
	struct urne_secret other;
	struct opening o;
	struct urne_buf cast[2];
	struct urne_hash tracker;
	struct urne_scalar w[2];

	opening_init(&o, &urne_group_ed25519);
	urne_secret_random(o.f.e.group, &other, &o.f.rng);
	for (size_t i = 0; i < 3; i++) {
		urne_rng_init_fixed(&rng[i], same);
		o.m[2] = i == 1 ? 1 : 0;
		urne_ballot_seed_draw(
		    &seeds[i], &o.f.e, &o.choices, i == 2 ? &other : &o.f.credential, &rng[i]);
	}
	assert_memory_not_equal(&seeds[0], &seeds[1], sizeof(seeds[0]));
	assert_memory_not_equal(&seeds[0], &seeds[2], sizeof(seeds[0]));
	for (size_t i = 0; i < 2; i++) {
		urne_rng_init_fixed(&rng[i], same);
		urne_buf_init(&cast[i], URNE_MAX_BALLOT);
		o.seed.b[0] ^= 1; /* another text */
		opening_prepare(&o);
		assert_ok(urne_ballot_sign(&cast[i], &tracker, &o.d, &o.f.e,
		    urne_buf_view(&o.prepared), &o.f.credential, &rng[i]));
		nonce_of(&w[i], &o, &cast[i]);
	}
	assert_false(urne_scalar_eq(&w[0], &w[1]));
	urne_buf_clear(&cast[0]);
	urne_buf_clear(&cast[1]);
	opening_clear(&o);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_honest_ballot_is_made_again_in_every_group),
	    cmocka_unit_test(a_cast_ballot_is_the_prepared_one_with_its_signature),
	    cmocka_unit_test(a32_another_choice_is_named_with_what_the_ballot_holds),
	    cmocka_unit_test(a_vote_of_five_is_named),
	    cmocka_unit_test(another_seed_is_named),
	    cmocka_unit_test(one_answer_of_other_randomness_is_named),
	    cmocka_unit_test(another_proof_is_named),
	    cmocka_unit_test(a7_another_credential_changes_every_proof),
	    cmocka_unit_test(swapped_questions_are_named_with_each_other),
	    cmocka_unit_test(another_election_is_named_before_anything_else),
	    cmocka_unit_test(choices_that_no_ballot_may_say_are_refused),
	    cmocka_unit_test(every_changed_byte_is_refused),
	    cmocka_unit_test(files_that_are_none_are_refused_with_the_place),
	    cmocka_unit_test(the_nonce_of_the_signature_is_not_in_the_stream_of_the_seed),
	    cmocka_unit_test(repeated_randomness_repeats_neither_seed_nor_nonce),
	};

	return cmocka_run_group_tests_name("opened ballots", tests, NULL, NULL);
}
