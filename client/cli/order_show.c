/* SPDX-License-Identifier: EUPL-1.2 */
/* What is sealed stands behind the order that seals it, from the very data that were checked. */
#include "client/cli/order_show.h"

#include <string.h>

#include "client/cli/decided.h"
#include "crypto/sha256.h"

#define PAGE_MEMORY ((size_t)1 << 30)

enum urne_err
urne_lang_wanted(struct urne_cli *cli, enum urne_lang *out)
{
	const char *lang = urne_cli_option(cli, "lang");

	*out = lang != NULL ? urne_lang_of(urne_view_of(lang)) : URNE_LANG_FR;
	return lang == NULL || strcmp(lang, urne_lang_code(*out)) == 0
		   ? URNE_OK
		   : urne_fail(&cli->diag, URNE_ERR_USAGE, "--lang %s: write fr or en", lang);
}

enum urne_err
urne_format_wanted(struct urne_cli *cli, bool *html)
{
	const char *format = urne_cli_option(cli, "format");

	*html = format != NULL && strcmp(format, "html") == 0;
	return format == NULL || *html || strcmp(format, "text") == 0
		   ? URNE_OK
		   : urne_fail(
			 &cli->diag, URNE_ERR_USAGE, "--format %s: write text or html", format);
}

enum urne_err
urne_page_put(struct urne_cli *cli, struct urne_buf *out, const struct urne_page *p, bool html)
{
	enum urne_err e = urne_page_error(p);

	if (e == URNE_OK && html) {
		urne_page_render_html(out, p);
	} else if (e == URNE_OK) {
		urne_page_render_text(out, p, URNE_TERMINAL_COLUMNS);
	}
	if (e == URNE_OK) {
		e = urne_buf_error(out);
	}
	return e == URNE_OK ? e : urne_fail(&cli->diag, e, "the page is too large");
}

/* --- what is sealed --- */

/* Trustees of a prepared election are known by the names of the keys that the order names. */
static struct urne_view
name_of(const struct urne_order_known *k, const struct urne_trustee_item *item, size_t owner)
{
	const struct urne_journal_election *j = k->journal;

	if (!item->is_threshold && item->single.has_name) {
		return item->single.name;
	}
	return j != NULL && owner <= j->num_prepared ? j->trustees[owner - 1].name
						     : (struct urne_view){"", 0};
}

static enum urne_err
list_trustees(const struct urne_order_known *k, struct urne_seal_trustee *out)
{
	const struct urne_sealed *s = k->sealed;
	const struct urne_trustee_item *item = NULL;
	char text[URNE_TEXT_MAX];
	struct urne_elem key;
	uint64_t group = 0;
	enum urne_err e = URNE_OK;

	for (size_t owner = 1; e == URNE_OK && owner <= s->trustees.num_owners; owner++) {
		struct urne_seal_trustee *t = &out[owner - 1];

		e = urne_trustees_owner(&item, &key, &s->trustees, owner);
		if (e == URNE_OK) {
			size_t len = urne_elem_encode(s->election.group, text, &key);

			urne_sha256_of(&t->key, (struct urne_view){text, len});
			t->name = name_of(k, item, owner);
			group += item->is_threshold && item->first_owner == owner ? 1 : 0;
			t->group = item->is_threshold ? group : 0;
			t->needed = item->is_threshold ? item->threshold.threshold : 1;
		}
	}
	return e;
}

static enum urne_err
compose_seal(struct urne_page *p, const struct urne_order_known *k, enum urne_lang lang)
{
	const struct urne_sealed *s = k->sealed;
	const struct urne_definition *v = s->has_definition ? &s->definition : NULL;
	struct urne_reader r = {.lang = lang};
	struct urne_seal_facts f = {.name = s->election.name,
	    .test = s->test,
	    .setup = k->setup,
	    .fingerprint = s->election.fingerprint,
	    .definition = v,
	    .num_credentials = urne_credentials_count(s->credentials),
	    .weight = urne_credentials_total_weight(s->credentials),
	    .num_trustees = s->trustees.num_owners};
	struct urne_seal_trustee *trustees =
	    urne_arena_alloc(p->arena, f.num_trustees, sizeof(*trustees));
	enum urne_err e = trustees == NULL ? URNE_ERR_MEMORY : list_trustees(k, trustees);

	if (e != URNE_OK) {
		return e;
	}
	f.trustees = trustees;
	urne_sha256_of(&f.credentials, urne_buf_view(&s->credentials_text));
	if (v != NULL) {
		r.index = urne_definition_language(v, urne_view_of(urne_lang_code(lang)));
	}
	urne_seal_compose(p, r, &f);
	return URNE_OK;
}

enum urne_err
urne_order_show(struct urne_cli *cli, struct urne_buf *out, const struct urne_order_facts *f,
    const struct urne_order_known *known, bool html)
{
	enum urne_lang lang = URNE_LANG_FR;
	struct urne_arena arena;
	struct urne_page p;
	enum urne_err e = urne_lang_wanted(cli, &lang);

	if (e != URNE_OK) {
		return e;
	}
	urne_arena_init(&arena, PAGE_MEMORY);
	urne_page_init(&p, &arena, urne_view_of(urne_lang_code(lang)),
	    urne_view_of(urne_words_action(lang, f->order->action)));
	urne_order_compose(&p, lang, f);
	if (known != NULL && known->sealed != NULL) {
		e = compose_seal(&p, known, lang);
	}
	if (e != URNE_OK) {
		e = urne_fail(&cli->diag, e, "no memory for the page");
	} else {
		e = urne_page_put(cli, out, &p, html);
	}
	urne_arena_clear(&arena);
	return e;
}
