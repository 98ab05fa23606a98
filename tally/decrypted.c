/* SPDX-License-Identifier: EUPL-1.2 */
/* A list in one canonical form, so that whatever stands in it was written by us or is refused. */
#include "tally/decrypted.h"

#include <string.h>

#include "base/codec.h"
#include "election/election.h"

static struct urne_decrypted *
find(struct urne_decrypted_list *l, size_t num, struct urne_view election)
{
	for (size_t i = 0; i < num; i++) {
		if (urne_view_eq(l->items[i].election, election)) {
			return &l->items[i];
		}
	}
	return NULL;
}

static void
codec_item(struct urne_codec *c, struct urne_decrypted_list *l, size_t i)
{
	struct urne_decrypted *item = &l->items[i];

	urne_codec_object(c);
	urne_codec_field(c, "election");
	urne_codec_plain(c, &item->election, URNE_TEXT_MAX);
	if (urne_codec_ok(c) && c->reading && !urne_uuid_check(item->election)) {
		urne_codec_fail(c, URNE_ERR_SYNTAX, "is no identifier of an election");
	}
	if (urne_codec_ok(c) && c->reading && find(l, i, item->election) != NULL) {
		urne_codec_fail(c, URNE_ERR_DUPLICATE, "stands there twice");
	}
	urne_codec_field(c, "tally");
	urne_codec_hash_hex(c, &item->tally);
	urne_codec_object_end(c);
}

static void
codec_list(struct urne_codec *c, struct urne_decrypted_list *l)
{
	size_t num = 0;

	urne_codec_object(c);
	urne_codec_field(c, "format");
	urne_codec_literal(c, "\"urne-decrypted/1\"");
	urne_codec_field(c, "decrypted");
	urne_codec_array(c);
	for (; urne_codec_more(c, num, l->num, URNE_MAX_DECRYPTED); num++) {
		codec_item(c, l, num);
	}
	urne_codec_array_end(c);
	urne_codec_object_end(c);
	l->num = num;
}

enum urne_err
urne_decrypted_read(struct urne_decrypted_list *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_codec c;
	enum urne_err e;

	memset(out, 0, sizeof(*out));
	urne_codec_read(&c, text, NULL);
	codec_list(&c, out);
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		memset(out, 0, sizeof(*out));
	}
	return e;
}

void
urne_decrypted_write(struct urne_buf *out, const struct urne_decrypted_list *l)
{
	struct urne_decrypted_list copy = *l;
	struct urne_codec c;

	urne_codec_write(&c, out);
	codec_list(&c, &copy);
}

enum urne_err
urne_decrypted_add(struct urne_decrypted_list *l, bool *added, struct urne_diag *d,
    struct urne_view election, const struct urne_hash *tally)
{
	const struct urne_decrypted *there = find(l, l->num, election);
	char before[URNE_HASH_HEX_LEN], now[URNE_HASH_HEX_LEN];

	*added = false;
	if (there != NULL && urne_hash_eq(&there->tally, tally)) {
		return URNE_OK;
	}
	if (there != NULL) {
		urne_hex_encode(before, there->tally.b, URNE_HASH_LEN);
		urne_hex_encode(now, tally->b, URNE_HASH_LEN);
		return urne_fail(d, URNE_ERR_ORDER,
		    "this key has decrypted another tally of election %.*s already, %.*s, and this "
		    "is %.*s; two results together show what single members chose, so tell the "
		    "other trustees",
		    (int)election.len, election.p, (int)sizeof(before), before, (int)sizeof(now),
		    now);
	}
	if (l->num == URNE_MAX_DECRYPTED) {
		return urne_fail(d, URNE_ERR_LIMIT,
		    "this key has decrypted for %zu elections, make a new one for each",
		    URNE_MAX_DECRYPTED);
	}
	l->items[l->num++] = (struct urne_decrypted){election, *tally};
	*added = true;
	return URNE_OK;
}
