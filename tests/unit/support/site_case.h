/* SPDX-License-Identifier: EUPL-1.2 */
/* The sources of a small site, every file of which a test can change. Tests only. */
#ifndef URNE_TESTS_SITE_CASE_H
#define URNE_TESTS_SITE_CASE_H

#include "documents/site.h"

#define SITE_CASE_MAX 16
#define SITE_MODULE   "export const one = 1;\n"

struct site_case {
	struct urne_tree_file files[SITE_CASE_MAX];
	size_t num;
	struct urne_note_key service;
};

/* site_case_init: all templates, a style sheet, an icon, two modules, a licence. */
void site_case_init(struct site_case *c);
/* site_case_put sets the text of a file, or adds one. site_case_drop removes it. */
void site_case_put(struct site_case *c, const char *path, const char *text);
void site_case_drop(struct site_case *c, const char *path);

#endif
