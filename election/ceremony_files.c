/* SPDX-License-Identifier: EUPL-1.2 */
/* The eight kinds of files differ only in which fields they have; a table says which. */
#include "election/ceremony_files.h"

#include <string.h>

#include "base/limits.h"

#define MAX_NAME ((size_t)64)

/* Which fields a kind has. */
enum fields {
	HAS_CONTEXT = 1,
	HAS_INDEX = 2,
	HAS_CERTS = 4,
	HAS_COMMITMENTS = 8,
	HAS_COEFEXPS = 16, /* and signatures */
	HAS_SHARES = 32,
	HAS_KEY = 64,
	OF_ONE = 128, /* one entry in each array (but shares), its author's */
};

struct kind {
	const char *name;
	unsigned fields;
};

static const struct kind kinds[URNE_FILE_NUM_KINDS] = {
    [URNE_FILE_INVITATION] = {"invitation", HAS_CONTEXT},
    [URNE_FILE_CERTIFICATE] = {"certificate", HAS_CERTS | OF_ONE},
    [URNE_FILE_CERTIFICATES] = {"certificates", HAS_CERTS},
    [URNE_FILE_COMMITMENT] = {"commitment", HAS_INDEX | HAS_COMMITMENTS | OF_ONE},
    [URNE_FILE_COMMITMENTS] = {"commitments", HAS_CERTS | HAS_COMMITMENTS},
    [URNE_FILE_POLYNOMIAL] = {"polynomial", HAS_INDEX | HAS_COEFEXPS | HAS_SHARES | OF_ONE},
    [URNE_FILE_SHARES] = {"shares",
	HAS_INDEX | HAS_CERTS | HAS_COMMITMENTS | HAS_COEFEXPS | HAS_SHARES},
    [URNE_FILE_KEY] = {"key", HAS_INDEX | HAS_KEY | OF_ONE},
};

const char *
urne_ceremony_kind_name(enum urne_ceremony_kind kind)
{
	return kinds[kind].name;
}

static void
codec_kind(struct urne_codec *c, enum urne_ceremony_kind *kind)
{
	struct urne_view name = urne_view_of(kinds[*kind].name);

	urne_codec_field(c, "urne_ceremony");
	urne_codec_plain(c, &name, MAX_NAME);
	for (size_t i = 0; i < URNE_FILE_NUM_KINDS; i++) {
		if (urne_view_is(name, kinds[i].name)) {
			*kind = (enum urne_ceremony_kind)i;
			return;
		}
	}
	urne_codec_fail(c, URNE_ERR_UNKNOWN, "not the name of a file of the ceremony");
}

static void
codec_group(struct urne_codec *c, const struct urne_group **g)
{
	struct urne_view name = urne_view_of(c->reading ? "" : (*g)->name);

	urne_codec_plain(c, &name, MAX_NAME);
	if (c->reading && urne_codec_ok(c)) {
		*g = urne_group_find(name);
		if (*g == NULL) {
			urne_codec_fail(c, URNE_ERR_UNKNOWN, "no such group");
		}
	}
}

static void
codec_context(struct urne_codec *c, struct urne_ceremony_file *f)
{
	urne_codec_object(c);
	urne_codec_field(c, "group");
	codec_group(c, &f->group);
	urne_codec_field(c, "size");
	urne_codec_u64(c, &f->context.size, URNE_MAX_TRUSTEES);
	urne_codec_field(c, "threshold");
	urne_codec_u64(c, &f->context.threshold, URNE_MAX_TRUSTEES);
	urne_codec_field(c, "index");
	urne_codec_u64(c, &f->context.index, URNE_MAX_TRUSTEES);
	urne_codec_object_end(c);
}

static void
codec_commitments(struct urne_codec *c, struct urne_ceremony_file *f)
{
	size_t n;

	urne_codec_field(c, "commitments");
	urne_codec_array(c);
	for (n = 0; urne_codec_more(c, n, f->num_commitments, URNE_MAX_TRUSTEES); n++) {
		if (c->reading) {
			f->commitments =
			    urne_codec_grow(c, f->commitments, n, sizeof(*f->commitments));
		}
		if (f->commitments == NULL) {
			break;
		}
		urne_codec_object(c);
		urne_codec_field(c, "certs");
		urne_codec_hash_hex(c, &f->commitments[n].certs);
		urne_codec_field(c, "hash");
		urne_codec_hash_hex(c, &f->commitments[n].hash);
		urne_codec_field(c, "signature");
		urne_codec_proof(c, f->group, &f->commitments[n].signature);
		urne_codec_object_end(c);
	}
	urne_codec_array_end(c);
	if (c->reading) {
		f->num_commitments = n;
	}
}

static void
codec_shares(struct urne_codec *c, struct urne_ceremony_file *f)
{
	size_t n;

	urne_codec_field(c, "shares");
	urne_codec_array(c);
	for (n = 0; urne_codec_more(c, n, f->num_shares, URNE_MAX_TRUSTEES); n++) {
		if (c->reading) {
			f->shares = urne_codec_grow(c, f->shares, n, sizeof(*f->shares));
		}
		if (f->shares == NULL) {
			break;
		}
		urne_codec_encrypted_msg(c, f->group, &f->shares[n]);
	}
	urne_codec_array_end(c);
	if (c->reading) {
		f->num_shares = n;
	}
}

/* The fields after the kind and the group. */
static void
codec_fields(struct urne_codec *c, struct urne_ceremony_file *f, unsigned fields)
{
	if ((fields & HAS_INDEX) != 0) {
		urne_codec_field(c, "index");
		urne_codec_size(c, &f->index, URNE_MAX_TRUSTEES);
	}
	if ((fields & HAS_CERTS) != 0) {
		urne_codec_field(c, "certs");
		urne_codec_signed_msgs(c, f->group, &f->t.certs, &f->t.size);
	}
	if ((fields & HAS_COMMITMENTS) != 0) {
		codec_commitments(c, f);
	}
	if ((fields & HAS_COEFEXPS) != 0) {
		urne_codec_field(c, "coefexps");
		urne_codec_signed_msgs(c, f->group, &f->t.coefexps, &f->num_coefexps);
		urne_codec_field(c, "signatures");
		urne_codec_proofs(c, f->group, &f->t.signatures, &f->num_signatures);
	}
	if ((fields & HAS_SHARES) != 0) {
		codec_shares(c, f);
	}
	if ((fields & HAS_KEY) != 0) {
		urne_codec_field(c, "public_key");
		urne_codec_trustee_public_key(c, f->group, &f->public_key);
		urne_codec_field(c, "private_key");
		urne_codec_encrypted_msg(c, f->group, &f->private_key);
	}
}

static void
codec_file(struct urne_codec *c, struct urne_ceremony_file *f)
{
	urne_codec_object(c);
	codec_kind(c, &f->kind);
	if ((kinds[f->kind].fields & HAS_CONTEXT) != 0) {
		urne_codec_field(c, "context");
		codec_context(c, f);
	} else {
		urne_codec_field(c, "group");
		codec_group(c, &f->group);
	}
	if (urne_codec_ok(c)) {
		codec_fields(c, f, kinds[f->kind].fields);
	}
	urne_codec_object_end(c);
}

/* check_lengths: every array of a file has the same length, 1 in the file of one trustee. */
static enum urne_err
check_lengths(const struct urne_ceremony_file *f, struct urne_diag *d)
{
	unsigned fields = kinds[f->kind].fields;
	bool one = (fields & OF_ONE) != 0;
	size_t num = one ? 1 : f->t.size;

	if (((fields & HAS_CERTS) != 0 && (f->t.size != num || num == 0)) ||
	    ((fields & HAS_COMMITMENTS) != 0 && f->num_commitments != num) ||
	    ((fields & HAS_COEFEXPS) != 0 &&
		(f->num_coefexps != num || f->num_signatures != num)) ||
	    ((fields & HAS_SHARES) != 0 && !one && f->num_shares != num)) {
		return urne_fail(
		    d, URNE_ERR_RANGE, "%s file: its arrays differ in length", kinds[f->kind].name);
	}
	if ((fields & HAS_INDEX) != 0 && (f->index < 1 || (!one && f->index > f->t.size))) {
		return urne_fail(d, URNE_ERR_RANGE, "%s file: there is no trustee %zu",
		    kinds[f->kind].name, f->index);
	}
	if ((fields & HAS_CONTEXT) != 0 &&
	    (f->context.index < 1 || f->context.index > f->context.size)) {
		return urne_fail(d, URNE_ERR_RANGE, "invitation: there is no trustee %ju of %ju",
		    (uintmax_t)f->context.index, (uintmax_t)f->context.size);
	}
	if ((fields & HAS_CONTEXT) != 0) {
		return urne_threshold_check_size(f->context.threshold, f->context.size, d);
	}
	return URNE_OK;
}

enum urne_err
urne_ceremony_read(struct urne_ceremony_file *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text)
{
	struct urne_codec c;
	enum urne_err e;

	memset(out, 0, sizeof(*out));
	if (text.len > 0 && text.p[text.len - 1] == '\n') {
		text.len--;
	}
	urne_codec_read(&c, text, arena);
	codec_file(&c, out);
	e = urne_codec_end(&c, d);
	if (e == URNE_OK) {
		e = check_lengths(out, d);
	}
	if (e != URNE_OK) {
		memset(out, 0, sizeof(*out));
	}
	return e;
}

enum urne_err
urne_ceremony_write(struct urne_buf *out, const struct urne_ceremony_file *f)
{
	struct urne_ceremony_file copy = *f; /* the description can read as well */
	struct urne_codec c;
	enum urne_err e;

	urne_codec_write(&c, out);
	codec_file(&c, &copy);
	e = urne_codec_end(&c, NULL);
	urne_buf_putc(out, '\n');
	return e != URNE_OK ? e : urne_buf_error(out);
}

void
urne_ceremony_commit(struct urne_hash *out, size_t index, struct urne_view coefexps)
{
	struct urne_sha256 h;

	urne_sha256_init(&h);
	urne_sha256_puts(&h, "urne-coefexps|");
	urne_sha256_put_u64(&h, index);
	urne_sha256_puts(&h, "|");
	urne_sha256_put_view(&h, coefexps);
	urne_sha256_final(&h, out);
}

void
urne_commitment_transcript(struct urne_sha256 *h, size_t index, const struct urne_commitment *c)
{
	char hex[URNE_HASH_HEX_LEN];

	urne_sha256_init(h);
	urne_sha256_puts(h, "sigmsg|urne-commitment|");
	urne_sha256_put_u64(h, index);
	urne_sha256_puts(h, "|");
	urne_hex_encode(hex, c->certs.b, URNE_HASH_LEN);
	urne_sha256_put(h, hex, sizeof(hex));
	urne_sha256_puts(h, "|");
	urne_hex_encode(hex, c->hash.b, URNE_HASH_LEN);
	urne_sha256_put(h, hex, sizeof(hex));
	urne_sha256_puts(h, "|");
}

/* certs: the hash of all certificates. */
static enum urne_err
check_commitment(const struct urne_ceremony_file *f, struct urne_diag *d,
    const struct urne_hash *certs, size_t i)
{
	struct urne_sha256 h;

	urne_commitment_transcript(&h, i + 1, &f->commitments[i]);
	if (urne_schnorr_verify(f->group, &f->commitments[i].signature, &f->t.cert[i].verification,
		&h) != URNE_OK) {
		return urne_fail(d, URNE_ERR_PROOF, "signature of the commitment does not verify");
	}
	if (!urne_hash_eq(&f->commitments[i].certs, certs)) {
		return urne_fail(
		    d, URNE_ERR_MISMATCH, "commitment was made for other certificates than these");
	}
	return URNE_OK;
}

static enum urne_err
hash_certs(struct urne_hash *certs, const struct urne_ceremony_file *f, struct urne_diag *d)
{
	enum urne_err e = urne_certs_hash(certs, f->group, &f->t);

	return e == URNE_OK ? e : urne_fail(d, e, "no memory for the text of the certificates");
}

enum urne_err
urne_ceremony_check_commitment(const struct urne_ceremony_file *f, struct urne_diag *d, size_t i)
{
	struct urne_hash certs;
	enum urne_err e = hash_certs(&certs, f, d);

	return e == URNE_OK ? check_commitment(f, d, &certs, i) : e;
}

static enum urne_err
check_commitments(const struct urne_ceremony_file *f, struct urne_diag *d)
{
	struct urne_hash certs;
	enum urne_err e = hash_certs(&certs, f, d);

	for (size_t i = 0; e == URNE_OK && i < f->t.size; i++) {
		e = check_commitment(f, d, &certs, i);
		if (e != URNE_OK) {
			urne_diag_within(d, "trustee %zu: ", i + 1);
		}
	}
	return e;
}

enum urne_err
urne_ceremony_check_committed(const struct urne_ceremony_file *f, struct urne_diag *d, size_t i)
{
	struct urne_hash hash;

	urne_ceremony_commit(&hash, i + 1, f->t.coefexps[i].message);
	return urne_hash_eq(&hash, &f->commitments[i].hash)
		   ? URNE_OK
		   : urne_fail(d, URNE_ERR_MISMATCH, "coefexps are not those it committed to");
}

static enum urne_err
check_coefexps(struct urne_ceremony_file *f, struct urne_arena *arena, struct urne_diag *d)
{
	enum urne_err e = urne_threshold_check_coefexps(&f->t, d, f->group, 1);

	for (size_t i = 0; e == URNE_OK && i < f->t.size; i++) {
		e = urne_ceremony_check_committed(f, d, i);
		if (e != URNE_OK) {
			urne_diag_within(d, "trustee %zu: ", i + 1);
		}
	}
	if (e == URNE_OK) {
		e = urne_threshold_decode_coefexps(&f->t, arena, d, f->group);
	}
	if (e == URNE_OK) {
		e = urne_threshold_check_signatures(&f->t, d, f->group, 1);
	}
	return e;
}

enum urne_err
urne_ceremony_check(
    struct urne_ceremony_file *f, struct urne_arena *arena, struct urne_diag *d, uint64_t threshold)
{
	enum urne_err e = urne_threshold_check_size(threshold, f->t.size, d);

	f->t.threshold = threshold;
	for (size_t i = 0; e == URNE_OK && i < f->t.size; i++) {
		if (!f->t.cert[i].has_context) {
			e = urne_fail(
			    d, URNE_ERR_MISMATCH, "trustee %zu: certificate has no context", i + 1);
		}
	}
	if (e == URNE_OK) {
		e = urne_threshold_check_certs(&f->t, d, f->group, 1);
	}
	if (e == URNE_OK && (kinds[f->kind].fields & HAS_COMMITMENTS) != 0) {
		e = check_commitments(f, d);
	}
	if (e == URNE_OK && (kinds[f->kind].fields & HAS_COEFEXPS) != 0) {
		e = check_coefexps(f, arena, d);
	}
	return e;
}
