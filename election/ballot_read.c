/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots from their text. The scanner reads those that are as they should be; whatever it does not
 * take, the codec reads, which says what is wrong and where.
 * Spec: docs/formats.md#ballot */
#include <string.h>

#include "election/ballot_scan.h"

/* hash_end: both hashes of a ballot, from what they begin with: the text up to the signature. */
static void
hash_end(struct urne_ballot *b, struct urne_sha256 *so_far)
{
	struct urne_sha256 h = *so_far;

	urne_sha256_puts(&h, "}");
	urne_sha256_final(&h, &b->signed_hash);
	urne_sha256_put(so_far, b->text.p + b->unsigned_len, b->text.len - b->unsigned_len);
	urne_sha256_final(so_far, &b->tracker);
}

/* hash_begin: of what is signed, the hash of the beginning, and the bytes that are left. */
static struct urne_view
hash_begin(struct urne_sha256 *h, const struct urne_ballot *b, const struct urne_sha256 *begun)
{
	if (begun == NULL || begun->len == 0 || begun->len > b->unsigned_len) {
		urne_sha256_init(h);
		return (struct urne_view){b->text.p, b->unsigned_len};
	}
	*h = *begun;
	return (struct urne_view){b->text.p + begun->len, b->unsigned_len - (size_t)begun->len};
}

void
urne_ballots_hash(
    struct urne_ballot *const ballots[], const struct urne_sha256 *const begun[], size_t num)
{
	for (size_t i = 0; i < num; i += 2) {
		struct urne_ballot *a = ballots[i], *b = i + 1 < num ? ballots[i + 1] : NULL;
		struct urne_sha256 ha, hb;
		struct urne_view left = hash_begin(&ha, a, begun[i]);

		if (b == NULL) {
			urne_sha256_put_view(&ha, left);
		} else {
			urne_sha256_put_both(&ha, left, &hb, hash_begin(&hb, b, begun[i + 1]));
			hash_end(b, &hb);
		}
		hash_end(a, &ha);
	}
}

/* The credential as text: where a canonical ballot has it. */
static struct urne_view
credential_text(const struct urne_ballot *b, struct urne_view text)
{
	size_t at = strlen("{\"election_uuid\":\"") + b->election_uuid.len +
		    strlen("\",\"election_hash\":\"") + URNE_HASH_B64_LEN +
		    strlen("\",\"credential\":\"");
	size_t end = at;

	while (end < text.len && text.p[end] != '"') {
		end++;
	}
	return (struct urne_view){text.p + at, end - at};
}

/* set_texts: what follows from a text whose fields are read, but for its hashes. */
static void
set_texts(struct urne_ballot *b, struct urne_view text, size_t unsigned_len)
{
	b->credential_text = credential_text(b, text);
	b->text = text;
	b->unsigned_len = unsigned_len;
}

enum urne_err
urne_ballot_read_unproved(struct urne_ballot *b, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_election *e, struct urne_view text)
{
	struct urne_codec c;
	size_t unsigned_len = 0;
	enum urne_err err = urne_ballot_alloc(b, arena, e);

	if (err != URNE_OK) {
		return urne_fail(d, err, "no memory for a ballot");
	}
	if (!urne_ballot_scan(b, &unsigned_len, e, text, NULL)) {
		urne_codec_read(&c, text, arena);
		urne_codec_ballot(&c, e, b, &unsigned_len);
		err = urne_codec_end(&c, d);
	}
	if (err == URNE_OK) {
		set_texts(b, text, unsigned_len);
		urne_ballots_hash(&b, &(const struct urne_sha256 *){NULL}, 1);
	}
	return err;
}

enum urne_err
urne_ballot_read_known(struct urne_ballot *b, struct urne_arena *arena,
    const struct urne_election *e, struct urne_view text, struct urne_known_elems *known)
{
	size_t unsigned_len = 0;
	enum urne_err err = urne_ballot_alloc(b, arena, e);

	if (err != URNE_OK) {
		return err;
	}
	if (!urne_ballot_scan(b, &unsigned_len, e, text, known)) {
		return URNE_ERR_GROUP;
	}
	set_texts(b, text, unsigned_len);
	return URNE_OK;
}

/* Longer is no identifier of an election: urne_uuid_check. */
#define MAX_UUID 64

enum urne_err
urne_ballot_credential(struct urne_view *out, struct urne_view text)
{
	struct urne_view uuid = {"", 0};
	struct urne_hash hash;
	struct urne_codec c;

	*out = (struct urne_view){"", 0};
	urne_codec_read(&c, text, NULL);
	urne_codec_object(&c);
	urne_codec_field(&c, "election_uuid");
	urne_codec_plain(&c, &uuid, MAX_UUID);
	urne_codec_field(&c, "election_hash");
	urne_codec_hash_b64(&c, &hash);
	urne_codec_field(&c, "credential");
	urne_codec_plain(&c, out, URNE_TEXT_MAX);
	return urne_codec_ok(&c) ? URNE_OK : URNE_ERR_SYNTAX;
}

enum urne_err
urne_ballot_fingerprint(struct urne_hash *out, struct urne_view text)
{
	static const char field[] = URNE_SIGNATURE_FIELD;
	size_t at = text.len;

	*out = (struct urne_hash){{0}};
	while (at > 0) {
		at--;
		if (urne_view_starts((struct urne_view){text.p + at, text.len - at}, field)) {
			struct urne_sha256 h;

			urne_sha256_init(&h);
			urne_sha256_put(&h, text.p, at);
			urne_sha256_puts(&h, "}");
			urne_sha256_final(&h, out);
			return URNE_OK;
		}
	}
	return URNE_ERR_SYNTAX;
}
