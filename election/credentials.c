/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of public credentials: sorted, so a member is found by bisection and two equal entries
 * stand side by side.
 * Spec: docs/formats.md#public-credentials */
#include "election/credentials.h"

#include <stdlib.h>
#include <string.h>

#include "base/codec.h"
#include "base/limits.h"

/* A credential is kept as a key, all of one length, and the order of keys byte by byte is that of
 * the list: Ed25519: the 32 bytes of RFC 8032; Z_p*: the digits, made up with zeros in front. */
struct urne_credentials {
	const struct urne_group *group;
	uint8_t *keys;
	size_t key_len;
	size_t num, cap;
	uint64_t *weights; /* NULL: all are 1 */
	uint64_t total_weight;
	bool weighted;
};

static size_t
key_len_of(const struct urne_group *g)
{
	return g->kind == URNE_GROUP_EDWARDS ? g->elem_bytes : urne_elem_text_max(g);
}

/* key_of: false for a text that is no credential's. The text of Ed25519 is the bytes in hex, the
 * last one first. */
static bool
key_of(const struct urne_credentials *c, uint8_t *key, struct urne_view text)
{
	size_t len = c->key_len;

	if (c->group->kind == URNE_GROUP_FIELD) {
		if (text.len == 0 || text.len > len || text.p[0] == '0') {
			return false;
		}
		memset(key, '0', len - text.len);
		memcpy(key + len - text.len, text.p, text.len);
		return true;
	}
	if (urne_hex_decode(key, len, text) != URNE_OK) {
		return false;
	}
	for (size_t i = 0; i < len / 2; i++) {
		uint8_t byte = key[i];

		key[i] = key[len - 1 - i];
		key[len - 1 - i] = byte;
	}
	return true;
}

/* text_of writes the text of credential i and returns its length. */
static size_t
text_of(const struct urne_credentials *c, char out[URNE_TEXT_MAX], size_t i)
{
	const uint8_t *key = c->keys + i * c->key_len;
	size_t skip = 0;

	if (c->group->kind == URNE_GROUP_EDWARDS) {
		for (size_t k = 0; k < c->key_len; k++) {
			urne_hex_encode(out + 2 * k, &key[c->key_len - 1 - k], 1);
		}
		return 2 * c->key_len;
	}
	while (skip < c->key_len && key[skip] == '0') {
		skip++;
	}
	memcpy(out, key + skip, c->key_len - skip);
	return c->key_len - skip;
}

static enum urne_err
not_a_member(const struct urne_credentials *c, struct urne_diag *d)
{
	return urne_fail(d, URNE_ERR_GROUP,
	    "not the canonical form of a member of %s other than the neutral element",
	    c->group->name);
}

/* "element" or "element,weight" */
static enum urne_err
read_entry(struct urne_credentials *c, struct urne_diag *d, struct urne_view v)
{
	const char *comma = memchr(v.p, ',', v.len);
	bool weighted = comma != NULL;
	struct urne_view text = {v.p, weighted ? (size_t)(comma - v.p) : v.len};
	uint64_t weight = 1;

	if (c->num > 0 && weighted != c->weighted) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "either all credentials have a weight written or none has");
	}
	c->weighted = weighted;
	if (weighted &&
	    urne_decimal_decode(&weight, (struct urne_view){comma + 1, v.len - text.len - 1},
		URNE_MAX_WEIGHT) != URNE_OK) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "the weight is not a whole number from 0 to %llu",
		    (unsigned long long)URNE_MAX_WEIGHT);
	}
	if (weight > URNE_MAX_TOTAL_WEIGHT - c->total_weight) {
		return urne_fail(d, URNE_ERR_LIMIT, "the total weight is above %llu",
		    (unsigned long long)URNE_MAX_TOTAL_WEIGHT);
	}
	if (!key_of(c, c->keys + c->num * c->key_len, text)) {
		return not_a_member(c, d);
	}
	if (weighted) {
		c->weights[c->num] = weight;
	}
	c->total_weight += weight;
	c->num++;
	return URNE_OK;
}

/* make_room for one more; whether there are weights is known from the first. */
static enum urne_err
make_room(struct urne_credentials *c, struct urne_view first)
{
	size_t cap = c->cap == 0 ? 1024 : 2 * c->cap;
	uint8_t *keys = NULL;
	uint64_t *weights = NULL;

	if (c->num < c->cap) {
		return URNE_OK;
	}
	keys = reallocarray(c->keys, cap, c->key_len);
	if (keys == NULL) {
		return URNE_ERR_MEMORY;
	}
	c->keys = keys;
	if (c->weights != NULL || (c->num == 0 && memchr(first.p, ',', first.len) != NULL)) {
		weights = reallocarray(c->weights, cap, sizeof(*weights));
		if (weights == NULL) {
			return URNE_ERR_MEMORY;
		}
		c->weights = weights;
	}
	c->cap = cap;
	return URNE_OK;
}

static enum urne_err
read_list(struct urne_credentials *c, struct urne_diag *d, struct urne_view text)
{
	struct urne_codec codec;

	urne_codec_read(&codec, text, NULL);
	urne_codec_array(&codec);
	for (size_t n = 0; urne_codec_more(&codec, n, 0, URNE_MAX_CREDENTIALS); n++) {
		struct urne_view v = {NULL, 0};

		urne_codec_plain(&codec, &v, URNE_TEXT_MAX + 24);
		if (!urne_codec_ok(&codec)) {
			break;
		}
		if (make_room(c, v) != URNE_OK) {
			return urne_fail(d, URNE_ERR_MEMORY, "no memory for the roll");
		}
		enum urne_err e = read_entry(c, d, v);
		if (e != URNE_OK) {
			urne_diag_within(d, "credential %zu: ", n);
			return e;
		}
	}
	urne_codec_array_end(&codec);
	return urne_codec_end(&codec, d);
}

static struct urne_view
text_in(const void *list, char room[URNE_TEXT_MAX], size_t i)
{
	return (struct urne_view){room, text_of(list, room, i)};
}

/* Ascending, so no credential stands twice. */
static enum urne_err
check_order(const struct urne_credentials *c, struct urne_diag *d)
{
	for (size_t i = 1; i < c->num; i++) {
		const uint8_t *key = c->keys + i * c->key_len;
		int order = memcmp(key - c->key_len, key, c->key_len);

		if (order == 0) {
			return urne_fail(d, URNE_ERR_DUPLICATE,
			    "credential %zu: the same credential as the one before", i);
		}
		if (order > 0) {
			return urne_fail(d, URNE_ERR_ORDER,
			    "credential %zu: the list is not in ascending order", i);
		}
	}
	return URNE_OK;
}

/* parse: `known`: the members are. hints may be NULL. */
static enum urne_err
parse(struct urne_credentials **out, const struct urne_group *g, struct urne_diag *d,
    struct urne_view text, bool known, struct urne_pool *pool, struct urne_credential_hints *hints)
{
	struct urne_credentials *c = calloc(1, sizeof(*c));
	enum urne_err e = URNE_OK;

	*out = NULL;
	if (c == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the roll");
	}
	c->group = g;
	c->key_len = key_len_of(g);
	e = read_list(c, d, text);
	if (e == URNE_OK && !known) {
		const struct urne_credential_texts texts = {g, c, text_in, c->num};

		e = urne_credentials_check_members(&texts, d, pool, hints);
	}
	if (e == URNE_OK) {
		e = check_order(c, d);
	}
	if (e != URNE_OK) {
		urne_credentials_free(c);
		return e;
	}
	*out = c;
	c = NULL; /* the caller owns it now */
	return URNE_OK;
}

enum urne_err
urne_credentials_parse_hinted(struct urne_credentials **out, const struct urne_group *g,
    struct urne_diag *d, struct urne_view text, struct urne_pool *pool,
    struct urne_credential_hints *hints)
{
	return parse(out, g, d, text, false, pool, hints);
}

enum urne_err
urne_credentials_parse(struct urne_credentials **out, const struct urne_group *g,
    struct urne_diag *d, struct urne_view text, struct urne_pool *pool)
{
	return urne_credentials_parse_hinted(out, g, d, text, pool, NULL);
}

enum urne_err
urne_credentials_read_known(struct urne_credentials **out, const struct urne_group *g,
    struct urne_diag *d, struct urne_view text)
{
	return parse(out, g, d, text, true, NULL, NULL);
}

void
urne_credentials_free(struct urne_credentials *c)
{
	if (c != NULL) {
		free(c->keys);
		free(c->weights);
		free(c);
	}
}

size_t
urne_credentials_count(const struct urne_credentials *c)
{
	return c->num;
}

uint64_t
urne_credentials_total_weight(const struct urne_credentials *c)
{
	return c->total_weight;
}

bool
urne_credentials_weighted(const struct urne_credentials *c)
{
	return c->weighted;
}

enum urne_err
urne_credentials_find(const struct urne_credentials *c, size_t *index, struct urne_view text)
{
	uint8_t key[URNE_TEXT_MAX];
	size_t low = 0, high = c->num;

	*index = 0;
	if (!key_of(c, key, text)) {
		return URNE_ERR_UNKNOWN;
	}
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = memcmp(c->keys + mid * c->key_len, key, c->key_len);
		if (order == 0) {
			*index = mid;
			return URNE_OK;
		}
		if (order < 0) {
			low = mid + 1;
		} else {
			high = mid;
		}
	}
	return URNE_ERR_UNKNOWN;
}

uint64_t
urne_credentials_weight(const struct urne_credentials *c, size_t index)
{
	return c->weights != NULL ? c->weights[index] : 1;
}

/* What the order of entries depends on. */
struct order {
	const struct urne_group *group;
};

static int
compare_entries(const void *a, const void *b, void *ctx)
{
	const struct urne_credential_entry *x = a, *y = b;
	const struct order *order = ctx;

	return urne_elem_compare(order->group, &x->public_credential, &y->public_credential);
}

void
urne_credentials_emit(struct urne_buf *out, const struct urne_group *g,
    struct urne_credential_entry *entries, size_t num, bool weighted)
{
	struct order order = {g};
	char text[URNE_TEXT_MAX];

	/* an entry has half a kilobyte: of things so large qsort_r sorts pointers, 16 bytes for
	 * each, and moves every entry once */
	if (num > 0) {
		qsort_r(entries, num, sizeof(*entries), compare_entries, &order);
	}
	urne_buf_putc(out, '[');
	for (size_t i = 0; i < num; i++) {
		urne_buf_puts(out, i == 0 ? "\"" : ",\"");
		urne_buf_put(out, text, urne_elem_encode(g, text, &entries[i].public_credential));
		if (weighted) {
			urne_buf_putc(out, ',');
			urne_buf_put_u64(out, entries[i].weight);
		}
		urne_buf_putc(out, '"');
	}
	urne_buf_putc(out, ']');
}
