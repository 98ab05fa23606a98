/* SPDX-License-Identifier: EUPL-1.2 */
/* threshold.json is the object that stands in the list of trustees. */
#include "client/cli/threshold_file.h"

#include "election/threshold.h"

enum urne_err
urne_threshold_file(
    struct urne_batch *b, const struct urne_workdir *w, const struct urne_threshold *t)
{
	static const char start[] = "[[\"Pedersen\",", end[] = "]]";
	struct urne_trustee_item item = {.is_threshold = true, .threshold = *t};
	struct urne_trustees list = {.items = &item, .num_items = 1};
	struct urne_view v;
	struct urne_buf text;
	enum urne_err e;

	item.first_owner = 1;
	item.num_owners = list.num_owners = t->size;
	urne_buf_init(&text, URNE_TRUSTEES_MEMORY);
	urne_trustees_write(&text, w->draft.group, &list);
	e = urne_buf_error(&text);
	v = urne_buf_view(&text);
	if (e == URNE_OK && (!urne_view_starts(v, start) || v.len < sizeof(start) + sizeof(end))) {
		e = urne_fail(&w->cli->diag, URNE_ERR_INTERNAL, "threshold parameters");
	}
	if (e == URNE_OK) {
		v.p += sizeof(start) - 1;
		v.len -= sizeof(start) - 1 + sizeof(end) - 1;
		e = urne_batch_file(b, w->dir, "threshold.json", URNE_FILE_PUBLIC, v);
	}
	urne_buf_clear(&text);
	return e;
}
