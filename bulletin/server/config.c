/* SPDX-License-Identifier: EUPL-1.2 */
/* DIR/board.json, read once at start: a table of fields, each with what it must be. A field that is
 * missing is not guessed, since it decides who may write into elections. */
#include "bulletin/server/config.h"

#include <string.h>

#include "base/json.h"
#include "base/limits.h"

#define FORMAT	"urne-board/1"
#define SERVICE "/bb"

_Static_assert(
    sizeof(((struct urne_board_config *)NULL)->officials) / sizeof(struct urne_note_key) ==
	URNE_MAX_OFFICIALS,
    "room for as many officials as a note has lines");

typedef enum urne_err read_field(
    struct urne_board_config *out, struct urne_diag *d, const struct urne_json *v);

static enum urne_err
want_string(struct urne_diag *d, const struct urne_json *v)
{
	if (v->type != URNE_JSON_STRING || v->text.len == 0) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, v, "must be a text that is not empty");
	}
	return URNE_OK;
}

static enum urne_err
read_format(struct urne_board_config *out, struct urne_diag *d, const struct urne_json *v)
{
	(void)out;
	if (v->type != URNE_JSON_STRING || !urne_view_is(v->text, FORMAT)) {
		return urne_json_fail(
		    d, URNE_ERR_UNSUPPORTED, v, "only \"" FORMAT "\" is known to this version");
	}
	return URNE_OK;
}

/* Behind the name there is "/" and a UUID in every origin: that has to be a name too. */
static enum urne_err
read_service(struct urne_board_config *out, struct urne_diag *d, const struct urne_json *v)
{
	const size_t end = sizeof(SERVICE) - 1, uuid = 65;
	enum urne_err e = want_string(d, v);

	if (e != URNE_OK) {
		return e;
	}
	out->service = v->text;
	if (v->text.len <= end || v->text.len + uuid > URNE_NOTE_MAX_NAME ||
	    memcmp(v->text.p + v->text.len - end, SERVICE, end) != 0 ||
	    memchr(v->text.p, '/', v->text.len - end) != NULL) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, v,
		    "must be a host and \"/bb\", such as vote.example.org/bb");
	}
	e = urne_note_name_check(d, v->text);
	if (e != URNE_OK) {
		urne_diag_within(d, "service: ");
	}
	return e;
}

/* What stands in the genesis, and on what people read. */
static enum urne_err
read_name(struct urne_board_config *out, struct urne_diag *d, const struct urne_json *v)
{
	enum urne_err e = want_string(d, v);

	if (e != URNE_OK) {
		return e;
	}
	out->name = v->text;
	for (size_t i = 0; i < v->text.len; i++) {
		if ((unsigned char)v->text.p[i] < 0x20 || v->text.p[i] == 0x7f) {
			e = URNE_ERR_SYNTAX;
		}
	}
	if (e != URNE_OK || v->text.len > URNE_ORDER_MAX_TEXT || v->text.p[0] == ' ' ||
	    v->text.p[v->text.len - 1] == ' ') {
		return urne_json_fail(d, URNE_ERR_SYNTAX, v,
		    "must be a line of 1 to %zu bytes without a blank at either end",
		    URNE_ORDER_MAX_TEXT);
	}
	return URNE_OK;
}

/* A printable address without anything that a shell, a header or a page would take for its own. */
static enum urne_err
read_url(struct urne_board_config *out, struct urne_diag *d, const struct urne_json *v)
{
	static const char extra[] = "-._~:/[]";
	struct urne_view host = v->text;
	enum urne_err e = want_string(d, v);

	if (e != URNE_OK) {
		return e;
	}
	out->url = v->text;
	if (urne_view_starts(host, "https://")) {
		host = (struct urne_view){host.p + 8, host.len - 8};
	} else if (urne_view_starts(host, "http://")) {
		host = (struct urne_view){host.p + 7, host.len - 7};
	} else {
		host.len = 0;
	}
	e = host.len == 0 || host.p[0] == '/' || host.p[host.len - 1] == '/' ? URNE_ERR_SYNTAX
									     : URNE_OK;
	for (size_t i = 0; i < host.len; i++) {
		char c = host.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
		    (c == '\0' || strchr(extra, c) == NULL)) {
			e = URNE_ERR_SYNTAX;
		}
	}
	if (e != URNE_OK) {
		return urne_json_fail(d, e, v,
		    "must be http:// or https:// and a host, such as https://vote.example.org, "
		    "without a slash at its end");
	}
	return URNE_OK;
}

static enum urne_err
read_head(struct urne_board_config *out, struct urne_diag *d, const struct urne_json *v)
{
	enum urne_err e = want_string(d, v);

	out->head = v->text;
	if (e == URNE_OK && memchr(v->text.p, '\0', v->text.len) != NULL) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, v, "is no path");
	}
	return e;
}

static enum urne_err
read_agree(struct urne_board_config *out, struct urne_diag *d, const struct urne_json *v)
{
	uint64_t agree = 0;

	if (urne_json_u64(&agree, v, URNE_MAX_OFFICIALS) != URNE_OK || agree == 0) {
		return urne_json_fail(d, URNE_ERR_RANGE, v,
		    "must be a number from 1 to %zu: how many officials sign an order",
		    URNE_MAX_OFFICIALS);
	}
	out->agree = (size_t)agree;
	return URNE_OK;
}

/* read_key reads a key that is none of the officials'. */
static enum urne_err
read_key(struct urne_note_key *key, const struct urne_board_config *out, struct urne_diag *d,
    const struct urne_json *v)
{
	struct urne_buf path;
	enum urne_err e = want_string(d, v);

	if (e != URNE_OK) {
		return e;
	}
	e = urne_note_key_read(key, d, v->text);
	if (e != URNE_OK) {
		urne_buf_init(&path, URNE_MAX_SMALL_FILE);
		urne_json_path(&path, v);
		urne_diag_within(d, "line %u: %.*s: ", v->line, (int)path.len, path.data);
		urne_buf_clear(&path);
		return e;
	}
	for (size_t i = 0; i < out->num_officials; i++) {
		if (memcmp(out->officials[i].key, key->key, sizeof(key->key)) == 0 ||
		    urne_view_eq(out->officials[i].name, key->name)) {
			return urne_json_fail(d, URNE_ERR_DUPLICATE, v,
			    "has the key or the name of official %zu: one person would count twice",
			    i);
		}
	}
	return URNE_OK;
}

static enum urne_err
read_official(struct urne_board_config *out, struct urne_diag *d, const struct urne_json *v)
{
	enum urne_err e = read_key(&out->officials[out->num_officials], out, d, v);

	out->num_officials += e == URNE_OK ? 1 : 0;
	return e;
}

static enum urne_err
read_officials(struct urne_board_config *out, struct urne_diag *d, const struct urne_json *v)
{
	enum urne_err e = URNE_OK;

	if (v->type != URNE_JSON_ARRAY || v->num_children == 0 ||
	    v->num_children > URNE_MAX_OFFICIALS) {
		return urne_json_fail(d, URNE_ERR_RANGE, v,
		    "must be a list of 1 to %zu public keys", URNE_MAX_OFFICIALS);
	}
	for (v = v->child; v != NULL && e == URNE_OK; v = v->next) {
		e = read_official(out, d, v);
	}
	return e;
}

static enum urne_err
read_registrar(struct urne_board_config *out, struct urne_diag *d, const struct urne_json *v)
{
	out->has_registrar = v->type != URNE_JSON_NULL;
	return out->has_registrar ? read_key(&out->registrar, out, d, v) : URNE_OK;
}

static const struct {
	const char *name;
	read_field *read;
} fields[] = {
    {"format", read_format}, {"service", read_service}, {"name", read_name}, {"url", read_url},
    {"head", read_head}, {"agree", read_agree}, {"officials", read_officials},
    {"registrar", read_registrar}, /* after the officials, among whom it must not be */
};
#define NUM_FIELDS (sizeof(fields) / sizeof(fields[0]))

static enum urne_err
read_all(struct urne_board_config *out, struct urne_diag *d, const struct urne_json *root)
{
	const char *names[NUM_FIELDS + 1] = {NULL};
	enum urne_err e;

	for (size_t i = 0; i < NUM_FIELDS; i++) {
		names[i] = fields[i].name;
	}
	e = urne_json_only(d, root, names);
	for (size_t i = 0; i < NUM_FIELDS && e == URNE_OK; i++) {
		const struct urne_json *v = urne_json_get(root, fields[i].name);

		e = v != NULL ? fields[i].read(out, d, v)
			      : urne_fail(d, URNE_ERR_INCOMPLETE, "the field \"%s\" is missing",
				    fields[i].name);
	}
	if (e == URNE_OK && out->agree > out->num_officials) {
		e = urne_json_fail(d, URNE_ERR_RANGE, urne_json_get(root, "agree"),
		    "%zu officials have to agree, and there are %zu", out->agree,
		    out->num_officials);
	}
	return e;
}

enum urne_err
urne_board_config_read(struct urne_board_config *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text)
{
	const struct urne_json *root = NULL;
	enum urne_err e;

	memset(out, 0, sizeof(*out));
	e = urne_json_parse(&root, arena, d, text);
	if (e == URNE_OK) {
		e = read_all(out, d, root);
	}
	if (e != URNE_OK) {
		memset(out, 0, sizeof(*out));
	}
	return e;
}

static void
put_key(struct urne_buf *out, const struct urne_note_key *key)
{
	struct urne_buf text;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_note_key_write(&text, key);
	if (urne_buf_error(&text) != URNE_OK) {
		out->err = URNE_ERR_MEMORY;
	}
	urne_buf_put_json_string(out, urne_buf_view(&text));
	urne_buf_clear(&text);
}

void
urne_board_config_write(struct urne_buf *out, const struct urne_board_config *c)
{
	urne_buf_puts(out, "{\"format\":\"" FORMAT "\",\"service\":");
	urne_buf_put_json_string(out, c->service);
	urne_buf_puts(out, ",\"name\":");
	urne_buf_put_json_string(out, c->name);
	urne_buf_puts(out, ",\"url\":");
	urne_buf_put_json_string(out, c->url);
	urne_buf_puts(out, ",\"head\":");
	urne_buf_put_json_string(out, c->head);
	urne_buf_printf(out, ",\"agree\":%zu,\"officials\":[", c->agree);
	for (size_t i = 0; i < c->num_officials; i++) {
		urne_buf_puts(out, i == 0 ? "" : ",");
		put_key(out, &c->officials[i]);
	}
	urne_buf_puts(out, "],\"registrar\":");
	if (c->has_registrar) {
		put_key(out, &c->registrar);
	} else {
		urne_buf_puts(out, "null");
	}
	urne_buf_puts(out, "}\n");
}
