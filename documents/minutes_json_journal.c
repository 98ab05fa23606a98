/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal in the minutes' JSON: how far it had come, whose it is, and the entries that are
 * about this election or about all; a record word for word, an order by what it says and who
 * signed. Spec: docs/minutes.md#fields */
#include <inttypes.h>

#include "base/limits.h"
#include "documents/minutes_parts.h"

static void
put_strings(struct urne_buf *out, const char *name, const struct urne_view *list, size_t num)
{
	urne_buf_printf(out, ",\"%s\":[", name);
	for (size_t i = 0; i < num; i++) {
		urne_buf_puts(out, i == 0 ? "" : ",");
		urne_buf_put_json_string(out, list[i]);
	}
	urne_buf_putc(out, ']');
}

static void
put_time(struct urne_buf *out, const char *name, int64_t moment)
{
	urne_buf_printf(out, ",\"%s\":\"", name);
	urne_utc_write(out, moment);
	urne_buf_putc(out, '"');
}

static void
put_entry(struct urne_buf *out, const struct urne_proceeding *p)
{
	urne_buf_printf(out, "{\"entry\":%" PRIu64, p->entry);
	if (!p->is_order) {
		urne_buf_puts(out, ",\"record\":");
		urne_journal_record_write(out, &p->record);
		urne_buf_putc(out, '}');
		return;
	}
	put_time(out, "at", p->at);
	urne_buf_printf(out, ",\"order\":\"%s\"", urne_action_form(p->action)->name);
	put_strings(out, "by", p->signers, p->num_signers);
	if (p->action == URNE_ACTION_EXTEND) {
		put_time(out, "closes", p->closes);
	}
	for (size_t i = 0; i < p->num_hashes; i++) {
		urne_buf_printf(out, ",\"%s\":\"", p->hash_names[i]);
		urne_buf_put_hex(out, p->hashes[i].b, URNE_HASH_LEN);
		urne_buf_putc(out, '"');
	}
	if (p->text.len > 0) {
		urne_buf_puts(out, ",\"text\":");
		urne_buf_put_json_string(out, p->text);
	}
	urne_buf_putc(out, '}');
}

/* The last entry's event names the one before, and so on: its hash stands for all of them. */
static void
put_head(struct urne_buf *out, const struct urne_minutes_journal *j)
{
	urne_buf_puts(out, ",\"head\":\"");
	urne_buf_put_hex(out, j->said->items[j->size - 2].event.b, URNE_HASH_LEN);
	urne_buf_puts(out, "\",\"name\":");
	urne_buf_put_json_string(out, j->genesis->name);
	urne_buf_printf(out, ",\"agree\":%zu", j->genesis->agree);
}

void
urne_minutes_put_journal(struct urne_buf *out, const struct urne_minutes *m)
{
	const struct urne_minutes_journal *j = &m->journal;
	const char *comma = "";
	struct urne_view names[URNE_MAX_OFFICIALS];

	for (size_t i = 0; i < j->genesis->num_officials; i++) {
		names[i] = j->genesis->officials[i].name;
	}
	urne_buf_printf(out, "{\"size\":%" PRIu64, j->size);
	put_head(out, j);
	put_strings(out, "officials", names, j->genesis->num_officials);
	urne_buf_puts(out, ",\"entries\":[");
	for (size_t i = 0; i < j->said->num; i++) {
		if (urne_minutes_tells(m, &j->said->items[i])) {
			urne_buf_puts(out, comma);
			put_entry(out, &j->said->items[i]);
			comma = ",";
		}
	}
	urne_buf_puts(out, "]}");
}
