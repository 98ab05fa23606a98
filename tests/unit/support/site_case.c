/* SPDX-License-Identifier: EUPL-1.2 */
/* A site in string literals. */
#include "tests/unit/support/site_case.h"

#include "tests/unit/support/check.h"

#define PAGE(up, name)                                                                             \
	"<!doctype html>\n<title>t</title>\n<!--style-->\n<!--importmap-->\n<script "              \
	"type=\"module\" src=\"" up "pages/js/pages/" name ".js\"></script>\n<h1>" name "</h1>\n"

void
site_case_put(struct site_case *c, const char *path, const char *text)
{
	size_t i = 0;

	while (i < c->num && !urne_view_is(c->files[i].path, path)) {
		i++;
	}
	assert_true(i < SITE_CASE_MAX);
	c->files[i] = (struct urne_tree_file){urne_view_of(path), urne_view_of(text)};
	c->num += i == c->num ? 1 : 0;
}

void
site_case_drop(struct site_case *c, const char *path)
{
	for (size_t i = 0; i < c->num; i++) {
		if (urne_view_is(c->files[i].path, path)) {
			c->files[i] = c->files[--c->num];
			return;
		}
	}
	fail_msg("no %s", path);
}

void
site_case_init(struct site_case *c)
{
	*c = (struct site_case){.service = {.name = VIEW("vote.example.org/bb"), .key = {1, 2, 3}}};
	site_case_put(c, "pages/index.html", PAGE("", "a"));
	site_case_put(c, "pages/vote.html", PAGE("../", "a"));
	site_case_put(c, "pages/observe.html", PAGE("../", "a"));
	site_case_put(c, "pages/result.html", PAGE("../", "a"));
	site_case_put(c, "pages/receipt.html", PAGE("./", "a"));
	site_case_put(c, "pages/audit.html", PAGE("", "a"));
	site_case_put(c, "style.css", "h1 { margin: 0 }\n");
	site_case_put(c, "icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
	site_case_put(c, "js/pages/a.js", "import '../core/b.js';\n");
	site_case_put(c, "js/core/b.js", SITE_MODULE);
	site_case_put(c, "vendor/noble-1/LICENSE", "MIT\n");
}
