/* SPDX-License-Identifier: EUPL-1.2 */
/* Keys that sign notes: making one, writing it and signing with it. */
#include "tests/ct/ct.h"

#include "crypto/secret/signer.h"

int
main(void)
{
	static const char text[] = "text\n";
	struct urne_rng rng;
	struct urne_signer s;
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
	urne_signer_write(&key, &s);
	ct_check(urne_buf_error(&key) == URNE_OK, "the text of the key");
	urne_buf_clear(&key);
	urne_buf_clear(&out);
	urne_signer_clear(&s);
	return 0;
}
