/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the reader of vote definitions. A function that reads a value reports its faults itself
 * and tells whether the value is sound; what is not sound is not used for a second complaint. A
 * value that is absent (NULL) is not sound and not blamed here: whoever reads the object around it
 * knows whether it had to be there.
 * Spec: docs/vote-definition.md */
#ifndef URNE_ELECTION_DEFINITION_READ_H
#define URNE_ELECTION_DEFINITION_READ_H

#include "election/definition.h"

#define URNE_DEF_MAX_FINDINGS ((size_t)1000)
#define URNE_DEF_DAY	      ((int64_t)86400)

/* Fields of the file, of an item, and rules: indices of the values that were written. */
enum {
	URNE_TOP_VERSION,
	URNE_TOP_LANGUAGES,
	URNE_TOP_TITLE,
	URNE_TOP_DESCRIPTION,
	URNE_TOP_ORGANISER,
	URNE_TOP_OPENS,
	URNE_TOP_CLOSES,
	URNE_TOP_FLOOR,
	URNE_TOP_DRAW,
	URNE_TOP_OFFICIALS,
	URNE_TOP_SOFTWARE,
	URNE_TOP_ITEMS,
	URNE_TOP_NUM,
};
enum {
	URNE_RULE_WITHDRAWN,
	URNE_RULE_MAJORITY,
	URNE_RULE_WHOLE,
	URNE_RULE_QUORUM,
	URNE_RULE_BLANK,
	URNE_RULE_CHOOSE,
	URNE_RULE_SEATS,
	URNE_RULE_PARITY,
	URNE_RULE_RESERVED,
	URNE_RULE_TIE,
	URNE_RULE_ORDER,
	URNE_RULE_ALTERNATIVES,
	URNE_RULE_APPORTIONMENT,
	URNE_RULE_THRESHOLD,
	URNE_RULE_WITHIN,
	URNE_RULE_NUM,
};

/* The reading of one definition. */
struct urne_def {
	struct urne_arena *arena;
	struct urne_findings *findings;
	struct urne_definition *out;
	const struct urne_json *top[URNE_TOP_NUM];
	bool languages_sound;		 /* else texts are not blamed for theirs */
	size_t num_errors, num_warnings; /* found, kept or not */
	size_t num_entries;		 /* of all items */
	struct urne_finding *last;	 /* waits for its remedy; NULL when it is not kept */
};

/* One place of a sorted list of names. */
struct urne_def_key {
	struct urne_view name;
	const struct urne_json *at;
	size_t pos;
};
struct urne_def_keys {
	struct urne_def_key *list;
	size_t num;
};

/* The reading of one item: the item, and where it was written. */
struct urne_def_item {
	struct urne_item *item;
	const struct urne_json *at, *rules;
	const struct urne_json *rule[URNE_RULE_NUM];
	struct urne_section *sections; /* the item's, to be written */
	struct urne_entry *entries;
	const struct urne_json **section_at, **entry_at;
	const struct urne_json **reserve_at;
	struct urne_def_keys entry_ids, section_ids, groups; /* groups: of those who are left */
	bool entries_sound;				     /* all of them could be counted */
	bool ids_sound, section_ids_sound; /* so a name that is not among them is unknown */
	bool choose_sound;
	size_t num_left; /* not withdrawn */
};

/* Findings: findings.c. */

/* urne_def_fault and urne_def_warn say what is wrong at `at`; urne_def_mend says at once afterwards
 * how to mend it. */
void urne_def_fault(struct urne_def *r, const struct urne_json *at, const char *fmt, ...)
    URNE_PRINTF(3, 4);
void urne_def_warn(struct urne_def *r, const struct urne_json *at, const char *fmt, ...)
    URNE_PRINTF(3, 4);
void urne_def_mend(struct urne_def *r, const char *fmt, ...) URNE_PRINTF(2, 3);
/* urne_def_fault_syntax: the text is no JSON, for the reason in `d`. */
void urne_def_fault_syntax(struct urne_def *r, enum urne_err e, const struct urne_diag *d);
/* urne_def_finish sorts the findings and cuts them off. */
void urne_def_finish(struct urne_def *r);
/* urne_def_quote: what somebody wrote, for a sentence: in quotes, cut, without anything that a
 * terminal could obey. */
const char *urne_def_quote(struct urne_def *r, struct urne_view v);
/* urne_def_alloc: from the arena; NULL sets findings->err. */
void *urne_def_alloc(struct urne_def *r, size_t num, size_t size);

/* Objects and lists: definition_fields.c. */

/* A field of an object, and for which kinds (bits) it is allowed or needed. */
struct urne_def_field {
	const char *name;
	unsigned needed, allowed;
	const char *example; /* of a needed one */
};
#define URNE_DEF_ANY (~0U)
#define URNE_DEF_NEEDED(name, example)                                                             \
	{                                                                                          \
		(name), URNE_DEF_ANY, URNE_DEF_ANY, (example)                                      \
	}
#define URNE_DEF_OPTIONAL(name)                                                                    \
	{                                                                                          \
		(name), 0, URNE_DEF_ANY, NULL                                                      \
	}
struct urne_def_shape {
	const char *what; /* "a candidate" */
	const struct urne_def_field *fields;
	size_t num;
};
/* urne_def_object sets values[i] to the value of field i, or NULL; blames unknown fields and
 * missing ones. */
bool urne_def_object(struct urne_def *r, const struct urne_json **values,
    const struct urne_def_shape *shape, unsigned kind, const struct urne_json *v);
/* urne_def_need blames `v` for the lack of a field that it needs. */
void urne_def_need(struct urne_def *r, const struct urne_def_field *field, unsigned kind,
    const struct urne_json *value, const struct urne_json *v);
/* urne_def_one_of: exactly one of two optional values stands there: 0 or 1, or -1. */
int urne_def_one_of(struct urne_def *r, const struct urne_json *v, const char *const names[2]);
/* urne_def_list: an array of min to max values. */
bool urne_def_list(
    struct urne_def *r, const struct urne_json *v, size_t min, size_t max, const char *of);
/* urne_def_nearest: the one of NULL-terminated names that is a letter or two away, or NULL. */
const char *urne_def_nearest(struct urne_view v, const char *const *names);

/* Names that must be distinct, or be found: definition_names.c. */

bool urne_def_keys_alloc(struct urne_def *r, struct urne_def_keys *keys, size_t max);
void urne_def_keys_sort(struct urne_def_keys *keys);
/* urne_def_keys_find: the first place of the name in sorted keys, or SIZE_MAX. */
size_t urne_def_keys_find(const struct urne_def_keys *keys, struct urne_view name);
/* urne_def_distinct sorts the keys and blames every name that stands again; `what`: "id". */
bool urne_def_distinct(struct urne_def *r, struct urne_def_keys *keys, const char *what);
/* urne_def_distinct_titles: in no language two of the titles are the same. */
void urne_def_distinct_titles(struct urne_def *r, const struct urne_texts *const *titles,
    const struct urne_json *const *at, size_t num, const char *what);
/* urne_def_reference: an id of the sorted keys; SIZE_MAX, and blamed unless the keys are not sound
 * themselves. `what`: "a candidate of this item". */
size_t urne_def_reference(struct urne_def *r, const struct urne_json *v,
    const struct urne_def_keys *keys, bool keys_sound, const char *what);

/* Values: definition_values.c and definition_moment.c. */

/* urne_def_string: not empty, without control characters; newlines only with `lines`. */
bool urne_def_string(
    struct urne_def *r, struct urne_view *out, const struct urne_json *v, bool lines);
bool urne_def_id(struct urne_def *r, struct urne_view *out, const struct urne_json *v);
bool urne_def_texts(
    struct urne_def *r, struct urne_texts *out, const struct urne_json *v, bool lines);
bool urne_def_number(
    struct urne_def *r, uint64_t *out, const struct urne_json *v, uint64_t min, uint64_t max);
bool urne_def_size(
    struct urne_def *r, size_t *out, const struct urne_json *v, size_t min, size_t max);
bool urne_def_fraction(struct urne_def *r, struct urne_fraction *out, const struct urne_json *v);
bool urne_def_hash(struct urne_def *r, struct urne_hash *out, const struct urne_json *v);
/* urne_def_word: one of NULL-terminated words: its index. */
bool urne_def_word(
    struct urne_def *r, size_t *out, const struct urne_json *v, const char *const *words);
bool urne_def_moment(struct urne_def *r, struct urne_moment *out, const struct urne_json *v);

/* Parts of the file, each in the .c file of its name; ones that need another say which. */

void urne_def_draw(struct urne_def *r);
void urne_def_officials(struct urne_def *r);
void urne_def_software(struct urne_def *r); /* definition_officials.c */
void urne_def_items(struct urne_def *r);

/* Whatever members choose among: definition_entries.c and definition_contents.c. `sections` and
 * `entries` are the lists as written; one of them is NULL. */
enum urne_def_entry_type {
	URNE_DEF_CANDIDATE,
	URNE_DEF_COMMITMENT,
	URNE_DEF_ARTICLE,
};
void urne_def_contents(struct urne_def *r, struct urne_def_item *it,
    const struct urne_json *sections, const struct urne_json *entries);
void urne_def_grades(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v);
/* urne_def_entry reads it->entries[i]; candidates' names are added to `names`. */
void urne_def_entry(struct urne_def *r, struct urne_def_item *it, size_t i,
    enum urne_def_entry_type type, struct urne_def_keys *names, const struct urne_json *v);

/* urne_def_rules reads the rules of an item and holds them against each other. */
void urne_def_rules(struct urne_def *r, struct urne_def_item *it);
typedef void urne_def_rule_fn(
    struct urne_def *r, struct urne_def_item *it, const struct urne_json *v);
urne_def_rule_fn urne_def_majority, urne_def_whole, urne_def_quorum;  /* definition_shares.c */
urne_def_rule_fn urne_def_parity, urne_def_reserved;		      /* definition_reserved.c */
urne_def_rule_fn urne_def_tie, urne_def_order, urne_def_alternatives; /* definition_ties.c */
/* What contradicts each other, once all rules have been read. */
void urne_def_check_parity(struct urne_def *r, struct urne_def_item *it);
void urne_def_check_ties(struct urne_def *r, struct urne_def_item *it);

/* What is lawful but odd: definition_odd.c. */
void urne_def_odd(struct urne_def *r);
void urne_def_odd_item(struct urne_def *r, const struct urne_def_item *it);
void urne_def_odd_texts(
    struct urne_def *r, const struct urne_texts *texts, const struct urne_json *at);

#endif
