/* SPDX-License-Identifier: EUPL-1.2 */
/* What a trustee hands to the official; the proofs in it decide, the owner's number only says
 * against which key. */
#include "client/cli/bundle.h"

static const char start[] = "{\"owner\":";
static const char bare[] = "{\"decryption_factors\":";

bool
urne_bundle_is(struct urne_view text)
{
	return urne_view_starts(text, start) || urne_view_starts(text, bare);
}

void
urne_bundle_emit(
    struct urne_buf *out, const struct urne_election *e, uint64_t owner, struct urne_view partial)
{
	urne_buf_puts(out, start);
	urne_buf_put_u64(out, owner);
	urne_buf_puts(out, ",\"election_hash\":\"");
	urne_buf_put(out, e->phi, URNE_HASH_B64_LEN);
	urne_buf_puts(out, "\",\"partial_decryption\":");
	urne_buf_put_view(out, partial);
	urne_buf_puts(out, "}\n");
}

/* Takes {"owner":N,"election_hash":"..","partial_decryption": off the front. */
static enum urne_err
unwrap(struct urne_bundle *out, struct urne_state *s, struct urne_view text)
{
	struct urne_hash hash;
	struct urne_codec c;
	size_t used;

	urne_codec_read(&c, text, NULL);
	urne_codec_object(&c);
	urne_codec_field(&c, "owner");
	urne_codec_u64(&c, &out->owner, URNE_MAX_TRUSTEES);
	urne_codec_field(&c, "election_hash");
	urne_codec_hash_b64(&c, &hash);
	urne_codec_field(&c, "partial_decryption");
	if (!urne_codec_ok(&c)) {
		return urne_codec_end(&c, &s->cli->diag);
	}
	if (!urne_hash_eq(&hash, &s->sealed.election.fingerprint)) {
		return urne_fail(&s->cli->diag, URNE_ERR_MISMATCH,
		    "it is for another election, take the file for %.*s",
		    (int)s->sealed.election.uuid.len, s->sealed.election.uuid.p);
	}
	used = (size_t)(c.p - text.p);
	if (text.len < used + 1 || text.p[text.len - 1] != '}') {
		return urne_fail(&s->cli->diag, URNE_ERR_SYNTAX, "it is cut short, get it again");
	}
	out->partial = (struct urne_view){c.p, text.len - used - 1};
	return URNE_OK;
}

/* A bare object does not say whose it is: the key against which it verifies does. */
static enum urne_err
find_owner(struct urne_bundle *out, struct urne_state *s, const struct urne_tally *t)
{
	for (size_t i = 1; i <= s->sealed.trustees.num_owners; i++) {
		const struct urne_trustee_item *item = NULL;
		struct urne_elem key;

		if (urne_trustees_owner(&item, &key, &s->sealed.trustees, i) == URNE_OK &&
		    urne_partial_check(&out->decoded, NULL, &s->sealed.election, t, &key) ==
			URNE_OK) {
			out->owner = i;
			return URNE_OK;
		}
	}
	return urne_fail(&s->cli->diag, URNE_ERR_PROOF,
	    "it does not verify against the key of any trustee, let the trustee make it again");
}

enum urne_err
urne_bundle_read(struct urne_bundle *out, struct urne_state *s, struct urne_arena *arena,
    const struct urne_tally *t, struct urne_view text)
{
	const struct urne_trustee_item *item = NULL;
	struct urne_diag *d = &s->cli->diag;
	struct urne_elem key;
	enum urne_err e = URNE_OK;

	*out = (struct urne_bundle){.partial = text};
	if (urne_view_starts(text, start)) {
		e = unwrap(out, s, text);
	}
	if (e == URNE_OK) {
		e = urne_partial_read(&out->decoded, arena, d, &s->sealed.election, out->partial);
	}
	if (e == URNE_OK && out->owner == 0) {
		return urne_view_starts(text, start)
			   ? urne_fail(d, URNE_ERR_UNKNOWN, "trustees count from 1, not 0")
			   : find_owner(out, s, t);
	}
	if (e == URNE_OK) {
		e = urne_trustees_owner(&item, &key, &s->sealed.trustees, (size_t)out->owner);
		if (e != URNE_OK) {
			return urne_fail(
			    d, e, "there is no trustee %zu in this election", (size_t)out->owner);
		}
		e = urne_partial_check(&out->decoded, d, &s->sealed.election, t, &key);
		if (e != URNE_OK) {
			urne_diag_within(d, "trustee %zu: ", (size_t)out->owner);
		}
	}
	return e;
}
