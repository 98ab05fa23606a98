/* SPDX-License-Identifier: EUPL-1.2 */
/* The vote definition: what officials write down before a vote (vote.json), read strictly, every
 * fault at once. A definition lives in an arena and borrows from the text it was read from.
 * Spec: docs/vote-definition.md */
#ifndef URNE_ELECTION_DEFINITION_H
#define URNE_ELECTION_DEFINITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"

/* One text in every language of the definition, in the order of its `languages`. An optional text
 * that is absent has only empty views. */
struct urne_texts {
	struct urne_view by_language[URNE_MAX_LANGUAGES];
};

/* A moment as written (RFC 3339 with its offset) and in seconds since 1970 UTC. */
struct urne_moment {
	struct urne_view text;
	int64_t seconds;
	int32_t offset_minutes;
};

/* num/den, 0 <= num <= den <= 1,000,000, den > 0. Written "2/3" or "5%" or "12.5%". */
struct urne_fraction {
	uint64_t num, den;
};

enum urne_item_kind {
	URNE_ITEM_LIST_RATIFICATION,
	URNE_ITEM_LIST_CANDIDATES,
	URNE_ITEM_LIST_CHOICE,
	URNE_ITEM_PROGRAMME,
	URNE_ITEM_PRIORITIES,
	URNE_ITEM_GRADES,
	URNE_ITEM_TEXT,
};
#define URNE_NUM_ITEM_KINDS 7

enum urne_gender {
	URNE_GENDER_NONE, /* not given */
	URNE_GENDER_WOMAN,
	URNE_GENDER_MAN,
};

/* What a member chooses or answers about: a candidate, a commitment, an article, a row of
 * grades. */
struct urne_entry {
	struct urne_view id;
	struct urne_texts title; /* a candidate's name: the same in every language */
	struct urne_texts
	    text; /* presentation, full text; of an article: its paragraphs, "\n" between */
	enum urne_gender gender;
	const struct urne_view *groups; /* what reserved ranks can ask for */
	size_t num_groups;
	bool withdrawn;		 /* before sealing: not on the ballot */
	struct urne_hash sha256; /* of an article, see docs/vote-definition.md#text */
	size_t section;		 /* index in item->sections */
};

/* A run of entries: a section of a programme, a rival list, a title of a text. A kind without
 * sections has one, without id and title. */
struct urne_section {
	struct urne_view id;
	struct urne_texts title;
	struct urne_texts text;
	size_t first, num; /* in item->entries */
};

struct urne_grade {
	struct urne_view id;
	struct urne_texts title;
};

enum urne_quorum_kind {
	URNE_QUORUM_NONE,
	URNE_QUORUM_SHARE,  /* of the roll */
	URNE_QUORUM_NUMBER, /* of votes */
};

struct urne_quorum {
	enum urne_quorum_kind kind;
	struct urne_fraction share;
	uint64_t number;
	bool counts_expressed; /* only expressed votes count, decision by decision; else voters */
};

enum urne_base {
	URNE_BASE_EXPRESSED, /* for and against, and blank where the rule includes it */
	URNE_BASE_VOTERS,    /* everybody who voted */
	URNE_BASE_ROLL,	     /* everybody on the roll */
};

struct urne_majority {
	bool more_than; /* more than the share; else at least */
	struct urne_fraction share;
	enum urne_base of;
};

enum urne_blank {
	URNE_BLANK_NOT_OFFERED,
	URNE_BLANK_EXCLUDED, /* offered, counted apart, not in the expressed votes */
	URNE_BLANK_INCLUDED, /* offered, and part of the expressed votes */
};

enum urne_tie {
	URNE_TIE_NONE,	/* no rule: nothing of this item can tie */
	URNE_TIE_DRAW,	/* by the definition's draw */
	URNE_TIE_ORDER, /* by item->order */
	URNE_TIE_ALL,	/* equals share the rank; all are in */
};

enum urne_parity {
	URNE_PARITY_NONE,
	URNE_PARITY_ALTERNATE, /* women and men in turn */
	URNE_PARITY_HALF,      /* as many of each in every block of ranks */
};

enum urne_apportionment {
	URNE_APPORTION_DHONDT,
	URNE_APPORTION_SAINTE_LAGUE,
	URNE_APPORTION_LARGEST_REMAINDER, /* Hare quota */
};

/* A rank kept for a candidate, or for whoever is next of a group. */
struct urne_reserve {
	size_t rank;		/* from 1 */
	size_t entry;		/* or SIZE_MAX */
	struct urne_view group; /* empty with an entry */
};

/* A set of entries of which at most one is adopted. */
struct urne_alternative {
	const size_t *entries;
	size_t num;
};

/* Parts of an item's entries whose withdrawn ones are counted beforehand. */
#define URNE_ITEM_PARTS 64

struct urne_item {
	enum urne_item_kind kind;
	struct urne_view id;
	struct urne_texts title, text;
	const struct urne_section *sections;
	size_t num_sections;
	const struct urne_entry *entries;
	size_t num_entries;
	const struct urne_grade *grades; /* best first */
	size_t num_grades;

	struct urne_quorum quorum;
	struct urne_majority majority;	     /* ratification, programme, text */
	struct urne_majority whole_majority; /* text: of the vote on the whole */
	enum urne_blank blank;
	size_t choose_min, choose_max; /* list-candidates, priorities */
	size_t seats;		       /* 0: no rule */
	enum urne_parity parity;
	enum urne_gender parity_first;	     /* alternate; NONE: whoever has most votes */
	size_t parity_block;		     /* half */
	const struct urne_reserve *reserves; /* by rank, each rank once */
	size_t num_reserves;
	enum urne_tie tie;
	const size_t
	    *order; /* URNE_TIE_ORDER: all entries (list-choice: all sections), first wins */
	enum urne_apportionment apportionment; /* list-choice with seats */
	struct urne_fraction threshold;	       /* of the expressed votes, to have seats */
	bool within_by_votes; /* list-choice: candidates of a list by votes; else in its order */
	const struct urne_alternative *alternatives; /* programme */
	size_t num_alternatives;

	size_t first_question, num_questions; /* after compilation; text: the last is the whole */
	size_t first_choice, num_choices;     /* in the flattened result */
	size_t withdrawn_before[URNE_ITEM_PARTS]; /* election/compile_place.h */
};

enum urne_draw_kind {
	URNE_DRAW_NONE,
	URNE_DRAW_DRAND,  /* a round of a public beacon */
	URNE_DRAW_PUBLIC, /* another public draw, described in words */
};

/* Where the randomness for ties comes from: fixed before the vote, known only after it.
 * Spec: docs/vote-definition.md#draws */
struct urne_draw {
	enum urne_draw_kind kind;
	struct urne_view chain; /* drand: "quicknet" or "default" */
	uint64_t round;
	struct urne_texts source; /* public */
	struct urne_moment
	    published; /* public: as written; drand: `seconds` computed, text empty */
};

struct urne_official {
	struct urne_view name;
	struct urne_texts role;
	struct urne_view key; /* verifier key of crypto/note.h: NAME+HASH+BASE64 */
};

/* A program the officials announce: its release and the hash of its file. */
struct urne_software {
	struct urne_view name, release;
	struct urne_hash sha256;
};

struct urne_definition {
	struct urne_view
	    languages[URNE_MAX_LANGUAGES]; /* the first is the authentic one: fr or en */
	size_t num_languages;
	struct urne_texts title, description, organiser;
	struct urne_moment opens, closes;
	uint64_t floor; /* fewer voters than this: nothing is decrypted */
	struct urne_draw draw;
	size_t officials_required; /* 0 without officials */
	const struct urne_official *officials;
	size_t num_officials;
	const struct urne_software *software;
	size_t num_software;
	struct urne_item *items;
	size_t num_items;
	size_t num_questions, num_choices;
	struct urne_hash sha256; /* of the bytes read: what the election seals */
};

/* One fault or oddity. Texts are lower case without full stop and live in the arena. */
struct urne_finding {
	bool is_warning;
	uint32_t line, column;
	struct urne_view path;	  /* items[0].rules.majority */
	struct urne_view problem; /* what is wrong */
	struct urne_view remedy;  /* how to mend it */
};

struct urne_findings {
	struct urne_arena *arena;
	struct urne_finding *list; /* in the order of the lines */
	size_t num, num_errors;
	size_t cap;
	enum urne_err err; /* our own: no memory */
};

/* urne_definition_check reads the whole text and reports every fault and oddity. *out is complete
 * and compiled (questions numbered) only when findings->num_errors == 0. Returns URNE_OK also
 * when there are faults; errors: our own only (memory). */
enum urne_err urne_definition_check(struct urne_definition *out, struct urne_findings *findings,
    struct urne_arena *arena, struct urne_view text) URNE_MUST_USE;

/* urne_definition_read: the same for a text that must be right: the first fault becomes the
 * sentence in `d` ("line 12: items[0].rules: ...; ..."), URNE_ERR_SYNTAX. */
enum urne_err urne_definition_read(struct urne_definition *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

/* urne_item_kind_name: "list-ratification" and so on. */
const char *urne_item_kind_name(enum urne_item_kind kind);

/* urne_definition_language: index of the language ("fr") in the definition, or 0, the authentic
 * one. */
size_t urne_definition_language(const struct urne_definition *v, struct urne_view language);

/* urne_item_find_entry, urne_definition_find_item: index, or SIZE_MAX. */
size_t urne_item_find_entry(const struct urne_item *item, struct urne_view id);
size_t urne_definition_find_item(const struct urne_definition *v, struct urne_view id);

/* urne_article_hash: the hash of an article: SHA-256 of its title and each paragraph in the
 * authentic language, every one followed by a newline. `text` has its paragraphs joined by "\n".
 * Spec: docs/vote-definition.md#text */
void urne_article_hash(struct urne_hash *out, struct urne_view title, struct urne_view text);

#endif
