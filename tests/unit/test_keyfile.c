/* SPDX-License-Identifier: EUPL-1.2 */
/* Locked keys open with their passphrase and with nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "crypto/secret/keyfile.h"

static const char key[] = "A4GavStfxpHKbSzusRcBM8";
static const char passphrase[] = "correct horse";

static void
lock(struct urne_buf *out, bool fast)
{
	static const uint8_t seed[32] = {1};
	struct urne_rng rng;

	urne_rng_init_fixed(&rng, seed);
	urne_buf_init(out, URNE_MAX_SMALL_FILE);
	assert_int_equal(
	    urne_keyfile_lock(out, urne_view_of(key), urne_view_of(passphrase), fast, &rng),
	    URNE_OK);
}

static enum urne_err
unlock(struct urne_view file, const char *phrase, struct urne_diag *d)
{
	struct urne_buf out;
	enum urne_err e;

	urne_buf_init_secret(&out, URNE_MAX_SMALL_FILE);
	e = urne_keyfile_unlock(&out, d, file, urne_view_of(phrase));
	if (e == URNE_OK) {
		assert_true(urne_view_is(urne_buf_view(&out), key));
	} else {
		assert_int_equal(out.len, 0);
		assert_null(strstr(d->text, phrase));
	}
	urne_buf_clear(&out);
	return e;
}

static void
a_locked_key_opens_with_its_passphrase(void **state)
{
	struct urne_diag d = {{0}};
	struct urne_buf file;

	(void)state;
	for (int fast = 0; fast < 2; fast++) {
		lock(&file, fast == 1);
		assert_true(urne_keyfile_is_locked(urne_buf_view(&file)));
		assert_null(memmem(file.data, file.len, key, strlen(key)));
		assert_int_equal(unlock(urne_buf_view(&file), passphrase, &d), URNE_OK);
		urne_buf_putc(&file, '\n');
		assert_int_equal(unlock(urne_buf_view(&file), passphrase, &d), URNE_OK);
		urne_buf_clear(&file);
	}
}

static void
a_plain_key_is_not_locked(void **state)
{
	(void)state;
	assert_false(urne_keyfile_is_locked(urne_view_of(key)));
	assert_false(urne_keyfile_is_locked(urne_view_of("\"123\"")));
	assert_false(urne_keyfile_is_locked((struct urne_view){"", 0}));
}

static void
a_wrong_passphrase_does_not_open_it(void **state)
{
	struct urne_diag d = {{0}};
	struct urne_buf file;

	(void)state;
	lock(&file, true);
	assert_int_equal(unlock(urne_buf_view(&file), "correct house", &d), URNE_ERR_PASSPHRASE);
	assert_int_equal(unlock(urne_buf_view(&file), "x", &d), URNE_ERR_PASSPHRASE);
	urne_buf_clear(&file);
}

static void
a_change_of_salt_nonce_or_data_does_not_open_it(void **state)
{
	static const char *const fields[] = {"\"salt\":\"", "\"nonce\":\"", "\"data\":\""};
	struct urne_diag d = {{0}};
	struct urne_buf file;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char *p;

		lock(&file, true);
		p = memmem(file.data, file.len, fields[i], strlen(fields[i]));
		assert_non_null(p);
		p += strlen(fields[i]);
		*p = *p == '0' ? '1' : '0';
		assert_int_equal(unlock(urne_buf_view(&file), passphrase, &d), URNE_ERR_PASSPHRASE);
		urne_buf_clear(&file);
	}
}

static void
parameters_out_of_bounds_are_refused(void **state)
{
#define REST                                                                                       \
	",\"salt\":\"00000000000000000000000000000000\",\"nonce\":"                                \
	"\"000000000000000000000000000000000000000000000000\",\"data\":"                           \
	"\"00000000000000000000000000000000\"}"
	static const char *const files[] = {
	    "{\"urne_key\":1,\"kdf\":\"argon2id13\",\"ops\":3,\"mem\":1073741825" REST,
	    "{\"urne_key\":1,\"kdf\":\"argon2id13\",\"ops\":21,\"mem\":268435456" REST,
	    "{\"urne_key\":1,\"kdf\":\"argon2id13\",\"ops\":0,\"mem\":268435456" REST,
	    "{\"urne_key\":1,\"kdf\":\"argon2id13\",\"ops\":1,\"mem\":8191" REST,
	};
#undef REST
	struct urne_diag d = {{0}};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		assert_int_equal(unlock(urne_view_of(files[i]), passphrase, &d), URNE_ERR_RANGE);
	}
}

static void
every_cut_of_a_locked_key_is_refused(void **state)
{
	struct urne_diag d = {{0}};
	struct urne_buf file;

	(void)state;
	lock(&file, true);
	for (size_t len = 0; len < file.len; len++) {
		assert_int_equal(
		    unlock((struct urne_view){file.data, len}, passphrase, &d), URNE_ERR_SYNTAX);
	}
	urne_buf_clear(&file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_locked_key_opens_with_its_passphrase),
	    cmocka_unit_test(a_plain_key_is_not_locked),
	    cmocka_unit_test(a_wrong_passphrase_does_not_open_it),
	    cmocka_unit_test(a_change_of_salt_nonce_or_data_does_not_open_it),
	    cmocka_unit_test(parameters_out_of_bounds_are_refused),
	    cmocka_unit_test(every_cut_of_a_locked_key_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
