/* SPDX-License-Identifier: EUPL-1.2 */
/* Keys that sign notes: making one, giving its seed another name, writing it and signing. */
#include "tests/ct/ct.h"

#include "crypto/secret/signer.h"

int
main(void)
{
	static const char text[] = "text\n";
	struct urne_rng rng;
	struct urne_signer s, log;
	struct urne_diag d = {{0}};
	struct urne_buf out, key;

	if (!ct_under_valgrind()) {
		return CT_SKIPPED;
	}
	urne_buf_init(&out, 1 << 12);
	urne_buf_init_secret(&key, 1 << 12);
	ct_rng(&rng);
	ct_check(urne_signer_new(&s, &d, urne_view_of("claire"), &rng) == URNE_OK, "a new key");
	ct_check(urne_signer_sign(&out, &s, urne_view_of(text)) == URNE_OK, "a signature");
	ct_check(urne_signer_rename(&log, &d, &s, urne_view_of("example.org/bb/log")) == URNE_OK,
	    "the same key under another name");
	ct_check(urne_signer_sign(&out, &log, urne_view_of(text)) == URNE_OK, "its signature");
	urne_signer_clear(&log);
	urne_signer_write(&key, &s);
	ct_check(urne_buf_error(&key) == URNE_OK, "the text of the key");
	urne_buf_clear(&key);
	urne_buf_clear(&out);
	urne_signer_clear(&s);
	return 0;
}
