/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading declared.json. What officials declare is under their signatures and not under any proof,
 * so it is read by the strict reader of the definition: what has no place is refused.
 * Spec: docs/minutes.md#declared */
#include "documents/declared.h"

#include "election/definition_read.h"

#define MAX_DECLARED ((size_t)4096) /* incidents, remarks, programs: what people can read */
#define NONE	     ((struct urne_declared){.text = {"{}", 2}})

/* The declaration being read. The definition is the reader's `out`: its languages count. */
struct reader {
	struct urne_def def;
	struct urne_declared *out;
	bool **gone; /* by item and entry: already declared as withdrawn */
};

/* make_list: a value of `size` bytes for each one of the list; NULL when it is absent, which is an
 * empty list, or refused. */
static void *
make_list(struct reader *r, const struct urne_json *v, size_t max, const char *of, size_t size)
{
	return v != NULL && urne_def_list(&r->def, v, 0, max, of)
		   ? urne_def_alloc(&r->def, v->num_children, size)
		   : NULL;
}

static void
read_draw(struct reader *r, const struct urne_json *v)
{
	if (v == NULL) {
		return;
	}
	if (r->def.out->draw.kind == URNE_DRAW_NONE) {
		urne_def_fault(&r->def, v, "the definition has no draw, so nothing can be drawn");
		urne_def_mend(&r->def, "take \"draw\" out");
		return;
	}
	r->out->has_draw = urne_def_hash(&r->def, &r->out->draw, v);
}

/* find_item: the item of a withdrawal; SIZE_MAX when nobody can withdraw from it. */
static size_t
find_item(struct reader *r, struct urne_view id, const struct urne_json *at)
{
	size_t i = urne_definition_find_item(r->def.out, id);
	enum urne_item_kind kind;

	if (i == SIZE_MAX) {
		urne_def_fault(
		    &r->def, at, "the definition has no item %s", urne_def_quote(&r->def, id));
		urne_def_mend(&r->def, "write the id of an item of the definition");
		return SIZE_MAX;
	}
	kind = r->def.out->items[i].kind;
	if (kind != URNE_ITEM_LIST_CANDIDATES && kind != URNE_ITEM_LIST_CHOICE &&
	    kind != URNE_ITEM_GRADES) {
		urne_def_fault(&r->def, at, "nobody can withdraw from an item of kind %s",
		    urne_item_kind_name(kind));
		urne_def_mend(&r->def, "say it as a remark");
		return SIZE_MAX;
	}
	return i;
}

/* find_candidate: an entry that is on the ballot and was not declared yet, or SIZE_MAX. */
static size_t
find_candidate(struct reader *r, size_t item, struct urne_view id, const struct urne_json *at)
{
	const struct urne_item *it = &r->def.out->items[item];
	size_t i = urne_item_find_entry(it, id);
	const char *name = urne_def_quote(&r->def, id);

	if (i == SIZE_MAX) {
		urne_def_fault(&r->def, at, "the item has no candidate %s", name);
		urne_def_mend(&r->def, "write the id of a candidate of this item");
	} else if (it->entries[i].withdrawn) {
		urne_def_fault(
		    &r->def, at, "%s withdrew before the seal and was not on the ballot", name);
		urne_def_mend(&r->def, "take it out: the definition says it");
		i = SIZE_MAX;
	} else if (r->gone[item][i]) {
		urne_def_fault(&r->def, at, "%s is declared as withdrawn twice", name);
		urne_def_mend(&r->def, "keep one of the two");
		i = SIZE_MAX;
	} else {
		r->gone[item][i] = true;
	}
	return i;
}

static void
read_withdrawal(struct reader *r, struct urne_declared_withdrawal *out,
    struct urne_withdrawal *index, const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("item", "\"item\":\"liste\""),
	    URNE_DEF_NEEDED("candidate", "\"candidate\":\"c-12\""),
	    URNE_DEF_NEEDED("reason", "\"reason\":{\"fr\":\"...\"}"),
	};
	static const struct urne_def_shape shape = {"a withdrawal", fields, 3};
	const struct urne_json *f[3] = {NULL};

	(void)urne_def_object(&r->def, f, &shape, URNE_DEF_ANY, v);
	(void)urne_def_texts(&r->def, &out->reason, f[2], true);
	if (!urne_def_id(&r->def, &out->item, f[0]) ||
	    !urne_def_id(&r->def, &out->candidate, f[1])) {
		return;
	}
	index->item = find_item(r, out->item, f[0]);
	if (index->item != SIZE_MAX) {
		index->entry = find_candidate(r, index->item, out->candidate, f[1]);
	}
}

/* make_gone: a mark for every entry of the definition, so that finding duplicates is cheap. */
static bool
make_gone(struct reader *r)
{
	const struct urne_definition *v = r->def.out;

	r->gone = urne_def_alloc(&r->def, v->num_items, sizeof(*r->gone));
	for (size_t i = 0; r->gone != NULL && i < v->num_items; i++) {
		r->gone[i] = urne_def_alloc(&r->def, v->items[i].num_entries, sizeof(bool));
		if (r->gone[i] == NULL) {
			return false;
		}
	}
	return r->gone != NULL;
}

static void
read_withdrawn(struct reader *r, const struct urne_json *v)
{
	struct urne_declared_withdrawal *list =
	    make_list(r, v, URNE_MAX_CHOICES, "withdrawals", sizeof(*list));
	struct urne_withdrawal *indices;
	size_t n = 0;

	if (list == NULL || !make_gone(r)) {
		return;
	}
	indices = urne_def_alloc(&r->def, v->num_children, sizeof(*indices));
	if (indices == NULL) {
		return;
	}
	for (const struct urne_json *c = v->child; c != NULL; c = c->next, n++) {
		read_withdrawal(r, &list[n], &indices[n], c);
	}
	r->out->withdrawn = list;
	r->out->withdrawals = indices;
	r->out->num_withdrawn = n;
}

static void
read_incidents(struct reader *r, const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("at", "\"at\":\"2027-03-02T10:15:00+01:00\""),
	    URNE_DEF_NEEDED("text", "\"text\":{\"fr\":\"...\"}"),
	};
	static const struct urne_def_shape shape = {"an incident", fields, 2};
	struct urne_declared_incident *list =
	    make_list(r, v, MAX_DECLARED, "incidents", sizeof(*list));
	size_t n = 0;

	if (list == NULL) {
		return;
	}
	for (const struct urne_json *c = v->child; c != NULL; c = c->next, n++) {
		const struct urne_json *f[2] = {NULL};

		(void)urne_def_object(&r->def, f, &shape, URNE_DEF_ANY, c);
		(void)urne_def_moment(&r->def, &list[n].at, f[0]);
		(void)urne_def_texts(&r->def, &list[n].text, f[1], true);
	}
	r->out->incidents = list;
	r->out->num_incidents = n;
}

static void
read_remarks(struct reader *r, const struct urne_json *v)
{
	struct urne_texts *list = make_list(r, v, MAX_DECLARED, "remarks", sizeof(*list));
	size_t n = 0;

	if (list == NULL) {
		return;
	}
	for (const struct urne_json *c = v->child; c != NULL; c = c->next, n++) {
		(void)urne_def_texts(&r->def, &list[n], c, true);
	}
	r->out->remarks = list;
	r->out->num_remarks = n;
}

static void
read_software(struct reader *r, const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("name", "\"name\":\"urne-verify\""),
	    URNE_DEF_NEEDED("release", "\"release\":\"0.1.0\""),
	    URNE_DEF_NEEDED("sha256", "\"sha256\":\"64 hex digits\""),
	};
	static const struct urne_def_shape shape = {"a program", fields, 3};
	struct urne_software *list = make_list(r, v, MAX_DECLARED, "programs", sizeof(*list));
	size_t n = 0;

	if (list == NULL) {
		return;
	}
	for (const struct urne_json *c = v->child; c != NULL; c = c->next, n++) {
		const struct urne_json *f[3] = {NULL};

		(void)urne_def_object(&r->def, f, &shape, URNE_DEF_ANY, c);
		(void)urne_def_string(&r->def, &list[n].name, f[0], false);
		(void)urne_def_string(&r->def, &list[n].release, f[1], false);
		(void)urne_def_hash(&r->def, &list[n].sha256, f[2]);
	}
	r->out->software = list;
	r->out->num_software = n;
}

static void
read_all(struct reader *r, const struct urne_json *root)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_OPTIONAL("draw"),
	    URNE_DEF_OPTIONAL("withdrawn"),
	    URNE_DEF_OPTIONAL("incidents"),
	    URNE_DEF_OPTIONAL("remarks"),
	    URNE_DEF_OPTIONAL("software"),
	};
	static void (*const read[])(struct reader *, const struct urne_json *) = {
	    read_draw, read_withdrawn, read_incidents, read_remarks, read_software};
	static const struct urne_def_shape shape = {"a declaration", fields, 5};
	const struct urne_json *f[5] = {NULL};

	(void)urne_def_object(&r->def, f, &shape, URNE_DEF_ANY, root);
	for (size_t i = 0; i < sizeof(read) / sizeof(read[0]); i++) {
		read[i](r, f[i]);
	}
}

/* first_fault makes the sentence of the first fault, in the order of the lines. What is only odd,
 * such as a remark that is the same in two languages, is nobody's fault. */
static enum urne_err
first_fault(struct urne_def *def, struct urne_diag *d)
{
	const struct urne_findings *all = def->findings;

	urne_def_finish(def);
	if (all->err != URNE_OK) {
		return urne_fail(d, all->err, "no memory for what is declared");
	}
	for (size_t i = 0; i < all->num; i++) {
		const struct urne_finding *f = &all->list[i];

		if (!f->is_warning) {
			return urne_fail(d, URNE_ERR_SYNTAX, "line %u: %.*s: %.*s%s%.*s", f->line,
			    (int)f->path.len, f->path.p, (int)f->problem.len, f->problem.p,
			    f->remedy.len > 0 ? "; " : "", (int)f->remedy.len, f->remedy.p);
		}
	}
	return URNE_OK;
}

enum urne_err
urne_declared_read(struct urne_declared *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_definition *v, struct urne_view text)
{
	struct urne_definition definition = *v;
	struct urne_findings findings = {.arena = arena};
	struct reader r = {
	    .def = {.arena = arena, .findings = &findings, .out = &definition},
	    .out = out,
	};
	const struct urne_json *root = NULL;
	enum urne_err e;

	*out = NONE;
	r.def.languages_sound = true;
	/* values borrow from the text, so it has to live as long as they do */
	e = urne_arena_copy(arena, &out->text, text);
	if (e == URNE_OK) {
		e = urne_json_parse(&root, arena, d, out->text);
	}
	if (e == URNE_OK) {
		read_all(&r, root);
		e = first_fault(&r.def, d);
	}
	if (e != URNE_OK) {
		*out = NONE;
	}
	return e;
}
