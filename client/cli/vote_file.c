/* SPDX-License-Identifier: EUPL-1.2 */
/* A definition is checked whole when an official gives it, and compared with its seal ever after.
 */
#include "client/cli/vote_file.h"

#include "client/cli/workdir.h"
#include "election/compile.h"

static void
put_finding(struct urne_buf *json, const struct urne_finding *f)
{
	urne_buf_printf(json,
	    "%s{\"severity\":\"%s\",\"line\":%u,\"column\":%u,\"path\":", json->len > 1 ? "," : "",
	    f->is_warning ? "warning" : "error", f->line, f->column);
	urne_buf_put_json_string(json, f->path);
	urne_buf_puts(json, ",\"problem\":");
	urne_buf_put_json_string(json, f->problem);
	urne_buf_puts(json, ",\"remedy\":");
	urne_buf_put_json_string(json, f->remedy);
	urne_buf_putc(json, '}');
}

enum urne_err
urne_vote_file_report(struct urne_cli *cli, const char *path, const struct urne_findings *findings)
{
	struct urne_buf json;

	urne_buf_init(&json, URNE_MAX_TEXT_FILE);
	urne_buf_putc(&json, '[');
	for (size_t i = 0; i < findings->num; i++) {
		const struct urne_finding *f = &findings->list[i];
		urne_cli_note("%s:%u:%u: %.*s: %s: %.*s; %.*s", path, f->line, f->column,
		    (int)f->path.len, f->path.p, f->is_warning ? "warning" : "error",
		    (int)f->problem.len, f->problem.p, (int)f->remedy.len, f->remedy.p);
		put_finding(&json, f);
	}
	urne_buf_putc(&json, ']');
	urne_cli_put_raw(cli, "findings", urne_buf_view(&json));
	if (urne_buf_error(&json) != URNE_OK && cli->fields.err == URNE_OK) {
		cli->fields.err = urne_buf_error(&json);
	}
	urne_buf_clear(&json);
	if (findings->num_errors == 0) {
		return URNE_OK;
	}
	cli->fields_when_refused = true;
	return urne_fail(&cli->diag, URNE_ERR_SYNTAX, "%s: %zu fault%s, mend %s and check again",
	    path, findings->num_errors, findings->num_errors == 1 ? "" : "s",
	    findings->num_errors == 1 ? "it" : "them");
}

enum urne_err
urne_vote_file_check(struct urne_cli *cli, struct urne_definition *out, struct urne_buf *text,
    struct urne_arena *arena, const char *path)
{
	struct urne_findings findings = {.arena = NULL};
	enum urne_err e = urne_cli_read(cli, text, path);

	if (e == URNE_OK) {
		e = urne_definition_check(out, &findings, arena, urne_buf_view(text));
		if (e != URNE_OK) {
			return urne_fail(&cli->diag, e, "%s: no memory to check it", path);
		}
		e = urne_vote_file_report(cli, path, &findings);
	}
	return e;
}

enum urne_err
urne_vote_text_sealed(struct urne_cli *cli, struct urne_definition *out, struct urne_buf *text,
    struct urne_arena *arena, const char *place, const struct urne_election *election)
{
	enum urne_err e = urne_definition_read(out, arena, &cli->diag, urne_buf_view(text));

	if (e == URNE_OK) {
		e = urne_definition_agrees(&cli->diag, out, election);
	}
	if (e != URNE_OK) {
		urne_diag_within(&cli->diag, "%s: ", place);
	}
	return e;
}

enum urne_err
urne_vote_file_sealed(struct urne_cli *cli, struct urne_definition *out, struct urne_buf *text,
    struct urne_arena *arena, const char *path, const struct urne_election *election)
{
	enum urne_err e = urne_cli_read(cli, text, path);

	return e == URNE_OK ? urne_vote_text_sealed(cli, out, text, arena, path, election) : e;
}
