/* SPDX-License-Identifier: EUPL-1.2 */
/* What everybody checks about the trustees' keys, step by step; every refusal names the trustee.
 * Spec: docs/protocol.md#threshold-key-generation */
#include <string.h>

#include "election/threshold.h"

/* All certificates, as the array that is signed. */
#define MAX_CERTS_TEXT ((size_t)16 << 20)

static void
sigmsg(struct urne_sha256 *h)
{
	urne_sha256_init(h);
	urne_sha256_puts(h, "sigmsg|");
}

enum urne_err
urne_signed_msg_check(const struct urne_signed_msg *m, const struct urne_group *g,
    const struct urne_elem *verification)
{
	struct urne_sha256 h;

	sigmsg(&h);
	urne_sha256_put_view(&h, m->message);
	urne_sha256_puts(&h, "|");
	return urne_schnorr_verify(g, &m->signature, verification, &h);
}

void
urne_key_sig_transcript(
    struct urne_sha256 *h, const struct urne_group *g, const struct urne_elem *key)
{
	sigmsg(h);
	urne_elem_hash(g, h, key);
	urne_sha256_puts(h, "|");
}

void
urne_pok_transcript(struct urne_sha256 *h, const struct urne_group *g, const struct urne_elem *key)
{
	urne_sha256_init(h);
	urne_sha256_puts(h, "pok|");
	urne_sha256_puts(h, g->name);
	urne_sha256_puts(h, "|");
	urne_elem_hash(g, h, key);
	urne_sha256_puts(h, "|");
}

enum urne_err
urne_pok_check(const struct urne_trustee_public_key *k, const struct urne_group *g)
{
	struct urne_sha256 h;

	urne_pok_transcript(&h, g, &k->public_key);
	return urne_schnorr_verify(g, &k->pok, &k->public_key, &h);
}

/* certs_text appends the array of certificates. */
static enum urne_err
certs_text(struct urne_buf *out, const struct urne_group *g, const struct urne_threshold *t)
{
	struct urne_signed_msg *certs = t->certs;
	size_t num = t->size;
	struct urne_codec c;

	urne_codec_write(&c, out);
	urne_codec_signed_msgs(&c, g, &certs, &num);
	return urne_codec_end(&c, NULL);
}

enum urne_err
urne_certs_hash(struct urne_hash *out, const struct urne_group *g, const struct urne_threshold *t)
{
	struct urne_buf text;
	enum urne_err e;

	memset(out, 0, sizeof(*out));
	urne_buf_init(&text, MAX_CERTS_TEXT);
	e = certs_text(&text, g, t);
	if (e == URNE_OK) {
		urne_sha256_of(out, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	return e;
}

/* sigmsg|certs_sig|{"certs":[..],"coefexps":[ */
static enum urne_err
certs_sig_start(struct urne_sha256 *h, const struct urne_group *g, const struct urne_threshold *t)
{
	struct urne_buf text;
	enum urne_err e;

	sigmsg(h);
	urne_buf_init(&text, MAX_CERTS_TEXT);
	e = certs_text(&text, g, t);
	if (e == URNE_OK) {
		urne_sha256_puts(h, "certs_sig|{\"certs\":");
		urne_sha256_put_view(h, urne_buf_view(&text));
		urne_sha256_puts(h, ",\"coefexps\":[");
	}
	urne_buf_clear(&text);
	return e;
}

/* "A_i0","A_i1",..]}| */
static void
certs_sig_coefexps(
    struct urne_sha256 *h, const struct urne_group *g, const struct urne_threshold *t, size_t i)
{
	size_t num = (size_t)t->threshold;

	for (size_t k = 0; k < num; k++) {
		urne_sha256_puts(h, k == 0 ? "\"" : ",\"");
		urne_elem_hash(g, h, &t->coefexp[i * num + k]);
		urne_sha256_puts(h, "\"");
	}
	urne_sha256_puts(h, "]}|");
}

enum urne_err
urne_certs_sig_transcript(
    struct urne_sha256 *h, const struct urne_group *g, const struct urne_threshold *t, size_t i)
{
	enum urne_err e = certs_sig_start(h, g, t);

	if (e == URNE_OK) {
		certs_sig_coefexps(h, g, t, i);
	}
	return e;
}

static enum urne_err
check_context(
    const struct urne_threshold *t, struct urne_diag *d, const struct urne_group *g, size_t i)
{
	const struct urne_cert *cert = &t->cert[i];

	if (!cert->has_context) {
		return URNE_OK;
	}
	if (!urne_view_is(cert->group, g->name)) {
		return urne_fail(d, URNE_ERR_MISMATCH, "certificate is for another group");
	}
	if (cert->size != t->size) {
		return urne_fail(d, URNE_ERR_MISMATCH, "certificate says size %ju instead of %zu",
		    (uintmax_t)cert->size, t->size);
	}
	if (cert->threshold != t->threshold) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "certificate says threshold %ju instead of %ju", (uintmax_t)cert->threshold,
		    (uintmax_t)t->threshold);
	}
	if (cert->index != i + 1) {
		return urne_fail(d, URNE_ERR_MISMATCH, "certificate says index %ju instead of %zu",
		    (uintmax_t)cert->index, i + 1);
	}
	return URNE_OK;
}

enum urne_err
urne_threshold_check_cert(
    const struct urne_threshold *t, struct urne_diag *d, const struct urne_group *g, size_t i)
{
	const struct urne_cert *cert = &t->cert[i];
	enum urne_err e = check_context(t, d, g, i);

	if (e != URNE_OK) {
		return e;
	}
	if (urne_elem_is_identity(g, &cert->verification) ||
	    urne_elem_is_identity(g, &cert->encryption)) {
		return urne_fail(d, URNE_ERR_GROUP, "a key of the certificate is the identity");
	}
	if (urne_signed_msg_check(&t->certs[i], g, &cert->verification) != URNE_OK) {
		return urne_fail(d, URNE_ERR_PROOF, "signature of the certificate does not verify");
	}
	return URNE_OK;
}

bool
urne_cert_shares_key(
    const struct urne_group *g, const struct urne_cert *a, const struct urne_cert *b)
{
	return urne_elem_eq(g, &a->verification, &b->verification) ||
	       urne_elem_eq(g, &a->encryption, &b->encryption);
}

/* check_new: no key stands in an earlier certificate. */
static enum urne_err
check_new(const struct urne_threshold *t, struct urne_diag *d, const struct urne_group *g, size_t i)
{
	for (size_t k = 0; k < i; k++) {
		if (urne_cert_shares_key(g, &t->cert[k], &t->cert[i])) {
			return urne_fail(d, URNE_ERR_DUPLICATE,
			    "certificate has a key of an earlier certificate");
		}
	}
	return URNE_OK;
}

enum urne_err
urne_threshold_check_certs(const struct urne_threshold *t, struct urne_diag *d,
    const struct urne_group *g, size_t first_owner)
{
	for (size_t i = 0; i < t->size; i++) {
		enum urne_err e = urne_threshold_check_cert(t, d, g, i);

		if (e == URNE_OK) {
			e = check_new(t, d, g, i);
		}
		if (e != URNE_OK) {
			urne_diag_within(d, "trustee %zu: ", first_owner + i);
			return e;
		}
	}
	return URNE_OK;
}

enum urne_err
urne_threshold_check_coefexp(
    const struct urne_threshold *t, struct urne_diag *d, const struct urne_group *g, size_t i)
{
	return urne_signed_msg_check(&t->coefexps[i], g, &t->cert[i].verification) == URNE_OK
		   ? URNE_OK
		   : urne_fail(d, URNE_ERR_PROOF, "signature of the coefexps does not verify");
}

enum urne_err
urne_threshold_check_coefexps(const struct urne_threshold *t, struct urne_diag *d,
    const struct urne_group *g, size_t first_owner)
{
	for (size_t i = 0; i < t->size; i++) {
		enum urne_err e = urne_threshold_check_coefexp(t, d, g, i);

		if (e != URNE_OK) {
			urne_diag_within(d, "trustee %zu: ", first_owner + i);
			return e;
		}
	}
	return URNE_OK;
}

/* start: the text up to the coefexps, which all sign. */
static enum urne_err
check_signature(const struct urne_threshold *t, struct urne_diag *d, const struct urne_group *g,
    const struct urne_sha256 *start, size_t i)
{
	struct urne_sha256 h = *start;
	enum urne_err e;

	certs_sig_coefexps(&h, g, t, i);
	e = urne_schnorr_verify(g, &t->signatures[i], &t->cert[i].verification, &h);
	return e == URNE_OK ? e
			    : urne_fail(d, e,
				  "signature of all certificates and its coefexps does not verify");
}

static enum urne_err
start_signature(struct urne_sha256 *start, struct urne_diag *d, const struct urne_group *g,
    const struct urne_threshold *t)
{
	enum urne_err e = certs_sig_start(start, g, t);

	return e == URNE_OK ? e : urne_fail(d, e, "no memory for the text of the certificates");
}

enum urne_err
urne_threshold_check_signature(
    const struct urne_threshold *t, struct urne_diag *d, const struct urne_group *g, size_t i)
{
	struct urne_sha256 start;
	enum urne_err e = start_signature(&start, d, g, t);

	return e == URNE_OK ? check_signature(t, d, g, &start, i) : e;
}

enum urne_err
urne_threshold_check_signatures(const struct urne_threshold *t, struct urne_diag *d,
    const struct urne_group *g, size_t first_owner)
{
	struct urne_sha256 start;
	enum urne_err e = start_signature(&start, d, g, t);

	for (size_t i = 0; e == URNE_OK && i < t->size; i++) {
		e = check_signature(t, d, g, &start, i);
		if (e != URNE_OK) {
			urne_diag_within(d, "trustee %zu: ", first_owner + i);
		}
	}
	return e;
}

void
urne_coefexps_eval(struct urne_elem *out, const struct urne_group *g,
    const struct urne_elem *coefexp, size_t num, uint64_t j)
{
	struct urne_elem acc;

	/* Horner: (..(A_t^j A_(t-1))^j ..)^j A_0 */
	urne_elem_identity(g, &acc);
	for (size_t k = num; k-- > 0;) {
		urne_elem_pow_u64(g, &acc, &acc, j);
		urne_elem_mul(g, &acc, &acc, &coefexp[k]);
	}
	*out = acc;
}

void
urne_threshold_public_share(
    struct urne_elem *out, const struct urne_group *g, const struct urne_threshold *t, uint64_t j)
{
	size_t num = (size_t)t->threshold;

	urne_elem_identity(g, out);
	for (size_t i = 0; i < t->size; i++) {
		struct urne_elem share;

		urne_coefexps_eval(&share, g, &t->coefexp[i * num], num, j);
		urne_elem_mul(g, out, out, &share);
	}
}

static enum urne_err
check_public_key(
    const struct urne_trustee_public_key *k, struct urne_diag *d, const struct urne_group *g)
{
	if (urne_elem_is_identity(g, &k->public_key)) {
		return urne_fail(d, URNE_ERR_GROUP, "public key is the identity");
	}
	if (urne_pok_check(k, g) != URNE_OK) {
		return urne_fail(
		    d, URNE_ERR_PROOF, "proof of knowledge of the private key does not verify");
	}
	return URNE_OK;
}

enum urne_err
urne_threshold_check_key(
    const struct urne_threshold *t, struct urne_diag *d, const struct urne_group *g, size_t i)
{
	const struct urne_trustee_public_key *k = &t->verification_keys[i];
	struct urne_elem share;
	struct urne_sha256 h;
	enum urne_err e;

	urne_threshold_public_share(&share, g, t, i + 1);
	if (!urne_elem_eq(g, &share, &k->public_key)) {
		return urne_fail(
		    d, URNE_ERR_MISMATCH, "verification key is not what the coefexps give");
	}
	e = check_public_key(k, d, g);
	if (e != URNE_OK || !k->has_signature) {
		return e;
	}
	urne_key_sig_transcript(&h, g, &k->public_key);
	if (urne_schnorr_verify(g, &k->signature, &t->cert[i].verification, &h) != URNE_OK) {
		return urne_fail(
		    d, URNE_ERR_PROOF, "signature of the verification key does not verify");
	}
	return URNE_OK;
}

enum urne_err
urne_threshold_check_keys(const struct urne_threshold *t, struct urne_diag *d,
    const struct urne_group *g, size_t first_owner)
{
	for (size_t i = 0; i < t->size; i++) {
		enum urne_err e = urne_threshold_check_key(t, d, g, i);
		if (e != URNE_OK) {
			urne_diag_within(d, "trustee %zu: ", first_owner + i);
			return e;
		}
	}
	return URNE_OK;
}

/* sub_key: the item's factor of the election key. */
static void
sub_key(struct urne_elem *out, const struct urne_group *g, const struct urne_trustee_item *item)
{
	if (item->is_threshold) {
		urne_threshold_public_share(out, g, &item->threshold, 0);
	} else {
		*out = item->single.public_key;
	}
}

static enum urne_err
check_threshold(
    const struct urne_trustee_item *item, struct urne_diag *d, const struct urne_group *g)
{
	const struct urne_threshold *t = &item->threshold;
	struct urne_elem key;
	enum urne_err e = urne_threshold_check_certs(t, d, g, item->first_owner);

	if (e == URNE_OK) {
		e = urne_threshold_check_coefexps(t, d, g, item->first_owner);
	}
	if (e == URNE_OK && t->has_signatures) {
		e = urne_threshold_check_signatures(t, d, g, item->first_owner);
	}
	if (e == URNE_OK) {
		e = urne_threshold_check_keys(t, d, g, item->first_owner);
	}
	if (e != URNE_OK) {
		return e;
	}
	sub_key(&key, g, item);
	if (urne_elem_is_identity(g, &key)) {
		return urne_fail(d, URNE_ERR_GROUP,
		    "trustees %zu to %zu: their common key is the identity", item->first_owner,
		    item->first_owner + item->num_owners - 1);
	}
	return URNE_OK;
}

enum urne_err
urne_trustees_check(const struct urne_trustees *t, struct urne_diag *d, const struct urne_group *g)
{
	struct urne_elem key;

	for (size_t i = 0; i < t->num_items; i++) {
		const struct urne_trustee_item *item = &t->items[i];
		enum urne_err e;

		if (item->is_threshold) {
			e = check_threshold(item, d, g);
		} else {
			e = check_public_key(&item->single, d, g);
			if (e != URNE_OK) {
				urne_diag_within(d, "trustee %zu: ", item->first_owner);
			}
		}
		if (e != URNE_OK) {
			return e;
		}
	}
	urne_trustees_key(&key, g, t);
	if (urne_elem_is_identity(g, &key)) {
		return urne_fail(d, URNE_ERR_GROUP, "the election key is the identity");
	}
	return URNE_OK;
}

void
urne_trustees_key(struct urne_elem *out, const struct urne_group *g, const struct urne_trustees *t)
{
	urne_elem_identity(g, out);
	for (size_t i = 0; i < t->num_items; i++) {
		struct urne_elem key;

		sub_key(&key, g, &t->items[i]);
		urne_elem_mul(g, out, out, &key);
	}
}
