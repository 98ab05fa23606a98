/* SPDX-License-Identifier: EUPL-1.2 */
/* Whatever text says, it stays text: nothing of it can become an element or an attribute. */
#include "documents/html.h"

#include "base/safe_text.h"

static const struct {
	char c;
	const char *instead;
} references[] = {
    {'<', "&lt;"},
    {'>', "&gt;"},
    {'&', "&amp;"},
    {'"', "&quot;"},
    {'\'', "&#39;"},
    {'\n', "\n"},
    {'\t', " "},
};

void
urne_html_put(struct urne_buf *out, struct urne_view text)
{
	while (text.len > 0) {
		char c = text.p[0];
		struct urne_view safe = urne_safe_char(&text);

		for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++) {
			if (references[i].c == c) {
				safe = urne_view_of(references[i].instead);
			}
		}
		urne_buf_put_view(out, safe);
	}
}
