/* SPDX-License-Identifier: EUPL-1.2 */
/* Which key a private key is: found from its text and its public half, so that a paper is never
 * printed of, or restored as, another key than people think. */
#ifndef URNE_CLIENT_CLI_KEY_IDENTITY_H
#define URNE_CLIENT_CLI_KEY_IDENTITY_H

#include "client/cli/cli.h"
#include "crypto/note.h"
#include "crypto/secret/paper.h"

/* Public data only. */
struct urne_key_identity {
	enum urne_paper_kind kind;
	const struct urne_group *group;	   /* NULL for a signer and an identity */
	struct urne_hash fingerprint;	   /* SHA-256 of the public half's text */
	char name[URNE_NOTE_MAX_NAME + 1]; /* of a signer; of an identity, if known */
	uint64_t index, size,
	    threshold; /* of a threshold trustee whose certificate is there; or 0 */
};

/* A public half in a file: a trustee's public key, the certificate of a ceremony's first round, or
 * the verifier key of a signer or of a trustee's identity, which look alike. */
struct urne_public_half {
	const char *path;
	struct urne_key_identity is;
	struct urne_hash as_identity; /* of a signer: the fingerprint, were it an identity */
};

/* urne_public_half_read reads --public, which must be there when `required`; without it
 * out->path is NULL. */
enum urne_err urne_public_half_read(
    struct urne_cli *cli, struct urne_public_half *out) URNE_MUST_USE;

/* urne_key_identify finds out which key `key`, the unlocked text of the file `path`, is. A
 * trustee's key does not say of which group it is: `wanted` does, what the paper or the public half
 * says (kind 0: nothing). Another key than that of `public`, when it is there:
 * URNE_ERR_MISMATCH. */
enum urne_err urne_key_identify(struct urne_cli *cli, struct urne_key_identity *out,
    const struct urne_public_half *public, const struct urne_key_identity *wanted,
    struct urne_view key, const char *path) URNE_MUST_USE;
/* urne_key_kind_of tells from its shape what kind of key a text is. */
enum urne_paper_kind urne_key_kind_of(struct urne_view key);

/* urne_key_describe says in a few words what key it is: "signing key claire". */
void urne_key_describe(struct urne_buf *out, const struct urne_key_identity *is);

#define URNE_OPTION_PUBLIC                                                                         \
	{                                                                                          \
		"public", "FILE",                                                                  \
		    "The public half: what \"trustee key\", \"trustee identity\" or \"official "   \
		    "key\" wrote to --out, "                                                       \
		    "or the certificate that \"trustee step\" wrote in the first round.",          \
		    false                                                                          \
	}

#endif
