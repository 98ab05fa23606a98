/* SPDX-License-Identifier: EUPL-1.2 */
/* One trustee's file as it comes, with nothing but what was given out before and the files that are
 * there already. Whoever takes files one by one knows at once whose fault it is, and no trustee has
 * to answer for another that came later. Public data. Spec: election/ceremony.h */
#include "base/limits.h"
#include "election/ceremony_files.h"

/* What is known when a file comes. The arrays of `all` have a place for each trustee; in those of
 * this round only place i is filled. */
struct answer {
	struct urne_arena *arena;
	struct urne_diag *d;
	struct urne_ceremony_file all; /* what was given out, and the file put into its place */
	struct urne_ceremony_file file;
	size_t i; /* whose: from 0 */
	const struct urne_view *others;
	size_t num_others;
};

/* place makes an array with one entry for each trustee, in which only the file's is filled. */
static void *
place(struct answer *a, const void *entry, size_t size)
{
	unsigned char *items = urne_arena_alloc(a->arena, a->all.t.size, size);

	if (items != NULL) {
		const unsigned char *from = entry;

		for (size_t k = 0; k < size; k++) {
			items[a->i * size + k] = from[k];
		}
	}
	return items;
}

static enum urne_err
no_memory(struct answer *a)
{
	return urne_fail(a->d, URNE_ERR_MEMORY, "no memory for a file of the ceremony");
}

/* check_keys: nobody shows a key that another has shown. */
static enum urne_err
check_keys(struct answer *a)
{
	for (size_t k = 0; k < a->num_others; k++) {
		struct urne_ceremony_file f;
		struct urne_cert cert;
		enum urne_err e = urne_ceremony_read(&f, a->arena, a->d, a->others[k]);

		if (e == URNE_OK) {
			e = urne_cert_read(&cert, a->d, f.group, f.t.certs[0].message);
		}
		if (e != URNE_OK) {
			urne_diag_within(a->d, "a file that is there already: ");
			return URNE_ERR_INTERNAL;
		}
		if (urne_cert_shares_key(a->all.group, &cert, &a->all.t.cert[a->i])) {
			return urne_fail(a->d, URNE_ERR_DUPLICATE,
			    "its certificate has a key of trustee %ju, who came before",
			    (uintmax_t)cert.index);
		}
	}
	return URNE_OK;
}

static enum urne_err
check_certificate(struct answer *a)
{
	struct urne_threshold *t = &a->all.t;
	struct urne_cert cert;
	enum urne_err e;

	e = urne_cert_read(&cert, a->d, a->all.group, a->file.t.certs[0].message);
	if (e != URNE_OK) {
		return e;
	}
	if (!cert.has_context) {
		return urne_fail(a->d, URNE_ERR_MISMATCH, "certificate has no context");
	}
	t->size = (size_t)a->all.context.size;
	t->threshold = a->all.context.threshold;
	t->certs = place(a, &a->file.t.certs[0], sizeof(*t->certs));
	t->cert = place(a, &cert, sizeof(*t->cert));
	if (t->certs == NULL || t->cert == NULL) {
		return no_memory(a);
	}
	e = urne_threshold_check_cert(t, a->d, a->all.group, a->i);
	return e == URNE_OK ? check_keys(a) : e;
}

static enum urne_err
check_commitment(struct answer *a)
{
	a->all.commitments = place(a, &a->file.commitments[0], sizeof(*a->all.commitments));
	return a->all.commitments != NULL ? urne_ceremony_check_commitment(&a->all, a->d, a->i)
					  : no_memory(a);
}

static enum urne_err
check_polynomial(struct answer *a)
{
	struct urne_threshold *t = &a->all.t;
	size_t num = (size_t)t->threshold;
	enum urne_err e;

	if (a->file.num_shares != t->size) {
		return urne_fail(a->d, URNE_ERR_RANGE, "%zu shares for %zu trustees",
		    a->file.num_shares, t->size);
	}
	t->coefexps = place(a, &a->file.t.coefexps[0], sizeof(*t->coefexps));
	t->signatures = place(a, &a->file.t.signatures[0], sizeof(*t->signatures));
	t->coefexp = urne_arena_alloc(a->arena, t->size * num, sizeof(*t->coefexp));
	if (t->coefexps == NULL || t->signatures == NULL || t->coefexp == NULL) {
		return no_memory(a);
	}
	e = urne_threshold_check_coefexp(t, a->d, a->all.group, a->i);
	if (e == URNE_OK) {
		e = urne_ceremony_check_committed(&a->all, a->d, a->i);
	}
	if (e == URNE_OK) {
		e = urne_coefexps_read(
		    &t->coefexp[a->i * num], num, a->d, a->all.group, t->coefexps[a->i].message);
	}
	return e == URNE_OK ? urne_threshold_check_signature(t, a->d, a->all.group, a->i) : e;
}

static enum urne_err
check_key(struct answer *a)
{
	struct urne_threshold *t = &a->all.t;
	enum urne_err e = urne_threshold_decode_coefexps(t, a->arena, a->d, a->all.group);

	if (e != URNE_OK) {
		return e;
	}
	if (!a->file.public_key.has_signature) {
		return urne_fail(a->d, URNE_ERR_MISMATCH, "its key is not signed");
	}
	t->verification_keys = place(a, &a->file.public_key, sizeof(*t->verification_keys));
	return t->verification_keys != NULL ? urne_threshold_check_key(t, a->d, a->all.group, a->i)
					    : no_memory(a);
}

static const struct {
	enum urne_ceremony_kind kind;
	enum urne_err (*check)(struct answer *a);
} rounds[URNE_CEREMONY_NUM_ROUNDS] = {
    [URNE_CEREMONY_CERTIFICATE] = {URNE_FILE_CERTIFICATE, check_certificate},
    [URNE_CEREMONY_COMMITMENT] = {URNE_FILE_COMMITMENT, check_commitment},
    [URNE_CEREMONY_POLYNOMIAL] = {URNE_FILE_POLYNOMIAL, check_polynomial},
    [URNE_CEREMONY_KEY] = {URNE_FILE_KEY, check_key},
};

/* read_before: whoever gives the file out has checked it. */
static enum urne_err
read_before(struct answer *a, struct urne_view before)
{
	struct urne_threshold *t = &a->all.t;
	size_t size;
	enum urne_err e = urne_ceremony_read(&a->all, a->arena, a->d, before);

	if (e == URNE_OK && a->all.kind != URNE_FILE_INVITATION) {
		e = urne_threshold_decode_certs(t, a->arena, a->d, a->all.group);
		t->threshold = e == URNE_OK ? t->cert[0].threshold : 0;
	}
	if (e != URNE_OK) {
		urne_diag_within(a->d, "what was given out before: ");
		return URNE_ERR_INTERNAL;
	}
	size = a->all.kind == URNE_FILE_INVITATION ? (size_t)a->all.context.size : t->size;
	return a->i < size ? URNE_OK
			   : urne_fail(a->d, URNE_ERR_UNKNOWN, "there is no trustee %zu of %zu",
				 a->i + 1, size);
}

/* read_file: of this round, of this group, of this trustee; a certificate says the last inside. */
static enum urne_err
read_file(struct answer *a, enum urne_ceremony_kind kind, struct urne_view text)
{
	struct urne_ceremony_file *f = &a->file;
	enum urne_err e = urne_ceremony_read(f, a->arena, a->d, text);

	if (e != URNE_OK) {
		return e;
	}
	if (f->kind != kind) {
		return urne_fail(a->d, URNE_ERR_ORDER, "this is a %s file, a %s file is needed",
		    urne_ceremony_kind_name(f->kind), urne_ceremony_kind_name(kind));
	}
	if (f->group != a->all.group) {
		return urne_fail(
		    a->d, URNE_ERR_MISMATCH, "its file is for the group %s", f->group->name);
	}
	if (kind != URNE_FILE_CERTIFICATE && f->index != a->i + 1) {
		return urne_fail(
		    a->d, URNE_ERR_MISMATCH, "this is the file of trustee %zu", f->index);
	}
	return URNE_OK;
}

enum urne_err
urne_ceremony_check_answer(struct urne_diag *d, enum urne_ceremony_round round,
    struct urne_view before, size_t index, struct urne_view text, const struct urne_view *others,
    size_t num_others)
{
	struct urne_arena arena;
	struct answer a = {
	    .arena = &arena, .d = d, .i = index - 1, .others = others, .num_others = num_others};
	enum urne_err e;

	urne_arena_init(&arena, URNE_TRUSTEES_MEMORY);
	e = read_before(&a, before);
	if (e == URNE_OK) {
		e = read_file(&a, rounds[round].kind, text);
		if (e == URNE_OK) {
			e = rounds[round].check(&a);
		}
		if (e != URNE_OK) {
			urne_diag_within(d, "trustee %zu: ", index);
		}
	}
	urne_arena_clear(&arena);
	return e;
}
