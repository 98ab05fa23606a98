/* SPDX-License-Identifier: EUPL-1.2 */
/* Private credentials: what a member types in, and the key derived from it.
 * Spec: docs/protocol.md#keys-and-credentials */
#ifndef URNE_ELECTION_CREDENTIAL_H
#define URNE_ELECTION_CREDENTIAL_H

#include "base/bytes.h"
#include "crypto/secret/rng.h"
#include "crypto/secret/secret.h"

enum urne_credential_form {
	URNE_CREDENTIAL_NEW, /* XXXXX-XXXXXX-XXXXX-XXXXXX, 22 characters: releases 2.4 on */
	URNE_CREDENTIAL_OLD, /* XXX-XXX-XXX-XXX-XXX, 14 characters and a checksum */
};

/* Longest text of either form, without NUL. */
#define URNE_CREDENTIAL_MAX ((size_t)25)

/* urne_credential_generate writes a fresh credential with a NUL behind. */
void urne_credential_generate(
    char out[URNE_CREDENTIAL_MAX + 1], enum urne_credential_form form, struct urne_rng *rng);
/* urne_credential_check: which form the text has; white space around it is not its part. The
 * sentence says which character is wrong, never what stands there. */
enum urne_err urne_credential_check(
    enum urne_credential_form *form, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
/* urne_credential_derive: the secret key; the public credential is g^x. New form: two SHA-256 over
 * derive_credential|uuid|0|c and |1|c; old form: PBKDF2-HMAC-SHA256, salt uuid, 1000 rounds. The
 * text with its dashes enters (old form: without them if typed without). */
enum urne_err urne_credential_derive(struct urne_secret *out, struct urne_diag *d,
    const struct urne_group *g, struct urne_view uuid, struct urne_view text) URNE_MUST_USE;

#endif
