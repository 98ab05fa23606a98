/* SPDX-License-Identifier: EUPL-1.2 */
/* Pieces of a declaration on the sample vote: a text in its two languages, somebody who withdrew,
 * an incident. Tests only. */
#ifndef URNE_TESTS_DECLARED_TEXTS_H
#define URNE_TESTS_DECLARED_TEXTS_H

#define TEXT(s) "{\"fr\":\"" s "\",\"en\":\"" s "!\"}"
#define GONE(item, candidate)                                                                      \
	"{\"item\":\"" item "\",\"candidate\":\"" candidate "\",\"reason\":" TEXT("malade") "}"
#define ILL   GONE("tete", "c-4")
#define PANNE "{\"at\":\"2027-03-02T10:15:00+01:00\",\"text\":" TEXT("Panne") "}"

#endif
