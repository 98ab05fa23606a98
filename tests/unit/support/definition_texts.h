/* SPDX-License-Identifier: EUPL-1.2 */
/* Initialisers for what stands in a definition that a test writes out by hand: a string, and a text
 * in French and English. Tests only. */
#ifndef URNE_TESTS_DEFINITION_TEXTS_H
#define URNE_TESTS_DEFINITION_TEXTS_H

#define V(s)                                                                                       \
	{                                                                                          \
		(s), sizeof(s) - 1                                                                 \
	}
#define T(fr, en)                                                                                  \
	{                                                                                          \
		{                                                                                  \
			V(fr), V(en)                                                               \
		}                                                                                  \
	}

#endif
