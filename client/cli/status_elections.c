/* SPDX-License-Identifier: EUPL-1.2 */
/* The list is the journal's, so that a board can leave none out that was ever ordered. */
#include "client/cli/status_elections.h"

#include "base/limits.h"
#include "client/cli/order_board.h"
#include "client/cli/order_waiting.h"

static enum urne_err
say_elections(struct urne_cli *cli, const struct urne_order_board *b, const char *key)
{
	const struct urne_journal_election *e = urne_journal_first(b->journal);
	struct urne_buf json;

	urne_buf_init(&json, URNE_MAX_TEXT_FILE);
	urne_buf_putc(&json, '[');
	if (e == NULL) {
		urne_cli_say(cli, "%s: the journal knows no election yet", b->given.base.data);
	}
	for (; e != NULL; e = e->next) {
		const char *stage = urne_journal_stage_name(e->stage);

		urne_cli_say(cli, "%.*s: %s", (int)e->uuid.len, e->uuid.p, stage);
		urne_cli_say(cli, "    urne status --board %s/bb/%.*s%s", b->given.base.data,
		    (int)e->uuid.len, e->uuid.p, key);
		urne_buf_puts(&json, json.len > 1 ? ",{\"election\":" : "{\"election\":");
		urne_buf_put_json_string(&json, e->uuid);
		urne_buf_printf(&json, ",\"stage\":\"%s\"}", stage);
	}
	urne_buf_putc(&json, ']');
	urne_cli_put_raw(cli, "elections", urne_buf_view(&json));
	urne_buf_clear(&json);
	if (b->num_waiting > 0) {
		urne_cli_say(cli, "Orders that wait:");
	}
	return urne_order_waiting_say(b, (struct urne_view){"", 0});
}

enum urne_err
urne_status_elections(struct urne_next_steps *n, const char *address, const char *key)
{
	struct urne_order_board b;
	enum urne_err e = urne_order_board_open(&b, n->cli, address);

	if (e == URNE_OK) {
		e = say_elections(n->cli, &b, key);
	}
	urne_order_board_close(&b);
	return e;
}
