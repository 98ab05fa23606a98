/* SPDX-License-Identifier: EUPL-1.2 */
/* Private credentials: the key is the one an independent computation gives, typing mistakes are
 * refused, and no sentence repeats what was typed. */
#include "tests/unit/support/check.h"

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#include "election/credential.h"
#include "election/election.h"

static const char uuid[] = "GnQagTgeJqLsvY";

/* belenios-tool 2.0 setup generate-credentials --uuid GnQagTgeJqLsvY --group BELENIOS-2048 */
static const char old_credential[] = "546-B5A-tqZ-j9C-tn8";
static const char old_public[] =
    "587710943608241380744613170052212518386771770938739216292551116031617170089358129641448030"
    "694752413562588898095709783152179320075701543287760432662813943255516974514691505907283849"
    "531313577743429350869208684387778032013460447181800774134968510376978610216649823232655712"
    "956284266239837530915642842148765317649945745489084681793319848446681637040485211624663918"
    "131498225631301970640123309344492843220286047478362045923161161900272551083116975891226121"
    "408514952947730967942024204368297621965942524151198548932376692069681078265471229116714562"
    "6417803255579030068911289090119922970584432089832989043746652417349372492219";

/* q as OpenSSL sees it */
static BIGNUM *
order(const struct urne_group *g)
{
	return BN_lebin2bn((const uint8_t *)g->q, (int)(g->num_q_limbs * 8), NULL);
}

/* assert_key: the secret published is the number n modulo q. */
static void
assert_key(const struct urne_group *g, const struct urne_secret *key, const BIGNUM *n)
{
	BN_CTX *ctx = BN_CTX_new();
	BIGNUM *q = order(g), *r = BN_new();
	struct urne_scalar published;
	char text[URNE_TEXT_MAX];
	char *want;
	size_t len;

	assert_int_equal(BN_mod(r, n, q, ctx), 1);
	want = BN_bn2dec(r);
	urne_secret_publish(g, &published, key);
	len = urne_scalar_encode(g, text, &published);
	assert_int_equal(len, strlen(want));
	assert_memory_equal(text, want, len);
	OPENSSL_free(want);
	BN_free(q);
	BN_free(r);
	BN_CTX_free(ctx);
}

/* The number whose hexadecimal digits are SHA-256(derive_credential|uuid|0|c) and then |1|c. */
static BIGNUM *
independent_new(const char *credential)
{
	uint8_t wide[64];
	BIGNUM *n;

	for (int i = 0; i < 2; i++) {
		char text[256];
		int len =
		    snprintf(text, sizeof(text), "derive_credential|%s|%d|%s", uuid, i, credential);

		assert_int_equal(
		    EVP_Digest(text, (size_t)len, wide + 32 * i, NULL, EVP_sha256(), NULL), 1);
	}
	n = BN_bin2bn(wide, sizeof(wide), NULL);
	assert_non_null(n);
	return n;
}

static void
new_form_gives_the_key_that_openssl_computes(void **state)
{
	struct urne_rng rng;
	struct urne_diag d;

	test_rng_init(&rng);
	for (size_t i = 0; urne_group_list(i) != NULL; i++) {
		const struct urne_group *g = urne_group_list(i);
		char c[URNE_CREDENTIAL_MAX + 1];
		enum urne_credential_form form;
		struct urne_secret key;
		BIGNUM *n;

		urne_credential_generate(c, URNE_CREDENTIAL_NEW, &rng);
		assert_ok(urne_credential_check(&form, &d, urne_view_of(c)));
		assert_int_equal(form, URNE_CREDENTIAL_NEW);
		assert_ok(
		    urne_credential_derive(&key, &d, g, VIEW("GnQagTgeJqLsvY"), urne_view_of(c)));
		n = independent_new(c);
		assert_key(g, &key, n);
		BN_free(n);
	}
}

static void
old_form_gives_the_key_that_openssl_computes(void **state)
{
	for (size_t i = 0; urne_group_list(i) != NULL; i++) {
		const struct urne_group *g = urne_group_list(i);
		uint8_t block[32];
		struct urne_secret key;
		struct urne_diag d;
		BIGNUM *n;

		assert_int_equal(
		    PKCS5_PBKDF2_HMAC(old_credential, (int)strlen(old_credential),
			(const uint8_t *)uuid, (int)strlen(uuid), 1000, EVP_sha256(), 32, block),
		    1);
		n = BN_bin2bn(block, sizeof(block), NULL);
		assert_ok(urne_credential_derive(
		    &key, &d, g, VIEW("GnQagTgeJqLsvY"), urne_view_of(old_credential)));
		assert_key(g, &key, n);
		BN_free(n);
	}
}

static void
old_form_gives_the_public_credential_of_belenios_tool(void **state)
{
	const struct urne_group *g = &urne_group_belenios_2048;
	enum urne_credential_form form;
	struct urne_secret key;
	struct urne_elem X;
	struct urne_diag d;
	char text[URNE_TEXT_MAX];
	size_t len;

	assert_ok(urne_credential_check(&form, &d, urne_view_of(old_credential)));
	assert_int_equal(form, URNE_CREDENTIAL_OLD);
	assert_ok(urne_credential_derive(
	    &key, &d, g, VIEW("GnQagTgeJqLsvY"), urne_view_of(old_credential)));
	urne_secret_base(g, &X, &key);
	len = urne_elem_encode(g, text, &X);
	assert_int_equal(len, strlen(old_public));
	assert_memory_equal(text, old_public, len);
}

static void
another_election_gives_another_key(void **state)
{
	const struct urne_group *g = &urne_group_ed25519;
	struct urne_secret a, b;
	struct urne_diag d;
	struct urne_view c = VIEW("ABCDE-FGHJKL-MNPQR-STUVWX");

	assert_ok(urne_credential_derive(&a, &d, g, VIEW("GnQagTgeJqLsvY"), c));
	assert_ok(urne_credential_derive(&b, &d, g, VIEW("GnQagTgeJqLsvZ"), c));
	assert_memory_not_equal(&a, &b, sizeof(a));
}

/* no_trace: the sentence repeats no four characters of the credential in a row. */
static void
no_trace(const struct urne_diag *d, const char *typed)
{
	for (size_t i = 0; i + 4 <= strlen(typed); i++) {
		char part[5] = {0};

		memcpy(part, typed + i, 4);
		if (strstr(d->text, part) != NULL) {
			fail_msg("\"%s\" says \"%s\"", d->text, part);
		}
	}
}

static void
typing_mistakes_are_refused_without_repeating_them(void **state)
{
	static const struct refusal cases[] = {
	    {"", URNE_ERR_SYNTAX, "has 0 characters"},
	    {"qwrty-uadfgh-jkzxc-vbnmQ", URNE_ERR_SYNTAX, "has 24 characters"},
	    {"qwrty-uadfgh-jkzxc-vbnmQWW", URNE_ERR_SYNTAX, "has 26 characters"},
	    {"qwrty+uadfgh-jkzxc-vbnmQW", URNE_ERR_SYNTAX, "character 6 "},
	    {"qwrt0-uadfgh-jkzxc-vbnmQW", URNE_ERR_SYNTAX, "character 5 "},
	    {"qwrty-uadfgh-jkzxc-vbnmQ\377", URNE_ERR_SYNTAX, "character 25 "},
	    {"qwrty-uadfgh-jkzxc-vbnmQl", URNE_ERR_SYNTAX, "character 25 "},
	    {"546-B5A-tqZ-j9C-tn9", URNE_ERR_MISMATCH, "checksum"},
	    {"456-B5A-tqZ-j9C-tn8", URNE_ERR_MISMATCH, "checksum"},
	    {"546_B5A-tqZ-j9C-tn8", URNE_ERR_SYNTAX, "character 4 "},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_diag d = {{0}};
		struct urne_secret key;
		struct urne_secret zero = {{0}};
		enum urne_err e;

		memset(&key, 1, sizeof(key));
		e = urne_credential_derive(&key, &d, &urne_group_ed25519, VIEW("GnQagTgeJqLsvY"),
		    urne_view_of(cases[i].text));
		assert_refusal(&cases[i], i, e, &d);
		no_trace(&d, cases[i].text);
		assert_memory_equal(&key, &zero, sizeof(key));
	}
}

/* Every single wrong character and every swap of neighbours is caught by the checksum, as far as
 * 53 values can: at least 9 of 10. */
static void
old_checksum_catches_nearly_every_mistake(void **state)
{
	size_t caught = 0, tried = 0;

	for (size_t i = 0; i + 1 < strlen(old_credential); i++) {
		char typed[URNE_CREDENTIAL_MAX + 1];

		(void)snprintf(typed, sizeof(typed), "%s", old_credential);
		for (size_t k = 0; typed[i] != '-' && k < 58; k++) {
			enum urne_credential_form form;

			typed[i] = urne_base58_alphabet[k];
			if (typed[i] == old_credential[i]) {
				continue;
			}
			tried++;
			caught += urne_credential_check(&form, NULL, urne_view_of(typed)) ==
				  URNE_ERR_MISMATCH;
		}
	}
	assert_true(caught * 10 >= tried * 9);
	assert_true(tried > 700);
}

static void
generated_credentials_are_accepted_and_differ(void **state)
{
	static const enum urne_credential_form forms[] = {URNE_CREDENTIAL_NEW, URNE_CREDENTIAL_OLD};
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t f = 0; f < 2; f++) {
		char last[URNE_CREDENTIAL_MAX + 1] = "";

		for (size_t i = 0; i < 200; i++) {
			char c[URNE_CREDENTIAL_MAX + 1];
			enum urne_credential_form form;

			urne_credential_generate(c, forms[f], &rng);
			assert_ok(urne_credential_check(&form, NULL, urne_view_of(c)));
			assert_int_equal(form, forms[f]);
			assert_string_not_equal(c, last);
			memcpy(last, c, sizeof(last));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(new_form_gives_the_key_that_openssl_computes),
	    cmocka_unit_test(old_form_gives_the_key_that_openssl_computes),
	    cmocka_unit_test(old_form_gives_the_public_credential_of_belenios_tool),
	    cmocka_unit_test(another_election_gives_another_key),
	    cmocka_unit_test(typing_mistakes_are_refused_without_repeating_them),
	    cmocka_unit_test(old_checksum_catches_nearly_every_mistake),
	    cmocka_unit_test(generated_credentials_are_accepted_and_differ),
	};

	return cmocka_run_group_tests_name("credential", tests, NULL, NULL);
}
