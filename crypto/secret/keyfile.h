/* SPDX-License-Identifier: EUPL-1.2 */
/* Key files: the text of a key, in plain or locked with a passphrase (Argon2id and
 * XChaCha20-Poly1305).
 * {"urne_key":1,"kdf":"argon2id13","ops":N,"mem":BYTES,"salt":hex,"nonce":hex,"data":hex} */
#ifndef URNE_CRYPTO_SECRET_KEYFILE_H
#define URNE_CRYPTO_SECRET_KEYFILE_H

#include <stdbool.h>

#include "base/buf.h"
#include "crypto/secret/rng.h"

/* urne_keyfile_is_locked: whether the file's text is a locked key. */
bool urne_keyfile_is_locked(struct urne_view file);
/* urne_keyfile_lock appends the locked form of `key`. Takes about a second and 256 MB by default;
 * `fast` uses the minimum, for test elections only. */
enum urne_err urne_keyfile_lock(struct urne_buf *out, struct urne_view key,
    struct urne_view passphrase, bool fast, struct urne_rng *rng) URNE_MUST_USE;
/* urne_keyfile_unlock appends the key's text to `out`, a secret buffer. A wrong passphrase:
 * URNE_ERR_PASSPHRASE; parameters out of bounds (memory above 1 GiB): URNE_ERR_RANGE. */
enum urne_err urne_keyfile_unlock(struct urne_buf *out, struct urne_diag *d, struct urne_view file,
    struct urne_view passphrase) URNE_MUST_USE;

/* urne_keyfile_pack appends the fields of a locked key as bytes: ops (1), mem (4, big-endian),
 * salt, nonce, data; a third of its text. urne_keyfile_unpack makes the text of them again, byte
 * for byte. What has another form, or would not be the same again: URNE_ERR_SYNTAX, URNE_ERR_RANGE.
 */
enum urne_err urne_keyfile_pack(
    struct urne_buf *out, struct urne_diag *d, struct urne_view file) URNE_MUST_USE;
enum urne_err urne_keyfile_unpack(
    struct urne_buf *out, struct urne_diag *d, struct urne_view packed) URNE_MUST_USE;

#endif
