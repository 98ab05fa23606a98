/* SPDX-License-Identifier: EUPL-1.2 */
/* Keys that sign notes: of officials, later of the log. The text of a signer key is
 * URNE-SIGNER-KEY+NAME+HASH+BASE64(0x01 || seed); on disk it may be locked
 * (crypto/secret/keyfile.h). Spec: docs/formats.md#signed-notes */
#ifndef URNE_CRYPTO_SECRET_SIGNER_H
#define URNE_CRYPTO_SECRET_SIGNER_H

#include "crypto/note.h"
#include "crypto/secret/rng.h"

/* A signer: wiped with urne_signer_clear, which is always legal. It is not copied, since its key
 * borrows from itself. */
struct urne_signer {
	struct urne_note_key key; /* the public side; its name borrows from `name` */
	char name[URNE_NOTE_MAX_NAME + 1];
	uint8_t seed[32]; /* secret */
};

/* urne_signer_new makes a key. The name as urne_note_name_check wants it. */
enum urne_err urne_signer_new(struct urne_signer *out, struct urne_diag *d, struct urne_view name,
    struct urne_rng *rng) URNE_MUST_USE;
/* urne_signer_of_seed: the key with this seed, which somebody else keeps. */
enum urne_err urne_signer_of_seed(struct urne_signer *out, struct urne_diag *d,
    struct urne_view name, const uint8_t seed[32]) URNE_MUST_USE;
/* urne_signer_read: from the plain text of a key file (unlocked), without a newline. Its hash must
 * be that of the public key: URNE_ERR_MISMATCH. */
enum urne_err urne_signer_read(
    struct urne_signer *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
/* urne_signer_rename: the same seed under another name, as a key of its own. A log key signs each
 * log of its service under that log's name. */
enum urne_err urne_signer_rename(struct urne_signer *out, struct urne_diag *d,
    const struct urne_signer *s, struct urne_view name) URNE_MUST_USE;
/* urne_signer_write appends the text; `out` must be a secret buffer. */
void urne_signer_write(struct urne_buf *out, const struct urne_signer *s);
void urne_signer_clear(struct urne_signer *s);
/* urne_signer_sign appends one signature line over `text`, which must end with a newline
 * (URNE_ERR_SYNTAX). Constant time in the seed. */
enum urne_err urne_signer_sign(
    struct urne_buf *out, const struct urne_signer *s, struct urne_view text) URNE_MUST_USE;

#endif
