/* SPDX-License-Identifier: EUPL-1.2 */
/* Secret numbers: arithmetic, decimal text in both directions, elements that stay secret, and
 * credentials turned into keys. */
#include "tests/ct/ct.h"

#include "election/credential.h"

static void
arithmetic(const struct urne_group *g, struct urne_rng *rng)
{
	struct urne_secret a, b, c, d;
	struct urne_scalar published, w;
	uint64_t bit = 1;
	uint8_t wide[64] = {9};

	ct_secret(g, &a, rng);
	ct_secret(g, &b, rng);
	urne_classify(&bit, sizeof(bit));
	urne_classify(wide, sizeof(wide));
	/* (a + b) - b = a, and a masked by 1 */
	urne_secret_add(g, &c, &a, &b);
	urne_secret_sub(g, &c, &c, &b);
	urne_secret_sub(g, &c, &c, &a);
	urne_secret_mask(g, &c, &c, bit);
	urne_secret_publish(g, &published, &c);
	ct_check(urne_scalar_is_zero(&published), "a + b - b - a is zero");
	urne_secret_mul(g, &c, &a, &b);
	urne_secret_reduce(g, &d, wide, sizeof(wide));
	urne_secret_from_u64(g, &c, bit);
	urne_secret_sub(g, &d, &d, &c);
	urne_scalar_from_u64(g, &w, 77);
	urne_secret_response(g, &published, &a, &b, &w);
	ct_check(!urne_scalar_is_zero(&published), "a response");
}

/* A decimal text that was written is read again; a wrong one is refused without a hint where. */
static void
decimals(const struct urne_group *g, struct urne_rng *rng)
{
	struct urne_secret a, b;
	struct urne_scalar published;
	struct urne_buf text;

	ct_secret(g, &a, rng);
	urne_buf_init_secret(&text, URNE_TEXT_MAX);
	urne_secret_to_decimal(g, &text, &a);
	ct_check(urne_buf_error(&text) == URNE_OK, "to decimal");
	urne_classify(text.data, text.len);
	ct_check(urne_secret_from_decimal(g, &b, urne_buf_view(&text)) == URNE_OK, "from decimal");
	urne_secret_sub(g, &b, &b, &a);
	urne_secret_publish(g, &published, &b);
	ct_check(urne_scalar_is_zero(&published), "the number written is the number read");
	text.data[text.len / 2] = 'x';
	urne_classify(text.data, text.len);
	ct_check(urne_secret_from_decimal(g, &b, urne_buf_view(&text)) == URNE_ERR_SYNTAX,
	    "a letter in a number");
	urne_buf_clear(&text);
}

/* beta / alpha^x = g^s for alpha = g^r, beta = X^r g^s: both texts are the same. */
static void
texts(const struct urne_group *g, struct urne_rng *rng)
{
	struct urne_secret x, r, s;
	struct urne_elem X, alpha, beta;
	struct urne_buf one, other;

	ct_secret(g, &x, rng);
	ct_secret(g, &r, rng);
	ct_secret(g, &s, rng);
	urne_secret_base(g, &X, &x);
	urne_secret_base(g, &alpha, &r);
	urne_secret_commit(g, &beta, &X, &r, &s);
	urne_buf_init_secret(&one, URNE_TEXT_MAX);
	urne_buf_init_secret(&other, URNE_TEXT_MAX);
	urne_secret_base_text(g, &one, &s);
	urne_secret_unmask_text(g, &other, &alpha, &beta, &x);
	ct_check(urne_buf_error(&one) == URNE_OK && urne_buf_error(&other) == URNE_OK, "texts");
	/* the test is over: both may be compared */
	urne_declassify(one.data, one.len);
	urne_declassify(other.data, other.len);
	ct_check(urne_view_eq(urne_buf_view(&one), urne_buf_view(&other)), "same texts");
	urne_buf_clear(&one);
	urne_buf_clear(&other);
}

static void
credentials(const struct urne_group *g, struct urne_rng *rng)
{
	static const enum urne_credential_form forms[] = {URNE_CREDENTIAL_NEW, URNE_CREDENTIAL_OLD};
	struct urne_diag d;

	(void)rng;
	for (size_t i = 0; i < 2; i++) {
		struct urne_secret key;
		struct urne_elem public_credential;
		struct urne_rng plain; /* rejection sampling shows its number of tries */
		uint8_t seed[32] = {1};
		char text[URNE_CREDENTIAL_MAX + 1];
		size_t len = 0;

		urne_rng_init_fixed(&plain, seed);
		urne_credential_generate(text, forms[i], &plain);
		len = strlen(text);
		urne_classify(text, len);
		ct_check(urne_credential_derive(&key, &d, g, urne_view_of("GnQagTgeJqLsvY"),
			     (struct urne_view){text, len}) == URNE_OK,
		    "a credential's key");
		urne_secret_base(g, &public_credential, &key);
		urne_secret_clear(&key);
	}
}

int
main(void)
{
	struct urne_rng rng;

	if (!ct_under_valgrind()) {
		return CT_SKIPPED;
	}
	ct_rng(&rng);
	for (size_t i = 0; urne_group_list(i) != NULL; i++) {
		const struct urne_group *g = urne_group_list(i);

		printf("%s\n", g->name);
		arithmetic(g, &rng);
		decimals(g, &rng);
		texts(g, &rng);
		credentials(g, &rng);
	}
	return 0;
}
