/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading the facts back out of a minutes document: what follows from the whole archive, and what
 * the verifier found. Whoever does not read the archive again, such as a board that makes a page of
 * certified minutes, takes them from there, and then compares what it makes of them with the
 * document. Spec: docs/minutes.md#on-the-board */
#include <stdint.h>

#include "documents/minutes.h"

#define MAX_COUNT ((uint64_t)INT64_MAX)

/* A document being read; the first error stays. */
struct facts {
	struct urne_arena *arena;
	struct urne_diag *diag;
	enum urne_err err;
};

static void
wrong(struct facts *f, const struct urne_json *at, const char *name, const char *what)
{
	if (f->err == URNE_OK) {
		f->err =
		    urne_json_fail(f->diag, URNE_ERR_SYNTAX, at, "\"%s\" must be %s", name, what);
	}
}

/* field: of the given type, or NULL and an error. */
static const struct urne_json *
field(struct facts *f, const struct urne_json *v, const char *name, enum urne_json_type type,
    const char *what)
{
	const struct urne_json *found = urne_json_get(v, name);

	if (found == NULL || found->type != type) {
		wrong(f, v, name, what);
		return NULL;
	}
	return found;
}

static uint64_t
count(struct facts *f, const struct urne_json *v, const char *name)
{
	const struct urne_json *found = field(f, v, name, URNE_JSON_INTEGER, "a number");
	uint64_t n = 0;

	if (found != NULL && urne_json_u64(&n, found, MAX_COUNT) != URNE_OK) {
		wrong(f, v, name, "a number below 2^63");
	}
	return n;
}

static struct urne_hash
hash(struct facts *f, const struct urne_json *v, const char *name)
{
	const struct urne_json *found = field(f, v, name, URNE_JSON_STRING, "64 hex digits");
	struct urne_hash h = {{0}};

	if (found != NULL && urne_hex_decode(h.b, sizeof(h.b), found->text) != URNE_OK) {
		wrong(f, v, name, "64 hex digits");
	}
	return h;
}

/* string: copied, since a document need not outlive what is made of it. */
static struct urne_view
string(struct facts *f, const struct urne_json *v, const char *name)
{
	const struct urne_json *found = field(f, v, name, URNE_JSON_STRING, "a string");
	struct urne_view copy = {"", 0};

	if (found != NULL && f->err == URNE_OK) {
		f->err = urne_arena_copy(f->arena, &copy, found->text);
	}
	return copy;
}

/* list: the children of an array, and room for one `size` each; NULL after an error. */
static void *
list(struct facts *f, const struct urne_json **first, size_t *num, const struct urne_json *v,
    const char *name, size_t size)
{
	const struct urne_json *found = field(f, v, name, URNE_JSON_ARRAY, "a list");
	void *room = NULL;

	*first = NULL;
	*num = 0;
	if (found != NULL && f->err == URNE_OK) {
		room = urne_arena_alloc(f->arena, found->num_children, size);
		f->err = room == NULL ? URNE_ERR_MEMORY : URNE_OK;
	}
	if (room != NULL) {
		*first = found->child;
		*num = found->num_children;
	}
	return room;
}

static size_t
num_decrypted(const struct urne_json *trustee)
{
	size_t num = 0;

	for (; trustee != NULL; trustee = trustee->next) {
		const struct urne_json *owners = urne_json_get(trustee, "decrypted");

		num += owners != NULL ? owners->num_children : 0;
	}
	return num;
}

/* read_owners: those of one trustee go behind what is there. */
static void
read_owners(struct facts *f, struct urne_minutes_record *r, uint64_t *owners,
    const struct urne_json *trustee)
{
	const struct urne_json *of = field(f, trustee, "decrypted", URNE_JSON_ARRAY, "a list");

	for (const struct urne_json *x = of != NULL ? of->child : NULL; x != NULL; x = x->next) {
		if (urne_json_u64(&owners[r->num_decrypted++], x, MAX_COUNT) != URNE_OK) {
			wrong(f, trustee, "decrypted", "a list of numbers");
		}
	}
}

static void
read_trustees(struct facts *f, struct urne_minutes_record *r, const struct urne_json *root)
{
	const struct urne_json *x;
	struct urne_minutes_trustee *t =
	    list(f, &x, &r->num_trustees, root, "trustees", sizeof(*t));
	uint64_t *owners = urne_arena_alloc(f->arena, num_decrypted(x), sizeof(*owners));

	if (t == NULL || owners == NULL) {
		f->err = f->err == URNE_OK ? URNE_ERR_MEMORY : f->err;
		return;
	}
	r->trustees = t;
	r->decrypted = owners;
	for (; x != NULL; x = x->next) {
		*t++ = (struct urne_minutes_trustee){
		    count(f, x, "first"), count(f, x, "members"), count(f, x, "threshold")};
		read_owners(f, r, owners, x);
	}
}

static void
read_checks(struct facts *f, struct urne_minutes *m, const struct urne_json *root)
{
	const struct urne_json *v = field(f, root, "verification", URNE_JSON_OBJECT, "an object"),
			       *x;
	struct urne_minutes_check *c = list(f, &x, &m->num_checks, v, "checks", sizeof(*c));

	m->verdict = string(f, v, "verdict");
	m->checks = c;
	for (; x != NULL; x = x->next) {
		*c++ = (struct urne_minutes_check){string(f, x, "id"), string(f, x, "verdict"),
		    count(f, x, "items"), string(f, x, "unit")};
	}
}

enum urne_err
urne_minutes_facts(
    struct urne_minutes *m, struct urne_arena *arena, struct urne_diag *d, struct urne_view text)
{
	struct facts f = {arena, d, URNE_OK};
	struct urne_minutes_record *r = &m->record;
	const struct urne_json *root = NULL, *archive;
	enum urne_err e = urne_json_parse(&root, arena, d, text);

	if (e != URNE_OK) {
		return e;
	}
	archive = field(&f, root, "archive", URNE_JSON_OBJECT, "an object");
	r->archive_sha256 = hash(&f, archive, "sha256");
	r->archive_bytes = count(&f, archive, "bytes");
	r->num_events = count(&f, archive, "events");
	r->head = hash(&f, archive, "head");
	r->ballots =
	    count(&f, field(&f, root, "ballots", URNE_JSON_OBJECT, "an object"), "received");
	read_trustees(&f, r, root);
	read_checks(&f, m, root);
	return f.err == URNE_ERR_MEMORY ? urne_fail(d, f.err, "no memory for minutes") : f.err;
}
