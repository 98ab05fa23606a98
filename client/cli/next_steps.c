/* SPDX-License-Identifier: EUPL-1.2 */
/* Text and JSON side by side. */
#include "client/cli/next_steps.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"

void
urne_next_steps_init(struct urne_next_steps *s, struct urne_cli *cli)
{
	*s = (struct urne_next_steps){.cli = cli};
	urne_buf_init(&s->json, URNE_MAX_TEXT_FILE);
	urne_buf_putc(&s->json, '[');
}

void
urne_next_stage(struct urne_next_steps *s, const char *name)
{
	urne_cli_put_string(s->cli, "stage", name);
	urne_cli_say(s->cli, "Next:");
}

void
urne_next_step(struct urne_next_steps *s, const char *who, const char *what, const char *fmt, ...)
{
	char command[2048];
	va_list va;

	va_start(va, fmt);
	(void)vsnprintf(command, sizeof(command), fmt, va);
	va_end(va);
	urne_cli_say(s->cli, "  %s: %s\n    %s", who, what, command);
	urne_buf_puts(&s->json, s->num++ > 0 ? ",{\"who\":" : "{\"who\":");
	urne_buf_put_json_string(&s->json, urne_view_of(who));
	urne_buf_puts(&s->json, ",\"what\":");
	urne_buf_put_json_string(&s->json, urne_view_of(what));
	urne_buf_puts(&s->json, ",\"command\":");
	urne_buf_put_json_string(&s->json, urne_view_of(command));
	urne_buf_putc(&s->json, '}');
}

enum urne_err
urne_next_steps_end(struct urne_next_steps *s, enum urne_err e)
{
	urne_buf_putc(&s->json, ']');
	if (e == URNE_OK) {
		urne_cli_put_raw(s->cli, "next", urne_buf_view(&s->json));
		e = urne_buf_error(&s->json);
	}
	urne_buf_clear(&s->json);
	return e;
}
