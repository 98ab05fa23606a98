/* SPDX-License-Identifier: EUPL-1.2 */
/* Man pages in man(7), made of the tables that the program itself reads. */
#include "base/man.h"

/* Text with what roff would take for its own escaped. */
void
urne_man_text(struct urne_buf *out, const char *s)
{
	bool start = true;

	for (; *s != '\0'; s++) {
		if (start && (*s == '.' || *s == '\'')) {
			urne_buf_puts(out, "\\&");
		}
		start = *s == '\n';
		if (*s == '\\') {
			urne_buf_puts(out, "\\e");
		} else if (*s == '-') {
			urne_buf_puts(out, "\\-");
		} else {
			urne_buf_putc(out, *s);
		}
	}
}

void
urne_man_line(struct urne_buf *out, const char *macro, const char *s)
{
	urne_buf_puts(out, macro);
	urne_man_text(out, s);
	urne_buf_putc(out, '\n');
}

void
urne_man_options(struct urne_buf *out, const struct urne_option *o)
{
	for (; o->name != NULL; o++) {
		urne_buf_puts(out, ".TP\n.BR \\-\\-");
		urne_man_text(out, o->name);
		if (o->arg != NULL) {
			urne_buf_puts(out, " \\~ \\fI");
			urne_man_text(out, o->arg);
			urne_buf_puts(out, "\\fR");
		}
		urne_buf_putc(out, '\n');
		urne_man_text(out, o->help);
		urne_buf_puts(out, o->required ? " Required.\n" : "\n");
	}
}
