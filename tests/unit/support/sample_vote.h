/* SPDX-License-Identifier: EUPL-1.2 */
/* A small vote with one item of every kind, and counts of ten voters among twelve members. What is
 * tested on it depends on its words and numbers: change them with care. */
#ifndef URNE_TESTS_SAMPLE_VOTE_H
#define URNE_TESTS_SAMPLE_VOTE_H

#include "election/definition.h"

/* One string per line of the file. Article premier: SHA-256 by sha256sum. */
#define SAMPLE_VOTE                                                                                \
	"{\"urne_vote\":1,\"languages\":[\"fr\",\"en\"],\n"                                        \
	"\"title\":{\"fr\":\"Congrès du printemps\",\"en\":\"Spring congress\"},\n"               \
	"\"description\":{\"fr\":\"Liste, programme et statuts\",\"en\":\"List, programme and "    \
	"statutes\"},\n"                                                                           \
	"\"organiser\":{\"fr\":\"Mouvement des rives\",\"en\":\"Movement of the banks\"},\n"       \
	"\"opens\":\"2027-03-01T08:00:00+01:00\",\"closes\":\"2027-03-05T20:00:00+01:00\","        \
	"\"floor\":5,\n"                                                                           \
	"\"draw\":{\"drand\":{\"chain\":\"quicknet\",\"round\":41000000}},\n"                      \
	"\"officials\":{\"required\":1,\"keys\":[\n"                                               \
	"{\"name\":\"Albane Querrioux\",\"role\":{\"fr\":\"Présidente\",\"en\":\"Chair\"},\n"     \
	"\"key\":\"albane-querrioux+a7a62e8c+ASfP9IWfE4qDCUfXFw+1zId8BdwWXgLmXGEz66Sk5nR8\"},\n"   \
	"{\"name\":\"Samuel Ottavioli\",\"role\":{\"fr\":\"Secrétaire\",\"en\":\"Secretary\"},\n" \
	"\"key\":\"samuel-ottavioli-bray+4acc72f1+AfNEhj1vbI3EMO+BZYfhhUyFNkfJ7uDjjcABOv5THAJG\"}" \
	"]},\n"                                                                                    \
	"\"software\":[{\"name\":\"urne-verify\",\"release\":\"0.1.0\",\"sha256\":"                \
	"\"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\"}],\n"                \
	"\"items\":[\n"                                                                            \
	"{\"id\":\"liste\",\"kind\":\"list-ratification\",\"title\":{\"fr\":\"La "                 \
	"liste\",\"en\":\"The list\"},\n"                                                          \
	"\"list\":[{\"id\":\"c-1\",\"name\":\"Ada Lormier\"},{\"id\":\"c-2\",\"name\":\"Bruno "    \
	"Aster\"}],\n"                                                                             \
	"\"rules\":{\"majority\":{\"more_than\":\"1/"                                              \
	"2\",\"of\":\"expressed\"},\"blank\":\"excluded\"}},\n"                                    \
	"{\"id\":\"tete\",\"kind\":\"list-candidates\",\"title\":{\"fr\":\"Tête de "              \
	"liste\",\"en\":\"Head of the list\"},\n"                                                  \
	"\"candidates\":[\n"                                                                       \
	"{\"id\":\"c-1\",\"name\":\"Ada Lormier\",\"gender\":\"f\",\"groups\":[\"nord\"],\n"       \
	"\"presentation\":{\"fr\":\"Batelière.\",\"en\":\"A boatwoman.\"}},\n"                    \
	"{\"id\":\"c-2\",\"name\":\"Bruno Aster\",\"gender\":\"m\"},\n"                            \
	"{\"id\":\"c-3\",\"name\":\"Carla Ndong\",\"gender\":\"f\"},\n"                            \
	"{\"id\":\"c-4\",\"name\":\"Dora Vidal\",\"gender\":\"f\"}],\n"                            \
	"\"rules\":{\"choose\":{\"min\":1,\"max\":2},\"seats\":2,\"tie\":\"draw\",\"blank\":"      \
	"\"excluded\",\n"                                                                          \
	"\"parity\":{\"alternate\":\"votes\"},\"withdrawn\":[\"c-3\"]}},\n"                        \
	"{\"id\":\"listes\",\"kind\":\"list-choice\",\"title\":{\"fr\":\"Deux "                    \
	"listes\",\"en\":\"Two lists\"},\n"                                                        \
	"\"lists\":[\n"                                                                            \
	"{\"id\":\"l-a\",\"title\":{\"fr\":\"Amont\",\"en\":\"Upstream\"},\n"                      \
	"\"candidates\":[{\"id\":\"a-1\",\"name\":\"Elsa "                                         \
	"Brun\"},{\"id\":\"a-2\",\"name\":\"Farid Colin\"}]},\n"                                   \
	"{\"id\":\"l-b\",\"title\":{\"fr\":\"Aval\",\"en\":\"Downstream\"},\n"                     \
	"\"candidates\":[{\"id\":\"b-1\",\"name\":\"Gilles "                                       \
	"Dorn\"},{\"id\":\"b-2\",\"name\":\"Hawa Ferry\"}]}],\n"                                   \
	"\"rules\":{\"seats\":3,\"apportionment\":\"dhondt\",\"tie\":\"draw\"}},\n"                \
	"{\"id\":\"programme\",\"kind\":\"programme\",\"title\":{\"fr\":\"Le "                     \
	"programme\",\"en\":\"The programme\"},\n"                                                 \
	"\"sections\":[{\"id\":\"eau\",\"title\":{\"fr\":\"L’eau\",\"en\":\"Water\"},\n"         \
	"\"commitments\":[\n"                                                                      \
	"{\"id\":\"p-1\",\"title\":{\"fr\":\"Des rivières propres\",\"en\":\"Clean rivers\"},\n"  \
	"\"text\":{\"fr\":\"D’ici dix ans.\\nPartout.\",\"en\":\"In ten "                        \
	"years.\\nEverywhere.\"}},\n"                                                              \
	"{\"id\":\"p-2\",\"title\":{\"fr\":\"Des canaux\",\"en\":\"Canals\"}}]}],\n"               \
	"\"rules\":{\"majority\":{\"at_least\":\"1/"                                               \
	"2\",\"of\":\"expressed\"},\"blank\":\"excluded\"}},\n"                                    \
	"{\"id\":\"priorites\",\"kind\":\"priorities\",\"title\":{\"fr\":\"Les "                   \
	"priorités\",\"en\":\"The priorities\"},\n"                                               \
	"\"commitments\":[{\"id\":\"q-1\",\"title\":{\"fr\":\"Trains\",\"en\":\"Trains\"}},\n"     \
	"{\"id\":\"q-2\",\"title\":{\"fr\":\"Écoles\",\"en\":\"Schools\"}},\n"                    \
	"{\"id\":\"q-3\",\"title\":{\"fr\":\"Forêts\",\"en\":\"Forests\"}}],\n"                   \
	"\"rules\":{\"choose\":{\"min\":0,\"max\":2},\"seats\":1,\"tie\":\"order\",\"order\":["    \
	"\"q-1\",\"q-2\",\"q-3\"]}},\n"                                                            \
	"{\"id\":\"notes\",\"kind\":\"grades\",\"title\":{\"fr\":\"La présidence\",\"en\":\"The " \
	"chair\"},\n"                                                                              \
	"\"grades\":[{\"id\":\"tb\",\"title\":{\"fr\":\"Très bien\",\"en\":\"Very good\"}},\n"    \
	"{\"id\":\"b\",\"title\":{\"fr\":\"Bien\",\"en\":\"Good\"}},\n"                            \
	"{\"id\":\"n\",\"title\":{\"fr\":\"Non\",\"en\":\"No\"}}],\n"                              \
	"\"candidates\":[{\"id\":\"n-1\",\"name\":\"Ines "                                         \
	"Morand\"},{\"id\":\"n-2\",\"name\":\"Jules Petit\"}],\n"                                  \
	"\"rules\":{\"tie\":\"draw\"}},\n"                                                         \
	"{\"id\":\"texte\",\"kind\":\"text\",\"title\":{\"fr\":\"Les statuts\",\"en\":\"The "      \
	"statutes\"},\n"                                                                           \
	"\"titles\":[{\"id\":\"t-1\",\"title\":{\"fr\":\"Titre premier\",\"en\":\"Title one\"},\n" \
	"\"articles\":[{\"id\":\"art-1\",\"title\":{\"fr\":\"Article premier\",\"en\":\"Article "  \
	"one\"},\n"                                                                                \
	"\"paragraphs\":[{\"fr\":\"Le mouvement rend compte chaque année.\",\"en\":\"The "        \
	"movement reports every year.\"},\n"                                                       \
	"{\"fr\":\"Il publie ses comptes.\",\"en\":\"It publishes its accounts.\"}],\n"            \
	"\"sha256\":\"324658241867873db4c6c465cdf2c3ec5b32653acec555afa61f1907dd3b67fb\"}]}],\n"   \
	"\"rules\":{\"majority\":{\"more_than\":\"1/2\",\"of\":\"expressed\"}}}]}\n"

/* blank before the others where it is offered; p-2 is rejected, list l-a has 2 seats of 3. */
#define SAMPLE_COUNTS                                                                              \
	{                                                                                          \
		1, 6, 2,	      /* liste: blank, for, against */                             \
		    1, 5, 4, 3,	      /* tete: blank, c-1, c-2, c-4; c-3 is not on the ballot */   \
		    6, 4, 3, 4, 2, 2, /* listes: each list and its candidates */                   \
		    1, 6, 2, 0, 3, 6, /* programme: two commitments */                             \
		    5, 3, 2,	      /* priorites */                                              \
		    5, 3, 2, 2, 4, 4, /* notes: two rows of three grades */                        \
		    7, 2, 6, 3                                                                     \
	} /* texte: the article and the whole */
#define SAMPLE_NUM_COUNTS 32

/* sample_vote_read opens the arena and reads SAMPLE_VOTE into it; the test fails when that is not
 * possible. */
void sample_vote_read(struct urne_definition *v, struct urne_arena *arena, struct urne_diag *d);

#endif
