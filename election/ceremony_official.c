/* SPDX-License-Identifier: EUPL-1.2 */
/* The official's side: put the trustees' files of one round together, check everything that can be
 * seen, and hand on. It holds no secret.
 * Spec: election/ceremony.h */
#include <string.h>

#include "base/limits.h"
#include "election/ceremony_files.h"

/* One round at the official's: what everybody has, and one file of each trustee. */
struct collection {
	struct urne_arena *arena;
	const struct urne_group *group;
	struct urne_ceremony_file all;	  /* of `before`, and then the next to hand on */
	struct urne_ceremony_file *files; /* in the order of the trustees */
	size_t size;
	uint64_t threshold;
};

/* Which files a round starts from, takes in, and hands on. */
static const struct round_kinds {
	enum urne_ceremony_kind before, from_trustee, next;
} rounds[URNE_CEREMONY_NUM_ROUNDS] = {
    [URNE_CEREMONY_CERTIFICATE] = {URNE_FILE_INVITATION, URNE_FILE_CERTIFICATE,
	URNE_FILE_CERTIFICATES},
    [URNE_CEREMONY_COMMITMENT] = {URNE_FILE_CERTIFICATES, URNE_FILE_COMMITMENT,
	URNE_FILE_COMMITMENTS},
    [URNE_CEREMONY_POLYNOMIAL] = {URNE_FILE_COMMITMENTS, URNE_FILE_POLYNOMIAL, URNE_FILE_SHARES},
    [URNE_CEREMONY_KEY] = {URNE_FILE_SHARES, URNE_FILE_KEY, URNE_FILE_KEY},
};

void
urne_ceremony_invitation(
    struct urne_buf *out, const struct urne_group *g, size_t size, size_t threshold, size_t index)
{
	struct urne_ceremony_file f = {.kind = URNE_FILE_INVITATION, .group = g};
	enum urne_err e;

	f.context.size = size;
	f.context.threshold = threshold;
	f.context.index = index;
	e = urne_ceremony_write(out, &f);
	if (e != URNE_OK && out->err == URNE_OK) {
		out->err = e;
	}
}

static enum urne_err
expect(const struct urne_ceremony_file *f, struct urne_diag *d, enum urne_ceremony_kind kind,
    const struct urne_group *g)
{
	if (f->kind != kind) {
		return urne_fail(d, URNE_ERR_ORDER, "this is a %s file, a %s file is needed",
		    urne_ceremony_kind_name(f->kind), urne_ceremony_kind_name(kind));
	}
	if (f->group != g) {
		return urne_fail(d, URNE_ERR_MISMATCH, "it is for the group %s", f->group->name);
	}
	return URNE_OK;
}

/* read_before reads and checks what was handed out last. */
static enum urne_err
read_before(struct collection *c, struct urne_diag *d, enum urne_ceremony_round round,
    struct urne_view before)
{
	struct urne_ceremony_file *f = &c->all;
	enum urne_err e = urne_ceremony_read(f, c->arena, d, before);

	if (e == URNE_OK) {
		e = expect(f, d, rounds[round].before, c->group);
	}
	if (e == URNE_OK && round == URNE_CEREMONY_CERTIFICATE) {
		c->size = (size_t)f->context.size;
		c->threshold = f->context.threshold;
		return URNE_OK;
	}
	if (e == URNE_OK) {
		e = urne_threshold_decode_certs(&f->t, c->arena, d, c->group);
	}
	if (e == URNE_OK) {
		c->size = f->t.size;
		c->threshold = f->t.cert[0].threshold;
		e = urne_ceremony_check(f, c->arena, d, c->threshold);
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "what was given out before: ");
	}
	return e;
}

/* author tells whose file it is: a certificate says so inside. */
static enum urne_err
author(size_t *index, const struct urne_ceremony_file *f, struct urne_diag *d)
{
	struct urne_cert cert;
	enum urne_err e = URNE_OK;

	*index = f->index;
	if (f->kind == URNE_FILE_CERTIFICATE) {
		e = urne_cert_read(&cert, d, f->group, f->t.certs[0].message);
		*index = (size_t)cert.index;
	}
	return e;
}

/* place_file reads one trustee's file to its place. */
static enum urne_err
place_file(struct collection *c, struct urne_diag *d, enum urne_ceremony_round round,
    struct urne_view text)
{
	struct urne_ceremony_file f;
	size_t index = 0;
	enum urne_err e = urne_ceremony_read(&f, c->arena, d, text);

	if (e == URNE_OK) {
		e = expect(&f, d, rounds[round].from_trustee, c->group);
	}
	if (e == URNE_OK) {
		e = author(&index, &f, d);
	}
	if (e != URNE_OK) {
		return e;
	}
	if (index < 1 || index > c->size) {
		return urne_fail(d, URNE_ERR_UNKNOWN, "there is no trustee %zu", index);
	}
	if (c->files[index - 1].group != NULL) {
		return urne_fail(d, URNE_ERR_DUPLICATE, "trustee %zu: a second file", index);
	}
	if (f.kind == URNE_FILE_POLYNOMIAL && f.num_shares != c->size) {
		return urne_fail(d, URNE_ERR_RANGE, "trustee %zu: %zu shares for %zu trustees",
		    index, f.num_shares, c->size);
	}
	c->files[index - 1] = f;
	return URNE_OK;
}

/* read_round reads what everybody has and the files of all trustees. */
static enum urne_err
read_round(struct collection *c, struct urne_diag *d, enum urne_ceremony_round round,
    struct urne_view before, const struct urne_view *files, size_t num_files)
{
	enum urne_err e = read_before(c, d, round, before);

	if (e != URNE_OK) {
		return e;
	}
	c->files = urne_arena_alloc(c->arena, c->size, sizeof(*c->files));
	if (c->files == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the files");
	}
	for (size_t i = 0; i < num_files; i++) {
		e = place_file(c, d, round, files[i]);
		if (e != URNE_OK) {
			urne_diag_within(d, "file %zu: ", i + 1);
			return e;
		}
	}
	for (size_t i = 0; i < c->size; i++) {
		if (c->files[i].group == NULL) {
			return urne_fail(
			    d, URNE_ERR_INCOMPLETE, "trustee %zu: its file is missing", i + 1);
		}
	}
	return URNE_OK;
}

/* join puts the trustees' entries into the next file for everybody. */
static enum urne_err
join(struct collection *c, enum urne_ceremony_round round)
{
	struct urne_ceremony_file *all = &c->all;
	struct urne_arena *a = c->arena;

	all->kind = rounds[round].next;
	switch (round) {
	case URNE_CEREMONY_CERTIFICATE:
		all->t.size = c->size;
		all->t.certs = urne_arena_alloc(a, c->size, sizeof(*all->t.certs));
		for (size_t i = 0; all->t.certs != NULL && i < c->size; i++) {
			all->t.certs[i] = c->files[i].t.certs[0];
		}
		return all->t.certs != NULL ? URNE_OK : URNE_ERR_MEMORY;
	case URNE_CEREMONY_COMMITMENT:
		all->num_commitments = c->size;
		all->commitments = urne_arena_alloc(a, c->size, sizeof(*all->commitments));
		for (size_t i = 0; all->commitments != NULL && i < c->size; i++) {
			all->commitments[i] = c->files[i].commitments[0];
		}
		return all->commitments != NULL ? URNE_OK : URNE_ERR_MEMORY;
	case URNE_CEREMONY_POLYNOMIAL:
		all->num_coefexps = all->num_signatures = all->num_shares = c->size;
		all->t.coefexps = urne_arena_alloc(a, c->size, sizeof(*all->t.coefexps));
		all->t.signatures = urne_arena_alloc(a, c->size, sizeof(*all->t.signatures));
		all->shares = urne_arena_alloc(a, c->size, sizeof(*all->shares));
		if (all->t.coefexps == NULL || all->t.signatures == NULL || all->shares == NULL) {
			return URNE_ERR_MEMORY;
		}
		for (size_t i = 0; i < c->size; i++) {
			all->t.coefexps[i] = c->files[i].t.coefexps[0];
			all->t.signatures[i] = c->files[i].t.signatures[0];
		}
		return URNE_OK;
	case URNE_CEREMONY_KEY:
		break;
	}
	return URNE_ERR_INTERNAL;
}

/* hand_on writes the next file: one for everybody, or one per trustee with its shares. */
static enum urne_err
hand_on(struct urne_buf *out, size_t *num_out, struct collection *c)
{
	struct urne_ceremony_file *all = &c->all;

	if (all->kind != URNE_FILE_SHARES) {
		*num_out = 1;
		return urne_ceremony_write(&out[0], all);
	}
	for (size_t j = 0; j < c->size; j++) {
		enum urne_err e;

		all->index = j + 1;
		for (size_t i = 0; i < c->size; i++) {
			all->shares[i] = c->files[i].shares[j];
		}
		e = urne_ceremony_write(&out[j], all);
		if (e != URNE_OK) {
			return e;
		}
	}
	*num_out = c->size;
	return URNE_OK;
}

enum urne_err
urne_ceremony_collect(struct urne_buf *out, size_t *num_out, struct urne_diag *d,
    enum urne_ceremony_round round, const struct urne_group *g, struct urne_view before,
    const struct urne_view *files, size_t num_files)
{
	struct urne_arena arena;
	struct collection c = {.arena = &arena, .group = g};
	enum urne_err e;

	*num_out = 0;
	urne_arena_init(&arena, URNE_TRUSTEES_MEMORY);
	if (round == URNE_CEREMONY_KEY) {
		e = urne_fail(d, URNE_ERR_USAGE, "the last round is not collected but finished");
		goto out;
	}
	e = read_round(&c, d, round, before, files, num_files);
	if (e != URNE_OK) {
		goto out;
	}
	e = join(&c, round);
	if (e != URNE_OK) {
		e = urne_fail(d, e, "no memory for the next file");
		goto out;
	}
	if (round == URNE_CEREMONY_CERTIFICATE) {
		e = urne_threshold_decode_certs(&c.all.t, &arena, d, g);
	}
	if (e == URNE_OK) {
		e = urne_ceremony_check(&c.all, &arena, d, c.threshold);
	}
	if (e != URNE_OK) {
		goto out;
	}
	e = hand_on(out, num_out, &c);
	if (e != URNE_OK) {
		e = urne_fail(d, e, "the next file cannot be written");
	}
out:
	urne_arena_clear(&arena);
	return e;
}

/* check_result checks the parameters as everybody will. */
static enum urne_err
check_result(const struct urne_threshold *t, struct urne_diag *d, const struct urne_group *g)
{
	struct urne_elem key;

	for (size_t i = 0; i < t->size; i++) {
		if (!t->verification_keys[i].has_signature) {
			return urne_fail(
			    d, URNE_ERR_MISMATCH, "trustee %zu: its key is not signed", i + 1);
		}
	}
	urne_threshold_public_share(&key, g, t, 0);
	if (urne_elem_is_identity(g, &key)) {
		return urne_fail(d, URNE_ERR_GROUP, "the common key is the identity");
	}
	return urne_threshold_check_keys(t, d, g, 1);
}

enum urne_err
urne_ceremony_finish(struct urne_threshold *out, struct urne_arena *arena, struct urne_buf *shares,
    struct urne_diag *d, const struct urne_group *g, struct urne_view before,
    const struct urne_view *files, size_t num_files)
{
	struct collection c = {.arena = arena, .group = g};
	struct urne_threshold *t = &c.all.t;
	enum urne_err e;

	memset(out, 0, sizeof(*out));
	e = read_round(&c, d, URNE_CEREMONY_KEY, before, files, num_files);
	if (e != URNE_OK) {
		return e;
	}
	t->family = URNE_PEDERSEN_3_0;
	t->has_signatures = true;
	t->verification_keys = urne_arena_alloc(arena, c.size, sizeof(*t->verification_keys));
	if (t->verification_keys == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the keys");
	}
	for (size_t i = 0; i < c.size; i++) {
		t->verification_keys[i] = c.files[i].public_key;
	}
	e = check_result(t, d, g);
	if (e != URNE_OK) {
		return e;
	}
	for (size_t i = 0; i < c.size; i++) {
		struct urne_codec w;

		urne_codec_write(&w, &shares[i]);
		urne_codec_encrypted_msg(&w, g, &c.files[i].private_key);
		e = urne_codec_end(&w, d);
		if (e != URNE_OK) {
			return e;
		}
		urne_buf_putc(&shares[i], '\n');
	}
	*out = *t;
	return URNE_OK;
}
