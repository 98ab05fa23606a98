/* SPDX-License-Identifier: EUPL-1.2 */
/* A vector that is not there, or not in form, makes the test fail: it must not pass by reading
 * nothing. */
#include "tests/unit/support/tlog_vectors.h"

#include "base/b64.h"
#include "base/file.h"

void
vectors_open(struct vectors *v, const char *path)
{
	struct urne_diag d = {{0}};

	urne_buf_init(&v->file, 1 << 20);
	urne_arena_init(&v->arena, 1 << 24);
	if (urne_file_read(&v->file, &d, path) != URNE_OK ||
	    urne_json_parse(&v->root, &v->arena, &d, urne_buf_view(&v->file)) != URNE_OK) {
		fail_msg("%s: %s", path, d.text);
	}
}

void
vectors_close(struct vectors *v)
{
	urne_arena_clear(&v->arena);
	urne_buf_clear(&v->file);
}

const struct urne_json *
vector_get(const struct urne_json *v, const char *name)
{
	const struct urne_json *field = urne_json_get(v, name);

	if (field == NULL) {
		fail_msg("no field %s", name);
	}
	return field;
}

uint64_t
vector_u64(const struct urne_json *v, const char *name)
{
	uint64_t n = 0;

	assert_ok(urne_json_u64(&n, vector_get(v, name), UINT64_MAX));
	return n;
}

struct urne_view
vector_text(const struct urne_json *v, const char *name)
{
	const struct urne_json *field = vector_get(v, name);

	assert_int_equal(field->type, URNE_JSON_STRING);
	return field->text;
}

struct urne_hash
vector_hex(struct urne_view text)
{
	struct urne_hash h = {{0}};

	assert_ok(urne_hex_decode(h.b, URNE_HASH_LEN, text));
	return h;
}

struct urne_hash
vector_b64(struct urne_view text)
{
	struct urne_hash h = {{0}};
	size_t len = 0;

	assert_ok(urne_b64_decode(h.b, &len, URNE_HASH_LEN, text));
	assert_int_equal(len, URNE_HASH_LEN);
	return h;
}

void
vector_proof(struct urne_merkle_proof *out, const struct urne_json *v)
{
	out->num = 0;
	for (const struct urne_json *h = vector_get(v, "proof")->child; h != NULL; h = h->next) {
		assert_true(out->num < URNE_MERKLE_MAX_PROOF);
		out->hash[out->num++] = vector_b64(h->text);
	}
}

void
vector_key(struct urne_note_key *out, const struct vectors *v, const char *name)
{
	struct urne_diag d = {{0}};

	assert_ok(urne_note_key_read(out, &d, vector_text(vector_get(v->root, "key"), "verifier")));
	out->name = urne_view_of(name);
	out->id = urne_note_key_id(out->name, out->key);
}

void
vector_signer(struct urne_signer *out, const struct vectors *v, const char *name)
{
	struct urne_signer s = {.name = ""};
	struct urne_diag d = {{0}};

	assert_ok(urne_hex_decode(
	    s.seed, sizeof(s.seed), vector_text(vector_get(v->root, "key"), "seed")));
	assert_ok(urne_signer_rename(out, &d, &s, urne_view_of(name)));
	urne_signer_clear(&s);
}
