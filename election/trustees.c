/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of the list of trustees: one description that reads and writes it. Messages that are
 * JSON inside a string are decoded as well, so nothing half-parsed remains.
 * Spec: docs/formats.md#trustees */
#include "election/trustees.h"

#include <string.h>

#include "base/limits.h"
#include "election/threshold.h"

/* The longest name of a group has 13 bytes; any text is read so that the check can name it. */
#define MAX_GROUP_NAME ((size_t)64)

void
urne_codec_trustee_public_key(
    struct urne_codec *c, const struct urne_group *g, struct urne_trustee_public_key *k)
{
	urne_codec_object(c);
	urne_codec_field(c, "pok");
	urne_codec_proof(c, g, &k->pok);
	urne_codec_field(c, "public_key");
	urne_codec_elem(c, g, &k->public_key);
	k->has_signature = urne_codec_optional(c, "signature", k->has_signature);
	if (k->has_signature) {
		urne_codec_proof(c, g, &k->signature);
	}
	k->has_name = urne_codec_optional(c, "name", k->has_name);
	if (k->has_name) {
		urne_codec_string(c, &k->name);
	}
	urne_codec_object_end(c);
}

void
urne_codec_signed_msg(struct urne_codec *c, const struct urne_group *g, struct urne_signed_msg *m)
{
	urne_codec_object(c);
	urne_codec_field(c, "message");
	urne_codec_string(c, &m->message);
	urne_codec_field(c, "signature");
	urne_codec_proof(c, g, &m->signature);
	urne_codec_object_end(c);
}

void *
urne_codec_grow(struct urne_codec *c, void *items, size_t done, size_t size)
{
	void *larger;

	/* room for 4, 8, 16, ...: full when done is one of them */
	if (done != 0 && (done < 4 || (done & (done - 1)) != 0)) {
		return items;
	}
	larger = urne_codec_alloc(c, done == 0 ? 4 : 2 * done, size);
	if (larger != NULL && done != 0) {
		memcpy(larger, items, done * size);
	}
	return larger;
}

void
urne_codec_signed_msgs(
    struct urne_codec *c, const struct urne_group *g, struct urne_signed_msg **msgs, size_t *num)
{
	struct urne_signed_msg *m = *msgs;
	size_t n;

	urne_codec_array(c);
	for (n = 0; urne_codec_more(c, n, *num, URNE_MAX_TRUSTEES); n++) {
		if (c->reading) {
			m = urne_codec_grow(c, m, n, sizeof(*m));
		}
		if (m == NULL) {
			break;
		}
		urne_codec_signed_msg(c, g, &m[n]);
	}
	urne_codec_array_end(c);
	if (c->reading) {
		*msgs = m;
		*num = urne_codec_ok(c) ? n : 0;
	}
}

void
urne_codec_proofs(
    struct urne_codec *c, const struct urne_group *g, struct urne_proof **proofs, size_t *num)
{
	struct urne_proof *p = *proofs;
	size_t n;

	urne_codec_array(c);
	for (n = 0; urne_codec_more(c, n, *num, URNE_MAX_TRUSTEES); n++) {
		if (c->reading) {
			p = urne_codec_grow(c, p, n, sizeof(*p));
		}
		if (p == NULL) {
			break;
		}
		urne_codec_proof(c, g, &p[n]);
	}
	urne_codec_array_end(c);
	if (c->reading) {
		*proofs = p;
		*num = urne_codec_ok(c) ? n : 0;
	}
}

static void
codec_keys(struct urne_codec *c, const struct urne_group *g, struct urne_trustee_public_key **keys,
    size_t *num)
{
	struct urne_trustee_public_key *k = *keys;
	size_t n;

	urne_codec_array(c);
	for (n = 0; urne_codec_more(c, n, *num, URNE_MAX_TRUSTEES); n++) {
		if (c->reading) {
			k = urne_codec_grow(c, k, n, sizeof(*k));
		}
		if (k == NULL) {
			break;
		}
		urne_codec_trustee_public_key(c, g, &k[n]);
	}
	urne_codec_array_end(c);
	if (c->reading) {
		*keys = k;
		*num = urne_codec_ok(c) ? n : 0;
	}
}

/* expect_length: all arrays have one entry per certificate. */
static void
expect_length(struct urne_codec *c, size_t num, size_t size, const char *field)
{
	if (urne_codec_ok(c) && num != size) {
		urne_codec_fail(
		    c, URNE_ERR_RANGE, "%s: %zu entries for %zu trustees", field, num, size);
	}
}

static void
codec_threshold(struct urne_codec *c, const struct urne_group *g, struct urne_threshold *t)
{
	size_t coefexps, signatures, keys; /* as many as certificates; reading decides */

	coefexps = signatures = keys = t->size;
	urne_codec_object(c);
	urne_codec_field(c, "threshold");
	urne_codec_u64(c, &t->threshold, URNE_MAX_TRUSTEES);
	urne_codec_field(c, "certs");
	urne_codec_signed_msgs(c, g, &t->certs, &t->size);
	urne_codec_field(c, "coefexps");
	urne_codec_signed_msgs(c, g, &t->coefexps, &coefexps);
	t->has_signatures = urne_codec_optional(c, "signatures", t->has_signatures);
	if (t->has_signatures) {
		urne_codec_proofs(c, g, &t->signatures, &signatures);
		expect_length(c, signatures, t->size, "signatures");
	}
	urne_codec_field(c, "verification_keys");
	codec_keys(c, g, &t->verification_keys, &keys);
	urne_codec_object_end(c);
	expect_length(c, coefexps, t->size, "coefexps");
	expect_length(c, keys, t->size, "verification_keys");
}

static void
codec_item(struct urne_codec *c, const struct urne_group *g, struct urne_trustee_item *item)
{
	urne_codec_array(c);
	urne_codec_item(c);
	item->is_threshold = urne_codec_try_literal(c, "\"Pedersen\"", item->is_threshold);
	if (!item->is_threshold) {
		urne_codec_literal(c, "\"Single\"");
	}
	urne_codec_item(c);
	if (item->is_threshold) {
		codec_threshold(c, g, &item->threshold);
	} else {
		urne_codec_trustee_public_key(c, g, &item->single);
	}
	urne_codec_array_end(c);
}

static void
codec_trustees(struct urne_codec *c, const struct urne_group *g, struct urne_trustees *t)
{
	size_t n;

	urne_codec_array(c);
	for (n = 0; urne_codec_more(c, n, t->num_items, URNE_MAX_TRUSTEES); n++) {
		if (c->reading) {
			t->items = urne_codec_grow(c, t->items, n, sizeof(*t->items));
		}
		if (t->items == NULL) {
			break;
		}
		codec_item(c, g, &t->items[n]);
	}
	urne_codec_array_end(c);
	if (c->reading) {
		t->num_items = urne_codec_ok(c) ? n : 0;
	}
}

void
urne_codec_cert(struct urne_codec *c, struct urne_cert *cert, const struct urne_group *g)
{
	urne_codec_object(c);
	cert->has_context = urne_codec_optional(c, "context", cert->has_context);
	if (cert->has_context) {
		urne_codec_object(c);
		urne_codec_field(c, "group");
		urne_codec_plain(c, &cert->group, MAX_GROUP_NAME);
		urne_codec_field(c, "size");
		urne_codec_u64(c, &cert->size, URNE_MAX_TRUSTEES);
		urne_codec_field(c, "threshold");
		urne_codec_u64(c, &cert->threshold, URNE_MAX_TRUSTEES);
		urne_codec_field(c, "index");
		urne_codec_u64(c, &cert->index, URNE_MAX_TRUSTEES);
		urne_codec_object_end(c);
	}
	urne_codec_field(c, "verification");
	urne_codec_elem(c, g, &cert->verification);
	urne_codec_field(c, "encryption");
	urne_codec_elem(c, g, &cert->encryption);
	urne_codec_object_end(c);
}

void
urne_codec_coefexps(
    struct urne_codec *c, const struct urne_group *g, struct urne_elem *coefexp, size_t num)
{
	urne_codec_object(c);
	urne_codec_field(c, "coefexps");
	urne_codec_array(c);
	for (size_t k = 0; k < num && urne_codec_ok(c); k++) {
		urne_codec_item(c);
		urne_codec_elem(c, g, &coefexp[k]);
	}
	urne_codec_array_end(c);
	urne_codec_object_end(c);
}

enum urne_err
urne_cert_read(struct urne_cert *out, struct urne_diag *d, const struct urne_group *g,
    struct urne_view message)
{
	struct urne_codec c;
	enum urne_err e;

	memset(out, 0, sizeof(*out));
	urne_codec_read(&c, message, NULL);
	urne_codec_cert(&c, out, g);
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		memset(out, 0, sizeof(*out));
	}
	return e;
}

enum urne_err
urne_coefexps_read(struct urne_elem *out, size_t num, struct urne_diag *d,
    const struct urne_group *g, struct urne_view message)
{
	struct urne_codec c;

	memset(out, 0, num * sizeof(*out));
	urne_codec_read(&c, message, NULL);
	urne_codec_coefexps(&c, g, out, num);
	return urne_codec_end(&c, d);
}

enum urne_err
urne_threshold_decode_certs(struct urne_threshold *t, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_group *g)
{
	t->cert = urne_arena_alloc(arena, t->size, sizeof(*t->cert));
	if (t->cert == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the certificates");
	}
	for (size_t i = 0; i < t->size; i++) {
		enum urne_err e = urne_cert_read(&t->cert[i], d, g, t->certs[i].message);
		if (e != URNE_OK) {
			urne_diag_within(d, "certs[%zu].message: ", i);
			return e;
		}
	}
	return URNE_OK;
}

enum urne_err
urne_threshold_decode_coefexps(struct urne_threshold *t, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_group *g)
{
	size_t num = (size_t)t->threshold; /* at most URNE_MAX_TRUSTEES, as is size */

	t->coefexp = urne_arena_alloc(arena, t->size * num, sizeof(*t->coefexp));
	if (t->coefexp == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the coefexps");
	}
	for (size_t i = 0; i < t->size; i++) {
		enum urne_err e =
		    urne_coefexps_read(&t->coefexp[i * num], num, d, g, t->coefexps[i].message);
		if (e != URNE_OK) {
			urne_diag_within(d, "coefexps[%zu].message: ", i);
			return e;
		}
	}
	return URNE_OK;
}

enum urne_err
urne_threshold_check_size(uint64_t threshold, uint64_t size, struct urne_diag *d)
{
	if (size < 1 || size > URNE_MAX_TRUSTEES || threshold < 1 || threshold > size) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "a threshold of %ju among %ju trustees is not possible", (uintmax_t)threshold,
		    (uintmax_t)size);
	}
	return URNE_OK;
}

/* set_family tells from the fields which releases write this form; mixtures are refused. */
static enum urne_err
set_family(struct urne_threshold *t, struct urne_diag *d)
{
	size_t contexts = 0, signed_keys = 0;

	for (size_t i = 0; i < t->size; i++) {
		contexts += t->cert[i].has_context ? 1 : 0;
		signed_keys += t->verification_keys[i].has_signature ? 1 : 0;
	}
	if (contexts == 0 && !t->has_signatures && signed_keys == 0) {
		t->family = URNE_PEDERSEN_2_0;
	} else if (contexts == t->size && t->has_signatures && signed_keys == 0) {
		t->family = URNE_PEDERSEN_2_5_1;
	} else if (contexts == t->size && t->has_signatures && signed_keys == t->size) {
		t->family = URNE_PEDERSEN_3_0;
	} else {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "families of threshold parameters are mixed: of %zu certificates %zu have a "
		    "context, signatures are %s, of the verification keys %zu are signed",
		    t->size, contexts, t->has_signatures ? "there" : "missing", signed_keys);
	}
	return URNE_OK;
}

static enum urne_err
finish_threshold(struct urne_threshold *t, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_group *g)
{
	enum urne_err e = urne_threshold_check_size(t->threshold, t->size, d);

	if (e == URNE_OK) {
		e = urne_threshold_decode_certs(t, arena, d, g);
	}
	if (e == URNE_OK) {
		e = urne_threshold_decode_coefexps(t, arena, d, g);
	}
	if (e == URNE_OK) {
		e = set_family(t, d);
	}
	return e;
}

enum urne_err
urne_trustees_read(struct urne_trustees *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_group *g, struct urne_view text)
{
	struct urne_trustees t = {0};
	struct urne_codec c;
	enum urne_err e;

	memset(out, 0, sizeof(*out));
	urne_codec_read(&c, text, arena);
	codec_trustees(&c, g, &t);
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		return e;
	}
	if (t.num_items == 0) {
		return urne_fail(d, URNE_ERR_RANGE, "there is no trustee");
	}
	for (size_t i = 0; i < t.num_items; i++) {
		struct urne_trustee_item *item = &t.items[i];

		if (item->is_threshold) {
			e = finish_threshold(&item->threshold, arena, d, g);
		} else if (item->single.has_signature) {
			e = urne_fail(d, URNE_ERR_UNSUPPORTED,
			    "a single key with a signature, and nothing to verify it with");
		}
		if (e != URNE_OK) {
			urne_diag_within(d, "[%zu][1]: ", i);
			return e;
		}
		item->first_owner = t.num_owners + 1;
		item->num_owners = item->is_threshold ? item->threshold.size : 1;
		t.num_owners += item->num_owners; /* at most MAX_TRUSTEES of MAX_TRUSTEES each */
	}
	if (t.num_owners > URNE_MAX_TRUSTEES) {
		return urne_fail(d, URNE_ERR_LIMIT, "more than %zu trustees", URNE_MAX_TRUSTEES);
	}
	*out = t;
	return URNE_OK;
}

void
urne_trustees_write(struct urne_buf *out, const struct urne_group *g, const struct urne_trustees *t)
{
	struct urne_trustees copy = *t; /* the description can read as well, so it is not const */
	struct urne_codec c;

	urne_codec_write(&c, out);
	codec_trustees(&c, g, &copy);
	if (c.err != URNE_OK && out->err == URNE_OK) {
		out->err = c.err;
	}
}

enum urne_err
urne_trustees_owner(const struct urne_trustee_item **item, struct urne_elem *key,
    const struct urne_trustees *t, size_t owner)
{
	*item = NULL;
	memset(key, 0, sizeof(*key));
	for (size_t i = 0; i < t->num_items; i++) {
		const struct urne_trustee_item *it = &t->items[i];

		if (owner >= it->first_owner && owner - it->first_owner < it->num_owners) {
			*item = it;
			*key = it->is_threshold
				   ? it->threshold.verification_keys[owner - it->first_owner]
					 .public_key
				   : it->single.public_key;
			return URNE_OK;
		}
	}
	return URNE_ERR_UNKNOWN;
}

const char *
urne_pedersen_family_name(enum urne_pedersen_family f)
{
	switch (f) {
	case URNE_PEDERSEN_2_0:
		return "releases 2.0 to 2.5";
	case URNE_PEDERSEN_2_5_1:
		return "release 2.5.1";
	case URNE_PEDERSEN_3_0:
		return "releases 3.0 on";
	}
	return "unknown";
}
