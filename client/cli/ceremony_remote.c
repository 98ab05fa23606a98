/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal says who the trustees are and is proved; the files lie in a draft, which nobody has
 * signed for, so that everything in them is checked by who uses them. */
#include "client/cli/ceremony_remote.h"

#include <string.h>

#include "base/b64.h"
#include "bulletin/log/ceremony_note.h"
#include "crypto/sha256.h"
#include "election/threshold.h"

#define MAX_PATH ((size_t)64)

/* --- what the journal says --- */

static enum urne_err
find_election(struct urne_ceremony_remote *c)
{
	const struct urne_journal_election *e = urne_journal_find(c->journal, c->r.uuid);
	struct urne_diag *d = &c->cli->diag;

	if (e == NULL || e->num_prepared == 0) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "%s: the journal names no trustees for this election yet; the officials do so "
		    "with the order \"prepare\"",
		    c->r.address.data);
	}
	c->election = e;
	c->context = (struct urne_ceremony_context){
	    urne_group_find(e->group), e->num_prepared, (size_t)e->threshold};
	return c->context.group != NULL
		   ? URNE_OK
		   : urne_fail(d, URNE_ERR_UNSUPPORTED,
			 "%s: the order \"prepare\" names the group %.*s, which this release does "
			 "not know",
			 c->r.address.data, (int)e->group.len, e->group.p);
}

enum urne_err
urne_ceremony_remote_open(struct urne_ceremony_remote *c, struct urne_cli *cli, const char *address,
    struct urne_view uuid)
{
	enum urne_err e;

	*c = (struct urne_ceremony_remote){.cli = cli};
	urne_buf_init(&c->origin, URNE_MAX_SMALL_FILE);
	urne_buf_init(&c->path, MAX_PATH);
	e = urne_remote_open(&c->r, cli, address);
	if (e == URNE_OK) {
		e = urne_remote_election(&c->r, uuid);
	}
	if (e == URNE_OK) {
		e = urne_remote_journal(&c->r, &c->journal);
	}
	if (e == URNE_OK) {
		urne_origin_write(&c->origin, urne_journal_genesis(c->journal)->service,
		    urne_view_of(URNE_JOURNAL_NAME));
		e = urne_buf_error(&c->origin);
	}
	return e == URNE_OK ? find_election(c) : e;
}

void
urne_ceremony_remote_close(struct urne_ceremony_remote *c)
{
	urne_journal_free(c->journal);
	urne_remote_close(&c->r);
	urne_buf_clear(&c->origin);
	urne_buf_clear(&c->path);
}

/* --- the parts of the draft --- */

static enum urne_err
end_path(struct urne_ceremony_remote *c)
{
	urne_buf_put(&c->path, "", 1);
	return urne_buf_error(&c->path);
}

enum urne_err
urne_ceremony_part_from(struct urne_ceremony_remote *c, size_t round, size_t j)
{
	urne_buf_reset(&c->path);
	urne_buf_printf(&c->path, "draft/ceremony/%zu/%zu", round, j);
	return end_path(c);
}

enum urne_err
urne_ceremony_part_note(struct urne_ceremony_remote *c, size_t round, size_t j)
{
	urne_buf_reset(&c->path);
	urne_buf_printf(&c->path, "draft/ceremony/%zu/note-%zu", round, j);
	return end_path(c);
}

enum urne_err
urne_ceremony_part_for(struct urne_ceremony_remote *c, size_t round, size_t j)
{
	urne_buf_reset(&c->path);
	urne_buf_printf(&c->path, "draft/ceremony/%zu/for-", round);
	if (round == URNE_CEREMONY_NUM_ROUNDS) {
		urne_buf_printf(&c->path, "%zu", j);
	} else {
		urne_buf_puts(&c->path, "all");
	}
	return end_path(c);
}

enum urne_err
urne_ceremony_part_share(struct urne_ceremony_remote *c, size_t j)
{
	urne_buf_reset(&c->path);
	urne_buf_printf(&c->path, "draft/ceremony/share-%zu", j);
	return end_path(c);
}

enum urne_err
urne_ceremony_remote_has(struct urne_ceremony_remote *c, bool *there)
{
	struct urne_buf first;
	enum urne_err e;

	urne_buf_init(&first, URNE_TRUSTEES_MEMORY);
	e = urne_remote_part(&c->r, &first, c->path.data, 0, 1);
	*there = first.len > 0;
	urne_buf_clear(&first);
	return e;
}

enum urne_err
urne_ceremony_remote_get(struct urne_ceremony_remote *c, struct urne_buf *out, bool *there)
{
	return urne_remote_try(&c->r, out, there, c->path.data);
}

/* put_trustee writes "1 (anna)". */
static void
put_trustee(const struct urne_ceremony_remote *c, struct urne_buf *out, size_t j)
{
	const struct urne_note_key *key = &c->election->trustees[j - 1];

	urne_buf_printf(out, "%zu (%.*s)", j, (int)key->name.len, key->name.p);
}

enum urne_err
urne_ceremony_remote_missing(
    struct urne_ceremony_remote *c, struct urne_buf *out, size_t *num, size_t round)
{
	bool missing[URNE_MAX_TRUSTEES] = {false};
	size_t seen = 0;

	*num = 0;
	for (size_t j = 1; j <= c->context.size; j++) {
		bool there = false;
		enum urne_err e = urne_ceremony_part_from(c, round, j);

		if (e == URNE_OK) {
			e = urne_ceremony_remote_has(c, &there);
		}
		if (e != URNE_OK) {
			return e;
		}
		missing[j - 1] = !there;
		*num += there ? 0 : 1;
	}
	urne_buf_puts(out, *num == 1 ? "trustee " : "trustees ");
	for (size_t j = 1; j <= c->context.size; j++) {
		if (missing[j - 1]) {
			urne_buf_puts(out, seen == 0 ? "" : seen + 1 == *num ? " and " : ", ");
			put_trustee(c, out, j);
			seen++;
		}
	}
	return urne_buf_error(out);
}

/* --- a trustee --- */

enum urne_err
urne_ceremony_remote_self(struct urne_ceremony_remote *c, struct urne_signer *self, size_t *j,
    const struct urne_seed *seed)
{
	for (*j = 1; *j <= c->context.size; (*j)++) {
		const struct urne_note_key *key = &c->election->trustees[*j - 1];
		enum urne_err e = urne_seed_identity(self, &c->cli->diag, key->name, seed);

		if (e != URNE_OK || memcmp(self->key.key, key->key, sizeof(key->key)) == 0) {
			return e;
		}
		urne_signer_clear(self);
	}
	return urne_fail(&c->cli->diag, URNE_ERR_UNKNOWN,
	    "%s: is the key of none of the %zu trustees that the officials have named for this "
	    "election; take the right key, or give them the public key that \"urne trustee "
	    "identity\" wrote",
	    urne_cli_option(c->cli, "key"), c->context.size);
}

/* put_header writes the header that says who sends the file, and what for. */
static enum urne_err
put_header(struct urne_ceremony_remote *c, struct urne_buf *header, const struct urne_signer *self,
    const struct urne_ceremony_note *n)
{
	struct urne_buf text, note;
	enum urne_err e;

	urne_buf_init(&text, URNE_NOTE_MAX);
	urne_buf_init(&note, URNE_NOTE_MAX);
	urne_ceremony_note_write(&text, n);
	e = urne_buf_error(&text);
	urne_buf_put_view(&note, urne_buf_view(&text));
	urne_buf_putc(&note, '\n');
	if (e == URNE_OK) {
		e = urne_signer_sign(&note, self, urne_buf_view(&text));
	}
	if (e == URNE_OK) {
		urne_buf_puts(header, "Urne-Trustee: ");
		urne_b64_put(header, (const uint8_t *)note.data, note.len);
		urne_buf_put(header, "", 1);
		e = urne_buf_error(header);
	}
	urne_buf_clear(&text);
	urne_buf_clear(&note);
	return e == URNE_OK
		   ? e
		   : urne_fail(&c->cli->diag, e, "the note of the trustee could not be signed");
}

/* What the board answers is one thing, what it has another. */
static enum urne_err
check_there(struct urne_ceremony_remote *c, struct urne_view file, size_t round, size_t j)
{
	struct urne_buf theirs;
	bool there = false;
	enum urne_err e;

	urne_buf_init(&theirs, URNE_TRUSTEES_MEMORY);
	e = urne_ceremony_signed_file(c, &theirs, &there, round, j);
	if (e == URNE_OK && (!there || !urne_view_eq(urne_buf_view(&theirs), file))) {
		e = urne_fail(&c->cli->diag, URNE_ERR_MISMATCH,
		    "%s: the board said that it took this file and shows %s; run this again, and "
		    "tell the officials if it stays so",
		    c->r.request.data, there ? "another" : "none");
	}
	urne_buf_clear(&theirs);
	return e;
}

enum urne_err
urne_ceremony_remote_send(struct urne_ceremony_remote *c, const struct urne_signer *self,
    size_t round, size_t j, struct urne_view file)
{
	struct urne_ceremony_note n = {.origin = urne_buf_view(&c->origin),
	    .election = c->r.uuid,
	    .round = round,
	    .trustee = j};
	struct urne_buf header, answer;
	enum urne_err e;

	urne_sha256_of(&n.hash, file);
	urne_buf_init(&header, 2 * URNE_NOTE_MAX);
	urne_buf_init(&answer, URNE_MAX_SMALL_FILE);
	e = put_header(c, &header, self, &n);
	if (e == URNE_OK) {
		e = urne_ceremony_part_from(c, round, j);
	}
	if (e == URNE_OK) {
		const char *const headers[] = {"Content-Type: application/json", header.data, NULL};

		e = urne_remote_send(&c->r, &answer, "PUT", c->path.data, headers, file);
		c->cli->unconfirmed = e == URNE_OK || urne_err_is_ours(e);
	}
	if (e == URNE_OK) {
		e = check_there(c, file, round, j);
		c->cli->unconfirmed = e != URNE_OK;
	}
	urne_buf_clear(&header);
	urne_buf_clear(&answer);
	return e;
}

/* --- the result --- */

static enum urne_err
fetch_all(struct urne_ceremony_remote *c, struct urne_view *files, struct urne_arena *arena)
{
	size_t size = c->context.size;
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < URNE_CEREMONY_NUM_ROUNDS * size; i++) {
		struct urne_buf text;
		bool there = false;

		urne_buf_init(&text, URNE_TRUSTEES_MEMORY);
		e = urne_ceremony_signed_file(c, &text, &there, i / size + 1, i % size + 1);
		if (e == URNE_OK && !there) {
			e = urne_fail(&c->cli->diag, URNE_ERR_INCOMPLETE,
			    "%s: the ceremony is not over: the file of trustee %zu (%.*s) for "
			    "round %zu of 4 is not there yet",
			    c->r.address.data, i % size + 1,
			    (int)c->election->trustees[i % size].name.len,
			    c->election->trustees[i % size].name.p, i / size + 1);
		}
		if (e == URNE_OK) {
			e = urne_arena_copy(arena, &files[i], urne_buf_view(&text));
		}
		urne_buf_clear(&text);
	}
	return e;
}

enum urne_err
urne_ceremony_remote_result(
    struct urne_ceremony_remote *c, struct urne_threshold *out, struct urne_arena *arena)
{
	size_t size = c->context.size;
	struct urne_view *files =
	    urne_arena_alloc(arena, URNE_CEREMONY_NUM_ROUNDS * size, sizeof(*files));
	struct urne_buf *shares = urne_arena_alloc(arena, size, sizeof(*shares));
	enum urne_err e;

	*out = (struct urne_threshold){.size = 0};
	if (files == NULL || shares == NULL) {
		return urne_fail(&c->cli->diag, URNE_ERR_MEMORY, "no memory for the ceremony");
	}
	for (size_t j = 0; j < size; j++) {
		urne_buf_init(&shares[j], URNE_MAX_SMALL_FILE);
	}
	e = fetch_all(c, files, arena);
	if (e == URNE_OK) {
		e = urne_ceremony_replay(out, arena, shares, &c->cli->diag, &c->context, files);
		if (e != URNE_OK) {
			urne_diag_within(&c->cli->diag, "%s: ", c->r.address.data);
		}
	}
	for (size_t j = 0; j < size; j++) {
		urne_buf_clear(&shares[j]);
	}
	return e;
}
