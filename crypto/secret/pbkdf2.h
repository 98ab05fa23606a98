/* SPDX-License-Identifier: EUPL-1.2 */
/* PBKDF2-HMAC-SHA256, for credentials of the old form. */
#ifndef URNE_CRYPTO_SECRET_PBKDF2_H
#define URNE_CRYPTO_SECRET_PBKDF2_H

#include "base/bytes.h"
#include "base/err.h"

/* urne_pbkdf2_sha256 derives 32 bytes (one block). URNE_ERR_INTERNAL when OpenSSL refuses. */
enum urne_err urne_pbkdf2_sha256(uint8_t out[URNE_HASH_LEN], struct urne_view password,
    struct urne_view salt, unsigned rounds) URNE_MUST_USE;

#endif
