/* SPDX-License-Identifier: EUPL-1.2 */
/* The trustee's side: everything secret is derived from the seed, everything received is checked
 * before anything is answered.
 * Spec: docs/protocol.md#threshold-key-generation */
#include <string.h>

#include "crypto/secret/prove.h"
#include "election/ceremony_files.h"

/* A trustee at work on one file. */
struct trustee {
	const struct urne_seed *seed;
	const struct urne_group *group;
	struct urne_arena *arena; /* public data */
	struct urne_rng *rng;
	struct urne_secret sk, dk;
	struct urne_elem verification, encryption; /* g^sk, g^dk */
	size_t index;				   /* from 1 */
	struct urne_hash certs;			   /* the certificates its polynomial is for */
};

/* SHA-256 values, enough of them for a number 128 bits wider than any q. */
#define MAX_HALVES ((size_t)9)

static const char share_field[] = "secret";
static const char key_field[] = "decryption_key";

static void
derive_keys(struct trustee *me)
{
	urne_seed_derive(&me->sk, me->group, "sk|", me->seed);
	urne_seed_derive(&me->dk, me->group, "dk|", me->seed);
	urne_secret_base(me->group, &me->verification, &me->sk);
	urne_secret_base(me->group, &me->encryption, &me->dk);
}

/* coefficient: a_k, from SHA-256(urne-poly|seed|hex of certs|k|half) for half = 0, 1, ..
 * concatenated, modulo q. */
static void
coefficient(struct urne_secret *out, const struct trustee *me, size_t k)
{
	uint8_t wide[MAX_HALVES * URNE_HASH_LEN];
	char hex[URNE_HASH_HEX_LEN];
	size_t num = (me->group->q_bits + 128 + 255) / 256;

	urne_hex_encode(hex, me->certs.b, URNE_HASH_LEN);
	for (size_t i = 0; i < num; i++) {
		struct urne_sha256 h;
		struct urne_hash half;

		urne_sha256_init(&h);
		urne_sha256_puts(&h, "urne-poly|");
		urne_sha256_put(&h, me->seed->text, URNE_SEED_LEN);
		urne_sha256_puts(&h, "|");
		urne_sha256_put(&h, hex, sizeof(hex));
		urne_sha256_puts(&h, "|");
		urne_sha256_put_u64(&h, k);
		urne_sha256_puts(&h, "|");
		urne_sha256_put_u64(&h, i);
		urne_sha256_final(&h, &half);
		memcpy(wide + i * URNE_HASH_LEN, half.b, URNE_HASH_LEN);
		urne_wipe(&h, sizeof(h));
		urne_wipe(&half, sizeof(half));
	}
	urne_secret_reduce(me->group, out, wide, num * URNE_HASH_LEN);
	urne_wipe(wide, sizeof(wide));
}

/* evaluate: f(j) by Horner. */
static void
evaluate(struct urne_secret *out, const struct trustee *me, size_t num, uint64_t j)
{
	struct urne_secret x, a;

	urne_secret_from_u64(me->group, out, 0);
	urne_secret_from_u64(me->group, &x, j);
	for (size_t k = num; k-- > 0;) {
		coefficient(&a, me, k);
		urne_secret_mul(me->group, out, out, &x);
		urne_secret_add(me->group, out, out, &a);
	}
	urne_secret_clear(&a);
}

/* message_copy moves a message that was written to `text` into the arena. */
static enum urne_err
message_copy(struct urne_view *out, const struct trustee *me, const struct urne_buf *text)
{
	enum urne_err e = urne_buf_error(text);

	return e != URNE_OK ? e : urne_arena_copy(me->arena, out, urne_buf_view(text));
}

/* own_coefexps: A_k = g^a_k and the message that says so. */
static enum urne_err
own_coefexps(struct urne_view *message, const struct trustee *me, size_t num)
{
	struct urne_elem *A = urne_arena_alloc(me->arena, num, sizeof(*A));
	struct urne_secret a = {{0}};
	struct urne_buf text;
	struct urne_codec c;
	enum urne_err e = URNE_ERR_MEMORY;

	*message = (struct urne_view){"", 0};
	urne_buf_init(&text, URNE_TRUSTEES_MEMORY);
	if (A == NULL) {
		goto out;
	}
	for (size_t k = 0; k < num; k++) {
		coefficient(&a, me, k);
		urne_secret_base(me->group, &A[k], &a);
	}
	urne_codec_write(&c, &text);
	urne_codec_coefexps(&c, me->group, A, num);
	e = urne_codec_end(&c, NULL);
	if (e == URNE_OK) {
		e = message_copy(message, me, &text);
	}
out:
	urne_secret_clear(&a);
	urne_buf_clear(&text);
	return e;
}

/* find_self: the certificate with both keys of this trustee. */
static enum urne_err
find_self(struct trustee *me, struct urne_diag *d, const struct urne_ceremony_file *in)
{
	for (size_t i = 0; i < in->t.size; i++) {
		if (urne_elem_eq(me->group, &in->t.cert[i].verification, &me->verification) &&
		    urne_elem_eq(me->group, &in->t.cert[i].encryption, &me->encryption)) {
			me->index = i + 1;
			return URNE_OK;
		}
	}
	return urne_fail(d, URNE_ERR_UNKNOWN,
	    "none of the certificates is that of this trustee's key: either the key is another's, "
	    "or somebody changed the certificates");
}

/* check_in checks everything that the file shows, and that this trustee's own part is in it
 * unchanged. */
static enum urne_err
check_in(struct urne_view *coefexps, struct trustee *me, struct urne_diag *d,
    struct urne_ceremony_file *in)
{
	struct urne_hash hash;
	enum urne_err e = urne_threshold_decode_certs(&in->t, me->arena, d, me->group);

	if (e == URNE_OK) {
		e = find_self(me, d, in);
	}
	if (e == URNE_OK) {
		e = urne_ceremony_check(in, me->arena, d, in->t.cert[me->index - 1].threshold);
	}
	if (e == URNE_OK) {
		e = urne_certs_hash(&me->certs, me->group, &in->t);
	}
	if (e == URNE_OK) {
		e = own_coefexps(coefexps, me, (size_t)in->t.threshold);
	}
	if (e != URNE_OK || in->kind == URNE_FILE_CERTIFICATES) {
		return e;
	}
	urne_ceremony_commit(&hash, me->index, *coefexps);
	if (!urne_hash_eq(&hash, &in->commitments[me->index - 1].hash)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "trustee %zu: the commitment is not the one this key makes", me->index);
	}
	if (in->kind == URNE_FILE_SHARES && in->index != me->index) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "these shares are for trustee %zu, not for %zu", in->index, me->index);
	}
	return URNE_OK;
}

static enum urne_err
step_certificate(
    struct urne_ceremony_file *out, struct trustee *me, const struct urne_ceremony_file *in)
{
	struct urne_cert cert = in->context;
	struct urne_buf text;
	struct urne_codec c;
	enum urne_err e = URNE_ERR_MEMORY;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	out->t.size = 1;
	out->t.certs = urne_arena_alloc(me->arena, 1, sizeof(*out->t.certs));
	if (out->t.certs == NULL) {
		goto out;
	}
	cert.has_context = true;
	cert.group = urne_view_of(me->group->name);
	cert.verification = me->verification;
	cert.encryption = me->encryption;
	urne_codec_write(&c, &text);
	urne_codec_cert(&c, &cert, me->group);
	e = urne_codec_end(&c, NULL);
	if (e == URNE_OK) {
		e = message_copy(&out->t.certs[0].message, me, &text);
	}
	if (e == URNE_OK) {
		urne_message_sign(me->group, &out->t.certs[0].signature, me->rng, &me->sk,
		    out->t.certs[0].message);
	}
out:
	urne_buf_clear(&text);
	return e;
}

static enum urne_err
step_commitment(struct urne_ceremony_file *out, struct trustee *me, struct urne_view coefexps)
{
	struct urne_sha256 h;

	out->num_commitments = 1;
	out->commitments = urne_arena_alloc(me->arena, 1, sizeof(*out->commitments));
	if (out->commitments == NULL) {
		return URNE_ERR_MEMORY;
	}
	out->commitments[0].certs = me->certs;
	urne_ceremony_commit(&out->commitments[0].hash, me->index, coefexps);
	urne_commitment_transcript(&h, me->index, &out->commitments[0]);
	urne_schnorr_prove(me->group, &out->commitments[0].signature, me->rng, &me->sk, &h);
	return URNE_OK;
}

/* sign_certs: certs_sig over all certificates and this trustee's coefexps. */
static enum urne_err
sign_certs(struct urne_proof *out, struct trustee *me, const struct urne_ceremony_file *in,
    struct urne_view coefexps)
{
	struct urne_threshold t = in->t;
	size_t num = (size_t)t.threshold;
	struct urne_sha256 h;
	enum urne_err e;

	/* the transcript wants the coefexps of all; only its own are read */
	t.coefexp = urne_arena_alloc(me->arena, t.size * num, sizeof(*t.coefexp));
	if (t.coefexp == NULL) {
		return URNE_ERR_MEMORY;
	}
	e = urne_coefexps_read(&t.coefexp[(me->index - 1) * num], num, NULL, me->group, coefexps);
	if (e == URNE_OK) {
		e = urne_certs_sig_transcript(&h, me->group, &t, me->index - 1);
	}
	if (e == URNE_OK) {
		urne_schnorr_prove(me->group, out, me->rng, &me->sk, &h);
	}
	return e;
}

static enum urne_err
step_polynomial(struct urne_ceremony_file *out, struct trustee *me,
    const struct urne_ceremony_file *in, struct urne_view coefexps)
{
	struct urne_secret share = {{0}};
	enum urne_err e;

	out->num_coefexps = out->num_signatures = 1;
	out->num_shares = in->t.size;
	out->t.coefexps = urne_arena_alloc(me->arena, 1, sizeof(*out->t.coefexps));
	out->t.signatures = urne_arena_alloc(me->arena, 1, sizeof(*out->t.signatures));
	out->shares = urne_arena_alloc(me->arena, in->t.size, sizeof(*out->shares));
	if (out->t.coefexps == NULL || out->t.signatures == NULL || out->shares == NULL) {
		return URNE_ERR_MEMORY;
	}
	out->t.coefexps[0].message = coefexps;
	urne_message_sign(me->group, &out->t.coefexps[0].signature, me->rng, &me->sk, coefexps);
	e = sign_certs(&out->t.signatures[0], me, in, coefexps);
	for (size_t j = 0; e == URNE_OK && j < in->t.size; j++) {
		evaluate(&share, me, (size_t)in->t.threshold, j + 1);
		e = urne_channel_send(&out->shares[j], me->arena, me->group, me->rng, &me->sk,
		    &in->t.cert[j].encryption, share_field, &share);
	}
	urne_secret_clear(&share);
	return e;
}

/* receive_share: s = f_i(j), with g^s = prod_k A_ik^(j^k). */
static enum urne_err
receive_share(struct urne_secret *out, const struct trustee *me, struct urne_diag *d,
    const struct urne_ceremony_file *in, size_t i)
{
	size_t num = (size_t)in->t.threshold;
	struct urne_elem expected, actual;
	enum urne_err e = urne_channel_receive(
	    out, d, me->group, &in->shares[i], &me->dk, &in->t.cert[i].verification, share_field);

	if (e == URNE_OK) {
		urne_coefexps_eval(&expected, me->group, &in->t.coefexp[i * num], num, me->index);
		urne_secret_base(me->group, &actual, out);
		if (!urne_elem_eq(me->group, &expected, &actual)) {
			urne_secret_clear(out);
			e = urne_fail(
			    d, URNE_ERR_PROOF, "it is not what the coefexps of its author give");
		}
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "trustee %zu: share for trustee %zu: ", i + 1, me->index);
	}
	return e;
}

static enum urne_err
step_key(struct urne_ceremony_file *out, struct trustee *me, struct urne_diag *d,
    const struct urne_ceremony_file *in)
{
	struct urne_secret key = {{0}}, share = {{0}};
	struct urne_trustee_public_key *k = &out->public_key;
	struct urne_sha256 h;
	enum urne_err e = URNE_OK;

	/* S_j = sum_i f_i(j) */
	for (size_t i = 0; e == URNE_OK && i < in->t.size; i++) {
		e = receive_share(&share, me, d, in, i);
		urne_secret_add(me->group, &key, &key, &share);
	}
	if (e != URNE_OK) {
		goto out;
	}
	urne_secret_base(me->group, &k->public_key, &key);
	urne_pok_transcript(&h, me->group, &k->public_key);
	urne_schnorr_prove(me->group, &k->pok, me->rng, &key, &h);
	k->has_signature = true;
	urne_key_sig_transcript(&h, me->group, &k->public_key);
	urne_schnorr_prove(me->group, &k->signature, me->rng, &me->sk, &h);
	e = urne_channel_send(&out->private_key, me->arena, me->group, me->rng, &me->sk,
	    &me->encryption, key_field, &key);
out:
	urne_secret_clear(&key);
	urne_secret_clear(&share);
	return e;
}

/* round_of: which round a file asks for, URNE_ERR_ORDER when it asks for none. */
static enum urne_err
round_of(enum urne_ceremony_round *round, struct urne_diag *d, enum urne_ceremony_kind kind)
{
	static const struct {
		enum urne_ceremony_kind kind;
		enum urne_ceremony_round round;
	} table[URNE_CEREMONY_NUM_ROUNDS] = {
	    {URNE_FILE_INVITATION, URNE_CEREMONY_CERTIFICATE},
	    {URNE_FILE_CERTIFICATES, URNE_CEREMONY_COMMITMENT},
	    {URNE_FILE_COMMITMENTS, URNE_CEREMONY_POLYNOMIAL},
	    {URNE_FILE_SHARES, URNE_CEREMONY_KEY},
	};

	*round = URNE_CEREMONY_CERTIFICATE;
	for (size_t i = 0; i < URNE_CEREMONY_NUM_ROUNDS; i++) {
		if (table[i].kind == kind) {
			*round = table[i].round;
			return URNE_OK;
		}
	}
	return urne_fail(d, URNE_ERR_ORDER,
	    "a %s file comes from a trustee and asks nothing of one",
	    urne_ceremony_kind_name(kind));
}

enum urne_err
urne_ceremony_round_of(enum urne_ceremony_round *round, const struct urne_group **group,
    struct urne_diag *d, struct urne_view file)
{
	struct urne_ceremony_file f;
	struct urne_arena arena;
	enum urne_err e;

	*round = URNE_CEREMONY_CERTIFICATE;
	*group = NULL;
	urne_arena_init(&arena, URNE_TRUSTEES_MEMORY);
	e = urne_ceremony_read(&f, &arena, d, file);
	if (e == URNE_OK) {
		e = round_of(round, d, f.kind);
	}
	if (e == URNE_OK) {
		*group = f.group;
	}
	urne_arena_clear(&arena);
	return e;
}

/* answer does the work of one round. */
static enum urne_err
answer(struct urne_ceremony_file *out, struct trustee *me, struct urne_diag *d,
    struct urne_ceremony_file *in, enum urne_ceremony_round round)
{
	struct urne_view coefexps;
	enum urne_err e;

	if (round == URNE_CEREMONY_CERTIFICATE) {
		out->kind = URNE_FILE_CERTIFICATE;
		return step_certificate(out, me, in);
	}
	e = check_in(&coefexps, me, d, in);
	if (e != URNE_OK) {
		return e;
	}
	out->index = me->index;
	switch (round) {
	case URNE_CEREMONY_CERTIFICATE:
		break;
	case URNE_CEREMONY_COMMITMENT:
		out->kind = URNE_FILE_COMMITMENT;
		return step_commitment(out, me, coefexps);
	case URNE_CEREMONY_POLYNOMIAL:
		out->kind = URNE_FILE_POLYNOMIAL;
		return step_polynomial(out, me, in, coefexps);
	case URNE_CEREMONY_KEY:
		out->kind = URNE_FILE_KEY;
		return step_key(out, me, d, in);
	}
	return URNE_ERR_INTERNAL;
}

enum urne_err
urne_ceremony_step(struct urne_buf *out, struct urne_diag *d, const struct urne_seed *seed,
    struct urne_view in, struct urne_rng *rng)
{
	struct urne_ceremony_file file, reply = {0};
	struct urne_arena arena;
	struct trustee me = {.seed = seed, .arena = &arena, .rng = rng};
	struct urne_diag why = {{0}};
	enum urne_ceremony_round round = URNE_CEREMONY_CERTIFICATE;
	enum urne_err e;

	urne_arena_init(&arena, URNE_TRUSTEES_MEMORY);
	urne_rng_mix(rng, seed->text, URNE_SEED_LEN);
	urne_rng_mix(rng, in.p, in.len);
	e = urne_ceremony_read(&file, &arena, &why, in);
	if (e == URNE_OK) {
		e = round_of(&round, &why, file.kind);
	}
	if (e != URNE_OK) {
		goto out;
	}
	me.group = reply.group = file.group;
	derive_keys(&me);
	e = answer(&reply, &me, &why, &file, round);
	if (e == URNE_OK) {
		e = urne_ceremony_write(out, &reply);
	}
out:
	if (e != URNE_OK) {
		e = urne_fail(
		    d, e, "%s", why.text[0] != '\0' ? why.text : "the answer could not be made");
	}
	urne_secret_clear(&me.sk);
	urne_secret_clear(&me.dk);
	urne_arena_clear(&arena);
	return e;
}

enum urne_err
urne_share_open(struct urne_secret *out, struct urne_diag *d, const struct urne_group *g,
    const struct urne_seed *seed, struct urne_view share_file)
{
	struct trustee me = {.seed = seed, .group = g};
	struct urne_encrypted_msg m;
	struct urne_codec c;
	enum urne_err e;

	urne_secret_clear(out);
	if (share_file.len > 0 && share_file.p[share_file.len - 1] == '\n') {
		share_file.len--;
	}
	urne_codec_read(&c, share_file, NULL);
	urne_codec_encrypted_msg(&c, g, &m);
	e = urne_codec_end(&c, d);
	if (e == URNE_OK) {
		derive_keys(&me);
		e = urne_channel_receive(out, d, g, &m, &me.dk, &me.verification, key_field);
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "share file: ");
	}
	urne_secret_clear(&me.sk);
	urne_secret_clear(&me.dk);
	return e;
}
