/* SPDX-License-Identifier: EUPL-1.2 */
/* PBKDF2 by OpenSSL. */
#include "crypto/secret/pbkdf2.h"

#include <limits.h>
#include <openssl/evp.h>

enum urne_err
urne_pbkdf2_sha256(
    uint8_t out[URNE_HASH_LEN], struct urne_view password, struct urne_view salt, unsigned rounds)
{
	if (password.len > INT_MAX || salt.len > INT_MAX || rounds > INT_MAX ||
	    PKCS5_PBKDF2_HMAC(password.p, (int)password.len, (const unsigned char *)salt.p,
		(int)salt.len, (int)rounds, EVP_sha256(), (int)URNE_HASH_LEN, out) != 1) {
		return URNE_ERR_INTERNAL;
	}
	return URNE_OK;
}
