/* SPDX-License-Identifier: EUPL-1.2 */
/* The vectors of tests/vectors/protocol.tsv, which another language computed: group elements,
 * challenges, signatures, credentials, decryption proofs and bits, in every group. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "base/file.h"
#include "crypto/proof.h"
#include "election/credential.h"
#include "election/statement.h"
#include "election/trustees.h"
#include "tests/unit/support/or_verify.h"

#define MAX_FIELDS 10

struct row {
	struct urne_view field[MAX_FIELDS];
	size_t num;
	const struct urne_group *g;
};

static struct urne_elem
elem(const struct row *r, size_t i)
{
	struct urne_elem e;

	assert_ok(urne_elem_decode(r->g, &e, r->field[i]));
	return e;
}

static struct urne_scalar
scalar(const struct row *r, size_t i)
{
	struct urne_scalar s;

	assert_ok(urne_scalar_decode(r->g, &s, r->field[i]));
	return s;
}

static bool
elem_is(const struct row *r, const struct urne_elem *e, size_t i)
{
	char text[URNE_TEXT_MAX];

	return urne_view_eq((struct urne_view){text, urne_elem_encode(r->g, text, e)}, r->field[i]);
}

/* power GROUP k g^k */
static void
check_power(const struct row *r)
{
	struct urne_scalar k = scalar(r, 2);
	struct urne_elem e;

	urne_elem_pow_base(r->g, &e, &k);
	assert_true(elem_is(r, &e, 3));
}

/* challenge GROUP text H(text) mod q */
static void
check_challenge(const struct row *r)
{
	struct urne_view text = r->field[2];
	char out[URNE_TEXT_MAX];
	struct urne_hash h;
	struct urne_scalar c;

	if (urne_view_is(text, "-")) {
		text.len = 0;
	}
	urne_sha256_of(&h, text);
	urne_scalar_from_hash(r->g, &c, &h);
	assert_true(
	    urne_view_eq((struct urne_view){out, urne_scalar_encode(r->g, out, &c)}, r->field[3]));
}

/* pok GROUP X challenge response */
static void
check_pok(const struct row *r)
{
	struct urne_elem X = elem(r, 2);
	struct urne_proof p = {scalar(r, 3), scalar(r, 4)};
	struct urne_trustee_public_key key = {.pok = p, .public_key = X};

	assert_ok(urne_pok_check(&key, r->g));
}

/* sigmsg GROUP message X challenge response */
static void
check_sigmsg(const struct row *r)
{
	struct urne_elem X = elem(r, 3);
	struct urne_signed_msg m = {r->field[2], {scalar(r, 4), scalar(r, 5)}};

	assert_ok(urne_signed_msg_check(&m, r->g, &X));
}

/* credential GROUP uuid credential g^x */
static void
check_credential(const struct row *r)
{
	struct urne_diag d = {{0}};
	struct urne_secret x;
	struct urne_elem e;

	assert_ok(urne_credential_derive(&x, &d, r->g, r->field[2], r->field[3]));
	urne_secret_base(r->g, &e, &x);
	assert_true(elem_is(r, &e, 4));
}

/* decrypt GROUP phi X alpha factor challenge response */
static void
check_decrypt(const struct row *r)
{
	struct urne_elem X = elem(r, 3), alpha = elem(r, 4), factor = elem(r, 5);
	struct urne_proof p = {scalar(r, 6), scalar(r, 7)};
	struct urne_sha256 h;

	urne_transcript(&h, "decrypt", r->field[2]);
	urne_elem_hash(r->g, &h, &X);
	urne_sha256_puts(&h, "|");
	assert_ok(urne_dleq_verify(r->g, &p, &X, &alpha, &factor, &h));
}

/* bit GROUP S y alpha beta c0 z0 c1 z1 */
static void
check_bit(const struct row *r)
{
	struct urne_elem y = elem(r, 3);
	struct urne_ciphertext ct = {elem(r, 4), elem(r, 5)};
	struct urne_proof p[2] = {{scalar(r, 6), scalar(r, 7)}, {scalar(r, 8), scalar(r, 9)}};
	struct urne_or_branch branch[2] = {{&ct, 0}, {&ct, 1}};
	struct urne_bases bases;
	struct urne_sha256 h;

	urne_transcript(&h, "prove", r->field[2]);
	urne_ciphertext_hash(r->g, &h, &ct);
	urne_sha256_puts(&h, "|");
	urne_bases_of(&bases, r->g, &y);
	assert_ok(or_verify(r->g, p, 2, &bases, branch, &h));
}

/* base64 - text hash */
static void
check_base64(const struct row *r)
{
	char out[URNE_HASH_B64_LEN];
	struct urne_hash h, back;

	urne_sha256_of(&h, r->field[2]);
	urne_b64_hash_encode(out, &h);
	assert_true(urne_view_eq((struct urne_view){out, sizeof(out)}, r->field[3]));
	assert_ok(urne_b64_hash_decode(&back, r->field[3]));
	assert_true(urne_hash_eq(&h, &back));
}

static const struct {
	const char *name;
	size_t num;
	void (*check)(const struct row *r);
} kinds[] = {
    {"power", 4, check_power},
    {"challenge", 4, check_challenge},
    {"pok", 5, check_pok},
    {"sigmsg", 6, check_sigmsg},
    {"credential", 5, check_credential},
    {"decrypt", 8, check_decrypt},
    {"bit", 10, check_bit},
    {"base64", 4, check_base64},
};
#define NUM_KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* Splits one line at its tabs. */
static void
split(struct row *r, struct urne_view line)
{
	const char *p = line.p, *end = line.p + line.len;

	r->num = 0;
	for (;;) {
		const char *tab = memchr(p, '\t', (size_t)(end - p));
		const char *stop = tab != NULL ? tab : end;

		assert_true(r->num < MAX_FIELDS);
		r->field[r->num++] = (struct urne_view){p, (size_t)(stop - p)};
		if (tab == NULL) {
			break;
		}
		p = tab + 1;
	}
	r->g = r->num > 1 ? urne_group_find(r->field[1]) : NULL;
}

static void
every_vector_of_the_protocol_holds(void **state)
{
	struct urne_buf file;
	struct urne_diag d = {{0}};
	size_t seen[NUM_KINDS] = {0};
	const char *p, *end;

	urne_buf_init(&file, 1 << 20);
	if (urne_file_read(&file, &d, "tests/vectors/protocol.tsv") != URNE_OK) {
		fail_msg("%s", d.text);
	}
	end = file.data + file.len;
	for (p = file.data; p < end;) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		struct row r;

		assert_non_null(newline);
		split(&r, (struct urne_view){p, (size_t)(newline - p)});
		for (size_t k = 0; k < NUM_KINDS; k++) {
			if (urne_view_is(r.field[0], kinds[k].name)) {
				assert_int_equal(r.num, kinds[k].num);
				kinds[k].check(&r);
				seen[k]++;
			}
		}
		p = newline + 1;
	}
	for (size_t k = 0; k < NUM_KINDS; k++) {
		assert_true(seen[k] > 0);
	}
	urne_buf_clear(&file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_vector_of_the_protocol_holds),
	};

	return cmocka_run_group_tests_name("vectors", tests, NULL, NULL);
}
