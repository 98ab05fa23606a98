/* SPDX-License-Identifier: EUPL-1.2 */
/* A header is right when it is byte for byte the one we would write; no field is interpreted on
 * its own, except name and size, without which there is nothing to compare with. */
#include "bulletin/log/record.h"

#include <string.h>

#include "crypto/sha256.h"

#define NAME_FIELD   100
#define SIZE_AT	     124
#define CHECKSUM_AT  148
#define OCTAL_DIGITS ((size_t)11)

static const char first_name[] = "BELENIOS";

struct name_form {
	enum urne_record_kind kind;
	const char *suffix;
};

static const struct name_form name_forms[] = {
    {URNE_RECORD_DATA, ".data.json"},
    {URNE_RECORD_EVENT, ".event.json"},
};
#define NUM_NAME_FORMS (sizeof(name_forms) / sizeof(name_forms[0]))

/* Where the fields of an old-style tar header begin. */
struct field {
	size_t offset;
	const char *name;
};

static const struct field fields[] = {
    {0, "name"},
    {100, "mode"},
    {108, "uid"},
    {116, "gid"},
    {124, "size"},
    {136, "mtime"},
    {148, "checksum"},
    {156, "type flag"},
    {157, "unused part"},
};

/* put_octal writes `digits` octal digits and a NUL. */
static void
put_octal(uint8_t *out, uint64_t v, size_t digits)
{
	size_t i;

	for (i = digits; i-- > 0;) {
		out[i] = (uint8_t)('0' + (v & 7));
		v >>= 3;
	}
	out[digits] = 0;
}

size_t
urne_record_padding(uint64_t size)
{
	return (size_t)((URNE_RECORD_BLOCK - size % URNE_RECORD_BLOCK) % URNE_RECORD_BLOCK);
}

void
urne_record_header(
    uint8_t out[URNE_RECORD_BLOCK], struct urne_view name, uint64_t size, uint64_t timestamp)
{
	uint64_t sum = 0;
	size_t i;

	memset(out, 0, URNE_RECORD_BLOCK);
	memcpy(out, name.p, name.len);
	put_octal(out + 100, 0644, 7);
	put_octal(out + 108, 0, 7);
	put_octal(out + 116, 0, 7);
	put_octal(out + SIZE_AT, size, OCTAL_DIGITS);
	put_octal(out + 136, timestamp, OCTAL_DIGITS);
	memset(out + CHECKSUM_AT, ' ', 8);
	out[156] = '0';
	for (i = 0; i < URNE_RECORD_BLOCK; i++) {
		sum += out[i];
	}
	put_octal(out + CHECKSUM_AT, sum, 6); /* the eighth byte stays a space */
}

size_t
urne_record_name(
    char out[URNE_RECORD_NAME_MAX], enum urne_record_kind kind, const struct urne_hash *hash)
{
	size_t i, len;

	if (kind == URNE_RECORD_HEADER) {
		memcpy(out, first_name, sizeof(first_name) - 1);
		return sizeof(first_name) - 1;
	}
	urne_hex_encode(out, hash->b, URNE_HASH_LEN);
	for (i = 0; name_forms[i].kind != kind; i++) {
	}
	len = strlen(name_forms[i].suffix);
	memcpy(out + URNE_HASH_HEX_LEN, name_forms[i].suffix, len);
	return URNE_HASH_HEX_LEN + len;
}

static enum urne_err
parse_name(struct urne_record *out, struct urne_diag *d, struct urne_view name)
{
	struct urne_view digits = {name.p, URNE_HASH_HEX_LEN};
	struct urne_view rest = {name.p + URNE_HASH_HEX_LEN, 0};
	size_t i;

	if (urne_view_is(name, first_name)) {
		out->kind = URNE_RECORD_HEADER;
		return URNE_OK;
	}
	if (name.len <= URNE_HASH_HEX_LEN ||
	    urne_hex_decode(out->hash.b, URNE_HASH_LEN, digits) != URNE_OK) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "the record's name does not begin with a hash");
	}
	rest.len = name.len - URNE_HASH_HEX_LEN;
	for (i = 0; i < NUM_NAME_FORMS; i++) {
		if (urne_view_is(rest, name_forms[i].suffix)) {
			out->kind = name_forms[i].kind;
			return URNE_OK;
		}
	}
	return urne_fail(d, URNE_ERR_SYNTAX,
	    "the record's name ends neither with .data.json nor with .event.json");
}

enum urne_err
urne_record_parse(
    struct urne_record *out, struct urne_diag *d, const uint8_t header[URNE_RECORD_BLOCK])
{
	struct urne_view name = {(const char *)header, 0};
	uint64_t size = 0;
	size_t i;

	while (name.len < NAME_FIELD && header[name.len] != 0) {
		name.len++;
	}
	for (i = 0; i < OCTAL_DIGITS; i++) {
		uint8_t c = header[SIZE_AT + i];

		if (c < '0' || c > '7') {
			return urne_fail(
			    d, URNE_ERR_SYNTAX, "the size in the record's header is not octal");
		}
		size = size * 8 + (uint64_t)(c - '0');
	}
	out->size = size;
	return parse_name(out, d, name);
}

enum urne_err
urne_record_compare(struct urne_diag *d, const struct urne_record *rec, uint64_t timestamp,
    const uint8_t header[URNE_RECORD_BLOCK])
{
	uint8_t made[URNE_RECORD_BLOCK];
	char text[URNE_RECORD_NAME_MAX];
	struct urne_view name = {text, urne_record_name(text, rec->kind, &rec->hash)};
	size_t i, f = 0;

	urne_record_header(made, name, rec->size, timestamp);
	for (i = 0; i < URNE_RECORD_BLOCK && made[i] == header[i]; i++) {
	}
	if (i == URNE_RECORD_BLOCK) {
		return URNE_OK;
	}
	while (f + 1 < sizeof(fields) / sizeof(fields[0]) && fields[f + 1].offset <= i) {
		f++;
	}
	return urne_fail(d, URNE_ERR_SYNTAX,
	    "the %s in the record's header is not what the writer makes (byte %zu)", fields[f].name,
	    i);
}

void
urne_record_put_header(struct urne_buf *out, uint64_t timestamp)
{
	struct urne_buf body;
	uint8_t header[URNE_RECORD_BLOCK];

	urne_buf_init(&body, URNE_RECORD_BLOCK);
	urne_buf_puts(&body, "{\"version\":1,\"timestamp\":\"");
	urne_buf_put_u64(&body, timestamp);
	urne_buf_puts(&body, "\"}");
	urne_record_header(header, urne_view_of(first_name), body.len, timestamp);
	urne_buf_put(out, header, sizeof(header));
	urne_buf_put_view(out, urne_buf_view(&body));
	memset(header, 0, sizeof(header));
	urne_buf_put(out, header, urne_record_padding(body.len));
	if (urne_buf_error(&body) != URNE_OK && out->err == URNE_OK) {
		out->err = body.err;
	}
	urne_buf_clear(&body);
}

void
urne_record_put(struct urne_buf *out, struct urne_hash *hash, enum urne_record_kind kind,
    struct urne_view body, uint64_t timestamp)
{
	uint8_t header[URNE_RECORD_BLOCK];
	char text[URNE_RECORD_NAME_MAX];
	struct urne_view name = {text, 0};

	urne_sha256_of(hash, body);
	name.len = urne_record_name(text, kind, hash);
	urne_record_header(header, name, body.len, timestamp);
	urne_buf_put(out, header, sizeof(header));
	urne_buf_put_view(out, body);
	memset(header, 0, sizeof(header));
	urne_buf_put(out, header, urne_record_padding(body.len));
}
