/* SPDX-License-Identifier: EUPL-1.2 */
/* Messages to one trustee: hybrid encryption under its key, and a secret number sent signed and
 * encrypted from one trustee to another.
 * Spec: docs/protocol.md#threshold-key-generation */
#ifndef URNE_CRYPTO_SECRET_CHANNEL_H
#define URNE_CRYPTO_SECRET_CHANNEL_H

#include "base/arena.h"
#include "base/codec.h"
#include "crypto/proof.h"
#include "crypto/secret/rng.h"
#include "crypto/secret/secret.h"

enum urne_channel_cipher {
	URNE_CHANNEL_GCM,	/* what we write */
	URNE_CHANNEL_CCM,	/* releases up to 2.0: the field "algorithm" is absent */
	URNE_CHANNEL_CCM_NAMED, /* "algorithm":"AES-CCM" */
};

struct urne_encrypted_msg {
	enum urne_channel_cipher cipher;
	struct urne_elem alpha, beta; /* g^r; ek^r g^s */
	struct urne_view data;	      /* hex of the ciphertext and its tag */
};

void urne_codec_encrypted_msg(
    struct urne_codec *c, const struct urne_group *g, struct urne_encrypted_msg *m);

/* urne_channel_encrypt: AES-GCM; the ciphertext lives in `arena`. URNE_ERR_LIMIT for messages that
 * could not be read back. */
enum urne_err urne_channel_encrypt(struct urne_encrypted_msg *out, struct urne_arena *arena,
    const struct urne_group *g, struct urne_rng *rng, const struct urne_elem *ek,
    struct urne_view message) URNE_MUST_USE;
/* urne_channel_decrypt appends the message to `out`, a secret buffer. URNE_ERR_SYNTAX: the data is
 * no hex or too short; URNE_ERR_PROOF: the tag is wrong, nothing is appended. */
enum urne_err urne_channel_decrypt(struct urne_buf *out, const struct urne_group *g,
    const struct urne_encrypted_msg *m, const struct urne_secret *dk) URNE_MUST_USE;

/* urne_channel_send is send(sk, ek, {"<field>":"<s>"}): signed by sk, with its recipient, and
 * encrypted to ek. */
enum urne_err urne_channel_send(struct urne_encrypted_msg *out, struct urne_arena *arena,
    const struct urne_group *g, struct urne_rng *rng, const struct urne_secret *sk,
    const struct urne_elem *ek, const char *field, const struct urne_secret *s) URNE_MUST_USE;
/* urne_channel_receive opens what urne_channel_send made for g^dk. URNE_ERR_PROOF: not for this
 * key, or not signed by `sender`; URNE_ERR_SYNTAX: not of that form; then *out is zero. The
 * sentence in `d` never tells what stands in the message. */
enum urne_err urne_channel_receive(struct urne_secret *out, struct urne_diag *d,
    const struct urne_group *g, const struct urne_encrypted_msg *m, const struct urne_secret *dk,
    const struct urne_elem *sender, const char *field) URNE_MUST_USE;

/* urne_message_sign: the signature of a message (sigmsg), by key sk. */
void urne_message_sign(const struct urne_group *g, struct urne_proof *out, struct urne_rng *rng,
    const struct urne_secret *sk, struct urne_view message);

#endif
