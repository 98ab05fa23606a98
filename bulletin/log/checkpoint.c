/* SPDX-License-Identifier: EUPL-1.2 */
/* Three lines, read one way: what does not come out the same when it is written again is refused,
 * so that no signed text means two things. Spec: docs/log.md#checkpoints */
#include "bulletin/log/checkpoint.h"

#include "base/b64.h"
#include "bulletin/log/merkle.h"
#include "crypto/sha256.h"

#define SERVICE_END "/bb"

void
urne_checkpoint_write(struct urne_buf *out, const struct urne_checkpoint *c)
{
	urne_buf_put_view(out, c->origin);
	urne_buf_putc(out, '\n');
	urne_buf_put_u64(out, c->size);
	urne_buf_putc(out, '\n');
	urne_b64_put(out, c->root.b, URNE_HASH_LEN);
	urne_buf_putc(out, '\n');
}

static enum urne_err
read_root(struct urne_checkpoint *out, struct urne_diag *d, struct urne_view line)
{
	struct urne_hash nothing;
	size_t len = 0;

	if (urne_b64_decode(out->root.b, &len, URNE_HASH_LEN, line) != URNE_OK ||
	    len != URNE_HASH_LEN) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line 3 of the checkpoint is not a hash of 44 characters of Base64");
	}
	urne_sha256_of(&nothing, (struct urne_view){"", 0});
	if (out->size == 0 && !urne_hash_eq(&out->root, &nothing)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the checkpoint has size 0 and a root that is not that of an empty log");
	}
	return URNE_OK;
}

enum urne_err
urne_checkpoint_read(struct urne_checkpoint *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_checkpoint c = {.size = 0};
	struct urne_view size, root;
	enum urne_err e;

	*out = (struct urne_checkpoint){.origin = {"", 0}};
	if (!urne_view_cut(&c.origin, &text, '\n') || !urne_view_cut(&size, &text, '\n') ||
	    !urne_view_cut(&root, &text, '\n') || text.len > 0) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "a checkpoint has three lines, origin, size and root, and no other");
	}
	if ((e = urne_note_name_check(d, c.origin)) != URNE_OK) {
		urne_diag_within(d, "line 1 of the checkpoint, its origin: ");
		return e;
	}
	e = urne_decimal_decode(&c.size, size, URNE_MERKLE_MAX_SIZE);
	if (e == URNE_ERR_RANGE) {
		return urne_fail(d, e, "line 2 of the checkpoint: no log has that many entries");
	}
	if (e != URNE_OK) {
		return urne_fail(d, e,
		    "line 2 of the checkpoint is not a number without sign and leading zeros");
	}
	if ((e = read_root(&c, d, root)) == URNE_OK) {
		*out = c;
	}
	return e;
}

/* Names. */

void
urne_origin_write(struct urne_buf *out, struct urne_view service, struct urne_view uuid)
{
	urne_buf_put_view(out, service);
	urne_buf_putc(out, '/');
	urne_buf_put_view(out, uuid);
}

/* Whether `origin` is SERVICE/UUID with the name of a service, HOST/bb. No election's log ends in
 * /bb, so the key of one log is never that of another. */
static bool
is_of_service(struct urne_view service, struct urne_view origin)
{
	size_t end = sizeof(SERVICE_END) - 1;
	struct urne_view uuid = origin, word;

	if (service.len <= end || origin.len <= service.len + 1 ||
	    !urne_view_is((struct urne_view){service.p + service.len - end, end}, SERVICE_END) ||
	    !urne_view_eq((struct urne_view){origin.p, service.len}, service)) {
		return false;
	}
	uuid.p += service.len + 1;
	uuid.len -= service.len + 1;
	return uuid.p[-1] == '/' && !urne_view_cut(&word, &uuid, '/');
}

enum urne_err
urne_log_key_of(struct urne_note_key *out, struct urne_diag *d, const struct urne_note_key *key,
    struct urne_view origin)
{
	*out = (struct urne_note_key){.name = {"", 0}};
	if (!urne_view_eq(key->name, origin) &&
	    (urne_note_name_check(NULL, origin) != URNE_OK || !is_of_service(key->name, origin))) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the key is that of %.*s, the log is %.*s; take the key of that log or of its "
		    "service",
		    (int)key->name.len, key->name.p, (int)origin.len, origin.p);
	}
	*out = *key;
	out->name = origin;
	out->id = urne_note_key_id(origin, key->key);
	return URNE_OK;
}

enum urne_err
urne_checkpoint_open(struct urne_checkpoint *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view note, const struct urne_note_key *key)
{
	struct urne_checkpoint c;
	struct urne_note_key log;
	struct urne_note n;
	enum urne_err e;

	*out = (struct urne_checkpoint){.origin = {"", 0}};
	/* nothing that was read counts before the signature does */
	if ((e = urne_note_read(&n, arena, d, note)) != URNE_OK ||
	    (e = urne_checkpoint_read(&c, d, n.text)) != URNE_OK ||
	    (e = urne_log_key_of(&log, d, key, c.origin)) != URNE_OK ||
	    (e = urne_note_verify(d, &n, &log)) != URNE_OK) {
		return e;
	}
	*out = c;
	return URNE_OK;
}
