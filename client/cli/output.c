/* SPDX-License-Identifier: EUPL-1.2 */
/* Results as text and as JSON side by side; which of them is printed is decided at the end. */
#include <stdarg.h>
#include <stdio.h>

#include "base/pool.h"
#include "client/cli/cli.h"

struct urne_pool *
urne_cli_pool(struct urne_cli *cli)
{
	if (cli->pool == NULL) {
		cli->pool = urne_pool_new(0);
	}
	return cli->pool;
}

void
urne_cli_note(const char *fmt, ...)
{
	va_list va;

	va_start(va, fmt);
	(void)vfprintf(stderr, fmt, va);
	va_end(va);
	(void)fputc('\n', stderr);
}

void
urne_cli_say(struct urne_cli *cli, const char *fmt, ...)
{
	char line[2048];
	va_list va;
	int n;

	va_start(va, fmt);
	n = vsnprintf(line, sizeof(line), fmt, va);
	va_end(va);
	if (n >= 0 && (size_t)n < sizeof(line)) {
		urne_buf_put(&cli->text, line, (size_t)n);
	} else {
		/* longer than any line we write, but titles are free */
		urne_buf_puts(&cli->text, line);
		urne_buf_puts(&cli->text, "...");
	}
	urne_buf_putc(&cli->text, '\n');
}

static void
put_key(struct urne_cli *cli, const char *key)
{
	urne_buf_putc(&cli->fields, ',');
	urne_buf_put_json_string(&cli->fields, urne_view_of(key));
	urne_buf_putc(&cli->fields, ':');
}

void
urne_cli_put_view(struct urne_cli *cli, const char *key, struct urne_view v)
{
	put_key(cli, key);
	urne_buf_put_json_string(&cli->fields, v);
}

void
urne_cli_put_string(struct urne_cli *cli, const char *key, const char *s)
{
	urne_cli_put_view(cli, key, urne_view_of(s));
}

void
urne_cli_put_u64(struct urne_cli *cli, const char *key, uint64_t v)
{
	put_key(cli, key);
	urne_buf_put_u64(&cli->fields, v);
}

void
urne_cli_put_bool(struct urne_cli *cli, const char *key, bool v)
{
	put_key(cli, key);
	urne_buf_puts(&cli->fields, v ? "true" : "false");
}

void
urne_cli_put_hash(struct urne_cli *cli, const char *key, const struct urne_hash *h)
{
	urne_cli_put_string(cli, key, urne_cli_hash_text(h).s);
}

void
urne_cli_put_raw(struct urne_cli *cli, const char *key, struct urne_view json)
{
	put_key(cli, key);
	urne_buf_put_view(&cli->fields, json);
}

struct urne_hash_text
urne_cli_hash_text(const struct urne_hash *h)
{
	struct urne_hash_text t = {{0}};

	urne_b64_hash_encode(t.s, h);
	return t;
}
