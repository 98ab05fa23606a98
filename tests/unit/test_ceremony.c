/* SPDX-License-Identifier: EUPL-1.2 */
/* The key ceremony: three trustees, threshold two; shares combine, and whoever cheats is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/limits.h"
#include "crypto/secret/channel.h"
#include "election/ceremony.h"
#include "election/threshold.h"

#define N	 3
#define T	 2
#define MAX_FILE ((size_t)4 << 20)

/* All files of a ceremony, as far as it got. */
struct ceremony {
	const struct urne_group *g;
	struct urne_rng rng;
	struct urne_seed seed[N];
	struct urne_buf answer[URNE_CEREMONY_NUM_ROUNDS][N]; /* of the trustees */
	struct urne_buf given[URNE_CEREMONY_NUM_ROUNDS][N];  /* what they were given */
	struct urne_buf share[N];
	struct urne_arena arena;
	struct urne_threshold params;
	struct urne_diag d;
};

static struct urne_view
given(const struct ceremony *c, enum urne_ceremony_round round, size_t j)
{
	bool same = round == URNE_CEREMONY_COMMITMENT || round == URNE_CEREMONY_POLYNOMIAL;

	return urne_buf_view(&c->given[round][same ? 0 : j]);
}

static void
start(struct ceremony *c, const struct urne_group *g, uint8_t seed)
{
	uint8_t bytes[32];

	memset(c, 0, sizeof(*c));
	memset(bytes, seed, sizeof(bytes));
	c->g = g;
	urne_rng_init_fixed(&c->rng, bytes);
	urne_arena_init(&c->arena, URNE_TRUSTEES_MEMORY);
	for (size_t j = 0; j < N; j++) {
		urne_seed_generate(&c->seed[j], &c->rng);
		urne_buf_init(&c->share[j], MAX_FILE);
		for (size_t r = 0; r < URNE_CEREMONY_NUM_ROUNDS; r++) {
			urne_buf_init(&c->answer[r][j], MAX_FILE);
			urne_buf_init(&c->given[r][j], MAX_FILE);
		}
		urne_ceremony_invitation(&c->given[0][j], g, N, T, j + 1);
	}
}

static void
stop(struct ceremony *c)
{
	for (size_t j = 0; j < N; j++) {
		urne_seed_clear(&c->seed[j]);
		urne_buf_clear(&c->share[j]);
		for (size_t r = 0; r < URNE_CEREMONY_NUM_ROUNDS; r++) {
			urne_buf_clear(&c->answer[r][j]);
			urne_buf_clear(&c->given[r][j]);
		}
	}
	urne_arena_clear(&c->arena);
	free(c);
}

static enum urne_err
step(struct ceremony *c, enum urne_ceremony_round round, size_t j)
{
	urne_buf_reset(&c->answer[round][j]);
	c->d.text[0] = '\0';
	return urne_ceremony_step(
	    &c->answer[round][j], &c->d, &c->seed[j], given(c, round, j), &c->rng);
}

/* check_each gives the error of the first file that does not pass by itself, when they come in the
 * order of the trustees; its sentence is in d. */
static enum urne_err
check_each(struct ceremony *c, struct urne_diag *d, enum urne_ceremony_round round)
{
	struct urne_view before[N];
	enum urne_err e = URNE_OK;

	for (size_t j = 0; e == URNE_OK && j < N; j++) {
		before[j] = urne_buf_view(&c->answer[round][j]);
		e = urne_ceremony_check_answer(
		    d, round, given(c, round, 0), j + 1, before[j], before, j);
	}
	return e;
}

static enum urne_err
collect_together(struct ceremony *c, enum urne_ceremony_round round)
{
	struct urne_view files[N];
	size_t num = 0;

	c->d.text[0] = '\0';
	for (size_t j = 0; j < N; j++) {
		files[(j + 1) % N] = urne_buf_view(&c->answer[round][j]); /* any order */
		if (round != URNE_CEREMONY_KEY) {
			urne_buf_reset(&c->given[round + 1][j]);
		}
	}
	if (round == URNE_CEREMONY_KEY) {
		return urne_ceremony_finish(
		    &c->params, &c->arena, c->share, &c->d, c->g, given(c, round, 0), files, N);
	}
	return urne_ceremony_collect(
	    c->given[round + 1], &num, &c->d, round, c->g, given(c, round, 0), files, N);
}

/* collect: whatever is wrong with a file shows in the file alone just as in all together. */
static enum urne_err
collect(struct ceremony *c, enum urne_ceremony_round round)
{
	struct urne_diag d = {{0}};
	enum urne_err alone = check_each(c, &d, round), e = collect_together(c, round);
	const char *who = strstr(d.text, "trustee ");

	if (alone != e || (who != NULL && strncmp(who, strstr(c->d.text, "trustee "), 10) != 0)) {
		fail_msg("alone: %s: %s; together: %s: %s", urne_err_name(alone), d.text,
		    urne_err_name(e), c->d.text);
	}
	return e;
}

/* run makes all rounds before `end`, and all answers of the round `end`. */
static void
run(struct ceremony *c, enum urne_ceremony_round end)
{
	for (size_t r = 0; r <= (size_t)end; r++) {
		for (size_t j = 0; j < N; j++) {
			enum urne_err e = step(c, (enum urne_ceremony_round)r, j);
			if (e != URNE_OK) {
				fail_msg("round %zu, trustee %zu: %s", r, j + 1, c->d.text);
			}
		}
		if (r < (size_t)end) {
			if (collect(c, (enum urne_ceremony_round)r) != URNE_OK) {
				fail_msg("round %zu: %s", r, c->d.text);
			}
		}
	}
}

static struct ceremony *
run_to(const struct urne_group *g, uint8_t seed, enum urne_ceremony_round end)
{
	struct ceremony *c = malloc(sizeof(*c));

	assert_non_null(c);
	start(c, g, seed);
	run(c, end);
	return c;
}

static void
assert_says(const struct ceremony *c, const char *part)
{
	if (strstr(c->d.text, part) == NULL) {
		fail_msg("\"%s\" is not in \"%s\"", part, c->d.text);
	}
}

/* field finds `"name":` (the num-th from 0) and returns the place behind it. */
static char *
field(struct urne_buf *b, const char *name, size_t num)
{
	char *p;

	assert_true(urne_buf_grow(b, 1) != NULL);
	b->data[b->len] = '\0';
	p = b->data;
	for (size_t i = 0; i <= num; i++) {
		p = strstr(p, name);
		assert_non_null(p);
		p += strlen(name);
	}
	return p;
}

/* change_digit changes the last digit of a decimal number at p. */
static void
change_digit(char *p)
{
	while (p[1] != '"') {
		p++;
	}
	*p = *p == '1' ? '2' : '1';
}

/* The private share of trustee i, opened from its file. */
static void
open_share(const struct ceremony *c, struct urne_secret *out, size_t i)
{
	struct urne_diag d = {{0}};

	assert_int_equal(
	    urne_share_open(out, &d, c->g, &c->seed[i], urne_buf_view(&c->share[i])), URNE_OK);
}

/* g^(lambda_a S_a + lambda_b S_b) with lambda_a = b / (b - a) for x-coordinates a, b. */
static void
combine(const struct ceremony *c, struct urne_elem *out, size_t a, size_t b)
{
	struct urne_secret sa, sb;
	struct urne_scalar xa, xb, diff, la, lb, va, vb;

	open_share(c, &sa, a);
	open_share(c, &sb, b);
	urne_secret_publish(c->g, &va, &sa);
	urne_secret_publish(c->g, &vb, &sb);
	urne_scalar_from_u64(c->g, &xa, a + 1);
	urne_scalar_from_u64(c->g, &xb, b + 1);
	urne_scalar_sub(c->g, &diff, &xb, &xa);
	urne_scalar_inv(c->g, &diff, &diff);
	urne_scalar_mul(c->g, &la, &xb, &diff);
	urne_scalar_mul(c->g, &lb, &xa, &diff); /* -a / (a - b) negated below */
	urne_scalar_mul(c->g, &va, &va, &la);
	urne_scalar_mul(c->g, &vb, &vb, &lb);
	urne_scalar_sub(c->g, &va, &va, &vb);
	urne_elem_pow_base(c->g, out, &va);
	urne_secret_clear(&sa);
	urne_secret_clear(&sb);
}

static void
shares_of_any_two_make_the_key(const struct urne_group *g)
{
	struct ceremony *c = run_to(g, 1, URNE_CEREMONY_KEY);
	struct urne_trustee_item item = {.is_threshold = true, .first_owner = 1, .num_owners = N};
	struct urne_trustees list = {.items = &item, .num_items = 1, .num_owners = N};
	struct urne_trustees again;
	struct urne_elem key, combined;
	struct urne_buf text;

	if (collect(c, URNE_CEREMONY_KEY) != URNE_OK) {
		fail_msg("%s", c->d.text);
	}
	item.threshold = c->params;
	urne_trustees_key(&key, g, &list);
	combine(c, &combined, 0, 1);
	assert_true(urne_elem_eq(g, &combined, &key));
	combine(c, &combined, 0, 2);
	assert_true(urne_elem_eq(g, &combined, &key));
	combine(c, &combined, 2, 1);
	assert_true(urne_elem_eq(g, &combined, &key));

	/* and what is published is read back, checked, and of the newest family */
	urne_buf_init(&text, MAX_FILE);
	urne_trustees_write(&text, g, &list);
	assert_int_equal(
	    urne_trustees_read(&again, &c->arena, &c->d, g, urne_buf_view(&text)), URNE_OK);
	if (urne_trustees_check(&again, &c->d, g) != URNE_OK) {
		fail_msg("%s", c->d.text);
	}
	assert_int_equal(again.items[0].threshold.family, URNE_PEDERSEN_3_0);
	if (getenv("URNE_KEEP_TRUSTEES") != NULL) {
		assert_int_equal(urne_file_create(&c->d, getenv("URNE_KEEP_TRUSTEES"),
				     URNE_FILE_PUBLIC, urne_buf_view(&text)),
		    URNE_OK);
	}
	urne_buf_clear(&text);
	stop(c);
}

static void
shares_of_any_two_make_the_key_in_ed25519(void **state)
{
	(void)state;
	shares_of_any_two_make_the_key(&urne_group_ed25519);
}

static void
shares_of_any_two_make_the_key_in_belenios_2048(void **state)
{
	(void)state;
	shares_of_any_two_make_the_key(&urne_group_belenios_2048);
}

static void
shares_of_any_two_make_the_key_in_rfc_3526_2048(void **state)
{
	(void)state;
	shares_of_any_two_make_the_key(&urne_group_rfc_3526_2048);
}

static void
one_share_is_not_the_key(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 2, URNE_CEREMONY_KEY);
	struct urne_elem key, one;
	struct urne_secret s;

	(void)state;
	assert_int_equal(collect(c, URNE_CEREMONY_KEY), URNE_OK);
	urne_threshold_public_share(&key, c->g, &c->params, 0);
	open_share(c, &s, 0);
	urne_secret_base(c->g, &one, &s);
	assert_false(urne_elem_eq(c->g, &one, &key));
	urne_secret_clear(&s);
	stop(c);
}

static void
a_repeated_round_gives_the_same_commitment(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 3, URNE_CEREMONY_COMMITMENT);
	char before[64];

	(void)state;
	memcpy(before, field(&c->answer[1][0], "\"hash\":\"", 0), sizeof(before));
	assert_int_equal(step(c, URNE_CEREMONY_COMMITMENT, 0), URNE_OK);
	assert_memory_equal(before, field(&c->answer[1][0], "\"hash\":\"", 0), sizeof(before));
	stop(c);
}

static void
each_file_says_which_round_it_asks_for(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 4, URNE_CEREMONY_KEY);
	enum urne_ceremony_round round;
	const struct urne_group *g;

	(void)state;
	for (size_t r = 0; r < URNE_CEREMONY_NUM_ROUNDS; r++) {
		assert_int_equal(urne_ceremony_round_of(
				     &round, &g, &c->d, given(c, (enum urne_ceremony_round)r, 1)),
		    URNE_OK);
		assert_int_equal(round, r);
		assert_ptr_equal(g, c->g);
		assert_int_equal(
		    urne_ceremony_round_of(&round, &g, &c->d, urne_buf_view(&c->answer[r][1])),
		    URNE_ERR_ORDER);
	}
	stop(c);
}

static void
a21_coefexps_other_than_committed_name_their_author(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 5, URNE_CEREMONY_POLYNOMIAL);
	struct urne_elem A[T];
	struct urne_buf message, file;
	struct urne_codec w;
	struct urne_signed_msg m;
	struct urne_secret sk;
	struct urne_sha256 h;
	struct urne_hash hash;
	char *from, *to;

	(void)state;
	/* trustee 2 has seen the others' coefexps and signs new ones of its own */
	urne_buf_init(&message, MAX_FILE);
	urne_buf_init(&file, MAX_FILE);
	urne_elem_base_u64(c->g, &A[0], 7);
	urne_elem_base_u64(c->g, &A[1], 9);
	urne_codec_write(&w, &message);
	urne_codec_coefexps(&w, c->g, A, T);
	assert_int_equal(urne_codec_end(&w, NULL), URNE_OK);
	urne_sha256_init(&h);
	urne_sha256_puts(&h, "sk|");
	urne_sha256_puts(&h, c->seed[1].text);
	urne_sha256_final(&h, &hash);
	urne_secret_reduce(c->g, &sk, hash.b, sizeof(hash.b));
	m.message = urne_buf_view(&message);
	urne_message_sign(c->g, &m.signature, &c->rng, &sk, m.message);
	from = strstr(field(&c->answer[2][1], "\"coefexps\":", 0), "[{");
	to = strstr(from, "\"signatures\":");
	urne_buf_put(&file, c->answer[2][1].data, (size_t)(from - c->answer[2][1].data));
	urne_buf_puts(&file, "[");
	urne_codec_write(&w, &file);
	urne_codec_signed_msg(&w, c->g, &m);
	assert_int_equal(urne_codec_end(&w, NULL), URNE_OK);
	urne_buf_puts(&file, "],");
	urne_buf_puts(&file, to);
	urne_buf_reset(&c->answer[2][1]);
	urne_buf_put_view(&c->answer[2][1], urne_buf_view(&file));
	urne_buf_clear(&message);
	urne_buf_clear(&file);
	assert_int_equal(collect(c, URNE_CEREMONY_POLYNOMIAL), URNE_ERR_MISMATCH);
	assert_says(c, "trustee 2: coefexps are not those it committed to");
	stop(c);
}

static void
a21_no_coefexps_are_shown_before_every_commitment_is_there(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 6, URNE_CEREMONY_COMMITMENT);
	struct urne_view two[2] = {
	    urne_buf_view(&c->answer[1][0]), urne_buf_view(&c->answer[1][2])};
	size_t num = 0;

	(void)state;
	assert_int_equal(urne_ceremony_collect(c->given[2], &num, &c->d, URNE_CEREMONY_COMMITMENT,
			     c->g, given(c, URNE_CEREMONY_COMMITMENT, 0), two, 2),
	    URNE_ERR_INCOMPLETE);
	assert_says(c, "trustee 2: its file is missing");
	assert_int_equal(num, 0);
	/* asked with the certificates alone, a trustee answers with a hash and nothing else */
	assert_null(strstr(field(&c->answer[1][0], "\"urne_ceremony\":\"commitment\"", 0), "coef"));
	stop(c);
}

static void
a21_a_changed_commitment_names_its_author(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 7, URNE_CEREMONY_COMMITMENT);
	char *hash = field(&c->answer[1][2], "\"hash\":\"", 0);

	(void)state;
	hash[0] = hash[0] == '0' ? '1' : '0';
	assert_int_equal(collect(c, URNE_CEREMONY_COMMITMENT), URNE_ERR_PROOF);
	assert_says(c, "trustee 3: signature of the commitment does not verify");
	stop(c);
}

static void
a22_commitments_for_other_certificates_name_their_author(void **state)
{
	/* trustee 3 is shown another list: its key is the same, trustee 1 is another person */
	struct ceremony *c = run_to(&urne_group_ed25519, 8, URNE_CEREMONY_COMMITMENT);
	struct ceremony *split = run_to(&urne_group_ed25519, 9, URNE_CEREMONY_CERTIFICATE);

	(void)state;
	split->seed[2] = c->seed[2];
	assert_int_equal(step(split, URNE_CEREMONY_CERTIFICATE, 2), URNE_OK);
	assert_int_equal(collect(split, URNE_CEREMONY_CERTIFICATE), URNE_OK);
	assert_int_equal(step(split, URNE_CEREMONY_COMMITMENT, 2), URNE_OK);
	urne_buf_reset(&c->answer[1][2]);
	urne_buf_put_view(&c->answer[1][2], urne_buf_view(&split->answer[1][2]));
	/* its certificate in the first list has another signature, but the same keys */
	assert_int_equal(collect(c, URNE_CEREMONY_COMMITMENT), URNE_ERR_MISMATCH);
	assert_says(c, "trustee 3: commitment was made for other certificates");
	stop(split);
	stop(c);
}

static void
a22_a_trustee_whose_certificate_was_replaced_refuses(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 10, URNE_CEREMONY_CERTIFICATE);
	struct ceremony *other = run_to(&urne_group_ed25519, 11, URNE_CEREMONY_CERTIFICATE);

	(void)state;
	assert_int_equal(collect(other, URNE_CEREMONY_CERTIFICATE), URNE_OK);
	urne_buf_reset(&c->given[1][0]);
	urne_buf_put_view(&c->given[1][0], urne_buf_view(&other->given[1][0]));
	assert_int_equal(step(c, URNE_CEREMONY_COMMITMENT, 0), URNE_ERR_UNKNOWN);
	assert_says(c, "none of the certificates");
	assert_int_equal(c->answer[1][0].len, 0);
	stop(other);
	stop(c);
}

static void
a22_a_wrong_signature_of_the_transcript_names_its_author(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 12, URNE_CEREMONY_POLYNOMIAL);

	(void)state;
	change_digit(field(&c->answer[2][0], "\"signatures\":[{\"challenge\":\"", 0));
	assert_int_equal(collect(c, URNE_CEREMONY_POLYNOMIAL), URNE_ERR_PROOF);
	assert_says(c, "trustee 1: signature of all certificates and its coefexps");
	stop(c);
}

static void
a_changed_certificate_names_its_author(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 13, URNE_CEREMONY_CERTIFICATE);

	(void)state;
	change_digit(field(&c->answer[0][1], "\"response\":\"", 0));
	assert_int_equal(collect(c, URNE_CEREMONY_CERTIFICATE), URNE_ERR_PROOF);
	assert_says(c, "trustee 2: signature of the certificate does not verify");
	stop(c);
}

static void
a_certificate_for_another_threshold_names_its_author(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 14, URNE_CEREMONY_CERTIFICATE);

	(void)state;
	urne_buf_reset(&c->given[0][0]);
	urne_ceremony_invitation(&c->given[0][0], c->g, N, T + 1, 1);
	assert_int_equal(step(c, URNE_CEREMONY_CERTIFICATE, 0), URNE_OK);
	urne_buf_reset(&c->given[0][0]);
	urne_ceremony_invitation(&c->given[0][0], c->g, N, T, 1);
	assert_int_equal(collect(c, URNE_CEREMONY_CERTIFICATE), URNE_ERR_MISMATCH);
	assert_says(c, "trustee 1: certificate says threshold 3 instead of 2");
	stop(c);
}

/* Two certificates with a key in common are a fault of whoever came later. */
static void
a_certificate_with_the_key_of_another_names_who_came_later(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 20, URNE_CEREMONY_CERTIFICATE);
	struct urne_view there = urne_buf_view(&c->answer[0][2]);

	(void)state;
	/* trustee 1 shows the keys of trustee 3, under its own number */
	c->seed[0] = c->seed[2];
	assert_int_equal(step(c, URNE_CEREMONY_CERTIFICATE, 0), URNE_OK);
	assert_int_equal(urne_ceremony_check_answer(&c->d, URNE_CEREMONY_CERTIFICATE,
			     given(c, URNE_CEREMONY_CERTIFICATE, 0), 1,
			     urne_buf_view(&c->answer[0][0]), &there, 1),
	    URNE_ERR_DUPLICATE);
	assert_says(c, "trustee 1: its certificate has a key of trustee 3, who came before");
	stop(c);
}

static void
a_file_for_another_place_is_refused_alone(void **state)
{
	static const struct {
		enum urne_ceremony_round given, asked; /* the answer to one, sent for another */
		size_t from, index;
		enum urne_err want;
		const char *says;
	} cases[] = {
	    {URNE_CEREMONY_CERTIFICATE, URNE_CEREMONY_CERTIFICATE, 0, 2, URNE_ERR_MISMATCH,
		"trustee 2: certificate says index 1 instead of 2"},
	    {URNE_CEREMONY_COMMITMENT, URNE_CEREMONY_COMMITMENT, 0, 2, URNE_ERR_MISMATCH,
		"trustee 2: this is the file of trustee 1"},
	    {URNE_CEREMONY_POLYNOMIAL, URNE_CEREMONY_POLYNOMIAL, 2, 1, URNE_ERR_MISMATCH,
		"trustee 1: this is the file of trustee 3"},
	    {URNE_CEREMONY_KEY, URNE_CEREMONY_KEY, 1, 3, URNE_ERR_MISMATCH,
		"trustee 3: this is the file of trustee 2"},
	    {URNE_CEREMONY_CERTIFICATE, URNE_CEREMONY_COMMITMENT, 0, 1, URNE_ERR_ORDER,
		"trustee 1: this is a certificate file, a commitment file is needed"},
	    {URNE_CEREMONY_CERTIFICATE, URNE_CEREMONY_CERTIFICATE, 0, 4, URNE_ERR_UNKNOWN,
		"there is no trustee 4 of 3"},
	    {URNE_CEREMONY_COMMITMENT, URNE_CEREMONY_COMMITMENT, 0, 0, URNE_ERR_UNKNOWN,
		"there is no trustee 0 of 3"},
	};
	struct ceremony *c = run_to(&urne_group_ed25519, 21, URNE_CEREMONY_KEY);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(
		    urne_ceremony_check_answer(&c->d, cases[i].asked, given(c, cases[i].asked, 0),
			cases[i].index, urne_buf_view(&c->answer[cases[i].given][cases[i].from]),
			NULL, 0),
		    cases[i].want);
		assert_says(c, cases[i].says);
	}
	stop(c);
}

static void
two_files_of_one_trustee_are_refused(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 15, URNE_CEREMONY_COMMITMENT);

	(void)state;
	urne_buf_reset(&c->answer[1][0]);
	urne_buf_put_view(&c->answer[1][0], urne_buf_view(&c->answer[1][2]));
	assert_int_equal(collect_together(c, URNE_CEREMONY_COMMITMENT), URNE_ERR_DUPLICATE);
	assert_says(c, "trustee 3: a second file");
	stop(c);
}

static void
a_share_that_is_not_of_the_polynomial_names_its_author(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 16, URNE_CEREMONY_POLYNOMIAL);
	struct urne_buf *file = &c->answer[2][1], changed;
	struct urne_encrypted_msg m;
	struct urne_secret sk, s;
	struct urne_elem ek;
	struct urne_sha256 h;
	struct urne_hash hash;
	struct urne_codec w;
	char *shares;

	(void)state;
	/* trustee 2 sends a 5, properly signed and encrypted, to trustee 1 */
	for (size_t i = 0; i < 2; i++) {
		urne_sha256_init(&h);
		urne_sha256_puts(&h, i == 0 ? "sk|" : "dk|");
		urne_sha256_puts(&h, c->seed[i == 0 ? 1 : 0].text);
		urne_sha256_final(&h, &hash);
		urne_secret_reduce(c->g, i == 0 ? &sk : &s, hash.b, sizeof(hash.b));
	}
	urne_secret_base(c->g, &ek, &s);
	urne_secret_from_u64(c->g, &s, 5);
	assert_int_equal(
	    urne_channel_send(&m, &c->arena, c->g, &c->rng, &sk, &ek, "secret", &s), URNE_OK);
	shares = field(file, "\"shares\":[", 0);
	urne_buf_init(&changed, MAX_FILE);
	urne_buf_put(&changed, file->data, (size_t)(shares - file->data));
	urne_codec_write(&w, &changed);
	urne_codec_encrypted_msg(&w, c->g, &m);
	assert_int_equal(urne_codec_end(&w, NULL), URNE_OK);
	urne_buf_puts(&changed, strstr(shares, "},") + 1);
	urne_buf_reset(file);
	urne_buf_put_view(file, urne_buf_view(&changed));
	urne_buf_clear(&changed);

	if (collect(c, URNE_CEREMONY_POLYNOMIAL) != URNE_OK) {
		fail_msg("%s", c->d.text);
	}
	assert_int_equal(step(c, URNE_CEREMONY_KEY, 0), URNE_ERR_PROOF);
	assert_says(c, "trustee 2: share for trustee 1: it is not what the coefexps");
	assert_int_equal(c->answer[3][0].len, 0);
	assert_int_equal(step(c, URNE_CEREMONY_KEY, 2), URNE_OK);
	stop(c);
}

static void
a_share_changed_on_its_way_names_its_author(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 17, URNE_CEREMONY_POLYNOMIAL);
	char *data = field(&c->answer[2][2], "\"data\":\"", 0);

	(void)state;
	data[10] = data[10] == '0' ? '1' : '0';
	assert_int_equal(collect(c, URNE_CEREMONY_POLYNOMIAL), URNE_OK);
	assert_int_equal(step(c, URNE_CEREMONY_KEY, 0), URNE_ERR_PROOF);
	assert_says(c, "trustee 3: share for trustee 1: it cannot be decrypted");
	stop(c);
}

static void
shares_for_another_trustee_are_refused(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 18, URNE_CEREMONY_KEY);

	(void)state;
	urne_buf_reset(&c->answer[3][0]);
	assert_int_equal(urne_ceremony_step(&c->answer[3][0], &c->d, &c->seed[0],
			     urne_buf_view(&c->given[3][1]), &c->rng),
	    URNE_ERR_MISMATCH);
	assert_says(c, "these shares are for trustee 2, not for 1");
	stop(c);
}

static void
a_wrong_key_file_names_its_author(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 19, URNE_CEREMONY_KEY);
	char *pok = field(&c->answer[3][1], "\"pok\":{\"challenge\":\"", 0);

	(void)state;
	change_digit(pok);
	assert_int_equal(collect(c, URNE_CEREMONY_KEY), URNE_ERR_PROOF);
	assert_says(c, "trustee 2: proof of knowledge");
	stop(c);
}

static void
a_share_file_opens_only_with_its_own_seed(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 20, URNE_CEREMONY_KEY);
	struct urne_secret s;

	(void)state;
	assert_int_equal(collect(c, URNE_CEREMONY_KEY), URNE_OK);
	assert_int_equal(urne_share_open(&s, &c->d, c->g, &c->seed[0], urne_buf_view(&c->share[1])),
	    URNE_ERR_PROOF);
	assert_says(c, "share file: it cannot be decrypted");
	stop(c);
}

static void
no_file_contains_a_seed(void **state)
{
	struct ceremony *c = run_to(&urne_group_ed25519, 21, URNE_CEREMONY_KEY);

	(void)state;
	assert_int_equal(collect(c, URNE_CEREMONY_KEY), URNE_OK);
	for (size_t j = 0; j < N; j++) {
		for (size_t r = 0; r < URNE_CEREMONY_NUM_ROUNDS; r++) {
			const struct urne_buf *b = &c->answer[r][j];
			assert_null(memmem(b->data, b->len, c->seed[j].text, URNE_SEED_LEN));
		}
	}
	stop(c);
}

static void
a_seed_is_read_only_in_its_form(void **state)
{
	struct urne_seed s;
	struct urne_diag d = {{0}};

	(void)state;
	assert_int_equal(urne_seed_read(&s, &d, urne_view_of("A4GavStfxpHKbSzusRcBM8\n")), URNE_OK);
	assert_string_equal(s.text, "A4GavStfxpHKbSzusRcBM8");
	assert_int_equal(
	    urne_seed_read(&s, &d, urne_view_of("A4GavStfxpHKbSzusRcBM")), URNE_ERR_SYNTAX);
	assert_int_equal(
	    urne_seed_read(&s, &d, urne_view_of("A4GavStfxpHKbSzusRcBM0")), URNE_ERR_SYNTAX);
	assert_null(strstr(d.text, "A4G"));
	urne_seed_clear(&s);
}

static void
read_vector(struct urne_buf *out, const char *name)
{
	struct urne_buf path;
	struct urne_diag d = {{0}};

	urne_buf_init(&path, 4096);
	urne_buf_init(out, MAX_FILE);
	assert_int_equal(urne_path_join(&path, "tests/vectors/threshold-2.0", name), URNE_OK);
	if (urne_file_read(out, &d, path.data) != URNE_OK) {
		fail_msg("%s", d.text);
	}
	urne_buf_clear(&path);
}

static void
shares_of_release_2_0_open_and_fit_its_parameters(void **state)
{
	const struct urne_group *g = &urne_group_belenios_2048;
	struct urne_arena arena;
	struct urne_trustees list;
	struct urne_buf params, text;
	struct urne_diag d = {{0}};

	(void)state;
	urne_arena_init(&arena, URNE_TRUSTEES_MEMORY);
	read_vector(&params, "threshold.json");
	urne_buf_init(&text, MAX_FILE);
	urne_buf_puts(&text, "[[\"Pedersen\",");
	urne_buf_put(&text, params.data, params.len - 1); /* without the newline */
	urne_buf_puts(&text, "]]");
	if (urne_trustees_read(&list, &arena, &d, g, urne_buf_view(&text)) != URNE_OK ||
	    urne_trustees_check(&list, &d, g) != URNE_OK) {
		fail_msg("%s", d.text);
	}
	assert_int_equal(list.items[0].threshold.family, URNE_PEDERSEN_2_0);
	for (size_t i = 1; i <= 3; i++) {
		const struct urne_trustee_item *item;
		struct urne_buf key, share, name;
		struct urne_seed seed;
		struct urne_secret s;
		struct urne_elem expected, actual;

		urne_buf_init(&name, 64);
		urne_buf_printf(&name, "trustee-%zu.key%c", i, '\0');
		read_vector(&key, name.data);
		urne_buf_reset(&name);
		urne_buf_printf(&name, "trustee-%zu.dkey%c", i, '\0');
		read_vector(&share, name.data);
		assert_int_equal(urne_seed_read(&seed, &d, urne_buf_view(&key)), URNE_OK);
		if (urne_share_open(&s, &d, g, &seed, urne_buf_view(&share)) != URNE_OK) {
			fail_msg("%s", d.text);
		}
		urne_secret_base(g, &actual, &s);
		assert_int_equal(urne_trustees_owner(&item, &expected, &list, i), URNE_OK);
		assert_true(urne_elem_eq(g, &expected, &actual));
		urne_buf_clear(&name);
		urne_buf_clear(&key);
		urne_buf_clear(&share);
	}
	urne_buf_clear(&params);
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(shares_of_any_two_make_the_key_in_ed25519),
	    cmocka_unit_test(shares_of_any_two_make_the_key_in_belenios_2048),
	    cmocka_unit_test(shares_of_any_two_make_the_key_in_rfc_3526_2048),
	    cmocka_unit_test(one_share_is_not_the_key),
	    cmocka_unit_test(a_repeated_round_gives_the_same_commitment),
	    cmocka_unit_test(each_file_says_which_round_it_asks_for),
	    cmocka_unit_test(a21_coefexps_other_than_committed_name_their_author),
	    cmocka_unit_test(a21_no_coefexps_are_shown_before_every_commitment_is_there),
	    cmocka_unit_test(a21_a_changed_commitment_names_its_author),
	    cmocka_unit_test(a22_commitments_for_other_certificates_name_their_author),
	    cmocka_unit_test(a22_a_trustee_whose_certificate_was_replaced_refuses),
	    cmocka_unit_test(a22_a_wrong_signature_of_the_transcript_names_its_author),
	    cmocka_unit_test(a_changed_certificate_names_its_author),
	    cmocka_unit_test(a_certificate_for_another_threshold_names_its_author),
	    cmocka_unit_test(a_certificate_with_the_key_of_another_names_who_came_later),
	    cmocka_unit_test(a_file_for_another_place_is_refused_alone),
	    cmocka_unit_test(two_files_of_one_trustee_are_refused),
	    cmocka_unit_test(a_share_that_is_not_of_the_polynomial_names_its_author),
	    cmocka_unit_test(a_share_changed_on_its_way_names_its_author),
	    cmocka_unit_test(shares_for_another_trustee_are_refused),
	    cmocka_unit_test(a_wrong_key_file_names_its_author),
	    cmocka_unit_test(a_share_file_opens_only_with_its_own_seed),
	    cmocka_unit_test(no_file_contains_a_seed),
	    cmocka_unit_test(a_seed_is_read_only_in_its_form),
	    cmocka_unit_test(shares_of_release_2_0_open_and_fit_its_parameters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
