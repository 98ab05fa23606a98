/* SPDX-License-Identifier: EUPL-1.2 */
/* Whose the files of a ceremony are. The board keeps beside each file the note under which its
 * trustee sent it; the key is the one that the order `prepare` names. So a board that puts
 * something of its own in the place of a trustee's file is refused, by the trustee's name (threat
 * A22). */
#include "client/cli/ceremony_remote.h"

#include "bulletin/log/ceremony_note.h"
#include "crypto/sha256.h"
#include "election/ceremony_files.h"

#define ARENA ((size_t)1 << 20)

/* blame puts trustee and round in front of the sentence. */
static enum urne_err
blame(struct urne_ceremony_remote *c, enum urne_err e, size_t round, size_t j)
{
	const struct urne_note_key *key = &c->election->trustees[j - 1];

	urne_diag_within(&c->cli->diag,
	    "%s: round %zu: the file of trustee %zu (%.*s): ", c->r.address.data, round, j,
	    (int)key->name.len, key->name.p);
	return e;
}

/* check_note: the note is the trustee's, for this very place and file. */
static enum urne_err
check_note(struct urne_ceremony_remote *c, struct urne_view note, struct urne_view file,
    size_t round, size_t j)
{
	const struct urne_ceremony_note want = {.origin = urne_buf_view(&c->origin),
	    .election = c->r.uuid,
	    .round = round,
	    .trustee = j};
	struct urne_hash named, is;
	struct urne_arena arena;
	enum urne_err e;

	urne_arena_init(&arena, ARENA);
	e = urne_ceremony_note_check(
	    &named, &arena, &c->cli->diag, note, &want, &c->election->trustees[j - 1]);
	urne_arena_clear(&arena);
	urne_sha256_of(&is, file);
	if (e == URNE_OK && !urne_hash_eq(&named, &is)) {
		e = urne_fail(&c->cli->diag, URNE_ERR_MISMATCH,
		    "the trustee signed another one; stop, and tell the officials and the other "
		    "trustees");
	}
	return e;
}

enum urne_err
urne_ceremony_signed_file(
    struct urne_ceremony_remote *c, struct urne_buf *out, bool *there, size_t round, size_t j)
{
	struct urne_buf note;
	bool noted = false;
	enum urne_err e = urne_ceremony_part_from(c, round, j);

	*there = false;
	urne_buf_init(&note, URNE_NOTE_MAX);
	if (e == URNE_OK) {
		e = urne_ceremony_remote_get(c, out, there);
	}
	if (e == URNE_OK && *there) {
		e = urne_ceremony_part_note(c, round, j);
		e = e == URNE_OK ? urne_ceremony_remote_get(c, &note, &noted) : e;
	}
	if (e == URNE_OK && *there) {
		e = noted ? check_note(c, urne_buf_view(&note), urne_buf_view(out), round, j)
			  : urne_fail(&c->cli->diag, URNE_ERR_INCOMPLETE,
				"the board shows no signature of the trustee for it; stop, and "
				"tell the officials and the other trustees");
		e = e == URNE_OK ? e : blame(c, e, round, j);
	}
	urne_buf_clear(&note);
	return e;
}

/* --- what follows from them --- */

/* The official's work, round by round, up to what goes out before a round. */
struct following {
	struct urne_ceremony_remote *c;
	struct urne_arena arena; /* the files of a round */
	struct urne_view files[URNE_MAX_TRUSTEES];
	struct urne_buf next[URNE_MAX_TRUSTEES]; /* what goes out behind it */
	size_t num_next;
};

static enum urne_err
fetch_round(struct following *f, size_t round)
{
	struct urne_ceremony_remote *c = f->c;
	enum urne_err e = URNE_OK;

	for (size_t j = 1; e == URNE_OK && j <= c->context.size; j++) {
		struct urne_buf text;
		bool there = false;

		urne_buf_init(&text, URNE_TRUSTEES_MEMORY);
		e = urne_ceremony_signed_file(c, &text, &there, round, j);
		if (e == URNE_OK && !there) {
			e = blame(c,
			    urne_fail(&c->cli->diag, URNE_ERR_INCOMPLETE,
				"the board goes on and shows none; tell the officials"),
			    round, j);
		}
		if (e == URNE_OK) {
			e = urne_arena_copy(&f->arena, &f->files[j - 1], urne_buf_view(&text));
		}
		urne_buf_clear(&text);
	}
	return e;
}

/* collect makes of a round's files what goes out behind it. */
static enum urne_err
collect(struct following *f, size_t round)
{
	const struct urne_ceremony_context *about = &f->c->context;
	struct urne_buf before = f->next[0];
	enum urne_err e;

	urne_buf_init(&f->next[0], URNE_TRUSTEES_MEMORY);
	for (size_t j = 1; j < about->size; j++) {
		urne_buf_reset(&f->next[j]);
	}
	e = urne_ceremony_collect(f->next, &f->num_next, &f->c->cli->diag,
	    (enum urne_ceremony_round)(round - 1), about->group, urne_buf_view(&before), f->files,
	    about->size);
	urne_buf_clear(&before);
	if (e != URNE_OK) {
		urne_diag_within(&f->c->cli->diag, "%s: round %zu: ", f->c->r.address.data, round);
	}
	return e;
}

static enum urne_err
follow(struct following *f, size_t round)
{
	const struct urne_ceremony_context *about = &f->c->context;
	enum urne_err e;

	urne_ceremony_invitation(&f->next[0], about->group, about->size, about->threshold, 1);
	e = urne_buf_error(&f->next[0]);
	for (size_t r = 1; e == URNE_OK && r < round; r++) {
		urne_arena_reset(&f->arena);
		e = fetch_round(f, r);
		e = e == URNE_OK ? collect(f, r) : e;
	}
	return e;
}

enum urne_err
urne_ceremony_signed_input(
    struct urne_ceremony_remote *c, struct urne_view given, size_t round, size_t j)
{
	struct following f = {.c = c};
	enum urne_err e;

	urne_arena_init(&f.arena, (size_t)URNE_MAX_TRUSTEES * URNE_TRUSTEES_MEMORY);
	for (size_t i = 0; i < URNE_MAX_TRUSTEES; i++) {
		urne_buf_init(&f.next[i], URNE_TRUSTEES_MEMORY);
	}
	e = follow(&f, round);
	if (e == URNE_OK &&
	    !urne_view_eq(urne_buf_view(&f.next[f.num_next == 1 ? 0 : j - 1]), given)) {
		e = urne_fail(&c->cli->diag, URNE_ERR_MISMATCH,
		    "%s: what this board gives you for round %zu does not follow from the files "
		    "that the trustees signed; stop, and tell the officials and the other trustees",
		    c->r.address.data, round);
	}
	for (size_t i = 0; i < URNE_MAX_TRUSTEES; i++) {
		urne_buf_clear(&f.next[i]);
	}
	urne_arena_clear(&f.arena);
	return e;
}
