/* SPDX-License-Identifier: EUPL-1.2 */
/* A key behind a passphrase: Argon2id makes the key that XChaCha20-Poly1305 uses once. */
#include "crypto/secret/keyfile.h"

#include <sodium.h>
#include <string.h>

#include "base/codec.h"

#define SALT_LEN  ((size_t)crypto_pwhash_SALTBYTES)
#define NONCE_LEN ((size_t)crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
#define KEY_LEN	  ((size_t)crypto_aead_xchacha20poly1305_ietf_KEYBYTES)
#define TAG_LEN	  ((size_t)crypto_aead_xchacha20poly1305_ietf_ABYTES)

/* A file cannot make the reader work longer than this: 1 GiB, and 20 passes over it. */
#define MAX_MEM ((uint64_t)1 << 30)
#define MAX_OPS ((uint64_t)20)
#define MIN_MEM ((uint64_t)crypto_pwhash_MEMLIMIT_MIN)

struct locked {
	uint64_t ops, mem;
	uint8_t salt[SALT_LEN];
	uint8_t nonce[NONCE_LEN];
	struct urne_view data; /* hex */
};

/* hex of a fixed length */
static void
codec_bytes(struct urne_codec *c, uint8_t *bytes, size_t len)
{
	char text[64];
	struct urne_view v = {text, 2 * len};

	if (!c->reading) {
		urne_hex_encode(text, bytes, len);
	}
	urne_codec_plain(c, &v, 2 * len);
	if (c->reading && urne_codec_ok(c) && urne_hex_decode(bytes, len, v) != URNE_OK) {
		urne_codec_fail(c, URNE_ERR_SYNTAX, "%zu lower-case hex digits expected", 2 * len);
	}
}

static void
codec_locked(struct urne_codec *c, struct locked *l)
{
	urne_codec_object(c);
	urne_codec_field(c, "urne_key");
	urne_codec_literal(c, "1");
	urne_codec_field(c, "kdf");
	urne_codec_literal(c, "\"argon2id13\"");
	urne_codec_field(c, "ops");
	urne_codec_u64(c, &l->ops, MAX_OPS);
	urne_codec_field(c, "mem");
	urne_codec_u64(c, &l->mem, MAX_MEM);
	urne_codec_field(c, "salt");
	codec_bytes(c, l->salt, SALT_LEN);
	urne_codec_field(c, "nonce");
	codec_bytes(c, l->nonce, NONCE_LEN);
	urne_codec_field(c, "data");
	urne_codec_plain(c, &l->data, URNE_MAX_SMALL_FILE);
	urne_codec_object_end(c);
	if (c->reading && urne_codec_ok(c) && (l->ops < 1 || l->mem < MIN_MEM)) {
		urne_codec_fail(c, URNE_ERR_RANGE, "ops or mem is too small");
	}
}

bool
urne_keyfile_is_locked(struct urne_view file)
{
	return urne_view_starts(file, "{\"urne_key\":");
}

static enum urne_err
derive(uint8_t key[KEY_LEN], const struct locked *l, struct urne_view passphrase)
{
	if (sodium_init() < 0) {
		return URNE_ERR_INTERNAL;
	}
	if (crypto_pwhash(key, KEY_LEN, passphrase.p, passphrase.len, l->salt, l->ops,
		(size_t)l->mem, crypto_pwhash_ALG_ARGON2ID13) != 0) {
		return URNE_ERR_MEMORY;
	}
	return URNE_OK;
}

enum urne_err
urne_keyfile_lock(struct urne_buf *out, struct urne_view key, struct urne_view passphrase,
    bool fast, struct urne_rng *rng)
{
	struct locked l = {
	    .ops = fast ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_MODERATE,
	    .mem = fast ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_MODERATE,
	};
	uint8_t k[KEY_LEN] = {0};
	struct urne_buf data, hex;
	struct urne_codec c;
	uint8_t *sealed;
	enum urne_err e;

	urne_buf_init(&data, URNE_MAX_SMALL_FILE / 2);
	urne_buf_init(&hex, URNE_MAX_SMALL_FILE);
	urne_rng_fill(rng, l.salt, sizeof(l.salt));
	urne_rng_fill(rng, l.nonce, sizeof(l.nonce));
	e = derive(k, &l, passphrase);
	if (e != URNE_OK) {
		goto out;
	}
	sealed = key.len > URNE_MAX_SMALL_FILE ? NULL
					       : (uint8_t *)urne_buf_grow(&data, key.len + TAG_LEN);
	if (sealed == NULL) {
		e = URNE_ERR_LIMIT;
		goto out;
	}
	/* with a valid key and lengths this cannot fail */
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(
	    sealed, NULL, (const uint8_t *)key.p, key.len, NULL, 0, NULL, l.nonce, k);
	urne_buf_put_hex(&hex, sealed, key.len + TAG_LEN);
	e = urne_buf_error(&hex);
	if (e != URNE_OK) {
		goto out;
	}
	l.data = urne_buf_view(&hex);
	urne_codec_write(&c, out);
	codec_locked(&c, &l);
	e = urne_codec_end(&c, NULL);
out:
	urne_wipe(k, sizeof(k));
	urne_buf_clear(&data);
	urne_buf_clear(&hex);
	return e;
}

enum urne_err
urne_keyfile_unlock(
    struct urne_buf *out, struct urne_diag *d, struct urne_view file, struct urne_view passphrase)
{
	struct locked l = {0};
	uint8_t k[KEY_LEN] = {0};
	struct urne_buf data;
	struct urne_codec c;
	uint8_t *sealed, *key;
	size_t len;
	enum urne_err e;

	urne_buf_init(&data, URNE_MAX_SMALL_FILE);
	if (file.len > 0 && file.p[file.len - 1] == '\n') {
		file.len--;
	}
	urne_codec_read(&c, file, NULL);
	codec_locked(&c, &l);
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		urne_diag_within(d, "locked key: ");
		goto out;
	}
	len = l.data.len / 2;
	sealed = (uint8_t *)urne_buf_grow(&data, len);
	if (sealed == NULL) {
		e = URNE_ERR_MEMORY;
		goto out;
	}
	if (len < TAG_LEN || urne_hex_decode(sealed, len, l.data) != URNE_OK) {
		e = urne_fail(d, URNE_ERR_SYNTAX, "locked key: data: hex of a locked key expected");
		goto out;
	}
	e = derive(k, &l, passphrase);
	key = (uint8_t *)urne_buf_grow(out, len - TAG_LEN);
	if (e != URNE_OK || key == NULL) {
		e = urne_fail(d, URNE_ERR_MEMORY, "locked key: no memory to unlock it");
		goto out;
	}
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(
		key, NULL, NULL, sealed, len, NULL, 0, l.nonce, k) != 0) {
		e = urne_fail(d, URNE_ERR_PASSPHRASE, "the passphrase does not open the key");
		goto out;
	}
	out->len += len - TAG_LEN;
out:
	urne_wipe(k, sizeof(k));
	urne_buf_clear(&data);
	return e;
}

#define PACKED_HEAD (1 + 4 + SALT_LEN + NONCE_LEN)

enum urne_err
urne_keyfile_pack(struct urne_buf *out, struct urne_diag *d, struct urne_view file)
{
	struct locked l = {0};
	struct urne_codec c;
	char *data;
	enum urne_err e;

	urne_codec_read(&c, file, NULL);
	codec_locked(&c, &l);
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		urne_diag_within(d, "locked key: ");
		return e;
	}
	urne_buf_putc(out, (char)(uint8_t)l.ops);
	for (int down = 24; down >= 0; down -= 8) {
		urne_buf_putc(out, (char)(uint8_t)(l.mem >> down & 0xffU));
	}
	urne_buf_put(out, l.salt, SALT_LEN);
	urne_buf_put(out, l.nonce, NONCE_LEN);
	data = urne_buf_grow(out, l.data.len / 2);
	if (data == NULL) {
		return urne_fail(d, urne_buf_error(out), "locked key: no memory");
	}
	if (l.data.len / 2 < TAG_LEN ||
	    urne_hex_decode((uint8_t *)data, l.data.len / 2, l.data) != URNE_OK) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "locked key: data: hex of a locked key expected");
	}
	out->len += l.data.len / 2;
	return URNE_OK;
}

enum urne_err
urne_keyfile_unpack(struct urne_buf *out, struct urne_diag *d, struct urne_view packed)
{
	const uint8_t *p = (const uint8_t *)packed.p;
	struct locked l = {0};
	struct urne_codec c;
	struct urne_buf hex;
	enum urne_err e;

	if (packed.len < PACKED_HEAD + TAG_LEN || p[0] < 1 || p[0] > MAX_OPS) {
		return urne_fail(d, URNE_ERR_RANGE, "locked key: its fields are out of bounds");
	}
	urne_buf_init(&hex, URNE_MAX_SMALL_FILE);
	l.ops = p[0];
	for (size_t i = 1; i < 5; i++) {
		l.mem = l.mem << 8 | p[i];
	}
	memcpy(l.salt, p + 5, SALT_LEN);
	memcpy(l.nonce, p + 5 + SALT_LEN, NONCE_LEN);
	urne_buf_put_hex(&hex, p + PACKED_HEAD, packed.len - PACKED_HEAD);
	e = urne_buf_error(&hex);
	if (e == URNE_OK && (l.mem < MIN_MEM || l.mem > MAX_MEM)) {
		e = urne_fail(d, URNE_ERR_RANGE, "locked key: its fields are out of bounds");
	}
	if (e == URNE_OK) {
		l.data = urne_buf_view(&hex);
		urne_codec_write(&c, out);
		codec_locked(&c, &l);
		e = urne_codec_end(&c, d);
	}
	urne_buf_clear(&hex);
	return e;
}
