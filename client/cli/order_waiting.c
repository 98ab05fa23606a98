/* SPDX-License-Identifier: EUPL-1.2 */
/* Text and JSON side by side. */
#include "client/cli/order_waiting.h"

#include <inttypes.h>

#include "client/cli/order_flow.h"

static void
say_sentence(struct urne_cli *cli, const struct urne_waiting_order *w, enum urne_lang lang)
{
	const struct urne_hash_hex hex = urne_hash_hex(&w->hash);
	struct urne_buf text;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_words_order(&text, lang, &w->order);
	urne_cli_say(cli, "%s %.*s: %.*s", hex.s,
	    w->order.election.len > 0 ? (int)w->order.election.len : 1,
	    w->order.election.len > 0 ? w->order.election.p : "-", (int)text.len, text.data);
	urne_buf_clear(&text);
}

static void
say_signers(const struct urne_order_board *b, const struct urne_waiting_order *w)
{
	const struct urne_hash_hex hex = urne_hash_hex(&w->hash);
	struct urne_buf names;

	urne_buf_init(&names, URNE_MAX_SMALL_FILE);
	for (size_t i = 0; i < w->num_signed; i++) {
		urne_buf_puts(&names, i > 0 ? ", " : "");
		urne_buf_put_view(&names, w->signed_by[i]);
	}
	if (w->refused.len > 0) {
		urne_cli_say(
		    b->cli, "  It cannot come now: %.*s", (int)w->refused.len, w->refused.p);
	} else {
		urne_cli_say(b->cli, "  signed by %.*s; %zu more needed", (int)names.len,
		    names.data, w->needed - w->num_signed);
		urne_cli_say(
		    b->cli, "    urne order sign %s --board %s KEYFILE", hex.s, b->given.base.data);
	}
	urne_buf_clear(&names);
}

static void
put_json(struct urne_buf *json, const struct urne_waiting_order *w)
{
	const struct urne_hash_hex hex = urne_hash_hex(&w->hash);

	urne_buf_printf(json,
	    "%s{\"order\":\"%s\",\"action\":\"%s\",\"election\":", json->len > 1 ? "," : "", hex.s,
	    urne_action_form(w->order.action)->name);
	urne_buf_put_json_string(json, w->order.election);
	urne_buf_puts(json, ",\"signed\":[");
	for (size_t i = 0; i < w->num_signed; i++) {
		urne_buf_puts(json, i > 0 ? "," : "");
		urne_buf_put_json_string(json, w->signed_by[i]);
	}
	urne_buf_printf(json, "],\"needed\":%zu,\"refused\":",
	    w->refused.len > 0 ? (size_t)0 : w->needed - w->num_signed);
	urne_buf_put_json_string(json, w->refused);
	urne_buf_putc(json, '}');
}

enum urne_err
urne_order_waiting_say(const struct urne_order_board *b, struct urne_view election)
{
	enum urne_lang lang = URNE_LANG_FR;
	struct urne_buf json;
	enum urne_err e = urne_lang_wanted(b->cli, &lang);

	if (e != URNE_OK) {
		return e;
	}
	urne_buf_init(&json, URNE_MAX_TEXT_FILE);
	urne_buf_putc(&json, '[');
	for (size_t i = 0; i < b->num_waiting; i++) {
		const struct urne_waiting_order *w = &b->waiting[i];

		if (election.len == 0 || w->order.election.len == 0 ||
		    urne_view_eq(election, w->order.election)) {
			say_sentence(b->cli, w, lang);
			say_signers(b, w);
			put_json(&json, w);
		}
	}
	if (json.len == 1 && election.len == 0) {
		urne_cli_say(b->cli, "%s: no order waits.", b->given.base.data);
	}
	urne_buf_putc(&json, ']');
	urne_cli_put_raw(b->cli, "orders", urne_buf_view(&json));
	e = urne_buf_error(&json);
	urne_buf_clear(&json);
	return e;
}
