/* SPDX-License-Identifier: EUPL-1.2 */
/* The signer that follows from a trustee's seed: made, and signing. */
#include "tests/ct/ct.h"

#include "election/ceremony.h"

int
main(void)
{
	static char text[] = "A4GavStfxpHKbSzusRcBM8";
	struct urne_seed seed = {{0}};
	struct urne_signer s;
	struct urne_diag d = {{0}};
	struct urne_buf out;

	if (!ct_under_valgrind()) {
		return CT_SKIPPED;
	}
	urne_buf_init(&out, 1 << 12);
	memcpy(seed.text, text, URNE_SEED_LEN);
	urne_classify(seed.text, URNE_SEED_LEN);
	ct_check(urne_seed_identity(&s, &d, urne_view_of("anna"), &seed) == URNE_OK, "an identity");
	ct_check(urne_signer_sign(&out, &s, urne_view_of("text\n")) == URNE_OK, "its signature");
	urne_signer_clear(&s);
	urne_seed_clear(&seed);
	urne_buf_clear(&out);
	return 0;
}
