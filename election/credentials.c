/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of public credentials: sorted, so a member is found by bisection and two equal entries
 * stand side by side.
 * Spec: docs/formats.md#public-credentials */
#include "election/credentials.h"

#include <stdlib.h>
#include <string.h>

#include "base/codec.h"
#include "base/limits.h"

struct entry {
	size_t at;
	size_t len;
	uint64_t weight;
};

struct urne_credentials {
	const struct urne_group *group;
	char *text; /* a copy of the list */
	struct entry *entries;
	size_t num;
	uint64_t total_weight;
	bool weighted;
};

/* The order of the list on texts: Z_p* numerically; Ed25519 by its bytes in RFC 8032 order, which
 * the hex text shows last byte first. */
static int
compare_texts(const struct urne_group *g, struct urne_view a, struct urne_view b)
{
	if (a.len != b.len) {
		return a.len < b.len ? -1 : 1;
	}
	if (g->kind == URNE_GROUP_FIELD) {
		return memcmp(a.p, b.p, a.len);
	}
	for (size_t i = a.len & ~(size_t)1; i >= 2; i -= 2) {
		int c = memcmp(a.p + i - 2, b.p + i - 2, 2);
		if (c != 0) {
			return c;
		}
	}
	return 0;
}

static struct urne_view
text_of(const struct urne_credentials *c, size_t i)
{
	return (struct urne_view){c->text + c->entries[i].at, c->entries[i].len};
}

/* "element" or "element,weight" */
static enum urne_err
read_entry(struct urne_credentials *c, struct urne_diag *d, struct urne_view v)
{
	struct entry *e = &c->entries[c->num];
	const char *comma = memchr(v.p, ',', v.len);
	bool weighted = comma != NULL;

	*e = (struct entry){.at = (size_t)(v.p - c->text), .len = v.len, .weight = 1};
	if (c->num > 0 && weighted != c->weighted) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "either all credentials have a weight written or none has");
	}
	c->weighted = weighted;
	if (weighted) {
		struct urne_view weight = {comma + 1, v.len - (size_t)(comma + 1 - v.p)};
		e->len = (size_t)(comma - v.p);
		if (urne_decimal_decode(&e->weight, weight, URNE_MAX_WEIGHT) != URNE_OK) {
			return urne_fail(d, URNE_ERR_RANGE,
			    "the weight is not a whole number from 0 to %llu",
			    (unsigned long long)URNE_MAX_WEIGHT);
		}
	}
	if (e->weight > URNE_MAX_TOTAL_WEIGHT - c->total_weight) {
		return urne_fail(d, URNE_ERR_LIMIT, "the total weight is above %llu",
		    (unsigned long long)URNE_MAX_TOTAL_WEIGHT);
	}
	c->total_weight += e->weight;
	c->num++;
	return URNE_OK;
}

static enum urne_err
read_list(struct urne_credentials *c, struct urne_diag *d, size_t len)
{
	struct urne_codec codec;
	size_t cap = 0;

	urne_codec_read(&codec, (struct urne_view){c->text, len}, NULL);
	urne_codec_array(&codec);
	for (size_t n = 0; urne_codec_more(&codec, n, 0, URNE_MAX_CREDENTIALS); n++) {
		struct urne_view v = {NULL, 0};

		urne_codec_plain(&codec, &v, URNE_TEXT_MAX + 24);
		if (!urne_codec_ok(&codec)) {
			break;
		}
		if (c->num == cap) {
			struct entry *grown = NULL;
			cap = cap == 0 ? 1024 : 2 * cap;
			grown = realloc(c->entries, cap * sizeof(*grown));
			if (grown == NULL) {
				return urne_fail(d, URNE_ERR_MEMORY, "no memory for the roll");
			}
			c->entries = grown;
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
text_in(const void *list, size_t i)
{
	return text_of(list, i);
}

/* Ascending, so no credential stands twice. */
static enum urne_err
check_order(const struct urne_credentials *c, struct urne_diag *d)
{
	for (size_t i = 1; i < c->num; i++) {
		int order = compare_texts(c->group, text_of(c, i - 1), text_of(c, i));

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

/* parse: num_threads is 0 when the members are known; hints may be NULL. */
static enum urne_err
parse(struct urne_credentials **out, const struct urne_group *g, struct urne_diag *d,
    struct urne_view text, size_t num_threads, struct urne_credential_hints *hints)
{
	struct urne_credentials *c = calloc(1, sizeof(*c));
	enum urne_err e = URNE_OK;

	*out = NULL;
	if (c == NULL || (c->text = malloc(text.len + 1)) == NULL) {
		free(c);
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the roll");
	}
	memcpy(c->text, text.p, text.len);
	c->group = g;
	e = read_list(c, d, text.len);
	if (e == URNE_OK && num_threads > 0) {
		const struct urne_credential_texts texts = {g, c, text_in, c->num};

		e = urne_credentials_check_members(&texts, d, num_threads, hints);
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
    struct urne_diag *d, struct urne_view text, size_t num_threads,
    struct urne_credential_hints *hints)
{
	return parse(out, g, d, text, num_threads > 0 ? num_threads : 1, hints);
}

enum urne_err
urne_credentials_parse(struct urne_credentials **out, const struct urne_group *g,
    struct urne_diag *d, struct urne_view text, size_t num_threads)
{
	return urne_credentials_parse_hinted(out, g, d, text, num_threads, NULL);
}

enum urne_err
urne_credentials_read_known(struct urne_credentials **out, const struct urne_group *g,
    struct urne_diag *d, struct urne_view text)
{
	return parse(out, g, d, text, 0, NULL);
}

void
urne_credentials_free(struct urne_credentials *c)
{
	if (c != NULL) {
		free(c->text);
		free(c->entries);
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
	size_t low = 0, high = c->num;

	*index = 0;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = compare_texts(c->group, text_of(c, mid), text);
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
	return c->entries[index].weight;
}

struct sort_key {
	const struct urne_group *group;
	struct urne_credential_entry entry;
};

static int
compare_entries(const void *a, const void *b)
{
	const struct sort_key *x = a, *y = b;

	return urne_elem_compare(
	    x->group, &x->entry.public_credential, &y->entry.public_credential);
}

void
urne_credentials_emit(struct urne_buf *out, const struct urne_group *g,
    struct urne_credential_entry *entries, size_t num, bool weighted)
{
	struct sort_key *keys = calloc(num + 1, sizeof(*keys));
	char text[URNE_TEXT_MAX];

	if (keys == NULL) {
		out->err = URNE_ERR_MEMORY;
		return;
	}
	for (size_t i = 0; i < num; i++) {
		keys[i] = (struct sort_key){g, entries[i]};
	}
	qsort(keys, num, sizeof(*keys), compare_entries);
	urne_buf_putc(out, '[');
	for (size_t i = 0; i < num; i++) {
		entries[i] = keys[i].entry;
		urne_buf_puts(out, i == 0 ? "\"" : ",\"");
		urne_buf_put(out, text, urne_elem_encode(g, text, &entries[i].public_credential));
		if (weighted) {
			urne_buf_putc(out, ',');
			urne_buf_put_u64(out, entries[i].weight);
		}
		urne_buf_putc(out, '"');
	}
	urne_buf_putc(out, ']');
	free(keys);
}
