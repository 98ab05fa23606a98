/* SPDX-License-Identifier: EUPL-1.2 */
/* Which key a private key is. The three kinds differ in their first character; what a trustee's key
 * belongs to is told by its public half, which must be the one that follows from it. */
#include "client/cli/key_identity.h"

#include <inttypes.h>
#include <string.h>

#include "base/b64.h"
#include "client/cli/keys.h"
#include "crypto/secret/secret.h"
#include "crypto/secret/signer.h"
#include "crypto/sha256.h"
#include "election/ceremony_files.h"

static void
set_element(struct urne_key_identity *is, const struct urne_group *g, const struct urne_elem *a)
{
	char text[URNE_TEXT_MAX];
	size_t len = urne_elem_encode(g, text, a);

	is->group = g;
	urne_sha256_of(&is->fingerprint, (struct urne_view){text, len});
}

/* The key of an identity without its name, which does not follow from the seed: the third part of
 * the public key's text. */
static enum urne_err
hash_identity(struct urne_hash *out, const struct urne_note_key *key)
{
	uint8_t bytes[1 + URNE_ED25519_KEY_LEN] = {URNE_NOTE_ALG_ED25519};
	struct urne_buf text;
	enum urne_err e;

	memcpy(bytes + 1, key->key, URNE_ED25519_KEY_LEN);
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_b64_put(&text, bytes, sizeof(bytes));
	e = urne_buf_error(&text);
	if (e == URNE_OK) {
		urne_sha256_of(out, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
set_signer(struct urne_key_identity *is, const struct urne_note_key *key)
{
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_note_key_write(&text, key);
	e = urne_buf_error(&text);
	if (e == URNE_OK) {
		is->kind = URNE_PAPER_SIGNER;
		urne_sha256_of(&is->fingerprint, urne_buf_view(&text));
		memcpy(is->name, key->name.p, key->name.len);
		is->name[key->name.len] = '\0';
	}
	urne_buf_clear(&text);
	return e;
}

/* ---- the public half ------------------------------------------------------------------------- */

static enum urne_err
read_certificate(struct urne_public_half *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text)
{
	struct urne_ceremony_file file;
	enum urne_err e = urne_ceremony_read(&file, arena, d, text);

	if (e == URNE_OK && (file.kind != URNE_FILE_CERTIFICATE || file.t.size != 1)) {
		e = urne_fail(d, URNE_ERR_SYNTAX,
		    "is the file \"%s\" of a ceremony, give the certificate that the trustee wrote "
		    "in the first round",
		    urne_ceremony_kind_name(file.kind));
	}
	if (e == URNE_OK) {
		e = urne_threshold_decode_certs(&file.t, arena, d, file.group);
	}
	if (e == URNE_OK) {
		const struct urne_cert *cert = &file.t.cert[0];

		out->is.kind = URNE_PAPER_SEED;
		out->is.index = cert->index;
		out->is.size = cert->size;
		out->is.threshold = cert->threshold;
		set_element(&out->is, file.group, &cert->verification);
	}
	return e;
}

/* A trustee's public key does not say its group, but its proof holds in one only. */
static enum urne_err
read_single(struct urne_public_half *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text)
{
	struct urne_trustee_public_key key;
	const struct urne_group *g;

	for (size_t i = 0; (g = urne_group_list(i)) != NULL; i++) {
		if (urne_read_public_key(&key, arena, d, g, text) == URNE_OK) {
			out->is.kind = URNE_PAPER_TRUSTEE;
			set_element(&out->is, g, &key.public_key);
			return URNE_OK;
		}
	}
	return urne_fail(d, URNE_ERR_SYNTAX,
	    "is neither a trustee's public key nor a certificate nor an official's public key");
}

static enum urne_err
read_signer(struct urne_public_half *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_note_key key;
	enum urne_err e = urne_note_key_read(&key, d, text);

	if (e == URNE_OK) {
		e = hash_identity(&out->as_identity, &key);
	}
	return e == URNE_OK ? set_signer(&out->is, &key) : e;
}

enum urne_err
urne_public_half_read(struct urne_cli *cli, struct urne_public_half *out)
{
	struct urne_arena arena;
	struct urne_buf text;
	enum urne_err e;

	*out = (struct urne_public_half){.path = urne_cli_option(cli, "public")};
	if (out->path == NULL) {
		return URNE_OK;
	}
	urne_arena_init(&arena, URNE_TRUSTEES_MEMORY);
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	e = urne_cli_read_line(cli, &text, out->path);
	if (e == URNE_OK) {
		struct urne_view v = urne_buf_view(&text);

		e = urne_view_starts(v, "{\"urne_ceremony\":")
			? read_certificate(out, &arena, &cli->diag, v)
		    : urne_view_starts(v, "{") ? read_single(out, &arena, &cli->diag, v)
					       : read_signer(out, &cli->diag, v);
		if (e != URNE_OK) {
			urne_diag_within(&cli->diag, "%s: ", out->path);
		}
	}
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
	return e;
}

/* ---- the private key ------------------------------------------------------------------------- */

enum urne_paper_kind
urne_key_kind_of(struct urne_view key)
{
	if (urne_view_starts(key, "\"")) {
		return URNE_PAPER_TRUSTEE;
	}
	return urne_view_starts(key, "URNE-SIGNER-KEY+") ? URNE_PAPER_SIGNER : URNE_PAPER_SEED;
}

static enum urne_err
identify_trustee(struct urne_key_identity *out, struct urne_diag *d, struct urne_view key)
{
	struct urne_secret x;
	struct urne_elem y;
	enum urne_err e = URNE_ERR_SYNTAX;

	memset(&x, 0, sizeof(x));
	if (key.len > 2 && key.p[key.len - 1] == '"') {
		e = urne_secret_from_decimal(
		    out->group, &x, (struct urne_view){key.p + 1, key.len - 2});
	}
	if (e != URNE_OK) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "is not a trustee's key of the group %s", out->group->name);
	}
	urne_secret_base(out->group, &y, &x);
	set_element(out, out->group, &y);
	urne_secret_clear(&x);
	return URNE_OK;
}

static enum urne_err
identify_seed(struct urne_key_identity *out, struct urne_diag *d, struct urne_view key)
{
	struct urne_seed seed = {{0}};
	struct urne_elem y;
	enum urne_err e = urne_seed_read(&seed, d, key);

	if (e == URNE_OK) {
		urne_seed_verification(&y, out->group, &seed);
		set_element(out, out->group, &y);
	}
	urne_seed_clear(&seed);
	return e;
}

static enum urne_err
identify_signer(struct urne_key_identity *out, struct urne_diag *d, struct urne_view key)
{
	struct urne_signer signer;
	enum urne_err e = urne_signer_read(&signer, d, key);

	if (e == URNE_OK) {
		e = set_signer(out, &signer.key);
	}
	urne_signer_clear(&signer);
	return e;
}

static enum urne_err
identify_identity(struct urne_key_identity *out, struct urne_diag *d, struct urne_view key)
{
	struct urne_seed seed = {{0}};
	struct urne_signer signer = {.name = ""};
	enum urne_err e = urne_seed_read(&seed, d, key);

	if (e == URNE_OK) {
		e = urne_seed_identity(&signer, d, urne_view_of("trustee"), &seed);
	}
	if (e == URNE_OK) {
		e = hash_identity(&out->fingerprint, &signer.key);
	}
	urne_signer_clear(&signer);
	urne_seed_clear(&seed);
	return e;
}

/* is_half tells whether `out`, found from the private key, is what the public half says, and takes
 * over what else it says. The public key of an identity looks like an official's. */
static bool
is_half(struct urne_key_identity *out, const struct urne_public_half *public)
{
	bool identity = out->kind == URNE_PAPER_IDENTITY;
	const struct urne_hash *half = identity ? &public->as_identity : &public->is.fingerprint;
	struct urne_key_identity found = public->is;

	if (public->is.kind != (identity ? URNE_PAPER_SIGNER : out->kind) ||
	    !urne_hash_eq(half, &out->fingerprint)) {
		return false;
	}
	found.kind = out->kind;
	found.fingerprint = out->fingerprint;
	*out = found;
	return true;
}

enum urne_err
urne_key_identify(struct urne_cli *cli, struct urne_key_identity *out,
    const struct urne_public_half *public, const struct urne_key_identity *wanted,
    struct urne_view key, const char *path)
{
	static enum urne_err (*const identify[])(
	    struct urne_key_identity *, struct urne_diag *, struct urne_view) = {
	    [URNE_PAPER_TRUSTEE] = identify_trustee,
	    [URNE_PAPER_SEED] = identify_seed,
	    [URNE_PAPER_SIGNER] = identify_signer,
	    [URNE_PAPER_IDENTITY] = identify_identity,
	};
	enum urne_paper_kind kind = urne_key_kind_of(key);
	bool in_group;
	enum urne_err e;

	if (kind == URNE_PAPER_SEED &&
	    (wanted->kind == URNE_PAPER_IDENTITY || wanted->kind == URNE_PAPER_SIGNER)) {
		kind = URNE_PAPER_IDENTITY;
	}
	in_group = kind == URNE_PAPER_TRUSTEE || kind == URNE_PAPER_SEED;
	*out = (struct urne_key_identity){.kind = kind, .group = in_group ? wanted->group : NULL};
	if (in_group && wanted->group == NULL) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "%s: a trustee's key does not say what it belongs to: give its public key, or "
		    "its certificate of the ceremony, with --public FILE",
		    path);
	}
	e = identify[kind](out, &cli->diag, key);
	if (e != URNE_OK) {
		urne_diag_within(&cli->diag, "%s: ", path);
		return e;
	}
	if (public->path != NULL && !is_half(out, public)) {
		return urne_fail(&cli->diag, URNE_ERR_MISMATCH,
		    "%s is not the private half of %s, take the key that belongs to it", path,
		    public->path);
	}
	return URNE_OK;
}

void
urne_key_describe(struct urne_buf *out, const struct urne_key_identity *is)
{
	switch (is->kind) {
	case URNE_PAPER_TRUSTEE:
		urne_buf_printf(out, "key of a single trustee, group %s", is->group->name);
		return;
	case URNE_PAPER_SEED:
		urne_buf_puts(out, "key of ");
		if (is->index > 0) {
			urne_buf_printf(
			    out, "trustee %" PRIu64 " of %" PRIu64, is->index, is->size);
		} else {
			urne_buf_puts(out, "a threshold trustee");
		}
		urne_buf_printf(out, ", group %s", is->group->name);
		return;
	case URNE_PAPER_SIGNER:
		urne_buf_printf(out, "signing key %s", is->name);
		return;
	case URNE_PAPER_IDENTITY:
		urne_buf_puts(out, "key of a trustee");
		urne_buf_puts(out, is->name[0] != '\0' ? " named " : " that boards know by name");
		urne_buf_puts(out, is->name);
		return;
	}
}
