/* SPDX-License-Identifier: EUPL-1.2 */
/* The symmetric key is the hash of a random group element that only the receiver can compute; it is
 * used for one message, so a fixed nonce derived from public data is enough. What is inside has one
 * canonical spelling, so it is opened by comparing with the text around the number.
 * Spec: docs/protocol.md#threshold-key-generation */
#include "crypto/secret/channel.h"

#include <openssl/evp.h>
#include <string.h>

#include "crypto/secret/declassify.h"
#include "crypto/secret/prove.h"

#define GCM_TAG_LEN ((size_t)16)
/* The CCM of releases up to 2.0: as SJCL does it for messages below 64 KiB, a length field of two
 * bytes, so the first 13 bytes of the nonce; and a tag of 8 bytes. */
#define CCM_TAG_LEN   ((size_t)8)
#define CCM_NONCE_LEN ((size_t)13)
/* Longest message: a signed and quoted number of a 2048-bit group has 3 KB. */
#define MAX_MESSAGE ((size_t)8192)

struct cipher_key {
	struct urne_hash key, iv;
};

static bool
is_ccm(enum urne_channel_cipher cipher)
{
	return cipher != URNE_CHANNEL_GCM;
}

static size_t
tag_len(enum urne_channel_cipher cipher)
{
	return is_ccm(cipher) ? CCM_TAG_LEN : GCM_TAG_LEN;
}

void
urne_codec_encrypted_msg(
    struct urne_codec *c, const struct urne_group *g, struct urne_encrypted_msg *m)
{
	if (c->reading) {
		memset(m, 0, sizeof(*m));
		m->cipher = URNE_CHANNEL_CCM;
	}
	urne_codec_object(c);
	if (urne_codec_optional(c, "algorithm", m->cipher != URNE_CHANNEL_CCM)) {
		bool gcm = urne_codec_try_literal(c, "\"AES-GCM\"", m->cipher == URNE_CHANNEL_GCM);
		if (!gcm) {
			urne_codec_literal(c, "\"AES-CCM\"");
		}
		m->cipher = gcm ? URNE_CHANNEL_GCM : URNE_CHANNEL_CCM_NAMED;
	}
	urne_codec_field(c, "alpha");
	urne_codec_elem(c, g, &m->alpha);
	urne_codec_field(c, "beta");
	urne_codec_elem(c, g, &m->beta);
	urne_codec_field(c, "data");
	urne_codec_plain(c, &m->data, 2 * (MAX_MESSAGE + GCM_TAG_LEN));
	urne_codec_object_end(c);
}

/* key = SHA-256(key|shared), iv = SHA-256(iv|alpha) */
static void
derive(struct cipher_key *out, const struct urne_group *g, const struct urne_buf *shared,
    const struct urne_elem *alpha)
{
	struct urne_sha256 h;

	urne_sha256_init(&h);
	urne_sha256_puts(&h, "key|");
	urne_sha256_put_view(&h, urne_buf_view(shared));
	urne_sha256_final(&h, &out->key);
	urne_sha256_init(&h);
	urne_sha256_puts(&h, "iv|");
	urne_elem_hash(g, &h, alpha);
	urne_sha256_final(&h, &out->iv);
	urne_wipe(&h, sizeof(h));
}

/* gcm_encrypt writes in.len + GCM_TAG_LEN bytes. */
static enum urne_err
gcm_encrypt(uint8_t *out, const struct cipher_key *k, struct urne_view in)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	enum urne_err e = URNE_ERR_INTERNAL;
	int len = 0;

	if (ctx == NULL || in.len > MAX_MESSAGE) {
		goto out;
	}
	if (EVP_EncryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, NULL, NULL) == 1 &&
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, (int)URNE_HASH_LEN, NULL) == 1 &&
	    EVP_EncryptInit_ex(ctx, NULL, NULL, k->key.b, k->iv.b) == 1 &&
	    EVP_EncryptUpdate(ctx, out, &len, (const uint8_t *)in.p, (int)in.len) == 1 &&
	    (size_t)len == in.len && EVP_EncryptFinal_ex(ctx, out + in.len, &len) == 1 &&
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, (int)GCM_TAG_LEN, out + in.len) == 1) {
		e = URNE_OK;
	}
out:
	EVP_CIPHER_CTX_free(ctx);
	return e;
}

static bool
gcm_decrypt(EVP_CIPHER_CTX *ctx, uint8_t *out, const struct cipher_key *k, const uint8_t *in,
    size_t len, uint8_t *tag)
{
	int n = 0;

	return EVP_DecryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, NULL, NULL) == 1 &&
	       EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, (int)URNE_HASH_LEN, NULL) == 1 &&
	       EVP_DecryptInit_ex(ctx, NULL, NULL, k->key.b, k->iv.b) == 1 &&
	       EVP_DecryptUpdate(ctx, out, &n, in, (int)len) == 1 && (size_t)n == len &&
	       EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, (int)GCM_TAG_LEN, tag) == 1 &&
	       EVP_DecryptFinal_ex(ctx, out + len, &n) == 1;
}

static bool
ccm_decrypt(EVP_CIPHER_CTX *ctx, uint8_t *out, const struct cipher_key *k, const uint8_t *in,
    size_t len, uint8_t *tag)
{
	int n = 0;

	return EVP_DecryptInit_ex(ctx, EVP_aes_256_ccm(), NULL, NULL, NULL) == 1 &&
	       EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, (int)CCM_NONCE_LEN, NULL) == 1 &&
	       EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, (int)CCM_TAG_LEN, tag) == 1 &&
	       EVP_DecryptInit_ex(ctx, NULL, NULL, k->key.b, k->iv.b) == 1 &&
	       EVP_DecryptUpdate(ctx, NULL, &n, NULL, (int)len) == 1 &&
	       EVP_DecryptUpdate(ctx, out, &n, in, (int)len) == 1 && (size_t)n == len;
}

enum urne_err
urne_channel_encrypt(struct urne_encrypted_msg *out, struct urne_arena *arena,
    const struct urne_group *g, struct urne_rng *rng, const struct urne_elem *ek,
    struct urne_view message)
{
	struct urne_secret r = {{0}}, s = {{0}};
	struct cipher_key k = {{{0}}, {{0}}};
	struct urne_buf shared;
	size_t len = message.len + GCM_TAG_LEN;
	uint8_t *data;
	char *hex;
	enum urne_err e;

	memset(out, 0, sizeof(*out));
	urne_buf_init_secret(&shared, URNE_TEXT_MAX);
	if (message.len > MAX_MESSAGE) {
		e = URNE_ERR_LIMIT;
		goto out;
	}
	data = urne_arena_alloc(arena, len, 1);
	hex = urne_arena_alloc(arena, 2 * len, 1);
	if (data == NULL || hex == NULL) {
		e = URNE_ERR_MEMORY;
		goto out;
	}
	/* alpha = g^r, beta = ek^r g^s */
	urne_secret_random(g, &r, rng);
	urne_secret_random(g, &s, rng);
	urne_secret_base(g, &out->alpha, &r);
	urne_secret_commit(g, &out->beta, ek, &r, &s);
	urne_secret_base_text(g, &shared, &s);
	e = urne_buf_error(&shared);
	if (e != URNE_OK) {
		goto out;
	}
	derive(&k, g, &shared, &out->alpha);
	e = gcm_encrypt(data, &k, message);
	if (e != URNE_OK) {
		goto out;
	}
	urne_hex_encode(hex, data, len);
	out->data = (struct urne_view){hex, 2 * len};
out:
	urne_secret_clear(&r);
	urne_secret_clear(&s);
	urne_wipe(&k, sizeof(k));
	urne_buf_clear(&shared);
	return e;
}

enum urne_err
urne_channel_decrypt(struct urne_buf *out, const struct urne_group *g,
    const struct urne_encrypted_msg *m, const struct urne_secret *dk)
{
	uint8_t data[MAX_MESSAGE + GCM_TAG_LEN];
	struct cipher_key k = {{{0}}, {{0}}};
	size_t all = m->data.len / 2, tag = tag_len(m->cipher), len;
	struct urne_buf shared;
	EVP_CIPHER_CTX *ctx = NULL;
	uint8_t *text;
	bool good;
	enum urne_err e = URNE_ERR_SYNTAX;

	urne_buf_init_secret(&shared, URNE_TEXT_MAX);
	if (all < tag + 1 || all > sizeof(data) || urne_hex_decode(data, all, m->data) != URNE_OK) {
		goto out;
	}
	len = all - tag;
	urne_secret_unmask_text(g, &shared, &m->alpha, &m->beta, dk);
	text = (uint8_t *)urne_buf_grow(out, len);
	ctx = EVP_CIPHER_CTX_new();
	e = urne_buf_error(&shared);
	if (e != URNE_OK || text == NULL || ctx == NULL) {
		e = URNE_ERR_MEMORY;
		goto out;
	}
	derive(&k, g, &shared, &m->alpha);
	good = is_ccm(m->cipher) ? ccm_decrypt(ctx, text, &k, data, len, data + len)
				 : gcm_decrypt(ctx, text, &k, data, len, data + len);
	if (!good) {
		urne_wipe(text, len);
		e = URNE_ERR_PROOF;
		goto out;
	}
	out->len += len;
out:
	EVP_CIPHER_CTX_free(ctx);
	urne_wipe(&k, sizeof(k));
	urne_buf_clear(&shared);
	return e;
}

/* sigmsg|message| */
static void
sigmsg(struct urne_sha256 *h, struct urne_view message)
{
	urne_sha256_init(h);
	urne_sha256_puts(h, "sigmsg|");
	urne_sha256_put_view(h, message);
	urne_sha256_puts(h, "|");
}

void
urne_message_sign(const struct urne_group *g, struct urne_proof *out, struct urne_rng *rng,
    const struct urne_secret *sk, struct urne_view message)
{
	struct urne_sha256 h;

	sigmsg(&h, message);
	urne_schnorr_prove(g, out, rng, sk, &h);
	urne_wipe(&h, sizeof(h));
}

/* The message that is signed, in parts around the number:
 * {"recipient":"<ek>","message":"{\"<field>\":\"<number>\"}"} */
static void
inner_head(
    struct urne_buf *out, const struct urne_group *g, const struct urne_elem *ek, const char *field)
{
	char text[URNE_TEXT_MAX];

	urne_buf_puts(out, "{\"recipient\":\"");
	urne_buf_put(out, text, urne_elem_encode(g, text, ek));
	urne_buf_puts(out, "\",\"message\":\"{\\\"");
	urne_buf_puts(out, field);
	urne_buf_puts(out, "\\\":\\\"");
}

static const char inner_tail[] = "\\\"}\"}";

/* What is encrypted is {"message":<the above, quoted>,"signature":<proof>}. */
static const char outer_head[] = "{\"message\":";
static const char outer_middle[] = ",\"signature\":";

/* quoted appends a string as JSON without its closing quotation mark when `open`. */
static void
quoted(struct urne_buf *out, struct urne_view v, bool open)
{
	urne_buf_put_json_string(out, v);
	if (open && urne_buf_error(out) == URNE_OK) {
		out->len--;
	}
}

enum urne_err
urne_channel_send(struct urne_encrypted_msg *out, struct urne_arena *arena,
    const struct urne_group *g, struct urne_rng *rng, const struct urne_secret *sk,
    const struct urne_elem *ek, const char *field, const struct urne_secret *s)
{
	struct urne_buf inner, outer;
	struct urne_proof signature;
	struct urne_codec c;
	enum urne_err e;

	memset(out, 0, sizeof(*out));
	urne_buf_init_secret(&inner, MAX_MESSAGE);
	urne_buf_init_secret(&outer, MAX_MESSAGE);
	inner_head(&inner, g, ek, field);
	urne_secret_to_decimal(g, &inner, s);
	urne_buf_puts(&inner, inner_tail);
	e = urne_buf_error(&inner);
	if (e != URNE_OK) {
		goto out;
	}
	urne_message_sign(g, &signature, rng, sk, urne_buf_view(&inner));
	urne_buf_puts(&outer, outer_head);
	quoted(&outer, urne_buf_view(&inner), false);
	urne_buf_puts(&outer, outer_middle);
	urne_codec_write(&c, &outer);
	urne_codec_proof(&c, g, &signature);
	e = urne_codec_end(&c, NULL);
	urne_buf_puts(&outer, "}");
	if (e == URNE_OK) {
		e = urne_buf_error(&outer);
	}
	if (e == URNE_OK) {
		e = urne_channel_encrypt(out, arena, g, rng, ek, urne_buf_view(&outer));
	}
out:
	urne_buf_clear(&inner);
	urne_buf_clear(&outer);
	return e;
}

/* take_prefix shortens `v` by the bytes of `prefix`; false when it does not begin so. The bytes
 * compared are the public frame, not the number. */
static bool
take_prefix(struct urne_view *v, struct urne_view prefix)
{
	uint8_t differ = 0;

	if (v->len < prefix.len) {
		return false;
	}
	for (size_t i = 0; i < prefix.len; i++) {
		differ = (uint8_t)(differ | (uint8_t)(v->p[i] ^ prefix.p[i]));
	}
	v->p += prefix.len;
	v->len -= prefix.len;
	return differ == 0;
}

/* open_frame splits the plaintext into the number's digits and the signature. */
static enum urne_err
open_frame(struct urne_view *number, struct urne_proof *signature, const struct urne_group *g,
    struct urne_view text, const struct urne_buf *head)
{
	struct urne_buf frame;
	struct urne_codec c;
	size_t digits = 0;
	enum urne_err e = URNE_ERR_PROOF;
	bool good;

	urne_buf_init(&frame, MAX_MESSAGE);
	urne_buf_puts(&frame, outer_head);
	quoted(&frame, urne_buf_view(head), true);
	if (urne_buf_error(&frame) != URNE_OK) {
		e = urne_buf_error(&frame);
		goto out;
	}
	if (!take_prefix(&text, urne_buf_view(&frame))) {
		goto out; /* for another recipient, or another kind of message */
	}
	e = URNE_ERR_SYNTAX;
	while (digits < text.len && text.p[digits] != '\\') {
		digits++;
	}
	*number = (struct urne_view){text.p, digits};
	text.p += digits;
	text.len -= digits;
	urne_buf_reset(&frame);
	quoted(&frame, urne_view_of(inner_tail), false);
	urne_buf_puts(&frame, outer_middle);
	/* without the opening quotation mark */
	good = urne_buf_error(&frame) == URNE_OK &&
	       take_prefix(&text, (struct urne_view){frame.data + 1, frame.len - 1});
	if (!good || text.len == 0 || text.p[text.len - 1] != '}') {
		goto out;
	}
	urne_codec_read(&c, (struct urne_view){text.p, text.len - 1}, NULL);
	urne_codec_proof(&c, g, signature);
	e = urne_codec_end(&c, NULL);
out:
	urne_buf_clear(&frame);
	return e;
}

/* number_mod_q reads decimal digits modulo q: release 2.0 sends the sum of the shares as it is, so
 * the number may be a few times q. Constant time but for the number of digits. */
static enum urne_err
number_mod_q(struct urne_secret *out, const struct urne_group *g, struct urne_view text)
{
	struct urne_secret ten, add;
	uint64_t bad = 0;

	urne_secret_clear(out);
	if (text.len == 0 || text.len > URNE_TEXT_MAX) {
		return URNE_ERR_SYNTAX;
	}
	urne_secret_from_u64(g, &ten, 10);
	for (size_t i = 0; i < text.len; i++) {
		uint64_t digit = (uint64_t)(uint8_t)text.p[i] - '0';
		bad |= digit >> 4 | (digit + 6) >> 4;
		urne_secret_from_u64(g, &add, digit & 15);
		urne_secret_mul(g, out, out, &ten);
		urne_secret_add(g, out, out, &add);
	}
	urne_secret_clear(&add);
	/* whether these are digits is told to the receiver */
	urne_declassify(&bad, sizeof(bad));
	if (bad != 0) {
		urne_secret_clear(out);
		return URNE_ERR_SYNTAX;
	}
	return URNE_OK;
}

enum urne_err
urne_channel_receive(struct urne_secret *out, struct urne_diag *d, const struct urne_group *g,
    const struct urne_encrypted_msg *m, const struct urne_secret *dk,
    const struct urne_elem *sender, const char *field)
{
	struct urne_buf text, inner;
	struct urne_view number = {"", 0};
	struct urne_proof signature;
	struct urne_sha256 h;
	struct urne_elem ek;
	enum urne_err e;

	urne_secret_clear(out);
	urne_buf_init_secret(&text, MAX_MESSAGE);
	urne_buf_init_secret(&inner, MAX_MESSAGE);
	e = urne_channel_decrypt(&text, g, m, dk);
	if (e != URNE_OK) {
		e = urne_fail(d, e, "it cannot be decrypted with this key");
		goto out;
	}
	urne_secret_base(g, &ek, dk);
	inner_head(&inner, g, &ek, field);
	e = open_frame(&number, &signature, g, urne_buf_view(&text), &inner);
	if (e != URNE_OK) {
		e = urne_fail(d, e, "what it encrypts is not a \"%s\" for this recipient", field);
		goto out;
	}
	urne_buf_put_view(&inner, number);
	urne_buf_puts(&inner, inner_tail);
	e = urne_buf_error(&inner);
	if (e != URNE_OK) {
		goto out;
	}
	sigmsg(&h, urne_buf_view(&inner));
	e = urne_schnorr_verify(g, &signature, sender, &h);
	urne_wipe(&h, sizeof(h));
	if (e != URNE_OK) {
		e = urne_fail(d, e, "what it encrypts is not signed by its sender");
		goto out;
	}
	e = number_mod_q(out, g, number);
	if (e != URNE_OK) {
		e = urne_fail(d, e, "the \"%s\" it encrypts is no number", field);
	}
out:
	urne_buf_clear(&text);
	urne_buf_clear(&inner);
	return e;
}
