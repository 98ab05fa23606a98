/* SPDX-License-Identifier: EUPL-1.2 */
/* Every proof of crypto/secret/prove.h and encryption, alone: witnesses, nonces and plaintexts are
 * secret, and what comes out verifies. */
#include "tests/ct/ct.h"

#include "crypto/secret/prove.h"
#include "tests/unit/support/or_verify.h"

static void
knowledge(const struct urne_group *g, struct urne_rng *rng, const struct urne_sha256 *h)
{
	struct urne_secret x;
	struct urne_elem X, alpha, factor;
	struct urne_proof p;

	ct_secret(g, &x, rng);
	urne_secret_base(g, &X, &x);
	urne_schnorr_prove(g, &p, rng, &x, h);
	ct_check(urne_schnorr_verify(g, &p, &X, h) == URNE_OK, "schnorr");
	urne_elem_base_u64(g, &alpha, 4711);
	urne_dleq_prove(g, &p, &factor, rng, &x, &alpha, h);
	ct_check(urne_dleq_verify(g, &p, &X, &alpha, &factor, h) == URNE_OK, "dleq");
}

/* The same disjunction, whichever branch is true. */
static void
votes(const struct urne_group *g, struct urne_rng *rng, const struct urne_sha256 *h)
{
	struct urne_bases bases;
	struct urne_elem y;

	urne_elem_base_u64(g, &y, 12345);
	urne_bases_of(&bases, g, &y);
	for (uint64_t m = 0; m < 2; m++) {
		struct urne_opening o = {.m = m};
		struct urne_ciphertext ct;
		struct urne_or_branch branch[2] = {{&ct, 0}, {&ct, 1}};
		const struct urne_opening *openings[2] = {&o, &o};
		struct urne_proof p[2];
		struct urne_nonzero_proof n;
		enum urne_err e = URNE_OK;

		urne_classify(&o.m, sizeof(o.m));
		urne_encrypt(g, &ct, &o, rng, &y);
		urne_or_prove(g, p, 2, rng, &y, branch, openings, h);
		ct_check(or_verify(g, p, 2, &bases, branch, h) == URNE_OK, "disjunction");
		urne_nonzero_prove(g, &n, rng, &y, &ct, &o, h);
		e = urne_nonzero_verify(g, &n, &bases, &ct, h);
		ct_check((e == URNE_OK) == (m == 1), "not zero");
	}
}

int
main(void)
{
	struct urne_rng rng;
	struct urne_sha256 h;

	if (!ct_under_valgrind()) {
		return CT_SKIPPED;
	}
	ct_rng(&rng);
	urne_sha256_init(&h);
	urne_sha256_puts(&h, "test|");
	for (size_t i = 0; urne_group_list(i) != NULL; i++) {
		const struct urne_group *g = urne_group_list(i);

		printf("%s\n", g->name);
		knowledge(g, &rng, &h);
		/* 2048-bit exponents under valgrind take long; the code is BELENIOS-2048's */
		if (g != &urne_group_rfc_3526_2048) {
			votes(g, &rng, &h);
		}
	}
	return 0;
}
