/* SPDX-License-Identifier: EUPL-1.2 */
/* From a finished archive to its outcome; and how commands hand out what they wrote. */
#include "client/cli/decided.h"

#include "documents/decide.h"

static enum urne_err
load_declared(struct urne_decided *out, struct urne_state *s, const char *given)
{
	struct urne_buf path;
	bool there = false;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_find(&path, &there, given, s->path.data, ".bel", ".declared.json");
	if (e == URNE_OK && !there) {
		urne_buf_puts(&out->declared_text, "{}");
		e = urne_buf_error(&out->declared_text);
	} else if (e == URNE_OK) {
		e = urne_cli_read(s->cli, &out->declared_text, path.data);
	}
	if (e == URNE_OK) {
		e = urne_declared_read(&out->declared, &s->arena, &s->cli->diag,
		    &s->sealed.definition, urne_buf_view(&out->declared_text));
		if (e != URNE_OK) {
			urne_diag_within(&s->cli->diag, "%s: ", path.data);
		}
	}
	urne_buf_clear(&path);
	return e;
}

enum urne_err
urne_decided_make(struct urne_decided *out, struct urne_state *s, const char *declared)
{
	struct urne_decide_record record;
	enum urne_err e;

	*out = (struct urne_decided){.result = {NULL}};
	urne_buf_init(&out->declared_text, URNE_MAX_TEXT_FILE);
	e = urne_sealed_need_definition(&s->sealed);
	if (e == URNE_OK) {
		e = urne_state_demand(s, URNE_STAGE_DONE, "outcome");
	}
	if (e == URNE_OK) {
		e = urne_state_load_result(s, &out->result);
	}
	if (e == URNE_OK) {
		e = load_declared(out, s, declared);
	}
	if (e != URNE_OK) {
		return e;
	}
	record = (struct urne_decide_record){
	    .election = &s->sealed.election,
	    .definition = &s->sealed.definition,
	    .credentials = s->sealed.credentials,
	    .counts = out->result.counts,
	    .voters = s->sized.num_tallied,
	    .votes = s->sized.total_weight,
	};
	e = urne_decide(
	    &out->outcome, &out->heading, &s->arena, &s->cli->diag, &record, &out->declared);
	if (e != URNE_OK) {
		urne_diag_within(&s->cli->diag, "%s: ", s->path.data);
	}
	return e;
}

enum urne_err
urne_decided_page(
    struct urne_page *p, const struct urne_decided *d, struct urne_state *s, struct urne_reader r)
{
	const struct urne_definition *v = &s->sealed.definition;
	struct urne_view title = v->title.by_language[r.index];

	urne_page_init(p, &s->arena, v->languages[r.index], title);
	urne_page_heading(p, 1, title);
	if (s->sealed.test) {
		urne_page_text(p, URNE_BLOCK_NOTICE,
		    urne_view_of(r.lang == URNE_LANG_FR
				     ? "Élection de test : ce résultat ne décide rien."
				     : "A test election: this result decides nothing."));
	}
	urne_outcome_compose(p, r, &d->heading, &d->outcome);
	return urne_page_error(p);
}

enum urne_err
urne_definition_page(struct urne_page *p, struct urne_arena *arena, struct urne_reader r,
    const struct urne_definition *v)
{
	urne_page_init(p, arena, v->languages[r.index], v->title.by_language[r.index]);
	urne_definition_compose(p, r, v);
	return urne_page_error(p);
}

void
urne_decided_clear(struct urne_decided *d)
{
	urne_buf_clear(&d->declared_text);
}

enum urne_err
urne_reader_wanted(struct urne_cli *cli, struct urne_reader *out, const struct urne_definition *v)
{
	const char *lang = urne_cli_option(cli, "lang");

	*out = urne_reader_for(v, urne_view_of(lang != NULL ? lang : ""));
	if (lang != NULL && !urne_view_is(v->languages[out->index], lang)) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "--lang %s: the definition is not in that language; its first one is %.*s",
		    lang, (int)v->languages[0].len, v->languages[0].p);
	}
	return URNE_OK;
}

enum urne_err
urne_cli_deliver(struct urne_cli *cli, const struct urne_buf *text, const char *key)
{
	const char *out = urne_cli_option(cli, "out");
	enum urne_err e = urne_buf_error(text);

	if (e != URNE_OK) {
		return urne_fail(&cli->diag, e, "the text is too large, or there is no memory");
	}
	if (out == NULL) {
		urne_buf_put_view(&cli->text, urne_buf_view(text));
		urne_cli_put_view(cli, key, urne_buf_view(text));
		return urne_buf_error(&cli->text);
	}
	e = urne_file_create(&cli->diag, out, URNE_FILE_PUBLIC, urne_buf_view(text));
	if (e == URNE_OK) {
		urne_cli_say(cli, "%s: written", out);
		urne_cli_put_string(cli, key, out);
	}
	return e;
}
