/* SPDX-License-Identifier: EUPL-1.2 */
/* A tally of ones whose numbers everybody can compute, and nobody could choose. */
#include "tally/rehearsal.h"

#include "crypto/sha256.h"

/* number: r of choice j of question i, both from 0. */
static void
number(struct urne_scalar *r, const struct urne_group *g, const struct urne_hash *setup, size_t i,
    size_t j)
{
	char hex[URNE_HASH_HEX_LEN];
	struct urne_sha256 h;
	struct urne_hash hash;

	urne_hex_encode(hex, setup->b, sizeof(setup->b));
	urne_sha256_init(&h);
	urne_sha256_puts(&h, "urne-rehearsal|");
	urne_sha256_put(&h, hex, sizeof(hex));
	urne_sha256_puts(&h, "|");
	urne_sha256_put_u64(&h, i);
	urne_sha256_puts(&h, "|");
	urne_sha256_put_u64(&h, j);
	urne_sha256_final(&h, &hash);
	urne_scalar_from_hash(g, r, &hash);
}

enum urne_err
urne_rehearsal_tally(struct urne_tally *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_election *e, const struct urne_hash *setup)
{
	struct urne_ciphertext *c;
	struct urne_scalar one, r;
	enum urne_err err = urne_tally_init(out, arena, e);

	if (err != URNE_OK) {
		return urne_fail(d, err, "no room for the test tally of this election");
	}
	urne_scalar_from_u64(e->group, &one, 1);
	c = out->sum;
	for (size_t i = 0; i < e->num_questions; i++) {
		size_t num = urne_question_num_choices(&e->questions[i]);

		for (size_t j = 0; j < num; j++, c++) {
			number(&r, e->group, setup, i, j);
			urne_elem_pow_base(e->group, &c->alpha, &r);
			urne_elem_pow2_base(e->group, &c->beta, &one, &e->public_key, &r);
		}
	}
	out->num_tallied = 1;
	out->total_weight = 1;
	return URNE_OK;
}
