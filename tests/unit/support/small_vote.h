/* SPDX-License-Identifier: EUPL-1.2 */
/* A small vote with one item of each kind, as urne_definition_read would leave it, in both
 * languages; and the election that it compiles to. Tests only. */
#ifndef URNE_TESTS_SMALL_VOTE_H
#define URNE_TESTS_SMALL_VOTE_H

#include "election/compile.h"

/* Hashes: of the first article, the second, the whole text
 * (printf '%s\n' 1111... 2222... | sha256sum), and the file. */
#define H11	"1111111111111111111111111111111111111111111111111111111111111111"
#define H22	"2222222222222222222222222222222222222222222222222222222222222222"
#define H_WHOLE "f5404fd407075eb9ef6261cbfc12da4cbe2906c3a04dcffd2be12daa6a475c89"
#define H_FILE	"abababababababababababababababababababababababababababababababab"

/* With people who withdrew in front of and behind others. */
struct vote {
	struct urne_entry liste[2], tete[3], listes[4], programme[3], priorites[3], notes[3],
	    texte[2];
	struct urne_section lists[2], chapters[2];
	struct urne_grade grades[3];
	struct urne_item items[7];
	struct urne_definition v;
};

/* vote_init makes the vote with French as its authentic language; vote_make_english makes it
 * English. */
void vote_init(struct vote *f);
void vote_make_english(struct vote *f);

/* The election that the vote compiles to, open to be altered. */
struct sealed {
	struct vote f;
	struct urne_arena arena;
	struct urne_question q[12];
	struct urne_election e;
};
void sealed_init(struct sealed *s);
void sealed_clear(struct sealed *s);

#endif
