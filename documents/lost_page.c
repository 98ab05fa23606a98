/* SPDX-License-Identifier: EUPL-1.2 */
/* Nobody knows which language the reader has, so both stand there. */
#include "documents/lost_page.h"

#include "documents/html.h"
#include "documents/page_parts.h"

enum { FRENCH, ENGLISH, NUM_LANGUAGES };

static const struct words {
	const char *title, *what_to_do;
} words[][NUM_LANGUAGES] = {
    [URNE_LOST_ADDRESS] =
	{{"Il n’y a pas de page à cette adresse",
	     "L’adresse est incomplète, ou quelque chose s’y est ajouté. Comparez-la à celle que "
	     "vous avez reçue, jusqu’au dernier caractère."},
	    {"There is no page at this address",
		"The address is incomplete, or something was added to it. Compare it with the one "
		"that you were given, to its last character."}},
    [URNE_LOST_BUSY] = {{"L’urne est très occupée",
			    "Rien n’est enregistré et rien n’est perdu. Attendez un peu, puis "
			    "rechargez cette page."},
	{"The ballot box is very busy",
	    "Nothing was recorded and nothing is lost. Wait a little, then load this page again."}},
    [URNE_LOST_OURS] = {{"L’urne est en panne",
			    "Ce n’est pas votre faute. Rechargez cette page dans quelques "
			    "minutes\u202f; si cela continue, prévenez les organisateurs."},
	{"The ballot box is failing",
	    "It is not your fault. Load this page again in a few minutes; if that does not help, "
	    "tell the organisers."}},
};

/* The way out, and what is folded away. */
static const struct {
	const char *home, *technical;
} ways[NUM_LANGUAGES] = {
    {"Les votes de cette urne", "Détails techniques"},
    {"The votes of this ballot box", "Technical details"},
};

static void
put(struct urne_buf *out, const char *begin, struct urne_view text, const char *end)
{
	urne_buf_puts(out, begin);
	urne_html_put(out, text);
	urne_buf_puts(out, end);
}

static void
put_text(struct urne_buf *out, const char *begin, const char *text, const char *end)
{
	put(out, begin, urne_view_of(text), end);
}

static void
put_way(struct urne_buf *out, struct urne_view home, const char *text)
{
	put(out, "<p><a href=\"", home, "\">");
	put_text(out, "", text, "</a></p>\n");
}

void
urne_lost_page(
    struct urne_buf *out, enum urne_lost why, struct urne_view home, struct urne_view technical)
{
	const struct words *w = words[why];

	urne_buf_puts(out, "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n"
			   "<meta name=\"viewport\" content=\"width=device-width, "
			   "initial-scale=1\">\n");
	put_text(out, "<title>", w[FRENCH].title, "</title>\n<style>");
	urne_page_style(out);
	put_text(out, "</style>\n</head>\n<body>\n<main>\n<h1>", w[FRENCH].title, "</h1>\n");
	put_text(out, "<p>", w[FRENCH].what_to_do, "</p>\n");
	put_way(out, home, ways[FRENCH].home);
	put_text(out, "<section lang=\"en\">\n<h2>", w[ENGLISH].title, "</h2>\n");
	put_text(out, "<p>", w[ENGLISH].what_to_do, "</p>\n");
	put_way(out, home, ways[ENGLISH].home);
	put_text(out, "</section>\n<details><summary>", ways[FRENCH].technical, " – ");
	put_text(out, "<span lang=\"en\">", ways[ENGLISH].technical, "</span></summary>\n");
	put(out, "<pre lang=\"en\"><code>", technical, "</code></pre></details>\n");
	urne_buf_puts(out, "</main>\n</body>\n</html>\n");
}
