/* SPDX-License-Identifier: EUPL-1.2 */
/* Signed notes taken apart, their keys, and which lines verify. One spelling is read and every
 * other refused, so that two programs cannot see two notes in the same bytes.
 * Spec: docs/formats.md#signed-notes */
#include "crypto/note.h"

#include <string.h>

#include "base/b64.h"
#include "crypto/sha256.h"

#define DASH	"\xe2\x80\x94 " /* U+2014 and a space */
#define ID_LEN	((size_t)4)
#define HEX_LEN (2 * ID_LEN)

static void
put_id(uint8_t out[ID_LEN], uint32_t id)
{
	for (size_t i = 0; i < ID_LEN; i++) {
		out[i] = (uint8_t)(id >> (8 * (ID_LEN - 1 - i)) & 0xffU);
	}
}

static uint32_t
get_id(const uint8_t in[ID_LEN])
{
	uint32_t id = 0;

	for (size_t i = 0; i < ID_LEN; i++) {
		id = id << 8 | in[i];
	}
	return id;
}

/* Names. */

/* The character at the start of valid UTF-8, `len` bytes long. */
static uint32_t
code_point(const char *p, size_t len)
{
	static const unsigned char first_bits[5] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	uint32_t c = (unsigned char)p[0] & (uint32_t)first_bits[len];

	for (size_t i = 1; i < len; i++) {
		c = c << 6 | ((unsigned char)p[i] & 0x3fU);
	}
	return c;
}

/* What cannot stand in a name: controls, what Unicode calls white space, and the plus sign. */
static bool
is_name_character(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} refused[] = {{0x00, 0x20}, {'+', '+'}, {0x7f, 0xa0}, {0x1680, 0x1680}, {0x2000, 0x200a},
	    {0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000}};

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		if (c >= refused[i].first && c <= refused[i].last) {
			return false;
		}
	}
	return true;
}

enum urne_err
urne_note_name_check(struct urne_diag *d, struct urne_view name)
{
	if (name.len == 0 || name.len > URNE_NOTE_MAX_NAME) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "the name of a key has %zu bytes; between 1 and %zu are possible", name.len,
		    URNE_NOTE_MAX_NAME);
	}
	while (name.len > 0) {
		size_t len = urne_utf8_len(name);

		if (len == 0 || !is_name_character(code_point(name.p, len))) {
			return urne_fail(d, URNE_ERR_SYNTAX,
			    "the name of a key has a space, a plus sign, a control character or no "
			    "valid UTF-8; write one such as example.org/claire");
		}
		name.p += len;
		name.len -= len;
	}
	return URNE_OK;
}

/* Keys. */

uint32_t
urne_note_key_id(struct urne_view name, const uint8_t key[URNE_ED25519_KEY_LEN])
{
	static const uint8_t alg[2] = {'\n', URNE_NOTE_ALG_ED25519};
	struct urne_sha256 h;
	struct urne_hash hash;

	urne_sha256_init(&h);
	urne_sha256_put_view(&h, name);
	urne_sha256_put(&h, alg, sizeof(alg));
	urne_sha256_put(&h, key, URNE_ED25519_KEY_LEN);
	urne_sha256_final(&h, &hash);
	return get_id(hash.b);
}

enum urne_err
urne_note_key_split(struct urne_note_key *out, uint8_t bytes[URNE_ED25519_KEY_LEN],
    struct urne_diag *d, struct urne_view text)
{
	struct urne_view name, hex, rest = text;
	uint8_t id[ID_LEN], raw[1 + URNE_ED25519_KEY_LEN] = {0};
	size_t len = 0;
	enum urne_err e;

	*out = (struct urne_note_key){.name = {"", 0}};
	memset(bytes, 0, URNE_ED25519_KEY_LEN);
	if (!urne_view_cut(&name, &rest, '+') || !urne_view_cut(&hex, &rest, '+')) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "a key is written NAME+HASH+KEY, and a plus is missing");
	}
	if ((e = urne_note_name_check(d, name)) != URNE_OK) {
		return e;
	}
	if (urne_hex_decode(id, sizeof(id), hex) != URNE_OK) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "the hash behind the name of a key has %zu lower-case hex digits", HEX_LEN);
	}
	if (urne_b64_decode(raw, &len, sizeof(raw), rest) != URNE_OK || len != sizeof(raw)) {
		e = urne_fail(d, URNE_ERR_SYNTAX,
		    "behind the hash of a key stand %zu characters of Base64; copy the key whole",
		    URNE_B64_LEN(sizeof(raw)));
	} else if (raw[0] != URNE_NOTE_ALG_ED25519) {
		e = urne_fail(d, URNE_ERR_UNSUPPORTED,
		    "a key of type %u; only Ed25519, type %u, is possible", (unsigned)raw[0],
		    (unsigned)URNE_NOTE_ALG_ED25519);
	} else {
		out->name = name;
		out->id = get_id(id);
		memcpy(bytes, raw + 1, URNE_ED25519_KEY_LEN);
	}
	urne_wipe(raw, sizeof(raw));
	return e;
}

enum urne_err
urne_note_key_read(struct urne_note_key *out, struct urne_diag *d, struct urne_view text)
{
	uint8_t bytes[URNE_ED25519_KEY_LEN];
	enum urne_err e = urne_note_key_split(out, bytes, d, text);

	if (e != URNE_OK) {
		return e;
	}
	memcpy(out->key, bytes, sizeof(out->key));
	if (urne_note_key_id(out->name, out->key) != out->id) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "the hash in a key is not that of its name and bytes; copy the key whole");
	} else if (urne_ed25519_key_check(out->key) != URNE_OK) {
		e = urne_fail(d, URNE_ERR_GROUP,
		    "a key is not the canonical form of a point of large order: nobody made it "
		    "honestly, ask its owner");
	}
	if (e != URNE_OK) {
		*out = (struct urne_note_key){.name = {"", 0}};
	}
	return e;
}

void
urne_note_key_write(struct urne_buf *out, const struct urne_note_key *key)
{
	uint8_t id[ID_LEN], raw[1 + URNE_ED25519_KEY_LEN] = {URNE_NOTE_ALG_ED25519};

	put_id(id, key->id);
	memcpy(raw + 1, key->key, sizeof(key->key));
	urne_buf_put_view(out, key->name);
	urne_buf_putc(out, '+');
	urne_buf_put_hex(out, id, sizeof(id));
	urne_buf_putc(out, '+');
	urne_b64_put(out, raw, sizeof(raw));
	urne_wipe(raw, sizeof(raw)); /* of a signer key it is the seed */
}

void
urne_note_line_write(struct urne_buf *out, const struct urne_note_key *key,
    const uint8_t signature[URNE_ED25519_SIG_LEN])
{
	uint8_t raw[ID_LEN + URNE_ED25519_SIG_LEN];

	put_id(raw, key->id);
	memcpy(raw + ID_LEN, signature, URNE_ED25519_SIG_LEN);
	urne_buf_puts(out, DASH);
	urne_buf_put_view(out, key->name);
	urne_buf_putc(out, ' ');
	urne_b64_put(out, raw, sizeof(raw));
	urne_buf_putc(out, '\n');
}

/* Notes. */

static enum urne_err
check_characters(struct urne_diag *d, struct urne_view v)
{
	size_t line = 1;

	while (v.len > 0) {
		size_t len = urne_utf8_len(v);

		if (len == 0) {
			return urne_fail(
			    d, URNE_ERR_SYNTAX, "line %zu of a note is not valid UTF-8", line);
		}
		if ((unsigned char)v.p[0] < 0x20 && v.p[0] != '\n') {
			return urne_fail(d, URNE_ERR_SYNTAX,
			    "line %zu of a note has a control character; lines end with a newline "
			    "alone",
			    line);
		}
		line += v.p[0] == '\n' ? 1 : 0;
		v.p += len;
		v.len -= len;
	}
	return URNE_OK;
}

/* split takes the note apart at its last empty line. */
static enum urne_err
split(struct urne_view *text, struct urne_view *lines, struct urne_diag *d, struct urne_view note)
{
	size_t at = note.len;

	*text = *lines = (struct urne_view){"", 0};
	if (note.len == 0 || note.p[note.len - 1] != '\n') {
		return urne_fail(d, URNE_ERR_SYNTAX, "a note ends with a newline; is it cut short");
	}
	while (at >= 2 && !(note.p[at - 1] == '\n' && note.p[at - 2] == '\n')) {
		at--;
	}
	if (at < 2) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "a note has an empty line between its text and its signatures");
	}
	*text = (struct urne_view){note.p, at - 1};
	*lines = (struct urne_view){note.p + at, note.len - at};
	return URNE_OK;
}

/* read_line reads "— NAME BASE64". */
static enum urne_err
read_line(struct urne_note_line *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view line)
{
	struct urne_view name;
	uint8_t *raw = NULL;
	size_t len = 0;
	enum urne_err e;

	if (!urne_view_starts(line, DASH)) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "a signature line begins with an em dash and one space");
	}
	line.p += sizeof(DASH) - 1;
	line.len -= sizeof(DASH) - 1;
	if (!urne_view_cut(&name, &line, ' ')) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "a signature line has a space between its name and its signature");
	}
	if ((e = urne_note_name_check(d, name)) != URNE_OK) {
		return e;
	}
	raw = urne_arena_alloc(arena, line.len + 1, 1);
	if (raw == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a note");
	}
	/* an id, and a signature of some algorithm */
	if (urne_b64_decode(raw, &len, line.len, line) != URNE_OK || len <= ID_LEN) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "a signature is not an id and a signature in Base64");
	}
	out->name = name;
	out->id = get_id(raw);
	out->signature = (struct urne_view){(const char *)raw + ID_LEN, len - ID_LEN};
	return URNE_OK;
}

enum urne_err
urne_note_read(
    struct urne_note *out, struct urne_arena *arena, struct urne_diag *d, struct urne_view note)
{
	struct urne_note_line *list;
	struct urne_view text, line, rest;
	size_t num = 0;
	enum urne_err e;

	*out = (struct urne_note){.text = {"", 0}};
	if (note.len > URNE_NOTE_MAX) {
		return urne_fail(
		    d, URNE_ERR_LIMIT, "a note has more than %zu bytes", URNE_NOTE_MAX);
	}
	if ((e = check_characters(d, note)) != URNE_OK ||
	    (e = split(&text, &rest, d, note)) != URNE_OK) {
		return e;
	}
	list = urne_arena_alloc(arena, URNE_NOTE_MAX_LINES, sizeof(*list));
	if (list == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a note");
	}
	for (; urne_view_cut(&line, &rest, '\n'); num++) {
		if (num == URNE_NOTE_MAX_LINES) {
			return urne_fail(d, URNE_ERR_LIMIT,
			    "a note has more than %zu signature lines", URNE_NOTE_MAX_LINES);
		}
		e = read_line(&list[num], arena, d, line);
		if (e != URNE_OK) {
			urne_diag_within(d, "signature line %zu: ", num + 1);
			return e;
		}
	}
	if (num == 0) {
		return urne_fail(d, URNE_ERR_SYNTAX, "a note has no signature line");
	}
	*out = (struct urne_note){text, list, num};
	return URNE_OK;
}

enum urne_err
urne_note_verify(struct urne_diag *d, const struct urne_note *note, const struct urne_note_key *key)
{
	const struct urne_note_line *line = NULL;
	enum urne_err e;

	for (size_t i = 0; i < note->num_lines; i++) {
		const struct urne_note_line *l = &note->lines[i];

		if (l->id != key->id || !urne_view_eq(l->name, key->name)) {
			continue;
		}
		if (line != NULL) {
			return urne_fail(d, URNE_ERR_DUPLICATE,
			    "the note has two signature lines of %.*s; one must go",
			    (int)key->name.len, key->name.p);
		}
		line = l;
	}
	if (line == NULL) {
		return urne_fail(d, URNE_ERR_UNKNOWN, "the note has no signature of %.*s",
		    (int)key->name.len, key->name.p);
	}
	e = line->signature.len != URNE_ED25519_SIG_LEN
		? URNE_ERR_PROOF
		: urne_ed25519_verify((const uint8_t *)line->signature.p, note->text, key->key);
	if (e == URNE_ERR_PROOF) {
		return urne_fail(d, e,
		    "the signature of %.*s does not verify: the text is not what was signed",
		    (int)key->name.len, key->name.p);
	}
	return e == URNE_OK ? URNE_OK : urne_fail(d, e, "OpenSSL cannot verify signatures");
}
