/* SPDX-License-Identifier: EUPL-1.2 */
/* The election object: read leniently in its form (it is hashed whole) and strictly in its
 * content.
 * Spec: docs/formats.md#election-and-questions */
#include "election/election.h"

#include <string.h>

#include "base/limits.h"
#include "election/questions.h"

#define MIN_UUID 14
#define MAX_UUID 64

const char urne_base58_alphabet[59] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

bool
urne_uuid_check(struct urne_view uuid)
{
	if (uuid.len < MIN_UUID || uuid.len > MAX_UUID) {
		return false;
	}
	for (size_t i = 0; i < uuid.len; i++) {
		if (uuid.p[i] == '\0' || strchr(urne_base58_alphabet, uuid.p[i]) == NULL) {
			return false;
		}
	}
	return true;
}

/* A string field; absent optional ones stay empty. */
static enum urne_err
get_string(struct urne_view *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_json *root, const char *name, bool optional)
{
	const struct urne_json *v = urne_json_get(root, name);

	if (v == NULL && optional) {
		return URNE_OK;
	}
	if (v == NULL || v->type != URNE_JSON_STRING) {
		return urne_json_fail(
		    d, URNE_ERR_SYNTAX, v == NULL ? root : v, "\"%s\" must be a string", name);
	}
	return urne_arena_copy(arena, out, v->text);
}

static enum urne_err
get_strings(struct urne_election *e, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_json *root)
{
	const struct {
		const char *name;
		struct urne_view *out;
		bool optional;
	} fields[] = {
	    {"description", &e->description, false},
	    {"name", &e->name, false},
	    {"uuid", &e->uuid, false},
	    {"administrator", &e->administrator, true},
	    {"credential_authority", &e->credential_authority, true},
	    {"vote_definition", &e->vote_definition, true},
	};
	struct urne_hash hash;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		enum urne_err err =
		    get_string(fields[i].out, arena, d, root, fields[i].name, fields[i].optional);
		if (err != URNE_OK) {
			return err;
		}
	}
	if (urne_json_get(root, "vote_definition") != NULL &&
	    urne_hex_decode(hash.b, sizeof(hash.b), e->vote_definition) != URNE_OK) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, urne_json_get(root, "vote_definition"),
		    "a hash is 64 lower-case hex digits");
	}
	return URNE_OK;
}

static enum urne_err
get_group_and_key(struct urne_election *e, struct urne_diag *d, const struct urne_json *root)
{
	const struct urne_json *group = urne_json_get(root, "group");
	const struct urne_json *key = urne_json_get(root, "public_key");

	if (group == NULL || group->type != URNE_JSON_STRING) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, root, "\"group\" must be a string");
	}
	e->group = urne_group_find(group->text);
	if (e->group == NULL) {
		return urne_json_fail(d, URNE_ERR_UNKNOWN, group,
		    "the group is none of Ed25519, BELENIOS-2048 and RFC-3526-2048");
	}
	if (key == NULL || key->type != URNE_JSON_STRING ||
	    urne_elem_decode(e->group, &e->public_key, key->text) != URNE_OK) {
		return urne_json_fail(d, URNE_ERR_GROUP, key == NULL ? root : key,
		    "the public key is not the canonical form of a member of %s", e->group->name);
	}
	if (urne_elem_is_identity(e->group, &e->public_key)) {
		return urne_json_fail(
		    d, URNE_ERR_GROUP, key, "the public key is the neutral element");
	}
	return URNE_OK;
}

static void
summarise(struct urne_election *e)
{
	e->num_choices = 0;
	e->has_non_homomorphic = false;
	e->has_lists = false;
	for (size_t i = 0; i < e->num_questions; i++) {
		e->num_choices += urne_question_num_choices(&e->questions[i]);
		e->has_non_homomorphic |= e->questions[i].kind == URNE_QUESTION_NON_HOMOMORPHIC;
		e->has_lists |= e->questions[i].kind == URNE_QUESTION_LISTS;
	}
}

static enum urne_err
parse_root(struct urne_election *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_json *root)
{
	const struct urne_json *version = urne_json_get(root, "version");
	const struct urne_json *questions = urne_json_get(root, "questions");
	uint64_t v = 0;
	enum urne_err e = URNE_OK;

	if (root->type != URNE_JSON_OBJECT) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, root, "the election is an object");
	}
	if (version == NULL || urne_json_u64(&v, version, UINT32_MAX) != URNE_OK || v != 1) {
		return urne_json_fail(d, URNE_ERR_UNSUPPORTED, version == NULL ? root : version,
		    "\"version\" must be 1");
	}
	if (questions == NULL) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, root, "\"questions\" is missing");
	}
	if ((e = get_strings(out, arena, d, root)) != URNE_OK ||
	    (e = get_group_and_key(out, d, root)) != URNE_OK ||
	    (e = urne_questions_parse(&out->questions, &out->num_questions, arena, d, questions)) !=
		URNE_OK) {
		return e;
	}
	if (!urne_uuid_check(out->uuid)) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, urne_json_get(root, "uuid"),
		    "a uuid has %d to %d Base58 characters", MIN_UUID, MAX_UUID);
	}
	summarise(out);
	return URNE_OK;
}

enum urne_err
urne_election_parse(
    struct urne_election *out, struct urne_arena *arena, struct urne_diag *d, struct urne_view text)
{
	const struct urne_json *root = NULL;
	enum urne_err e = URNE_OK;

	memset(out, 0, sizeof(*out));
	if (text.len > URNE_MAX_TEXT_FILE) {
		return urne_fail(d, URNE_ERR_LIMIT, "the election object is above %zu bytes",
		    URNE_MAX_TEXT_FILE);
	}
	e = urne_json_parse(&root, arena, d, text);
	if (e == URNE_OK) {
		e = parse_root(out, arena, d, root);
	}
	if (e != URNE_OK) {
		memset(out, 0, sizeof(*out));
		return e;
	}
	urne_sha256_of(&out->fingerprint, text);
	urne_b64_hash_encode(out->phi, &out->fingerprint);
	return URNE_OK;
}

enum urne_err
urne_election_prepare(struct urne_election *e, struct urne_arena *arena, struct urne_diag *d)
{
	struct urne_elem g;
	enum urne_err err;

	urne_elem_generator(e->group, &g);
	err = urne_powers_make(&e->generator_powers, arena, e->group, &g);
	if (err == URNE_OK) {
		err = urne_powers_make(&e->key_powers, arena, e->group, &e->public_key);
	}
	return err == URNE_OK ? err : urne_fail(d, err, "no memory for the powers of a key");
}

void
urne_election_bases(struct urne_bases *out, const struct urne_election *e)
{
	urne_bases_of(out, e->group, &e->public_key);
	out->g_powers = e->generator_powers;
	out->y_powers = e->key_powers;
}

static void
emit_field(struct urne_buf *out, const char *name, struct urne_view v)
{
	urne_buf_printf(out, ",\"%s\":", name);
	urne_buf_put_json_string(out, v);
}

void
urne_election_emit(struct urne_buf *out, const struct urne_election *e)
{
	char key[URNE_TEXT_MAX];
	size_t len = urne_elem_encode(e->group, key, &e->public_key);

	urne_buf_puts(out, "{\"version\":1");
	emit_field(out, "description", e->description);
	emit_field(out, "name", e->name);
	emit_field(out, "group", urne_view_of(e->group->name));
	emit_field(out, "public_key", (struct urne_view){key, len});
	urne_buf_puts(out, ",\"questions\":");
	urne_questions_emit(out, e->questions, e->num_questions);
	emit_field(out, "uuid", e->uuid);
	if (e->administrator.len > 0) {
		emit_field(out, "administrator", e->administrator);
	}
	if (e->credential_authority.len > 0) {
		emit_field(out, "credential_authority", e->credential_authority);
	}
	if (e->vote_definition.len > 0) {
		emit_field(out, "vote_definition", e->vote_definition);
	}
	urne_buf_putc(out, '}');
}
