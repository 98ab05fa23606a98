/* SPDX-License-Identifier: EUPL-1.2 */
/* One question mark stands for each hidden character, so that the reader sees that there was one.
 */
#include "base/safe_text.h"

/* is_hidden: control characters (C0, delete, C1) and marks of direction, by their UTF-8 bytes. */
static bool
is_hidden(const unsigned char *p, size_t len)
{
	if (len == 1) {
		return p[0] < 0x20 || p[0] == 0x7f;
	}
	if (len == 2) {
		return (p[0] == 0xc2 && p[1] < 0xa0) || (p[0] == 0xd8 && p[1] == 0x9c);
	}
	if (len == 3 && p[0] == 0xe2 && p[1] == 0x80) {
		return p[2] == 0x8e || p[2] == 0x8f || (p[2] >= 0xa8 && p[2] <= 0xae);
	}
	return len == 3 && p[0] == 0xe2 && p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9;
}

struct urne_view
urne_safe_char(struct urne_view *text)
{
	size_t len = urne_utf8_len(*text);
	struct urne_view c = {text->p, len};

	if (len == 0 || is_hidden((const unsigned char *)text->p, len)) {
		c = urne_view_of("?");
		len = len == 0 ? 1 : len;
	}
	text->p += len;
	text->len -= len;
	return c;
}

bool
urne_is_safe_text(struct urne_view text)
{
	while (text.len > 0) {
		const char *at = text.p;

		if (urne_safe_char(&text).p != at) {
			return false;
		}
	}
	return true;
}

void
urne_put_safe_text(struct urne_buf *out, struct urne_view text)
{
	while (text.len > 0) {
		urne_buf_put_view(out, urne_safe_char(&text));
	}
}
