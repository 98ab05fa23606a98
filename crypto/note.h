/* SPDX-License-Identifier: EUPL-1.2 */
/* Signed notes (C2SP signed-note, Ed25519 only): a text, an empty line, and one signature line for
 * each signer, "— NAME BASE64". The public side: verifier keys, reading, verifying.
 * Spec: docs/formats.md#signed-notes */
#ifndef URNE_CRYPTO_NOTE_H
#define URNE_CRYPTO_NOTE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

#define URNE_NOTE_MAX	      ((size_t)65536) /* bytes of a whole note */
#define URNE_NOTE_MAX_LINES   ((size_t)32)    /* signature lines */
#define URNE_NOTE_MAX_NAME    ((size_t)255)
#define URNE_ED25519_KEY_LEN  ((size_t)32)
#define URNE_ED25519_SIG_LEN  ((size_t)64)
#define URNE_NOTE_ALG_ED25519 0x01

/* A verifier key, written NAME+HASH+BASE64(0x01 || key). The name has no white space and no plus
 * sign. */
struct urne_note_key {
	struct urne_view name; /* borrowed */
	uint32_t id;	       /* first four bytes of SHA-256(name || "\n" || 0x01 || key) */
	uint8_t key[URNE_ED25519_KEY_LEN];
};

/* urne_note_key_read reads the text of a verifier key, without a newline; its hash must be right
 * (URNE_ERR_MISMATCH) and its key a point of the curve in canonical form, of large order
 * (URNE_ERR_GROUP). Other algorithms: URNE_ERR_UNSUPPORTED. Borrows the name. */
enum urne_err urne_note_key_read(
    struct urne_note_key *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
void urne_note_key_write(struct urne_buf *out, const struct urne_note_key *key);
uint32_t urne_note_key_id(struct urne_view name, const uint8_t key[URNE_ED25519_KEY_LEN]);
/* urne_note_key_split takes NAME+HASH+BASE64(0x01 || bytes) apart, of verifier and signer keys
 * alike; out->key stays zero and the hash unchecked. Constant time in the bytes. */
enum urne_err urne_note_key_split(struct urne_note_key *out, uint8_t bytes[URNE_ED25519_KEY_LEN],
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
/* urne_note_name_check: 1 to URNE_NOTE_MAX_NAME bytes of UTF-8 without white space, control
 * characters and plus signs. */
enum urne_err urne_note_name_check(struct urne_diag *d, struct urne_view name) URNE_MUST_USE;

struct urne_note_line {
	struct urne_view name;
	uint32_t id;
	struct urne_view signature; /* raw bytes behind the id, in arena */
};

struct urne_note {
	struct urne_view text; /* ends with a newline; what is signed */
	const struct urne_note_line *lines;
	size_t num_lines;
};

/* urne_note_read takes a note apart: UTF-8, no control characters but newlines, limits as above,
 * every signature line in form. Verifies nothing. */
enum urne_err urne_note_read(struct urne_note *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view note) URNE_MUST_USE;
/* urne_note_verify looks for lines of the key (same name and id): none: URNE_ERR_UNKNOWN; one that
 * does not verify: URNE_ERR_PROOF; two: URNE_ERR_DUPLICATE. Lines of others are ignored. */
enum urne_err urne_note_verify(struct urne_diag *d, const struct urne_note *note,
    const struct urne_note_key *key) URNE_MUST_USE;
/* urne_note_line_write appends "— NAME BASE64(id || signature)\n". */
void urne_note_line_write(struct urne_buf *out, const struct urne_note_key *key,
    const uint8_t signature[URNE_ED25519_SIG_LEN]);

/* urne_ed25519_key_check: the canonical encoding of a point, not of small order. URNE_ERR_GROUP. */
enum urne_err urne_ed25519_key_check(const uint8_t key[URNE_ED25519_KEY_LEN]) URNE_MUST_USE;
/* urne_ed25519_verify: RFC 8032 signatures, without the cofactor, S reduced, with keys that pass
 * the check above; public data. URNE_ERR_PROOF; URNE_ERR_INTERNAL when OpenSSL fails. */
enum urne_err urne_ed25519_verify(const uint8_t signature[URNE_ED25519_SIG_LEN],
    struct urne_view message, const uint8_t key[URNE_ED25519_KEY_LEN]) URNE_MUST_USE;

#endif
