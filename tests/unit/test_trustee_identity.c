/* SPDX-License-Identifier: EUPL-1.2 */
/* The identity of a trustee follows from its seed: the same one always, another one for another
 * seed, and not a key of the ceremony. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "election/ceremony.h"

static void
make_identity(struct urne_signer *out, const char *seed_text, const char *name)
{
	struct urne_seed seed = {{0}};
	struct urne_diag d = {{0}};

	assert_ok(urne_seed_read(&seed, &d, urne_view_of(seed_text)));
	assert_ok(urne_seed_identity(out, &d, urne_view_of(name), &seed));
	urne_seed_clear(&seed);
}

/* Computed with Python 3.11 and its package cryptography 48.0.0:
 *
 *   from hashlib import sha256; from base64 import b64encode
 *   from cryptography.hazmat.primitives import serialization as s
 *   from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey as key
 *   k = key.from_private_bytes(sha256(b"urne-identity|A4GavStfxpHKbSzusRcBM8").digest())
 *   b = b"\x01" + k.public_key().public_bytes(s.Encoding.Raw, s.PublicFormat.Raw)
 *   print("anna+" + sha256(b"anna\n" + b).hexdigest()[:8] + "+" + b64encode(b).decode()) */
static const char vector[] = "anna+ceea4667+AUqvcjka3HheDivh5Cz8XWzWfkUBwsZH38tb5TKDlEL3";

static void
the_identity_of_a_seed_is_the_one_that_python_computes(void **state)
{
	struct urne_signer s;
	struct urne_buf text;

	(void)state;
	make_identity(&s, "A4GavStfxpHKbSzusRcBM8", "anna");
	urne_buf_init(&text, 1 << 10);
	urne_note_key_write(&text, &s.key);
	urne_buf_putc(&text, '\0');
	assert_ok(urne_buf_error(&text));
	assert_string_equal(text.data, vector);
	urne_buf_clear(&text);
	urne_signer_clear(&s);
}

static void
another_seed_has_another_identity_and_another_name_the_same_key(void **state)
{
	struct urne_signer a, b, c;

	(void)state;
	make_identity(&a, "A4GavStfxpHKbSzusRcBM8", "anna");
	make_identity(&b, "A4GavStfxpHKbSzusRcBM9", "anna");
	make_identity(&c, "A4GavStfxpHKbSzusRcBM8", "anne");
	assert_memory_not_equal(a.key.key, b.key.key, sizeof(a.key.key));
	assert_memory_equal(a.key.key, c.key.key, sizeof(a.key.key));
	assert_int_not_equal(a.key.id, c.key.id);
	urne_signer_clear(&a);
	urne_signer_clear(&b);
	urne_signer_clear(&c);
}

static void
a_name_that_no_key_can_have_leaves_no_key_behind(void **state)
{
	static const struct urne_signer zero;
	struct urne_seed seed = {"A4GavStfxpHKbSzusRcBM8"};
	struct urne_signer s;
	struct urne_diag d = {{0}};

	(void)state;
	assert_err(urne_seed_identity(&s, &d, VIEW("anna roux"), &seed), URNE_ERR_SYNTAX);
	assert_memory_equal(&s, &zero, sizeof(s));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_identity_of_a_seed_is_the_one_that_python_computes),
	    cmocka_unit_test(another_seed_has_another_identity_and_another_name_the_same_key),
	    cmocka_unit_test(a_name_that_no_key_can_have_leaves_no_key_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
